"""The printed report as a PDF file: the same content gives the same bytes (R27)."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from dcs_desktop.printing.document import Document, Heading
from dcs_desktop.printing.flowables import THIN
from dcs_desktop.printing.fonts import BOLD, REGULAR, width
from dcs_desktop.printing.footnotes import tick_box
from dcs_desktop.printing.laying import Laid, Sheet, lay_out, text_area
from dcs_desktop.printing.layouts import Layout
from dcs_desktop.printing.marking import TICK_BOX
from dcs_desktop.printing.pagination import draw
from dcs_desktop.printing.places import Area, Spot, Stretch, first_spots
from dcs_desktop.printing.trace import TraceMark, trace

CAP = 0.66
TAIL = 0.2


@dataclass(frozen=True)
class Printed:
    """A PDF: its bytes, how many pages, where everything stands, where the signatory signs, if a draft."""

    data: bytes
    pages: int
    stretches: tuple[Stretch, ...]
    signature: Area | None
    draft: bool = False

    @cached_property
    def spots(self) -> Mapping[str, Spot]:
        """Where each section, item, figure and row of a table begins."""
        return first_spots(self.stretches)

    @property
    def item_pages(self) -> Mapping[str, int]:
        """The page, from 0, on which each section and item begins."""
        return {place: spot.page for place, spot in self.spots.items()}


def render(document: Document, layout: Layout) -> Printed:
    """Lay a document out and draw it. Raises Refusal naming item and sign for a sign that cannot be printed."""
    with _unswept():
        return _rendered(document, layout)


@contextmanager
def _unswept() -> Iterator[None]:
    """Nothing made on the way is garbage before the end: looking for some takes a twentieth of the time."""
    sweeping = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if sweeping:
            gc.enable()


def _rendered(document: Document, layout: Layout) -> Printed:
    laid = lay_out(document, layout)
    target = BytesIO()
    canvas = Canvas(
        target, pagesize=A4, invariant=1, initialFontName=REGULAR, lang="vi-VN", pageCompression=1
    )
    canvas.setTitle(f"{document.title} {document.subject[:1].lower()}{document.subject[1:]}")
    canvas.setAuthor(document.letterhead.issuing_body or document.identity.unit.name)
    canvas.setSubject(document.identity.unit.name)
    canvas.setCreator("DCS Desktop")
    canvas.setKeywords(document.digest)
    drawing = _Drawing(canvas, laid)
    drawing.all()
    canvas.save()
    return Printed(target.getvalue(), len(laid.sheets), laid.stretches, laid.signature, document.draft)


def draw_page(laid: Laid, number: int) -> bytes:
    """One page (from 0) as a PDF of its own, to be looked at: nothing in it can be clicked."""
    target = BytesIO()
    canvas = _Unlinked(
        target, pagesize=A4, invariant=1, initialFontName=REGULAR, lang="vi-VN", pageCompression=0
    )
    _Drawing(canvas, laid).draw_page(laid.sheets[number])
    canvas.save()
    return target.getvalue()


class _Unlinked(Canvas):  # type: ignore[misc]  # ReportLab publishes no types
    """A canvas without links: what they lead to stands on other pages."""

    def linkRect(self, *_args: object, **_kwargs: object) -> None:
        """No link."""


class _Drawing:
    """Draws the sheets of a document on a canvas."""

    def __init__(self, canvas: Canvas, laid: Laid) -> None:
        self.canvas = canvas
        self.document = laid.document
        self.layout = laid.layout
        self.laid = laid
        canvas.setNamedCB(TICK_BOX, tick_box)

    def all(self) -> None:
        """Every page, with what the outline lists of it."""
        waiting = outline(self.document)
        on_page: dict[int, list[Stretch]] = {}
        for stretch in self.laid.stretches:
            on_page.setdefault(stretch.page, []).append(stretch)
        for number, sheet in enumerate(self.laid.sheets):
            self.canvas.setPageSize(sheet.size)
            for stretch in on_page.get(number, ()):
                entry = waiting.pop(stretch.place, None)
                if entry is not None:
                    self.bookmark(stretch, entry, sheet.size)
            self.draw_page(sheet)

    def bookmark(self, stretch: Stretch, entry: tuple[str, int], size: tuple[float, float]) -> None:
        """An entry of the outline that leads to a section or annex."""
        key = f"place-{stretch.place}"
        self.canvas.bookmarkHorizontal(key, 0, size[1] - stretch.top)
        self.canvas.addOutlineEntry(entry[0], key, level=entry[1], closed=0)

    def draw_page(self, sheet: Sheet) -> None:
        """Draw one page, with its number above the text from the second on (S05, P23)."""
        rules, size = self.layout.page, sheet.size
        self.canvas.setPageSize(size)
        width, height = text_area(self.layout, size)
        if self.document.draft:
            self.draw_draft_mark(size)
        if self.document.marked and not sheet.traced:
            self.draw_trace(width)
        if sheet.number > 1:
            self.canvas.setFont(REGULAR, rules.number_size)
            y = size[1] - rules.number_from_top * mm - rules.number_size * CAP
            self.canvas.drawCentredString(rules.left * mm + width / 2, y, str(sheet.number))
        left, bottom, rule = rules.left * mm, rules.bottom * mm, self.layout.text.note_rule * mm
        draw(sheet.page, self.canvas, left, bottom, height, rule)
        self.canvas.showPage()

    def draw_trace(self, width: float) -> None:
        """The mark that ties paper to file, in the lower margin."""
        rules = self.layout.trace
        mark = TraceMark(trace(self.document.identity, self.document.digest), rules, rules.page_code)
        mark.wrapOn(self.canvas, width, 0)
        mark.drawOn(self.canvas, self.layout.page.left * mm, rules.page_from_bottom * mm)

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
