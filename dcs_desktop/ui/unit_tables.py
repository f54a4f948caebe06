"""Saves the tables of all units that report to a desk as a PDF file, and offers to open it for printing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from dcs_desktop.core.period import Period
from dcs_desktop.i18n import _
from dcs_desktop.ui import saving
from dcs_desktop.ui.clock import this_day
from dcs_desktop.ui.tasks import Told, Worker

if TYPE_CHECKING:
    from dcs_desktop.printing import Printed
    from dcs_desktop.ui.opened import Opened


def ask_and_save(
    asker: QWidget, opened: Opened, period: Period, worker: Worker, drawn: tuple[str, ...] = ()
) -> None:
    """Ask where, then lay the tables out, with pictures of these figures, and write them on the worker thread."""
    file, name = opened.file, f"DCS_{opened.setup.unit.code}_{period.file_part}_theo-don-vi.pdf"
    path = saving.ask_where(asker, _("Lưu bảng số liệu theo đơn vị"), name, _("Tệp PDF (*.pdf)"))
    if path is None:
        return

    def work(_told: Told) -> Printed:
        from dcs_desktop import receiving
        from dcs_desktop.forms import form_of
        from dcs_desktop.printing import render_unit_tables

        below = receiving.totals_by_unit(file, period, this_day())
        identity, letterhead = receiving.own_report(file, period)
        pictured = receiving.pictured(file, period, drawn)
        form = form_of(identity, letterhead)
        printed = render_unit_tables(identity, form, letterhead, below, pictured=pictured)
        saving.write(path, printed.data)
        return printed

    def offer(printed: Printed) -> None:
        said = _("Đã lưu bảng số liệu {pages} trang vào {path}.").format(pages=printed.pages, path=path)
        saving.offer(asker, path, said, _("Mở để in"), _("Máy này chưa có chương trình mở tệp PDF."))

    worker.start(asker, work, offer, saying=_("Đang dàn trang…"))
