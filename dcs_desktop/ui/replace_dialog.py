"""Find and replace in the narratives of a whole report: every place is shown, what is ticked changes, one undo."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QDialog, QHeaderView, QLabel, QLineEdit, QTreeWidget, QTreeWidgetItem

from dcs_desktop.core.narrative import read, write
from dcs_desktop.core.replacing import Found, found, replaced
from dcs_desktop.i18n import _, format_number
from dcs_desktop.ui import look
from dcs_desktop.ui.making import button, column, label, row
from dcs_desktop.ui.prose_area import ProseArea

if TYPE_CHECKING:
    from dcs_desktop.core.form import Form
    from dcs_desktop.core.report import Answers
    from dcs_desktop.ui.report_view import ReportView
    from dcs_desktop.workspace import Workspace

MOST: Final = 500
PAUSE_MS: Final = 200
PLACE, TEXT = range(2)
PLACE_WIDTH: Final = 190
HIT: Final = Qt.ItemDataRole.UserRole.value
Hit = tuple[str, Found]


class ReplaceDialog(QDialog):
    """What is looked for, what takes its place, and every place of it."""

    def __init__(self, view: ReportView) -> None:
        super().__init__(view)
        self._view, self._workspace = view, view.workspace
        self.setWindowTitle(_("Tìm và thay trong bài viết"))
        self.sought, self.words = QLineEdit(), QLineEdit()
        self.whole = QCheckBox(_("&Cả từ"))
        self.whole.setChecked(True)
        self.said = label("", "muted")
        self.list = _list()
        self.all_of = button(_("Chọn &hết"), lambda: self._tick(True), "list-checks")
        self.none_of = button(_("&Bỏ chọn"), lambda: self._tick(False))
        self.go = button(_("Đế&n mục này"), self._jump, "arrow-right")
        self.take = button("", self._replace, "check", "primary")
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.show_found)
        self._lay_out()
        for name in ("sought", "words", "whole", "list", "take"):
            getattr(self, name).setObjectName(name)
        self.sought.textChanged.connect(lambda _text: self._pause.start())
        self.sought.returnPressed.connect(self.show_found)
        self.words.textChanged.connect(lambda _text: self._show_count())
        self.whole.toggled.connect(lambda _on: self.show_found())
        self.list.itemChanged.connect(lambda _item, _column: self._show_count())
        self.list.itemActivated.connect(lambda _item, _column: self._jump())
        self.resize(940, 600)
        self.show_found()

    def _lay_out(self) -> None:
        fields = row(
            _named(_("&Tìm"), self.sought),
            self.sought,
            _named(_("Th&ay bằng"), self.words),
            self.words,
            self.whole,
        )
        below = row(self.all_of, self.none_of, self.go, 1, button(_("Đón&g"), self.reject), self.take)
        self.setLayout(column(fields, self.said, self.list, below, margin=look.WIDE))
        self.setTabOrder(self.sought, self.words)

    def show_found(self) -> None:
        """Look for the words in every narrative, and show each place ticked."""
        self._pause.stop()
        sought = self.sought.text()
        form, answers = self._workspace.form, self._workspace.answers
        hits = list(islice(every(form, answers, sought, whole=self.whole.isChecked()), MOST + 1))
        blocked = self.list.blockSignals(True)
        self.list.clear()
        self.list.addTopLevelItems([_line(form, hit) for hit in hits[:MOST]])
        self.list.blockSignals(blocked)
        if (first := self.list.topLevelItem(0)) is not None:
            self.list.setCurrentItem(first)
        self.said.setText(_told(sought, len(hits)))
        self._show_count()

    @property
    def chosen(self) -> list[Hit]:
        """What is ticked."""
        return [
            item.data(PLACE, HIT)
            for item in map(self.list.topLevelItem, range(self.list.topLevelItemCount()))
            if item is not None and item.checkState(PLACE) is Qt.CheckState.Checked
        ]

    def _tick(self, ticked: bool) -> None:
        blocked = self.list.blockSignals(True)
        for place in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(place)
            if item is not None:
                item.setCheckState(PLACE, Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.list.blockSignals(blocked)
        self._show_count()

    def _show_count(self) -> None:
        count = len(self.chosen)
        taking_out = _("&Xóa {count} chỗ") if not self.words.text() else _("Tha&y {count} chỗ")
        self.take.setText(taking_out.format(count=count))
        self.take.setEnabled(bool(count) and self._view.entry.closed is None)
        self.go.setEnabled(self.list.currentItem() is not None)

    def _replace(self) -> None:
        count = len(self.chosen)
        put(self._workspace, self.chosen, self.words.text())
        for area in self._view.findChildren(ProseArea):
            area.document().clearUndoRedoStacks()  # what is undone next is this
        self._view.refresh()
        self.show_found()
        told = _("Đã thay {count} chỗ; Ctrl+Z trong báo cáo trả lại tất cả.")
        self.said.setText(told.format(count=format_number(count)))

    def _jump(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.accept()
            self._view.go_to(item.data(PLACE, HIT)[0])


def every(form: Form, answers: Answers, sought: str, *, whole: bool) -> Iterator[Hit]:
    """Every place of some words in the narratives of a report, each with its item, in the report's order."""
    for item in form.items:
        markup = answers.prose(item)
        if markup:
            yield from ((item, one) for one in found(read(markup), sought, whole=whole))


def put(workspace: Workspace, hits: list[Hit], words: str) -> None:
    """Put other words at these places: one action, taken back by one undo."""
    places = {item: [one.place for where, one in hits if where == item] for item, _one in hits}
    with workspace.together():
        for item, some in places.items():
            prose = replaced(read(workspace.answers.prose(item)), some, words)
            workspace.write(item, write(prose), apart=True)


def ask(view: ReportView | None) -> None:
    """Let the user find and replace in the open report, typing saved before."""
    if view is not None:
        view.commit()
        dialog = ReplaceDialog(view)
        dialog.exec()
        dialog.deleteLater()


def _named(words: str, field: QLineEdit) -> QLabel:
    head = QLabel(words)
    head.setBuddy(field)
    field.setAccessibleName(words.replace("&", ""))
    return head


def _list() -> QTreeWidget:
    made = QTreeWidget()
    made.setAccessibleName(_("Từng chỗ tìm thấy: mục, câu văn"))
    made.setHeaderLabels([_("Mục"), _("Câu văn")])
    made.setRootIsDecorated(False)
    made.setUniformRowHeights(True)
    made.setAllColumnsShowFocus(True)
    made.setColumnWidth(PLACE, PLACE_WIDTH)
    made.header().setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Stretch)
    return made


def _line(form: Form, hit: Hit) -> QTreeWidgetItem:
    item, one = hit
    place = form.place_of(item)
    if one.place.note:
        place = _("{place}, chú thích").format(place=place)
    text = f"{one.before}[{one.words}]{one.after}"
    made = QTreeWidgetItem([place, text])
    made.setToolTip(TEXT, text)
    made.setData(PLACE, HIT, hit)
    made.setCheckState(PLACE, Qt.CheckState.Checked)
    return made


def _told(sought: str, count: int) -> str:
    if not sought.strip():
        return _("Tìm không cần dấu; gõ có dấu thì chỉ tìm đúng dấu ấy. Số liệu liên kết không bị thay.")
    if count > MOST:
        return _("Có hơn {most} chỗ; chỉ {most} chỗ đầu được hiện.").format(most=MOST)
    return _("Tìm thấy {count} chỗ trong bài viết của cả báo cáo.").format(count=format_number(count))
