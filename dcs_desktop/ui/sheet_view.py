"""One printed page as a picture, as wide as there is room, with a bar beside what is being typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from dcs_desktop.ui import look

if TYPE_CHECKING:
    from dcs_desktop.printing import Stretch

EDGE: Final = look.GAP
BAR: Final = 3
BAR_AWAY: Final = 9.0
ABOVE: Final = 3
STEP: Final = 48


@dataclass(frozen=True, slots=True)
class Picture:
    """A page drawn: its image, its size and the left edge of its text in points, what to mark on it."""

    image: QImage
    size: QSize
    left: float
    marked: tuple[Stretch, ...]


class SheetView(QAbstractScrollArea):
    """Shows one page; ``pointed`` with the points from its upper edge where it was clicked, or read by Enter.

    ``widened`` tells that the page has another width now, ``past_end`` that the reader scrolls on (1) or back (-1).
    """

    pointed = Signal(float)
    widened = Signal()
    past_end = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._picture: Picture | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().setSingleStep(STEP)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def page_width(self) -> int:
        """How wide a page is drawn, in the screen's own dots."""
        return max(round((self.viewport().width() - 2 * EDGE) * self.devicePixelRatioF()), 1)

    @property
    def picture(self) -> Picture | None:
        """What is shown."""
        return self._picture

    def show_picture(self, picture: Picture) -> None:
        """Show a page; it scrolls only where what is marked would not be seen."""
        self._picture = picture
        self._fit()
        self.viewport().update()
        if picture.marked:
            self._bring(picture.marked)

    @property
    def _scale(self) -> float:
        """Points of the screen to a point of the page."""
        width = self._picture.size.width() if self._picture is not None else 1
        return max(self.viewport().width() - 2 * EDGE, 1) / width

    def _fit(self) -> None:
        if self._picture is not None:
            tall = round(self._picture.size.height() * self._scale) + 2 * EDGE
            bar = self.verticalScrollBar()
            bar.setPageStep(self.viewport().height())
            bar.setRange(0, max(tall - self.viewport().height(), 0))

    def _bring(self, marked: tuple[Stretch, ...]) -> None:
        top = EDGE + marked[0].top * self._scale
        bottom = EDGE + min(marked[0].bottom, marked[0].top + 100) * self._scale
        bar, tall = self.verticalScrollBar(), self.viewport().height()
        if top < bar.value() or bottom > bar.value() + tall:
            bar.setValue(round(top - tall / ABOVE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A page is as wide as there is room."""
        self._fit()
        if event.size().width() != event.oldSize().width():
            self.widened.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The page, and the bar in its margin."""
        painter = QPainter(self.viewport())
        if self._picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.translate(EDGE, EDGE - self.verticalScrollBar().value())
            size = self._picture.size
            whole = QRectF(0, 0, size.width() * self._scale, size.height() * self._scale)
            painter.fillRect(whole, Qt.GlobalColor.white)
            painter.drawImage(whole, self._picture.image)
            focused = self.hasFocus()
            painter.setPen(QPen(look.colour("accent" if focused else "edge"), look.HAIR if focused else 1))
            painter.drawRect(whole)
            at = (self._picture.left - BAR_AWAY) * self._scale - BAR
            for stretch in self._picture.marked:
                top, bottom = stretch.top * self._scale, stretch.bottom * self._scale
                painter.fillRect(QRectF(at, top, BAR, bottom - top), QColor(look.LIGHT.accent))
        painter.end()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Draw what is seen now."""
        self.viewport().update()

    def _points_at(self, place: QPointF) -> float:
        return (place.y() + self.verticalScrollBar().value() - EDGE) / self._scale

    def point_of(self, stretch: Stretch) -> QPoint:
        """The middle of something printed on the page, in the view as it is scrolled now."""
        middle = (stretch.top + stretch.bottom) / 2 * self._scale + EDGE - self.verticalScrollBar().value()
        return QPoint(self.viewport().width() // 2, round(middle))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click asks for what stands there."""
        if event.button() is Qt.MouseButton.LeftButton and self._picture is not None:
            self.pointed.emit(self._points_at(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks for what is read; the keys that scroll turn the page at its end."""
        bar = self.verticalScrollBar()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._picture is not None:
            self.pointed.emit(self._points_at(QPointF(0, self.viewport().height() / ABOVE)))
        elif event.key() == Qt.Key.Key_PageDown and bar.value() == bar.maximum():
            self.past_end.emit(1)
        elif event.key() == Qt.Key.Key_PageUp and bar.value() == bar.minimum():
            self.past_end.emit(-1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The page that has the focus shows it by its edge."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The focus is elsewhere."""
        super().focusOutEvent(event)
        self.viewport().update()
