"""The start of the program: what is loaded when, and who comes to the front."""

from __future__ import annotations

import importlib
import inspect
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dcs_desktop import files, template_library
from dcs_desktop.store import open_file
from dcs_desktop.ui import preferences, single_instance
from dcs_desktop.workspace import new_report
from tests.ui.shell_data import PERIOD, unit_file

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


# What the first form does not need: the makers of tables, what reads prose, pasted pages and templates' files.
LATER = (
    *HEAVY,
    "tomllib",
    "html.parser",
    "dcs_desktop.core.doubts",
    "dcs_desktop.core.prose.",
    "dcs_desktop.core.spelling",
    "dcs_desktop.core.legacy",
    "dcs_desktop.core.template_file",
    "dcs_desktop.printing",
    "dcs_desktop.package",
    "dcs_desktop.receiving",
)
FIRST_FORM = """
import sys
from pathlib import Path

from dcs_desktop.store import open_file
from dcs_desktop.ui import preferences, single_instance
from dcs_desktop.ui.dressing import make_application
from dcs_desktop.ui.preferences import Preferences
from dcs_desktop.ui.report_view import ReportView
from dcs_desktop.workspace import Workspace

app = make_application(Preferences())
file = open_file(Path(sys.argv[1]))
view = ReportView(Workspace.open(file, file.reports()[0].ref))
view.show()
app.processEvents()
print(*sorted(sys.modules))
"""


def test_the_first_form_loads_only_what_it_needs(tmp_path: Path) -> None:
    template_library.template.cache_clear()  # so that it is read, and kept for the next start
    data = unit_file(tmp_path / "dcs.sqlite")
    file = open_file(data)
    setup = file.setup()
    assert setup is not None
    new_report(file, setup, PERIOD, "dcs@2024")
    file.close()
    ran = subprocess.run(
        [sys.executable, "-c", FIRST_FORM, str(data)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert [name for name in ran.stdout.split() if name.startswith(LATER)] == []


def test_qt_reads_the_source_of_no_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PySide would look through each module that comes after it; that takes an eighth of a start."""
    (tmp_path / "came_later.py").write_text("IS_HERE = True\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    read: list[object] = []

    def getsource(module: object) -> str:
        read.append(module)
        return ""

    monkeypatch.setattr(inspect, "getsource", getsource)
    assert importlib.import_module("came_later").IS_HERE
    __import__("came_later")
    assert read == []


def test_r9_a_second_start_brings_its_file_to_the_first_window(
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
