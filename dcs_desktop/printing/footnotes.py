"""What a page's footnotes need of ReportLab: a paragraph's lines, the marks in each, a cut between two.

A mark is followed by a zero-width anchor ``<a name="mark-7"/>``, which sticks to its word through
line breaking and justification. ReportLab's private names live here and nowhere else.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Protocol

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph
from reportlab.platypus.paraparser import ParaFrag

ANCHOR = "mark-"
ENDLESS = 1e6
FEWEST = 2
UNCUT = 4
BOX = 10.0


@dataclass(frozen=True, slots=True)
class Inside:
    """Something of the report inside a piece: its place and key, where it begins and ends below the piece's top."""

    place: str
    key: str
    top: float
    bottom: float


class Breakable(Protocol):
    """Something measured that can stand on a page and may be cut between its steps (lines, rows).

    ``first`` and ``last`` are the fewest steps that may stand alone before and after a cut;
    ``before`` and ``after`` the space around it in points.
    """

    before: float
    after: float
    first: int
    last: int

    @property
    def count(self) -> int:
        """How many steps it has."""

    def height(self, steps: int) -> float:
        """The height of its first steps."""

    def marks(self, steps: int) -> tuple[int, ...]:
        """The footnotes whose marks stand in its first steps."""

    def insides(self) -> tuple[Inside, ...]:
        """What of the report stands inside it."""

    def cut(self, steps: int) -> tuple[Breakable, Breakable]:
        """Its first steps, and the others."""

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Draw it with its upper left corner at a point."""


class Lines:
    """A paragraph broken into lines once; the parts of a cut share its lines. One that is kept is never cut."""

    def __init__(self, paragraph: Paragraph, width: float, *, kept: bool = False) -> None:
        paragraph.wrap(width, ENDLESS)
        self._take(paragraph)
        self.first = self.last = self.count if kept else FEWEST

    def _take(self, paragraph: Paragraph) -> None:
        self._paragraph = paragraph
        self._marks = _marks(paragraph)
        self.leading = float(paragraph.style.leading)
        self.before = float(paragraph.style.spaceBefore)
        self.after = float(paragraph.style.spaceAfter)

    @property
    def count(self) -> int:
        """How many lines it has."""
        return len(self._paragraph.blPara.lines)

    def height(self, steps: int) -> float:
        """The height of its first lines."""
        return steps * self.leading

    def marks(self, steps: int) -> tuple[int, ...]:
        """The footnotes whose marks stand in its first lines."""
        return tuple(number for line, number in self._marks if line < steps)

    def insides(self) -> tuple[Inside, ...]:
        """None inside a paragraph."""
        return ()

    def cut(self, steps: int) -> tuple[Lines, Lines]:
        """Its first lines, and the others, which begin without indent."""
        return self._part(0, steps), self._part(steps, self.count)

    def _part(self, start: int, end: int) -> Lines:
        whole = self._paragraph
        part = copy(whole)
        part.blPara = whole.blPara.clone(lines=whole.blPara.lines[start:end])
        part.height = (end - start) * self.leading
        if start:
            part.style, part.bulletText = _continued(whole.style), None
        if end < self.count:
            part._JustifyLast = not getattr(part.blPara.lines[-1], "lineBreak", False)
        made = Lines.__new__(Lines)
        made._take(part)
        made.first = made.last = FEWEST
        return made

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Draw the lines."""
        self._paragraph.drawOn(canvas, x, top - self._paragraph.height)


def paragraph(markup: str, style: ParagraphStyle) -> Paragraph:
    """A paragraph of markup; one that holds none is not parsed for it, which would take longer than to break its lines."""
    if "<" in markup or "&" in markup or not markup.strip():
        return Paragraph(markup, style)
    letters = copy(_letters(style))
    letters.text = markup.strip(" ")
    return Paragraph(markup, style, frags=[letters])


@lru_cache(maxsize=64)
def _letters(style: ParagraphStyle) -> ParaFrag:
    """What parsing makes of letters in a style."""
    return Paragraph("x", style).frags[0]


@lru_cache(maxsize=64)
def _continued(style: ParagraphStyle) -> ParagraphStyle:
    return ParagraphStyle(f"{style.name} continued", style, firstLineIndent=0, spaceBefore=0)


def _marks(paragraph: Paragraph) -> tuple[tuple[int, int], ...]:
    """Line and number of every mark."""
    found = []
    for line, words in enumerate(paragraph.blPara.lines):
        for word in getattr(words, "words", ()):
            anchor = getattr(word, "cbDefn", None)
            if anchor is not None and anchor.kind == "anchor" and anchor.name.startswith(ANCHOR):
                found.append((line, int(anchor.name[len(ANCHOR) :])))
    return tuple(found)


class Whole:
    """A flowable that is never cut."""

    first = 1
    last = 1
    count = 1

    def __init__(self, flowable: Flowable, width: float, before: float = 0.0, after: float = 0.0) -> None:
        self._flowable = flowable
        self._height = float(flowable.wrap(width, ENDLESS)[1])
        self.before = before
        self.after = after

    def height(self, steps: int) -> float:
        """Its height."""
        return self._height

    def marks(self, steps: int) -> tuple[int, ...]:
        """None: only text has footnotes."""
        return ()

    def insides(self) -> tuple[Inside, ...]:
        """None inside."""
        return ()

    def cut(self, steps: int) -> tuple[Breakable, Breakable]:
        """Nothing to cut."""
        raise AssertionError("a whole thing is never cut")

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Draw it."""
        self._flowable.drawOn(canvas, x, top - self._height)


class Note:
    """A footnote by its number: the lines of its paragraphs in one count."""

    def __init__(self, parts: tuple[Lines, ...], number: int = 0) -> None:
        self._parts = parts
        self.number = number
        self._ends = tuple(accumulate(part.count for part in parts))
        self.count = self._ends[-1]

    def height(self, steps: int) -> float:
        """The height of its first lines."""
        total, start = 0.0, 0
        for part, end in zip(self._parts, self._ends, strict=True):
            total += part.height(max(0, min(steps, end) - start))
            start = end
        return total

    @property
    def least(self) -> int:
        """How many of its lines must stand on the page of the mark: a short one is never cut."""
        return self.count if self.count < UNCUT else FEWEST

    def fitting(self, room: float) -> int:
        """How many of its lines fit, leaving no single line on either side where there are enough."""
        steps = self.count
        while steps and self.height(steps) > room:
            steps -= 1
        if steps == self.count or self.count < UNCUT:
            return steps
        return 0 if steps < FEWEST else min(steps, self.count - FEWEST)

    def marks(self) -> tuple[int, ...]:
        """Footnotes to the footnote."""
        return tuple(number for part in self._parts for number in part.marks(part.count))

    def cut(self, steps: int) -> tuple[Note, Note]:
        """Its first lines, and the others."""
        before: list[Lines] = []
        after: list[Lines] = []
        start = 0
        for part, end in zip(self._parts, self._ends, strict=True):
            if end <= steps:
                before.append(part)
            elif start >= steps:
                after.append(part)
            else:
                upper, lower = part.cut(steps - start)
                before.append(upper)
                after.append(lower)
            start = end
        return Note(tuple(before), self.number), Note(tuple(after), self.number)

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Draw its paragraphs one below the other."""
        for part in self._parts:
            part.draw(canvas, x, top)
            top -= part.height(part.count)


def tick_box(canvas: Canvas, _kind: str, state: str) -> None:
    """Draw a square, crossed when it is ticked, where the line of text has come to."""
    at = canvas._curr_tx_info
    x, y = at["cur_x"] + 2, at["cur_y"] - 1
    canvas.saveState()
    canvas.setLineWidth(0.8)
    canvas.rect(x, y, BOX, BOX)
    if state == "ticked":
        canvas.line(x, y, x + BOX, y + BOX)
        canvas.line(x, y + BOX, x + BOX, y)
    canvas.restoreState()
