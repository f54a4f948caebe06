"""The desk's letters through the window: which units, which letter, into which folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QInputDialog, QMenu, QPushButton, QWidget

from dcs_desktop import receiving
from dcs_desktop.core.letter import Letter, Question
from dcs_desktop.core.period import Period
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.ui import look, messages
from dcs_desktop.ui.clock import now, this_day
from dcs_desktop.ui.making import button

if TYPE_CHECKING:
    from dcs_desktop.store import DataFile

Made = Callable[[str], Letter]


class LettersOut(QObject):
    """Makes letters for chosen units; ``sent`` once some were written."""

    sent = Signal()

    def __init__(self, file: DataFile, asker: QWidget) -> None:
        super().__init__(asker)
        self._file, self._asker = file, asker
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
        if self.period is not None:
            self._send(partial(_made, receiving.receipt, self._file, self.period))

    def send_acceptance(self) -> None:
        """Accept the report of each chosen unit."""
        if self.period is not None:
            self._send(partial(_made, receiving.acceptance, self._file, self.period))

    def send_totals(self) -> None:
        """The totals as they are now, to each chosen unit."""
        if self.period is not None:
            self._send(partial(_made, receiving.area_totals, self._file, self.period))

    def send_template(self) -> None:
        """A template of this program to each chosen unit."""
        from dcs_desktop import template_library

        known = {f"{info.name} ({info.reference})": info.reference for info in template_library.known()}
        title, period = _("Gửi mẫu báo cáo"), self.period
        chosen, sure = QInputDialog.getItem(self._asker, title, _("Mẫu báo cáo"), list(known), 0, False)
        if sure and period is not None:
            reference, file = known[chosen], self._file
            self._send(lambda unit: receiving.new_template(file, unit, period, reference, this_day()))

    def ask_questions(self, questions: Iterable[Question] = ()) -> None:
        """A correction request to the first of the chosen units, its questions written in a dialog."""
        from dcs_desktop.receiving.letters import counting, worded
        from dcs_desktop.ui.request_dialog import RequestDialog

        period, file = self.period, self._file
        if period is None or not self.units:
            return
        try:
            _kept, report = counting(file, self.units[0], period)
        except Refusal as refusal:
            messages.refuse(self._asker, refusal.sentence)
            return
        dialog = RequestDialog(report, worded(report), self._asker, questions)
        wanted, asked, text = bool(dialog.exec()), dialog.questions, dialog.text
        dialog.deleteLater()
        if wanted:
            made = receiving.correction_request
            self._send(lambda unit: made(file, unit, period, asked, this_day(), text), self.units[:1])

    def _send(self, made: Made, units: Sequence[str] | None = None) -> None:
        """Write a letter for each unit into a folder that the user names; what cannot be written is said."""
        from dcs_desktop.ui import files

        wanted = self.units if units is None else units
        if not wanted:
            messages.note(self._asker, _("Hãy chọn ít nhất một đơn vị trong danh sách."))
            return
        folder = files.ask_folder(self._asker, _("Chọn thư mục ghi phiếu"))
        if folder is None:
            return
        written: list[Path] = []
        refused: list[str] = []
        for unit in wanted:
            try:
                written.append(receiving.send(self._file, made(unit), folder, now()))
            except Refusal as refusal:
                refused.append(refusal.sentence)
        self.sent.emit()
        self._tell(written, list(dict.fromkeys(refused)))

    def _tell(self, written: list[Path], refused: list[str]) -> None:
        from dcs_desktop.ui import files

        if not written:
            messages.refuse(self._asker, "\n".join(refused))
            return
        said = _("Đã ghi {count} phiếu vào {folder}. Gửi từng phiếu cho đơn vị qua thư điện tử.")
        text = said.format(count=len(written), folder=files.shown(written[0].parent))
        detail = "\n".join([*(path.name for path in written), *refused])
        if messages.ask(self._asker, text, _("Mở thư mục"), _("Đóng"), detail):
            files.show_in_folder(written[0])


def _made(make: Callable[..., Letter], file: DataFile, period: Period, unit: str) -> Letter:
    return make(file, unit, period, this_day())
