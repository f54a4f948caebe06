"""Opens every part of the window on a data file, to prove that a built program is whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.ui.dressing import make_application
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.ui.preferences import Preferences

LONGEST_SECONDS = 60


def selftest(data: Path) -> tuple[int, str]:
    """The first report of a data file in the window and its first page drawn: 0 and a sentence, or why not."""
    app = make_application(Preferences())
    window = MainWindow(Preferences())
    window.show()
    said: list[str] = []
    watch = QTimer(window)
    watch.timeout.connect(lambda: _put_away_dialog(said))
    watch.start(100)
    try:
        pages = _walk(app, window, data)
        if said:
            raise Refusal(said[0])
    except Refusal as refusal:
        return 2, refusal.sentence
    finally:
        window.shut()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return 0, _("Đã mở cửa sổ, báo cáo và bản xem trước {pages} trang.").format(pages=pages)


def _put_away_dialog(said: list[str]) -> None:
    """Nobody is here to answer a dialog: keep what it says, and close it."""
    dialog = QApplication.activeModalWidget()
    if isinstance(dialog, QMessageBox):
        said.append(dialog.text())
        dialog.reject()


def _walk(app: QApplication, window: MainWindow, data: Path) -> int:
    if not data.exists():
        raise Refusal(_("Không có tệp dữ liệu {path}.").format(path=data))
    window.open_data(data, None)
    _wait(app, lambda: window.opened is not None, _("Tệp dữ liệu không mở được."))
    window.open_first_report()
    _wait(app, lambda: window.room.view is not None, _("Tệp dữ liệu không có báo cáo nào."))
    page = window.room.preview()
    assert page is not None
    _wait(app, lambda: page.ready, _("Bản xem trước không dàn xong trang."))
    if page.refusal or not page.pages or page.page_is_blank(0):
        raise Refusal(page.refusal or _("Trang đầu của bản xem trước trống."))
    return page.pages


def _wait(app: QApplication, there: Callable[[], bool], otherwise: str) -> None:
    end = monotonic() + LONGEST_SECONDS
    while not there():
        app.processEvents()
        if monotonic() > end:
            raise Refusal(otherwise)
