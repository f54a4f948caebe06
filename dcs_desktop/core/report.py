"""One report: whose, for which period, what was answered, how its paper is headed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from dcs_desktop.core.period import Period
from dcs_desktop.core.text import nfc
from dcs_desktop.core.values import BLANK, Kind, Value


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: an id that stays with it, and its cells by column."""

    id: str
    cells: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Addition:
    """What a unit adds of its own to a section: its name, its kind and its unit of measure (see core.own)."""

    section: str
    kind: Kind
    label: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything a unit said in one report.

    ``values`` holds figures by field key and narratives by item id (their
    content is the canonical string); ``rows`` the tables. A key that is not
    there is blank. ``accepted`` holds the reasons of accepted warnings by the
    rule's id, and the answers to questions of the receiving unit by theirs. ``drafts`` are typed texts that no value could be read from,
    kept as they were typed and never counted. ``carried`` says of what was
    taken over from an earlier report, by key of figure, item or table, from
    which period it is, until somebody touches or confirms it. ``own`` is what
    the unit itself added to its form, by key.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    accepted: Mapping[str, str] = field(default_factory=dict)
    drafts: Mapping[str, str] = field(default_factory=dict)
    carried: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, Addition] = field(default_factory=dict)

    def value(self, key: str) -> Value:
        """The answer of a field, BLANK when it was never given; a cell's key is ``table/row/column``."""
        if "/" in key:
            return self._cell(key)
        return self.values.get(key, BLANK)

    def _cell(self, key: str) -> Value:
        table, row, column = key.split("/", 2)
        found = (r.cells.get(column, BLANK) for r in self.rows.get(table, ()) if r.id == row)
        return next(found, BLANK)

    def prose(self, item: str) -> str:
        """The narrative of an item as its canonical string, "" when blank."""
        content = self.value(item).content
        return content if isinstance(content, str) else ""

    def with_value(self, key: str, value: Value) -> Answers:
        """The same answers with one of them changed (a cell's row must be there)."""
        if "/" in key:
            return self._with_cell(key, value)
        return replace(self, values=_with_one(self.values, key, value))

    def _with_cell(self, key: str, value: Value) -> Answers:
        table, row, column = key.split("/", 2)
        rows = tuple(
            Row(r.id, _with_one(r.cells, column, value)) if r.id == row else r
            for r in self.rows.get(table, ())
        )
        return self.with_rows(table, rows)

    def with_rows(self, table: str, rows: tuple[Row, ...]) -> Answers:
        """The same answers with the rows of one table replaced."""
        others = {id: found for id, found in self.rows.items() if id != table}
        return replace(self, rows={**others, table: rows} if rows else others)

    def with_draft(self, key: str, typed: str) -> Answers:
        """The same answers with a text kept that is not (or, "" given, no longer) unreadable."""
        drafts = {k: v for k, v in self.drafts.items() if k != key}
        return replace(self, drafts={**drafts, key: typed} if typed else drafts)

    def with_accepted(self, rule: str, reason: str) -> Answers:
        """The same answers with a warning accepted or, "" given, no longer accepted."""
        accepted = {id: said for id, said in self.accepted.items() if id != rule}
        return replace(self, accepted={**accepted, rule: reason} if reason else accepted)

    def with_own(self, key: str, addition: Addition | None) -> Answers:
        """The same answers with something of the unit's own there, as it is now, or no longer."""
        own = {k: said for k, said in self.own.items() if k != key}
        return replace(self, own=own if addition is None else {**own, key: addition})

    def with_carried(self, key: str, period: str) -> Answers:
        """The same answers with something marked as taken over from a period or, "" given, no longer marked."""
        carried = {k: said for k, said in self.carried.items() if k != key}
        return replace(self, carried={**carried, key: period} if period else carried)


def _with_one(values: Mapping[str, Value], key: str, value: Value) -> dict[str, Value]:
    """The values with one of them changed; a blank one is not there."""
    changed = {**values, key: value}
    if value == BLANK:
        del changed[key]
    return changed


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit as a report names it: identity is (code, list_id), the names are for people."""

    code: str
    list_id: str
    name: str
    type: str
    within: str = ""

    @property
    def identity(self) -> str:
        """``31426@GSO-2024``."""
        return f"{self.code}@{self.list_id}"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands above, below and beside the report on paper; no part of its content.

    ``layout`` names a rule set of resources/layouts ("state", "party");
    ``number`` and ``day`` come from the records office, often after signing;
    ``series`` is what follows the number ("BC-UBND", "BC/BCĐ"). ``signing``
    are the 1 to 5 lines above the signature, a second function the last of
    them. ``leading_zero`` prints counts under ten as
    "08" in text. ``places`` are the unit's own words for named places.
    """

    layout: str = "state"
    superior_body: str = ""
    issuing_body: str = ""
    number: str = ""
    series: str = ""
    place: str = ""
    day: date | None = None
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signing: tuple[str, ...] = ()
    signatory: str = ""
    leading_zero: bool = True
    places: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Identity:
    """Which report this is: all of it is part of the content digest but the names.

    ``revision`` 0 is the original, n the n-th amendment; ``parent`` is the
    content digest of the revision before, "" for an original. ``training``
    reports can never be taken for real ones.
    """

    unit: UnitName
    receiver: UnitName
    period: Period
    level: str
    template: str
    revision: int = 0
    parent: str = ""
    training: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report as it is printed and packed."""

    identity: Identity
    answers: Answers = field(default_factory=Answers)
    letterhead: Letterhead = field(default_factory=Letterhead)


def composed(letterhead: Letterhead) -> Letterhead:
    """The letterhead with all its texts in the one form of Unicode."""
    said: dict[str, Any] = {}  # Any: the fields are of several types, each kept
    for part in fields(letterhead):
        said[part.name] = _composed_part(getattr(letterhead, part.name))
    return replace(letterhead, **said)


def _composed_part(part: object) -> object:
    match part:
        case str():
            return nfc(part)
        case tuple():
            return tuple(nfc(text) for text in part)
        case Mapping():
            return {name: nfc(word) for name, word in part.items()}
        case _:
            return part
