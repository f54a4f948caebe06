"""First start: three pages by keyboard, and a data file that says whose it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dcs_desktop.store import open_file
from dcs_desktop.ui.first_start import FirstStart
from dcs_desktop.ui.main_window import MainWindow
from tests.ui.shell_data import type_into


def _first_start(qtbot: QtBot, window: MainWindow, data: Path) -> FirstStart:
    window.open_data(data, None)
    qtbot.waitUntil(lambda: isinstance(window.pages.currentWidget(), FirstStart))
    page = window.pages.currentWidget()
    assert isinstance(page, FirstStart)
    return page


def _find(qtbot: QtBot, page: FirstStart, typed: str, code: str) -> None:
    QTest.keyClicks(page.unit.sought, typed)
    qtbot.waitUntil(lambda: page.unit.unit is not None and page.unit.unit.code == code)


def _press(page: FirstStart) -> None:
    page.next.setFocus()
    QTest.keyClick(page.next, Qt.Key.Key_Space)


def test_a_commune_says_who_it_is_by_keyboard(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    data = tmp_path / "dữ liệu" / "dcs.sqlite"
    page = _first_start(qtbot, window, data)
    assert not page.next.isEnabled()
    _find(qtbot, page, "phuong binh can tho", "31426")
    _press(page)
    assert page.receiver.unit is not None
    assert page.receiver.unit.name == "Thành phố Cần Thơ"
    _press(page)
    type_into(page.letterhead.signatory, "Nguyễn Văn A")
    _press(page)
    assert window.opened is not None
    setup = window.opened.setup
    assert setup.unit.identity == "31426@GSO-2025-07"
    assert setup.receiver.name == "Thành phố Cần Thơ"
    assert (setup.level, setup.training) == ("commune", False)
    assert setup.letterhead.signatory == "Nguyễn Văn A"
    assert window.pages.currentWidget() is window.start_page
    window.let_go_of_data()
    file = open_file(data)
    assert file.setup() == setup
    file.close()


def test_enter_leads_through_first_start(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.show()
    page = _first_start(qtbot, window, tmp_path / "dcs.sqlite")
    qtbot.waitUntil(lambda: window.focusWidget() is page.unit.sought)
    _find(qtbot, page, "phuong binh can tho", "31426")
    QTest.keyClick(page.unit.sought, Qt.Key.Key_Return)
    QTest.keyClick(page.unit.found, Qt.Key.Key_Return)
    assert window.focusWidget() is page.receiver.sought
    QTest.keyClick(page.next, Qt.Key.Key_Return)
    QTest.keyClick(page.next, Qt.Key.Key_Return)
    assert window.opened is not None


def test_a_unit_of_the_old_list_reports_to_its_district(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    page = _first_start(qtbot, window, tmp_path / "dcs.sqlite")
    page.unit.choose_list("GSO-2024")
    _find(qtbot, page, "phuong binh phung hiep", "31426")
    _press(page)
    assert page.receiver.unit is not None
    assert page.receiver.unit.name == "Huyện Phụng Hiệp"


def test_an_agency_is_typed_by_hand(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    page = _first_start(qtbot, window, tmp_path / "dcs.sqlite")
    page.unit.turn_to_hand()
    for editor, typed in ((page.unit.code, "cq-001"), (page.unit.name, "Phòng Nội vụ")):
        type_into(editor, typed)
    assert page.unit.complete
    assert page.unit.typed == ("CQ-001", "Phòng Nội vụ", "cơ quan")


def test_nothing_is_written_before_the_last_page(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    data = tmp_path / "dcs.sqlite"
    page = _first_start(qtbot, window, data)
    _find(qtbot, page, "phuong binh can tho", "31426")
    _press(page)
    assert not data.exists()
