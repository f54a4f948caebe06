"""The totals in the order of the report or any other, each with its coverage; opening one shows its units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QLineEdit, QSplitter, QTreeWidgetItem, QWidget

from dcs_desktop import receiving
from dcs_desktop.core.combine import Part, Total, Totals
from dcs_desktop.core.comparing import Before, compared
from dcs_desktop.core.form import Section
from dcs_desktop.core.letter import Question
from dcs_desktop.core.outliers import Hint
from dcs_desktop.core.period import Period
from dcs_desktop.core.text import fold
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.values import FieldType, Kind, State, counted, shown
from dcs_desktop.i18n import _
from dcs_desktop.store import DataFile
from dcs_desktop.ui import look, messages, saving, tables
from dcs_desktop.ui.clock import this_day
from dcs_desktop.ui.desk_parts import Opened as OpenedTotal
from dcs_desktop.ui.desk_parts import PartsPane, change_words
from dcs_desktop.ui.letters_out import LettersOut
from dcs_desktop.ui.making import button, column, framed, label, row
from dcs_desktop.ui.opened import Opened
from dcs_desktop.ui.sorting import NUMBER, Sorting
from dcs_desktop.ui.tasks import Worker

SHARE_OF_TOTALS = 65
EXTREME_WIDTH = 128
CHANGE = 5
# The totals over more units than these are fetched while the window goes on, their changes one at a time.
AT_ONCE = 300


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
    """Left the totals, right the units of the one that is chosen."""

    def __init__(self, opened: Opened, worker: Worker) -> None:
        super().__init__()
        self._opened = opened
        self._worker = worker
        self._period: Period | None = None
        self._as_of: tuple[Period, int, date] | None = None
        self._found: Totals | None = None
        self._before: Before | None = None
        self._hints: tuple[Hint, ...] = ()
        self._status: list[receiving.UnitStatus] = []
        self._entered: frozenset[str] = frozenset()
        self._names = {expected.unit.identity: expected.unit.name for expected in opened.setup.expected}
        self._said = label("", "muted")
        self.sought = QLineEdit()
        self.sought.setPlaceholderText(_("Tìm số liệu, không cần dấu"))
        self.sought.setAccessibleName(_("Tìm số liệu"))
        self.sought.setClearButtonEnabled(True)
        self.sought.textChanged.connect(self._filter)
        self._make_table()
        self.pane = PartsPane()
        self.parts = self.pane.parts
        self.pane.report_asked.connect(self.show_report)
        self.pane.question_asked.connect(self.ask_unit)
        self.letters = LettersOut(opened.file, worker, self)
        self.excel = button(_("Lưu Excel…"), self.save_excel, "table")
        self.print = button(_("In bảng theo đơn vị…"), self.save_unit_tables, "printer")
        self.data = button(_("Gói dữ liệu…"), self.save_data, "package")
        self.data.setToolTip(_("Số liệu mọi đơn vị cho cơ quan thống kê, gồm tệp CSV và mô tả"))
        self.doubtful = button(_("Tìm số gõ nhầm"), self.find_doubtful, "triangle-alert")
        self.doubtful.setCheckable(True)
        self.doubtful.setToolTip(_("Chỉ hiện số liệu có vẻ gõ nhầm của một đơn vị nào đó"))
        verbs = row(1, self.print, self.excel, self.data)
        main = column(row(self.sought, self.doubtful), self.totals, self._said, verbs)
        main.setContentsMargins(0, 0, look.WIDE, 0)
        main.setStretch(1, 1)
        self.setLayout(column(_beside(framed(main), self.pane)))

    def _make_table(self) -> None:
        heads = [_("Số liệu"), _("Tổng"), _("Phủ"), _("Nhỏ nhất"), _("Lớn nhất"), _("So kỳ trước")]
        self.totals = tables.table(_("Số liệu tổng hợp"), heads, 0)
        for place in (3, 4):
            self.totals.header().setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
            self.totals.header().resizeSection(place, EXTREME_WIDTH)
        self.totals.setColumnHidden(CHANGE, True)
        self.totals.currentItemChanged.connect(self._show_parts)
        self.totals.itemActivated.connect(lambda _line: self.parts.setFocus())
        self.sorting = Sorting(self.totals, self._filter)

    def save_excel(self) -> None:
        """Every unit's figures as an Excel workbook."""
        from dcs_desktop.ui.excel_file import save_units

        if self._period is not None:
            save_units(self, self._opened, self._period, self._worker)

    def save_unit_tables(self) -> None:
        """Every unit's figures as tables to be printed."""
        from dcs_desktop.ui.unit_tables import ask_and_save

        if self._period is not None:
            drawn = (self._key(),) if self.pane.on_paper.isChecked() and self._key() else ()
            ask_and_save(self, self._opened, self._period, self._worker, drawn)

    def save_data(self) -> None:
        """Every unit's figures as a Data Package."""
        if self._period is None:
            return
        file, period = self._opened.file, self._period
        path = saving.ask_where(
            self, _("Lưu gói dữ liệu"), receiving.data_file_name(file, period), _("Tệp nén (*.zip)")
        )
        if path is not None:
            saying, done = _("Đang ghi gói dữ liệu."), _("Đã ghi gói dữ liệu vào {path}.").format(path=path)
            self._worker.start(
                self,
                lambda _told: saving.write(path, receiving.exported_data(file, period, this_day())),
                lambda _done: messages.note(self, done),
                saying=saying,
            )

    def find_doubtful(self) -> None:
        """Show only totals with a figure that looks mistyped; a second time all of them again."""
        if self._period is None or not self.doubtful.isChecked():
            self._filter()
            return
        file, period = self._opened.file, self._period
        self._worker.start(
            self,
            lambda _told: receiving.hints_of(file, period, this_day()),
            self._take_hints,
            saying=_("Đang tìm số gõ nhầm."),
        )

    def _take_hints(self, hints: tuple[Hint, ...]) -> None:
        self._hints = hints
        if not hints:
            self.doubtful.setChecked(False)
            messages.note(self, _("Không thấy số liệu nào có vẻ gõ nhầm."))
        for line in tables.rows(self.totals):
            here = [hint.sentence for hint in hints if hint.key == line.data(0, tables.KEY)]
            if here:
                line.setIcon(0, look.state_icon("warning"))
                line.setToolTip(0, "\n".join((line.text(0), *here)))
        self._filter()
        shown_ones = [
            one for one in tables.rows(self.totals) if not one.isHidden() and one.data(0, tables.KEY)
        ]
        if hints and shown_ones:
            self.totals.setCurrentItem(shown_ones[0])
        self._show_parts(self.totals.currentItem())

    def show_report(self, unit: str) -> None:
        """The report of a unit, only to be looked at, at the chosen figure."""
        from dcs_desktop.receiving.letters import counting, worded
        from dcs_desktop.ui.unit_report import UnitReportDialog

        if self._period is None or not unit:
            return
        try:
            _kept, report = counting(self._opened.file, unit, self._period)
        except Refusal as refusal:
            messages.refuse(self, refusal.sentence)
            return
        dialog = UnitReportDialog(report, worded(report), self._key(), self)
        dialog.exec()
        dialog.deleteLater()

    def ask_unit(self, unit: str) -> None:
        """A correction request to a unit, its question at the chosen figure; what looks mistyped is asked there."""
        self.letters.period, self.letters.units = self._period, [unit]
        hint = self._hints_at(self._key()).get(unit)
        self.letters.ask_questions([Question("1", "" if hint is None else hint.question, self._key())])

    def _hints_at(self, key: str) -> dict[str, Hint]:
        return {hint.unit: hint for hint in self._hints if hint.key == key}

    def _key(self) -> str:
        line = self.totals.currentItem()
        return "" if line is None else str(line.data(0, tables.KEY) or "")

    def show_period(self, period: Period) -> None:
        """Show the totals of a period; the total that was chosen stays chosen."""
        as_of = (period, self._opened.file.turn, this_day())
        if as_of == self._as_of:
            return
        self._as_of = as_of
        chosen = next((line.data(0, tables.KEY) for line in self.totals.selectedItems()), "")
        self._period = period
        self.totals.clear()
        self.pane.clear()
        self._found, self._before, self._hints = None, None, ()
        self.doubtful.setChecked(False)
        self.totals.setColumnHidden(CHANGE, True)
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
        self._as_of = None
        self._said.setText(failure.sentence)

    def _show(self, counted: Counted, chosen: str) -> None:
        self._found, self._status = counted.totals, counted.status
        self._names = {one.unit.identity: one.unit.name for one in counted.status}
        self._entered = frozenset(one.unit.identity for one in self._status if one.entered is not None)
        self.totals.clear()
        self._said.setText(" ".join([*counted.told, _words(self._found, self._status)]))
        for section in self._found.form.sections:
            self._add_section(section)
        self.sorting.filled()
        self._filter()
        self._choose(chosen)
        if self._period is not None:
            self._look_back(self._period)

    def _look_back(self, period: Period) -> None:
        """Last period's totals, when they are there."""
        file = self._opened.file

        def take(before: Before | None) -> None:
            if before is not None and period == self._period and self._found is not None:
                self._before = before
                self._show_changes(before)

        self._worker.start(self, lambda _told: receiving.before(file, period), take, failed=_let_be)

    def _show_changes(self, before: Before) -> None:
        assert self._found is not None
        few = len(self._names) <= AT_ONCE
        self.totals.setColumnHidden(CHANGE, not few)
        for line in tables.rows(self.totals) if few else ():
            change = compared(self._found, before, str(line.data(0, tables.KEY) or ""))
            if change is not None:
                said = _("{change} ({units}/{expected})")
                words = said.format(change=change_words(change), units=change.units, expected=change.expected)
                line.setText(CHANGE, words)
                line.setToolTip(CHANGE, words)
                line.setTextAlignment(CHANGE, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                line.setData(CHANGE, NUMBER, None if change.percent is None else float(change.percent))
        self._show_parts(self.totals.currentItem())

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
        measure = "%" if field.type.kind is Kind.PERCENT else field.type.unit
        whole = f"{number} {measure}".strip() if total.value.state is State.GIVEN else number
        cells = [field.label, whole, coverage, self._named(least, field.type), self._named(most, field.type)]
        line = tables.line(cells, key, right=(1,))
        line.setIcon(2, look.state_icon(_covering(total)))
        extremes = [None if part is None else part.value.number for part in (least, most)]
        numbers = (total.value.number, len(total.covered), *extremes)
        for place, sortable in enumerate(numbers, 1):
            line.setData(place, NUMBER, None if sortable is None else float(sortable))
        return line

    def _named(self, extreme: Part | None, kind: FieldType) -> str:
        if extreme is None:
            return "–"
        unit = self._names.get(extreme.unit, extreme.unit)
        return _("{number} · {unit}").format(number=shown(kind, extreme.value), unit=unit)

    def _filter(self) -> None:
        sought = fold(self.sought.text()).split()
        self.doubtful.setText(_("Hiện tất cả") if self.doubtful.isChecked() else _("Tìm số gõ nhầm"))
        doubtful = {hint.key for hint in self._hints} if self.doubtful.isChecked() and self._hints else None
        for line in tables.rows(self.totals):
            key, words = line.data(0, tables.KEY), fold(line.text(0))
            picked = bool(sought) or self.sorting.column >= 0 or doubtful is not None
            away = not all(word in words for word in sought) or (doubtful is not None and key not in doubtful)
            line.setHidden(away if key else picked)

    def _choose(self, key: str) -> None:
        lines = tables.rows(self.totals)
        wanted = [line for line in lines if key and line.data(0, tables.KEY) == key]
        figures = [line for line in lines if line.data(0, tables.KEY)]
        for line in (wanted or figures)[:1]:
            self.totals.setCurrentItem(line)

    def _show_parts(self, line: QTreeWidgetItem | None) -> None:
        key = line.data(0, tables.KEY) if line is not None else ""
        if not key or self._found is None or self._period is None:
            self.pane.clear()
            return
        total = self._found.totals[key]
        parts = receiving.parts(self._opened.file, self._period, total)
        field, hints = self._found.form.fields[key], self._hints_at(key)
        shown_total = OpenedTotal(
            field, total, self._found, parts, self._status, self._names, self._before, hints
        )
        self.pane.show_total(shown_total)


def _beside(main: QWidget, pane: QWidget) -> QSplitter:
    split = QSplitter(Qt.Orientation.Horizontal)
    split.addWidget(main)
    split.addWidget(pane)
    split.setSizes([10 * SHARE_OF_TOTALS, 1000 - 10 * SHARE_OF_TOTALS])
    split.setStretchFactor(0, SHARE_OF_TOTALS)
    split.setStretchFactor(1, 100 - SHARE_OF_TOTALS)
    split.setChildrenCollapsible(False)
    split.setHandleWidth(1)
    return split


def _let_be(failure: BaseException) -> None:
    """A last period that cannot be read is left out; a bug rises."""
    if not isinstance(failure, Refusal):
        raise failure


def _words(found: Totals, status: list[receiving.UnitStatus]) -> str:
    there = sum(unit.state != "not_received" for unit in status)
    said = _(
        "Tổng hợp từ báo cáo của {there}/{expected} đơn vị. Cột “Phủ” cho biết mỗi tổng gồm bao nhiêu đơn vị."
    )
    words = said.format(there=counted(there), expected=counted(len(found.expected)))
    entered = sum(unit.entered is not None for unit in status)
    if entered:
        words += " " + _("Trong đó {count} đơn vị nhập thay.").format(count=entered)
    return words


def _coverage(total: Total, entered: frozenset[str]) -> str:
    """Over how many of how many units, and how many of them were entered at the desk."""
    covered, expected = counted(len(total.covered)), counted(len(total.covered) + len(total.missing))
    count = total.count_of(entered)
    if not count:
        return _("{covered}/{expected}").format(covered=covered, expected=expected)
    said = _("{covered}/{expected}, {count} nhập thay")
    return said.format(covered=covered, expected=expected, count=count)


def _covering(total: Total) -> str:
    if not total.covered:
        return "empty"
    return "partly" if total.missing else "complete"
