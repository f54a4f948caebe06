"""The desk's letters through the window: which units, which letter, into which folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QInputDialog, QMenu, QPushButton, QWidget

from dcs_desktop import receiving
from dcs_desktop.core.letter import Letter, LetterKind, Question
from dcs_desktop.core.period import Period
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.ui import look, messages
from dcs_desktop.ui.clock import now, this_day
from dcs_desktop.ui.making import button
from dcs_desktop.ui.tasks import Cancelled, Told, Worker

if TYPE_CHECKING:
    from dcs_desktop.store import DataFile

# The files that were written, and the sentences about what could not be.
Sent = tuple[list[Path], list[str]]


class LettersOut(QObject):
    """Makes letters for chosen units; ``sent`` once some were written."""

    sent = Signal()

    def __init__(self, file: DataFile, worker: Worker, asker: QWidget) -> None:
        super().__init__(asker)
        self._file, self._worker, self._asker = file, worker, asker
        self.units: Sequence[str] = ()
        self.period: Period | None = None

    def make_button(self) -> QPushButton:
        """The button with the letters that can be sent."""
        made = button(_("Gửi phiếu"), lambda: None, "send")
        made.setObjectName("letters")
        menu = QMenu(made)
        for words, picture, chosen in (
            (_("&Xác nhận đã nhận báo cáo…"), "package-check", self.send_receipt),
            (_("Đề nghị &chỉnh sửa…"), "message-square-warning", self.ask_questions),
            (_("C&hấp nhận báo cáo…"), "circle-check", self.send_acceptance),
            (_("&Số liệu tổng hợp của kỳ…"), "sigma", self.send_totals),
            (_("&Mẫu báo cáo…"), "file-text", self.send_template),
        ):
            action = menu.addAction(look.icon(picture), words)
            action.triggered.connect(lambda _checked=False, chosen=chosen: chosen())
        made.setMenu(menu)
        return made

    def send_receipt(self) -> None:
        """A receipt for each chosen unit."""
        self._send_all(LetterKind.RECEIPT)

    def send_acceptance(self) -> None:
        """Accept the report of each chosen unit."""
        self._send_all(LetterKind.ACCEPTANCE)

    def send_totals(self) -> None:
        """The totals as they are now, to each chosen unit."""
        self._send_all(LetterKind.TOTALS)

    def send_template(self) -> None:
        """A template of this program to each chosen unit."""
        from dcs_desktop import template_library

        known = {f"{info.name} ({info.reference})": info.reference for info in template_library.known()}
        title = _("Gửi mẫu báo cáo")
        chosen, sure = QInputDialog.getItem(self._asker, title, _("Mẫu báo cáo"), list(known), 0, False)
        if sure:
            self._send_all(LetterKind.TEMPLATE, known[chosen])

    def _send_all(self, kind: LetterKind, reference: str = "") -> None:
        file, period, units = self._file, self.period, tuple(self.units)
        if period is not None:
            self._send(
                len(units), lambda: receiving.letters_to(file, units, period, kind, this_day(), reference)
            )

    def ask_questions(self, questions: Iterable[Question] = ()) -> None:
        """A correction request to the first of the chosen units, its questions written in a dialog."""
        from dcs_desktop.receiving.letters import counting, worded
        from dcs_desktop.ui.request_dialog import RequestDialog

        period, file = self.period, self._file
        if period is None or not self.units:
            return
        unit = self.units[0]
        try:
            _kept, report = counting(file, unit, period)
        except Refusal as refusal:
            messages.refuse(self._asker, refusal.sentence)
            return
        dialog = RequestDialog(report, worded(report), self._asker, questions)
        wanted, asked, text = bool(dialog.exec()), dialog.questions, dialog.text
        dialog.deleteLater()
        if not wanted:
            return

        def made() -> Iterator[Letter | Refusal]:
            yield receiving.correction_request(file, unit, period, asked, this_day(), text)

        self._send(1, made)

    def _send(self, count: int, made: Callable[[], Iterator[Letter | Refusal]]) -> None:
        """Write letters into a folder that the user names; what cannot be written is said."""
        from dcs_desktop.ui import files

        if not count:
            messages.note(self._asker, _("Hãy chọn ít nhất một đơn vị trong danh sách."))
            return
        folder = files.ask_folder(self._asker, _("Chọn thư mục ghi phiếu"))
        if folder is None:
            return
        file = self._file

        def work(told: Told) -> Sent:
            return _written(file, folder, made(), count, told)

        self._worker.start(self._asker, work, self._show_sent, saying=_("Đang ghi phiếu."))

    def _show_sent(self, sent: Sent) -> None:
        self.sent.emit()
        self._tell(*sent)

    def _tell(self, written: list[Path], refused: list[str]) -> None:
        from dcs_desktop.ui import files

        if not written:
            if refused:
                messages.refuse(self._asker, "\n".join(refused))
            return
        said = _("Đã ghi {count} phiếu vào {folder}. Gửi từng phiếu cho đơn vị qua thư điện tử.")
        text = said.format(count=len(written), folder=files.shown(written[0].parent))
        detail = "\n".join([*(path.name for path in written), *refused])
        if messages.ask(self._asker, text, _("Mở thư mục"), _("Đóng"), detail):
            files.show_in_folder(written[0])


def _written(
    file: DataFile, folder: Path, letters: Iterator[Letter | Refusal], count: int, told: Told
) -> Sent:
    """Write letters until all are there, or the user calls it off; one that cannot be written stops no other."""
    written: list[Path] = []
    refused: list[str] = []
    for number, letter in enumerate(letters):
        try:
            told(number, count)
            if isinstance(letter, Refusal):
                raise letter
            written.append(receiving.send(file, letter, folder, now()))
        except Refusal as refusal:
            refused.append(refusal.sentence)
        except Cancelled:
            break
    return written, list(dict.fromkeys(refused))
