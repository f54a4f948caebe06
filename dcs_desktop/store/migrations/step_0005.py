"""Letters back to units, and the desk's notes on them. Frozen since version 5."""

from __future__ import annotations

from alembic.operations import Operations
from sqlalchemy import Column, Integer, LargeBinary, Text, text


def upgrade(op: Operations) -> None:
    """From version 4 to version 5."""
    op.create_table(
        "letter",
        Column("ref", Integer, primary_key=True),
        Column("digest", Text, nullable=False),
        Column("sent", Integer, nullable=False, server_default=text("0")),
        Column("kind", Text, nullable=False),
        Column("unit_code", Text, nullable=False),
        Column("unit_list", Text, nullable=False),
        Column("unit", Text, nullable=False),
        Column("receiver", Text, nullable=False),
        Column("period", Text, nullable=False),
        Column("training", Integer, nullable=False, server_default=text("0")),
        Column("number", Integer, nullable=False, server_default=text("0")),
        Column("written", Text, nullable=False),
        Column("revision", Integer, nullable=False, server_default=text("0")),
        Column("about", Text, nullable=False, server_default=text("''")),
        Column("file", LargeBinary, nullable=False),
        Column("file_name", Text, nullable=False),
        Column("at", Text, nullable=False),
        Column("seal", Text, nullable=False),
    )
    op.create_index("letter_digest", "letter", ["digest"])
    op.create_index("letter_of_period", "letter", ["sent", "period"])
    op.create_table(
        "note",
        Column("ref", Integer, primary_key=True),
        Column("unit", Text, nullable=False),
        Column("period", Text, nullable=False),
        Column("text", Text, nullable=False),
        Column("at", Text, nullable=False),
        Column("seal", Text, nullable=False),
    )
    op.create_index("note_of_period", "note", ["period"])
