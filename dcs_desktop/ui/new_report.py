"""Asks for which period a new report is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFormLayout, QSpinBox, QWidget

from dcs_desktop import template_library
from dcs_desktop.core.carrying import Taken
from dcs_desktop.core.period import COUNT, ROMAN, Period, PeriodKind, due_period
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.ui import look, messages
from dcs_desktop.ui.clock import this_day
from dcs_desktop.ui.making import button, card, column, label, row

if TYPE_CHECKING:
    from dcs_desktop.starting_report import Carry
    from dcs_desktop.ui.opened import Opened


def ask_new_report(asker: QWidget, opened: Opened, today: date | None = None) -> int | None:
    """The number of the report to open: a new one, or the one that is there for the period; None for neither."""
    dialog = NewReportDialog(opened, due_period(today or this_day()), asker)
    return dialog.ref if dialog.exec() else None


class NewReportDialog(QDialog):
    """Period and template of a new report; :attr:`ref` is its number once it is made."""

    def __init__(self, opened: Opened, due: Period, asker: QWidget | None = None) -> None:
        super().__init__(asker)
        self._opened = opened
        self.ref: int | None = None
        self.setWindowTitle(_("Báo cáo mới"))
        self.kind = QComboBox()
        for kind, number in _kinds():
            self.kind.addItem(kind_words(kind, number), (kind, number))
        self.year = QSpinBox()
        self.year.setRange(2000, 2100)
        self.template = QComboBox()
        self._said = label("", "muted")
        self.make = button(_("Lập báo cáo"), self._make, "file-plus", "primary")
        self.make.setDefault(True)
        lines = QFormLayout()
        lines.setVerticalSpacing(look.GAP)
        for words, editor in (
            (_("&Kỳ báo cáo"), self.kind),
            (_("&Năm"), self.year),
            (_("&Mẫu báo cáo"), self.template),
        ):
            editor.setAccessibleName(words.replace("&", ""))
            lines.addRow(words, editor)
        cancel = button(_("Bỏ qua"), self.reject)
        self.carry = CarryOver()
        buttons = row(1, cancel, self.make)
        self.setLayout(column(lines, self._said, self.carry, buttons, margin=look.PAGE, gap=look.WIDE))
        self.setMinimumWidth(480)
        self._choose(due)
        self.kind.currentIndexChanged.connect(self._show)
        self.year.valueChanged.connect(self._show)
        self._show()

    def _choose(self, period: Period) -> None:
        for place, (kind, number) in enumerate(_kinds()):
            if (kind, number) == (period.kind, period.number):
                self.kind.setCurrentIndex(place)
        self.year.setValue(period.year)

    @property
    def period(self) -> Period:
        """The period that is chosen."""
        kind, number = _kinds()[self.kind.currentIndex()]
        return Period(self.year.value(), kind, number)

    def _show(self) -> None:
        """Show the templates that serve the period, and whether a report of it is there."""
        self.template.clear()
        usual = ""
        for info in template_library.known():
            if info.serves(self.period):
                usual = usual or info.reference
            levels = {level.id for level in info.levels}
            if self.period.kind in info.periods and self._opened.setup.level in levels:
                self.template.addItem(f"{info.name} ({info.reference})", info.reference)
        self.template.setCurrentIndex(max(self.template.findData(usual), 0))
        there = self._opened.file.latest(self._opened.setup.unit.identity, self.period)
        self.make.setText(_("Lập báo cáo") if there is None else _("Mở báo cáo đã có"))
        none = self.template.count() == 0 and there is None
        self.make.setEnabled(not none)
        self._said.setText(self._words(there is not None, none))
        self.carry.offer(self._opened, None if there is not None or none else self.period)

    def _words(self, there: bool, none: bool) -> str:
        if there:
            return _("Đã có báo cáo {period}.").format(period=self.period.words)
        if none:
            return _("Không có mẫu nào dùng cho kỳ này.")
        return _(
            "Thể thức, nơi nhận và người ký lấy theo lần trước; nội dung kỳ trước hiện bên cạnh để tham khảo."
        )

    def _make(self) -> None:
        from dcs_desktop.workspace import new_report

        setup = self._opened.setup
        there = self._opened.file.latest(setup.unit.identity, self.period)
        try:
            if there is None:
                reference, carry = self.template.currentData(), self.carry.chosen()
                self.ref = new_report(self._opened.file, setup, self.period, reference, carry=carry)
            else:
                self.ref = there.ref
        except Refusal as refusal:
            messages.refuse(self, refusal.sentence)
            return
        self.accept()


class CarryOver(QWidget):
    """What the new report takes over, and from which report; there only where there is one to take from."""

    def __init__(self) -> None:
        super().__init__()
        self.source = QComboBox()
        self.source.setAccessibleName(_("Lấy lại từ báo cáo"))
        self.parts = {
            Taken.NARRATIVES: QCheckBox(_("Nội &dung đã viết")),
            Taken.TABLES: QCheckBox(_("&Bảng, danh mục")),
            Taken.FIGURES: QCheckBox(_("&Số liệu ít thay đổi (số thôn, ấp, thành viên…)")),
        }
        head = label(_("&Lấy lại từ báo cáo"))
        head.setBuddy(self.source)
        marked = label(
            _("Phần lấy lại được đánh dấu “chưa cập nhật” cho đến khi sửa hoặc xác nhận."), "muted"
        )
        inside = column(row(head, self.source, 1), *self.parts.values(), marked, margin=look.WIDE)
        self.setLayout(column(card(inside)))

    def offer(self, opened: Opened, period: Period | None) -> None:
        """Offer the unit's earlier reports; none for a period whose report is there."""
        from dcs_desktop.starting_report import earlier_reports

        unit = opened.setup.unit.identity
        found = () if period is None else earlier_reports(opened.file, unit, period)
        with QSignalBlocker(self.source):
            self.source.clear()
            for summary in found:
                words = summary.identity.period.words
                self.source.addItem(words[:1].upper() + words[1:], summary.ref)
        self.setVisible(bool(found))

    def chosen(self) -> Carry | None:
        """What is to be taken over; None for nothing."""
        from dcs_desktop.starting_report import Carry

        what = frozenset(kind for kind, box in self.parts.items() if box.isChecked())
        return Carry(self.source.currentData(), what) if what and self.source.count() else None


def _kinds() -> tuple[tuple[PeriodKind, int], ...]:
    return tuple((kind, number) for kind in PeriodKind for number in range(1, COUNT[kind] + 1))


def kind_words(kind: PeriodKind, number: int) -> str:
    """A kind of period in words: "Cả năm", "6 tháng đầu năm", "Quý III"."""
    match kind:
        case PeriodKind.YEAR:
            return _("Cả năm")
        case PeriodKind.HALF:
            return _("6 tháng đầu năm") if number == 1 else _("6 tháng cuối năm")
        case PeriodKind.NINE_MONTHS:
            return _("9 tháng đầu năm")
        case PeriodKind.QUARTER:
            return _("Quý {number}").format(number=ROMAN[number - 1])
