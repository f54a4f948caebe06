"""The window: assembles start page, report, preview and receiving desk, and moves between them."""

from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from dcs_desktop import paths
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.ui import dressing, menus, messages, preferences, single_instance, training_band, word_in
from dcs_desktop.ui.opened import Opened, setup_of
from dcs_desktop.ui.preferences import Preferences
from dcs_desktop.ui.report_room import ReportRoom
from dcs_desktop.ui.start_page import StartPage, revision_words
from dcs_desktop.ui.tasks import Told, Worker

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent

    from dcs_desktop.core.setup import Setup
    from dcs_desktop.ui.receiving_desk import ReceivingDesk

SMALLEST, USUAL = (900, 540), (1280, 700)


class MainWindow(QMainWindow):
    """The one window. ``painted`` comes once, after it first stood on the screen."""

    painted = Signal()

    def __init__(self, remembered: Preferences) -> None:
        super().__init__()
        self.remembered = remembered
        self.worker = Worker(self)
        self.opened: Opened | None = None
        self.desk: ReceivingDesk | None = None
        self.data_path: Path | None = None
        self._door: single_instance.FrontDoor | None = None
        self.was_painted = False
        self._band = training_band.make()
        self.start_page = StartPage()
        self.pages = QStackedWidget()
        self.pages.addWidget(self.start_page)
        self.room = ReportRoom(self, self.pages, self.worker)
        self.setCentralWidget(training_band.over(self._band, self.pages))
        self.setAcceptDrops(True)
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        if remembered.geometry:
            self.restoreGeometry(QByteArray(base64.b64decode(remembered.geometry)))
        self.actions_by_name = menus.make(self)
        self._connect_pages()
        self._retitle()

    def _connect_pages(self) -> None:
        self.room.left.connect(self.show_start)
        self.room.renamed.connect(self._retitle)
        self.room.word_back.foreign.connect(lambda path: word_in.take(self, path))
        self.room.folder_chosen.connect(lambda folder: self.remember(folder=folder))
        self._connect_start_page()

    def _connect_start_page(self) -> None:
        self.start_page.new_asked.connect(self.ask_new_report)
        self.start_page.report_asked.connect(self.open_report)
        self.start_page.file_asked.connect(self.ask_file)
        self.start_page.desk_asked.connect(self.show_desk)
        self.start_page.retry_asked.connect(lambda: self.open_data(self.data_path, None))
        self.start_page.look_asked.connect(lambda: self.open_data(self.data_path, None, read_only=True))
        self.start_page.other_data_asked.connect(self.ask_data_file)
        self.start_page.menu_asked.connect(lambda name: self.actions_by_name[name].trigger())

    # The data file

    def open_data(self, path: Path | None, to_open: Path | None, *, read_only: bool = False) -> None:
        """Open a data file, then the start page or first start, then a package when one is named."""
        if path is None:
            return
        self.data_path = path
        self.start_page.show_waiting()
        self.pages.setCurrentWidget(self.start_page)
        self.worker.start(self, _load_parts, lambda _done: self._open_file(path, to_open, read_only))

    def _open_file(self, path: Path, to_open: Path | None, read_only: bool) -> None:
        from dcs_desktop.store import open_file

        self.let_go_of_data()
        if not path.exists():
            self._first_start(path)
            return
        try:
            file = open_file(path, read_only=read_only)
            setup = setup_of(file)
        except Refusal as refusal:
            self.start_page.show_refusal(refusal.sentence, path)
            return
        if setup is None:
            self._first_start(path)
            return
        if not read_only:
            self._door = single_instance.FrontDoor(path, self._come_forward, self)
        self.take_data(Opened(file, setup, path))
        if to_open is not None:
            self.open_paths([to_open])

    def take_data(self, opened: Opened) -> None:
        """Work on this data file from now on, beginning at the start page."""
        self.opened = opened
        self._band.setVisible(opened.setup.training)
        self.show_start()

    def let_go_of_data(self) -> None:
        """Close report, desk and data file, with everything saved."""
        self.room.leave()
        self._discard_desk()
        if self.opened is not None:
            try:
                self.opened.file.close()
            except Refusal as refusal:
                messages.refuse(self, refusal.sentence)
            self.opened = None
        self._band.hide()
        if self._door is not None:
            self._door.close()
            self._door = None

    def _first_start(self, path: Path, before: QWidget | None = None) -> None:
        from dcs_desktop.ui.first_start import FirstStart, prepare

        page = FirstStart(path, self.worker, before=before)
        self.worker.start(self, prepare, lambda _done: None)
        page.finished.connect(lambda setup: self._make_data(path, setup, page))
        page.sample_asked.connect(lambda: self._leave_for_sample(page))
        self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        self._retitle()

    def _leave_for_sample(self, page: QWidget) -> None:
        self._discard(page)
        self.open_sample()

    def _make_data(self, path: Path, setup: Setup, page: QWidget) -> None:
        from dcs_desktop.store import open_file

        try:
            file = open_file(path, create=not path.exists())
            file.save_setup(setup)
        except Refusal as refusal:
            messages.refuse(self, refusal.sentence)
            return
        self._discard(page)
        self._door = single_instance.FrontDoor(path, self._come_forward, self)
        self.take_data(Opened(file, setup, path))

    def open_sample(self) -> None:
        """Make the training file where there is none, and open it."""
        from dcs_desktop.ui.sample import make_sample

        self.worker.start(
            self,
            make_sample,
            lambda path: self.open_data(path, None),
            saying=_("Đang tạo dữ liệu tập huấn."),
        )

    def open_own_data(self) -> None:
        """Back to the unit's own data file."""
        self.open_data(paths.default_data_file(), None)

    def ask_data_file(self) -> None:
        """Let the user choose another data file."""
        from dcs_desktop.ui import files

        self.open_data(files.ask_data_file(self), None)

    # Where the window is

    def show_start(self) -> None:
        """The start page, with the reports as they are now."""
        self.room.leave()
        if self.opened is not None:
            self.start_page.show_reports(self.opened)
        self.pages.setCurrentWidget(self.start_page)
        self._retitle()

    def open_report(self, ref: int) -> None:
        """The report window on one report of the data file."""
        if self.opened is not None:
            self.room.enter(self.opened.file, ref)
            self._retitle()

    def open_first_report(self) -> None:
        """The report saved last as it is, when there is one; nothing is asked."""
        reports = self.opened.file.reports() if self.opened is not None else ()
        if self.opened is not None and reports:
            self.room.open(self.opened.file, max(reports, key=lambda summary: summary.saved_at).ref)
            self._retitle()

    def ask_new_report(self) -> None:
        """Ask for the period, make the report, open it."""
        from dcs_desktop.ui.new_report import ask_new_report

        if self.opened is not None and (ref := ask_new_report(self, self.opened)) is not None:
            self.open_report(ref)

    def show_desk(self) -> ReceivingDesk | None:
        """The receiving desk; None while there is no data."""
        from dcs_desktop.ui.receiving_desk import ReceivingDesk

        if self.opened is None:
            return None
        self.room.leave()
        if self.desk is None:
            self.desk = ReceivingDesk(self.opened, self.worker)
            self.desk.back_asked.connect(self.show_start)
            self.desk.setup_chosen.connect(self.take_setup)
            self.desk.report_asked.connect(self.open_report)
            self.pages.addWidget(self.desk)
        self.desk.refresh()
        self.pages.setCurrentWidget(self.desk)
        self._retitle()
        return self.desk

    def open_paths(self, named: list[Path]) -> None:
        """Take in what was dropped, named or chosen: a Word file or Excel form into its report, all else at the desk."""
        if not self.room.take_back(self.opened, named) and (desk := self.show_desk()) is not None:
            desk.take_in(named)

    def ask_file(self) -> None:
        """Let the user choose packages to take in."""
        from dcs_desktop.ui import files

        chosen = files.ask_packages(self)
        if chosen:
            self.open_paths(chosen)

    def show_settings(self) -> None:
        """Language, theme, text size, data folder, unit and receiving unit; again where its own words changed."""
        from dcs_desktop.ui.settings import SettingsDialog

        again = True
        while again:
            dialog = SettingsDialog(self.remembered, self.opened, self.worker, self)
            dialog.preferences_chosen.connect(self._take_preferences)
            dialog.setup_chosen.connect(self.take_setup)
            dialog.exec()
            again = dialog.again
            dialog.deleteLater()

    def _take_preferences(self, chosen: Preferences) -> None:
        new_words = chosen.language != self.remembered.language
        self.remembered = chosen
        preferences.save(chosen)
        dressing.dress(chosen)
        QTimer.singleShot(0, lambda: self._rebuild(new_words))

    def _rebuild(self, new_words: bool) -> None:
        """Everything anew where the user is: words, pictures and sizes are made once, when a part is made."""
        was = self.pages.currentWidget()
        started = was is self.start_page
        self._remake_desk()
        self._discard(self.start_page)
        self.start_page = StartPage()
        self.pages.addWidget(self.start_page)
        self._connect_start_page()
        self.actions_by_name = menus.make(self)
        self._band.setText(training_band.words())
        self.room.rebuild()
        if started:
            self.show_start()
        elif self.opened is None and new_words and self.data_path is not None and was is not None:
            self._first_start(self.data_path, was)
            self._discard(was)
        self._retitle()

    def take_setup(self, setup: Setup) -> None:
        """Keep what was said of the unit and those that report to it; an open report stays open."""
        if self.opened is None:
            return
        try:
            self.opened.file.save_setup(setup)
        except Refusal as refusal:
            messages.refuse(self, refusal.sentence)
            return
        self.opened = Opened(self.opened.file, setup, self.opened.path)
        started = self.pages.currentWidget() is self.start_page
        self._remake_desk()
        if started:
            self.show_start()

    def remember(self, *, folder: str) -> None:
        """Remember the folder that was last chosen for a file."""
        self.remembered = replace(self.remembered, folder=folder)
        preferences.save(self.remembered)

    # What Qt tells a window

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.was_painted:
            self.was_painted = True
            QTimer.singleShot(0, self._be_seen)

    def _be_seen(self) -> None:
        """The window stands: its data comes, and the keys of its menus."""
        self.painted.emit()
        self._retitle()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.opened is not None and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        dropped = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        QTimer.singleShot(0, lambda: self.open_paths(dropped))

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._all_saved():
            event.ignore()
            return
        self.shut()

    def _all_saved(self) -> bool:
        """Whether everything is on the disk, or the user closes all the same."""
        if self.room.view is not None:
            self.room.view.commit()
        try:
            if self.opened is not None:
                self.opened.file.flush()
        except Refusal as refusal:
            kept = _("Những thay đổi cuối vẫn đang hiện trên màn hình nhưng chưa có trong tệp dữ liệu.")
            return messages.ask(
                self, refusal.sentence, _("Vẫn đóng, bỏ các thay đổi đó"), _("Không đóng"), kept
            )
        return True

    def shut(self) -> None:
        """Save everything and let go of it."""
        geometry = base64.b64encode(self.saveGeometry().data()).decode()
        preferences.save(replace(self.remembered, geometry=geometry))
        self.worker.close()
        self.let_go_of_data()

    def _come_forward(self, to_open: Path | None) -> None:
        self.setWindowState(self.windowState() & ~self.windowState().WindowMinimized)
        self.raise_()
        self.activateWindow()
        if to_open is not None:
            self.open_paths([to_open])

    def _discard(self, page: QWidget) -> None:
        self.pages.removeWidget(page)
        page.deleteLater()

    def _remake_desk(self) -> None:
        """The desk anew, at the same tab and period where it is seen."""
        place = self.desk.place if self.desk is not None and self.pages.currentWidget() is self.desk else None
        self._discard_desk()
        if place is not None and (desk := self.show_desk()) is not None:
            desk.go_to(place)

    def _discard_desk(self) -> None:
        if self.desk is not None:
            self._discard(self.desk)
            self.desk = None

    def _retitle(self) -> None:
        parts = ["DCS Desktop"]
        if self.room.workspace is not None:
            identity = self.room.workspace.identity
            if identity.revision:
                parts.insert(0, revision_words(identity.revision))
            parts.insert(0, identity.period.words)
        if self.opened is not None:
            parts.insert(0, self.opened.setup.unit.name)
            if self.opened.file.read_only:
                parts.append(_("chỉ để xem"))
            if self.opened.setup.training:
                parts.insert(0, _("TẬP HUẤN"))
        self.setWindowTitle(" – ".join(parts))
        menus.enable(self.actions_by_name, self)


def _load_parts(_told: Told) -> None:
    """Import what is too heavy for the first paint."""
    import dcs_desktop.store
    import dcs_desktop.workspace  # noqa: F401 -- imported here, on the worker thread, to be ready
