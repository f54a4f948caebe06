"""The widths of a table's columns: the shares asked for, but no column narrower than its longest word."""

from __future__ import annotations

from collections.abc import Sequence

from dcs_desktop.printing.document import Grid, plain
from dcs_desktop.printing.fonts import BOLD, REGULAR, width

WORD_MOST = 0.3
HAIR = 0.5


def column_widths(grid: Grid, room: float, air: float, size: float) -> tuple[float, ...]:
    """The width of each column in points, ``air`` of it beside the text, on a line of ``room``.

    A word of more than WORD_MOST of the line asks for no more: it is cut.
    """
    needs = [_longest({text}, BOLD, size) for text in grid.head]
    for at in range(len(grid.widths)):
        texts = {plain(row.cells[at]) for row in grid.rows if not row.spans}
        needs[at] = min(max(needs[at], _longest(texts, REGULAR, size)) + air + HAIR, WORD_MOST * room)
    asked = [room * share / sum(grid.widths) for share in grid.widths]
    return _spared(asked, needs)


def _longest(texts: set[str], font: str, size: float) -> float:
    words = {word for text in texts for word in text.split()}
    return max((width(word, font, size) for word in words), default=0.0)


def _spared(asked: Sequence[float], needs: Sequence[float]) -> tuple[float, ...]:
    """What columns lack is taken from those with more than they need, each in the measure of what it has."""
    lacking = sum(max(need - wide, 0.0) for wide, need in zip(asked, needs, strict=True))
    spare = sum(max(wide - need, 0.0) for wide, need in zip(asked, needs, strict=True))
    moved = min(lacking, spare)
    return tuple(
        wide + (need - wide) * (moved / lacking if need > wide else moved / spare) if moved else wide
        for wide, need in zip(asked, needs, strict=True)
    )
