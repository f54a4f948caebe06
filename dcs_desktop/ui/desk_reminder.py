"""The reminder for units that are missing: its text and addresses, copied or saved as a draft; never sent from here."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from dcs_desktop import receiving
from dcs_desktop.core.period import Period
from dcs_desktop.core.setup import Setup
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _, format_date
from dcs_desktop.ui import files, look, messages, saving
from dcs_desktop.ui.making import button, column, row, title

LINES = 3


class Reminder(QWidget):
    """The text can be changed before it is copied or saved."""

    def __init__(self) -> None:
        super().__init__()
        self._to = ""
        self._subject = ""
        self._name = ""
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(_("Lời nhắc các đơn vị chưa gửi"))
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * LINES + look.WIDE)
        copy = button(_("Chép lời nhắc"), self._copy, "copy")
        self.addresses = button(_("Chép địa chỉ thư"), self._copy_addresses, "mail")
        self.draft = button(_("Lưu thư nhắc…"), self.save_draft, "save")
        self.draft.setToolTip(
            _("Thư nháp (.eml) mở bằng chương trình thư của máy; chương trình này không tự gửi")
        )
        head = row(title(_("Lời nhắc các đơn vị chưa gửi")), self.draft, self.addresses, copy)
        self.setLayout(column(head, self.text))

    def show_missing(self, units: list[receiving.UnitStatus], setup: Setup, period: Period) -> None:
        """Say whom to remind."""
        missing = [unit.unit for unit in units if unit.state == "not_received"]
        known = {one.unit.identity: one.address for one in setup.expected}
        self._to = "; ".join(filter(None, (known.get(unit.identity, "") for unit in missing)))
        self._subject = _("Nhắc gửi báo cáo thực hiện dân chủ ở cơ sở {period}").format(period=period.words)
        self._name = f"DCS_{setup.unit.code}_{period.file_part}_nhac.eml"
        self.text.setPlainText(_words([unit.name for unit in missing], setup, period))
        self.addresses.setEnabled(bool(self._to))
        self.draft.setEnabled(bool(missing))

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text.toPlainText())

    def _copy_addresses(self) -> None:
        QApplication.clipboard().setText(self._to)

    def mail(self) -> bytes:
        """An unsent mail with the reminder, to the missing units whose address is known."""
        from dcs_desktop import draft_mail

        return draft_mail.reminder(self._subject, self.text.toPlainText(), self._to)

    def save_draft(self) -> None:
        """Save the reminder as a draft mail where the user says."""
        path = saving.ask_where(self, _("Lưu thư nhắc"), self._name, _("Thư nháp (*.eml)"))
        if path is None:
            return
        try:
            saving.write(path, self.mail())
        except Refusal as refusal:
            messages.refuse(self, refusal.sentence)
            return
        said = _("Đã lưu thư nhắc vào {path}. Mở bằng chương trình thư để xem lại rồi gửi.")
        messages.note(self, said.format(path=files.shown(path)))


def _words(missing: list[str], setup: Setup, period: Period) -> str:
    if not missing:
        return _("Tất cả đơn vị đã gửi báo cáo {period}.").format(period=period.words)
    due = setup.due_on(period)
    if due is None:
        said = _("Đề nghị các đơn vị sau gửi báo cáo thực hiện dân chủ ở cơ sở {period}: {units}.")
        return said.format(period=period.words, units=", ".join(missing))
    said = _(
        "Đề nghị các đơn vị sau gửi báo cáo thực hiện dân chủ ở cơ sở {period} trước ngày {due}: {units}."
    )
    return said.format(period=period.words, due=format_date(due), units=", ".join(missing))
