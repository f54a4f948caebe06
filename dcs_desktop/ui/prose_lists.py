"""Lists in a field of prose: begun, gone on with, left, by key or button."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from PySide6.QtGui import QTextBlock, QTextCursor, QTextList

from dcs_desktop.ui import narrative_document as mapping

TYPED: Final = re.compile(r"\s*([1-9][0-9]{0,2})[.)]\s+")


def toggle_bullets(cursor: QTextCursor) -> None:
    """Make the paragraphs of a selection entries of a list, or paragraphs again where they are."""
    entries = _list_here(cursor)
    if entries is None or mapping.is_numbered(entries):
        cursor.createList(mapping.bullets())
    else:
        leave(cursor)


def toggle_numbers(cursor: QTextCursor) -> None:
    """Make them entries of a numbered list, or paragraphs again: one step to undo.

    Numbers that were typed before them go, and the list goes on from the first of these, or with the list above.
    """
    if mapping.is_numbered(cursor.currentList()):
        leave(cursor)
        return
    cursor.beginEditBlock()
    typed = [_untyped(block) for block in _blocks(cursor)]
    entries = _list_above(cursor, typed[0])
    if entries is None:
        cursor.createList(mapping.numbers(typed[0] or 1))
    else:
        for block in _blocks(cursor):
            entries.add(block)
    cursor.endEditBlock()


def _list_here(cursor: QTextCursor) -> QTextList | None:
    return cursor.currentList()


def _untyped(block: QTextBlock) -> int:
    """Take away the number that was typed before a paragraph; 0 where there was none."""
    found = TYPED.match(block.text())
    if found is None:
        return 0
    label = QTextCursor(block)
    label.setPosition(block.position() + found.end(), QTextCursor.MoveMode.KeepAnchor)
    label.removeSelectedText()
    return int(found[1])


def _list_above(cursor: QTextCursor, number: int) -> QTextList | None:
    """The numbered list that goes on here: the one right above, or the one that had counted as far as a typed number."""
    block = cursor.document().findBlock(cursor.selectionStart()).previous()
    if not number:
        above = block.textList() if block.isValid() else None
        return above if mapping.is_numbered(above) else None
    while block.isValid():
        above = block.textList()
        if mapping.is_numbered(above) and above.format().start() + above.itemNumber(block) + 1 == number:
            return above
        block = block.previous()
    return None


def leave(cursor: QTextCursor) -> None:
    """Make the entries of a selection paragraphs again."""
    cursor.beginEditBlock()
    for block in _blocks(cursor):
        if (entries := block.textList()) is not None:
            entries.remove(block)
        QTextCursor(block).setBlockFormat(mapping.paragraph_format())
    cursor.endEditBlock()


def _blocks(cursor: QTextCursor) -> Iterator[QTextBlock]:
    """The paragraphs of a selection, or the one that the cursor stands in."""
    block = cursor.document().findBlock(cursor.selectionStart())
    last = cursor.document().findBlock(cursor.selectionEnd())
    while block.isValid():
        yield block
        if block == last:
            return
        block = block.next()
