"""Last year's report comes in from Word: chosen or dropped, read, confirmed in one window, kept as that period's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dcs_desktop.i18n import _
from dcs_desktop.ui import messages
from dcs_desktop.ui.clock import this_day
from dcs_desktop.ui.tasks import Told

if TYPE_CHECKING:
    from dcs_desktop.core.old_report.document import OldDocument
    from dcs_desktop.core.period import Period
    from dcs_desktop.core.report import UnitName
    from dcs_desktop.taking_word import Proposed
    from dcs_desktop.ui.main_window import MainWindow
    from dcs_desktop.ui.opened import Opened


def ask(window: MainWindow) -> None:
    """Let the user choose the file of last year's report."""
    path = ask_file(window)
    if path is not None:
        take(window, path)


def ask_file(window: MainWindow) -> Path | None:
    """A Word or text file; None when the user thinks better of it."""
    from PySide6.QtWidgets import QFileDialog

    from dcs_desktop.ui import files

    kinds = _("Báo cáo bằng Word hoặc chữ (*.docx *.doc *.docm *.txt *.md);;Mọi tệp (*)")
    title = _("Nhận báo cáo năm trước từ Word")
    chosen, _kind = QFileDialog.getOpenFileName(window, title, files.documents(), kinds)
    return Path(chosen) if chosen else None


def take(window: MainWindow, path: Path) -> None:
    """Read a file, then ask whose report it is and of which period."""
    opened = window.opened
    if opened is None:
        return
    if opened.file.read_only:
        messages.refuse(window, _("Tệp dữ liệu này đang mở chỉ để xem, nên không nhận báo cáo vào được."))
        return

    def work(_told: Told) -> OldDocument:
        from dcs_desktop import taking_word

        return taking_word.read(path)

    window.worker.start(
        window, work, lambda document: _ask_which(window, opened, document), saying=_("Đang đọc tệp Word.")
    )


def _ask_which(window: MainWindow, opened: Opened, document: OldDocument) -> None:
    from dcs_desktop import taking_word
    from dcs_desktop.core.period import due_period
    from dcs_desktop.ui.word_in_which import WhichReport

    dialog = WhichReport(
        opened, document.file_name, taking_word.top(document), due_period(this_day()), window
    )
    if dialog.exec():
        _understand(window, opened, document, dialog.unit, dialog.period)
    dialog.deleteLater()


def _understand(
    window: MainWindow, opened: Opened, document: OldDocument, unit: UnitName, period: Period
) -> None:
    def work(told: Told) -> Proposed:
        from dcs_desktop import taking_word

        return taking_word.proposed(opened.file, opened.setup, document, unit, period, told)

    window.worker.start(
        window,
        work,
        lambda found: _confirm(window, opened, found),
        saying=_("Đang đối chiếu với mẫu báo cáo."),
    )


def _confirm(window: MainWindow, opened: Opened, found: Proposed) -> None:
    from dcs_desktop.ui.word_in_dialog import WordInDialog

    if window.opened is None or window.opened.file is not opened.file:
        return
    dialog = WordInDialog(found, opened.file, window.worker, window)
    dialog.exec()
    kept = dialog.kept
    dialog.deleteLater()
    if kept is not None:
        _show_kept(window, found, kept)


def _show_kept(window: MainWindow, found: Proposed, kept: tuple[int, int]) -> None:
    """The open report with its new last period beside it, or the list of reports with the new one in it."""
    room = window.room
    here = room.workspace
    there = here is not None and any(one.ref == here.ref for one in here.file.reports())
    if here is not None and there and room.view is not None:
        room.view.commit()
        place = room.view.place_here()
        room.open(here.file, here.ref)
        if room.view is not None:
            room.view.fill_place(place)
    else:
        window.show_start()
    identity = found.identity
    said = _("Đã lập báo cáo {period} của {unit} từ tệp {file}: {texts} đoạn, {figures} số liệu.")
    kept_words = _(
        "Báo cáo này ghi là nhập từ Word, dùng làm kỳ trước, không xuất được; mở ra sửa như báo cáo khác."
    )
    text = said.format(
        period=identity.period.words,
        unit=identity.unit.name,
        file=found.read.document.file_name,
        texts=kept[0],
        figures=kept[1],
    )
    messages.note(window, text, kept_words)
