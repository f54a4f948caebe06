"""The units that report to a desk, to be ticked, each with the address for reminders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from dcs_desktop.core.setup import ExpectedUnit, is_address
from dcs_desktop.core.text import fold
from dcs_desktop.core.units import OWN
from dcs_desktop.i18n import _
from dcs_desktop.ui import tables
from dcs_desktop.ui.making import ENTER

NAME, CODE, ADDRESS = 0, 1, 2
ADDRESS_LETTERS = 38
TICKED, UNTICKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class ExpectedList(QTreeWidget):
    """Space ticks, Enter or F2 goes into the address, Delete takes away a unit with a code of the desk's own.

    ``ticked`` at every change by the hand.
    """

    ticked = Signal()

    def __init__(self, units: Iterable[ExpectedUnit]) -> None:
        super().__init__()
        self._kept: dict[str, ExpectedUnit] = {}
        heads = [_("Đơn vị"), _("Mã"), _("Địa chỉ thư điện tử")]
        tables.dressed(self, _("Các đơn vị phải báo cáo"), heads, NAME)
        self.header().setSectionResizeMode(ADDRESS, self.header().ResizeMode.Interactive)
        letter = self.fontMetrics().horizontalAdvance("0")
        self.header().resizeSection(ADDRESS, ADDRESS_LETTERS * letter)
        self.setEditTriggers(self.EditTrigger.NoEditTriggers)
        for unit in units:
            self.add(unit)
        self.itemChanged.connect(lambda _line, _column: self.ticked.emit())
        self.itemDoubleClicked.connect(lambda line, _column: self.editItem(line, ADDRESS))
        for line in tables.rows(self)[:1]:
            self.setCurrentItem(line)

    def add(self, expected: ExpectedUnit) -> QTreeWidgetItem:
        """One more line at the end."""
        unit = expected.unit
        self._kept[unit.identity] = expected
        line = tables.line([unit.name, unit.code, expected.address], unit.identity)
        editable = Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEditable
        line.setFlags(line.flags() | editable)
        line.setCheckState(NAME, TICKED if expected.awaited else UNTICKED)
        self.addTopLevelItem(line)
        return line

    def units(self) -> tuple[ExpectedUnit, ...]:
        """Every unit as it stands here."""
        return tuple(
            replace(
                self._kept[line.data(NAME, tables.KEY)],
                address=line.text(ADDRESS).strip(),
                awaited=line.checkState(NAME) is TICKED,
            )
            for line in tables.rows(self)
        )

    def codes(self) -> set[str]:
        """The codes that are taken."""
        return {expected.unit.code for expected in self._kept.values()}

    def tick_all(self, state: Qt.CheckState) -> None:
        """Tick, or no longer, every unit that is seen."""
        with QSignalBlocker(self):
            for line in tables.rows(self):
                if not line.isHidden():
                    line.setCheckState(NAME, state)
        self.viewport().update()
        self.ticked.emit()

    def search(self, sought: str) -> None:
        """Show the units whose name or code holds every word, marks left out."""
        words = fold(sought).split()
        for line in tables.rows(self):
            known = fold(f"{line.text(NAME)} {line.text(CODE)}")
            line.setHidden(not all(word in known for word in words))

    @property
    def removable(self) -> bool:
        """Whether the line that is chosen is a unit of the desk's own."""
        line = self.currentItem()
        return line is not None and self._kept[line.data(NAME, tables.KEY)].unit.list_id.startswith(OWN)

    def remove(self) -> None:
        """Take the chosen unit away when it is one of the desk's own."""
        line = self.takeTopLevelItem(self.currentIndex().row()) if self.removable else None
        if line is not None:
            del self._kept[line.data(NAME, tables.KEY)]
            self.ticked.emit()

    def first_wrong_address(self) -> QTreeWidgetItem | None:
        """The first line whose address is none."""
        return next((line for line in tables.rows(self) if not is_address(line.text(ADDRESS))), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick, edit or take away the chosen line; letters go to the next unit that begins with them."""
        line = self.currentItem()
        if self.state() is self.State.EditingState:
            event.accept()  # the Enter that ended an address: neither the list's nor the dialog's
        elif line is None:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Space:
            line.setCheckState(NAME, UNTICKED if line.checkState(NAME) is TICKED else TICKED)
        elif event.key() in (*ENTER, Qt.Key.Key_F2):
            self.editItem(line, ADDRESS)
        elif event.key() == Qt.Key.Key_Delete:
            self.remove()
        else:
            super().keyPressEvent(event)
