"""Adds a template that the user was given: its faults are said, or what can be reported with it from now on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from dcs_desktop import template_library
from dcs_desktop.backups import Why
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.ui import files, messages, safekeeping

if TYPE_CHECKING:
    from dcs_desktop.ui.main_window import MainWindow


def ask(window: MainWindow) -> None:
    """Let the user choose the file of a template, and keep it."""
    kinds = _("Mẫu báo cáo (*.toml *.json);;Mọi tệp (*)")
    chosen, _kind = QFileDialog.getOpenFileName(window, _("Thêm mẫu báo cáo"), files.documents(), kinds)
    if chosen:
        take(window, Path(chosen))


def take(window: MainWindow, path: Path) -> None:
    """Keep a template, or say everything that is wrong with it."""
    try:
        faults, _read = template_library.examine(path)
        if faults:
            said = _(
                "Mẫu {file} có {count} chỗ sai nên không được thêm. Hãy gửi danh sách này cho người soạn mẫu."
            )
            listed = "\n".join(f"{fault.place}: {fault.message}" for fault in faults)
            messages.refuse(window, said.format(file=path.name, count=len(faults)), listed)
            return
        if window.opened is not None:
            safekeeping.quietly(window, window.worker, window.opened.file, Why.TEMPLATE)
        info = template_library.add(path)
    except Refusal as refusal:
        messages.refuse(window, refusal.sentence)
        return
    said = _(
        "Đã thêm mẫu “{name}” ({reference}). Chọn mẫu này khi lập báo cáo mới; gói báo cáo theo mẫu này được tổng hợp."
    )
    messages.note(window, said.format(name=info.name, reference=info.reference))
