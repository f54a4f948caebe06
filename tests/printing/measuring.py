"""Reads a printed report with a ruler: lines of letters and drawn rules, in points from the top left."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pdfplumber

MM = 72 / 25.4
NEXT_RUN = 20.0


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


def sheets(data: bytes) -> list[Sheet]:
    """The pages of a PDF."""
    with pdfplumber.open(BytesIO(data)) as pdf:
        return [_sheet(page) for page in pdf.pages]


def _sheet(page: Any) -> Sheet:  # Any: pdfplumber's objects are dictionaries of its own
    level = [stroke for stroke in page.lines if abs(stroke["top"] - stroke["bottom"]) < 0.1]
    return Sheet(
        float(page.width),
        float(page.height),
        tuple(_lines(page)),
        tuple(Rule(stroke["x0"], stroke["x1"], stroke["top"]) for stroke in level),
        tuple((box["x0"], box["top"]) for box in page.rects),
        tuple((stroke["x0"], stroke["top"]) for stroke in page.lines if _slants(stroke)),
        frozenset(str(letter["non_stroking_color"]) for letter in page.chars),
    )


def _slants(stroke: dict[str, Any]) -> bool:  # Any: see above
    level, upright = abs(stroke["top"] - stroke["bottom"]) < 0.1, abs(stroke["x0"] - stroke["x1"]) < 0.1
    return not level and not upright


def _lines(page: Any) -> list[Line]:  # Any: see above
    runs: list[list[dict[str, Any]]] = []
    for letter in page.chars:
        before = runs[-1][-1] if runs else None
        if before is not None and _on_one_line(before, letter):
            runs[-1].append(letter)
        else:
            runs.append([letter])
    return [line for run in runs if (line := _line(run, float(page.height))).text.strip()]


def _on_one_line(before: dict[str, Any], letter: dict[str, Any]) -> bool:
    level = abs(before["matrix"][5] - letter["matrix"][5]) < 0.5
    return bool(level and -1 < letter["x0"] - before["x1"] < NEXT_RUN)


def _line(run: list[dict[str, Any]], height: float) -> Line:
    words = [*run]
    while len(words) > 1 and words[-1]["text"].isspace():
        words.pop()
    return Line(
        unicodedata.normalize("NFC", "".join(_spaced(words))),
        words[0]["x0"],
        words[-1]["x1"],
        height - words[0]["matrix"][5],
        round(words[0]["size"], 2),
        frozenset(letter["fontname"].partition("+")[2] for letter in words),
    )


def _spaced(run: list[dict[str, Any]]) -> list[str]:
    """The letters, with a space where a line was stretched by moving instead of by a space."""
    found: list[str] = []
    for n, letter in enumerate(run):
        gap = n and letter["x0"] - run[n - 1]["x1"] > 1 and " " not in (letter["text"], run[n - 1]["text"])
        found.append((" " if gap else "") + letter["text"])
    return found
