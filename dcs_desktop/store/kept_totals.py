"""Totals that were made once, kept until what they rest on changes; they can always be made again.

What they rest on stands in a record of its own, under the key "". Every record is under a seal, its parts under
another: totals are asked for without them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from dcs_desktop.core.period import Period
from dcs_desktop.store import statements
from dcs_desktop.store.records import is_sealed, seal_of

TABLE = "kept_total"


@dataclass(frozen=True, slots=True)
class KeptTotal:
    """One total by its figure's key: what it says, as text, and its parts, packed."""

    key: str
    said: str
    parts: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeptTotals:
    """What the totals of one period say, by key, and what they hold for, "" when none are kept."""

    rests_on: str
    said: Mapping[str, str]
    damaged: bool = False


def keep(connection: sqlite3.Connection, period: Period, rests_on: str, made: Iterable[KeptTotal]) -> None:
    """Keep totals in place of those that were."""
    statements.drop(connection, TABLE, ("period",), (str(period),))
    columns = ("period", "key", "said", "seal", "parts_seal", "parts")
    seals: list[str] = []
    records = []
    for one in made:
        seals.append(seal_of(TABLE, period, one.key, one.said))
        packed = _seal(period, one.key, rests_on, one.parts)
        records.append((str(period), one.key, one.said, seals[-1], packed, one.parts))
    head = (str(period), "", rests_on, _seal_of_all(period, rests_on, seals), "", b"")
    statements.put(connection, TABLE, columns, head, *records)


def totals(connection: sqlite3.Connection, period: Period) -> KeptTotals:
    """The totals that are kept for a period."""
    found = connection.execute(statements.KEPT_TOTALS, (str(period),)).fetchall()
    said = {key: said for key, said, _seal in found}
    seals = {key: seal for key, _said, seal in found}
    rests_on, seal = said.pop("", ""), seals.pop("", "")
    damaged = bool(found) and not is_sealed(seal, TABLE, period, rests_on, *sorted(map(str, seals.values())))
    damaged |= any(not is_sealed(seals[key], TABLE, period, key, text) for key, text in said.items())
    return KeptTotals("" if damaged else rests_on, said, damaged)


def parts(connection: sqlite3.Connection, period: Period, key: str, rests_on: str) -> bytes | None:
    """The parts of a total, None when they are damaged, or belong to totals that rest on something else."""
    found = connection.execute(statements.KEPT_PARTS, (str(period), key)).fetchone()
    if found is None or not isinstance(found["parts"], bytes):
        return None
    if found["parts_seal"] != _seal(period, key, rests_on, found["parts"]):
        return None
    packed: bytes = found["parts"]
    return packed


def _seal_of_all(period: Period, rests_on: str, seals: Iterable[str]) -> str:
    """One over all, so that a record that vanished is noticed."""
    return seal_of(TABLE, period, rests_on, *sorted(seals))


def _seal(period: Period, key: str, rests_on: str, packed: bytes) -> str:
    return seal_of(TABLE, period, key, rests_on, blake2b(packed, digest_size=16).hexdigest())
