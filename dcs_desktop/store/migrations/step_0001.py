"""The first tables: setup, own reports with their journal, reports of others. Frozen since version 1."""

from __future__ import annotations

from typing import Any

from alembic.operations import Operations
from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, LargeBinary, Text, text


def upgrade(op: Operations) -> None:
    """From an empty file to version 1."""
    op.create_table(
        "setup",
        Column("id", Integer, CheckConstraint("id = 1", name="one_setup"), primary_key=True),
        _text("content"),
        _text("seal"),
    )
    _create_report(op)
    _create_contents(op)
    _create_change(op)
    _create_received(op)


def _create_report(op: Operations) -> None:
    op.create_table(
        "report",
        Column("ref", Integer, primary_key=True),
        *_identity(),
        _text("letterhead"),
        _text("saved_at"),
        _count("asked"),
        _count("answered"),
        _count("errors"),
        _count("warnings"),
        Column("exported_at", Text),
        _words("exported_digest"),
        _words("exported_file"),
        Column("deleted_at", Text),
        _text("contents"),
        _text("seal"),
    )
    op.create_index("report_of_unit", "report", ["unit_code", "unit_list", "period"])


def _create_contents(op: Operations) -> None:
    op.create_table(
        "answer",
        _of_report(),
        _text("key", primary_key=True),
        *_value(),
        _count("edits"),
        _words("author"),
        _text("seal"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "table_row",
        _of_report(),
        _text("table_id", primary_key=True),
        _text("row_id", primary_key=True),
        _count("position"),
        _text("seal"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "draft",
        _of_report(),
        _text("key", primary_key=True),
        _text("typed"),
        _text("seal"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "accepted",
        _of_report(),
        _text("rule", primary_key=True),
        _text("reason"),
        _text("seal"),
        sqlite_with_rowid=False,
    )


def _create_change(op: Operations) -> None:
    op.create_table(
        "change",
        Column("id", Integer, primary_key=True),
        Column("report", Integer, ForeignKey("report.ref"), nullable=False),
        Column("action", Integer, nullable=False),
        _text("deed"),
        Column("of_action", Integer),
        _text("part"),
        _words("key"),
        _text("old"),
        _text("new"),
        _text("at"),
        _count("elapsed"),
        _words("author"),
        _text("seal"),
    )
    op.create_index("change_of_report", "change", ["report", "action"])


def _create_received(op: Operations) -> None:
    op.create_table(
        "received",
        Column("ref", Integer, primary_key=True),
        _text("digest"),
        _text("file_digest"),
        *_identity(),
        _text("manifest"),
        Column("package", LargeBinary, nullable=False),
        _text("file_name"),
        _text("verdict"),
        _words("state"),
        _words("remark"),
        _count("errors"),
        _count("missing"),
        _text("received_at"),
        _text("contents"),
        _text("seal"),
    )
    op.create_index("received_digest", "received", ["digest"])
    op.create_index("received_of_period", "received", ["period", "unit_code", "unit_list"])
    op.create_table(
        "received_figure",
        _text("period", primary_key=True),
        _text("key", primary_key=True),
        Column("received", Integer, ForeignKey("received.ref"), nullable=False, primary_key=True),
        *_value(),
        sqlite_with_rowid=False,
    )


def _text(name: str, **more: Any) -> Column[str]:  # Any: the options of a Column
    return Column(name, Text, nullable=False, **more)


def _words(name: str) -> Column[str]:
    return _text(name, server_default=text("''"))


def _count(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default=text("0"))


def _of_report() -> Column[int]:
    return Column("report", Integer, ForeignKey("report.ref"), nullable=False, primary_key=True)


def _identity() -> tuple[Column[Any], ...]:  # Any: columns of text and of numbers
    return (
        _text("unit_code"),
        _text("unit_list"),
        _text("unit"),
        _text("receiver"),
        _text("period"),
        _text("level"),
        _text("template"),
        _count("revision"),
        _words("parent"),
        _count("training"),
    )


def _value() -> tuple[Column[Any], ...]:  # Any: the text of a value may be null
    return (
        _text("state"),
        _text("kind"),
        Column("value", Text),
        _words("reason"),
        _words("note"),
        _words("coverage"),
    )
