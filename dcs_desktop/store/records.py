"""How values, identities and moments stand in the file, each record under its seal."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

import msgspec

from dcs_desktop.core.period import Period, PeriodFault
from dcs_desktop.core.report import Identity, UnitName
from dcs_desktop.core.stored import from_stored, to_stored
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.values import Coverage, FieldType, Kind, Value

Record = dict[str, Any]  # Any: texts and numbers by column
Row = sqlite3.Row | Mapping[str, Any]  # Any: texts and numbers by column
T = TypeVar("T")
EMPTY = "0" * 16
# The kinds of content, told by the value itself: the file is read without its template.
TYPES = {
    "number": FieldType(Kind.DECIMAL),
    "yes_no": FieldType(Kind.YES_NO),
    "date": FieldType(Kind.DATE),
    "text": FieldType(Kind.TEXT),
    "": FieldType(Kind.TEXT),
}


class Damaged(Refusal):
    """A record of the file that is no longer what was written."""


class Broken(ValueError):
    """A record that does not read; whoever knows its place makes a Damaged of it."""


def seal_of(*said: object) -> str:
    """16 hex digits over everything a record says: texts, numbers, nothing. Raises Broken where it says bytes."""
    if bytes in map(type, said):
        raise Broken("bytes")
    whole = "\x1f".join("\x00" if part is None else str(part) for part in said)
    return hashlib.blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def combined(seals: str, *more: str) -> str:
    """The seal of a set of records: the same in every order, a record combined twice is out again."""
    number = int(seals, 16)
    for seal in more:
        number ^= int(seal, 16)
    return f"{number:016x}"


def sealed(record: Record, *place: object) -> Record:
    """The record with its seal; ``place`` is where it belongs: table, report, key."""
    return {**record, "seal": seal_of(*place, *record.values())}


def is_sealed(seal: object, *said: object) -> bool:
    """Whether a seal is that of what a record says."""
    try:
        return seal == seal_of(*said)
    except Broken:
        return False


def unbroken(row: Row, columns: tuple[str, ...], *place: object) -> bool:
    """Whether a record still says what was sealed, under the names it was sealed under."""
    try:
        return is_sealed(row["seal"], *place, *(row[column] for column in columns))
    except IndexError:  # the name of a column is damaged
        return False


def value_record(value: Value) -> Record:
    """A value by column."""
    return {
        "state": value.state.value,
        "kind": _kind(value),
        "value": to_stored(value),
        "reason": value.reason,
        "note": value.note,
        "coverage": str(value.coverage) if value.coverage else "",
    }


def _kind(value: Value) -> str:
    match value.content:
        case None:
            return ""
        case bool():
            return "yes_no"
        case Decimal():
            return "number"
        case str():
            return "text"
        case _:
            return "date"


def value_of(said: Row) -> Value:
    """The value of a record. Raises Broken."""
    try:
        found = from_stored(TYPES[said["kind"]], said["state"], said["value"])
        return Value(found.state, found.content, said["reason"], said["note"], _coverage(said["coverage"]))
    except (ValueError, KeyError, TypeError) as error:
        raise Broken(str(error)) from error


def _coverage(text: str) -> Coverage | None:
    if not text:
        return None
    covered, _slash, expected = text.partition("/")
    return Coverage(int(covered), int(expected))


def identity_record(identity: Identity) -> Record:
    """An identity by column."""
    return {
        "unit_code": identity.unit.code,
        "unit_list": identity.unit.list_id,
        "unit": to_json(identity.unit),
        "receiver": to_json(identity.receiver),
        "period": str(identity.period),
        "level": identity.level,
        "template": identity.template,
        "revision": identity.revision,
        "parent": identity.parent,
        "training": int(identity.training),
    }


def identity_of(said: Row) -> Identity:
    """The identity of a record. Raises Broken."""
    try:
        return Identity(
            unit=from_json(said["unit"], UnitName),
            receiver=_receiver(said["receiver"]),
            period=_period(said["period"]),
            level=said["level"],
            template=said["template"],
            revision=said["revision"],
            parent=said["parent"],
            training=bool(said["training"]),
        )
    except PeriodFault as error:
        raise Broken(str(error)) from error


@lru_cache(maxsize=64)
def _receiver(text: str) -> UnitName:
    """Thousands of units report to the same few."""
    return from_json(text, UnitName)


@lru_cache(maxsize=64)
def _period(text: str) -> Period:
    return Period.parse(text)


def to_json(record: object) -> str:
    """A frozen record as JSON."""
    return msgspec.json.encode(record, order="deterministic").decode()


def from_json(text: str, kind: type[T]) -> T:
    """The frozen record of a JSON text. Raises Broken."""
    try:
        return msgspec.json.decode(text, type=kind)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise Broken(str(error)) from error


def to_moment(moment: datetime) -> str:
    """A moment as the file keeps it; a naive one is of this machine's time zone."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def moment_of(text: str) -> datetime:
    """The moment of a stored text. Raises Broken."""
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise Broken(str(error)) from error
