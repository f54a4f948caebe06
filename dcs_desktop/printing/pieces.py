"""Blocks as pieces to stand on pages, in the measures of a layout."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from dcs_desktop.printing.columns import column_widths
from dcs_desktop.printing.document import (
    AnnexPart,
    Blank,
    Block,
    Body,
    Document,
    Grid,
    GridRow,
    Heading,
    Illustration,
    Prompt,
    Run,
    Runs,
)
from dcs_desktop.printing.flowables import Dots, Rule
from dcs_desktop.printing.fonts import BOLD, REGULAR, width, wrapped
from dcs_desktop.printing.footnotes import Lines, Note, Whole, paragraph
from dcs_desktop.printing.formed import heading_words, reference_words
from dcs_desktop.printing.grids import Measures, Row, Rows
from dcs_desktop.printing.layouts import Layout
from dcs_desktop.printing.letterhead import LetterheadBlock
from dcs_desktop.printing.marking import escaped, hardened, held, marked, note_number
from dcs_desktop.printing.memory import Memory
from dcs_desktop.printing.pagination import SIGNATURE, Piece
from dcs_desktop.printing.signature import SignatureBlock
from dcs_desktop.printing.styles import styles
from dcs_desktop.printing.wide_tables import parted, unparted

T = TypeVar("T")

GRID_LINE = 0.5
DASH_GAP = 3.0
DOTS_ABOVE = 2.0
TOGETHER = 4


class Pieces:
    """Makes the pieces of one document's part; ``room`` is the width of its text in points.

    What the memory holds of the same blocks, rows and footnotes is taken from there.
    """

    def __init__(self, document: Document, layout: Layout, room: float, memory: Memory) -> None:
        self.document = document
        self.layout = layout
        self.room = room
        self.styles = styles(layout)
        self._memory = memory
        self._measures = (layout.id, room, document.units, document.by_hand)
        self.signature = SignatureBlock(layout, document.letterhead)

    def report(self) -> Iterator[Piece]:
        """The report itself: letterhead, title, body, signature."""
        yield Piece(Whole(LetterheadBlock(self.layout, self.document.letterhead), self.room))
        yield from self.title()
        yield from self.addressees()
        body = list(self.blocks(self.document.blocks))
        yield from body[:-1]
        for last in body[-1:]:
            yield replace(last, with_next=True)
        above = self.layout.signature.above * mm
        yield Piece(Whole(self.signature, self.room, before=above), SIGNATURE)

    def title(self) -> Iterator[Piece]:
        """What kind of document it is and what about, with the rule or hyphens below (S18-S20, P10-P12)."""
        rules = self.layout.title
        above = ParagraphStyle("first title", self.styles.title, spaceBefore=rules.above * mm)
        yield self.kept(escaped(self.document.title.upper()), above)
        style = self.styles.subject
        lines = wrapped(hardened(self.document.subject), BOLD, style.fontSize, rules.room * self.room)
        yield self.kept("<br/>".join(map(escaped, lines)), style)
        if rules.under_subject != "rule":
            below = ParagraphStyle("under subject", style, spaceAfter=rules.below * mm)
            yield self.kept(escaped(rules.under_subject), below)
        elif lines:
            length = rules.under_subject_share * max(width(line, BOLD, style.fontSize) for line in lines)
            yield Piece(
                Whole(Rule(length, style.leading / 3), self.room, after=rules.below * mm), with_next=True
            )

    def kept(self, text: str, style: ParagraphStyle, place: str = "") -> Piece:
        """A heading: never cut, never at the end of a page."""
        return Piece(Lines(paragraph(text, style), self.room, kept=True), place, with_next=True)

    def centred(self, text: str, style: ParagraphStyle) -> Piece:
        """A heading in the middle, its lines of about equal length."""
        lines = wrapped(hardened(text), style.fontName, style.fontSize, self.layout.title.room * self.room)
        return self.kept("<br/>".join(map(escaped, lines)), style)

    def addressees(self) -> Iterator[Piece]:
        """Whom it is for (S22): one on the line of the word, several below it, their dashes under its colon."""
        rules, said = self.layout.addressees, self.document.letterhead.addressees
        if not said or not rules.asked:
            return
        style = self.styles.addressee
        word = f"{escaped(rules.word)} {held(said[0])}" if len(said) == 1 else escaped(rules.word)
        hanging = ParagraphStyle(
            "one addressee",
            style,
            leftIndent=style.leftIndent + width(f"{rules.word} ", REGULAR, style.fontSize),
        )
        if len(said) == 1:
            hanging.firstLineIndent = style.leftIndent - hanging.leftIndent
            yield Piece(Lines(paragraph(word, hanging), self.room))
            return
        yield self.kept(word, style)
        colon = width(rules.word, REGULAR, style.fontSize) - width(":", REGULAR, style.fontSize)
        dash = width("- ", REGULAR, style.fontSize)
        entry = ParagraphStyle(
            "addressees", style, leftIndent=style.leftIndent + colon + dash, firstLineIndent=-dash
        )
        for n, one in enumerate(said):
            form = rules.item_last if n == len(said) - 1 else rules.item
            text = form.format(addressee=one.strip().rstrip(";,."))
            yield Piece(Lines(paragraph(held(text), entry), self.room))

    def blocks(self, blocks: Sequence[Block]) -> Iterator[Piece]:
        """The pieces of some blocks, those of one place numbered."""
        parts: dict[str, int] = {}
        for block in blocks:
            part = parts[block.place] = parts.get(block.place, -1) + 1
            for piece in self.recall(block, partial(self.made, block)):
                yield replace(piece, part=part)

    def made(self, block: Block) -> tuple[Piece, ...]:
        """The pieces of one block."""
        return tuple(self.block(block))

    def recall(self, key: Hashable, make: Callable[[], T]) -> T:
        """What was measured from this before in the same measures, or is now."""
        return self._memory.recall((self._measures, key), make)

    def block(self, block: Block) -> Iterator[Piece]:
        """One block of the report or of an annex."""
        match block:
            case Heading():
                yield self.kept(self.heading_text(block), self.styles.heading, block.place)
            case Prompt(place, text):
                yield self.kept(f"- {self.marked((Run(text),))}", self.styles.prompt, place)
            case Body(place, runs):
                text = block.lead + self.marked(runs)
                style = self.styles.form if block.form else self.styles.body
                yield Piece(Lines(paragraph(text, style), self.room), place, with_next=block.leads)
            case Blank(place, lines):
                yield from self.dotted(place, lines)
            case Grid():
                yield from self.grid(block)
            case Illustration(place, picture):
                from dcs_desktop.printing.pictures import shapes

                yield Piece(Whole(shapes(picture, self.room), self.room, before=self.layout.text.gap), place)

    def dotted(self, place: str, lines: int) -> Iterator[Piece]:
        """A line of dots in the place of a text, or as many as are asked for to write on, none of them alone."""
        text, by_hand = self.layout.text, self.layout.by_hand
        if not self.document.by_hand:
            dots = Dots(text.size, text.leading, text.leading - text.size)
            yield Piece(Whole(dots, self.room, before=text.gap), place)
            return
        for line in range(lines):
            dots = Dots(by_hand.dots, by_hand.line * mm, DOTS_ABOVE)
            yield Piece(Whole(dots, self.room), place, with_next=line in (0, lines - 2))

    def marked(self, runs: Runs, size: float = 0.0) -> str:
        """The markup of some runs at the size of the body, or another."""
        return marked(runs, size or self.layout.text.size, self.document.units)

    def heading_text(self, heading: Heading) -> str:
        """The markup of a heading, its number before it."""
        return self.marked((Run(heading_words(self.layout, heading)), *heading.marks))

    def note(self, number: int) -> Note:
        """A footnote, its first paragraph led by its number."""
        said = self.document.notes[number]
        return self.recall((number, said), lambda: self.measured_note(number, said))

    def measured_note(self, number: int, said: tuple[Runs, ...]) -> Note:
        """A footnote broken into lines."""
        size = self.layout.text.note_size
        texts = [self.marked(runs, size) for runs in said]
        texts[0] = note_number(number, size) + texts[0]
        lines = (Lines(paragraph(text, self.styles.note), self.room) for text in texts)
        return Note(tuple(lines), number)

    def grid(self, grid: Grid) -> Iterator[Piece]:
        """A table under its title, or its parts where the line is too short for it."""
        for part, columns in self.parts(grid):
            if part.title:
                yield self.kept(held(part.title, self.document.units), self.styles.heading, part.place)
            yield self.table(part, columns)

    def parts(self, grid: Grid) -> Iterator[tuple[Grid, tuple[float, ...]]]:
        """The tables to print of one, each with the widths of its columns."""
        rules = self.layout.tables
        if grid.lead:
            yield from parted(grid, self.room, self.layout.unit_tables)
        else:
            yield grid, column_widths(grid, self.room, 2 * rules.side * mm, rules.size)

    def table(self, grid: Grid, columns: Sequence[float]) -> Piece:
        """A table of columns so wide."""
        rules = self.layout.unit_tables if grid.lead else self.layout.tables
        measures = Measures(sum(columns), rules.side * mm, rules.above * mm, rules.below * mm, GRID_LINE)
        names = GridRow("", tuple((Run(text),) for text in grid.head))
        head = self.row(names, grid, columns, head=True)
        shape = (columns, grid.centred, grid.right, grid.lead)
        rows = [self.recall((shape, row), partial(self.row, row, grid, columns)) for row in grid.rows]
        together = TOGETHER if self.document.by_hand else unparted(len(rows)) if grid.lead else 1
        return Piece(Rows([head], rows, measures, self.layout.text.gap, together=together), grid.place)

    def row(self, row: GridRow, grid: Grid, columns: Sequence[float], *, head: bool = False) -> Row:
        """A row, each cell broken into the lines of its columns."""
        cells, widths, at = [], [], 0
        rules = self.layout.unit_tables if grid.lead else self.layout.tables
        for runs, span in zip(row.cells, row.spans or (1,) * len(row.cells), strict=True):
            wide = sum(columns[at : at + span])
            text = paragraph(self.marked(runs, rules.size), self.cell_style(grid, at, span, head=head))
            cells.append(Lines(text, wide - 2 * rules.side * mm))
            widths.append(wide)
            at += span
        by_hand = 0.0 if head or not self.document.by_hand else self.layout.by_hand.row * mm
        return Row(cells, widths, row.place, row.key, least=by_hand)

    def cell_style(self, grid: Grid, at: int, span: int, *, head: bool) -> ParagraphStyle:
        """How the text of a cell that begins in a column stands."""
        styles = self.styles.unit_tables if grid.lead else self.styles.tables
        if head:
            return styles.head
        if span == 1 and at in grid.right:
            return styles.right
        return styles.centred if span == 1 and at in grid.centred else styles.plain

    def annex(self, annex: AnnexPart, word: str) -> Iterator[Piece]:
        """An annex: its word and number, its title, what it belongs to, its blocks (S38-S40)."""
        yield self.kept(word, self.styles.annex_word, annex.id)
        yield self.centred(annex.title.upper(), self.styles.annex_title)
        yield self.centred(reference_words(self.layout, self.document), self.styles.annex_reference)
        yield from self.blocks(annex.blocks)
