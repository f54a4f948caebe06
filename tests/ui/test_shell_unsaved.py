"""The window does not close over what could not be saved without asking."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dcs_desktop.store import connecting
from dcs_desktop.ui import messages
from dcs_desktop.ui.main_window import MainWindow
from tests.ui.shell_data import entered_figures, unit_file, with_report


def test_closing_asks_while_changes_cannot_be_saved(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "BUSY_SECONDS", 0.05)
    path = with_report(unit_file(tmp_path / "dcs.sqlite"))
    window.open_data(path, None)
    qtbot.waitUntil(lambda: window.opened is not None)
    window.open_first_report()
    asked: list[str] = []
    monkeypatch.setattr(messages, "ask", lambda _asker, question, *_words, **_how: asked.append(question))
    workspace = window.room.workspace
    assert workspace is not None
    holding = sqlite3.connect(path, isolation_level=None)
    holding.execute("BEGIN EXCLUSIVE")
    key = entered_figures(workspace)[0]
    workspace.enter(key, "77")
    window.close()
    assert window.isVisible()
    assert "dcs.sqlite" in asked[0]
    holding.execute("ROLLBACK")
    holding.close()
    window.close()
    assert not window.isVisible()
    raw = sqlite3.connect(path)
    assert raw.execute("SELECT value FROM answer WHERE key = ?", (key,)).fetchone() == ("77",)
    raw.close()
