"""Keys in the window: another key is held, a call settles it; a key is kept under a password and taken out elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from dcs_desktop import keys, receiving
from dcs_desktop.core.fingerprint import words
from dcs_desktop.store import open_file
from dcs_desktop.ui import messages, tables
from dcs_desktop.ui.clock import now
from dcs_desktop.ui.export import ExportDialog
from dcs_desktop.ui.key_call import CallDialog
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.ui.password import PasswordDialog
from dcs_desktop.ui.receiving_desk import ReceivingDesk
from dcs_desktop.ui.signing_keys import SigningKeysDialog
from dcs_desktop.ui.unit_history import UnitHistoryDialog
from dcs_desktop.workspace import Workspace
from tests.ui.shell_data import COMMUNE, DISTRICT, PERIOD, packed, unit_file, with_report

Step = Callable[[QDialog], object]


def sit_at(monkeypatch: pytest.MonkeyPatch, folder: Path, name: str) -> str:
    """Another machine; the fingerprint of its key."""
    monkeypatch.setenv("DCS_DESKTOP_HOME", str(folder / "máy" / name))
    return keys.own_key().fingerprint


def over(qtbot: QtBot, act: Callable[[], object], **steps: Step) -> None:
    """Do something that opens dialogs, also one over another; each, by its kind, is driven by its step, then closed."""
    seen: list[QDialog] = []

    def drive(dialog: QDialog) -> None:
        try:
            if (step := steps.pop(type(dialog).__name__, None)) is not None:
                step(dialog)
        finally:
            if dialog.isVisible():  # else what it was closed with would be forgotten
                dialog.reject()

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog) and dialog not in seen:
            seen.append(dialog)
            QTimer.singleShot(0, partial(drive, dialog))  # on its own: what it opens is looked for meanwhile

    watch = QTimer(interval=20)
    watch.timeout.connect(look)
    watch.start()
    try:
        act()
        qtbot.waitUntil(lambda: not steps and QApplication.activeModalWidget() is None)
    finally:
        watch.stop()


def amended(data: Path, folder: Path) -> Path:
    """The package of an amendment, made on whatever machine one sits at."""
    from dcs_desktop.exporting import export_report

    file = open_file(data)
    workspace = Workspace.open(file, file.reports()[-1].ref)
    workspace.amend()
    workspace.close()
    workspace = Workspace.open(file, file.reports()[-1].ref)
    workspace.enter("hoa_giai.thanh", "5")
    path = export_report(workspace, folder, now()).path
    workspace.close()
    file.close()
    return path


@pytest.fixture
def desk(qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ReceivingDesk:
    """The district with the package of a commune, and an amendment of it that another machine signed."""
    sit_at(monkeypatch, tmp_path, "xã")
    packed(with_report(unit_file(tmp_path / "xa.sqlite")), tmp_path / "goi")
    sit_at(monkeypatch, tmp_path, "xã, máy mới")
    amended(tmp_path / "xa.sqlite", tmp_path / "goi2")
    sit_at(monkeypatch, tmp_path, "huyện")
    window.open_data(unit_file(tmp_path / "huyen.sqlite", DISTRICT), None)
    qtbot.waitUntil(lambda: window.opened is not None)
    for folder in ("goi", "goi2"):
        window.open_paths([tmp_path / folder])
        qtbot.waitUntil(lambda: window.desk is not None and not window.worker.busy)
    assert window.desk is not None
    return window.desk


def state(desk: ReceivingDesk) -> tuple[str, int | None]:
    units = receiving.status(desk._opened.file, PERIOD, now().date())
    return next((one.state, one.revision) for one in units if one.unit.identity == COMMUNE)


def test_a_call_settles_another_key_in_three_clicks(qtbot: QtBot, desk: ReceivingDesk) -> None:
    packages = desk.packages
    assert packages.keys.isVisibleTo(packages)
    (line,) = tables.rows(packages.verdicts)
    assert "khóa khác" in line.text(4)
    assert state(desk) == ("with_errors", 0)
    standings: list[str] = []

    def settle(dialog: QDialog) -> None:
        assert isinstance(dialog, SigningKeysDialog)
        chosen = dialog.units.currentItem()
        assert chosen is not None
        assert chosen.text(2) == "chưa xác nhận, đang giữ 1 gói", "what waits is chosen"
        dialog.call.click()
        standings.extend(line.text(2) for line in tables.rows(dialog.units))

    def call(dialog: QDialog) -> None:
        assert isinstance(dialog, CallDialog)
        assert len(dialog.words.text().replace("–", "").split()) == 8
        assert dialog.focusWidget() is dialog.later, "Enter alone confirms nothing"
        dialog.yes.click()

    over(qtbot, packages.keys.click, SigningKeysDialog=settle, CallDialog=call)
    assert standings[0].startswith("đã xác nhận ngày")
    assert standings[1] == "trước đây"
    assert state(desk)[1] == 1


def test_other_words_refuse_a_key_and_later_decides_nothing(qtbot: QtBot, desk: ReceivingDesk) -> None:
    file = desk._opened.file
    held = next(one for one in receiving.unit_keys(file) if one.held)
    dialog = SigningKeysDialog(file, desk)
    over(qtbot, dialog.decide, CallDialog=lambda call: call.later.click())  # type: ignore[attr-defined]  # of that kind
    assert file.decisions().get(COMMUNE) is None
    over(qtbot, dialog.decide, CallDialog=lambda call: call.no.click())  # type: ignore[attr-defined]  # of that kind
    (said,) = file.decisions()[COMMUNE]
    assert (said.key, said.trusted) == (held.key, False)
    line = next(line for line in tables.rows(dialog.units) if line.text(2).startswith("đã từ chối"))
    assert line.text(1) == held.words
    assert state(desk)[1] == 0
    dialog.deleteLater()


def test_the_file_of_a_unit_leads_to_its_keys(qtbot: QtBot, desk: ReceivingDesk) -> None:
    desk.tabs.setCurrentWidget(desk.filing)
    for line in tables.rows(desk.filing.units):
        line.setSelected(line.data(0, tables.KEY) == COMMUNE)
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, SigningKeysDialog)
        seen.extend(line.text(0) for line in tables.rows(dialog.units))

    def history(dialog: QDialog) -> None:
        assert isinstance(dialog, UnitHistoryDialog)
        dialog.show_keys()

    over(qtbot, desk.filing.show_history, UnitHistoryDialog=history, SigningKeysDialog=look)
    assert seen == ["Xã Phương Bình", "Xã Phương Bình"]


def test_a_letter_under_another_key_is_taken_after_a_call(
    qtbot: QtBot, window: MainWindow, desk: ReceivingDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = desk._opened.file
    first = receiving.send(
        file, receiving.receipt(file, COMMUNE, PERIOD, now().date()), tmp_path / "thư", now()
    )
    other = sit_at(monkeypatch, tmp_path, "huyện, máy mới")
    again = receiving.receipt(file, COMMUNE, PERIOD, now().date(), "hai")
    second = receiving.send(file, again, tmp_path / "thư", now())
    window.open_data(tmp_path / "xa.sqlite", None)
    qtbot.waitUntil(lambda: window.opened is not None and window.opened.path.name == "xa.sqlite")
    assert window.opened is not None
    unit = window.opened.file

    def drop(path: Path) -> None:
        window.open_paths([path])
        qtbot.waitUntil(lambda: not window.worker.busy)

    def call(dialog: QDialog) -> None:
        assert isinstance(dialog, CallDialog)
        assert dialog.words.text() == words(other)
        dialog.yes.click()

    over(qtbot, lambda: drop(first), LetterDialog=lambda _dialog: None)
    assert len(unit.letters(sent=False)) == 1
    over(qtbot, lambda: drop(second), CallDialog=call, LetterDialog=lambda _dialog: None)
    assert len(unit.letters(sent=False)) == 2


def test_the_key_goes_into_the_data_and_out_on_another_machine(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = sit_at(monkeypatch, tmp_path, "cũ")
    data = with_report(unit_file(tmp_path / "xa.sqlite"))
    packed(data, tmp_path / "goi")
    file = open_file(data)
    dialog = SigningKeysDialog(file)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.own.text() == words(first)
    assert not dialog.unlock.isEnabled()

    def set_password(asked: QDialog) -> None:
        assert isinstance(asked, PasswordDialog)
        assert asked.focusWidget() is asked.typed
        QTest.keyClicks(asked.typed, "mat khau dai")
        assert asked.typed.text() == "mat khau dai"
        assert not asked.go.isEnabled(), "not yet typed twice"
        QTest.keyClicks(asked.repeated, "mat khau dai")
        QTest.keyClick(asked.repeated, Qt.Key.Key_Return)

    over(qtbot, dialog.lock.click, PasswordDialog=set_password)
    assert "chỉ cần mật khẩu" in dialog.about.text()
    second = sit_at(monkeypatch, tmp_path, "mới")
    dialog.fill()
    assert dialog.own.text() == words(second)
    assert words(first) in dialog.other.text()
    refused: list[str] = []
    monkeypatch.setattr(messages, "refuse", lambda _asker, sentence, _detail="": refused.append(sentence))

    def answer(password: str) -> Step:
        def step(asked: QDialog) -> None:
            assert isinstance(asked, PasswordDialog)
            QTest.keyClicks(asked.typed, password)
            QTest.keyClick(asked.typed, Qt.Key.Key_Return)

        return step

    over(qtbot, dialog.unlock.click, PasswordDialog=answer("mat khau khac"))
    assert "Mật khẩu không đúng" in refused[0]
    over(qtbot, dialog.unlock.click, PasswordDialog=answer("mat khau dai"))
    assert (dialog.own.text(), dialog.other.text()) == (words(first), "")
    file.close()


def test_a_damaged_key_file_is_said_and_a_new_key_asked_for(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sit_at(monkeypatch, tmp_path, "một")
    keys.key_file().write_bytes(b"{}")
    dialog = SigningKeysDialog(None)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "bị hỏng" in dialog.trouble.text()
    monkeypatch.setattr(messages, "ask", lambda *_said, **_more: False)
    dialog.new.click()
    assert keys.key_file().read_bytes() == b"{}"
    monkeypatch.setattr(messages, "ask", lambda *_said, **_more: True)
    dialog.new.click()
    assert dialog.own.text() == words(keys.own_key().fingerprint)
    assert not dialog.trouble.isVisible()
    assert not dialog.new.isVisible(), "a key that works is not replaced by a click"


def test_an_export_tells_when_the_key_is_another_one(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sit_at(monkeypatch, tmp_path, "cũ")
    data = with_report(unit_file(tmp_path / "xa.sqlite"))
    packed(data, tmp_path / "goi")
    fresh = sit_at(monkeypatch, tmp_path, "mới")
    file = open_file(data)
    workspace = Workspace.open(file, 1)
    for expected in (True, False):
        dialog = ExportDialog(workspace, str(tmp_path / "goi"), None)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.export()
        assert dialog._changed.isVisible() == expected, "said once: the next package is of the same key"
        assert (words(fresh) in dialog._changed.text()) == expected
        dialog.close()
    workspace.close()
    file.close()


def test_first_start_makes_the_key(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DCS_DESKTOP_HOME", str(tmp_path / "máy" / "mới"))
    window.open_data(tmp_path / "chua-co.sqlite", None)
    qtbot.waitUntil(lambda: not window.worker.busy)
    assert keys.key_file().exists()


def test_the_menu_shows_the_keys_without_data_too(qtbot: QtBot, window: MainWindow) -> None:
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, SigningKeysDialog)
        seen.append(dialog.own.text())

    over(qtbot, window.actions_by_name["signing"].trigger, SigningKeysDialog=look)
    assert seen == [words(keys.own_key().fingerprint)]
