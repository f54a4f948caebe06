"""What stands above an older report: whose it is, its number, place and day, its period; proposals only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dcs_desktop.core.old_report.document import OldLine, OldWords
from dcs_desktop.core.period import Period, PeriodFault, PeriodKind
from dcs_desktop.core.text import fold, one_line

NUMBER = re.compile(
    r"^Số\s*:?\s*([0-9]{0,5}[a-zA-Z]?)\s*[./…\s]*[-–/]\s*(BC\s*[-/]\s*[\w-]{1,20})", re.IGNORECASE
)
DAY = re.compile(
    r"^(?:(?P<place>[^\W\d_][\w\s.'’-]{1,60}?)\s*,\s*)?ngày\s+(?P<day>[0-9]{1,2}|[….\s]+)\s*"
    r"tháng\s+(?P<month>[0-9]{1,2})\s+năm\s+(?P<year>[0-9]{4})",
    re.IGNORECASE,
)
YEAR = r"(?:năm\s+)?((?:19|20)[0-9]{2})"
PERIODS = (
    (re.compile(rf"(?:6|06|sáu) tháng đầu {YEAR}"), PeriodKind.HALF, 1),
    (re.compile(rf"(?:6|06|sáu) tháng cuối {YEAR}"), PeriodKind.HALF, 2),
    (re.compile(rf"(?:9|09|chín) tháng (?:đầu )?{YEAR}"), PeriodKind.NINE_MONTHS, 1),
    (re.compile(rf"quý\s+(iv|iii|ii|i|[1-4])[ ,/-]+{YEAR}"), PeriodKind.QUARTER, 0),
    (re.compile(r"năm\s+((?:19|20)[0-9]{2})"), PeriodKind.YEAR, 1),
)
QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
LINES_LOOKED_AT = 40


@dataclass(frozen=True, slots=True)
class OldTop:
    """What the letterhead says, each "" or None where it says nothing of it."""

    layout: str = ""
    superior_body: str = ""
    issuing_body: str = ""
    number: str = ""
    series: str = ""
    place: str = ""
    day: date | None = None
    period: Period | None = None


def top_of(lines: Sequence[OldLine], words: OldWords) -> OldTop:
    """What the lines before the first heading say."""
    said = list(_single_lines(lines[:LINES_LOOKED_AT]))
    number = next((found for line in said if (found := NUMBER.match(line))), None)
    day = next((found for line in said if (found := DAY.match(line))), None)
    superior, issuing = _bodies(lines, words)
    return OldTop(
        layout=_layout(said, words),
        superior_body=superior,
        issuing_body=issuing,
        number="" if number is None else number[1],
        series="" if number is None else re.sub(r"\s+", "", number[2]),
        place="" if day is None else (day["place"] or ""),
        day=None if day is None else _date(day),
        period=period_said(said),
    )


def _single_lines(lines: Sequence[OldLine]) -> Iterator[str]:
    for line in lines:
        for text in line.cells or (line.text,):
            yield from filter(None, map(one_line, text.split("\n")))


def _layout(said: Sequence[str], words: OldWords) -> str:
    folded = " ".join(map(fold, said))
    if any(mark in folded for mark in words.party):
        return "party"
    return "state" if any(mark in folded for mark in words.state) else ""


def _bodies(lines: Sequence[OldLine], words: OldWords) -> tuple[str, str]:
    """The bodies at the left, the one above and the own one; "" where they cannot be told."""
    left: list[str] = []
    for line in lines[:LINES_LOOKED_AT]:
        for text in filter(None, map(one_line, (line.cells[0] if line.cells else line.text).split("\n"))):
            if NUMBER.match(text) or DAY.match(text) or fold(text).startswith("bao cao"):
                return _two(left)
            if text.isupper() and not any(mark in fold(text) for mark in (*words.state, *words.party)):
                left.append(text)
    return "", ""


def _two(left: Sequence[str]) -> tuple[str, str]:
    return (left[0], " ".join(left[1:])) if len(left) > 1 else ("", "".join(left))


def _date(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def period_said(said: Sequence[str]) -> Period | None:
    """The period that the title names: of the first line that names one and is no date."""
    for line in said:
        text = line.lower()
        if DAY.match(line):
            continue
        for pattern, kind, number in PERIODS:
            if found := pattern.search(text):
                *which, year = found.groups()
                named = number or QUARTERS.get(which[0], 0) or int(which[0])
                try:
                    return Period(int(year), kind, named)
                except PeriodFault:
                    continue
    return None
