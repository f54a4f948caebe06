"""Times of what leaves the desk: the annex of all units as PDF, their workbook for Excel."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial

from dcs_desktop.core.by_unit import ByUnit
from dcs_desktop.core.report import Identity
from dcs_desktop.printing import Printed, render_unit_tables
from dcs_desktop.printing.excel import units_workbook
from tests.printing.many_units import below, form
from tests.printing.samples import DISTRICT, STATE, YEAR

ROUNDS = 5
FIGURES = 40


def main() -> None:
    """Print medians in milliseconds."""
    for units in (15, 168):
        of = below(units, FIGURES)
        pages = tables(of).pages
        pdf, book = median(partial(tables, of)), median(partial(workbook, of))
        size = len(workbook(of)) // 1024
        print(
            f"{units:4} units x {FIGURES} figures   PDF {pdf:6.0f} ms, {pages} pages, {pdf / pages:.0f} ms a page"
        )
        print(f"{'':24}   Excel {book:4.0f} ms, {size} kB")


def tables(of: ByUnit) -> Printed:
    """The tables of all units as PDF."""
    identity = Identity(DISTRICT, DISTRICT, YEAR, "receiving", "nhieu@2024")
    return render_unit_tables(identity, form(FIGURES), STATE, of)


def workbook(of: ByUnit) -> bytes:
    """The figures of all units as a workbook."""
    return units_workbook(DISTRICT.name, YEAR, of)


def median(work: Callable[[], object]) -> float:
    """The median time of some rounds, in milliseconds."""
    work()
    times = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - begun))
    return statistics.median(times)


if __name__ == "__main__":
    main()
