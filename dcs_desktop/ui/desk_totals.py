"""The totals in the order of the report, each with its coverage; opening one shows its parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QLineEdit, QSplitter, QTreeWidgetItem, QWidget

from dcs_desktop import receiving
from dcs_desktop.core.combine import Part, Total, Totals
from dcs_desktop.core.form import Section
from dcs_desktop.core.period import Period
from dcs_desktop.core.text import fold
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.values import FieldType, shown
from dcs_desktop.i18n import _
from dcs_desktop.store import DataFile
from dcs_desktop.ui import look, tables
from dcs_desktop.ui.clock import this_day
from dcs_desktop.ui.making import button, column, framed, label, row
from dcs_desktop.ui.opened import Opened
from dcs_desktop.ui.start_page import revision_words
from dcs_desktop.ui.tasks import Worker

SHARE_OF_TOTALS = 66
# The totals over more units than these are fetched while the window goes on.
AT_ONCE = 300
EXTREME_WIDTH = 136
NOTE, NOTE_LETTERS = 3, 12


@dataclass(frozen=True, slots=True)
class Counted:
    """What there is to show of a period, and what is to be said of how it came to be."""

    totals: Totals
    status: list[receiving.UnitStatus]
    told: tuple[str, ...]


def _counted(file: DataFile, period: Period, today: date) -> Counted:
    """The totals of a period; on any thread. Raises Refusal."""
    told: list[str] = []
    found = receiving.totals(file, period, told.append)
    return Counted(found, receiving.status(file, period, today), tuple(told))


class TotalsTab(QWidget):
    """Left the totals, right the parts of the one that is chosen."""

    def __init__(self, opened: Opened, worker: Worker) -> None:
        super().__init__()
        self._opened = opened
        self._worker = worker
        self._period: Period | None = None
        self._found: Totals | None = None
        self._status: list[receiving.UnitStatus] = []
        self._entered: frozenset[str] = frozenset()
        self._names = {expected.unit.identity: expected.unit.name for expected in opened.setup.expected}
        self._said = label("", "muted")
        self.sought = QLineEdit()
        self.sought.setPlaceholderText(_("Tìm số liệu, không cần dấu"))
        self.sought.setAccessibleName(_("Tìm số liệu"))
        self.sought.setClearButtonEnabled(True)
        self.sought.textChanged.connect(self._filter)
        heads = [_("Số liệu"), _("Tổng"), _("Phủ"), _("Nhỏ nhất"), _("Lớn nhất")]
        self.totals = tables.table(_("Số liệu tổng hợp"), heads, 0)
        for place in (3, 4):
            self.totals.header().setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
            self.totals.header().resizeSection(place, EXTREME_WIDTH)
        self.totals.currentItemChanged.connect(self._show_parts)
        self._part_title = label("", "heading")
        self.parts = tables.table(
            _("Các phần của số liệu"), [_("Đơn vị"), _("Giá trị"), _("Bản"), _("Ghi chú")], 0
        )
        self.parts.header().setSectionResizeMode(NOTE, QHeaderView.ResizeMode.Interactive)
        self.parts.setItemDelegateForColumn(1, tables.BarDelegate(self.parts))
        beside = column(self._part_title, self.parts)
        beside.setContentsMargins(look.WIDE, 0, 0, 0)
        self.excel = button(_("Lưu Excel…"), self.save_excel, "table")
        self.print = button(_("In bảng theo đơn vị…"), self.save_unit_tables, "printer")
        main = column(row(self.sought, self.print, self.excel), self.totals, self._said)
        main.setContentsMargins(0, 0, look.WIDE, 0)
        for part in (main, beside):
            part.setStretch(1, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(framed(main))
        split.addWidget(framed(beside))
        split.setSizes([10 * SHARE_OF_TOTALS, 1000 - 10 * SHARE_OF_TOTALS])
        split.setStretchFactor(0, SHARE_OF_TOTALS)
        split.setStretchFactor(1, 100 - SHARE_OF_TOTALS)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        self.setLayout(column(split))

    def save_excel(self) -> None:
        """Every unit's figures as an Excel workbook."""
        from dcs_desktop.ui.excel_file import save_units

        if self._period is not None:
            save_units(self, self._opened, self._period, self._worker)

    def save_unit_tables(self) -> None:
        """Every unit's figures as tables to be printed."""
        from dcs_desktop.ui.unit_tables import ask_and_save

        if self._period is not None:
            ask_and_save(self, self._opened, self._period, self._worker)

    def show_period(self, period: Period) -> None:
        """Show the totals of a period; the total that was chosen stays chosen."""
        chosen = next((line.data(0, tables.KEY) for line in self.totals.selectedItems()), "")
        self._period = period
        self.totals.clear()
        self.parts.clear()
        self._found = None
        file, today = self._opened.file, this_day()
        if len(self._names) <= AT_ONCE:
            try:
                self._show(_counted(file, period, today), chosen)
            except Refusal as refusal:
                self._refuse(refusal)
            return
        self._said.setText(_("Đang tính các tổng…"))
        self._worker.start(
            self,
            lambda _told: _counted(file, period, today),
            lambda counted: self._show(counted, chosen) if period == self._period else None,
            failed=self._refuse,
        )

    def _refuse(self, failure: BaseException) -> None:
        if not isinstance(failure, Refusal):
            raise failure
        self._said.setText(failure.sentence)

    def _show(self, counted: Counted, chosen: str) -> None:
        self._found, self._status = counted.totals, counted.status
        self._entered = frozenset(one.unit.identity for one in self._status if one.entered is not None)
        self.totals.clear()
        self._said.setText(" ".join([*counted.told, _words(self._found, self._status)]))
        for section in self._found.form.sections:
            self._add_section(section)
        self._filter()
        self._choose(chosen)

    def _add_section(self, section: Section) -> None:
        assert self._found is not None
        keys = [f.key for item in section.items for figure in item.figures for f in figure.fields]
        there = [key for key in keys if key in self._found.totals]
        if there:
            tables.heading(". ".join(filter(None, (section.number.rstrip("."), section.title))), self.totals)
        for key in there:
            self.totals.addTopLevelItem(self._line(key, self._found.totals[key]))

    def _line(self, key: str, total: Total) -> QTreeWidgetItem:
        assert self._found is not None
        field = self._found.form.fields[key]
        least, most = total.extremes or (None, None)
        coverage = _coverage(total, self._entered)
        number = shown(field.type, total.value)
        whole = f"{number} {field.type.unit}".strip() if total.value.answered else number
        cells = [field.label, whole, coverage, self._named(least, field.type), self._named(most, field.type)]
        line = tables.line(cells, key, right=(1,))
        line.setIcon(2, look.state_icon(_covering(total)))
        return line

    def _named(self, extreme: Part | None, kind: FieldType) -> str:
        if extreme is None:
            return "–"
        unit = self._names.get(extreme.unit, extreme.unit)
        return _("{number} · {unit}").format(number=shown(kind, extreme.value), unit=unit)

    def _part_line(self, part: receiving.PartOfTotal, kind: FieldType, largest: Decimal) -> QTreeWidgetItem:
        name = self._names.get(part.unit, part.unit)
        revision = revision_words(part.revision)
        if part.unit in self._entered:
            revision = _("{revision}, nhập thay").format(revision=revision)
        words = [name, shown(kind, part.value), revision, part.value.note]
        made = tables.line(words, part.unit, right=(1,))
        made.setToolTip(2, part.package)
        if largest and part.value.number is not None:
            made.setData(1, tables.SHARE, float(abs(part.value.number) / largest))
        return made

    def _missing_line(self, unit: str) -> QTreeWidgetItem:
        made = tables.line([self._names.get(unit, unit), "–", _("Chưa có"), ""], unit, right=(1,))
        made.setIcon(0, look.state_icon("empty"))
        return made

    def _filter(self) -> None:
        sought = fold(self.sought.text()).split()
        for line in tables.rows(self.totals):
            heading = not line.data(0, tables.KEY)
            words = fold(line.text(0))
            line.setHidden(bool(sought) and (heading or not all(word in words for word in sought)))

    def _choose(self, key: str) -> None:
        lines = tables.rows(self.totals)
        wanted = [line for line in lines if key and line.data(0, tables.KEY) == key]
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
        total = self._found.totals[key]
        parts = receiving.parts(self._opened.file, self._period, total)
        largest = max((abs(part.value.number or Decimal(0)) for part in parts), default=Decimal(0))
        lines: list[QTreeWidgetItem] = [
            tables.Later(part.unit, partial(self._part_line, part, field.type, largest)) for part in parts
        ]
        lines += [tables.Later(unit, partial(self._missing_line, unit)) for unit in total.missing]
        self.parts.addTopLevelItems(lines)
        self._make_room_for_notes(any(part.value.note for part in parts))

    def _make_room_for_notes(self, noted: bool) -> None:
        """A column for notes where there is one; the names of units are cut for it, not its head."""
        self.parts.setColumnHidden(NOTE, not noted)
        letters = NOTE_LETTERS * self.parts.fontMetrics().horizontalAdvance("0")
        self.parts.header().resizeSection(NOTE, max(self.parts.header().sectionSizeHint(NOTE), letters))


def _words(found: Totals, status: list[receiving.UnitStatus]) -> str:
    there = sum(unit.state != "not_received" for unit in status)
    said = _(
        "Tổng hợp từ báo cáo của {there}/{expected} đơn vị. Cột “Phủ” cho biết mỗi tổng gồm bao nhiêu đơn vị."
    )
    words = said.format(there=there, expected=len(found.expected))
    entered = sum(unit.entered is not None for unit in status)
    if entered:
        words += " " + _("Trong đó {count} đơn vị nhập thay.").format(count=entered)
    return words


def _coverage(total: Total, entered: frozenset[str]) -> str:
    """Over how many of how many units, and how many of them were entered at the desk."""
    covered, expected = len(total.covered), len(total.covered) + len(total.missing)
    count = sum(unit in entered for unit in total.covered)
    if not count:
        return _("{covered}/{expected}").format(covered=covered, expected=expected)
    said = _("{covered}/{expected}, {count} nhập thay")
    return said.format(covered=covered, expected=expected, count=count)


def _covering(total: Total) -> str:
    if not total.covered:
        return "empty"
    return "partly" if total.missing else "complete"
