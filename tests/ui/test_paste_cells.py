"""A block copied from a spreadsheet is pasted into a field by key: shown first, taken as one action, or refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from dcs_desktop.core.offered import Verdict
from dcs_desktop.ui import messages
from dcs_desktop.ui.cells_dialog import CellsDialog
from dcs_desktop.ui.cells_in import CellsIn
from dcs_desktop.ui.editors import LineEditor
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.ui.table_editor import TableEditor
from tests.ui.shell_data import paste, unit_file, with_report

KEY, NEXT = "dn.cong_doan_co_so", "dn.tong"
LONGEST_BLOCK = 0.1


@pytest.fixture
def report(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> MainWindow:
    window.open_data(with_report(unit_file(tmp_path / "dcs.sqlite")), None)
    qtbot.waitUntil(lambda: window.opened is not None)
    window.open_first_report()
    return window


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[CellsDialog]]:
    """The previews that come, each accepted at once as the button does."""
    dialogs: list[CellsDialog] = []

    def accepted(dialog: QDialog) -> int:
        assert isinstance(dialog, CellsDialog)
        dialogs.append(dialog)
        return dialog.DialogCode.Accepted

    monkeypatch.setattr(CellsDialog, "exec", accepted)
    monkeypatch.setattr(CellsDialog, "deleteLater", lambda _dialog: None)
    yield dialogs
    for dialog in dialogs:
        dialog.close()


def _editor(window: MainWindow, key: str) -> LineEditor:
    view = window.room.view
    assert view is not None
    view.go_to(key)
    editor = view.findChild(LineEditor, key)
    assert editor is not None
    editor.setFocus()
    return editor


def test_a_block_is_shown_and_goes_in_as_one_action(
    qtbot: QtBot, report: MainWindow, shown: list[CellsDialog]
) -> None:
    here, view = report.room.workspace, report.room.view
    assert here is not None
    assert view is not None
    editor = _editor(report, KEY)
    paste(editor, "12\r\n85,650\r\n7\r\n")
    qtbot.waitUntil(lambda: bool(shown))
    model = shown[0].model
    assert [one.verdict for one in model.lines] == [Verdict.GOES, Verdict.OUT, Verdict.GOES]
    assert "85,650" in model.index(1, 4).data()
    assert here.figures[KEY].number == 12
    assert editor.text() == "12"
    other = view.findChild(LineEditor, "dn.co_cong_doan")
    assert other is not None
    assert other.text() == "7"
    QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (editor.text(), other.text()) == ("", "")


def test_lines_are_unticked_by_key_and_the_match_is_shifted(
    qtbot: QtBot, report: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = report.room.workspace
    assert here is not None
    seen: list[str] = []

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, CellsDialog)
        dialog.down.click()
        seen.extend(one.key for one in dialog.chosen)
        dialog.table.setFocus()
        QTest.keyClick(dialog.table, Qt.Key.Key_Space)
        seen.extend(one.key for one in dialog.chosen)
        dialog.take.click()

    editor = _editor(report, KEY)
    QTimer.singleShot(300, act)
    paste(editor, "12\t\r\n13\t\r\n")
    qtbot.waitUntil(lambda: len(seen) == 3)
    assert seen == [NEXT, "dn.co_cong_doan", "dn.co_cong_doan"]
    qtbot.waitUntil(lambda: here.figures["dn.co_cong_doan"].number == 13)
    assert not here.figures[KEY].answered
    assert not here.figures[NEXT].answered


def test_one_cell_is_typed_text(qtbot: QtBot, report: MainWindow, shown: list[CellsDialog]) -> None:
    editor = _editor(report, KEY)
    paste(editor, "1.640\r\n", "<table><tr><td>1.640</td></tr></table>")
    assert editor.text() == "1.640"
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert report.room.workspace is not None
    assert report.room.workspace.figures[KEY].number == 1640
    assert shown == []


def _blocked(qtbot: QtBot, until: Callable[[], bool]) -> float:
    """The longest time that the window did not come to its next event, in seconds."""
    beats = [perf_counter()]
    pulse = QTimer(interval=0)
    pulse.timeout.connect(lambda: beats.append(perf_counter()))
    pulse.start()
    qtbot.waitUntil(until, timeout=10_000)
    pulse.stop()
    return max(later - sooner for sooner, later in pairwise(beats))


def test_a_megabyte_is_refused_with_a_sentence_and_blocks_nothing(
    qtbot: QtBot, report: MainWindow, shown: list[CellsDialog], monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(messages, "refuse", lambda _asker, sentence, _detail="": said.append(sentence))
    editor = _editor(report, KEY)
    assert report.room.view is not None
    assert report.room.view.page is not None
    report.room.view.page.build_all()
    qtbot.wait(300)
    for text in ("1\t2\r\n" * 200_000, "9" * 1_000_000):
        # The best of three: other programs on this machine may hold it up, the paste itself is always the same.
        assert min(_longest_block(qtbot, editor, text, said) for _try in range(3)) < LONGEST_BLOCK
        assert "quá 300.000" in said[0]
    assert editor.text() == ""
    assert shown == []


def _longest_block(qtbot: QtBot, editor: QWidget, text: str, said: list[str]) -> float:
    said.clear()
    began = perf_counter()
    paste(editor, text)
    pasting = perf_counter() - began
    return max(pasting, _blocked(qtbot, lambda: bool(said)))


def test_a_long_table_is_seen_forty_rows_together(
    qtbot: QtBot, report: MainWindow, shown: list[CellsDialog]
) -> None:
    here, view = report.room.workspace, report.room.view
    assert here is not None
    assert view is not None
    first = here.add_row("mo_hinh").row
    view.refresh()
    paste(_editor(report, f"mo_hinh/{first}/ten"), "".join(f"Mô hình {n}\tẤp {n}\r\n" for n in range(1, 101)))
    qtbot.waitUntil(lambda: len(here.answers.rows["mo_hinh"]) == 100)
    assert view.page is not None
    (table,) = (t for block in view.page.blocks for t in block.tables if t.table.id == "mo_hinh")
    qtbot.waitUntil(lambda: len(table.editors) == 40 * 3, timeout=10_000)
    assert view.entry.text(table.editors[0].key) == "Mô hình 1"
    assert _editor(report, table.editors[0].key).text() == "Mô hình 1"
    after = table.findChild(QToolButton, "turn:1:mo_hinh")
    assert after is not None
    after.click()
    qtbot.waitUntil(lambda: len(table.editors) == 40 * 3, timeout=10_000)
    assert _editor(report, table.editors[0].key).text() == "Mô hình 41"
    last = here.answers.rows["mo_hinh"][-1].id
    view.go_to(f"mo_hinh/{last}/ten")
    focused = QApplication.focusWidget()
    assert isinstance(focused, LineEditor)
    assert focused.text() == "Mô hình 100"
    assert not after.isEnabled()
    view.undo()
    qtbot.waitUntil(lambda: len(table.editors) == 3)
    assert not after.isVisible()


def test_no_turn_lays_out_more_than_two_of_many_rows(
    qtbot: QtBot, report: MainWindow, shown: list[CellsDialog], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five hundred rows come at once; between any two turns the window answers."""
    here, view = report.room.workspace, report.room.view
    assert here is not None
    assert view is not None
    first = here.add_row("mo_hinh").row
    view.refresh()
    editor = _editor(report, f"mo_hinh/{first}/ten")
    laid: list[int] = []
    lay, turn = TableEditor._lay, CellsIn._show_taken

    def counted(table: TableEditor, count: int) -> None:
        before = len(table.editors)
        lay(table, count)
        laid.append(len(table.editors) - before)

    def whole(cells: CellsIn) -> None:
        laid.clear()
        turn(cells)
        assert sum(laid) <= 2 * 3, "the turn in which the rows were taken"

    monkeypatch.setattr(TableEditor, "_lay", counted)
    monkeypatch.setattr(CellsIn, "_show_taken", whole)
    paste(editor, "".join(f"Mô hình {n}\tẤp {n}\r\n" for n in range(500)))
    qtbot.waitUntil(lambda: sum(laid) == 39 * 3, timeout=10_000)
    assert max(laid) <= 2 * 3
    assert len(here.answers.rows["mo_hinh"]) == 500
