"""The window on a screen of 1366 x 768, driven and photographed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from typing import Final, Literal

from PIL import Image
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from dcs_desktop.ui.dressing import make_application
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.ui.preferences import Preferences

# Where the program believes an officer is at home; its windows show ~ for it.
OFFICER: Final = Path(tempfile.mkdtemp(prefix="dcs-")) / "canbo"
HOME: Final = OFFICER / "Documents" / "DCS"
FOLDER: Final = Path(__file__).parent
COLOURS: Final = 128


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
        self,
        name: str,
        ask: Callable[[], object],
        *,
        then: Callable[[QDialog], None] | None = None,
        wait: int = 500,
    ) -> None:
        """Keep what a dialog looks like over its window, then let ``then`` go on with it, or close it."""

        def shoot_and_close() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, QDialog), f"{name}: no dialog came"
            dialog.move(max((1366 - dialog.width()) // 2, 0), max((768 - dialog.height()) // 3, 0))
            self.shoot(name)
            if then is not None:
                then(dialog)
            dialog.close()

        QTimer.singleShot(wait, shoot_and_close)
        ask()

    def close(self) -> None:
        """End with this window."""
        self.window.close()
        self.settle(0.2)


def press_default(dialog: QDialog) -> None:
    """Answer a question as it proposes."""
    assert isinstance(dialog, QMessageBox)
    dialog.defaultButton().click()
