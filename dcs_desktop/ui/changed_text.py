"""Shows a text with the words that differ marked: by colour, and underlined or struck through."""

from __future__ import annotations

from html import escape
from typing import Literal

from PySide6.QtWidgets import QTextBrowser

from dcs_desktop.core.changed_words import Piece, Pieces
from dcs_desktop.ui import look

Side = Literal["old", "new"]
MARKS = {"old": ("error", "line-through"), "new": ("good", "underline")}


class ChangedText(QTextBrowser):
    """One of two texts beside one another, to be read; Tab leaves it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        look.as_role(self, "reading")

    def show_pieces(self, pieces: Pieces, side: Side) -> None:
        """Show a text; what differs stands out as taken away or as added."""
        self.setHtml(html(pieces, side))


def html(pieces: Pieces, side: Side) -> str:
    """The pieces as a page of Qt's rich text."""
    lines, line = [], ""
    for piece in pieces:
        if piece.ends:
            lines.append(line)
            line = ""
        else:
            line += _one(piece, side)
    return "".join(f'<p style="margin:0 0 6px 0;">{line}</p>' for line in [*lines, line] if line)


def _one(piece: Piece, side: Side) -> str:
    text = escape(piece.text)
    if piece.note:
        text = f"<sup>{text}</sup>"
    style = ""
    if piece.figure:
        style += f"background:{look.colour('accent_soft').name()};"
    if piece.changed:
        colour, line = MARKS[side]
        ground = look.colour(f"{colour}_soft").name()
        style += f"color:{look.colour(colour).name()};background:{ground};text-decoration:{line};"
    if piece.bold:
        style += "font-weight:700;"
    if piece.italic:
        style += "font-style:italic;"
    return f'<span style="{style}">{text}</span>' if style else text
