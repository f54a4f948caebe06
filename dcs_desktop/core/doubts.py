"""What a passage says against itself, or against a figure that it names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from typing import Final

from dcs_desktop.core.form import Figure, Form
from dcs_desktop.core.linked import Figures
from dcs_desktop.core.passages import Passage
from dcs_desktop.core.prose import ProseFinding, check_text
from dcs_desktop.core.prose.figures import Quantity, Ratio
from dcs_desktop.core.prose.names import Claim, Name, Names, claims, named, unit_words
from dcs_desktop.core.prose.numbers import states, written_like
from dcs_desktop.core.prose.sentences import COUNT, RATIO, SHARE
from dcs_desktop.core.values import BLANK, NUMERIC, Kind, State, Value, shown, shown_number
from dcs_desktop.i18n import _

# A paragraph longer than this is no prose of a report; it is left to the command line.
LONGEST: Final = 15_000
KEPT: Final = 2048
YEAR: Final = re.compile(r"(?<![0-9.,/])(?:19|20)[0-9]{2}(?![0-9])")


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words of a passage, from ``start`` to ``end``, that a figure does not agree with.

    ``correction`` may be put in place of what stands from ``from_`` to ``to``; it is "" where a linked
    figure stands there, which is corrected where it is entered. ``key`` is the figure that is contradicted,
    "" where the words contradict one another.
    """

    start: int
    end: int
    kind: str
    message: str
    words: str
    stated: str
    correction: str = ""
    from_: int = 0
    to: int = 0
    key: str = ""

    def rule(self, item: str) -> str:
        """Under what a finding about these words is accepted: it holds as long as the words stand so."""
        digest = sha256(f"{self.kind}\n{self.key}\n{self.words}".encode()).hexdigest()[:10]
        return f"text.{self.kind}.{item}.{digest}"


def names_of(form: Form) -> Names:
    """What the figures of a form are called in texts."""
    return Names(tuple(_name(figure) for figure in form.figures.values() if figure.type.kind in NUMERIC))


def _name(figure: Figure) -> Name:
    if figure.pair:
        return named(figure.id, figure.label, figure.type.unit, RATIO, figure.aliases)
    if figure.type.kind is Kind.PERCENT or figure.type.unit == "%":
        return named(figure.id, figure.label, "", SHARE, figure.aliases)
    return named(figure.id, figure.label, figure.type.unit, COUNT, figure.aliases)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands: the form with the names of its figures, the section, the report's year."""

    form: Form
    names: Names
    section: str
    year: int

    def figure(self, claim: Claim) -> Figure | None:
        """The figure that a claim speaks of; None where its words mean it only in another section."""
        near = self.form.items[self.form.item_of[claim.key]].section == self.section
        return self.form.figures[claim.key] if near or not claim.near else None


def doubts(passage: Passage, place: Place, figures: Figures) -> tuple[Doubt, ...]:
    """What is doubtful in a passage, in its order."""
    if len(passage.text) > LONGEST:
        return ()
    against = _against(passage, place, figures)
    return tuple(sorted((*within(passage), *against), key=lambda doubt: (doubt.start, doubt.end)))


def within(passage: Passage) -> tuple[Doubt, ...]:
    """What of a passage does not agree with the rest of it."""
    if len(passage.text) > LONGEST:
        return ()
    return tuple(_within(finding, passage) for finding in _checked(passage.text))


@lru_cache(maxsize=KEPT)
def _checked(text: str) -> tuple[ProseFinding, ...]:
    return check_text(text) if unicodedata.is_normalized("NFC", text) else ()


def _within(finding: ProseFinding, passage: Passage) -> Doubt:
    fixed, words = finding.correction, passage.text[finding.start : finding.end]
    if passage.touches(fixed.start, fixed.end):
        return Doubt(finding.start, finding.end, finding.kind, finding.message, words, "")
    stated = passage.text[fixed.start : fixed.end]
    place = (fixed.text, fixed.start, fixed.end)
    return Doubt(finding.start, finding.end, finding.kind, finding.message, words, stated, *place)


@lru_cache(maxsize=KEPT)
def _claims(text: str, names: Names) -> tuple[Claim, ...]:
    return claims(text, names) if unicodedata.is_normalized("NFC", text) else ()


def _against(passage: Passage, place: Place, figures: Figures) -> Iterator[Doubt]:
    for claim in _claims(passage.text, place.names):
        figure, linked = place.figure(claim), passage.touches(claim.start, claim.end)
        if figure is None or linked or _of_another_year(passage, claim, place.year):
            continue
        values = [figures.get(key, BLANK) for key in figure.base_keys]
        if all(_known(value) for value in values) and not _agrees(claim, figure, values):
            yield _contradiction(passage, claim, figure, values)


def _known(value: Value) -> bool:
    whole = value.coverage is None or value.coverage.full
    return value.state in (State.GIVEN, State.NONE) and value.number is not None and whole


def _of_another_year(passage: Passage, claim: Claim, year: int) -> bool:
    """Whether a year other than the report's stands not far before the number, or behind it."""
    near = passage.text[max(claim.start - 250, 0) : claim.end + 120]
    return any(found != str(year) for found in YEAR.findall(near))


def _agrees(claim: Claim, figure: Figure, values: Sequence[Value]) -> bool:
    """Whether the number is the figure's, or another number of the sentence is."""
    numbers = [value.number or Decimal(0) for value in values]
    written, scale = claim.figure, unit_words(figure.type.unit)[0]
    if isinstance(written, Ratio):
        said = (written.left, written.right)
        return all(_is(one, number * scale) for one, number in zip(said, numbers, strict=True))
    if written.unit == "%":
        return states(written.value, written.decimals, numbers[0]) or numbers[0] in claim.others
    return _is(written, numbers[0] * scale) or numbers[0] * scale in claim.others


def _is(written: Quantity, number: Decimal) -> bool:
    if written.decimals or written.scale > 1:
        return abs(written.value - number) <= written.place / 2
    return written.value == number


def _contradiction(passage: Passage, claim: Claim, figure: Figure, values: Sequence[Value]) -> Doubt:
    words = passage.text[claim.start : claim.end]
    correction = _corrected(claim, values, unit_words(figure.type.unit)[0])
    figures = "/".join(shown(figure.type, value) for value in values) + ("%" if words.endswith("%") else "")
    message = _("“{label}” là {figure}, trong câu ghi {stated}. Đề nghị kiểm tra lại.")
    said = message.format(stated=words, label=figure.label, figure=figures)
    place = (correction, claim.start, claim.end)
    return Doubt(claim.start, claim.end, "figure", said, words, words, *place, key=figure.id)


def _corrected(claim: Claim, values: Sequence[Value], scale: Decimal) -> str:
    """The figure as the text writes numbers; "" where the report says "không", which needs other words."""
    written = claim.figure
    if any(value.state is State.NONE for value in values):
        return ""
    numbers = [value.number or Decimal(0) for value in values]
    if isinstance(written, Ratio):
        parts = zip((written.left, written.right), numbers, strict=True)
        return "/".join(written_like(number * scale / one.scale, one.text) for one, number in parts)
    if written.unit == "%":
        return shown_number(numbers[0], written.decimals) + ("%" if written.text.endswith("%") else "")
    return written_like(numbers[0] * scale / written.scale, written.text)
