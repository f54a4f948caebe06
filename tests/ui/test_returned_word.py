"""A Word file comes back through the window: chosen or dropped, its differences taken or left by key."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from dcs_desktop import taking_back
from dcs_desktop.ui import files, messages
from dcs_desktop.ui.changed_text import html
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.ui.returned_word import Choice, ReturnedWordDialog
from tests.reading.word_files import edited
from tests.ui.shell_data import unit_file, with_report

# Milliseconds that reading and comparing may take on a busy machine.
PATIENCE = 30_000
FIRST, SECOND, THIRD = "II.1.a", "II.1.b", "II.2.a"


@pytest.fixture
def report(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> MainWindow:
    """The window on a report with three texts."""
    window.open_data(with_report(unit_file(tmp_path / "dcs.sqlite")), None)
    qtbot.waitUntil(lambda: window.opened is not None)
    window.open_first_report()
    here = window.room.workspace
    assert here is not None
    for item in (FIRST, SECOND, THIRD):
        here.write(item, f"Nội dung của {item} có {{hoa_giai.thanh}} vụ.")
    here.flush()
    return window


def _came_back(window: MainWindow, folder: Path, *changes: tuple[str, str]) -> Path:
    here = window.room.workspace
    assert here is not None
    path = folder / "Báo cáo đã sửa.docx"
    path.write_bytes(edited(taking_back.written(here.report(), here.form, None), *changes))
    return path


def _shown(monkeypatch: pytest.MonkeyPatch) -> list[ReturnedWordDialog]:
    """The dialogs that would be shown, each left open for the test."""
    shown: list[ReturnedWordDialog] = []

    def kept(dialog: QDialog) -> int:
        assert isinstance(dialog, ReturnedWordDialog)
        shown.append(dialog)
        return 0

    monkeypatch.setattr(ReturnedWordDialog, "exec", kept)
    monkeypatch.setattr(ReturnedWordDialog, "deleteLater", lambda _dialog: None)
    return shown


def _dialog(
    qtbot: QtBot, window: MainWindow, folder: Path, monkeypatch: pytest.MonkeyPatch, *changes: tuple[str, str]
) -> ReturnedWordDialog:
    shown = _shown(monkeypatch)
    path = _came_back(window, folder, *changes)
    monkeypatch.setattr(files, "ask_word_file", lambda _asker: path)
    window.actions_by_name["word_back"].trigger()
    qtbot.waitUntil(lambda: bool(shown), timeout=PATIENCE)
    qtbot.addWidget(shown[0])
    shown[0].show()
    return shown[0]


def test_taken_and_kept_by_keys(
    qtbot: QtBot, report: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = [(f"Nội dung của {item}", f"Đã sửa {item}") for item in (FIRST, SECOND, THIRD)]
    dialog = _dialog(qtbot, report, tmp_path, monkeypatch, *changes)
    here = report.room.workspace
    assert here is not None
    before = here.answers
    assert [dialog.items.count(), dialog.take_all.text()] == [3, "Nhận &tất cả (3)"]
    assert "line-through" in dialog.sent.toHtml()
    assert "underline" in dialog.word.toHtml()
    QTest.keyClick(dialog.items, Qt.Key.Key_Return)
    assert here.answers.prose(FIRST) == f"Đã sửa {FIRST} có {{hoa_giai.thanh}} vụ."
    assert dialog.item == SECOND
    QTest.keyClick(dialog.keep, Qt.Key.Key_Space)
    assert dialog.item == THIRD
    QTest.keyClick(dialog.take_all, Qt.Key.Key_Space)
    assert dialog.outcome.text() == "đã nhận 2 mục, giữ 1, chưa chọn 0"
    assert here.answers.prose(SECOND) == before.prose(SECOND)
    assert here.answers.prose(THIRD).startswith("Đã sửa")
    here.undo()
    here.undo()
    assert here.answers == before


def test_what_was_taken_can_be_given_back(
    qtbot: QtBot, report: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = _dialog(qtbot, report, tmp_path, monkeypatch, (f"Nội dung của {FIRST}", "Khác"))
    here = report.room.workspace
    assert here is not None
    before = here.answers
    QTest.keyClick(dialog.take, Qt.Key.Key_Space)
    assert here.answers != before
    assert dialog.ending.hasFocus() or dialog.focusWidget() is dialog.ending
    QTest.keyClick(dialog.keep, Qt.Key.Key_Space)
    assert here.answers == before


def test_a_figure_typed_over_is_told_beside_its_item(
    qtbot: QtBot, report: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = report.room.workspace
    assert here is not None
    here.enter("hoa_giai.thanh", "45")
    dialog = _dialog(qtbot, report, tmp_path, monkeypatch, (">45<", ">46<"))
    assert dialog.items.count() == 1
    assert "46" in dialog.told.text()
    assert not dialog.take.isEnabled()
    assert not dialog.take_all.isEnabled()
    assert dialog.outcome.text() == "đã nhận 0 mục, giữ 0, chưa chọn 0"


def test_a_file_without_a_difference_says_so(
    qtbot: QtBot, report: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(messages, "note", lambda _asker, sentence, _detail="": said.append(sentence))
    report.open_paths([_came_back(report, tmp_path)])
    qtbot.waitUntil(lambda: bool(said), timeout=PATIENCE)
    assert "không có gì khác" in said[0]


def test_a_dropped_word_file_opens_its_report(
    qtbot: QtBot, report: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = _shown(monkeypatch)
    path = _came_back(report, tmp_path, (f"Nội dung của {FIRST}", "Khác"))
    report.show_start()
    assert report.pages.currentWidget() is report.start_page
    report.open_paths([path])
    qtbot.waitUntil(lambda: bool(shown), timeout=PATIENCE)
    assert report.pages.currentWidget() is report.room.view
    assert "năm 2024" in report.windowTitle()
    assert [shown[0].items.count(), shown[0].item] == [1, FIRST]
    shown[0].close()


def test_a_file_that_is_none_is_refused(
    qtbot: QtBot, report: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(messages, "refuse", lambda _asker, sentence, _detail="": said.append(sentence))
    path = tmp_path / "a.docx"
    path.write_bytes(b"%PDF-1.7")
    report.open_paths([path])
    qtbot.waitUntil(lambda: bool(said), timeout=PATIENCE)
    assert "không phải là tệp Word" in said[0]


def test_a_report_that_left_the_house_only_shows(
    qtbot: QtBot, report: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dcs_desktop.ui.clock import now

    here = report.room.workspace
    assert here is not None
    here.file.mark_exported(here.ref, "0" * 64, now(), "a.zip")
    dialog = _dialog(qtbot, report, tmp_path, monkeypatch, (f"Nội dung của {FIRST}", "Khác"))
    assert not dialog.take.isEnabled()
    assert not dialog.take_all.isEnabled()
    QTest.keyClick(dialog.items, Qt.Key.Key_Return)
    assert "Khác" not in here.answers.prose(FIRST)


def test_the_state_of_an_item_has_a_shape_of_its_own() -> None:
    assert len({choice.value for choice in Choice}) == len(Choice)
    assert html((), "old") == ""
