"""A change of a report: what stood there and what stands there now, so that it can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from dcs_desktop.core.report import Addition, Answers, Letterhead, Row
from dcs_desktop.core.trouble import Fault
from dcs_desktop.core.values import Value


class Part(StrEnum):
    """Which part of a report a change is of; it says what its key and its two sides are.

    VALUE: a field, cell or item and its values. DRAFT: the same and typed
    texts that could not be read. ACCEPTED: a rule and the reasons. ROW:
    ``table/row`` and its places. CARRIED: what was taken over from an earlier
    report and the periods it is from. OWN: what the unit added to its form,
    None on a side where it is not there. LETTERHEAD: no key, two letterheads.
    """

    VALUE = "value"
    DRAFT = "draft"
    ACCEPTED = "accepted"
    ROW = "row"
    CARRIED = "carried"
    OWN = "own"
    LETTERHEAD = "letterhead"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands in its table, counted from 0, and what it says when it comes or goes."""

    position: int
    cells: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an action did: why the text was not taken, the keys to show anew, the id of a new row.

    The new state stands on the workspace.
    """

    fault: Fault | None = None
    changed: frozenset[str] = frozenset()
    row: str = ""


Side = Value | str | Place | Letterhead | Addition | None


@dataclass(frozen=True, slots=True)
class Change:
    """One part of a report, before and after; None on a side where a row is not there."""

    part: Part
    key: str
    old: Side
    new: Side

    @property
    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(self.part, self.key, self.new, self.old)


def shown_by(change: Change) -> set[str]:
    """The keys that show a change."""
    match change.part:
        case Part.VALUE | Part.DRAFT | Part.CARRIED:
            return {change.key}
        case Part.ROW:
            return {change.key.partition("/")[0]}
        case Part.ACCEPTED | Part.LETTERHEAD | Part.OWN:
            return set()


def applied(answers: Answers, change: Change) -> Answers:
    """The answers after a change; one of the letterhead leaves them as they are."""
    match change.part, change.new:
        case Part.VALUE, Value() as value:
            return answers.with_value(change.key, value)
        case Part.DRAFT, str(typed):
            return answers.with_draft(change.key, typed)
        case Part.ACCEPTED, str(reason):
            return answers.with_accepted(change.key, reason)
        case Part.CARRIED, str(period):
            return answers.with_carried(change.key, period)
        case Part.OWN, None | Addition() as addition:
            return answers.with_own(change.key, addition)
        case Part.ROW, None | Place() as place:
            return _with_row(answers, change, place)
        case Part.LETTERHEAD, _:
            return answers
        case _:
            raise TypeError(f"no such change: {change}")


def _with_row(answers: Answers, change: Change, place: Place | None) -> Answers:
    """With slices only where a row comes or goes, so that thousands of rows can."""
    table, id = change.key.split("/")
    rows = answers.rows.get(table, ())
    at = _place_of(rows, id, change.old)
    row = Row(id, {} if place is None else place.cells) if at is None else rows[at]
    others = rows if at is None else rows[:at] + rows[at + 1 :]
    if place is None:
        return answers.with_rows(table, others)
    return answers.with_rows(table, (*others[: place.position], row, *others[place.position :]))


def _place_of(rows: tuple[Row, ...], id: str, said: Side) -> int | None:
    """Where a row stands, looked for at the place it is said to have; None for one that comes."""
    if said is None:
        return None
    if isinstance(said, Place) and said.position < len(rows) and rows[said.position].id == id:
        return said.position
    return next((at for at, row in enumerate(rows) if row.id == id), None)


def joined_changes(before: tuple[Change, ...], now: tuple[Change, ...]) -> tuple[Change, ...]:
    """Changes of the same keys as one, from the first old to the last new; () when they come to nothing."""
    joined = {(change.part, change.key): change for change in before}
    for change in now:
        first = joined.get((change.part, change.key), change)
        joined[change.part, change.key] = replace(change, old=first.old)
    return tuple(joined.values()) if any(change.old != change.new for change in joined.values()) else ()
