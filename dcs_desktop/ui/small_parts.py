"""Labels, icons and buttons that every part of the report window is made of."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from dcs_desktop.ui import look
from dcs_desktop.ui.making import ToolButton

# Higher than any column of lines.
TALL = 10_000


def words(text: str, role: str = "muted") -> QLabel:
    """A label that breaks its lines and looks as ``role``."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    return label


def sign(name: str, colour: str, told: str) -> QLabel:
    """An icon that tells its meaning to a pointer and a screen reader."""
    label = QLabel()
    show_sign(label, name, colour, told)
    return label


def show_sign(label: QLabel, name: str, colour: str, told: str) -> None:
    """Show another icon in a label."""
    label.setPixmap(look.icon(name, colour).pixmap(look.ICON, look.ICON))
    label.setToolTip(told)
    label.setAccessibleName(told)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)


def small_button(icon: str, told: str) -> QToolButton:
    """A button of an icon, with its meaning as tooltip and accessible name."""
    button = ToolButton()
    button.setIcon(look.icon(icon, "muted"))
    button.setToolTip(told)
    button.setAccessibleName(told)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button


class Ruled(QWidget):
    """A row parted from the one above by a hair line."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        painter = QPainter(self)
        painter.setPen(look.colour("line"))
        painter.drawLine(0, 0, self.width(), 0)
        painter.end()


class ShortLines(QWidget):
    """A few short lines in a column of fixed width, each in a colour of the theme."""

    def __init__(self, letters: int, side: Qt.AlignmentFlag) -> None:
        super().__init__()
        self._flags = side | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        self._shown: tuple[tuple[str, str], ...] = ()
        self.setFixedWidth(width_of(self, letters))

    def show_lines(self, first: str, *below: tuple[str, str]) -> None:
        """Show a line, and under it others in a colour of the theme each; empty ones are left out."""
        lines = tuple(line for line in ((first, "text"), *below) if line[0])
        if lines != self._shown:
            self._shown = lines
            self.setAccessibleName(" ".join(text for text, _colour in lines))
            self.setMinimumHeight(sum(self._height(text) for text, _colour in lines))
            self.update()

    def _height(self, text: str) -> int:
        room = QRect(0, 0, self.width(), TALL)
        return self.fontMetrics().boundingRect(room, self._flags, text).height()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines, in the middle of what is there."""
        painter = QPainter(self)
        top = (self.height() - self.minimumHeight()) // 2
        for text, colour in self._shown:
            height = self._height(text)
            painter.setPen(look.colour(colour))
            painter.drawText(QRect(0, top, self.width(), height), self._flags, text)
            top += height
        painter.end()


def width_of(widget: QWidget, letters: int) -> int:
    """How wide a field for so many digits is, its padding included."""
    return letters * widget.fontMetrics().horizontalAdvance("0") + look.WIDE
