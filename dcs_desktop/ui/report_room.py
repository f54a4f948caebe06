"""One open report in the window: its form, its preview, its letterhead, its export."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _, format_date
from dcs_desktop.ui import messages
from dcs_desktop.ui.cells_in import CellsIn
from dcs_desktop.ui.excel_form import ExcelForm
from dcs_desktop.ui.later_filings import LaterFilings
from dcs_desktop.ui.letters_in import LettersIn
from dcs_desktop.ui.safety import SafetyKeeper
from dcs_desktop.ui.tasks import Task, Told, Worker, show_failure
from dcs_desktop.ui.word_back import WordBack

if TYPE_CHECKING:
    from dcs_desktop.core.form import Form
    from dcs_desktop.core.values import Value
    from dcs_desktop.printing import Stretch
    from dcs_desktop.store import DataFile
    from dcs_desktop.ui.opened import Opened
    from dcs_desktop.ui.preview import PreviewPage
    from dcs_desktop.ui.report_view import ReportView
    from dcs_desktop.workspace import Workspace


class ReportRoom(QObject):
    """Opens reports into the window's pages; ``left`` when the user goes back to the start page."""

    left = Signal()
    renamed = Signal()
    folder_chosen = Signal(str)

    def __init__(self, window: QWidget, pages: QStackedWidget, worker: Worker) -> None:
        super().__init__(window)
        self._window = window
        self._pages = pages
        self._worker = worker
        self.folder = ""
        self.workspace: Workspace | None = None
        self.view: ReportView | None = None
        self.preview_page: PreviewPage | None = None
        self.word_back = WordBack(self, window, worker)
        self.cells_in = CellsIn(self, window, worker)
        self.excel_form = ExcelForm(self, self.cells_in, window, worker)
        self.letters = LettersIn(self, window, worker)
        self.later = LaterFilings(self, window, worker)
        self.safety = SafetyKeeper(window, worker)
        self._adding: Task[Mapping[str, Value]] | None = None

    def enter(self, file: DataFile, ref: int) -> None:
        """Open a report of the data file; one that has left the house as its amendment, if the user wants it."""
        self.open(file, self._amended(file, ref))

    def open(self, file: DataFile, ref: int) -> None:
        """Open this very report of the data file."""
        from dcs_desktop.workspace import Workspace

        self.leave()
        try:
            self.workspace = Workspace.open(file, ref)
        except Refusal as refusal:
            messages.refuse(self._window, refusal.sentence)
            return
        self._show(self.workspace)
        self._add_up(self.workspace)

    def _back_up(self) -> None:
        from dcs_desktop.backups import Why
        from dcs_desktop.ui import safekeeping

        if self.workspace is not None:
            safekeeping.quietly(self._window, self._worker, self.workspace.file, Why.ASKED)

    def _show(self, workspace: Workspace) -> ReportView:
        from dcs_desktop.ui.report_view import ReportView

        self.view = ReportView(workspace, self._worker)
        self.view.preview_asked.connect(self.preview)
        self.view.print_asked.connect(self.print_report)
        self.view.save_asked.connect(self._back_up)
        self.view.export_asked.connect(self.export)
        self.view.letterhead_asked.connect(self.edit_letterhead)
        self.view.entry.block_pasted.connect(self.cells_in.paste)
        self.view.entry.table_pasted.connect(self.cells_in.paste_table)
        self.view.back_asked.connect(self.left)
        self.view.amendment_asked.connect(self.amend)
        self.view.renamed.connect(self.renamed)
        self.safety.follow(self.view)
        self._pages.addWidget(self.view)
        self._pages.setCurrentWidget(self.view)
        if self.view.page is not None:
            self.view.page.enter_item("")
        if takes_totals(workspace.form) and self.view.entry.closed is not None:
            self.later.look(self.view)
        return self.view

    def rebuild(self) -> None:
        """The open report anew, at the same field, or its preview at the same item."""
        if self.view is None or self.workspace is None:
            return
        self.view.commit()
        before, previewed = self.view, self.preview_page
        previewed_item = "" if previewed is None else previewed.items.currentData() or ""
        if previewed is not None:
            self._close_preview()
        key, tab, live = before.field_here(), before.side.currentIndex(), before.bar.live.isChecked()
        before.let_go()
        view = self._show(self.workspace)
        view.bar.live.setChecked(live)
        self._pages.removeWidget(before)
        before.deleteLater()
        view.side.setCurrentIndex(tab)
        view.go_to(key)
        if previewed is not None:
            self.preview(previewed_item)

    def _add_up(self, workspace: Workspace) -> None:
        """Let a receiving unit's report follow what the units below have filed by now, once it is shown."""
        if not takes_totals(workspace.form):
            return
        file, period, form = workspace.file, workspace.identity.period, workspace.form

        def add_up(_told: Told) -> Mapping[str, Value]:
            from dcs_desktop import receiving

            return receiving.filed_below(file, period, form) if receiving.follows(file, workspace) else {}

        self._adding = self._worker.start(
            self._window,
            add_up,
            lambda totals: self._take(totals, workspace),
            saying=_("Đang cộng số liệu của các đơn vị."),
            failed=lambda failure: self._not_added(failure, workspace),
        )

    def _take(self, totals: Mapping[str, Value], workspace: Workspace) -> None:
        if not totals or workspace is not self.workspace or self.view is None:
            return
        if workspace.take_totals(totals).changed:
            self.view.refresh()

    def _not_added(self, failure: BaseException, workspace: Workspace) -> None:
        if workspace is self.workspace:
            show_failure(self._window, failure)

    def gather(self) -> None:
        """Have the report whole: totals from below that are still being added up, typing that was not saved yet."""
        self.wait_for_totals()
        if self.view is not None:
            self.view.commit()

    def wait_for_totals(self) -> None:
        """Return once the totals of the units below stand in the report: before it is looked at, printed, sent."""
        while self._adding is not None and not self._adding.over:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def _amended(self, file: DataFile, ref: int) -> int:
        """The report to open: where this one has left the house, its amendment if the user wants one."""
        summary = file.summary(ref)
        latest = file.latest(summary.identity.unit.identity, summary.identity.period)
        if file.read_only or summary.exported_at is None or latest is None or latest.ref != ref:
            return ref
        day, number = format_date(summary.exported_at.astimezone().date()), summary.identity.revision + 1
        question = _("Báo cáo này đã xuất ngày {day}. Lập bổ sung lần {number} để sửa nội dung?")
        yes = _("Lập bổ sung lần {number}").format(number=number)
        kept = _("Bản đã xuất được giữ nguyên. Số, ngày và người ký vẫn ghi được mà không cần bổ sung.")
        text = question.format(day=day, number=number)
        return (
            file.start_amendment(ref) if messages.ask(self._window, text, yes, _("Chỉ mở xem"), kept) else ref
        )

    def amend(self) -> None:
        """From a report that left the house to its newest amendment, made now when there is none."""
        if self.view is None or self.workspace is None or self.view.entry.closed is None:
            return
        newest, place = self.view.entry.closed.newest, self.view.place_here()
        try:
            if newest is None:
                self.workspace.amend()
        except Refusal as refusal:
            messages.refuse(self._window, refusal.sentence)
            return
        if newest is None:
            self.view.refresh()
            self._add_up(self.workspace)
        else:
            self.open(self.workspace.file, newest)
            self.view.fill_place(place)
            self.renamed.emit()

    def leave(self) -> None:
        """Close the report, with everything of it saved."""
        if self.preview_page is not None:
            self._close_preview()
        if self.view is not None and self.workspace is not None:
            self.view.commit()
            self.safety.keep(self.workspace)
            self.view.let_go()
            self._pages.removeWidget(self.view)
            self.view.deleteLater()
            self._close_workspace(self.workspace)
            self.workspace.on_saved = self.workspace.on_failed = None
        self.view = self.workspace = None

    def _close_workspace(self, workspace: Workspace) -> None:
        """Say it when something of the report could not be written; the data file goes on trying."""
        try:
            workspace.close()
        except Refusal as refusal:
            messages.refuse(self._window, refusal.sentence)

    def preview(self, item: str = "") -> PreviewPage | None:
        """The very PDF, at the page of an item."""
        from dcs_desktop.ui.preview import PreviewPage

        if self.view is None or self.workspace is None:
            return None
        self.gather()
        page = PreviewPage(self.workspace, self._worker, item)
        page.back_asked.connect(self.back_to_form)
        page.place_asked.connect(self._back_to_place)
        self.preview_page = page
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        return page

    def toggle_live(self) -> None:
        """The printed page beside the form, or away."""
        if self.view is not None:
            self.back_to_form()
            self.view.bar.live.toggle()

    def back_to_form(self, key: str = "") -> None:
        """From the preview to the form, at a field or item when one is named."""
        self._close_preview()
        if self.view is not None:
            self._pages.setCurrentWidget(self.view)
            page = self.view.page
            if key:
                self.view.fill_place(key)
            elif (last := None if page is None else page.focusWidget()) is not None:
                last.setFocus()

    def _back_to_place(self, stretch: Stretch) -> None:
        """From the preview to what is printed at a place of it."""
        self.back_to_form()
        if self.view is not None:
            self.view.go_to_printed(stretch)

    def _close_preview(self) -> None:
        if self.preview_page is not None:
            self._pages.removeWidget(self.preview_page)
            self.preview_page.let_go()
            self.preview_page.deleteLater()
            self.preview_page = None

    def print_report(self) -> None:
        """The preview, and over it the printer dialog as soon as the pages are there."""
        page = self.preview()
        if page is not None:
            page.print_when_ready()

    def save_blank_form(self) -> None:
        """The form of this report to be filled in by hand, as a PDF file."""
        from dcs_desktop.ui.blank_form import ask_and_save

        if self.workspace is not None:
            ask_and_save(self._window, self.workspace, self._worker)

    def save_excel(self) -> None:
        """The figures as an Excel workbook."""
        from dcs_desktop.ui.excel_file import save_report

        if self.view is not None and self.workspace is not None:
            self.gather()
            save_report(self._window, self.workspace, self._worker)

    def export(self) -> None:
        """Write the unit package."""
        from dcs_desktop.ui.export import ExportDialog

        if self.view is None or self.workspace is None:
            return
        self.gather()
        dialog = ExportDialog(self.workspace, self.folder, self._window)
        dialog.exec()
        self.safety.keep(self.workspace)
        if dialog.folder and dialog.folder != self.folder:
            self.folder = dialog.folder
            self.folder_chosen.emit(dialog.folder)
        if dialog.findings_asked:
            self.view.go_to(dialog.findings_asked)
        self.view.refresh()

    def show_history(self) -> None:
        """What was changed in the open report, when and by whom."""
        from dcs_desktop.ui.history_list import HistoryList

        if self.view is not None and self.workspace is not None:
            self.view.commit()
            history = HistoryList(self.workspace, self.view.entry.closed is not None, self._window)
            history.jump_asked.connect(self.view.go_to)
            history.undo_asked.connect(self.view.undo)
            history.exec()

    def take_back(self, opened: Opened | None, named: list[Path]) -> bool:
        """Take a letter, a Word file or an Excel form among dropped files into its report; whether there was one."""
        parts = (self.letters, self.word_back, self.excel_form)
        return any(part.take(opened, named) for part in parts)

    def edit_letterhead(self) -> None:
        """Bodies, number, date, recipients, signatory of the open report."""
        from dcs_desktop.ui.letterhead_dialog import LetterheadDialog

        if self.view is not None and self.workspace is not None:
            self.view.commit()
            LetterheadDialog(self.workspace, self._window).exec()
            self.view.refresh()


def takes_totals(form: Form) -> bool:
    """Whether a form has figures that are rolled up from below."""
    from dcs_desktop.core.form import Role

    return any(field.role is Role.BELOW for field in form.fields.values())
