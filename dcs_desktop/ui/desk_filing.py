"""Who has filed: every expected unit with its state, letters to them, and a reminder for those who are missing."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QTreeWidget, QTreeWidgetItem, QWidget

from dcs_desktop import receiving
from dcs_desktop.core.period import Period
from dcs_desktop.core.text import fold
from dcs_desktop.core.values import counted
from dcs_desktop.i18n import _
from dcs_desktop.ui import look, messages, tables
from dcs_desktop.ui.clock import this_day
from dcs_desktop.ui.comparing import ask_and_compare
from dcs_desktop.ui.desk_reminder import Reminder
from dcs_desktop.ui.desk_words import filing_words
from dcs_desktop.ui.letters_out import LettersOut
from dcs_desktop.ui.making import button, column, row, title
from dcs_desktop.ui.opened import Opened
from dcs_desktop.ui.start_page import revision_words
from dcs_desktop.ui.tasks import Worker


class FilingTab(QWidget):
    """Units in the order of the list, filtered by state and name.

    ``setup_chosen`` when other units or days were said, ``report_asked`` carries a report to be entered for a unit.
    """

    setup_chosen = Signal(object)
    report_asked = Signal(int)

    def __init__(self, opened: Opened, worker: Worker) -> None:
        super().__init__()
        self._opened = opened
        self._units: list[receiving.UnitStatus] = []
        self._shown: object = None
        self._period: Period | None = None
        self._summary = title("")
        self.filter = QComboBox()
        self.filter.setAccessibleName(_("Lọc theo tình trạng"))
        for words, state in _filters():
            self.filter.addItem(words, state)
        self.filter.currentIndexChanged.connect(self._fill)
        self.sought = QLineEdit()
        self.sought.setPlaceholderText(_("Tìm đơn vị, không cần dấu"))
        self.sought.setAccessibleName(_("Tìm đơn vị"))
        self.sought.setClearButtonEnabled(True)
        self.sought.textChanged.connect(self._fill)
        heads = [_("Đơn vị"), _("Tình trạng"), _("Bản"), _("Lỗi"), _("Chưa nhập"), _("Mã")]
        self.units = tables.table(_("Các đơn vị"), heads, 0)
        self.units.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        self.units.itemSelectionChanged.connect(self._follow_choice)
        self.units.itemActivated.connect(lambda _line: self.show_history())
        self.reminder = Reminder()
        self.letters = LettersOut(opened.file, worker, self)
        self.letters.sent.connect(self._anew)
        self._make_buttons()
        head = row(self._summary, self.sought, self.filter)
        verbs = row(self.history, self.send, self.enter, self.compare, 1, self.expected)
        whole = column(head, self.units, verbs, self.reminder)
        whole.setStretchFactor(self.units, 1)
        self.setLayout(whole)
        self._follow_choice()

    def _make_buttons(self) -> None:
        read_only = self._opened.file.read_only
        self.history = button(_("Hồ sơ đơn vị…"), self.show_history, "history")
        self.history.setToolTip(_("Gói, phiếu, ghi chú, câu hỏi và trả lời của đơn vị đang chọn"))
        self.send = self.letters.make_button()
        self.enter = button(_("Nhập thay…"), self.enter_for, "pencil")
        self.enter.setToolTip(_("Nhập báo cáo cho đơn vị gửi bản giấy, Word hoặc Excel"))
        self.compare = button(_("So với bản in PDF…"), self._compare, "file-check")
        self.compare.setToolTip(_("Bản in PDF có đúng là của gói báo cáo đã nhận của đơn vị đang chọn không"))
        self.expected = button(_("Đơn vị phải báo cáo…"), self.ask_expected, "users")
        self.expected.setObjectName("expected")
        self.expected.setEnabled(not read_only)

    def show_period(self, period: Period) -> None:
        """Show who has filed for a period."""
        self._period = self.letters.period = period
        self._anew()

    def _anew(self) -> None:
        if self._period is None:
            return
        period = self._period
        units = receiving.status(self._opened.file, period, this_day())
        shown = (period, self._opened.setup, units)
        if shown == self._shown:
            return
        self._shown, self._units = shown, units
        there = sum(unit.state != "not_received" for unit in self._units)
        said = _("Đã nhận {there}/{count} đơn vị, {period}")
        self._summary.setText(
            said.format(there=counted(there), count=counted(len(self._units)), period=period.words)
        )
        self.reminder.show_missing(self._units, self._opened.setup, period)
        self._fill()

    def _fill(self) -> None:
        wanted, named, chosen = self.filter.currentData(), fold(self.sought.text()), set(self.letters.units)
        self.units.clear()
        lines: list[QTreeWidgetItem] = []
        for unit in self._units:
            state = wanted in ("", unit.state) or (wanted == "late" and unit.late)
            if state and (not named or named in fold(f"{unit.unit.name} {unit.unit.code}")):
                lines.append(tables.Later(unit.unit.identity, partial(_line, unit)))
        self.units.addTopLevelItems(lines)
        for line in lines if chosen else ():
            line.setSelected(line.data(0, tables.KEY) in chosen)
        self._follow_choice()

    def _follow_choice(self) -> None:
        """What can be done with the units that are chosen."""
        lines = self.units.selectedItems()
        self.letters.units = [str(line.data(0, tables.KEY)) for line in lines]
        self.send.setEnabled(bool(lines) and not self._opened.file.read_only)
        self.history.setEnabled(len(lines) == 1)
        self.compare.setEnabled(len(lines) == 1 and bool(self._digest()))
        unit = self.chosen()
        missing = unit is not None and (unit.entered is not None or unit.revision is None)
        self.enter.setEnabled(missing and not self._opened.file.read_only)

    def chosen(self) -> receiving.UnitStatus | None:
        """The one unit that is chosen; None where none or several are."""
        named = self.letters.units[0] if len(self.letters.units) == 1 else ""
        return next((unit for unit in self._units if unit.unit.identity == named), None)

    def _digest(self) -> str:
        """The content digest of the chosen unit's package, "" when there is none."""
        unit = self.chosen()
        return "" if unit is None else unit.digest

    def _compare(self) -> None:
        ask_and_compare(self, self._digest())

    def show_history(self) -> None:
        """Everything that went to and fro with the chosen unit."""
        from dcs_desktop.ui.unit_history import UnitHistoryDialog

        unit = self.chosen()
        if unit is not None and self._period is not None:
            dialog = UnitHistoryDialog(self._opened.file, unit, self._period, self)
            dialog.exec()
            dialog.deleteLater()
            self._anew()

    def enter_for(self) -> None:
        """Enter the report of the chosen unit in the ordinary form, or take what was entered."""
        from dcs_desktop.ui.entering_dialog import EnteringDialog

        unit = self.chosen()
        if unit is None or self._period is None:
            return
        dialog = EnteringDialog(self._opened.file, unit, self._period, self)
        wanted = bool(dialog.exec())
        dialog.deleteLater()
        if wanted and dialog.verdict is not None:
            messages.note(self, dialog.verdict.reason)
            self._anew()
        elif wanted and dialog.ref is not None:
            self.report_asked.emit(dialog.ref)

    def ask_expected(self) -> None:
        """Let the user say which units report here, until when, and where reminders go."""
        from dcs_desktop.ui.expected_dialog import ExpectedDialog

        if self._period is None:
            return
        dialog = ExpectedDialog(self._opened.setup, self._period, self)
        if dialog.exec() and dialog.setup != self._opened.setup:
            self.setup_chosen.emit(dialog.setup)


def _line(unit: receiving.UnitStatus) -> QTreeWidgetItem:
    state, words = filing_words(unit.state)
    if unit.late:
        words = _("{state}, quá hạn").format(state=words)
    here = unit.state != "not_received"
    revision = revision_words(unit.revision or 0) if here else "–"
    if unit.entered is not None:
        revision = _("{revision}, nhập thay").format(revision=revision)
    counts = [str(unit.errors), str(unit.missing)] if here else ["–", "–"]
    line = tables.line(
        [unit.unit.name, words, revision, *counts, unit.unit.code], unit.unit.identity, right=(3, 4)
    )
    line.setIcon(1, look.state_icon(state))
    if unit.entered is not None:
        line.setToolTip(2, unit.entered.words)
    return line


def _filters() -> tuple[tuple[str, str], ...]:
    states = ("not_received", "received", "with_errors", "correction_requested", "accepted")
    named = tuple((filing_words(state)[1], state) for state in states)
    return ((_("Tất cả đơn vị"), ""), (_("Quá hạn"), "late"), *named)
