"""Every change the hand makes in the report window: it goes to the workspace, and what changed is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from dcs_desktop.closed import why_closed
from dcs_desktop.core.trouble import Fault
from dcs_desktop.core.values import State, Value, parse, shown

if TYPE_CHECKING:
    from dcs_desktop.core.report import Addition
    from dcs_desktop.workspace import Outcome, Workspace


class Entry(QObject):
    """The way from the editors to one open report.

    ``changed`` carries the keys of everything to show anew, ``refused`` the sentence that says why a change
    cannot be made (the data can only be read), ``jump_asked`` the key of a field to go to,
    ``block_pasted`` the field that a block of cells was pasted at, ``table_pasted`` what was pasted into prose and
    holds a table that the report has columns for,
    ``form_changed`` the key of what the unit added or took away,
    ``undo_asked`` and ``redo_asked`` that a field has no typing of its own left to undo or redo.
    """

    changed = Signal(frozenset)
    jump_asked = Signal(str)
    block_pasted = Signal(str)
    table_pasted = Signal(object)
    refused = Signal(str)
    form_changed = Signal(str)
    undo_asked = Signal()
    redo_asked = Signal()

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.closed = why_closed(workspace)

    def ask_anew(self) -> bool:
        """Ask whether the report can be changed; whether that is another answer than before."""
        before, self.closed = self.closed, why_closed(self.workspace)
        return before != self.closed

    def enter(self, key: str, typed: str) -> None:
        """Take what was typed into a figure's field or a cell."""
        self._change(key, lambda: self.workspace.enter(key, typed))

    def set_state(self, key: str, state: State, reason: str = "") -> None:
        """Answer with a state: none, not yet known, not applicable, or no answer."""
        self._change(key, lambda: self.workspace.set_state(key, state, reason))

    def set_note(self, key: str, note: str) -> None:
        """Note where a figure comes from."""
        self._change(key, lambda: self.workspace.set_note(key, note))

    def override(self, key: str, typed: str, reason: str) -> None:
        """Put a figure in the place of a total, with the reason."""
        self._change(f"{key}.override", lambda: self.workspace.override(key, typed, reason))

    def write(self, item: str, markup: str) -> None:
        """Take the narrative of an item."""
        if markup != self.workspace.answers.prose(item):
            self._change(item, lambda: self.workspace.write(item, markup))

    def nothing_here(self, item: str) -> None:
        """Answer every open figure of an item with none."""
        self._change(item, lambda: self.workspace.nothing_here(item))

    def confirm(self, key: str) -> None:
        """What was taken over from an earlier report is right as it is."""
        self._change(key, lambda: self.workspace.confirm(key))

    def set_own(self, key: str, addition: Addition | None) -> None:
        """Something of the unit's own comes, changes or goes; the form is another one then."""
        if self.closed is not None:
            return
        outcome = self.workspace.set_own(key, addition)
        if outcome.fault is not None:
            self.refused.emit(outcome.fault.message)
        self.form_changed.emit(key)

    def add_row(self, table: str) -> str:
        """A new row at the end of a table; its id."""
        return self._change(table, lambda: self.workspace.add_row(table)).row

    def remove_row(self, table: str, row: str) -> None:
        """Take a row out of a table."""
        self._change(table, lambda: self.workspace.remove_row(table, row))

    def move_row(self, table: str, row: str, to: int) -> None:
        """Give a row another place in its table."""
        self._change(table, lambda: self.workspace.move_row(table, row, to))

    def accept(self, rule: str, reason: str) -> None:
        """Accept a warning for a reason."""
        self._change(rule, lambda: self.workspace.accept(rule, reason))

    def undo(self) -> Outcome | None:
        """Take back the last change; None when there is none, or the report can only be looked at."""
        return self.workspace.undo() if self.closed is None else None

    def redo(self) -> Outcome | None:
        """Make the change again that was taken back last; None as in :meth:`undo`."""
        return self.workspace.redo() if self.closed is None else None

    def _change(self, key: str, change: Callable[[], Outcome]) -> Outcome:
        """Make a change, unless the report can only be looked at: nothing typed opens an amendment by itself."""
        from dcs_desktop.workspace import Outcome

        outcome = change() if self.closed is None else Outcome(Fault(self.closed.sentence))
        if outcome.fault is not None and key not in self.workspace.answers.drafts:
            self.refused.emit(outcome.fault.message)
        self.changed.emit(frozenset(outcome.changed) | {key})
        return outcome

    def value(self, key: str) -> Value:
        """The value of a field, computed ones too, or of a cell."""
        workspace = self.workspace
        return workspace.figures[key] if key in workspace.figures else workspace.answers.value(key)

    def text(self, key: str) -> str:
        """What an editor shows: what was typed and could not be read, or else the value."""
        draft = self.workspace.answers.drafts.get(key)
        if key.partition("/")[0] not in self.workspace.form.item_of:
            return ""  # a field that outlives what the unit took away
        return shown(self.workspace.form.type_of(key), self.value(key)) if draft is None else draft

    def fault(self, key: str) -> Fault | None:
        """Why the text that stands in a field could not be read."""
        draft = self.workspace.answers.drafts.get(key)
        if draft is None:
            return None
        found = parse(self.workspace.form.type_of(key), draft)
        return found if isinstance(found, Fault) else None
