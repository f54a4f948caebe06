"""The texts of an item's footnotes, under its narrative, in the order of their marks."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from dcs_desktop.core.narrative import Inline, NoteMark, Paragraph, Prose
from dcs_desktop.i18n import _
from dcs_desktop.ui import look
from dcs_desktop.ui.prose_area import ProseArea
from dcs_desktop.ui.small_parts import small_button

Notes = Mapping[str, tuple[Paragraph, ...]]


class NoteList(QWidget):
    """The footnotes of one text.

    A footnote whose mark is deleted while typing is put away, not lost: undoing
    brings both back. One that came without a mark stays in sight until it is removed.
    """

    def __init__(self, make_area: Callable[[str], ProseArea]) -> None:
        super().__init__()
        self._make_area = make_area
        self._order: tuple[str, ...] = ()
        self._stray: set[str] = set()
        self._rows: dict[str, QWidget] = {}
        self._numbers: dict[str, QLabel] = {}
        self.areas: dict[str, ProseArea] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(look.WIDE, 0, 0, 0)
        self._box.setSpacing(look.HALF)

    def show_notes(self, notes: Notes, marked: Sequence[str]) -> None:
        """Show these footnotes in place of all others."""
        for id in tuple(self.areas):
            self._drop(id)
        self._order = ()
        for id, texts in notes.items():
            self.add(id, texts)
        self._stray = set(notes) - set(marked)
        for id in marked:
            if id not in self.areas:
                self.add(id, ())
        self.arrange(tuple(marked))

    def add(self, id: str, texts: tuple[Paragraph, ...]) -> ProseArea:
        """Take in a footnote, or show another text in one that is there."""
        if id not in self.areas:
            self._make_row(id)
        if texts or not self.areas[id].paragraphs():
            self.areas[id].show_paragraphs(texts)
        return self.areas[id]

    def _make_row(self, id: str) -> None:
        area = self._make_area(id)
        row, number = QWidget(), QLabel()
        number.setFixedWidth(look.WIDE)
        number.setContentsMargins(0, look.GAP, 0, 0)
        number.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        number.setProperty("role", "muted")
        away = small_button("x", _("Xóa chú thích không còn dấu trong bài"))
        away.clicked.connect(lambda: self._remove(id))
        box = QHBoxLayout(row)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
        box.addWidget(area, 1)
        box.addWidget(away, 0, Qt.AlignmentFlag.AlignTop)
        away.setObjectName("away")
        self.areas[id], self._rows[id], self._numbers[id] = area, row, number
        self._box.addWidget(row)

    def _remove(self, id: str) -> None:
        self._stray.discard(id)
        area = self.areas[id]
        self._drop(id)
        area.edited.emit()

    def _drop(self, id: str) -> None:
        row = self._rows.pop(id)
        self._numbers.pop(id)
        self.areas.pop(id)
        self._box.removeWidget(row)
        row.hide()
        row.deleteLater()

    def arrange(self, marked: tuple[str, ...]) -> bool:
        """Stand in the order of the marks; whether that is another order than before."""
        changed = marked != self._order
        self._order = marked
        for place, id in enumerate(marked):
            if id in self._rows:
                self._box.insertWidget(place, self._rows[id])
        for id, row in self._rows.items():
            stray = id in self._stray and id not in marked
            self._numbers[id].setText("?" if stray else str(self.number(id)))
            self._numbers[id].setToolTip(_("Chú thích không còn dấu trong bài") if stray else "")
            away = row.findChild(QWidget, "away")
            if away is not None:
                away.setVisible(stray)
            row.setVisible(stray or id in marked)
        self.setVisible(any(not row.isHidden() for row in self._rows.values()))
        return changed

    def number(self, id: str) -> int:
        """The number of a footnote in this text, 0 for one without a mark."""
        return self._order.index(id) + 1 if id in self._order else 0

    def kept(self, marked: Sequence[str]) -> dict[str, tuple[Paragraph, ...]]:
        """The texts of marked footnotes in the order of their marks, then those that came without a mark."""
        ids = [id for id in marked if id in self.areas]
        ids += [id for id in self.areas if id in self._stray and id not in marked]
        return {id: self.areas[id].paragraphs() for id in ids}


def fresh_id(taken: Container[str]) -> str:
    """The first free number as the id of a footnote."""
    number = 1
    while str(number) in taken:
        number += 1
    return str(number)


def renamed(prose: Prose, standing: Container[str], taken: Iterable[str]) -> Prose:
    """A pasted passage whose footnotes' ids do not meet those that stand in the text.

    A footnote that was cut out here keeps its id, so that cutting and pasting moves it.
    """
    names: dict[str, str] = {}
    for id in prose.notes:
        names[id] = fresh_id({*taken, *names.values()}) if id in standing else id
    paragraphs = (
        replace(p, inlines=tuple(_renamed(inline, names) for inline in p.inlines)) for p in prose.paragraphs
    )
    return Prose(tuple(paragraphs), {names[id]: texts for id, texts in prose.notes.items()})


def _renamed(inline: Inline, names: Mapping[str, str]) -> Inline:
    return NoteMark(names.get(inline.id, inline.id)) if isinstance(inline, NoteMark) else inline
