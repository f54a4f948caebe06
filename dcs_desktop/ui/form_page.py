"""The form of one section: its items one under another, and the way from field to field."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from dcs_desktop.core.form import Section
from dcs_desktop.ui import look, tab_order
from dcs_desktop.ui.editors import focus
from dcs_desktop.ui.entry import Entry
from dcs_desktop.ui.hand import Hand, hand_in, put_hand
from dcs_desktop.ui.item_block import SCREENFUL, ItemBlock, Stop, by_key
from dcs_desktop.ui.own_additions import adding
from dcs_desktop.ui.prose_area import ProseArea
from dcs_desktop.ui.small_parts import words

if TYPE_CHECKING:
    from dcs_desktop.printing import Stretch
    from dcs_desktop.ui.narrative_editor import NarrativeEditor

# What is below the screen is built when that has been painted.
PAINTED_MS: Final = 20
# So few that a key pressed meanwhile does not wait.
ROWS_EACH_TURN: Final = 4
ARRIVING_MS: Final = 500


class FormPage(QScrollArea):
    """One section to fill; its first items are built at once, the others as soon as those are seen.

    ``past_end`` asks for the section after (1) or before (-1) this one,
    ``link_asked`` carries the text that wants a linked figure.
    """

    past_end = Signal(int)
    link_asked = Signal(object)

    def __init__(self, section: Section, entry: Entry) -> None:
        super().__init__()
        self.section, self._entry = section, entry
        self.blocks: list[ItemBlock] = []
        self._unbuilt = list(section.items)
        self._last_fits = True
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._place: Callable[[], None] | None = None
        self._arrived = QTimer(self, singleShot=True, interval=ARRIVING_MS)
        self._arrived.timeout.connect(self._settle)
        self.verticalScrollBar().actionTriggered.connect(self._let_go)
        self._page = QWidget()
        self._page.setObjectName("page")
        self._page.installEventFilter(self)
        box = QVBoxLayout(self._page)
        box.setContentsMargins(look.PAGE, look.WIDE, look.PAGE, look.PAGE)
        box.setSpacing(look.WIDE)
        for text, role in self._heads():
            box.addWidget(words(text, role))
        box.addStretch(1)
        self._foot = self._add_foot(box)
        self.setWidget(self._page)
        self._box = box
        self._grow = QTimer(self, singleShot=True, interval=PAINTED_MS)
        self._grow.timeout.connect(self._go_on)
        self._fill_screen()

    def _add_foot(self, box: QVBoxLayout) -> int:
        """Where the unit may add something of its own; how many parts stand below the items."""
        if self._entry.closed is not None:
            return 1
        box.insertWidget(box.count() - 1, adding(self.section, self._entry))
        return 2

    def _build_next(self, room: int = 0) -> None:
        """Build one more item, with ``room`` lines of the screen left for it; the rest follow one by one."""
        block = ItemBlock(self._unbuilt.pop(0), self._entry, room)
        block.stops_changed.connect(self._tie_stops)
        if block.narrative is not None:
            block.narrative.link_asked.connect(self.link_asked)
            block.narrative.cursor_moved.connect(self._follow_cursor)
            block.narrative.previous_asked.connect(partial(self._step, block.narrative.area, -1))
            block.narrative.next_asked.connect(partial(self._step, block.narrative.area, 1))
        self.blocks.append(block)
        self._box.insertWidget(self._box.count() - self._foot, block)
        block.show_values(frozenset(), by_key(self._entry.workspace))
        self._tie_stops()
        self._fit_columns()
        self._grow.start()

    def _go_on(self) -> None:
        """Build on, a little at a time; a page that was left waits until it is seen again."""
        if not self.isVisible():
            return
        begun = next((block for block in self.blocks if block.begun), None)
        if begun is not None:
            begun.build_rest(ROWS_EACH_TURN)
            begun.show_last(self._last_fits)
            if not begun.begun:
                self._fit_columns()
        elif self._unbuilt:
            self._build_next()
        if self._unfinished():
            self._grow.start()

    def _finish(self) -> None:
        """Build what is left of the items that were begun."""
        begun = [block for block in self.blocks if block.begun]
        for block in begun:
            block.build_rest()
        if begun:
            self._fit_columns()

    def _unfinished(self) -> bool:
        return bool(self._unbuilt) or any(block.begun for block in self.blocks)

    def showEvent(self, event: QShowEvent) -> None:
        """Go on building what was not built when the page was left."""
        super().showEvent(event)
        if self._unfinished():
            self._grow.start()

    def build_all(self) -> None:
        """Build what was not built yet."""
        while self._unbuilt:
            self._build_next()
        self._finish()

    def _build_to(self, item: str) -> None:
        """Build all that stands over an item, and what is seen from it on."""
        while any(waiting.id == item for waiting in self._unbuilt):
            self._finish()
            self._build_next(SCREENFUL)
        self._fill_screen(item)

    def _fill_screen(self, item: str = "") -> None:
        """Build what a screen shows from an item on, from the first one where none is named."""
        ids = [block.item.id for block in self.blocks]
        seen = self.blocks[ids.index(item) if item in ids else 0 :]
        lines = sum(block.lines() for block in seen)
        while self._unbuilt and lines < SCREENFUL:
            self._build_next(SCREENFUL - lines)
            lines += self.blocks[-1].lines()

    def _heads(self) -> Iterator[tuple[str, str]]:
        """The titles of the sections this one stands in, then its own."""
        sections = {each.id: each for each in self._entry.workspace.form.sections}
        above, under = [], self.section.under
        while under:
            above.append(sections[under])
            under = sections[under].under
        for section in reversed(above):
            yield f"{section.number}. {section.title}", "muted"
        yield f"{self.section.number}. {self.section.title}", "heading"

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the columns do not fit beside one another, last period's is left to the right pane."""
        super().resizeEvent(event)
        self._last_fits = True
        self._fit_columns()

    def _fit_columns(self) -> None:
        for block in self.blocks:
            block.show_last(self._last_fits)
        if self._last_fits and self.isVisible():
            self._last_fits = self._page.minimumSizeHint().width() <= self.viewport().width()
            if not self._last_fits:
                self._fit_columns()

    def stops(self) -> list[Stop]:
        """The fields in the order in which Enter leads through them."""
        return [stop for block in self.blocks for stop in block.stops()]

    def _tie_stops(self) -> None:
        for stop in self.stops():
            if not isinstance(stop, ProseArea) and not stop.property("tied"):
                stop.setProperty("tied", True)
                stop.next_asked.connect(partial(self._step, stop, 1))
                stop.previous_asked.connect(partial(self._step, stop, -1))

    def _step(self, stop: Stop, by: int) -> None:
        stop.commit()
        if any(block.isAncestorOf(stop) and block.at_edge(stop) for block in self.blocks):
            self._finish()
        if stop is self.stops()[-1]:
            self.build_all()
        stops = self.stops()
        place = stops.index(stop) + by
        if 0 <= place < len(stops):
            self.go_to_stop(stops[place])
        else:
            self.past_end.emit(by)

    def let_hand_go(self) -> None:
        """Hold the hand no longer: Qt would look for its next place in here, and build the rest for that."""
        held = QApplication.focusWidget()
        if held is not None and self.isAncestorOf(held):
            held.clearFocus()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes by what is seen: reasons, footnotes and rows that came later stand in their places."""
        self._finish()
        stop = tab_order.step(self._page, next)
        if stop is None and next and self._unbuilt:
            self.build_all()
            stop = tab_order.step(self._page, next)
        if stop is None:
            return tab_order.leave(self, next)
        self._let_go()
        self.bring_into_sight(stop)
        return True

    def go_to_stop(self, stop: Stop) -> None:
        """Go to a field and bring it into sight."""
        self._let_go()
        focus(stop)
        self.bring_into_sight(stop)

    def _arrive_at(self, place: Callable[[], None]) -> None:
        """Scroll to a place now, and again while what was just built still takes its height."""
        self._place = place
        self._arrived.start()
        QTimer.singleShot(0, self, self._scroll)

    def _scroll(self) -> None:
        if self._place is not None:
            self._place()

    def _settle(self) -> None:
        """Stay at the place until every item is built, and scroll there a last time."""
        if self._unfinished():
            self._arrived.start()
            return
        self._scroll()
        self._let_go()

    def _let_go(self) -> None:
        self._place = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A page that changed its height scrolls to where it was asked to be."""
        if event.type() == QEvent.Type.Resize and self._place is not None:
            QTimer.singleShot(0, self, self._scroll)
        return super().eventFilter(watched, event)

    def wheelEvent(self, arg__1: QWheelEvent) -> None:
        """The hand scrolls: from now on the page stays where it is put."""
        self._let_go()
        super().wheelEvent(arg__1)

    def bring_into_sight(self, widget: QWidget) -> None:
        """Scroll until a widget is seen, with some of what stands around it; the row of a table may be gone by now."""
        if isValid(widget):
            self.ensureWidgetVisible(widget, 0, 3 * look.PAGE)

    def go_to_end(self, by: int) -> None:
        """Go to the first field, or coming from behind to the last."""
        if by < 0:
            self.build_all()
        stops = self.stops()
        if stops:
            self.go_to_stop(stops[0 if by > 0 else -1])

    def go_to(self, key: str) -> bool:
        """Go to a field, cell, narrative, table or item; whether it stands here."""
        self._build_to(self._entry.workspace.form.item_of.get(key.partition("/")[0], ""))
        self._finish()
        for block in self.blocks:
            found = self._found(block, key) or self._first_of(block, key)
            if found is not None:
                focus(found)
                self._arrive_at(partial(self._bring_well_into_sight, found))
                return True
        return False

    def _bring_well_into_sight(self, widget: QWidget) -> None:
        """Scroll until a field is seen with what is said under it, though the field alone is seen already."""
        self.bring_into_sight(widget)
        if isValid(widget) and widget.height() < self.viewport().height() // 2:
            below = widget.mapTo(self._page, widget.rect().bottomLeft()).y() + 3 * look.PAGE
            self.ensureVisible(0, below, 0, 0)

    def _follow_cursor(self, area: ProseArea) -> None:
        """Keep the line that is typed in sight while its field grows."""
        if area.hasFocus():
            QTimer.singleShot(0, self, partial(self._bring_cursor_into_sight, area))

    def _bring_cursor_into_sight(self, area: ProseArea) -> None:
        for place in (area.cursorRect().topLeft(), area.cursorRect().bottomLeft()):
            point = area.viewport().mapTo(self._page, place)
            self.ensureVisible(0, point.y(), 0, look.PAGE)

    def show_item(self, item: str) -> None:
        """Bring an item's prompt to the top."""
        self._build_to(item)
        for block in self.blocks:
            if block.item.id == item:
                self._arrive_at(partial(self._bring_to_top, block))

    def narrative(self, item: str) -> NarrativeEditor | None:
        """The narrative of an item that stands here."""
        self._build_to(item)
        return next((block.narrative for block in self.blocks if block.item.id == item), None)

    def enter_item(self, id: str) -> None:
        """Go to the first field of an item, or of the page when it is no item of it."""
        named = [block for block in self.blocks if block.item.id == id]
        stops = [stop for block in named or self.blocks for stop in block.stops()]
        if stops:
            focus(stops[0])

    def _bring_to_top(self, block: QWidget) -> None:
        first = block is self.blocks[0]
        self.verticalScrollBar().setValue(0 if first else block.y() - look.WIDE)

    def _found(self, block: ItemBlock, key: str) -> QWidget | None:
        for table in block.tables:
            table.lay_to(key)
        for stop in block.stops():
            if stop.objectName() == key or ("/" in key and stop.objectName().startswith(f"{key}/")):
                return stop
        for row in block.rows:
            if any(field.key == key for field in row.figure.fields) or row.figure.id == key:
                return row.editors[0] if row.editors else row.menu
        for table in block.tables:
            if table.table.id == key:
                return table.first()
        return block.narrative.area if block.narrative is not None and block.item.id == key else None

    def _first_of(self, block: ItemBlock, item: str) -> QWidget | None:
        """Where an item begins to be filled; an item that only shows figures is its own place."""
        if block.item.id != item:
            return None
        tables = (table.first() for table in block.tables)
        return next(iter(block.stops()), None) or next(tables, block)

    def show_values(self, keys: frozenset[str]) -> None:
        """Show what changed, silently."""
        findings = by_key(self._entry.workspace)
        for block in self.blocks:
            block.show_values(keys, findings)

    def show_beside(self) -> None:
        """Another earlier report stands beside the figures."""
        for block in self.blocks:
            block.show_beside()

    def commit(self) -> None:
        """Save typing that was not saved yet."""
        for block in self.blocks:
            block.commit()

    def key_at(self, widget: QWidget | None) -> str:
        """The key of the field that a widget is, "" for none of this page."""
        return next((stop.objectName() for stop in self.stops() if stop is widget), "")

    def hand_at(self, widget: QWidget | None) -> Hand | None:
        """The hand in a widget; None for none of this page."""
        for block in self.blocks:
            if widget is not None and block.isAncestorOf(widget):
                return hand_in(block, widget)
        return None

    def put_hand(self, stretch: Stretch) -> None:
        """Put the cursor where a printed paragraph begins."""
        for block in self.blocks:
            if block.item.id == stretch.place:
                put_hand(block, stretch)

    def item_at(self, widget: QWidget | None) -> str:
        """The item that a widget belongs to, "" for none of this page."""
        for block in self.blocks:
            if widget is not None and block.isAncestorOf(widget):
                return block.item.id
        return ""
