"""All figures of all units for a statistics office: a Frictionless Data Package of four long tables.

No unit package: the desk does not take it in. Texts that a spreadsheet would
run as formulas are guarded by an apostrophe, as in unit packages; numbers are
exact, with a point, in a column of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from dcs_desktop.core.by_unit import ByUnit
from dcs_desktop.core.form import Field, Section
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import UnitName
from dcs_desktop.core.stored import to_stored
from dcs_desktop.core.values import FieldType, Value
from dcs_desktop.package.container import packed
from dcs_desktop.package.contents import Sheet, resource, slug
from dcs_desktop.package.manifest import NAME
from dcs_desktop.package.sheets import guarded, written

Row = tuple[str, ...]
NUMERIC: Final = frozenset({"number", "total"})
COUNTED: Final = frozenset({"revision", "covered", "expected"})
UNIT_HEADS: Final = ("unit", "code", "list", "name", "type", "state", "late", "revision", "on_behalf")
INDICATOR_HEADS: Final = ("indicator", "label", "section", "section_title", "kind", "measure", "roll_up")
FIGURE_HEADS: Final = (
    "unit",
    "period",
    "indicator",
    "label",
    "measure",
    "number",
    "text",
    "state",
    "revision",
)
TOTAL_HEADS: Final = ("period", "indicator", "total", "text", "state", "covered", "expected", "missing")


@dataclass(frozen=True, slots=True)
class FiledUnit:
    """One expected unit: the state of its report, the revision that counts, whether the desk entered it."""

    unit: UnitName
    state: str
    late: bool
    revision: int | None
    on_behalf: bool


def statistics_package(desk: UnitName, period: Period, below: ByUnit, units: Sequence[FiledUnit]) -> bytes:
    """The zip: datapackage.json with ``units``, ``indicators``, ``figures``, ``totals``.

    A figure that a unit answered in no way, and every figure of a unit without
    a report, has no row: what is missing stands in ``totals``. The same figures
    give the same bytes.
    """
    sheets = (
        _sheet("units", "Đơn vị phải báo cáo", UNIT_HEADS, _units(units), ["unit"]),
        _sheet("indicators", "Chỉ tiêu", INDICATOR_HEADS, _indicators(below), ["indicator"]),
        _sheet(
            "figures",
            "Số liệu của từng đơn vị",
            FIGURE_HEADS,
            _figures(period, below, units),
            ["unit", "period", "indicator"],
            {"unit": "units", "indicator": "indicators"},
        ),
        _sheet(
            "totals",
            "Số liệu tổng hợp",
            TOTAL_HEADS,
            _totals(period, below),
            ["period", "indicator"],
            {"indicator": "indicators"},
        ),
    )
    descriptor = {
        "name": slug(f"dcs-statistics-{desk.identity}-{period}"),
        "title": f"{desk.name}: số liệu các đơn vị, {period.phrase}",
        "resources": [resource(sheet) for sheet in sheets],
    }
    encoded = msgspec.json.format(msgspec.json.encode(descriptor, order="sorted"), indent=1)
    return packed({NAME: encoded, **{sheet.path: sheet.data for sheet in sheets}})


def _sheet(
    name: str,
    title: str,
    heads: Row,
    rows: Iterator[Row],
    key: list[str],
    foreign: dict[str, str] | None = None,
) -> Sheet:
    schema: dict[str, object] = {
        "fields": [{"name": head, "type": _type(head)} for head in heads],
        "primaryKey": key,
    }
    if foreign:
        schema["foreignKeys"] = [
            {"fields": [field], "reference": {"resource": table, "fields": [field]}}
            for field, table in foreign.items()
        ]
    return Sheet(f"{name}.csv", written(heads, rows), title, schema=schema)


def _type(head: str) -> str:
    if head in NUMERIC:
        return "number"
    if head in COUNTED:
        return "integer"
    return "boolean" if head in ("late", "on_behalf") else "string"


def _units(units: Sequence[FiledUnit]) -> Iterator[Row]:
    for one in units:
        unit = one.unit
        names = (unit.identity, unit.code, unit.list_id, guarded(unit.name), guarded(unit.type))
        yield (*names, one.state, _said(one.late), _revision(one), _said(one.on_behalf))


def _indicators(below: ByUnit) -> Iterator[Row]:
    for section, field in _fields(below):
        rule = below.totals.form.figures[field.figure].roll_up.value
        named = (field.key, guarded(field.label), section.id, guarded(section.title))
        yield (*named, field.type.kind.value, guarded(field.type.unit), rule)


def _figures(period: Period, below: ByUnit, units: Sequence[FiledUnit]) -> Iterator[Row]:
    fields = [(f, guarded(f.label), guarded(f.type.unit)) for _section, f in _fields(below)]
    for one in units:
        for field, label, measure in fields:
            value = below.value(one.unit.identity, field.key)
            if value.answered:
                named = (one.unit.identity, str(period), field.key, label, measure)
                yield (*named, *_content(field.type, value), value.state.value, _revision(one))


def _totals(period: Period, below: ByUnit) -> Iterator[Row]:
    for _section, field in _fields(below):
        total = below.totals.totals[field.key]
        covered, missing = len(total.covered), len(total.missing)
        content = _content(field.type, total.value)
        state = "different" if total.disagreement else total.value.state.value
        counts = (str(covered), str(covered + missing))
        yield (str(period), field.key, *content, state, *counts, " ".join(total.missing))


def _content(kind: FieldType, value: Value) -> tuple[str, str]:
    """The number and the text of a value; "không" of a figure is the number 0."""
    if value.number is not None and kind.numeric:
        return f"{value.number:f}", ""
    return "", guarded(to_stored(value) or "")


def _fields(below: ByUnit) -> Iterator[tuple[Section, Field]]:
    return ((table.section, field) for table in below.tables() for field in table.fields)


def _revision(one: FiledUnit) -> str:
    return "" if one.revision is None else str(one.revision)


def _said(yes: bool) -> str:
    return "true" if yes else "false"
