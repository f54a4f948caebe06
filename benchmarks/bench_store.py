"""Times of the data file: opening it, one entry with all checks, one commit against plain sqlite3."""

from __future__ import annotations

import shutil
import sqlite3
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from dcs_desktop import starting, template_library
from dcs_desktop.core.changes import Change, Part
from dcs_desktop.core.form import Form, Role
from dcs_desktop.core.period import Period
from dcs_desktop.core.progress import Progress
from dcs_desktop.core.values import NUMERIC, given
from dcs_desktop.store import Action, DataFile, Listener, Saved, open_file, reports
from dcs_desktop.workspace import Workspace, new_report

COMMUNE, DISTRICT, YEAR = "31426@GSO-2024", "934@GSO-2024", Period.parse("2024")
ROUNDS = 5
COMMITS = 200
KEY = "hoa_giai.thanh"


def main() -> None:
    """Print medians in milliseconds, and the ratio of a commit to plain sqlite3."""
    folder = Path(tempfile.mkdtemp(prefix="dcs-bench-"))
    try:
        for name, unit in (("commune", COMMUNE), ("receiving unit", DISTRICT)):
            path = folder / f"{unit}.sqlite"
            _fill(path, unit)
            _report_opening(name, path)
            _report_entering(name, path)
        _report_commits(folder, folder / f"{COMMUNE}.sqlite")
    finally:
        shutil.rmtree(folder)


def _fill(path: Path, code: str) -> None:
    """A data file with two years' reports, every figure given."""
    unit = starting.unit_of(code, YEAR)
    setup = starting.proposed_setup(unit, YEAR, training=True)
    file = open_file(path, create=True)
    file.save_setup(setup)
    reference = template_library.reference_for(YEAR)
    for period in (YEAR.previous(), YEAR):
        workspace = Workspace.open(file, new_report(file, setup, period, reference))
        for number, key in enumerate(_numbers(workspace.form)):
            workspace.enter(key, str(number % 90 + 1))
        for item in workspace.form.items.values():
            if item.prose:
                workspace.write(item.id, "Đơn vị đã triển khai **đầy đủ** các nội dung được giao.\n" * 12)
        workspace.close()
    file.close()


def _numbers(form: Form) -> list[str]:
    return [f.key for f in form.fields.values() if f.role is Role.ENTERED and f.type.kind in NUMERIC]


def _report_opening(name: str, path: Path) -> None:
    def opened() -> None:
        open_file(path).close()

    size = path.stat().st_size / 1e6
    print(f"{name}: open and close the data file ({size:.1f} MB): {_median(opened):.1f} ms")
    file = open_file(path)
    ref = file.reports()[-1].ref
    print(f"{name}: read one report: {_median(lambda: file.report(ref)):.1f} ms")
    print(f"{name}: Workspace.open (two forms built): {_median(lambda: Workspace.open(file, ref)):.1f} ms")
    file.close()


def _median(work: Callable[[], object]) -> float:
    times = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return 1000 * statistics.median(times)


def _report_entering(name: str, path: Path) -> None:
    file = open_file(path)
    workspace = Workspace.open(file, file.reports()[-1].ref)
    times = []
    for number, key in enumerate(_numbers(workspace.form)):
        begun = time.perf_counter()
        workspace.enter(key, str(number % 80 + 11))
        times.append(1000 * (time.perf_counter() - begun))
        workspace.flush()
    workspace.close()
    file.close()
    times.sort()
    fields = len(workspace.form.fields)
    print(
        f"{name}: Workspace.enter, {fields} fields, {len(workspace.form.checks)} checks: median "
        f"{statistics.median(times):.2f} ms, p99 {times[int(len(times) * 0.99) - 1]:.2f} ms"
    )


def _report_commits(folder: Path, path: Path) -> None:
    """Alternate between the two, so that both meet the same disk."""
    shutil.copy(path, folder / "plain.sqlite")
    plain = _plain(folder / "plain.sqlite")
    file = open_file(path)
    ref = file.reports()[-1].ref
    ours, handed, theirs = [], [], []
    for number in range(COMMITS):
        theirs.append(_commit_plain(plain, ref, number))
        itself, whole = _commit_ours(file, ref, number)
        ours.append(itself)
        handed.append(whole)
    file.close()
    plain.close()
    mine, other, whole = (statistics.median(times) for times in (ours, theirs, handed))
    print(
        f"one commit: {mine:.2f} ms, the same rows in plain sqlite3 {other:.2f} ms: ratio {mine / other:.2f}"
    )
    print(f"with the way to the writer's thread and back: {whole:.2f} ms: ratio {whole / other:.2f}")


def _commit_ours(file: DataFile, ref: int, number: int) -> tuple[float, float]:
    """The commit on the writer's thread, and all from putting an action to the word that it is on the disk."""
    done, begun = threading.Event(), [0.0, 0.0]
    change = Change(Part.VALUE, KEY, given(number), given(number + 1))
    action = Action(1_000_000 + number, (change,), datetime.now(UTC))

    def work(connection: sqlite3.Connection) -> None:
        begun[0] = time.perf_counter()
        reports.save(connection, Saved(ref, action, {}, Progress()))

    def saved(_moment: datetime) -> None:
        begun[1] = time.perf_counter()
        done.set()

    put = time.perf_counter()
    file.writer.put(work, Listener(saved, print))
    done.wait(30)
    return 1000 * (begun[1] - begun[0]), 1000 * (time.perf_counter() - put)


def _plain(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for setting in ("journal_mode = TRUNCATE", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {setting}")
    return connection


def _commit_plain(connection: sqlite3.Connection, ref: int, number: int) -> float:
    """The same three rows: the answer, its change record, the report's counts."""
    answer = (ref, KEY, "number", "number", str(number), "0123456789abcdef")
    old, new = (f'{{"state":"number","kind":"number","value":"{n}"}}' for n in (number, number + 1))
    change = (
        ref,
        1_000_000 + number,
        "done",
        "value",
        KEY,
        old,
        new,
        "2024-12-05T08:00:00",
        "0123456789abcdef",
    )
    begun = time.perf_counter()
    connection.execute("BEGIN")
    connection.execute(
        "INSERT OR REPLACE INTO answer (report, key, state, kind, value, seal) VALUES (?, ?, ?, ?, ?, ?)",
        answer,
    )
    connection.execute(
        "INSERT INTO change (report, action, deed, part, key, old, new, at, seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        change,
    )
    connection.execute("UPDATE report SET saved_at = ?, answered = ? WHERE ref = ?", ("2024", number, ref))
    connection.execute("COMMIT")
    return 1000 * (time.perf_counter() - begun)


if __name__ == "__main__":
    main()
