"""The figures as an Excel workbook: this report's own, its tables, and at a receiving unit every unit's.

Words of the workbook are Vietnamese in every language of the interface, like those of the paper.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from dcs_desktop.core.answers import compute
from dcs_desktop.core.by_unit import ByUnit
from dcs_desktop.core.form import Form
from dcs_desktop.core.linked import Figures
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Report
from dcs_desktop.files import write_beside_then_replace
from dcs_desktop.printing.excel.book import Book
from dcs_desktop.printing.excel.cover import add_cover, add_cover_of_units
from dcs_desktop.printing.excel.own_sheets import add_figures, add_tables
from dcs_desktop.printing.excel.unit_sheets import add_units


def excel_workbook(
    report: Report, form: Form, *, before: Figures | None = None, below: ByUnit | None = None
) -> bytes:
    """The workbook: a cover, the report's figures, its tables, and with ``below`` a sheet per section over all units.

    The same content gives the same bytes.
    """
    target = BytesIO()
    book = Book(target)
    cover = book.sheet("Bìa")
    figures = compute(form, report.answers, before)
    add_figures(book, form, figures, before)
    add_tables(book, form, report.answers)
    unlike = add_units(book, below) if below is not None else ()
    add_cover(book, cover, report, form, below, unlike)
    book.close()
    return target.getvalue()


def units_workbook(unit: str, period: Period, below: ByUnit) -> bytes:
    """The sheets over all units alone, whether or not the receiving unit has begun a report of its own."""
    target = BytesIO()
    book = Book(target)
    cover = book.sheet("Bìa")
    unlike = add_units(book, below)
    add_cover_of_units(book, cover, unit, period, below, unlike)
    book.close()
    return target.getvalue()


def write_excel(
    report: Report, form: Form, out: Path, *, before: Figures | None = None, below: ByUnit | None = None
) -> None:
    """Write the workbook, a file whole or not at all. Raises OSError where it cannot be written."""
    write_beside_then_replace(out, excel_workbook(report, form, before=before, below=below))


__all__ = ["excel_workbook", "units_workbook", "write_excel"]
