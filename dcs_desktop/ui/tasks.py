"""Runs slow work on one worker thread and brings its result, or its failure, back."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.ui import messages

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from PySide6.QtWidgets import QProgressDialog, QWidget

T = TypeVar("T")
PATIENCE_MS = 400


class Cancelled(Exception):
    """The user called the work off."""


class Told(QObject):
    """How work says how far it is; calling it raises Cancelled once the user has called it off.

    >>> def work(told: Told) -> int:
    ...     for number in range(3):
    ...         told(number, 3)
    ...     return 3
    """

    step = Signal(int, int, str)

    def __init__(self) -> None:
        super().__init__()
        self._called_off = Event()

    def __call__(self, done: int, of: int, about: str = "") -> None:
        if self._called_off.is_set():
            raise Cancelled
        self.step.emit(done, of, about)

    def call_off(self) -> None:
        """Let the work end at its next step."""
        self._called_off.set()

    @property
    def called_off(self) -> bool:
        """Whether the work was called off; it may have come to its end all the same."""
        return self._called_off.is_set()


class Task(QObject, Generic[T]):
    """One piece of work under way: its result or its failure comes once, on the window's thread.

    Nothing comes when ``asker`` is no longer there to take it.
    """

    _ended = Signal(object, object)

    def __init__(
        self, asker: QWidget, then: Callable[[T], None], otherwise: Callable[[BaseException], None]
    ) -> None:
        from PySide6.QtCore import Qt

        super().__init__()
        self._asker = asker
        self.told = Told()
        self._then = then
        self._otherwise = otherwise
        self.over = False
        self._ended.connect(self._bring_back, Qt.ConnectionType.QueuedConnection)

    def run(self, work: Callable[[Told], T]) -> None:
        """Do the work; on the worker thread."""
        try:
            result = work(self.told)
        except BaseException as failure:  # brought back whole, and raised where it can be shown
            self._ended.emit(None, failure)
        else:
            self._ended.emit(result, None)

    def _bring_back(self, result: T, failure: BaseException | None) -> None:
        self.over = True
        if not isValid(self._asker):
            return
        if failure is None:
            self._then(result)
        elif not isinstance(failure, Cancelled):
            self._otherwise(failure)


class Worker(QObject):
    """The one worker thread of the window; what is given to it is done in order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: ThreadPoolExecutor | None = None
        self._tasks: list[Task[object]] = []
        self.closed = False

    def start(
        self,
        asker: QWidget,
        work: Callable[[Told], T],
        then: Callable[[T], None],
        *,
        saying: str = "",
        failed: Callable[[BaseException], None] | None = None,
    ) -> Task[T]:
        """Do ``work`` on the worker thread, then call ``then`` with its result on this one.

        A Refusal is shown over ``asker`` and anything else raised here, unless
        ``failed`` takes it. With ``saying`` a dialog shows how far it is, after
        a moment, with a button to call it off.
        """
        task = Task(asker, then, failed or (lambda failure: show_failure(asker, failure)))
        self._tasks = [other for other in self._tasks if not other.over]
        self._tasks.append(task)  # type: ignore[arg-type]  # kept alive only; the result's type does not matter
        if saying:
            _show_progress(asker, task, saying)
        if self._thread is None:
            from concurrent.futures import ThreadPoolExecutor

            self._thread = ThreadPoolExecutor(1, "dcs-worker")
        self._thread.submit(task.run, work)
        return task

    @property
    def busy(self) -> bool:
        """Whether some work is not over."""
        return any(not task.over for task in self._tasks)

    def close(self) -> None:
        """Call off what is under way and wait for it; nothing can be started from then on."""
        self.closed = True
        for task in self._tasks:
            task.told.call_off()
        if self._thread is not None:
            self._thread.shutdown(wait=True, cancel_futures=True)


def show_failure(asker: QWidget, failure: BaseException) -> None:
    """Show a refusal; let a bug rise to the one hook."""
    if isinstance(failure, Refusal):
        messages.refuse(asker, failure.sentence)
    else:
        raise failure


def _show_progress(asker: QWidget, task: Task[T], saying: str) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QLabel, QProgressDialog

    words = QLabel(saying)
    words.setTextFormat(Qt.TextFormat.PlainText)
    dialog = QProgressDialog(saying, _("Dừng lại"), 0, 0, asker)
    dialog.setLabel(words)
    dialog.setWindowTitle(_("Đang thực hiện"))
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.setMinimumDuration(PATIENCE_MS)
    dialog.setAutoClose(False)
    dialog.setAutoReset(False)
    dialog.setMinimumWidth(400)
    dialog.canceled.connect(task.told.call_off)

    def show_step(done: int, of: int, about: str) -> None:
        count = _("{saying} {done} trên {of}. {about}").format(saying=saying, done=done, of=of, about=about)
        dialog.setLabelText(count.strip())
        dialog.setMaximum(of)
        dialog.setValue(done)

    task.told.step.connect(show_step)
    watch = QTimer(dialog)
    watch.timeout.connect(lambda: _close_when_over(dialog, task))
    watch.start(50)


def _close_when_over(dialog: QProgressDialog, task: Task[T]) -> None:
    if task.over:
        dialog.reset()
        dialog.deleteLater()
