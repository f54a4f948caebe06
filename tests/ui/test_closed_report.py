"""A report that left the house is looked at; only the button beside the sentence begins an amendment."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from dcs_desktop.store import DataFile, open_file
from dcs_desktop.ui import messages
from dcs_desktop.ui.editors import LineEditor
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.ui.prose_area import ProseArea
from dcs_desktop.ui.report_view import ReportView
from dcs_desktop.workspace import Workspace
from tests.ui.shell_data import COMMUNE, PERIOD, entered_figures, packed, type_into, unit_file, with_report

CONTROL = Qt.KeyboardModifier.ControlModifier
ITEM = "II.1.b"


@pytest.fixture
def looked_at(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> MainWindow:
    """The window on an exported report, which the user only wanted to look at."""
    data = with_report(unit_file(tmp_path / "dcs.sqlite"))
    packed(data, tmp_path / "xuất")
    monkeypatch.setattr(messages, "ask", lambda *_args, **_named: False)
    window.open_data(data, None)
    qtbot.waitUntil(lambda: window.opened is not None)
    assert window.opened is not None
    window.open_report(window.opened.file.reports()[0].ref)
    return window


def view_of(window: MainWindow) -> tuple[ReportView, Workspace]:
    assert window.room.view is not None
    assert window.room.workspace is not None
    return window.room.view, window.room.workspace


def revisions(file: DataFile) -> list[int]:
    return [summary.identity.revision for summary in file.reports()]


def type_everywhere(view: ReportView, workspace: Workspace) -> None:
    """What an officer may try: figures, states, prose, tables, undo."""
    key = entered_figures(workspace)[0]
    view.go_to(key)
    assert view.page is not None
    figure = view.page.findChild(QWidget, key)
    assert isinstance(figure, LineEditor)
    QTest.keyClicks(figure, "99")
    QTest.keyClick(figure, Qt.Key.Key_0, CONTROL)
    QTest.keyClick(figure, Qt.Key.Key_F4)
    view.go_to(ITEM)
    assert view.page is not None
    area = view.page.findChild(ProseArea, ITEM)
    assert area is not None
    type_into(area, "thêm chữ")
    for letter in (Qt.Key.Key_A, Qt.Key.Key_Return, Qt.Key.Key_Backspace):
        QTest.keyClick(area, letter)
    for letter in (Qt.Key.Key_B, Qt.Key.Key_K, Qt.Key.Key_V):
        QTest.keyClick(area, letter, CONTROL)
    QTest.keyClick(area, Qt.Key.Key_F, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    view.undo()
    view.entry.add_row(workspace.form.items[ITEM].tables[0].id)
    view.save()


def test_nothing_typed_into_an_exported_report_begins_an_amendment(looked_at: MainWindow) -> None:
    view, workspace = view_of(looked_at)
    before = workspace.report()
    type_everywhere(view, workspace)
    assert workspace.report() == before
    assert revisions(workspace.file) == [0]
    assert "đã xuất" in view.notice.words.text()
    assert not any(
        button.isVisible() for button in view.findChildren(QPushButton) if "nothing:" in button.objectName()
    )


def test_the_button_begins_the_amendment_and_title_and_bar_follow(
    qtbot: QtBot, looked_at: MainWindow
) -> None:
    view, workspace = view_of(looked_at)
    key = entered_figures(workspace)[1]
    view.go_to(key)
    assert view.page is not None
    assert view.notice.button.text() == "Lập bổ sung lần 1"
    QTest.mouseClick(view.notice.button, Qt.MouseButton.LeftButton)
    view, workspace = view_of(looked_at)
    assert revisions(workspace.file) == [0, 1]
    assert not view.notice.isVisible()
    assert "bổ sung lần 1" in view.bar.title
    assert "Bổ sung lần 1" in looked_at.windowTitle()
    view.go_to(key)
    assert view.page is not None
    field = view.page.findChild(QWidget, key)
    assert isinstance(field, LineEditor)
    field.selectAll()
    QTest.keyClicks(field, "77")
    QTest.keyClick(field, Qt.Key.Key_Return)
    workspace.flush()
    assert workspace.file.report(workspace.ref).answers.value(key).content == 77


def test_from_an_older_revision_the_way_leads_to_the_newest(looked_at: MainWindow) -> None:
    view, workspace = view_of(looked_at)
    first = workspace.ref
    view.notice.button.click()
    looked_at.show_start()
    looked_at.open_report(first)
    view, workspace = view_of(looked_at)
    assert workspace.ref == first
    assert view.notice.button.text() == "Mở bổ sung lần 1"
    view.notice.button.click()
    view, workspace = view_of(looked_at)
    assert workspace.identity.revision == 1
    assert "Bổ sung lần 1" in looked_at.windowTitle()


def test_an_edit_that_made_an_amendment_is_in_title_and_bar(looked_at: MainWindow) -> None:
    view, workspace = view_of(looked_at)
    workspace.enter(entered_figures(workspace)[0], "5")
    view.refresh()
    assert "bổ sung lần 1" in view.bar.title
    assert "Bổ sung lần 1" in looked_at.windowTitle()
    assert not view.notice.isVisible()


def test_a_report_is_closed_as_soon_as_it_is_exported(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dcs_desktop.ui.export import ExportDialog

    window.open_data(with_report(unit_file(tmp_path / "dcs.sqlite")), None)
    qtbot.waitUntil(lambda: window.opened is not None)
    window.open_first_report()
    view, workspace = view_of(window)
    assert not view.notice.isVisible()
    window.room.folder = str(tmp_path)
    monkeypatch.setattr(ExportDialog, "exec", lambda dialog: dialog.export())
    window.room.export()
    assert view.notice.isVisible()
    type_everywhere(view, workspace)
    assert revisions(workspace.file) == [0]


def test_a_data_file_that_is_only_read_is_only_read(qtbot: QtBot, tmp_path: Path) -> None:
    path = with_report(unit_file(tmp_path / "dcs.sqlite"))
    file = open_file(path, read_only=True)
    summary = file.latest(COMMUNE, PERIOD)
    assert summary is not None
    workspace = Workspace.open(file, summary.ref)
    view = ReportView(workspace)
    qtbot.addWidget(view)
    view.show()
    before = workspace.report()
    type_everywhere(view, workspace)
    assert workspace.report() == before
    assert "chỉ để xem" in view.notice.words.text()
    assert not view.notice.button.isVisible()
    file.close()
