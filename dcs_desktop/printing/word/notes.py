"""Footnotes as Word has them: numbered by Word in the order of their marks, their texts in a part of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.printing.document import (
    Blank,
    Block,
    Body,
    Document,
    Grid,
    Heading,
    Illustration,
    Prompt,
    Runs,
)
from dcs_desktop.printing.word.elements import Element, properties, value, w

BOOKMARK = "dcs_note_"
SEPARATORS = (("separator", -1), ("continuationSeparator", 0))


@dataclass(frozen=True, slots=True)
class Marks:
    """The number that each footnote of a document has in Word, and which are marked more than once."""

    ids: Mapping[int, int]
    repeated: frozenset[int]


def marks_of(document: Document) -> Marks:
    """Number the footnotes as Word will. Raises Refusal for one that only another footnote marks: Word has none such."""
    marked = [(place, number) for block in document.everything for place, number in _marked(block)]
    ids = {number: n for n, number in enumerate(dict.fromkeys(number for _place, number in marked), 1)}
    counted = Counter(number for _place, number in marked)
    inside = {number: list(_numbers(document.notes[number])) for number in ids}
    places = {number: place for place, number in reversed(marked)}
    lost = [place for number, place in places.items() if any(other not in ids for other in inside[number])]
    if lost:
        message = _(
            "Mục {places}: tệp Word không chứa được chú thích nằm trong chú thích khác. "
            "Đề nghị chuyển dấu chú thích ra phần nội dung của mục."
        )
        raise Refusal(message.format(places=", ".join(dict.fromkeys(reversed(lost)))))
    counted.update(other for others in inside.values() for other in others)
    return Marks(ids, frozenset(number for number, times in counted.items() if times > 1))


def _marked(block: Block) -> Iterator[tuple[str, int]]:
    """The footnotes marked in a block, each with its place."""
    match block:
        case Heading():
            texts = [(block.place, block.marks)]
        case Body():
            texts = [(block.place, block.runs)]
        case Grid():
            texts = [(row.place, cell) for row in block.rows for cell in row.cells]
        case Prompt() | Blank() | Illustration():
            texts = []
    for place, runs in texts:
        yield from ((place, run.note) for run in runs if run.note)


def _numbers(texts: tuple[Runs, ...]) -> Iterator[int]:
    return (run.note for runs in texts for run in runs if run.note)


def footnotes_part(document: Document, marks: Marks, inside: Callable[[Runs], list[Element]]) -> Element:
    """The root of word/footnotes.xml: the two separators, then the notes in the order of their marks."""
    notes = (_note(id, document.notes[number], inside) for number, id in marks.ids.items())
    return w("footnotes", *(_separator(kind, id) for kind, id in SEPARATORS), *notes)


def _separator(kind: str, id: int) -> Element:
    close = properties("pPr", w("spacing", after=0, line=240, lineRule="auto"))
    return w("footnote", w("p", close, w("r", w(kind))), type=kind, id=id)


def _note(id: int, texts: tuple[Runs, ...], inside: Callable[[Runs], list[Element]]) -> Element:
    style = properties("pPr", value("pStyle", "FootnoteText"))
    made = [w("p", properties("pPr", value("pStyle", "FootnoteText")), *inside(runs)) for runs in texts]
    number = w("r", properties("rPr", value("rStyle", "FootnoteReference")), w("footnoteRef"))
    space = w("r", w("t"))
    space[0].text = " "
    space[0].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made[0] = w("p", style, number, space, *list(made[0])[1:])
    return w("footnote", *made, id=id)
