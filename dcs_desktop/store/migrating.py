"""Brings a file of an older program up to the tables of today, whole or not at all."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations

from dcs_desktop import files
from dcs_desktop.store.connecting import connect
from dcs_desktop.store.making import schema_connection
from dcs_desktop.store.migrations import STEPS
from dcs_desktop.store.statements import VERSION


def migrate(path: Path, version: int) -> None:
    """Make every step from ``version`` on in one transaction, after a copy was put beside the file.

    Raises sqlite3.Error, OSError.
    """
    copy = path.with_name(f"{path.stem}.v{version}{path.suffix}")
    if not copy.exists():
        with closing(connect(path)) as connection:  # what a process that died was writing is taken back first
            connection.execute("SELECT count(*) FROM sqlite_master")
        files.write_beside_then_replace(copy, files.step(path.read_bytes))
    with schema_connection(path) as connection:
        operations = Operations(MigrationContext.configure(connection))
        for step in STEPS[version:]:
            step(operations)
        connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")
