"""Safety copies from the window, and the data file made again out of them in three clicks (R8)."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from dcs_desktop import files, package, safety_copies
from dcs_desktop.store import open_file
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.ui.rebuild import RebuildDialog
from dcs_desktop.ui.safety import complete
from dcs_desktop.workspace import Workspace


def in_report(qtbot: QtBot, window: MainWindow, data: Path) -> Workspace:
    window.show()
    window.open_data(data, None)
    qtbot.waitUntil(lambda: window.opened is not None)
    window.open_first_report()
    assert window.room.workspace is not None
    return window.room.workspace


def copies(data: Path) -> list[Path]:
    return [one.path for one in safety_copies.copies_in(safety_copies.folder_of(data))]


def finish_section(qtbot: QtBot, window: MainWindow, workspace: Workspace, number: int = 0) -> None:
    """Answer everything of a section, and wait until that is on the disk."""
    section = [section for section in workspace.form.sections if section.items][number]
    view = window.room.view
    assert view is not None
    with qtbot.waitSignal(view.saved), workspace.together():
        for item in section.items:
            if item.prose:
                workspace.write(item.id, "Đã thực hiện.")
            workspace.nothing_here(item.id)
    assert section.id in complete(workspace)
    qtbot.waitUntil(lambda: not window.worker.busy)


def test_r8_a_completed_section_writes_a_safety_copy_and_a_figure_more_does_not(
    qtbot: QtBot, window: MainWindow, data: Path
) -> None:
    workspace = in_report(qtbot, window, data)
    assert copies(data) == []
    finish_section(qtbot, window, workspace)
    [made] = copies(data)
    reading = package.read(made, safety=True)
    assert reading.report == workspace.report()
    assert package.left_the_house(reading) == ""
    assert window.room.view is not None
    with qtbot.waitSignal(window.room.view.saved):
        workspace.write(next(item.id for item in workspace.form.items.values() if item.prose), "Thêm.")
    qtbot.waitUntil(lambda: not window.worker.busy)
    assert copies(data) == [made]


def test_r8_what_changed_since_is_kept_when_the_report_is_left_and_when_the_window_closes(
    qtbot: QtBot, window: MainWindow, data: Path
) -> None:
    workspace = in_report(qtbot, window, data)
    window.show_start()
    qtbot.waitUntil(lambda: not window.worker.busy)
    assert copies(data) == []
    workspace = in_report(qtbot, window, data)
    item = next(item.id for item in workspace.form.items.values() if item.prose)
    workspace.write(item, "Đã họp.")
    window.show_start()
    qtbot.waitUntil(lambda: not window.worker.busy)
    assert [path.name for path in copies(data)] == ["xa.31426_2024-nam_CT.000001.zip"]
    window.open_first_report()
    assert window.room.workspace is not None
    window.room.workspace.write(item, "Đã họp hai lần.")
    window.shut()
    newest = package.read(copies(data)[0], safety=True)
    assert newest.report is not None
    assert newest.report.answers.prose(item) == "Đã họp hai lần."


def test_r8_a_full_disk_is_told_once_and_costs_nothing(
    qtbot: QtBot, window: MainWindow, data: Path, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = in_report(qtbot, window, data)

    def full(_path: Path, _content: object) -> None:
        raise OSError(errno.ENOSPC, "đầy")

    monkeypatch.setattr(files, "write_beside_then_replace", full)
    finish_section(qtbot, window, workspace)
    finish_section(qtbot, window, workspace, 1)
    assert len(said) == 1
    assert "Dữ liệu không bị ảnh hưởng" in said[0]
    window.show_start()
    file_report = open_first(window)
    assert file_report == workspace.report()


def open_first(window: MainWindow) -> object:
    assert window.opened is not None
    return window.opened.file.report(1)


def press_rebuild(qtbot: QtBot) -> list[str]:
    """Press the button of the dialog once it stands; the folders it named."""
    named: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, RebuildDialog):
            QTimer.singleShot(20, look)
            return
        named.extend(dialog.list.item(n).text() for n in range(dialog.list.count()))
        QTest.mouseClick(dialog.start, Qt.MouseButton.LeftButton)

    QTimer.singleShot(0, look)
    return named


def test_r8_a_damaged_data_file_is_made_again_in_three_clicks_and_kept_aside(
    qtbot: QtBot, window: MainWindow, data: Path, said: list[str]
) -> None:
    workspace = in_report(qtbot, window, data)
    finish_section(qtbot, window, workspace)
    window.show_start()
    window.let_go_of_data()
    file = open_file(data, read_only=True)
    before = file.report(1)
    file.close()
    broken = data.read_bytes()[:5000]
    data.write_bytes(broken)
    window.open_data(data, None)
    qtbot.waitUntil(lambda: bool(window.start_page.findChildren(QPushButton, "rebuild")))
    [again] = window.start_page.findChildren(QPushButton, "rebuild")
    named = press_rebuild(qtbot)
    QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(said))
    assert named == [str(data.parent / "packages")]
    qtbot.waitUntil(lambda: window.opened is not None)
    assert window.opened is not None
    assert window.opened.file.report(1) == before
    [kept] = data.parent.glob("*before-rebuild*.sqlite")
    assert kept.read_bytes() == broken
    assert "1 báo cáo của đơn vị" in said[0]
    assert "lịch sử thay đổi" in said[0]
    assert kept.name in said[0]


def test_r8_from_the_menu_folders_without_packages_cost_nothing(
    qtbot: QtBot, window: MainWindow, data: Path, said: list[str]
) -> None:
    in_report(qtbot, window, data)
    safety_copies.folder_of(data).mkdir()
    press_rebuild(qtbot)
    window.actions_by_name["rebuild"].trigger()
    qtbot.waitUntil(lambda: bool(said))
    qtbot.waitUntil(lambda: window.opened is not None)
    assert "không có gói" in said[0]
    assert [path.name for path in data.parent.glob("*.sqlite")] == ["xa.sqlite"]
