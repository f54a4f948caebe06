"""Keeps safety copies of the open report: at each section completed, at export, and when it is left changed (R8)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from dcs_desktop.core.trouble import Refusal
from dcs_desktop.ui import messages

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from dcs_desktop.core.report import Report
    from dcs_desktop.ui.report_view import ReportView
    from dcs_desktop.ui.tasks import Worker
    from dcs_desktop.workspace import Workspace

TOLD: Final = "told that safety copies fail"


class SafetyKeeper(QObject):
    """Has the worker write them; nobody's typing waits, and trouble is told once in the window's life."""

    def __init__(self, window: QWidget, worker: Worker) -> None:
        super().__init__(window)
        self._window, self._worker = window, worker
        self._kept: dict[tuple[Path, int], tuple[Report, str]] = {}
        self._complete: frozenset[str] = frozenset()

    def follow(self, view: ReportView) -> None:
        """Watch a report from now on; as it was opened it need not be kept."""
        workspace = view.workspace
        self._kept.setdefault(_place(workspace), _state(workspace))
        self._complete = complete(workspace)
        view.saved.connect(lambda _moment: self._look(workspace))

    def _look(self, workspace: Workspace) -> None:
        """Keep a copy where a section is complete that was not."""
        now = complete(workspace)
        if now - self._complete:
            self.keep(workspace)
        self._complete = now

    def keep(self, workspace: Workspace) -> None:
        """Keep a copy of the report as it stands, where it changed since the last one."""
        place, state = _place(workspace), _state(workspace)
        file = workspace.file
        if file.read_only or self._kept.get(place) == state or workspace.ref in file.sources():
            return

        def done(_path: Path) -> None:
            self._kept[place] = state

        work = _writing(place[0], *state)
        if not self._worker.closed:
            self._worker.start(self._window, lambda _told: work(), done, failed=self._tell_once)
            return
        with suppress(Refusal):  # the window closes: there is nobody to tell, and the data is whole
            done(work())

    def _tell_once(self, failure: BaseException) -> None:
        if not isinstance(failure, Refusal):
            raise failure
        if not self._window.property(TOLD):
            self._window.setProperty(TOLD, True)
            messages.note(self._window, failure.sentence)


def complete(workspace: Workspace) -> frozenset[str]:
    """The sections in which nothing is missing any more, whatever else is to be said of them."""
    return frozenset(id for id, part in workspace.progress.items() if part.answered and not part.missing)


def _place(workspace: Workspace) -> tuple[Path, int]:
    return workspace.file.path, workspace.ref


def _state(workspace: Workspace) -> tuple[Report, str]:
    return workspace.report(), workspace.file.exported_digest(workspace.ref)


def _writing(data: Path, report: Report, exported: str) -> Callable[[], Path]:
    """What the worker does."""

    def work() -> Path:
        from dcs_desktop import safety_copies, template_library

        template = template_library.template(report.identity.template)
        return safety_copies.write(data, report, template, exported)

    return work
