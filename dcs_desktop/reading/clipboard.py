"""A block of cells on the clipboard: text with tabs as Excel writes it, or a table of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from html.parser import HTMLParser
from typing import Final

from dcs_desktop.core.markup import whole_tags
from dcs_desktop.core.offered import Block, Cell
from dcs_desktop.core.text import nfc
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.values import shown_number
from dcs_desktop.i18n import _

MOST_LETTERS: Final = 300_000
MOST_HTML: Final = 4_000_000
# Of the page of a full block: a row, a cell and its letters' dress each have two.
MOST_TAGS: Final = 150_000
MOST_ROWS: Final = 500
MOST_COLUMNS: Final = 100
# A cell with a line end or tab in it stands between quotes, its own quotes doubled.
QUOTED: Final = re.compile(r'"([^"]*(?:""[^"]*)*)"(?=[\t\n]|$)')
PLAIN: Final = re.compile(r"[^\t\n]*")
DIGITS_MOST: Final = 30


def block(text: str, html: str = "") -> Block:
    """The cells of what was copied. Raises Refusal: more than any form takes at once.

    Text with tabs is read as it is; a page only where there is none, or to learn what numbers its cells say.
    """
    if len(text) > MOST_LETTERS or (not text and len(html) > MOST_HTML):
        message = _("Khối dán có {count} chữ cái, quá {most}. Hãy chép từng phần nhỏ hơn rồi dán lại.")
        raise Refusal(message.format(count=_count(max(len(text), len(html))), most=_count(MOST_LETTERS)))
    told: Block = ()
    if html and len(html) <= MOST_HTML and "<t" in html.lower():
        try:
            told = _from_page(html)
        except _TooMuch:
            if "\t" not in text:
                raise Refusal(_more_than_taken()) from None
    rows = _from_text(text) if "\t" in text or not told else told
    if len(rows) > MOST_ROWS or max(map(len, rows), default=0) > MOST_COLUMNS:
        message = _(
            "Khối dán có {rows} dòng, {columns} cột; mỗi lần dán nhiều nhất {most_rows} dòng, {most} cột."
        )
        counts = {"rows": _count(len(rows)), "columns": max(map(len, rows))}
        raise Refusal(message.format(**counts, most_rows=_count(MOST_ROWS), most=MOST_COLUMNS))
    return _with_numbers(rows, told)


def _count(number: int) -> str:
    return shown_number(Decimal(number))


def _from_text(text: str) -> Block:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    return tuple(_rows(lines))


def _rows(text: str) -> Iterator[tuple[Cell, ...]]:
    at, row = 0, []
    while at <= len(text):
        found = QUOTED.match(text, at)
        if found is not None and re.search(r"[\n\t]", found[1]):
            said = found[1].replace('""', '"')
        else:
            found = PLAIN.match(text, at)
            assert found is not None
            said = found[0]
        row.append(Cell(nfc(said).strip()))
        at = found.end() + 1
        if found.end() == len(text) or text[found.end()] == "\n":
            yield tuple(row)
            row = []


def _with_numbers(rows: Block, told: Block) -> Block:
    """The cells with the numbers that the page beside them says, where both are of one shape."""
    if rows is told or [len(row) for row in rows] != [len(row) for row in told]:
        return rows
    return tuple(
        tuple(Cell(cell.text, other.number) for cell, other in zip(row, beside, strict=True))
        for row, beside in zip(rows, told, strict=True)
    )


def _more_than_taken() -> str:
    message = _(
        "Bảng trong đoạn chép lớn hơn {rows} dòng, {columns} cột. Hãy chép từng phần nhỏ hơn rồi dán lại."
    )
    return message.format(rows=_count(MOST_ROWS), columns=MOST_COLUMNS)


class _TooMuch(Exception):
    """A page has more rows, cells in a row or tags than are read."""


def _from_page(html: str) -> Block:
    if html.count("<") > MOST_TAGS:
        raise _TooMuch
    page = _Page()
    page.feed(whole_tags(html))
    page.close()
    return tuple(tuple(row) for row in page.rows)


class _Page(HTMLParser):
    """The cells of the tables of a page; of merged cells the first one speaks, the others are empty."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[Cell]] = []
        self._said: list[str] | None = None
        self._number = ""
        self._wide = 1
        self._under: dict[int, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A row or cell begins; a paragraph in a cell is a line."""
        if tag == "tr":
            self._end_cell()
            self._begin_row()
        elif tag in ("td", "th"):
            self._end_cell()
            self._begin_cell(dict(attrs))
        elif tag in ("br", "p") and self._said:
            self._said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """A cell ends."""
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        """Letters count within cells only; how the page breaks its lines says nothing."""
        if self._said is not None:
            self._said.append(re.sub(r"[ \t\r\n]+", " ", data))

    def _begin_row(self) -> None:
        if len(self.rows) > MOST_ROWS:
            raise _TooMuch
        self.rows.append([])

    def _begin_cell(self, said: dict[str, str | None]) -> None:
        if not self.rows:
            self._begin_row()
        self._fill_from_above()
        self._said = []
        self._number = _number(said.get("sdval") or said.get("x:num") or "")
        self._wide = _span(said.get("colspan"))
        tall = _span(said.get("rowspan"))
        if tall > 1:
            column = len(self.rows[-1])
            self._under |= dict.fromkeys(range(column, column + self._wide), tall)

    def _fill_from_above(self) -> None:
        row = self.rows[-1]
        while len(row) < MOST_COLUMNS and self._under.get(len(row), 0) > 1:
            self._under[len(row)] -= 1
            row.append(Cell())

    def _end_cell(self) -> None:
        if self._said is not None:
            text = "\n".join(line.strip() for line in "".join(self._said).split("\n"))
            self.rows[-1] += [Cell(nfc(text).strip(), self._number), *([Cell()] * (self._wide - 1))]
            self._said = None
            if len(self.rows[-1]) > 2 * MOST_COLUMNS:
                raise _TooMuch


def _span(text: str | None) -> int:
    return min(max(int(text), 1), MOST_COLUMNS) if text and text.isdecimal() and len(text) < 6 else 1


def _number(text: str) -> str:
    """A number as the report writes it; "" for what is none."""
    try:
        number = Decimal(text) if 0 < len(text) <= DIGITS_MOST else Decimal("NaN")
    except InvalidOperation:
        return ""
    return shown_number(number) if number.is_finite() and abs(number.adjusted()) < DIGITS_MOST else ""
