"""The few statements of the edit path, made of the tables once: making one anew costs more than running it."""

from __future__ import annotations

import re
from functools import cache

from sqlalchemy import (
    BindParameter,
    ClauseElement,
    Connection,
    RowMapping,
    Table,
    bindparam,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import sqlite

Said = tuple[str | int | bytes | None, ...]


def find(connection: Connection, table: Table, keys: tuple[str, ...], said: Said) -> RowMapping | None:
    """The first record whose ``keys`` say this."""
    row = connection.exec_driver_sql(_find(table, keys), said).first()
    return None if row is None else row._mapping


def put(connection: Connection, table: Table, columns: tuple[str, ...], said: Said) -> None:
    """Let a record be there and say this, whether it was there or not."""
    connection.exec_driver_sql(_put(table, columns), said)


def change(
    connection: Connection, table: Table, columns: tuple[str, ...], keys: tuple[str, ...], said: Said
) -> None:
    """Let the records with these keys say something else: first the columns, then the keys."""
    connection.exec_driver_sql(_change(table, columns, keys), said)


def drop(connection: Connection, table: Table, keys: tuple[str, ...], said: Said) -> None:
    """Take records away."""
    connection.exec_driver_sql(_drop(table, keys), said)


@cache
def _find(table: Table, keys: tuple[str, ...]) -> str:
    return _sql(select(table).where(*(table.c[key] == bindparam(key) for key in keys)), keys)


@cache
def _put(table: Table, columns: tuple[str, ...]) -> str:
    values: dict[str, BindParameter[object]] = {column: bindparam(column) for column in columns}
    return _sql(insert(table).prefix_with("OR REPLACE").values(values), columns)


@cache
def _change(table: Table, columns: tuple[str, ...], keys: tuple[str, ...]) -> str:
    wanted = [table.c[key] == bindparam(f"at_{key}") for key in keys]
    values: dict[str, BindParameter[object]] = {column: bindparam(f"new_{column}") for column in columns}
    order = (*(f"new_{column}" for column in columns), *(f"at_{key}" for key in keys))
    return _sql(update(table).where(*wanted).values(values), order)


@cache
def _drop(table: Table, keys: tuple[str, ...]) -> str:
    return _sql(delete(table).where(*(table.c[key] == bindparam(key) for key in keys)), keys)


def _sql(statement: ClauseElement, order: tuple[str, ...]) -> str:
    """The text of a statement, its parameters numbered in the order in which they will be said."""
    compiled = statement.compile(dialect=sqlite.dialect(paramstyle="named"))
    text = str(compiled)
    for place, name in enumerate(order, 1):
        text = re.sub(rf":{name}\b", f"?{place}", text)
    return text
