"""Opens a desk's data file in a real window, offscreen, and turns to each of its tabs; part of bench_intake.py."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[1]))

from PySide6.QtWidgets import QApplication

from benchmarks._intake_samples import PERIOD, home
from dcs_desktop.store import open_file
from dcs_desktop.ui import look
from dcs_desktop.ui.opened import Opened
from dcs_desktop.ui.receiving_desk import ReceivingDesk
from dcs_desktop.ui.tasks import Worker


def main(path: Path) -> None:
    """Print how long the window is held by each turn, painted, and until everything is there."""
    home()
    app = QApplication([])
    look.apply(app, "light")
    file = open_file(path)
    worker = Worker()
    setup = file.setup()
    assert setup is not None
    opened = Opened(file, setup, path)

    def timed(name: str, work: Callable[[], object]) -> None:
        begun = time.perf_counter()
        work()
        app.processEvents()
        held = 1000 * (time.perf_counter() - begun)
        longest = 0.0
        while worker.busy:
            turn = time.perf_counter()
            app.processEvents()
            longest = max(longest, 1000 * (time.perf_counter() - turn))
            time.sleep(0.002)
        whole = 1000 * (time.perf_counter() - begun)
        print(
            f"    {name:<24} holds the window {held:4.0f} ms, then {longest:4.0f} at most, whole after {whole:5.0f} ms"
        )

    made: list[ReceivingDesk] = []

    def open_desk() -> None:
        desk = ReceivingDesk(opened, worker)
        desk.resize(1366, 768)
        desk.show()
        desk.refresh()
        made.append(desk)

    timed("desk opened", open_desk)
    desk = made[0]
    desk.period_choice.setCurrentIndex(desk.period_choice.findData(str(PERIOD)))
    for _round in range(2):
        for page, name in (
            (desk.filing, "who has filed"),
            (desk.totals, "totals"),
            (desk.texts, "texts"),
            (desk.packages, "taking in"),
        ):
            timed(f"{name}, {'again' if _round else 'first'}", partial(desk.tabs.setCurrentWidget, page))
    worker.close()
    file.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
