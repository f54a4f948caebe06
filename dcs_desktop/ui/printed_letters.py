"""The letters of a block as they print, and where in the document each of them comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

from dcs_desktop.core.narrative import Link
from dcs_desktop.core.passages import Passage
from dcs_desktop.ui import narrative_document as mapping


@dataclass(frozen=True, slots=True)
class PrintedBlock:
    """A block's passage; ``places`` are the positions of its letters, and the one behind them."""

    block: QTextBlock
    passage: Passage
    places: tuple[int, ...]

    def stretch(self, start: int, end: int) -> QTextCursor:
        """What prints the letters between two places: a selection that moves with the text."""
        found = QTextCursor(self.block)
        found.setPosition(self.places[start])
        # A linked figure prints many letters at one position.
        found.setPosition(max(self.places[end], self.places[end - 1] + 1), QTextCursor.MoveMode.KeepAnchor)
        return found


def printed_blocks(document: QTextDocument, shown: Callable[[Link], str]) -> Iterator[PrintedBlock]:
    """Every block of a document as it prints."""
    block = document.begin()
    while block.isValid():
        yield _printed(block, shown)
        block = block.next()


def _printed(block: QTextBlock, shown: Callable[[Link], str]) -> PrintedBlock:
    letters: list[str] = []
    places: list[int] = []
    linked: list[tuple[int, int]] = []
    position = block.position()
    for text, form in mapping.runs(block):
        link = mapping.link_of(form)
        for letter in text:
            said = letter
            if letter == mapping.OBJECT:
                said = shown(link) if link is not None else ""
                linked += [(len(places), len(places) + len(said))] if link is not None else []
            letters.append(said)
            places += [position] * len(said)
            position += 2 if ord(letter) > 0xFFFF else 1
    return PrintedBlock(block, Passage("".join(letters), tuple(linked)), (*places, position))
