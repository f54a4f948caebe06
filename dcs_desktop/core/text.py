"""Vietnamese text: one form, compared and ordered the Vietnamese way."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Code points that never carry meaning in a report: control characters, the
# soft hyphen, joiners and marks of direction, surrogates, non-characters.
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
# Letters of Vietnamese as they are composed, and the signs of ordinary prose.
ORDINARY = re.compile("[ -~\nÀ-ưẠ-ỹ–—‘’“”…]*+")
LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
HARD_SPACE = re.compile("[\u00a0\u2007\u202f]")
MARKS = re.compile("[\u0300-\u036f]")
APOSTROPHE = re.compile("['\u2018\u2019\u02bc`]")
WORD = re.compile(r"[^\W_]+")
TOKEN = re.compile(r"[0-9]+|[^\W_0-9]+")

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
ORDER = str.maketrans({letter: chr(place) for place, letter in enumerate(ALPHABET, start=1)})
TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
TONE = re.compile("[" + "".join(TONES) + "]")
# oa, oe or uy that end a syllable, the tone on the second letter; "quý" is no such case.
LATE_TONE = re.compile(
    "(?:([oO])([aeAE])|(?<![qQ])([uU])([yY]))([" + "".join(TONES) + r"])(?![\w" + "\u0300-\u036f])"
)

Key = tuple[tuple[tuple[int, int, str, str], ...], str]


def nfc(text: str) -> str:
    """The one form in which text is kept: composed, spaces plain, lines ended by a line feed.

    Removes what cannot be seen, the soft hyphen among it: whoever offers a
    conversion from TCVN3, where U+00AD is the letter ư, looks before.
    """
    if ORDINARY.fullmatch(text):  # most texts are in order as they are, and seen to be at once
        return text
    # What Python calls printable is neither invisible nor a hard space.
    if all(map(str.isprintable, text.split("\n"))) and unicodedata.is_normalized("NFC", text):
        return text
    visible = LINE_END.sub("\n", INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", HARD_SPACE.sub(" ", visible))


def one_line(text: str) -> str:
    """The one form of a text that stands on one line: tabs, line ends and runs of spaces are one space."""
    return " ".join(nfc(text).split())


def fold(text: str) -> str:
    """The text without marks, case or apostrophes, words apart by one space; for searching.

    >>> fold("Xã  Phương Bình, huyện Ea M’Droh")
    'xa phuong binh, huyen ea mdroh'
    """
    bare = MARKS.sub("", unicodedata.normalize("NFD", INVISIBLE.sub("", text).casefold()))
    plain = APOSTROPHE.sub("", bare.replace("đ", "d"))
    return " ".join(plain.split())


def marked(text: str) -> str:
    """The text without case or apostrophes, tones in one place, marks kept; for comparing.

    >>> marked("Xã Hoà An")
    'xã hòa an'
    """
    return " ".join(APOSTROPHE.sub("", tone_style(text).casefold()).split())


def words(text: str) -> list[str]:
    """The runs of letters and digits in a text."""
    return WORD.findall(text)


def matches(needle: str, haystack_folded: str) -> bool:
    """Whether every word looked for begins some word of the folded text, in any order.

    A needle without a single letter or digit matches everything.
    """
    return all(_begins(word).search(haystack_folded) for word in words(fold(needle)))


def rank(needle: str, text: str) -> int | None:
    """How well a text answers what is looked for, lower is better; None when it does not.

    0 the whole text, 1 its beginning, 2 the same words in a row, 3 in any
    order. A needle typed with marks finds the same marks first: what agrees
    only without them comes 4 later.
    """
    loose = _likeness(_loose(needle), _loose(text))
    if loose is None or fold(needle) == marked(needle):
        return loose
    strict = _likeness(_strict(needle), _strict(text))
    return loose + 4 if strict is None else strict


@lru_cache(maxsize=4096)
def _loose(text: str) -> str:
    return " ".join(words(fold(text)))


@lru_cache(maxsize=4096)
def _strict(text: str) -> str:
    return " ".join(words(marked(text)))


def _likeness(sought: str, found: str) -> int | None:
    if sought == found:
        return 0
    if found.startswith(sought):
        return 1
    if f" {sought}" in found:
        return 2
    return 3 if all(f" {word}" in f" {found}" for word in sought.split()) else None


@lru_cache(maxsize=64)
def _begins(word: str) -> re.Pattern[str]:
    return re.compile(r"(?<![^\W_])" + re.escape(word))


def sort_key(text: str) -> Key:
    """Where a text stands in Vietnamese order: a ă â … d đ …, word by word.

    Within a word the letters decide, then the tone (ngang, huyền, hỏi, ngã,
    sắc, nặng), wherever its mark is written. Numbers stand before letters, by
    value: "Ấp 2" before "Ấp 10". Two keys are equal only for the same text.
    """
    plain = nfc(text)
    return tuple(_place(token) for token in TOKEN.findall(plain.casefold())), plain


def _place(token: str) -> tuple[int, int, str, str]:
    if token[0] in "0123456789":
        digits = token.lstrip("0")
        return 0, len(digits), digits, ""
    letters = unicodedata.normalize("NFD", token)
    tones = "".join(TONES[mark] for mark in TONE.findall(letters))
    return 1, 0, unicodedata.normalize("NFC", TONE.sub("", letters)).translate(ORDER), tones


def tone_style(text: str) -> str:
    """The text with tones on the first vowel of a final oa, oe, uy: hòa, khỏe, thủy.

    For comparing and searching only: what an officer wrote is never rewritten.
    """
    apart = unicodedata.normalize("NFD", nfc(text))
    return unicodedata.normalize("NFC", LATE_TONE.sub(_earlier_tone, apart))


def _earlier_tone(found: re.Match[str]) -> str:
    first, second = found[1] or found[3], found[2] or found[4]
    return f"{first}{found[5]}{second}"


def same_word(one: str, other: str) -> bool:
    """Whether two texts are the same but for case and the place of the tone mark."""
    return marked(one) == marked(other)
