"""Reports that came from other units: each package as it came, with its figures at hand for totals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, RowMapping, insert, select, update

from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Identity
from dcs_desktop.core.values import BLANK, Value
from dcs_desktop.i18n import _
from dcs_desktop.store import tables
from dcs_desktop.store.records import (
    VALUE_COLUMNS,
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
from dcs_desktop.store.reports import IDENTITY

RECEIVED = (
    "digest", "file_digest", *IDENTITY, "manifest", "file_name", "verdict", "state", "remark",
    "errors", "missing", "received_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Arrival:
    """A readable package as it came.

    ``digest`` is the content digest, ``file_digest`` the sha256 of ``package``,
    the bytes of the file; ``manifest`` its JSON text; ``figures`` the values
    by key that totals are made of. ``verdict`` is of the closed list of the
    command line; ``errors`` and ``missing`` count the findings of the report.
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


def keep(connection: Connection, arrival: Arrival) -> int:
    """Keep a package; its number."""
    newest = select(tables.received.c.ref).order_by(tables.received.c.ref.desc()).limit(1)
    ref = (connection.execute(newest).scalar() or 0) + 1
    record: Record = {
        "digest": arrival.digest,
        "file_digest": arrival.file_digest,
        **identity_record(arrival.identity),
        "manifest": arrival.manifest,
        "file_name": arrival.file_name,
        "verdict": arrival.verdict,
        "state": "",
        "remark": "",
        "errors": arrival.errors,
        "missing": arrival.missing,
        "received_at": to_moment(arrival.received_at),
    }
    full = sealed(record, "received", ref)
    connection.execute(insert(tables.received), {"ref": ref, "package": arrival.package, **full})
    period = str(arrival.identity.period)
    figures = [
        {"period": period, "key": key, "received": ref, **sealed(value_record(value), "figure", ref, key)}
        for key, value in arrival.figures.items()
        if value != BLANK
    ]
    if figures:
        connection.execute(insert(tables.received_figure), figures)
    return ref


def received(connection: Connection, period: Period | None = None) -> tuple[Received, ...]:
    """What came, of one period or all, in the order of arrival. Raises Damaged."""
    columns = [column for column in tables.received.c if column.name != "package"]
    wanted = select(*columns).order_by(tables.received.c.ref)
    if period is not None:
        wanted = wanted.where(tables.received.c.period == str(period))
    return tuple(_received(row) for row in connection.execute(wanted).mappings())


def _received(row: RowMapping) -> Received:
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


def package(connection: Connection, digest: str) -> bytes | None:
    """The bytes of a package by its content digest, as they came; None when there is none."""
    found = connection.execute(
        select(tables.received.c.package).where(tables.received.c.digest == digest).limit(1)
    )
    return found.scalar_one_or_none()


def figures(connection: Connection, period: Period) -> dict[int, dict[str, Value]]:
    """The values of every package of a period, by its number and by key. Raises Damaged."""
    figure = tables.received_figure
    found: dict[int, dict[str, Value]] = {}
    for row in connection.execute(select(figure).where(figure.c.period == str(period))).mappings():
        ref, key = row["received"], row["key"]
        try:
            if not unbroken(row, VALUE_COLUMNS, "figure", ref, key):
                raise Broken(key)
            found.setdefault(ref, {})[key] = value_of(row)
        except Broken as error:
            raise _damaged(key) from error
    return found


def change(connection: Connection, ref: int, **changed: str | int) -> None:
    """Change verdict, state, remark or counts of a package that is kept."""
    where = tables.received.c.ref == ref
    row = {**connection.execute(select(tables.received).where(where)).mappings().one(), **changed}
    seal = seal_of("received", ref, *(row[column] for column in RECEIVED))
    connection.execute(update(tables.received).where(where).values({**changed, "seal": seal}))
