"""The changes that bring rows into a table, move them, and take them away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dcs_desktop.core.changes import Change, Part, Place
from dcs_desktop.core.form import Table
from dcs_desktop.core.report import Answers, Row
from dcs_desktop.core.text import nfc
from dcs_desktop.core.trouble import Fault
from dcs_desktop.core.values import BLANK, FieldType, Value, parse

Cells = Mapping[str, Value | str]


def fresh_ids(rows: Sequence[Row], count: int) -> list[str]:
    """The ids that new rows of a table get, in their order."""
    last = max((int(row.id[1:]) for row in rows if row.id[1:].isdigit()), default=0)
    return [f"r{last + number}" for number in range(1, count + 1)]


def row_comes(answers: Answers, table: str, at: int | None = None) -> Change:
    """A new row at the end of a table, or at a place."""
    rows = answers.rows.get(table, ())
    place = len(rows) if at is None else max(0, min(at, len(rows)))
    (id,) = fresh_ids(rows, 1)
    return Change(Part.ROW, f"{table}/{id}", None, Place(place))


def row_goes(answers: Answers, table: str, row: str) -> tuple[Change, ...]:
    """A row goes with all its cells and what was typed into them; nothing when it is not there."""
    for position, there in enumerate(answers.rows.get(table, ())):
        if there.id == row:
            return (*_drafts_go(answers, f"{table}/{row}/"), _goes(table, there, position))
    return ()


def row_moves(answers: Answers, table: str, row: str, to: int) -> tuple[Change, ...]:
    """A row gets another place, counted from 0; nothing when it is not there."""
    ids = [there.id for there in answers.rows.get(table, ())]
    if row not in ids:
        return ()
    return (Change(Part.ROW, f"{table}/{row}", Place(ids.index(row)), Place(max(0, min(to, len(ids) - 1)))),)


def rows_come(
    answers: Answers,
    asked: Table,
    said: Sequence[Cells],
    *,
    instead: bool = False,
) -> tuple[Change, ...]:
    """Rows at the end of a table, or in the place of all that stand there: one change for each.

    A cell is a value, or a text read as if it were typed; one that cannot be read is kept as a draft.
    """
    table, types = asked.id, {column.id: column.type for column in asked.columns}
    rows = answers.rows.get(table, ())
    changes: list[Change] = []
    if instead:
        changes += _drafts_go(answers, f"{table}/")
        changes += (_goes(table, rows[position], position) for position in reversed(range(len(rows))))
        rows = ()
    for place, (id, cells) in enumerate(zip(fresh_ids(rows, len(said)), said, strict=True), len(rows)):
        key = f"{table}/{id}"
        read = {column: _read(types[column], cell) for column, cell in cells.items()}
        values = {
            column: value for column, value in read.items() if isinstance(value, Value) and value != BLANK
        }
        changes.append(Change(Part.ROW, key, None, Place(place, values)))
        drafts = ((column, text) for column, text in read.items() if isinstance(text, str))
        changes += (Change(Part.DRAFT, f"{key}/{column}", "", text) for column, text in drafts)
    return tuple(changes)


def _read(type: FieldType, cell: Value | str) -> Value | str:
    """The value of a cell, or the text that none could be read from."""
    if isinstance(cell, Value):
        return cell
    typed = nfc(cell)
    found = parse(type, typed)
    return typed if isinstance(found, Fault) else found


def _goes(table: str, row: Row, position: int) -> Change:
    return Change(Part.ROW, f"{table}/{row.id}", Place(position, row.cells), None)


def _drafts_go(answers: Answers, under: str) -> list[Change]:
    return [
        Change(Part.DRAFT, key, text, "") for key, text in answers.drafts.items() if key.startswith(under)
    ]
