"""Backups from the window: by a key, of the day, before packages; restored in three clicks (R6, R7)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from dcs_desktop.backups import Why, backups_of, make
from dcs_desktop.core.period import Period
from dcs_desktop.store.examining import look_whole
from dcs_desktop.ui import preferences, safekeeping
from dcs_desktop.ui.backups_dialog import BackupsDialog
from dcs_desktop.ui.clock import now
from dcs_desktop.ui.main_window import MainWindow
from tests.ui.shell_data import DISTRICT, packed, unit_file, with_report


def opened(qtbot: QtBot, window: MainWindow, data: Path) -> None:
    window.show()
    window.open_data(data, None)
    qtbot.waitUntil(lambda: window.opened is not None)


def in_dialog(qtbot: QtBot, press: str) -> list[str]:
    """Press a button of the dialog of backups once it stands; what it said would differ."""
    differs: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, BackupsDialog):
            QTimer.singleShot(20, look)
            return
        differs.append(dialog.differs.text())
        found = [b for b in dialog.findChildren(QPushButton) if b.text().replace("&", "") == press]
        QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)

    QTimer.singleShot(0, look)
    qtbot.waitUntil(lambda: bool(differs))
    return differs


def test_r6_a_backup_on_request_says_where_it_lies(
    qtbot: QtBot, window: MainWindow, data: Path, said: list[str]
) -> None:
    opened(qtbot, window, data)
    window.actions_by_name["backup"].trigger()
    qtbot.waitUntil(lambda: bool(said))
    [made] = backups_of(data)
    assert made.why is Why.ASKED
    assert str(made.path) in said[0]
    assert look_whole(made.path).report_count == 1


def test_r6_ctrl_s_in_a_report_makes_a_backup_without_a_word(
    qtbot: QtBot, window: MainWindow, data: Path, said: list[str]
) -> None:
    opened(qtbot, window, data)
    window.open_report(1)
    view = window.room.view
    assert view is not None
    for _press in range(2):
        QTest.keyClick(view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: not window.worker.busy)
    assert [one.why for one in backups_of(data)] == [Why.ASKED]
    assert said == []


def test_r6_a_missing_stick_is_told_beside_the_backup_that_was_made(
    qtbot: QtBot, window: MainWindow, data: Path, said: list[str], tmp_path: Path
) -> None:
    preferences.save(replace(preferences.load(), second=str(tmp_path / "USB")))
    opened(qtbot, window, data)
    window.actions_by_name["backup"].trigger()
    qtbot.waitUntil(lambda: bool(said))
    assert "chưa có mặt" in said[0]
    assert len(backups_of(data)) == 1


def test_r6_the_backup_of_a_day_is_made_once(qtbot: QtBot, window: MainWindow, data: Path) -> None:
    opened(qtbot, window, data)
    for _start in range(2):
        safekeeping.make_of_the_day(window)
        qtbot.waitUntil(lambda: not window.worker.busy)
    assert [one.why for one in backups_of(data)] == [Why.DAY]


def test_r6_a_backup_is_made_before_packages_come(
    qtbot: QtBot, window: MainWindow, data: Path, tmp_path: Path
) -> None:
    package, _identity = packed(data, tmp_path / "goi")
    desk = unit_file(tmp_path / "huyen.sqlite", DISTRICT)
    opened(qtbot, window, desk)
    window.open_paths([package])
    qtbot.waitUntil(lambda: not window.worker.busy)
    [made] = backups_of(desk)
    assert made.why is Why.IMPORT
    assert look_whole(made.path).received_count == 0


def test_r7_restored_in_three_clicks_with_the_present_file_kept(
    qtbot: QtBot, window: MainWindow, data: Path, said: list[str]
) -> None:
    make(data, Why.DAY, now())
    with_report(data, Period(2025))
    opened(qtbot, window, data)
    window.actions_by_name["restore"].trigger()
    [differs] = in_dialog(qtbot, "Khôi phục bản này")
    assert "năm 2025" in differs
    qtbot.waitUntil(lambda: bool(said))
    qtbot.waitUntil(lambda: window.opened is not None)
    assert window.opened is not None
    assert len(window.opened.file.reports()) == 1
    [kept] = data.parent.glob("*before-restore*")
    assert kept.name in said[0]
    assert look_whole(kept).report_count == 2


def test_r7_a_damaged_data_file_is_restored_from_the_page_that_says_so(
    qtbot: QtBot, window: MainWindow, data: Path, said: list[str]
) -> None:
    make(data, Why.DAY, now())
    data.write_bytes(data.read_bytes()[:5000])
    window.show()
    window.open_data(data, None)
    qtbot.waitUntil(lambda: bool(window.start_page.findChildren(QPushButton, "restore")))
    [restore] = window.start_page.findChildren(QPushButton, "restore")
    QTest.mouseClick(restore, Qt.MouseButton.LeftButton)
    in_dialog(qtbot, "Khôi phục bản này")
    qtbot.waitUntil(lambda: bool(said))
    qtbot.waitUntil(lambda: window.opened is not None)
    assert window.opened is not None
    assert len(window.opened.file.reports()) == 1
