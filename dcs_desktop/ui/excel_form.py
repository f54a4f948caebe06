"""The Excel form through the window: written for a colleague, chosen or dropped when it comes back, previewed, taken."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.ui import messages
from dcs_desktop.ui.cells_in import CellsIn
from dcs_desktop.ui.tasks import Told, Worker

if TYPE_CHECKING:
    from dcs_desktop.core.offline_form import Book
    from dcs_desktop.store import DataFile
    from dcs_desktop.taking_form import Returned
    from dcs_desktop.ui.opened import Opened
    from dcs_desktop.ui.report_room import ReportRoom
    from dcs_desktop.workspace import Workspace

SUFFIX = ".xlsx"


class ExcelForm(QObject):
    """The way of the form out and in."""

    def __init__(self, room: ReportRoom, cells: CellsIn, window: QWidget, worker: Worker) -> None:
        super().__init__(room)
        self._room = room
        self._cells = cells
        self._window = window
        self._worker = worker

    # Out

    def save(self) -> None:
        """Ask which sections, for whom and by when; write the form."""
        from dcs_desktop.ui import saving
        from dcs_desktop.ui.excel_form_dialog import ExcelFormDialog

        workspace, view = self._room.workspace, self._room.view
        if workspace is None or view is None:
            return
        view.commit()
        dialog = ExcelFormDialog(workspace.form, self._window)
        accepted, wanted = dialog.exec(), dialog.wanted
        dialog.deleteLater()
        identity = workspace.identity
        part = f"_{wanted.sections[0]}" if len(wanted.sections) == 1 else ""
        name = f"DCS_{identity.unit.code}_{identity.period.file_part}{part}_bieu-dien.xlsx"
        path = (
            saving.ask_where(self._window, _("Lưu biểu Excel để điền"), name, _("Tệp Excel (*.xlsx)"))
            if accepted
            else None
        )
        if path is None:
            return

        def work(_told: Told) -> None:
            from dcs_desktop import taking_form

            saving.write(path, taking_form.written(workspace, wanted))

        self._worker.start(
            self._window, work, lambda _done: self._offer(path), saying=_("Đang ghi biểu Excel.")
        )

    def _offer(self, path: Path) -> None:
        from dcs_desktop.ui import saving

        said = _("Đã ghi biểu Excel để điền vào {path}.").format(path=path)
        saving.offer(self._window, path, said, _("Mở tệp"), _("Máy này chưa có chương trình mở tệp Excel."))

    # In

    def ask(self) -> None:
        """Let the user choose the filled form for the open report."""
        from dcs_desktop.ui import files

        if self._room.workspace is not None:
            path = files.ask_excel_form(self._window)
            if path is not None:
                self._read(self._room.workspace.file, path)

    def take(self, opened: Opened | None, named: list[Path]) -> bool:
        """Take the workbook among dropped files into the report it is of; whether there was one."""
        found = next((path for path in named if path.suffix.lower() == SUFFIX), None)
        if opened is None or found is None:
            return False
        self._read(opened.file, found)
        return True

    def _read(self, file: DataFile, path: Path) -> None:
        def work(_told: Told) -> Book:
            from dcs_desktop import taking_form

            return taking_form.read(path)

        self._worker.start(
            self._window, work, lambda book: self._find(file, book), saying=_("Đang đọc tệp Excel.")
        )

    def _find(self, file: DataFile, book: Book) -> None:
        """Open the report that the form is of, unless it is open; then judge every cell."""
        try:
            workspace = self._report_of(file, book)
        except Refusal as refusal:
            messages.refuse(self._window, refusal.sentence)
            return
        self._room.gather()

        def work(_told: Told) -> Returned:
            from dcs_desktop import taking_form

            return taking_form.returned(workspace, book)

        self._worker.start(
            self._window,
            work,
            lambda found: self._show(workspace, found),
            saying=_("Đang đối chiếu với báo cáo."),
        )

    def _report_of(self, file: DataFile, book: Book) -> Workspace:
        from dcs_desktop import taking_form

        room, made = self._room, taking_form.made_of(book)
        if room.workspace is not None and (made is None or taking_form.is_of(made, room.workspace.identity)):
            return room.workspace
        if made is None:
            message = _(
                "Tệp {file} không cho biết là của báo cáo nào. Hãy mở báo cáo trước rồi nhận lại tệp."
            )
            raise Refusal(message.format(file=book.file_name))
        found = taking_form.report_of(file, made)
        if found is None:
            raise taking_form.no_such_report(made)
        room.open(file, found.ref)
        room.renamed.emit()
        if room.workspace is None:
            raise taking_form.no_such_report(made)
        return room.workspace

    def _show(self, workspace: Workspace, found: Returned) -> None:
        from dcs_desktop.core.offered import Verdict
        from dcs_desktop.ui.cells_dialog import CellsDialog

        if self._room.workspace is not workspace or self._room.view is None:
            return
        if all(one.verdict is Verdict.SAME for one in found.proposals):
            said = _("Biểu {file} không có gì khác với báo cáo.").format(file=found.file_name)
            messages.note(self._window, said, "\n".join(found.remarks))
            return
        closed = self._room.view.entry.closed
        remarks = (*found.remarks, *(() if closed is None else (closed.sentence,)))
        title = _("Biểu Excel đã điền: {file}").format(file=found.file_name)
        dialog = CellsDialog(title, workspace.form, remarks, self._window, of_form=True)
        dialog.ask_giver(found.filler)
        dialog.show_proposals(found.proposals)
        self._cells.finish(workspace, dialog, found.author)
