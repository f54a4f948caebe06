"""Where the hand is in a report, and what it has typed there that is not saved yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from dcs_desktop.core.form import Form, Item
from dcs_desktop.core.narrative import NoteMark, write
from dcs_desktop.ui.editors import LineEditor
from dcs_desktop.ui.prose_area import ProseArea

if TYPE_CHECKING:
    from dcs_desktop.printing import Stretch
    from dcs_desktop.ui.item_block import ItemBlock
    from dcs_desktop.ui.narrative_editor import NarrativeEditor


@dataclass(frozen=True, slots=True)
class Hand:
    """A place in the report: an item, the figure or table row in it, or the printed block of its narrative.

    ``field`` is what is being typed into, ``typed`` its text as it stands; both "" where nothing is.
    """

    item: str
    key: str = ""
    part: int = -1
    field: str = ""
    typed: str = ""

    def marks(self, stretch: Stretch) -> bool:
        """Whether something printed is what the hand is at."""
        if self.key:
            return stretch.key == self.key
        return stretch.place == self.item and not stretch.key and stretch.part == self.part


def first_shown(form: Form, changed: frozenset[str]) -> str:
    """Where to go after keys changed: the first item, cell or field that is typed; "" for none."""
    entered = (key for key, field in form.fields.items() if key in changed and field.formula is None)
    items = (key for key in form.items if key in changed)
    cells = sorted(key for key in changed if "/" in key)
    return next(iter((*items, *cells, *entered)), "")


def hand_in(block: ItemBlock, widget: QWidget) -> Hand:
    """The hand in a widget of an item."""
    narrative, item = block.narrative, block.item
    if narrative is not None and narrative.isAncestorOf(widget):
        part = _lead(item) + _paragraph(narrative, widget)
        return Hand(item.id, "", part, item.id, write(narrative.prose()))
    field = widget.objectName()
    if isinstance(widget, LineEditor):
        return Hand(item.id, _printed_key(item, field), field=field, typed=widget.text())
    return Hand(item.id, _printed_key(item, field))


def _lead(item: Item) -> int:
    """How many blocks are printed above an item's own words."""
    return int(item.printed != "no")


def _paragraph(narrative: NarrativeEditor, widget: QWidget) -> int:
    """Which printed paragraph is being typed; in a footnote, the one that bears its mark."""
    area = narrative.area
    if widget is area:
        before = area.textCursor().block()
        return sum(bool(text.strip()) for text in _texts(area, before.blockNumber()))
    marked = next((id for id, note in narrative.notes.areas.items() if note is widget), "")
    bearing = (any(NoteMark(marked) == inline for inline in p.inlines) for p in area.paragraphs())
    return next((number for number, bears in enumerate(bearing) if bears), 0)


def _texts(area: ProseArea, blocks: int) -> Sequence[str]:
    return [area.document().findBlockByNumber(number).text() for number in range(blocks)]


def _printed_key(item: Item, field: str) -> str:
    """The figure or the row of a table that a field is printed in."""
    if "/" in field:
        return "/".join(field.split("/")[:2])
    for figure in item.figures:
        if any(part.key == field for part in figure.fields):
            return figure.id
    return ""


def put_hand(block: ItemBlock, stretch: Stretch) -> None:
    """Put the cursor to the beginning of the paragraph that is printed there."""
    narrative, wanted = block.narrative, stretch.part - _lead(block.item)
    if narrative is None or stretch.key or wanted < 0:
        return
    area = narrative.area
    for number, text in enumerate(_texts(area, area.document().blockCount())):
        wanted -= bool(text.strip())
        if wanted < 0:
            area.setTextCursor(QTextCursor(area.document().findBlockByNumber(number)))
            return
