"""The bin in the window and on the command line: thrown away by a key, seen, taken back; what left the house stays (R24)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dcs_desktop.core.period import Period
from dcs_desktop.store.bin import KEPT
from dcs_desktop.ui import messages, tables
from dcs_desktop.ui.bin_dialog import BinDialog
from dcs_desktop.ui.clock import now
from dcs_desktop.ui.main_window import MainWindow
from tests.shell import Shell
from tests.ui.shell_data import packed, unit_file, with_report


@pytest.fixture
def data(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> Path:
    """A commune's data with reports of two years, on the start page."""
    path = with_report(with_report(unit_file(tmp_path / "xa.sqlite")), Period(2023))
    window.open_data(path, None)
    qtbot.waitUntil(lambda: window.opened is not None)
    return path


def periods(window: MainWindow) -> list[str]:
    return [line.text(0) for line in tables.rows(window.start_page.reports)]


def delete(window: MainWindow) -> None:
    QTest.keyClick(window.start_page.reports, Qt.Key.Key_Delete)


def test_r24_a_report_goes_by_a_key_and_comes_back(
    window: MainWindow, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.opened is not None
    file = window.opened.file
    whole = file.report(1)
    monkeypatch.setattr(messages, "ask", lambda *_said, **_more: False)
    delete(window)
    assert periods(window) == ["Năm 2024", "Năm 2023"], "asked first"
    asked: list[str] = []

    def agreed(_asker: object, text: str, *_said: str, **_more: object) -> bool:
        asked.append(text)
        return True

    monkeypatch.setattr(messages, "ask", agreed)
    delete(window)
    assert asked == ["Bỏ báo cáo năm 2024 của Xã Phương Bình (chính thức) vào thùng rác?"]
    assert periods(window) == ["Năm 2023"]
    dialog = BinDialog(file, window)
    (line,) = tables.rows(dialog.list)
    kept = (now() + KEPT).astimezone().date()
    assert (line.text(0), line.text(5)) == ("năm 2024", f"{kept:%d/%m/%Y}")
    dialog.back.click()
    assert dialog.taken_out
    assert tables.rows(dialog.list) == []
    assert not dialog.back.isEnabled()
    dialog.deleteLater()
    window.show_start()
    assert periods(window) == ["Năm 2024", "Năm 2023"]
    assert file.report(1) == whole


def test_r24_the_open_report_is_closed_and_thrown_away(
    window: MainWindow, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "ask", lambda *_said, **_more: True)
    window.open_report(2)
    window.actions_by_name["bin_in"].trigger()
    assert window.room.workspace is None
    assert periods(window) == ["Năm 2024"]


def test_r24_what_left_the_house_is_not_thrown_away(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = with_report(unit_file(tmp_path / "xa.sqlite"))
    packed(path, tmp_path / "goi")
    window.open_data(path, None)
    qtbot.waitUntil(lambda: window.opened is not None)
    refused: list[str] = []
    monkeypatch.setattr(messages, "ask", lambda *_said, **_more: True)
    monkeypatch.setattr(messages, "refuse", lambda _asker, sentence, _detail="": refused.append(sentence))
    delete(window)
    assert "lập bổ sung" in refused[0]
    assert periods(window) == ["Năm 2024"]


def test_r24_the_bin_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = with_report(unit_file(tmp_path / "dcs.sqlite"))
    shell = Shell(tmp_path, capsys, [])
    about = ("--unit", "31426", "--period", "2024")
    gone = shell.json("delete", *about)
    assert gone["ref"] == 1
    assert "Chưa có báo cáo" in shell.refused("delete", *about)
    (one,) = shell.json("bin", "list")
    assert (one["ref"], one["period"], one["revision"]) == (1, "2024", 0)
    assert "số của báo cáo" in shell.refused("bin", "restore")
    assert "không có báo cáo số 7" in shell.refused("bin", "restore", "7")
    assert shell.json("bin", "restore", "1") == {"restored": 1}
    assert shell.json("bin", "list") == []
    assert path.exists()
    assert timedelta(days=90) == KEPT
