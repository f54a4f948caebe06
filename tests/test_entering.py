"""Entry on behalf: typed at the desk, told apart in every total, and out as soon as the unit's own package counts."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path

import pytest

from dcs_desktop import receiving, template_library
from dcs_desktop.core.answers import compute
from dcs_desktop.core.on_behalf import on_behalf, read_mark
from dcs_desktop.core.report import Answers
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.exporting import export_report
from dcs_desktop.store import DataFile, open_file
from dcs_desktop.workspace import Workspace
from tests.both_sides import COMMUNE, NOW, OTHER, TODAY, YEAR, Both, both, small_template, verb

__all__ = ["both", "small_template"]


def entered(file: DataFile, thanh: str = "4") -> str:
    """The report of the other commune typed at the desk from paper, and taken; the verdict."""
    workspace = Workspace.open(
        file, receiving.begin(file, OTHER.identity, YEAR, "paper", " Nguyễn  Văn A ", TODAY)
    )
    workspace.enter("hoa_giai.thanh", thanh)
    workspace.close()
    return receiving.take_entered(file, OTHER.identity, YEAR, NOW).verdict


def own_packages(both: Both, folder: Path) -> list[Path]:
    """What the other commune itself sends: its report, and an amendment of it."""
    from dcs_desktop.core.setup import Setup
    from dcs_desktop.workspace import new_report
    from tests.both_sides import DISTRICT

    file = open_file(folder / "xã khác.sqlite", create=True)
    setup = Setup(OTHER, DISTRICT, "commune")
    file.save_setup(setup)
    workspace = Workspace.open(file, new_report(file, setup, YEAR, "thu@2024"))
    workspace.enter("hoa_giai.thanh", "6")
    first = export_report(workspace, folder, NOW).path
    workspace.amend()
    workspace.enter("hoa_giai.thanh", "7")
    second = export_report(workspace, folder, NOW).path
    workspace.close()
    file.close()
    return [first, second]


def test_what_is_entered_counts_and_is_told_apart(both: Both) -> None:
    assert entered(both.desk) in ("accepted", "accepted_with_warnings")
    status = {one.unit: one for one in receiving.status(both.desk, YEAR, TODAY)}
    mark = status[OTHER].entered
    assert mark is not None
    assert (mark.medium, mark.day, mark.by) == ("paper", TODAY, "Nguyễn Văn A")
    assert status[COMMUNE].entered is None
    assert receiving.totals(both.desk, YEAR).totals["hoa_giai.thanh"].value.number == 13
    assert set(receiving.entered_units(both.desk, YEAR)) == {OTHER.identity}
    by_unit = receiving.totals_by_unit(both.desk, YEAR, TODAY)
    assert [line.name for line in by_unit.units] == ["Xã Phương Bình", "Xã số 31393 (nhập thay)"]


def test_the_own_report_tells_how_many_were_entered(both: Both) -> None:
    entered(both.desk)
    identity, letterhead = receiving.own_report(both.desk, YEAR)
    own = template_library.form_for(template_library.template("thu@2024"), identity, letterhead.places)
    value = receiving.filed_below(both.desk, YEAR, own)["hoa_giai.thanh"]
    assert (str(value.coverage), value.note) == ("2/2", "Nhập thay: 1")
    figures = compute(own, Answers({"hoa_giai.thanh.below": value}))
    assert figures["hoa_giai.thanh"].note == value.note


def test_a_change_afterwards_is_an_amendment(both: Both) -> None:
    entered(both.desk)
    summary = receiving.begun(both.desk, OTHER.identity, YEAR)
    assert summary is not None
    workspace = Workspace.open(both.desk, summary.ref)
    workspace.enter("hoa_giai.thanh", "5")
    workspace.close()
    assert receiving.take_entered(both.desk, OTHER.identity, YEAR, NOW).revision == 1
    assert receiving.totals(both.desk, YEAR).totals["hoa_giai.thanh"].value.number == 14


def test_the_units_own_package_goes_before_in_any_order(both: Both, tmp_path: Path) -> None:
    original, amendment = own_packages(both, tmp_path)
    path = both.desk.path
    both.desk.close()
    before = path.read_bytes()
    for number, order in enumerate(permutations((original, amendment, None))):
        copy = tmp_path / f"{number}.sqlite"
        copy.write_bytes(before)
        file = open_file(copy)
        numbers = []
        for came in order:
            if came is not None:
                receiving.import_paths(file, [came], TODAY)
            elif original not in order[: order.index(None)]:
                entered(file)
            else:
                with pytest.raises(Refusal, match="đã gửi gói báo cáo của mình"):
                    entered(file)
            numbers.append(receiving.totals(file, YEAR).totals["hoa_giai.thanh"].value.number)
        assert numbers[-1] == 16, order
        assert receiving.entered_units(file, YEAR) == {}
        assert receiving.status(file, YEAR, TODAY)[1].state in ("received", "with_errors")
        file.close()
    both.desk = open_file(path)


def test_an_amendment_alone_leaves_the_entered_one_counting(both: Both, tmp_path: Path) -> None:
    _original, amendment = own_packages(both, tmp_path)
    entered(both.desk)
    (verdict,) = receiving.import_paths(both.desk, [amendment], TODAY)
    assert verdict.verdict == "waiting"
    assert receiving.totals(both.desk, YEAR).totals["hoa_giai.thanh"].value.number == 13


def test_an_entry_says_from_what_and_by_whom() -> None:
    mark = on_behalf("word", TODAY, "Trần B")
    assert read_mark(mark.mark) == mark
    assert mark.words == "nhập thay từ tệp Word, ngày 09/12/2024, người nhập: Trần B"
    assert read_mark("đã đối chiếu") is None
    for wrong in (("fax", "A"), ("paper", " "), ("paper", "A" * 200)):
        with pytest.raises(Refusal):
            on_behalf(wrong[0], TODAY, wrong[1])


def test_nobody_is_entered_for_who_is_not_expected_or_has_sent(both: Both) -> None:
    with pytest.raises(Refusal, match="không có trong danh sách"):
        receiving.begin(both.desk, "1@GSO-2024", YEAR, "paper", "A", TODAY)
    with pytest.raises(Refusal, match="đã gửi gói báo cáo của mình"):
        receiving.begin(both.desk, COMMUNE.identity, YEAR, "paper", "A", TODAY)
    with pytest.raises(Refusal, match="Chưa nhập thay"):
        receiving.take_entered(both.desk, OTHER.identity, YEAR, NOW)


def test_entry_on_the_command_line(both: Both, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = both.desk.path
    both.desk.close()
    about = ("--data", path, "--unit", OTHER.identity, "--period", "2024")
    filled = tmp_path / "số.json"
    filled.write_text(json.dumps({"figures": {"hoa_giai.thanh": {"state": "number", "value": 4}}}), "utf-8")
    assert verb(capsys, "enter-for", *about, "--source", "word", "--by", "Trần B")[0] == 0
    assert verb(capsys, "fill", *about, filled)[0] == 0
    assert verb(capsys, "enter-for", *about, "--done")[0] == 0
    _status, states = verb(capsys, "status", "--data", path, "--period", "2024")
    assert "Trần B" in states[1]["on_behalf"]
    _status, (total,) = verb(
        capsys, "totals", "--data", path, "--period", "2024", "--indicator", "hoa_giai.thanh"
    )
    assert total["hoa_giai.thanh"]["on_behalf"] == [OTHER.identity]
    both.desk = open_file(path)
