"""The tables of the encodings of before Unicode: what each code, as a program of today shows it, stands for."""

from __future__ import annotations

import unicodedata
from enum import StrEnum

from dcs_desktop.core.text import TONE
from dcs_desktop.i18n import _

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

# The upper halves, from 0x80 on; a dot is no letter. Of VISCII six capitals lie below (RFC 1456); VPS has fourteen
# capitals on the codes of their small letters.
VISCII_HALF = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
VISCII_LOW = {"\x02": "Ẳ", "\x05": "Ẵ", "\x06": "Ẫ", "\x14": "Ỷ", "\x19": "Ỹ", "\x1e": "Ỵ"}
VPS_HALF = (
    "ÀẢÃẤẦẨọỗĂếềểệẮẰẲẾ..ỀỂỄỐỒỔỖýỷỵỚỜỞ.ắằẳẵặỠớÙờởỡŨỨợỪổỬỲỸÍÌộỈĨÓửữÒỎÕự"
    "ầÁÂấẩẫậđẻÉÊẹỉễịỹƯỦồốÔỏơÈừứÚũưÝẺ.àáâãảạă.èéêẽìí.ĩẴĐòóôõ.Ơụùúủ.ỶẼỳ"
)
NO_LETTER = "."
# Codes that a program of today shows as a quotation mark, dash or space: taken for letters within words only.
PUNCTUATION = frozenset("“”‘’‚„…–—•«»\u00a0\u02c6\u02dc")


class Legacy(StrEnum):
    """The encodings that are recognised; UTF8 is Unicode that was read as if it were Western text."""

    TCVN3 = "TCVN3"
    VNI = "VNI"
    VISCII = "VISCII"
    VPS = "VPS"
    UTF8 = "UTF-8"


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


def western(code: int) -> tuple[str, ...]:
    """How a program of today shows a byte: as Windows-1252 has it, and as Latin-1."""
    shown = bytes((code,)).decode("cp1252", "ignore")
    return (shown, chr(code)) if shown and shown != chr(code) else (chr(code),)


def _half_table(half: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, letter in enumerate(half, 0x80):
        if letter != NO_LETTER:
            found |= dict.fromkeys(western(code), letter)
    return found


TABLES = {
    Legacy.TCVN3: _tcvn3_table(),
    Legacy.VNI: _vni_table(),
    Legacy.VISCII: VISCII_LOW | _half_table(VISCII_HALF),
    Legacy.VPS: _half_table(VPS_HALF),
}
BYTES = {shown: code for code in range(0x80, 0x100) for shown in western(code)}


def name_of(encoding: Legacy) -> str:
    """What an encoding is called, with the fonts it is known by."""
    match encoding:
        case Legacy.TCVN3:
            return _("TCVN3 (ABC, phông .VnTime)")
        case Legacy.VNI:
            return _("VNI (phông VNI-Times)")
        case Legacy.VPS:
            return _("VPS (phông VPS Times)")
        case Legacy.VISCII | Legacy.UTF8:
            return encoding.value
