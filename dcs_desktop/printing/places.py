"""Places on paper: where something begins, what it takes, where the signatory signs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on paper: the page from 0, and points from its upper edge."""

    page: int
    top: float


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on a page (from 0), in points from its lower left corner."""

    page: int
    left: float
    bottom: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a block, a footnote or a row of a table takes of a page (from 0), in points from its upper edge.

    ``place`` is the section or item that it prints, ``part`` which block of that place it is (from 0; its
    prompt counts), ``key`` the figure or row of a table. A block that is cut has a stretch on each page.
    """

    place: str
    page: int
    top: float
    bottom: float
    part: int = 0
    key: str = ""

    @property
    def spot(self) -> Spot:
        """Where it begins."""
        return Spot(self.page, self.top)


def first_spots(stretches: tuple[Stretch, ...]) -> dict[str, Spot]:
    """Where each section, item, figure and row begins, in the order of the pages."""
    spots: dict[str, Spot] = {}
    for stretch in stretches:
        for name in (stretch.place, stretch.key):
            if name:
                spots.setdefault(name, stretch.spot)
    return spots


def stretch_at(stretches: tuple[Stretch, ...], spot: Spot) -> Stretch | None:
    """What stands at a point of a page, the row rather than its table; else what ends last above it, or begins first."""
    here = [stretch for stretch in stretches if stretch.page == spot.page]
    within = [stretch for stretch in here if stretch.top <= spot.top <= stretch.bottom]
    if within:
        return min(within, key=lambda stretch: stretch.bottom - stretch.top)
    above = [stretch for stretch in here if stretch.bottom < spot.top]
    return max(above, key=lambda stretch: stretch.bottom) if above else next(iter(here), None)
