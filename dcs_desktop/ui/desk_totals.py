"""The totals in the order of the report, each with its coverage; opening one shows its parts."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QSplitter, QTreeWidgetItem, QWidget

from dcs_desktop import receiving
from dcs_desktop.core.combine import Total
from dcs_desktop.core.form import Section
from dcs_desktop.core.period import Period
from dcs_desktop.core.text import fold
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.values import Value, shown
from dcs_desktop.i18n import _
from dcs_desktop.ui import look, tables
from dcs_desktop.ui.making import column, framed, label
from dcs_desktop.ui.opened import Opened
from dcs_desktop.ui.start_page import revision_words


class TotalsTab(QWidget):
    """Left the totals, right the parts of the one that is chosen."""

    def __init__(self, opened: Opened) -> None:
        super().__init__()
        self._opened = opened
        self._period: Period | None = None
        self._found: receiving.PeriodTotals | None = None
        self._said = label("", "muted")
        self.sought = QLineEdit()
        self.sought.setPlaceholderText(_("Tìm số liệu, không cần dấu"))
        self.sought.setAccessibleName(_("Tìm số liệu"))
        self.sought.setClearButtonEnabled(True)
        self.sought.textChanged.connect(self._filter)
        heads = [_("Số liệu"), _("Tổng"), _("Đơn vị tính"), _("Phủ"), _("Nhỏ nhất"), _("Lớn nhất")]
        self.totals = tables.table(_("Số liệu tổng hợp"), heads, 0)
        self.totals.currentItemChanged.connect(self._show_parts)
        self._part_title = label("", "heading")
        self.parts = tables.table(_("Các phần của số liệu"), [_("Đơn vị"), _("Giá trị"), _("Bản"), _("Ghi chú")], 3)
        self.parts.setItemDelegateForColumn(1, tables.BarDelegate(self.parts))
        aside = framed(column(self._part_title, self.parts))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(framed(column(self.sought, self.totals, self._said)))
        split.addWidget(aside)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(look.GAP)
        self.setLayout(column(split))

    def show_period(self, period: Period) -> None:
        """Show the totals of a period; the total that was chosen stays chosen."""
        chosen = self.totals.currentItem().data(0, tables.KEY) if self.totals.selectedItems() else ""
        self._period = period
        self.totals.clear()
        self.parts.clear()
        try:
            self._found = receiving.totals(self._opened.file, period)
        except Refusal as refusal:
            self._found = None
            self._said.setText(refusal.sentence)
            return
        self._said.setText(_words(self._found))
        for section in self._found.form.sections:
            self._add_section(section)
        self._filter()
        self._choose(chosen)

    def _add_section(self, section: Section) -> None:
        assert self._found is not None
        keys = [f.key for item in section.items for figure in item.figures for f in figure.fields]
        there = [key for key in keys if key in self._found.totals]
        if there:
            tables.heading(f"{section.number} {section.title}".strip(), self.totals)
        for key in there:
            self.totals.addTopLevelItem(self._line(key, self._found.totals[key]))

    def _line(self, key: str, total: Total) -> QTreeWidgetItem:
        assert self._found is not None
        field = self._found.form.fields[key]
        least, most = _extremes(total)
        coverage = _("{covered}/{expected}").format(
            covered=len(total.covered), expected=len(total.covered) + len(total.missing)
        )
        number = shown(field.type, total.value)
        cells = [field.label, number, field.type.unit, coverage, self._named(least), self._named(most)]
        line = tables.line(cells, key, right=(1,))
        line.setIcon(3, look.state_icon("complete" if not total.missing else "partly"))
        return line

    def _named(self, extreme: tuple[str, Value] | None) -> str:
        if extreme is None or self._found is None:
            return "–"
        unit, value = extreme
        number = value.number
        assert number is not None
        said = _("{number} ({unit})")
        return said.format(number=_plain(number), unit=self._found.names.get(unit, unit))

    def _filter(self) -> None:
        sought = fold(self.sought.text()).split()
        for place in range(self.totals.topLevelItemCount()):
            line = self.totals.topLevelItem(place)
            heading = not line.data(0, tables.KEY)
            words = fold(line.text(0))
            line.setHidden(bool(sought) and (heading or not all(word in words for word in sought)))

    def _choose(self, key: str) -> None:
        lines = [self.totals.topLevelItem(place) for place in range(self.totals.topLevelItemCount())]
        wanted = [line for line in lines if line.data(0, tables.KEY) == key] if key else []
        figures = [line for line in lines if line.data(0, tables.KEY)]
        for line in (wanted or figures)[:1]:
            self.totals.setCurrentItem(line)

    def _show_parts(self, line: QTreeWidgetItem | None) -> None:
        self.parts.clear()
        key = line.data(0, tables.KEY) if line is not None else ""
        if not key or self._found is None or self._period is None:
            return
        field = self._found.form.fields[key]
        self._part_title.setText(field.label)
        parts = receiving.parts(self._opened.file, self._period, key)
        largest = max((abs(part.value.number or Decimal(0)) for part in parts), default=Decimal(0))
        for part in parts:
            words = [part.name, shown(field.type, part.value), revision_words(part.revision), part.value.note]
            row = tables.line(words, part.unit, right=(1,))
            row.setToolTip(2, part.package)
            if largest and part.value.number is not None:
                row.setData(1, tables.SHARE, float(abs(part.value.number) / largest))
            self.parts.addTopLevelItem(row)
        for unit in self._found.totals[key].missing:
            row = tables.line([self._found.names.get(unit, unit), "–", _("Chưa có"), ""], unit, right=(1,))
            row.setIcon(0, look.state_icon("empty"))
            self.parts.addTopLevelItem(row)


def _words(found: receiving.PeriodTotals) -> str:
    said = _("Tổng hợp từ {covered}/{expected} đơn vị. “Phủ” cho biết mỗi tổng gồm bao nhiêu đơn vị.")
    return said.format(covered=len(found.covered), expected=len(found.expected))


def _extremes(total: Total) -> tuple[tuple[str, Value] | None, tuple[str, Value] | None]:
    numbers = [(part.value.number, part.unit, part.value) for part in total.parts if part.value.number is not None]
    if not numbers:
        return None, None
    least, most = min(numbers, key=lambda n: n[0]), max(numbers, key=lambda n: n[0])
    return least[1:], most[1:]


def _plain(number: Decimal) -> str:
    from dcs_desktop.core.values import shown_number

    return shown_number(number)
