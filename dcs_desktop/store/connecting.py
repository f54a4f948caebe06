"""Connections to a data file by the driver itself, each set up as R2 asks and asked whether it is.

Neither reading nor the path of an edit needs SQLAlchemy: it makes the tables
(making.py) and brings an older file up to them (migrating.py), and nothing
else. To import it takes longer than to open a file and read a report.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from dcs_desktop import files
from dcs_desktop.store.foreign import refuse_foreign_journal, refuse_foreign_parts

BUSY_SECONDS: Final = 10.0
# What reliability.md R2 asks of every connection, and what SQLite answers when it is so.
PRAGMAS: Final = {"journal_mode": "truncate", "synchronous": 2, "foreign_keys": 1}
# A file may be a stranger's: its definitions call nothing, nor does it say how much of it to hold in memory.
GUARDS: Final = ("trusted_schema = OFF", "cell_size_check = ON", "cache_size = -2000")
# Of one text or package; the largest of ours has 20 MB.
LONGEST_RECORD: Final = 64_000_000
# A tree of pages that comes back to the same ones can be read for ever. Counted in steps of SQLite's, not in time, which
# passes while another program holds the file: to learn the definitions takes 300, to look at 500,000 answers 12,000,000.
STEPS_TO_LEARN, STEPS_TO_LOOK = 200_000, 100_000_000
STEPS_AT_ONCE: Final = 10_000


class OtherFile(sqlite3.DatabaseError):
    """Where the data file was lies another one, or it was written by somebody else since."""


class Connections:
    """Connections to one file, lent for one transaction each and kept for the next.

    Nobody waits for a connection: where none is idle, one more is made. After
    trouble with the file a connection is closed, which takes back what it had begun.
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
        except sqlite3.Error:
            connection.close()
            raise
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            self._take_back(connection)
            raise
        self._take_back(connection)

    def _take_back(self, connection: sqlite3.Connection) -> None:
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


@contextmanager
def limited(connection: sqlite3.Connection, steps: int = STEPS_TO_LOOK) -> Iterator[None]:
    """What is asked within is broken off after so many steps. Raises sqlite3.OperationalError."""
    turns = itertools.count()
    connection.set_progress_handler(lambda: next(turns) * STEPS_AT_ONCE > steps, STEPS_AT_ONCE)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection to a file that is there, or to one that is just being made.

    Whoever made the file: nothing in it runs. Raises sqlite3.Error, Foreign among them.
    """
    refuse_foreign_journal(path)
    mode = "ro" if read_only else "rwc" if path.name.endswith(files.BESIDE) else "rw"
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_SECONDS,
    )
    try:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_RECORD)
        with limited(connection, STEPS_TO_LEARN):
            for guard in GUARDS:
                connection.execute(f"PRAGMA {guard}")
            refuse_foreign_parts(connection)
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
