"""Text typed for the fonts of before Unicode, or Unicode read wrongly: recognised, turned into Unicode.

A text copied from such a document keeps the codes of its letters and loses
the font that gave them their look. Known are TCVN3 (fonts .VnTime, .VnArial:
one code a letter), VNI for Windows (VNI-Times: a letter, then a code for its
marks), VISCII and VPS (one code a letter), and UTF-8 that a program took for
Western text ("Ä‘áº¡i"). Conversion is always an offer, and a line that
holds a letter only Unicode has is never touched. To be asked before
:func:`dcs_desktop.core.text.nfc`, which drops the soft hyphen: ư in TCVN3.
"""

from __future__ import annotations

import re
from collections import Counter

from dcs_desktop.core.legacy_tables import BYTES, PUNCTUATION, TABLES, VISCII_LOW, Legacy
from dcs_desktop.core.syllable import is_syllable

# Some codes end a line for str.splitlines.
LINE = re.compile("[^\n]*\n|[^\n]+")
WORD = re.compile("[A-Za-z\u00a1-\u00ff]+")
SHOWN = "".join(map(re.escape, sorted(BYTES)))
# VISCII and VPS have letters below 0xA1 too, and UTF-8 has continuation bytes there.
WIDE_WORD = re.compile(f"[A-Za-z{SHOWN}{''.join(VISCII_LOW)}]+")
LATIN_1 = re.compile(f"[{SHOWN}]")
ONLY_UNICODE = re.compile(
    "[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u0300-\u0323\u1ea0-\u1ef9]"
)
SHOUTED = re.compile("[A-Z]{2}")
# A unit of measure says nothing of an encoding: "m²" would be a syllable in some.
MEASURE = re.compile("(?:[kcdmµ]?m|ha)[²³]|µ[mgls]", re.I)
NEXT = f"[{''.join(re.escape(shown) for shown, code in sorted(BYTES.items()) if code < 0xC0)}]"
SEQUENCE = re.compile(f"[\u00c2-\u00df]{NEXT}|[\u00e0-\u00ef]{NEXT}{{2}}|[\u00f0-\u00f4]{NEXT}{{3}}")
# "Ã" and a hard space is "à"; on its way the hard space often becomes a plain one.
LOST_SPACE = re.compile("\u00c3[ \u00a0]")
QUOTES = "".join(sorted(PUNCTUATION))
# Encodings with so little evidence of their own that one word is not enough.
RARE = frozenset({Legacy.VISCII, Legacy.VPS})
# Those in which some capitals stand on the codes of small letters.
SHARING = frozenset({Legacy.TCVN3, Legacy.VPS})
WIDE = RARE | {Legacy.UTF8}

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
    old = "\n".join(line for line in text.split("\n") if not ONLY_UNICODE.search(line))
    if not LATIN_1.search(old):
        return None
    score, best = max(((_evidence(old, encoding), encoding) for encoding in Legacy), key=lambda one: one[0])
    return best if score > 0 else None


def _evidence(text: str, encoding: Legacy) -> int:
    score, proofs = 0, set[str]()
    words = Counter((WIDE_WORD if encoding in WIDE else WORD).findall(text))
    for word, times in words.items():
        if not LATIN_1.search(_within(word)) or MEASURE.fullmatch(word):
            continue
        if not any(letter.isascii() for letter in word) and (encoding not in WIDE or len(word) < 2):
            continue
        converted = _word(word, encoding) if encoding in RARE else _converted(word, encoding)
        bare, converted = _within(word), _within(converted)
        if is_syllable(bare):
            score -= times * (encoding not in RARE or converted != bare)
        elif is_syllable(converted) and (encoding not in RARE or _of_one_case(converted)):
            score += 2 * times
            proofs.add(word)
        else:
            score -= 2 * times
    return 0 if encoding in RARE and len(proofs) < 2 else score


def _of_one_case(word: str) -> bool:
    return word in (word.lower(), word.capitalize(), word.upper())


def _within(word: str) -> str:
    """A word without the quotation marks and dashes around it."""
    return word.strip(QUOTES)


def from_legacy(text: str, encoding: Legacy) -> str:
    """The text in Unicode; what is Unicode already stays as it is.

    Where some lines are surely Unicode, of the others only those are
    converted that look like the old encoding by themselves.
    """
    lines = LINE.findall(text)
    mixed = any(map(ONLY_UNICODE.search, lines))
    return "".join(
        line if mixed and looks_legacy(line) is not encoding else _converted_line(line, encoding)
        for line in lines
    )


def _converted_line(line: str, encoding: Legacy) -> str:
    """The line in Unicode; fonts of capitals (.VnTimeH) draw those from the codes of small letters, VPS some of them."""
    if encoding is Legacy.UTF8:
        return _decoded(line)
    if encoding in RARE:
        converted = WIDE_WORD.sub(lambda found: _word(found[0], encoding), line)
    else:
        converted = _converted(line, encoding)
    return converted.upper() if encoding in SHARING and _shouted(line) else converted


def _shouted(line: str) -> bool:
    plain = [letter for letter in line if letter.isascii() and letter.isalpha()]
    return SHOUTED.search(line) is not None and all(letter.isupper() for letter in plain)


def _word(word: str, encoding: Legacy) -> str:
    """A word in Unicode; a quotation mark or dash at it is a letter only where that makes a syllable."""
    whole = _converted(word, encoding)
    if PUNCTUATION.isdisjoint(word) or (word.strip(QUOTES) and is_syllable(whole)):
        return whole
    parts = re.split(f"([{''.join(map(re.escape, sorted(PUNCTUATION)))}])", word)
    return "".join(part if part in PUNCTUATION else _converted(part, encoding) for part in parts)


def _converted(text: str, encoding: Legacy) -> str:
    if encoding is Legacy.UTF8:
        return _decoded(text)
    table = TABLES[encoding]
    converted = CODES[encoding].sub(lambda found: table[found[0]], text)
    capitals = [letter for letter in text if letter.isascii() and letter.isalpha()]
    if encoding is Legacy.VPS and len(capitals) > 1 and all(letter.isupper() for letter in capitals):
        return converted.upper()
    return converted


def _decoded(text: str) -> str:
    """Every sequence that is a letter of UTF-8 as that letter; what is none stays."""
    return SEQUENCE.sub(_letter, LOST_SPACE.sub("à", text))


def _letter(found: re.Match[str]) -> str:
    try:
        return bytes(BYTES[shown] for shown in found[0]).decode("utf-8")
    except UnicodeDecodeError:
        return found[0]
