"""Figures to Excel from the report's menu and from the desk."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from dcs_desktop.ui import files, messages
from dcs_desktop.ui.main_window import MainWindow
from tests.ui.shell_data import desk_with_one, unit_file, with_report


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the file dialog says to write, and nobody opens the file."""
    path = tmp_path / "So lieu"
    monkeypatch.setattr(files, "ask_to_save", lambda *_said: path)
    monkeypatch.setattr(messages, "ask", lambda *_said: False)
    return path.with_suffix(".xlsx")


def test_a_reports_figures_are_saved_from_its_menu(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, target: Path
) -> None:
    window.open_data(with_report(unit_file(tmp_path / "xa.sqlite")), None)
    qtbot.waitUntil(lambda: window.opened is not None)
    assert not window.actions_by_name["excel"].isEnabled()
    window.open_first_report()
    window.actions_by_name["excel"].trigger()
    qtbot.waitUntil(target.exists)
    book = CalamineWorkbook.from_path(target)
    assert book.sheet_names[:2] == ["Bìa", "Số liệu"]
    assert [row[4] for row in book.get_sheet_by_name("Số liệu").to_python() if row[4] in (3.0, 4.0, 5.0)] == [
        3.0,
        4.0,
        5.0,
    ]


def test_the_figures_of_all_units_are_saved_at_the_desk(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, target: Path
) -> None:
    desk = desk_with_one(qtbot, window, tmp_path)
    QTest.mouseClick(desk.totals.excel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(target.exists)
    cover = CalamineWorkbook.from_path(target).get_sheet_by_name("Bìa").to_python()
    assert ["Đã nhận báo cáo", "1/15 đơn vị"] in [row[:2] for row in cover]


def test_what_became_of_a_batch_is_saved_at_the_desk(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, target: Path
) -> None:
    desk = desk_with_one(qtbot, window, tmp_path)
    QTest.mouseClick(desk.packages.record, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(target.exists)
    rows = CalamineWorkbook.from_path(target).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "Kết quả nhận báo cáo"
    assert [row[0] for row in rows[5:]] == ["1"]
