"""The numbers and signs that Word puts before the entries of a list, which are no letters of the text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from dcs_desktop.reading.tree import Node

LARGEST = 100_000
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
         (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: the form of its number ("decimal", "bullet" ...), the text around it, where it begins."""

    form: str
    text: str
    start: int


class Numbering:
    """Counts the entries of the lists of one file, in the order in which it is asked."""

    def __init__(self, part: Node | None) -> None:
        nodes = [] if part is None else part.parts
        self._lists = {n.attributes.get("w:numId", ""): n for n in nodes if n.name == "w:num"}
        self._kinds = {n.attributes.get("w:abstractNumId", ""): n for n in nodes if n.name == "w:abstractNum"}
        self._counts: dict[tuple[str, int], int] = {}

    def label(self, properties: Node) -> str | None:
        """What stands before the entry with these properties (``w:numPr``): "-" for any sign, "" for nothing.

        None where they say that it is no entry.
        """
        list_id, depth = properties.value("w:numId"), _number(properties.value("w:ilvl"), 0)
        level = self._level(list_id, depth)
        if list_id == "0" or level is None:
            return None
        if level.form == "bullet":
            return "-"
        self._counts = {at: n for at, n in self._counts.items() if at[0] != list_id or at[1] <= depth}
        self._counts[list_id, depth] = self._counts.get((list_id, depth), level.start - 1) + 1
        return re.sub(r"%([1-9])", lambda found: self._part(list_id, int(found[1]) - 1), level.text)

    def _part(self, list_id: str, depth: int) -> str:
        level = self._level(list_id, depth)
        if level is None:
            return ""
        return FORMS.get(level.form, str)(self._counts.get((list_id, depth), level.start))

    def _level(self, list_id: str, depth: int) -> Level | None:
        found = self._lists.get(list_id)
        if found is None:
            return None
        changed = [part.part("w:lvl") for part in found.parts if _at(part, depth) and part.part("w:lvl")]
        kind = self._kinds.get(found.value("w:abstractNumId"))
        usual = [] if kind is None else [p for p in kind.parts if p.name == "w:lvl" and _at(p, depth)]
        node = next(iter([*changed, *usual]), None)
        if node is None:
            return None
        begins = [part.value("w:startOverride") for part in found.parts if _at(part, depth)]
        start = next(filter(None, begins), node.value("w:start"))
        return Level(node.value("w:numFmt", "decimal"), node.value("w:lvlText"), _number(start, 1))


def _at(node: Node, depth: int) -> bool:
    return node.attributes.get("w:ilvl") == str(depth)


def _number(text: str, otherwise: int) -> int:
    return min(int(text), LARGEST) if re.fullmatch(r"[0-9]{1,9}", text) else otherwise


def _letter(number: int) -> str:
    """a, b ... z, aa, bb ..., as Word counts."""
    times, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (min(times, 10) + 1) if number > 0 else str(number)


def _roman(number: int) -> str:
    said, left = "", min(number, 4999)
    for value, letters in ROMAN:
        said += letters * (left // value)
        left %= value
    return said or str(number)


FORMS: dict[str, Callable[[int], str]] = {
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "decimalZero": lambda number: f"{number:02}",
    "none": lambda _number: "",
}
