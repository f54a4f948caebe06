"""Typed numbers that equal a figure of the section: each may be made a linked figure, and none is by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Final

from dcs_desktop.core.form import Field, Form
from dcs_desktop.core.linked import Figures
from dcs_desktop.core.narrative import Link
from dcs_desktop.core.passages import Passage
from dcs_desktop.core.prose.figures import Quantity, Ratio
from dcs_desktop.core.prose.lexicon import PAIRED, UNITS
from dcs_desktop.core.prose.names import Words, bare, fits_unit, unit_words
from dcs_desktop.core.prose.numbers import read_number
from dcs_desktop.core.prose.sentences import SIGNS, Sentence, sentences_with_numbers
from dcs_desktop.core.prose.tokens import tokens_of
from dcs_desktop.core.values import BLANK, Kind, State

# A number below this equals too much: it is offered only beside the words of the figure's name.
SMALL: Final = 10
LONGEST: Final = 15_000
EMPTY: Final = frozenset({"so", "tong", "va", "cua", "duoc", "da", "trong", "cac", "ve", "co", ",", "("})

Printed = Callable[[Link], str]


@dataclass(frozen=True, slots=True)
class Offer:
    """A typed number, from ``start`` to ``end``, and the links that print it, the likeliest first."""

    start: int
    end: int
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Equal:
    """A figure that a number may be: its key, its numbers, its unit, the words of its name, its item."""

    key: str
    numbers: tuple[Decimal, ...]
    scale: Decimal
    unit: Words
    words: frozenset[str]
    percent: bool
    item: str


Known = Mapping[tuple[Decimal, ...], Sequence[Equal]]


def equals_of(item: str, form: Form, figures: Figures) -> Known:
    """What the numbers of an item's text may be: the figures of its section by their numbers, all shares under ()."""
    section = form.items[item].section
    found: dict[tuple[Decimal, ...], list[Equal]] = {}
    for one in _equals(form, [id for id, one in form.items.items() if one.section == section], figures):
        found.setdefault(() if one.percent else one.numbers, []).append(one)
    return found


def offers(passage: Passage, item: str, known: Known, printed: Printed) -> tuple[Offer, ...]:
    """The numbers of a passage that equal known figures, in their order."""
    if len(passage.text) > LONGEST:
        return ()
    found: list[Offer] = []
    for sentence in sentences_with_numbers(passage.text):
        words = frozenset(bare(word) for word in sentence.skeleton.split(" "))
        typed = (one for one in _figures(sentence) if not passage.touches(one.start, one.end))
        found += [_offer(passage.text, figure, words, item, known, printed) for figure in typed]
    return _apart(offer for offer in found if offer.links)


def _apart(found: Iterable[Offer]) -> tuple[Offer, ...]:
    """The offers in their order, a ratio and not its parts."""
    kept: list[Offer] = []
    for offer in sorted(found, key=lambda offer: (offer.start, -offer.end)):
        if not kept or offer.start >= kept[-1].end:
            kept.append(offer)
    return tuple(kept)


def equal_keys(text: str, form: Form, figures: Figures) -> list[str]:
    """The keys of the figures of a form that a written number, ratio or percentage equals."""
    parts = tuple(read_number(part) for part in text.strip().removesuffix("%").split("/"))
    numbers = tuple(part.value for part in parts if part is not None)
    if not numbers or len(numbers) != len(parts):
        return []
    return [one.key for one in _equals(form, form.items, figures) if one.numbers == numbers]


def _equals(form: Form, items: Iterable[str], figures: Figures) -> Iterator[Equal]:
    for item in items:
        for figure in form.items[item].figures:
            keys = (*figure.base_keys, f"{figure.id}.percent")
            fields = [field for field in figure.fields if field.key in keys]
            if figure.pair:
                yield from _equal(figure.id, fields[:2], item, figures)
            for field in fields:
                yield from _equal(field.key, [field], item, figures)


def _equal(key: str, fields: Sequence[Field], item: str, figures: Figures) -> Iterator[Equal]:
    values = [figures.get(field.key, BLANK) for field in fields]
    numbers = tuple(
        value.number for value in values if value.state is State.GIVEN and value.number is not None
    )
    if len(numbers) == len(fields) and fields[0].type.numeric:
        scale, unit = unit_words(fields[0].type.unit)
        percent = fields[0].type.kind is Kind.PERCENT or fields[0].type.unit == "%"
        yield Equal(key, numbers, scale, unit, _name_words(fields[0].label), percent, item)


@lru_cache(maxsize=2048)
def _name_words(label: str) -> frozenset[str]:
    return frozenset(bare(token.text) for token in tokens_of(label, 0, len(label))) - EMPTY


def _figures(sentence: Sentence) -> Iterator[Quantity | Ratio]:
    for place, figure in (*sentence.counts.items(), *sentence.shares.items()):
        if not _in_a_row(sentence.skeleton, place):
            yield figure
    for ratio in sentence.ratios.values():
        yield from (ratio, ratio.left, ratio.right)


def _in_a_row(skeleton: str, place: int) -> bool:
    """Whether a number stands right beside another, as the groups of a telephone or account number do."""
    return any(
        letter in SIGNS for letter in (*skeleton[max(place - 2, 0) : place], *skeleton[place + 1 : place + 3])
    )


def _offer(
    text: str,
    figure: Quantity | Ratio,
    words: frozenset[str],
    item: str,
    known: Known,
    printed: Printed,
) -> Offer:
    """The links to the figures that a written one equals: of its name's words the most, then of its own item."""
    written = text[figure.start : figure.end]
    parts = (figure.left, figure.right) if isinstance(figure, Ratio) else (figure,)
    share = figure.unit == "%"
    fitting = known.get(() if share else tuple(part.value / part.scale for part in parts), ())
    fitting = [one for one in fitting if _is(figure, parts, one, words)]
    fitting.sort(key=lambda one: (-len(one.words & words) / max(len(one.words), 1), one.item != item))
    links = (as_written(one.key, written, printed) for one in fitting)
    return Offer(figure.start, figure.end, tuple(link for link in links if link is not None))


def _is(figure: Quantity | Ratio, parts: tuple[Quantity, ...], one: Equal, words: frozenset[str]) -> bool:
    """Whether a written figure may be a known one: its unit fits, and where it is small, its name stands there."""
    if one.percent:
        near = abs(parts[0].value - one.numbers[0]) <= parts[0].place / 2
        return near and (parts[0].value >= SMALL or one.words <= words)
    if any(part.scale != one.scale for part in parts):
        return False
    if all(number < SMALL for number in one.numbers):
        return fits_unit(figure, one.unit) and one.words <= words | set(one.unit)
    return _fits(figure, one)


def _fits(figure: Quantity | Ratio, one: Equal) -> bool:
    """Whether the word behind a number may be the figure's unit; a word that is no unit tells nothing."""
    counted = figure.unit in UNITS or figure.unit in PAIRED
    return not counted or not one.unit or fits_unit(figure, one.unit)


def as_written(key: str, written: str, printed: Printed) -> Link | None:
    """The link to a figure that prints just what is written, None where no display of it does."""
    plain = Link(key)
    tried = [plain, *(replace(plain, leading_zero=zero) for zero in (True, False))]
    tried += [replace(plain, decimals=places) for places in range(3)]
    return next((link for link in tried if printed(link) == written), None)
