"""“Mục này không phát sinh”: none in every open figure of an item, asked first where something stands already."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from dcs_desktop.core.report import Answers
from dcs_desktop.i18n import _
from dcs_desktop.ui import messages
from dcs_desktop.ui.entry import Entry


def say_nothing_here(asker: QWidget, entry: Entry, item: str) -> None:
    """Answer what is open in an item with none, in one step to undo; what stands there stays."""
    if item not in entry.workspace.form.items or entry.closed is not None:
        return
    there = _there(entry, item)
    if there:
        question = _("Mục {place} đã có {parts}. Vẫn ghi “không” vào mọi số liệu còn trống?")
        text = question.format(place=item, parts=", ".join(there))
        kept = _("Những gì đã nhập được giữ nguyên. Hoàn tác được bằng Ctrl+Z.")
        if not messages.ask(asker, text, _("Ghi “không”"), _("Để nguyên"), kept):
            return
    entry.nothing_here(item)


def _there(entry: Entry, id: str) -> list[str]:
    """What stands in an item already, in words."""
    form, answers = entry.workspace.form, entry.workspace.answers
    item = form.items[id]
    figures = any(_stands(f.key, answers) for f in item.asked if f.formula is None)
    parts = (
        (_("nội dung"), bool(answers.prose(id).strip()) and answers.prose(id) != item.default),
        (_("số liệu"), figures),
        (_("bảng"), any(answers.rows.get(table.id) for table in item.tables)),
    )
    return [words for words, stands in parts if stands]


def _stands(key: str, answers: Answers) -> bool:
    return answers.value(key).answered or key in answers.drafts
