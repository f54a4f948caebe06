"""Blocks as flowables in the measures of a layout."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from reportlab.lib.colors import black
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Spacer, Table

from dcs_desktop.core.report import Letterhead
from dcs_desktop.printing.document import AnnexPart, Blank, Block, Body, Document, Grid, Heading, Prompt, Run
from dcs_desktop.printing.fonts import BOLD, BOLD_ITALIC, ITALIC, REGULAR, width, wrapped
from dcs_desktop.printing.layouts import Layout
from dcs_desktop.printing.letterhead import LetterheadBlock, day_words, number_line
from dcs_desktop.printing.marking import held, marked
from dcs_desktop.printing.pagination import Piece
from dcs_desktop.printing.signature import SignatureBlock

CELL_SIZE = 11.0
TITLE_SHARE = 0.88
RULE_SHARE = 0.4


class Rule(Flowable):  # type: ignore[misc]  # ReportLab publishes no types
    """A centred rule of a length, with a little air around it."""

    def __init__(self, length: float) -> None:
        super().__init__()
        self.length = length
        self.spaceAfter = 8.0

    def wrap(self, room: float, height: float) -> tuple[float, float]:
        """The whole line, whatever the rule's length."""
        self.room = room
        return room, 5.0

    def draw(self) -> None:
        """Draw the rule."""
        self.canv.setLineWidth(0.7)
        self.canv.line((self.room - self.length) / 2, 1.5, (self.room + self.length) / 2, 1.5)


class Dots(Flowable):  # type: ignore[misc]  # ReportLab publishes no types
    """A dotted line to write on, for an answer that is not there."""

    def __init__(self, size: float, leading: float, gap: float) -> None:
        super().__init__()
        self.size = size
        self.leading = leading
        self.spaceBefore = gap

    def wrap(self, room: float, height: float) -> tuple[float, float]:
        """One line of text."""
        self.room = room
        return room, self.leading

    def draw(self) -> None:
        """Draw dots from margin to margin."""
        self.canv.setFont(REGULAR, self.size)
        self.canv.drawString(
            0, self.leading - self.size, "." * int(self.room / width(".", REGULAR, self.size))
        )


class Pieces:
    """Makes the flowables of a document in one layout."""

    def __init__(self, document: Document, layout: Layout) -> None:
        self.document = document
        self.layout = layout
        self.room = A4[0] - (layout.page.left + layout.page.right) * mm
        text = layout.text
        self.body = ParagraphStyle(
            "body",
            fontName=REGULAR,
            fontSize=text.size,
            leading=text.leading,
            alignment=TA_JUSTIFY,
            firstLineIndent=text.indent * mm,
            spaceBefore=text.gap,
            allowWidows=0,
            allowOrphans=0,
            splitLongWords=1,
        )
        self.heading = ParagraphStyle("heading", self.body, fontName=BOLD, alignment=TA_JUSTIFY)
        self.prompt = ParagraphStyle("prompt", self.body, fontName=BOLD_ITALIC)
        self.title = ParagraphStyle(
            "title",
            self.body,
            fontName=BOLD,
            alignment=TA_CENTER,
            firstLineIndent=0,
            fontSize=layout.title.size,
        )
        self.subject = ParagraphStyle(
            "subject", self.title, fontSize=layout.title.subject_size, spaceBefore=0
        )
        self.note = ParagraphStyle(
            "note",
            self.body,
            fontSize=text.note_size,
            leading=text.note_leading,
            firstLineIndent=0,
            spaceBefore=0,
        )
        self.cell = ParagraphStyle(
            "cell",
            fontName=REGULAR,
            fontSize=CELL_SIZE,
            leading=CELL_SIZE * 1.2,
            alignment=TA_LEFT,
            splitLongWords=1,
        )
        self.centred = ParagraphStyle("centred", self.cell, alignment=TA_CENTER)
        self.head = ParagraphStyle("head", self.centred, fontName=BOLD)

    def report(self) -> Iterator[Piece]:
        """The report itself: letterhead, title, body, signature."""
        yield Piece(LetterheadBlock(self.layout, self.document.letterhead))
        yield Piece(Spacer(1, 14))
        yield Piece(Paragraph(escape(self.document.title.upper()), self.title), with_next=True, whole=True)
        yield from self.title_below(self.document.subject, self.subject)
        yield from self.addressees()
        *blocks, last = self.document.blocks
        for block in blocks:
            yield from self.block(block)
        for piece in self.block(last):
            yield Piece(piece.flowable, piece.place, with_next=True)
        yield Piece(SignatureBlock(self.layout, self.document.letterhead))

    def title_below(self, text: str, style: ParagraphStyle) -> Iterator[Piece]:
        """What the report is about, with the rule or hyphens below (S20, P12)."""
        lines = wrapped(text, BOLD, style.fontSize, TITLE_SHARE * self.room)
        yield Piece(Paragraph("<br/>".join(map(escape, lines)), style), with_next=True, whole=True)
        if self.layout.title.under_subject == "rule":
            longest = max((width(line, BOLD, style.fontSize) for line in lines), default=0.0)
            yield Piece(Rule(RULE_SHARE * longest), with_next=True, whole=True)
        else:
            yield Piece(
                Paragraph(self.layout.title.under_subject, ParagraphStyle("under", style, spaceAfter=6)),
                with_next=True,
            )

    def addressees(self) -> Iterator[Piece]:
        """Kính gửi (S22): one on the line, several each on its own."""
        said = self.document.letterhead.addressees
        if not said or not self.layout.title.addressees:
            return
        size = self.layout.text.size
        style = ParagraphStyle(
            "addressees", self.body, alignment=TA_LEFT, firstLineIndent=0, leftIndent=25 * mm
        )
        word = "Kính gửi:"
        if len(said) == 1:
            yield Piece(Paragraph(f"{word} {escape(said[0])}.", style))
            return
        yield Piece(Paragraph(word, style), with_next=True, whole=True)
        indent = 25 * mm + width(word, REGULAR, size) - width(":", REGULAR, size)
        hanging = ParagraphStyle(
            "addressee", style, leftIndent=indent + 8, bulletIndent=indent, spaceBefore=0
        )
        for n, one in enumerate(said):
            end = "." if n == len(said) - 1 else ";"
            yield Piece(Paragraph(f"{escape(one)}{end}", hanging, bulletText="-"))

    def block(self, block: Block) -> Iterator[Piece]:
        """One block of the report or of an annex."""
        match block:
            case Heading():
                yield Piece(
                    Paragraph(self.heading_text(block), self.heading), block.place, with_next=True, whole=True
                )
            case Prompt(place, text):
                yield Piece(Paragraph(f"- {escape(text)}", self.prompt), place, with_next=True, whole=True)
            case Body(place, runs, bullet):
                yield Piece(self.paragraph(runs, bullet), place)
            case Blank(place):
                rules = self.layout.text
                yield Piece(Dots(rules.size, rules.leading, rules.gap), place)
            case Grid():
                yield from self.grid(block)

    def heading_text(self, heading: Heading) -> str:
        """The number and title of a heading (S28, S29, P17)."""
        rules = self.layout.headings
        if heading.depth == 0:
            return escape(rules.upper.format(number=heading.number, title=heading.title.upper()))
        return escape(rules.lower.format(number=heading.number, title=heading.title))

    def paragraph(self, runs: tuple[Run, ...], bullet: bool) -> Paragraph:
        """A paragraph of the body; an entry of a list begins with a dash."""
        text = marked(runs, self.layout.text.size)
        return Paragraph(f"- {text}" if bullet else text, self.body)

    def footnote(self, number: int) -> list[Flowable]:
        """The paragraphs of a footnote, the first with its number."""
        texts = self.document.notes.get(number, ())
        made: list[Flowable] = []
        for n, runs in enumerate(texts or ((),)):
            mark = f'<super size="7" rise="4">{number}</super> ' if n == 0 else ""
            made.append(Paragraph(mark + marked(runs, self.layout.text.note_size), self.note))
        return made

    def grid(self, grid: Grid, room: float | None = None) -> Iterator[Piece]:
        """A table with its title; its head is repeated on each page."""
        if grid.title:
            yield Piece(Paragraph(held(grid.title), self.heading), grid.place, with_next=True, whole=True)
        total = sum(grid.widths)
        head = [Paragraph(escape(text), self.head) for text in grid.head]
        rows = [
            [
                Paragraph(held(text), self.centred if n in grid.centred else self.cell)
                for n, text in enumerate(row)
            ]
            for row in grid.rows
        ]
        yield Piece(
            Table(
                [head, *rows],
                colWidths=[(room or self.room) * share / total for share in grid.widths],
                repeatRows=1,
                style=[
                    ("GRID", (0, 0), (-1, -1), 0.5, black),
                    ("FONT", (0, 0), (-1, -1), REGULAR, CELL_SIZE),
                    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                    ("LEFTPADDING", (0, 0), (-1, -1), 4),
                    ("RIGHTPADDING", (0, 0), (-1, -1), 4),
                    ("TOPPADDING", (0, 0), (-1, -1), 2),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
                ],
                spaceBefore=6,
            ),
            grid.place,
        )

    def annex(self, annex: AnnexPart, number: str) -> Iterator[Piece]:
        """An annex: its word and number, its title, what it belongs to, its blocks (S38-S40)."""
        rules = self.layout.annex
        word = ParagraphStyle("annex", self.title, fontSize=rules.word_size)
        yield Piece(Paragraph(" ".join(filter(None, (rules.word, number))), word), annex.id, with_next=True)
        title = ParagraphStyle("annex title", self.title, fontSize=rules.title_size, spaceBefore=0)
        yield Piece(Paragraph(escape(annex.title.upper()), title), with_next=True, whole=True)
        italic = ParagraphStyle("reference", title, fontName=ITALIC, fontSize=13, spaceAfter=6)
        yield Piece(
            Paragraph(escape(self.reference(self.document.letterhead)), italic), with_next=True, whole=True
        )
        for block in annex.blocks:
            yield from self.block(block)

    def reference(self, head: Letterhead) -> str:
        """What an annex goes with (S40)."""
        rules = self.layout.letterhead
        number = number_line(rules, head)
        return self.layout.annex.reference.format(
            title=self.document.title,
            number=number[:1].lower() + number[1:].replace(": ", " "),
            day=day_words(rules, head.day),
            body=head.issuing_body,
        )
