"""Backups from the window: on request, at the first start of a day, before packages come; and restoring one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer

from dcs_desktop import backups, restoring
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.ui import messages, preferences

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from dcs_desktop.store import DataFile
    from dcs_desktop.ui.main_window import MainWindow
    from dcs_desktop.ui.tasks import Told, Worker

# A window may stay open for days; the first look is well after the form stands.
FIRST_LOOK_MS: Final = 20_000
LOOK_MS: Final = 600_000
BETWEEN_SAVES: Final = timedelta(minutes=10)
TOLD: Final = "told that backups fail"


def made(file: DataFile, why: backups.Why) -> backups.Made:
    """Make a backup with everything that was put, in the second folder too; on any thread. Raises Refusal."""
    file.flush()
    second = preferences.load().second
    return backups.make(file.path, why, _now(), Path(second) if second else None, file)


def _now() -> datetime:
    return datetime.now().astimezone()


def back_up(window: MainWindow) -> None:
    """Make a backup now, and say where it lies."""
    if window.opened is None:
        return
    if window.room.view is not None:
        window.room.view.commit()
    file = window.opened.file

    def said(done: backups.Made) -> None:
        found = done.contents
        text = _("Đã sao lưu vào {file}, đã đọc lại: {reports} báo cáo, {received} gói đã nhận.")
        text = text.format(file=done.path, reports=found.report_count, received=found.received_count)
        more = done.remark or (
            "" if done.second is None else _("Bản thứ hai: {file}").format(file=done.second)
        )
        messages.note(window, text, more)

    window.worker.start(window, lambda _told: made(file, backups.Why.ASKED), said, saying=_("Đang sao lưu."))


def look_daily(window: MainWindow) -> None:
    """From now on, make a backup on the first start of each day, without a word unless it fails."""
    timer = QTimer(window, interval=LOOK_MS)
    timer.timeout.connect(lambda: make_of_the_day(window))
    timer.start()
    QTimer.singleShot(FIRST_LOOK_MS, window, lambda: make_of_the_day(window))


def make_of_the_day(window: MainWindow) -> None:
    """Make the backup of this day where there is none; then what lay in the bin for 90 days goes."""
    if window.opened is not None:
        quietly(window, window.worker, window.opened.file, backups.Why.DAY)


def quietly(asker: QWidget, worker: Worker, file: DataFile, why: backups.Why) -> None:
    """Make a backup while the window goes on; trouble is told once in the window's life.

    None is made of a day that has one, nor on request (the key that saves) ten minutes after another.
    """
    if file.read_only:
        return

    def work(_told: Told) -> None:
        if _wanted(file, why):
            made(file, why)
            if why is backups.Why.DAY:  # what goes now is in the backup
                file.empty_bin(_now())

    worker.start(asker, work, lambda _done: None, failed=lambda failure: _tell_once(asker, failure))


def _wanted(file: DataFile, why: backups.Why) -> bool:
    match why:
        case backups.Why.DAY:
            return backups.due(file.path, _now())
        case backups.Why.ASKED:
            newest = next(iter(backups.backups_of(file.path)), None)
            return newest is None or abs(_now() - newest.when) > BETWEEN_SAVES
        case _other:
            return True


def _tell_once(asker: QWidget, failure: BaseException) -> None:
    if not isinstance(failure, Refusal):
        raise failure
    if not asker.property(TOLD):
        asker.setProperty(TOLD, True)
        messages.note(asker, _("Chưa sao lưu được: {reason}").format(reason=failure.sentence))


def ask_restore(window: MainWindow) -> None:
    """Show the backups with what would differ, and restore the one that is chosen."""
    data = window.data_path
    if data is None:
        return
    file = None if window.opened is None else window.opened.file

    def read(_told: Told) -> list[restoring.Choice]:
        now = restoring.present_contents(data) if file is None else file.contents()
        return restoring.choices(data, now)

    def show(found: list[restoring.Choice]) -> None:
        from dcs_desktop.ui.backups_dialog import BackupsDialog

        dialog = BackupsDialog(found, window.remembered.second, window)
        dialog.second_chosen.connect(lambda folder: _remember_second(window, folder))
        if dialog.exec() and dialog.chosen is not None:
            restore(window, data, dialog.chosen)
        dialog.deleteLater()

    window.worker.start(window, read, show, saying=_("Đang đọc các bản sao lưu."))


def _remember_second(window: MainWindow, folder: str) -> None:
    window.remembered = replace(window.remembered, second=folder)
    preferences.save(window.remembered)


def restore(window: MainWindow, data: Path, backup: Path) -> None:
    """Let go of the data, put the backup in its place, open what is there then, whatever came of it."""
    window.let_go_of_data()
    window.start_page.show_waiting()
    window.pages.setCurrentWidget(window.start_page)

    def done(restored: restoring.Restored) -> None:
        found = restored.contents
        text = _("Đã khôi phục: {reports} báo cáo, {received} gói đã nhận.")
        kept = restored.kept
        more = "" if kept is None else _("Tệp dữ liệu trước đó được giữ ở {file}.").format(file=kept)
        window.open_data(data, None)
        messages.note(window, text.format(reports=found.report_count, received=found.received_count), more)

    def failed(failure: BaseException) -> None:
        window.open_data(data, None)
        if not isinstance(failure, Refusal):
            raise failure
        messages.refuse(window, failure.sentence)

    window.worker.start(
        window,
        lambda _told: restoring.restore(data, backup, _now()),
        done,
        failed=failed,
    )
