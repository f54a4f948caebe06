"""Draws a picture on paper with ReportLab's shapes: dark where it is now, hatched last period, an open box for none."""

from __future__ import annotations

from typing import Final

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import HexColor

from dcs_desktop.core.picture import Look, Picture
from dcs_desktop.core.picture_layout import Box, drawn
from dcs_desktop.printing.fonts import BOLD, REGULAR, width

SIZE: Final = 9.0
LINE: Final = 13.0
MIDDLE: Final = 0.33  # of the letters' size, from the middle of a line down to its base
FILLS: Final = {Look.NOW: "#1B5E9E", Look.LAST: "#B9CCE0", Look.MISSING: "#FFFFFF"}
EDGES: Final = {Look.NOW: "#1B5E9E", Look.LAST: "#2A4A6B", Look.MISSING: "#535C68"}
INK: Final = {"title": "#000000", "plain": "#000000", "muted": "#444444"}
ANCHORS: Final = {"left": "start", "right": "end", "middle": "middle"}
GRID: Final = "#C4CAD1"


def shapes(picture: Picture, room: float) -> Drawing:
    """The picture on a line of ``room`` points."""
    plan = drawn(picture, room, LINE, lambda words: float(width(words, REGULAR, SIZE)) * 1.06)
    made = Drawing(plan.width, plan.height)
    for line in plan.lines:
        ends = (plan.height - line.top, plan.height - line.bottom)
        made.add(Line(line.x, ends[0], line.x, ends[1], strokeColor=HexColor(GRID), strokeWidth=0.4))
    for box in plan.boxes:
        made.add(_bar(box, plan.height))
    for said in plan.words:
        made.add(
            String(
                said.x,
                plan.height - said.y - MIDDLE * SIZE,
                said.words,
                fontName=BOLD if said.role == "title" else REGULAR,
                fontSize=SIZE,
                fillColor=HexColor(INK[said.role]),
                textAnchor=ANCHORS[said.align],
            )
        )
    return made


def _bar(box: Box, height: float) -> Rect:
    return Rect(
        box.x,
        height - box.y - box.height,
        box.width,
        box.height,
        fillColor=HexColor(FILLS[box.look]),
        strokeColor=HexColor(EDGES[box.look]),
        strokeWidth=0.7,
        strokeDashArray=[2, 2] if box.look is Look.MISSING else None,
    )
