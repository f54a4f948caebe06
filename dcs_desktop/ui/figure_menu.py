"""The menu of a figure: its states, its note, and replacing a total."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from dcs_desktop.core.form import Figure
from dcs_desktop.core.values import Kind, State
from dcs_desktop.i18n import _
from dcs_desktop.ui import figure_words as said
from dcs_desktop.ui import look
from dcs_desktop.ui.entry import Entry

NO_NONE = frozenset({Kind.YES_NO, Kind.CHOICE, Kind.DATE})


class FigureMenu(QMenu):
    """What can be said of a figure beside typing it; ``line_asked`` names a line to open under it."""

    answered = Signal(str)
    line_asked = Signal(str, str)

    def __init__(self, figure: Figure, entry: Entry, parent: QWidget) -> None:
        super().__init__(parent)
        self._entry = entry
        typed = said.typed_keys(figure)
        for key in typed:
            if len(typed) > 1:
                heading = said.own_label(figure, entry.workspace.form.fields[key].label)
                self.addAction(heading).setEnabled(False)
            self._add_states(figure, key)
        if typed:
            self.addSeparator()
            note = self.addAction(look.icon("pencil"), _("Ghi chú nguồn số liệu"))
            note.triggered.connect(partial(self.line_asked.emit, "note", typed[0]))
        if said.is_rolled_up(figure):
            for key in said.main_keys(figure):
                label = entry.workspace.form.fields[key].label
                act = self.addAction(look.icon("sigma"), _("Thay số tổng hợp “{label}”").format(label=label))
                act.triggered.connect(partial(self.line_asked.emit, "override", key))

    def _add_states(self, figure: Figure, key: str) -> None:
        if figure.type.kind not in NO_NONE:
            none = self.addAction(look.icon("minus"), _("Không có, không phát sinh") + "\tCtrl+0")
            none.triggered.connect(partial(self._answer, key, State.NONE))
        pending = self.addAction(look.icon("clock"), _("Chưa có số liệu, ghi lý do"))
        pending.triggered.connect(partial(self._answer, key, State.PENDING))
        inapplicable = self.addAction(look.icon("unlink"), _("Không áp dụng với đơn vị"))
        inapplicable.triggered.connect(partial(self._answer, key, State.NOT_APPLICABLE))
        clear = self.addAction(look.icon("x"), _("Xóa số liệu"))
        clear.triggered.connect(partial(self._answer, key, State.BLANK))

    def _answer(self, key: str, state: State, _checked: bool = False) -> None:
        if state is State.BLANK:
            self._entry.enter(key, "")
        else:
            self._entry.set_state(key, state)
        self.answered.emit(key)
        if state is State.PENDING:
            self.line_asked.emit("reason", key)
