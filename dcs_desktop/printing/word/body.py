"""The text of the report and of its annexes, each with pages of its own numbering."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from docx.oxml.ns import qn

from dcs_desktop.core.text import nfc
from dcs_desktop.printing.document import (
    AnnexPart,
    Blank,
    Block,
    Body,
    Document,
    Grid,
    Heading,
    Illustration,
    Prompt,
    Run,
    plain,
)
from dcs_desktop.printing.fonts import BOLD, ITALIC, REGULAR, width, wrapped
from dcs_desktop.printing.formed import annex_words, heading_words, reference_words
from dcs_desktop.printing.layouts import Layout
from dcs_desktop.printing.marking import hardened
from dcs_desktop.printing.word.controls import Controls
from dcs_desktop.printing.word.elements import (
    MM,
    Element,
    add_property,
    from_mm,
    on,
    properties,
    twips,
    value,
    w,
)
from dcs_desktop.printing.word.head import addressees, closing, letterhead, title
from dcs_desktop.printing.word.lists import NumberedLists
from dcs_desktop.printing.word.signing import signature
from dcs_desktop.printing.word.tables import grid
from dcs_desktop.printing.word.text import Text, letters, paragraph

PAGE = (210.0, 297.0)
SHORT = 3
"""Of how many lines a paragraph is at most that stays with the next as a whole."""


@dataclass(frozen=True, slots=True)
class Attached:
    """The relationships of what a section names: the header of its first page and of the others."""

    first: str
    others: str


class Writer:
    """Writes the blocks of one document in the measures of a layout."""

    def __init__(self, document: Document, layout: Layout, text: Text, controls: Controls) -> None:
        self.document = document
        self.layout = layout
        self.text = text
        self.controls = controls
        self.numbers = NumberedLists()

    def body(self, attached: Attached, foot: Sequence[Element]) -> Element:
        """The whole body; ``foot`` is what stands at the end of the traced annex."""
        sections = [(list(self.report()), False)]
        for n, annex in enumerate(self.document.annexes):
            made = list(self.annex(annex, n))
            sections.append(([*made, *foot] if annex.traced else made, annex.landscape))
        *others, last = sections
        body = w("body")
        for made, landscape in others:
            body.extend(made)
            body.append(self._end(self._section(attached, landscape)))
        body.extend(last[0])
        body.append(closing())
        body.append(self._section(attached, last[1]))
        return body

    def _end(self, section: Element) -> Element:
        end = closing()
        add_property(end, "pPr", section)
        return end

    def room(self, landscape: bool = False) -> float:
        """The width of the text, in points."""
        wide = PAGE[1] if landscape else PAGE[0]
        return (wide - self.layout.page.left - self.layout.page.right) * MM

    def _section(self, attached: Attached, landscape: bool) -> Element:
        """The page of a section: numbered from 1, no number on its first (S01-S05, S41, P02, P23)."""
        rules = self.layout.page
        wide, tall = (from_mm(side) for side in (reversed(PAGE) if landscape else PAGE))
        size = w("pgSz", w=wide, h=tall, orient="landscape") if landscape else w("pgSz", w=wide, h=tall)
        margins = {side: from_mm(getattr(rules, side)) for side in ("top", "right", "bottom", "left")}
        header = from_mm(rules.number_from_top)
        return properties(
            "sectPr",
            self._header("default", attached.others),
            self._header("first", attached.first),
            value("type", "nextPage"),
            size,
            w("pgMar", **margins, header=header, footer=header, gutter=0),
            w("pgNumType", start=1),
            on("titlePg"),
        )

    def _header(self, type: str, relationship: str) -> Element:
        made = w("headerReference", type=type)
        made.set(qn("r:id"), relationship)
        return made

    def report(self) -> Iterator[Element]:
        """The report itself: letterhead, title, body, signature, which its last lines stay with."""
        document, layout, room = self.document, self.layout, self.room()
        yield closing()  # LibreOffice puts an empty line before a table that a document begins with
        yield letterhead(document, layout, room)
        yield from title(document, layout, room)
        yield from addressees(document, layout)
        body = list(self.blocks(document.blocks, room))
        for element in body[-1:]:
            for last in _last_lines(element):
                add_property(last, "pPr", on("keepNext"))
        yield from body
        yield signature(document, layout, room)

    def annex(self, annex: AnnexPart, n: int) -> Iterator[Element]:
        """An annex: its word and number, its title, what it belongs to, its blocks (S38-S40)."""
        rules, room = self.layout.annex, self.room(annex.landscape)
        within = self.layout.title.room * room
        heading = wrapped(hardened(nfc(annex.title).upper()), BOLD, rules.title_size, within)
        belongs = reference_words(self.layout, self.document)
        reference = wrapped(hardened(nfc(belongs)), ITALIC, rules.reference_size, within)
        yield paragraph("DcsAnnex", letters(annex_words(self.layout, self.document, n)))
        yield paragraph("DcsAnnexTitle", letters("\n".join(heading)))
        yield paragraph("DcsAnnexReference", letters("\n".join(reference)))
        yield from self.blocks(annex.blocks, room)

    def blocks(self, blocks: Sequence[Block], room: float) -> Iterator[Element]:
        """Blocks one after another, the prose of an item in one control."""
        after_table = False
        for item, group in groupby(blocks, _item):
            if item:
                yield self.item(item, list(group), room)
                after_table = False
                continue
            for block in group:
                if after_table and isinstance(block, Grid) and not block.title:
                    yield closing()
                yield from self.block(block, room)
                after_table = isinstance(block, Grid)

    def item(self, item: str, prose: Sequence[Block], room: float) -> Element:
        """The prose of an item, or a dotted line to write on in place of it."""
        blank = all(isinstance(block, Blank) for block in prose)
        paragraphs = [element for block in prose for element in self.block(block, room)]
        return self.controls.item(item, self.document.names.get(item, ""), paragraphs, blank=blank)

    def block(self, block: Block, room: float) -> Iterator[Element]:
        """One block of the report or of an annex."""
        match block:
            case Heading(_place, depth, _number, _title, marks):
                said = (Run(heading_words(self.layout, block)), *marks)
                yield paragraph(f"Heading{min(depth, 2) + 1}", self.text.inside(said))
            case Prompt(_place, words):
                yield paragraph("DcsPrompt", self.text.inside((Run(f"- {words}"),)))
            case Body():
                yield self._paragraph(block, room)
            case Blank():
                yield self._dots(room)
            case Grid():
                if block.title:
                    yield paragraph("DcsTableTitle", self.text.inside((Run(block.title),)))
                yield grid(block, self.layout.tables, room, self.text)
            case Illustration(_place, picture):
                yield paragraph("DcsForm", self.text.inside((Run(picture.told),)))

    def _paragraph(self, block: Body, room: float) -> Element:
        """A paragraph; a short one that announces what follows stays with it (LibreOffice never breaks one that stays)."""
        short = width(plain(block.runs), REGULAR, self.layout.text.size) < SHORT * room
        leads, inside = on("keepNext", block.leads and short), self.text.inside(block.runs)
        if block.form:
            return paragraph("DcsForm", [*letters(block.lead), *inside], leads)
        if block.number:
            return paragraph("ListNumber", inside, leads, self.numbers.entry(block))
        return paragraph("ListBullet" if block.bullet else "BodyText", inside, leads)

    def _dots(self, room: float) -> Element:
        """A dotted leader to the end of the line."""
        stop = w("tabs", w("tab", val="right", leader="dot", pos=twips(room)))
        shown = properties("rPr", value("rStyle", "PlaceholderText"))
        return paragraph("BodyText", [w("r", shown, w("tab"))], stop)


def _item(block: Block) -> str:
    """The item whose prose a block is, "" for what is none: headings, prompts, tables, lines of a form."""
    match block:
        case Body(place, _runs, _bullet, form):
            return "" if form else place
        case Blank(place):
            return place
        case _:
            return ""


def _last_lines(element: Element) -> list[Element]:
    """The paragraphs in which an element ends: its last, or those of a table's last row."""
    rows = list(element.iter(qn("w:tr")))
    if rows:
        return list(rows[-1].iter(qn("w:p")))
    return list(element.iter(qn("w:p")))[-1:]
