"""A report that comes back from Word: its differences by item, each taken or left."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from dcs_desktop import taking_back
from dcs_desktop.closed import why_closed
from dcs_desktop.core.changed_words import Pieces, changed_words
from dcs_desktop.core.linked import shown_link
from dcs_desktop.core.narrative import Link, read
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.ui import look, messages
from dcs_desktop.ui.changed_text import ChangedText
from dcs_desktop.ui.making import button, card, column, framed, label, row

if TYPE_CHECKING:
    from dcs_desktop.core.differing import Difference
    from dcs_desktop.workspace import Workspace

USUAL = QSize(1180, 640)
LIST_WIDTH = 320
PROMPT_MOST = 70


class Choice(Enum):
    """What was decided of an item: nothing yet, the text of the Word file, one's own; or it is only told."""

    OPEN = "circle-dashed"
    TAKEN = "circle-check"
    KEPT = "undo-2"
    TOLD = "info"


COLOURS = {Choice.OPEN: "accent", Choice.TAKEN: "good", Choice.KEPT: "muted", Choice.TOLD: "warning"}


class ReturnedWordDialog(QDialog):
    """The items with differences at the left, the texts of the chosen one at the right.

    What is taken is in the report at once and can be undone there; :attr:`changed` says whether anything was.
    """

    def __init__(
        self, workspace: Workspace, comparison: taking_back.Comparison, asker: QWidget | None = None
    ) -> None:
        super().__init__(asker)
        self._workspace = workspace
        self._comparison = comparison
        self._texts = {one.item: one for one in comparison.takeable}
        self._mine = {item: workspace.answers.prose(item) for item in self._texts}
        self._choices = {
            one.item: Choice.OPEN if one.item in self._texts else Choice.TOLD
            for one in comparison.differences
        }
        self.changed = False
        self.setWindowTitle(_("Bản Word đã sửa: {file}").format(file=comparison.returned.file_name))
        self.items = QListWidget()
        self.items.setAccessibleName(_("Các mục có khác biệt"))
        self.items.setWordWrap(True)
        self.items.setIconSize(QSize(look.ICON, look.ICON))
        self.items.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.prompt = label("", "heading")
        self.sent, self.now, self.word = (ChangedText(name) for name in self._names())
        self.told = label("", "warning")
        self.outcome = label("", "muted")
        self._make_buttons()
        self.setLayout(self._laid_out())
        self._fill()
        self.resize(USUAL)

    def _names(self) -> tuple[str, str, str]:
        sent = _("Bản của tôi") if self._comparison.sent != "earlier" else _("Bản đã gửi đi sửa")
        return sent, _("Bản của tôi hiện nay"), _("Bản trong Word")

    def _make_buttons(self) -> None:
        self.take = button(_("&Nhận"), self.take_one, "check", "primary")
        self.keep = button(_("&Giữ bản của tôi"), self.keep_one, "undo-2")
        self.take_all = button("", self.take_every, "list-checks")
        self.ending = button(_("Đón&g"), self.accept)
        for name in ("take", "keep", "take_all", "ending"):
            getattr(self, name).setObjectName(name)

    def _laid_out(self) -> QVBoxLayout:
        columns = QHBoxLayout()
        columns.setSpacing(look.WIDE)
        for text, name in zip((self.sent, self.now, self.word), self._names(), strict=True):
            columns.addWidget(_titled(text, name), 1)
        self.columns = framed(columns)
        told = card(column(self.told, margin=look.GAP), "warning")
        right = column(self.prompt, told, self.columns, 0, gap=look.WIDE)
        right.setStretchFactor(self.columns, 1)
        right.setContentsMargins(look.WIDE, 0, 0, 0)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.items)
        split.addWidget(framed(right))
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        split.setSizes([LIST_WIDTH, USUAL.width() - LIST_WIDTH])
        buttons = row(self.take, self.keep, self.take_all, self.outcome, self.ending)
        buttons.setStretchFactor(self.outcome, 1)
        whole = column(*self._remarks(), split, buttons, margin=look.WIDE, gap=look.WIDE)
        whole.setStretchFactor(split, 1)
        return whole

    def _remarks(self) -> list[QWidget]:
        """What to know first, with the reason why nothing can be taken where there is one."""
        closed = why_closed(self._workspace)
        said = taking_back.remarks(self._comparison, self._workspace.identity)
        self._closed = closed is not None
        found: list[QWidget] = [] if closed is None else [label(closed.sentence, "warning")]
        return found + ([label(" ".join(said), "muted")] if said else [])

    # The list

    def _fill(self) -> None:
        for item in self._choices:
            line = QListWidgetItem()
            line.setData(Qt.ItemDataRole.UserRole, item)
            self.items.addItem(line)
        self.items.setCurrentRow(0)
        self._show_choices()
        self._show()
        self.items.currentItemChanged.connect(self._show)
        self.items.itemActivated.connect(lambda _line: self.take_one())
        self.items.setFocus()

    def _show_choices(self) -> None:
        """The list, the buttons and the count as things stand."""
        for line in self._lines():
            choice = self._choices[_item_of(line)]
            line.setIcon(look.icon(choice.value, COLOURS[choice]))
            line.setText(self._line_words(_item_of(line), choice))
        open_ones = sum(choice is Choice.OPEN for choice in self._choices.values())
        self.take_all.setText(_("Nhận &tất cả ({count})").format(count=open_ones))
        self.take_all.setEnabled(open_ones > 0 and not self._closed)
        self.outcome.setText(self._result_words())
        self._show_buttons()

    def _line_words(self, item: str, choice: Choice) -> str:
        words = {
            Choice.OPEN: _("chưa chọn"),
            Choice.TAKEN: _("đã nhận bản Word"),
            Choice.KEPT: _("giữ bản của tôi"),
            Choice.TOLD: _("chỉ để biết"),
        }
        noted = _("{choice}, có lưu ý") if choice is not Choice.TOLD and self._told(item) else "{choice}"
        return f"{self._place(item)}\n{noted.format(choice=words[choice])}"

    def _told(self, item: str) -> list[Difference]:
        return [one for one in self._comparison.differences if one.item == item and not one.takes]

    def _place(self, item: str) -> str:
        if not item:
            return _("Ngoài các mục")
        prompt = self._workspace.form.items[item].prompt
        return f"{item}  {prompt if len(prompt) <= PROMPT_MOST else prompt[: PROMPT_MOST - 1].rstrip() + '…'}"

    def _result_words(self) -> str:
        counts = [sum(choice is one for choice in self._choices.values()) for one in Choice]
        said = _("đã nhận {taken} mục, giữ {kept}, chưa chọn {open}")
        return said.format(taken=counts[1], kept=counts[2], open=counts[0])

    def _lines(self) -> list[QListWidgetItem]:
        return [self.items.item(number) for number in range(self.items.count())]

    @property
    def item(self) -> str:
        """The item whose texts are shown."""
        return _item_of(self.items.currentItem())

    # The texts

    def _show(self) -> None:
        item, form = self.item, self._workspace.form
        self.prompt.setText(form.items[item].prompt if item in form.items else _("Ngoài các mục"))
        difference = self._texts.get(item)
        told = self._told(item)
        self.told.setText("\n".join(taking_back.told(one, form) for one in told))
        _holder(self.told).setVisible(bool(told))
        self.columns.setVisible(difference is not None)
        _holder(self.now).setVisible(difference is not None and difference.now is not None)
        if difference is not None:
            self._show_texts(difference)
        self._show_buttons()

    def _show_texts(self, difference: Difference) -> None:
        old, new = self._compared(difference.old, difference.new)
        self.sent.show_pieces(old, "old")
        self.word.show_pieces(new, "new")
        if difference.now is not None:
            self.now.show_pieces(self._compared(difference.old, difference.now)[1], "new")

    def _compared(self, old: str, new: str) -> tuple[Pieces, Pieces]:
        return changed_words(read(old), read(new), self._shown)

    def _shown(self, link: Link) -> str:
        here = self._workspace
        before = here.compared
        return shown_link(link, here.form, here.figures, here.answers, before, here.letterhead.leading_zero)

    def _show_buttons(self) -> None:
        choice = self._choices.get(self.item, Choice.TOLD)
        self.take.setEnabled(choice in (Choice.OPEN, Choice.KEPT) and not self._closed)
        self.keep.setEnabled(choice in (Choice.OPEN, Choice.TAKEN) and not self._closed)

    # Choosing

    def take_one(self) -> None:
        """Take the text of the Word file for the item that is shown, and go on to the next."""
        if self.take.isEnabled() and self._take([self._texts[self.item]]):
            self._go_on()

    def keep_one(self) -> None:
        """Leave the item as it was before, and go on to the next."""
        item = self.item
        if self._choices.get(item) is Choice.TAKEN:
            self._workspace.write(item, self._mine[item], apart=True)
        self._choices[item] = Choice.KEPT
        self._go_on()

    def take_every(self) -> None:
        """Take every text that nothing was decided of."""
        self._take([one for one in self._texts.values() if self._choices[one.item] is Choice.OPEN])
        self._show_choices()

    def _take(self, chosen: list[Difference]) -> bool:
        try:
            taken = taking_back.take(self._workspace, chosen)
        except Refusal as refusal:
            messages.refuse(self, refusal.sentence)
            return False
        self._choices |= dict.fromkeys(taken, Choice.TAKEN)
        self.changed = True
        return True

    def _go_on(self) -> None:
        """Show the next item that nothing was decided of; where there is none, the hand goes to the end."""
        lines = self._lines()
        here = self.items.currentRow()
        later = [*range(here + 1, len(lines)), *range(here)]
        following = [at for at in later if self._choices[_item_of(lines[at])] is Choice.OPEN]
        if following:
            self.items.setCurrentRow(following[0])
        self._show_choices()
        if not following:
            self.ending.setFocus()


def _titled(text: ChangedText, name: str) -> QWidget:
    return framed(column(label(name, "muted"), text, gap=look.HALF))


def _holder(part: QWidget) -> QWidget:
    holder = part.parentWidget()
    return part if holder is None else holder


def _item_of(line: QListWidgetItem) -> str:
    return str(line.data(Qt.ItemDataRole.UserRole))
