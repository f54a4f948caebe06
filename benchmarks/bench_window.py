"""Times of the window: first paint and first field with its data against a bare window, forms, memory.

Every start is a process of its own, timed from the moment it is asked for, the two kinds in turn, so that a busy
machine touches both alike. The bare window holds as many widgets of the same kinds of Qt as the program's
window holds at that moment, with nothing in them.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
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
import sys, time
from PySide6 import QtWidgets
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, app.quit)
app = QApplication([])
window = Window()
holder = QWidget(); box = QVBoxLayout(holder)
for kind in sys.argv[2].split():
    box.addWidget(getattr(QtWidgets, kind)())
window.setCentralWidget(holder); window.resize(1366, 768); window.show()
app.exec()
print(time.monotonic() - float(sys.argv[1]))
"""

# The program's own way in, as dcs_desktop.__main__ goes it, with somebody who looks on.
OURS = """
import gc, sys; gc.disable()
import time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from dcs_desktop.ui import app
def kinds(window):
    own = [next(kind.__name__ for kind in type(widget).__mro__ if kind.__module__.startswith("PySide6"))
           for widget in window.findChildren(QWidget) if not widget.objectName().startswith("qt_")]
    inside = {"QScrollBar", "QSplitterHandle", "QHeaderView", "QTabBar", "QSizeGrip"}
    return " ".join(kind for kind in own if kind not in inside)
class Watched(app.MainWindow):
    def __init__(self, wanted):
        super().__init__(wanted)
        self.resize(1366, 768)
        self.painted.connect(lambda: look_on(self))
app.MainWindow = Watched
"""
PAINT = (
    OURS
    + """
def look_on(window):
    print(time.monotonic() - float(sys.argv[1]))
    print([name for name in {heavy} if name in sys.modules])
    print(kinds(window), flush=True)
    QTimer.singleShot(0, window.close)
app.start(Path(sys.argv[2]))
"""
)
FIELD = (
    OURS
    + """
import resource
from PySide6.QtCore import QEvent, QEventLoop, QObject
from PySide6.QtWidgets import QLineEdit, QTextEdit
class Painted(QObject):
    done = False
    def eventFilter(self, watched, event):
        self.done = self.done or event.type() == QEvent.Type.UpdateRequest
        return False
def look_on(window):
    watch = QTimer(window, interval=1)
    watch.timeout.connect(lambda: step(window, watch))
    watch.start()
def step(window, watch):
    if window.opened is None:
        return
    if window.room.view is None:
        window.open_first_report()
    field = QApplication.focusWidget()
    if isinstance(field, (QLineEdit, QTextEdit)) and field.isVisible():
        watch.stop()
        report(window, time.monotonic() - float(sys.argv[1]))
def report(window, seconds):
    print(seconds)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(kinds(window))
    settled = time.perf_counter() + 2.0  # a receiving unit adds up, texts are read
    while time.perf_counter() < settled:
        QApplication.processEvents()
    view, painted = window.room.view, Painted(); window.installEventFilter(painted)
    filled = [section.items[0].id for section in view.workspace.form.sections if section.items]
    for rest in (0.0, 0.3):  # at once, one after another; and once more as somebody goes who looks at each
        times = []
        for place in filled[1:] + filled[:1]:
            painted.done, begun = False, time.perf_counter()
            view.fill_place(place)  # as the outline does
            while not painted.done:
                QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 1)
            times.append(time.perf_counter() - begun)
            while time.perf_counter() < begun + rest:
                QApplication.processEvents()
        print(*times, flush=True)
    window.close()
app.start(Path(sys.argv[2]))
"""
)
DATA = (("commune", "demo/units/31426.sqlite"), ("receiving unit", "demo/receiving.sqlite"))


def main() -> None:
    """Print medians in milliseconds, ratios and memory."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        _run(
            "from pathlib import Path; from dcs_desktop.demo import make_demo; make_demo(Path('demo'))", home
        )
        _report_paint(home)
        for name, data in DATA:
            _report_field(home, name, data)


def _report_paint(home: Path) -> None:
    code = PAINT.replace("{heavy}", repr(HEAVY))
    _seconds, heavy, kinds = _run(code, home, DATA[0][1])
    bare, ours = [], []
    for _round in range(ROUNDS):
        bare.append(float(_run(BARE, home, kinds)[0]))
        ours.append(float(_run(code, home, DATA[0][1])[0]))
    ratio = statistics.median(ours) / statistics.median(bare)
    count = len(kinds.split())
    print(f"first paint: {_ms(ours)} ms, bare window of {count} widgets {_ms(bare)} ms: ratio {ratio:.2f}")
    print(f"heavy modules loaded by then: {heavy}")


def _report_field(home: Path, name: str, data: str) -> None:
    kinds = _run(FIELD, home, data)[2]
    bare, library, ours, first_time, again, memory = [], [], [], [], [], []
    for _round in range(ROUNDS):
        bare.append(float(_run(BARE, home, kinds)[0]))
        library.append(
            float(_run(BARE.replace("app.exec()", "app.exec(); import sqlalchemy"), home, kinds)[0])
        )
        first, megabytes, _kinds, built, shown = _run(FIELD, home, data)
        ours.append(float(first))
        memory.append(float(megabytes))
        first_time.append([float(each) for each in built.split()])
        again.append([float(each) for each in shown.split()])
    ratio = statistics.median(ours) / statistics.median(bare)
    count = len(kinds.split())
    print(
        f"{name}: first editable field with its data: {_ms(ours)} ms, bare window of {count} widgets "
        f"{_ms(bare)} ms: ratio {ratio:.2f} (bare window and SQLAlchemy's import alone: {_ms(library)} ms)"
    )
    slowest = [max(each) for each in first_time]
    print(
        f"{name}: section switched to, built and painted: slowest of {len(first_time[0])} {_ms(slowest)} ms"
    )
    print(
        f"{name}: each switched to twice: p95 {1000 * _p95(first_time + again):.0f} ms, again {_ms(_all(again))} ms"
    )
    print(f"{name}: memory with the report open: {statistics.median(memory):.0f} MB")


def _all(runs: list[list[float]]) -> list[float]:
    return [each for run in runs for each in run]


def _p95(runs: list[list[float]]) -> float:
    return statistics.quantiles(_all(runs), n=20)[-1]


def _ms(times: list[float]) -> str:
    return f"{1000 * statistics.median(times):.0f}"


def _run(code: str, home: Path, *said: str) -> list[str]:
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "DCS_DESKTOP_HOME": str(home / "home")}
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, "-c", code, str(time.monotonic()), *said],
        cwd=home,
        env=surroundings,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return done.stdout.splitlines()


if __name__ == "__main__":
    main()
