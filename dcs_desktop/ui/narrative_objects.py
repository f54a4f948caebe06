"""How linked figures and footnote marks look in the text: chips with the printed number, raised numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPalette,
    QPyTextObject,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
)

from dcs_desktop.core.narrative import Link
from dcs_desktop.ui.narrative_document import LINK_OBJECT, MARK_OBJECT, link_of, mark_of

SIDE: Final = 5.0
RAISED: Final = 0.75
CORNER: Final = 3.0
TINT: Final = 36


class Chips(QPyTextObject):
    """Draws linked figures; ``shown`` tells what one prints at this moment."""

    def __init__(
        self, shown: Callable[[Link], str], palette: Callable[[], QPalette], parent: QObject
    ) -> None:
        super().__init__(parent)
        self.shown = shown
        self.palette = palette

    def intrinsicSize(self, doc: QTextDocument, posInDocument: int, format: QTextFormat) -> QSizeF:
        """As wide as the number with a little room on each side, as high as a line."""
        metrics = QFontMetricsF(_font(doc, format))
        return QSizeF(metrics.horizontalAdvance(self._text(format)) + 2 * SIDE, metrics.height() + 1)

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        posInDocument: int,
        format: QTextFormat,
    ) -> None:
        """A rounded field in the accent's tint with the number in it."""
        palette = self.palette()
        accent = palette.color(QPalette.ColorRole.Link)
        tint = QColor(accent)
        tint.setAlpha(TINT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tint)
        painter.drawRoundedRect(QRectF(rect).adjusted(1, 0, -1, 0), CORNER, CORNER)
        painter.setPen(accent)
        painter.setFont(_font(doc, format))
        painter.drawText(QRectF(rect), Qt.AlignmentFlag.AlignCenter, self._text(format))

    def _text(self, format: QTextFormat) -> str:
        link = link_of(format)
        return "" if link is None else self.shown(link)


class Marks(QPyTextObject):
    """Draws the marks of footnotes; ``number`` tells which number an id has in this text."""

    def __init__(
        self, number: Callable[[str], int], palette: Callable[[], QPalette], parent: QObject
    ) -> None:
        super().__init__(parent)
        self.number = number
        self.palette = palette

    def intrinsicSize(self, doc: QTextDocument, posInDocument: int, format: QTextFormat) -> QSizeF:
        """As wide as the raised number, as high as a line."""
        line = QFontMetricsF(_font(doc, format))
        raised = QFontMetricsF(_raised(doc, format))
        return QSizeF(raised.horizontalAdvance(self._text(format)) + 3, line.height())

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        posInDocument: int,
        format: QTextFormat,
    ) -> None:
        """The number, small and raised, in the accent colour."""
        painter.setPen(self.palette().color(QPalette.ColorRole.Link))
        painter.setFont(_raised(doc, format))
        top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter
        painter.drawText(QRectF(rect), top, self._text(format))

    def _text(self, format: QTextFormat) -> str:
        return str(self.number(mark_of(format) or ""))


def _font(document: QTextDocument, format: QTextFormat) -> QFont:
    font = QFont(document.defaultFont())
    char = QTextCharFormat(format.toCharFormat())
    font.setBold(char.fontWeight() > QFont.Weight.Medium.value)
    font.setItalic(char.fontItalic())
    return font


def _raised(document: QTextDocument, format: QTextFormat) -> QFont:
    font = _font(document, format)
    font.setBold(True)
    font.setPointSizeF(font.pointSizeF() * RAISED)
    return font


def draw_with(document: QTextDocument, chips: Chips, marks: Marks) -> None:
    """Have a document draw its linked figures and footnote marks by these."""
    layout = document.documentLayout()
    layout.registerHandler(LINK_OBJECT, chips)
    layout.registerHandler(MARK_OBJECT, marks)
