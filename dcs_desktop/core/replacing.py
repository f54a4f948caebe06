"""Finds words in narratives, without marks unless marks are asked for, and puts others in their place.

What a linked figure prints and where a footnote is marked is no letter: no find reaches over it, nothing changes it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from dcs_desktop.core.narrative import Inline, Paragraph, Prose, Text, tidy
from dcs_desktop.core.text import APOSTROPHE, fold, marked, nfc, tone_style

AROUND: Final = 40
# Stands for a linked figure or the mark of a footnote among the letters; no words hold it.
APART: Final = "\ufffc"


@dataclass(frozen=True, slots=True)
class Place:
    """Where words were found: the footnote ("" for the text itself), its paragraph, the letters from ``start`` to ``end``."""

    note: str
    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """A place with the words that stand there, and those around them."""

    place: Place
    before: str
    words: str
    after: str


def found(prose: Prose, sought: str, *, whole: bool = True) -> Iterator[Found]:
    """Every place of some words: with other marks too where none are asked for; ``whole`` words only."""
    wanted = Sought.of(sought, whole=whole)
    if not wanted.letters:
        return
    for note, paragraphs in (("", prose.paragraphs), *prose.notes.items()):
        for number, paragraph in enumerate(paragraphs):
            text = _letters(paragraph)
            for start, end in wanted.places(text):
                place = Place(note, number, start, end)
                yield Found(place, _before(text, start), text[start:end], _after(text, end))


def _before(text: str, start: int) -> str:
    """Some whole words before a place, as they are shown."""
    said = text[:start].replace(APART, "…")
    return said if len(said) <= AROUND else f"…{said[-AROUND:].partition(' ')[2]}"


def _after(text: str, end: int) -> str:
    said = text[end:].replace(APART, "…")
    return said if len(said) <= AROUND else f"{said[:AROUND].rpartition(' ')[0]}…"


@dataclass(frozen=True, slots=True)
class Sought:
    """Words as they are looked for: ``letters`` folded, or (``exact``) with their marks, case aside."""

    letters: str
    exact: bool
    whole: bool

    @staticmethod
    def of(words: str, *, whole: bool) -> Sought:
        """What is looked for where this was typed."""
        exact = fold(words) != " ".join(nfc(words).casefold().split())
        return Sought(marked(words) if exact else fold(words), exact, whole)

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Beginning and end of every place in a text, none over another."""
        if self.letters not in (marked(text) if self.exact else fold(text)):
            return
        signs, at = _by_sign(text, exact=self.exact)
        begin = signs.find(self.letters)
        while begin >= 0:
            end = begin + len(self.letters)
            if not self.whole or (_stops(signs, begin - 1, begin) and _stops(signs, end - 1, end)):
                yield at[begin], at[end - 1] + 1
                begin = signs.find(self.letters, end)
            else:
                begin = signs.find(self.letters, begin + 1)


def _stops(signs: str, one: int, other: int) -> bool:
    """Whether no word goes on from a sign to the next."""
    if one < 0 or other >= len(signs):
        return True
    return not (signs[one].isalnum() and signs[other].isalnum())


def _by_sign(text: str, *, exact: bool) -> tuple[str, list[int]]:
    """A text as it is compared, and the place in it that each sign of that stands for."""
    signs: list[str] = []
    at: list[int] = []
    same = tone_style(text).casefold() if exact else ""
    aligned = len(same) == len(text)
    for place, sign in enumerate(text):
        said = _compared(same[place] if aligned else sign, exact=exact)
        if said == " " and signs[-1:] == [" "]:
            continue
        signs += said
        at += [place] * len(said)
    return "".join(signs), at


@lru_cache(maxsize=4096)
def _compared(sign: str, *, exact: bool) -> str:
    """One sign as it is compared; for apostrophes nothing."""
    if sign.isspace():
        return " "
    return ("" if APOSTROPHE.match(sign) else sign.casefold()) if exact else fold(sign)


def _letters(paragraph: Paragraph) -> str:
    return "".join(inline.text if isinstance(inline, Text) else APART for inline in paragraph.inlines)


def replaced(prose: Prose, places: Collection[Place], words: str) -> Prose:
    """The same text with other words at some of the places that were found in it, each in the style of the first letter."""
    paragraphs = _changed("", prose.paragraphs, places, words)
    notes = {id: _changed(id, texts, places, words) for id, texts in prose.notes.items()}
    return tidy(Prose(paragraphs, notes))


def _changed(
    note: str, paragraphs: Sequence[Paragraph], places: Collection[Place], words: str
) -> tuple[Paragraph, ...]:
    return tuple(
        _with(paragraph, [p for p in places if (p.note, p.paragraph) == (note, number)], words)
        for number, paragraph in enumerate(paragraphs)
    )


def _with(paragraph: Paragraph, places: Sequence[Place], words: str) -> Paragraph:
    if not places:
        return paragraph
    begins = {place.start for place in places}
    gone = {at for place in places for at in range(place.start, place.end)}
    kept: list[Inline] = []
    at = 0
    for inline in paragraph.inlines:
        if not isinstance(inline, Text):
            kept.append(inline)
            at += 1
            continue
        said = "".join(
            (words if place in begins else "") + ("" if place in gone else sign)
            for place, sign in enumerate(inline.text, at)
        )
        kept.append(replace(inline, text=unicodedata.normalize("NFC", said)))
        at += len(inline.text)
    return replace(paragraph, inlines=tuple(kept))
