"""A report laid out: its sheets, what each holds, and where everything stands on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm

from dcs_desktop.printing.document import AnnexPart, Block, Body, Document, Grid, Heading, Runs
from dcs_desktop.printing.fonts import register
from dcs_desktop.printing.footnotes import Breakable, Whole
from dcs_desktop.printing.formed import annex_words
from dcs_desktop.printing.layouts import Layout
from dcs_desktop.printing.memory import Memory
from dcs_desktop.printing.pagination import SIGNATURE, Page, Paginator, Piece, Placed, note_tops
from dcs_desktop.printing.pieces import Pieces
from dcs_desktop.printing.places import Area, Stretch
from dcs_desktop.printing.printable import refuse_unprintable
from dcs_desktop.printing.trace import TraceMark, trace


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page to draw: what stands on it, its number in its part (from 1), its width and height in points.

    A ``traced`` one bears the mark that ties paper to file at its foot.
    """

    page: Page
    number: int
    size: tuple[float, float]
    traced: bool = False


@dataclass(frozen=True, slots=True)
class Laid:
    """A document on its sheets; ``signature`` is where the signatory signs."""

    document: Document
    layout: Layout
    sheets: tuple[Sheet, ...]
    stretches: tuple[Stretch, ...]
    signature: Area | None


def lay_out(document: Document, layout: Layout, memory: Memory | None = None) -> Laid:
    """Say where everything stands. Raises Refusal naming item and sign for a sign that cannot be printed.

    With a memory only what changed since the last time is measured; what the memory's ``told`` raises comes through.
    """
    register()
    refuse_unprintable(document)
    memory = memory or Memory()
    memory.begin()
    laying = _Laying(document, layout, memory)
    laying.all()
    memory.end()
    return Laid(document, layout, tuple(laying.sheets), tuple(laying.stretches), laying.signature)


def text_area(layout: Layout, size: tuple[float, float]) -> tuple[float, float]:
    """The width and height of the text on a page."""
    rules = layout.page
    return size[0] - (rules.left + rules.right) * mm, size[1] - (rules.top + rules.bottom) * mm


class _Laying:
    """One run over the parts of a document, each with pages of its own numbering."""

    def __init__(self, document: Document, layout: Layout, memory: Memory) -> None:
        self.document = document
        self.layout = layout
        self.memory = memory
        self.sheets: list[Sheet] = []
        self.stretches: list[Stretch] = []
        self.signature: Area | None = None
        self.noted = note_places(document)

    def all(self) -> None:
        """The report if it is there, then each annex."""
        if self.document.blocks or not self.document.annexes:
            pieces = self.pieces(A4)
            self.part(list(pieces.report()), A4, pieces)
        for n, annex in enumerate(self.document.annexes):
            size = landscape(A4) if annex.landscape else A4
            pieces = self.pieces(size)
            made = list(pieces.annex(annex, annex_words(self.layout, self.document, n)))
            self.part(made, size, pieces, self.foot(annex, pieces.room))

    def pieces(self, size: tuple[float, float]) -> Pieces:
        """What makes the pieces for pages of a size."""
        return Pieces(self.document, self.layout, text_area(self.layout, size)[0], self.memory)

    def foot(self, annex: AnnexPart, width: float) -> Breakable | None:
        """The mark at the foot of the annex of figures."""
        if not annex.traced or not self.document.digest:
            return None
        rules = self.layout.trace
        mark = TraceMark(trace(self.document.identity, self.document.digest), rules, rules.code)
        return Whole(mark, width, before=self.layout.text.gap)

    def part(
        self, made: list[Piece], size: tuple[float, float], pieces: Pieces, foot: Breakable | None = None
    ) -> None:
        """Place the report or one annex, and remember where everything stands."""
        height = text_area(self.layout, size)[1]
        pages = Paginator(height, pieces.note).run(made, foot)
        for number, page in enumerate(pages, 1):
            for placed in page.placed:
                if placed.place == SIGNATURE:
                    self.signature = self.signing_area(placed.top, size, pieces)
                else:
                    self.stretches += self.stretches_of(placed)
            self.stretches += self.note_stretches(page, height)
            traced = foot is not None and number == len(pages)
            self.sheets.append(Sheet(page, number, size, traced))

    def stretches_of(self, placed: Placed) -> Iterator[Stretch]:
        """What a piece takes, and the rows in it."""
        top = self.layout.page.top * mm + placed.top
        here = len(self.sheets)
        if placed.place:
            bottom = top + placed.content.height(placed.content.count)
            yield Stretch(placed.place, here, top, bottom, placed.part)
        for inside in placed.content.insides():
            yield Stretch(inside.place, here, top + inside.top, top + inside.bottom, placed.part, inside.key)

    def note_stretches(self, page: Page, height: float) -> Iterator[Stretch]:
        """What the footnotes take, each for the item in whose text its mark stands."""
        edge = self.layout.page.top * mm
        for note, top in note_tops(page, height):
            place, part = self.noted.get(note.number, ("", 0))
            if place:
                bottom = edge + top + note.height(note.count)
                yield Stretch(place, len(self.sheets), edge + top, bottom, part)

    def signing_area(self, top: float, size: tuple[float, float], pieces: Pieces) -> Area:
        """Where the signatory signs."""
        rules, block = self.layout.page, pieces.signature
        left, bottom, width, height = block.space
        corner = size[1] - rules.top * mm - top - block.tall
        return Area(len(self.sheets), rules.left * mm + left, corner + bottom, width, height)


def note_places(document: Document) -> dict[int, tuple[str, int]]:
    """The place, and the part of it, in which each footnote is marked first."""
    found: dict[int, tuple[str, int]] = {}
    parts: dict[str, int] = {}
    for block in document.everything:
        part = parts[block.place] = parts.get(block.place, -1) + 1
        for run in (run for runs in _texts(block) for run in runs):
            if run.note:
                found.setdefault(run.note, (block.place, part))
    return found


def _texts(block: Block) -> Iterator[Runs]:
    match block:
        case Body():
            yield block.runs
        case Heading():
            yield block.marks
        case Grid():
            for row in block.rows:
                yield from row.cells
