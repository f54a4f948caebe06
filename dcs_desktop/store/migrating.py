"""Brings a file of an older program up to the tables of today, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine

from dcs_desktop import files
from dcs_desktop.store import tables


def migrate(path: Path, version: int, engine_of: Callable[[Path], Engine]) -> None:
    """Make every step from ``version`` on in one transaction, after a copy was put beside the file.

    Alembic is imported here, where it is needed, and nowhere else.
    """
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    from dcs_desktop.store.migrations import STEPS

    copy = path.with_name(f"{path.stem}.v{version}{path.suffix}")
    if not copy.exists():
        files.write_beside_then_replace(copy, files.step(path.read_bytes))
    engine = engine_of(path)
    try:
        with engine.begin() as connection:
            operations = Operations(MigrationContext.configure(connection))
            for step in STEPS[version:]:
                step(operations)
            connection.exec_driver_sql(f"PRAGMA user_version = {tables.VERSION}")
    finally:
        engine.dispose()
