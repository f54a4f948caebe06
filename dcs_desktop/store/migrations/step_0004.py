"""What a unit adds of its own to the form of a report. Frozen since version 4."""

from __future__ import annotations

from alembic.operations import Operations
from sqlalchemy import Column, ForeignKey, Integer, Text


def upgrade(op: Operations) -> None:
    """From version 3 to version 4."""
    op.create_table(
        "own",
        Column("report", Integer, ForeignKey("report.ref"), nullable=False, primary_key=True),
        Column("key", Text, nullable=False, primary_key=True),
        Column("section", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("label", Text, nullable=False),
        Column("unit", Text, nullable=False),
        Column("seal", Text, nullable=False),
        sqlite_with_rowid=False,
    )
