"""A total against last period's, over the units that have a number in both: nothing else can be compared.

Where units were merged, split or renamed since, the units that came out of one another are compared together
(:mod:`core.reform`), once all of them have a number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dcs_desktop.core.combine import Total, Totals
from dcs_desktop.core.form import Field, RollUp
from dcs_desktop.core.reform import Group
from dcs_desktop.core.values import ADDITIVE

Numbers = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Compared:
    """What the same ``units`` of ``expected`` come to, last period and now; they were ``last_units`` then."""

    units: int
    expected: int
    last: Decimal
    now: Decimal
    last_units: int = 0

    @property
    def percent(self) -> Decimal | None:
        """The change in per cent, None from nothing."""
        return 100 * (self.now - self.last) / self.last if self.last else None


@dataclass(frozen=True, slots=True)
class Before:
    """Last period's totals, and its name beside theirs; ``groups`` where units are others since."""

    totals: Totals
    named: str
    now_named: str
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Pictured:
    """What is drawn beside the tables of all units: these figures, and against last period where it is there."""

    keys: tuple[str, ...] = ()
    before: Before | None = None


def compared(now: Totals, before: Before, key: str) -> Compared | None:
    """A summed total beside last period's; None where the figure is no sum, was another one, or no unit has both."""
    if not _comparable(now, before.totals, key):
        return None
    total, then = now.totals[key], before.totals.totals[key]
    ours, theirs = numbers(total), numbers(then)
    if not before.groups:
        both = [unit for unit in ours if unit in theirs]
        return _sums(total, ours, theirs, both, both) if both else None
    whole = [group for group in before.groups if _whole(group, ours, theirs)]
    units, last_units = ([u for g in whole for u in g.after], [u for g in whole for u in g.before])
    return _sums(total, ours, theirs, units, last_units) if whole else None


def lacking(now: Totals, before: Before, key: str) -> tuple[Group, ...]:
    """The groups of several units that a figure cannot be compared for yet, each with those that lack a number."""
    if not _comparable(now, before.totals, key):
        return ()
    ours, theirs = numbers(now.totals[key]), numbers(before.totals.totals[key])
    several = (group for group in before.groups if len(group.before) + len(group.after) > 2)
    lack = (
        Group(
            tuple(unit for unit in group.before if unit not in theirs),
            tuple(unit for unit in group.after if unit not in ours),
        )
        for group in several
    )
    return tuple(group for group in lack if group.before or group.after)


def _comparable(now: Totals, before: Totals, key: str) -> bool:
    ours, theirs = now.form.fields.get(key), before.form.fields.get(key)
    if ours is None or theirs is None or key not in now.totals or key not in before.totals:
        return False
    alike = (ours.type.kind, ours.type.unit) == (theirs.type.kind, theirs.type.unit)
    return alike and summed(now, ours)


def _whole(group: Group, ours: Mapping[str, Decimal], theirs: Mapping[str, Decimal]) -> bool:
    return all(unit in theirs for unit in group.before) and all(unit in ours for unit in group.after)


def summed(totals: Totals, of: Field) -> bool:
    """Whether a total is the sum of what its units say."""
    kept = of.formula is None or of.key == of.figure
    return kept and totals.form.figures[of.figure].roll_up is RollUp.SUM and of.type.kind in ADDITIVE


def _sums(total: Total, ours: Numbers, theirs: Numbers, now: Sequence[str], then: Sequence[str]) -> Compared:
    last, this = (
        sum((said[unit] for unit in units), Decimal(0)) for said, units in ((theirs, then), (ours, now))
    )
    return Compared(len(now), len(total.covered) + len(total.missing), last, this, len(then))


def numbers(total: Total) -> dict[str, Decimal]:
    """What each covered unit gives, of a total of numbers."""
    return {part.unit: number for part in total.parts if (number := part.value.number) is not None}
