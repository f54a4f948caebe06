"""Who has filed: every expected unit with its state, and a reminder for those who are missing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QComboBox, QPlainTextEdit, QTreeWidgetItem, QWidget

from dcs_desktop import receiving
from dcs_desktop.core.period import Period
from dcs_desktop.i18n import _, format_date
from dcs_desktop.ui import look, tables
from dcs_desktop.ui.clock import this_day
from dcs_desktop.ui.comparing import ask_and_compare
from dcs_desktop.ui.desk_words import filing_words
from dcs_desktop.ui.making import button, column, row, title
from dcs_desktop.ui.opened import Opened
from dcs_desktop.ui.start_page import revision_words

REMINDER_LINES = 5


class FilingTab(QWidget):
    """Units in the order of the list, filtered by state; ``setup_chosen`` when other units or days were said."""

    setup_chosen = Signal(object)

    def __init__(self, opened: Opened) -> None:
        super().__init__()
        self._opened = opened
        self._units: list[receiving.UnitStatus] = []
        self._period: Period | None = None
        self._summary = title("")
        self.filter = QComboBox()
        self.filter.setAccessibleName(_("Lọc theo tình trạng"))
        for words, state in _filters():
            self.filter.addItem(words, state)
        self.filter.currentIndexChanged.connect(self._fill)
        heads = [_("Đơn vị"), _("Tình trạng"), _("Bản"), _("Lỗi"), _("Chưa nhập"), _("Mã")]
        self.units = tables.table(_("Các đơn vị"), heads, 0)
        self.reminder = QPlainTextEdit()
        self.reminder.setAccessibleName(_("Lời nhắc các đơn vị chưa gửi"))
        height = self.reminder.fontMetrics().lineSpacing() * REMINDER_LINES + look.WIDE
        self.reminder.setFixedHeight(height)
        copy = button(_("Chép lời nhắc"), self._copy, "copy")
        self.addresses = button(_("Chép địa chỉ thư"), self._copy_addresses, "mail")
        expected = button(_("Đơn vị phải báo cáo…"), self.ask_expected, "users")
        expected.setObjectName("expected")
        expected.setEnabled(not opened.file.read_only)
        self.compare = button(_("So với bản in PDF…"), self._compare, "file-check")
        self.compare.setToolTip(_("Bản in PDF có đúng là của gói báo cáo đã nhận của đơn vị đang chọn không"))
        self.compare.setEnabled(False)
        self.units.currentItemChanged.connect(self._offer_comparing)
        head = row(self._summary, self.filter, self.compare, expected)
        reminder = row(title(_("Lời nhắc các đơn vị chưa gửi")), self.addresses, copy)
        whole = column(head, self.units, reminder, self.reminder)
        whole.setStretchFactor(self.units, 1)
        self.setLayout(whole)

    def show_period(self, period: Period) -> None:
        """Show who has filed for a period."""
        self._period = period
        self._units = list(receiving.status(self._opened.file, period, this_day()))
        there = sum(unit.state != "not_received" for unit in self._units)
        said = _("Đã nhận {there}/{count} đơn vị, {period}")
        self._summary.setText(said.format(there=there, count=len(self._units), period=period.words))
        self.reminder.setPlainText(self._reminder(period))
        self.addresses.setEnabled(bool(self._addresses()))
        self._fill()

    def _fill(self) -> None:
        wanted = self.filter.currentData()
        self.units.clear()
        for unit in self._units:
            if wanted in ("", unit.state) or (wanted == "late" and unit.late):
                self.units.addTopLevelItem(_line(unit))

        self._offer_comparing()

    def _digest(self) -> str:
        """The content digest of the chosen unit's package, "" when there is none."""
        chosen = self.units.currentItem()
        named = "" if chosen is None else chosen.data(0, tables.KEY)
        return next((unit.digest for unit in self._units if unit.unit.identity == named), "")

    def _offer_comparing(self) -> None:
        self.compare.setEnabled(bool(self._digest()))

    def _compare(self) -> None:
        ask_and_compare(self, self._digest())

    def _reminder(self, period: Period) -> str:
        missing = [unit.unit.name for unit in self._units if unit.state == "not_received"]
        if not missing:
            return _("Tất cả đơn vị đã gửi báo cáo {period}.").format(period=period.words)
        due = self._opened.setup.due_on(period)
        if due is None:
            said = _("Đề nghị các đơn vị sau gửi báo cáo thực hiện dân chủ ở cơ sở {period}: {units}.")
            return said.format(period=period.words, units=", ".join(missing))
        said = _(
            "Đề nghị các đơn vị sau gửi báo cáo thực hiện dân chủ ở cơ sở {period} trước ngày {due}: {units}."
        )
        return said.format(period=period.words, due=format_date(due), units=", ".join(missing))

    def ask_expected(self) -> None:
        """Let the user say which units report here, until when, and where reminders go."""
        from dcs_desktop.ui.expected_dialog import ExpectedDialog

        if self._period is None:
            return
        dialog = ExpectedDialog(self._opened.setup, self._period, self)
        if dialog.exec() and dialog.setup != self._opened.setup:
            self.setup_chosen.emit(dialog.setup)

    def _addresses(self) -> str:
        """The addresses of the units that are missing."""
        known = {one.unit.identity: one.address for one in self._opened.setup.expected}
        missing = (unit.unit.identity for unit in self._units if unit.state == "not_received")
        return "; ".join(filter(None, (known.get(unit, "") for unit in missing)))

    def _copy_addresses(self) -> None:
        QApplication.clipboard().setText(self._addresses())

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.reminder.toPlainText())


def _line(unit: receiving.UnitStatus) -> QTreeWidgetItem:
    state, words = filing_words(unit.state)
    if unit.late:
        words = _("{state}, quá hạn").format(state=words)
    here = unit.state != "not_received"
    revision = revision_words(unit.revision or 0) if here else "–"
    counts = [str(unit.errors), str(unit.missing)] if here else ["–", "–"]
    line = tables.line(
        [unit.unit.name, words, revision, *counts, unit.unit.code], unit.unit.identity, right=(3, 4)
    )
    line.setIcon(1, look.state_icon(state))
    return line


def _filters() -> tuple[tuple[str, str], ...]:
    states = ("not_received", "received", "with_errors", "correction_requested", "accepted")
    named = tuple((filing_words(state)[1], state) for state in states)
    return ((_("Tất cả đơn vị"), ""), (_("Quá hạn"), "late"), *named)
