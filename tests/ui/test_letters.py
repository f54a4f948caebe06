"""Letters through the window: written at the desk, dropped at the unit, answered, and seen at the desk again."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QTreeWidget
from pytestqt.qtbot import QtBot

from dcs_desktop.core.trouble import Severity
from dcs_desktop.store import open_file
from dcs_desktop.ui import files, messages, tables
from dcs_desktop.ui.desk_filing import FilingTab
from dcs_desktop.ui.entering_dialog import EnteringDialog
from dcs_desktop.ui.letter_dialog import LetterDialog
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.ui.request_dialog import RequestDialog
from dcs_desktop.ui.unit_history import UnitHistoryDialog
from dcs_desktop.workspace import Workspace
from tests.ui.shell_data import COMMUNE, desk_with_one, entered_figures

KINDS = LetterDialog | RequestDialog | UnitHistoryDialog | EnteringDialog | QMessageBox
ITEM, TEXT = "I.a", "Xã công khai ở nhiều nơi."


def over(qtbot: QtBot, act: Callable[[], object], *steps: Callable[[QDialog], object]) -> None:
    """Do something that opens dialogs one after another; each is driven by its step."""
    left = list(steps)
    seen: list[object] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, KINDS) and left:
            seen.append(left.pop(0)(dialog))

    watch = QTimer(interval=20)
    watch.timeout.connect(look)
    watch.start()
    act()
    qtbot.waitUntil(lambda: not left and QApplication.activeModalWidget() is None)
    watch.stop()


@pytest.fixture
def filing(qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FilingTab:
    """The desk's list of units, one of which has filed; letters are written into a folder."""
    monkeypatch.setattr(files, "ask_folder", lambda *_said: tmp_path / "thư")
    desk = desk_with_one(qtbot, window, tmp_path)
    desk.tabs.setCurrentWidget(desk.filing)
    choose(desk.filing, COMMUNE)
    return desk.filing


def choose(filing: FilingTab, *units: str) -> None:
    filing.units.clearSelection()
    for line in tables.rows(filing.units):
        line.setSelected(line.data(0, tables.KEY) in units)


def state_of(filing: FilingTab, unit: str = COMMUNE) -> str:
    return next(one.state for one in filing._units if one.unit.identity == unit)


def asked_at(key: str) -> Callable[[QDialog], None]:
    """Ask one question at a figure in the dialog of the request."""

    def step(shown: QDialog) -> None:
        dialog = cast("RequestDialog", shown)
        line = next(one for one in tables.rows(dialog.places) if one.data(0, tables.KEY) == key)
        dialog.places.setCurrentItem(line)
        dialog.question.setPlainText("Sao là 3?")
        dialog.add.click()
        dialog.send.click()

    return step


def close(dialog: QDialog) -> None:
    dialog.reject()


def open_unit(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.open_data(tmp_path / "xa.sqlite", None)
    qtbot.waitUntil(lambda: window.opened is not None and window.opened.path.name == "xa.sqlite")


def take(qtbot: QtBot, window: MainWindow, letter: Path, step: Callable[[QDialog], object]) -> None:
    """Drop a letter on the window."""

    def drop() -> None:
        window.open_paths([letter])
        qtbot.waitUntil(lambda: not window.worker.busy)

    over(qtbot, drop, step)


def test_a_correction_goes_to_the_field_and_comes_back(
    qtbot: QtBot, window: MainWindow, filing: FilingTab, tmp_path: Path
) -> None:
    file = open_file(tmp_path / "xa.sqlite", read_only=True)
    key = entered_figures(Workspace.open(file, 1))[0]
    file.close()
    over(qtbot, filing.letters.ask_questions, asked_at(key), close)
    assert state_of(filing) == "correction_requested"
    (letter,) = (tmp_path / "thư").glob("*chinh-sua.zip")
    open_unit(qtbot, window, tmp_path)
    take(qtbot, window, letter, lambda dialog: dialog.accept())
    answer(window, key)
    window.let_go_of_data()
    path = amendment(tmp_path)
    window.open_data(tmp_path / "huyen.sqlite", None)
    qtbot.waitUntil(lambda: window.opened is not None and window.opened.path.name == "huyen.sqlite")
    window.open_paths([path])
    desk = window.desk
    assert desk is not None
    qtbot.waitUntil(lambda: desk.packages.verdicts.topLevelItemCount() == 1)
    desk.tabs.setCurrentWidget(desk.filing)
    choose(desk.filing, COMMUNE)
    told: list[str] = []

    def look(shown: QDialog) -> None:
        dialog = cast("UnitHistoryDialog", shown)
        line = tables.rows(dialog.asked)[0]
        told.extend(line.text(place) for place in range(5))
        dialog.note.setText("Đã gọi điện.")
        dialog.add_note()
        told.append(tables.rows(dialog.events)[3].text(2))
        dialog.accept()

    over(qtbot, desk.filing.show_history, look)
    assert told[1:] == ["Sao là 3?", "Gõ nhầm.", "3", "5", "Đã gọi điện."]


def answer(window: MainWindow, key: str) -> None:
    """Answer the question at the field where the hand is, and change the figure."""
    view, workspace = window.room.view, window.room.workspace
    assert view is not None
    assert workspace is not None
    assert workspace.identity.revision == 1
    assert view.field_here() == key
    acceptance = view.side.findings.acceptance
    assert acceptance.isVisible()
    acceptance.reason.setText("Gõ nhầm.")
    acceptance.button.click()
    view.entry.enter(key, "5")
    asked = [finding for finding in workspace.findings if finding.severity is Severity.QUESTION]
    assert [finding.accepted for finding in asked] == ["Gõ nhầm."]
    window.show_start()
    assert "đã xuất" in tables.rows(window.start_page.reports)[1].text(3)


def amendment(tmp_path: Path) -> Path:
    """The package of the commune's amendment."""
    from dcs_desktop.exporting import export_report
    from dcs_desktop.ui.clock import now

    file = open_file(tmp_path / "xa.sqlite")
    workspace = Workspace.open(file, 2)
    path = export_report(workspace, tmp_path / "goi2", now()).path
    workspace.close()
    file.close()
    return path


def test_acceptance_locks_but_an_amendment_is_still_offered(
    qtbot: QtBot, window: MainWindow, filing: FilingTab, tmp_path: Path
) -> None:
    over(qtbot, filing.letters.send_acceptance, close)
    assert state_of(filing) == "accepted"
    (letter,) = (tmp_path / "thư").glob("*chap-nhan.zip")
    open_unit(qtbot, window, tmp_path)
    take(qtbot, window, letter, close)
    view = window.room.view
    assert view is not None
    assert "đã chấp nhận" in view.notice.words.text()
    assert view.notice.button.isVisible()
    window.show_start()
    assert "cấp trên đã chấp nhận" in tables.rows(window.start_page.reports)[0].text(3)


def test_totals_stand_beside_the_units_own_figures(
    qtbot: QtBot, window: MainWindow, filing: FilingTab, tmp_path: Path
) -> None:
    over(qtbot, filing.letters.send_totals, close)
    (letter,) = (tmp_path / "thư").glob("*tong-hop.zip")
    open_unit(qtbot, window, tmp_path)
    told: list[str] = []

    def look(shown: QDialog) -> None:
        table = shown.findChild(QTreeWidget)
        assert isinstance(table, QTreeWidget)
        told.extend(tables.rows(table)[0].text(place) for place in range(1, 5))
        shown.reject()

    take(qtbot, window, letter, look)
    assert told[0] == told[1] == "3"
    assert told[3] == "1/15"


def test_a_wrong_letter_is_refused_in_a_sentence(
    qtbot: QtBot, window: MainWindow, filing: FilingTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    over(qtbot, filing.letters.send_receipt, close)
    (letter,) = (tmp_path / "thư").glob("*xac-nhan.zip")
    letter.write_bytes(letter.read_bytes()[:-20])
    said: list[str] = []
    monkeypatch.setattr(messages, "refuse", lambda _asker, sentence, _detail="": said.append(sentence))
    open_unit(qtbot, window, tmp_path)
    window.open_paths([letter])
    qtbot.waitUntil(lambda: bool(said))
    assert "hỏng" in said[0]
    assert window.opened is not None
    assert window.opened.file.letters(sent=False) == ()


def test_a_passage_is_quoted_and_found_again(qtbot: QtBot, tmp_path: Path) -> None:
    from dcs_desktop.receiving.letters import worded
    from tests.ui.shell_data import unit_file, with_report

    file = open_file(with_report(unit_file(tmp_path / "xa.sqlite")))
    workspace = Workspace.open(file, 1)
    workspace.write(ITEM, TEXT)
    report = workspace.report()
    dialog = RequestDialog(report, worded(report))
    qtbot.addWidget(dialog)
    line = next(one for one in tables.rows(dialog.places) if one.data(0, tables.KEY) == ITEM)
    dialog.places.setCurrentItem(line)
    cursor = dialog.value.textCursor()
    cursor.setPosition(3)
    cursor.setPosition(12, QTextCursor.MoveMode.KeepAnchor)
    dialog.value.setTextCursor(cursor)
    dialog.question.setPlainText("Ở đâu?")
    assert not dialog.send.isEnabled()
    dialog.add.click()
    (question,) = dialog.questions
    assert (question.key, question.quote, question.text) == (ITEM, "công khai", "Ở đâu?")
    dialog.remove.click()
    assert dialog.questions == ()
    dialog.sought.setText("khong co muc nay")
    assert all(one.isHidden() for one in tables.rows(dialog.places))
    workspace.close()
    file.close()


def test_units_are_found_without_marks_and_the_missing_reminded(
    qtbot: QtBot, filing: FilingTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filing.sought.setText("phuong binh")
    assert [line.text(0) for line in tables.rows(filing.units)] == ["Xã Phương Bình"]
    filing.sought.clear()
    path = tmp_path / "nhắc.eml"
    monkeypatch.setattr(files, "ask_to_save", lambda *_said: path)
    monkeypatch.setattr(messages, "note", lambda *_said: None)
    filing.reminder.draft.click()
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert mail["X-Unsent"] == "1"
    body = mail.get_body()
    assert body is not None
    assert "Xã Phương Bình" not in body.get_content()
    assert "Xã Hòa An" in body.get_content()


def test_letters_go_to_several_units_and_those_without_a_package_are_named(
    qtbot: QtBot, filing: FilingTab, tmp_path: Path
) -> None:
    choose(filing, COMMUNE, "31423@GSO-2024")
    said: list[str] = []

    def look(shown: QDialog) -> None:
        said.append(cast("QMessageBox", shown).informativeText())
        shown.reject()

    over(qtbot, filing.letters.send_receipt, look)
    assert "xac-nhan.zip" in said[0]
    assert "Chưa nhận được gói" in said[0]
    assert len(list((tmp_path / "thư").iterdir())) == 1


def test_a_letter_by_the_menu_is_shown_again(
    qtbot: QtBot, window: MainWindow, filing: FilingTab, tmp_path: Path
) -> None:
    over(qtbot, filing.letters.send_receipt, close)
    (letter,) = (tmp_path / "thư").glob("*xac-nhan.zip")
    open_unit(qtbot, window, tmp_path)
    take(qtbot, window, letter, close)
    titles: list[str] = []

    def look(shown: QDialog) -> None:
        titles.append(shown.windowTitle())
        shown.reject()

    over(qtbot, window.actions_by_name["letter"].trigger, look)
    assert titles == ["Phiếu xác nhận đã nhận báo cáo"]


def test_a_report_on_paper_is_entered_at_the_desk_and_told_apart(
    qtbot: QtBot, window: MainWindow, filing: FilingTab
) -> None:
    assert not filing.enter.isEnabled(), "this unit sent a package of its own"
    unit = "31423@GSO-2024"
    choose(filing, unit)

    def begin(shown: QDialog) -> None:
        dialog = cast("EnteringDialog", shown)
        assert not dialog.go.isEnabled()
        dialog.by.setText("Nguyễn Văn A")
        dialog.go.click()

    over(qtbot, filing.enter_for, begin)
    view, workspace = window.room.view, window.room.workspace
    assert view is not None
    assert workspace is not None
    key = entered_figures(workspace)[0]
    view.entry.enter(key, "8")
    desk = window.show_desk()
    assert desk is not None
    choose(desk.filing, unit)
    over(qtbot, desk.filing.enter_for, lambda shown: cast("EnteringDialog", shown).go.click(), close)
    line = next(one for one in tables.rows(desk.filing.units) if one.data(0, tables.KEY) == unit)
    assert line.text(2) == "Chính thức, nhập thay"
    assert "Nguyễn Văn A" in line.toolTip(2)
    desk.tabs.setCurrentWidget(desk.totals)
    total = next(one for one in tables.rows(desk.totals.totals) if one.data(0, tables.KEY) == key)
    assert (total.text(1).split()[0], total.text(2)) == ("11", "2/15, 1 nhập thay")


def test_a_template_that_comes_in_a_letter_is_offered_and_added(
    qtbot: QtBot, window: MainWindow, filing: FilingTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dcs_desktop import receiving
    from dcs_desktop.ui.clock import now
    from tests.ui.shell_data import PERIOD

    assert window.opened is not None
    file = window.opened.file
    letter = receiving.new_template(file, COMMUNE, PERIOD, "dcs@2025", now().date())
    path = receiving.send(file, letter, tmp_path, now())
    told: list[str] = []
    monkeypatch.setattr(messages, "note", lambda _asker, sentence, _detail="": told.append(sentence))
    open_unit(qtbot, window, tmp_path)
    take(qtbot, window, path, lambda dialog: dialog.accept())
    assert "dcs@2025" in told[0]
    assert window.room.view is None, "a template is about no report"
