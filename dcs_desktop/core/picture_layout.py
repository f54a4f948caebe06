"""Where everything of a picture stands: boxes, lines and words on a plane, y downward, for whoever draws them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from dcs_desktop.core.picture import Look, Picture

WIDEST_LABEL: Final = 0.36
BAR: Final = 0.56
GAP: Final = 0.5
ELLIPSIS: Final = "…"


@dataclass(frozen=True, slots=True)
class Box:
    """A bar: its corner, its size, its look."""

    x: float
    y: float
    width: float
    height: float
    look: Look


@dataclass(frozen=True, slots=True)
class Said:
    """Words on one line whose middle is at ``y``; ``x`` is where they begin, end or have their middle."""

    x: float
    y: float
    words: str
    align: Literal["left", "right", "middle"] = "left"
    role: Literal["title", "plain", "muted"] = "plain"


@dataclass(frozen=True, slots=True)
class Upright:
    """An upright line of the axis."""

    x: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture on a plane of this size."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    words: tuple[Said, ...]
    lines: tuple[Upright, ...]


def drawn(picture: Picture, width: float, line: float, measure: Callable[[str], float]) -> Drawing:
    """The picture on ``width``; ``line`` is the height of a line of text, ``measure`` how wide words are."""
    gap = GAP * line
    label = min(max((measure(bar.label) for bar in picture.bars), default=0.0), WIDEST_LABEL * width)
    said = max((measure(bar.said) for bar in picture.bars), default=0.0)
    left, top = label + gap, 1.5 * line
    room = max(width - left - said - 2 * gap, line)
    bottom = top + line * len(picture.bars)
    boxes, words = [], [Said(0.0, line / 2, _cut(picture.title, width, measure), "left", "title")]
    for at, bar in enumerate(picture.bars):
        y = top + at * line
        length = room * bar.length or (0.0 if bar.look is not Look.MISSING else line)
        boxes.append(Box(left, y + (1 - BAR) / 2 * line, max(length, 1.0), BAR * line, bar.look))
        words.append(Said(label, y + line / 2, _cut(bar.label, label, measure), "right"))
        words.append(Said(left + max(length, 1.0) + gap / 2, y + line / 2, bar.said))
    below = bottom + 0.6 * line
    ticks = [(left + room * tick.at, tick.label) for tick in picture.ticks]
    words += [Said(x, below, text, "middle", "muted") for x, text in _apart(ticks, measure, gap)]
    words.append(Said(0.0, below + line, _cut(picture.note, width, measure), "left", "muted"))
    lines = tuple(Upright(x, top, bottom) for x, _text in ticks)
    return Drawing(width, below + 1.6 * line, tuple(boxes), tuple(words), lines)


def _apart(
    ticks: list[tuple[float, str]], measure: Callable[[str], float], gap: float
) -> list[tuple[float, str]]:
    """The marks whose words do not touch those before them."""
    kept: list[tuple[float, str]] = []
    end = float("-inf")
    for x, text in ticks:
        half = measure(text) / 2
        if x - half >= end + gap / 2:
            kept.append((x, text))
            end = x + half
    return kept


def _cut(words: str, room: float, measure: Callable[[str], float]) -> str:
    """As much of the words as there is room for."""
    if measure(words) <= room + 0.5:
        return words
    least, most = 0, len(words)
    while least < most:
        middle = (least + most + 1) // 2
        least, most = (middle, most) if measure(words[:middle] + ELLIPSIS) <= room else (least, middle - 1)
    return words[:least].rstrip() + ELLIPSIS
