"""Copies a data file that may be open and written to, by SQLite's own backup: always one moment of it (R6).

Where another process may be writing, the copy is one step, for which that one waits. The process that has the file open
copies through the connection it writes by: SQLite puts into the copy what is written meanwhile, so that it can go in
small steps between which the writer has its turn, and never begins anew.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Final

from dcs_desktop import files
from dcs_desktop.store.connecting import connect

# Pages of a step: a few milliseconds, for which a write waits. Between them the writer is let in.
STEP: Final = 256
LET_IN: Final = 0.001
# So many steps go to the disk at once, for a write waits for what stands before it in the disk's own line.
SYNCED: Final = 16
# As a file is copied, not more than so many times its pages: something writes beside the connection that copies.
MOST_TIMES: Final = 4


def copy_beside(source: Path, target: Path, writing: sqlite3.Connection | None = None) -> Path:
    """Copy a data file to the place beside ``target`` and onto the disk; where that is.

    ``writing`` is the connection by which this process alone writes the file. What was left there by a process that
    died is taken away first. Raises sqlite3.Error, OSError; nothing stays there then.
    """
    files.refuse_device(target)
    beside = target.with_name(target.name + files.BESIDE)
    clear_beside(beside)
    try:
        reading = closing(connect(source, read_only=True)) if writing is None else nullcontext(writing)
        with reading as there, closing(connect(beside)) as here:
            files.step(_copy, there, here, beside if writing is not None else None)
        clear_journal(beside)
        with files.step(beside.open, "rb+") as file:
            files.sync(file)
    except BaseException:
        clear_beside(beside)
        raise
    return beside


def _copy(there: sqlite3.Connection, here: sqlite3.Connection, beside: Path | None) -> None:
    """In one step, or in small ones with the place of the copy."""
    if beside is None:
        there.backup(here, pages=-1)
        return
    steps = 0
    with beside.open("rb+") as file:

        def let_in(_status: int, _remaining: int, total: int) -> None:
            nonlocal steps
            steps += 1
            if steps * STEP > MOST_TIMES * total + 1000 * STEP:
                raise sqlite3.OperationalError("the copy was overtaken again and again")
            if steps % SYNCED == 0:
                os.fsync(file.fileno())
            time.sleep(LET_IN)

        there.backup(here, pages=STEP, progress=let_in, sleep=LET_IN)


def clear_beside(beside: Path) -> None:
    """Take away an unfinished copy. Raises OSError."""
    beside.unlink(missing_ok=True)
    clear_journal(beside)


def clear_journal(path: Path) -> None:
    """Take away the journal of a copy: it is whole without one."""
    path.with_name(path.name + "-journal").unlink(missing_ok=True)
