"""Runs as ReportLab's paragraph markup: everything typed is escaped, nothing typed is markup."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import lru_cache

from dcs_desktop.core.text import nfc
from dcs_desktop.printing.document import Run
from dcs_desktop.printing.footnotes import ANCHOR

TICK_BOX = "tick_box"
NOTE = "note-"
HARD = "\u00a0"
UNITS = frozenset(
    [
        "%",
        "vụ",
        "cuộc",
        "người",
        "hộ",
        "tổ",
        "lớp",
        "đơn",
        "lượt",
        "xã",
        "phường",
        "ấp",
        "đồng",
        "triệu",
        "tỷ",
        "hồ",
        "văn",
        "m2",
        "m²",
        "ha",
        "km",
        "điểm",
        "ngày",
        "tháng",
        "năm",
    ]
)
NUMBERED = tuple(
    form
    for word in ("số", "ngày", "tháng", "năm", "quý", "điều", "khoản", "mục")
    for form in (word, word.capitalize())
)


def marked(runs: Sequence[Run], size: float, units: frozenset[str] = frozenset()) -> str:
    """The markup of some runs at a size of text; numbers stay with the units after them."""
    texts = [nfc(run.text) for run in runs]
    whole = hardened("".join(texts), units)
    parts, at = [], 0
    for run, text in zip(runs, texts, strict=True):
        parts.append(_run(run, whole[at : at + len(text)], size))
        at += len(text)
    return "".join(parts)


def escaped(text: str) -> str:
    """Typed text as markup that says just this text."""
    return html.escape(text, quote=False)


def _run(run: Run, text: str, size: float) -> str:
    if run.note:
        return _mark(run, size)
    if run.box:
        return _boxes(run.box)
    text = escaped(text).replace("\n", "<br/>")
    if run.bold:
        text = f"<b>{text}</b>"
    return f"<i>{text}</i>" if run.italic else text


def _mark(run: Run, size: float) -> str:
    link = f'<a href="#{NOTE}{run.note}" color="black">{run.note}</a>'
    mark = f'<super size="{size * 0.6:.1f}" rise="{size * 0.33:.1f}">{link}</super>'
    return mark if run.repeats else f'{mark}<a name="{ANCHOR}{run.note}"/>'


def note_number(number: int, size: float) -> str:
    """What a footnote begins with: its number, which leads back to the mark."""
    link = f'<a href="#{ANCHOR}{number}" color="black">{number}</a>'
    return (
        f'<a name="{NOTE}{number}"/><super size="{size * 0.65:.1f}" rise="{size * 0.33:.1f}">{link}</super> '
    )


def _boxes(state: str) -> str:
    """Có ☐ Không ☐ with drawn squares, for the typeface has none; or one square."""
    if state == "lone":
        return _box("open") + HARD * 2
    yes, no = ("ticked" if state == word else "open" for word in ("yes", "no"))
    air = HARD * 5
    return f"Có {_box(yes)}{air * 2}Không {_box(no)}{air}"


def _box(state: str) -> str:
    return f'<onDraw name="{TICK_BOX}" label="{state}"/>' + HARD * 4


def held(text: str, units: frozenset[str] = frozenset()) -> str:
    """Escaped text in which numbers stay with their units, dates and document numbers together."""
    return escaped(hardened(nfc(text), units)).replace("\n", "<br/>")


def hardened(text: str, units: frozenset[str] = frozenset()) -> str:
    """The same letters, with hard spaces where no line may end."""
    return _pattern(units).sub(HARD, text)


@lru_cache(maxsize=8)
def _pattern(units: frozenset[str]) -> re.Pattern[str]:
    words = sorted({unit.split()[0] for unit in units if unit.strip()} | UNITS)
    after = "|".join(map(re.escape, words))
    before = "|".join(rf"(?<=\b{word} )" for word in NUMBERED)
    # The space stands first, so that the search leaps from space to space.
    return re.compile(rf" (?:(?<=\d )(?!ngày \d)(?=(?:{after})(?!\w))|(?=[\dIVX])(?:{before}))")
