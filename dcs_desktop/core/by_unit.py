"""What every unit below says to every figure, beside the totals: what per-unit tables are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dcs_desktop.core.combine import Totals
from dcs_desktop.core.form import Field, Section
from dcs_desktop.core.report import Answers
from dcs_desktop.core.values import BLANK, Value


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One expected unit: where its report stands (the closed list of ``status``), whether it is late."""

    identity: str
    name: str
    state: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class SectionTable:
    """The rolled-up fields of one section, in the form's order."""

    section: Section
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class ByUnit:
    """The expected units in their order, and the value of each for each rolled-up figure.

    ``values`` holds by unit and key what the unit answered, or what its own
    answers come to where the figure is computed.
    """

    totals: Totals
    units: tuple[UnitLine, ...]
    values: Mapping[str, Mapping[str, Value]]

    def value(self, unit: str, key: str) -> Value:
        """What a unit says to a figure, BLANK where it says nothing."""
        return self.values.get(unit, {}).get(key, BLANK)

    def tables(self) -> tuple[SectionTable, ...]:
        """The sections that have rolled-up figures."""
        form, there = self.totals.form, self.totals.totals
        found = []
        for section in form.sections:
            keys = [f for item in section.items for figure in item.figures for f in figure.fields]
            fields = tuple(field for field in keys if field.key in there)
            if fields:
                found.append(SectionTable(section, fields))
        return tuple(found)


def by_unit(totals: Totals, units: Sequence[UnitLine], answers: Mapping[str, Answers]) -> ByUnit:
    """The values of every unit; ``answers`` are those that the totals were made of."""
    values: dict[str, dict[str, Value]] = {line.identity: {} for line in units}
    for key, total in totals.totals.items():
        if totals.form.fields[key].formula is not None:
            for part in total.parts:
                values[part.unit][key] = part.value
        else:
            for unit, said in answers.items():
                if unit in values:
                    values[unit][key] = said.value(key)
    return ByUnit(totals, tuple(units), values)
