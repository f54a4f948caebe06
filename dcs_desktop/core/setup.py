"""Who sits here: the unit, whom it reports to, and the words its reports begin with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from dcs_desktop.core.report import Letterhead, UnitName


@dataclass(frozen=True, slots=True)
class ExpectedUnit:
    """A unit whose package is expected, with the address for reminders."""

    unit: UnitName
    address: str = ""


@dataclass(frozen=True, slots=True)
class Setup:
    """What first start asks for, kept in the data file.

    ``level`` is a level id of the template ("commune", "receiving"). ``letterhead``
    is what a new report's letterhead is copied from. ``expected`` are the units
    that report to this one (empty for a commune) and ``due`` the last day for
    each period by its closed-list form ("2024": 2024-12-05). A ``training``
    file never holds or makes anything real.
    """

    unit: UnitName
    receiver: UnitName
    level: str
    letterhead: Letterhead = field(default_factory=Letterhead)
    expected: tuple[ExpectedUnit, ...] = ()
    due: dict[str, date] = field(default_factory=dict)
    training: bool = False
