"""Many units with many figures, every state among them, for tables of all units."""

from __future__ import annotations

from functools import cache

from dcs_desktop.core.building import build
from dcs_desktop.core.by_unit import ByUnit, UnitLine, by_unit
from dcs_desktop.core.combine import combine
from dcs_desktop.core.form import Form
from dcs_desktop.core.period import PeriodKind
from dcs_desktop.core.report import Answers
from dcs_desktop.core.template_file import read_template
from dcs_desktop.core.values import NONE, NOT_APPLICABLE, Value, given, pending

HEAD = """
default_entered = "commune"
[template]
id = "nhieu"
version = "2024"
name = "Nhiều đơn vị"
title = "Báo cáo"
subject = "Kết quả"
valid_from = 2020-01-01
[[level]]
id = "commune"
name = "Cấp xã"
units = ["commune"]
[entered]
commune = { commune = "own" }
[[section]]
id = "I"
title = "Kết quả hòa giải"
[[section.item]]
id = "I.1"
prompt = "Số liệu"
answer = "none"
figures = [
"""
KINDS = (
    "Số vụ tiếp nhận",
    "Số vụ đưa ra hòa giải ở cơ sở",
    "Số cuộc giám sát tiếp công dân, giải quyết khiếu nại",
)
NAMES = ("Phương Bình", "Tân Phước Hưng", "Hiệp Hưng", "Bình Thành", "Thạnh Hòa")


@cache
def form(figures: int) -> Form:
    """A section of so many figures; every eighth is a share of the two before it."""
    lines = [HEAD]
    for n in range(figures):
        if n % 8 == 7:
            lines.append(
                f' {{ id = "s{n}", label = "Tỷ lệ {n}", kind = "percent", formula = "100 * s{n - 1} / s{n - 2}" }},'
            )
        else:
            lines.append(f' {{ id = "s{n}", label = "{KINDS[n % 3]} {n}", unit = "vụ" }},')
    source = "\n".join([*lines, "]\n"]).encode()
    return build(read_template(source, "nhieu", lambda _reference: None), "commune", PeriodKind.YEAR, {})


def below(units: int, figures: int, *, away: int = 0) -> ByUnit:
    """So many units, the last of them without a report."""
    lines = tuple(
        UnitLine(
            f"{n:05}@GSO-2024",
            f"Xã {NAMES[n % 5]} {n + 1}",
            "received" if n < units - away else "not_received",
        )
        for n in range(units)
    )
    answers = {
        line.identity: _answers(n, figures) for n, line in enumerate(lines) if line.state == "received"
    }
    return by_unit(combine(form(figures), answers, [line.identity for line in lines]), lines, answers)


def _answers(unit: int, figures: int) -> Answers:
    said = {f"s{n}": _value(unit, n) for n in range(figures) if n % 8 != 7}
    return Answers({key: value for key, value in said.items() if value is not None})


def _value(unit: int, figure: int) -> Value | None:
    match (unit * 7 + figure * 3) % 23:
        case 0:
            return NONE
        case 1:
            return pending("Chờ công an xã")
        case 2:
            return NOT_APPLICABLE
        case 3:
            return None
        case _:
            return given((unit * 1201 + figure * 97) % 12_000 + 1)
