"""Times of the window: first paint against a bare window of as many widgets, first field with its data, forms, memory.

Every start is a process of its own, the two kinds in turn, so that a busy machine touches both alike.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HEAVY = (
    "sqlalchemy",
    "reportlab",
    "alembic",
    "docx",
    "cryptography",
    "PySide6.QtPdf",
    "PySide6.QtPrintSupport",
)
ROUNDS = 9

BARE = """
import time; begun = time.perf_counter()
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QVBoxLayout, QWidget
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, app.quit)
app = QApplication([])
window = Window()
holder = QWidget(); box = QVBoxLayout(holder)
for number in range({widgets}):
    box.addWidget(QLabel(str(number)))
window.setCentralWidget(holder); window.resize(1366, 768); window.show()
app.exec()
print(time.perf_counter() - begun)
"""

OURS = """
import time; begun = time.perf_counter()
import sys
from dcs_desktop.ui.dressing import make_application
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.ui.preferences import Preferences
from PySide6.QtWidgets import QWidget
app = make_application(Preferences())
window = MainWindow(Preferences())
window.resize(1366, 768)
window.painted.connect(app.quit)
window.show()
app.exec()
print(time.perf_counter() - begun, len(window.findChildren(QWidget)), [m for m in {heavy} if m in sys.modules])
"""

FIELD = """
import time; begun = time.perf_counter()
import resource, sys
from pathlib import Path
from dcs_desktop.ui.dressing import make_application
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.ui.preferences import Preferences
from PySide6.QtWidgets import QLineEdit
app = make_application(Preferences())
window = MainWindow(Preferences())
window.resize(1366, 768)
window.painted.connect(lambda: window.open_data(Path({data!r}), None))
window.show()
while window.opened is None:
    app.processEvents(); time.sleep(0.001)
window.open_first_report()
while window.room.view is None:
    app.processEvents(); time.sleep(0.001)
view = window.room.view
while not any(editor.isVisible() for editor in view.findChildren(QLineEdit)):
    app.processEvents()
print(time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
slowest = 0.0
for section in view.workspace.form.sections:
    if section.items:
        begun = time.perf_counter(); view.go_to(section.items[0].id); app.processEvents()
        slowest = max(slowest, time.perf_counter() - begun)
print(slowest)
window.shut()
"""


def main() -> None:
    """Print medians in milliseconds, ratios and memory."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        _run(
            "from pathlib import Path; from dcs_desktop.demo import make_demo; make_demo(Path('demo'))", home
        )
        widgets = int(_run(OURS.format(heavy=HEAVY), home).split()[1])
        _report_paint(home, widgets)
        _report_field(home, widgets)


def _report_paint(home: Path, widgets: int) -> None:
    bare, ours = [], []
    heavy = ""
    for _round in range(ROUNDS):
        bare.append(float(_run(BARE.format(widgets=widgets), home)))
        said = _run(OURS.format(heavy=HEAVY), home)
        ours.append(float(said.split()[0]))
        heavy = said.partition("[")[2].rstrip("]\n")
    ratio = statistics.median(ours) / statistics.median(bare)
    print(f"first paint: {_ms(ours)} ms, bare window of {widgets} widgets {_ms(bare)} ms: ratio {ratio:.2f}")
    print(f"heavy modules loaded by then: {heavy or 'none'}")


def _report_field(home: Path, widgets: int) -> None:
    for name, data in (("commune", "demo/units/31426.sqlite"), ("receiving unit", "demo/receiving.sqlite")):
        bare, ours, slowest, memory = [], [], [], []
        for _round in range(ROUNDS):
            bare.append(float(_run(BARE.format(widgets=widgets), home)))
            first, second = _run(FIELD.format(data=data), home).splitlines()[-2:]
            seconds, megabytes = first.split()
            ours.append(float(seconds))
            memory.append(float(megabytes))
            slowest.append(float(second))
        ratio = statistics.median(ours) / statistics.median(bare)
        print(
            f"{name}: first editable field with its data: {_ms(ours)} ms: ratio {ratio:.2f} to the bare window"
        )
        print(f"{name}: slowest section to be shown, its form built: {_ms(slowest)} ms")
        print(f"{name}: memory with the report open: {statistics.median(memory):.0f} MB")


def _ms(times: list[float]) -> str:
    return f"{1000 * statistics.median(times):.0f}"


def _run(code: str, home: Path) -> str:
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "DCS_DESKTOP_HOME": str(home / "home")}
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=home,
        env=surroundings,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return done.stdout


if __name__ == "__main__":
    main()
