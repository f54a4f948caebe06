"""What numbers a heading: "III-", "3.1", "III.1.e", "a)", "1.", a dash, typed or by Word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

ROMAN_PART = r"(?=[IVX])(?:X{0,2})(?:IX|IV|V?I{0,3})"
PART = r"(?:[0-9]{1,2}|[a-zđ])"
DASHES = re.compile(r"\s*(?:[-–—+•*]\s*)+")
PATH = re.compile(
    rf"\s*(?:phần\s+(?:thứ\s+)?|mục\s+)?({ROMAN_PART}|[0-9]{{1,2}})((?:\.{PART})+)[.)]?[\s:–-]+",
    re.IGNORECASE,
)
ROMAN = re.compile(rf"\s*(?:[Pp]hần\s+(?:thứ\s+)?|PHẦN\s+)?({ROMAN_PART})\s*[.):/–-]+\s*")
NUMBER = re.compile(r"\s*([0-9]{1,2})\s*[.):/–-]+\s+|\s*([0-9]{1,2})[.)](?=[^\W\d])")
LETTER = re.compile(r"\s*([a-zđ])\s*[.)]\s+|\s*([a-zđ])\)")
VALUES = {"i": 1, "v": 5, "x": 10}


@dataclass(frozen=True, slots=True)
class Mark:
    """The number of a heading as a path of parts, roman ones in digits, and where the words begin.

    ``roman`` says that it is a single roman number, ``dash`` that a dash stands there.
    """

    path: tuple[str, ...] = ()
    end: int = 0
    roman: bool = False
    dash: bool = False


def mark_of(text: str) -> Mark:
    """The mark that a line begins with, an empty one where it begins with a word."""
    if found := PATH.match(text):
        path = (arabic(found[1]), *found[2].lower().strip(".").split("."))
        return Mark(path, found.end())
    if found := ROMAN.match(text):
        return Mark((arabic(found[1]),), found.end(), roman=True)
    for pattern in (NUMBER, LETTER):
        if found := pattern.match(text):
            return Mark((found[1] or found[2],), found.end())
    if found := DASHES.match(text):
        return Mark((), found.end(), dash=True)
    return Mark()


def arabic(part: str) -> str:
    """A part of a number in digits where it is roman: "III" is "3", "e" stays.

    >>> arabic("III"), arabic("IX"), arabic("e"), arabic("12")
    ('3', '9', 'e', '12')
    """
    if not part.isupper() or set(part.lower()) - set(VALUES):
        return part.lower()
    values = [VALUES[sign] for sign in part.lower()]
    less = sum(2 * one for one, following in pairwise(values) if one < following)
    return str(sum(values) - less)


def weight_of(mark: Mark, path: tuple[str, ...], *, dashed: bool) -> float:
    """How much a mark speaks for a heading of this path, below nothing where it speaks against it.

    ``dashed`` says that the form prints the heading behind a dash.
    """
    if mark.dash:
        return 0.05 if dashed else -0.05
    if not mark.path:
        return 0.0
    if len(mark.path) > 1:
        if mark.path == path:
            return 0.5
        return 0.35 if path[-len(mark.path) :] == mark.path else -0.3
    if mark.roman:
        return (0.35 if path == mark.path else -0.4) if len(path) == 1 else -0.3
    if len(path) == 1:
        return -0.1
    return 0.15 if path[-1:] == mark.path else -0.05 if dashed else -0.2
