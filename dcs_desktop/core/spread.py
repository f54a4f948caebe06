"""How the numbers of the units that a total is made of lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from dcs_desktop.core.values import rounded


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean and median over the units that have a number, to one decimal place; of fewer than two there is none."""

    mean: Decimal
    median: Decimal


def spread(numbers: Sequence[Decimal]) -> Spread | None:
    """The spread of some numbers, exact before it is rounded half up."""
    if len(numbers) < 2:
        return None
    middle = Decimal(median(numbers))
    return Spread(rounded(sum(numbers, Decimal(0)) / len(numbers), 1), rounded(middle, 1))
