"""Finding a field or figure by any part of its name, typed without marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from dcs_desktop.core.form import Figure
from dcs_desktop.core.linked import shown_link
from dcs_desktop.core.narrative import Link
from dcs_desktop.core.text import rank
from dcs_desktop.i18n import _
from dcs_desktop.ui import look

if TYPE_CHECKING:
    from dcs_desktop.workspace import Workspace

KEY: Final = Qt.ItemDataRole.UserRole.value
SHOWN_MOST: Final = 40
STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that can be found: its key, its name, and what stands beside it."""

    key: str
    name: str
    beside: str


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
        self.found = QListWidget()
        self.found.setAccessibleName(_("Kết quả tìm"))
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.found.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.found.itemClicked.connect(self._choose)
        box = QVBoxLayout(self)
        box.setContentsMargins(look.GAP, look.GAP, look.GAP, look.GAP)
        box.addWidget(self.line)
        box.addWidget(self.found)
        self._search("")

    def open_at(self, place: QPoint, width: int) -> None:
        """Open with the upper left corner at a place of the screen."""
        self.setFixedSize(width, width * 3 // 4)
        self.move(place)
        self.show()
        self.line.setFocus()

    def _search(self, typed: str) -> None:
        ranked = ((rank(typed, candidate.name), candidate) for candidate in self._candidates)
        matching = [(place, candidate) for place, candidate in ranked if place is not None]
        matching.sort(key=lambda pair: pair[0])
        self.found.clear()
        for _place, candidate in matching[:SHOWN_MOST]:
            line = QListWidgetItem(f"{candidate.name}    {candidate.beside}")
            line.setToolTip(candidate.name)
            line.setData(KEY, candidate.key)
            self.found.addItem(line)
        self.found.setCurrentRow(0)

    def _choose(self, _line: QListWidgetItem | None = None) -> None:
        row = self.found.currentRow()
        key = self.found.item(row).data(KEY) if row >= 0 else None
        self.close()
        if isinstance(key, str):
            self.chosen.emit(key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down move through the fields found while the line keeps the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = STEPS.get(Qt.Key(event.key()))
            if step is not None:
                row = self.found.currentRow() + step
                self.found.setCurrentRow(max(0, min(row, self.found.count() - 1)))
                return True
        return super().eventFilter(watched, event)


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


def findable(workspace: Workspace) -> tuple[Candidate, ...]:
    """Every field, narrative and table of the form, with the item it stands in."""
    form = workspace.form
    figures = ((figure.base_keys[0], figure.label) for figure in form.figures.values())
    items = ((item.id, item.prompt) for item in form.items.values() if item.prose)
    tables = ((table.id, table.label) for table in form.tables.values())
    found = [*figures, *items, *tables]
    return tuple(Candidate(key, name, form.place_of(key)) for key, name in found)
