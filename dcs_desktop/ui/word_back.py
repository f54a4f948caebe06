"""Takes a Word file back into the report it is of: read, compared, then shown over the open report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.ui import messages
from dcs_desktop.ui.tasks import Told, Worker

if TYPE_CHECKING:
    from dcs_desktop.core.returned import Returned
    from dcs_desktop.store import DataFile
    from dcs_desktop.taking_back import Comparison
    from dcs_desktop.ui.opened import Opened
    from dcs_desktop.ui.report_room import ReportRoom
    from dcs_desktop.workspace import Workspace

SUFFIX = ".docx"


class WordBack(QObject):
    """The way of a returned Word file through the window; ``foreign`` for a dropped one that is not of this program."""

    foreign = Signal(object)

    def __init__(self, room: ReportRoom, window: QWidget, worker: Worker) -> None:
        super().__init__(room)
        self._room = room
        self._window = window
        self._worker = worker

    def ask(self) -> None:
        """Let the user choose the file for the open report."""
        from dcs_desktop.ui import files

        if self._room.workspace is not None:
            path = files.ask_word_file(self._window)
            if path is not None:
                self._read(self._room.workspace.file, path)

    def take(self, opened: Opened | None, named: list[Path]) -> bool:
        """Take the Word file among dropped files back, into the report it is of; whether there was one."""
        found = next((path for path in named if path.suffix.lower() == SUFFIX), None)
        if opened is None or found is None:
            return False
        self._read(opened.file, found, dropped=True)
        return True

    def _read(self, file: DataFile, path: Path, *, dropped: bool = False) -> None:
        def work(_told: Told) -> Returned | None:
            from dcs_desktop import taking_back

            return None if dropped and taking_back.is_foreign(path) else taking_back.read(path)

        def then(returned: Returned | None) -> None:
            if returned is None:
                self.foreign.emit(path)
            else:
                self._find(file, returned)

        self._worker.start(self._window, work, then, saying=_("Đang đọc tệp Word."))

    def _find(self, file: DataFile, returned: Returned) -> None:
        """Open the report that the file is of, unless it is open; then compare."""
        try:
            workspace = self._report_of(file, returned)
        except Refusal as refusal:
            messages.refuse(self._window, refusal.sentence)
            return
        if workspace is not None:
            self._compare(workspace, returned)

    def _report_of(self, file: DataFile, returned: Returned) -> Workspace | None:
        from dcs_desktop import taking_back

        room, origin = self._room, returned.origin
        if origin is None or (
            room.workspace is not None and taking_back.is_of(origin, room.workspace.identity)
        ):
            return room.workspace
        found = taking_back.report_of(file, origin)
        if found is None:
            raise taking_back.no_such_report(origin)
        room.open(file, found.ref)
        room.renamed.emit()
        return room.workspace

    def _compare(self, workspace: Workspace, returned: Returned) -> None:
        self._room.gather()

        def work(_told: Told) -> Comparison:
            from dcs_desktop import taking_back

            return taking_back.compared(workspace, returned)

        self._worker.start(
            self._window,
            work,
            lambda found: self._show(workspace, found),
            saying=_("Đang đối chiếu với báo cáo."),
        )

    def _show(self, workspace: Workspace, comparison: Comparison) -> None:
        from dcs_desktop import taking_back
        from dcs_desktop.ui.returned_word import ReturnedWordDialog

        if self._room.workspace is not workspace or self._room.view is None:
            return
        if not comparison.differences:
            said = _("Tệp Word {file} không có gì khác với báo cáo.").format(
                file=comparison.returned.file_name
            )
            messages.note(self._window, said, "\n".join(taking_back.remarks(comparison, workspace.identity)))
            return
        dialog = ReturnedWordDialog(workspace, comparison, self._window)
        dialog.exec()
        dialog.deleteLater()
        if dialog.changed:
            self._room.view.refresh()
