"""Whether letters can be one Vietnamese syllable."""

from __future__ import annotations

import re
import unicodedata

from dcs_desktop.core.text import TONE

RHYMES = frozenset(
    re.findall(
        r"\w+",
        """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong op ot ooc oong oa oac oach oai oam oan oang oanh oao oap oat oay
    oăc oăm oăn oăng oăt oe oem oen oeo oet ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uôc uôi uôm uôn uông uôt uân uâng uât uây uê uêch uên uênh uêt uêu uơ
    uy uya uych uyên uyêt uynh uyp uyt uyu
    ư ưa ưc ưi ưm ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêt yêu
    """,
    )
)
AFTER_QU = RHYMES | {"ych", "ynh", "yt"}
STOPPED = re.compile("(?:c|ch|p|t)$")
STOPPED_TONES = frozenset({"\u0301", "\u0323"})
PARTS = re.compile("(qu|gi(?=[aăâeoôơuưy])|ngh|ng|nh|ch|gh|kh|ph|th|tr|[bcdđghklmnprstvx]?)(.*)")


def is_syllable(letters: str) -> bool:
    """Whether composed letters, in any case, follow the spelling of one syllable.

    >>> [is_syllable(word) for word in ("nghiêng", "Uỷ", "thùc", "garçon")]
    [True, True, False, False]
    """
    apart = unicodedata.normalize("NFD", letters.lower())
    tones = TONE.findall(apart)
    parts = PARTS.fullmatch(unicodedata.normalize("NFC", TONE.sub("", apart)))
    if not parts or len(tones) > 1:
        return False
    onset, rhyme = parts.groups()
    if rhyme not in (AFTER_QU if onset == "qu" else RHYMES):
        return False
    return not STOPPED.search(rhyme) or (bool(tones) and tones[0] in STOPPED_TONES)
