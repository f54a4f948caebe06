"""The line over a report that can only be looked at: why, and the one way on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from dcs_desktop.i18n import _
from dcs_desktop.ui import look
from dcs_desktop.ui.making import PushButton
from dcs_desktop.ui.small_parts import sign, words

if TYPE_CHECKING:
    from dcs_desktop.closed import Closed


class ClosedNotice(QFrame):
    """The calm line over a report that can only be looked at; ``asked`` for the way on."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("closed")
        self.setProperty("role", "pane")
        box = QHBoxLayout(self)
        box.setContentsMargins(look.WIDE, look.HALF, look.WIDE, look.HALF)
        box.setSpacing(look.GAP)
        self.words = words("", "")
        self.button = PushButton()
        self.button.setObjectName("amend")
        self.button.clicked.connect(self.asked)
        self._digest = ""
        self.compare = PushButton(_("So với bản in PDF…"))
        self.compare.setToolTip(_("Bản in PDF có đúng là của gói báo cáo đã xuất không"))
        self.compare.setProperty("role", "quiet")
        self.compare.clicked.connect(self._compare)
        self.later = PushButton(_("Số liệu đã đổi…"))
        self.later.setObjectName("later")
        self.later.setProperty("role", "quiet")
        self.later.hide()
        box.addWidget(sign("eye", "accent", _("Chỉ để xem")))
        box.addWidget(self.words, 1)
        box.addWidget(self.later)
        box.addWidget(self.compare)
        box.addWidget(self.button)

    def _compare(self) -> None:
        from dcs_desktop.ui.comparing import ask_and_compare

        ask_and_compare(self, self._digest)

    def show_closed(self, closed: Closed | None) -> None:
        """Say why, or be away."""
        self.setVisible(closed is not None)
        self.words.setText("" if closed is None else closed.sentence)
        self.button.setText("" if closed is None else closed.offer)
        self.button.setVisible(closed is not None and bool(closed.offer))
        self._digest = "" if closed is None else closed.digest
        self.compare.setVisible(bool(self._digest))
        self.later.hide()
