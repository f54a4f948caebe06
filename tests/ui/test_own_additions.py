"""A unit adds figures and items of its own in the window: dialog, form, undo; the desk shows them apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from dcs_desktop.core.report import Addition
from dcs_desktop.core.values import Kind
from dcs_desktop.store import open_file
from dcs_desktop.ui import messages
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.ui.own_additions import AdditionDialog
from dcs_desktop.ui.report_view import ReportView
from dcs_desktop.workspace import Workspace, new_report
from tests.ui.shell_data import DISTRICT, PERIOD, packed, unit_file


def say(view: ReportView, press: str, name: str, kind: Kind = Kind.COUNT, unit: str = "") -> None:
    """Press a button of the form, fill the dialog it opens and keep what it says."""

    def fill() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, AdditionDialog)
        dialog.name.setText(name)
        dialog.kind.setCurrentIndex(dialog.kind.findData(kind.value))
        dialog.unit.setText(unit)
        QTest.keyClick(dialog.name, Qt.Key.Key_Return)

    QTimer.singleShot(0, fill)
    button(view, press).click()
    view.activateWindow()
    QApplication.processEvents()


def button(view: ReportView, name: str) -> QPushButton | QToolButton:
    assert view.page is not None
    view.page.build_all()
    found = view.page.findChild(QWidget, name)
    assert isinstance(found, QPushButton | QToolButton)
    return found


def test_added_typed_changed_removed_and_all_of_it_undone(
    view: ReportView, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "ask", lambda *_asked: True)
    view.go_to("II.3.a")
    section = workspace.form.section_of("II.3.a").id
    say(view, f"add:{section}", "Số cây trồng mới", Kind.COUNT, "cây")
    assert workspace.answers.own == {"own.1": Addition(section, Kind.COUNT, "Số cây trồng mới", "cây")}
    hand = QApplication.focusWidget()
    assert hand is not None
    assert hand.objectName() == "own.1"
    QTest.keyClicks(hand, "1640")
    QTest.keyClick(hand, Qt.Key.Key_Return)
    assert workspace.answers.value("own.1").number == 1640
    assert "own.1.so_lieu" in view.outline._lines
    view.go_to("own.1")
    say(view, f"add:{section}", "Kết nghĩa", Kind.PROSE)
    assert workspace.answers.own["own.2"].kind is Kind.PROSE
    say(view, "edit:own.1", "Số cây xanh", Kind.COUNT, "gốc")
    assert workspace.answers.own["own.1"].unit == "gốc"
    button(view, "remove:own.1").click()
    assert set(workspace.answers.own) == {"own.2"}
    assert "own.1.so_lieu" not in view.outline._lines
    for _step in range(2):
        view.undo()
    assert workspace.answers.own["own.1"].label == "Số cây trồng mới"
    assert workspace.answers.value("own.1").number == 1640
    assert "own.1.so_lieu" in view.outline._lines
    for _step in range(3):
        view.undo()
    assert workspace.answers.own == {}
    assert all(page.findChild(QWidget, "own.1") is None for page in [view.page] if page is not None)


def test_the_desk_shows_own_additions_apart(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    file = open_file(unit_file(tmp_path / "xa.sqlite"))
    setup = file.setup()
    assert setup is not None
    workspace = Workspace.open(file, new_report(file, setup, PERIOD, "dcs@2024"))
    workspace.set_own("own.1", Addition("III.1", Kind.COUNT, "Số cây trồng mới", "cây"))
    workspace.enter("own.1", "1640")
    workspace.close()
    file.close()
    packed(tmp_path / "xa.sqlite", tmp_path / "goi")
    window.open_data(unit_file(tmp_path / "huyen.sqlite", DISTRICT), None)
    qtbot.waitUntil(lambda: window.opened is not None)
    window.open_paths([tmp_path / "goi"])
    desk = window.desk
    assert desk is not None
    qtbot.waitUntil(lambda: desk.packages.verdicts.topLevelItemCount() == 1)
    desk.tabs.setCurrentWidget(desk.texts)
    texts = desk.texts
    texts.items.setCurrentIndex(texts.items.findData("own"))
    said = [label.text() for label in texts.findChildren(QLabel)]
    assert "Số cây trồng mới: 1.640 cây" in said
