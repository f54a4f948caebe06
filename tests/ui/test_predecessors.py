"""A merged commune sees what the units it was made of reported: a column each, summed only where a figure is a sum."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dcs_desktop import cli, predecessors, receiving, starting
from dcs_desktop.core.from_file import FromFile
from dcs_desktop.core.period import Period
from dcs_desktop.core.progress import Progress
from dcs_desktop.core.report import Answers, Identity, Report
from dcs_desktop.core.setup import Setup
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.values import given
from dcs_desktop.exporting import export_report
from dcs_desktop.starting_report import keep_report, new_report
from dcs_desktop.store import DataFile, open_file
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.ui.predecessors_dialog import PredecessorsDialog
from dcs_desktop.workspace import Workspace

OLD, NEW = Period(2024), Period(2025)
MERGED = "31426@GSO-2025-07"
OLDER = ("31426@GSO-2024", "31399@GSO-2024", "31423@GSO-2024")
NOW = datetime(2025, 11, 3, 2, tzinfo=UTC)


def _identity(code: str) -> Identity:
    unit = starting.unit_of(code, OLD)
    return Identity(starting.named(unit), starting.usual_receiver(unit), OLD, "commune", "dcs@2024")


def _report(code: str, cases: int, text: str) -> Report:
    values = {
        "hoa_giai.thanh": given(cases), "giam_sat.mttq.done": given(cases), "giam_sat.mttq.target": given(2),
        "tthc.tong": given(162), "cong_khai.ke_hoach": given(True), "III.1.e": given(text),
    }  # fmt: skip
    return Report(_identity(code), Answers(values))


def _with_predecessors(setup: Setup) -> Setup:
    for code in OLDER:
        unit = starting.unit_of(code, OLD)
        setup = predecessors.with_predecessor(setup, unit, starting.named(unit))
    return setup


def _packed(folder: Path, code: str) -> Path:
    file = open_file(folder / "khac.sqlite", create=True)
    workspace = Workspace.open(file, keep_report(file, _report(code, 7, "Xã ba.")))
    path = export_report(workspace, folder, NOW).path
    workspace.close()
    file.close()
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A merged commune: one older report typed, one out of Word, one as a package."""
    file = open_file(tmp_path / "dcs.sqlite", create=True)
    setup = _with_predecessors(starting.proposed_setup(starting.unit_of(MERGED, NEW), NEW))
    file.save_setup(setup)
    keep_report(file, _report(OLDER[0], 40, "Xã một có {hoa_giai.thanh} vụ."))
    file.take_in(_report(OLDER[1], 5, "Xã hai."), Progress(), FromFile("cu.docx", "0" * 64, NOW))
    new_report(file, setup, NEW, "dcs@2025")
    file.close()
    return tmp_path / "dcs.sqlite"


@pytest.fixture
def file(path: Path) -> Iterator[DataFile]:
    made = open_file(path)
    yield made
    made.close()


def _workspace(file: DataFile) -> Workspace:
    return Workspace.open(file, next(s.ref for s in file.reports() if s.identity.period == NEW))


def test_reports_of_every_way_stand_side_by_side_and_only_sums_are_summed(
    file: DataFile, tmp_path: Path
) -> None:
    receiving.import_paths(file, [_packed(tmp_path, OLDER[2])], NOW.date())
    workspace = _workspace(file)
    found = predecessors.beside(file, workspace.identity, workspace.form)
    assert found is not None
    assert [(one.said.unit.identity, one.said.how) for one in found.columns] == list(
        zip(OLDER, ("typed", "word", "package"), strict=True)
    )
    assert [one.value("hoa_giai.thanh").number for one in found.columns] == [40, 5, 7]
    assert found.sums["hoa_giai.thanh"].number == 52
    assert found.sums["giam_sat.mttq.target"].number == 6
    assert [one.value("tthc.tong").number for one in found.columns] == [162, 162, 162]
    assert not {"tthc.tong", "cong_khai.ke_hoach", "giam_sat.mttq.percent"} & set(found.sums)
    workspace.close()


def test_a_missing_report_is_missing_from_the_sum_and_said(file: DataFile) -> None:
    workspace = _workspace(file)
    found = predecessors.beside(file, workspace.identity, workspace.form)
    assert found is not None
    assert [one.said.how for one in found.columns] == ["typed", "word", ""]
    assert found.sums["hoa_giai.thanh"].number == 45
    assert str(found.sums["hoa_giai.thanh"].coverage) == "2/3"
    workspace.close()


def test_who_cannot_be_a_predecessor_is_refused(file: DataFile) -> None:
    setup = file.setup()
    assert setup is not None
    for code, sentence in (
        ("31426@GSO-2024", "đã có"),
        ("31399@GSO-2025-07", "cùng danh mục"),
        ("934@GSO-2024", "cùng cấp"),
    ):
        unit = starting.unit_of(code, OLD)
        with pytest.raises(Refusal, match=sentence):
            predecessors.with_predecessor(setup, unit, starting.named(unit))


def test_the_pane_has_a_column_for_each_unit(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    window.open_data(path, None)
    qtbot.waitUntil(lambda: window.opened is not None)
    assert window.opened is not None
    window.open_report(next(s.ref for s in window.opened.file.reports() if s.identity.period == NEW))
    view = window.room.view
    assert view is not None
    view.go_to("III.1.e")
    view.side.setCurrentWidget(view.side.last)
    text = view.side.last.text.toPlainText()
    lines = [line for line in text.splitlines() if line.strip()]
    at = next(at for at, line in enumerate(lines) if line.startswith("Số vụ hòa giải thành"))
    assert lines[at + 1 : at + 5] == ["40", "5", "–", "45 (2/3)"]
    assert "Xã một có 40 vụ." in text
    assert "Xã hai." in text
    assert "chưa có báo cáo" in text


def test_predecessors_are_named_by_search_and_keys(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    window.open_data(path, None)
    qtbot.waitUntil(lambda: window.opened is not None)
    assert window.opened is not None
    dialog = PredecessorsDialog(window.opened.setup, window.worker, window)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.remove_one()
    assert len(dialog.setup.predecessors) == 2
    dialog.picker.sought.setText("hoa my phung hiep")
    qtbot.waitUntil(lambda: dialog.picker.unit is not None and dialog.picker.unit.name == "Xã Hòa Mỹ")
    QTest.keyClick(dialog.picker.found, Qt.Key.Key_Return)
    assert [unit.identity for unit in dialog.setup.predecessors] == [*OLDER[1:], "31420@GSO-2024"]
    QTest.keyClick(dialog.add, Qt.Key.Key_Space)
    assert "đã có trong danh sách" in dialog.trouble.text()


def test_the_command_line_names_and_shows_them(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = ("--data", str(path))
    named = ("setup", "--unit", MERGED, "--period", "2025", "--predecessors", *OLDER[:2])
    assert cli.run((*data, *named), lambda *_told: 0) == 0
    capsys.readouterr()
    asked = (*data, "predecessors", "--unit", MERGED, "--period", "2025")
    assert cli.run((*asked, "--json"), lambda *_told: 0) == 0
    said = json.loads(capsys.readouterr().out)
    assert [unit["how"] for unit in said["units"]] == ["typed", "word"]
    assert said["figures"]["hoa_giai.thanh"] == {
        "values": ["40", "5"], "states": ["number", "number"], "sum": "45", "coverage": "2/2",
    }  # fmt: skip
    assert said["figures"]["tthc.tong"]["sum"] is None
    assert cli.run(asked, lambda *_told: 0) == 0
    assert "Số vụ hòa giải thành | 40 | 5 | 45" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("unit", "proposed"), [("31426@GSO-2025-07", "GSO-2024"), ("31426@GSO-2024", "GSO-2024")]
)
def test_units_are_looked_for_in_the_list_before_ones_own(
    window: MainWindow, unit: str, proposed: str
) -> None:
    period = NEW if unit == MERGED else OLD
    setup = starting.proposed_setup(starting.unit_of(unit, period), period)
    dialog = PredecessorsDialog(setup, window.worker, window)
    assert dialog.picker.list_id == proposed
    dialog.deleteLater()
