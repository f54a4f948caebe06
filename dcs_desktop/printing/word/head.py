"""What stands above the body: letterhead, title, addressees."""

from __future__ import annotations

from collections.abc import Iterator

from dcs_desktop.core.text import nfc
from dcs_desktop.printing.document import Document
from dcs_desktop.printing.flowables import THIN
from dcs_desktop.printing.fonts import BOLD, REGULAR, width, wrapped
from dcs_desktop.printing.layouts import Layout
from dcs_desktop.printing.letterhead import LetterheadBlock, Line, number_line
from dcs_desktop.printing.marking import HARD, hardened
from dcs_desktop.printing.styles import LEADING
from dcs_desktop.printing.word.elements import MM, Element, from_mm, halves, on, properties, twips, w
from dcs_desktop.printing.word.styles import line_of
from dcs_desktop.printing.word.tables import side_by_side
from dcs_desktop.printing.word.text import letters, paragraph

HAIR = 20


def letterhead(document: Document, layout: Layout, room: float) -> Element:
    """Both blocks as a table without lines, number and date on its last row (S10-S17, P04-P09)."""
    block, rules = LetterheadBlock(layout, document.letterhead), layout.letterhead
    block.wrap(room, 0.0)
    columns = (block.left, block.right)
    sides = zip((block.left_lines, block.right_lines), columns, strict=True)
    upper = [[_line(line, wide, layout) for line in lines] for lines, wide in sides]
    number = letters(_held(number_line(rules, document.letterhead)), size=halves(rules.number_size))
    day = letters(_held(block.day), italic=True, size=halves(rules.day_size))

    def below(said: list[Element], align: str = "") -> list[Element]:
        space = w("spacing", before=from_mm(rules.number_below))
        return [paragraph("DcsLetterhead", said, space, w("jc", val=align) if align else None)]

    narrow = block.number_width <= block.left
    if narrow and block.day_width <= block.right:
        return side_by_side(columns, [upper, [below(number), below(day)]])
    numbered = [below(number), []] if narrow else [below(number, "left")]
    return side_by_side(columns, [upper, numbered, [below(day, "right")]])


def _held(text: str) -> str:
    """The same letters on one line, its spaces kept as they are."""
    return nfc(text).replace("  ", HARD * 2)


def _line(line: Line, wide: float, layout: Layout) -> Element:
    rules = layout.letterhead
    if line.rule:
        return rule(line.rule, wide, from_mm(rules.rule_below))
    leading = w("spacing", line=line_of(line.size, line.size * rules.line), lineRule="auto")
    said = letters(nfc(line.text), bold=line.face == BOLD, size=halves(line.size))
    return paragraph("DcsLetterhead", said, leading)


def rule(length: float, wide: float, above: int, after: int = 0) -> Element:
    """A drawn rule of a length in the middle of a line, as the upper border of an empty one."""
    aside = twips((wide - length) / 2)
    drawn = w("pBdr", w("top", val="single", sz=round(THIN * 8), space=0, color="auto"))
    place = w("spacing", before=above, after=after, line=HAIR, lineRule="exact")
    said = (on("keepNext"), drawn, place, w("ind", left=aside, right=aside))
    return paragraph("DcsLetterhead", [], *said)


def title(document: Document, layout: Layout, room: float) -> Iterator[Element]:
    """What kind of document it is and what about, with the rule or hyphens below (S18-S20, P10-P12)."""
    rules = layout.title
    yield paragraph("Title", letters(nfc(document.title).upper()))
    lines = wrapped(hardened(nfc(document.subject)), BOLD, rules.subject_size, rules.room * room)
    yield paragraph("Subtitle", letters("\n".join(lines)))
    below = from_mm(rules.below)
    if rules.under_subject != "rule":
        yield paragraph("Subtitle", letters(rules.under_subject), w("spacing", after=below))
    elif lines:
        longest = max(width(line, BOLD, rules.subject_size) for line in lines)
        above = twips(rules.subject_size * LEADING / 6)
        yield rule(rules.under_subject_share * longest, room, above, below)


def addressees(document: Document, layout: Layout) -> Iterator[Element]:
    """Whom it is for (S22): one on the line of the word, several below it, their dashes under its colon."""
    rules, said, size = layout.addressees, document.letterhead.addressees, layout.text.size
    if not said or not rules.asked:
        return
    left = rules.indent * MM
    above = w("spacing", before=twips(layout.text.gap))
    if len(said) == 1:
        hang = width(f"{rules.word} ", REGULAR, size)
        yield _addressee(f"{rules.word} {said[0]}", left + hang, hang, above)
        return
    yield _addressee(rules.word, left, 0.0, above, on("keepNext"))
    colon = width(rules.word, REGULAR, size) - width(":", REGULAR, size)
    dash = width("- ", REGULAR, size)
    for n, one in enumerate(said):
        form = rules.item_last if n == len(said) - 1 else rules.item
        yield _addressee(form.format(addressee=one.strip().rstrip(";,.")), left + colon + dash, dash)


def _addressee(text: str, left: float, hang: float, *more: Element) -> Element:
    indent = w("ind", left=twips(left), hanging=twips(hang))
    return paragraph("DcsAddressee", letters(hardened(nfc(text))), indent, *more)


def closing() -> Element:
    """The least a paragraph can be: what must stand between two tables, or after the last."""
    close = w("spacing", before=0, after=0, line=HAIR, lineRule="exact")
    size = properties("rPr", w("sz", val=2), w("szCs", val=2))
    return w("p", properties("pPr", close, size))
