"""Pages of a PDF one under another, with places on them that can be gone to and read off."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtPdfWidgets import QPdfView

from dcs_desktop.ui import look

if TYPE_CHECKING:
    from dcs_desktop.printing import Spot

POINTS: Final = 72
# What begins above this part of the view is what is being read.
READ_ABOVE: Final = 4


class PageView(QPdfView):
    """Qt's view of the pages; a place is a page from 0 with points from its upper edge.

    ``pointed`` with page and points where it was double clicked, or is read when Enter is pressed.
    """

    pointed = Signal(int, float)

    def __init__(self) -> None:
        super().__init__()
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self._gone_to: tuple[str, int] = ("", -1)
        self._tops: tuple[float, ...] = ()
        self._measured: tuple[object, ...] = ()

    def page_size(self, page: int) -> QSize:
        """A page in points of the screen, as it is laid out now."""
        dots = QGuiApplication.primaryScreen().logicalDotsPerInch() / POINTS
        points = self.document().pagePointSize(page) * dots
        if self.zoomMode() is QPdfView.ZoomMode.Custom:
            return (points * self.zoomFactor()).toSize()
        margins = self.documentMargins()
        size = points.toSize()
        room = self.viewport().width() - margins.left() - margins.right()
        return QSize(room, round(size.height() * room / size.width()))

    def _page_tops(self) -> tuple[float, ...]:
        """How far under the beginning of the first page each page begins, and where the last one ends."""
        pages = self.document().pageCount()
        measured = (pages, self.zoomMode(), self.zoomFactor(), self.viewport().width(), self.pageSpacing())
        if measured != self._measured:
            self._measured = measured
            tall = (self.page_size(page).height() + self.pageSpacing() for page in range(pages))
            self._tops = tuple(accumulate(tall, initial=self.documentMargins().top()))
        return self._tops

    def top_of(self, spot: Spot) -> int:
        """How far under the beginning of the first page a place stands."""
        points = self.document().pagePointSize(spot.page).height()
        within = spot.top * self.page_size(spot.page).height() / points
        return round(self._page_tops()[spot.page]) + round(within)

    def place_at(self, point: QPoint) -> tuple[int, float]:
        """The page at a point of the view, and the points from its upper edge."""
        tops, down = self._page_tops(), point.y() + self.verticalScrollBar().value()
        page = min(max(bisect_right(tops, down) - 1, 0), self.document().pageCount() - 1)
        scale = self.document().pagePointSize(page).height() / self.page_size(page).height()
        return page, (down - tops[page]) * scale

    def go_to(self, id: str, spot: Spot) -> None:
        """Bring a place to the top of the view, as far as the pages let it."""
        bar = self.verticalScrollBar()
        bar.setValue(self.top_of(spot) - look.GAP)
        self._gone_to = (id, bar.value())

    def reading(self, spots: Mapping[str, Spot]) -> str:
        """Which of some places, in the order of the pages, is being read; "" when there are none."""
        asked, where = self._gone_to
        now = self.verticalScrollBar().value()
        if asked in spots and where == now:
            return asked
        line = now + self.viewport().height() // READ_ABOVE
        begun = [id for id, spot in spots.items() if self.top_of(spot) <= line]
        return (begun or list(spots) or [""])[-1 if begun else 0]

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click asks for what stands there."""
        if event.button() is Qt.MouseButton.LeftButton and self.document().pageCount():
            self.pointed.emit(*self.place_at(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks for what is read."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.document().pageCount():
            asked, where = self._gone_to
            exact = asked and where == self.verticalScrollBar().value()
            down = look.GAP + 1 if exact else self.viewport().height() // READ_ABOVE
            self.pointed.emit(*self.place_at(QPoint(0, down)))
        else:
            super().keyPressEvent(event)
