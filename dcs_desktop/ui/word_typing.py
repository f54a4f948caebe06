"""A typed word is one step to undo: an input method takes letters back and types them anew with their marks."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QTextEdit

MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class WordTyping:
    """What is known of the keys just typed into a field: where they ended, and that nothing else came after them.

    A word with the space behind it is one step; the first letter after a space begins the next.
    """

    def __init__(self, area: QTextEdit) -> None:
        self._area = area
        self._place = self._revision = -1
        self._within = False

    def press(self, event: QKeyEvent, type_it: Callable[[QKeyEvent], None]) -> None:
        """Let a key be typed, as a part of the step that its word is."""
        cursor = self._area.textCursor()
        if not _types(event) or cursor.hasSelection():
            type_it(event)
            self._place = -1
            return
        if self._goes_on(event, cursor):
            cursor.joinPreviousEditBlock()
        else:
            cursor.beginEditBlock()
        type_it(event)
        cursor.endEditBlock()
        self._area.ensureCursorVisible()  # lines are laid out only now
        self._place, self._revision = self._area.textCursor().position(), self._area.document().revision()
        if event.key() != Qt.Key.Key_Backspace:
            self._within = _is_letter(event.text()[-1])

    def _goes_on(self, event: QKeyEvent, cursor: QTextCursor) -> bool:
        if cursor.position() != self._place or self._area.document().revision() != self._revision:
            return False
        if event.key() == Qt.Key.Key_Backspace:
            return self._within and _ends_in_letter(cursor)
        return self._within or not _is_letter(event.text()[0])


def _types(event: QKeyEvent) -> bool:
    """Whether a key types signs, or takes back the last."""
    if event.modifiers() & MODIFIERS:
        return False
    return event.key() == Qt.Key.Key_Backspace or (bool(event.text()) and event.text().isprintable())


def _ends_in_letter(cursor: QTextCursor) -> bool:
    before = cursor.block().text()[: cursor.positionInBlock()]
    return bool(before) and _is_letter(before[-1])


def _is_letter(sign: str) -> bool:
    return sign.isalnum() or bool(unicodedata.combining(sign))
