"""Looks, once an exported report of the desk is shown, whether later filings change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from dcs_desktop.ui.tasks import Told, Worker, show_failure

if TYPE_CHECKING:
    from dcs_desktop.receiving import Later
    from dcs_desktop.ui.report_room import ReportRoom
    from dcs_desktop.ui.report_view import ReportView


class LaterFilings:
    """The line over a report that has left the house also says what its amendment would change."""

    def __init__(self, room: ReportRoom, window: QWidget, worker: Worker) -> None:
        self._room, self._window, self._worker = room, window, worker

    def look(self, view: ReportView) -> None:
        """Work out, on the worker's thread, what changed since; say it where something did."""
        workspace = view.workspace
        file, identity = workspace.file, workspace.identity

        def work(_told: Told) -> Later | None:
            from dcs_desktop import receiving

            setup = file.setup()
            own = setup is not None and setup.unit.identity == identity.unit.identity
            return receiving.since_export(file, identity.period) if own else None

        self._worker.start(
            self._window,
            work,
            lambda later: self._say(view, later),
            failed=lambda failure: show_failure(self._window, failure),
        )

    def _say(self, view: ReportView, later: Later | None) -> None:
        if later is None or view is not self._room.view or later.ref != view.workspace.ref:
            return
        view.notice.words.setText(later.sentence)
        view.notice.later.show()
        view.notice.later.clicked.connect(lambda: self._show(later))

    def _show(self, later: Later) -> None:
        from dcs_desktop.ui.later_dialog import LaterDialog

        if LaterDialog(later, self._window).exec():
            self._room.amend()
