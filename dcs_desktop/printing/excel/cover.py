"""The first sheet: whose figures these are, which report, and how far the totals go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xlsxwriter.worksheet import Worksheet

from dcs_desktop.core.by_unit import ByUnit
from dcs_desktop.core.digest import content_digest, short_digest
from dcs_desktop.core.form import Field, Form
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Report
from dcs_desktop.printing.excel.book import Book
from dcs_desktop.printing.trace import period_words, unit_words

WIDTHS: Final = (24, 96)
ADDING: Final = (
    "Dòng “Tổng hợp” là công thức trên các ô của từng đơn vị. Ô trống là chưa có số liệu, không được cộng; “không” "
    "tính là 0; “không áp dụng” không tính vào số đơn vị."
)
Line = tuple[str, str]


def add_cover(
    book: Book, sheet: Worksheet, report: Report, form: Form, below: ByUnit | None, unlike: Sequence[Field]
) -> None:
    """Unit, period, revision, template and digest, as the foot of the printed annex says them."""
    identity = report.identity
    lines = [
        ("Đơn vị", unit_words(identity)),
        ("Gửi", identity.receiver.name),
        ("Kỳ báo cáo", period_words(identity)),
        ("Mẫu báo cáo", identity.template),
        ("Mã nội dung", short_digest(content_digest(report))),
    ]
    title = f"{form.title} {form.subject[:1].lower()}{form.subject[1:]}"
    _write(book, sheet, title, lines + _of_units(below, unlike))


def add_cover_of_units(
    book: Book, sheet: Worksheet, unit: str, period: Period, below: ByUnit, unlike: Sequence[Field]
) -> None:
    """The same for the figures of the units below alone."""
    lines = [("Đơn vị nhận", unit), ("Kỳ báo cáo", f"{period.phrase}.")]
    _write(book, sheet, "Số liệu của các đơn vị báo cáo", lines + _of_units(below, unlike))


def _of_units(below: ByUnit | None, unlike: Sequence[Field]) -> list[Line]:
    if below is None:
        return []
    missing = [unit.name for unit in below.units if unit.state == "not_received"]
    count = len(below.units)
    lines = [("Đã nhận báo cáo", f"{count - len(missing)}/{count} đơn vị")]
    if missing:
        lines.append(("Chưa nhận", "; ".join(missing)))
    lines.append(("Cách cộng", ADDING))
    if unlike:
        labels = "; ".join(dict.fromkeys(field.label for field in unlike))
        lines.append(("Không có công thức", f"Các tổng sau chỉ ghi kết quả: {labels}."))
    return lines


def _write(book: Book, sheet: Worksheet, title: str, lines: Sequence[Line]) -> None:
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    book.text(sheet, (0, 0), title, book.title)
    for row, (name, said) in enumerate((line for line in lines if line[1]), 2):
        book.text(sheet, (row, 0), name, book.format(bold=True))
        book.text(sheet, (row, 1), said, book.format(text_wrap=True))
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
