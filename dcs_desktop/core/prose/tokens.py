"""Text cut into words, written numbers and marks; which numbers are only part of a code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# A long piece of digits, marks and slashes is one mark: it says nothing that could be checked.
LEXEME = re.compile(r"[0-9/.,]{40,}|[0-9]+(?:[.,][0-9]+)*|[^\W\d_]+|\n|[^\s\w]|[\d_]")
GLUE = frozenset("/-–:_@+")
SAME = {"tỉ": "tỷ", "ngàn": "nghìn", "hoà": "hòa", "–": "-", "—": "-", "và": "và"}


class Token(NamedTuple):
    """A word, a written number or a mark, and where it stands."""

    text: str
    start: int
    end: int
    kind: str  # "word", "number" or "mark"


def tokens_of(text: str, begin: int, end: int) -> list[Token]:
    """The tokens of a stretch of text, words in small letters."""
    return [_token(found) for found in LEXEME.finditer(text, begin, end)]


def _token(found: re.Match[str]) -> Token:
    text = found[0]
    if len(text) >= 40 and not text[0].isalpha():
        return Token("?", found.start(), found.end(), "mark")
    if "0" <= text[0] <= "9":
        return Token(text, found.start(), found.end(), "number")
    word = text[0].isalpha()
    plain = text.lower() if word else text
    return Token(SAME.get(plain, plain), found.start(), found.end(), "word" if word else "mark")


def codes_among(tokens: list[Token]) -> frozenset[int]:
    """The numbers that are part of a code: of what is written in one piece, all but plain figures and ratios."""
    codes: set[int] = set()
    begin = 0
    for at in range(1, len(tokens) + 1):
        if at == len(tokens) or not _glued(tokens[at - 1], tokens[at]):
            if at - begin > 1:
                codes.update(_codes_of(tokens, begin, at))
            begin = at
    return frozenset(codes)


def _glued(one: Token, next: Token) -> bool:
    return one.end == next.start and all(token.kind != "mark" or token.text in GLUE for token in (one, next))


def _codes_of(tokens: list[Token], begin: int, end: int) -> Iterator[int]:
    piece = tokens[begin:end]
    numbers = [at for at in range(begin, end) if tokens[at].kind == "number"]
    slashes = sum(token.text == "/" for token in piece)
    joined = any(token.text in GLUE - {"/"} for token in piece)
    if slashes > 1 or (joined and numbers) or _month_and_year(piece):
        yield from numbers
        return
    for at in numbers:
        after_letter = at > begin and tokens[at - 1].kind == "word"
        before_letters = at + 2 < end and tokens[at + 1].text == "/" and tokens[at + 2].kind == "word"
        if after_letter or before_letters:
            yield at


def _month_and_year(piece: list[Token]) -> bool:
    if [token.kind for token in piece] != ["number", "mark", "number"] or piece[1].text != "/":
        return False
    first, second = piece[0].text, piece[2].text
    return len(first) <= 2 and len(second) == 4 and second.isdigit() and "1900" <= second <= "2100"
