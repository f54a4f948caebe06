"""What the window says in dialogs: questions, refusals, notes, and the one dialog for a bug."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from dcs_desktop.i18n import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox

BUGS = logging.getLogger("dcs_desktop.bugs")


def refuse(asker: QWidget | None, sentence: str, detail: str = "") -> None:
    """Say why something was not done, and what to do."""
    _box(asker, "Warning", _("Chưa thực hiện được"), sentence, detail).exec()


def note(asker: QWidget | None, sentence: str, detail: str = "") -> None:
    """Say something that needs no answer."""
    _box(asker, "Information", _("Thông báo"), sentence, detail).exec()


def warn(asker: QWidget | None, sentence: str) -> None:
    """Say something that does not fit, though all was done."""
    _box(asker, "Warning", _("Thông báo"), sentence, "").exec()


def ask(
    asker: QWidget | None, question: str, yes: str, no: str = "", detail: str = "", *, risky: bool = False
) -> bool:
    """Whether the user chose ``yes``, a button that names what it does; closing the dialog is no.

    What is ``risky`` is not done by pressing Enter.
    """
    from PySide6.QtWidgets import QMessageBox

    box = _box(asker, "Question", _("Đề nghị xác nhận"), question, detail)
    box.setStandardButtons(QMessageBox.StandardButton.NoButton)
    chosen = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    refused = box.addButton(no or _("Không"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(refused if risky else chosen)
    box.setEscapeButton(refused)
    box.exec()
    return box.clickedButton() is chosen


def _box(asker: QWidget | None, picture: str, title: str, sentence: str, detail: str) -> QMessageBox:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(asker.window() if asker is not None else None)
    box.setIcon(QMessageBox.Icon[picture])
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(sentence)
    box.setInformativeText(detail)
    box.setAccessibleName(sentence)
    return box


class BugHook(QObject):
    """The one place where a bug ends: written to a log without what was typed, said once in a dialog."""

    _found = Signal()

    def __init__(
        self, log: Path, parent: QObject | None = None, say: Callable[[Path], None] | None = None
    ) -> None:
        super().__init__(parent)
        self._log = log
        self._tell = say
        self._saying = False
        # Once what failed has ended: the dialog waits for an answer.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._say)
        self._found.connect(self._soon.start)

    def install(self) -> None:
        """Take every exception that nobody caught, on whatever thread."""
        sys.excepthook = self.take
        threading.excepthook = lambda args: self.take(
            args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
        )

    def take(self, kind: type[BaseException], bug: BaseException, where: TracebackType | None) -> None:
        """Log it and have it said; the bug's own words stay out of the log, they may hold figures."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        traceback.print_exception(kind, bug, where)
        self._write("".join(traceback.format_tb(where)) + kind.__name__)
        self._found.emit()

    def _write(self, lines: str) -> None:
        try:
            self._log.parent.mkdir(parents=True, exist_ok=True)
            with self._log.open("a", encoding="utf-8") as log:
                log.write(lines + "\n\n")
        except OSError:
            BUGS.error(lines)

    def _say(self) -> None:
        if self._saying:
            return
        self._saying = True
        try:
            self._told()
        finally:
            self._saying = False

    def _told(self) -> None:
        if self._tell is not None:
            self._tell(self._log)
            return
        sentence = _("Chương trình gặp một lỗi ngoài dự kiến, nhưng không mất dữ liệu nào đã lưu.")
        detail = _(
            "Những gì thanh trạng thái báo “Đã lưu” vẫn còn nguyên trong tệp dữ liệu. Có thể tiếp tục làm việc; "
            "nếu lỗi lặp lại, hãy đóng rồi mở lại chương trình và gửi tệp {file} cho người hỗ trợ. "
            "Tệp này không chứa nội dung báo cáo."
        ).format(file=self._log)
        _box(QApplication.activeWindow(), "Critical", _("Lỗi chương trình"), sentence, detail).exec()
