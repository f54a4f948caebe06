"""The start of the program: what is loaded when, and who comes to the front."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("sqlalchemy", "alembic", "reportlab", "docx", "cryptography", "PySide6.QtPdf", "PySide6.QtPrintSupport")
FIRST_PAINT = """
import sys
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
