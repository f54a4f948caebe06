"""Prints every received report of a period into a folder, on all processors: one that cannot be printed stops no other."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from dcs_desktop import package, printing, receiving, template_library
from dcs_desktop.core.own import extended
from dcs_desktop.core.period import Period
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.files import reason
from dcs_desktop.i18n import _
from dcs_desktop.receiving.desk import Desk
from dcs_desktop.store import DataFile

WAITING = 8
"""How many packages wait for each process: few, so that thousands are never held at once."""


@dataclass(frozen=True, slots=True)
class Task:
    """A package to print into a folder, in its own layout unless another is named."""

    unit: str
    package: bytes
    folder: Path
    layout: str | None = None


@dataclass(frozen=True, slots=True)
class Printout:
    """What came of one: the file and its pages, or why there is none."""

    unit: str
    path: Path | None = None
    pages: int = 0
    refusal: str = ""


def tasks(file: DataFile, period: Period, folder: Path, layout: str | None = None) -> tuple[Task, ...]:
    """The packages that count, of the units that report to this one, in the order of its list. Raises Refusal."""
    desk = Desk(file, receiving.setup_of(file), period)
    counting = ((one.unit.identity, desk.counting(one.unit.identity)) for one in desk.expected)
    found = ((unit, file.received_bytes(kept.digest)) for unit, kept in counting if kept is not None)
    return tuple(Task(unit, data or b"", folder, layout) for unit, data in found)


def print_all(
    waiting: Iterable[Task], told: Callable[[Printout], None], processes: int | None = None
) -> tuple[Printout, ...]:
    """Print them in as many processes as there are processors, or as said; ``told`` hears of each when it is done.

    What was printed before is printed anew. The result stands in the order of the tasks.
    """
    count = max(processes or os.cpu_count() or 1, 1)
    made: dict[int, Printout] = {}
    with ProcessPoolExecutor(count, get_context("spawn")) as pool:
        for number, printout in _handed_out(pool, enumerate(waiting), count * WAITING):
            made[number] = printout
            told(printout)
    return tuple(made[number] for number in sorted(made))


def _handed_out(
    pool: ProcessPoolExecutor, waiting: Iterator[tuple[int, Task]], most: int
) -> Iterator[tuple[int, Printout]]:
    """Hand out a few at a time; each with its number as it comes back."""
    out: dict[Future[Printout], int] = {}
    for number, task in waiting:
        out[pool.submit(print_one, task)] = number
        if len(out) >= most:
            done = next(as_completed(out))
            yield out.pop(done), done.result()
    for done in as_completed(out):
        yield out[done], done.result()


def print_one(task: Task) -> Printout:
    """Print one package; whatever is wrong with it is said and not raised."""
    try:
        return _printed(task)
    except Refusal as refusal:
        return Printout(task.unit, refusal=refusal.sentence)
    except OSError as error:
        message = _("Không ghi được vào {folder}: {reason}. Hãy chọn thư mục khác.")
        return Printout(task.unit, refusal=message.format(folder=task.folder, reason=reason(error)))


def _printed(task: Task) -> Printout:
    reading = package.read_bytes(task.package, task.unit, receiving.known_templates())
    report = reading.report
    if report is None or reading.faults:
        raise Refusal(_("Gói báo cáo bị hỏng. Hãy nhận lại gói này."))
    template = template_library.template(report.identity.template)
    asked = template_library.form_for(template, report.identity, report.letterhead.places)
    form = extended(asked, report.answers.own)
    path = task.folder / Path(package.file_name(report)).with_suffix(".pdf")
    printed = printing.print_report(report, form, path, layout=task.layout)
    return Printout(task.unit, path, printed.pages)
