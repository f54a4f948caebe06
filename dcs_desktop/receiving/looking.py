"""Looks at packages, each alone: reads, verifies, checks; many of them in processes of their own.

What was seen comes back in the order in which the packages came, the same however many processes there are.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from dcs_desktop import i18n, package
from dcs_desktop.core.answers import check, compute
from dcs_desktop.core.form import Form
from dcs_desktop.core.on_behalf import KEY as ON_BEHALF
from dcs_desktop.core.report import Answers, Identity, Report
from dcs_desktop.core.trouble import Severity
from dcs_desktop.receiving.desk import known_templates
from dcs_desktop.store import Arrival
from dcs_desktop.store.counted import text_of

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

# So few are looked at sooner here than another process begins.
FEW = 50
AT_ONCE = 16
MOST_PROCESSES = 3
# So many lots wait for each process.
WAITING = 3


@dataclass(frozen=True, slots=True)
class Came:
    """One package, or something else, that came: the file given, where it lay within, its bytes or why there are none."""

    path: Path
    within: str
    data: bytes | package.PackageFault

    @property
    def name(self) -> str:
        """The name of the package itself."""
        return self.within.rpartition(" › ")[2].rpartition("/")[2] or self.path.name

    @property
    def shown(self) -> str:
        """Where it came from, as a row of a list says it."""
        return f"{self.path.name} › {self.within}" if self.within else self.path.name


@dataclass(frozen=True, slots=True)
class Looked:
    """What a package is, by itself: why it is refused, or what is to be kept of it."""

    identity: Identity | None = None
    digest: str = ""
    refused: package.PackageFault | None = None
    key: str = ""
    arrival: Arrival | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """How packages are looked at: against which templates, for which day, telling faults in which language."""

    known: Mapping[str, bytes]
    received_at: datetime
    language: i18n.Language

    def at(self, data: bytes | package.PackageFault, name: str) -> Looked:
        """Read, verify and check one package; whatever is wrong with it is said and not raised."""
        if isinstance(data, package.PackageFault):
            return Looked(refused=data)
        reading = package.read_bytes(data, name, self.known)
        if reading.report is None or reading.manifest is None or reading.form is None:
            return Looked(reading.identity, refused=package.gravest(reading.faults))
        digest = reading.manifest.dcs.content_digest
        arrival = _arrival(reading, reading.report, reading.form, self.received_at)
        return Looked(reading.report.identity, digest, key=reading.key, arrival=arrival)

    def whole(self, came: Came) -> Looked:
        """The same with the bytes that are to be kept."""
        return with_bytes(came, self.at(came.data, came.name))


def with_bytes(came: Came, looked: Looked) -> Looked:
    """What was seen of a package, with the bytes that are to be kept."""
    if looked.arrival is None or not isinstance(came.data, bytes):
        return looked
    return replace(looked, arrival=replace(looked.arrival, package=came.data))


def counts(report: Report, form: Form) -> tuple[int, int, int]:
    """The errors, warnings not accepted, and missing answers of a report; the form may be without its words."""
    figures = compute(form, report.answers)
    found = [f.severity for f in check(form, report.answers, figures, worded=False) if not f.accepted]
    return found.count(Severity.ERROR), found.count(Severity.WARNING), found.count(Severity.MISSING)


def counted_of(report: Report, form: Form) -> str:
    """What totals are made of: figures, tables and what was said of them; no texts."""
    asked = form.fields.keys() | form.tables.keys()
    values = {k: v for k, v in report.answers.values.items() if k in asked and k not in report.answers.own}
    return text_of(Answers(values, report.answers.rows))


def _arrival(reading: package.Reading, report: Report, form: Form, received_at: datetime) -> Arrival:
    """What is kept of a package, but for its bytes."""
    quarantined = bool(reading.faults)
    errors, warnings, missing = (0, 0, 0) if quarantined else counts(report, form)
    verdict: str = reading.faults[0].code if quarantined else "accepted"
    if errors or warnings or missing:
        verdict = "accepted_with_warnings"
    return Arrival(
        identity=report.identity,
        digest=reading.manifest.dcs.content_digest if reading.manifest is not None else "",
        file_digest=sha256(reading.data).hexdigest(),
        package=b"",
        file_name=reading.file_name,
        verdict=verdict,
        errors=errors,
        missing=missing,
        received_at=received_at,
        remark=report.answers.accepted.get(ON_BEHALF, ""),
        key=reading.key,
        counted="" if quarantined else counted_of(report, form),
    )


def looked_at(
    coming: Iterable[Came], look: Look, processes: int | None = None
) -> Iterator[tuple[Came, Looked]]:
    """Everything that comes with what it is, in its order.

    More than a few are looked at in other processes, as many as ``processes``
    says (1: none), from when these have begun; where none can be had, here.
    """
    coming = iter(coming)
    count = min(os.cpu_count() or 1, MOST_PROCESSES) if processes is None else processes
    for one in coming if count < 2 else islice(coming, FEW):
        yield one, look.whole(one)
    first = next(coming, None)
    if first is not None:
        yield from _side_by_side(chain((first,), coming), look, count)


Lot = list[Came]


def _side_by_side(coming: Iterator[Came], look: Look, count: int) -> Iterator[tuple[Came, Looked]]:
    """Lots handed out to processes, a few ahead, and taken back in order."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    out: deque[tuple[Lot, Future[list[Looked]]]] = deque()
    pool = ProcessPoolExecutor(
        count, get_context("spawn"), initializer=_begin, initargs=(replace(look, known={}),)
    )
    try:
        begun = _handed(pool, [])
        while not begun.done() and (one := next(coming, None)) is not None:
            yield one, look.whole(one)
        while lot := list(islice(coming, AT_ONCE)):
            out.append((lot, _handed(pool, lot)))
            if len(out) > count * WAITING:
                yield from _taken_back(*out.popleft(), look)
        while out:
            yield from _taken_back(*out.popleft(), look)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _handed(pool: ProcessPoolExecutor, lot: Lot) -> Future[list[Looked]]:
    """The lot given to a process; a failure where none can be had."""
    try:
        return pool.submit(_look_at, [(one.data, one.name) for one in lot])
    except (OSError, RuntimeError) as error:
        failed: Future[list[Looked]] = Future()
        failed.set_exception(OSError(str(error)))
        return failed


def _taken_back(lot: Lot, future: Future[list[Looked]], look: Look) -> Iterator[tuple[Came, Looked]]:
    """What a process saw; what it died over is looked at here."""
    from concurrent.futures.process import BrokenProcessPool

    try:
        found = future.result()
    except (BrokenProcessPool, OSError):
        found = [look.at(one.data, one.name) for one in lot]
    for one, looked in zip(lot, found, strict=True):
        yield one, with_bytes(one, looked)


_looking: Look


def _begin(look: Look) -> None:
    """Once in each process."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    global _looking  # noqa: PLW0603 -- a process of the pool has no other place to keep what it began with
    _looking = replace(look, known=known_templates())
    i18n.set_language(look.language)


def _end_with_parent() -> None:
    """Nobody tells a process that its parent was killed; it would wait for work for ever (R19)."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _look_at(lot: list[tuple[bytes | package.PackageFault, str]]) -> list[Looked]:
    return [_looking.at(data, name) for data, name in lot]
