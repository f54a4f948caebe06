"""A table of the report: rows added, ordered and removed, every cell an editor of its kind."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from dcs_desktop.core.form import Column, Table
from dcs_desktop.core.report import Row
from dcs_desktop.core.values import Kind, State
from dcs_desktop.i18n import _
from dcs_desktop.ui import look
from dcs_desktop.ui.editors import Editor, LineEditor, close, editor_for, focus
from dcs_desktop.ui.entry import Entry
from dcs_desktop.ui.making import PushButton
from dcs_desktop.ui.small_parts import small_button, width_of, words

COLUMN_LETTERS: Final = 9
TEXT_LETTERS: Final = 11
DAY_LETTERS: Final = 13
# Rows that are seen together; of these so many are laid out with the page, and so many in each turn after that. A table
# of few rows is laid out whole, for it must not shrink and grow under the eyes; rows that come by a paste are many.
TOGETHER: Final = 40
FIRST_ROWS: Final = 6
EACH_TURN: Final = 2
PAINTED_MS: Final = 10


def _letters(column: Column) -> int:
    """How many letters a column shows at the least: a whole date, the number of a document, a choice's beginning."""
    return {Kind.DATE: DAY_LETTERS, Kind.TEXT: TEXT_LETTERS}.get(column.type.kind, COLUMN_LETTERS)


class RowTurner(QWidget):
    """Which rows of a long table are seen, and the way to the others; ``turned`` carries -1 or 1."""

    turned = Signal(int)

    def __init__(self, table: Table) -> None:
        super().__init__()
        self._said = words("", "muted")
        self._said.setWordWrap(False)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self._ways = {by: small_button(icon, told) for by, icon, told in self._all_ways()}
        for by, button in self._ways.items():
            button.setObjectName(f"turn:{by}:{table.id}")
            button.clicked.connect(partial(self._ask, by))
            box.addWidget(button)
        box.insertWidget(1, self._said)
        box.addStretch(1)

    def _all_ways(self) -> tuple[tuple[int, str, str], ...]:
        return (-1, "chevron-left", _("Các dòng trước")), (1, "chevron-right", _("Các dòng sau"))

    def _ask(self, by: int, _checked: bool = False) -> None:
        self.turned.emit(by)

    def show_place(self, first: int, seen: int, count: int) -> None:
        """Show where the rows that are seen stand among all."""
        said = _("Dòng {first}–{last} trong {count}")
        self._said.setText(said.format(first=first + 1, last=first + seen, count=count))
        self._ways[-1].setEnabled(first > 0)
        self._ways[1].setEnabled(first + seen < count)
        self.setVisible(count > seen)


class TableEditor(QWidget):
    """The rows of one table; ``editors_changed`` tells that fields came or went.

    At most forty rows are seen together, laid out little by little: a pasted table may have hundreds, and the window
    goes on answering.
    """

    editors_changed = Signal()

    def __init__(self, table: Table, entry: Entry, at_once: int = FIRST_ROWS) -> None:
        """``at_once`` is how many rows are seen on the screen that is shown first."""
        super().__init__()
        self.table, self._entry = table, entry
        self._at_once = min(at_once, FIRST_ROWS)
        self.editors: list[Editor] = []
        self._shown: tuple[str, ...] | None = None
        self._first = 0
        self._together: tuple[str, ...] = ()
        self._turner: RowTurner | None = None
        self._waiting: list[str] = []
        self._grow = QTimer(self, singleShot=True, interval=PAINTED_MS)
        self._grow.timeout.connect(lambda: self._lay(EACH_TURN))
        self._grid_holder = QWidget()
        self._grid = QGridLayout(self._grid_holder)
        self._empty = words("", "muted")
        self._add = PushButton(look.icon("plus", "accent"), _("Thêm dòng"))
        self._add.setObjectName(f"add:{table.id}")
        self._add.clicked.connect(self.add_row)
        self._none = PushButton(_("Không có"))
        self._none.setObjectName(f"none:{table.id}")
        self._none.setProperty("role", "quiet")
        self._none.clicked.connect(self._toggle_none)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, look.HALF, 0, look.HALF)
        self._box.setSpacing(look.GAP)
        self._box.addWidget(self._head())
        self._box.addWidget(self._grid_holder)
        self._box.addWidget(self._empty)
        self._box.addLayout(self._foot())
        self.show_values()

    def _head(self) -> QLabel:
        head = words(self.table.label, "")
        font = head.font()
        font.setBold(True)
        head.setFont(font)
        head.setToolTip(self.table.guidance)
        return head

    def _foot(self) -> QHBoxLayout:
        box = QHBoxLayout()
        box.setSpacing(look.GAP)
        box.addWidget(self._add)
        box.addWidget(self._none)
        box.addStretch(1)
        if self._entry.closed is not None:
            self._add.hide()
        return box

    def _rows(self) -> tuple[Row, ...]:
        return self._entry.workspace.answers.rows.get(self.table.id, ())

    def show_values(self) -> None:
        """Show the rows as they stand in the workspace, silently."""
        ids = tuple(row.id for row in self._rows())
        if ids != self._shown:
            self._follow_rows(ids)
        for editor in self.editors:
            self._show(editor)
        self._show_empty(bool(ids))

    def _show(self, editor: Editor) -> None:
        editor.show_text(self._entry.text(editor.key))
        fault = self._entry.fault(editor.key)
        editor.mark(fault is not None and not editor.hasFocus())
        editor.setToolTip(self._entry.text(editor.key) if fault is None else fault.message)

    def _show_empty(self, rows: bool) -> None:
        none = self._entry.workspace.answers.value(self.table.id).state is State.NONE
        said = _("Không có, không phát sinh trong kỳ.") if none else _("Chưa có dòng nào.")
        self._empty.setText(said)
        self._empty.setVisible(not rows)
        self._none.setVisible(not rows and self._entry.closed is None)
        self._none.setText(_("Bỏ “không có”") if none else _("Không có"))

    def _follow_rows(self, ids: tuple[str, ...], first: int | None = None) -> None:
        """Lay out the rows that came at the end; all that are seen anew where anything else changed."""
        last = max(len(ids) - 1, 0) // TOGETHER * TOGETHER
        begin = min(self._first if first is None else first, last)
        together, before = ids[begin : begin + TOGETHER], self._together
        added = bool(before) and begin == self._first and together[: len(before)] == before
        self._shown, self._first, self._together = ids, begin, together
        if not added:
            self._begin_anew()
        elif down := self.findChild(QToolButton, f"arrow-down:{self.table.id}/{before[-1]}"):
            down.setEnabled(ids[-1] != before[-1])
        self._waiting += together[len(before) if added else 0 :]
        self._show_turner(len(ids))
        many = len(self._waiting) > FIRST_ROWS
        self._lay(EACH_TURN if many and self.isVisible() else self._at_once)
        self._at_once = FIRST_ROWS

    def _show_turner(self, count: int) -> None:
        if self._turner is None and count > TOGETHER:
            self._turner = RowTurner(self.table)
            self._turner.turned.connect(self._turn)
            self._box.insertWidget(2, self._turner)
        if self._turner is not None:
            self._turner.show_place(self._first, len(self._together), count)

    def _turn(self, by: int) -> None:
        """Show the rows before or after these."""
        self.commit()
        self._follow_rows(self._shown or (), self._first + by * TOGETHER)

    def _begin_anew(self) -> None:
        self._box.removeWidget(self._grid_holder)
        self._grid_holder.hide()
        self._grid_holder.deleteLater()
        self._grid_holder = QWidget()
        self.editors, self._waiting = [], []
        self._grid = QGridLayout(self._grid_holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(look.HALF)
        self._lay_heads(self._grid)
        self._box.insertWidget(1, self._grid_holder)
        self._grid_holder.setVisible(bool(self._shown))

    def _lay(self, count: int) -> None:
        """Lay out the next rows that wait, the others in turns of their own."""
        rows, known = {row.id: row for row in self._rows()}, len(self.editors)
        laid = self._first + len(self._together) - len(self._waiting)
        for place, id in enumerate(self._waiting[:count], laid + 1):
            if id in rows:
                self._lay_row(self._grid, place, rows[id])
        del self._waiting[:count]
        for part in self._grid_holder.findChildren(
            QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly
        ):
            if part.isHidden():
                part.show()  # at once, for the hand may be sent there; else the layout would show it later
        for editor in self.editors[known:]:
            self._show(editor)
        if self._waiting:
            self._grow.start()
        self.editors_changed.emit()

    def lay_to(self, key: str) -> None:
        """Lay out what waits, as far as the row of a cell; where it is not among those seen, turn to it."""
        row, ids = key.removeprefix(f"{self.table.id}/").partition("/")[0], self._shown or ()
        if row in ids and row not in self._together:
            self._follow_rows(ids, ids.index(row) // TOGETHER * TOGETHER)
        if row in self._waiting:
            self._lay(self._waiting.index(row) + 1)

    def _lay_heads(self, grid: QGridLayout) -> None:
        for place, column in enumerate(self.table.columns, 1):
            unit = f" ({column.type.unit})" if column.type.unit else ""
            head = words(column.label + unit, "muted")
            head.setMinimumWidth(width_of(self, _letters(column)))
            grid.addWidget(head, 0, place, Qt.AlignmentFlag.AlignBottom)
            grid.setColumnStretch(place, column.width)

    def _lay_row(self, grid: QGridLayout, place: int, row: Row) -> None:
        number = words(str(place), "muted")
        number.setMinimumWidth(look.PAGE)
        grid.addWidget(number, place, 0)
        for column_place, column in enumerate(self.table.columns, 1):
            grid.addWidget(self._cell(row.id, column.id, place), place, column_place)
        if self._entry.closed is None:
            grid.addLayout(self._row_buttons(place, row.id), place, len(self.table.columns) + 1)

    def _cell(self, row: str, column: str, place: int) -> Editor:
        found = self.table.column(column)
        name = _("{column}, dòng {number}").format(column=found.label, number=place)
        editor = editor_for(f"{self.table.id}/{row}/{column}", found.type, name)
        # A long choice must not make the table wider than the form: the columns' shares decide.
        editor.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        editor.setMinimumWidth(width_of(self, _letters(found)))
        editor.edited.connect(self._entry.enter)
        editor.undo_asked.connect(self._entry.undo_asked)
        editor.redo_asked.connect(self._entry.redo_asked)
        editor.block_pasted.connect(self._entry.block_pasted)
        editor.left.connect(self._left)
        if self._entry.closed is not None:
            close(editor)
        self.editors.append(editor)
        return editor

    def _left(self, key: str) -> None:
        for editor in self.editors:
            if editor.key == key and isinstance(editor, LineEditor):
                editor.mark(self._entry.fault(key) is not None)

    def _row_buttons(self, place: int, row: str) -> QHBoxLayout:
        box = QHBoxLayout()
        box.setSpacing(0)
        ways = (
            ("arrow-up", _("Chuyển dòng {number} lên"), partial(self._move, row, place - 2), place > 1),
            (
                "arrow-down",
                _("Chuyển dòng {number} xuống"),
                partial(self._move, row, place),
                place < len(self._rows()),
            ),
            ("trash-2", _("Xóa dòng {number}"), partial(self._remove, row), True),
        )
        for icon, told, act, possible in ways:
            button = small_button(icon, told.format(number=place))
            button.setObjectName(f"{icon}:{self.table.id}/{row}")
            button.setEnabled(possible)
            button.clicked.connect(act)
            box.addWidget(button)
        return box

    def add_row(self) -> None:
        """A new row at the end, and its first cell to type in."""
        row = self._entry.add_row(self.table.id)
        self.show_values()
        self.go_to(f"{self.table.id}/{row}/{self.table.columns[0].id}")

    def go_to(self, key: str) -> None:
        """Go to a cell."""
        self.lay_to(key)
        for editor in self.editors:
            if editor.key == key:
                focus(editor)

    def first(self) -> QWidget:
        """Where to go when the table itself is meant: its first cell, or the button for a first row."""
        if not self.editors:
            self._lay(1)
        return self.editors[0] if self.editors else self._add

    def _move(self, row: str, to: int, _checked: bool = False) -> None:
        self.commit()
        self._entry.move_row(self.table.id, row, to)

    def _remove(self, row: str, _checked: bool = False) -> None:
        self._entry.remove_row(self.table.id, row)

    def _toggle_none(self) -> None:
        none = self._entry.workspace.answers.value(self.table.id).state is State.NONE
        self._entry.set_state(self.table.id, State.BLANK if none else State.NONE)

    def commit(self) -> None:
        """Save typing that was not saved yet."""
        for editor in self.editors:
            editor.commit()
