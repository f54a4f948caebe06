"""What totals are made of stands in one record a package, and totals are kept. Frozen since version 6.

The figures of packages that are here already are not carried over: they are read from the packages when they are
wanted first.
"""

from __future__ import annotations

from alembic.operations import Operations
from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, Text


def upgrade(op: Operations) -> None:
    """From version 5 to version 6."""
    op.drop_table("received_figure")
    op.create_table(
        "counted",
        Column("received", Integer, ForeignKey("received.ref"), primary_key=True),
        Column("content", Text, nullable=False),
        Column("seal", Text, nullable=False),
    )
    op.create_table(
        "kept_total",
        Column("period", Text, nullable=False, primary_key=True),
        Column("key", Text, nullable=False, primary_key=True),
        Column("said", Text, nullable=False),
        Column("seal", Text, nullable=False),
        Column("parts_seal", Text, nullable=False),
        Column("parts", LargeBinary, nullable=False),
    )
