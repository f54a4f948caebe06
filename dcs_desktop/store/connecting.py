"""Connections to a data file by the driver itself, each set up as R2 asks and asked whether it is.

Neither reading nor the path of an edit needs SQLAlchemy: it makes the tables
(making.py) and brings an older file up to them (migrating.py), and nothing
else. To import it takes longer than to open a file and read a report.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from dcs_desktop import files

BUSY_SECONDS: Final = 10.0
# What reliability.md R2 asks of every connection, and what SQLite answers when it is so.
PRAGMAS: Final = {"journal_mode": "truncate", "synchronous": 2, "foreign_keys": 1}


class OtherFile(sqlite3.DatabaseError):
    """Where the data file was lies another one, or it was written by somebody else since."""


class Connections:
    """Connections to one file, lent for one transaction each and kept for the next.

    Nobody waits for a connection: where none is idle, one more is made. After
    trouble a connection is closed, which takes back what it had begun.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self._path = path
        self._read_only = read_only
        self._idle: deque[sqlite3.Connection] = deque()
        self._closed = False

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A connection within one transaction: all of it is kept, or nothing. Raises sqlite3.Error."""
        connection = self._lent()
        try:
            connection.execute("BEGIN")
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            connection.close()
            raise
        self._idle.append(connection)
        if self._closed:
            self.close()

    def _lent(self) -> sqlite3.Connection:
        try:
            return self._idle.pop()
        except IndexError:
            return connect(self._path, read_only=self._read_only)

    def forget(self) -> None:
        """Close those that are idle: they may lead to a disk that is no longer there."""
        for _count in range(len(self._idle)):
            self._lent().close()

    def close(self) -> None:
        """Close them all; what is still lent is closed when it comes back."""
        self._closed = True
        while self._idle:
            self._lent().close()


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection to a file that is there, or to one that is just being made. Raises sqlite3.Error."""
    mode = "ro" if read_only else "rwc" if path.name.endswith(files.BESIDE) else "rw"
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_SECONDS,
    )
    try:
        _set(connection, read_only=read_only)
    except BaseException:
        connection.close()
        raise
    connection.row_factory = sqlite3.Row
    return connection


def _set(connection: sqlite3.Connection, *, read_only: bool) -> None:
    for name, wanted in PRAGMAS.items():
        if read_only and name == "journal_mode":
            continue
        connection.execute(f"PRAGMA {name} = {wanted}")
        found = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if found != wanted:
            raise sqlite3.OperationalError(f"PRAGMA {name} is {found}, not {wanted}")
