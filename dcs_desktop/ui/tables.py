"""Plain read-only tables of words, with a shape where a cell tells a state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
)

from dcs_desktop.ui import look

Tree = TypeVar("Tree", bound=QTreeWidget)
KEY = Qt.ItemDataRole.UserRole
# So many rows make a column as wide as it is.
MEASURED_ROWS = 50
SHARE = Qt.ItemDataRole.UserRole + 1


def table(name: str, heads: Sequence[str], stretch: int) -> QTreeWidget:
    """A table with these column heads; the one at ``stretch`` takes the room that is left."""
    return dressed(QTreeWidget(), name, heads, stretch)


def dressed(made: Tree, name: str, heads: Sequence[str], stretch: int) -> Tree:
    """A table of its own kind, made to look like the others."""
    made.setAccessibleName(name)
    made.setHeaderLabels(list(heads))
    made.setRootIsDecorated(False)
    made.setUniformRowHeights(True)
    made.setAllColumnsShowFocus(True)
    made.setTextElideMode(Qt.TextElideMode.ElideRight)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.header().setStretchLastSection(False)
    for place in range(len(heads)):
        made.header().setSectionResizeMode(place, QHeaderView.ResizeMode.ResizeToContents)
    made.header().setResizeContentsPrecision(MEASURED_ROWS)
    made.header().setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
    made.ensurePolished()  # rows that are added before it is seen are as high as those after
    return made


def line(cells: Sequence[str], key: str = "", *, right: Sequence[int] = ()) -> QTreeWidgetItem:
    """A row; every cell can be read whole in its tip; those at ``right`` stand to the right."""
    made = QTreeWidgetItem(list(cells))
    for place, words in enumerate(cells):
        made.setToolTip(place, words)
    for place in right:
        made.setTextAlignment(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    made.setData(0, KEY, key)
    return made


class Later(QTreeWidgetItem):
    """A row that is worked out when it is first looked at: a table of thousands stands at once."""

    def __init__(self, key: str, make: Callable[[], QTreeWidgetItem]) -> None:
        super().__init__()
        self._key = key
        self._make = make
        self._made: QTreeWidgetItem | None = None

    def data(self, column: int, role: int) -> Any:  # Any: whatever the role asks for
        """What the row that is worked out says; its key is known before."""
        if role == KEY:
            return self._key if column == 0 else None
        if self._made is None:
            self._made = self._make()
        return self._made.data(column, role)


def heading(words: str, table: QTreeWidget) -> QTreeWidgetItem:
    """A row that heads those after it and cannot be chosen."""
    made = QTreeWidgetItem([words])
    font = table.font()
    font.setBold(True)
    made.setFont(0, font)
    made.setFlags(Qt.ItemFlag.ItemIsEnabled)
    table.addTopLevelItem(made)
    made.setFirstColumnSpanned(True)
    return made


def rows(table: QTreeWidget) -> list[QTreeWidgetItem]:
    """The rows of a table, from the top."""
    found = (table.topLevelItem(place) for place in range(table.topLevelItemCount()))
    return [item for item in found if item is not None]


class BarDelegate(QStyledItemDelegate):
    """Draws a bar under a number: its share of the largest, kept in the cell under SHARE."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        share = index.data(SHARE)
        super().paint(painter, option, index)
        if isinstance(share, float) and share > 0:
            room = QRectF(option.rect).adjusted(look.HALF, 0, -look.HALF, -2)
            bar = QRectF(room.left(), room.bottom() - 3, room.width() * share, 3)
            painter.fillRect(bar, look.colour("accent"))
