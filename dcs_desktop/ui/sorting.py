"""Lets a table be sorted by any of its columns: a click on the head, or its menu from the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from dcs_desktop.core.text import fold
from dcs_desktop.i18n import _
from dcs_desktop.ui import tables

NUMBER = Qt.ItemDataRole.UserRole + 3


class Sorting(QObject):
    """Least first, largest first, then as the table was filled; ``sorted`` is called after each change.

    A cell with a NUMBER is sorted by it, before those that have none; other cells by their words without marks.
    """

    def __init__(self, table: QTreeWidget, after: Callable[[], None]) -> None:
        super().__init__(table)
        self._table, self._after = table, after
        self.column, self.descending = -1, False
        self._lines: list[QTreeWidgetItem] = []
        header = table.header()
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self.by)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        for place in range(header.count()):
            words = _("Sắp theo: {column}").format(column=table.headerItem().text(place))
            action = QAction(words, table)
            action.triggered.connect(partial(self.by, place))
            table.addAction(action)

    def by(self, column: int, *_checked: bool) -> None:
        """Sort by a column, the other way round when it was, as filled when it was so twice."""
        if column != self.column:
            self.column, self.descending = column, False
        elif not self.descending:
            self.descending = True
        else:
            self.column = -1
        self.again()

    def filled(self) -> None:
        """The table was filled anew: keep its order, and sort it as before."""
        self._lines = tables.rows(self._table)
        if self.column >= 0:
            self.again()

    def again(self) -> None:
        """Put the rows in order; the one that is chosen stays chosen."""
        chosen: QTreeWidgetItem | None = self._table.currentItem()
        header = self._table.header()
        header.setSortIndicatorShown(self.column >= 0)
        order = Qt.SortOrder.DescendingOrder if self.descending else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(self.column, order)
        self._table.blockSignals(True)
        self._table.invisibleRootItem().takeChildren()
        lines = list(self._lines)
        if self.column >= 0:
            lines.sort(key=self._words, reverse=self.descending)
            lines.sort(key=self._missing)
        self._table.addTopLevelItems(lines)
        if chosen is not None:
            self._table.setCurrentItem(chosen)
        self._table.blockSignals(False)
        for line in lines:
            line.setFirstColumnSpanned(not line.data(0, tables.KEY))
        self._after()

    def _words(self, line: QTreeWidgetItem) -> tuple[float, str]:
        number = line.data(self.column, NUMBER)
        return (0.0, fold(line.text(self.column))) if number is None else (float(number), "")

    def _missing(self, line: QTreeWidgetItem) -> bool:
        """Numbers before words, in a column that has any."""
        return line.data(self.column, NUMBER) is None
