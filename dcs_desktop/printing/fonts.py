"""Liberation Serif, the one typeface of the paper, embedded from the program's own files."""

from __future__ import annotations

import hashlib
import unicodedata
from functools import cache, lru_cache

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
# Liberation Serif 2.1.5; 1.07 bears the same names and lacks 92 of the 146 letters.
DIGESTS = {
    REGULAR: "29d12439831b7f59194efec85872f24f54eff05738933f9a860220d2abff88ba",
    BOLD: "446a4421f297698427170fd7db20e59169a4188baaaf940e9bea58af6341a723",
    ITALIC: "c1830c433ab41379f1139fac388989d37c9f08c81e1bd643efdcc7946db30753",
    BOLD_ITALIC: "36dd6965be8915f6d7efb259757f1f7546a7c6f72c53a20bbe4ae7092f2cd558",
}
UNFIT = frozenset({"Mn", "Me", "Cf", "Cc", "Co"})
LEFTWARD = frozenset({"R", "AL", "AN"})
WORDS_KEPT = 20_000
STAND_IN = "\ufffc"


class Face(TTFont):  # type: ignore[misc]  # ReportLab publishes no types
    """A face that remembers how wide a word is: words of a report return, and adding up their letters is slow."""

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, path)
        self._units = lru_cache(maxsize=WORDS_KEPT)(self._sum)

    def _sum(self, text: str) -> float:
        """The width in thousandths of the size."""
        widths, other = self.face.charWidths, self.face.defaultWidth
        return float(sum(widths.get(ord(sign), other) for sign in text))

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:
        """How wide a text is at a size, in points."""
        return 0.001 * self._units(text) * size


@cache
def register() -> None:
    """Make the four faces known to ReportLab, once. Raises Refusal naming a face that is missing or is not the one meant."""
    for name, file in FILES.items():
        pdfmetrics.registerFont(_face(name, file))
    rl_config.useA85 = 0  # streams as bytes, not as letters: a quarter smaller
    pdfmetrics.registerFontFamily(REGULAR, REGULAR, BOLD, ITALIC, BOLD_ITALIC)


def _face(name: str, file: str) -> TTFont:
    path = resources_dir() / "fonts" / file
    try:
        if hashlib.sha256(path.read_bytes()).hexdigest() == DIGESTS[name]:
            return Face(name, str(path))
    except (OSError, TTFError) as error:
        raise Refusal(_refused(file)) from error
    raise Refusal(_refused(file))


def _refused(file: str) -> str:
    message = _(
        "Phông chữ {file} của chương trình bị thiếu hoặc hỏng, nên chưa in được. Hãy cài đặt lại chương trình."
    )
    return message.format(file=file)


@lru_cache(maxsize=4096)
def missing(text: str) -> tuple[str, ...]:
    """The signs of a text that the typeface cannot print, each once."""
    known = _known()
    return tuple(dict.fromkeys(sign for sign in text if ord(sign) not in known))


@cache
def _known() -> frozenset[int]:
    """The signs that every face has; lines may end within a text."""
    faces = (frozenset(pdfmetrics.getFont(name).face.charToGlyph) for name in FILES)
    return frozenset(filter(_prints, frozenset.intersection(*faces))) | {ord("\n")}


def _prints(sign: int) -> bool:
    """Whether a sign prints right by itself: no mark without its letter, none that runs from right to left."""
    letter = chr(sign)
    shown = unicodedata.category(letter) not in UNFIT and letter != STAND_IN
    return shown and unicodedata.bidirectional(letter) not in LEFTWARD


def width(text: str, font: str, size: float) -> float:
    """How wide a text is, in points."""
    return float(pdfmetrics.stringWidth(text, font, size))


def wrapped(text: str, font: str, size: float, room: float) -> list[str]:
    """A text in as few lines as fit, of about equal length."""
    return list(_wrapped(text, font, size, room))


@lru_cache(maxsize=256)
def _wrapped(text: str, font: str, size: float, room: float) -> tuple[str, ...]:
    least = broken(text, font, size, room)
    narrow, wide = room / 3, room
    for _step in range(12):
        middle = (narrow + wide) / 2
        if len(broken(text, font, size, middle)) > len(least) or _widest(text, font, size) > middle:
            narrow = middle
        else:
            wide = middle
    return tuple(broken(text, font, size, wide))


def _words(text: str) -> list[str]:
    """What may be parted: a hard space holds words together."""
    return [word for word in text.split(" ") if word]


def _widest(text: str, font: str, size: float) -> float:
    return max((width(word, font, size) for word in _words(text)), default=0.0)


def broken(text: str, font: str, size: float, room: float) -> list[str]:
    """A text in lines as full as they get, broken between words; a word that fits nowhere between letters."""
    lines: list[str] = []
    for word in (part for whole in _words(text) for part in _parts(whole, font, size, room)):
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
