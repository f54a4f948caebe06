"""What is doubtful in a field of prose and what could be linked, at the places of its document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from dcs_desktop.ui import look

if TYPE_CHECKING:
    from dcs_desktop.core import doubts as core
    from dcs_desktop.core.link_offers import Offer
    from dcs_desktop.core.narrative import Link
    from dcs_desktop.core.passages import Passage
    from dcs_desktop.ui.printed_letters import PrintedBlock


@dataclass(frozen=True, slots=True)
class Doubt:
    """Figures that do not agree: the passage, which moves with the text, and what is said of it.

    ``stated`` is the passage that its correction would replace, None where nothing is offered.
    """

    passage: QTextCursor
    stated: QTextCursor | None
    said: core.Doubt

    def holds(self, position: int) -> bool:
        """Whether a position of the document is in the passage."""
        return self.passage.selectionStart() <= position < self.passage.selectionEnd()


@dataclass(frozen=True, slots=True)
class Offered:
    """A typed number that could be a linked figure: where it stands, and the links, the likeliest first."""

    number: QTextCursor
    links: tuple[Link, ...]

    def holds(self, position: int) -> bool:
        """Whether a cursor at this position stands at the number."""
        return self.number.selectionStart() <= position <= self.number.selectionEnd()


@dataclass(frozen=True, slots=True)
class Slipped:
    """A word that cannot be a Vietnamese syllable, and what may have been meant."""

    word: QTextCursor
    offered: tuple[str, ...]

    def holds(self, position: int) -> bool:
        """Whether a position of the document is in the word."""
        return self.word.selectionStart() <= position < self.word.selectionEnd()


@dataclass(frozen=True, slots=True)
class Remarks:
    """All that a look over a text brought: doubts, offers where there is no doubt, slips of the pen."""

    doubts: tuple[Doubt, ...] = ()
    offers: tuple[Offered, ...] = ()
    slips: tuple[Slipped, ...] = ()

    def doubt_at(self, position: int) -> Doubt | None:
        """The figures at a position that do not agree."""
        return next((doubt for doubt in self.doubts if doubt.holds(position)), None)

    def offer_at(self, position: int) -> Offered | None:
        """The number at a position that could be linked."""
        return next((offer for offer in self.offers if offer.holds(position)), None)

    def slip_at(self, position: int) -> Slipped | None:
        """The doubtful word at a position."""
        return next((slip for slip in self.slips if slip.holds(position)), None)

    def underlines(self) -> list[QTextEdit.ExtraSelection]:
        """A wave under figures, dashes under words that are doubtful, dots under what could be linked: shown, and no part of the text."""
        underline = QTextCharFormat.UnderlineStyle
        return [
            *(_marked(slip.word, underline.DashUnderline, "error") for slip in self.slips),
            *(_marked(offer.number, underline.DotLine, "accent") for offer in self.offers),
            *(_marked(doubt.passage, underline.WaveUnderline, "warning") for doubt in self.doubts),
        ]


class Look:
    """A look over a document, linked figures read as they print; it goes on as long as the text stands still."""

    def __init__(
        self,
        document: QTextDocument,
        shown: Callable[[Link], str],
        doubts: Callable[[Passage], tuple[core.Doubt, ...]],
        offers: Callable[[Passage], tuple[Offer, ...]],
        typed: int = -1,
    ) -> None:
        """``typed`` is where somebody types: the word that ends there is not finished."""
        from dcs_desktop.ui.known_words import known
        from dcs_desktop.ui.printed_letters import printed_blocks

        self._blocks = printed_blocks(document, shown)
        self._doubts, self._offers = doubts, offers
        self._doubtful: list[Doubt] = []
        self._offered: list[Offered] = []
        self._typed, self._known = typed, known()
        self._slips: list[Slipped] = []

    def go_on(self, more: Callable[[], bool] = lambda: True) -> Remarks | None:
        """Read on as long as there is ``more`` time; what was found once all is read, None before."""
        for block in self._blocks:
            for said in self._doubts(block.passage):
                stated = block.stretch(said.from_, said.to) if said.correction else None
                self._doubtful.append(Doubt(block.stretch(said.start, said.end), stated, said))
            for offer in self._offers(block.passage):
                self._offered.append(Offered(block.stretch(offer.start, offer.end), offer.links))
            self._slips += self._slipped(block)
            if not more():
                return None
        return Remarks(tuple(self._doubtful), tuple(self._offered), tuple(self._slips))

    def _slipped(self, block: PrintedBlock) -> Iterator[Slipped]:
        from dcs_desktop.core.spelling import slips

        for slip in slips(block.passage.text, self._known):
            if not block.passage.touches(slip.start, slip.end) and block.places[slip.end] != self._typed:
                yield Slipped(block.stretch(slip.start, slip.end), slip.offered)


def _marked(
    passage: QTextCursor, line: QTextCharFormat.UnderlineStyle, colour: str
) -> QTextEdit.ExtraSelection:
    form = QTextCharFormat()
    form.setUnderlineStyle(line)
    form.setUnderlineColor(look.colour(colour))
    selection = QTextEdit.ExtraSelection()
    selection.cursor, selection.format = passage, form
    return selection
