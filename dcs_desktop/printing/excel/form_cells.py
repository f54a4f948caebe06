"""The cells of the form to be filled in: input cells open and yellow, all else locked, no text ever a formula."""

from __future__ import annotations

from decimal import Decimal
from textwrap import wrap
from typing import Final

from xlsxwriter.worksheet import Worksheet

from dcs_desktop.core.form import Field, Item, Table
from dcs_desktop.core.narrative import plain, read
from dcs_desktop.core.offered import as_lines
from dcs_desktop.core.offline_form import KEY_HEAD, LOCKED_PROSE, READ_ONLY, STATES
from dcs_desktop.core.report import Answers
from dcs_desktop.core.values import BLANK, FieldType, Kind, State, Value, shown
from dcs_desktop.printing.excel.book import LINE, LONGEST, Book, exact, measured

INPUT: Final = {"locked": False, "bg_color": "#FFF6D6"}
LIST_LONGEST: Final = 255
TALLEST: Final = 400.0
PROTECTED: Final = {"format_columns": True, "format_rows": True, "format_cells": True, "sort": False}
WHOLE: Final = '#,##0;-#,##0;"không"'
BROKEN: Final = 'General;-General;"không"'


class FormCells:
    """Writes what is asked, with the answers that stand in the report."""

    def __init__(self, book: Book, answers: Answers) -> None:
        self._book = book
        self._answers = answers

    def lock(self, sheet: Worksheet) -> None:
        """Lock what is no input cell; without a password, for it guards against slips and not against people."""
        sheet.protect("", PROTECTED)

    def figure(self, sheet: Worksheet, row: int, item: str, field: Field) -> None:
        """A line: hidden key, item, label, unit, value, state, note."""
        book, value = self._book, self._answers.value(field.key)
        book.text(sheet, (row, 0), field.key, book.framed())
        for column, text in ((1, item), (2, field.label), (3, measured(field.type))):
            book.text(sheet, (row, column), text, book.framed(text_wrap=True))
        self.value(sheet, (row, 4), field.type, value)
        state = next((word for word, each in STATES.items() if each is value.state), "")
        told = "" if value.state is State.NONE and field.type.numeric else state
        book.text(sheet, (row, 5), told, book.framed(**INPUT))
        words = list(STATES) if field.type.numeric else [word for word in STATES if word != "không"]
        sheet.data_validation(row, 5, row, 5, {"validate": "list", "source": words})
        note = value.reason or value.note
        book.text(sheet, (row, 6), note, book.framed(text_wrap=True, num_format="@", **INPUT))
        sheet.set_row(row, self._height(field.label, 56))

    def value(self, sheet: Worksheet, cell: tuple[int, int], type: FieldType, value: Value) -> None:
        """An input cell with the answer that stands there."""
        book, (row, column) = self._book, cell
        if type.numeric:
            pattern = BROKEN if type.decimals else WHOLE
            shape = book.framed(num_format=pattern, align="right", **INPUT)
            number = value.number
            if number is None or exact(number):
                self._number(sheet, cell, number, shape)
            else:
                book.text(sheet, cell, shown(type, value), shape)
        else:
            shape = book.framed(num_format="@", text_wrap=True, **INPUT)
            book.text(sheet, cell, shown(type, value) if value.state is State.GIVEN else "", shape)
        rule = _rule(type)
        if rule:
            sheet.data_validation(row, column, row, column, rule)

    def _number(self, sheet: Worksheet, cell: tuple[int, int], number: Decimal | None, shape: object) -> None:
        if number is None:
            sheet.write_blank(*cell, None, shape)
        else:
            sheet.write_number(*cell, float(number), shape)

    def prose(self, sheet: Worksheet, row: int, item: Item, width: int) -> None:
        """A narrative in one cell; one that plain lines cannot give back as it is only stands there to be read."""
        book, markup = self._book, self._answers.prose(item.id)
        lines = as_lines(markup)
        open_cell = lines is not None and max(len(lines), len(markup)) <= LONGEST
        book.text(sheet, (row, 0), item.id if open_cell else READ_ONLY, book.framed())
        book.text(sheet, (row, 1), item.id, book.framed())
        book.text(sheet, (row, 2), item.prompt, book.framed(text_wrap=True, italic=True))
        text = lines if open_cell and lines is not None else f"{LOCKED_PROSE}\n{plain(read(markup))}"
        shape = (
            book.framed(text_wrap=True, num_format="@", **INPUT) if open_cell else book.framed(text_wrap=True)
        )
        book.text(sheet, (row, 3), text, shape)
        sheet.set_row(row, max(self._height(text, width), self._height(item.prompt, 42), 4 * LINE))

    def table(self, table: Table, first: int, free: int, width: int) -> None:
        """A sheet of rows: those that are there, and free ones below."""
        book = self._book
        sheet = book.sheet(table.label)
        book.heading(sheet, table.label, 1)
        book.text(sheet, (1, 1), "Ghi thêm vào các dòng trống; mỗi dòng một việc.", book.format(italic=True))
        sheet.set_column(0, 0, 4, None, {"hidden": True})
        book.text(sheet, (first - 1, 0), KEY_HEAD, book.head)
        for place, column in enumerate(table.columns, 1):
            sheet.set_column(place, place, width if column.type.kind is Kind.TEXT else width // 2)
            book.text(sheet, (first - 1, place), column.label, book.head)
        rows = self._answers.rows.get(table.id, ())
        for number in range(len(rows) + free):
            there = rows[number] if number < len(rows) else None
            book.text(sheet, (first + number, 0), f"{table.id}/{there.id if there else ''}", book.framed())
            for place, column in enumerate(table.columns, 1):
                value = BLANK if there is None else there.cells.get(column.id, BLANK)
                self.value(sheet, (first + number, place), column.type, value)
        sheet.freeze_panes(first, 0)
        sheet.set_landscape()
        sheet.repeat_rows(first - 1)
        sheet.fit_to_pages(1, 0)
        self.lock(sheet)

    def _height(self, text: str, width: int) -> float:
        lines = sum(max(len(wrap(line, width)), 1) for line in text.split("\n"))
        return min(lines * LINE + 4, TALLEST)


def _rule(type: FieldType) -> dict[str, object]:
    """What Excel itself checks while it is typed; whatever gets past it is judged when the form comes back."""
    match type.kind:
        case Kind.YES_NO:
            return {"validate": "list", "source": ["Có", "Không"]}
        case Kind.CHOICE:
            labels = [choice.label for choice in type.choices]
            fits = len(",".join(labels)) <= LIST_LONGEST and not any("," in label for label in labels)
            return {"validate": "list", "source": labels} if fits else _asked("; ".join(labels))
        case Kind.DATE:
            return _asked("ngày/tháng/năm, ví dụ 05/12/2024")
        case _ if type.numeric:
            least = float(type.smallest) if type.smallest is not None else -1e15
            most = float(type.largest) if type.largest is not None else 1e15
            return {
                "validate": "decimal" if type.decimals else "integer",
                "criteria": "between",
                "minimum": least,
                "maximum": most,
                "error_title": "Ô này nhận số",
                "error_message": "Chỉ ghi số. Không phát sinh thì ghi 0; chưa có hoặc không áp dụng thì chọn ở cột Trạng thái.",
            }
        case _:
            return {}


def _asked(what: str) -> dict[str, object]:
    return {"validate": "any", "input_title": "Cách ghi", "input_message": what[:LIST_LONGEST]}
