"""Totals computed anew: LibreOffice, told nothing of our results, comes to every one of random units in random states."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from dcs_desktop.core.building import build
from dcs_desktop.core.by_unit import ByUnit, UnitLine, by_unit
from dcs_desktop.core.combine import combine
from dcs_desktop.core.form import Form
from dcs_desktop.core.period import Period, PeriodKind
from dcs_desktop.core.report import Answers
from dcs_desktop.core.template_file import read_template
from dcs_desktop.core.values import BLANK, NONE, NOT_APPLICABLE, Kind, Value, given, pending, shown
from dcs_desktop.printing.excel import units_workbook
from tests.printing.many_units import HEAD

SOURCE = (
    HEAD
    + """
 { id = "dua_ra", label = "Đưa ra", unit = "vụ" },
 { id = "thanh", label = "Thành", unit = "vụ" },
 { id = "ty_le", label = "Tỷ lệ", kind = "percent", formula = "100 * thanh / dua_ra" },
 { id = "con_lai", label = "Còn lại", unit = "vụ", formula = "dua_ra - thanh" },
 { id = "nhieu_hon", label = "Nhiều hơn", unit = "vụ", formula = "max(con_lai, thanh)" },
 { id = "tien", label = "Tiền", kind = "money", unit = "triệu đồng" },
 { id = "giam_sat", label = "Giám sát", unit = "cuộc", pair = true },
 { id = "tthc", label = "Thủ tục", unit = "thủ tục", rollup = "same" },
 { id = "ntm", label = "Nông thôn mới", kind = "yes_no" },
]
[[section]]
id = "II"
title = "Số liệu khác"
[[section.item]]
id = "II.1"
prompt = "Số liệu khác"
answer = "none"
figures = [
 { id = "ho", label = "Hộ", unit = "hộ" },
 { id = "binh_quan", label = "Vụ mỗi hộ", kind = "decimal", formula = "dua_ra / ho" },
]
"""
)
FORM: Form = build(
    read_template(SOURCE.encode(), "thu", lambda _reference: None), "commune", PeriodKind.YEAR, {}
)
WORKBOOKS = 24
UNITS = 7
LONG_NUMBERS = 5


def units(seed: int) -> ByUnit:
    """Seven units, each figure in a state of its own; the fewer answers, the higher the seed."""
    luck = random.Random(seed)
    lines = tuple(UnitLine(f"{n:05}@GSO-2024", f"Xã {n}", "received") for n in range(UNITS))
    answers = {line.identity: Answers(dict(_said(luck, seed))) for line in lines}
    return by_unit(combine(FORM, answers, [line.identity for line in lines]), lines, answers)


def _said(luck: random.Random, seed: int) -> Iterator[tuple[str, Value]]:
    for key, field in FORM.fields.items():
        if field.formula is None:
            yield key, luck.choice([_content(luck, field.type.kind, key, seed)] * 6 + _states(seed))


def _states(seed: int) -> list[Value]:
    return [NONE, BLANK, pending("Chờ"), NOT_APPLICABLE] * (1 + seed % 5) if seed else [NONE]


def _content(luck: random.Random, kind: Kind, key: str, seed: int) -> Value:
    match kind:
        case Kind.YES_NO:
            return given(luck.random() < 0.5)
        case Kind.MONEY:
            return given(Decimal(luck.randrange(1, 10**7)) / 1000)
        case _ if key == "tthc":
            return given(162 if seed % 3 else luck.randrange(160, 163))
        case _ if key == "dua_ra" and seed == LONG_NUMBERS:
            return given(Decimal(10**17 + luck.randrange(10)))
        case _:
            return given(luck.randrange(1, 2000))


def forgetful(data: bytes, path: Path) -> None:
    """The workbook without the results that stand beside its formulas."""
    with zipfile.ZipFile(BytesIO(data)) as parts, zipfile.ZipFile(path, "w") as kept:
        for name in parts.namelist():
            text = parts.read(name)
            if name.startswith("xl/worksheets/sheet"):
                text = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", text)
            kept.writestr(name, text)


def columns(book: CalamineWorkbook) -> dict[str, tuple[object, object]]:
    """The total and the coverage under each key."""
    found: dict[str, tuple[object, object]] = {}
    for name in book.sheet_names:
        if name.startswith("Đơn vị"):
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            total, coverage = rows[5 + UNITS], rows[6 + UNITS]
            found |= {
                str(key): (total[at], coverage[at]) for at, key in enumerate(rows[4]) if at >= 3 and key
            }
    return found


def wanted(of: ByUnit, key: str) -> object:
    """What a reader of the sheet should find for a total."""
    total = of.totals.totals[key]
    if total.disagreement:
        return "khác nhau"
    number = total.value.number
    return None if number is None else number


@pytest.mark.soak
def test_libreoffice_comes_to_every_total_whatever_the_states(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not on this machine")
    made = {seed: units(seed) for seed in range(WORKBOOKS)}
    for seed, of in made.items():
        forgetful(units_workbook("Huyện Mẫu", Period(2024), of), tmp_path / f"{seed}.xlsx")
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/home", "--convert-to", "ods",
         "--outdir", str(tmp_path), *(str(tmp_path / f"{seed}.xlsx") for seed in made)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    compared = 0
    for seed, of in made.items():
        theirs = columns(CalamineWorkbook.from_path(tmp_path / f"{seed}.ods"))
        assert theirs.keys() == of.totals.totals.keys()
        for key, (total, coverage) in theirs.items():
            expected, place = wanted(of, key), (seed, key, total)
            assert coverage == str(of.totals.totals[key].value.coverage), place
            if isinstance(total, float) and isinstance(expected, Decimal):
                assert total == pytest.approx(float(expected), rel=1e-12), place
                compared += 1
            elif isinstance(expected, Decimal):
                assert total == shown(FORM.fields[key].type, of.totals.totals[key].value), place
            else:
                assert total in ((expected,) if expected else ("", "không áp dụng")), place
    assert compared > WORKBOOKS * 6


def test_what_is_made_of_numbers_too_long_for_a_spreadsheet_has_no_formula() -> None:
    of = units(LONG_NUMBERS)
    with zipfile.ZipFile(BytesIO(units_workbook("Huyện Mẫu", Period(2024), of))) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        told = [len(re.findall(r"<f>(?:IF|IFERROR)\(", parts.read(name).decode())) for name in sheets]
    # settled, money, the pair with its share, what is the same everywhere, yes or no; households in the next section
    assert told == [0, 7, 1]
