"""Slow work: done on another thread, brought back, called off; its failure said or raised."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from dcs_desktop.core.trouble import Refusal
from dcs_desktop.ui import messages
from dcs_desktop.ui.tasks import Told, Worker


@pytest.fixture
def worker(qtbot: QtBot) -> Iterator[Worker]:
    made = Worker()
    yield made
    made.close()


@pytest.fixture
def asker(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def test_the_result_comes_back_on_the_windows_thread(qtbot: QtBot, worker: Worker, asker: QWidget) -> None:
    came: list[tuple[str, str]] = []
    worker.start(
        asker,
        lambda _told: threading.current_thread().name,
        lambda name: came.append((name, threading.current_thread().name)),
    )
    qtbot.waitUntil(lambda: bool(came))
    assert came == [("dcs-worker_0", "MainThread")]


def test_a_refusal_is_shown(
    qtbot: QtBot, worker: Worker, asker: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(messages, "refuse", lambda _asker, sentence: said.append(sentence))

    def work(_told: Told) -> None:
        raise Refusal("Ổ đĩa đầy.")

    worker.start(asker, work, lambda _result: None)
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["Ổ đĩa đầy."]


def test_a_bug_reaches_the_hook(qtbot: QtBot, worker: Worker, asker: QWidget) -> None:
    def work(_told: Told) -> None:
        raise ZeroDivisionError

    with qtbot.captureExceptions() as bugs:
        worker.start(asker, work, lambda _result: None)
        qtbot.waitUntil(lambda: bool(bugs))
    assert bugs[0][0] is ZeroDivisionError


def test_work_that_is_called_off_ends_at_its_next_step(qtbot: QtBot, worker: Worker, asker: QWidget) -> None:
    steps: list[int] = []
    begun = threading.Event()

    def work(told: Told) -> None:
        for number in range(1_000_000):
            steps.append(number)
            begun.set()
            told(number, 1_000_000)

    task = worker.start(asker, work, lambda _result: pytest.fail("it was called off"))
    begun.wait(5)
    task.told.call_off()
    qtbot.waitUntil(lambda: task.over)
    assert len(steps) < 1_000_000


def test_nothing_comes_back_to_a_page_that_was_left(qtbot: QtBot, worker: Worker) -> None:
    page, left = QWidget(), threading.Event()
    task = worker.start(page, lambda _told: left.wait(5), lambda _result: pytest.fail("the page is gone"))
    page.deleteLater()
    qtbot.waitUntil(lambda: not isValid(page))
    left.set()
    qtbot.waitUntil(lambda: task.over)


def test_the_log_of_a_bug_holds_no_figures(tmp_path: Path, qtbot: QtBot) -> None:
    log = tmp_path / "errors.log"
    hook = messages.BugHook(log)
    said = "Nguyễn Văn A: 1.640"
    try:
        raise ValueError(said)
    except ValueError as bug:
        hook.take(ValueError, bug, bug.__traceback__)
    written = log.read_text("utf-8")
    assert "ValueError" in written
    assert "1.640" not in written
