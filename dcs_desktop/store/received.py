"""Reports that came from other units: each package as it came, with what totals are made of at hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from dcs_desktop.core.on_behalf import read_mark
from dcs_desktop.core.period import Period, PeriodFault
from dcs_desktop.core.report import Identity, UnitName
from dcs_desktop.i18n import _
from dcs_desktop.store import statements
from dcs_desktop.store.records import (
    Broken,
    Damaged,
    Record,
    from_json,
    identity_of,
    identity_record,
    is_sealed,
    moment_of,
    seal_of,
    sealed,
    to_moment,
)
from dcs_desktop.store.statements import RECEIVED


@dataclass(frozen=True, slots=True)
class Arrival:
    """A readable package as it came.

    ``digest`` is the content digest, ``file_digest`` the sha256 of ``package``,
    the bytes of the file; ``counted`` what totals are made of (counted.py), "" where it may not be counted. ``verdict`` is
    of the closed list of the command line; ``errors`` and ``missing`` count
    the findings of the report; ``remark`` is what the desk says of it; ``key`` is the public key that signed it, "" for
    none.
    """

    identity: Identity
    digest: str
    file_digest: str
    package: bytes = field(repr=False)
    file_name: str
    verdict: str
    received_at: datetime
    counted: str = field(default="", repr=False)
    errors: int = 0
    missing: int = 0
    remark: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """A package that is kept; ``state`` is what the desk did with it since, ``remark`` its words on it.

    ``keys`` are the public keys that signed it, the one it came with first ("" for none).
    """

    ref: int
    identity: Identity
    digest: str
    file_digest: str
    file_name: str
    verdict: str
    received_at: datetime
    state: str = ""
    remark: str = ""
    errors: int = 0
    missing: int = 0
    keys: tuple[str, ...] = ("",)

    @property
    def entered(self) -> bool:
        """Whether the desk entered it for its unit."""
        return read_mark(self.remark) is not None


def keep(connection: sqlite3.Connection, arrivals: Sequence[Arrival]) -> tuple[int, ...]:
    """Keep packages; their numbers."""
    first = (connection.execute(statements.NEWEST_RECEIVED).fetchone()[0] or 0) + 1
    full = [_record(ref, arrival) for ref, arrival in enumerate(arrivals, first)]
    for columns in {tuple(record) for record in full}:
        statements.put(connection, "received", columns, *(tuple(record.values()) for record in full))
    refs = tuple(range(first, first + len(arrivals)))
    files = ((ref, arrival.package) for ref, arrival in zip(refs, arrivals, strict=True))
    statements.put(connection, "package", ("received", "content"), *files)
    keep_counted(connection, {ref: a.counted for ref, a in zip(refs, arrivals, strict=True) if a.counted})
    return refs


def _record(ref: int, arrival: Arrival) -> Record:
    record: Record = {
        "digest": arrival.digest,
        "file_digest": arrival.file_digest,
        **identity_record(arrival.identity),
        "file_name": arrival.file_name,
        "verdict": arrival.verdict,
        "state": "",
        "remark": arrival.remark,
        "errors": arrival.errors,
        "missing": arrival.missing,
        "received_at": to_moment(arrival.received_at),
        "signed_by": arrival.key,
    }
    return {"ref": ref, **sealed(record, "received", ref)}


def keep_counted(connection: sqlite3.Connection, counted: Mapping[int, str]) -> None:
    """Keep what totals are made of, of packages by their numbers."""
    records = ((ref, text, seal_of("counted", ref, text)) for ref, text in counted.items())
    statements.put(connection, "counted", ("received", "content", "seal"), *records)


def counted(connection: sqlite3.Connection, period: Period) -> dict[int, str | None]:
    """What totals are made of, of the packages of a period by their numbers; None where it was damaged."""
    found = connection.execute(statements.COUNTED, (str(period),))
    return {ref: text if is_sealed(seal, "counted", ref, text) else None for ref, text, seal in found}


def periods(connection: sqlite3.Connection) -> frozenset[tuple[Period, str, bool]]:
    """For which periods packages came, for whom each, and whether for training; broken ones are left out."""
    found = set()
    for period, receiver, training in connection.execute(statements.RECEIVED_PERIODS):
        with suppress(Broken, PeriodFault):
            found.add((Period.parse(period), from_json(receiver, UnitName).identity, bool(training)))
    return frozenset(found)


def received(connection: sqlite3.Connection, period: Period | None = None) -> tuple[Received, ...]:
    """What came, of one period or all, in the order of arrival. Raises Damaged."""
    if period is None:
        found = connection.execute(statements.RECEIVED_EVER)
    else:
        found = connection.execute(statements.RECEIVED_OF_PERIOD, (str(period),))
    return tuple(_received(row) for row in found)


def to_judge(connection: sqlite3.Connection, *, training: bool) -> tuple[Received, ...]:
    """Of the packages of every period those whose keys have to be weighed, in the order of arrival. Raises Damaged."""
    found = connection.execute(statements.RECEIVED_TO_JUDGE, (int(training), int(training)))
    return tuple(_received(row) for row in found)


def _received(row: sqlite3.Row) -> Received:
    try:
        ref, *said, seal = row
        if not is_sealed(seal, "received", ref, *said):
            raise Broken("received")
        return Received(
            ref=row["ref"],
            identity=identity_of(row),
            digest=row["digest"],
            file_digest=row["file_digest"],
            file_name=row["file_name"],
            verdict=row["verdict"],
            received_at=moment_of(row["received_at"]),
            state=row["state"],
            remark=row["remark"],
            errors=row["errors"],
            missing=row["missing"],
            keys=tuple(row["signed_by"].split(" ")),
        )
    except Broken as error:
        raise _damaged(row["file_name"]) from error


def _damaged(name: str) -> Damaged:
    message = _(
        "Gói báo cáo đã nhận {name} trong tệp dữ liệu bị hỏng. Tệp được giữ nguyên. Hãy mở bản sao lưu gần nhất, "
        "hoặc nhận lại gói này."
    )
    return Damaged(message.format(name=name))


def package(connection: sqlite3.Connection, digest: str) -> bytes | None:
    """The bytes of a package by its content digest, as they came; None when there is none."""
    found = connection.execute(statements.PACKAGE, (digest,)).fetchone()
    return found["content"] if found is not None and isinstance(found["content"], bytes) else None


def change(connection: sqlite3.Connection, ref: int, **changed: str | int) -> None:
    """Change verdict, state, remark or counts of a package that is kept."""
    row = {**connection.execute(statements.RECEIVED_ONE, (ref,)).fetchone(), **changed}
    seal = seal_of("received", ref, *(row[column] for column in RECEIVED))
    statements.change(connection, "received", (*changed, "seal"), ("ref",), (*changed.values(), seal, ref))
