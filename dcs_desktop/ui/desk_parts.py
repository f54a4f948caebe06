"""One total opened: its units as a table, the same as pictures, and the way to a unit's report or to a question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHeaderView, QStackedWidget, QTreeWidgetItem, QWidget

from dcs_desktop import receiving
from dcs_desktop.core.combine import Total, Totals
from dcs_desktop.core.comparing import Before, Compared, compared, lacking, numbers
from dcs_desktop.core.form import Field
from dcs_desktop.core.outliers import Hint
from dcs_desktop.core.picture import Picture, of_change, of_counts, of_units
from dcs_desktop.core.spread import spread
from dcs_desktop.core.values import FieldType, Kind, shown, shown_number
from dcs_desktop.i18n import _
from dcs_desktop.ui import look, tables
from dcs_desktop.ui.desk_words import filing_words
from dcs_desktop.ui.making import button, column, framed, label, row, scrolled
from dcs_desktop.ui.picture_view import PictureView, window_words
from dcs_desktop.ui.sorting import NUMBER, Sorting
from dcs_desktop.ui.start_page import revision_words

NOTE, NOTE_LETTERS = 3, 12
MOST_LACKING, MOST_NAMED = 2, 6
STATES: Final = ("accepted", "received", "with_errors", "correction_requested", "not_received")


@dataclass(frozen=True, slots=True)
class Opened:
    """What is shown of one total."""

    field: Field
    total: Total
    totals: Totals
    parts: Sequence[receiving.PartOfTotal]
    status: Sequence[receiving.UnitStatus]
    names: Mapping[str, str]
    before: Before | None
    hints: Mapping[str, Hint]


class PartsPane(QWidget):
    """The units of the chosen total; ``report_asked`` and ``question_asked`` with the unit."""

    report_asked = Signal(str)
    question_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._hints: Mapping[str, Hint] = {}
        self._opened: Opened | None = None
        self._title = label("", "heading")
        self.lies = label("", "muted")
        heads = [_("Đơn vị"), _("Giá trị"), _("Bản"), _("Ghi chú")]
        self.parts = tables.table(_("Các phần của số liệu"), heads, 0)
        self.parts.header().setSectionResizeMode(NOTE, QHeaderView.ResizeMode.Interactive)
        self.parts.setItemDelegateForColumn(1, tables.BarDelegate(self.parts))
        self.parts.itemActivated.connect(lambda _line: self.report_asked.emit(self.unit))
        self.parts.currentItemChanged.connect(self._follow)
        self.sorting = Sorting(self.parts, lambda: None)
        self.hint = label("", "warning")
        self.pictures = PictureView()
        self.on_paper = QCheckBox(_("Kèm hình khi in bảng theo đơn vị"))
        pictured = column(scrolled(framed(column(self.pictures, 1))), self.on_paper)
        self.faces = QStackedWidget()
        self.faces.addWidget(framed(column(self.parts, self.hint)))
        self.faces.addWidget(framed(pictured))
        self.turn = button(_("Xem hình"), self.turn_over, "chart-bar")
        self.turn.setCheckable(True)
        self.look = button(_("Xem báo cáo"), lambda: self.report_asked.emit(self.unit), "eye")
        self.ask = button(
            _("Hỏi đơn vị…"), lambda: self.question_asked.emit(self.unit), "message-square-warning"
        )
        whole = column(self._title, self.lies, self.faces, row(self.turn, 1, self.look, self.ask))
        whole.setContentsMargins(look.WIDE, 0, 0, 0)
        whole.setStretchFactor(self.faces, 1)
        self.setLayout(whole)
        self._follow(None)

    @property
    def unit(self) -> str:
        """The unit whose row is chosen, "" for none."""
        line = self.parts.currentItem()
        return "" if line is None else str(line.data(0, tables.KEY))

    def turn_over(self) -> None:
        """The pictures in the table's place, or the table again."""
        pictured = self.turn.isChecked()
        self.turn.setText(_("Xem bảng") if pictured else _("Xem hình"))
        self.pictures.show_pictures(_pictures(self._opened) if pictured and self._opened else ())
        self.faces.setCurrentIndex(int(pictured))

    def clear(self) -> None:
        """Show nothing."""
        self.parts.clear()
        self._opened = None
        self._title.setText("")
        self.lies.setText("")
        self.pictures.show_pictures(())

    def show_total(self, opened: Opened) -> None:
        """Show the units of a total."""
        self.parts.clear()
        self._hints = opened.hints
        self._title.setText(opened.field.label)
        self.lies.setText(_lies(opened))
        largest = max((abs(part.value.number or Decimal(0)) for part in opened.parts), default=Decimal(0))
        entered = {unit.unit.identity for unit in opened.status if unit.entered is not None}
        lines: list[QTreeWidgetItem] = [
            tables.Later(part.unit, partial(self._line, part, opened, largest, entered))
            for part in opened.parts
        ]
        lines += [tables.Later(unit, partial(self._missing, unit, opened)) for unit in opened.total.missing]
        self.parts.addTopLevelItems(lines)
        self.sorting.filled()
        self._make_room_for_notes(any(part.value.note for part in opened.parts))
        self._opened = opened
        self.turn_over()
        self._follow(None)

    def _line(
        self, part: receiving.PartOfTotal, opened: Opened, largest: Decimal, entered: set[str]
    ) -> QTreeWidgetItem:
        revision = revision_words(part.revision)
        if part.unit in entered:
            revision = _("{revision}, nhập thay").format(revision=revision)
        name = opened.names.get(part.unit, part.unit)
        words = [name, shown(opened.field.type, part.value), revision, part.value.note]
        made = tables.line(words, part.unit, right=(1,))
        made.setToolTip(2, part.package)
        if part.value.number is not None:
            made.setData(1, NUMBER, float(part.value.number))
            if largest:
                made.setData(1, tables.SHARE, float(abs(part.value.number) / largest))
        if part.unit in opened.hints:
            made.setIcon(0, look.state_icon("warning"))
            made.setToolTip(0, opened.hints[part.unit].sentence)
        return made

    def _missing(self, unit: str, opened: Opened) -> QTreeWidgetItem:
        line = tables.line([opened.names.get(unit, unit), "–", _("Chưa có"), ""], unit, right=(1,))
        line.setIcon(0, look.state_icon("empty"))
        return line

    def _follow(self, line: QTreeWidgetItem | None, *_before: object) -> None:
        """What can be done with the chosen unit, and what is doubtful about its figure."""
        unit = "" if line is None else str(line.data(0, tables.KEY))
        there = line is not None and line.text(1) != "–"
        hint = self._hints.get(unit)
        self.hint.setText("" if hint is None else hint.sentence)
        self.hint.setVisible(hint is not None)
        self.look.setEnabled(there)
        self.ask.setEnabled(there)

    def _make_room_for_notes(self, noted: bool) -> None:
        """A column for notes where there is one; the names of units are cut for it, not its head."""
        self.parts.setColumnHidden(NOTE, not noted)
        letters = NOTE_LETTERS * self.parts.fontMetrics().horizontalAdvance("0")
        self.parts.header().resizeSection(NOTE, max(self.parts.header().sectionSizeHint(NOTE), letters))


def _lies(opened: Opened) -> str:
    """Mean and median of the units, and last period over those that can be compared."""
    said = []
    found = spread(list(numbers(opened.total).values())) if opened.field.type.numeric else None
    if found is not None:
        words = _("Trung bình mỗi đơn vị {mean}, trung vị {median}.")
        said.append(words.format(mean=shown_number(found.mean), median=shown_number(found.median)))
    change = _compared(opened)
    if change is not None and opened.before is not None:
        words = _("{period}: {last}, nay {now} ({change}; so được {units}/{expected} đơn vị).")
        if change.last_units != change.units:
            words = _(
                "{period}: {last}, nay {now} ({change}; so được {units}/{expected} đơn vị, trước sắp xếp là "
                "{last_units} đơn vị)."
            )
        said.append(
            words.format(
                period=opened.before.named,
                last=shown_number(change.last),
                now=shown_number(change.now),
                change=change_words(change),
                units=change.units,
                expected=change.expected,
                last_units=change.last_units,
            )
        )
    return " ".join([*said, *_lacking(opened)])


def _lacking(opened: Opened) -> Iterator[str]:
    """The units of before and after a reform that cannot be compared yet, and who lacks a number."""
    if opened.before is None:
        return
    for group in lacking(opened.totals, opened.before, opened.field.key)[:MOST_LACKING]:
        named = [opened.names.get(unit, unit) for unit in group.after]
        named += [receiving.official_name(unit) for unit in group.before]
        said = _("Các đơn vị mới sắp xếp chưa so được với kỳ trước: còn thiếu số liệu của {units}.")
        listed = ", ".join(named[:MOST_NAMED]) + ("…" if len(named) > MOST_NAMED else "")
        yield said.format(units=listed)


def change_words(change: Compared) -> str:
    """The change in per cent with its sign."""
    percent = change.percent
    if percent is None:
        return _("từ không")
    return ("+" if percent > 0 else "") + shown_number(percent, 1) + "%"


def _compared(opened: Opened) -> Compared | None:
    if opened.before is None:
        return None
    return compared(opened.totals, opened.before, opened.field.key)


def _pictures(opened: Opened) -> list[Picture]:
    """The units, the change, who has filed."""
    words, kind = window_words(), opened.field.type
    made = []
    if kind.numeric:
        there = numbers(opened.total)
        units = (*opened.total.covered, *opened.total.missing)
        parts = [(opened.names.get(unit, unit), there.get(unit)) for unit in units]
        made.append(of_units(opened.field.label, parts, words, _measure(kind)))
    change = _compared(opened)
    if change is not None and opened.before is not None:
        said = _("Chỉ tính {units}/{expected} đơn vị có số liệu ở cả hai kỳ.")
        note = said.format(units=change.units, expected=change.expected)
        if change.last_units != change.units:
            note += " " + _("Trước sắp xếp là {count} đơn vị.").format(count=change.last_units)
        last, now = (opened.before.named, change.last), (opened.before.now_named, change.now)
        made.append(of_change(_("So với kỳ trước"), last, now, note, words))
    counts = Counter(unit.state for unit in opened.status)
    filed = [(filing_words(state)[1], counts[state]) for state in STATES if counts[state]]
    absent = frozenset({filing_words("not_received")[1]})
    return [*made, of_counts(_("Tình hình nộp báo cáo, số đơn vị"), filed, absent, words)]


def _measure(kind: FieldType) -> str:
    return "%" if kind.kind is Kind.PERCENT else kind.unit
