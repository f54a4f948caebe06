"""Pages of a PDF one under another, with places on them that can be gone to and read off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtPdfWidgets import QPdfView

from dcs_desktop.ui import look

if TYPE_CHECKING:
    from dcs_desktop.printing import Spot

POINTS: Final = 72
# What begins above this part of the view is what is being read.
READ_ABOVE: Final = 4


class PageView(QPdfView):
    """Qt's view of the pages; a place is a page from 0 with points from its upper edge."""

    def __init__(self) -> None:
        super().__init__()
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self._gone_to: tuple[str, int] = ("", -1)

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

    def top_of(self, spot: Spot) -> int:
        """How far under the beginning of the first page a place stands."""
        above = sum(self.page_size(page).height() + self.pageSpacing() for page in range(spot.page))
        points = self.document().pagePointSize(spot.page).height()
        within = spot.top * self.page_size(spot.page).height() / points
        return self.documentMargins().top() + above + round(within)

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
