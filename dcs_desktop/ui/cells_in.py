"""Brings cells from outside into the open report: a pasted block, read and judged, then shown before it goes in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.ui import messages
from dcs_desktop.ui.tasks import Told, Worker

if TYPE_CHECKING:
    from dcs_desktop.core.narrative import Prose
    from dcs_desktop.core.offered import Proposal
    from dcs_desktop.taking_cells import Pasted
    from dcs_desktop.ui.cells_dialog import CellsDialog
    from dcs_desktop.ui.prose_paste import CopiedTables
    from dcs_desktop.ui.report_room import ReportRoom
    from dcs_desktop.workspace import Workspace


class CellsIn(QObject):
    """The way of a block of cells through the window."""

    def __init__(self, room: ReportRoom, window: QWidget, worker: Worker) -> None:
        super().__init__(room)
        self._room = room
        self._window = window
        self._worker = worker

    def paste(self, key: str) -> None:
        """Read what is on the clipboard, away from the window, then show where it would go from a field."""
        workspace, view = self._room.workspace, self._room.view
        if workspace is None or view is None or view.entry.closed is not None:
            return
        data = QGuiApplication.clipboard().mimeData()
        text, html = data.text(), data.html() if data.hasHtml() else ""
        view.commit()
        form, answers = workspace.form, workspace.answers

        def work(_told: Told) -> tuple[Pasted, Sequence[Proposal]]:
            from dcs_desktop import taking_cells
            from dcs_desktop.reading.clipboard import block

            given = taking_cells.pasted(form, key, block(text, html))
            return given, taking_cells.proposals(form, answers, given)

        self._worker.start(
            self._window, work, lambda found: self._preview(workspace, *found), saying=_("Đang đọc khối dán.")
        )

    def _preview(self, workspace: Workspace, given: Pasted, proposals: Sequence[Proposal]) -> None:
        from dcs_desktop import taking_cells
        from dcs_desktop.ui.cells_dialog import CellsDialog

        if self._room.workspace is not workspace or self._room.view is None:
            return
        form, answers = workspace.form, workspace.answers
        dialog = CellsDialog(_("Dán khối số liệu"), form, (), self._window)
        dialog.match(given, proposals, lambda other: taking_cells.proposals(form, answers, other))
        self.finish(workspace, dialog)

    def paste_table(self, copied: CopiedTables) -> None:
        """Show which rows of what was pasted into a text would go into the report's tables."""
        workspace, view = self._room.workspace, self._room.view
        if workspace is None or view is None or view.entry.closed is not None:
            return
        view.commit()
        form, answers = workspace.form, workspace.answers

        def work(_told: Told) -> tuple[Prose, Sequence[Proposal]]:
            from dcs_desktop import taking_cells
            from dcs_desktop.ui.narrative_paste import prose_of

            tables = [(part.fit, part.cells) for part in copied.parts if part.fit is not None]
            return prose_of(copied.parts), taking_cells.appended(form, answers, tables)

        self._worker.start(
            self._window,
            work,
            lambda found: self._preview_table(workspace, copied, *found),
            saying=_("Đang đọc khối dán."),
        )

    def _preview_table(
        self, workspace: Workspace, copied: CopiedTables, around: Prose, proposals: Sequence[Proposal]
    ) -> None:
        """What is ticked goes into the tables, what stands around them into the text: one action, one undo."""
        from dcs_desktop.ui.cells_dialog import CellsDialog
        from dcs_desktop.ui.prose_paste import paste, put

        if self._room.workspace is not workspace or self._room.view is None:
            return
        dialog = CellsDialog(_("Dán bảng vào báo cáo"), workspace.form, (), self._window)
        dialog.offer_text(around)
        dialog.show_proposals(proposals)
        accepted, chosen, as_text = dialog.exec(), dialog.chosen, dialog.as_text
        dialog.deleteLater()
        area = copied.area
        if not accepted or self._room.workspace is not workspace:
            return
        if as_text:
            paste(area, copied.source, as_text=True)
            return
        with workspace.together():
            if not around.empty:
                put(area, around)
                area.commit()
            self._put(workspace, chosen, "")
        self._show_taken()
        area.document().clearUndoRedoStacks()

    def finish(self, workspace: Workspace, dialog: CellsDialog, named: Callable[[str], str] = str) -> None:
        """Let the user choose, then take what is ticked as one action; ``named`` makes of a name whose answers they are."""
        accepted = dialog.exec()
        chosen, author = dialog.chosen, named(dialog.giver_name)
        dialog.deleteLater()
        if accepted and self._room.workspace is workspace:
            self._put(workspace, chosen, author)
            self._show_taken()

    def _put(self, workspace: Workspace, chosen: Sequence[Proposal], author: str) -> None:
        from dcs_desktop import taking_cells

        try:
            taking_cells.take(workspace, chosen, author)
        except Refusal as refusal:
            messages.refuse(self._window, refusal.sentence)

    def _show_taken(self) -> None:
        from dcs_desktop.ui.editors import ChoiceEditor, LineEditor

        view = self._room.view
        if view is not None:
            view.refresh()
            focused = QApplication.focusWidget()
            if isinstance(focused, LineEditor | ChoiceEditor) and view.isAncestorOf(focused):
                focused.replace_text(view.entry.text(focused.key))
