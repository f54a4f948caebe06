"""Liberation Serif, the one typeface of the paper, embedded from the program's own files."""

from __future__ import annotations

import unicodedata
from functools import cache

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.paths import resources_dir

REGULAR, BOLD, ITALIC, BOLD_ITALIC = "DCS", "DCS-Bold", "DCS-Italic", "DCS-BoldItalic"
FILES = {
    REGULAR: "LiberationSerif-Regular.ttf",
    BOLD: "LiberationSerif-Bold.ttf",
    ITALIC: "LiberationSerif-Italic.ttf",
    BOLD_ITALIC: "LiberationSerif-BoldItalic.ttf",
}
VIETNAMESE = (
    "".join(
        unicodedata.normalize("NFC", letter + tone)
        for letter in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
        for tone in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
    )
    + "đĐ"
)


@cache
def register() -> None:
    """Make the four faces known to ReportLab, once. Raises Refusal naming a face that is missing or has no Vietnamese."""
    for name, file in FILES.items():
        path = resources_dir() / "fonts" / file
        try:
            font = TTFont(name, str(path))
        except (OSError, TTFError) as error:
            raise Refusal(_refused(file)) from error
        if any(ord(letter) not in font.face.charToGlyph for letter in VIETNAMESE):
            raise Refusal(_refused(file))
        pdfmetrics.registerFont(font)
    rl_config.useA85 = 0  # streams as bytes, not as letters: a quarter smaller
    pdfmetrics.registerFontFamily(REGULAR, REGULAR, BOLD, ITALIC, BOLD_ITALIC)


def _refused(file: str) -> str:
    message = _(
        "Phông chữ {file} của chương trình bị thiếu hoặc hỏng, nên chưa in được. Hãy cài đặt lại chương trình."
    )
    return message.format(file=file)


def missing(text: str) -> tuple[str, ...]:
    """The signs of a text that the typeface cannot print, each once."""
    known = _known()
    return tuple(dict.fromkeys(sign for sign in text if ord(sign) not in known))


@cache
def _known() -> frozenset[int]:
    """The signs that every face has; lines may end within a text."""
    faces = (frozenset(pdfmetrics.getFont(name).face.charToGlyph) for name in FILES)
    return frozenset.intersection(*faces) | {ord("\n")}


def width(text: str, font: str, size: float) -> float:
    """How wide a text is, in points."""
    return float(pdfmetrics.stringWidth(text, font, size))


def wrapped(text: str, font: str, size: float, room: float) -> list[str]:
    """A text in as few lines as fit, of about equal length."""
    least = broken(text, font, size, room)
    narrow, wide = room / 3, room
    for _step in range(12):
        middle = (narrow + wide) / 2
        if len(broken(text, font, size, middle)) > len(least) or _widest(text, font, size) > middle:
            narrow = middle
        else:
            wide = middle
    return broken(text, font, size, wide)


def _widest(text: str, font: str, size: float) -> float:
    return max((width(word, font, size) for word in text.split()), default=0.0)


def broken(text: str, font: str, size: float, room: float) -> list[str]:
    """A text in lines as full as they get, broken between words; a word that fits nowhere between letters."""
    lines: list[str] = []
    for word in (part for whole in text.split() for part in _parts(whole, font, size, room)):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, font, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _parts(word: str, font: str, size: float, room: float) -> list[str]:
    if width(word, font, size) <= room or len(word) < 2:
        return [word]
    parts = [""]
    for letter in word:
        if parts[-1] and width(parts[-1] + letter, font, size) > room:
            parts.append("")
        parts[-1] += letter
    return parts
