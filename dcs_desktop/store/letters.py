"""Letters written here and letters that came, each file as it is; the desk's notes on units."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from datetime import date, datetime

from dcs_desktop.core.letter import Head, LetterKind
from dcs_desktop.core.report import UnitName
from dcs_desktop.i18n import _
from dcs_desktop.store import statements
from dcs_desktop.store.records import (
    Broken,
    Damaged,
    Record,
    from_json,
    moment_of,
    sealed,
    to_json,
    to_moment,
    unbroken,
)
from dcs_desktop.store.statements import LETTER, NOTE


@dataclass(frozen=True, slots=True)
class NewLetter:
    """A letter to be kept: ``sent`` when it was written here; ``file`` are its bytes, ``digest`` the letter's own.

    ``key`` is the public key that signed it, "" for none.
    """

    head: Head
    digest: str
    sent: bool
    file: bytes = field(repr=False)
    file_name: str
    at: datetime
    key: str = ""


@dataclass(frozen=True, slots=True)
class KeptLetter:
    """A letter that is kept; ``key`` is the public key that signed it, "" for none."""

    ref: int
    head: Head
    digest: str
    sent: bool
    file_name: str
    at: datetime
    key: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What the desk noted of a unit (``code@list``) and period."""

    ref: int
    unit: str
    period: str
    text: str
    at: datetime


def keep(connection: sqlite3.Connection, *new: NewLetter) -> None:
    """Keep letters; one that is here already stays as it is."""
    for one in new:
        _keep(connection, one)


def _keep(connection: sqlite3.Connection, new: NewLetter) -> None:
    if statements.find(connection, "letter", ("digest",), (new.digest,)) is not None:
        return
    ref = (connection.execute(statements.NEWEST_LETTER).fetchone()[0] or 0) + 1
    head = new.head
    record: Record = {
        "digest": new.digest,
        "sent": int(new.sent),
        "kind": head.kind.value,
        "unit_code": head.unit.code,
        "unit_list": head.unit.list_id,
        "unit": to_json(head.unit),
        "receiver": to_json(head.receiver),
        "period": head.period,
        "training": int(head.training),
        "number": head.number,
        "written": head.written.isoformat(),
        "revision": head.revision,
        "about": head.about,
        "file_name": new.file_name,
        "at": to_moment(new.at),
        "signed_by": new.key,
    }
    full = {"ref": ref, "file": new.file, **sealed(record, "letter", ref)}
    statements.put(connection, "letter", tuple(full), tuple(full.values()))


def letters(
    connection: sqlite3.Connection, period: str | None, unit: str | None, *, sent: bool
) -> tuple[KeptLetter, ...]:
    """The letters written here, or those that came, of a period or of all, in the order of keeping. Raises Damaged.

    ``unit`` (``code@list``) is asked together with a period.
    """
    if period is None:
        found = connection.execute(statements.LETTERS, (int(sent),))
    elif unit is not None:
        code, _at, list_id = unit.partition("@")
        found = connection.execute(statements.LETTERS_OF_UNIT, (int(sent), period, code, list_id))
    else:
        found = connection.execute(statements.LETTERS_OF_PERIOD, (int(sent), period))
    return tuple(map(_letter, found))


def verdicts(connection: sqlite3.Connection, period: str) -> dict[str, str]:
    """The kind of the newest verdict written here on each report of a period, by its content digest. Raises Damaged."""
    found: dict[str, str] = {}
    for row in connection.execute(statements.VERDICTS, (1, period)):
        if not unbroken(row, LETTER, "letter", row["ref"]):
            raise _damaged(row)
        found[row["about"]] = row["kind"]
    return found


def _letter(row: sqlite3.Row) -> KeptLetter:
    try:
        if not unbroken(row, LETTER, "letter", row["ref"]):
            raise Broken("letter")
        head = Head(
            kind=LetterKind(row["kind"]),
            unit=from_json(row["unit"], UnitName),
            receiver=from_json(row["receiver"], UnitName),
            period=row["period"],
            training=bool(row["training"]),
            number=row["number"],
            written=date.fromisoformat(row["written"]),
            revision=row["revision"],
            about=row["about"],
        )
        return KeptLetter(
            row["ref"],
            head,
            row["digest"],
            bool(row["sent"]),
            row["file_name"],
            moment_of(row["at"]),
            row["signed_by"],
        )
    except (Broken, ValueError) as error:
        raise _damaged(row) from error


def _damaged(row: sqlite3.Row) -> Damaged:
    message = _("Phiếu {name} trong tệp dữ liệu bị hỏng. Tệp được giữ nguyên. Hãy mở bản sao lưu gần nhất.")
    return Damaged(message.format(name=row["file_name"]))


def file_of(connection: sqlite3.Connection, digest: str) -> bytes | None:
    """The file of a letter by the letter's digest; None when there is none."""
    row = statements.find(connection, "letter", ("digest",), (digest,))
    return row["file"] if row is not None and isinstance(row["file"], bytes) else None


def add_note(connection: sqlite3.Connection, unit: str, period: str, text: str, at: datetime) -> None:
    """Keep a note of the desk."""
    ref = (connection.execute(statements.NEWEST_NOTE).fetchone()[0] or 0) + 1
    record: Record = {"unit": unit, "period": period, "text": text, "at": to_moment(at)}
    full = {"ref": ref, **sealed(record, "note", ref)}
    statements.put(connection, "note", tuple(full), tuple(full.values()))


def notes(connection: sqlite3.Connection, period: str) -> tuple[Note, ...]:
    """The notes on a period, oldest first. Raises Damaged."""
    return tuple(map(_note, connection.execute(statements.NOTES, (period,))))


def _note(row: sqlite3.Row) -> Note:
    try:
        if not unbroken(row, NOTE, "note", row["ref"]):
            raise Broken("note")
        return Note(row["ref"], row["unit"], row["period"], row["text"], moment_of(row["at"]))
    except Broken as error:
        message = _(
            "Một ghi chú của bàn nhận báo cáo trong tệp dữ liệu bị hỏng. Tệp được giữ nguyên. Hãy mở bản sao lưu gần nhất."
        )
        raise Damaged(message) from error
