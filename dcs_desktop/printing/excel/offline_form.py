"""The form as a workbook to be filled in elsewhere and taken back: a sheet for every section, table and all prose."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Final

from xlsxwriter.worksheet import Worksheet

from dcs_desktop.core import offline_form as layout
from dcs_desktop.core.form import Form, Role, Section
from dcs_desktop.core.labels import figures_of
from dcs_desktop.core.offline_form import Wanted
from dcs_desktop.core.report import Report
from dcs_desktop.printing.excel.book import Book
from dcs_desktop.printing.excel.form_cells import FormCells
from dcs_desktop.printing.trace import period_words, unit_words

FIGURE_HEADS: Final = (
    (layout.KEY_HEAD, 4),
    (layout.ITEM_HEAD, 9),
    (layout.LABEL_HEAD, 62),
    (layout.UNIT_HEAD, 12),
    (layout.VALUE_HEAD, 20),
    (layout.STATE_HEAD, 18),
    (layout.NOTE_HEAD, 34),
)
PROSE_HEADS: Final = (
    (layout.KEY_HEAD, 4),
    (layout.ITEM_HEAD, 9),
    (layout.LABEL_HEAD, 46),
    (layout.PROSE_HEAD, 92),
)
FIRST_ROW: Final = 3
FREE_ROWS: Final = 40
TABLE_WIDTH: Final = 28
HOW: Final = (
    "Chỉ điền vào các ô nền vàng. Ô khác được khóa; dòng, cột và tên trang tính giữ nguyên.",
    "Không phát sinh: ghi 0 ở cột Giá trị, hoặc chọn “không” ở cột Trạng thái.",
    "Chưa có số liệu, không áp dụng: chọn ở cột Trạng thái, ghi lý do bên cạnh.",
    "Ô để trống thì báo cáo giữ nguyên giá trị đang có. Điền xong, lưu lại và gửi tệp này về.",
)


def form_workbook(report: Report, form: Form, wanted: Wanted) -> bytes:
    """The workbook, with the answers that stand in the report. Raises KeyError for a section the form does not have."""
    sections = layout.sections_of(form, wanted.sections)
    target = BytesIO()
    book = Book(target)
    cells = FormCells(book, report.answers)
    cover = book.sheet(layout.COVER)
    for section in sections:
        if any(field.role is Role.ENTERED for figure in figures_of(section) for field in figure.fields):
            _figures(book, cells, section)
    for table in [table for section in sections for item in section.items for table in item.tables]:
        cells.table(table, FIRST_ROW, FREE_ROWS, TABLE_WIDTH)
    _prose(book, cells, sections)
    _cover(book, cover, report, form, wanted, sections)
    _memory(book, report, form, sections)
    book.close()
    return target.getvalue()


def _heads(book: Book, sheet: Worksheet, title: str, heads: Sequence[tuple[str, int]]) -> None:
    book.heading(sheet, title, 1)
    for column, (head, width) in enumerate(heads):
        sheet.set_column(column, column, width, None, {"hidden": column == 0})
        book.text(sheet, (FIRST_ROW - 1, column), head, book.head)
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.set_landscape()
    sheet.repeat_rows(FIRST_ROW - 1)
    sheet.fit_to_pages(1, 0)


def _figures(book: Book, cells: FormCells, section: Section) -> None:
    sheet = book.sheet(f"{section.id} {section.title}")
    _heads(book, sheet, layout.heading(section), FIGURE_HEADS)
    book.text(sheet, (1, 1), HOW[0], book.format(italic=True))
    row = FIRST_ROW
    for item in section.items:
        for figure in sorted(
            item.figures, key=lambda figure: item.order.index(figure.id) if figure.id in item.order else 0
        ):
            for field in figure.fields:
                if field.role is Role.ENTERED:
                    cells.figure(sheet, row, item.id, field)
                    row += 1
    cells.lock(sheet)


def _prose(book: Book, cells: FormCells, sections: Sequence[Section]) -> None:
    items = [item for section in sections for item in section.items if item.prose]
    if not items:
        return
    sheet = book.sheet(layout.PROSE_SHEET)
    _heads(book, sheet, "Bài viết của các mục", PROSE_HEADS)
    book.text(sheet, (1, 1), "Mỗi dòng trong ô là một đoạn (Alt+Enter xuống dòng).", book.format(italic=True))
    for row, item in enumerate(items, FIRST_ROW):
        cells.prose(sheet, row, item, PROSE_HEADS[-1][1])
    cells.lock(sheet)


def _cover(
    book: Book, sheet: Worksheet, report: Report, form: Form, wanted: Wanted, sections: Sequence[Section]
) -> None:
    """Whose form it is, and for whom; the name of whoever fills it is the one cell to fill here."""
    whole = len(sections) == len(layout.sections_of(form, ()))
    asked = "cả báo cáo" if whole else "; ".join(map(layout.heading, sections))
    due = f"{wanted.due:%d/%m/%Y}" if wanted.due is not None else ""
    lines = [
        ("Đơn vị", unit_words(report.identity)),
        ("Kỳ báo cáo", period_words(report.identity)),
        ("Mẫu báo cáo", report.identity.template),
        ("Phần cần điền", asked),
        ("Gửi lại trước ngày", due),
    ]
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 96)
    book.text(
        sheet, (0, 0), f"Biểu để điền: {form.title} {form.subject[:1].lower()}{form.subject[1:]}", book.title
    )
    said = [line for line in lines if line[1]]
    for row, (name, text) in enumerate(said, 2):
        book.text(sheet, (row, 0), name, book.format(bold=True))
        book.text(sheet, (row, 1), text, book.format(text_wrap=True))
    row = len(said) + 2
    book.text(sheet, (row, 0), layout.FILLER, book.format(bold=True))
    book.text(sheet, (row, 1), wanted.filler, book.framed(locked=False, bg_color="#FFF6D6", num_format="@"))
    for number, how in enumerate(HOW, row + 2):
        book.text(sheet, (number, 0), "Cách điền" if number == row + 2 else "", book.format(bold=True))
        book.text(sheet, (number, 1), how, book.format(text_wrap=True))
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.activate()


def _memory(book: Book, report: Report, form: Form, sections: Sequence[Section]) -> None:
    """The sheet that nobody sees, by which the form is known again and changes on both sides are told apart."""
    sheet = book.sheet(layout.MEMORY)
    keys = [key for key in layout.keys_of(form, sections, report.answers) if _asked(form, key)]
    for row, line in enumerate(layout.remembered(report.identity, keys, report.answers)):
        for column, text in enumerate(line):
            book.text(sheet, (row, column), text)
    sheet.very_hidden()


def _asked(form: Form, key: str) -> bool:
    field = form.fields.get(key)
    return field is None or field.role is Role.ENTERED
