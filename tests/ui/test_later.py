"""What later filings change in the desk's own report that has left the house: figures, sentences, pages, amendment."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from dcs_desktop import demo, receiving
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Report
from dcs_desktop.core.values import given
from dcs_desktop.exporting import export_report
from dcs_desktop.printing import render_report
from dcs_desktop.store import DataFile, open_file
from dcs_desktop.ui import messages
from dcs_desktop.ui.later_dialog import LaterDialog
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.workspace import Workspace
from tests.shell import Shell

TODAY = datetime.now(UTC).astimezone().date()
YEAR = Period.parse("2024")
UNIT, DISTRICT = "31426@GSO-2024", "934@GSO-2024"
# A rolled-up figure that a sentence of the district's sample report names by a linked figure.
KEY, ITEM = "ban_ttnd.cuoc", "III.1.e"


def in_file(path: Path, act: Callable[[DataFile], Path]) -> Path:
    file = open_file(path)
    try:
        return act(file)
    finally:
        file.close()


def exported(file: DataFile, unit: str, folder: Path, key: str = "") -> Path:
    """The newest report of a unit exported; its amendment, where a figure is to be one more."""
    own = file.latest(unit, YEAR)
    assert own is not None
    workspace = Workspace.open(file, file.start_amendment(own.ref) if key else own.ref)
    if key:
        number = workspace.figures[key].number
        assert workspace.enter(key, str(int(number or 0) + 1)).fault is None
    path = export_report(workspace, folder, datetime.now(UTC)).path
    workspace.close()
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The district's file, its own report exported, and an amendment of one commune that came after that."""
    folder = tmp_path_factory.mktemp("later") / "demo"
    demo.make_demo(folder)
    in_file(folder / "receiving.sqlite", lambda file: exported(file, DISTRICT, folder))
    commune = folder / "units" / "31426.sqlite"
    return folder / "receiving.sqlite", in_file(
        commune, lambda file: exported(file, UNIT, folder / "packages", KEY)
    )


@pytest.fixture
def data(made: tuple[Path, Path], tmp_path: Path) -> Path:
    return Path(shutil.copy(made[0], tmp_path / "dcs.sqlite"))


def take_in(file: DataFile, package: Path) -> Path:
    assert [one.verdict for one in receiving.import_paths(file, [package], TODAY)] == [
        "accepted_with_warnings"
    ]
    return package


def page_texts(report: Report, later: receiving.Later) -> list[str]:
    printed = render_report(report, later.form)
    with pdfplumber.open(BytesIO(printed.data)) as pdf:
        return [page.extract_text() for page in pdf.pages]


def test_a_report_says_nothing_until_somebody_files_something_else(
    data: Path, made: tuple[Path, Path]
) -> None:
    file = open_file(data)
    assert receiving.since_export(file, YEAR) is None
    assert receiving.since_export(file, Period.parse("2023")) is None
    take_in(file, made[1])
    assert receiving.since_export(file, YEAR) is not None
    own = file.latest(DISTRICT, YEAR)
    assert own is not None
    file.start_amendment(own.ref)
    assert receiving.since_export(file, YEAR) is None, "an amendment that is open follows by itself"
    file.close()


def test_the_figure_the_sentence_and_the_pages_are_those_of_the_paper(
    data: Path, made: tuple[Path, Path]
) -> None:
    file = open_file(data)
    take_in(file, made[1])
    later = receiving.since_export(file, YEAR)
    assert later is not None
    assert [(one.key, str(one.old.number), str(one.new.number)) for one in later.effects.figures] == [
        (KEY, "2", "3")
    ]
    (sentence,) = later.effects.sentences
    assert sentence.item == ITEM
    assert "02 cuộc giám sát" in sentence.old
    assert sentence.new == sentence.old.replace("02 cuộc", "03 cuộc")
    assert [one.identity.unit.identity for one in later.came] == [UNIT]
    before, after = (page_texts(report, later) for report in (file.report(later.ref), later.effects.report))
    differ = {n for n, (old, new) in enumerate(zip(before, after, strict=True), 1) if old != new}
    # The sheet with the digest differs too, for all of the report is in that.
    traced = {number for number, text in enumerate(before, 1) if "Mã nội dung:" in text}
    assert set(later.pages) <= differ
    assert differ - set(later.pages) <= traced
    assert len(later.pages) == 2
    file.close()


def test_a_total_that_was_replaced_is_named_and_the_page_stays(data: Path, made: tuple[Path, Path]) -> None:
    file = open_file(data)
    own = file.latest(DISTRICT, YEAR)
    assert own is not None
    workspace = Workspace.open(file, file.start_amendment(own.ref))
    workspace.override(KEY, "7", "theo biên bản kiểm tra")
    export_report(workspace, data.parent, datetime.now(UTC))
    workspace.close()
    take_in(file, made[1])
    later = receiving.since_export(file, YEAR)
    assert later is not None
    assert [(one.key, one.replaced) for one in later.effects.figures] == [(KEY, True)]
    assert (later.effects.sentences, later.pages) == ((), ())
    assert "xem lại" in later.figure_words(later.effects.figures[0]).label
    file.close()


def test_the_command_line_tells_it_and_makes_the_amendment(
    data: Path, made: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    shell = Shell(data.parent, capsys, [])
    assert shell.json("effects", "--period", "2024")["figures"] == []
    shell.run("import", made[1])
    said = shell.json("effects", "--period", "2024")
    assert [(one["key"], one["old"], one["new"]) for one in said["figures"]] == [(KEY, "2", "3")]
    assert len(said["sentences"]) == 1
    assert "trang" in shell.run("effects", "--period", "2024").out.splitlines()[0]
    assert shell.json("effects", "--period", "2024", "--amend")["amendment"] == 1
    file = open_file(data, read_only=True)
    newest = file.latest(DISTRICT, YEAR)
    assert newest is not None
    assert newest.identity.revision == 1
    assert file.report(newest.ref).answers.value(f"{KEY}.below").number == given(3).number
    file.close()


def test_the_window_shows_it_over_the_report_and_makes_the_amendment(
    data: Path, made: tuple[Path, Path], window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_file(data, lambda file: take_in(file, made[1]))
    monkeypatch.setattr(messages, "ask", lambda *_args, **_named: False)
    window.open_data(data, None)
    qtbot.waitUntil(lambda: window.opened is not None)
    assert window.opened is not None
    window.open_report(window.opened.file.reports()[0].ref)
    view = window.room.view
    assert view is not None
    qtbot.waitUntil(view.notice.later.isVisible)
    assert "1 số liệu, 1 câu" in view.notice.words.text()
    seen: list[list[str]] = []

    def agree() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, LaterDialog)
        line = dialog.figures.topLevelItem(0)
        assert line is not None
        seen.append([line.text(place) for place in range(6)])
        button = dialog.findChild(QPushButton, "amend-now")
        assert isinstance(button, QPushButton)
        button.click()

    QTimer.singleShot(100, agree)
    view.notice.later.click()
    assert [line[2:4] for line in seen] == [["2", "3"]]
    workspace = window.room.workspace
    assert workspace is not None
    assert workspace.identity.revision == 1
    window.room.wait_for_totals()
    qtbot.waitUntil(lambda: workspace.figures[KEY].number == 3)
