"""The Excel form through the window: written from the menu, dropped when it comes back, chosen cell by cell."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from dcs_desktop.core.offered import Verdict
from dcs_desktop.ui import files, messages
from dcs_desktop.ui.cells_dialog import CellsDialog
from dcs_desktop.ui.excel_form_dialog import ExcelFormDialog
from dcs_desktop.ui.main_window import MainWindow
from tests.test_taking_form import VALUE, Rows, put, rewritten
from tests.ui.shell_data import unit_file, with_report

FIRST, SECOND = "dn.cong_doan_co_so", "dn.tong"


@pytest.fixture
def report(qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    monkeypatch.setattr(messages, "ask", lambda *_said: False)
    window.open_data(with_report(unit_file(tmp_path / "dcs.sqlite")), None)
    qtbot.waitUntil(lambda: window.opened is not None)
    window.open_first_report()
    return window


def _written(qtbot: QtBot, window: MainWindow, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The form of section III.3, made from the menu."""
    path = folder / "tu-phap.xlsx"

    def choose(dialog: QDialog) -> int:
        assert isinstance(dialog, ExcelFormDialog)
        for at in range(dialog.sections.count()):
            line = dialog.sections.item(at)
            chosen = line.data(Qt.ItemDataRole.UserRole) == "III.3"
            line.setCheckState(Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)
        dialog.due.setText("32/12/2024")
        assert not dialog.make.isEnabled()
        dialog.due.setText("05/12/2024")
        dialog.filler.setText("Nguyễn Văn A")
        assert dialog.make.isEnabled()
        return dialog.DialogCode.Accepted

    monkeypatch.setattr(ExcelFormDialog, "exec", choose)
    monkeypatch.setattr(files, "ask_to_save", lambda *_said: path)
    window.actions_by_name["form_out"].trigger()
    qtbot.waitUntil(path.exists)
    return path


def _drop(window: MainWindow, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    none = Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
    window.dropEvent(drop)


def _dialog(
    qtbot: QtBot, window: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch
) -> list[CellsDialog]:
    shown: list[CellsDialog] = []

    def choose(dialog: QDialog) -> int:
        assert isinstance(dialog, CellsDialog)
        shown.append(dialog)
        dialog.show()
        conflict = [one.verdict for one in dialog.model.lines].index(Verdict.CONFLICT)
        values = [dialog.model.index(conflict, column).data() for column in (1, 2, 3)]
        assert values == ["", "15", "20"]
        assert FIRST not in [one.key for one in dialog.chosen]
        dialog.table.setCurrentIndex(dialog.model.index(conflict, 0))
        QTest.keyClick(dialog.table, Qt.Key.Key_Space)
        return dialog.DialogCode.Accepted

    monkeypatch.setattr(CellsDialog, "exec", choose)
    monkeypatch.setattr(CellsDialog, "deleteLater", lambda _dialog: None)
    _drop(window, path)
    qtbot.waitUntil(lambda: bool(shown), timeout=10_000)
    qtbot.addWidget(shown[0])
    return shown


def test_out_from_the_menu_and_back_by_dropping(
    qtbot: QtBot, report: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = report.room.workspace
    assert here is not None
    path = _written(qtbot, report, tmp_path, monkeypatch)

    def fill(rows: Rows) -> None:
        put(rows, FIRST, VALUE, 20)
        put(rows, SECOND, VALUE, 9)

    path.write_bytes(rewritten(path.read_bytes(), fill))
    here.enter(FIRST, "15")
    report.show_start()
    _dialog(qtbot, report, path, monkeypatch)
    again, view = report.room.workspace, report.room.view
    assert again is not None
    assert view is not None
    qtbot.waitUntil(lambda: again.figures[SECOND].number == 9)
    assert again.figures[FIRST].number == 20
    view.go_to(SECOND)
    said = view.findChild(QLabel, f"{SECOND}:giver")
    assert said is not None
    assert said.text().startswith("Do Nguyễn Văn A (tu-phap.xlsx) điền, nhận lúc ")
    view.undo()
    assert not again.figures[SECOND].answered
    assert again.figures[FIRST].number == 15


def test_a_form_that_changes_nothing_is_told_so(
    qtbot: QtBot, report: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _written(qtbot, report, tmp_path, monkeypatch)
    said: list[str] = []
    monkeypatch.setattr(messages, "note", lambda _asker, sentence, _detail="": said.append(sentence))
    monkeypatch.setattr(files, "ask_excel_form", lambda _asker: path)
    report.actions_by_name["form_in"].trigger()
    qtbot.waitUntil(lambda: bool(said))
    assert "không có gì khác" in said[0]


def test_a_workbook_that_says_nothing_of_a_report_is_refused_while_none_is_open(
    qtbot: QtBot, report: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _written(qtbot, report, tmp_path, monkeypatch)

    def forget(rows: Rows) -> None:
        del rows["dcs"]

    path.write_bytes(rewritten(path.read_bytes(), forget))
    report.show_start()
    said: list[str] = []
    monkeypatch.setattr(messages, "refuse", lambda _asker, sentence, _detail="": said.append(sentence))
    _drop(report, path)
    qtbot.waitUntil(lambda: bool(said))
    assert "mở báo cáo trước" in said[0]
