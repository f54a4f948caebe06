"""Asks what an Excel form is made for: which sections, who fills it, and by when it is wanted back."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from dcs_desktop.core.form import Form
from dcs_desktop.core.offline_form import Wanted, heading
from dcs_desktop.core.values import FieldType, Kind, Value, parse
from dcs_desktop.i18n import _
from dcs_desktop.ui import look
from dcs_desktop.ui.editors import DateEditor
from dcs_desktop.ui.making import button, column, label, row

USUAL = QSize(620, 520)


class ExcelFormDialog(QDialog):
    """The sections to be ticked; all of them are at first. :attr:`wanted` is what was asked for."""

    def __init__(self, form: Form, asker: QWidget | None = None) -> None:
        super().__init__(asker)
        self.setWindowTitle(_("Xuất biểu Excel để điền"))
        self.sections = QListWidget()
        self.sections.setObjectName("sections")
        self.sections.setAccessibleName(_("Các phần cần điền"))
        self.sections.setWordWrap(True)
        self.sections.setSpacing(2)
        self.sections.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for section in form.sections:
            if section.items:
                line = QListWidgetItem(heading(section))
                line.setData(Qt.ItemDataRole.UserRole, section.id)
                line.setFlags(line.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                line.setCheckState(Qt.CheckState.Checked)
                self.sections.addItem(line)
        self.filler = QLineEdit()
        self.filler.setMaxLength(100)
        self.due = DateEditor("due", _("Gửi lại trước ngày"))
        self.doubt = label("", "error")
        self.make = button(_("&Lưu biểu…"), self.accept, "table", "primary")
        self._lay_out()
        self.sections.itemChanged.connect(self._check)
        self.due.textChanged.connect(self._check)
        self.resize(USUAL)

    def _lay_out(self) -> None:
        said = QFormLayout()
        said.setSpacing(look.GAP)
        said.addRow(_("&Người điền (nếu biết)"), self.filler)
        said.addRow(_("&Gửi lại trước ngày"), self.due)
        ticks = row(
            button(_("Chọn &tất cả"), lambda: self._tick(Qt.CheckState.Checked)),
            button(_("Bỏ &chọn"), lambda: self._tick(Qt.CheckState.Unchecked)),
            1,
        )
        told = label(
            _(
                "Biểu mang số liệu và bài viết đang có; người điền gửi lại, chương trình cho xem từng ô trước khi ghi."
            ),
            "muted",
        )
        below = row(1, button(_("&Không lưu"), self.reject), self.make)
        whole = column(told, self.sections, ticks, said, self.doubt, below, margin=look.WIDE, gap=look.GAP)
        whole.setStretchFactor(self.sections, 1)
        self.setLayout(whole)
        self._check()

    def _tick(self, state: Qt.CheckState) -> None:
        for at in range(self.sections.count()):
            self.sections.item(at).setCheckState(state)

    def _ticked(self) -> list[str]:
        lines = [self.sections.item(at) for at in range(self.sections.count())]
        return [
            str(line.data(Qt.ItemDataRole.UserRole))
            for line in lines
            if line.checkState() is Qt.CheckState.Checked
        ]

    def _day(self) -> date | None:
        found = parse(FieldType(Kind.DATE), self.due.text())
        return found.content if isinstance(found, Value) and isinstance(found.content, date) else None

    def _check(self) -> None:
        wrong = bool(self.due.text().strip()) and self._day() is None
        none = not self._ticked()
        self.doubt.setText(
            _("Ngày gửi lại chưa đúng dạng ngày/tháng/năm.")
            if wrong
            else _("Hãy chọn ít nhất một phần.")
            if none
            else ""
        )
        self.doubt.setVisible(wrong or none)
        self.make.setEnabled(not (wrong or none))

    @property
    def wanted(self) -> Wanted:
        """The sections ticked (none named where all are), who fills the form, and by when."""
        ticked = self._ticked()
        sections = () if len(ticked) == self.sections.count() else tuple(ticked)
        return Wanted(sections, " ".join(self.filler.text().split()), self._day())
