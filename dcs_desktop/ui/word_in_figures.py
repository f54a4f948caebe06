"""The figures found in an older report, each with the sentence it stands in; what is in doubt is not ticked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from dcs_desktop.core.trouble import Fault
from dcs_desktop.core.values import parse
from dcs_desktop.i18n import _
from dcs_desktop.ui import look
from dcs_desktop.ui.making import card, column, label

if TYPE_CHECKING:
    from dcs_desktop.core.form import Form
    from dcs_desktop.core.old_report.figures import Proposal

KEY = Qt.ItemDataRole.UserRole
NAME, NUMBER, SOURCE = 0, 1, 2
# Of which passages the figures are: their items by line, and the lines of those in doubt.
OfPassages = tuple[Mapping[int, str], frozenset[int]]
ON, OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class FigureTree(QTreeWidget):
    """The figures as rows: ticked by the space bar, the number corrected by F2 or a double click."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Số liệu tìm thấy trong tệp"))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHeaderLabels([_("Số liệu"), _("Số trong tệp"), _("Chỗ đứng trong tệp")])
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(NUMBER, QHeaderView.ResizeMode.Interactive)
        self.header().resizeSection(NUMBER, 130)
        self.itemDoubleClicked.connect(lambda row: self.editItem(row, NUMBER))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row: QTreeWidgetItem | None = self.currentItem()
        if row is not None and event.key() == Qt.Key.Key_F2:
            self.editItem(row, NUMBER)
        elif row is not None and event.key() == Qt.Key.Key_Space:
            row.setCheckState(NAME, OFF if row.checkState(NAME) is ON else ON)
        else:
            super().keyPressEvent(event)


class FoundFigures(QWidget):
    """:meth:`figures` are those ticked, as they are to be typed; ``changed`` when that is another one."""

    changed = Signal()

    def __init__(self, form: Form, proposals: Sequence[Proposal]) -> None:
        super().__init__()
        self._form = form
        self._proposals: dict[str, Proposal] = {}
        self._decided: dict[str, tuple[bool, str]] = {}
        self.of_passages: OfPassages | None = None
        self.list = FigureTree()
        self.source = label("")
        self.told = label("", "warning")
        under = card(column(self.source, self.told, margin=look.GAP))
        under.setMinimumHeight(92)
        box = column(self.list, under, margin=look.GAP)
        box.setStretchFactor(self.list, 1)
        self.setLayout(box)
        self.show_proposals(proposals, None)
        self.list.currentItemChanged.connect(self._show)
        self.list.itemChanged.connect(self._take)

    def show_proposals(self, proposals: Sequence[Proposal], passages: OfPassages | None) -> None:
        """Show these figures; what was decided of one before stands."""
        self._proposals = {one.key: one for one in proposals}
        self.of_passages = passages
        with QSignalBlocker(self.list):
            self.list.clear()
            rows = [self._row(one) for one in proposals]
            self.list.addTopLevelItems(rows)
            if rows:
                self.list.setCurrentItem(rows[0])
        self._show()
        self.changed.emit()

    def _row(self, one: Proposal) -> QTreeWidgetItem:
        ticked, typed = self._decided.get(one.key, (one.sure, one.typed))
        name = f"{self._form.place_of(one.key)}. {self._label(one.key)}"
        made = QTreeWidgetItem([name, typed, one.source])
        made.setData(NAME, KEY, one.key)
        made.setFlags(made.flags() | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsUserCheckable)
        made.setCheckState(NAME, ON if ticked else OFF)
        made.setTextAlignment(NUMBER, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        made.setToolTip(NAME, name)
        if not one.sure:
            made.setIcon(NUMBER, look.icon("circle-question-mark", "warning"))
        return made

    def _label(self, key: str) -> str:
        """The name of a figure, whether it is entered or takes the place of a total."""
        base = key.removesuffix(".override")
        field = self._form.fields.get(base)
        return self._form.label_of(key) if field is None else field.label

    def figures(self) -> dict[str, str]:
        """The ticked figures as they are to be typed, by field."""
        return {
            str(row.data(NAME, KEY)): row.text(NUMBER) for row in self._rows() if row.checkState(NAME) is ON
        }

    def counts(self) -> tuple[int, int]:
        """How many figures are ticked, and how many are not."""
        taken = len(self.figures())
        return taken, self.list.topLevelItemCount() - taken

    def _rows(self) -> list[QTreeWidgetItem]:
        found = (self.list.topLevelItem(place) for place in range(self.list.topLevelItemCount()))
        return [row for row in found if row is not None]

    def _take(self, row: QTreeWidgetItem, column: int) -> None:
        """Something was ticked or typed: what cannot be read is not ticked, what was corrected is."""
        key = str(row.data(NAME, KEY))
        bad = self._fault(key, row.text(NUMBER)) is not None
        with QSignalBlocker(self.list):
            if column == NUMBER or bad:
                row.setCheckState(NAME, OFF if bad else ON)
        self._decided[key] = (row.checkState(NAME) is ON, row.text(NUMBER))
        self._show()
        self.changed.emit()

    def _fault(self, key: str, typed: str) -> Fault | None:
        found = parse(self._form.fields[key].type, typed)
        if isinstance(found, Fault):
            return found
        return None if found.answered else Fault(_("Chưa có số nào ở đây."))

    def _show(self) -> None:
        row: QTreeWidgetItem | None = self.list.currentItem()
        one = None if row is None else self._proposals.get(str(row.data(NAME, KEY)))
        if row is None or one is None:
            self.source.setText(_("Không tìm thấy số liệu nào trong tệp."))
            self.told.setText("")
            return
        where = {"annex": _("Phụ lục"), "table": _("Bảng"), "prose": _("Lời văn")}[one.where]
        self.source.setText(_("{where}: “{source}”").format(where=where, source=one.source))
        self.told.setText(" ".join(self._doubts(one, row.text(NUMBER))))

    def _doubts(self, one: Proposal, typed: str) -> list[str]:
        """Why the figure is asked about."""
        fault = self._fault(one.key, typed)
        if fault is not None:
            offered = _("Có thể là: {readings}.").format(readings="; ".join(fault.suggestions))
            return [fault.message, *([offered] if fault.suggestions else [])]
        if one.other:
            return [_("Chỗ khác trong tệp ghi {other}. Đề nghị xem số nào đúng.").format(other=one.other)]
        return [] if one.sure else [_("Chưa chắc đúng số liệu này; đánh dấu nếu đúng.")]
