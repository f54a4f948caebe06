"""What an item asks, and what of it nothing was said of yet."""

from __future__ import annotations

from collections.abc import Iterator

from dcs_desktop.core.form import Field, Item, Role
from dcs_desktop.core.report import Answers


def asked_fields(item: Item) -> Iterator[Field]:
    """The fields of an item that wait for an answer: entered ones, and totals from below."""
    for figure in item.figures:
        for field in figure.fields:
            if field.role is Role.ENTERED or (field.role is Role.DERIVED and field.formula is None):
                yield field


def unanswered(item: Item, answers: Answers) -> list[str]:
    """The keys of an item that nothing was said of yet: figures that are entered, tables without rows."""
    keys = [field.key for field in asked_fields(item) if field.role is Role.ENTERED]
    keys += [table.id for table in item.tables if not answers.rows.get(table.id)]
    return [key for key in keys if not answers.value(key).answered and key not in answers.drafts]
