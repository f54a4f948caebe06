"""The order in which Tab leads through a page: that of its layouts, also for fields made later."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLayout, QWidget

BY_TAB = Qt.FocusReason.TabFocusReason
BY_BACKTAB = Qt.FocusReason.BacktabFocusReason


def tab_stops(widget: QWidget) -> Iterator[QWidget]:
    """What Tab stops at in a widget, as it is laid out."""
    if widget.isHidden() or not widget.isEnabled():
        return
    if takes_tab(widget):
        yield widget
    layout = widget.layout()
    if layout is not None:
        yield from _stops_of(layout)


def _stops_of(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        part = layout.itemAt(place)
        inside = None if part is None else part.widget()
        if inside is not None:
            yield from tab_stops(inside)
        elif part is not None and (below := part.layout()) is not None:
            yield from _stops_of(below)


def takes_tab(widget: QWidget) -> bool:
    """Whether Tab stops at a widget."""
    return (widget.focusPolicy() & Qt.FocusPolicy.TabFocus) == Qt.FocusPolicy.TabFocus


def step(inside: QWidget, forward: bool) -> QWidget | None:
    """Go to what comes next (or before) in a widget; None where it ends, and the focus stays."""
    stops = list(tab_stops(inside))
    focused = QApplication.focusWidget()
    place = stops.index(focused) + (1 if forward else -1) if focused in stops else -1
    if not 0 <= place < len(stops):
        return None
    stops[place].setFocus(BY_TAB if forward else BY_BACKTAB)
    return stops[place]


def leave(page: QWidget, forward: bool) -> bool:
    """Go from a page to what comes after (or before) it in the window; whether there is anything."""
    start = QApplication.focusWidget() or page
    found = _beside(start, forward)
    while found is not None and found is not start:
        if not page.isAncestorOf(found) and takes_tab(found) and found.isVisible() and found.isEnabled():
            found.setFocus(BY_TAB if forward else BY_BACKTAB)
            return True
        found = _beside(found, forward)
    return False


def _beside(widget: QWidget, forward: bool) -> QWidget | None:
    return widget.nextInFocusChain() if forward else widget.previousInFocusChain()
