"""The fingerprint of a key as eight Vietnamese syllables, to be read over the phone.

Eight bytes of the key's SHA-256, a syllable each: an initial and a rhyme, all without a tone, chosen so that no two
sound alike in the north, the centre or the south (no d/gi/r beside v, no s, tr or n, no rhyme that only spelling tells).
"""

from __future__ import annotations

import hashlib
import re
from typing import Final

from dcs_desktop.core.text import nfc
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _

SYLLABLES: Final = 8
INITIALS: Final = ("b", "c", "ch", "đ", "g", "h", "kh", "l", "m", "ng", "nh", "ph", "t", "th", "v", "x")
RHYMES: Final = (
    "a", "ai", "am", "anh", "ao", "âu", "e", "i", "ia", "o", "ôi", "ơ", "ua", "ư", "ưa", "om",
)  # fmt: skip
# How an initial is spelled before e and i.
BEFORE_E: Final = {"c": "k", "g": "gh", "ng": "ngh"}


def fingerprint(key: str) -> str:
    """16 hex digits of a public key (hex)."""
    return hashlib.sha256(bytes.fromhex(key)).hexdigest()[: 2 * SYLLABLES]


def words(fingerprint: str) -> str:
    """A fingerprint as it is shown and read aloud, in two groups of four syllables."""
    said = [_SYLLABLES[byte] for byte in bytes.fromhex(fingerprint)]
    return f"{' '.join(said[:4])} – {' '.join(said[4:])}"


def heard(text: str) -> str:
    """The fingerprint that somebody typed as they heard it; marks between the groups, capitals and spaces are free.

    Raises Refusal: not eight syllables, or one that no fingerprint has.
    """
    said = re.findall(r"\w+", nfc(text).casefold())
    for syllable in said:
        if syllable not in _BYTES:
            text = _(
                "“{syllable}” không phải là một từ của khóa ký. Hãy gõ lại đúng như bên kia đọc, có dấu."
            )
            raise Refusal(text.format(syllable=syllable))
    if len(said) != SYLLABLES:
        text = _("Khóa ký đọc thành {expected} từ, ở đây có {count} từ. Hãy gõ đủ.")
        raise Refusal(text.format(expected=SYLLABLES, count=len(said)))
    return bytes(_BYTES[syllable] for syllable in said).hex()


def _spelled(initial: str, rhyme: str) -> str:
    return (BEFORE_E.get(initial, initial) if rhyme[0] in "ei" else initial) + rhyme


_SYLLABLES: Final = tuple(_spelled(initial, rhyme) for initial in INITIALS for rhyme in RHYMES)
_BYTES: Final = {syllable: byte for byte, syllable in enumerate(_SYLLABLES)}
