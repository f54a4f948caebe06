"""The lines of a preview of cells: field, values, verdict, and a tick where the cell may go in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from dcs_desktop.core.form import Form
from dcs_desktop.core.offered import NEW, TAKEABLE, Proposal, Verdict, told
from dcs_desktop.i18n import _
from dcs_desktop.ui import look

FIELD, FROM, NOW, THEN, SAID = range(5)
LONGEST_SHOWN: Final = 300
SIGNS: Final = {
    Verdict.GOES: ("circle-check", "good"),
    Verdict.SAME: ("circle-dashed", "muted"),
    Verdict.CONFLICT: ("triangle-alert", "warning"),
    Verdict.DOUBT: ("info", "warning"),
    Verdict.OUT: ("octagon-alert", "error"),
}
Index = QModelIndex | QPersistentModelIndex
NOWHERE: Final = QModelIndex()
Role = Qt.ItemDataRole


class CellsModel(QAbstractTableModel):
    """Proposals as lines; ``ticked`` tells that the choice of cells changed.

    The second column shows the copied cell or, of a form, the answer it was made with.
    """

    ticked = Signal()

    def __init__(self, form: Form, from_head: str, *, of_form: bool) -> None:
        super().__init__()
        self._form, self._of_form = form, of_form
        self._heads = (_("Ô trong báo cáo"), from_head, _("Đang có"), _("Giá trị mới"), _("Kết luận"))
        self._all: tuple[Proposal, ...] = ()
        self.lines: list[Proposal] = []
        self._chosen: set[int] = set()
        self._with_same = False

    def show_proposals(self, proposals: Sequence[Proposal]) -> None:
        """Other proposals; those that simply go in are ticked."""
        self._all = tuple(proposals)
        self._chosen = {id(one) for one in self._all if one.verdict is Verdict.GOES}
        self._lay_out()
        self.ticked.emit()

    def show_same(self, shown: bool) -> None:
        """With the cells that change nothing, or without them."""
        self._with_same = shown
        self._lay_out()

    def _lay_out(self) -> None:
        self.beginResetModel()
        self.lines = [one for one in self._all if self._with_same or one.verdict is not Verdict.SAME]
        self.endResetModel()

    @property
    def chosen(self) -> tuple[Proposal, ...]:
        """What is ticked, in its order."""
        return tuple(one for one in self._all if id(one) in self._chosen)

    def tick_all(self, ticked: bool) -> None:
        """Tick every cell that simply goes in, or none at all; what waits for a choice is chosen one by one."""
        self._chosen = {id(one) for one in self._all if ticked and one.verdict is Verdict.GOES}
        if self.lines:
            self.dataChanged.emit(self.index(0, FIELD), self.index(len(self.lines) - 1, FIELD))
        self.ticked.emit()

    # What Qt asks

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> str | None:
        shown = orientation is Qt.Orientation.Horizontal and role == Role.DisplayRole
        return self._heads[section] if shown else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        takeable = self.lines[index.row()].verdict in TAKEABLE
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == FIELD and takeable else flags

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # Any: as Qt takes it for each role
        one, column = self.lines[index.row()], index.column()
        if role in (Role.DisplayRole, Role.ToolTipRole):
            text = self._text(one, column)
            return (
                text if role == Role.ToolTipRole or len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
            )
        if role == Role.CheckStateRole and column == FIELD and one.verdict in TAKEABLE:
            return Qt.CheckState.Checked if id(one) in self._chosen else Qt.CheckState.Unchecked
        if role == Role.DecorationRole and column == SAID:
            return look.icon(*SIGNS[one.verdict])
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:  # Any: as Qt gives it
        if role != Role.CheckStateRole:
            return False
        line = id(self.lines[index.row()])
        on = Qt.CheckState(value) is Qt.CheckState.Checked
        (self._chosen.add if on else self._chosen.discard)(line)
        self.dataChanged.emit(index, index)
        self.ticked.emit()
        return True

    def _text(self, one: Proposal, column: int) -> str:
        offer = one.offer
        match column:
            case 0:
                return self._name(one)
            case 1 if not self._of_form:
                return f"{offer.cell.text}\n({offer.source})" if offer.cell.text else offer.source
            case 1:
                return told(self._form, one.key, offer.base)
            case 2:
                return told(self._form, one.key, one.old) if one.key else ""
            case 3:
                return told(self._form, one.key, one.value) or (offer.cell.text if self._of_form else "")
            case _:
                return said(one)

    def _name(self, one: Proposal) -> str:
        key = one.key
        if not key:
            return one.offer.label or _("(không có ô)")
        place, label = self._form.place_of(key), self._form.label_of(key)
        if "/" not in key:
            return f"{place}  {label}"
        row = key.split("/")[1]
        which = one.offer.label or row
        line = _("{place}  {label}, {row} (mới)") if row.startswith(NEW) else _("{place}  {label}, {row}")
        return line.format(place=place, label=label, row=which)


def said(one: Proposal) -> str:
    """A verdict in words, with its reason."""
    words = {
        Verdict.GOES: _("Ghi vào"),
        Verdict.SAME: _("Không đổi"),
        Verdict.CONFLICT: _("Hai bên cùng sửa"),
        Verdict.DOUBT: _("Cần xem lại"),
        Verdict.OUT: _("Để ngoài"),
    }[one.verdict]
    return f"{words}. {one.reason}" if one.reason else words
