"""Reads a printed report with a ruler: lines of letters and drawn rules, in points from the top left."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import pypdfium2
from pypdfium2 import raw

MM = 72 / 25.4
NEXT_RUN = 20.0
SPACE = 0.25


@dataclass(frozen=True)
class Line:
    """Letters on one baseline: where they begin and end, their size and the faces they are set in."""

    text: str
    left: float
    right: float
    base: float
    size: float
    faces: frozenset[str]

    @property
    def middle(self) -> float:
        """The middle of the letters."""
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        """From the first letter to the last."""
        return self.right - self.left


@dataclass(frozen=True)
class Rule:
    """A drawn level rule."""

    left: float
    right: float
    top: float

    @property
    def middle(self) -> float:
        """The middle of the rule."""
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        """Its length."""
        return self.right - self.left


@dataclass(frozen=True)
class Sheet:
    """One page."""

    width: float
    height: float
    lines: tuple[Line, ...]
    rules: tuple[Rule, ...]
    boxes: tuple[tuple[float, float], ...]
    crosses: tuple[tuple[float, float], ...]
    colours: frozenset[str]
    uprights: tuple[float, ...] = ()

    @property
    def text(self) -> str:
        """Every line, in the order in which they were printed."""
        return "\n".join(line.text for line in self.lines)

    def line(self, begins: str) -> Line:
        """The first line that begins so."""
        found = [line for line in self.lines if line.text.startswith(begins)]
        assert found, f"no line begins with {begins!r}:\n{self.text}"
        return found[0]

    def after(self, line: Line) -> Line:
        """The line printed next."""
        return self.lines[self.lines.index(line) + 1]

    def rule_under(self, line: Line) -> Rule:
        """The rule drawn less than a line's height below, on the line's own side of the page."""
        found = [
            rule
            for rule in self.rules
            if 0 < rule.top - line.base < 14 and line.left - 1 <= rule.middle <= line.right + 1
        ]
        assert len(found) == 1, f"{len(found)} rules under {line.text!r}"
        return found[0]


class Letter(NamedTuple):
    """A letter, from where it is set to where the next one may begin."""

    text: str
    left: float
    right: float
    base: float
    size: float
    face: str


class Stroke(NamedTuple):
    """A drawn line."""

    left: float
    right: float
    top: float
    bottom: float


@lru_cache(maxsize=8)
def sheets(data: bytes) -> list[Sheet]:
    """The pages of a PDF, read by PDFium, which has no part in writing them."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        return [_sheet(pdf[number]) for number in range(len(pdf))]
    finally:
        pdf.close()


def _sheet(page: Any) -> Sheet:  # Any: PDFium's own objects
    height = float(page.get_height())
    letters, colours = _letters(page, height)
    boxes, strokes = _drawn(page, height)
    level = [stroke for stroke in strokes if abs(stroke.top - stroke.bottom) < 0.1]
    return Sheet(
        float(page.get_width()),
        height,
        tuple(_lines(letters)),
        tuple(Rule(stroke.left, stroke.right, stroke.top) for stroke in level),
        tuple((box.left, box.top) for box in boxes),
        tuple((stroke.left, stroke.top) for stroke in strokes if _slants(stroke)),
        colours,
        tuple(stroke.left for stroke in strokes if stroke.right - stroke.left < 0.1),
    )


class Writing:
    """One run of text as it was drawn: its face, size and colour, and how far each of its letters moves on."""

    def __init__(self, text: Any, at: int, drawn: Any) -> None:  # Any: PDFium's own objects
        name, flags = ctypes.create_string_buffer(200), ctypes.c_int()
        raw.FPDFText_GetFontInfo(text, at, name, 200, flags)
        parts = [ctypes.c_uint() for _part in range(4)]
        raw.FPDFText_GetFillColor(text, at, *parts)
        self.face = name.value.decode()
        self.size = float(raw.FPDFText_GetFontSize(text, at))
        self.colour = str(tuple(part.value for part in parts))
        self.font = raw.FPDFTextObj_GetFont(drawn)

    def advance(self, sign: int, known: dict[tuple[str, float, int], float]) -> float:
        key = (self.face, self.size, sign)
        if key not in known:
            found = ctypes.c_float()
            raw.FPDFFont_GetGlyphWidth(self.font, sign, self.size, found)
            known[key] = found.value
        return known[key]


def _letters(page: Any, height: float) -> tuple[list[Letter], frozenset[str]]:  # Any: see above
    text = page.get_textpage()
    found: list[Letter] = []
    written: dict[int, Writing] = {}
    widths: dict[tuple[str, float, int], float] = {}
    x, y = ctypes.c_double(), ctypes.c_double()
    for at in range(text.count_chars()):
        if raw.FPDFText_IsGenerated(text, at):
            continue
        drawn = raw.FPDFText_GetTextObject(text, at)
        address = ctypes.cast(drawn, ctypes.c_void_p).value or 0
        if address not in written:
            written[address] = Writing(text, at, drawn)
        one, sign = written[address], raw.FPDFText_GetUnicode(text, at)
        raw.FPDFText_GetCharOrigin(text, at, x, y)
        right = x.value + one.advance(sign, widths)
        found.append(Letter(chr(sign), x.value, right, height - y.value, one.size, one.face))
    return found, frozenset(one.colour for one in written.values())


def _drawn(page: Any, height: float) -> tuple[list[Stroke], list[Stroke]]:  # Any: see above
    """The rectangles and the lines."""
    boxes: list[Stroke] = []
    lines: list[Stroke] = []
    for thing in page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,)):
        points = [_point(thing, n, height) for n in range(raw.FPDFPath_CountSegments(thing))]
        across, down = [x for x, _y in points], [y for _x, y in points]
        kind = lines if len(points) == 2 else boxes
        kind.append(Stroke(min(across), max(across), min(down), max(down)))
    return boxes, lines


def _point(path: Any, number: int, height: float) -> tuple[float, float]:  # Any: see above
    x, y = ctypes.c_float(), ctypes.c_float()
    raw.FPDFPathSegment_GetPoint(raw.FPDFPath_GetPathSegment(path, number), x, y)
    across, down = path.get_matrix().on_point(x.value, y.value)
    return across, height - down


def _slants(stroke: Stroke) -> bool:
    return stroke.bottom - stroke.top > 0.1 and stroke.right - stroke.left > 0.1


def _lines(letters: list[Letter]) -> Iterator[Line]:
    runs: list[list[Letter]] = []
    for letter in letters:
        if runs and _on_one_line(runs[-1][-1], letter):
            runs[-1].append(letter)
        else:
            runs.append([letter])
    return (line for run in runs if (line := _line(run)).text.strip())


def _on_one_line(before: Letter, letter: Letter) -> bool:
    room = 2 * NEXT_RUN if before.text.isspace() else NEXT_RUN
    return abs(before.base - letter.base) < 0.5 and -1 < letter.left - before.right < room


def _line(run: list[Letter]) -> Line:
    words = [*run]
    while len(words) > 1 and words[-1].text.isspace():
        words.pop()
    return Line(
        "".join(_spaced(words)),
        words[0].left,
        words[-1].right,
        words[0].base,
        round(words[0].size, 2),
        frozenset(letter.face for letter in words),
    )


def _spaced(run: list[Letter]) -> Iterator[str]:
    """The letters, with the spaces that a line was stretched by, or that PDFium counts as one."""
    for n, letter in enumerate(run):
        gap = letter.left - run[n - 1].right if n else 0.0
        spaces = round(gap / (SPACE * letter.size))
        beside = n and (letter.text.isspace() or run[n - 1].text.isspace())
        if gap > 1:
            yield " " * (max(spaces, 0) if beside else max(spaces, 1))
        yield letter.text
