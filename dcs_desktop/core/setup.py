"""Who sits here: the unit, whom it reports to, who reports to it, and the words its reports begin with."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Letterhead, UnitName

ADDRESS = re.compile(r"[^@\s;,]+@[^@\s;,]+\.[^@\s;,]+")


@dataclass(frozen=True, slots=True)
class ExpectedUnit:
    """A unit whose package is ``awaited``, with the addresses for reminders, parted by semicolons.

    One that is no longer awaited is kept with its address, and an agency with its code.
    """

    unit: UnitName
    address: str = ""
    awaited: bool = True


@dataclass(frozen=True, slots=True)
class Setup:
    """What first start asks for, kept in the data file.

    ``level`` is a level id of the template ("commune", "receiving"). ``letterhead``
    is what a new report's letterhead is copied from. ``expected`` are the units
    that report to this one (empty for a commune). ``due`` holds the last day for
    a period by its closed-list form ("2024": 2024-12-05), None for none; it holds
    for the same period of later years until another is said (:meth:`due_on`). ``predecessors``
    are the units that this one was made of, each of a list of before. A
    ``training`` file never holds or makes anything real.
    """

    unit: UnitName
    receiver: UnitName
    level: str
    letterhead: Letterhead = field(default_factory=Letterhead)
    expected: tuple[ExpectedUnit, ...] = ()
    due: Mapping[str, date | None] = field(default_factory=dict)
    training: bool = False
    predecessors: tuple[UnitName, ...] = ()

    def due_on(self, period: Period) -> date | None:
        """The last day for the reports of a period, None when none was said."""
        said = {Period.parse(text): day for text, day in self.due.items()}
        before = [known for known in said if _same_kind(known, period) and known.year <= period.year]
        latest = max(before, key=lambda known: known.year, default=None)
        day = None if latest is None else said[latest]
        return None if latest is None or day is None else _years_later(day, period.year - latest.year)

    def with_due(self, period: Period, day: date | None) -> Setup:
        """With the last day for a period, which later years follow; None for no such day."""
        others = {text: known for text, known in self.due.items() if text != str(period)}
        without = replace(self, due=others)
        return without if without.due_on(period) == day else replace(self, due={**others, str(period): day})


def _same_kind(one: Period, other: Period) -> bool:
    return (one.kind, one.number) == (other.kind, other.number)


def _years_later(day: date, years: int) -> date:
    """The same day of a later year; 29 February is the last of February there."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1) - timedelta(days=1)


def is_address(text: str) -> bool:
    """Whether a text is one or several e-mail addresses, parted by semicolons or commas; "" is none."""
    parts = [part.strip() for part in re.split("[;,]", text) if part.strip()]
    return all(ADDRESS.fullmatch(part) for part in parts)


def fresh_code(prefix: str, taken: Collection[str]) -> str:
    """The first free code of the desk's own, such as CQ-003."""
    return next(code for number in range(1, 100_000) if (code := f"{prefix}-{number:03}") not in taken)
