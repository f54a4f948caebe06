"""Saves the form of a report to be filled in by hand, and offers to open it for printing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from dcs_desktop.i18n import _
from dcs_desktop.ui import saving
from dcs_desktop.ui.tasks import Told, Worker

if TYPE_CHECKING:
    from dcs_desktop.printing import Printed
    from dcs_desktop.workspace import Workspace


def ask_and_save(asker: QWidget, workspace: Workspace, worker: Worker) -> None:
    """Ask where, then lay the form out and write it on the worker thread."""
    identity, form, letterhead = workspace.identity, workspace.form, workspace.letterhead
    name = f"DCS_{identity.unit.code}_{identity.period.file_part}_mau-ghi-tay.pdf"
    path = saving.ask_where(asker, _("Lưu mẫu trống để ghi tay"), name, _("Tệp PDF (*.pdf)"))
    if path is None:
        return

    def work(_told: Told) -> Printed:
        from dcs_desktop.printing import render_blank_form

        printed = render_blank_form(identity, form, letterhead)
        saving.write(path, printed.data)
        return printed

    worker.start(asker, work, lambda printed: _offer(asker, path, printed.pages), saying=_("Đang dàn trang…"))


def _offer(asker: QWidget, path: Path, pages: int) -> None:
    """Say what was written; opened, it is printed by the program that the system uses for PDF."""
    said = _("Đã lưu mẫu trống {pages} trang vào {path}.").format(pages=pages, path=path)
    saving.offer(asker, path, said, _("Mở để in"), _("Máy này chưa có chương trình mở tệp PDF."))
