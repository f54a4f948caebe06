"""Runs as ReportLab's paragraph markup: everything typed is escaped, nothing typed is markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape

from dcs_desktop.printing.document import Run
from dcs_desktop.printing.pagination import ANCHOR

TICK_BOX = "tick_box"

HELD = re.compile(
    r"(?<=\d) (?=(?:vụ|cuộc|người|hộ|tổ|lớp|đơn|lượt|xã|ấp|đồng|triệu|tỷ|%|hồ sơ|văn bản|m2|ha)\b)"
    r"|(?<=\b[Ss]ố) (?=\d)|(?<=\bngày) (?=\d)|(?<=\btháng) (?=\d)|(?<=\bnăm) (?=\d)"
)


def marked(runs: Iterable[Run], size: float) -> str:
    """The markup of some runs at a size of text."""
    return "".join(_run(run, size) for run in runs)


def _run(run: Run, size: float) -> str:
    if run.note:
        return f'<super size="{size * 0.6:.1f}" rise="{size * 0.35:.1f}">{run.note}</super><a name="{ANCHOR}{run.note}"/>'
    if run.box:
        return _boxes(run.box)
    text = held(run.text)
    if run.bold:
        text = f"<b>{text}</b>"
    return f"<i>{text}</i>" if run.italic else text


def _boxes(state: str) -> str:
    """Có ☐ Không ☐ with drawn squares, for the typeface has none."""
    yes, no = ("ticked" if state == word else "open" for word in ("yes", "no"))
    air = "\u00a0" * 5
    return f"Có {_box(yes)}{air * 2}Không {_box(no)}{air}"


def _box(state: str) -> str:
    return f'<onDraw name="{TICK_BOX}" label="{state}"/>' + "\u00a0" * 4


def held(text: str) -> str:
    """Escaped text whose numbers stay with their units, dates and document numbers together."""
    return HELD.sub("\u00a0", escape(text))
