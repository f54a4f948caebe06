"""The bin: a report begun by mistake goes there, and comes back for 90 days (R24)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QTreeWidgetItem, QWidget

from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _, format_date
from dcs_desktop.store.bin import KEPT
from dcs_desktop.ui import look, messages, shelf, tables
from dcs_desktop.ui.clock import now
from dcs_desktop.ui.making import button, column, label, row
from dcs_desktop.ui.start_page import revision_words

if TYPE_CHECKING:
    from dcs_desktop.store import DataFile, Summary
    from dcs_desktop.ui.main_window import MainWindow


def put_in(window: MainWindow) -> None:
    """Ask, then put the open report, or the one chosen on the start page, into the bin."""
    if window.opened is None:
        return
    file, workspace = window.opened.file, window.room.workspace
    item = window.start_page.reports.currentItem()
    ref = workspace.ref if workspace is not None else None if item is None else int(item.data(0, shelf.REF))
    if ref is None:
        messages.note(window, _("Hãy chọn một báo cáo trong danh sách rồi bỏ vào thùng rác."))
        return
    one = file.summary(ref)
    question = _("Bỏ {report} vào thùng rác?").format(report=_named(one))
    kept = _("Lấy lại được trong {days} ngày: Báo cáo › Thùng rác.").format(days=KEPT.days)
    if not messages.ask(window, question, _("Bỏ vào thùng rác"), detail=kept, risky=True):
        return
    window.room.leave()
    try:
        file.delete_report(ref, now())
    except Refusal as refusal:
        messages.refuse(window, refusal.sentence)
    window.show_start()


def ask(window: MainWindow) -> None:
    """Show what lies in the bin; what is taken out stands in the list again."""
    if window.opened is None:
        return
    dialog = BinDialog(window.opened.file, window)
    dialog.exec()
    dialog.deleteLater()
    if dialog.taken_out and window.room.workspace is None:
        window.show_start()


class BinDialog(QDialog):
    """What lies in the bin, the last thrown away first; ``taken_out`` once something was."""

    def __init__(self, file: DataFile, asker: QWidget | None = None) -> None:
        super().__init__(asker)
        self._file, self.taken_out = file, False
        self.setWindowTitle(_("Thùng rác"))
        heads = [_("Kỳ báo cáo"), _("Đơn vị"), _("Loại"), _("Tình trạng"), _("Bỏ ngày"), _("Giữ đến")]
        self.list = tables.table(_("Báo cáo trong thùng rác"), heads, 3)
        self.list.itemActivated.connect(lambda _line: self.take_out())
        self._empty = label(_("Thùng rác trống."), "muted")
        self.back = button(_("&Lấy lại"), self.take_out, "undo-2", "primary")
        close = button(_("Đón&g"), self.reject)
        self._about = label(
            _(
                "Sau ngày giữ, báo cáo được xóa hẳn khi chương trình đã sao lưu xong; bản sao lưu vẫn có báo cáo ấy."
            ),
            "muted",
        )
        whole = column(self.list, self._empty, self._about, row(1, close, self.back), margin=look.WIDE)
        whole.setStretchFactor(self.list, 1)
        self.setLayout(whole)
        self.fill()
        self.resize(900, 420 if self.list.isVisibleTo(self) else self.sizeHint().height())

    def fill(self) -> None:
        """Show what lies there now."""
        found = sorted(self._file.deleted_reports(), key=lambda one: str(one.deleted_at), reverse=True)
        self.list.clear()
        self.list.addTopLevelItems([_line(one) for one in found])
        self.list.setVisible(bool(found))
        self._about.setVisible(bool(found))
        self._empty.setVisible(not found)
        self.back.setEnabled(bool(found) and not self._file.read_only)
        if found:
            self.list.setCurrentIndex(self.list.model().index(0, 0))

    def take_out(self) -> None:
        """Take the chosen report out of the bin."""
        line = self.list.currentItem()
        if line is None or self._file.read_only:
            return
        try:
            self._file.restore_report(int(line.data(0, tables.KEY)))
        except Refusal as refusal:
            messages.refuse(self, refusal.sentence)
            return
        self.taken_out = True
        self.fill()


def _line(one: Summary) -> QTreeWidgetItem:
    gone = one.deleted_at
    days = [format_date(moment.astimezone().date()) for moment in ([gone, gone + KEPT] if gone else [])]
    state, words = shelf.state_of(one)
    identity = one.identity
    cells = [identity.period.words, identity.unit.name, revision_words(identity.revision), words, *days]
    line = tables.line(cells, str(one.ref))
    line.setIcon(3, look.state_icon(state))
    return line


def _named(one: Summary) -> str:
    """Which report it is, within a sentence."""
    identity = one.identity
    said = _("báo cáo {period} của {unit} ({revision})")
    revision = revision_words(identity.revision).lower()
    return said.format(period=identity.period.words, unit=identity.unit.name, revision=revision)
