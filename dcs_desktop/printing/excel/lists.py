"""One list as a workbook: a title, what is said of the whole, and a row for each."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from dcs_desktop.printing.excel.book import Book


def list_workbook(
    sheet: str,
    title: str,
    about: Sequence[str],
    heads: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[str]],
) -> bytes:
    """The workbook; ``heads`` are the columns with their widths in letters. Every cell is text, none a formula."""
    target = BytesIO()
    book = Book(target)
    page = book.sheet(sheet)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    book.heading(page, title)
    for number, line in enumerate(about, 1):
        book.text(page, (number, 0), line)
    top = len(about) + 2
    for column, (head, width) in enumerate(heads):
        page.set_column(column, column, width)
        book.text(page, (top, column), head, book.head)
    for number, row in enumerate(rows, top + 1):
        for column, text in enumerate(row):
            book.text(page, (number, column), text, book.framed(text_wrap=True))
    page.repeat_rows(top)
    page.freeze_panes(top + 1, 0)
    page.autofilter(top, 0, top + max(len(rows), 1), len(heads) - 1)
    book.close()
    return target.getvalue()
