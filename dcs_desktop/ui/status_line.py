"""The foot of the report window: saved when, what went wrong, how far the report is."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar

from dcs_desktop.core.progress import Progress
from dcs_desktop.i18n import _, format_time
from dcs_desktop.ui import look
from dcs_desktop.ui.small_parts import show_sign

BAR_WIDTH = 160


class SavedRelay(QObject):
    """Carries word of the writer thread to the window's."""

    saved = Signal(object)
    failed = Signal(str)


class StatusLine(QFrame):
    """“Đã lưu 10:42:07” at the left, progress of the whole report at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "pane")
        self._icon = QLabel()
        self.saved = QLabel()
        self.saved.setObjectName("saved")
        self.saved.setWordWrap(True)
        self.saved.setTextFormat(Qt.TextFormat.PlainText)
        self.findings = QLabel()
        self.findings.setProperty("role", "muted")
        self._bar = QProgressBar()
        self._bar.setFixedWidth(BAR_WIDTH)
        self._bar.setTextVisible(False)
        self.entered = QLabel()
        self.entered.setObjectName("progress")
        box = QHBoxLayout(self)
        box.setContentsMargins(look.WIDE, look.HALF, look.WIDE, look.HALF)
        box.setSpacing(look.GAP)
        box.addWidget(self._icon)
        box.addWidget(self.saved, 1)
        box.addWidget(self.findings)
        box.addWidget(self._bar)
        box.addWidget(self.entered)
        self._say("save", "muted", _("Mọi thay đổi được tự lưu"))

    def _say(self, icon: str, colour: str, text: str) -> None:
        show_sign(self._icon, icon, colour, "")
        self.saved.setText(text)
        as_error = "error" if colour == "error" else ""
        if self.saved.property("role") != as_error:
            look.as_role(self.saved, as_error)

    def show_saved(self, moment: datetime) -> None:
        """Everything typed is on the disk since this moment."""
        self._say("circle-check", "good", _("Đã lưu {time}").format(time=format_time(moment.astimezone())))

    def show_all_saved(self) -> None:
        """Nothing waits to be saved."""
        self._say("circle-check", "good", _("Mọi thay đổi đã được lưu"))

    def show_failed(self, sentence: str) -> None:
        """A change could not be saved: the sentence says why and what to do."""
        from dcs_desktop.ui import files

        self._say("octagon-alert", "error", files.shown_in(sentence))

    def show_progress(self, whole: Progress) -> None:
        """How far the whole report is, and what stands against it."""
        self._bar.setValue(whole.percent)
        self.entered.setText(_("Đã nhập {percent}%").format(percent=whole.percent))
        told = _("{errors} lỗi, {warnings} cảnh báo, {missing} chỗ còn thiếu").format(
            errors=whole.errors, warnings=whole.warnings, missing=whole.missing
        )
        self.findings.setText(told)
        self._bar.setAccessibleName(self.entered.text())
