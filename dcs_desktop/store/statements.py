"""What is asked of a data file, as SQL text, each text once; a test tries every one on the tables.

The tables are defined in tables.py, which needs SQLAlchemy; here stand their
names, for those who read and for the path of an edit.
"""

from __future__ import annotations

import sqlite3
from functools import cache
from typing import Final

Said = tuple[str | int | bytes | None, ...]

# What makes a file of SQLite one of this program ("DCSd"), and the version of its tables.
APPLICATION_ID: Final = 0x44435364
VERSION: Final = 8
TABLES: Final = frozenset({
    "setup", "report", "answer", "table_row", "draft", "accepted", "carried", "own", "change", "source",
    "received", "package", "counted", "kept_total", "letter", "note",
    "decision", "locked_key",
})  # fmt: skip

# Columns, in the order in which their record is sealed.
VALUE: Final = ("state", "kind", "value", "reason", "note", "coverage")
IDENTITY: Final = (
    "unit_code", "unit_list", "unit", "receiver", "period", "level", "template", "revision", "parent", "training",
)  # fmt: skip
REPORT: Final = (
    *IDENTITY, "letterhead", "saved_at", "asked", "answered", "errors", "warnings",
    "exported_at", "exported_digest", "exported_file", "deleted_at", "contents",
)  # fmt: skip
ANSWER: Final = (*VALUE, "edits", "author")
CHANGE: Final = ("action", "deed", "of_action", "part", "key", "old", "new", "at", "elapsed", "author")
SOURCE: Final = ("file_name", "digest", "at")
RECEIVED: Final = (
    "digest", "file_digest", *IDENTITY, "file_name", "verdict", "state", "remark",
    "errors", "missing", "received_at", "signed_by",
)  # fmt: skip
LETTER: Final = (
    "digest", "sent", "kind", "unit_code", "unit_list", "unit", "receiver", "period", "training", "number",
    "written", "revision", "about", "file_name", "at", "signed_by",
)  # fmt: skip
NOTE: Final = ("unit", "period", "text", "at")
DECISION: Final = ("unit", "key", "trusted", "after", "at")

STATE: Final = "SELECT (SELECT max(id) FROM change), (SELECT seal FROM setup)"
SETUP: Final = "SELECT content, seal FROM setup"

REPORTS: Final = "SELECT * FROM report WHERE deleted_at IS NULL ORDER BY ref"
REPORTS_IN_BIN: Final = "SELECT * FROM report WHERE deleted_at IS NOT NULL ORDER BY ref"
LATEST_REPORT: Final = (
    "SELECT * FROM report WHERE unit_code = ? AND unit_list = ? AND period = ? AND deleted_at IS NULL "
    "ORDER BY revision DESC LIMIT 1"
)
COUNT: Final = "SELECT count(*) FROM report WHERE deleted_at IS NULL"
# Row by row, not by SQLite's own count of pages, which cannot be broken off.
COUNT_RECEIVED: Final = "SELECT count(seal) FROM received"
NEWEST_REPORT: Final = "SELECT max(ref) FROM report"

STEPS: Final = (
    "SELECT action, deed, of_action FROM change WHERE report = ? GROUP BY action ORDER BY action DESC LIMIT ?"
)
LAST_CHANGE: Final = (
    "SELECT change.report, change.key, change.at FROM change JOIN report ON report.ref = change.report "
    "WHERE report.deleted_at IS NULL ORDER BY change.id DESC LIMIT 1"
)
CHANGES: Final = "SELECT * FROM change WHERE report = ? ORDER BY action, id"
CHANGES_OF_ACTION: Final = "SELECT * FROM change WHERE report = ? AND action = ? ORDER BY id"

# What was taken over from somebody, in any revision of a report.
GIVEN: Final = (
    "SELECT * FROM change WHERE report IN (SELECT revision.ref FROM report AS revision JOIN report AS this "
    "ON revision.unit_code = this.unit_code AND revision.unit_list = this.unit_list "
    "AND revision.period = this.period WHERE this.ref = ?) "
    "AND author != '' AND deed = 'done' ORDER BY report, action, id"
)

SOURCES: Final = "SELECT * FROM source"

# All but the bytes of the package, which are large.
_RECEIVED: Final = f"SELECT ref, {', '.join(RECEIVED)}, seal FROM received"
RECEIVED_EVER: Final = f"{_RECEIVED} ORDER BY ref"
RECEIVED_OF_PERIOD: Final = f"{_RECEIVED} WHERE period = ? ORDER BY ref"
# Of units whose packages do not all bear one key, or of whose key something was said, and what was entered for any.
RECEIVED_TO_JUDGE: Final = (
    f"{_RECEIVED} WHERE training = ? AND (remark != '' "
    "OR unit_code || '@' || unit_list IN (SELECT unit FROM decision) "
    "OR (unit_code, unit_list) IN (SELECT unit_code, unit_list FROM received WHERE training = ? "
    "GROUP BY unit_code, unit_list HAVING min(signed_by) != max(signed_by))) ORDER BY ref"
)
RECEIVED_ONE: Final = f"{_RECEIVED} WHERE ref = ?"
RECEIVED_PERIODS: Final = "SELECT DISTINCT period, receiver, training FROM received"
DIGESTS: Final = "SELECT digest FROM received"
NEWEST_RECEIVED: Final = "SELECT max(ref) FROM received"
PACKAGE: Final = "SELECT content FROM package JOIN received ON ref = received WHERE digest = ? LIMIT 1"
COUNTED: Final = (
    "SELECT received, content, counted.seal FROM counted JOIN received ON ref = received WHERE period = ?"
)
KEPT_TOTALS: Final = "SELECT key, said, seal FROM kept_total WHERE period = ?"
KEPT_PARTS: Final = "SELECT parts, parts_seal FROM kept_total WHERE period = ? AND key = ?"

# All but the bytes of the file.
_LETTERS: Final = f"SELECT ref, {', '.join(LETTER)}, seal FROM letter WHERE sent = ?"
LETTERS: Final = f"{_LETTERS} ORDER BY ref"
LETTERS_OF_PERIOD: Final = f"{_LETTERS} AND period = ? ORDER BY ref"
LETTERS_OF_UNIT: Final = f"{_LETTERS} AND period = ? AND unit_code = ? AND unit_list = ? ORDER BY ref"
VERDICTS: Final = f"{_LETTERS} AND period = ? AND kind IN ('correction_request', 'acceptance') ORDER BY revision, number, digest"
NEWEST_LETTER: Final = "SELECT max(ref) FROM letter"
NOTES: Final = "SELECT * FROM note WHERE period = ? ORDER BY ref"
DECISIONS: Final = "SELECT * FROM decision ORDER BY ref"
NEWEST_DECISION: Final = "SELECT max(ref) FROM decision"
LOCKED_KEY: Final = "SELECT content, seal FROM locked_key"
NEWEST_NOTE: Final = "SELECT max(ref) FROM note"


def of_report(connection: sqlite3.Connection, table: str, ref: int) -> sqlite3.Cursor:
    """The records of one report in a table."""
    return connection.execute(_find(table, ("report",)), (ref,))


def find(connection: sqlite3.Connection, table: str, keys: tuple[str, ...], said: Said) -> sqlite3.Row | None:
    """The first record whose ``keys`` say this."""
    found: sqlite3.Row | None = connection.execute(_find(table, keys), said).fetchone()
    return found


def put(connection: sqlite3.Connection, table: str, columns: tuple[str, ...], *said: Said) -> None:
    """Let records be there and say this, whether they were there or not."""
    connection.executemany(_put(table, columns), said)


def change(
    connection: sqlite3.Connection, table: str, columns: tuple[str, ...], keys: tuple[str, ...], said: Said
) -> None:
    """Let the records with these keys say something else: first the columns, then the keys."""
    connection.execute(_change(table, columns, keys), said)


def drop(connection: sqlite3.Connection, table: str, keys: tuple[str, ...], said: Said) -> None:
    """Take records away."""
    connection.execute(_drop(table, keys), said)


@cache
def _find(table: str, keys: tuple[str, ...]) -> str:
    return f"SELECT * FROM {table} WHERE {_each(keys, ' AND ')}"


@cache
def _put(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT OR REPLACE INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


@cache
def _change(table: str, columns: tuple[str, ...], keys: tuple[str, ...]) -> str:
    return f"UPDATE {table} SET {_each(columns, ', ')} WHERE {_each(keys, ' AND ')}"


@cache
def _drop(table: str, keys: tuple[str, ...]) -> str:
    return f"DELETE FROM {table} WHERE {_each(keys, ' AND ')}"


def _each(columns: tuple[str, ...], between: str) -> str:
    return between.join(f"{column} = ?" for column in columns)
