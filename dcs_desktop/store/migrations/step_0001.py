"""The first tables."""

from alembic.operations import Operations


def upgrade(op: Operations) -> None: ...
