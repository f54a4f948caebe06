"""The passages of an older report: at the left what stands in the file, at the right the item each goes into."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QLayout, QSplitter, QTreeWidget, QTreeWidgetItem, QWidget

from dcs_desktop.core.changed_words import unchanged_words
from dcs_desktop.core.narrative import Paragraph, Prose, Text
from dcs_desktop.i18n import _
from dcs_desktop.ui import look
from dcs_desktop.ui.changed_text import ChangedText
from dcs_desktop.ui.field_search import SEARCH_WIDTH, Candidate, FieldSearch
from dcs_desktop.ui.making import ENTER, button, column, framed, label, row

if TYPE_CHECKING:
    from dcs_desktop.core.old_report.passages import Passage
    from dcs_desktop.core.old_report.understanding import Understood

PASSAGE = Qt.ItemDataRole.UserRole
HEAD_MOST, LEAD, PROMPT_MOST = 56, 90, 80
# Letters of a passage that are shown; all of it is taken.
SHOWN_MOST = 12_000


class Choice(Enum):
    """What was decided of a passage: it is taken, it is to be looked at, it is left out."""

    TAKEN = "circle-check"
    DOUBTFUL = "circle-question-mark"
    LEFT = "circle-dashed"


COLOURS = {Choice.TAKEN: "good", Choice.DOUBTFUL: "warning", Choice.LEFT: "muted"}


class PassageTree(QTreeWidget):
    """The passages as rows; ``entered`` on Enter, ``turned`` on the space bar."""

    entered = Signal()
    turned = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Các đoạn trong tệp Word"))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setIconSize(QSize(look.ICON, look.ICON))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHeaderLabels([_("Trong tệp Word"), _("Vào mục")])
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Space:
            self.turned.emit()
        else:
            super().keyPressEvent(event)


class FoundTexts(QWidget):
    """Each passage is taken, doubtful until it is confirmed, or left out; ``changed`` at every decision."""

    changed = Signal()

    def __init__(self, read: Understood) -> None:
        super().__init__()
        self._read = read
        self._passages = {passage.line: passage for passage in read.passages}
        self._items = {passage.line: passage.item for passage in read.passages}
        self._choices = {line: _first_choice(passage) for line, passage in self._passages.items()}
        self.list = PassageTree()
        self.heading = label("", "heading")
        self.why = label("", "muted")
        self.text = ChangedText(_("Nội dung của đoạn"))
        self.take = button(_("&Nhận"), self.take_one, "check")
        self.choose = button(_("Chọn &mục khác…"), self.ask_item, "search")
        self.leave = button(_("&Bỏ qua"), self.leave_one, "x")
        self.take_all = button("", self.take_doubtful, "list-checks")
        self.setLayout(self._laid_out())
        self._fill()
        self.list.currentItemChanged.connect(self._show)
        self.list.entered.connect(self.ask_item)
        self.list.turned.connect(self.turn_one)
        self.list.itemDoubleClicked.connect(lambda _row: self.ask_item())
        self._show()

    def _laid_out(self) -> QLayout:
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.list)
        under = column(self.heading, self.why, self.text, gap=look.HALF)
        under.setStretchFactor(self.text, 1)
        split.addWidget(framed(under))
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setChildrenCollapsible(False)
        buttons = row(self.take, self.choose, self.leave, 1, self.take_all)
        box = column(split, buttons, margin=look.GAP)
        box.setStretchFactor(split, 1)
        return box

    def items(self, *, with_doubtful: bool = False) -> dict[int, str]:
        """By the line of each passage the item it goes into, "" for none."""
        taken = {Choice.TAKEN, Choice.DOUBTFUL} if with_doubtful else {Choice.TAKEN}
        return {line: self._items[line] if self._choices[line] in taken else "" for line in self._passages}

    def doubtful(self) -> frozenset[int]:
        """The lines of the passages that wait to be confirmed."""
        return frozenset(line for line, choice in self._choices.items() if choice is Choice.DOUBTFUL)

    def counts(self) -> tuple[int, int, int]:
        """How many passages are taken, doubtful, left out."""
        said = list(self._choices.values())
        return said.count(Choice.TAKEN), said.count(Choice.DOUBTFUL), said.count(Choice.LEFT)

    # The list

    def _fill(self) -> None:
        rows = []
        for passage in self._passages.values():
            lead = passage.text[:LEAD].replace("\n", " ")
            made = QTreeWidgetItem([f"{_short(passage.heading, HEAD_MOST)}  |  {lead}", ""])
            made.setData(0, PASSAGE, passage.line)
            made.setToolTip(0, passage.heading)
            rows.append(made)
        self.list.addTopLevelItems(rows)
        for made in rows:
            self._show_row(made)
        doubtful = [made for made in rows if self._choices[made.data(0, PASSAGE)] is Choice.DOUBTFUL]
        for made in (*doubtful, *rows)[:1]:
            self.list.setCurrentItem(made)
        self._show_count()

    def _show_row(self, made: QTreeWidgetItem) -> None:
        line = made.data(0, PASSAGE)
        choice = self._choices[line]
        made.setIcon(1, look.icon(choice.value, COLOURS[choice]))
        made.setText(1, self._words(line, choice))
        made.setToolTip(1, self._words(line, choice))

    def _words(self, line: int, choice: Choice) -> str:
        if choice is Choice.LEFT:
            return _("Bỏ qua")
        item = self._read.form.items[self._items[line]]
        prompt = _short(item.prompt, PROMPT_MOST)
        said = _("Còn ngờ: {item}. {prompt}") if choice is Choice.DOUBTFUL else "{item}. {prompt}"
        return said.format(item=item.id, prompt=prompt)

    @property
    def passage(self) -> Passage | None:
        """The passage that is shown."""
        made: QTreeWidgetItem | None = self.list.currentItem()
        return None if made is None else self._passages[made.data(0, PASSAGE)]

    def _show(self) -> None:
        passage = self.passage
        for part in (self.take, self.choose, self.leave):
            part.setEnabled(passage is not None)
        if passage is None:
            return
        choice = self._choices[passage.line]
        self.take.setEnabled(choice is not Choice.TAKEN and bool(self._items[passage.line]))
        self.leave.setEnabled(choice is not Choice.LEFT)
        self.heading.setText(passage.heading)
        self.why.setText(_why(passage))
        self.text.show_pieces(unchanged_words(_beginning(passage.prose)), "new")

    def _show_count(self) -> None:
        doubtful = self.counts()[1]
        self.take_all.setText(_("Nhận cả các đoạn còn n&gờ ({count})").format(count=doubtful))
        self.take_all.setEnabled(doubtful > 0)

    # Deciding

    def take_one(self) -> None:
        """Take the passage into its item, and go on to the next that is doubtful."""
        self._decide(Choice.TAKEN)
        self._go_on()

    def leave_one(self) -> None:
        """Leave the passage out."""
        self._decide(Choice.LEFT)
        self._go_on()

    def turn_one(self) -> None:
        """Take the passage, or leave one out that was taken."""
        passage = self.passage
        if passage is not None:
            taken = self._choices[passage.line] is Choice.TAKEN or not self._items[passage.line]
            self._decide(Choice.LEFT if taken else Choice.TAKEN)

    def take_doubtful(self) -> None:
        """Take every doubtful passage into the item it is proposed for."""
        self._choices = {
            line: Choice.TAKEN if choice is Choice.DOUBTFUL else choice
            for line, choice in self._choices.items()
        }
        self._show_all()

    def ask_item(self) -> None:
        """Search the item that the passage goes into by any part of its words."""
        passage = self.passage
        if passage is None:
            return
        items = [item for item in self._read.form.items.values() if item.prose]
        candidates = [Candidate(item.id, f"{item.id}. {item.prompt}", "") for item in items]
        search = FieldSearch(candidates, _("Tìm mục, gõ không dấu cũng được"), self)
        search.chosen.connect(lambda item: self.put(passage.line, item))
        search.open_at(self.choose.mapToGlobal(self.choose.rect().topLeft()), SEARCH_WIDTH)

    def put(self, line: int, item: str) -> None:
        """Take a passage into another item."""
        self._items[line] = item
        self._choices[line] = Choice.TAKEN
        self._show_all()

    def _decide(self, choice: Choice) -> None:
        passage = self.passage
        if passage is not None and (choice is Choice.LEFT or self._items[passage.line]):
            self._choices[passage.line] = choice
            self._show_all()

    def _show_all(self) -> None:
        for place in range(self.list.topLevelItemCount()):
            made = self.list.topLevelItem(place)
            if made is not None:
                self._show_row(made)
        self._show_count()
        self._show()
        self.changed.emit()

    def _go_on(self) -> None:
        """Show the next doubtful passage, the one below where there is none."""
        count, here = self.list.topLevelItemCount(), self.list.currentIndex().row()
        rows = [self.list.topLevelItem(place % count) for place in range(here + 1, here + count)]
        found = [made for made in rows if made and self._choices[made.data(0, PASSAGE)] is Choice.DOUBTFUL]
        if found:
            self.list.setCurrentItem(found[0])
        elif here + 1 < count and rows[0] is not None:
            self.list.setCurrentItem(rows[0])
        self.list.setFocus()


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _beginning(prose: Prose) -> Prose:
    """As much of a text as is shown, the rest told by dots."""
    letters, kept = 0, list[Paragraph]()
    for paragraph in prose.paragraphs:
        letters += sum(len(inline.text) for inline in paragraph.inlines if isinstance(inline, Text))
        kept.append(paragraph)
        if letters > SHOWN_MOST:
            return Prose((*kept, Paragraph((Text("…"),))), prose.notes)
    return prose


def _first_choice(passage: Passage) -> Choice:
    if not passage.item:
        return Choice.LEFT
    return Choice.TAKEN if passage.sure else Choice.DOUBTFUL


def _why(passage: Passage) -> str:
    """Why the passage is proposed for its item, or not."""
    if passage.tracked:
        return _("Đoạn này có thay đổi theo dõi chưa chấp nhận trong Word: chữ thêm được giữ, chữ xóa bị bỏ.")
    match passage.why:
        case "section":
            return _("Chữ đứng ngay dưới đề mục lớn, không có đề mục riêng.")
        case "other":
            return _("Đề mục này không có trong mẫu; đề xuất đi cùng đoạn đứng trên.")
        case _ if passage.sure:
            return _("Khớp theo lời và số thứ tự của đề mục.")
        case _:
            return _("Đề mục khác mẫu, hoặc có chỗ khác cũng gần giống.")
