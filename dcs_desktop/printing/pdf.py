"""The printed report as a PDF file: the same content gives the same bytes (R27)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.printing.document import Body, Document, Grid, Heading, Prompt
from dcs_desktop.printing.fonts import REGULAR, missing, register
from dcs_desktop.printing.layouts import Layout
from dcs_desktop.printing.marking import TICK_BOX
from dcs_desktop.printing.pagination import Page, Paginator, draw
from dcs_desktop.printing.pieces import Pieces

BOX = 10.0
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF: its bytes, how many pages, and on which page (from 0) each item begins."""

    data: bytes
    pages: int
    item_pages: Mapping[str, int]


def render(document: Document, layout: Layout) -> Printed:
    """Lay a document out. Raises Refusal naming item and sign for a sign that cannot be printed."""
    register()
    _refuse_unprintable(document)
    target = BytesIO()
    canvas = Canvas(
        target, pagesize=A4, invariant=1, initialFontName=REGULAR, lang="vi-VN", pageCompression=1
    )
    canvas.setTitle(f"{document.title} {document.subject[:1].lower()}{document.subject[1:]}")
    canvas.setAuthor(document.letterhead.issuing_body or document.unit)
    canvas.setSubject(document.unit)
    canvas.setCreator("DCS Desktop")
    canvas.setKeywords(document.digest)
    canvas.setNamedCB(TICK_BOX, tick_box)
    printing = _Printing(canvas, document, layout)
    printing.all()
    canvas.save()
    return Printed(target.getvalue(), printing.page, printing.item_pages)


class _Printing:
    """One run over the parts of a document, each with pages of its own numbering."""

    def __init__(self, canvas: Canvas, document: Document, layout: Layout) -> None:
        self.canvas = canvas
        self.document = document
        self.layout = layout
        self.pieces = Pieces(document, layout)
        self.page = 0
        self.item_pages: dict[str, int] = {}

    def all(self) -> None:
        width, height = self.area(A4)
        paginator = Paginator(width, height, self.pieces.footnote)
        self.part(paginator, paginator.run(list(self.pieces.report())), A4)
        for n, annex in enumerate(self.document.annexes):
            size = landscape(A4) if annex.landscape else A4
            width, height = self.area(size)
            paginator = Paginator(width, height, self.pieces.footnote)
            self.part(paginator, paginator.run(list(self.pieces.annex(annex, self.number(n)))), size)

    def number(self, n: int) -> str:
        """The number of an annex, none when it is the only one (S38, P24)."""
        if len(self.document.annexes) < 2:
            return ""
        return ROMAN[n] if self.layout.annex.numbers == "roman" else str(n + 1)

    def area(self, size: tuple[float, float]) -> tuple[float, float]:
        """The width and height of the text on a page."""
        rules = self.layout.page
        return size[0] - (rules.left + rules.right) * mm, size[1] - (rules.top + rules.bottom) * mm

    def part(self, paginator: Paginator, pages: list[Page], size: tuple[float, float]) -> None:
        """Draw the pages of the report or of one annex."""
        for place, at in paginator.page_of.items():
            self.item_pages.setdefault(place, self.page + at)
        titles = self.titles()
        for number, page in enumerate(pages, 1):
            self.canvas.setPageSize(size)
            for place, at in paginator.page_of.items():
                if at == number - 1 and place in titles:
                    self.bookmark(place, titles.pop(place))
            self.draw_page(page, number, size)
            self.page += 1

    def draw_page(self, page: Page, number: int, size: tuple[float, float]) -> None:
        rules = self.layout.page
        width, height = self.area(size)
        if number > 1:
            self.canvas.setFont(REGULAR, rules.number_size)
            y = size[1] - rules.number_from_top * mm - rules.number_size * 0.7
            self.canvas.drawCentredString(rules.left * mm + width / 2, y, str(number))
        draw(page, self.canvas, rules.left * mm, rules.bottom * mm, width, height)
        self.canvas.showPage()

    def titles(self) -> dict[str, tuple[str, int]]:
        """The outline's entries by place: their words and depth."""
        found = {
            block.place: (f"{block.number}. {block.title}", min(block.depth, 1))
            for block in self.document.blocks
            if isinstance(block, Heading)
        }
        return {**found, **{annex.id: (annex.title, 0) for annex in self.document.annexes}}

    def bookmark(self, place: str, entry: tuple[str, int]) -> None:
        key = f"place-{len(self.item_pages)}-{place}"
        self.canvas.bookmarkPage(key)
        self.canvas.addOutlineEntry(entry[0], key, level=entry[1], closed=0)


def tick_box(canvas: Canvas, _kind: str, state: str) -> None:
    """Draw a square, crossed when it is ticked, where the line of text has come to."""
    at = canvas._curr_tx_info
    x, y = at["cur_x"] + 2, at["cur_y"] - 1
    canvas.saveState()
    canvas.setLineWidth(0.8)
    canvas.rect(x, y, BOX, BOX)
    if state == "ticked":
        canvas.line(x, y, x + BOX, y + BOX)
        canvas.line(x, y + BOX, x + BOX, y)
    canvas.restoreState()


def _refuse_unprintable(document: Document) -> None:
    for place, text in _texts(document):
        signs = missing(text)
        if signs:
            message = _("Mục {place}: không in được ký tự “{signs}”. Đề nghị thay bằng ký tự khác.")
            raise Refusal(message.format(place=place, signs="”, “".join(signs)))


def _texts(document: Document) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for block in (*document.blocks, *(b for annex in document.annexes for b in annex.blocks)):
        match block:
            case Heading(place, _depth, _number, title):
                found.append((place, title))
            case Prompt(place, text):
                found.append((place, text))
            case Body(place, runs, _bullet):
                found.append((place, "".join(run.text for run in runs)))
            case Grid():
                found += [(block.place, " ".join(row)) for row in block.rows]
    for runs_of_note in document.notes.values():
        found += [(_("chú thích"), "".join(run.text for run in runs)) for runs in runs_of_note]
    head = document.letterhead
    words = (
        head.superior_body,
        head.issuing_body,
        head.place,
        head.signatory,
        *head.recipients,
        *head.signing,
    )
    return [*found, (_("Thể thức"), " ".join(words))]
