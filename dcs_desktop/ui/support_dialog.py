"""What would be sent to a helper, shown whole before it is written to a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit

from dcs_desktop import support
from dcs_desktop.i18n import _
from dcs_desktop.paths import data_dir
from dcs_desktop.ui import look, messages, saving
from dcs_desktop.ui.making import button, column, label, row

if TYPE_CHECKING:
    from dcs_desktop.ui.main_window import MainWindow

NAME = "dcs-ho-tro.zip"


def ask(window: MainWindow) -> None:
    """Show what a helper would get."""
    dialog = SupportDialog(window)
    dialog.exec()
    dialog.deleteLater()


class SupportDialog(QDialog):
    """The contents to be read, and the file to be written."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.setWindowTitle(_("Tệp gửi người hỗ trợ"))
        about = label(
            _(
                "Tệp này cho người hỗ trợ biết phiên bản, cỡ dữ liệu và lỗi đã gặp. Trong tệp không có số liệu, nội dung, "
                "tên đơn vị, tên người hay đường dẫn của máy này. Toàn bộ nội dung tệp ở dưới đây."
            )
        )
        self.contents = QPlainTextEdit()
        self.contents.setReadOnly(True)
        self.contents.setAccessibleName(_("Nội dung tệp hỗ trợ"))
        self.contents.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.contents.setPlainText(_shown(_data_of(window)))
        self.write = button(_("&Ghi tệp hỗ trợ…"), self.save, "save", "primary")
        buttons = row(1, button(_("Đó&ng"), self.reject), self.write)
        self.setLayout(column(about, self.contents, buttons, margin=look.PAGE, gap=look.WIDE))
        self.resize(720, 560)

    def save(self) -> None:
        """Write the file where the user says."""
        path = saving.ask_where(self, _("Ghi tệp hỗ trợ"), NAME, _("Tệp nén (*.zip)"))
        if path is None:
            return
        data = _data_of(self._window)

        def work(_told: object) -> None:
            saving.write(path, support.bundle(data, screens()))

        said = _("Đã ghi tệp hỗ trợ {path}. Hãy gửi tệp này cho người hỗ trợ.").format(path=path)
        self._window.worker.start(self, work, lambda _done: messages.note(self, said))


def screens() -> list[dict[str, object]]:
    """The sizes and scales of the screens."""
    return [
        {"width": one.size().width(), "height": one.size().height(), "scale": one.devicePixelRatio()}
        for one in QGuiApplication.screens()
    ]


def _data_of(window: MainWindow) -> Path:
    return window.data_path or data_dir() / "dcs.sqlite"


def _shown(data: Path) -> str:
    parts = [json.dumps(support.told(data, screens()), ensure_ascii=False, indent=1)]
    parts += [f"{name}:\n{support.log_of(data_dir() / name)}" for name in (support.ERRORS, support.CRASH)]
    return "\n\n".join(parts)
