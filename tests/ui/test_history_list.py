"""The list of changes in the window: told, gone to, taken back from a step on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dcs_desktop.ui.history_list import HistoryList
from dcs_desktop.ui.main_window import MainWindow
from tests.ui.shell_data import unit_file, with_report


def test_the_history_tells_leads_and_takes_back(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.open_data(with_report(unit_file(tmp_path / "dcs.sqlite")), None)
    qtbot.waitUntil(lambda: window.opened is not None)
    window.open_first_report()
    workspace, view = window.room.workspace, window.room.view
    assert workspace is not None
    assert view is not None
    workspace.write("III.1.e", "Đã hòa giải.")
    workspace.enter("hoa_giai.thanh", "7")
    answers = workspace.answers

    def take_back() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, HistoryList)
        first = dialog.list.topLevelItem(0)
        assert first is not None
        assert first.text(1) == "III.1.e"
        assert first.text(2).endswith("thành: trống → 7")
        assert first.text(3) == "tại máy này"
        QTest.keyClick(dialog.list, Qt.Key.Key_Down)
        QTest.keyClick(dialog.back, Qt.Key.Key_Space)
        assert not workspace.answers.prose("III.1.e")
        assert not workspace.answers.value("hoa_giai.thanh").answered
        newest = dialog.list.topLevelItem(0)
        assert newest is not None
        assert newest.text(2).startswith("Hoàn tác – ")
        QTest.keyClick(dialog.list, Qt.Key.Key_Return)

    QTimer.singleShot(0, take_back)
    window.actions_by_name["history"].trigger()
    assert view.page is not None
    assert view.page.section == workspace.form.section_of("III.1.e")
    for _step in range(2):
        view.redo()
    assert workspace.answers == answers
