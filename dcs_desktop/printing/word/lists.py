"""Lists as Word has them: the dashes of all texts are one, every numbered list is one of its own."""

from __future__ import annotations

from dcs_desktop.core.counting import Counting
from dcs_desktop.printing.document import Body
from dcs_desktop.printing.layouts import Layout
from dcs_desktop.printing.word.elements import Element, from_mm, properties, value, w
from dcs_desktop.printing.word.styles import DASHES

DASH_KIND, NUMBER_KIND = 0, 1


class NumberedLists:
    """The numbered lists of one document, made as its entries are written in order."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._place = ""
        self._counting, self._ids = Counting(), dict[int, int]()

    def entry(self, block: Body) -> Element:
        """What makes a paragraph the entry of its list; a list never goes on in another item."""
        if block.place != self._place:
            self._place, self._counting, self._ids = block.place, Counting(), {}
        found = self._counting.list_of(block.number)
        if found not in self._ids:
            self._starts.append(block.number)
            self._ids[found] = int(DASHES) + len(self._starts)
        return w("numPr", value("ilvl", 0), value("numId", self._ids[found]))

    def part(self, layout: Layout) -> Element:
        """The root of word/numbering.xml: a dash or a number stands where the first line begins."""
        kinds = (_kind(layout, DASH_KIND, "bullet", "-"), _kind(layout, NUMBER_KIND, "decimal", "%1."))
        lists = [w("num", value("abstractNumId", DASH_KIND), numId=DASHES)]
        for id, start in enumerate(self._starts, int(DASHES) + 1):
            begins = w("lvlOverride", value("startOverride", start), ilvl=0)
            lists.append(w("num", value("abstractNumId", NUMBER_KIND), begins, numId=id))
        return w("numbering", *kinds, *lists)


def _kind(layout: Layout, id: int, form: str, text: str) -> Element:
    level = w(
        "lvl",
        value("start", 1),
        value("numFmt", form),
        value("suff", "space"),
        value("lvlText", text),
        value("lvlJc", "left"),
        properties("pPr", w("ind", left=0, firstLine=from_mm(layout.text.indent))),
        ilvl=0,
    )
    return w("abstractNum", value("multiLevelType", "singleLevel"), level, abstractNumId=id)
