"""Adds figures and items of the unit's own to a section, changes and removes them."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from dcs_desktop.core.form import Section
from dcs_desktop.core.own import KINDS, addition, fresh_key, sections_for
from dcs_desktop.core.report import Addition
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.values import Kind
from dcs_desktop.i18n import _
from dcs_desktop.ui import look, messages
from dcs_desktop.ui.entry import Entry
from dcs_desktop.ui.making import button, column, label, row
from dcs_desktop.ui.small_parts import small_button


class AdditionDialog(QDialog):
    """Name, kind and unit of measure; :attr:`made` is what is to be kept."""

    def __init__(self, entry: Entry, section: Section, before: Addition | None, asker: QWidget) -> None:
        super().__init__(asker)
        self._form, self._section = entry.workspace.form, section
        self.made: Addition | None = None
        self.setWindowTitle(_("Nội dung riêng của đơn vị"))
        self.name, self.unit, self.kind = QLineEdit(), QLineEdit(), QComboBox()
        for kind in KINDS:
            if section in sections_for(self._form, kind):
                self.kind.addItem(kind_words(kind), kind.value)
        self.refused = label("", "error")
        self.refused.hide()
        lines = QFormLayout()
        lines.setVerticalSpacing(look.GAP)
        for words, editor in (
            (_("&Tên"), self.name),
            (_("&Loại"), self.kind),
            (_("Đơn vị tín&h"), self.unit),
        ):
            editor.setAccessibleName(words.replace("&", ""))
            lines.addRow(words, editor)
        said = _(
            "In trong báo cáo và gửi kèm gói, có ghi là nội dung riêng; cấp trên xem được nhưng không cộng."
        )
        keep = button(_("Ghi"), self._keep, "check", "primary")
        keep.setDefault(True)
        buttons = row(1, button(_("Bỏ qua"), self.reject), keep)
        self.setLayout(
            column(lines, label(said, "muted"), self.refused, buttons, margin=look.PAGE, gap=look.WIDE)
        )
        self.setMinimumWidth(480)
        self.kind.currentIndexChanged.connect(lambda _place: self._allow())
        if before is not None:
            self.name.setText(before.label)
            self.unit.setText(before.unit)
            self.kind.setCurrentIndex(self.kind.findData(before.kind.value))
        self._allow()

    def _allow(self) -> None:
        self.unit.setEnabled(Kind(self.kind.currentData()) is not Kind.PROSE)

    def _keep(self) -> None:
        kind = Kind(self.kind.currentData())
        try:
            self.made = addition(self._form, self._section.id, kind, self.name.text(), self.unit.text())
        except Refusal as refusal:
            self.refused.setText(refusal.sentence)
            self.refused.show()
            return
        self.accept()


def kind_words(kind: Kind) -> str:
    """A kind of addition in words."""
    words = {
        Kind.COUNT: _("Số đếm"),
        Kind.DECIMAL: _("Số thập phân"),
        Kind.MONEY: _("Số tiền"),
        Kind.TEXT: _("Một dòng chữ"),
        Kind.PROSE: _("Bài viết"),
    }
    return words[kind]


def adding(section: Section, entry: Entry) -> QPushButton:
    """The button at the foot of a section."""

    def add() -> None:
        dialog = AdditionDialog(entry, section, None, made)
        if not dialog.exec() or dialog.made is None:
            return
        try:
            entry.set_own(fresh_key(entry.workspace.answers.own), dialog.made)
        except Refusal as refusal:
            messages.refuse(made, refusal.sentence)

    made = button(_("Thêm nội dung riêng của đơn vị…"), add, "plus", "quiet")
    made.setObjectName(f"add:{section.id}")
    return made


def changing(key: str, section: Section, entry: Entry) -> QHBoxLayout:
    """The buttons in the head of an own item: change it, take it away."""

    def change() -> None:
        before = entry.workspace.answers.own.get(key)
        dialog = AdditionDialog(entry, section, before, edit)
        if before is None or not dialog.exec() or dialog.made is None:
            return
        answered = entry.value(key).answered
        lost = dialog.made.kind is not before.kind and answered
        if not lost or _sure(edit, _("Đổi loại thì câu trả lời hiện có bị xóa. Vẫn đổi?"), _("Đổi")):
            entry.set_own(key, dialog.made)

    def remove() -> None:
        question = _("Bỏ nội dung riêng này cùng câu trả lời của nó?")
        if not entry.value(key).answered or _sure(away, question, _("Bỏ")):
            entry.set_own(key, None)

    edit = small_button("pencil", _("Sửa tên, loại của nội dung riêng"))
    away = small_button("trash-2", _("Bỏ nội dung riêng"))
    edit.setObjectName(f"edit:{key}")
    away.setObjectName(f"remove:{key}")
    edit.clicked.connect(change)
    away.clicked.connect(remove)
    return row(edit, away, gap=0)


def _sure(asker: QWidget, question: str, yes: str) -> bool:
    return messages.ask(asker, question, yes, _("Để nguyên"), _("Hoàn tác được bằng Ctrl+Z."))
