"""A total against last period's, over the units that have a number in both: nothing else can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from dcs_desktop.core.combine import Total, Totals
from dcs_desktop.core.form import Field, RollUp
from dcs_desktop.core.values import ADDITIVE


@dataclass(frozen=True, slots=True)
class Compared:
    """What the same ``units`` of ``expected`` come to, last period and now."""

    units: int
    expected: int
    last: Decimal
    now: Decimal

    @property
    def percent(self) -> Decimal | None:
        """The change in per cent, None from nothing."""
        return 100 * (self.now - self.last) / self.last if self.last else None


@dataclass(frozen=True, slots=True)
class Before:
    """Last period's totals, and its name beside theirs."""

    totals: Totals
    named: str
    now_named: str


@dataclass(frozen=True, slots=True)
class Pictured:
    """What is drawn beside the tables of all units: these figures, and against last period where it is there."""

    keys: tuple[str, ...] = ()
    before: Before | None = None


def compared(now: Totals, before: Totals, key: str) -> Compared | None:
    """A summed total beside last period's; None where the figure is no sum, was another one, or no unit has both."""
    ours, theirs = now.form.fields.get(key), before.form.fields.get(key)
    if ours is None or theirs is None or key not in now.totals or key not in before.totals:
        return None
    alike = (ours.type.kind, ours.type.unit) == (theirs.type.kind, theirs.type.unit)
    if not alike or not summed(now, ours):
        return None
    return _over_both(now.totals[key], before.totals[key])


def summed(totals: Totals, of: Field) -> bool:
    """Whether a total is the sum of what its units say."""
    kept = of.formula is None or of.key == of.figure
    return kept and totals.form.figures[of.figure].roll_up is RollUp.SUM and of.type.kind in ADDITIVE


def _over_both(now: Total, before: Total) -> Compared | None:
    last = numbers(before)
    both = [(number, last[unit]) for unit, number in numbers(now).items() if unit in last]
    if not both:
        return None
    expected = len(now.covered) + len(now.missing)
    return Compared(
        len(both), expected, sum(b for _n, b in both) or Decimal(0), sum(n for n, _b in both) or Decimal(0)
    )


def numbers(total: Total) -> dict[str, Decimal]:
    """What each covered unit gives, of a total of numbers."""
    return {part.unit: number for part in total.parts if (number := part.value.number) is not None}
