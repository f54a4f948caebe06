"""The printed report as a PDF file: the same content gives the same bytes (R27)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from dcs_desktop.printing.document import AnnexPart, Document, Heading
from dcs_desktop.printing.flowables import THIN
from dcs_desktop.printing.fonts import BOLD, REGULAR, register, width
from dcs_desktop.printing.footnotes import Breakable, Whole, tick_box
from dcs_desktop.printing.layouts import Layout
from dcs_desktop.printing.marking import TICK_BOX
from dcs_desktop.printing.pagination import Page, Paginator, Piece, draw
from dcs_desktop.printing.pieces import SIGNATURE, Pieces
from dcs_desktop.printing.printable import refuse_unprintable
from dcs_desktop.printing.trace import TraceMark, trace

ROMAN = (("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))
CAP = 0.66
TAIL = 0.2


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on paper: the page from 0, and points from its upper edge."""

    page: int
    top: float


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on a page (from 0), in points from its lower left corner."""

    page: int
    left: float
    bottom: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF: its bytes, how many pages, where each section and item begins, where the signatory signs, if a draft."""

    data: bytes
    pages: int
    spots: Mapping[str, Spot]
    signature: Area | None
    draft: bool = False

    @property
    def item_pages(self) -> Mapping[str, int]:
        """The page, from 0, on which each section and item begins."""
        return {place: spot.page for place, spot in self.spots.items()}


def render(document: Document, layout: Layout) -> Printed:
    """Lay a document out. Raises Refusal naming item and sign for a sign that cannot be printed."""
    register()
    refuse_unprintable(document)
    target = BytesIO()
    canvas = Canvas(
        target, pagesize=A4, invariant=1, initialFontName=REGULAR, lang="vi-VN", pageCompression=1
    )
    canvas.setTitle(f"{document.title} {document.subject[:1].lower()}{document.subject[1:]}")
    canvas.setAuthor(document.letterhead.issuing_body or document.identity.unit.name)
    canvas.setSubject(document.identity.unit.name)
    canvas.setCreator("DCS Desktop")
    canvas.setKeywords(document.digest)
    canvas.setNamedCB(TICK_BOX, tick_box)
    printing = _Printing(canvas, document, layout)
    printing.all()
    canvas.save()
    return Printed(target.getvalue(), printing.page, printing.spots, printing.signature, document.draft)


class _Printing:
    """One run over the parts of a document, each with pages of its own numbering."""

    def __init__(self, canvas: Canvas, document: Document, layout: Layout) -> None:
        self.canvas = canvas
        self.document = document
        self.layout = layout
        self.page = 0
        self.spots: dict[str, Spot] = {}
        self.signature: Area | None = None
        self.titles = outline(document)

    def all(self) -> None:
        """The report, then each annex."""
        width, height = self.text_area(A4)
        pieces = Pieces(self.document, self.layout, width)
        self.part(Paginator(height, pieces.note).run(list(pieces.report())), A4, pieces)
        for n, annex in enumerate(self.document.annexes):
            size = landscape(A4) if annex.landscape else A4
            width, height = self.text_area(size)
            pieces = Pieces(self.document, self.layout, width)
            made: list[Piece] = list(pieces.annex(annex, self.annex_number(n)))
            foot = self.foot(annex, width)
            self.part(Paginator(height, pieces.note).run(made, foot), size, pieces)

    def foot(self, annex: AnnexPart, width: float) -> Breakable | None:
        """The mark at the foot of the annex of figures."""
        if not annex.traced or not self.document.digest:
            return None
        mark = TraceMark(trace(self.document.identity, self.document.digest), self.layout.trace)
        return Whole(mark, width, before=self.layout.text.gap)

    def annex_number(self, n: int) -> str:
        """The number of an annex, none when it is the only one (S38, P24)."""
        if len(self.document.annexes) < 2:
            return ""
        return roman(n + 1) if self.layout.annex.numbers == "roman" else str(n + 1)

    def text_area(self, size: tuple[float, float]) -> tuple[float, float]:
        """The width and height of the text on a page."""
        rules = self.layout.page
        return size[0] - (rules.left + rules.right) * mm, size[1] - (rules.top + rules.bottom) * mm

    def part(self, pages: list[Page], size: tuple[float, float], pieces: Pieces) -> None:
        """Draw the pages of the report or of one annex."""
        for number, page in enumerate(pages, 1):
            self.canvas.setPageSize(size)
            self.note_places(page, size, pieces)
            self.draw_page(page, number, size)
            self.page += 1

    def note_places(self, page: Page, size: tuple[float, float], pieces: Pieces) -> None:
        """Remember where everything stands on the page that is drawn next, and list it in the outline."""
        edge = self.layout.page.top * mm
        for placed in page.placed:
            if placed.place == SIGNATURE:
                self.signature = self.signing_area(placed.top, size, pieces)
                continue
            here = ((placed.place, 0.0), *placed.content.places())
            for place, below in here:
                if place and place not in self.spots:
                    self.spots[place] = Spot(self.page, edge + placed.top + below)
                    self.bookmark(place, size)

    def signing_area(self, top: float, size: tuple[float, float], pieces: Pieces) -> Area:
        """Where the signatory signs."""
        rules, block = self.layout.page, pieces.signature
        left, bottom, width, height = block.space
        corner = size[1] - rules.top * mm - top - block.tall
        return Area(self.page, rules.left * mm + left, corner + bottom, width, height)

    def bookmark(self, place: str, size: tuple[float, float]) -> None:
        """An entry of the outline that leads to a section or annex."""
        entry = self.titles.get(place)
        if entry is not None:
            key = f"place-{place}"
            self.canvas.bookmarkHorizontal(key, 0, size[1] - self.spots[place].top)
            self.canvas.addOutlineEntry(entry[0], key, level=entry[1], closed=0)

    def draw_page(self, page: Page, number: int, size: tuple[float, float]) -> None:
        """Draw one page, with its number above the text from the second on (S05, P23)."""
        rules = self.layout.page
        width, height = self.text_area(size)
        if self.document.draft:
            self.draw_draft_mark(size)
        if number > 1:
            self.canvas.setFont(REGULAR, rules.number_size)
            y = size[1] - rules.number_from_top * mm - rules.number_size * CAP
            self.canvas.drawCentredString(rules.left * mm + width / 2, y, str(number))
        draw(page, self.canvas, rules.left * mm, rules.bottom * mm, height, self.layout.text.note_rule * mm)
        self.canvas.showPage()

    def draw_draft_mark(self, size: tuple[float, float]) -> None:
        """The framed word at the left end of the upper margin: what a reader meets first, in print and read aloud."""
        rules, left = self.layout.draft, self.layout.page.left * mm
        tall, air = rules.size * CAP, rules.air * mm
        y = size[1] - rules.from_top * mm - tall
        self.canvas.setFont(BOLD, rules.size)
        self.canvas.drawString(left + air, y, rules.word)
        below = air + rules.size * TAIL
        wide = width(rules.word, BOLD, rules.size) + 2 * air
        self.canvas.setLineWidth(THIN)
        self.canvas.rect(left, y - below, wide, below + tall + 2 * air)


def outline(document: Document) -> dict[str, tuple[str, int]]:
    """The outline's entries by place: their words, and how deep they stand."""
    entries: dict[str, tuple[str, int]] = {}
    deepest = -1
    for block in document.blocks:
        if isinstance(block, Heading):
            deepest = min(block.depth, deepest + 1)
            entries[block.place] = (
                f"{block.number}. {block.title}" if block.number else block.title,
                deepest,
            )
    return {**entries, **{annex.id: (annex.title, 0) for annex in document.annexes}}


def roman(number: int) -> str:
    """A small number in Roman numerals."""
    for sign, worth in ROMAN:
        if number >= worth:
            return sign + roman(number - worth)
    return ""
