"""Pictures of figures in the window, painted with the theme's colours; each is told in words to screen readers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dcs_desktop.core.picture import Look, Picture, Words
from dcs_desktop.core.picture_layout import Box, Drawing, Said, drawn
from dcs_desktop.i18n import _
from dcs_desktop.ui import look

NARROWEST: Final = 220
FILLS: Final = {Look.NOW: "accent", Look.LAST: "accent_soft", Look.MISSING: "surface"}
EDGES: Final = {Look.NOW: "accent", Look.LAST: "accent", Look.MISSING: "muted"}
INK: Final = {"title": "text", "plain": "text", "muted": "muted"}


class PictureView(QWidget):
    """Pictures one under another, as wide as there is room and as tall as they need."""

    def __init__(self) -> None:
        super().__init__()
        self.pictures: tuple[Picture, ...] = ()
        self._plans: list[Drawing] = []
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(_("Hình của số liệu"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_pictures(self, pictures: Sequence[Picture]) -> None:
        """Show these pictures."""
        self.pictures = tuple(pictures)
        self.setAccessibleDescription("\n".join(picture.told for picture in pictures))
        self._plan()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._plan()

    def _plan(self) -> None:
        metrics = self.fontMetrics()
        width, line = max(self.width(), NARROWEST), metrics.height() * 1.25
        self._plans = [
            drawn(picture, width - look.GAP, line, lambda words: metrics.horizontalAdvance(words) * 1.04)
            for picture in self.pictures
        ]
        self.setFixedHeight(int(sum(plan.height + look.GAP for plan in self._plans)) + look.GAP)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(NARROWEST, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(event.rect(), look.colour("surface"))
            painter.translate(look.HALF, look.HALF)
            for plan in self._plans:
                _paint(painter, plan)
                painter.translate(0, plan.height + look.GAP)
            painter.resetTransform()
            if self.hasFocus():
                painter.setPen(QPen(look.colour("accent"), look.HAIR))
                painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))


def _paint(painter: QPainter, plan: Drawing) -> None:
    painter.setPen(QPen(look.colour("line"), 1))
    for line in plan.lines:
        painter.drawLine(QPointF(line.x, line.top), QPointF(line.x, line.bottom))
    for box in plan.boxes:
        _paint_bar(painter, box)
    height = painter.fontMetrics().height()
    for said in plan.words:
        _paint_words(painter, said, height)


def _paint_bar(painter: QPainter, box: Box) -> None:
    dashes = Qt.PenStyle.DashLine if box.look is Look.MISSING else Qt.PenStyle.SolidLine
    painter.setPen(QPen(look.colour(EDGES[box.look]), 1, dashes))
    painter.setBrush(look.colour(FILLS[box.look]))
    painter.drawRect(QRectF(box.x, box.y, box.width, box.height))


def _paint_words(painter: QPainter, said: Said, height: float) -> None:
    font = painter.font()
    font.setBold(said.role == "title")
    painter.setFont(font)
    wide = painter.fontMetrics().horizontalAdvance(said.words) + 2
    left = {"left": said.x, "right": said.x - wide, "middle": said.x - wide / 2}[said.align]
    painter.setPen(look.colour(INK[said.role]))
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
    painter.drawText(QRectF(left, said.y - height / 2, wide, height), flags, said.words)


def window_words() -> Words:
    """The words of pictures in the window's language."""
    return Words(
        missing=_("chưa có"),
        lacking=_("Gồm {there}/{all} đơn vị; các đơn vị khác chưa có số liệu."),
        whole=_("Gồm đủ {all} đơn vị."),
        filed=_("Đã nhận báo cáo của {there}/{all} đơn vị."),
        no_number=_("Chưa có số liệu"),
        above=_("Trên 0 đến dưới {most}"),
        between=_("Từ {least} đến dưới {most}"),
        upward=_("Từ {least} đến {most}"),
        grouped=_("{title}: số đơn vị theo mức"),
        units=_("{count} đơn vị"),
        told=_("{title}. {bars}. {note}"),
    )
