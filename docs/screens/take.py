"""Takes the pictures beside this file from the real window on a screen of 1366 x 768; `make screens` runs it."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from typing import Final, Literal

HOME = Path(tempfile.mkdtemp(prefix="dcs-")) / "DCS"
os.environ["DCS_DESKTOP_HOME"] = str(HOME)

from PIL import Image
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog

from dcs_desktop.demo import make_demo
from dcs_desktop.ui.dressing import make_application
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.ui.preferences import Preferences

FOLDER: Final = Path(__file__).parent
COLOURS: Final = 128
COMMUNE: Final = "31426"
ITEM_OF_FIGURES, ITEM_OF_PROSE = "A4.d", "III.1.a"


class Camera:
    """Drives one window in one theme, and keeps what the screen shows."""

    def __init__(self, theme: Literal["light", "dark"], data: Path) -> None:
        self.theme = theme
        self.app = make_application(Preferences(theme=theme))
        self.window = MainWindow(Preferences(theme=theme))
        self.window.setGeometry(0, 0, 1366, 768)
        self.window.show()
        self.open(data)

    def open(self, data: Path) -> None:
        """Open a data file and wait for what it shows."""
        self.window.open_data(data, None)
        self.settle(2.0)

    def settle(self, seconds: float = 0.6) -> None:
        """Let everything be painted."""
        end = monotonic() + seconds
        while monotonic() < end:
            self.app.processEvents()
            sleep(0.01)

    def shoot(self, name: str) -> None:
        """Keep the screen as a small picture."""
        self.settle()
        path = FOLDER / f"{name}-{self.theme}.png"
        screen = QGuiApplication.primaryScreen()
        screen.grabWindow(0).save(str(path))
        Image.open(path).convert("RGB").quantize(COLOURS).save(path, optimize=True)
        print(f"{path.name}: {path.stat().st_size // 1024} kB")

    def shoot_dialog(
        self, name: str, ask: Callable[[], object], *, then: Callable[[QDialog], None] | None = None
    ) -> None:
        """Keep what a dialog looks like over its window, then close it."""

        def shoot_and_close() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, QDialog), f"{name}: no dialog came"
            dialog.move(max((1366 - dialog.width()) // 2, 0), max((768 - dialog.height()) // 3, 0))
            if then is not None:
                then(dialog)
            self.shoot(name)
            dialog.reject()

        QTimer.singleShot(500, shoot_and_close)
        ask()

    def close(self) -> None:
        """End with this window."""
        self.window.close()
        self.settle(0.2)


def take_first_start(camera: Camera) -> None:
    """The three pages that ask who sits here."""
    from dcs_desktop.ui.first_start import FirstStart

    page = camera.window.pages.currentWidget()
    assert isinstance(page, FirstStart)
    page.unit.sought.setText("phuong binh")
    camera.shoot("first-start")
    page.next.click()
    camera.shoot("first-start-receiver")
    page.next.click()
    camera.shoot("first-start-letterhead")


def take_commune(camera: Camera, export_to: Path) -> None:
    """A commune's start page, report, letterhead, preview and export."""
    window, room = camera.window, camera.window.room
    camera.shoot("start")
    camera.shoot_dialog("new-report", window.ask_new_report)
    window.open_first_report()
    assert room.view is not None
    room.view.go_to(ITEM_OF_PROSE)
    camera.shoot("report-narrative")
    room.view.go_to(ITEM_OF_FIGURES)
    camera.shoot("report-figures")
    camera.shoot_dialog("letterhead", room.edit_letterhead)
    page = room.preview()
    assert page is not None
    camera.settle(3)
    camera.shoot("preview")
    room.back_to_form()
    room.folder = str(export_to)
    camera.shoot_dialog("export", room.export)
    take_findings(camera)
    camera.shoot_dialog("exported", room.export, then=lambda dialog: dialog.export())  # type: ignore[attr-defined]  # an ExportDialog
    camera.shoot_dialog("settings", window.show_settings)


def take_findings(camera: Camera) -> None:
    """A report on which something contradicts itself."""
    window, room = camera.window, camera.window.room
    window.open_first_report()
    assert room.workspace is not None
    assert room.view is not None
    room.workspace.enter("hoa_giai.thanh", "9.999")
    room.view.refresh()
    room.view.go_to("hoa_giai.thanh")
    camera.shoot("report-findings")


def take_desk(camera: Camera, packages: Path) -> None:
    """The receiving desk, tab by tab, and the receiving unit's own report."""
    window = camera.window
    window.show_desk()
    desk = window.desk
    assert desk is not None
    desk.take_in([packages])
    camera.settle(3)
    camera.shoot("desk-packages")
    for place, name in ((1, "desk-filing"), (2, "desk-totals"), (3, "desk-texts")):
        desk.tabs.setCurrentIndex(place)
        camera.shoot(name)
    window.open_first_report()
    room = window.room
    assert room.view is not None
    room.view.go_to(ITEM_OF_FIGURES)
    camera.shoot("report-receiving")


def take_theme(theme: Literal["light", "dark"], demo: Path) -> None:
    """Every picture in one theme, on a copy of the sample data."""
    shutil.rmtree(HOME, ignore_errors=True)
    shutil.copytree(demo, HOME)
    camera = Camera(theme, HOME / "chua-co.sqlite")
    take_first_start(camera)
    camera.open(HOME / "units" / f"{COMMUNE}.sqlite")
    take_commune(camera, HOME)
    camera.open(HOME / "receiving.sqlite")
    take_desk(camera, HOME / "packages")
    camera.close()


def main() -> None:
    """All pictures of both themes."""
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(folder) / "demo"
        make_demo(demo)
        for theme in ("light", "dark"):
            take_theme(theme, demo)
    shutil.rmtree(HOME.parent, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
