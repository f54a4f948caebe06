"""Asks for a password, twice where it is a new one."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QDialog, QFormLayout, QLineEdit, QWidget

from dcs_desktop.i18n import _
from dcs_desktop.ui import look
from dcs_desktop.ui.making import button, column, label, row


def ask_password(
    asker: QWidget, title: str, about: str, *, least: int = 1, again: bool = False
) -> str | None:
    """The password that was typed, of at least so many characters; None when the dialog was closed."""
    dialog = PasswordDialog(title, about, asker, least=least, again=again)
    typed = dialog.typed.text() if dialog.exec() else None
    dialog.deleteLater()
    return typed


class PasswordDialog(QDialog):
    """One field, or two that must agree."""

    def __init__(
        self, title: str, about: str, asker: QWidget | None = None, *, least: int = 1, again: bool = False
    ) -> None:
        super().__init__(asker)
        self._least, self._twice = least, again
        self.setWindowTitle(title)
        self.typed, self.repeated = QLineEdit(maxLength=200), QLineEdit(maxLength=200)
        form = QFormLayout()
        form.addRow(_("&Mật khẩu"), self.typed)
        if again:
            form.addRow(_("&Gõ lại"), self.repeated)
        self.seen = QCheckBox(_("&Hiện mật khẩu"))
        self.seen.toggled.connect(self._show)
        form.addRow("", self.seen)
        self.said = label("", "muted")
        self.go = button(_("Đồ&ng ý"), self.accept, "check", "primary")
        self.go.setDefault(True)
        ways = row(1, button(_("Bỏ &qua"), self.reject), self.go)
        self.setLayout(column(label(about), form, self.said, 1, ways, margin=look.PAGE, gap=look.WIDE))
        for field in (self.typed, self.repeated):
            field.textChanged.connect(self._follow)
        self._show(False)
        self._follow()
        self.resize(540, 340 if again else 260)
        self.typed.setFocus()

    def _show(self, seen: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if seen else QLineEdit.EchoMode.Password
        for field in (self.typed, self.repeated):
            field.setEchoMode(mode)

    def _follow(self) -> None:
        """Say what is still missing."""
        typed, said = self.typed.text(), ""
        if len(typed) < self._least and self._twice:
            said = _("Ít nhất {least} ký tự.").format(least=self._least)
        elif self._twice and self.repeated.text() != typed:
            said = _("Hai lần gõ chưa giống nhau.")
        self.said.setText(said)
        self.go.setEnabled(bool(typed) and not said)
