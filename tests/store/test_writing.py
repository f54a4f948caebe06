"""The one writer: in order, nothing lost when the disk is full, busy, or the process is killed."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from dcs_desktop.core.report import Report
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.store import Listener, open_file
from dcs_desktop.store.connecting import Connections
from dcs_desktop.store.writing import Writer

SMALLEST, ROOM = 4, 4000


@pytest.fixture
def connections(tmp_path: Path) -> Iterator[Connections]:
    """A database that is full when it has four pages, until it is given room."""
    path = tmp_path / "full.sqlite"
    with closing(sqlite3.connect(path)) as making:
        making.execute("CREATE TABLE said (number INTEGER, text TEXT)")
    made = Connections(path)
    yield made
    made.close()


def _said(connections: Connections) -> list[int]:
    with connections.transaction() as connection:
        return [number for (number,) in connection.execute("SELECT number FROM said ORDER BY rowid")]


class Disk:
    """What is to be written, on a disk of so many pages; and what its listener was told."""

    def __init__(self) -> None:
        self.pages = SMALLEST
        self.saved: list[datetime] = []
        self.failed: list[str] = []
        self.listener = Listener(self.saved.append, self.failed.append)

    def note(self, number: int, connection: sqlite3.Connection) -> int:
        connection.execute(f"PRAGMA max_page_count = {self.pages}")
        connection.execute("INSERT INTO said VALUES (?, ?)", (number, "x" * 3000))
        return number


def _full(error: sqlite3.Error) -> str:
    return f"đầy: {error.sqlite_errorname}"


def test_what_is_put_is_written_in_order(connections: Connections) -> None:
    writer, disk = Writer(connections, _full), Disk()
    disk.pages = ROOM
    for number in range(250):
        writer.put(partial(disk.note, number), disk.listener)
    writer.flush()
    assert _said(connections) == list(range(250))
    assert disk.saved
    assert disk.failed == []
    assert writer.do(partial(disk.note, 250)) == 250
    writer.close()


def test_a_full_disk_keeps_everything_in_line_until_there_is_room(connections: Connections) -> None:
    writer, disk = Writer(connections, _full), Disk()
    for number in range(20):
        writer.put(partial(disk.note, number), disk.listener)
    with pytest.raises(Refusal, match="đầy: SQLITE_FULL"):
        writer.flush()
    assert disk.failed[0] == "đầy: SQLITE_FULL"
    kept = _said(connections)
    assert kept == list(range(len(kept)))
    assert len(kept) < 20
    disk.pages = ROOM
    writer.flush()
    assert _said(connections) == list(range(20))
    writer.close()


def test_who_waits_for_an_answer_is_refused_and_not_written_later(connections: Connections) -> None:
    writer, disk = Writer(connections, _full), Disk()
    for number in range(20):
        writer.put(partial(disk.note, number), disk.listener)
    with pytest.raises(Refusal, match="đầy"):
        writer.do(partial(disk.note, 99))
    disk.pages = ROOM
    writer.close()
    assert _said(connections) == list(range(20))


class Late(Connections):
    """Tells of trouble after everything is on the disk, as a journal that cannot be put away does."""

    troubles = 1

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        with super().transaction() as connection:
            yield connection
        if connection.total_changes and self.troubles:
            self.troubles -= 1
            raise sqlite3.OperationalError("late")


def _count(connection: sqlite3.Connection) -> int:
    count: int = connection.execute("SELECT count(*) FROM said").fetchone()[0]
    return count


@pytest.mark.parametrize("later", [0, 3])
def test_what_was_on_the_disk_when_it_failed_is_not_written_twice(
    connections: Connections, tmp_path: Path, later: int
) -> None:
    late = Late(tmp_path / "full.sqlite")
    writer, disk = Writer(late, str, state_of=_count), Disk()
    disk.pages = ROOM
    writer.put(partial(disk.note, 0), disk.listener)
    with pytest.raises(Refusal, match="late"):
        writer.flush()
    for number in range(1, later + 1):
        writer.put(partial(disk.note, number), disk.listener)
    writer.flush()
    assert _said(late) == list(range(later + 1))
    late.troubles = 1
    with pytest.raises(Refusal, match="late"):
        writer.do(partial(disk.note, 98))
    assert writer.do(partial(disk.note, 99)) == 99
    assert _said(late) == [*range(later + 1), 98, 99]
    writer.close()
    late.close()


def test_a_fault_of_the_program_is_no_silence(connections: Connections) -> None:
    def wrong(_connection: sqlite3.Connection) -> None:
        raise ZeroDivisionError

    writer, disk = Writer(connections, _full), Disk()
    with pytest.raises(ZeroDivisionError):
        writer.do(wrong)
    assert writer.do(partial(disk.note, 1)) == 1
    hushed, threading.excepthook = threading.excepthook, lambda _told: None
    try:
        writer.put(wrong, disk.listener)
        with pytest.raises(RuntimeError):
            writer.flush()
    finally:
        writer._thread.join()
        threading.excepthook = hushed
    assert "đóng và mở lại" in disk.failed[0]
    with pytest.raises(RuntimeError):
        writer.put(wrong, disk.listener)


TYPE = """
import sys
from pathlib import Path
from dcs_desktop.core.progress import Progress
from dcs_desktop.core.changes import Change, Part
from dcs_desktop.core.values import given
from dcs_desktop.store import Action, Listener, Saved, open_file
from datetime import UTC, datetime

file = open_file(Path(sys.argv[1]))
first = file.steps(1).last
for number in range(first + 1, first + 100_000):
    change = Change(Part.VALUE, f"figure.{number % 50}", given(number - 50), given(number))
    saved = lambda moment, number=number: print(number, flush=True)
    file.put(Saved(1, Action(number, (change,), datetime.now(UTC)), {}, Progress()), Listener(saved, print))
    if number % 3 == 0:
        file.flush()
"""


def _killed_while_typing(path: Path, seconds: float) -> int:
    """The last action that was acknowledged."""
    typing = subprocess.Popen([sys.executable, "-c", TYPE, str(path)], stdout=subprocess.PIPE, text=True)
    assert typing.stdout is not None
    first = typing.stdout.readline()
    time.sleep(seconds)
    typing.kill()
    rest, _nothing = typing.communicate()
    return int((first + rest[: rest.rfind("") + 1]).split()[-1])


def _kill_and_look(path: Path, seconds: float) -> int:
    """Kill a writer, then look whether all it acknowledged is there, and nothing out of order; how many it were."""
    acknowledged = _killed_while_typing(path, seconds)
    file = open_file(path)
    last = file.steps(1).last
    assert last >= acknowledged
    values, newest = file.report(1).answers.values, range(max(1, last - 49), last + 1)
    assert [values[f"figure.{number % 50}"].number for number in newest] == list(newest)
    file.close()
    return acknowledged


def _begun(path: Path, report: Report) -> None:
    file = open_file(path, create=True)
    file.add_report(report)
    file.close()


@pytest.mark.parametrize("seconds", [0.0, 0.013, 0.05, 0.11, 0.27])
def test_what_was_acknowledged_is_there_after_a_kill(path: Path, report: Report, seconds: float) -> None:
    _begun(path, report)
    for _again in range(2):
        _kill_and_look(path, seconds)


@pytest.mark.soak
def test_two_hundred_kills(path: Path, report: Report, sweep: Callable[[str], None]) -> None:
    """R1: at random moments, drawn by a fixed seed."""
    chance, acknowledged = random.Random(2024), 0
    _begun(path, report)
    for _kill in range(200):
        acknowledged = _kill_and_look(path, chance.uniform(0, 0.3))
    sweep(f"R1: store alone: 200 kills, {acknowledged} acknowledged edits, 0 lost (seed 2024)")


def test_reading_beside_a_killed_writer_finishes_its_last_write(path: Path, report: Report) -> None:
    file = open_file(path, create=True)
    file.add_report(report)
    file.close()
    acknowledged = _killed_while_typing(path, 0.02)
    reading = open_file(path, read_only=True)
    assert reading.steps(1).last >= acknowledged
    reading.close()


def test_a_write_that_was_cut_off_is_taken_back(path: Path, report: Report, tmp_path: Path) -> None:
    """The state of a power cut: pages written, the head already counts more of them, the journal full."""
    file = open_file(path, create=True)
    ref = file.add_report(report)
    file.close()
    writing = sqlite3.connect(path, isolation_level=None)
    for command in ("PRAGMA journal_mode = TRUNCATE", "PRAGMA cache_size = 2", "BEGIN"):
        writing.execute(command)
    writing.executemany("INSERT INTO draft VALUES (1, ?, ?, '')", [(f"k{n}", "x" * 900) for n in range(400)])
    cut = tmp_path / "cut.sqlite"
    data = bytearray(path.read_bytes())
    data[28:32] = (len(data) // 4096 + 5).to_bytes(4, "big")
    cut.write_bytes(data)
    cut.with_name("cut.sqlite-journal").write_bytes(path.with_name(path.name + "-journal").read_bytes())
    writing.close()
    for read_only in (True, False):
        found = open_file(cut, read_only=read_only)
        assert found.report(ref) == report
        found.close()


def test_moments_are_of_utc(path: Path, report: Report) -> None:
    file = open_file(path, create=True)
    before = datetime.now(UTC)
    file.add_report(report)
    assert abs((file.reports()[0].saved_at - before).total_seconds()) < 5
    file.close()
