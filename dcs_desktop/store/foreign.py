"""What no data file of ours has, found before anything in the file is asked for: nothing of a stranger's ever runs.

SQLite keeps programs in a file: triggers, views, virtual tables, generated columns, and the expressions of checks,
defaults and indexes, which run as soon as somebody reads, writes, or only looks whether the file is whole. Ours has
tables of plain columns and indexes of columns, and nothing else. A journal beside the file can name another file for
SQLite to take away ("super-journal"); ours never does.
"""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Final

# More than any version ever had; the longest statement has 1,100 letters.
MOST, LONGEST = 60, 4_000

_NAME: Final = r'(?:[a-z_]++|"[a-z_]++")'
_NAMES: Final = rf"\({_NAME}(?:, {_NAME})*+\)"
_COLUMN: Final = rf"{_NAME} (?:TEXT|INTEGER|BLOB)(?: DEFAULT (?:''|0))?(?: NOT NULL)?(?: CONSTRAINT [a-z_]++ CHECK \(id = 1\))?"
_KEY: Final = rf"PRIMARY KEY {_NAMES}|FOREIGN KEY ?{_NAMES} REFERENCES {_NAME} {_NAMES}"
_PART: Final = rf"(?:{_KEY}|{_COLUMN})"
_TABLE: Final = re.compile(rf"CREATE TABLE {_NAME} \( ?{_PART}(?: ?, {_PART})*+ ?\)(?: WITHOUT ROWID)? ?")
_INDEX: Final = re.compile(rf"CREATE INDEX {_NAME} ON {_NAME} {_NAMES} ?")
_OF_KEY: Final = "sqlite_autoindex_"
_SPACE: Final = re.compile(r"\s+")

_JOURNAL_SIGN: Final = bytes.fromhex("d9d505f920a163d7")


class Foreign(sqlite3.DatabaseError):
    """A file with something in it, or beside it, that this program never makes."""


def refuse_foreign_parts(connection: sqlite3.Connection) -> None:
    """Look at the definitions of a file, and at nothing else in it. Raises Foreign, sqlite3.Error."""
    found = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchmany(MOST + 1)
    if len(found) > MOST:
        raise Foreign("more tables than ever were")
    for kind, name, said in found:
        if not _ours(kind, name, said):
            raise Foreign(f"{kind} {name}"[:100])


def _ours(kind: object, name: object, said: object) -> bool:
    if said is None:
        return kind == "index" and str(name).startswith(_OF_KEY)
    if not isinstance(said, str) or len(said) > LONGEST:
        return False
    form = {"table": _TABLE, "index": _INDEX}.get(str(kind))
    return form is not None and form.fullmatch(_SPACE.sub(" ", said)) is not None


def refuse_foreign_journal(path: Path) -> None:
    """Refuse a journal that names a further file: SQLite would delete that one. Raises Foreign.

    What cannot be opened here SQLite does not read either.
    """
    journal = path.with_name(path.name + "-journal")
    with suppress(OSError), journal.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - len(_JOURNAL_SIGN)))
        if size > len(_JOURNAL_SIGN) and file.read() == _JOURNAL_SIGN:
            raise Foreign("journal of several files")
