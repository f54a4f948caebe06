"""Tables: grids whose head is repeated on every page, and the borderless ones that hold blocks side by side."""

from __future__ import annotations

from collections.abc import Sequence

from dcs_desktop.printing.columns import column_widths
from dcs_desktop.printing.document import Grid, GridRow, Run, plain
from dcs_desktop.printing.fonts import REGULAR, width
from dcs_desktop.printing.grids import LONG_ROW
from dcs_desktop.printing.layouts import TableRules
from dcs_desktop.printing.pieces import GRID_LINE
from dcs_desktop.printing.word.elements import MM, Element, from_mm, on, properties, twips, value, w
from dcs_desktop.printing.word.text import Text, paragraph

UNFILLED = 0.85
"""How full lines of a cell are at least, on the whole: a guess of how many there will be."""


def grid(said: Grid, rules: TableRules, room: float, text: Text) -> Element:
    """A table on a line of ``room`` points."""
    columns = column_widths(said, room, 2 * rules.side * MM, rules.size)
    names = GridRow("", tuple((Run(name),) for name in said.head))
    rows = [_row(names, said, columns, rules, text, head=True)]
    rows += [_row(row, said, columns, rules, text) for row in said.rows]
    side, below = from_mm(rules.side), from_mm(rules.below) - twips(GRID_LINE)
    air = _air(from_mm(rules.above), side, below, side)
    return _table(columns, rows, value("tblStyle", "TableGrid"), air)


def _air(*sides: int) -> Element:
    """The air in every cell: above, left, below, right."""
    names = ("top", "left", "bottom", "right")
    return w("tblCellMar", *(w(name, w=side, type="dxa") for name, side in zip(names, sides, strict=True)))


def _table(columns: Sequence[float], rows: Sequence[Element], *more: Element) -> Element:
    said = properties(
        "tblPr",
        w("tblW", w=sum(map(twips, columns)), type="dxa"),
        w("tblInd", w=0, type="dxa"),
        w("tblLayout", type="fixed"),
        *more,
    )
    return w("tbl", said, w("tblGrid", *(w("gridCol", w=twips(wide)) for wide in columns)), *rows)


def _row(
    row: GridRow, said: Grid, columns: Sequence[float], rules: TableRules, text: Text, *, head: bool = False
) -> Element:
    """A row; one that heads those below stays with them, one of many lines may break."""
    cells, at, lines = [], 0, 0.0
    air = 2 * rules.side * MM
    alone = len(row.cells) == 1
    for runs, span in zip(row.cells, row.spans or (1,) * len(row.cells), strict=True):
        wide = sum(columns[at : at + span])
        centred = at in said.centred and span == 1
        style = "DcsTableHead" if head else "DcsCellCentred" if centred else "DcsCell"
        line = paragraph(style, text.inside(runs), on("keepNext", alone and not head))
        cells.append(cell(columns[at : at + span], [line], value("vAlign", "center")))
        lines = max(lines, width(plain(runs), REGULAR, rules.size) / (UNFILLED * (wide - air)))
        at += span
    return w(
        "tr", properties("trPr", on("cantSplit", head or lines < LONG_ROW), on("tblHeader", head)), *cells
    )


def cell(columns: Sequence[float], paragraphs: Sequence[Element], *more: Element | None) -> Element:
    """A cell over some columns of these widths; Word asks for at least one paragraph in it."""
    span = value("gridSpan", len(columns)) if len(columns) > 1 else None
    said = properties("tcPr", w("tcW", w=sum(map(twips, columns)), type="dxa"), span, *more)
    return w("tc", said, *(paragraphs or [paragraph("DcsLetterhead", [])]))


def side_by_side(columns: Sequence[float], rows: Sequence[Sequence[Sequence[Element]]]) -> Element:
    """Blocks in columns without a line around them; a row of one cell takes the whole line. No row is cut."""
    made = []
    for row in rows:
        shares = [columns] if len(row) == 1 else [[wide] for wide in columns]
        cells = (cell(share, paragraphs) for share, paragraphs in zip(shares, row, strict=True))
        made.append(w("tr", properties("trPr", on("cantSplit")), *cells))
    return _table(columns, made, _air(0, 0, 0, 0))
