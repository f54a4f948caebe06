"""What a figure of a sentence is: an amount of something, or two amounts about a slash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from dcs_desktop.core.prose.lexicon import PEOPLE


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure of a sentence: its value counts the scale in (1,2 tỷ is 1 200 000 000).

    ``unit`` is the word or two that say what is counted, "" when nothing does.
    """

    text: str
    start: int
    end: int
    value: Decimal
    decimals: int
    scale: Decimal
    unit: str = ""

    @property
    def place(self) -> Decimal:
        """The worth of its last written place."""
        return self.scale.scaleb(-self.decimals)

    @property
    def step(self) -> Decimal:
        """Half of the last place of a figure written with decimals, which may be rounded; else zero."""
        return self.place / 2 if self.decimals else Decimal(0)

    @property
    def person(self) -> bool:
        """Whether people are counted."""
        return self.unit in PEOPLE

    def same_unit(self, other: Quantity) -> bool:
        """Whether both count the same, as far as their words tell."""
        return self.unit == other.unit or (self.person and other.person)


@dataclass(frozen=True, slots=True)
class Ratio:
    """Two figures about a slash, "675/450 học viên"."""

    left: Quantity
    right: Quantity

    @property
    def start(self) -> int:
        """Where its first figure begins."""
        return self.left.start

    @property
    def end(self) -> int:
        """Where its second figure ends."""
        return self.right.end

    @property
    def unit(self) -> str:
        """What is counted."""
        return self.right.unit or self.left.unit

    def counts(self, quantity: Quantity) -> bool:
        """Whether a figure is of the same unit; one without a unit may be."""
        if not self.unit or not quantity.unit:
            return True
        return self.unit == quantity.unit or (self.unit in PEOPLE and quantity.person)


def tolerance(figures: Sequence[Quantity]) -> Decimal:
    """By how much a sum may be off because its figures were rounded.

    Figures to different places: half of the coarsest; four or more with decimals:
    half a place of each; otherwise they must agree to the last digit.
    """
    scale = max(figure.scale for figure in figures)
    places = {figure.place for figure in figures if figure.decimals or figure.scale < scale}
    if len(places) > 1:
        return max(places) / 2
    return sum((figure.step for figure in figures), start=Decimal(0)) if len(figures) > 3 else Decimal(0)
