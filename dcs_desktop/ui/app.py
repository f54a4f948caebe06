"""Starts the window: language, look, the hook for bugs, and the data only after the first paint."""

from __future__ import annotations

import gc
import signal
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from dcs_desktop import files, paths
from dcs_desktop.ui import messages, preferences, single_instance
from dcs_desktop.ui.dressing import give_icon, make_application
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.ui.running import Mark

LOG_NAME = "errors.log"
SETTLED_MS = 5000


def start(data: Path | None = None, open_path: Path | None = None) -> int:
    """Show the window until it is closed; its exit status.

    ``data`` is the data file (the user's own when None), ``open_path`` a
    package or letter to open at once. Where a window already works on the
    data file, that one comes to the front and this ends.
    """
    data = data or paths.default_data_file()
    wanted = preferences.load()
    app = make_application(wanted)
    if single_instance.hand_over(data, open_path):
        return 0
    files.pause = _pause
    window = MainWindow(wanted)
    hook = messages.BugHook(paths.data_dir() / LOG_NAME, say=lambda log: _say(window, log))
    hook.install()
    window.painted.connect(lambda: window.open_data(data, open_path))
    window.painted.connect(lambda: give_icon(app))
    window.painted.connect(lambda: _mark(app, window, data))
    QTimer.singleShot(SETTLED_MS, window, lambda: _keep_safe(window))
    window.show()
    QTimer.singleShot(SETTLED_MS, _settle)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return app.exec()


def _pause(seconds: float) -> None:
    """Wait for a held file; what is needed for it is loaded then, not before the first paint."""
    from dcs_desktop.ui import waiting

    waiting.pause(seconds)


def _settle() -> None:
    """Look for garbage again, but never through what the start made: that would hold up a key now and then."""
    gc.freeze()
    gc.enable()


def _say(window: MainWindow, log: Path) -> None:
    """Say a bug, and come back to where the window was."""
    from dcs_desktop.ui.crash import Comeback

    comeback = window.property("comeback") or Comeback(window)
    window.setProperty("comeback", comeback)
    comeback.say(log)


def _mark(app: QApplication, window: MainWindow, data: Path) -> None:
    """Leave the mark of a running program; where the last one left its own, say so once the data is open."""
    mark = Mark(data)
    if mark.set():
        from dcs_desktop.ui import crash

        crash.look_back(window, mark)
    app.aboutToQuit.connect(lambda: mark.take_away())  # noqa: PLW0108 -- a bound method would not keep the mark


def _keep_safe(window: MainWindow) -> None:
    from dcs_desktop.ui import safekeeping

    safekeeping.look_daily(window)


def selftest(data: Path) -> int:
    """Prove that every part of the window works on a data file; 0, or 2 with a sentence on stderr."""
    from dcs_desktop.ui.selftest import selftest as tested

    status, sentence = tested(data)
    (sys.stderr if status else sys.stdout).write(sentence + "\n")
    return status
