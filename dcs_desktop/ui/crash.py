"""After a bug, or after the program was gone all at once: nothing was lost, and work goes on where it stood.

A bug that nobody caught is said in one dialog. Going on lets go of the data, opens it anew, reads it back whole and
returns to the field. A program that dies leaves a mark; the next start says so and leads to the last change. The same
place is not offered at once a second time when it has failed twice.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _, format_datetime
from dcs_desktop.ui import files, messages

if TYPE_CHECKING:
    from dcs_desktop.store import DataFile
    from dcs_desktop.ui.main_window import MainWindow
    from dcs_desktop.ui.running import Mark

SOON_AGAIN: Final = 20.0
LOOK_MS: Final = 50
BUGS = logging.getLogger("dcs_desktop.bugs")


@dataclass(frozen=True, slots=True)
class Place:
    """A report of the data file, and the field, item or section in it."""

    ref: int
    key: str


class Comeback:
    """Says a bug and brings the window back to where it was."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._last: tuple[Place | None, float] = (None, -SOON_AGAIN)

    def say(self, log: Path) -> None:
        """The one dialog for a bug: go on at the same field, see what a helper would get, or close."""
        place = place_of(self._window)
        again = place is not None and self._last[0] == place and time.monotonic() - self._last[1] < SOON_AGAIN
        box = _box(self._window, log, again=again)
        on = box.addButton(
            _("Mở lại trang đầu") if again else _("Mở lại đúng chỗ đang làm"),
            QMessageBox.ButtonRole.AcceptRole,
        )
        helper = box.addButton(_("Tệp gửi người hỗ trợ…"), QMessageBox.ButtonRole.HelpRole)
        box.setDefaultButton(on)
        box.setEscapeButton(on)
        box.exec()
        if box.clickedButton() is helper:
            from dcs_desktop.ui import support_dialog

            support_dialog.ask(self._window)
        self._last = place, time.monotonic()
        come_back(self._window, None if again else place)


def _box(window: MainWindow, log: Path, *, again: bool) -> QMessageBox:
    sentence = _("Chương trình gặp một lỗi ngoài dự kiến, nhưng không mất dữ liệu nào đã lưu.")
    detail = _(
        "Tệp dữ liệu sẽ được mở lại, đọc lại toàn bộ và trở về đúng ô đang nhập. Nếu lỗi lặp lại, hãy gửi tệp hỗ trợ cho "
        "người hỗ trợ; tệp ấy không chứa nội dung báo cáo. Lỗi được ghi ở {file}."
    )
    if again:
        detail = _(
            "Lỗi vừa lặp lại ở cùng một chỗ nên báo cáo không được mở lại ngay; tệp dữ liệu sẽ được mở lại ở trang đầu. Hãy "
            "gửi tệp hỗ trợ cho người hỗ trợ; tệp ấy không chứa nội dung báo cáo. Lỗi được ghi ở {file}."
        )
    box = QMessageBox(QApplication.activeWindow() or window)
    box.setIcon(QMessageBox.Icon.Critical)
    box.setWindowTitle(_("Lỗi chương trình"))
    box.setText(sentence)
    box.setInformativeText(detail.format(file=files.shown(log)))
    box.setAccessibleName(sentence)
    return box


def place_of(window: MainWindow) -> Place | None:
    """The report that is open and the field the hand is in, None on any other page."""
    view, workspace = window.room.view, window.room.workspace
    if view is None or workspace is None:
        return None
    key = ""
    with suppress(Exception):  # what failed may fail again, and must not keep anybody from coming back
        key = view.field_here()
    return Place(workspace.ref, key)


def come_back(window: MainWindow, place: Place | None) -> None:
    """Let go of the data, whatever fails, open it anew, read it back whole, and return to the place."""
    path = window.data_path
    if path is None:
        return
    try:
        if window.room.view is not None:
            window.room.view.commit()
        window.let_go_of_data()
    except Exception:
        BUGS.exception("leaving after a bug")
        _let_go_by_force(window)
    window.open_data(path, None)
    when_opened(window, lambda: _went_back(window, place))


def _let_go_by_force(window: MainWindow) -> None:
    """The page of the report is left as it is; what was put into the file is written when that is closed."""
    opened, window.opened = window.opened, None
    window.room.view = window.room.workspace = None
    if opened is not None:
        with suppress(Refusal):
            opened.file.close()


def when_opened(window: MainWindow, then: Callable[[], None]) -> None:
    """Do something once the data is open; never when it cannot be."""
    timer = QTimer(window, interval=LOOK_MS)

    def look() -> None:
        if window.opened is not None and not window.worker.busy:
            timer.stop()
            timer.deleteLater()
            then()

    timer.timeout.connect(look)
    timer.start()


def _went_back(window: MainWindow, place: Place | None) -> None:
    assert window.opened is not None
    file = window.opened.file
    said = _read_back(file)
    if place is not None:
        go_to(window, place)
    messages.note(window, said)


def go_to(window: MainWindow, place: Place) -> None:
    """Open a report at a field."""
    if window.opened is None:
        return
    window.room.open(window.opened.file, place.ref)
    if window.room.view is not None and place.key:
        window.room.view.go_to(place.key)


def _read_back(file: DataFile) -> str:
    """That all of the file was read, or what is wrong with it."""
    try:
        found = file.contents()
        reports = len([file.report(summary.ref) for summary in file.reports()])
    except Refusal as refusal:
        return refusal.sentence
    said = _(
        "Đã mở lại tệp dữ liệu và đọc lại toàn bộ: {reports} báo cáo, {received} gói đã nhận. Không mất gì đã lưu."
    )
    return said.format(reports=reports, received=found.received_count)


# A program that was gone all at once


def look_back(window: MainWindow, mark: Mark) -> None:
    """Tell, once the data is open, that the last run ended without warning, and offer its last place."""
    when_opened(window, lambda: _tell(window, mark))


def _tell(window: MainWindow, mark: Mark) -> None:
    assert window.opened is not None
    file = window.opened.file
    last = file.last_change()
    said = _("Lần trước chương trình bị tắt đột ngột. Tệp dữ liệu đã được kiểm tra: không mất gì đã lưu.")
    if last is None:
        messages.note(window, said)
        return
    report = file.report(last.ref).identity
    where = _("Lần ghi cuối: {time}, {unit}, {period}.")
    detail = where.format(
        time=format_datetime(last.at.astimezone()), unit=report.unit.name, period=report.period.words
    )
    if mark.went_on:
        detail += " " + _("Lần trước mở lại chỗ này thì chương trình lại tắt, nên hãy làm việc khác trước.")
    if messages.ask(
        window, said, _("Mở tiếp chỗ đang làm"), _("Ở lại trang đầu"), detail, risky=mark.went_on
    ):
        mark.goes_on()
        go_to(window, Place(last.ref, last.key))
