"""Text typed for the fonts of before Unicode: recognised, turned into Unicode.

A text copied from such a document keeps the codes of its letters and loses
the font that gave them their look. Two encodings are known: TCVN3 (fonts
.VnTime, .VnArial: one code a letter) and VNI for Windows (VNI-Times: a letter,
then a code for its marks). Conversion is always an offer, and a line that
holds a letter only Unicode has is never touched. To be asked before
:func:`dcs_desktop.core.text.nfc`, which drops the soft hyphen: ư in TCVN3.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from enum import StrEnum

from dcs_desktop.core.syllable import is_syllable
from dcs_desktop.core.text import TONE

# Codes in the order of the letters of LETTERS; TCVN3 keeps ư on the soft hyphen.
LETTERS = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
TCVN3_CODES = "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ"
TCVN3_CAPITALS = {"Ă": "¡", "Â": "¢", "Đ": "§", "Ê": "£", "Ô": "¤", "Ơ": "¥", "Ư": "¦"}

VNI_BASES = {"a": "a", "e": "e", "o": "o", "u": "u", "y": "y", "ô": "ơ", "ö": "ư"}
VNI_MARKS = {
    "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ù": "\u0301", "ï": "\u0323",
    "â": "\u0302", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303", "á": "\u0302\u0301", "ä": "\u0302\u0323",
    "ê": "\u0306", "è": "\u0306\u0300", "ú": "\u0306\u0309", "ü": "\u0306\u0303", "é": "\u0306\u0301", "ë": "\u0306\u0323",
}  # fmt: skip
VNI_ALONE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}

WORD = re.compile("[A-Za-z\u00a1-\u00ff]+")
LATIN_1 = re.compile("[\u00a1-\u00ff]")
ONLY_UNICODE = re.compile(
    "[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u0300-\u0323\u1ea0-\u1ef9]"
)
SHOUTED = re.compile("[A-Z]{2}")


class Legacy(StrEnum):
    """The encodings that are recognised."""

    TCVN3 = "TCVN3"
    VNI = "VNI"


def _tcvn3_table() -> dict[str, str]:
    """What stands for each of the 134 letters in TCVN3.

    A capital with a tone has no code of its own: some programs write its bare
    capital and then the small letter, others the small letter alone.
    """
    small = dict(zip(TCVN3_CODES, LETTERS, strict=True))
    bare = {code: letter for letter, code in TCVN3_CAPITALS.items()}
    pairs: dict[str, str] = {}
    for code, letter in small.items():
        capital = _without_tone(letter).upper()
        if letter.upper() not in TCVN3_CAPITALS:
            pairs[TCVN3_CAPITALS.get(capital, capital) + code] = letter.upper()
    return small | bare | pairs


def _without_tone(letter: str) -> str:
    return unicodedata.normalize("NFC", TONE.sub("", unicodedata.normalize("NFD", letter)))


def _vni_table() -> dict[str, str]:
    """What stands for each letter in VNI; ì and í are as in Unicode.

    A capital with a small mark ("Aù") is as good as one with a capital mark.
    """
    small = dict(VNI_ALONE)
    for base, letter in VNI_BASES.items():
        for code, marks in VNI_MARKS.items():
            composed = unicodedata.normalize("NFC", letter + marks)
            if composed in LETTERS:
                small[base + code] = composed
    capitals = {code.upper(): letter.upper() for code, letter in small.items()}
    mixed = {code[0].upper() + code[1:]: letter.upper() for code, letter in small.items()}
    return small | capitals | mixed


TABLES = {Legacy.TCVN3: _tcvn3_table(), Legacy.VNI: _vni_table()}
CODES = {
    encoding: re.compile("|".join(sorted(map(re.escape, table), key=len, reverse=True)))
    for encoding, table in TABLES.items()
}


def looks_legacy(text: str) -> Legacy | None:
    """The encoding that a text seems to be in; None for Unicode and for foreign words.

    Evidence is a word that no Vietnamese syllable is spelt like as it stands
    and that becomes one by conversion. It has to outweigh the words that are
    syllables already (half) and those that conversion does not help (whole).
    Lines with a letter that only Unicode has say nothing.
    """
    old = "\n".join(line for line in text.splitlines() if not ONLY_UNICODE.search(line))
    score, best = max((_evidence(old, encoding), encoding) for encoding in Legacy)
    return best if score > 0 else None


def _evidence(text: str, encoding: Legacy) -> int:
    score = 0
    for word, times in Counter(WORD.findall(text)).items():
        if not LATIN_1.search(word) or not any(letter.isascii() for letter in word):
            continue
        if is_syllable(word):
            score -= times
        else:
            score += 2 * times if is_syllable(_converted(word, encoding)) else -2 * times
    return score


def from_legacy(text: str, encoding: Legacy) -> str:
    """The text in Unicode; what is Unicode already stays as it is.

    Where some lines are surely Unicode, of the others only those are
    converted that look like the old encoding by themselves.
    """
    lines = text.splitlines(keepends=True)
    mixed = any(map(ONLY_UNICODE.search, lines))
    return "".join(
        line if mixed and looks_legacy(line) is not encoding else _converted_line(line, encoding)
        for line in lines
    )


def _converted_line(line: str, encoding: Legacy) -> str:
    """The line in Unicode; the fonts of capitals (.VnTimeH) draw those from the codes of small letters."""
    converted = _converted(line, encoding)
    plain = [letter for letter in line if letter.isascii() and letter.isalpha()]
    if encoding is Legacy.TCVN3 and SHOUTED.search(line) and all(letter.isupper() for letter in plain):
        return converted.upper()
    return converted


def _converted(text: str, encoding: Legacy) -> str:
    table = TABLES[encoding]
    return CODES[encoding].sub(lambda found: table[found[0]], text)
