"""What a new report takes over, through the real dialog and form: offered, marked, touched, confirmed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from dcs_desktop.core.period import Period
from dcs_desktop.store import open_file
from dcs_desktop.ui import look
from dcs_desktop.ui.carried import CarriedLine
from dcs_desktop.ui.export import ExportDialog
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.ui.new_report import NewReportDialog
from dcs_desktop.ui.report_view import ReportView
from dcs_desktop.workspace import Workspace, new_report
from tests.ui.shell_data import PERIOD, unit_file

THON, GROUPS, ITEM = "dan_cu.thon", "to_hoa_giai", "III.1.e"


def last_year(path: Path) -> Path:
    """A commune's data file with a report for 2024."""
    file = open_file(unit_file(path))
    setup = file.setup()
    assert setup is not None
    last = Workspace.open(file, new_report(file, setup, PERIOD, "dcs@2024"))
    last.enter(THON, "12")
    last.enter(GROUPS, "13")
    last.write(ITEM, "Năm 2024 đã hòa giải.")
    last.enter(f"van_ban/{last.add_row('van_ban').row}/so", "01-KH/ĐU")
    last.close()
    file.close()
    return path


@pytest.fixture
def workspace(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> Workspace:
    """The report for 2025, made in the dialog with everything taken over, open in the window."""
    window.open_data(last_year(tmp_path / "dcs.sqlite"), None)
    qtbot.waitUntil(lambda: window.opened is not None)
    assert window.opened is not None
    dialog = NewReportDialog(window.opened, Period(2025), window)
    assert [dialog.carry.source.itemText(0), dialog.carry.source.count()] == ["Năm 2024", 1]
    for box in dialog.carry.parts.values():
        assert not box.isChecked()
        QTest.keyClick(box, Qt.Key.Key_Space)
    QTest.keyClick(dialog.make, Qt.Key.Key_Space)
    assert dialog.ref is not None
    window.open_report(dialog.ref)
    assert window.room.workspace is not None
    return window.room.workspace


@pytest.fixture
def view(window: MainWindow, workspace: Workspace) -> ReportView:
    assert window.room.view is not None
    return window.room.view


def shown(view: ReportView, key: str) -> QWidget:
    """What stands under a key, on the screen, the hand in it."""
    view.go_to(key)
    view.activateWindow()
    QApplication.processEvents()
    found = view.findChild(QWidget, key)
    assert found is not None
    found.setFocus()
    return found


def line_of(view: ReportView, item: str) -> CarriedLine:
    view.go_to(item)
    QApplication.processEvents()
    found = view.findChild(CarriedLine, f"carried:{item}")
    assert found is not None
    return found


def marks(workspace: Workspace) -> set[str]:
    workspace.flush()
    return set(workspace.file.report(workspace.ref).answers.carried)


def test_everything_taken_over_is_marked_where_it_stands(view: ReportView, workspace: Workspace) -> None:
    assert marks(workspace) == {THON, GROUPS, ITEM, "van_ban"}
    line = line_of(view, ITEM)
    assert line.isVisible()
    assert "Chưa cập nhật, lấy từ báo cáo năm 2024: nội dung, số liệu." in line.said.text()
    assert "“Năm 2024”" in line.said.text()
    row = next(row for block in view.page.blocks for row in block.rows if row.figure.id == GROUPS)  # type: ignore[union-attr]  # a page is shown
    assert any("chưa cập nhật" in label.accessibleName() for label in row.findChildren(QLabel))
    section = workspace.form.section_of(ITEM)
    outline = view.outline._lines[ITEM]
    assert look.state_word("carried") in outline.toolTip(0)
    assert workspace.progress[section.id].carried == 2
    view.check()
    told = [view.side.findings.list.item(n).text() for n in range(view.side.findings.list.count())]
    assert sum("chưa cập nhật" in text for text in told) == 4


def test_typing_over_it_takes_the_mark_off(view: ReportView, workspace: Workspace) -> None:
    field = shown(view, GROUPS)
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, "14")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert GROUPS not in marks(workspace)
    assert line_of(view, ITEM).isVisible()


def test_f9_says_that_the_figure_and_then_the_item_is_right(view: ReportView, workspace: Workspace) -> None:
    line = line_of(view, ITEM)
    field = shown(view, GROUPS)
    QTest.keyClick(field, Qt.Key.Key_F9)
    assert marks(workspace) == {THON, ITEM, "van_ban"}
    assert workspace.answers.value(GROUPS).number == 13
    QTest.keyClick(field, Qt.Key.Key_F9)
    assert marks(workspace) == {THON, "van_ban"}
    assert not line.isVisible()
    QTest.keyClick(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert marks(workspace) == {THON, ITEM, "van_ban"}
    assert line.isVisible()


def test_the_button_says_it_of_the_whole_item(view: ReportView, workspace: Workspace) -> None:
    line_of(view, ITEM)
    pressed = view.findChild(QPushButton, f"confirm:{ITEM}")
    assert pressed is not None
    pressed.setFocus()
    QTest.keyClick(pressed, Qt.Key.Key_Space)
    assert marks(workspace) == {THON, "van_ban"}


def test_the_export_says_what_is_not_looked_at(
    window: MainWindow, view: ReportView, workspace: Workspace
) -> None:
    dialog = ExportDialog(workspace, "", window)
    told = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "4 chỗ lấy từ báo cáo trước, chưa cập nhật" in told
