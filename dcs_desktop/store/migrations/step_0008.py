"""Who signed what came, and which keys somebody spoke for. Frozen since version 8.

What had been entered for units at this desk was not signed; it goes on being counted.
"""

from __future__ import annotations

from hashlib import blake2b

from alembic.operations import Operations
from sqlalchemy import CheckConstraint, Column, Integer, Text, text

RECEIVED = (
    "digest", "file_digest", "unit_code", "unit_list", "unit", "receiver", "period", "level", "template", "revision",
    "parent", "training", "file_name", "verdict", "state", "remark", "errors", "missing", "received_at",
)  # fmt: skip
LETTER = (
    "digest", "sent", "kind", "unit_code", "unit_list", "unit", "receiver", "period", "training", "number",
    "written", "revision", "about", "file_name", "at",
)  # fmt: skip
MEDIA = ("paper ", "word ", "excel ")


def upgrade(op: Operations) -> None:
    """From version 7 to version 8."""
    bind = op.get_bind()
    for table, columns in (("received", RECEIVED), ("letter", LETTER)):
        op.add_column(table, Column("signed_by", Text, nullable=False, server_default=text("''")))
        rows = bind.execute(text(f"SELECT ref, seal, {', '.join(columns)} FROM {table}")).mappings().all()
        for row in rows:
            said = [row[name] for name in columns]
            if row["seal"] == _seal(table, row["ref"], *said):
                bind.execute(
                    text(f"UPDATE {table} SET seal = :seal WHERE ref = :ref"),
                    {"seal": _seal(table, row["ref"], *said, ""), "ref": row["ref"]},
                )
    op.create_table(
        "decision",
        Column("ref", Integer, primary_key=True),
        Column("unit", Text, nullable=False),
        Column("key", Text, nullable=False, server_default=text("''")),
        Column("trusted", Integer, nullable=False, server_default=text("0")),
        Column("after", Integer, nullable=False, server_default=text("0")),
        Column("at", Text, nullable=False),
        Column("seal", Text, nullable=False),
    )
    op.create_table(
        "locked_key",
        Column("id", Integer, CheckConstraint("id = 1", name="one_locked_key"), primary_key=True),
        Column("content", Text, nullable=False),
        Column("seal", Text, nullable=False),
    )
    entered = [
        (row.ref, row.received_at)
        for row in bind.execute(text("SELECT ref, remark, received_at FROM received ORDER BY ref"))
        if row.remark.startswith(MEDIA)
    ]
    if entered:
        ref, at = entered[-1]
        bind.execute(
            text("INSERT INTO decision VALUES (1, '', '', 1, :ref, :at, :seal)"),
            {"ref": ref, "at": at, "seal": _seal("decision", 1, "", "", 1, ref, at)},
        )


def _seal(*said: object) -> str:
    whole = "\x1f".join("\x00" if part is None else str(part) for part in said)
    return blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
