"""The report's own figures in one sheet, and each of its tables in another."""

from __future__ import annotations

from typing import Final

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from dcs_desktop.core.form import Figure, Form, Table
from dcs_desktop.core.linked import Figures
from dcs_desktop.core.report import Answers
from dcs_desktop.core.values import BLANK, Kind, Value
from dcs_desktop.printing.excel.book import Book, measured

HEADS: Final = (
    "TT",
    "Mã",
    "Nội dung",
    "Đơn vị tính",
    "Thực hiện",
    "Kế hoạch",
    "Tỷ lệ (%)",
    "Kỳ trước",
    "Gộp từ",
    "Ghi chú",
)
WIDTHS: Final = (5, 19, 46, 12, 14, 14, 10, 14, 9, 26)
DONE, TARGET, SHARE, BEFORE, COVERED, REMARK = range(4, 10)
FIRST_ROW: Final = 2
TABLE_WIDTH: Final = 30


def add_figures(book: Book, form: Form, figures: Figures, before: Figures | None) -> None:
    """Every figure that is asked, section by section, answered or not."""
    sheet = book.sheet("Số liệu")
    book.heading(sheet, "Số liệu của báo cáo")
    for column, (head, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        book.text(sheet, (FIRST_ROW - 1, column), head, book.head)
    row = FIRST_ROW
    number = 0
    for section in form.sections:
        asked = [figure for item in section.items for figure in item.figures]
        if asked:
            heading = f"{section.id}. {section.title}"
            sheet.merge_range(row, 0, row, len(HEADS) - 1, heading, book.framed(bold=True))
            row += 1
        for figure in asked:
            number += 1
            _figure(book, (sheet, row), number, form, figure, figures, before)
            row += 1
    sheet.freeze_panes(FIRST_ROW, 3)
    sheet.set_landscape()
    sheet.repeat_rows(FIRST_ROW - 1)
    sheet.fit_to_pages(1, 0)


def _figure(
    book: Book,
    place: tuple[Worksheet, int],
    number: int,
    form: Form,
    figure: Figure,
    figures: Figures,
    before: Figures | None,
) -> None:
    sheet, row = place
    done, *target = (figures.get(key, BLANK) for key in figure.base_keys)
    sheet.write_number(row, 0, number, book.framed(align="center"))
    book.text(sheet, (row, 1), figure.id, book.framed(text_wrap=True, font_size=8, font_color="#555555"))
    for column, text in ((2, figure.label), (3, measured(figure.type))):
        book.text(sheet, (row, column), text, book.framed(text_wrap=True))
    book.value(sheet, (row, DONE), figure.type, done)
    book.value(sheet, (row, TARGET), figure.type, target[0] if target else BLANK)
    if figure.pair:
        _share(book, place, form, figure, figures)
    else:
        book.text(sheet, (row, SHARE), "", book.framed())
    then = before.get(figure.base_keys[0], BLANK) if before else BLANK
    book.value(sheet, (row, BEFORE), figure.type, then)
    covered = next((str(v.coverage) for v in (done, *target) if v.coverage is not None), "")
    book.text(sheet, (row, COVERED), covered, book.framed(align="center"))
    book.text(sheet, (row, REMARK), _remark(done, *target), book.framed(text_wrap=True))


def _share(book: Book, place: tuple[Worksheet, int], form: Form, figure: Figure, figures: Figures) -> None:
    """The percentage of a pair as a formula over the two cells before it, rounded as the report rounds."""
    sheet, row = place
    field = form.fields[f"{figure.id}.percent"]
    value = figures.get(field.key, BLANK)
    done, target = xl_rowcol_to_cell(row, DONE), xl_rowcol_to_cell(row, TARGET)
    places = field.type.decimals
    known = f"AND(ISNUMBER({done}),ISNUMBER({target}),{target}<>0)"
    said = f'=IF({known},ROUND({done}/{target}*100,{places}),"")'
    shape = book.framed(num_format="0." + "#" * places if places else "0", align="right")
    number = value.number
    sheet.write_formula(row, SHARE, said, shape, round(float(number), places) if number is not None else "")


def _remark(*values: Value) -> str:
    return "; ".join(dict.fromkeys(part for value in values for part in (value.reason, value.note) if part))


def add_tables(book: Book, form: Form, answers: Answers) -> None:
    """A sheet for every table that has rows."""
    for table in form.tables.values():
        if answers.rows.get(table.id):
            _table(book, table, answers)


def _table(book: Book, table: Table, answers: Answers) -> None:
    sheet = book.sheet(table.label)
    book.heading(sheet, table.label)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, TABLE_WIDTH if column.type.kind is Kind.TEXT else TABLE_WIDTH // 2)
        book.text(sheet, (FIRST_ROW - 1, place), column.label, book.head)
    for row, said in enumerate(answers.rows[table.id], FIRST_ROW):
        for place, column in enumerate(table.columns):
            value = said.cells.get(column.id, BLANK)
            book.value(sheet, (row, place), column.type, value)
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.set_landscape()
    sheet.repeat_rows(FIRST_ROW - 1)
    sheet.fit_to_pages(1, 0)
