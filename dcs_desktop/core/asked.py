"""What of an item nothing was said of yet."""

from __future__ import annotations

from dcs_desktop.core.form import Item, Role
from dcs_desktop.core.report import Answers


def unanswered(item: Item, answers: Answers) -> list[str]:
    """The keys of an item that nothing was said of yet: figures that are entered, tables without rows."""
    keys = [field.key for field in item.asked if field.role is Role.ENTERED]
    keys += [table.id for table in item.tables if not answers.rows.get(table.id)]
    return [key for key in keys if not answers.value(key).answered and key not in answers.drafts]
