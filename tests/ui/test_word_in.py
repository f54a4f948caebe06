"""Last year's report through the window: dropped or chosen, confirmed by keys, beside the new report as Kỳ trước."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from dcs_desktop.core.period import Period
from dcs_desktop.ui import messages, word_in
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.ui.word_in_dialog import WordInDialog
from dcs_desktop.ui.word_in_texts import Choice
from dcs_desktop.ui.word_in_which import WhichReport
from tests.old_words import SAID, bold, old_report, saved
from tests.test_taking_word import FORM
from tests.ui.shell_data import unit_file, with_report

PATIENCE = 30_000


@pytest.fixture
def report(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> MainWindow:
    """The window on the report of 2025, without one of 2024."""
    window.open_data(with_report(unit_file(tmp_path / "dcs.sqlite"), Period(2025)), None)
    qtbot.waitUntil(lambda: window.opened is not None)
    window.open_first_report()
    return window


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the window said at the end."""
    notes: list[str] = []
    monkeypatch.setattr(messages, "note", lambda _asker, sentence, *_detail: notes.append(sentence))
    return notes


def _asked(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> list[WordInDialog]:
    """The first question answered as proposed, the window of confirmation left open for the test."""
    shown: list[WordInDialog] = []

    def kept(dialog: QDialog) -> int:
        assert isinstance(dialog, WordInDialog)
        shown.append(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=PATIENCE)
        return dialog.result()

    monkeypatch.setattr(WhichReport, "exec", lambda _dialog: 1)
    monkeypatch.setattr(WordInDialog, "exec", kept)
    monkeypatch.setattr(WordInDialog, "deleteLater", lambda _dialog: None)
    return shown


def _file(folder: Path) -> Path:
    document = old_report(FORM, bold, only="III.1")
    document.paragraphs[-1].insert_paragraph_before()
    table = document.add_table(2, 2)
    for row, texts in zip(
        table.rows, (("Nội dung", "Số liệu"), ("Số hòa giải viên nữ", "85,650")), strict=True
    ):
        row.cells[0].text, row.cells[1].text = texts
    return saved(document, folder / "bao cao 2024.docx")


def _act(qtbot: QtBot, shown: list[WordInDialog], act: object) -> None:
    from PySide6.QtCore import QTimer

    def when_there() -> None:
        if shown and shown[-1].isVisible():
            act(shown[-1])  # type: ignore[operator]  # a function of the test
        else:
            QTimer.singleShot(20, when_there)

    QTimer.singleShot(0, when_there)


def test_a_dropped_file_becomes_last_period_beside_the_open_report(
    qtbot: QtBot, report: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: list[str]
) -> None:
    shown = _asked(qtbot, monkeypatch)

    def confirm(dialog: WordInDialog) -> None:
        texts, figures = dialog.texts, dialog.figures
        rows = texts.list.topLevelItemCount()
        assert texts.counts() == (rows, 0, 0)
        QTest.keyClick(texts.list, Qt.Key.Key_Space)
        assert texts.counts() == (rows - 1, 0, 1)
        first = texts.passage
        assert first is not None
        texts.put(first.line, "IV.2")
        dialog.tabs.setCurrentWidget(figures)
        qtbot.waitUntil(lambda: figures.of_passages is not None, timeout=PATIENCE)
        line = next(row for row in figures._rows() if row.text(1) == "85,650")
        figures.list.setCurrentItem(line)
        assert line.checkState(0) is Qt.CheckState.Unchecked
        QTest.keyClick(figures.list, Qt.Key.Key_Space)
        assert line.checkState(0) is Qt.CheckState.Unchecked
        assert "85.650" in figures.told.text()
        line.setText(1, "23")
        assert line.checkState(0) is Qt.CheckState.Checked
        QTest.keyClick(dialog.ending, Qt.Key.Key_Space)

    _act(qtbot, shown, confirm)
    report.open_paths([_file(tmp_path)])
    qtbot.waitUntil(lambda: bool(said), timeout=PATIENCE)
    here = report.room.workspace
    assert here is not None
    assert here.before is not None
    assert here.identity.period == Period(2025)
    assert here.before.identity.period == Period(2024)
    assert here.before.figures["hoa_giai_vien.nu"].number == 23
    assert here.before.figures["hoa_giai.thanh"].number == 45
    assert here.before.answers.prose("IV.2") == SAID.format(id="III.1.a")
    assert report.room.view is not None
    side = report.room.view.side
    side.setCurrentWidget(side.last)
    assert "Nhập từ Word: bao cao 2024.docx" in side.last.text.toPlainText()
    assert report.opened is not None
    assert "Nhập từ Word" in " ".join(_list_words(report))


def _list_words(window: MainWindow) -> list[str]:
    window.show_start()
    reports = window.start_page.reports
    return [reports.topLevelItem(place).text(2) for place in range(reports.topLevelItemCount())]  # type: ignore[union-attr]  # there are as many


def test_nothing_is_kept_when_it_is_called_off(
    qtbot: QtBot, report: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = _asked(qtbot, monkeypatch)
    path = _file(tmp_path)
    monkeypatch.setattr(word_in, "ask_file", lambda _window: path)
    _act(qtbot, shown, lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))
    report.actions_by_name["word_in"].trigger()
    qtbot.waitUntil(lambda: bool(shown) and not shown[0].isVisible(), timeout=PATIENCE)
    assert report.opened is not None
    assert len(report.opened.file.reports()) == 1
    assert report.opened.file.sources() == {}


def test_doubtful_passages_wait_for_a_word(
    qtbot: QtBot, report: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = _asked(qtbot, monkeypatch)
    document = old_report(FORM, bold, only="III.1")
    for place, paragraph in enumerate(document.paragraphs):
        if paragraph.text.startswith("b)"):
            added = document.paragraphs[place].insert_paragraph_before()
            added.add_run("Đề mục riêng của xã").bold = True
            following = document.paragraphs[place + 1].insert_paragraph_before()
            following.add_run("Số việc Nhân dân bàn và quyết định là 9 việc.")
    path = saved(document, tmp_path / "cu.docx")
    monkeypatch.setattr(word_in, "ask_file", lambda _window: path)

    def look(dialog: WordInDialog) -> None:
        texts = dialog.texts
        assert texts.counts()[1] == 1
        line = next(line for line, choice in texts._choices.items() if choice is Choice.DOUBTFUL)
        assert texts.items()[line] == ""
        assert "ban_quyet_dinh.so_viec" not in dialog.figures.figures()
        QTest.keyClick(texts.take_all, Qt.Key.Key_Space)
        assert texts.items()[line] == "III.1.a"
        dialog.tabs.setCurrentWidget(dialog.figures)
        qtbot.waitUntil(lambda: dialog.figures.of_passages is not None, timeout=PATIENCE)
        assert dialog.figures.figures()["ban_quyet_dinh.so_viec"] == "9"
        dialog.reject()

    _act(qtbot, shown, look)
    report.actions_by_name["word_in"].trigger()
    qtbot.waitUntil(lambda: bool(shown) and not shown[0].isVisible(), timeout=PATIENCE)
