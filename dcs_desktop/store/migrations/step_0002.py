"""What was taken over from an earlier report and is not looked at yet. Frozen since version 2."""

from __future__ import annotations

from alembic.operations import Operations
from sqlalchemy import Column, ForeignKey, Integer, Text


def upgrade(op: Operations) -> None:
    """From version 1 to version 2."""
    op.create_table(
        "carried",
        Column("report", Integer, ForeignKey("report.ref"), nullable=False, primary_key=True),
        Column("key", Text, nullable=False, primary_key=True),
        Column("period", Text, nullable=False),
        Column("seal", Text, nullable=False),
        sqlite_with_rowid=False,
    )
