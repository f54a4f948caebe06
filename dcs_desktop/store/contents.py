"""What a data file holds, as a list of backups says it."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass

from dcs_desktop.core.report import UnitName
from dcs_desktop.core.setup import Setup
from dcs_desktop.store import statements
from dcs_desktop.store.reports import summary_of


@dataclass(frozen=True, slots=True)
class Held:
    """A report; ``state`` is equal where all answers and the letterhead are."""

    unit: str
    name: str
    period: str
    revision: int
    saved_at: str
    state: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a data file. ``unit`` is whose it is, None before first start.

    ``reports`` leaves out the bin; ``received`` are the content digests of packages. A file of an ``older``
    program tells only how many there are.
    """

    unit: UnitName | None
    training: bool
    report_count: int
    received_count: int
    reports: tuple[Held, ...] = ()
    received: frozenset[str] = frozenset()
    older: bool = False


def gathered(connection: sqlite3.Connection, setup: Setup | None) -> Contents:
    """What is there. Raises Damaged."""
    reports = tuple(_held(row) for row in connection.execute(statements.REPORTS))
    received = frozenset(digest for (digest,) in connection.execute(statements.DIGESTS))
    unit = None if setup is None else setup.unit
    training = setup is not None and setup.training
    return Contents(unit, training, len(reports), len(received), reports, received)


def of_older(connection: sqlite3.Connection) -> Contents:
    """How much is in a file of an older program. Raises sqlite3.Error."""
    reports, received = (
        connection.execute(text).fetchone()[0] for text in (statements.COUNT, statements.COUNT_RECEIVED)
    )
    return Contents(None, False, reports, received, older=True)


def _held(row: sqlite3.Row) -> Held:
    identity = summary_of(row).identity
    state = hashlib.sha256(f"{row['contents']}\n{row['letterhead']}".encode()).hexdigest()
    unit = identity.unit
    return Held(unit.identity, unit.name, str(identity.period), identity.revision, row["saved_at"], state)
