"""Names the units that one's own was made of, found by search in the list of before."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from dcs_desktop import predecessors, resources, starting
from dcs_desktop.core.setup import Setup
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.ui import look
from dcs_desktop.ui.making import button, column, framed, label, row
from dcs_desktop.ui.tasks import Worker
from dcs_desktop.ui.unit_picker import UnitPicker

IDENTITY = Qt.ItemDataRole.UserRole


class PredecessorsDialog(QDialog):
    """:attr:`setup` is the setup with the units that were named, once it is accepted."""

    def __init__(self, setup: Setup, worker: Worker, asker: QWidget | None = None) -> None:
        super().__init__(asker)
        self.setup = setup
        self.setWindowTitle(_("Đơn vị trước sắp xếp của {unit}").format(unit=setup.unit.name))
        self.picker = UnitPicker(worker, own=False)
        lists = [info.id for info in resources.unit_lists()]
        if setup.unit.list_id in lists:
            self.picker.choose_list(lists[max(lists.index(setup.unit.list_id) - 1, 0)])
        self.chosen = QListWidget()
        self.chosen.setAccessibleName(_("Các đơn vị đã chọn"))
        self.trouble = label("", "warning")
        self.trouble.hide()
        self.add = button(_("&Thêm đơn vị này"), self.add_one, "plus")
        self.remove = button(_("&Bớt"), self.remove_one, "minus")
        self.picker.settled.connect(self.add_one)
        about = label(
            _(
                "Số liệu kỳ trước của các đơn vị này hiện cạnh nhau trong thẻ Kỳ trước: mỗi đơn vị một cột, cộng lại nơi "
                "số liệu được cộng."
            ),
            "muted",
        )
        self.known = label(_known_words(setup), "muted")
        self.known.setVisible(bool(self.known.text()))
        units, alone = predecessors.proposed(setup)
        words = _("Thêm &cả {count} đơn vị theo bảng sắp xếp").format(count=len(units))
        self.add_known = button(words, self.add_proposed, "list-tree")
        self.add_known.setVisible(alone and bool(units))
        left = framed(column(self.picker, row(self.add, self.add_known, 1), margin=0))
        right = framed(column(label(_("Các đơn vị đã chọn")), self.chosen, row(self.remove, 1), margin=0))
        both = row(left, right, gap=look.WIDE)
        both.setStretchFactor(left, 3)
        both.setStretchFactor(right, 2)
        keep = button(_("&Ghi lại"), self.accept, "check", "primary")
        buttons = row(1, button(_("Bỏ &qua"), self.reject), keep)
        self.setLayout(
            column(about, self.known, both, self.trouble, buttons, margin=look.WIDE, gap=look.WIDE)
        )
        self.resize(900, 560)
        self._show()
        self.picker.sought.setFocus()

    def add_one(self) -> None:
        """Add the unit that is found to those chosen, or say why not."""
        unit = self.picker.unit
        if unit is None:
            return
        try:
            self.setup = predecessors.with_predecessor(self.setup, unit, starting.named(unit))
        except Refusal as refusal:
            self.trouble.setText(refusal.sentence)
            self.trouble.show()
            return
        self.trouble.hide()
        self._show()
        self.picker.sought.setFocus()
        self.picker.sought.selectAll()

    def add_proposed(self) -> None:
        """Add the units that a table of reformed units names."""
        self.setup = predecessors.with_proposed(self.setup)
        self._show()
        self.picker.sought.setFocus()

    def remove_one(self) -> None:
        """Take the marked one out again."""
        line: QListWidgetItem | None = self.chosen.currentItem()
        if line is not None:
            self.setup = predecessors.without_predecessor(self.setup, str(line.data(IDENTITY)))
            self._show()

    def _show(self) -> None:
        self.chosen.clear()
        for unit in self.setup.predecessors:
            line = QListWidgetItem(f"{unit.name} ({unit.identity})")
            line.setToolTip(f"{unit.name}, {unit.within}".rstrip(", "))
            line.setData(IDENTITY, unit.identity)
            self.chosen.addItem(line)
        self.chosen.setCurrentRow(0)
        self.remove.setEnabled(bool(self.setup.predecessors))


def _known_words(setup: Setup) -> str:
    """What a table of reformed units tells of this one, "" where none does."""
    units, alone = predecessors.proposed(setup)
    if not units:
        return ""
    said = _("Theo bảng sắp xếp, đơn vị này được lập từ: {units}.")
    if not alone:
        said = _(
            "Theo bảng sắp xếp, đơn vị này thuộc khu vực trước đây gồm: {units}. Chọn những đơn vị đã nhập vào đơn vị này."
        )
    return said.format(units=", ".join(unit.name for unit in units))
