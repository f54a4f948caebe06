"""Reports that came from other units: each package as it came, with its figures at hand for totals."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import chain

from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Identity
from dcs_desktop.core.values import BLANK, Value
from dcs_desktop.i18n import _
from dcs_desktop.store import statements
from dcs_desktop.store.records import (
    Broken,
    Damaged,
    Record,
    identity_of,
    identity_record,
    moment_of,
    seal_of,
    sealed,
    to_moment,
    unbroken,
    value_of,
    value_record,
)
from dcs_desktop.store.statements import RECEIVED, VALUE


@dataclass(frozen=True, slots=True)
class Arrival:
    """A readable package as it came.

    ``digest`` is the content digest, ``file_digest`` the sha256 of ``package``,
    the bytes of the file; ``manifest`` its JSON text; ``figures`` the values
    by key that totals are made of. ``verdict`` is of the closed list of the
    command line; ``errors`` and ``missing`` count the findings of the report;
    ``remark`` is what the desk says of it.
    """

    identity: Identity
    digest: str
    file_digest: str
    manifest: str
    package: bytes = field(repr=False)
    file_name: str
    verdict: str
    received_at: datetime
    figures: Mapping[str, Value] = field(default_factory=dict, repr=False)
    errors: int = 0
    missing: int = 0
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """A package that is kept; ``state`` is what the desk did with it since, ``remark`` its words on it."""

    ref: int
    identity: Identity
    digest: str
    file_digest: str
    manifest: str
    file_name: str
    verdict: str
    received_at: datetime
    state: str = ""
    remark: str = ""
    errors: int = 0
    missing: int = 0


def keep(connection: sqlite3.Connection, arrival: Arrival) -> int:
    """Keep a package; its number."""
    ref = (connection.execute(statements.NEWEST_RECEIVED).fetchone()[0] or 0) + 1
    said = {key: value_record(value) for key, value in sorted(arrival.figures.items()) if value != BLANK}
    record: Record = {
        "digest": arrival.digest,
        "file_digest": arrival.file_digest,
        **identity_record(arrival.identity),
        "manifest": arrival.manifest,
        "file_name": arrival.file_name,
        "verdict": arrival.verdict,
        "state": "",
        "remark": arrival.remark,
        "errors": arrival.errors,
        "missing": arrival.missing,
        "received_at": to_moment(arrival.received_at),
        "contents": _contents(ref, ((key, *figure.values()) for key, figure in said.items())),
    }
    full = {"ref": ref, "package": arrival.package, **sealed(record, "received", ref)}
    statements.put(connection, "received", tuple(full), tuple(full.values()))
    period, columns = str(arrival.identity.period), ("period", "received", "key", *VALUE)
    figures = ((period, ref, key, *figure.values()) for key, figure in said.items())
    statements.put(connection, "received_figure", columns, *figures)
    return ref


def _contents(ref: int, figures: Iterable[Sequence[str | None]]) -> str:
    """The seal of a package's figures, by key."""
    return seal_of(ref, *chain.from_iterable(figures))


def received(connection: sqlite3.Connection, period: Period | None = None) -> tuple[Received, ...]:
    """What came, of one period or all, in the order of arrival. Raises Damaged."""
    if period is None:
        found = connection.execute(statements.RECEIVED_EVER)
    else:
        found = connection.execute(statements.RECEIVED_OF_PERIOD, (str(period),))
    return tuple(_received(row) for row in found)


def _received(row: sqlite3.Row) -> Received:
    try:
        if not unbroken(row, RECEIVED, "received", row["ref"]):
            raise Broken("received")
        return Received(
            ref=row["ref"],
            identity=identity_of(row),
            digest=row["digest"],
            file_digest=row["file_digest"],
            manifest=row["manifest"],
            file_name=row["file_name"],
            verdict=row["verdict"],
            received_at=moment_of(row["received_at"]),
            state=row["state"],
            remark=row["remark"],
            errors=row["errors"],
            missing=row["missing"],
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
    return None if found is None else found["package"]


def figures(connection: sqlite3.Connection, period: Period) -> dict[int, dict[str, Value]]:
    """The values of every package of a period, by its number and by key. Raises Damaged naming the package."""
    said: dict[int, list[Sequence[str | None]]] = {}
    for ref, *rest in connection.execute(statements.FIGURES, (str(period),)):
        said.setdefault(ref, []).append(rest)
    found = {}
    for ref, contents, name in connection.execute(statements.SEALS_OF_FIGURES, (str(period),)):
        rows = said.get(ref, [])
        if _contents(ref, rows) != contents:
            raise _damaged(name)
        found[ref] = _values(rows, name)
    return found


def _values(rows: Iterable[Sequence[str | None]], name: str) -> dict[str, Value]:
    try:
        return {str(key): _value(*columns) for key, *columns in rows}
    except Broken as error:
        raise _damaged(name) from error


@lru_cache(maxsize=10_000)
def _value(*columns: str | None) -> Value:
    """The value of a row; most units say what others say too."""
    return value_of(dict(zip(VALUE, columns, strict=True)))


def change(connection: sqlite3.Connection, ref: int, **changed: str | int) -> None:
    """Change verdict, state, remark or counts of a package that is kept."""
    row = {**connection.execute(statements.RECEIVED_ONE, (ref,)).fetchone(), **changed}
    seal = seal_of("received", ref, *(row[column] for column in RECEIVED))
    statements.change(connection, "received", (*changed, "seal"), ("ref",), (*changed.values(), seal, ref))
