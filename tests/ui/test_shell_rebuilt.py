"""Another theme, size or language while something is open: what is seen follows, and stays where it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from dcs_desktop import i18n
from dcs_desktop.i18n import Language
from dcs_desktop.store import open_file
from dcs_desktop.ui import dressing, look
from dcs_desktop.ui.editors import LineEditor
from dcs_desktop.ui.first_start import FirstStart
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.ui.preferences import Preferences
from dcs_desktop.ui.report_view import ReportView
from dcs_desktop.ui.settings import SettingsDialog
from tests.ui.shell_data import DISTRICT, entered_figures, type_into, unit_file, with_report


@pytest.fixture(autouse=True)
def usual_look() -> Iterator[None]:
    """Whatever was chosen, the next test begins as at first."""
    yield
    dressing.dress(Preferences())


def choose(window: MainWindow, name: str, value: str | int) -> list[str]:
    """Choose in the settings as a user does; the titles of the dialogs that were seen."""
    seen: list[str] = []

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, SettingsDialog)
        seen.append(dialog.windowTitle())
        choice = {"theme": dialog.theme, "text_size": dialog.text_size, "language": dialog.language}[name]
        if choice.currentData() == value:
            dialog.reject()
            return
        choice.setCurrentIndex(choice.findData(value))
        QTimer.singleShot(0, act)
        choice.activated.emit(choice.currentIndex())

    QTimer.singleShot(0, act)
    window.show_settings()
    QApplication.processEvents()
    return seen


def report_open(qtbot: QtBot, window: MainWindow, folder: Path) -> tuple[ReportView, str]:
    window.open_data(with_report(unit_file(folder / "dcs.sqlite")), None)
    qtbot.waitUntil(lambda: window.opened is not None)
    window.open_first_report()
    view, workspace = window.room.view, window.room.workspace
    assert view is not None
    assert workspace is not None
    key = entered_figures(workspace)[1]
    view.go_to(key)
    return view, key


@pytest.mark.parametrize(("name", "value"), [("theme", "dark"), ("text_size", 125), ("language", "en")])
def test_an_open_report_follows_at_the_same_field(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, name: str, value: str | int
) -> None:
    before, key = report_open(qtbot, window, tmp_path)
    field = before.focusWidget()
    assert isinstance(field, LineEditor)
    field.selectAll()
    QTest.keyClicks(field, "7")
    choose(window, name, value)
    view, workspace = window.room.view, window.room.workspace
    assert view is not before
    assert view is not None
    assert workspace is not None
    assert window.pages.currentWidget() is view
    assert view.field_here() == key
    assert workspace.answers.value(key).content == 7, "what was typed is kept"
    shown = view.focusWidget()
    assert isinstance(shown, LineEditor)
    shown.selectAll()
    QTest.keyClicks(shown, "8")
    QTest.keyClick(shown, Qt.Key.Key_Return)
    workspace.flush()
    assert workspace.file.report(workspace.ref).answers.value(key).content == 8
    qtbot.waitUntil(lambda: i18n._("Đã lưu {time}").split()[0] in view.status.saved.text())


def test_words_and_settings_follow_the_language(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    report_open(qtbot, window, tmp_path)
    assert choose(window, "language", "en") == ["Cài đặt", "Settings"]
    view = window.room.view
    assert view is not None
    assert view.side.tabText(0) == i18n._("Rà soát lỗi") != "Rà soát lỗi"
    assert choose(window, "language", "vi") == ["Settings", "Cài đặt"]
    assert window.room.view is not None
    assert window.room.view.side.tabText(0) == "Rà soát lỗi"


def test_the_preview_stays_at_its_item(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    report_open(qtbot, window, tmp_path)
    page = window.room.preview("III.1.e")
    assert page is not None
    qtbot.waitUntil(lambda: page.ready, timeout=20_000)
    qtbot.waitUntil(lambda: page.items.currentData() == "III.1.e")
    choose(window, "theme", "dark")
    again = window.room.preview_page
    assert again is not None
    assert again is not page
    assert window.pages.currentWidget() is again
    qtbot.waitUntil(lambda: again.ready, timeout=20_000)
    qtbot.waitUntil(lambda: again.items.currentData() == "III.1.e")
    assert look.colours() is look.DARK


def test_the_desk_stays_at_its_tab(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.open_data(unit_file(tmp_path / "dcs.sqlite", DISTRICT), None)
    qtbot.waitUntil(lambda: window.opened is not None)
    desk = window.show_desk()
    assert desk is not None
    desk.tabs.setCurrentIndex(2)
    choose(window, "language", "en")
    assert window.desk is not desk
    assert window.desk is not None
    assert window.pages.currentWidget() is window.desk
    assert window.desk.tabs.currentIndex() == 2


def test_settings_kept_while_a_report_is_open_leave_it_open(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    view, _key = report_open(qtbot, window, tmp_path)
    assert window.opened is not None
    setup = window.opened.setup
    letterhead = replace(setup.letterhead, series="99/BC-UBND")
    window.take_setup(replace(setup, letterhead=letterhead))
    assert window.pages.currentWidget() is view
    assert window.opened.setup.letterhead.series == "99/BC-UBND"


def test_a_data_file_in_use_can_be_looked_at(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = with_report(unit_file(tmp_path / "dcs.sqlite"))
    holder = open_file(path)
    window.open_data(path, None)
    qtbot.waitUntil(lambda: window.start_page.findChild(QWidget, "look") is not None)
    look_button = window.start_page.findChild(QWidget, "look")
    assert look_button is not None
    qtbot.waitUntil(look_button.isVisible)
    QTest.mouseClick(look_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.opened is not None)
    assert "chỉ để xem" in window.windowTitle()
    assert not window.actions_by_name["new"].isEnabled()
    window.open_first_report()
    assert window.room.view is not None
    assert window.room.view.notice.isVisible()
    assert not window.actions_by_name["export"].isEnabled()
    holder.close()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_larger_letters_need_no_horizontal_scroll_bar(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, language: Language
) -> None:
    dressing.dress(Preferences(language=language, text_size=125))
    view, _key = report_open(qtbot, window, tmp_path)
    window.resize(1366, 740)
    view.check()
    workspace = window.room.workspace
    assert workspace is not None
    for section in workspace.form.sections:
        if section.items:
            page = view.show_section(section)
            page.build_all()
            QApplication.processEvents()
            assert page.horizontalScrollBar().maximum() == 0, section.id


def test_first_start_in_another_language_keeps_what_was_typed(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    window.open_data(tmp_path / "chua-co.sqlite", None)
    qtbot.waitUntil(lambda: isinstance(window.pages.currentWidget(), FirstStart))
    page = window.pages.currentWidget()
    assert isinstance(page, FirstStart)
    page.unit.choose_list("GSO-2024")
    QTest.keyClicks(page.unit.sought, "tan binh")
    qtbot.waitUntil(lambda: page.unit.found.count() > 3)
    page.unit.found.setCurrentRow(2)
    chosen = page.unit.unit
    page.next.click()
    receiver = page.receiver.unit
    page.next.click()
    type_into(page.letterhead.signatory, "Nguyễn Văn A")
    page.letterhead.series.setText("99/BC")
    choose(window, "language", "en")
    again = window.pages.currentWidget()
    assert isinstance(again, FirstStart)
    assert again is not page
    qtbot.waitUntil(lambda: not window.worker.busy)
    assert again.next.text() == "Finish"
    assert (again.unit.unit, again.receiver.unit) == (chosen, receiver)
    assert again.unit.sought.text() == "tan binh"
    head = again.letterhead.letterhead()
    assert (head.signatory, head.series) == ("Nguyễn Văn A", "99/BC")
    again.next.click()
    assert window.opened is not None
    assert chosen is not None
    assert window.opened.setup.unit.code == chosen.code
    assert window.opened.setup.letterhead.series == "99/BC"


def test_first_start_keeps_an_agency_typed_by_hand(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.open_data(tmp_path / "chua-co.sqlite", None)
    qtbot.waitUntil(lambda: isinstance(window.pages.currentWidget(), FirstStart))
    page = window.pages.currentWidget()
    assert isinstance(page, FirstStart)
    page.unit.turn_to_hand()
    type_into(page.unit.code, "CQ-007")
    type_into(page.unit.name, "Phòng Nội vụ")
    choose(window, "language", "en")
    again = window.pages.currentWidget()
    assert isinstance(again, FirstStart)
    assert again.unit.by_hand
    assert again.unit.typed[:2] == ("CQ-007", "Phòng Nội vụ")
    assert again.next.isEnabled()
