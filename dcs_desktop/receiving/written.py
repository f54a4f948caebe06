"""What the units wrote under one item, searched without marks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dcs_desktop.core.narrative import Prose, plain
from dcs_desktop.core.period import Period
from dcs_desktop.core.quoting import quotation
from dcs_desktop.core.report import UnitName
from dcs_desktop.core.text import fold
from dcs_desktop.receiving.totals import filed, filed_units
from dcs_desktop.store import DataFile

AT_A_TIME = 20
MOST = 60


@dataclass(frozen=True, slots=True)
class Written:
    """The quotations of one item, and how many units of how many were looked at: all, but where there are too many."""

    quotations: tuple[tuple[UnitName, Prose], ...]
    looked_at: int
    count: int


def written(
    file: DataFile,
    period: Period,
    item: str,
    sought: str = "",
    more: Callable[[int, int], None] = lambda _done, _of: None,
) -> Written:
    """What the units whose reports count wrote under an item, those texts that hold every word ``sought``.

    At most sixty, in the order of the expected units; ``more`` is told how far
    it is and may raise. Raises Refusal naming a damaged package.
    """
    units, words = filed_units(file, period), fold(sought).split()
    found: list[tuple[UnitName, Prose]] = []
    for first in range(0, len(units), AT_A_TIME):
        more(first, len(units))
        if len(found) >= MOST:
            return Written(tuple(found[:MOST]), first, len(units))
        for report, form in filed(file, period, units[first : first + AT_A_TIME]).values():
            said = quotation(report, form, item) if item in form.items else Prose()
            if not said.empty and all(word in fold(plain(said)) for word in words):
                found.append((report.identity.unit, said))
    return Written(tuple(found), len(units), len(units))
