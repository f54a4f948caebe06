"""Makes the small widgets that every page is put together from."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dcs_desktop.ui import look

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

Box = TypeVar("Box", bound=QBoxLayout)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def label(words: str, role: str = "") -> QLabel:
    """A text that wraps and can be selected with the mouse."""
    made = QLabel(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    if role:
        look.as_role(made, role)
    return made


class PushButton(QPushButton):
    """A button that Enter presses as the space bar does, without being the default of a dialog."""

    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        if arg__1.key() in ENTER:
            self.click()
        else:
            super().keyPressEvent(arg__1)


class ToolButton(QToolButton):
    """A button of a bar or row that Enter presses as the space bar does."""

    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        if arg__1.key() in ENTER:
            self.click()
        else:
            super().keyPressEvent(arg__1)


def button(words: str, pressed: Callable[[], object], picture: str = "", role: str = "") -> QPushButton:
    """A button that says what it does; ``primary`` for the one thing a page is for."""
    made = PushButton(words)
    if picture:
        colour = {"primary": "on_accent", "quiet": "accent"}.get(role, "text")
        made.setIcon(look.icon(picture, colour, gap=look.HALF))
        made.setIconSize(QSize(look.ICON + look.HALF, look.ICON))
    if role:
        look.as_role(made, role)
    made.setAutoDefault(False)
    made.clicked.connect(lambda _checked=False: pressed())
    return made


def tool(words: str, pressed: Callable[[], object], picture: str, *, with_words: bool = True) -> QToolButton:
    """A button of a bar; without words on it they are its tip and its name."""
    made = ToolButton()
    made.setText(words)
    made.setIcon(look.icon(picture))
    made.setIconSize(QSize(look.ICON, look.ICON))
    made.setToolTip(words)
    made.setAccessibleName(words)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    style = Qt.ToolButtonStyle
    made.setToolButtonStyle(style.ToolButtonTextBesideIcon if with_words else style.ToolButtonIconOnly)
    made.clicked.connect(lambda _checked=False: pressed())
    return made


def bar(*parts: QWidget | int) -> QToolBar:
    """A bar across the page; a number is room that stretches, a separator where it is 0."""
    made = QToolBar()
    made.setIconSize(QSize(look.ICON, look.ICON))
    for part in parts:
        if isinstance(part, QWidget):
            made.addWidget(part)
        elif part:
            gap = QWidget()
            gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            made.addWidget(gap)
        else:
            made.addSeparator()
    return made


def title(words: str) -> QLabel:
    """A heading on one line, which takes the room beside it."""
    made = label(words, "heading")
    made.setWordWrap(False)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made


def column(*parts: QWidget | QLayout | int, margin: int = 0, gap: int = look.GAP) -> QVBoxLayout:
    """Parts one under another; a number is a stretch."""
    return _filled(QVBoxLayout(), parts, margin, gap)


def row(*parts: QWidget | QLayout | int, margin: int = 0, gap: int = look.GAP) -> QHBoxLayout:
    """Parts one beside another; a number is a stretch."""
    return _filled(QHBoxLayout(), parts, margin, gap)


def _filled(box: Box, parts: tuple[QWidget | QLayout | int, ...], margin: int, gap: int) -> Box:
    box.setContentsMargins(margin, margin, margin, margin)
    box.setSpacing(gap)
    for part in parts:
        if isinstance(part, int):
            box.addStretch(part)
        elif isinstance(part, QWidget):
            box.addWidget(part)
        else:
            box.addLayout(part)
    return box


def card(inside: QLayout, role: str = "card") -> QFrame:
    """A surface with an edge around it."""
    made = QFrame()
    look.as_role(made, role)
    made.setLayout(inside)
    return made


def framed(inside: QLayout) -> QWidget:
    """A plain widget holding a layout."""
    made = QWidget()
    made.setLayout(inside)
    return made


def scrolled(inside: QWidget) -> QScrollArea:
    """A page that scrolls up and down, never sideways."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QFrame.Shape.NoFrame)
    inside.setObjectName("page")
    area.setWidget(inside)
    return area


def empty_out(layout: QBoxLayout) -> None:
    """Take everything out of a layout and delete it."""
    while (part := layout.takeAt(0)) is not None:
        if (widget := part.widget()) is not None:
            widget.deleteLater()
        elif (inner := part.layout()) is not None and isinstance(inner, QBoxLayout):
            empty_out(inner)
