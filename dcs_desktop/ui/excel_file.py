"""Saves figures as an Excel workbook: of the open report, or of all units that report to a desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from dcs_desktop.core.period import Period
from dcs_desktop.i18n import _
from dcs_desktop.ui import saving
from dcs_desktop.ui.clock import this_day
from dcs_desktop.ui.tasks import Told, Worker

if TYPE_CHECKING:
    from dcs_desktop.ui.opened import Opened
    from dcs_desktop.workspace import Workspace


def save_report(asker: QWidget, workspace: Workspace, worker: Worker) -> None:
    """The figures of a report as they stand now, at a receiving unit with those of every unit below."""
    report, form, file, identity = workspace.report(), workspace.form, workspace.file, workspace.identity
    before = workspace.compared

    def made() -> bytes:
        from dcs_desktop import receiving
        from dcs_desktop.printing.excel import excel_workbook

        has_units = bool(file.received(identity.period))
        below = receiving.totals_by_unit(file, identity.period, this_day()) if has_units else None
        return excel_workbook(report, form, before=before, below=below)

    save_made(asker, worker, f"DCS_{identity.unit.code}_{identity.period.file_part}_so-lieu.xlsx", made)


def save_units(asker: QWidget, opened: Opened, period: Period, worker: Worker) -> None:
    """The figures of all units of a period, with totals as formulas."""
    file, unit = opened.file, opened.setup.unit

    def made() -> bytes:
        from dcs_desktop import receiving
        from dcs_desktop.printing.excel import units_workbook

        return units_workbook(unit.name, period, receiving.totals_by_unit(file, period, this_day()))

    save_made(asker, worker, f"DCS_{unit.code}_{period.file_part}_cac-don-vi.xlsx", made)


def save_made(asker: QWidget, worker: Worker, name: str, made: Callable[[], bytes]) -> None:
    """Ask where to, and write a workbook there that is made on the worker thread."""
    path = saving.ask_where(asker, _("Lưu số liệu ra Excel"), name, _("Tệp Excel (*.xlsx)"))
    if path is not None:
        work = partial(_write, path, made)
        worker.start(asker, work, lambda _done: _offer(asker, path), saying=_("Đang ghi số liệu ra Excel."))


def _write(path: Path, made: Callable[[], bytes], _told: Told) -> None:
    saving.write(path, made())


def _offer(asker: QWidget, path: Path) -> None:
    said = _("Đã ghi số liệu vào {path}.").format(path=path)
    saving.offer(asker, path, said, _("Mở tệp"), _("Máy này chưa có chương trình mở tệp Excel."))
