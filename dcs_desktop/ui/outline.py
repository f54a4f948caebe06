"""The outline of the report: sections and items, each with how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from dcs_desktop.core.form import Item, Section
from dcs_desktop.core.own import is_own
from dcs_desktop.core.progress import Progress, item_progress
from dcs_desktop.i18n import _
from dcs_desktop.ui import look

if TYPE_CHECKING:
    from dcs_desktop.workspace import Workspace

PLACE: Final = Qt.ItemDataRole.UserRole.value
COUNT: Final = Qt.ItemDataRole.UserRole.value + 1
LINES: Final = 2
COUNT_LETTERS: Final = 6
Index = QModelIndex | QPersistentModelIndex


class Outline(QFrame):
    """Sections and items with icon, word and count.

    ``looked_at`` carries the id of the one to show, ``chosen`` of the one to go and fill.
    """

    looked_at = Signal(str)
    chosen = Signal(str)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setProperty("role", "pane")
        self._workspace = workspace
        self._lines: dict[str, QTreeWidgetItem] = {}
        self._progress: dict[str, Progress] = {}
        self.only_missing = QCheckBox(_("Chỉ mục còn thiếu hoặc có lỗi"))
        self.only_missing.toggled.connect(self._filter)
        self.tree = self._tree()
        box = QVBoxLayout(self)
        box.setContentsMargins(look.GAP, look.GAP, look.HALF, 0)
        box.setSpacing(look.HALF)
        box.addWidget(self.only_missing)
        box.addWidget(self.tree)
        self.show_form()

    def show_form(self) -> None:
        """Show the sections and items of the form as it is worded now."""
        with QSignalBlocker(self.tree):
            self.tree.clear()
            self._lines.clear()
            self._progress.clear()
            for section in self._workspace.form.sections:
                self._add_section(section)
        self.show_progress()

    def _tree(self) -> QTreeWidget:
        tree = OutlineTree()
        tree.setObjectName("outline")
        tree.setAccessibleName(_("Đề cương báo cáo"))
        tree.setHeaderHidden(True)
        tree.setFrameShape(QFrame.Shape.NoFrame)
        tree.setProperty("role", "plain")
        tree.setIndentation(look.WIDE)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tree.setVerticalScrollMode(QTreeWidget.ScrollMode.ScrollPerPixel)
        tree.setItemDelegate(OutlineLine(tree))
        tree.currentItemChanged.connect(self._look_at)
        tree.itemClicked.connect(self._choose)
        tree.itemActivated.connect(self._choose)
        return tree

    def _add_section(self, section: Section) -> None:
        parent = self._lines.get(section.under)
        line = QTreeWidgetItem([f"{section.number}. {section.title}"])
        self._add(line, section.id, parent)
        for item in section.items:
            self._add(QTreeWidgetItem([_item_text(item)]), item.id, line)

    def _add(self, line: QTreeWidgetItem, id: str, parent: QTreeWidgetItem | None) -> None:
        line.setData(0, PLACE, id)
        self._lines[id] = line
        if parent is None:
            self.tree.addTopLevelItem(line)
        else:
            parent.addChild(line)
            parent.setExpanded(True)

    def _look_at(self, line: QTreeWidgetItem | None) -> None:
        if line is not None:
            self.looked_at.emit(line.data(0, PLACE))

    def _choose(self, line: QTreeWidgetItem) -> None:
        self.chosen.emit(line.data(0, PLACE))

    def go_to(self, section: str, item: str) -> None:
        """Show which section is being filled, its items open and others' folded, without choosing it again."""
        with QSignalBlocker(self.tree):
            self._fold_others(section)
            line = self._lines.get(item) or self._lines[section]
            self.tree.setCurrentItem(line)
        self.tree.scrollToItem(line)
        self.tree.viewport().update()

    def _fold_others(self, current: str) -> None:
        """Items are seen of the section that is being filled, so that the whole outline stays in sight."""
        for section in self._workspace.form.sections:
            line = self._lines[section.id]
            sections_below = any(s.under == section.id for s in self._workspace.form.sections)
            line.setExpanded(section.id == current or sections_below)

    def show_progress(self) -> None:
        """Show how far every section and item is."""
        workspace = self._workspace
        items = item_progress(workspace.form, workspace.answers, workspace.figures, workspace.findings)
        progress = {**self._sections_progress(workspace.progress), **items}
        for id, part in progress.items():
            if part != self._progress.get(id):
                self._show(self._lines[id], part)
        self._progress = progress
        self._filter(self.only_missing.isChecked())

    def _sections_progress(self, own: Mapping[str, Progress]) -> dict[str, Progress]:
        """A section's progress with that of the sections under it."""
        total = dict(own)
        for section in reversed(self._workspace.form.sections):
            if section.under:
                total[section.under] = total[section.under] + total[section.id]
        return total

    def _show(self, line: QTreeWidgetItem, part: Progress) -> None:
        line.setIcon(0, look.state_icon(part.state))
        line.setData(0, COUNT, f"{part.answered}/{part.asked}" if part.asked else "")
        word = look.state_word(part.state)
        told = _("{title}\n{word}: đã trả lời {answered} trên {asked}").format(
            title=line.text(0), word=word, answered=part.answered, asked=part.asked
        )
        line.setToolTip(0, told)
        line.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{line.text(0)}, {word}, {line.data(0, COUNT)}")

    def _filter(self, only_missing: bool) -> None:
        for id, line in self._lines.items():
            part = self._progress.get(id, Progress())
            line.setHidden(only_missing and not (part.missing or part.errors or part.warnings))


def _item_text(item: Item) -> str:
    if is_own(item.id):
        return f"+ {item.prompt}"
    above, _dot, own = item.id.rpartition(".")
    return f"{own}) {item.prompt}" if above else f"{own}. {item.prompt}"


class OutlineTree(QTreeWidget):
    """A tree whose lines are as high as their titles are at its width."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width folds the titles in another way."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class OutlineLine(QStyledItemDelegate):
    """Draws a line of the outline: icon, at most two lines of title, and the count at the right."""

    def __init__(self, tree: QTreeWidget) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the lines its title takes beside the count."""
        depth, parent = 1, index.parent()
        while parent.isValid():
            depth, parent = depth + 1, parent.parent()
        left = self._tree.viewport().width() - depth * self._tree.indentation()
        metrics = QFontMetrics(self._font(index))
        title = _title(index)
        fits = " " not in title or metrics.horizontalAdvance(title) <= self._text_width(left)
        lines = 1 if fits else LINES
        return QSize(look.PAGE, lines * metrics.height() + look.GAP)

    def _font(self, index: Index) -> QFont:
        font = self._tree.font()
        font.setBold(not index.parent().isValid())
        return font

    def _text_width(self, width: int) -> int:
        return max(width - look.ICON - 3 * look.GAP - self._count_width(), look.PAGE)

    def _count_width(self) -> int:
        return COUNT_LETTERS * self._tree.fontMetrics().horizontalAdvance("0")

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """The style draws the ground; words and icon are drawn here."""
        super().initStyleOption(option, index)
        option.text = ""
        option.icon = QIcon()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The ground of the style, then icon, title and count."""
        super().paint(painter, option, index)
        rect = option.rect.adjusted(look.HALF, look.HALF, -look.GAP, -look.HALF)
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(icon, QIcon):
            painter.drawPixmap(rect.left(), rect.top() + 1, icon.pixmap(look.ICON, look.ICON))
        self._draw_words(painter, rect, index)

    def _draw_words(self, painter: QPainter, rect: QRect, index: Index) -> None:
        painter.save()
        painter.setFont(self._tree.font())
        painter.setPen(look.colour("muted"))
        painter.drawText(
            rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, str(index.data(COUNT))
        )
        painter.setFont(self._font(index))
        painter.setPen(look.colour("text"))
        metrics = painter.fontMetrics()
        left = rect.left() + look.ICON + look.GAP
        width = rect.right() - left - self._count_width()
        most = max(1, (rect.height() + look.HALF) // metrics.height())
        for place, text in enumerate(folded_lines(_title(index), width, metrics, most)):
            painter.drawText(left, rect.top() + metrics.ascent() + place * metrics.height(), text)
        painter.restore()


def _title(index: Index) -> str:
    return str(index.data(Qt.ItemDataRole.DisplayRole))


def folded_lines(text: str, width: int, metrics: QFontMetrics, most: int = LINES) -> list[str]:
    """A text in at most so many lines of a width, the last one cut with dots where it is longer."""
    lines: list[str] = []
    rest = text.split()
    while rest and len(lines) < most - 1:
        taken = 1
        while taken < len(rest) and metrics.horizontalAdvance(" ".join(rest[: taken + 1])) <= width:
            taken += 1
        lines.append(" ".join(rest[:taken]))
        rest = rest[taken:]
    if rest:
        lines.append(metrics.elidedText(" ".join(rest), Qt.TextElideMode.ElideRight, width))
    return lines
