"""The list of changes of a report: what, when, who; a line leads to its field, or everything since is taken back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from dcs_desktop.core.trouble import Refusal
from dcs_desktop.history import Step, steps
from dcs_desktop.i18n import _, format_date
from dcs_desktop.ui import look
from dcs_desktop.ui.making import button, column, label, row

if TYPE_CHECKING:
    from dcs_desktop.workspace import Workspace

STEP: Final = Qt.ItemDataRole.UserRole.value
MOST: Final = 1000


class HistoryList(QDialog):
    """``jump_asked`` carries the key of the field of a step, ``undo_asked`` how many steps are to be taken back."""

    jump_asked = Signal(str)
    undo_asked = Signal(int)

    def __init__(self, workspace: Workspace, closed: bool, asker: QWidget | None = None) -> None:
        super().__init__(asker)
        self._workspace, self._closed = workspace, closed
        self.setWindowTitle(_("Lịch sử thay đổi"))
        self.said = label("", "muted")
        self.list = _list()
        self.list.itemActivated.connect(self._jump)
        self.list.currentItemChanged.connect(self._allow)
        self.go = button(_("Đến ô này"), self._jump, "arrow-right")
        self.back = button(_("Hoàn tác từ bước này"), self._undo, "undo-2")
        close = button(_("Đóng"), self.accept)
        self.setLayout(column(self.said, self.list, row(self.back, 1, self.go, close), margin=look.WIDE))
        self.resize(900, 560)
        self.show_steps()

    def show_steps(self) -> None:
        """Show the journal as it stands, the latest step first."""
        try:
            self._workspace.flush()
            found = steps(self._workspace.form, self._workspace.file.changes(self._workspace.ref))
        except Refusal as refusal:
            self.said.setText(refusal.sentence)
            return
        standing = self._workspace.undoable
        text = _("{count} thay đổi được ghi; hoàn tác được {undoable} bước gần nhất.")
        self.said.setText(text.format(count=len(found), undoable=len(standing)))
        self.list.clear()
        for step in found[:MOST]:
            self.list.addTopLevelItem(_line(step, step.number in standing))
        if (first := self.list.topLevelItem(0)) is not None:
            self.list.setCurrentItem(first)
        self._allow()

    def _step(self) -> Step | None:
        line = self.list.currentItem()
        step = None if line is None else line.data(0, STEP)
        return step if isinstance(step, Step) else None

    def _allow(self) -> None:
        step = self._step()
        self.go.setEnabled(step is not None and bool(step.key))
        standing = step is not None and step.number in self._workspace.undoable
        self.back.setEnabled(standing and not self._closed)

    def _jump(self) -> None:
        step = self._step()
        if step is not None and step.key:
            self.accept()
            self.jump_asked.emit(step.key)

    def _undo(self) -> None:
        step, standing = self._step(), self._workspace.undoable
        if step is not None and step.number in standing:
            self.undo_asked.emit(len(standing) - standing.index(step.number))
            self.show_steps()


def _list() -> QTreeWidget:
    made = QTreeWidget()
    made.setAccessibleName(_("Lịch sử thay đổi"))
    made.setHeaderLabels([_("Lúc"), _("Mục"), _("Thay đổi"), _("Người nhập")])
    made.setRootIsDecorated(False)
    made.setUniformRowHeights(True)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.header().setStretchLastSection(False)
    for place in (0, 1, 3):
        made.header().setSectionResizeMode(place, QHeaderView.ResizeMode.ResizeToContents)
    made.header().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
    return made


def _line(step: Step, standing: bool) -> QTreeWidgetItem:
    line = QTreeWidgetItem([_moment(step.at), step.place, step.words, step.author or _("tại máy này")])
    line.setData(0, STEP, step)
    line.setToolTip(2, step.words)
    if not standing:
        for place in range(4):
            line.setForeground(place, look.colour("muted"))
    return line


def _moment(at: datetime) -> str:
    here = at.astimezone()
    return f"{format_date(here.date())} {here:%H:%M:%S}"
