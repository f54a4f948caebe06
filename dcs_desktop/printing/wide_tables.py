"""Tables with more columns than a line holds: parted into groups of columns, the leading ones in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportlab.lib.units import mm

from dcs_desktop.printing.document import USUAL, Grid, GridRow, Runs
from dcs_desktop.printing.fonts import BOLD, REGULAR, width
from dcs_desktop.printing.layouts import UnitTableRules

# Words of the paper: Vietnamese in every language of the interface.
PART = "Cột {first}–{last} trong {all}"
HAIR = 0.5
WHOLE_ROWS = 22
LAST_ROWS = 3
CHARACTERS = 30  # a longer word is broken, else its column would take the line


def parted(grid: Grid, room: float, rules: UnitTableRules) -> Iterator[tuple[Grid, tuple[float, ...]]]:
    """The parts of a table on a line of ``room`` points, each with the widths of its columns.

    No column is narrower than its longest word, so that none is cut; the
    parts have about as many columns each. A part that leaves room on the line
    stretches its columns, the leading ones not.
    """
    least = [_least(grid, at, rules) for at in range(len(grid.head))]
    leading = least[: grid.lead]
    rest = room - sum(leading)
    columns = least[grid.lead :]
    for group in _groups(columns, rest):
        wide = [columns[at] for at in group]
        spare = max(rest - sum(wide), 0.0) / len(wide)
        stretched = [max(one, min(one + spare, rules.most * mm)) for one in wide]
        picked = (*range(grid.lead), *(grid.lead + at for at in group))
        part = _part(grid, picked)
        if len(group) < len(columns):
            said = PART.format(first=group[0] + 1, last=group[-1] + 1, all=len(columns))
            part = replace(part, title=f"{grid.title} ({said.lower()})" if grid.title else said)
        yield part, (*leading, *stretched)


def unparted(rows: int) -> int:
    """How many rows stand together at least: all of a table that a page holds, else some units with the totals."""
    return rows // 2 + 1 if rows <= WHOLE_ROWS else LAST_ROWS


def _least(grid: Grid, at: int, rules: UnitTableRules) -> float:
    """What a column asks for: its share, or its longest word where that is more."""
    words = {(BOLD, word) for word in grid.head[at].split()}
    for row in grid.rows:
        if not row.spans or at < len(row.cells) - 1:
            words |= set(_words(row.cells[at]))
    wide: list[float] = [width(word[:CHARACTERS], face, rules.size) for face, word in words]
    share = float(rules.column * mm) * grid.widths[at] / USUAL
    return max(share, max(wide, default=0.0) + 2 * rules.side * float(mm) + HAIR)


def _words(runs: Runs) -> Iterator[tuple[str, str]]:
    for run in runs:
        for word in run.text.split():
            yield BOLD if run.bold else REGULAR, word


def _groups(widths: Sequence[float], room: float) -> list[list[int]]:
    """As few groups as the line allows, then of about as many columns each."""
    fewest = len(_filled(widths, room, len(widths)))
    most = -(-len(widths) // max(fewest, 1))
    even = _filled(widths, room, most)
    return even if len(even) == fewest else _filled(widths, room, len(widths))


def _filled(widths: Sequence[float], room: float, most: int) -> list[list[int]]:
    groups: list[list[int]] = []
    taken = 0.0
    for at, wide in enumerate(widths):
        if not groups or taken + wide > room + HAIR or len(groups[-1]) >= most:
            groups.append([])
            taken = 0.0
        groups[-1].append(at)
        taken += wide
    return groups


def _part(grid: Grid, columns: Sequence[int]) -> Grid:
    places = {column: place for place, column in enumerate(columns)}
    return replace(
        grid,
        head=tuple(grid.head[at] for at in columns),
        widths=tuple(grid.widths[at] for at in columns),
        rows=tuple(_row(row, columns) for row in grid.rows),
        centred=tuple(places[at] for at in grid.centred if at in places),
        right=tuple(places[at] for at in grid.right if at in places),
    )


def _row(row: GridRow, columns: Sequence[int]) -> GridRow:
    """The cells of a row in these columns; of one with a wide cell at its end, that one over all of them."""
    if not row.spans:
        return replace(row, cells=tuple(row.cells[at] for at in columns))
    singles = len(row.cells) - 1
    return replace(row, spans=(*row.spans[:singles], len(columns) - singles))
