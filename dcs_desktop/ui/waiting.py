"""Waits for a file that another program holds, while the window goes on painting."""

from __future__ import annotations

import threading
import time

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

# Keys, clicks and calls from a second instance stay in their order until the wait is over.
PATIENT = (
    QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents | QEventLoop.ProcessEventsFlag.ExcludeSocketNotifiers
)


def pause(seconds: float) -> None:
    """Let time pass; on the window's thread with a busy pointer and everything painted, on another one asleep."""
    app = QApplication.instance()
    if not isinstance(app, QApplication) or threading.current_thread() is not threading.main_thread():
        time.sleep(seconds)
        return
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    app.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        loop.exec(PATIENT)
    finally:
        app.restoreOverrideCursor()
