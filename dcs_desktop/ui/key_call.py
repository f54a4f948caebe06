"""Asks what a call about a signing key brought: the same eight words, other ones, or nothing yet."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from dcs_desktop.i18n import _
from dcs_desktop.ui import look
from dcs_desktop.ui.making import button, column, label, row

WIDTH, LEAST_HEIGHT = 640, 220


class CallDialog(QDialog):
    """Over one key of ``name``; ``said`` are its words, "" for things that are not signed.

    :attr:`trusted` is what the user decided, None for nothing.
    """

    def __init__(self, name: str, said: str, asker: QWidget | None = None, why: str = "") -> None:
        super().__init__(asker)
        self.trusted: bool | None = None
        self.setWindowTitle(_("Xác nhận khóa ký của {name}").format(name=name))
        if said:
            steps = _(
                "1. Gọi điện cho {name} bằng số đã biết từ trước, không dùng số ghi trong thư vừa nhận.\n"
                "2. Đề nghị họ mở Tệp › Khóa ký và đọc 8 từ của máy họ.\n"
                "3. So với 8 từ dưới đây:"
            )
        else:
            steps = _(
                "Tệp này không ký số. Gọi điện cho {name} bằng số đã biết từ trước và hỏi có đúng họ gửi tệp này bằng bản "
                "chương trình cũ không."
            )
        self.words = label(said, "title")
        self.words.setVisible(bool(said))
        yes = _("&Đúng 8 từ này") if said else _("Đúng &là của họ")
        no = _("&Khác, không phải của họ") if said else _("&Không phải của họ")
        self.yes = button(yes, lambda: self._decide(True), "check", "primary")
        self.no = button(no, lambda: self._decide(False), "x")
        self.later = button(_("Để &sau"), self.reject)
        parts = [label(why)] if why else []
        about = label(_("Có thể đổi ý sau trong mục Khóa ký."), "muted")
        if said:
            about.setText(_("Sai một từ cũng là khóa khác. Có thể đổi ý sau trong mục Khóa ký."))
        ways = row(self.later, 1, self.no, self.yes)
        whole = column(
            *parts,
            label(steps.format(name=name)),
            self.words,
            about,
            1,
            ways,
            margin=look.PAGE,
            gap=look.WIDE,
        )
        self.setLayout(whole)
        self.resize(WIDTH, max(LEAST_HEIGHT, whole.totalHeightForWidth(WIDTH)))
        self.later.setFocus()

    def _decide(self, trusted: bool) -> None:
        self.trusted = trusted
        self.accept()
