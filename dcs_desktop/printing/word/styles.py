"""The styles of a layout as Word's own: body, headings 1 to 3, lists, footnotes, tables, letterhead."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from dcs_desktop.printing.layouts import Layout
from dcs_desktop.printing.styles import LEADING
from dcs_desktop.printing.word.elements import MM, Element, halves, on, properties, twips, value, w

FACE = "Times New Roman"
NATURAL = 1.149
"""How far lines of Times stand apart in Word at single spacing, in sizes of the letters."""
SINGLE = 240
DASHES = "1"

Align = Literal["left", "center", "both", "right"]


@dataclass(frozen=True, slots=True)
class Look:
    """A paragraph style: its id, the name Word lists it under, what it looks like. Lengths in points."""

    id: str
    name: str
    size: float
    leading: float
    align: Align = "left"
    indent: float = 0.0
    before: float = 0.0
    after: float = 0.0
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    kept: bool = False
    level: int | None = None
    dashes: bool = False
    based_on: str = "Normal"
    next: str = ""


def looks(layout: Layout) -> tuple[Look, ...]:
    """Every paragraph style of a layout."""
    kinds = (_text_looks, _table_looks, _head_looks, _annex_looks, _signature_looks)
    return tuple(look for kind in kinds for look in kind(layout))


def _text_looks(layout: Layout) -> tuple[Look, ...]:
    text = layout.text
    size, leading, gap = text.size, text.leading, text.gap
    body = Look("BodyText", "Body Text", size, leading, "both", text.indent * MM, gap)
    kept = replace(body, bold=True, kept=True, next="BodyText")
    return (
        body,
        replace(kept, id="Heading1", name="heading 1", level=0),
        replace(kept, id="Heading2", name="heading 2", level=1),
        replace(kept, id="Heading3", name="heading 3", level=2),
        replace(kept, id="DcsPrompt", name="Dòng gợi ý của mục", italic=True),
        Look("ListBullet", "List Bullet", size, leading, "both", 0.0, gap, dashes=True, based_on="BodyText"),
        Look("ListNumber", "List Number", size, leading, "both", 0.0, gap, based_on="BodyText"),
        Look("FootnoteText", "footnote text", text.note_size, text.note_leading, "both"),
        replace(kept, id="DcsTableTitle", name="Tên bảng", after=gap, next="DcsCell"),
    )


def _table_looks(layout: Layout) -> tuple[Look, ...]:
    cell = Look("DcsCell", "Ô bảng", layout.tables.size, layout.tables.leading)
    centred = replace(cell, id="DcsCellCentred", name="Ô bảng ở giữa", align="center", based_on="DcsCell")
    return cell, centred, replace(centred, id="DcsTableHead", name="Đầu bảng", bold=True, kept=True)


def _head_looks(layout: Layout) -> tuple[Look, ...]:
    title, head, page = layout.title, layout.letterhead, layout.page
    text = layout.text
    return (
        Look("Header", "header", page.number_size, page.number_size * NATURAL, "center"),
        Look("DcsLetterhead", "Đầu văn bản", head.number_size, head.number_size * head.line, "center"),
        Look(
            "Title",
            "Title",
            title.size,
            LEADING * title.size,
            "center",
            before=title.above * MM,
            bold=True,
            kept=True,
            next="Subtitle",
        ),
        Look(
            "Subtitle",
            "Subtitle",
            title.subject_size,
            LEADING * title.subject_size,
            "center",
            bold=True,
            kept=True,
            next="BodyText",
        ),
        Look("DcsAddressee", "Kính gửi", text.size, text.leading),
    )


def _annex_looks(layout: Layout) -> tuple[Look, ...]:
    annex, text, trace = layout.annex, layout.text, layout.trace
    return (
        Look(
            "DcsAnnex",
            "Phụ lục",
            annex.word_size,
            LEADING * annex.word_size,
            "center",
            bold=True,
            kept=True,
            next="DcsAnnexTitle",
        ),
        Look(
            "DcsAnnexTitle",
            "Tên phụ lục",
            annex.title_size,
            LEADING * annex.title_size,
            "center",
            bold=True,
            kept=True,
            level=0,
        ),
        Look(
            "DcsAnnexReference",
            "Phụ lục kèm theo",
            annex.reference_size,
            LEADING * annex.reference_size,
            "center",
            after=text.gap,
            italic=True,
            kept=True,
        ),
        Look(
            "DcsForm",
            "Dòng của phụ lục",
            text.size,
            text.leading,
            "left",
            text.indent * MM,
            annex.gap,
        ),
        Look("DcsDraft", "Dự thảo", layout.draft.size, layout.draft.size * NATURAL, bold=True),
        Look("DcsTrace", "Dấu đối chiếu", trace.size, trace.leading),
    )


def _signature_looks(layout: Layout) -> tuple[Look, ...]:
    rules = layout.signature
    size, word = rules.size, rules.recipients_word_size
    slanted = rules.recipients_word_style == "bold italic"
    return (
        Look("DcsSigning", "Chức vụ người ký", size, size * rules.line, "center"),
        Look("DcsSignatory", "Họ tên người ký", size, size * rules.line, "center", bold=True),
        Look(
            "DcsRecipientsWord",
            "Nơi nhận",
            word,
            word * rules.line,
            bold=slanted,
            italic=slanted,
            underlined=not slanted,
        ),
        Look("DcsRecipient", "Nơi nhận: từng nơi", rules.recipients_size, rules.recipients_size * rules.line),
    )


def styles_part(layout: Layout) -> Element:
    """The root of word/styles.xml."""
    return w(
        "styles",
        _defaults(layout),
        _plain(),
        *map(_paragraph_style, looks(layout)),
        *_character_styles(),
        *_table_styles(),
    )


def _defaults(layout: Layout) -> Element:
    face = w("rFonts", ascii=FACE, hAnsi=FACE, eastAsia=FACE, cs=FACE)
    tongue = w("lang", val="vi-VN", eastAsia="vi-VN", bidi="ar-SA")
    letters = properties("rPr", face, *_size(layout.text.size), tongue)
    return w("docDefaults", w("rPrDefault", letters), w("pPrDefault"))


def _plain() -> Element:
    said = properties("pPr", on("widowControl"))
    return w(
        "style", value("name", "Normal"), w("qFormat"), said, type="paragraph", default=1, styleId="Normal"
    )


def _paragraph_style(look: Look) -> Element:
    after = value("next", look.next) if look.next else None
    names = (value("name", look.name), value("basedOn", look.based_on), after)
    return w(
        "style", *names, w("qFormat"), _paragraph(look), _letters(look), type="paragraph", styleId=look.id
    )


def _paragraph(look: Look) -> Element | None:
    spacing = w(
        "spacing",
        before=twips(look.before),
        after=twips(look.after),
        line=line_of(look.size, look.leading),
        lineRule="auto",
    )
    return properties(
        "pPr",
        on("keepNext", look.kept),
        on("keepLines", look.kept),
        w("numPr", value("ilvl", 0), value("numId", DASHES)) if look.dashes else None,
        spacing,
        w("ind", firstLine=twips(look.indent)) if look.indent else None,
        value("jc", look.align) if look.align != "left" else None,
        value("outlineLvl", look.level) if look.level is not None else None,
    )


def _letters(look: Look) -> Element | None:
    underline = value("u", "single") if look.underlined else None
    return properties("rPr", on("b", look.bold), on("i", look.italic), *_size(look.size), underline)


def line_of(size: float, leading: float) -> int:
    """Leading as Word counts it where it is a multiple: 240 for each natural line."""
    return round(SINGLE * leading / (NATURAL * size))


def _size(size: float) -> tuple[Element, Element]:
    return value("sz", halves(size)), value("szCs", halves(size))


def _character_styles() -> tuple[Element, ...]:
    def style(id: str, name: str, letters: Element | None, **said: int) -> Element:
        return w("style", value("name", name), letters, type="character", styleId=id, **said)

    return (
        style("DefaultParagraphFont", "Default Paragraph Font", None, default=1),
        style(
            "FootnoteReference", "footnote reference", properties("rPr", value("vertAlign", "superscript"))
        ),
        style("PlaceholderText", "Placeholder Text", None),
    )


def _table_styles() -> tuple[Element, ...]:
    none = (w("top", w=0, type="dxa"), w("left", w=0, type="dxa"), w("bottom", w=0, type="dxa"))
    air = w("tblCellMar", *none, w("right", w=0, type="dxa"))
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = w("tblBorders", *(w(side, val="single", sz=4, space=0, color="auto") for side in sides))
    return (
        w(
            "style",
            value("name", "Normal Table"),
            properties("tblPr", w("tblInd", w=0, type="dxa"), air),
            type="table",
            default=1,
            styleId="TableNormal",
        ),
        w(
            "style",
            value("name", "Table Grid"),
            value("basedOn", "TableNormal"),
            properties("tblPr", lines),
            type="table",
            styleId="TableGrid",
        ),
    )
