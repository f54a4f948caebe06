"""Keys and commits on a disk that takes 25 ms for every sync, and on this one: Linux and a C compiler needed."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.faults.disk import watched

SYNC_MS = 25
OFFICER = """
    import sys, time
    from pathlib import Path
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication
    from dcs_desktop.store import open_file
    from dcs_desktop.ui.dressing import make_application
    from dcs_desktop.ui.preferences import Preferences
    from dcs_desktop.ui.report_view import ReportView
    from dcs_desktop.workspace import Workspace
    from tests.ui.shell_data import unit_file, with_report

    app = make_application(Preferences())
    file = open_file(with_report(unit_file(Path(sys.argv[1]) / "dcs.sqlite")))
    workspace = Workspace.open(file, 1)
    view = ReportView(workspace)
    view.resize(1366, 768)
    view.show()
    app.processEvents()
    view.go_to("hoa_giai.tiep_nhan")

    def press(key, text=""):
        hand = QApplication.focusWidget() or view.focusWidget()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            begun = time.perf_counter()
            QApplication.sendEvent(hand, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))
            keys.append(1000 * (time.perf_counter() - begun))
        app.processEvents()

    keys = []
    for number in range(200):
        press(Qt.Key.Key_0 + number % 9 + 1, str(number % 9 + 1))
        press(Qt.Key.Key_Return)
    workspace.flush()
    typed = len(file.changes(1))
    setup = file.setup()
    commits = []
    for _round in range(100):
        begun = time.perf_counter()
        file.save_setup(setup)
        commits.append(1000 * (time.perf_counter() - begun))
    print(typed, *keys)
    print(*commits)
    view.deleteLater()
    workspace.close()
    file.close()
"""


def main() -> None:
    """Print p50, p99 and the longest of both, on both disks."""
    for sync_ms in (0, SYNC_MS):
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            ran = subprocess.run(
                [sys.executable, "-c", textwrap.dedent(OFFICER), folder],
                env=watched(place, sync_ms=sync_ms),
                check=True,
                capture_output=True,
                text=True,
                timeout=300,
            )
        said, commits = ([float(one) for one in line.split()] for line in ran.stdout.splitlines()[-2:])
        changes, keys = said[0], said[1:]
        print(f"sync {sync_ms:2} ms: {changes:.0f} changes; key {_said(keys)}; commit {_said(commits)}")


def _said(times: list[float]) -> str:
    cuts = statistics.quantiles(times, n=100)
    return f"p50 {cuts[49]:.1f}, p99 {cuts[98]:.1f}, longest {max(times):.1f} ms"


if __name__ == "__main__":
    main()
