"""The preview of cells from outside: what goes where, what stays out and why, before anything goes in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHeaderView, QLineEdit, QRadioButton, QTableView, QWidget

from dcs_desktop.core.offered import Proposal, Verdict
from dcs_desktop.i18n import _
from dcs_desktop.taking_cells import Pasted, counted
from dcs_desktop.ui import look
from dcs_desktop.ui.cells_model import FIELD, FROM, NOW, SAID, THEN, CellsModel
from dcs_desktop.ui.making import button, column, framed, label, row

if TYPE_CHECKING:
    from dcs_desktop.core.form import Form
    from dcs_desktop.core.narrative import Prose

LONGEST_TOLD: Final = 400
USUAL: Final = QSize(1120, 600)
WIDTHS: Final = {FIELD: 330, FROM: 150, NOW: 110, THEN: 150}
Judge = Callable[[Pasted], Sequence[Proposal]]


class CellsDialog(QDialog):
    """A line for every cell; :attr:`chosen` are those that were ticked when it was accepted.

    For a pasted block ``given`` and ``judge`` let the user match it anew: by labels, in order, begun elsewhere.
    """

    def __init__(
        self, title: str, form: Form, remarks: Sequence[str], asker: QWidget | None, *, of_form: bool = False
    ) -> None:
        super().__init__(asker)
        self.setWindowTitle(title)
        from_head = _("Khi lập biểu") if of_form else _("Ô đã chép")
        self.model = CellsModel(form, from_head, of_form=of_form)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setObjectName("cells")
        self.table.setAccessibleName(_("Từng ô: ô trong báo cáo, giá trị, kết luận"))
        self.table.setWordWrap(True)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.verticalHeader().hide()
        self.table.setTabKeyNavigation(False)
        head = self.table.horizontalHeader()
        for place, width in WIDTHS.items():
            self.table.setColumnWidth(place, width)
        head.setSectionResizeMode(SAID, QHeaderView.ResizeMode.Stretch)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.selectionModel().currentRowChanged.connect(self._tell)
        self.count = label("", "muted")
        self.told = label("")
        self.same = QCheckBox(_("&Hiện cả ô không đổi"))
        self.same.toggled.connect(self._show_same)
        self.all_of = button(_("Chọn &tất cả"), lambda: self.model.tick_all(True), "list-checks")
        self.none_of = button(_("Bỏ &chọn"), lambda: self.model.tick_all(False))
        self.take = button("", self.accept, "check", "primary")
        self.leave = button(_("&Không ghi"), self.reject)
        for name in ("take", "leave", "all_of", "none_of"):
            getattr(self, name).setObjectName(name)
        self.as_text = False
        self.giver: QLineEdit | None = None
        self._ways = row()
        self._matching = framed(self._ways)
        self._lay_out(remarks)
        self.model.ticked.connect(self._show_chosen)
        self.resize(USUAL)

    def _lay_out(self, remarks: Sequence[str]) -> None:
        below = row(self.same, self.all_of, self.none_of, 1, self.leave, self.take)
        told = [label("\n".join(remarks), "warning")] if remarks else []
        self._box = column(
            *told, self._matching, self.count, self.table, self.told, below, margin=look.WIDE, gap=look.GAP
        )
        self._box.setStretchFactor(self.table, 1)
        self.setLayout(self._box)

    @property
    def chosen(self) -> tuple[Proposal, ...]:
        """What is ticked."""
        return self.model.chosen

    def show_proposals(self, proposals: Sequence[Proposal]) -> None:
        """Show what would go where."""
        self.count.setText(_("Các ô: {counts}.").format(counts=counted(proposals)))
        unchanged = any(one.verdict is Verdict.SAME for one in proposals)
        self.same.setVisible(unchanged)
        self.model.show_proposals(proposals)
        self._fit_rows()
        if self.model.lines:
            self.table.setCurrentIndex(self.model.index(0, FIELD))

    def _tell(self, now: QModelIndex, _before: QModelIndex) -> None:
        """The whole of the current line, for what does not fit into its cells."""
        if now.isValid():
            name, verdict = (
                str(now.siblingAtColumn(place).data(Qt.ItemDataRole.ToolTipRole)) for place in (FIELD, SAID)
            )
            source = self.model.lines[now.row()].offer.source
            self.told.setText(f"{name} ({source}): {verdict}"[:LONGEST_TOLD])

    def _show_same(self, shown: bool) -> None:
        self.model.show_same(shown)
        self._fit_rows()

    def _fit_rows(self) -> None:
        """Two lines a row: a name and a reason are seldom longer, and both stand in the tip."""
        self.table.verticalHeader().setDefaultSectionSize(2 * self.fontMetrics().lineSpacing() + look.PAGE)

    def _show_chosen(self) -> None:
        count = len(self.chosen)
        self.take.setText(_("Ghi {count} ô &vào báo cáo").format(count=count))
        self.take.setEnabled(bool(count))

    # Who gave it

    def ask_giver(self, name: str) -> None:
        """Let the user say who filled the form; what the form itself says stands there."""
        self.giver = QLineEdit(name)
        self.giver.setObjectName("giver")
        self.giver.setMaxLength(100)
        head = label(_("Ngườ&i điền"))
        head.setTextFormat(Qt.TextFormat.AutoText)
        head.setBuddy(self.giver)
        head.setWordWrap(False)
        self._ways.addWidget(head)
        self._ways.addWidget(self.giver)
        self._ways.addStretch(1)

    @property
    def giver_name(self) -> str:
        """Who filled the form, "" where nobody was asked."""
        return "" if self.giver is None else self.giver.text()

    # A table pasted into a text

    def offer_text(self, around: Prose) -> None:
        """Let the user have all of it as text instead; what stands around the tables goes into the text anyhow."""
        said = [_("Bảng đã chép có tên cột của một bảng trong báo cáo nên được thêm thành dòng của bảng đó.")]
        if not around.empty:
            told = _("Phần chữ quanh bảng ({count} đoạn) được dán vào nội dung, ở chỗ con trỏ.")
            said.append(told.format(count=len(around.paragraphs)))
        self._ways.addWidget(label("\n".join(said)), 1)
        self.text = button(_("Dán tất cả thà&nh chữ"), self._choose_text, "file-text")
        self.text.setObjectName("as_text")
        self._ways.addWidget(self.text)
        self.leave.setText(_("Không &dán"))

    def _choose_text(self) -> None:
        self.as_text = True
        self.accept()

    # Matching anew

    def match(self, given: Pasted, proposals: Sequence[Proposal], judge: Judge) -> None:
        """Show how a pasted block was matched, and let the user match it otherwise."""
        self._given, self._judge = given, judge
        if "/" not in given.key:
            self._add_ways(given)
        self._add_shifts()
        self._show_match(given, proposals)

    def _add_ways(self, given: Pasted) -> None:
        self.labelled = QRadioButton(_("Ghép theo &nhãn trong khối"))
        self.in_order = QRadioButton(_("Ghép theo thứ tự, bắt đầu từ ô đan&g chọn"))
        self.labelled.setChecked(given.labelled)
        self.labelled.setEnabled(given.labelled)
        self.in_order.setChecked(not given.labelled)
        self.labelled.toggled.connect(lambda on: self._rematch(replace(self._given, labelled=on, shift=0)))
        self._ways.addWidget(self.labelled)
        self._ways.addWidget(self.in_order)

    def _add_shifts(self) -> None:
        self.up = button(_("Dịch &lên một dòng"), lambda: self._shift(-1), "arrow-up")
        self.down = button(_("Dịch &xuống một dòng"), lambda: self._shift(1), "arrow-down")
        for part in (self.up, self.down):
            self._ways.addWidget(part)
        self._ways.addStretch(1)

    def _shift(self, by: int) -> None:
        self._rematch(replace(self._given, shift=self._given.shift + by))

    def _rematch(self, given: Pasted) -> None:
        self._show_match(given, self._judge(given))

    def _show_match(self, given: Pasted, proposals: Sequence[Proposal]) -> None:
        self._given = given
        for part in (self.up, self.down):
            part.setEnabled(not given.labelled)
        self.show_proposals(proposals)
