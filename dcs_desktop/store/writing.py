"""The one writer: what is to be kept goes to the disk in order, on a thread of its own."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.store.connecting import Connections, OtherFile

T = TypeVar("T")
# More than this many actions never wait for one transaction.
MOST_AT_ONCE = 100
PATIENCE = 30.0
# Seconds until what could not be written is tried again by itself.
RETRY = 3.0


@dataclass(frozen=True, slots=True)
class Listener:
    """Who is told, on the writer's thread, that something is on the disk, or in a sentence why not."""

    saved: Callable[[datetime], None]
    failed: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Work whose caller went on: kept until it is done."""

    work: Callable[[sqlite3.Connection], object]
    listener: Listener


@dataclass(frozen=True, slots=True)
class _Asked(Generic[T]):
    """Work whose caller waits: done once, or refused."""

    work: Callable[[sqlite3.Connection], T]
    answer: Future[T]


class Writer:
    """Puts work into transactions, in the order in which it came.

    What waits goes into one transaction, but no work is ever split over two.
    Work that fails stays first in line; it is tried again every few seconds, with the next work
    that comes and at :meth:`flush`. A stick may have been away meanwhile: ``renew`` finds the file again, and nothing
    is written into one whose ``state_of`` is not as it was left.
    """

    def __init__(
        self,
        connections: Connections,
        said: Callable[[sqlite3.Error], str],
        renew: Callable[[], None] = lambda: None,
        state_of: Callable[[sqlite3.Connection], object] = lambda _connection: None,
    ) -> None:
        self._connections = connections
        self._said = said
        self._renew = renew
        self._state_of = state_of
        self._state: object = None
        # What the file would be like once the last transaction was kept, and how much of the line was in it.
        self._hoped: object = None
        self._tried = 0
        self._doubted = False
        self._by_itself = False
        self._turn = threading.Condition()
        self._line: deque[_Waiting | _Asked[object]] = deque()
        self._refusal = self._told = ""
        self._bug: BaseException | None = None
        self._closing = False
        with connections.transaction() as connection:
            self._state = self._hoped = state_of(connection)
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def put(self, work: Callable[[sqlite3.Connection], object], listener: Listener) -> None:
        """Have something written; returns at once."""
        with self._turn:
            self._raise_bug()
            self._line.append(_Waiting(work, listener))
            self._try_again()

    def do(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Have something written and wait for its result. Raises Refusal, and whatever the work raises."""
        answer: Future[T] = Future()
        with self._turn:
            self._raise_bug()
            self._line.append(_Asked(work, answer))  # type: ignore[arg-type]  # the answer is the work's own
            self._try_again()
        return answer.result()

    def flush(self, timeout: float = PATIENCE) -> None:
        """Wait until everything is on the disk. Raises Refusal when it cannot be written, or not in time."""
        until = time.monotonic() + timeout
        with self._turn:
            self._try_again()
            while self._line and not self._refusal and not self._bug:
                if not self._turn.wait(until - time.monotonic()) and time.monotonic() >= until:
                    raise Refusal(_("Ổ đĩa ghi quá chậm, các thay đổi cuối chưa được lưu. Hãy thử lại."))
            self._raise_bug()
            if self._line:
                raise Refusal(self._refusal)

    def close(self) -> None:
        """Write what waits and end. Raises Refusal when it cannot be written; the rest is given up then."""
        try:
            self.flush()
        finally:
            with self._turn:
                self._closing = True
                self._turn.notify_all()
            self._thread.join()

    def _try_again(self) -> None:
        self._refusal = ""
        self._by_itself = False
        self._turn.notify_all()

    def _raise_bug(self) -> None:
        if self._bug is not None:
            raise RuntimeError("the writer has stopped") from self._bug

    def _run(self) -> None:
        try:
            while batch := self._next():
                try:
                    self._write(batch)
                except sqlite3.Error as error:
                    self._doubted = True
                    self._refuse(self._said(error))
        except BaseException as bug:
            self._stop(bug)

    def _next(self) -> list[_Waiting | _Asked[object]]:
        """What goes into the next transaction: an asked work alone; nothing once it is time to end."""
        with self._turn:
            while not self._closing and (not self._line or self._refusal):
                if not self._turn.wait(RETRY if self._line else None):
                    self._refusal, self._by_itself = "", True
            if self._closing:
                return []
            batch: list[_Waiting | _Asked[object]] = []
            for work in list(self._line)[:MOST_AT_ONCE]:
                if isinstance(work, _Asked):
                    return batch or [work]
                batch.append(work)
            return batch

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """A transaction on the file as it was left. Raises sqlite3.Error."""
        if self._doubted:
            self._renew()
        with self._connections.transaction() as connection:
            if self._doubted and self._state_of(connection) not in (self._state, self._hoped):
                raise OtherFile
            yield connection
            self._hoped = self._state_of(connection)
        self._state, self._doubted = self._hoped, False

    def _write(self, batch: list[_Waiting | _Asked[object]]) -> None:
        if isinstance(asked := batch[0], _Asked):
            self._answer(asked)
            return
        with self._transaction() as connection:
            for waiting in batch[self._there(connection) :]:
                waiting.work(connection)
            self._tried = len(batch)
        now, waiting_still = self._done(len(batch))
        for listener in dict.fromkeys(waiting.listener for waiting in batch if isinstance(waiting, _Waiting)):
            if listener not in waiting_still:
                listener.saved(now)

    def _there(self, connection: sqlite3.Connection) -> int:
        """How much of what was tried last is in the file after all: a disk may fail once everything is on it."""
        hoped = self._doubted and self._hoped != self._state
        return self._tried if hoped and self._state_of(connection) == self._hoped else 0

    def _answer(self, asked: _Asked[object]) -> None:
        self._tried = 0
        try:
            with self._transaction() as connection:
                result = asked.work(connection)
        except sqlite3.Error as error:
            self._doubted = True
            self._done(1)
            asked.answer.set_exception(Refusal(self._said(error)))
        except Exception as error:
            self._done(1)
            asked.answer.set_exception(error)
        else:
            self._done(1)
            asked.answer.set_result(result)

    def _done(self, count: int) -> tuple[datetime, set[Listener]]:
        """When it was done, and for whom more is waiting: they are told once all they put until then is on the disk."""
        with self._turn:
            for _work in range(count):
                self._line.popleft()
            self._turn.notify_all()
            return datetime.now(UTC), {one.listener for one in self._line if isinstance(one, _Waiting)}

    def _refuse(self, sentence: str) -> None:
        """Nothing was written: keep what waits, refuse those who wait for an answer, tell the others.

        What is the same when it was tried again by itself is not told again.
        """
        with self._turn:
            told_before = self._by_itself and sentence == self._told
            self._refusal = self._told = sentence
            asked = [work for work in self._line if isinstance(work, _Asked)]
            waiting = [work for work in self._line if isinstance(work, _Waiting)]
            self._line = deque(waiting)
            self._turn.notify_all()
        for work in asked:
            work.answer.set_exception(Refusal(sentence))
        for listener in dict.fromkeys(work.listener for work in waiting) if not told_before else ():
            listener.failed(sentence)

    def _stop(self, bug: BaseException) -> None:
        """A fault of the program: nobody may go on believing that it is being saved."""
        with self._turn:
            self._bug = bug
            line, self._line = self._line, deque()
            self._turn.notify_all()
        for work in line:
            if isinstance(work, _Asked):
                work.answer.set_exception(bug)
        sentence = _(
            "Chương trình gặp lỗi khi lưu. Hãy đóng và mở lại chương trình; những gì đã lưu vẫn còn."
        )
        for listener in dict.fromkeys(work.listener for work in line if isinstance(work, _Waiting)):
            listener.failed(sentence)
        raise bug
