"""Tables whose rows are joined, of all units one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dcs_desktop.core.form import Form, RollUp
from dcs_desktop.core.report import Answers, Row
from dcs_desktop.core.values import State


@dataclass(frozen=True, slots=True)
class Joined:
    """The rows of one table, of all units one after the other, each with its unit."""

    table: str
    rows: tuple[tuple[str, Row], ...]
    covered: tuple[str, ...]
    missing: tuple[str, ...]


def joined_tables(form: Form, reports: Mapping[str, Answers], units: Sequence[str]) -> dict[str, Joined]:
    """The tables that are joined, by table id."""
    return {
        table.id: _joined(table.id, reports, units)
        for table in form.tables.values()
        if table.roll_up is RollUp.LIST
    }


def _joined(table: str, reports: Mapping[str, Answers], units: Sequence[str]) -> Joined:
    rows: list[tuple[str, Row]] = []
    covered: list[str] = []
    missing: list[str] = []
    for unit in units:
        said = reports.get(unit, Answers())
        own = said.rows.get(table, ())
        rows += [(unit, row) for row in own]
        (covered if own or said.value(table).state is State.NONE else missing).append(unit)
    return Joined(table, tuple(rows), tuple(covered), tuple(missing))
