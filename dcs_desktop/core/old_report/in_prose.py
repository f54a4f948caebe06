"""Figures of prose: a number about which stand the words of one figure's label, counted in its unit of measure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dcs_desktop.core.form import Figure, Form, Item
from dcs_desktop.core.narrative import Prose, plain
from dcs_desktop.core.old_report.figures import Proposal, proposal
from dcs_desktop.core.old_report.labels import Labels, unit_words
from dcs_desktop.core.old_report.wording import Short, words_of
from dcs_desktop.core.prose.tokens import Token, codes_among, tokens_of
from dcs_desktop.core.text import fold

SENTENCE = re.compile(r"\n|[.!?…]+(?=\s+[^\W\da-zà-ỹ])")
CLAUSE_MARKS = frozenset(";:()[]")
# So much of a label must stand about the number: for a proposal, and to be ticked.
HELD, SURE = 0.8, 0.999
# Words before a number, and letters about it that are shown as its source.
MOST_BEFORE, BEFORE, BEHIND = 60, 150, 110
# A number after these names something, or is not exact.
NAMES = frozenset({"nam", "thang", "quy", "ngay", "dieu", "khoan", "so", "thu", "lan", "ap", "luat"})
ABOUT = frozenset({"hon", "tren", "gan", "khoang", "duoi", "uoc"})
# Beside these a number is how much something grew, or is of another time, or of what is not so.
TURNED = frozenset({"tang", "giam", "vuot", "khong", "chua", "ky", "truoc"})


@dataclass(frozen=True, slots=True)
class Count:
    """A number, as written, or both about a slash: the words right after it, and those about it.

    ``about`` are the words since the number before it, from the last comma on
    where enough follow it, and those after it up to the next comma or number.
    """

    typed: tuple[str, ...]
    after: tuple[str, ...]
    about: frozenset[str]
    sentence: str
    inexact: bool


def in_prose(prose: Prose, item: Item, form: Form, labels: Labels, short: Short) -> Iterator[Proposal]:
    """The figures of an item that its text and footnotes state."""
    figures = [form.figures[id] for id in item.order if id in form.figures and id in labels.wordings]
    for count in counts_of(plain(prose), short):
        best = _most_special([figure for figure in figures if _fits(figure, count, labels, short)], labels)
        for figure in best if len(best) < 3 else ():
            sure = (
                len(best) == 1
                and _held(count, figure, labels) >= SURE
                and not _doubtful(count, figure, labels)
            )
            for key, typed in zip(figure.base_keys, count.typed, strict=True):
                found = proposal(form, key, typed, count.sentence, "prose", sure=sure, item=item.id)
                if found is not None:
                    yield found


def _held(count: Count, figure: Figure, labels: Labels) -> float:
    """How much of a label stands about a number, its words weighed."""
    wording = labels.wordings[figure.id]
    total = labels.weights.sum(wording)
    return labels.weights.sum(word for word in wording if word in count.about) / total if total else 0.0


def _fits(figure: Figure, count: Count, labels: Labels, short: Short) -> bool:
    """Whether a number may be a figure: as many numbers, the label about it, its unit of measure or its name behind it."""
    if not figure.type.numeric or len(count.typed) != len(figure.base_keys):
        return False
    if _held(count, figure, labels) < HELD:
        return False
    unit, wording = unit_words(figure, short), labels.wordings[figure.id]
    if unit and count.after[: len(unit)] == unit:
        return True
    return len(wording) > 1 and wording == count.after[: len(wording)]


def _most_special(figures: Sequence[Figure], labels: Labels) -> list[Figure]:
    """Those whose label is not a part of another one's: "hòa giải không thành" before "hòa giải thành"."""
    wordings = {figure.id: frozenset(labels.wordings[figure.id]) for figure in figures}
    return [one for one in figures if not any(wordings[one.id] < other for other in wordings.values())]


def _doubtful(count: Count, figure: Figure, labels: Labels) -> bool:
    turned = (count.about & TURNED) - set(labels.wordings[figure.id])
    return count.inexact or bool(turned)


def counts_of(text: str, short: Short) -> Iterator[Count]:
    """The numbers of a text that count something."""
    begin = 0
    for stop in (*(found.end() for found in SENTENCE.finditer(text)), len(text)):
        if any(map(str.isdigit, text[begin:stop])):
            yield from _of_sentence(text, begin, stop, short)
        begin = stop


def _of_sentence(text: str, begin: int, stop: int, short: Short) -> Iterator[Count]:
    tokens = tokens_of(text, begin, stop)
    codes = codes_among(tokens)
    piece: list[int] = []
    for at in range(len(tokens) + 1):
        if at < len(tokens) and not _ends_clause(tokens, at):
            piece.append(at)
        else:
            coded = [one in codes for one in piece]
            for first, last, count in _of_clause([tokens[one] for one in piece], coded, short):
                around = _around(text, max(first.start - BEFORE, begin), min(last.end + BEHIND, stop))
                yield replace(count, sentence=around)
            piece = []


def _ends_clause(tokens: Sequence[Token], at: int) -> bool:
    """Whether a clause ends at a token; a colon right before a number belongs to what it is said of."""
    if tokens[at].text == ":" and at + 1 < len(tokens) and tokens[at + 1].kind == "number":
        return False
    return tokens[at].kind == "mark" and tokens[at].text in CLAUSE_MARKS


def _around(text: str, begin: int, end: int) -> str:
    """A stretch of a text with whole words, cut ends told by dots."""
    while begin and text[begin - 1].isalnum() and text[begin].isalnum():
        begin += 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end -= 1
    cut = end < len(text) and text[end] not in "\n" and text[end - 1] not in ".!?\n"
    whole = not begin or text[:begin].rstrip(" ")[-1] in ".!?\n"
    return ("" if whole else "…") + text[begin:end].strip() + ("…" if cut else "")


def _of_clause(
    tokens: Sequence[Token], coded: Sequence[bool], short: Short
) -> Iterator[tuple[Token, Token, Count]]:
    """The numbers of a clause, each with its first and last token."""
    numbers = list(_numbers(tokens, coded))
    for place, (first, last) in enumerate(numbers):
        left = numbers[place - 1][1] + 1 if place else 0
        right = numbers[place + 1][0] if place + 1 < len(numbers) else len(tokens)
        before, after = _since_comma(tokens[left:first]), _until_comma(tokens[last + 1 : right])
        behind = _folded(after, short)
        near = fold(before[-1].text) if before else ""
        percent = last + 1 < len(tokens) and tokens[last + 1].text == "%"
        if near in NAMES or percent:
            continue
        typed = tuple(tokens[at].text for at in ((first, last) if last > first else (first,)))
        about = frozenset((*_folded(before[-MOST_BEFORE:], short), *behind))
        yield tokens[first], tokens[last], Count(typed, behind, about, "", near in ABOUT)


def _numbers(tokens: Sequence[Token], coded: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """The numbers of a clause by the places of their tokens, both numbers of one about a slash."""
    at = 0
    while at < len(tokens):
        if tokens[at].kind != "number" or coded[at]:
            at += 1
        elif at + 2 < len(tokens) and tokens[at + 1].text == "/" and tokens[at + 2].kind == "number":
            yield at, at + 2
            at += 3
        else:
            yield at, at
            at += 1


def _since_comma(tokens: Sequence[Token]) -> Sequence[Token]:
    commas = [at for at, token in enumerate(tokens) if token.text == ","]
    return tokens[commas[-1] + 1 :] if commas and len(tokens) - commas[-1] > 2 else tokens


def _until_comma(tokens: Sequence[Token]) -> Sequence[Token]:
    return tokens[: next((at for at, token in enumerate(tokens) if token.text == ","), len(tokens))]


def _folded(tokens: Sequence[Token], short: Short) -> tuple[str, ...]:
    return tuple(word.text for word in words_of(" ".join(token.text for token in tokens), short))
