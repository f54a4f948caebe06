"""Finding a field or figure by any part of its name, typed without marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from dcs_desktop.core.form import Figure
from dcs_desktop.core.linked import shown_link
from dcs_desktop.core.narrative import Link
from dcs_desktop.core.text import rank
from dcs_desktop.i18n import _
from dcs_desktop.ui import look

if TYPE_CHECKING:
    from dcs_desktop.ui.prose_area import ProseArea
    from dcs_desktop.workspace import Workspace

SEARCH_WIDTH: Final = 560
KEY: Final = Qt.ItemDataRole.UserRole.value
ALSO: Final = 8
PALETTE_WIDTH: Final = 760
SHOWN_MOST: Final = 40
STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that can be found: its key, its name, what stands beside it, and where it is.

    ``also`` is found too, after everything whose name answers; ``picture`` is an icon and its colour.
    """

    key: str
    name: str
    beside: str
    place: str = ""
    also: str = ""
    picture: tuple[str, str] | None = None

    def rank(self, typed: str) -> int | None:
        """How well it answers what is typed, lower is better; None when it does not."""
        found = rank(typed, self.name)
        if found is None and self.also:
            found = rank(typed, f"{self.also} {self.name}")
            return None if found is None else found + ALSO
        return found


class FieldSearch(QFrame):
    """A line to type in and the fields found; it closes when one is chosen or on Escape."""

    chosen = Signal(str)

    def __init__(self, candidates: Sequence[Candidate], hint: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._candidates = candidates
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
        box = QVBoxLayout(self)
        box.setContentsMargins(look.GAP, look.GAP, look.GAP, look.GAP)
        box.addWidget(self.line)
        box.addWidget(self.found)
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

    def _search(self, typed: str) -> None:
        ranked = ((candidate.rank(typed), candidate) for candidate in self._candidates)
        matching = [(place, candidate) for place, candidate in ranked if place is not None]
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


def linkable(workspace: Workspace) -> tuple[Candidate, ...]:
    """Every figure that a text can hold, with what it prints now."""
    return tuple(_links(workspace))


def _links(workspace: Workspace) -> Iterator[Candidate]:
    form = workspace.form
    for figure in form.figures.values():
        for key, name in _linkable_keys(figure, workspace):
            yield Candidate(key, name, _printed(key, workspace))
    for table in form.tables.values():
        name = _("{label} (số dòng)").format(label=table.label)
        yield Candidate(table.id, name, _printed(table.id, workspace))


def _linkable_keys(figure: Figure, workspace: Workspace) -> Iterator[tuple[str, str]]:
    yield figure.id, figure.label
    if figure.pair:
        for key in (*figure.base_keys, f"{figure.id}.percent"):
            yield key, workspace.form.fields[key].label


def _printed(key: str, workspace: Workspace) -> str:
    return shown_link(Link(key, unit=True), workspace.form, workspace.figures, workspace.answers)


def offer_links(workspace: Workspace, area: ProseArea) -> None:
    """Find a figure and put it into a text as a linked figure."""

    def put(key: str) -> None:
        area.insert_link(Link(key))
        area.setFocus()

    search = FieldSearch(linkable(workspace), _("Tìm số liệu để chèn, gõ không dấu cũng được"), area)
    search.chosen.connect(put)
    search.open_at(area.viewport().mapToGlobal(area.cursorRect().bottomLeft()), SEARCH_WIDTH)
