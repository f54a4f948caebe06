"""Words that a layout forms: headings with their numbers, annexes with theirs and what they go with."""

from __future__ import annotations

from dcs_desktop.printing.document import Document, Heading
from dcs_desktop.printing.layouts import Layout
from dcs_desktop.printing.letterhead import day_words, number_line
from dcs_desktop.printing.marking import HARD

ROMAN = (("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))


def heading_words(layout: Layout, heading: Heading) -> str:
    """The number and title of a heading (S28, S29, P17); one without a number is its title."""
    rules = layout.headings
    title = heading.title.upper() if heading.depth == 0 else heading.title
    form = rules.upper if heading.depth == 0 else rules.lower
    return form.format(number=heading.number, title=title) if heading.number else title


def annex_words(layout: Layout, document: Document, n: int) -> str:
    """What the n-th annex, from 0, is headed with: no number when it is the only one (S38, P24)."""
    if len(document.annexes) < 2:
        return layout.annex.word
    number = roman(n + 1) if layout.annex.numbers == "roman" else str(n + 1)
    return f"{layout.annex.word} {number}"


def reference_words(layout: Layout, document: Document) -> str:
    """What an annex goes with (S40), with room to write what is not known yet."""
    rules, head = layout.letterhead, document.letterhead
    number = number_line(rules, head)
    said = layout.annex.reference.format(
        title=document.title,
        number=number[:1].lower() + number[1:].replace(": ", " "),
        day=day_words(rules, head.day),
        body=head.issuing_body,
    )
    return said.replace("  ", HARD * 2)


def roman(number: int) -> str:
    """A small number in Roman numerals."""
    for sign, worth in ROMAN:
        if number >= worth:
            return sign + roman(number - worth)
    return ""
