"""Refuses what the typeface has no sign for, before anything is laid out."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import combining

from dcs_desktop.core.text import nfc
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
    plain,
)
from dcs_desktop.printing.fonts import missing


def refuse_unprintable(document: Document) -> None:
    """Raise Refusal naming every item that holds a sign without a letterform, with the signs."""
    found: dict[str, list[str]] = {}
    for place, text in _texts(document):
        signs = missing(nfc(text))
        if signs:
            found.setdefault(place, []).extend(signs)
    if found:
        each = _("mục {place}: {signs}")
        listed = "; ".join(each.format(place=place, signs=_named(signs)) for place, signs in found.items())
        message = _("Không in được ký tự lạ ở {places}. Đề nghị thay bằng ký tự khác.")
        raise Refusal(message.format(places=listed))


def _named(signs: list[str]) -> str:
    shown = (
        f"U+{ord(sign):04X}" if combining(sign) or not sign.isprintable() else f"“{sign}” (U+{ord(sign):04X})"
        for sign in signs
    )
    return ", ".join(dict.fromkeys(shown))


def _texts(document: Document) -> Iterator[tuple[str, str]]:
    """Everything that will be printed, with the place to look for it."""
    for block in document.everything:
        yield from _block_texts(block, document)
    head = document.letterhead
    names = (head.superior_body, head.issuing_body, head.number, head.series, head.place, head.signatory)
    lines = (*head.addressees, *head.recipients, *head.signing)
    yield _("Thể thức"), " ".join((document.title, document.subject, *names, *lines))
    yield _("Thể thức"), document.identity.unit.name


def _block_texts(block: Block, document: Document) -> Iterator[tuple[str, str]]:
    match block:
        case Heading(place, _depth, _number, title):
            yield place, title
        case Prompt(place, text):
            yield place, text
        case Body(place, runs):
            yield from _with_notes(place, runs, document)
        case Blank():
            return
        case Illustration(place, picture):
            yield place, picture.told
        case Grid():
            yield block.place, " ".join((block.title, *block.head))
            for row in block.rows:
                for cell in row.cells:
                    yield from _with_notes(row.place, cell, document)


def _with_notes(place: str, runs: Runs, document: Document) -> Iterator[tuple[str, str]]:
    """The letters of some runs, and those of the footnotes that are first marked in them; a tab is a space."""
    yield place, plain(runs).replace("\t", " ")
    for run in runs:
        if run.note and not run.repeats:
            for text in document.notes[run.note]:
                yield from _with_notes(place, text, document)
