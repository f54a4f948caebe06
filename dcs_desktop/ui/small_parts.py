"""Labels, icons and buttons that every part of the report window is made of."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from dcs_desktop.ui import look
from dcs_desktop.ui.making import ToolButton


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


class ShortLines(QLabel):
    """A few short lines in a column of fixed width, those after the first smaller in weight."""

    def __init__(self, letters: int, side: Qt.AlignmentFlag) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self.setWordWrap(True)
        self.setFixedWidth(width_of(self, letters))
        self._shown: tuple[tuple[str, str], ...] = ()

    def show_lines(self, first: str, *below: tuple[str, str]) -> None:
        """Show a line, and under it others in a colour of the theme each; empty ones are left out."""
        lines = tuple(line for line in ((first, "text"), *below) if line[0])
        if lines != self._shown:
            self._shown = lines
            self.setText("<br>".join(_coloured(text, colour) for text, colour in lines))
            self.setAccessibleName(" ".join(text for text, _colour in lines))


def _coloured(text: str, colour: str) -> str:
    return f'<span style="color:{look.colour(colour).name()}">{escape(text)}</span>'


def width_of(widget: QWidget, letters: int) -> int:
    """How wide a field for so many digits is, its padding included."""
    return letters * widget.fontMetrics().horizontalAdvance("0") + look.WIDE
