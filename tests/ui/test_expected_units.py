"""Who reports to a desk: ticked, added, given addresses and due days by keyboard, kept in the data file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from dcs_desktop import receiving
from dcs_desktop.core.period import Period
from dcs_desktop.core.setup import Setup
from dcs_desktop.store import open_file
from dcs_desktop.ui import tables
from dcs_desktop.ui.expected_dialog import ExpectedDialog
from dcs_desktop.ui.expected_list import ADDRESS
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.ui.receiving_desk import ReceivingDesk
from tests.ui.shell_data import DISTRICT, PERIOD, packed, type_into, unit_file, with_report

Ask = Callable[[Callable[[ExpectedDialog], None]], Setup]


@pytest.fixture
def desk(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> ReceivingDesk:
    """The district's desk, on 2024, looking at who has filed."""
    window.open_data(unit_file(tmp_path / "huyen.sqlite", DISTRICT), None)
    qtbot.waitUntil(lambda: window.opened is not None)
    window.open_paths([packed(with_report(unit_file(tmp_path / "xa.sqlite")), tmp_path / "goi")[0]])
    made = window.desk
    assert made is not None
    qtbot.waitUntil(lambda: made.packages.verdicts.topLevelItemCount() == 1)
    made.tabs.setCurrentWidget(made.filing)
    return made


@pytest.fixture
def asked(desk: ReceivingDesk, window: MainWindow) -> Ask:
    """Open the dialog by its button, do something in it; what the data file says then."""

    def ask(act: Callable[[ExpectedDialog], None]) -> Setup:
        def there() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, ExpectedDialog)
            try:
                QApplication.processEvents()
                act(dialog)
            finally:  # a dialog left open would wait for ever
                if dialog.isVisible():
                    dialog.reject()

        QTimer.singleShot(0, there)
        assert window.desk is not None
        button = window.desk.filing.findChild(QPushButton, "expected")
        assert isinstance(button, QPushButton)
        button.click()
        assert window.opened is not None
        kept = window.opened.file.setup()
        assert kept is not None
        return kept

    return ask


def keep(dialog: ExpectedDialog) -> None:
    button = dialog.findChild(QPushButton, "keep")
    assert isinstance(button, QPushButton)
    QTest.keyClick(button, Qt.Key.Key_Return)


def address_of_first(dialog: ExpectedDialog, typed: str) -> None:
    """Enter into the address of the line that is chosen, as the hand does."""
    QTest.keyClick(dialog.units, Qt.Key.Key_Return)
    editor = next(line for line in dialog.units.findChildren(QLineEdit) if line.isVisible())
    type_into(editor, typed)
    QTest.keyPress(editor, Qt.Key.Key_Return)
    QApplication.processEvents()


def test_a_unit_that_is_no_longer_awaited_is_not_missed(asked: Ask, window: MainWindow) -> None:
    names: list[str] = []

    def act(dialog: ExpectedDialog) -> None:
        assert dialog.units.topLevelItemCount() == 15
        line = dialog.units.currentItem()
        assert line is not None
        names.append(line.text(0))
        QTest.keyClick(dialog.units, Qt.Key.Key_Space)
        address_of_first(dialog, "xa@example.vn")
        keep(dialog)

    setup = asked(act)
    left_out = [one for one in setup.expected if not one.awaited]
    assert [(one.unit.name, one.address) for one in left_out] == [(names[0], "xa@example.vn")]
    desk = window.desk
    assert desk is not None
    assert desk.tabs.currentWidget() is desk.filing
    assert desk.period == PERIOD
    assert desk.filing.units.topLevelItemCount() == 14
    assert names[0] not in desk.filing.reminder.text.toPlainText()
    assert not desk.filing.reminder.addresses.isEnabled()


def test_addresses_of_the_missing_are_copied(asked: Ask, window: MainWindow) -> None:
    def act(dialog: ExpectedDialog) -> None:
        for typed in ("a@example.vn; b@example.vn", "c@example.vn"):
            address_of_first(dialog, typed)
            QTest.keyClick(dialog.units, Qt.Key.Key_Down)
        keep(dialog)

    asked(act)
    assert window.desk is not None
    window.desk.filing.reminder.addresses.click()
    assert QApplication.clipboard().text() == "a@example.vn; b@example.vn; c@example.vn"


def test_an_agency_gets_a_code_of_the_desks_own(asked: Ask, window: MainWindow, qtbot: QtBot) -> None:
    def act(dialog: ExpectedDialog) -> None:
        type_into(dialog.name, "Phòng Nội vụ")
        QTest.keyClick(dialog.name, Qt.Key.Key_Return)
        type_into(dialog.name, "Công ty Cấp nước")
        dialog.kind.setCurrentIndex(1)
        QTest.keyClick(dialog.name, Qt.Key.Key_Return)
        assert dialog.code.text() == "DN-002"
        dialog.code.setText("CQ-001")
        type_into(dialog.name, "Trùng mã")
        QTest.keyClick(dialog.name, Qt.Key.Key_Return)
        assert "CQ-001" in dialog.trouble.text()
        keep(dialog)

    setup = asked(act)
    own = [one.unit for one in setup.expected][15:]
    assert [(unit.identity, unit.name, unit.type) for unit in own] == [
        ("CQ-001@own:934", "Phòng Nội vụ", "cơ quan"),
        ("DN-001@own:934", "Công ty Cấp nước", "doanh nghiệp"),
    ]
    assert window.opened is not None
    status = receiving.status(window.opened.file, PERIOD, date(2024, 12, 1))
    assert [unit.unit.name for unit in status][15:] == ["Phòng Nội vụ", "Công ty Cấp nước"]

    def take_away(dialog: ExpectedDialog) -> None:
        QTest.keyClick(dialog.units, Qt.Key.Key_Delete)
        assert dialog.units.topLevelItemCount() == 17, "a unit of the official list stays"
        dialog.units.setCurrentItem(tables.rows(dialog.units)[16])
        QTest.keyClick(dialog.units, Qt.Key.Key_Delete)
        keep(dialog)

    assert len(asked(take_away).expected) == 16


def test_a_due_day_is_kept_and_makes_late(asked: Ask, window: MainWindow) -> None:
    def act(dialog: ExpectedDialog) -> None:
        dialog.tabs.setCurrentIndex(1)
        dialog.days[PERIOD].setText("31/02/2024")
        keep(dialog)
        assert dialog.isVisible(), "a day that is none is not kept"
        assert dialog.trouble.text()
        dialog.days[PERIOD].setText("5/12/2024")
        keep(dialog)

    setup = asked(act)
    assert setup.due_on(PERIOD) == date(2024, 12, 5)
    assert setup.due_on(Period(2025)) == date(2025, 12, 5)
    assert window.desk is not None
    assert "05/12/2024" in window.desk.filing.reminder.text.toPlainText()
    filter = window.desk.filing.filter
    filter.setCurrentIndex(filter.findData("late"))
    assert window.desk.filing.units.topLevelItemCount() == 15


def test_cancel_keeps_nothing(asked: Ask) -> None:
    def act(dialog: ExpectedDialog) -> None:
        QTest.keyClick(dialog.units, Qt.Key.Key_Space)
        address_of_first(dialog, "không phải địa chỉ")
        keep(dialog)
        assert dialog.isVisible()
        assert "không phải địa chỉ" in dialog.trouble.text()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    setup = asked(act)
    assert all(one.awaited and not one.address for one in setup.expected)


def test_units_are_found_without_marks_and_only_what_is_seen_is_ticked(asked: Ask) -> None:
    def act(dialog: ExpectedDialog) -> None:
        type_into(dialog.sought, "phuong binh")
        assert [line.text(0) for line in tables.rows(dialog.units) if not line.isHidden()] == [
            "Xã Phương Bình"
        ]
        dialog.units.tick_all(Qt.CheckState.Unchecked)
        keep(dialog)

    assert [one.unit.name for one in asked(act).expected if not one.awaited] == ["Xã Phương Bình"]


def test_a_setup_of_before_opens_with_every_unit_awaited(tmp_path: Path) -> None:
    import sqlite3

    from dcs_desktop.store.records import seal_of

    path = unit_file(tmp_path / "huyen.sqlite", DISTRICT)
    raw = sqlite3.connect(path)
    (content,) = raw.execute("SELECT content FROM setup").fetchone()
    old = content.replace(',"awaited":true', "")
    assert "awaited" not in old
    raw.execute("UPDATE setup SET content = ?, seal = ?", (old, seal_of("setup", old)))
    raw.commit()
    raw.close()
    file = open_file(path)
    setup = file.setup()
    file.close()
    assert setup is not None
    assert [one.awaited for one in setup.expected] == [True] * 15
    assert ADDRESS == 2
