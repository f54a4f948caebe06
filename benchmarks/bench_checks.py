"""What one entered number costs in the core: compute, check and progress anew, against the number of fields."""

from __future__ import annotations

import time
from collections.abc import Iterator
from decimal import Decimal

from dcs_desktop.core.answers import check, compute
from dcs_desktop.core.building import build
from dcs_desktop.core.form import Form
from dcs_desktop.core.period import PeriodKind
from dcs_desktop.core.progress import progress
from dcs_desktop.core.report import Answers
from dcs_desktop.core.template_file import read_template
from dcs_desktop.core.values import given

SIZES = (100, 500, 1000, 2000)  # no template has more: DCS refuses one of more than 2,000 figures
HEAD = """
[template]
id = "lon"
version = "1"
name = "Mẫu lớn"
title = "Báo cáo"
subject = "Thử"
valid_from = 2020-01-01
[[level]]
id = "commune"
name = "Cấp xã"
units = ["commune"]
"""
ENTERED = {"a": 10, "b": 4, "c": 6, "d": 3}
ROUNDS = 15


def main() -> None:
    """Print the milliseconds of each size, and those of each thousand fields."""
    for size in SIZES:
        template = read_template("\n".join(lines(size)).encode(), "lon", lambda _reference: None)
        form = build(template, "commune", PeriodKind.YEAR, {})
        values = {f"g{g}.{k}": given(Decimal(n)) for g in range(size // 5) for k, n in ENTERED.items()}
        took = min(entered(form, Answers(values)) for _round in range(ROUNDS))
        print(
            f"{size} fields, {len(form.checks)} checks: {1000 * took:.1f} ms ({1e6 * took / size:.1f} µs a field)"
        )


def lines(size: int) -> Iterator[str]:
    """A template of so many figures: of each five one is derived, and two checks hold."""
    yield HEAD
    for group in range(size // 5):
        if group % 20 == 0:
            yield f'[[section]]\nid = "S{group}"\ntitle = "Phần"'
        parts = [f'{{ id = "g{group}.{k}", label = "Số {k} {group}" }}' for k in ENTERED]
        share = (
            f'id = "g{group}.s", label = "Tỷ lệ", kind = "percent", formula = "100 * g{group}.a / g{group}.b"'
        )
        yield f'[[section.item]]\nid = "I{group}"\nprompt = "Mục"\nfigures = [{", ".join(parts)}, {{ {share} }}]'
    for group in range(size // 5):
        yield f'[[check]]\nid = "k{group}"\nrule = "g{group}.a == g{group}.b + g{group}.c"'
        yield f'[[check]]\nid = "l{group}"\nrule = "g{group}.d <= g{group}.a"'


def entered(form: Form, answers: Answers) -> float:
    """Seconds from a new number to all that follows from it."""
    begun = time.perf_counter()
    changed = answers.with_value("g1.a", given(Decimal(11)))
    figures = compute(form, changed)
    progress(form, changed, figures, check(form, changed, figures))
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
