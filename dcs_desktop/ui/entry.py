"""Every change the hand makes in the report window: it goes to the workspace, and what changed is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from dcs_desktop.core.trouble import Fault
from dcs_desktop.core.values import State, Value, parse, shown

if TYPE_CHECKING:
    from dcs_desktop.workspace import Outcome, Workspace


class Entry(QObject):
    """The way from the editors to one open report.

    ``changed`` carries the keys of everything to show anew, ``refused`` the sentence that says why a change
    cannot be made (the data can only be read), ``jump_asked`` the key of a field to go to,
    ``undo_asked`` and ``redo_asked`` that a field has no typing of its own left to undo or redo.
    """

    changed = Signal(frozenset)
    jump_asked = Signal(str)
    refused = Signal(str)
    undo_asked = Signal()
    redo_asked = Signal()

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace

    def enter(self, key: str, typed: str) -> None:
        """Take what was typed into a figure's field or a cell."""
        self._told(self.workspace.enter(key, typed), key)

    def set_state(self, key: str, state: State, reason: str = "") -> None:
        """Answer with a state: none, not yet known, not applicable, or no answer."""
        self._told(self.workspace.set_state(key, state, reason), key)

    def set_note(self, key: str, note: str) -> None:
        """Note where a figure comes from."""
        self._told(self.workspace.set_note(key, note), key)

    def override(self, key: str, typed: str, reason: str) -> None:
        """Put a figure in the place of a total, with the reason."""
        self._told(self.workspace.override(key, typed, reason), f"{key}.override")

    def write(self, item: str, markup: str) -> None:
        """Take the narrative of an item."""
        if markup != self.workspace.answers.prose(item):
            self._told(self.workspace.write(item, markup), item)

    def nothing_here(self, item: str) -> None:
        """Answer every open figure of an item with none."""
        self._told(self.workspace.nothing_here(item), item)

    def add_row(self, table: str) -> str:
        """A new row at the end of a table; its id."""
        outcome = self.workspace.add_row(table)
        self._told(outcome, table)
        return outcome.row

    def remove_row(self, table: str, row: str) -> None:
        """Take a row out of a table."""
        self._told(self.workspace.remove_row(table, row), table)

    def move_row(self, table: str, row: str, to: int) -> None:
        """Give a row another place in its table."""
        self._told(self.workspace.move_row(table, row, to), table)

    def _told(self, outcome: Outcome, key: str) -> None:
        if outcome.fault is not None and key not in self.workspace.answers.drafts:
            self.refused.emit(outcome.fault.message)
        self.changed.emit(frozenset(outcome.changed) | {key})

    def value(self, key: str) -> Value:
        """The value of a field, computed ones too, or of a cell."""
        workspace = self.workspace
        return workspace.figures[key] if key in workspace.figures else workspace.answers.value(key)

    def text(self, key: str) -> str:
        """What an editor shows: what was typed and could not be read, or else the value."""
        draft = self.workspace.answers.drafts.get(key)
        return shown(self.workspace.form.type_of(key), self.value(key)) if draft is None else draft

    def fault(self, key: str) -> Fault | None:
        """Why the text that stands in a field could not be read."""
        draft = self.workspace.answers.drafts.get(key)
        if draft is None:
            return None
        found = parse(self.workspace.form.type_of(key), draft)
        return found if isinstance(found, Fault) else None
