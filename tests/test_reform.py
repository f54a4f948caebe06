"""The district of 2024 and the communes it became in 2025: last year's packages at the desk of this year's province."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dcs_desktop import cli, demo, receiving, reform_library, resources, starting
from dcs_desktop.core.comparing import Before, compared, lacking
from dcs_desktop.core.period import Period
from dcs_desktop.core.reform_file import ReformFault
from dcs_desktop.core.setup import ExpectedUnit, Setup
from dcs_desktop.exporting import export_report
from dcs_desktop.store import DataFile, open_file
from dcs_desktop.workspace import Workspace, new_report

LAST, NOW = Period.parse("2024"), Period.parse("2025")
TODAY, MOMENT = date(2025, 12, 9), datetime(2025, 12, 9, 8, tzinfo=UTC)
SUCCESSORS = ("31393", "31396", "31399", "31408", "31420", "31426", "31432")
KEY = "dan_cu.ho"


@dataclass
class Place:
    """A desk with what came to it, and the folder it all lies in."""

    desk: DataFile
    folder: Path
    packages: dict[str, Path]


def setup_for(code: str, level: str, expected: tuple[str, ...] = ()) -> Setup:
    units = resources.unit_list("GSO-2025-07").units
    setup = starting.proposed_setup(units[code], NOW, level=level, training=True)
    named = tuple(ExpectedUnit(starting.named(units[one])) for one in expected)
    return replace(setup, expected=named or setup.expected)


def package_of(code: str, number: int, folder: Path) -> Path:
    """What one of the communes of 2025 sends."""
    file = open_file(folder / f"{code}.sqlite", create=True)
    setup = setup_for(code, "commune")
    file.save_setup(setup)
    workspace = Workspace.open(file, new_report(file, setup, NOW, "dcs@2025"))
    workspace.enter(KEY, str(number))
    path = export_report(workspace, folder, MOMENT).path
    workspace.close()
    file.close()
    return path


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reform")
    demo.make_demo(folder / "demo")
    (folder / "now").mkdir()
    for number, code in enumerate(SUCCESSORS, 1):
        shutil.copy(package_of(code, 1000 * number, folder), folder / "now" / f"{code}.zip")
    return folder


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DataFile]:
    file = open_file(tmp_path / "dcs.sqlite", create=True)
    file.save_setup(setup_for("92", "receiving", SUCCESSORS))
    yield file
    file.close()


def before(file: DataFile) -> Before:
    found = receiving.before(file, NOW)
    assert found is not None
    return found


def test_last_years_district_is_compared_with_the_communes_it_became(files: Path, desk: DataFile) -> None:
    verdicts = receiving.import_paths(desk, [files / "demo" / "packages", files / "now"], TODAY)
    assert {one.verdict for one in verdicts} <= {"accepted", "accepted_with_warnings", "superseded"}
    then = receiving.totals(desk, LAST)
    assert len(then.expected) == 15
    assert all(unit.endswith("@GSO-2024") for unit in then.expected)
    with closing(open_file(files / "demo" / "receiving.sqlite", read_only=True)) as district:
        published = receiving.totals(district, LAST)
    assert {k: t.value for k, t in then.totals.items()} == {k: t.value for k, t in published.totals.items()}
    found = compared(receiving.totals(desk, NOW), before(desk), KEY)
    assert found is not None
    assert found.last == published.totals[KEY].value.number
    assert found.now == sum(Decimal(1000 * number) for number in range(1, 8))
    assert (found.last_units, found.units, found.expected) == (15, 7, 7)


def test_until_all_of_them_have_filed_nothing_is_compared_and_who_lacks_is_said(
    files: Path, desk: DataFile
) -> None:
    there = [path for path in sorted((files / "now").iterdir()) if path.stem not in ("31408", "31432")]
    receiving.import_paths(desk, [files / "demo" / "packages", *there], TODAY)
    totals = receiving.totals(desk, NOW)
    assert compared(totals, before(desk), KEY) is None
    (group,) = lacking(totals, before(desk), KEY)
    assert group.before == ()
    assert group.after == ("31408@GSO-2025-07", "31432@GSO-2025-07")


def test_units_of_one_code_are_never_one(files: Path, desk: DataFile) -> None:
    """31408 was Xã Long Thạnh in 2024 and is Xã Thạnh Hòa now."""
    receiving.import_paths(desk, [files / "demo" / "packages", files / "now"], TODAY)
    names = {}
    for period in (LAST, NOW):
        status = receiving.status(desk, period, TODAY)
        names[period] = next(one.unit.name for one in status if one.unit.code == "31408")
    assert names == {LAST: "Xã Long Thạnh", NOW: "Xã Thạnh Hòa"}
    assert all(len(group.before) == 15 for group in before(desk).groups)


def test_a_district_of_before_awaits_its_own_units_in_every_period(files: Path, tmp_path: Path) -> None:
    with closing(open_file(Path(shutil.copy(files / "demo" / "receiving.sqlite", tmp_path)))) as district:
        for period in (LAST, NOW):
            expected = receiving.expected(receiving.setup_of(district), period)
            assert {one.unit.list_id for one in expected} == {"GSO-2024"}


CLOSER = "from_list,from_codes,to_list,to_codes,date,basis\n" + "".join(
    f"GSO-2024,{before},GSO-2025-07,{after},2025-07-01,thử\n"
    for before, after in (
        ("31393 31423", "31393"),
        ("31396 31429", "31396"),
        ("31399 31402", "31399"),
        ("31405 31408 31438", "31408"),
        ("31417 31420", "31420"),
        ("31426 31435", "31426"),
        ("31432 31433", "31432"),
    )
)


@pytest.fixture
def forgotten() -> Iterator[None]:
    reform_library.reform.cache_clear()
    yield
    reform_library.reform.cache_clear()


def test_a_closer_table_compares_unit_by_unit(
    files: Path, desk: DataFile, tmp_path: Path, own_home: Path, forgotten: None
) -> None:
    table = tmp_path / "hau-giang.csv"
    table.write_text(CLOSER, "utf-8")
    assert len(reform_library.add(table)) == 7
    there = [path for path in sorted((files / "now").iterdir()) if path.stem not in ("31408", "31432")]
    receiving.import_paths(desk, [files / "demo" / "packages", *there], TODAY)
    found = compared(receiving.totals(desk, NOW), before(desk), KEY)
    assert found is not None
    assert (found.last_units, found.units, found.expected) == (10, 5, 7)
    last = receiving.totals(desk, LAST).totals[KEY]
    gone = {"31405", "31408", "31438", "31432", "31433"}
    plain = [part.value.number or 0 for part in last.parts if part.unit[:5] not in gone]
    assert found.last == sum(plain)
    assert len(lacking(receiving.totals(desk, NOW), before(desk), KEY)) == 2


def test_a_wrong_table_is_not_added(tmp_path: Path, own_home: Path, forgotten: None) -> None:
    table = tmp_path / "sai.csv"
    table.write_text(CLOSER.replace("31423", "99999"), "utf-8")
    with pytest.raises(ReformFault, match="không có mã 99999"):
        reform_library.add(table)
    assert reform_library.given_files() == ()
    assert len(reform_library.reform().relations) == 2


def test_what_is_shipped_is_what_the_resolutions_say() -> None:
    area = reform_library.reform().group_of("31426@GSO-2024")
    assert {unit.partition("@")[0] for unit in area if unit.endswith("2025-07")} == set(SUCCESSORS)
    assert len(area) == 22
    district = resources.unit_list("GSO-2024").below["934"]
    assert {unit.identity for unit in district} == {unit for unit in area if unit.endswith("GSO-2024")}
    assert reform_library.reform().before(["92@GSO-2025-07"], "GSO-2024") == frozenset(
        {"92@GSO-2024", "93@GSO-2024", "94@GSO-2024"}
    )


def run(*args: object, capsys: pytest.CaptureFixture[str]) -> tuple[int, Any]:
    """What a verb gives in JSON."""
    code = cli.run([*map(str, args), "--json"], lambda *_said: 9)
    return code, json.loads(capsys.readouterr().out)


def test_the_verbs(
    files: Path,
    desk: DataFile,
    tmp_path: Path,
    own_home: Path,
    forgotten: None,
    capsys: pytest.CaptureFixture[str],
) -> None:
    table = tmp_path / "hau-giang.csv"
    table.write_text(CLOSER.replace("31423", "99999"), "utf-8")
    code, said = run("reform", "check", table, capsys=capsys)
    assert (code, len(said["faults"])) == (1, 1)
    table.write_text(CLOSER, "utf-8")
    code, said = run("reform", "add", table, capsys=capsys)
    assert (code, len(said["relations"])) == (0, 7)
    _code, said = run("reform", "list", capsys=capsys)
    assert [one["kind"] for one in said["relations"]] == ["merged"] * 8
    receiving.import_paths(desk, [files / "demo" / "packages", files / "now"], TODAY)
    desk.close()
    compare = ("totals", "--data", desk.path, "--period", "2025", "--compare", "--indicator", KEY)
    code, said = run(*compare, capsys=capsys)
    assert code == 0
    assert (said[KEY]["last_units"], said[KEY]["units"], said[KEY]["expected"]) == (15, 7, 7)
    assert said[KEY]["now"] == "28000"
    cli.run([*map(str, compare)], lambda *_said: 9)
    assert "so được 7/7 đơn vị, kỳ trước là 15 đơn vị" in capsys.readouterr().out
