"""Taking packages in: a drop zone, and a row per file with its verdict."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QTreeWidgetItem, QWidget

from dcs_desktop import receiving
from dcs_desktop.backups import Why
from dcs_desktop.batch_record import batch_record, shown
from dcs_desktop.i18n import _
from dcs_desktop.ui import files, look, safekeeping, tables
from dcs_desktop.ui.clock import now, this_day
from dcs_desktop.ui.desk_words import verdict_words
from dcs_desktop.ui.making import button, column, label, row
from dcs_desktop.ui.opened import Opened
from dcs_desktop.ui.start_page import revision_words
from dcs_desktop.ui.tasks import Told, Worker

# The verdict of what waits until somebody called about its key.
STRANGER = "unknown_key"


class DropZone(QFrame):
    """Files and folders may be dropped here; ``dropped`` with their paths."""

    dropped = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        look.as_role(self, "drop")
        title = label(_("Kéo và thả gói báo cáo hoặc cả thư mục vào đây"), "heading")
        about = label(
            _(
                "Thư đã lưu (.eml) và tệp nén chứa nhiều gói cũng nhận được. Mỗi gói có kết quả riêng, gói lỗi không cản các gói khác."
            ),
            "muted",
        )
        pick = button(_("Chọn tệp…"), self._ask_files, "folder-open", "primary")
        pick.setObjectName("pick_files")
        folder = button(_("Chọn thư mục…"), self._ask_folder, "folder")
        self.setLayout(column(title, about, row(pick, folder, 1), margin=look.WIDE))

    def _ask_files(self) -> None:
        chosen = files.ask_packages(self)
        if chosen:
            self.dropped.emit(chosen)

    def _ask_folder(self) -> None:
        chosen = files.ask_folder(self, _("Chọn thư mục chứa gói báo cáo"))
        if chosen is not None:
            self.dropped.emit([chosen])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.dropped.emit([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])


class PackagesTab(QWidget):
    """``taken_in`` with the period of the packages once a batch is through, "" when none was taken."""

    taken_in = Signal(str)

    def __init__(self, opened: Opened, worker: Worker) -> None:
        super().__init__()
        self._opened = opened
        self._worker = worker
        zone = DropZone()
        zone.dropped.connect(self.take_in)
        self._summary = label(
            _("Kết quả của từng tệp sẽ hiện ở đây; các báo cáo đã nhận xem ở thẻ “Theo dõi”."), "muted"
        )
        heads = [_("Tệp"), _("Kết quả"), _("Đơn vị"), _("Loại"), _("Lý do và việc cần làm")]
        self.verdicts = tables.table(_("Kết quả nhận từng tệp"), heads, 4)
        self.verdicts.currentItemChanged.connect(self._show_reason)
        self._verdicts: list[receiving.Verdict] = []
        self.record = button(_("Lưu kết quả nhận…"), self.save_record, "table")
        self.record.setEnabled(False)
        self.keys = button(_("Xác nhận khóa ký…"), self.ask_keys, "key-round", "primary")
        self.keys.hide()
        said = row(self._summary, self.keys, self.record)
        said.setStretch(0, 1)
        self._reason = label("")
        whole = column(zone, said, self.verdicts, self._reason)
        whole.setStretchFactor(self.verdicts, 1)
        self.setLayout(whole)

    def take_in(self, paths: list[Path]) -> None:
        """Take files and folders in on the worker thread, then show a row for each."""
        today = this_day()
        file = self._opened.file

        def work(told: Told) -> list[receiving.Verdict]:
            safekeeping.made(file, Why.IMPORT)
            return receiving.import_paths(file, paths, today, progress=told)

        self._worker.start(self, work, self._show, saying=_("Đang nhận báo cáo."))

    def ask_keys(self) -> None:
        """Let the user confirm the keys of the packages that wait for it, the chosen one's first."""
        from dcs_desktop.ui import signing_keys

        at = self.verdicts.currentIndex().row()
        held = [one for one in self._verdicts if one.verdict == STRANGER]
        chosen = self._verdicts[at] if 0 <= at < len(self._verdicts) else held[0]
        signing_keys.show(self._opened.file, self, chosen.unit or "")
        self._refresh(self._verdicts)

    def save_record(self) -> None:
        """Write what became of each file of this batch, for the desk's own records or for the senders."""
        from dcs_desktop.ui.excel_file import save_made

        verdicts, setup, when = self._verdicts, self._opened.setup, now()
        name = f"DCS_{setup.unit.code}_ket-qua-nhan_{when:%Y%m%d-%H%M}.xlsx"
        save_made(self, self._worker, name, lambda: batch_record(verdicts, setup, when))

    def _show(self, verdicts: list[receiving.Verdict]) -> None:
        self._verdicts = verdicts
        self.record.setEnabled(bool(verdicts))
        self.verdicts.clear()
        for verdict in verdicts:
            state, words = verdict_words(verdict.verdict)
            kind = "" if verdict.revision is None else revision_words(verdict.revision)
            unit = receiving.unit_name(self._opened.setup, verdict.unit or "")
            line = tables.line([shown(verdict), words, unit, kind, verdict.reason])
            line.setIcon(1, look.state_icon(state))
            self.verdicts.addTopLevelItem(line)
        self._choose_first_problem(verdicts)
        taken = [verdict for verdict in verdicts if verdict.verdict in receiving.TAKEN]
        self.keys.setVisible(any(one.verdict == STRANGER for one in verdicts))
        said = _("{taken} trên {count} tệp đã nhận.")
        count = sum(verdict.verdict != "own_files" for verdict in verdicts)
        self._summary.setText(said.format(taken=len(taken), count=count))
        self._refresh(verdicts)

    def _refresh(self, verdicts: list[receiving.Verdict]) -> None:
        """Have the other tabs show the period of what came last and is kept."""
        kept = (one.period for one in verdicts if one.verdict in receiving.TAKEN or one.verdict == STRANGER)
        periods = [period for period in kept if period]
        self.taken_in.emit(periods[-1] if periods else "")

    def _choose_first_problem(self, verdicts: list[receiving.Verdict]) -> None:
        """Show what to do about the first file that was not taken, if there is one."""
        places = [n for n, verdict in enumerate(verdicts) if verdict.verdict not in receiving.FINE]
        line = self.verdicts.topLevelItem(places[0] if places else 0)
        if line is not None:
            self.verdicts.setCurrentItem(line)

    def _show_reason(self, line: QTreeWidgetItem | None) -> None:
        words = _("{file}: {reason}")
        self._reason.setText("" if line is None else words.format(file=line.text(0), reason=line.text(4)))
