"""Find and replace over the narratives of a whole report, in the real window: shown, ticked, one undo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dcs_desktop.core.replacing import APART
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.ui.prose_area import ProseArea
from dcs_desktop.ui.replace_dialog import MOST, PLACE, TEXT, ReplaceDialog
from dcs_desktop.workspace import Workspace
from tests.ui.shell_data import type_into, unit_file, with_report

TEXTS = {
    "I.a": "Ấp Một có {dan_cu.thon} ấp[^1].\n\n[^1]: Ấp hai.",
    "I.b": "Cấp trên, **ấp** ba.",
    "III.1.e": "Không có gì.",
}


@pytest.fixture
def report(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> MainWindow:
    window.open_data(with_report(unit_file(tmp_path / "dcs.sqlite")), None)
    qtbot.waitUntil(lambda: window.opened is not None)
    window.open_first_report()
    here = window.room.workspace
    assert here is not None
    assert window.room.view is not None
    for item, markup in TEXTS.items():
        here.write(item, markup)
    window.room.view.refresh()
    return window


def _asked(window: MainWindow, act: Callable[[ReplaceDialog], None]) -> None:
    done: list[bool] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ReplaceDialog)
        try:
            act(dialog)
            done.append(True)
        finally:
            dialog.reject()

    QTimer.singleShot(0, look)
    window.actions_by_name["replace"].trigger()
    assert done


def _here(window: MainWindow) -> Workspace:
    assert window.room.workspace is not None
    return window.room.workspace


def _sought(dialog: ReplaceDialog, text: str, words: str = "") -> list[str]:
    type_into(dialog.sought, text)
    QTest.keyClick(dialog.sought, Qt.Key.Key_Return)
    type_into(dialog.words, words)
    items = (dialog.list.topLevelItem(place) for place in range(dialog.list.topLevelItemCount()))
    return [f"{item.text(PLACE)}: {item.text(TEXT)}" for item in items if item is not None]


def test_what_is_ticked_changes_everywhere_and_one_undo_brings_it_back(report: MainWindow) -> None:
    here, view = _here(report), report.room.view
    assert view is not None
    view.go_to("I.a")
    area = view.findChild(ProseArea, "I.a")
    assert area is not None
    area.setFocus()
    area.moveCursor(area.textCursor().MoveOperation.End)
    QTest.keyClicks(area, " moi")
    shown: list[str] = []

    def act(dialog: ReplaceDialog) -> None:
        shown.extend(_sought(dialog, "ap", "thôn"))
        item = dialog.list.topLevelItem(0)
        assert item is not None
        item.setCheckState(PLACE, Qt.CheckState.Unchecked)
        assert "3" in dialog.take.text()
        dialog.take.click()
        assert "3" in dialog.said.text()

    _asked(report, act)
    assert shown == [
        "I.a: [Ấp] Một có … ấp…. moi",
        "I.a: Ấp Một có … [ấp]…. moi",
        "I.a, chú thích: [Ấp] hai.",
        "I.b: Cấp trên, [ấp] ba.",
    ]
    assert here.answers.prose("I.a") == "Ấp Một có {dan_cu.thon} thôn[^1]. moi\n\n[^1]: thôn hai."
    assert here.answers.prose("I.b") == "Cấp trên, **thôn** ba."
    assert area.toPlainText().replace(APART, "") == "Ấp Một có  thôn. moi"
    area.setFocus()
    QTest.keyClick(area, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert here.answers.prose("I.a") == "Ấp Một có {dan_cu.thon} ấp[^1]. moi\n\n[^1]: Ấp hai."
    assert here.answers.prose("I.b") == TEXTS["I.b"]
    assert area.toPlainText().replace(APART, "") == "Ấp Một có  ấp. moi"


def test_marks_and_whole_words_narrow_what_is_found(report: MainWindow) -> None:
    def act(dialog: ReplaceDialog) -> None:
        assert len(_sought(dialog, "ấp")) == 4
        dialog.whole.click()
        assert dialog.list.topLevelItemCount() == 5
        dialog.sought.clear()
        assert _sought(dialog, "khong thay") == []
        assert not dialog.take.isEnabled()

    _asked(report, act)


def test_a_place_leads_to_its_item_and_many_places_are_shown_in_part(report: MainWindow) -> None:
    view = report.room.view
    assert view is not None
    _here(report).write("I.c", "ba " * (MOST + 5))

    def act(dialog: ReplaceDialog) -> None:
        _sought(dialog, "ba")
        assert dialog.list.topLevelItemCount() == MOST
        assert str(MOST) in dialog.said.text()
        dialog.sought.clear()
        _sought(dialog, "khong co gi")
        dialog.go.click()

    _asked(report, act)
    assert view.place_here() == "III.1.e"
