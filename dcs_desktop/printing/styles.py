"""The paragraph styles of a layout."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from dcs_desktop.printing.fonts import BOLD, BOLD_ITALIC, ITALIC, REGULAR
from dcs_desktop.printing.layouts import Layout, TableRules

LEADING = 1.3


@dataclass(frozen=True, slots=True)
class CellStyles:
    """The cells of a table."""

    plain: ParagraphStyle
    centred: ParagraphStyle
    right: ParagraphStyle
    head: ParagraphStyle


@dataclass(frozen=True, slots=True)
class Styles:
    """One style for each kind of paragraph."""

    body: ParagraphStyle
    form: ParagraphStyle
    heading: ParagraphStyle
    prompt: ParagraphStyle
    note: ParagraphStyle
    title: ParagraphStyle
    subject: ParagraphStyle
    addressee: ParagraphStyle
    annex_word: ParagraphStyle
    annex_title: ParagraphStyle
    annex_reference: ParagraphStyle
    tables: CellStyles
    unit_tables: CellStyles


def styles(layout: Layout) -> Styles:
    """The styles of a layout."""
    text, annex = layout.text, layout.annex
    plain = ParagraphStyle(
        "plain",
        fontName=REGULAR,
        fontSize=text.size,
        leading=text.leading,
        splitLongWords=1,
        alignment=TA_LEFT,
    )
    body = ParagraphStyle(
        "body", plain, alignment=TA_JUSTIFY, firstLineIndent=text.indent * mm, spaceBefore=text.gap
    )
    annex_title = _centred("annex title", plain, BOLD, annex.title_size)
    return Styles(
        body=body,
        form=ParagraphStyle("form", body, alignment=TA_LEFT, spaceBefore=annex.gap),
        heading=ParagraphStyle("heading", body, fontName=BOLD),
        prompt=ParagraphStyle("prompt", body, fontName=BOLD_ITALIC),
        note=ParagraphStyle(
            "note", plain, fontSize=text.note_size, leading=text.note_leading, alignment=TA_JUSTIFY
        ),
        title=_centred("title", plain, BOLD, layout.title.size),
        subject=_centred("subject", plain, BOLD, layout.title.subject_size),
        addressee=ParagraphStyle("addressee", plain, leftIndent=layout.addressees.indent * mm),
        annex_word=_centred("annex word", plain, BOLD, annex.word_size),
        annex_title=annex_title,
        annex_reference=_centred("annex reference", plain, ITALIC, annex.reference_size, text.gap),
        tables=_cells(plain, layout.tables),
        unit_tables=_cells(plain, layout.unit_tables),
    )


def _cells(plain: ParagraphStyle, rules: TableRules) -> CellStyles:
    cell = ParagraphStyle("cell", plain, fontSize=rules.size, leading=rules.leading)
    return CellStyles(
        plain=cell,
        centred=ParagraphStyle("centred", cell, alignment=TA_CENTER),
        right=ParagraphStyle("right", cell, alignment=TA_RIGHT),
        head=ParagraphStyle("head", cell, fontName=BOLD, alignment=TA_CENTER),
    )


def _centred(name: str, plain: ParagraphStyle, face: str, size: float, after: float = 0.0) -> ParagraphStyle:
    return ParagraphStyle(
        name,
        plain,
        fontName=face,
        fontSize=size,
        leading=LEADING * size,
        alignment=TA_CENTER,
        spaceAfter=after,
    )
