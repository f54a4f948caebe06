"""A stick with the data file is pulled out while somebody types, and comes back: as it was, changed, or another one (R10)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dcs_desktop.core.trouble import Refusal
from dcs_desktop.store import open_file, writing
from dcs_desktop.ui.report_view import ReportView
from dcs_desktop.workspace import Workspace, new_report
from tests.ui.shell_data import PERIOD, unit_file

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows moves no folder with an open file in it")
KEY = "dan_cu.thon"


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the stick is found while it is there."""
    monkeypatch.setattr(writing, "RETRY", 0.05)
    folder = tmp_path / "usb"
    folder.mkdir()
    unit_file(folder / "xa.sqlite")
    return folder


@pytest.fixture
def view(stick: Path, qtbot: QtBot) -> Iterator[ReportView]:
    """A report on the stick, in the form."""
    file = open_file(stick / "xa.sqlite")
    setup = file.setup()
    assert setup is not None
    workspace = Workspace.open(file, new_report(file, setup, PERIOD, "dcs@2024"))
    made = ReportView(workspace)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    yield made
    for part in (workspace.close, file.close):
        try:
            part()
        except Refusal:
            assert not (stick / "xa.sqlite.lock").exists() or stick.name == "usb"


def types(view: ReportView, digits: str) -> None:
    view.go_to(KEY)
    field = view.focusWidget()
    assert field is not None
    QTest.keyClicks(field, digits)
    view.commit()


def on_disk(path: Path) -> str:
    with closing(open_file(path, read_only=True)) as file:
        return str(file.report(1).answers.value(KEY).content)


def away(stick: Path) -> Path:
    return stick.rename(stick.with_name("túi áo"))


def foot(view: ReportView) -> str:
    return view.status.saved.text()


def pulled_out(qtbot: QtBot, view: ReportView, stick: Path) -> Path:
    """The stick away, something typed since and told not to be saved; where the stick is now."""
    types(view, "9")
    qtbot.waitUntil(lambda: "Đã lưu" in foot(view))
    pocket = away(stick)
    types(view, "1")
    qtbot.waitUntil(lambda: "đã bị rút" in foot(view))
    return pocket


def test_r10_what_was_typed_while_the_stick_was_away_is_saved_once_it_is_back(
    qtbot: QtBot, view: ReportView, stick: Path
) -> None:
    pocket = pulled_out(qtbot, view, stick)
    assert view.workspace.answers.value(KEY).content is not None
    assert "cắm lại" in foot(view)
    pocket.rename(stick)
    qtbot.waitUntil(lambda: "Đã lưu" in foot(view))
    said = str(view.workspace.answers.value(KEY).content)
    assert said != "9"
    assert on_disk(stick / "xa.sqlite") == said, "without another key"


def test_r10_a_copy_in_its_place_is_held_again(qtbot: QtBot, view: ReportView, stick: Path) -> None:
    """After it was mounted again everything on it has other numbers; a lock on what was there holds nobody up."""
    pocket = away(stick)
    types(view, "7")
    qtbot.waitUntil(lambda: "đã bị rút" in foot(view))
    shutil.copytree(pocket, stick)
    qtbot.waitUntil(lambda: "Đã lưu" in foot(view))
    assert on_disk(stick / "xa.sqlite") == "7"
    with pytest.raises(Refusal, match="đang được mở"):
        open_file(stick / "xa.sqlite")


@pytest.mark.parametrize("other", ["changed", "another unit", "nothing"])
def test_r10_nothing_is_written_into_a_file_that_is_not_the_one_that_was_open(
    qtbot: QtBot, view: ReportView, stick: Path, other: str
) -> None:
    pocket = pulled_out(qtbot, view, stick)
    stick.mkdir()
    path = stick / "xa.sqlite"
    if other == "changed":
        shutil.copy(pocket / path.name, path)
        with closing(open_file(path)) as file:
            workspace = Workspace.open(file, 1)
            workspace.enter(KEY, "55")
            workspace.close()
    elif other == "another unit":
        unit_file(path, "31393@GSO-2024")
    before = path.read_bytes() if path.exists() else None
    words = "Không mở được" if other == "nothing" else "không còn như lúc đang mở"
    qtbot.waitUntil(lambda: words in foot(view))
    assert (path.read_bytes() if path.exists() else None) == before
    shutil.rmtree(stick)
    pocket.rename(stick)
    qtbot.waitUntil(lambda: "Đã lưu" in foot(view))
    assert on_disk(path) == str(view.workspace.answers.value(KEY).content)
