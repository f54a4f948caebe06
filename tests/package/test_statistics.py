"""The Data Package for statistics offices: valid, exact, told whole, safe in a spreadsheet."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import frictionless

from dcs_desktop import package
from dcs_desktop.core.by_unit import ByUnit
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import UnitName
from dcs_desktop.core.values import State
from dcs_desktop.package.statistics import FiledUnit, statistics_package
from tests.printing import many_units

DESK = UnitName("934", "GSO-2024", "Huyện Mẫu", "huyện")
HOSTILE = '=HYPERLINK("http://x")'


def _filed(below: ByUnit) -> list[FiledUnit]:
    found = []
    for line in below.units:
        code, _at, listed = line.identity.partition("@")
        here = line.state == "received"
        found.append(
            FiledUnit(
                UnitName(code, listed, line.name, "xã"), line.state, not here, 0 if here else None, here
            )
        )
    return found


def _written(folder: Path, below: ByUnit, units: list[FiledUnit]) -> Path:
    path = folder / "so-lieu.zip"
    path.write_bytes(statistics_package(DESK, Period(2024), below, units))
    return path


def _rows(path: Path, name: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(path) as archive:
        return list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8"), newline="")))


def test_frictionless_finds_zip_and_folder_valid(tmp_path: Path) -> None:
    below = many_units.below(20, 24, away=3)
    path = _written(tmp_path, below, _filed(below))
    found = frictionless.Package(str(path)).validate()
    assert found.valid, found.flatten(["type", "note"])
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "open")
    opened = frictionless.Package(str(tmp_path / "open" / "datapackage.json"))
    assert opened.validate().valid
    assert opened.resource_names == ["units", "indicators", "figures", "totals"]
    figures = opened.get_table_resource("figures").read_rows()
    summed = sum(row["number"] for row in figures if row["indicator"] == "s0" and row["number"] is not None)
    assert summed == below.totals.totals["s0"].value.number


def test_every_answer_is_a_row_with_its_state_and_what_lacks_is_told_at_the_total(tmp_path: Path) -> None:
    below = many_units.below(20, 8, away=3)
    path = _written(tmp_path, below, _filed(below))
    rows = _rows(path, "figures.csv")
    assert {row["state"] for row in rows} == {state.value for state in State if state is not State.BLANK}
    assert all((row["number"] != "") == (row["state"] in ("number", "none")) for row in rows)
    assert all(row["number"] == "0" for row in rows if row["state"] == "none")
    (total,) = [row for row in _rows(path, "totals.csv") if row["indicator"] == "s0"]
    whole = below.totals.totals["s0"]
    assert Decimal(total["total"]) == whole.value.number
    assert (total["covered"], total["expected"]) == (
        str(len(whole.covered)),
        str(len(whole.covered) + len(whole.missing)),
    )
    assert total["missing"].split() == list(whole.missing)
    away = {unit.identity for unit in below.units if unit.state == "not_received"}
    assert away
    assert away <= set(whole.missing)
    assert [row["unit"] for row in _rows(path, "units.csv")] == [unit.identity for unit in below.units]


def test_a_spreadsheet_finds_no_formula_and_the_desk_no_report(tmp_path: Path) -> None:
    below = many_units.below(3, 8)
    first, *rest = _filed(below)
    path = _written(tmp_path, below, [replace(first, unit=replace(first.unit, name=HOSTILE)), *rest])
    with zipfile.ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if name.endswith(".csv")]
        cells = [cell for name in sheets for row in _rows(path, name) for cell in row.values()]
        assert all("\r" not in archive.read(name).decode("utf-8") for name in sheets)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
    assert "'" + HOSTILE in cells
    assert [fault.code for fault in package.read(path).faults] == ["not_a_package"]


def test_the_same_figures_give_the_same_bytes() -> None:
    below = many_units.below(5, 8)
    units = _filed(below)
    assert statistics_package(DESK, Period(2024), below, units) == statistics_package(
        DESK, Period(2024), many_units.below(5, 8), units
    )
