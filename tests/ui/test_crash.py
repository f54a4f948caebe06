"""R28: a bug, and an end without warning, lose nothing, and work goes on at the same field."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from dcs_desktop.store import open_file
from dcs_desktop.ui import crash, messages
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.workspace import Workspace
from tests.ui.shell_data import unit_file, with_report
from tests.ui.test_report_view import editor

KEY = "dan_cu.ho"


def pressed(named: str, said: list[str]) -> Callable[[], None]:
    """Press a button of the dialog that comes."""

    def look() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            QTimer.singleShot(20, look)
            return
        said.append(f"{box.text()} {box.informativeText()}")
        next(one for one in box.buttons() if named in one.text()).click()

    return look


@pytest.fixture
def working(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> MainWindow:
    """A report with the hand in a field in which something is being typed."""
    window.open_data(with_report(unit_file(tmp_path / "dcs.sqlite")), None)
    qtbot.waitUntil(lambda: window.opened is not None)
    window.open_first_report()
    assert window.room.view is not None
    window.room.view.go_to(KEY)
    field = editor(window.room.view, KEY)
    field.setFocus()
    QTest.keyClicks(field, "4821")
    return window


def failing(window: MainWindow, comeback: crash.Comeback, log: Path) -> None:
    """A bug somewhere, as Qt hands it to the hook."""
    hook = messages.BugHook(log, window, say=comeback.say)
    try:
        raise ZeroDivisionError
    except ZeroDivisionError as bug:
        hook.take(ZeroDivisionError, bug, bug.__traceback__)


def test_r28_a_bug_loses_nothing_and_the_hand_is_in_the_same_field(
    qtbot: QtBot, working: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(messages, "note", lambda _asker, text, detail="": said.append(text))
    before = working.opened
    QTimer.singleShot(20, pressed("Mở lại đúng chỗ", said))
    failing(working, crash.Comeback(working), tmp_path / "errors.log")
    qtbot.waitUntil(lambda: len(said) == 2, timeout=10_000)
    assert "không mất dữ liệu nào đã lưu" in said[0]
    assert "đọc lại toàn bộ: 1 báo cáo" in said[1]
    assert working.opened is not before
    view, workspace = working.room.view, working.room.workspace
    assert view is not None
    assert workspace is not None
    assert view.field_here() == KEY
    assert workspace.answers.value(KEY).number == 4821


def test_r28_the_same_place_is_not_opened_at_once_a_second_time(
    qtbot: QtBot, working: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(messages, "note", lambda _asker, text, detail="": said.append(text))
    comeback = crash.Comeback(working)
    for words in ("Mở lại đúng chỗ", "Mở lại trang đầu"):
        count = len(said)
        QTimer.singleShot(20, pressed(words, said))
        failing(working, comeback, tmp_path / "errors.log")
        qtbot.waitUntil(lambda count=count: len(said) == count + 2, timeout=10_000)  # type: ignore[misc]  # bound at once
    assert "lặp lại ở cùng một chỗ" in said[2]
    assert working.room.view is None
    assert working.pages.currentWidget() is working.start_page


def test_r28_what_fails_again_while_leaving_does_not_keep_anybody(
    qtbot: QtBot, working: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(messages, "note", lambda _asker, text, detail="": said.append(text))
    assert working.room.view is not None
    working.room.view.commit()
    monkeypatch.setattr(working.room, "leave", lambda: 1 / 0)
    QTimer.singleShot(20, pressed("Mở lại đúng chỗ", said))
    failing(working, crash.Comeback(working), tmp_path / "errors.log")
    monkeypatch.undo()
    monkeypatch.setattr(messages, "note", lambda _asker, text, detail="": said.append(text))
    qtbot.waitUntil(lambda: working.opened is not None and not working.worker.busy, timeout=10_000)
    file = working.opened.file  # type: ignore[union-attr]  # it is open
    assert file.report(1).answers.value(KEY).number == 4821


RUN = """
    import ctypes, os, sys
    from pathlib import Path
    from PySide6.QtCore import QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QMessageBox
    from dcs_desktop.ui import app
    from dcs_desktop.ui.main_window import MainWindow
    from tests.ui.test_report_view import editor
    key, how = sys.argv[2], sys.argv[3]

    def window():
        return next((w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)), None)

    def look():
        shown, box = window(), QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            print("SAID", box.text(), box.informativeText(), flush=True)
            next(one for one in box.buttons() if "Mở tiếp" in one.text()).click()
        elif shown is not None and shown.room.view is not None and how == "back":
            if shown.room.view.field_here() == key:
                print("BACK", shown.room.workspace.answers.value(key).number, flush=True)
                timer.stop()
                shown.close()
        elif shown is not None and shown.opened is not None and how != "back":
            timer.stop()
            shown.open_first_report()
            view = shown.room.view
            view.go_to(key)
            field = editor(view, key)
            field.setFocus()
            QTest.keyClicks(field, "4822")
            view.commit()
            shown.room.workspace.flush()
            os.abort() if how == "abort" else ctypes.string_at(0)

    timer = QTimer(interval=50)
    make = app.make_application
    def made(wanted):
        found = make(wanted)
        timer.timeout.connect(look)
        timer.start()
        QTimer.singleShot(60_000, found.quit)
        return found
    app.make_application = made
    sys.exit(app.start(Path(sys.argv[1])))
"""


@pytest.mark.parametrize("how", ["abort", "segfault"])
def test_r28_a_program_that_was_gone_at_once_offers_its_last_place(tmp_path: Path, how: str) -> None:
    path = with_report(unit_file(tmp_path / "dcs.sqlite"))
    home = tmp_path / "home"
    environment = {**os.environ, "DCS_DESKTOP_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}

    def run(what: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", textwrap.dedent(RUN), str(path), KEY, what]
        return subprocess.run(
            command, capture_output=True, text=True, env=environment, timeout=90, check=False, cwd=Path.cwd()
        )

    assert run(how).returncode < 0
    assert "Fatal Python error" in (home / "crash.log").read_text("utf-8")
    again = run("back")
    assert again.returncode == 0, again.stderr
    assert "SAID Lần trước chương trình bị tắt đột ngột" in again.stdout
    assert "BACK 4822" in again.stdout
    assert not [*home.glob("running-*.json")]
    file = open_file(path)
    workspace = Workspace.open(file, 1)
    assert workspace.answers.value(KEY).number == 4822
    workspace.close()
    file.close()
