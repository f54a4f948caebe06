"""Adds a table of units that were merged, split or renamed: its faults are said, or how many lines count from now on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from dcs_desktop import reform_library
from dcs_desktop.core.reform_file import ReformFault
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.ui import files, messages

if TYPE_CHECKING:
    from dcs_desktop.ui.main_window import MainWindow


def ask(window: MainWindow) -> None:
    """Let the user choose the file of a table, and keep it."""
    kinds = _("Bảng sắp xếp đơn vị (*.csv);;Mọi tệp (*)")
    chosen, _kind = QFileDialog.getOpenFileName(
        window, _("Thêm bảng sắp xếp đơn vị"), files.documents(), kinds
    )
    if chosen:
        take(window, Path(chosen))


def take(window: MainWindow, path: Path) -> None:
    """Keep a table, or say everything that is wrong with it."""
    try:
        found = reform_library.add(path)
    except ReformFault as error:
        said = _(
            "Bảng {file} có {count} chỗ sai nên không được thêm. Hãy sửa theo danh sách này rồi thêm lại."
        )
        listed = "\n".join(error.faults)
        messages.refuse(window, said.format(file=path.name, count=len(error.faults)), listed)
        return
    except Refusal as refusal:
        messages.refuse(window, refusal.sentence)
        return
    if window.opened is not None:
        window.opened.file.forget()
    said = _("Đã thêm bảng sắp xếp đơn vị: {count} dòng. Số liệu kỳ trước được so theo bảng này.")
    messages.note(window, said.format(count=len(found)))
    if window.desk is not None:
        window.desk.refresh()
