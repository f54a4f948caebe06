"""Finding a field or figure by any part of its name, typed without marks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from dcs_desktop.core.text import rank
from dcs_desktop.i18n import _
from dcs_desktop.ui import look

KEY: Final = Qt.ItemDataRole.UserRole.value
ALSO: Final = 8
SEARCH_WIDTH: Final = 560
PALETTE_WIDTH: Final = 760
SHOWN_MOST: Final = 40
# How a rank counts words that are found here and there: what has them in a row comes first.
SCATTERED: Final = (3, 7, 11, 15)
STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that can be found: its key, its name, what stands beside it, and where it is.

    ``also`` is found too, after everything whose name answers; ``picture`` is an icon and its colour;
    ``far`` is 0 for what is near at hand: the nearer ones are found first.
    """

    key: str
    name: str
    beside: str
    place: str = ""
    also: str = ""
    picture: tuple[str, str] | None = None
    far: int = 0

    def rank(self, typed: str) -> int | None:
        """How well it answers what is typed, lower is better; None when it does not."""
        found = rank(typed, self.name)
        if found is None and self.also:
            found = rank(typed, f"{self.also} {self.name}")
            return None if found is None else found + ALSO
        return found


class FieldSearch(QFrame):
    """A line to type in and the fields found; it closes when one is chosen or on Escape.

    ``first`` gives the keys that stand before all others for what was typed, whatever their names.
    """

    chosen = Signal(str)

    def __init__(
        self,
        candidates: Sequence[Candidate],
        hint: str,
        parent: QWidget,
        first: Callable[[str], Sequence[str]] = lambda _typed: (),
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._candidates, self._first = candidates, first
        self.setObjectName("field_search")
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.line = QLineEdit()
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(hint)
        self.line.textChanged.connect(self._search)
        self.line.returnPressed.connect(self._choose)
        self.line.installEventFilter(self)
        self.found = _columns(any(candidate.place for candidate in candidates))
        self.found.itemClicked.connect(self._choose)
        self.nothing = QLabel(_("Không có tên nào khớp. Hãy gõ phần khác của tên."))
        self.nothing.setProperty("role", "muted")
        box = QVBoxLayout(self)
        box.setContentsMargins(look.GAP, look.GAP, look.GAP, look.GAP)
        box.addWidget(self.line)
        box.addWidget(self.nothing)
        box.addWidget(self.found, 1)
        self._search("")

    def open_at(self, place: QPoint, width: int) -> None:
        """Open under a place of the screen, or above the line that ends there when the screen ends too soon."""
        self.setFixedSize(width, width * 3 // 5)
        room = self.screen().availableGeometry()
        left = max(room.left(), min(place.x(), room.right() - self.width()))
        above = place.y() - self.height() - self.fontMetrics().lineSpacing() - look.GAP
        fits = place.y() + self.height() <= room.bottom()
        self.move(left, place.y() if fits else max(room.top(), above))
        self.show()
        self.line.setFocus()

    def begin_with(self, typed: str) -> None:
        """Look for this at first; typing replaces it."""
        self.line.setText(typed)
        self.line.selectAll()

    def _search(self, typed: str) -> None:
        first = self._first(typed)
        matching = [
            ((one.key not in first, place in SCATTERED, one.far, place), one)
            for one in self._candidates
            if (place := 0 if one.key in first else one.rank(typed)) is not None
        ]
        matching.sort(key=lambda pair: pair[0])
        self.found.clear()
        for _place, candidate in matching[:SHOWN_MOST]:
            line = QTreeWidgetItem([candidate.name, candidate.beside, candidate.place])
            if candidate.picture is not None:
                line.setIcon(0, look.icon(*candidate.picture))
            line.setToolTip(0, candidate.name)
            line.setToolTip(2, candidate.place)
            line.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            line.setData(0, KEY, candidate.key)
            self.found.addTopLevelItem(line)
        self.nothing.setVisible(not matching)
        self._come_to(0)

    def _come_to(self, row: int) -> None:
        last = self.found.topLevelItemCount() - 1
        line = self.found.topLevelItem(max(0, min(row, last)))
        if line is not None:
            self.found.setCurrentItem(line)

    def _choose(self, _line: QTreeWidgetItem | None = None) -> None:
        chosen = self.found.selectedItems()
        key = chosen[0].data(0, KEY) if chosen else None
        self.close()
        if isinstance(key, str):
            self.chosen.emit(key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down move through the fields found while the line keeps the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self._come_to(self.found.currentIndex().row() + step)
                return True
        return super().eventFilter(watched, event)


def _columns(placed: bool) -> QTreeWidget:
    """Name and what stands beside it; with the place as a third column."""
    made = QTreeWidget()
    made.setAccessibleName(_("Kết quả tìm"))
    made.setProperty("role", "plain")
    made.setColumnCount(3 if placed else 2)
    made.setHeaderHidden(True)
    made.setRootIsDecorated(False)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    made.header().setStretchLastSection(False)
    made.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    made.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
    if placed:
        made.setTextElideMode(Qt.TextElideMode.ElideRight)
        for column in (1, 2):
            made.header().setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            made.header().resizeSection(column, PALETTE_WIDTH // 4)
    return made
