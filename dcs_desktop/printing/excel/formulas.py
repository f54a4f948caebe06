"""Totals as formulas of the spreadsheet, by the rules of core/combine.py: each can be followed into its cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from dcs_desktop.core import formula
from dcs_desktop.core.combine import needed_for
from dcs_desktop.core.form import Field, Form, RollUp
from dcs_desktop.core.values import ADDITIVE, Kind

DIFFERENT = "khác nhau"
YES, NO = "Có", "Không"

Ranges = Mapping[str, str]


def total_formula(f: Field, form: Form, ranges: Ranges) -> str:
    """The formula of a total over the units' cells; "" where a spreadsheet cannot say it, and the number stands alone."""
    rule = form.figures[f.figure].roll_up
    if f.formula is not None and not (rule is RollUp.SUM and f.key == f.figure):
        return _ratio(f, form, ranges)
    cells = ranges[f.key]
    match rule:
        case RollUp.SUM:
            return f'=IF(COUNT({cells})=0,"",SUM({cells}))' if f.type.kind in ADDITIVE else ""
        case RollUp.SAME:
            if not f.type.numeric:
                return ""
            alike = f'IF(MIN({cells})=MAX({cells}),MAX({cells}),"{DIFFERENT}")'
            return f'=IF(COUNT({cells})=0,"",{alike})'
        case RollUp.COUNT:
            yes, no = (f'COUNTIF({cells},"{word}")' for word in (YES, NO))
            return f'=IF({yes}+{no}=0,"",{yes})' if f.type.kind is Kind.YES_NO else ""
        case _:
            return ""


def coverage_formula(cells: str, inapplicable: str) -> str:
    """How many units a column of numbers covers, of how many it applies to."""
    return f'=COUNT({cells})&"/"&(ROWS({cells})-COUNTIF({cells},"{inapplicable}"))'


def _ratio(f: Field, form: Form, ranges: Ranges) -> str:
    """A formula over the sums of those units that have every part of it, never a mean of ratios."""
    assert f.formula is not None
    keys, tables = needed_for(f.formula, form)
    sums = all(
        key in ranges and form.figures[form.fields[key].figure].roll_up is RollUp.SUM for key in keys
    ) and all(form.fields[key].type.kind in ADDITIVE for key in keys)
    if tables or not keys or not sums or not _sayable(f.formula, form):
        return ""
    mask = ",".join(f"--ISNUMBER({ranges[key]})" for key in keys)
    said = _said(f.formula, form, ranges, mask)
    return f'=IFERROR(IF(SUMPRODUCT({mask})=0,"",{said}),"")'


def _sayable(tree: formula.Expression, form: Form) -> bool:
    """Whether nothing in a formula, or in those it rests on, asks for another period."""
    for part in formula.parts(tree):
        if isinstance(part, formula.Previous):
            return False
        under = form.fields[part.key].formula if isinstance(part, formula.Name) else None
        if under is not None and not _sayable(under, form):
            return False
    return True


def _said(tree: formula.Expression, form: Form, ranges: Ranges, mask: str) -> str:
    match tree:
        case formula.Number(value):
            return f"{value:f}"
        case formula.Name(key):
            under = form.fields[key].formula
            if under is not None:
                return _said(under, form, ranges, mask)
            return f"SUMPRODUCT({mask},{ranges[key]})"
        case formula.Call(function, arguments):
            inside = ",".join(_said(argument, form, ranges, mask) for argument in arguments)
            return f"{function.upper()}({inside})"
        case formula.Operation(sign, left, right):
            return f"({_said(left, form, ranges, mask)}{sign}{_said(right, form, ranges, mask)})"
        case formula.Previous() | formula.Count():
            raise ValueError(tree)
        case _:
            assert_never(tree)
