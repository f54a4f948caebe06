"""Chooses a unit: from the official list of a year by unmarked name or code, or typed by hand."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from dcs_desktop import resources
from dcs_desktop.core.unit_search import search
from dcs_desktop.core.units import OWN_CODE, Unit, path_name
from dcs_desktop.i18n import _
from dcs_desktop.ui import look
from dcs_desktop.ui.making import column, framed, label
from dcs_desktop.ui.tasks import Told, Worker

UNIT = Qt.ItemDataRole.UserRole
FOUND_MOST = 40


class UnitPicker(QWidget):
    """``chosen`` at every other choice, ``settled`` on Enter or a double click; :attr:`unit` is the unit of the list, None while there is none.

    With ``own`` the unit may be an agency or enterprise outside the list:
    :attr:`typed` then holds its code, name and the word for what it is.
    """

    chosen = Signal()
    settled = Signal()

    def __init__(self, worker: Worker, *, own: bool) -> None:
        super().__init__()
        self.unit: Unit | None = None
        self._searched = ("", "")
        self._lists = QComboBox()
        self._lists.setAccessibleName(_("Danh mục đơn vị"))
        for info in reversed(resources.unit_lists()):
            self._lists.addItem(info.title, info.id)
        self.sought = QLineEdit()
        self.sought.setPlaceholderText(_("Gõ tên hoặc mã, không cần dấu: phuong binh"))
        self.sought.setAccessibleName(_("Tìm đơn vị"))
        self.sought.setClearButtonEnabled(True)
        self.found = QListWidget()
        self.found.setAccessibleName(_("Các đơn vị tìm thấy"))
        self._by_hand = QCheckBox(_("Cơ quan, doanh nghiệp không có trong danh mục: nhập tên"))
        if not own:
            self._by_hand.hide()
        self._hand = self._hand_lines()
        self._hand.hide()
        self._said = label("", "muted")
        self.setLayout(
            column(
                label(_("Danh mục đơn vị hành chính")), self._lists, self.sought, self.found, self._said,
                self._by_hand, self._hand,
            )
        )  # fmt: skip
        self._connect()
        worker.start(self, self._warm_up, lambda _done: self._search())

    def _connect(self) -> None:
        self.sought.textChanged.connect(self._search)
        self.sought.returnPressed.connect(self._take_first)
        self._lists.currentIndexChanged.connect(self._search)
        self.found.currentItemChanged.connect(self._choose)
        self.found.itemActivated.connect(lambda _item: self.settled.emit())
        self._by_hand.toggled.connect(self._turn)
        for line in (self.code, self.name, self.kind):
            line.textEdited.connect(self.chosen)

    def _hand_lines(self) -> QWidget:
        self.code, self.name, self.kind = QLineEdit(), QLineEdit(), QLineEdit(_("cơ quan"))
        self.code.setPlaceholderText("CQ-001")
        lines = QFormLayout()
        lines.setContentsMargins(look.PAGE, 0, 0, 0)
        for words, editor in (
            (_("Mã do cấp trên cấp"), self.code),
            (_("Tên"), self.name),
            (_("Loại"), self.kind),
        ):
            editor.setAccessibleName(words)
            lines.addRow(words, editor)
        return framed(column(lines))

    def _warm_up(self, _told: Told) -> None:
        """The lists read and made ready for search, which takes some tenths of a second."""
        for info in resources.unit_lists():
            search(resources.unit_list(info.id), "xa")

    @property
    def list_id(self) -> str:
        """The list that is searched."""
        return str(self._lists.currentData())

    @property
    def by_hand(self) -> bool:
        """Whether the unit is typed by hand."""
        return self._by_hand.isChecked()

    @property
    def typed(self) -> tuple[str, str, str]:
        """Code, name and kind of a unit typed by hand."""
        return self.code.text().strip().upper(), self.name.text().strip(), self.kind.text().strip()

    @property
    def complete(self) -> bool:
        """Whether a unit is chosen, or typed whole."""
        if self.by_hand:
            code, name, kind = self.typed
            return bool(OWN_CODE.fullmatch(code) and name and kind)
        return self.unit is not None

    def choose_list(self, list_id: str) -> None:
        """Search another list."""
        self._lists.setCurrentIndex(max(self._lists.findData(list_id), 0))

    def turn_to_hand(self) -> None:
        """Let the unit be typed by hand."""
        self._by_hand.setChecked(True)

    def take_over(self, other: UnitPicker) -> None:
        """Show what was typed and chosen in another one."""
        self.choose_list(other.list_id)
        self.sought.setText(other.sought.text())
        self._search()
        if other.unit is not None:
            self._come_to(other.unit.code)
        for line, typed in ((self.code, other.code), (self.name, other.name), (self.kind, other.kind)):
            line.setText(typed.text())
        self._by_hand.setChecked(other.by_hand)

    def look_for(self, unit: Unit) -> None:
        """Show a unit as the one chosen."""
        self.choose_list(unit.list_id)
        self.sought.setText(unit.code)

    def _search(self) -> None:
        units = resources.unit_list(self.list_id)
        hits = search(units, self.sought.text(), FOUND_MOST)
        asked = (self.list_id, self.sought.text())
        chosen = self.unit.code if self.unit is not None and asked == self._searched else ""
        self._searched = asked
        self.found.clear()
        for unit in hits:
            item = QListWidgetItem(
                _("{name}  ·  mã {code}").format(name=path_name(units, unit.code), code=unit.code)
            )
            item.setData(UNIT, unit.code)
            self.found.addItem(item)
        if hits:
            self._come_to(chosen)
        else:
            self._choose()
        self._said.setText(_words_for(self.sought.text(), len(hits)))

    def _come_to(self, code: str) -> None:
        """Choose a unit among those found, the first when it is not there."""
        codes = [self.found.item(place).data(UNIT) for place in range(self.found.count())]
        self.found.setCurrentRow(codes.index(code) if code in codes else 0)

    def _choose(self) -> None:
        item: QListWidgetItem | None = self.found.currentItem()
        units = resources.unit_list(self.list_id).units
        self.unit = units[item.data(UNIT)] if item is not None else None
        self.chosen.emit()

    def _take_first(self) -> None:
        self.found.setFocus()

    def _turn(self, by_hand: bool) -> None:
        self._hand.setVisible(by_hand)
        for part in (self._lists, self.sought, self.found, self._said):
            part.setEnabled(not by_hand)
        if by_hand:
            self.code.setFocus()
        self.chosen.emit()


def _words_for(sought: str, found: int) -> str:
    if not sought.strip():
        return ""
    if not found:
        return _("Không tìm thấy đơn vị nào có tên hoặc mã như vậy trong danh mục này.")
    if found >= FOUND_MOST:
        return _("Còn nhiều đơn vị khác; gõ thêm tên đơn vị cấp trên để thu hẹp.")
    return _("Tìm thấy {count} đơn vị.").format(count=found)
