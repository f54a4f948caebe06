"""Words that cannot be Vietnamese syllables, in prose that is otherwise Vietnamese: hints, never corrections.

A word is doubted only where its consonants are those of a Vietnamese syllable and its vowels, its tone or the way they
stand together are impossible. A syllable that exists but is not the one meant, words without any mark, foreign names
and abbreviations are left alone; docs/text-hints.md says what that means.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product

from dcs_desktop.core.syllable import RHYMES
from dcs_desktop.core.text import MARKS, TONE

WORD = re.compile(r"(?<![\w@/&.+-])[^\W\d_]{2,10}(?![\w@&])")
ONSETS = "ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx]"
FINALS = "ch|nh|ng|[cmnpt]"
VOWELS = "aăâeêioôơuưy"
SHAPE = re.compile(f"({ONSETS})?([{VOWELS}]+)({FINALS})?")
TONED = re.compile("[" + TONE.pattern.strip("[]") + "]")
STOPS = frozenset({"c", "ch", "p", "t"})
ACUTE, DOT = "\u0301", "\u0323"
FRONT = frozenset("eêiy")
# What stands before which vowels only: ngh, gh before e, ê, i; ng, g, c before the others.
BEFORE_FRONT, BEFORE_BACK = frozenset({"ngh", "gh"}), frozenset({"ng", "g", "c"})
OPEN_TWO = frozenset({"oa", "oe", "uy"})
MOST_OFFERED = 4
# Words of names of communes that look like slips: of the Ê Đê, the Gia Rai, the Tày and others.
PLACES = frozenset(
    [
        "bă",
        "dêê",
        "dơng",
        "êê",
        "khơng",
        "kuăng",
        "laêê",
        "lơng",
        "miầu",
        "mứn",
        "ơt",
        "pơng",
        "pơơ",
        "púch",
        "rơng",
        "yă",
        "yiêng",
        "yông",
    ]
)


@dataclass(frozen=True, slots=True)
class Slip:
    """A word that no Vietnamese syllable is written like: its place in the text, and what may have been meant."""

    start: int
    end: int
    word: str
    offered: tuple[str, ...]


def slips(text: str, known: frozenset[str] = frozenset()) -> Iterator[Slip]:
    """The doubtful words of a composed text, in order; ``known`` are words in small letters that are right here."""
    right = known | PLACES
    for found in WORD.finditer(text):
        word = found[0]
        if word.lower() not in right and _doubtful(word):
            yield Slip(found.start(), found.end(), word, _offered(word))


@lru_cache(maxsize=4096)
def _doubtful(word: str) -> bool:
    if word.isascii() or not (word.islower() or word.istitle() or word.isupper()):
        return False
    parts = _parts(word)
    # Capitals whose only mark is that of Đ are abbreviations: HĐND, BCĐ.
    if parts is None or (word.isupper() and word.replace("Đ", "D").isascii()):
        return False
    return not _possible(*parts)


@dataclass(frozen=True, slots=True)
class _Tone:
    """The marks of tone of a word: each mark with the place of its vowel among the vowels."""

    marks: tuple[tuple[int, str], ...]


def _parts(word: str) -> tuple[str, str, str, _Tone] | None:
    """Onset, vowels, final and tones of what is built like a syllable, None for anything else."""
    bare: list[str] = []
    marks: list[tuple[int, str]] = []
    for letter in unicodedata.normalize("NFC", word.lower()):
        apart = unicodedata.normalize("NFD", letter)
        tone = TONED.search(apart)
        if tone is not None:
            marks.append((len(bare), tone[0]))
        bare.append(unicodedata.normalize("NFC", TONED.sub("", apart)))
    found = SHAPE.fullmatch("".join(bare))
    if found is None:
        return None
    onset, vowels, final = found[1] or "", found[2], found[3] or ""
    begin = len(onset)
    if onset == "gi" and vowels.startswith("ê"):
        onset, vowels, begin = "g", "i" + vowels, begin - 1
    return onset, vowels, final, _Tone(tuple((place - begin, mark) for place, mark in marks))


def _possible(onset: str, vowels: str, final: str, tone: _Tone) -> bool:
    if len(tone.marks) > 1:
        return False
    if not (_spelt(onset, vowels) and _rhymes(onset, vowels + final)):
        return False
    place, mark = tone.marks[0] if tone.marks else (-1, "")
    if final in STOPS and mark not in (ACUTE, DOT):
        return False
    return not mark or place in _places(vowels, final, onset)


def _spelt(onset: str, vowels: str) -> bool:
    if onset in BEFORE_FRONT:
        return vowels[0] in FRONT
    if onset in BEFORE_BACK:
        return vowels[0] not in FRONT or (onset == "g" and vowels[0] == "i")
    return True


def _rhymes(onset: str, rhyme: str) -> bool:
    extra = {"ych", "ynh", "yt", "yp"} if onset == "qu" else set()
    return rhyme in RHYMES or rhyme in extra


@cache
def _places(vowels: str, final: str, onset: str) -> tuple[int, ...]:
    """On which of the vowels a tone may stand: both ways of writing hòa, hoà are right."""
    marked = [place for place, vowel in enumerate(vowels) if vowel in "ăâêôơư"]
    if marked:
        return (marked[-1],) if vowels.startswith("ươ") else (marked[0],)
    if len(vowels) == 1:
        return (0,)
    if final or (onset == "qu" and len(vowels) == 1):
        return (len(vowels) - 1,)
    if vowels in OPEN_TWO:
        return (0, 1)
    return (1,) if len(vowels) > 2 else (0,)


@lru_cache(maxsize=512)
def _offered(word: str) -> tuple[str, ...]:
    """Possible syllables of the same plain letters, those that change least first."""
    parts = _parts(word)
    if parts is None:
        return ()
    onset, vowels, final, tone = parts
    marks = [mark for _place, mark in tone.marks][:1] or [""]
    if final in STOPS and marks[0] not in (ACUTE, DOT):
        marks = [ACUTE, DOT]
    plain = _plain(vowels + final)
    found = []
    for rhyme, mark in product(sorted(RHYMES), marks):
        if _plain(rhyme) != plain:
            continue
        told = rhyme.removesuffix(final) if final else rhyme
        for begin in _onsets(onset, vowels):
            places = _places(told, final, begin)
            if _possible(begin, told, final, _Tone(((places[0], mark),) if mark else ())):
                found.append((*_change(vowels, told), _written(begin, told, final, places[0], mark)))
    return tuple(_as(word, text) for _letters, _kept, text in sorted(found)[:MOST_OFFERED])


def _change(vowels: str, told: str) -> tuple[int, int]:
    """How many letters change, and (the more the better) how many of ă, â, ê, ô, ơ, ư stay."""
    pairs = list(zip(vowels, told, strict=False))
    return sum(a != b for a, b in pairs), -sum(a == b and not a.isascii() for a, b in pairs)


def _onsets(onset: str, vowels: str) -> tuple[str, ...]:
    """The onset, or its other spelling where it cannot stand before these vowels."""
    pairs = {"ng": "ngh", "ngh": "ng", "g": "gh", "gh": "g", "c": "k"}
    return (onset,) if _spelt(onset, vowels) else (pairs[onset],)


def _plain(text: str) -> str:
    return MARKS.sub("", unicodedata.normalize("NFD", text))


def _written(onset: str, vowels: str, final: str, place: int, mark: str) -> str:
    whole = onset + vowels[: place + 1] + mark + vowels[place + 1 :] + final
    return unicodedata.normalize("NFC", whole)


def _as(word: str, text: str) -> str:
    """The text in the capitals of the word."""
    if word.isupper():
        return text.upper()
    return text.capitalize() if word.istitle() else text
