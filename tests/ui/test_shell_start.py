"""The start of the program: what is loaded when, and who comes to the front."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dcs_desktop import files
from dcs_desktop.ui import preferences, single_instance

HEAVY = (
    "sqlalchemy",
    "alembic",
    "reportlab",
    "docx",
    "cryptography",
    "PySide6.QtPdf",
    "PySide6.QtPrintSupport",
)
FIRST_PAINT = """
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

from dcs_desktop.ui import preferences, single_instance
from dcs_desktop.ui.dressing import make_application
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.ui.preferences import Preferences
import dcs_desktop.ui.app

app = make_application(Preferences())
window = MainWindow(Preferences())
window.painted.connect(app.quit)
window.show()
app.exec()
print(*sorted(sys.modules))
window.worker.close()
"""


def test_nothing_heavy_is_loaded_at_the_first_paint() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT], capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.returncode == 0, ran.stderr
    loaded = ran.stdout.split()
    assert "PySide6.QtWidgets" in loaded
    assert [name for name in loaded if name.startswith(HEAVY)] == []


def test_a_second_start_brings_its_file_to_the_first_window(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    came: list[Path | None] = []
    data, package = tmp_path / "dcs.sqlite", tmp_path / "Báo cáo.zip"
    held = files.lock(data)
    assert held is not None
    door = single_instance.FrontDoor(data, came.append)
    door.open()
    assert single_instance.hand_over(data, package)
    qtbot.waitUntil(lambda: bool(came))
    assert came == [package.resolve()]
    assert not single_instance.hand_over(tmp_path / "khác.sqlite", None)
    door.close()
    monkeypatch.setattr(single_instance, "PATIENCE_MS", 100)
    assert not single_instance.hand_over(data, None)
    held.release()
    data.with_name(f"{data.name}.lock").touch()
    assert not single_instance.hand_over(data, None)


def test_a_first_window_that_is_only_just_starting_is_waited_for(qtbot: QtBot, tmp_path: Path) -> None:
    came: list[Path | None] = []
    handed: list[bool] = []
    data = tmp_path / "dcs.sqlite"
    held = files.lock(data)
    assert held is not None
    second = threading.Thread(target=lambda: handed.append(single_instance.hand_over(data, None)))
    second.start()
    door = single_instance.FrontDoor(data, came.append, wait=700)
    qtbot.waitUntil(lambda: bool(came))
    second.join()
    assert (came, handed) == ([None], [True])
    door.close()
    held.release()


def test_what_is_remembered_and_cannot_be_read_is_as_at_first(own_home: Path) -> None:
    (own_home / preferences.FILE_NAME).write_text('{"theme": "pink", "text_size": 125, "folder": 3}', "utf-8")
    assert preferences.load() == preferences.Preferences(text_size=125)
    preferences.save(preferences.Preferences(theme="dark", language="en"))
    assert preferences.load() == preferences.Preferences(theme="dark", language="en")
