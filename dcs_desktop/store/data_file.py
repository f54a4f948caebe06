"""The data file once it is open: reads at once, writes through its one writer."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from dcs_desktop import files
from dcs_desktop.core.from_file import FromFile
from dcs_desktop.core.period import Period
from dcs_desktop.core.progress import Progress
from dcs_desktop.core.report import Report
from dcs_desktop.core.setup import Setup
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.trust import Decision
from dcs_desktop.i18n import _
from dcs_desktop.store import (
    bin,
    copying,
    journal,
    kept_totals,
    keys,
    letters,
    received,
    reports,
    sources,
    statements,
)
from dcs_desktop.store.connecting import Connections
from dcs_desktop.store.contents import Contents, gathered
from dcs_desktop.store.journal import ChangeRecord, Steps
from dcs_desktop.store.kept_totals import KeptTotal, KeptTotals
from dcs_desktop.store.letters import KeptLetter, NewLetter, Note
from dcs_desktop.store.received import Arrival, Received
from dcs_desktop.store.records import Broken, Damaged, from_json, is_sealed, sealed, to_json
from dcs_desktop.store.reports import Saved, Summary
from dcs_desktop.store.troubles import sentence_of, trouble
from dcs_desktop.store.writing import Listener, Writer

T = TypeVar("T")


class DataFile:
    """One open data file; :func:`dcs_desktop.store.open_file` makes it.

    What is read is what was written before, by whatever thread. Every method
    may raise Refusal: a record is damaged, the disk is full or gone.
    """

    def __init__(self, path: Path, connections: Connections, lock: files.Lock | None) -> None:
        self.path = path
        self.read_only = lock is None
        self._connections = connections
        self._lock = lock
        # A change puts a new one in place: what is worked out meanwhile goes into the old, and is forgotten with it.
        self._worked_out: dict[str, Any] = {}  # Any: each of the type its maker gives
        self._turn = 0
        self._exported = {s.ref: s.exported_digest for s in self.reports() if s.exported_digest}
        self._to_write = Connections(path)  # one: a copy of the file goes on beside it (copying.py)
        self._writer = None if lock is None else self._writing()

    def _writing(self) -> Writer:
        return Writer(self._to_write, lambda error: sentence_of(error, self.path), self._renew, journal.state)

    def _renew(self) -> None:
        """Find the file again where its disk was away: connect anew, hold it anew. Raises sqlite3.Error."""
        for connections in (self._connections, self._to_write):
            connections.forget()
        if self._lock is None or self._lock.holds():
            return
        try:
            held = files.lock(self.path) if self.path.exists() else None
        except OSError as error:
            raise trouble("SQLITE_CANTOPEN") from error
        if held is None:
            raise trouble("SQLITE_BUSY" if self.path.exists() else "SQLITE_CANTOPEN")
        self._lock = held

    def _read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        try:
            with self._connections.transaction() as connection:
                return work(connection)
        except sqlite3.Error as error:
            raise Refusal(sentence_of(error, self.path)) from error

    @property
    def writer(self) -> Writer:
        """The one writer. Raises Refusal when the file was opened for reading only."""
        if self._writer is None:
            raise Refusal(_("Tệp dữ liệu {file} đang mở để xem, không sửa được.").format(file=self.path))
        return self._writer

    def _change(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Have something changed that others were worked out from; they are forgotten then."""
        try:
            return self.writer.do(work)
        finally:
            self.forget()

    def forget(self) -> None:
        """Have everything worked out anew: what it rests on beside this file has changed."""
        self._worked_out = {}
        self._turn += 1

    @property
    def turn(self) -> int:
        """Another number after every change of setup, packages or letters, and each time where others may write."""
        self._turn += self.read_only  # another program may write this file
        return self._turn

    def worked_out(self, name: str, make: Callable[[], T]) -> T:
        """What ``make`` gives, asked again only once setup, packages or letters here changed; on any thread."""
        if self.read_only:  # another program may write this file
            return make()
        known = self._worked_out
        if name not in known:
            known[name] = make()
        found: T = known[name]
        return found

    # Whose it is

    def setup(self) -> Setup | None:
        """What first start said, None before it. Raises Damaged."""
        return self._read(self._setup)

    def _setup(self, connection: sqlite3.Connection) -> Setup | None:
        row = connection.execute(statements.SETUP).fetchone()
        if row is None:
            return None
        try:
            if not is_sealed(row["seal"], "setup", row["content"]):
                raise Broken("setup")
            return from_json(row["content"], Setup)
        except Broken as error:
            message = _(
                "Phần thiết lập đơn vị trong tệp dữ liệu {file} bị hỏng. Tệp được giữ nguyên. Hãy mở bản sao lưu "
                "gần nhất."
            )
            raise Damaged(message.format(file=self.path)) from error

    def save_setup(self, setup: Setup) -> None:
        """Keep whose file it is; on the disk when this returns."""
        record = {"id": 1, **sealed({"content": to_json(setup)}, "setup")}

        def keep(connection: sqlite3.Connection) -> None:
            statements.put(connection, "setup", tuple(record), tuple(record.values()))

        self._change(keep)

    # Own reports

    def reports(self) -> tuple[Summary, ...]:
        """Every report but those in the bin, oldest first."""
        return self._read(reports.summaries)

    def deleted_reports(self) -> tuple[Summary, ...]:
        """The reports in the bin."""
        return self._read(lambda connection: reports.summaries(connection, deleted=True))

    def summary(self, ref: int) -> Summary:
        """One report as the list says it."""
        return self._read(lambda connection: reports.summary(connection, ref))

    def report(self, ref: int) -> Report:
        """A whole report, with everything that was put before. Raises Damaged naming the field."""
        if self._writer is not None:
            self._writer.flush()
        return self._read(lambda connection: reports.report(connection, ref))

    def latest(self, unit: str, period: Period) -> Summary | None:
        """The highest revision of the report of a unit (``code@list``) and period."""
        return self._read(lambda connection: reports.latest(connection, unit, period))

    def add_report(
        self, report: Report, progress: Progress | None = None, now: datetime | None = None
    ) -> int:
        """Keep a new report, which has come so far; its number. Raises Refusal when this revision is there."""
        moment, counts = now or datetime.now(UTC), progress or Progress()
        return self.writer.do(lambda connection: reports.add(connection, report, counts, moment))

    def take_in(
        self,
        report: Report,
        progress: Progress,
        source: FromFile,
        instead: int | None = None,
    ) -> int:
        """Keep a report that came from a file, with where it came from, all at once; its number.

        ``instead`` is the report that goes into the bin for it. Raises Refusal when this revision is there.
        """

        def keep(connection: sqlite3.Connection) -> int:
            if instead is not None:
                reports.set_deleted(connection, instead, source.at)
            ref = reports.add(connection, report, progress, source.at)
            sources.keep(connection, ref, source)
            return ref

        return self.writer.do(keep)

    def sources(self) -> dict[int, FromFile]:
        """Where the reports came from that were taken in from a file, by their numbers."""
        return self._read(sources.sources)

    def mark_exported(self, ref: int, digest: str, when: datetime, file_name: str) -> None:
        """Freeze a revision whose package was written: further changes of content need an amendment."""
        self.writer.do(lambda connection: reports.mark_exported(connection, ref, digest, when, file_name))
        self._exported[ref] = digest

    def exported_digest(self, ref: int) -> str:
        """The content digest of a revision that left the house, "" of one that did not; asked of memory."""
        return self._exported.get(ref, "")

    def start_amendment(self, ref: int, now: datetime | None = None) -> int:
        """The next revision of an exported report, with the same answers to begin with; its number."""
        moment = now or datetime.now(UTC)
        return self.writer.do(lambda connection: reports.start_amendment(connection, ref, moment))

    def delete_report(self, ref: int, when: datetime) -> None:
        """Put a report into the bin. Raises Refusal for one that has left the house."""
        self.writer.do(lambda connection: bin.put_in(connection, ref, when))

    def restore_report(self, ref: int) -> None:
        """Take a report out of the bin. Raises Refusal where this revision was begun anew meanwhile."""
        self.writer.do(lambda connection: bin.take_out(connection, ref))

    def empty_bin(self, now: datetime) -> int:
        """Take away for good what lies in the bin for more than 90 days; how many reports."""
        return self.writer.do(lambda connection: bin.empty(connection, now))

    # Changes of an open report

    def put(self, saved: Saved, listener: Listener) -> None:
        """Have an action kept; returns at once, the listener is told."""
        self.writer.put(lambda connection: reports.save(connection, saved), listener)

    def steps(self, ref: int) -> Steps:
        """What can be undone and redone."""
        return self._read(lambda connection: journal.steps(connection, ref))

    def given(self, ref: int) -> dict[str, journal.Given]:
        """The answers of a report that were taken over from somebody, by key."""
        return self._read(lambda connection: journal.given(connection, ref))

    def changes(self, ref: int, action: int | None = None) -> tuple[ChangeRecord, ...]:
        """The journal of a report, or one action of it."""
        return self._read(lambda connection: journal.changes_of(connection, ref, action))

    # Reports of others

    def keep_received(self, *arrivals: Arrival) -> tuple[int, ...]:
        """Keep packages, all or none of them; their numbers."""
        return self._change(lambda connection: received.keep(connection, arrivals))

    def received(self, period: Period | None = None) -> tuple[Received, ...]:
        """The packages that came, of one period or of all, in the order of arrival."""
        return self._read(lambda connection: received.received(connection, period))

    def received_periods(self) -> frozenset[tuple[Period, str, bool]]:
        """For which periods packages came, for which receiver (``code@list``) each, and whether for training."""
        return self._read(received.periods)

    def last_change(self) -> journal.LastChange | None:
        """Where something was changed last in any report, None where nothing was."""
        return self._read(journal.last_change)

    def received_digests(self) -> frozenset[str]:
        """The content digests of all packages that came."""
        return self._read(lambda c: frozenset(digest for (digest,) in c.execute(statements.DIGESTS)))

    def received_bytes(self, digest: str) -> bytes | None:
        """A package as it came, by its content digest."""
        return self._read(lambda connection: received.package(connection, digest))

    def counted(self, period: Period) -> dict[int, str | None]:
        """What totals of a period are made of, by the package's number (counted.py); None where it was damaged."""
        return self._read(lambda connection: received.counted(connection, period))

    def keep_counted(self, made: Mapping[int, str]) -> None:
        """Keep what totals are made of, read anew from packages."""
        self.writer.do(lambda connection: received.keep_counted(connection, made))

    def kept_totals(self, period: Period) -> KeptTotals:
        """The totals of a period as they were kept."""
        return self._read(lambda connection: kept_totals.totals(connection, period))

    def kept_parts(self, period: Period, key: str, rests_on: str) -> bytes | None:
        """The parts of one total as they were kept with the others that rest on this; None when they are not there."""
        return self._read(lambda connection: kept_totals.parts(connection, period, key, rests_on))

    def keep_totals(self, period: Period, rests_on: str, made: Iterable[KeptTotal]) -> None:
        """Keep the totals of a period in place of those that were kept; ``rests_on`` is what they hold for."""
        records = tuple(made)  # worked out here, not while the writer waits
        self.writer.do(lambda connection: kept_totals.keep(connection, period, rests_on, records))

    def change_received(self, changed: Sequence[tuple[int, dict[str, str | int]]]) -> None:
        """Change verdict, state, remark, errors or missing of packages, all or none: (number, {column: new})."""

        def work(connection: sqlite3.Connection) -> None:
            for ref, columns in changed:
                received.change(connection, ref, **columns)

        self._change(work)

    # Letters back, and notes of the desk

    def keep_letters(self, *new: NewLetter) -> None:
        """Keep letters, all or none of them; one that is here already stays as it is."""
        self._change(lambda connection: letters.keep(connection, *new))

    def letters(
        self, period: Period | str | None = None, unit: str | None = None, *, sent: bool
    ) -> tuple[KeptLetter, ...]:
        """The letters written here (``sent``) or those that came: all, of one period ("": of none), of a unit in it."""
        said = None if period is None else str(period)
        return self._read(lambda connection: letters.letters(connection, said, unit, sent=sent))

    def verdicts(self, period: Period) -> dict[str, str]:
        """The kind of the newest verdict written here on each report of a period, by its content digest."""
        return self._read(lambda connection: letters.verdicts(connection, str(period)))

    def letter_bytes(self, digest: str) -> bytes | None:
        """The file of a letter by the letter's digest."""
        return self._read(lambda connection: letters.file_of(connection, digest))

    def add_note(self, unit: str, period: Period, text: str, at: datetime) -> None:
        """Keep a note of the desk on a unit (``code@list``)."""
        self.writer.do(lambda connection: letters.add_note(connection, unit, str(period), text, at))

    def notes(self, period: Period) -> tuple[Note, ...]:
        """The notes of the desk on a period, oldest first."""
        return self._read(lambda connection: letters.notes(connection, str(period)))

    # Keys

    def to_judge(self, *, training: bool) -> tuple[Received, ...]:
        """Of the packages of every period those whose keys have to be weighed, in the order of arrival."""
        return self._read(lambda connection: received.to_judge(connection, training=training))

    def decisions(self) -> dict[str, tuple[Decision, ...]]:
        """What was said of keys, oldest first, by unit (``code@list``, "" for this file's own)."""
        return self._read(keys.decisions)

    def decide(self, unit: str, key: str, *, trusted: bool, at: datetime) -> None:
        """Keep that a key (its fingerprint, "" for none) is a unit's, or is not."""
        self._change(lambda connection: keys.decide(connection, unit, key, trusted, at))

    def locked_key(self) -> str | None:
        """This unit's signing key under its password; None where none was kept."""
        return self._read(keys.locked)

    def keep_locked_key(self, content: str) -> None:
        """Keep this unit's signing key under its password."""
        self.writer.do(lambda connection: keys.keep_locked(connection, content))

    # The whole

    def contents(self) -> Contents:
        """What is there, as a list of backups says it. Raises Damaged."""
        return self._read(lambda connection: gathered(connection, self._setup(connection)))

    def copy_beside(self, target: Path) -> Path:
        """Copy the file to the place beside ``target`` while it is written to; where that is. Raises OSError, sqlite3.Error."""
        writing = None if self._writer is None else self._writer.do(lambda connection: connection)
        return copying.copy_beside(self.path, target, writing)

    # The end

    def flush(self, timeout: float = 30.0) -> None:
        """Wait until everything that was put is on the disk. Raises Refusal."""
        if self._writer is not None:
            self._writer.flush(timeout)

    def close(self) -> None:
        """Write what waits, and let go of the file. Raises Refusal when something could not be written."""
        try:
            if self._writer is not None:
                self._writer.close()
        finally:
            self._connections.close()
            self._to_write.close()
            if self._lock is not None:
                self._tidy()
                self._lock.release()
                self._lock = None

    def _tidy(self) -> None:
        """Take away the empty journal that SQLite leaves beside the file; a full one is a rescue, not litter."""
        beside = self.path.with_name(self.path.name + "-journal")
        with suppress(OSError):  # an empty one does no harm
            if beside.exists() and beside.stat().st_size == 0:
                files.remove(beside)
