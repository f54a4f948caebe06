"""How one linked figure is to be shown in its sentence: asked in a small dialog, seen at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from dcs_desktop.core.linked import DOTS, LEADER
from dcs_desktop.core.narrative import Link
from dcs_desktop.core.values import FieldType, Kind
from dcs_desktop.i18n import _
from dcs_desktop.ui import look
from dcs_desktop.ui.making import PushButton
from dcs_desktop.ui.small_parts import words

if TYPE_CHECKING:
    from dcs_desktop.ui.chips import Chip
    from dcs_desktop.ui.prose_area import ProseArea
    from dcs_desktop.workspace import Workspace

WITH_DECIMALS = frozenset({Kind.DECIMAL, Kind.MONEY, Kind.AREA, Kind.PERCENT, Kind.SCORE})
MOST_DECIMALS = 6


class LinkDisplay(QDialog):
    """The display of one linked figure; ``link`` is what is asked for at this moment."""

    def __init__(self, workspace: Workspace, link: Link, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace, self.link = workspace, link
        self.setWindowTitle(_("Cách hiển thị số liệu"))
        kind = _type_of(workspace, link.key)
        self.sample = QLabel()
        self.sample.setTextFormat(Qt.TextFormat.PlainText)
        self.sample.setProperty("role", "heading")
        self.decimals = _choice(
            [(_("Như số liệu"), None), *((str(places), places) for places in range(MOST_DECIMALS + 1))],
            link.decimals,
        )
        self.zero = _choice(
            [(_("Theo thể thức báo cáo"), None), (_("Có: 08"), True), (_("Không: 8"), False)],
            link.leading_zero,
        )
        self.none = _choice([("không", False), ("0", True)], link.nought)
        self.blank = _choice([(DOTS, False), (LEADER, True)], link.leader)
        self.unit = QCheckBox(_("Ghi kèm đơn vị tính"))
        self.unit.setChecked(link.unit)
        self._lay_out(kind)
        for box in (self.decimals, self.zero, self.none, self.blank):
            box.currentIndexChanged.connect(self._follow)
        self.unit.toggled.connect(self._follow)
        self._follow()

    def _lay_out(self, kind: FieldType | None) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(look.WIDE)
        form.addRow(_("Trong câu sẽ là"), self.sample)
        if kind is not None and kind.kind in WITH_DECIMALS:
            form.addRow(_("Số chữ số thập phân"), self.decimals)
        if kind is None or kind.kind is Kind.COUNT:
            form.addRow(_("Số 0 đứng trước số dưới 10"), self.zero)
        form.addRow(_("Khi trả lời là không"), self.none)
        form.addRow(_("Khi chưa có số liệu"), self.blank)
        if kind is not None and kind.unit and kind.unit != "%":
            form.addRow("", self.unit)
        buttons = QDialogButtonBox()
        keep, leave = PushButton(_("Dùng cách này")), PushButton(_("Bỏ qua"))
        keep.setProperty("role", "primary")
        keep.setDefault(True)
        buttons.addButton(keep, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(leave, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(look.WIDE, look.WIDE, look.WIDE, look.WIDE)
        box.setSpacing(look.WIDE)
        box.addWidget(words(_label(self._workspace, self.link.key)))
        box.addLayout(form)
        box.addWidget(buttons)

    def _follow(self) -> None:
        self.link = replace(
            self.link,
            decimals=self.decimals.currentData(),
            leading_zero=self.zero.currentData(),
            nought=self.none.currentData(),
            leader=self.blank.currentData(),
            unit=self.unit.isChecked(),
        )
        self.sample.setText(self._workspace.facts.printed(self.link))


def ask_display(workspace: Workspace, area: ProseArea, chip: Chip) -> None:
    """Ask how the linked figure at a place of a text is to be shown, and show it so."""
    position, link = chip
    dialog = LinkDisplay(workspace, link, area)
    if dialog.exec() and dialog.link != link:
        area.show_as(position, dialog.link)
    dialog.deleteLater()
    area.setFocus()


def _choice(options: list[tuple[str, bool | int | None]], chosen: bool | int | None) -> QComboBox:
    made = QComboBox()
    for text, data in options:
        made.addItem(text, data)
    made.setCurrentIndex(next(place for place, (_text, data) in enumerate(options) if data == chosen))
    return made


def _type_of(workspace: Workspace, key: str) -> FieldType | None:
    form = workspace.form
    if key in form.figures:
        return form.figures[key].type
    return form.fields[key].type if key in form.fields else None


def _label(workspace: Workspace, key: str) -> str:
    form = workspace.form
    if key in form.figures:
        return form.figures[key].label
    return form.label_of(key) if key in form.item_of else key
