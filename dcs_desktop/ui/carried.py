"""The line of an item that says what of it was taken over from an earlier report and is not looked at."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from dcs_desktop.core.carrying import carried_keys, earlier_dates, from_words
from dcs_desktop.core.form import Form, Item
from dcs_desktop.core.report import Answers
from dcs_desktop.i18n import _
from dcs_desktop.ui import look
from dcs_desktop.ui.making import PushButton
from dcs_desktop.ui.small_parts import sign, words


class CarriedLine(QFrame):
    """What is marked, and the button that says it is right; ``confirmed`` when it is pressed."""

    confirmed = Signal()

    def __init__(self, item: Item, closed: bool) -> None:
        super().__init__()
        self._item = item
        self.setObjectName(f"carried:{item.id}")
        self.setProperty("role", "warning")
        self.said = words("", "warning")
        self.button = PushButton(_("Vẫn đúng, không đổi (F9)"))
        self.button.setObjectName(f"confirm:{item.id}")
        self.button.setToolTip(_("Xác nhận mọi phần lấy từ báo cáo trước của mục này vẫn đúng trong kỳ này"))
        self.button.clicked.connect(self.confirmed)
        self.button.setVisible(not closed)
        box = QHBoxLayout(self)
        box.setContentsMargins(look.GAP, look.HALF, look.GAP, look.HALF)
        box.addWidget(sign("history", "warning", _("Chưa cập nhật")))
        box.addWidget(self.said, 1)
        box.addWidget(self.button)

    def show_marks(self, form: Form, answers: Answers) -> None:
        """Say what is marked now."""
        self.said.setText("\n".join(_sentences(self._item, form, answers)))


def _sentences(item: Item, form: Form, answers: Answers) -> Iterator[str]:
    keys = carried_keys(item, answers)
    if not keys:
        return
    parts = ", ".join(dict.fromkeys(_part(key, form) for key in keys))
    period = from_words(answers.carried[keys[0]])
    yield _("Chưa cập nhật, lấy từ báo cáo {period}: {parts}.").format(period=period, parts=parts)
    if dates := earlier_dates(form, answers, item.id):
        named = ", ".join(f"“{date}”" for date in dates)
        yield _("Nội dung còn nhắc {dates}.").format(dates=named)


def _part(key: str, form: Form) -> str:
    if key in form.items:
        return _("nội dung")
    if key in form.tables:
        return _("bảng")
    return _("số liệu")


def figure_mark(keys: tuple[str, ...], answers: Answers) -> tuple[str, str, str] | None:
    """Icon, colour and word for a figure that was taken over; None for one that was not."""
    period = next((answers.carried[key] for key in keys if key in answers.carried), None)
    if period is None:
        return None
    told = _("Lấy từ báo cáo {period}, chưa cập nhật. Vẫn đúng thì bấm F9.")
    return "history", "warning", told.format(period=from_words(period))
