"""Saves what the preview shows: the PDF itself, never a print of it; as the archive wants it; or as a Word file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from dcs_desktop.i18n import _
from dcs_desktop.ui import files, saving
from dcs_desktop.ui.tasks import Worker

if TYPE_CHECKING:
    from dcs_desktop.printing import Printed

Making = Callable[[], bytes]


def ask_and_save(
    asker: QWidget, worker: Worker, name: str, printed: Printed, word: Making, *, field: bool
) -> None:
    """Ask where and as what to save a report, then write it; ``field`` adds the empty signature field to a PDF."""
    kinds: tuple[tuple[str, str, Making], ...] = (
        (_("Tệp PDF (*.pdf)"), ".pdf", lambda: _pdf(printed, archive=False, field=field)),
        (_("Tệp PDF/A để lưu trữ lâu dài (*.pdf)"), ".pdf", lambda: _pdf(printed, archive=True, field=field)),
        (_("Tệp Word để sửa (*.docx)"), ".docx", word),
    )
    proposed = Path(files.documents()) / f"{name}.pdf"
    chosen = files.ask_to_save_as(asker, _("Lưu báo cáo thành tệp"), proposed, [kind[0] for kind in kinds])
    if chosen is not None:
        path, kind = chosen
        _words, suffix, make = kinds[kind]
        worker.start(asker, lambda _told: saving.write(path.with_suffix(suffix), make()), lambda _done: None)


def _pdf(printed: Printed, *, archive: bool, field: bool) -> bytes:
    from dcs_desktop.printing import Wishes, granted

    return granted(printed, Wishes(archive, field)).data
