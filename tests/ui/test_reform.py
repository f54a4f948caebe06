"""Reforms of units in the window: a table is added, totals are compared through it, predecessors are proposed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from dcs_desktop import receiving, reform_library
from dcs_desktop.store import open_file
from dcs_desktop.ui import messages, tables
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.ui.predecessors_dialog import PredecessorsDialog
from dcs_desktop.ui.tasks import Worker
from tests.test_reform import CLOSER, KEY, NOW, SUCCESSORS, TODAY, files, setup_for

__all__ = ["files"]


@pytest.fixture(autouse=True)
def forgotten(own_home: Path) -> Iterator[None]:
    reform_library.reform.cache_clear()
    yield
    reform_library.reform.cache_clear()


def desk_file(files: Path, path: Path, without: tuple[str, ...] = ()) -> Path:
    file = open_file(path, create=True)
    file.save_setup(setup_for("92", "receiving", SUCCESSORS))
    there = [one for one in sorted((files / "now").iterdir()) if one.stem not in without]
    receiving.import_paths(file, [files / "demo" / "packages", *there], TODAY)
    file.close()
    return path


def opened_at(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    """The totals of 2025, the figure chosen, last period read."""
    window.open_data(path, None)
    qtbot.waitUntil(lambda: window.opened is not None)
    window.show_desk()
    assert window.desk is not None
    window.desk.go_to((window.desk.tabs.indexOf(window.desk.totals), str(NOW)))
    choose(window, qtbot)


def choose(window: MainWindow, qtbot: QtBot) -> None:
    assert window.desk is not None
    tab = window.desk.totals
    qtbot.waitUntil(lambda: tab._before is not None)
    tab.totals.setCurrentItem(
        next(line for line in tables.rows(tab.totals) if line.data(0, tables.KEY) == KEY)
    )


def test_a_total_says_over_which_units_it_is_compared(
    files: Path, tmp_path: Path, window: MainWindow, qtbot: QtBot
) -> None:
    opened_at(window, desk_file(files, tmp_path / "dcs.sqlite"), qtbot)
    assert window.desk is not None
    said = window.desk.totals.pane.lies.text()
    assert "so được 7/7 đơn vị, trước sắp xếp là 15 đơn vị" in said
    assert "nay 28.000" in said


def test_an_added_table_compares_what_can_be_compared_and_the_rest_is_named(
    files: Path, tmp_path: Path, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_at(window, desk_file(files, tmp_path / "dcs.sqlite", without=("31432",)), qtbot)
    assert window.desk is not None
    pane = window.desk.totals.pane
    assert "còn thiếu số liệu của Xã Tân Phước Hưng." in pane.lies.text()
    table = tmp_path / "bang.csv"
    table.write_text(CLOSER, "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_said: (str(table), ""))
    said: list[str] = []
    monkeypatch.setattr(messages, "note", lambda _asker, text, detail="": said.append(text))
    window.actions_by_name["reform"].trigger()
    assert "7 dòng" in said[0]
    choose(window, qtbot)
    qtbot.waitUntil(lambda: "so được 6/7 đơn vị, trước sắp xếp là 13 đơn vị" in pane.lies.text())
    assert "còn thiếu số liệu của Xã Tân Phước Hưng." in pane.lies.text()


def test_a_wrong_table_says_every_fault(
    tmp_path: Path, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "bang.csv"
    table.write_text(CLOSER.replace("31423", "99999").replace("2025-07-01,thử", "1/7,thử", 1), "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_said: (str(table), ""))
    said: list[str] = []
    monkeypatch.setattr(messages, "refuse", lambda _asker, text, detail="": said.append(f"{text}\n{detail}"))
    window.actions_by_name["reform"].trigger()
    assert "có 2 chỗ sai" in said[0]
    assert "Dòng 2: danh mục GSO-2024 không có mã 99999" in said[0]


def test_a_merged_commune_is_offered_what_it_was_made_of(qtbot: QtBot, tmp_path: Path) -> None:
    setup = setup_for("31393", "commune")
    worker = Worker()
    dialog = PredecessorsDialog(setup, worker)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.add_known.isVisible()
    assert "thuộc khu vực trước đây gồm: Thị trấn Kinh Cùng" in dialog.known.text()
    dialog.reject()
    table = tmp_path / "bang.csv"
    table.write_text(CLOSER, "utf-8")
    reform_library.add(table)
    dialog = PredecessorsDialog(setup, worker)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.add_known.isVisible()
    QTest.mouseClick(dialog.add_known, Qt.MouseButton.LeftButton)
    assert [one.name for one in dialog.setup.predecessors] == ["Thị trấn Kinh Cùng", "Xã Hòa An"]
    QTest.mouseClick(dialog.add_known, Qt.MouseButton.LeftButton)
    assert len(dialog.setup.predecessors) == 2
    worker.close()
