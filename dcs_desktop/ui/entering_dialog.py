"""Enters a report for a unit that sent Word, Excel or paper: from what and by whom, then the ordinary form, then taken."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QLineEdit, QWidget

from dcs_desktop import receiving
from dcs_desktop.core.on_behalf import KEY, LONGEST_NAME, read_mark
from dcs_desktop.core.period import Period
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.store import DataFile, Summary
from dcs_desktop.ui import look, messages
from dcs_desktop.ui.clock import now, this_day
from dcs_desktop.ui.making import button, column, label, row
from dcs_desktop.ui.shelf import state_of


class EnteringDialog(QDialog):
    """Accepted with :attr:`ref` the report to open, or with :attr:`verdict` once what was entered is taken."""

    def __init__(
        self, file: DataFile, status: receiving.UnitStatus, period: Period, asker: QWidget | None = None
    ) -> None:
        super().__init__(asker)
        self._file, self._unit, self._period = file, status.unit, period
        self.ref: int | None = None
        self.verdict: receiving.Verdict | None = None
        self.setWindowTitle(_("Nhập thay báo cáo của {unit}").format(unit=status.unit.name))
        begun = receiving.begun(file, status.unit.identity, period)
        about = label(
            _(
                "Dùng khi đơn vị gửi bản giấy, Word hoặc Excel. Báo cáo nhập thay được tính như gói nhận về, nhưng ghi rõ ở "
                "mọi số tổng; khi đơn vị gửi gói của chính mình thì gói ấy được dùng thay."
            ),
            "muted",
        )
        inside = self._ask_source() if begun is None else self._show_begun(begun)
        self.setLayout(column(about, inside, 1, self._ways(begun), margin=look.WIDE, gap=look.WIDE))
        self.resize(620, 260)

    def _ask_source(self) -> QFormLayout:
        self.medium = QComboBox()
        for words, medium in ((_("Bản giấy"), "paper"), (_("Tệp Word"), "word"), (_("Tệp Excel"), "excel")):
            self.medium.addItem(words, medium)
        self.by = QLineEdit(maxLength=LONGEST_NAME)
        self.by.textChanged.connect(lambda text: self.go.setEnabled(bool(text.strip())))
        form = QFormLayout()
        form.addRow(_("&Nhập từ"), self.medium)
        form.addRow(_("N&gười nhập"), self.by)
        return form

    def _show_begun(self, begun: Summary) -> QFormLayout:
        form = QFormLayout()
        mark = read_mark(self._file.report(begun.ref).answers.accepted.get(KEY, ""))
        if mark is not None:
            form.addRow(label(mark.words[:1].upper() + mark.words[1:]))
        form.addRow(_("Đã nhập"), label(state_of(begun)[1]))
        return form

    def _ways(self, begun: Summary | None) -> QWidget:
        cancel = button(_("Bỏ &qua"), self.reject)
        if begun is None:
            self.go = button(_("&Bắt đầu nhập"), self.begin, "pencil", "primary")
            self.go.setEnabled(False)
            ways = row(1, cancel, self.go)
        else:
            self.ref = begun.ref
            on = button(_("&Mở biểu mẫu"), self.accept, "pencil")
            taken = begun.exported_at is not None
            self.go = button(_("&Ghi nhận báo cáo này"), self.take, "check", "primary")
            self.go.setEnabled(not taken)
            ways = row(1, cancel, on, self.go)
        made = QWidget()
        made.setLayout(ways)
        return made

    def begin(self) -> None:
        """Begin the report, to be opened."""
        medium, identity = str(self.medium.currentData()), self._unit.identity
        try:
            self.ref = receiving.begin(self._file, identity, self._period, medium, self.by.text(), this_day())
        except Refusal as refusal:
            messages.refuse(self, refusal.sentence)
            return
        self.accept()

    def take(self) -> None:
        """Take what was entered among the received reports."""
        try:
            self.verdict = receiving.take_entered(self._file, self._unit.identity, self._period, now())
        except Refusal as refusal:
            messages.refuse(self, refusal.sentence)
            return
        self.ref = None
        self.accept()
