"""Where a report came from that was taken in from a file. Frozen since version 3."""

from __future__ import annotations

from alembic.operations import Operations
from sqlalchemy import Column, ForeignKey, Integer, Text


def upgrade(op: Operations) -> None:
    """From version 1 to version 3."""
    op.create_table(
        "source",
        Column("report", Integer, ForeignKey("report.ref"), nullable=False, primary_key=True),
        Column("file_name", Text, nullable=False),
        Column("digest", Text, nullable=False),
        Column("at", Text, nullable=False),
        Column("seal", Text, nullable=False),
        sqlite_with_rowid=False,
    )
