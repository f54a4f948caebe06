"""Sheets and cells: every text as a text, every number as a number, nothing of the content as a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from textwrap import wrap
from typing import BinaryIO, Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dcs_desktop.core.values import FieldType, Kind, State, Value, shown

FONT: Final = "Times New Roman"
SIZE: Final = 12
A4: Final = 9
# What a spreadsheet holds exactly, and how much text a cell takes.
DIGITS: Final = 15
LONGEST: Final = 32_000
NAME_LONGEST: Final = 31
HEADER_LONGEST: Final = 200
LINE: Final = 16.5
NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\']")
# The same workbook on every day: what is not said cannot differ.
MADE: Final = datetime(2024, 1, 1)  # noqa: DTZ001 -- a constant in place of the day on which it was written
PENDING: Final = "chưa có số liệu"
INAPPLICABLE: Final = "không áp dụng"
UNTOUCHED: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
NONE_SHOWN: Final = '"không";"không";"không"'

Cell = tuple[int, int]


class Book:
    """A workbook being written, with the few formats it uses."""

    def __init__(self, target: BinaryIO) -> None:
        self.workbook = xlsxwriter.Workbook(target, UNTOUCHED)
        self.workbook.set_properties({"created": MADE, "author": "DCS Desktop"})
        self.formats: dict[tuple[tuple[str, object], ...], Format] = {}
        self.names: set[str] = set()

    def close(self) -> None:
        """Write it."""
        self.workbook.close()

    def sheet(self, name: str) -> Worksheet:
        """A sheet; its name made one that Excel takes, and its own."""
        wanted = " ".join(NOT_IN_NAMES.sub(" ", name).split()) or "Bảng"
        if len(wanted) > NAME_LONGEST:
            wanted = wanted[: NAME_LONGEST + 1].rpartition(" ")[0].rstrip(",;") or wanted[:NAME_LONGEST]
        made, number = wanted, 1
        while made.casefold() in self.names:
            number += 1
            made = f"{wanted[: NAME_LONGEST - 4]} ({number})"
        self.names.add(made.casefold())
        sheet = self.workbook.add_worksheet(made)
        sheet.set_paper(A4)
        sheet.set_margins(0.5, 0.4, 0.6, 0.6)
        sheet.set_footer("&C&P/&N")
        return sheet

    def format(self, **said: object) -> Format:
        """A format; the same words give the same one."""
        whole = {"font_name": FONT, "font_size": SIZE, "valign": "top", **said}
        key = tuple(sorted(whole.items()))
        if key not in self.formats:
            self.formats[key] = self.workbook.add_format(whole)
        return self.formats[key]

    def heading(self, sheet: Worksheet, title: str, column: int = 0) -> None:
        """The title: in the first row on the screen, from a column on; at the head of every page on paper."""
        self.text(sheet, (0, column), title, self.title)
        sheet.set_header('&L&"Times New Roman,Bold"' + title.replace("&", "&&")[:HEADER_LONGEST])

    @property
    def title(self) -> Format:
        """The heading of a sheet."""
        return self.format(bold=True, font_size=14)

    @property
    def head(self) -> Format:
        """The head of a table."""
        return self.format(
            bold=True, text_wrap=True, border=1, align="center", valign="vcenter", bg_color="#E7ECF2"
        )

    def framed(self, **said: object) -> Format:
        """A cell of a table."""
        return self.format(border=1, **said)

    def text(self, sheet: Worksheet, cell: Cell, text: str, format: Format | None = None) -> None:
        """A text as it is: one that begins with "=" is no formula. What no cell can hold is said to be cut."""
        if len(text) > LONGEST:
            text = f"{text[:LONGEST]}… (còn {len(text) - LONGEST} ký tự, xem trong báo cáo)"
        if text:
            sheet.write_string(*cell, text, format or self.format())
        else:
            sheet.write_blank(*cell, None, format or self.format())

    def value(self, sheet: Worksheet, cell: Cell, kind: FieldType, value: Value, **said: object) -> None:
        """A value by its state: a number counts, "không" is a 0 that reads so, a word never counts."""
        if value.state is State.NONE and kind.numeric:
            sheet.write_number(*cell, 0, self.framed(num_format=NONE_SHOWN, align="right", **said))
        elif isinstance(value.content, Decimal) and exact(value.content):
            pattern = number_format(value.content)
            sheet.write_number(*cell, float(value.content), self.framed(num_format=pattern, **said))
        elif value.state is State.PENDING:
            self.text(sheet, cell, PENDING, self.framed(italic=True, align="right", **said))
        else:
            align = "right" if kind.numeric else "left"
            self.text(sheet, cell, shown(kind, value), self.framed(text_wrap=True, align=align, **said))
        note = "; ".join(part for part in (value.reason, value.note) if part)
        if note:
            sheet.write_comment(*cell, note[:LONGEST], {"author": "DCS Desktop", "visible": False})


def exact(number: Decimal) -> bool:
    """Whether a spreadsheet holds this number to its last digit."""
    return len(number.as_tuple().digits) <= DIGITS and abs(number) < Decimal(10) ** DIGITS


def number_format(number: Decimal, most: int = 6) -> str:
    """The pattern that shows every decimal of a number, grouped as the reader's own Excel groups."""
    exponent = number.normalize().as_tuple().exponent
    places = min(-exponent, most) if isinstance(exponent, int) and exponent < 0 else 0
    return "#,##0" + ("." + "0" * places if places else "")


def tall_enough(texts: Iterable[str], width: int) -> float:
    """The height in points of a row of bold, wrapped texts in columns so many letters wide."""
    return LINE * max((len(wrap(text, width - 3)) for text in texts), default=1) + 4


def measured(kind: FieldType) -> str:
    """The unit of measure that stands in a head."""
    return "%" if kind.kind is Kind.PERCENT else kind.unit
