"""Hints at figures of units that look mistyped, against last period's reports at the same desk."""

from __future__ import annotations

from datetime import date

from dcs_desktop.core.by_unit import ByUnit
from dcs_desktop.core.form import Form
from dcs_desktop.core.outliers import Hint, hints
from dcs_desktop.core.period import Period
from dcs_desktop.receiving.totals import totals_by_unit
from dcs_desktop.store import DataFile


def hints_of(file: DataFile, period: Period, today: date) -> tuple[Hint, ...]:
    """What should be looked at in the reports of a period; each can be asked of its unit. Raises Refusal."""
    now = totals_by_unit(file, period, today)
    before = totals_by_unit(file, period.previous(), today)
    return hints(now, before.values, comparable_keys(now, before))


def comparable_keys(now: ByUnit, before: ByUnit) -> frozenset[str]:
    """The figures that mean the same in both periods: same key, kind and unit of measure."""
    ours, theirs = now.totals.form, before.totals.form
    return frozenset(key for key in now.totals.totals if _alike(key, ours, theirs))


def _alike(key: str, ours: Form, theirs: Form) -> bool:
    one, other = ours.fields[key].type, theirs.fields.get(key)
    return other is not None and (one.kind, one.unit) == (other.type.kind, other.type.unit)
