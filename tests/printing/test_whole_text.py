"""What another program takes out of the district's whole report: every word of it, in order, its letters composed."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import assert_never

import pytest
from pypdf import PdfReader

from dcs_desktop import sample
from dcs_desktop.core.digest import content_digest
from dcs_desktop.forms import form_of
from dcs_desktop.printing import Wishes, granted
from dcs_desktop.printing.contents import document
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
    plain,
)
from dcs_desktop.printing.formed import reference_words
from dcs_desktop.printing.layouts import layout
from dcs_desktop.printing.letterhead import day_line, number_line
from dcs_desktop.printing.pdf import Printed, render
from dcs_desktop.printing.trace import trace

WISHES = pytest.mark.parametrize(
    "wishes", [Wishes(), Wishes(archive=True, signature_field=True)], ids=["plain", "archive"]
)


@cache
def district() -> tuple[Document, Printed]:
    """The document of the district's report, and its pages in the Party layout."""
    said = sample.district_report()
    made = document(said, form_of(said.identity, said.letterhead), None, content_digest(said))
    return made, render(made, layout("party"))


@cache
def words(wishes: Wishes) -> tuple[tuple[str, ...], ...]:
    """The words of each page as pypdf takes them out of the file."""
    reader = PdfReader(BytesIO(granted(district()[1], wishes).data))
    return tuple(tuple(page.extract_text().split()) for page in reader.pages)


def _said(block: Block) -> Iterator[str]:
    """The letters of a block as the Party layout prints them."""
    match block:
        case Heading():
            title = block.title.upper() if block.depth == 0 else block.title
            between = "-" if block.depth == 0 else "."
            yield (f"{block.number}{between} {title}" if block.number else title) + plain(block.marks)
        case Prompt():
            yield f"- {block.text}"
        case Body():
            yield block.lead + _printed(block.runs)
        case Blank():
            return
        case Grid():
            yield from (block.title, *block.head)
            for row in block.rows:
                yield from map(_printed, row.cells)
        case Illustration():
            yield from (part for bar in block.picture.bars for part in (bar.label, bar.said))
        case _:
            assert_never(block)


def _printed(runs: Runs) -> str:
    """Letters, numbers of footnotes, words beside boxes."""
    return "".join("Có Không " if run.box else str(run.note or run.text) for run in runs)


def _words(texts: Iterator[str]) -> list[str]:
    return [word for text in texts for word in unicodedata.normalize("NFC", text).split()]


def _in_order(wanted: list[str], found: Iterator[str]) -> list[str]:
    """The words that do not follow the one before them."""
    return [word for word in wanted if word not in found]


@WISHES
def test_r27_every_word_of_the_body_and_the_annexes_comes_in_order(wishes: Wishes) -> None:
    wanted = _words(text for block in district()[0].everything for text in _said(block))
    assert len(wanted) > 8000
    assert _in_order(wanted, iter([word for page in words(wishes) for word in page])) == []


@WISHES
def test_every_word_of_the_footnotes_comes_in_order(wishes: Wishes) -> None:
    notes = [paragraphs for _number, paragraphs in sorted(district()[0].notes.items())]
    assert len(notes) == 8
    wanted = _words(_printed(runs) for paragraphs in notes for runs in paragraphs)
    assert _in_order(wanted, iter([word for page in words(wishes) for word in page])) == []


def _around(made: Document) -> Iterator[str]:
    """What stands above, below and beside the report and its annexes."""
    rules, head = layout("party"), made.letterhead
    yield from (head.superior_body.upper(), head.issuing_body.upper(), "* ĐẢNG CỘNG SẢN VIỆT NAM")
    yield from (number_line(rules.letterhead, head), day_line(rules.letterhead, head))
    yield from (made.title.upper(), made.subject, "-----", "Nơi nhận:", head.signatory)
    yield from (line if line == "kiêm" else line.upper() for line in head.signing)
    yield from (f"- {recipient}" for recipient in head.recipients)
    for number, annex in enumerate(made.annexes, 1):
        yield from (f"Phụ lục {number}", annex.title.upper(), reference_words(rules, made))
    yield from trace(made.identity, made.digest).lines


@WISHES
def test_nothing_else_stands_on_the_pages(wishes: Wishes) -> None:
    """But for numbers of pages and of footnotes, rows of dots, and heads of tables that go on."""
    made, printed = district()
    said = [*_around(made), *(text for block in made.everything for text in _said(block))]
    said += [_printed(runs) for note in made.notes.values() for runs in note]
    heads = [text for block in made.everything if isinstance(block, Grid) for text in block.head]
    numbers = [str(number) for number in range(1, printed.pages + 1)]
    left = Counter(map(_bare, (word for page in words(wishes) for word in page)))
    left -= Counter(map(_bare, _words(iter(said))))
    assert set(left) - {"", *map(_bare, _words(iter(heads))), *numbers} == set()


def _bare(word: str) -> str:
    """A word without the dots of a dotted line, and the stop or comma that the layout ends an entry with."""
    return word.strip(".,")


@WISHES
def test_every_letter_is_composed(wishes: Wishes) -> None:
    text = " ".join(word for page in words(wishes) for word in page)
    assert unicodedata.is_normalized("NFC", text)
    assert sum(letter > "\x7f" for letter in text) > 10_000
