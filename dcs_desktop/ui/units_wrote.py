"""Đơn vị: what the units below wrote under the item that is being filled, to be read, searched and quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from dcs_desktop.core.narrative import Prose, plain
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.ui import look
from dcs_desktop.ui.making import button, card, column, empty_out, framed, label, row, scrolled, title

if TYPE_CHECKING:
    from dcs_desktop.receiving import Written
    from dcs_desktop.ui.tasks import Task, Told, Worker
    from dcs_desktop.workspace import Workspace

SEARCHED_MS: Final = 300


class UnitsWrote(QFrame):
    """A card for each unit that wrote something there; ``quoted`` carries the prose of the one that is quoted."""

    quoted = Signal(object)

    def __init__(self, workspace: Workspace, worker: Worker) -> None:
        super().__init__()
        self._workspace, self._worker = workspace, worker
        self._item = ""
        self._task: Task[Written] | None = None
        self.setProperty("role", "pane")
        self.sought = QLineEdit()
        self.sought.setPlaceholderText(_("Tìm trong nội dung, không cần dấu"))
        self.sought.setAccessibleName(_("Tìm trong nội dung của các đơn vị"))
        self.sought.setClearButtonEnabled(True)
        self.said = label("", "muted")
        self._pause = QTimer(self, singleShot=True, interval=SEARCHED_MS)
        self._pause.timeout.connect(self._look)
        self.sought.textChanged.connect(lambda _text: self._pause.start())
        self._cards = QVBoxLayout()
        self._cards.setContentsMargins(0, 0, look.GAP, 0)
        self._cards.setSpacing(look.GAP)
        whole = column(self.sought, self.said, scrolled(framed(self._cards)), margin=look.GAP)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def show_item(self, item: str) -> None:
        """Show what the units wrote under another item."""
        if item and item != self._item:
            self._item = item
            self._look()

    def _look(self) -> None:
        """Read on the worker's thread: a package or many are opened for it."""
        file, period = self._workspace.file, self._workspace.identity.period
        item, sought = self._item, self.sought.text()
        if self._task is not None:
            self._task.told.call_off()
        if item not in self._workspace.form.items or not self._workspace.form.items[item].prose:
            self._show(None)
            return

        def work(told: Told) -> Written:
            from dcs_desktop import receiving

            return receiving.written(file, period, item, sought, told)

        self.said.setText(_("Đang đọc báo cáo của các đơn vị…"))
        self._task = self._worker.start(self, work, self._show, failed=self._failed)

    def _failed(self, failure: BaseException) -> None:
        if not isinstance(failure, Refusal):
            raise failure
        self._show(None)
        self.said.setText(failure.sentence)

    def _show(self, found: Written | None) -> None:
        empty_out(self._cards)
        if found is None:
            self.said.setText(_("Mục này không có phần nội dung."))
            return
        count = len(found.quotations)
        said = _("{written}/{count} đơn vị có nội dung ở mục này.")
        if found.looked_at < found.count:
            said = _("{written} đơn vị đầu tiên có nội dung, trên {count}; tìm thêm từ để thu hẹp.")
        self.said.setText(said.format(written=count, count=found.count))
        for unit, prose in found.quotations:
            self._cards.addWidget(self._card(unit.name, prose))
        self._cards.addStretch(1)

    def _card(self, unit: str, prose: Prose) -> QWidget:
        quote = button(_("Trích"), lambda: self.quoted.emit(prose), "quote", "quiet")
        quote.setAccessibleName(_("Trích nội dung của {unit} vào mục đang nhập").format(unit=unit))
        quote.setToolTip(quote.accessibleName())
        return card(column(row(title(unit), quote), label(plain(prose)), margin=look.GAP))
