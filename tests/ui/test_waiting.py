"""Another program holds the file that is to be written (R11): the window goes on painting until it is free."""

from __future__ import annotations

import errno
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dcs_desktop import files
from dcs_desktop.ui import waiting
from dcs_desktop.ui.export import ExportDialog
from dcs_desktop.ui.main_window import MainWindow
from tests.ui.shell_data import unit_file, with_report

HELD_SECONDS = 1.0


def test_r11_the_window_paints_while_a_file_is_held(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.open_data(with_report(unit_file(tmp_path / "dcs.sqlite")), None)
    qtbot.waitUntil(lambda: window.opened is not None)
    window.open_first_report()
    assert window.room.workspace is not None
    dialog = ExportDialog(window.room.workspace, str(tmp_path), window)
    dialog.show()
    tries: list[float] = []
    step = files.step

    def held(operation: Callable[..., object], *args: object, **more: object) -> object:
        if getattr(operation, "__name__", "") == "replace" and str(args[0]).endswith(".zip"):
            tries.append(time.monotonic())
            if tries[-1] < tries[0] + HELD_SECONDS:
                raise OSError(errno.EBUSY, "held")
        return step(operation, *args, **more)

    monkeypatch.setattr(files, "step", held)
    monkeypatch.setattr(files, "pause", waiting.pause)
    beats: list[float] = []
    heart = QTimer()
    heart.timeout.connect(lambda: beats.append(time.monotonic()))
    heart.start(10)
    dialog.export()
    heart.stop()
    assert dialog.exported is not None
    assert dialog.exported.path.exists()
    assert len(tries) > 4
    waited = [tries[0], *(beat for beat in beats if tries[0] < beat < tries[-1]), tries[-1]]
    assert max(after - before for before, after in pairwise(waited)) < 0.1
    assert QApplication.overrideCursor() is None


def test_r11_a_thread_of_work_sleeps(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as threads:
        threads.submit(waiting.pause, 0.05).result()
    assert slept == [0.05]
