"""Prose on its way through the clipboard: as itself between items, as plain prose from Word and the web."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QTextDocument

from dcs_desktop.core.narrative import Paragraph, Prose, Text, read, tidy, undrawn, write
from dcs_desktop.core.text import nfc
from dcs_desktop.ui.narrative_document import paragraphs_of

PROSE_TYPE: Final = "application/x-dcs-prose"
UNSEEN: Final = re.compile(
    r"<(style|script|head|title)\b.*?</\1\s*>|<!--.*?-->|<(?:img|link|meta)\b[^>]*>", re.I | re.S
)


def to_clipboard(prose: Prose, shown: str) -> QMimeData:
    """Prose as the program's own kind, and as the letters it shows for every other program."""
    data = QMimeData()
    data.setData(PROSE_TYPE, QByteArray(write(prose).encode("utf-8")))
    data.setText(shown)
    return data


def from_clipboard(data: QMimeData) -> Prose | None:
    """The prose a clipboard holds, None when it holds none (a picture, files)."""
    if data.hasFormat(PROSE_TYPE):
        return read(bytes(data.data(PROSE_TYPE).data()).decode("utf-8", "replace"))
    if data.hasHtml():
        return Prose(from_html(data.html()))
    if data.hasText():
        return Prose(from_plain(data.text()))
    return None


def from_html(html: str) -> tuple[Paragraph, ...]:
    """Paragraphs, lists, bold and italic of a page or a Word document; fonts and pictures stay behind."""
    scratch = QTextDocument()
    scratch.setHtml(UNSEEN.sub("", html))
    return _without_drawn_bullets(paragraphs_of(scratch))


def from_plain(text: str) -> tuple[Paragraph, ...]:
    """A paragraph a line; nothing in it is markup."""
    lines = (Paragraph((Text(line),)) for line in nfc(text).split("\n"))
    return _without_drawn_bullets(tidy(Prose(tuple(lines))).paragraphs)


def _without_drawn_bullets(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """Word writes a list as paragraphs that begin with a drawn dot: entries of a list again."""
    return tidy(Prose(tuple(map(undrawn, paragraphs)))).paragraphs
