"""The journal of changes: what was done to a report, what can be undone and done again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from dcs_desktop.core.changes import Change, Part, Place, Side
from dcs_desktop.core.report import Addition, Letterhead
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.values import Value, with_note
from dcs_desktop.i18n import _
from dcs_desktop.store import statements
from dcs_desktop.store.records import (
    Broken,
    Damaged,
    Record,
    from_json,
    moment_of,
    seal_of,
    sealed,
    to_json,
    to_moment,
    unbroken,
    value_of,
    value_record,
)

MOST_UNDONE = 200
LOOKED_BACK = 1000


@dataclass(frozen=True, slots=True)
class LastChange:
    """Where something was changed last: which report, the field or item, when."""

    ref: int
    key: str
    at: datetime


def last_change(connection: sqlite3.Connection) -> LastChange | None:
    """Where something was changed last in any report that is not in the bin; None where that is not to be read."""
    found = connection.execute(statements.LAST_CHANGE).fetchone()
    try:
        return None if found is None else LastChange(found[0], found[1], moment_of(found[2]))
    except Broken:
        return None


class Deed(StrEnum):
    """What an action was: done by hand, or taking an earlier one back, or doing it again."""

    DONE = "done"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing the user did, of one change or several, kept or lost as a whole.

    ``number`` counts a report's actions; ``of`` is the action that an undo or
    redo is about. ``goes_on`` marks typing that goes on in the same field: it
    takes the place of the action of the same number. ``elapsed`` are the
    milliseconds the officer spent on it, as far as known.
    """

    number: int
    changes: tuple[Change, ...]
    at: datetime
    deed: Deed = Deed.DONE
    of: int | None = None
    goes_on: bool = False
    elapsed: int = 0
    author: str = ""


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """A change as the journal holds it."""

    action: int
    deed: Deed
    change: Change
    at: datetime
    author: str


@dataclass(frozen=True, slots=True)
class Steps:
    """What can be undone and done again, by action, the next one last; ``last`` is the latest action."""

    undo: tuple[int, ...] = ()
    redo: tuple[int, ...] = ()
    last: int = 0


def record(connection: sqlite3.Connection, ref: int, action: Action) -> None:
    """Write an action into the journal."""
    if action.goes_on:
        _go_on(connection, ref, action)
    else:
        for change in action.changes:
            _insert(connection, _row(ref, action, change))


def _insert(connection: sqlite3.Connection, row: Record) -> None:
    statements.put(connection, "change", tuple(row), tuple(row.values()))


def _row(ref: int, action: Action, change: Change) -> Record:
    said = {
        "action": action.number,
        "deed": action.deed.value,
        "of_action": action.of,
        "part": change.part.value,
        "key": change.key,
        "old": _side_text(change.old),
        "new": _side_text(change.new),
        "at": to_moment(action.at),
        "elapsed": action.elapsed,
        "author": action.author,
    }
    return {"report": ref, **sealed(said, "change", ref)}


def _go_on(connection: sqlite3.Connection, ref: int, action: Action) -> None:
    """Let the changes of the action end where typing has come to."""
    found = connection.execute(statements.CHANGES_OF_ACTION, (ref, action.number))
    known = {(row["part"], row["key"]): row for row in found}
    for now in action.changes:
        row = known.get((now.part.value, now.key))
        if row is None:
            _insert(connection, _row(ref, action, now))
            continue
        new = {"new": _side_text(now.new), "at": to_moment(action.at)}
        full = {**row, **new}
        seal = seal_of("change", ref, *(full[column] for column in statements.CHANGE))
        statements.change(connection, "change", (*new, "seal"), ("id",), (*new.values(), seal, row["id"]))


def steps(connection: sqlite3.Connection, ref: int) -> Steps:
    """What can be undone and redone in a report, at most the last 200 of each."""
    found = connection.execute(statements.STEPS, (ref, LOOKED_BACK)).fetchall()
    undo: list[int] = []
    redo: list[int] = []
    for number, deed, of in reversed(found):
        if deed not in set(Deed):
            raise Damaged(
                _(
                    "Nhật ký thay đổi trong tệp dữ liệu bị hỏng. Tệp được giữ nguyên. Hãy mở bản sao lưu gần nhất."
                )
            )
        _step(undo, redo, number, Deed(deed), of)
    return Steps(tuple(undo[-MOST_UNDONE:]), tuple(redo[-MOST_UNDONE:]), found[0][0] if found else 0)


def _step(undo: list[int], redo: list[int], number: int, deed: Deed, of: int | None) -> None:
    match deed:
        case Deed.DONE:
            undo.append(number)
            redo.clear()
        case Deed.UNDO if of is not None:
            _move(of, undo, redo)
        case Deed.REDO if of is not None:
            _move(of, redo, undo)


def _move(number: int, source: list[int], target: list[int]) -> None:
    if number in source:
        source.remove(number)
    target.append(number)


def changes_of(
    connection: sqlite3.Connection, ref: int, action: int | None = None
) -> tuple[ChangeRecord, ...]:
    """The journal of a report, or one action of it, in the order of what was done. Raises Damaged."""
    if action is None:
        found = connection.execute(statements.CHANGES, (ref,))
    else:
        found = connection.execute(statements.CHANGES_OF_ACTION, (ref, action))
    return tuple(_read(row, ref) for row in found)


def _read(row: sqlite3.Row, ref: int) -> ChangeRecord:
    try:
        if not unbroken(row, statements.CHANGE, "change", ref):
            raise Broken(row["key"])
        part = Part(row["part"])
        change = Change(part, row["key"], _side(part, row["old"]), _side(part, row["new"]))
        return ChangeRecord(row["action"], Deed(row["deed"]), change, moment_of(row["at"]), row["author"])
    except ValueError as error:  # Broken, or no such part or deed
        raise _damaged(row) from error


def _damaged(row: sqlite3.Row) -> Refusal:
    message = _("Nhật ký thay đổi của ô “{key}” trong tệp dữ liệu bị hỏng nên không hoàn tác được.")
    return Damaged(message.format(key=row["key"]))


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was taken over from somebody: from whom, when, and what it said."""

    author: str
    at: datetime
    value: Value

    def stands(self, now: Value) -> bool:
        """Whether a value still is what was given, whatever its note says by now."""
        return with_note(now, self.value.note) == self.value


def given_by(action: Action) -> dict[str, Given]:
    """The answers that an action took over from its author by key; {} for the officer's own."""
    return _given(action.changes, action.author, action.at) if action.author else {}


def _given(changes: Iterable[Change], author: str, at: datetime) -> dict[str, Given]:
    found: dict[str, Given] = {}
    for change in changes:
        match change.new:
            case Value() as value:
                found[change.key] = Given(author, at, value)
            case Place() as place:
                cells = place.cells.items()
                found |= {f"{change.key}/{column}": Given(author, at, value) for column, value in cells}
    return found


def given(connection: sqlite3.Connection, ref: int) -> dict[str, Given]:
    """The last answer under each key that was taken over from somebody, in any revision of the report.

    A record that no longer reads says nothing here; undoing it tells.
    """
    found: dict[str, Given] = {}
    for row in connection.execute(statements.GIVEN, (ref,)):
        with suppress(Damaged):
            said = _read(row, row["report"])
            found |= _given((said.change,), said.author, said.at)
    return found


def _side_text(side: Side) -> str:
    """One side of a change as JSON."""
    match side:
        case Value():
            return to_json(value_record(side))
        case Place():
            cells = {column: value_record(value) for column, value in side.cells.items()}
            return to_json({"position": side.position, "cells": cells})
        case _:
            return to_json(side)


def _side(part: Part, text: str) -> Side:
    """The side of a change of which this is the JSON. Raises Broken."""
    match part:
        case Part.VALUE:
            return value_of(from_json(text, dict))
        case Part.DRAFT | Part.ACCEPTED | Part.CARRIED:
            return from_json(text, str)
        case Part.LETTERHEAD:
            return from_json(text, Letterhead)
        case Part.OWN:
            return None if text == "null" else from_json(text, Addition)
        case Part.ROW:
            return None if text == "null" else _place(from_json(text, dict))


def _place(said: dict[str, Any]) -> Place:  # Any: JSON
    return Place(said["position"], {column: value_of(cell) for column, cell in said["cells"].items()})


def state(connection: sqlite3.Connection) -> tuple[int | None, str | None]:
    """How a data file stands: the last change of a report, and the seal of whose it is. Raises sqlite3.Error."""
    change, seal = connection.execute(statements.STATE).fetchone()
    return change, seal
