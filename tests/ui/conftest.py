"""What the tests of the window share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dcs_desktop.store import open_file
from dcs_desktop.ui.report_view import ReportView
from dcs_desktop.workspace import Workspace, new_report
from tests.ui.shell_data import PERIOD, unit_file, with_report


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


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A commune's new report for 2024, with nothing in it."""
    file = open_file(unit_file(tmp_path / "data.dcs"))
    setup = file.setup()
    assert setup is not None
    opened = Workspace.open(file, new_report(file, setup, PERIOD, "dcs@2024"))
    yield opened
    opened.close()
    file.close()


@pytest.fixture
def view(workspace: Workspace, qtbot: QtBot) -> ReportView:
    """The report in its view, shown and active."""
    made = ReportView(workspace)
    qtbot.addWidget(made)
    made.resize(1366, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the window says in notes and refusals, none of which fails the test."""
    from dcs_desktop.ui import messages

    sentences: list[str] = []
    for name in ("note", "refuse"):
        monkeypatch.setattr(messages, name, lambda _asker, text, detail="": sentences.append(text + detail))
    return sentences


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The data file of a commune that has begun its report."""
    return with_report(unit_file(tmp_path / "xa.sqlite"))
