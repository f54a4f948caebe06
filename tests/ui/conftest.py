"""What the tests of the window share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot


@pytest.fixture(autouse=True, scope="session")
def _clean_clipboard(qapp: QApplication) -> Iterator[None]:
    """What Python left on the clipboard would be let go of after the application, which no interpreter survives."""
    yield
    qapp.clipboard().clear()


@pytest.fixture
def window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> object:
    """The window, shown, on no data yet; it lets go of everything at the end. A refusal fails the test."""
    from dcs_desktop.ui import messages
    from dcs_desktop.ui.main_window import MainWindow
    from dcs_desktop.ui.preferences import Preferences

    def refused(_asker: object, sentence: str, _detail: str = "") -> None:
        raise AssertionError(sentence)

    monkeypatch.setattr(messages, "refuse", refused)
    made = MainWindow(Preferences())
    qtbot.addWidget(made, before_close_func=lambda _window: made.shut())
    made.show()
    return made
