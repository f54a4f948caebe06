"""A package stands in a table of its own, so that who has filed is read without passing over it. Frozen since version 7.

What its manifest says stands in the package, and the seal of figures long kept elsewhere goes: a record is sealed anew
where it still was what had been sealed, any other keeps a seal that does not hold.
"""

from __future__ import annotations

from hashlib import blake2b

from alembic.operations import Operations
from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, text

BEFORE = (
    "digest", "file_digest", "unit_code", "unit_list", "unit", "receiver", "period", "level", "template", "revision",
    "parent", "training", "manifest", "file_name", "verdict", "state", "remark", "errors", "missing", "received_at",
    "contents",
)  # fmt: skip
GONE = ("manifest", "contents")


def upgrade(op: Operations) -> None:
    """From version 6 to version 7."""
    op.create_table(
        "package",
        Column("received", Integer, ForeignKey("received.ref"), primary_key=True),
        Column("content", LargeBinary, nullable=False),
    )
    op.execute("INSERT INTO package SELECT ref, package FROM received ORDER BY ref")
    op.drop_column("received", "package")
    bind = op.get_bind()
    rows = bind.execute(text(f"SELECT ref, seal, {', '.join(BEFORE)} FROM received")).mappings().all()
    for row in rows:
        if row["seal"] == _seal("received", row["ref"], *(row[name] for name in BEFORE)):
            kept = (row[name] for name in BEFORE if name not in GONE)
            seal = _seal("received", row["ref"], *kept)
            bind.execute(
                text("UPDATE received SET seal = :seal WHERE ref = :ref"), {"seal": seal, "ref": row["ref"]}
            )
    for name in GONE:
        op.drop_column("received", name)


def _seal(*said: object) -> str:
    whole = "\x1f".join("\x00" if part is None else str(part) for part in said)
    return blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
