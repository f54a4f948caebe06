"""Everything of a report that Ctrl+F finds: figures, items, tables, their columns, findings, with their values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from dcs_desktop.core.form import Figure, Table
from dcs_desktop.core.narrative import plain, read
from dcs_desktop.core.own import is_own
from dcs_desktop.core.values import BLANK, State
from dcs_desktop.i18n import _
from dcs_desktop.ui import figure_words as said
from dcs_desktop.ui.field_search import PALETTE_WIDTH, Candidate, FieldSearch
from dcs_desktop.ui.findings_panel import picture_of

if TYPE_CHECKING:
    from dcs_desktop.workspace import Workspace

LETTERS = 40


def search(workspace: Workspace, over: QWidget, asker: QWidget) -> FieldSearch:
    """The line to type in, opened over the form."""
    hint = _("Tìm số liệu, mục, bảng, lỗi; gõ không dấu cũng được")
    opened = FieldSearch(findable(workspace), hint, asker)
    place = over.mapToGlobal(QPoint((over.width() - PALETTE_WIDTH) // 2, 0))
    opened.open_at(place, PALETTE_WIDTH)
    return opened


def findable(workspace: Workspace) -> tuple[Candidate, ...]:
    """What can be gone to, in the order in which equally good answers are told."""
    return (*_figures(workspace), *_items(workspace), *_tables(workspace), *_findings(workspace))


def _place(key: str, workspace: Workspace) -> tuple[str, str]:
    """Where a key stands, as it is shown, and all that is found of it: "III.1.e · Ở xã"."""
    item, title = workspace.form.place_of(key), workspace.form.section_of(key).title
    number = _("Riêng") if is_own(item) else item
    return f"{number} · {title}", f"{number} {title}"


def _figures(workspace: Workspace) -> Iterator[Candidate]:
    for figure in workspace.form.figures.values():
        place, also = _place(figure.id, workspace)
        label = f"{figure.label} ({figure.type.unit})" if figure.type.unit else figure.label
        yield Candidate(figure.base_keys[0], label, _value(figure, workspace), place, also)


def _value(figure: Figure, workspace: Workspace) -> str:
    values = (workspace.figures.get(key, BLANK) for key in said.main_keys(figure))
    return _short("/".join(said.value_text(figure, workspace.form, value) for value in values))


def _items(workspace: Workspace) -> Iterator[Candidate]:
    for item in workspace.form.items.values():
        place, also = _place(item.id, workspace)
        text = plain(read(workspace.answers.prose(item.id)), lambda _link: "…").strip()
        value = _short(" ".join(text.split())) if item.prose else ""
        yield Candidate(item.id, item.prompt, value or ("……" if item.prose else ""), place, also)


def _tables(workspace: Workspace) -> Iterator[Candidate]:
    for table in workspace.form.tables.values():
        place, also = _place(table.id, workspace)
        rows = workspace.answers.rows.get(table.id, ())
        yield Candidate(table.id, table.label, _rows_words(table, workspace), place, also)
        for column in table.columns:
            key = f"{table.id}/{rows[0].id}/{column.id}" if rows else table.id
            yield Candidate(key, f"{column.label} – {table.label}", "", place, also)


def _rows_words(table: Table, workspace: Workspace) -> str:
    count = len(workspace.answers.rows.get(table.id, ()))
    if not count and workspace.answers.value(table.id).state is State.NONE:
        return _("không có")
    return _("{count} dòng").format(count=count)


def _findings(workspace: Workspace) -> Iterator[Candidate]:
    for finding in workspace.findings:
        if finding.keys and not finding.accepted:
            place, also = _place(finding.keys[0], workspace)
            yield Candidate(finding.keys[0], finding.message, "", place, also, picture_of(finding))


def _short(text: str) -> str:
    return text if len(text) <= LETTERS else text[: LETTERS - 1] + "…"
