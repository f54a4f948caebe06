"""What the units that a merged one was made of reported, side by side, and their sum where a figure is summed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from dcs_desktop.core.answers import compute
from dcs_desktop.core.combine import combine, comparable
from dcs_desktop.core.form import Form, RollUp
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Answers, UnitName
from dcs_desktop.core.values import BLANK, Value

How = Literal["typed", "word", "package", ""]


@dataclass(frozen=True, slots=True)
class Told:
    """The report of one unit as it is here: ``how`` it came, "" where there is none; its own form with it."""

    unit: UnitName
    how: How = ""
    form: Form | None = None
    answers: Answers = field(default_factory=Answers)


@dataclass(frozen=True, slots=True)
class Column:
    """What one unit said, as the form of the merged one counts it; ``said`` is its report as it was."""

    said: Told
    figures: Mapping[str, Value]

    def value(self, key: str) -> Value:
        """What it says to a figure, BLANK where it says nothing."""
        return self.figures.get(key, BLANK)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The units in the order in which they were named.

    ``sums`` holds by key the sum of each figure whose roll-up is a sum, with
    how many units it covers; of every other figure there is none.
    """

    period: Period
    columns: tuple[Column, ...]
    sums: Mapping[str, Value]

    @property
    def empty(self) -> bool:
        """Whether no unit's report is here."""
        return all(not column.said.how for column in self.columns)


def side_by_side(form: Form, period: Period, units: Sequence[Told]) -> SideBySide:
    """The reports of some units beside one another under the form of the unit they became."""
    answers = {
        one.unit.identity: comparable(one.answers, one.form, form) for one in units if one.form is not None
    }
    columns = tuple(
        Column(one, compute(form, answers[one.unit.identity]) if one.unit.identity in answers else {})
        for one in units
    )
    totals = combine(form, answers, [one.unit.identity for one in units]).totals
    summed = {
        key
        for figure in form.figures.values()
        if figure.roll_up is RollUp.SUM
        for key in figure.base_keys
        if key in totals and totals[key].value.answered
    }
    return SideBySide(period, columns, {key: totals[key].value for key in summed})
