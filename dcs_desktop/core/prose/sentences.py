"""Text taken apart into sentences of words and figures.

A sentence becomes a *skeleton*: its words in small letters, one space apart,
each figure a single sign. The rules are patterns over the skeleton::

    Xảy ra 45/30 vụ, tăng 12 vụ (40%)   ->   xảy ra ⟨R⟩ vụ , tăng ⟨N⟩ vụ ( ⟨P⟩ )

What is no quantity (dates, numbers of documents, years, codes, times) is ⟨C⟩,
an approximate one ⟨A⟩, a share of something per something else ⟨C⟩ too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache

from dcs_desktop.core.prose.figures import Quantity, Ratio
from dcs_desktop.core.prose.lexicon import (
    ABOUT,
    DATED,
    NAMED,
    NAMING,
    NOT_COUNTED,
    PAIRED,
    SCALES,
    UNITS,
)
from dcs_desktop.core.prose.numbers import read_number
from dcs_desktop.core.prose.tokens import Token, codes_among, tokens_of

# No sentence is longer: what is goes in pieces, which keeps every pattern's work in bounds.
MOST_TOKENS = 250
COUNT, RATIO, SHARE, CODE, ABOUT_SIGN = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
SIGNS = COUNT + RATIO + SHARE + CODE + ABOUT_SIGN
PLANS = frozenset({("kế", "hoạch"), ("chỉ", "tiêu"), ("dự", "toán"), ("tổng", "số")})
STOP = re.compile(r"\n|[.!?…]+(?=\s)")
WORTH = re.compile(r"[0-9][^0-9]+[0-9]")
DIGIT = re.compile(r"[0-9]")
LETTER = re.compile(r"[^\W\d_]")
# A new sentence that begins so goes on with the figures of the one before.
GOES_ON = frozenset({"trong đó", "còn lại", "bao gồm", "cụ thể", "gồm có"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """A skeleton and the figures at its signs, by their places in it."""

    skeleton: str
    counts: Mapping[int, Quantity] = field(default_factory=dict)
    shares: Mapping[int, Quantity] = field(default_factory=dict)
    ratios: Mapping[int, Ratio] = field(default_factory=dict)


def sentences(text: str, least: int = 2) -> Iterator[Sentence]:
    """The sentences of a text that hold a word and at least one number or two: with one, nothing agrees or not."""
    for begin, end in stretches(text):
        yield from _read(text, begin, end, least)


def stretches(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of a text begins and ends; together they are the whole text."""
    begin = 0
    for found in STOP.finditer(text):
        if _ends(text, found):
            yield begin, found.end()
            begin = found.end()
    yield begin, len(text)


@lru_cache(maxsize=512)
def sentences_with_numbers(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text that hold a number; remembered, for a report's texts are read again and again."""
    return tuple(sentences(text, least=1))


def _ends(text: str, found: re.Match[str]) -> bool:
    """Whether a stop ends a sentence: a capital or mark follows that does not go on with its figures."""
    if found[0] == "\n":
        return True
    following = text[found.end() : found.end() + 12].split()
    if " ".join(following[:2]).lower().rstrip(":,") in GOES_ON:
        return False
    return bool(following) and not following[0][0].islower()


def _read(text: str, begin: int, end: int, least: int) -> Iterator[Sentence]:
    worth = WORTH if least > 1 else DIGIT
    if not worth.search(text, begin, end) or not LETTER.search(text, begin, end):
        return
    tokens = tokens_of(text, begin, end)
    for start in range(0, len(tokens), MOST_TOKENS):
        piece = tokens[start : start + MOST_TOKENS]
        if sum(token.kind == "number" for token in piece) >= least:
            yield _Reading(piece).sentence()


class _Reading:
    """One sentence being read from left to right."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._codes = codes_among(tokens)
        self._parts: list[str] = []
        self._length = 0
        self._counts: dict[int, Quantity] = {}
        self._shares: dict[int, Quantity] = {}
        self._ratios: dict[int, Ratio] = {}

    def sentence(self) -> Sentence:
        at = 0
        while at < len(self._tokens):
            token = self._tokens[at]
            if token.kind == "number":
                at = self._figure(at)
            else:
                self._say("?" if token.text in SIGNS else token.text)
                at += 1
        return Sentence(" ".join(self._parts), self._counts, self._shares, self._ratios)

    def _say(self, part: str) -> None:
        self._parts.append(part)
        self._length += len(part) + 1

    def _figure(self, at: int) -> int:
        """Say the figure at a token; gives the token after it."""
        first, after = self._amount(at)
        if first is None:
            self._say(CODE)
            return at + 1
        if self._is(after, "%") or (self._is(after, "phần") and self._is(after + 1, "trăm")):
            return self._share(at, first, after)
        over = self._over(after)
        second, end = self._amount(over) if over else (None, after)
        if second is not None and over == at + 2:
            first = replace(first, value=first.value * second.scale, scale=second.scale)
        if second is not None and not self._is(end, "%"):
            if self._is_ratio(at, first, second, end):
                self._ratios[self._length] = Ratio(first, second)
                self._say(RATIO)
                return end
            self._say(CODE)
            return end
        if self._is_name(at, first, after) or self._is_range(at, after):
            self._say(CODE)
        elif self._about(at):
            self._say(ABOUT_SIGN)
        elif self._is_rate(after) or first.unit in NOT_COUNTED:
            self._say(CODE)
        else:
            self._counts[self._length] = first
            self._say(COUNT)
        return after

    def _share(self, at: int, figure: Quantity, after: int) -> int:
        end = after + (1 if self._is(after, "%") else 2)
        if self._is(end, "/") or self._is_range(at, after):
            self._say(CODE)
        elif self._about(at):
            self._say(ABOUT_SIGN)
        else:
            number = self._tokens[at]
            text = number.text + "%" if end == after + 1 else number.text
            stop = self._tokens[after].end if end == after + 1 else number.end
            self._shares[self._length] = Quantity(
                text, number.start, stop, figure.value, figure.decimals, Decimal(1), "%"
            )
            self._say(SHARE)
        return end

    def _amount(self, at: int) -> tuple[Quantity | None, int]:
        """The amount that begins at a number, with its scale ("2 triệu 500 nghìn"), and the token after it."""
        token = self._tokens[at] if at < len(self._tokens) else None
        if token is None or token.kind != "number" or at in self._codes:
            return None, at
        number = read_number(token.text)
        if number is None:
            return None, at
        scale, after = self._scale(at + 1)
        value = number.value * scale
        if scale > 1 and after + 1 < len(self._tokens) and self._tokens[after].kind == "number":
            more = read_number(self._tokens[after].text)
            lesser, end = self._scale(after + 1)
            if more is not None and 1 < lesser < scale:
                value, after = value + more.value * lesser, end
        unit = self._unit(after) or ("đồng" if scale > 1 else "")
        return Quantity(token.text, token.start, token.end, value, number.decimals, scale, unit), after

    def _scale(self, at: int) -> tuple[Decimal, int]:
        power = SCALES.get(self._word(at), 0)
        return Decimal(10) ** power, at + (1 if power else 0)

    def _unit(self, at: int) -> str:
        first, second = self._word(at), self._word(at + 1)
        if f"{first} {second}" in PAIRED:
            return f"{first} {second}"
        return "đồng" if first == "đ" else first

    def _over(self, after: int) -> int:
        """The token of a second figure after a slash, 0 for none: "8/12 xã", "8 xã/12 xã"."""
        for at in range(after, after + 8):
            if self._is(at, "/"):
                planned = (self._word(at + 1), self._word(at + 2)) in PLANS
                second = at + 3 if planned else at + 1
                return second if self._number(second) else 0
            if not self._word(at):
                return 0
        return 0

    def _is_ratio(self, at: int, first: Quantity, second: Quantity, end: int) -> bool:
        before = self._word(at - 1)
        if second.value <= 0 or second.unit in NOT_COUNTED or self._about(at) or self._is(end, "/"):
            return False
        if first.value == 24 and second.value == 7:
            return False
        counted = second.unit in UNITS or second.unit in PAIRED
        if before == "lệ" and first.value == 1:
            return False
        if before in NAMED and not counted:
            return False
        day = first.value <= 31 and second.value <= 12 and first.decimals == second.decimals == 0
        return not (day and before in DATED and not counted)

    def _is_name(self, at: int, figure: Quantity, after: int) -> bool:
        """Whether a number only names something: a year, "ấp 5", "điều 11"."""
        before, earlier = self._word(at - 1), self._word(at - 2)
        plain = figure.decimals == 0 and figure.scale == 1 and "." not in figure.text
        counted = figure.unit in UNITS or figure.unit in PAIRED
        if plain and 1900 <= figure.value <= 2100 and (before in NAMING or not counted):
            return True
        if before == "số" and earlier in {"tổng", "trong"}:
            return False
        if before in {"điều", "khoản", "điểm", "thứ"} and plain:
            return True
        return plain and before in NAMING and not counted

    def _is_range(self, at: int, after: int) -> bool:
        """Whether it is an end of "từ 5 đến 7" or "5 - 7"."""
        if self._word(at - 1) == "đến" and self._any_before(at - 1, "từ"):
            return True
        if self._word(at - 1) == "từ" and self._any_after(after, "đến"):
            return True
        return (self._is(after, "-") and self._number(after + 1)) or (
            self._is(at - 1, "-") and self._number(at - 2)
        )

    def _any_before(self, at: int, word: str) -> bool:
        return any(self._word(place) == word for place in range(max(at - 6, 0), at))

    def _any_after(self, at: int, word: str) -> bool:
        return any(self._word(place) == word and self._number(place + 1) for place in range(at, at + 6))

    def _is_rate(self, after: int) -> bool:
        """Whether it is so much per something: "500 đồng/kg"."""
        for at in range(after, after + 4):
            if self._is(at, "/"):
                return bool(self._word(at + 1))
            if not self._word(at):
                return False
        return False

    def _about(self, at: int) -> bool:
        return self._word(at - 1) in ABOUT

    def _word(self, at: int) -> str:
        inside = 0 <= at < len(self._tokens) and self._tokens[at].kind == "word"
        return self._tokens[at].text if inside else ""

    def _is(self, at: int, text: str) -> bool:
        return 0 <= at < len(self._tokens) and self._tokens[at].text == text

    def _number(self, at: int) -> bool:
        return 0 <= at < len(self._tokens) and self._tokens[at].kind == "number"
