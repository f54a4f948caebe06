"""Makes the tables of a new data file, out of their definition; SQLAlchemy is needed here, and for migration."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateIndex, CreateTable

from dcs_desktop.store import tables
from dcs_desktop.store.connecting import connect
from dcs_desktop.store.statements import APPLICATION_ID, VERSION


def make_tables(path: Path) -> None:
    """Tables, indexes and marks of today in an empty file. Raises sqlite3.Error."""
    with schema_connection(path) as connection:
        _create_tables(connection)
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


@contextmanager
def schema_connection(path: Path) -> Iterator[Connection]:
    """The file's tables within one transaction of SQLAlchemy's, over a connection of ours. Raises sqlite3.Error."""
    engine = create_engine("sqlite://", creator=partial(connect, path), poolclass=NullPool)
    event.listen(engine, "begin", _begin)
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error):
            raise error.orig from error
        raise
    finally:
        engine.dispose()


def _begin(connection: Any) -> None:  # Any: SQLAlchemy types its events so
    """Python's sqlite3 begins no transaction of its own here."""
    connection.exec_driver_sql("BEGIN")


def _create_tables(connection: Connection) -> None:
    """Tables and indexes in one order: SQLAlchemy keeps indexes in a set, whose order differs from run to run."""
    for table in tables.metadata.sorted_tables:
        connection.execute(CreateTable(table))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            connection.execute(CreateIndex(index))
