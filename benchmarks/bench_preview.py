"""Times of the page beside the form: from a pause in typing to the page, and what a key waits for meanwhile.

The ways that were weighed stand beside each other: the whole report printed at every pause, on the worker thread
or in a process of its own, and what the program does, the page alone, measuring only what changed.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event, Thread

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dcs_desktop import sample, starting
from dcs_desktop.core.form import Form
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Report
from dcs_desktop.core.values import given
from dcs_desktop.printing import Memory, draw_page, lay_report_out, render_report
from dcs_desktop.store import DataFile, open_file
from dcs_desktop.ui.dressing import make_application
from dcs_desktop.ui.live_page import PAUSE_MS, LivePage
from dcs_desktop.ui.preferences import Preferences
from dcs_desktop.ui.prose_area import ProseArea
from dcs_desktop.ui.report_view import ReportView
from dcs_desktop.ui.tasks import Worker
from dcs_desktop.workspace import Workspace

PERIOD = Period(2024)
ITEM = "II.1.a"
ROUNDS, KEYS = 15, 80
BETWEEN_KEYS = 0.04
OTHER = "from benchmarks.bench_preview import print_for_ever; print_for_ever()"


def longer(report: Report, times: int) -> Report:
    """The same report with every narrative said several times."""
    answers = report.answers
    for key, value in report.answers.values.items():
        if isinstance(value.content, str) and len(value.content) > 400:
            body, mark, notes = value.content.partition("\n\n[^")
            answers = answers.with_value(key, given("\n".join([body] * times) + mark + notes))
    return replace(report, answers=answers)


@contextmanager
def opened(report: Report) -> Iterator[Workspace]:
    """A report in a data file of its own."""
    with tempfile.TemporaryDirectory() as folder:
        file: DataFile = open_file(Path(folder) / "bench.sqlite", create=True)
        unit = starting.unit_of(report.identity.unit.identity, PERIOD)
        file.save_setup(starting.proposed_setup(unit, PERIOD))
        workspace = Workspace.open(file, file.add_report(report))
        yield workspace
        workspace.close()
        file.close()


def median(times: list[float]) -> str:
    """In milliseconds."""
    return f"{1000 * statistics.median(times):.0f}"


def worst(times: list[float]) -> str:
    """In milliseconds, beside the slowest of twenty."""
    ordered = sorted(times)
    return f"p95 {1000 * ordered[int(len(ordered) * 0.95)]:.0f}, worst {1000 * ordered[-1]:.0f}"


def timed(work: Callable[[], object]) -> float:
    """In seconds."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def processor(work: Callable[[], object]) -> float:
    """In seconds of the processor: who else uses the machine does not count."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def one_page(report: Report, form: Form, memory: Memory) -> bytes:
    """What the page beside the form asks for at a pause."""
    return draw_page(lay_report_out(report, form, memory), 1)


def layout_times(workspace: Workspace) -> None:
    """The same edit laid out in three ways, in processor time."""
    report, form = workspace.report(), workspace.form
    memory = Memory()
    pages = len(lay_report_out(report, form, memory).sheets)
    whole, fresh, page = [], [], []
    for number in range(ROUNDS):
        text = f"{report.answers.prose(ITEM)}\nĐoạn thêm {number}."
        edited = replace(report, answers=report.answers.with_value(ITEM, given(text)))
        whole.append(processor(partial(render_report, edited, form)))
        fresh.append(processor(partial(one_page, edited, form, Memory())))
        page.append(processor(partial(one_page, edited, form, memory)))
    ratio = statistics.median(whole) / statistics.median(page)
    print(
        f"{pages} pages: all of it printed {median(whole)} ms; laid fresh, one page drawn {median(fresh)} ms;"
    )
    print(f"  only what changed measured, one page drawn {median(page)} ms: 1/{ratio:.0f} of the whole")


def strike(area: ProseArea, keys: int) -> list[float]:
    """How long each key takes, at the pace of a quick hand."""
    times = []
    for _key in range(keys):
        times.append(timed(lambda: (QTest.keyClick(area, Qt.Key.Key_X), QApplication.processEvents())))
        end = time.perf_counter() + BETWEEN_KEYS
        while time.perf_counter() < end:
            QApplication.processEvents()
    return times


def window_times(workspace: Workspace) -> None:
    """The page in the window: from the last key to the page, and keys while it is made."""
    worker = Worker()
    view = ReportView(workspace, worker)
    view.resize(1366, 700)
    view.show()
    view.activateWindow()
    view.go_to(ITEM)
    wait_until(lambda: isinstance(view.focusWidget(), ProseArea) and view.isActiveWindow())
    area = view.focusWidget()
    assert isinstance(area, ProseArea)
    resting = strike(area, KEYS)
    print(f"  a key while nothing is laid out: {median(resting)} ms, {worst(resting)}")
    for words, printing in (("a thread", printing_thread), ("a process", printing_process)):
        with printing(workspace):
            during = strike(area, KEYS)
        print(f"  a key while {words} prints without end: {median(during)} ms, {worst(during)}")
    view.bar.live.setChecked(True)
    page = view.columns.live
    assert page is not None
    wait_until(lambda: page.page >= 0 and not page.busy)
    shown = [until_shown(page, area) for _round in range(ROUNDS)]
    print(
        f"  from the last key to the page: {median(shown)} ms, {worst(shown)} (limit 500; pause {PAUSE_MS})"
    )
    page.pause_for(0)
    during = strike(area, KEYS)
    print(f"  a key while the page is laid out at every key: {median(during)} ms, {worst(during)}")
    wait_until(lambda: not page.busy)
    view.let_go()
    worker.close()
    view.close()
    view.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def until_shown(page: LivePage, area: ProseArea) -> float:
    """From a key to the page that shows it."""
    begun = time.perf_counter()
    QTest.keyClick(area, Qt.Key.Key_X)
    wait_until(lambda: not page.busy)
    return time.perf_counter() - begun


def wait_until(there: Callable[[], bool]) -> None:
    """Let the window work until something is so."""
    end = time.monotonic() + 60
    while not there():
        QApplication.processEvents()
        assert time.monotonic() < end, "it never came"


@contextmanager
def printing_thread(workspace: Workspace) -> Iterator[None]:
    """The whole report printed again and again on another thread."""
    report, form, over = workspace.report(), workspace.form, Event()

    def go_on() -> None:
        while not over.is_set():
            render_report(report, form)

    thread = Thread(target=go_on)
    thread.start()
    yield
    over.set()
    thread.join()


@contextmanager
def printing_process(_workspace: Workspace) -> Iterator[None]:
    """The same in a process of its own."""
    process = subprocess.Popen([sys.executable, "-c", OTHER])
    time.sleep(2)
    yield
    process.kill()
    process.wait()


def print_for_ever() -> None:
    """What the other process does."""
    with opened(sample.district_report()) as workspace:
        while True:
            render_report(workspace.report(), workspace.form)


def main() -> None:
    """The district's own report, and one with its narratives said several times over."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = make_application(Preferences())
    for times in (1, 4):
        with opened(longer(sample.district_report(), times)) as workspace:
            layout_times(workspace)
            window_times(workspace)
    app.quit()


if __name__ == "__main__":
    main()
