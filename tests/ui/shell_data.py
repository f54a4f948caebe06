"""Data files for the tests of the window: a commune with a report, and the district above it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from dcs_desktop import starting
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Identity
from dcs_desktop.store import open_file
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.ui.receiving_desk import ReceivingDesk
from dcs_desktop.workspace import Workspace, new_report

PERIOD = Period(2024)
COMMUNE = "31426@GSO-2024"
DISTRICT = "934@GSO-2024"


def unit_file(path: Path, unit: str = COMMUNE, *, training: bool = False) -> Path:
    """A data file that says whose it is, without a report."""
    file = open_file(path, create=True)
    file.save_setup(starting.proposed_setup(starting.unit_of(unit, PERIOD), PERIOD, training=training))
    file.close()
    return path


def with_report(path: Path, period: Period = PERIOD) -> Path:
    """The same data file with a report, for 2024 when nothing else is said, in which a few figures stand."""
    file = open_file(path)
    setup = file.setup()
    assert setup is not None
    workspace = Workspace.open(file, new_report(file, setup, period, "dcs@2024"))
    for number, key in enumerate(entered_figures(workspace)):
        workspace.enter(key, str(number + 3))
    workspace.flush()
    workspace.close()
    file.close()
    return path


def entered_figures(workspace: Workspace) -> list[str]:
    """The first figures of a form that can be typed and counted."""
    fields = workspace.form.fields.values()
    return [f.key for f in fields if f.formula is None and f.type.numeric and f.role == "entered"][:3]


def packed(path: Path, folder: Path) -> tuple[Path, Identity]:
    """The package of the first report of a data file, and which report it is."""
    from dcs_desktop.exporting import export_report
    from dcs_desktop.ui.clock import now

    file = open_file(path)
    workspace = Workspace.open(file, file.reports()[0].ref)
    folder.mkdir(exist_ok=True)
    exported = export_report(workspace, folder, now())
    identity = workspace.identity
    workspace.close()
    file.close()
    return exported.path, identity


def desk_with_one(qtbot: QtBot, window: MainWindow, folder: Path) -> ReceivingDesk:
    """The district's desk, one of fifteen packages taken in, at its totals."""
    packed(with_report(unit_file(folder / "xa.sqlite")), folder / "goi")
    window.open_data(unit_file(folder / "huyen.sqlite", DISTRICT), None)
    qtbot.waitUntil(lambda: window.opened is not None)
    window.open_paths([folder / "goi"])
    desk = window.desk
    assert desk is not None
    qtbot.waitUntil(lambda: desk.packages.verdicts.topLevelItemCount() == 1)
    desk.tabs.setCurrentWidget(desk.totals)
    return desk


def type_into(editor: QWidget, text: str) -> None:
    """Type a text as an input method does, which Vietnamese letters need."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(editor, event)


def paste(widget: QWidget, text: str, html: str = "") -> None:
    """Paste a clipboard of this text, and of this page where there is one, by the key."""
    data = QMimeData()
    data.setText(text)
    if html:
        data.setHtml(html)
    QGuiApplication.clipboard().setMimeData(data)
    QTest.keyClick(widget, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
