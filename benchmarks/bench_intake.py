"""Taking in, totals and tabs of the receiving desk at 3,321 units, against bare loops over workbooks of the same figures.

``--units 3321`` says how many; ``--linear`` adds desks of 15, 168, 1,000 and 10,000. openpyxl is no part of the
program: its loop runs where it can be imported (pip install openpyxl), over every tenth workbook.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import python_calamine

from benchmarks._intake_samples import PERIOD, Samples, desk, home, samples
from dcs_desktop import receiving
from dcs_desktop.store import DataFile, open_file

TODAY = date(2024, 12, 9)
ROUNDS = 5
TENTH = 10


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds by the clock and of all processors, children's among them."""

    clock: float
    processors: float


def _took(work: Callable[[], object]) -> Took:
    clock, before = time.perf_counter(), os.times()
    work()
    after = os.times()
    return Took(time.perf_counter() - clock, sum(after[:4]) - sum(before[:4]))


def main() -> None:
    """Print milliseconds a package, ratios, memory, and the times of totals, parts and tabs."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--units", type=int, default=3_321)
    asked.add_argument("--linear", action="store_true")
    said = asked.parse_args()
    home()
    _compare(samples(said.units))
    for count in (15, 168, 1_000, 10_000) if said.linear else ():
        _report_desk(samples(count))


def _compare(files: Samples) -> None:
    """calamine, ours, calamine again; then openpyxl: one after the other in one run."""
    count = len(files.packages)
    first = _took(lambda: _calamine(files.workbooks))
    ours = _report_desk(files)
    again = _took(lambda: _calamine(files.workbooks))
    calamine = Took((first.clock + again.clock) / 2, (first.processors + again.processors) / 2)
    _line("calamine, bare loop", calamine, count)
    print(
        f"ours against calamine: {ours.clock / calamine.clock:.2f} x by the clock, "
        f"{ours.processors / calamine.processors:.2f} x of processors (limit 2.5 x)"
    )
    some = files.workbooks[::TENTH]
    openpyxl = _took(lambda: _openpyxl(some)) if _has_openpyxl() else None
    if openpyxl is not None:
        _line("openpyxl, bare loop", openpyxl, len(some))
        faster = (openpyxl.clock / len(some)) / (ours.clock / count)
        least = (openpyxl.processors / len(some)) / (ours.processors / count)
        print(f"faster than openpyxl: {faster:.1f} x by the clock, {least:.1f} x of processors (limit 5 x)")


def _line(name: str, took: Took, count: int) -> None:
    each = f"{1000 * took.clock / count:6.2f} ms by the clock, {1000 * took.processors / count:6.2f} of processors"
    print(f"{name:<28} {each} a file, {count} files")


def _calamine(paths: Sequence[Path]) -> None:
    for path in paths:
        python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def _has_openpyxl() -> bool:
    try:
        import openpyxl  # type: ignore[import-untyped]  # not installed with the program  # noqa: F401
    except ImportError:
        print("openpyxl cannot be imported: its loop is left out")
        return False
    return True


def _openpyxl(paths: Sequence[Path]) -> None:
    import openpyxl

    for path in paths:
        for _row in openpyxl.load_workbook(path, read_only=True, data_only=True).active.iter_rows(
            values_only=True
        ):
            pass


def _report_desk(files: Samples) -> Took:
    """Take everything in, then ask for totals, parts and tabs."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk.sqlite"
        file = desk(path, files.units)
        found: list[receiving.Verdict] = []
        with _Memory() as memory:
            took = _took(lambda: found.extend(receiving.import_paths(file, files.packages, TODAY)))
        _line(f"ours, {len(files.units)} units", took, len(files.packages))
        print(f"    {dict(Counter(one.verdict for one in found))}")
        print(f"    memory at most {memory.most:.0f} MB, all processes (limit 300)")
        file.close()
        file = open_file(path)
        _report_asking(file)
        file.close()
        subprocess.run([sys.executable, __file__.replace("bench_intake", "_intake_tabs"), path], check=True)
    return took


def _report_asking(file: DataFile) -> None:
    first = 1000 * _took(lambda: receiving.totals(file, PERIOD)).clock
    print(
        f"    all totals {first:.0f} ms the first time since opening, {_median(lambda: receiving.totals(file, PERIOD)):.0f} ms again (limit 150)"
    )
    found = list(receiving.totals(file, PERIOD).totals.values())[:40]
    each = [1000 * _took(lambda total=total: receiving.parts(file, PERIOD, total)).clock for total in found]  # type: ignore[misc]  # bound at once
    print(f"    parts of one total {statistics.median(each):.1f} ms (limit 10)")
    print(f"    who has filed {_median(lambda: receiving.status(file, PERIOD, TODAY)):.0f} ms")
    print(f"    all counted anew {1000 * _took(lambda: receiving.recounted(file, PERIOD)).clock:.0f} ms")


def _median(work: Callable[[], object]) -> float:
    return statistics.median(1000 * _took(work).clock for _round in range(ROUNDS))


class _Memory:
    """What this process and those it started hold, in MB, looked at every 50 ms (Linux; shared pages in part)."""

    most = 0.0

    def __enter__(self) -> _Memory:
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.05):
            self.most = max(self.most, sum(_held(pid) for pid in (os.getpid(), *_children(os.getpid()))))


def _children(pid: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        threads = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return []
    return sorted({int(one) for said in (text, *threads) for one in said.split()})


def _held(pid: int) -> float:
    try:
        said = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in said.splitlines() if line.startswith("Pss:")), 0.0)


if __name__ == "__main__":
    main()
