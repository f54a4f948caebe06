"""What the free-text check says of a field of prose, at the places of its document."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from dcs_desktop.core.narrative import Link
from dcs_desktop.core.prose import ProseFinding, check_text
from dcs_desktop.ui import look
from dcs_desktop.ui import narrative_document as mapping

KEPT = 256


@dataclass(frozen=True, slots=True)
class Doubt:
    """Figures that do not agree: the passage, which moves with the text, what to say, what to offer.

    ``stated`` is the passage that ``correction`` would replace; both are None
    where it is a linked figure, which is corrected where it stands.
    """

    passage: QTextCursor
    message: str
    stated: QTextCursor | None
    correction: str | None

    def holds(self, position: int) -> bool:
        """Whether a position of the document is in the passage."""
        return self.passage.selectionStart() <= position < self.passage.selectionEnd()


def doubts(document: QTextDocument, shown: Callable[[Link], str]) -> tuple[Doubt, ...]:
    """The findings in a document, linked figures read as they print."""
    found: list[Doubt] = []
    block = document.begin()
    while block.isValid():
        found.extend(_of_block(block, shown))
        block = block.next()
    return tuple(found)


def underlines(found: tuple[Doubt, ...]) -> list[QTextEdit.ExtraSelection]:
    """A wave under each passage: shown, and no part of the text."""
    form = QTextCharFormat()
    form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    form.setUnderlineColor(look.colour("warning"))
    selections = []
    for doubt in found:
        selection = QTextEdit.ExtraSelection()
        selection.cursor, selection.format = doubt.passage, form
        selections.append(selection)
    return selections


def correct(doubt: Doubt) -> None:
    """Put what was computed in place of what is stated: one step to undo."""
    if doubt.stated is not None and doubt.correction is not None:
        cursor = QTextCursor(doubt.stated)
        cursor.insertText(doubt.correction, cursor.charFormat())


@lru_cache(maxsize=KEPT)
def _checked(text: str) -> tuple[ProseFinding, ...]:
    return check_text(text) if unicodedata.is_normalized("NFC", text) else ()


def _of_block(block: QTextBlock, shown: Callable[[Link], str]) -> Iterator[Doubt]:
    letters: list[str] = []
    places: list[int] = []
    linked: set[int] = set()
    position = block.position()
    for text, form in mapping.runs(block):
        link, mark = mapping.link_of(form), mapping.mark_of(form)
        for letter in text:
            said = letter
            if letter == mapping.OBJECT:
                said = shown(link) if link is not None else ""
                linked |= {position} if link is not None or mark is not None else set()
            letters.append(said)
            places += [position] * len(said)
            position += 2 if ord(letter) > 0xFFFF else 1
    places.append(position)
    for finding in _checked("".join(letters)):
        yield _doubt(QTextCursor(block), finding, places, linked)


def _doubt(cursor: QTextCursor, finding: ProseFinding, places: list[int], linked: set[int]) -> Doubt:
    fixed = finding.correction
    passage = _between(cursor, places[finding.start], _after(places, finding.end))
    if linked & set(places[fixed.start : fixed.end]):
        return Doubt(passage, finding.message, None, None)
    stated = _between(cursor, places[fixed.start], _after(places, fixed.end))
    return Doubt(passage, finding.message, stated, fixed.text)


def _after(places: list[int], end: int) -> int:
    """The position after the last letter of a passage; a linked figure prints many letters at one position."""
    return max(places[end], places[end - 1] + 1)


def _between(cursor: QTextCursor, start: int, end: int) -> QTextCursor:
    passage = QTextCursor(cursor)
    passage.setPosition(start)
    passage.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return passage
