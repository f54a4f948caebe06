"""Asks whose report a Word file is and of which period, with what its letterhead says as the proposal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QSpinBox, QWidget

from dcs_desktop.core.period import COUNT, Period, PeriodKind
from dcs_desktop.core.text import fold
from dcs_desktop.i18n import _, format_date
from dcs_desktop.ui import look
from dcs_desktop.ui.making import button, card, column, label, row
from dcs_desktop.ui.new_report import kind_words

if TYPE_CHECKING:
    from dcs_desktop.core.old_report.top import OldTop
    from dcs_desktop.core.report import UnitName
    from dcs_desktop.core.setup import Setup
    from dcs_desktop.ui.opened import Opened


class WhichReport(QDialog):
    """:attr:`unit` and :attr:`period` once it is accepted."""

    def __init__(
        self, opened: Opened, file_name: str, top: OldTop, due: Period, asker: QWidget | None = None
    ) -> None:
        super().__init__(asker)
        self.setWindowTitle(_("Nhận báo cáo năm trước từ Word"))
        self._units = tuple(_units(opened.setup))
        self.of = QComboBox()
        for unit in self._units:
            self.of.addItem(f"{unit.name} ({unit.identity})")
        self.of.setCurrentIndex(_named_in(top.issuing_body, self._units))
        self.kind, self.year = QComboBox(), QSpinBox()
        self._kinds = [(kind, number) for kind in PeriodKind for number in range(1, COUNT[kind] + 1)]
        for kind, number in self._kinds:
            self.kind.addItem(kind_words(kind, number))
        self.year.setRange(2000, 2100)
        period = top.period or due.previous()
        self.kind.setCurrentIndex(self._kinds.index((period.kind, period.number)))
        self.year.setValue(period.year)
        lines = QFormLayout()
        lines.setVerticalSpacing(look.GAP)
        for words, editor in (
            (_("Báo cáo &của"), self.of),
            (_("&Kỳ báo cáo"), self.kind),
            (_("&Năm"), self.year),
        ):
            editor.setAccessibleName(words.replace("&", ""))
            lines.addRow(words, editor)
        read = button(_("&Đối chiếu với mẫu"), self.accept, "list-checks", "primary")
        read.setDefault(True)
        buttons = row(1, button(_("Bỏ qua"), self.reject), read)
        said = card(column(label(_said(file_name, top)), margin=look.WIDE))
        about = label(
            _("Đơn vị và kỳ được đề xuất theo phần đầu của tệp. Chưa có gì được ghi cho đến bước cuối."),
            "muted",
        )
        self.setLayout(column(said, lines, about, buttons, margin=look.PAGE, gap=look.WIDE))
        self.setMinimumWidth(520)
        self.of.setFocus()

    @property
    def unit(self) -> UnitName:
        """Whose report it is."""
        return self._units[self.of.currentIndex()]

    @property
    def period(self) -> Period:
        """The period of the report."""
        kind, number = self._kinds[self.kind.currentIndex()]
        return Period(self.year.value(), kind, number)


def _units(setup: Setup) -> Iterator[UnitName]:
    """Whose reports may be taken in: one's own, of the units it was made of, of those that report to it."""
    yield setup.unit
    yield from setup.predecessors
    for expected in setup.expected:
        if not expected.unit.list_id.startswith("own:"):
            yield expected.unit


def _named_in(body: str, units: tuple[UnitName, ...]) -> int:
    """The unit that the issuing body names, the first where it names none."""
    said = fold(body)
    for place, unit in enumerate(units):
        name = fold(unit.name)
        if said and (name in said or name.removeprefix(fold(unit.type)).strip() in said):
            return place
    return 0


def _said(file_name: str, top: OldTop) -> str:
    """What the file says of itself, a line each."""
    lines = [_("Tệp: {file}").format(file=file_name)]
    if top.issuing_body:
        lines.append(_("Cơ quan ban hành: {body}").format(body=top.issuing_body))
    if top.number or top.series:
        number = f"{top.number or '…'}/{top.series}" if top.series else top.number
        lines.append(_("Số: {number}").format(number=number))
    if top.day is not None:
        lines.append(_("Ngày: {day}").format(day=format_date(top.day)))
    if top.period is not None:
        lines.append(_("Kỳ ghi trong tên báo cáo: {period}").format(period=top.period.words))
    return "\n".join(lines)
