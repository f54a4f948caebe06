"""Which paragraphs of a Word file look like headings."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dcs_desktop.reading.tree import Node

LONGEST_CHAIN = 20
HEADING = re.compile(r"(?:heading|title|subtitle|tiêu đề)\b", re.IGNORECASE)
# Level 9 of Word is "body text".
BODY = "9"


def heading_styles(part: Node | None) -> frozenset[str]:
    """The ids of the styles that make a heading: named so, or of an outline level, themselves or by what they are based on."""
    nodes = [] if part is None else [node for node in part.parts if node.name == "w:style"]
    named = {node.attributes.get("w:styleId", ""): node for node in nodes}
    return frozenset(id for id, style in named.items() if _heads(style, named, LONGEST_CHAIN))


def _heads(style: Node, named: Mapping[str, Node], left: int) -> bool:
    if HEADING.match(style.value("w:name")) or states_level(style.part("w:pPr")):
        return True
    under = named.get(style.value("w:basedOn"))
    return under is not None and left > 0 and _heads(under, named, left - 1)


def states_level(properties: Node | None) -> bool:
    """Whether paragraph properties give an outline level."""
    return properties is not None and properties.value("w:outlineLvl", BODY) != BODY
