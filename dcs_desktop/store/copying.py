"""Copies a data file that may be open and written to, by SQLite's own backup: always one moment of it (R6)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from dcs_desktop import files
from dcs_desktop.store.connecting import connect


def copy_beside(source: Path, target: Path) -> Path:
    """Copy a data file to the place beside ``target`` and onto the disk; where that is.

    One step, so that the writer waits for it and never interferes. What was left there by a process that died
    is taken away first. Raises sqlite3.Error, OSError; nothing stays there then.
    """
    files.refuse_device(target)
    beside = target.with_name(target.name + files.BESIDE)
    clear_beside(beside)
    try:
        with closing(connect(source, read_only=True)) as there, closing(connect(beside)) as here:
            files.step(_copy, there, here)
        clear_journal(beside)
        with files.step(beside.open, "rb+") as file:
            files.sync(file)
    except BaseException:
        clear_beside(beside)
        raise
    return beside


def _copy(there: sqlite3.Connection, here: sqlite3.Connection) -> None:
    there.backup(here, pages=-1)


def clear_beside(beside: Path) -> None:
    """Take away an unfinished copy. Raises OSError."""
    beside.unlink(missing_ok=True)
    clear_journal(beside)


def clear_journal(path: Path) -> None:
    """Take away the journal of a copy: it is whole without one."""
    path.with_name(path.name + "-journal").unlink(missing_ok=True)
