"""One figure's row: label, editor, unit, last period's value and change, state menu, and what is to be said."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from dcs_desktop.core.form import Figure
from dcs_desktop.core.trouble import Finding
from dcs_desktop.core.values import BLANK, Kind, State
from dcs_desktop.i18n import _
from dcs_desktop.ui import figure_words as said
from dcs_desktop.ui import look
from dcs_desktop.ui.editors import DateEditor, Editor, LineEditor, close, editor_for, focus
from dcs_desktop.ui.entry import Entry
from dcs_desktop.ui.figure_details import FigureDetails
from dcs_desktop.ui.figure_menu import FigureMenu
from dcs_desktop.ui.small_parts import Ruled, ShortLines, show_sign, small_button, width_of, words

SINGLE_LETTERS: Final = 13
PAIR_LETTERS: Final = 9
UNIT_LETTERS: Final = 8
LAST_LETTERS: Final = 11
LABEL_LETTERS: Final = 9


def value_width(widget: QWidget) -> int:
    """How wide the column of editors is: a pair with its stroke."""
    return 2 * width_of(widget, PAIR_LETTERS) + look.WIDE


class FigureRow(Ruled):
    """One figure, answered in place."""

    def __init__(self, figure: Figure, entry: Entry) -> None:
        super().__init__()
        self.figure, self._entry = figure, entry
        self.editors: list[Editor] = []
        self.findings: tuple[Finding, ...] = ()
        self._reads: dict[str, QLabel] = {}
        self._details: FigureDetails | None = None
        self._mark = QLabel()
        self._unit = ShortLines(UNIT_LETTERS, Qt.AlignmentFlag.AlignLeft)
        self._last = ShortLines(LAST_LETTERS, Qt.AlignmentFlag.AlignRight)
        self._last_column: list[QWidget] = []
        self.menu = small_button(
            "ellipsis", _("Trạng thái, ghi chú của “{label}” (F4)").format(label=figure.label)
        )
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, look.HALF, 0, look.HALF)
        self._box.setSpacing(look.HALF)
        self._box.addLayout(self._top())
        self._add_wide_and_own()
        if self.editors:
            self.menu.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.show_values(())

    def _top(self) -> QHBoxLayout:
        box = QHBoxLayout()
        box.setSpacing(look.GAP)
        self._mark.setFixedSize(look.PAGE, look.PAGE)
        self.menu.setObjectName(f"menu:{self.figure.id}")
        self.menu.setEnabled(not self.figure.derived and self._entry.closed is None)
        self.menu.clicked.connect(self.open_menu)
        box.addWidget(self._mark)
        box.addWidget(self._label(), 1)
        if not self.figure.type.wide:
            box.addWidget(self._value_cell())
            box.addWidget(self._unit)
            box.addWidget(self._last)
            self._last_column.append(self._last)
        box.addWidget(self.menu)
        return box

    def _label(self) -> QLabel:
        covers = said.covers_text(self.figure)
        label = words(f"{self.figure.label}\n({covers})" if covers else self.figure.label, "")
        label.setToolTip(self.figure.guidance)
        label.setMinimumWidth(width_of(self, LABEL_LETTERS))
        return label

    def _value_cell(self) -> QWidget:
        cell = QWidget()
        box = QHBoxLayout(cell)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look.HALF)
        box.addStretch(1)
        for place, key in enumerate(said.main_keys(self.figure)):
            if place:
                box.addWidget(QLabel("/"))
            box.addWidget(self._value_widget(key))
        return cell

    def _value_widget(self, key: str) -> QWidget:
        if key not in said.typed_keys(self.figure):
            return self._reading(key)
        editor = self._editor(key)
        if isinstance(editor, DateEditor):
            editor.setFixedWidth(value_width(self))
        elif isinstance(editor, LineEditor):
            editor.setFixedWidth(width_of(self, PAIR_LETTERS if self.figure.pair else SINGLE_LETTERS))
        else:
            editor.setMaximumWidth(value_width(self))
        return editor

    def _editor(self, key: str) -> Editor:
        field = self._entry.workspace.form.fields[key]
        editor = editor_for(key, field.type, field.label)
        editor.edited.connect(self._entry.enter)
        editor.left.connect(self._left)
        editor.none_asked.connect(self._say_none)
        editor.undo_asked.connect(self._entry.undo_asked)
        editor.redo_asked.connect(self._entry.redo_asked)
        editor.block_pasted.connect(self._entry.block_pasted)
        editor.menu_asked.connect(self.menu.click)
        if self._entry.closed is not None:
            close(editor)
        self.editors.append(editor)
        return editor

    def _reading(self, key: str) -> QLabel:
        label = QLabel()
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setObjectName(key)
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setContentsMargins(0, 0, look.GAP, 0)
        font = label.font()
        font.setBold(True)
        label.setFont(font)
        self._reads[key] = label
        return label

    def _add_wide_and_own(self) -> None:
        """Under the row: a line of words as long as the page, and the unit's own part of a total."""
        form = self._entry.workspace.form
        if self.figure.type.wide and not said.is_rolled_up(self.figure):
            self._add_below("", self._editor(self.figure.id))
        if said.is_rolled_up(self.figure):
            for key in said.main_keys(self.figure):
                if f"{key}.own" in form.fields:
                    editor = self._editor(f"{key}.own")
                    editor.setFixedWidth(width_of(self, SINGLE_LETTERS))
                    self._add_below(said.own_label(self.figure, form.fields[f"{key}.own"].label), editor)

    def _add_below(self, label: str, editor: Editor) -> None:
        box = QHBoxLayout()
        box.setSpacing(look.GAP)
        if label:
            box.addWidget(words(label), 1)
            box.addWidget(editor)
            box.addSpacing(self._unit.width() + look.GAP)
            self._last_column.append(QWidget())
            self._last_column[-1].setFixedSize(self._last.width(), 1)
            box.addWidget(self._last_column[-1])
        else:
            editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            box.addWidget(editor)
        box.setContentsMargins(look.PAGE + look.GAP, 0, self.menu.sizeHint().width() + look.GAP, 0)
        self._box.addLayout(box)

    def show_last(self, shown: bool) -> None:
        """With last period's value beside the figure, or without it where there is no room."""
        for part in self._last_column:
            part.setVisible(shown)

    def open_menu(self) -> FigureMenu:
        """Offer the states of this figure, its note, and replacing its total."""
        menu = FigureMenu(self.figure, self._entry, self)
        menu.answered.connect(self.show_now)
        menu.line_asked.connect(self.open_line)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.menu.mapToGlobal(self.menu.rect().bottomLeft()))
        return menu

    def open_line(self, kind: str, key: str) -> None:
        """Open the line for a note, a reason or a replaced total under the row, and go to it."""
        self._lines().ask(kind, key)

    def _lines(self) -> FigureDetails:
        if self._details is None:
            self._details = FigureDetails(self.figure, self._entry)
            self._details.suggestion_chosen.connect(self._take_suggestion)
            self._details.stepped.connect(self._step_out)
            self._box.addWidget(self._details)
        return self._details

    def _step_out(self, by: int) -> None:
        """From a reason or note to the field after this figure, or back into the figure."""
        if by > 0:
            self.editors[-1].next_asked.emit()
        else:
            focus(self.editors[-1])

    def _take_suggestion(self, key: str, text: str) -> None:
        self._entry.enter(key, text)
        self.show_now(key)

    def _say_none(self, key: str) -> None:
        self._entry.set_state(key, State.NONE)
        self.show_now(key)

    def show_now(self, key: str) -> None:
        """Show a field's value at once, though the hand is in it: the hand asked for it."""
        for editor in self.editors:
            if editor.key == key:
                editor.replace_text(self._entry.text(key))

    def _left(self, _key: str) -> None:
        self.show_values(self.findings)

    def show_values(self, findings: tuple[Finding, ...]) -> None:
        """Show everything as it stands in the workspace, silently."""
        self.findings = findings
        for editor in self.editors:
            self._show_editor(editor)
        for key, label in self._reads.items():
            value = self._entry.workspace.figures.get(key, BLANK)
            label.setText(said.value_text(self.figure, self._entry.workspace.form, value))
        self.show_beside()
        busy = next((editor.key for editor in self.editors if editor.hasFocus()), "")
        if self._details is not None or self._speaks():
            self._lines().show_values(findings, busy)

    def _show_editor(self, editor: Editor) -> None:
        editor.show_text(self._entry.text(editor.key))
        if isinstance(editor, LineEditor):
            editor.mark(not editor.hasFocus() and self._entry.fault(editor.key) is not None)
            pending = self._entry.value(editor.key).state is State.PENDING
            hint = _("chưa có số liệu")
            if pending or editor.placeholderText() == hint:
                editor.setPlaceholderText(hint if pending else "")

    def _speaks(self) -> bool:
        """Whether there is anything to say under the row."""
        answers = self._entry.workspace.answers
        keys = [field.key for field in self.figure.fields]
        said_values = [answers.values[key] for key in keys if key in answers.values]
        remarks = any(value.note or value.state is State.PENDING for value in said_values)
        replaced = any(key.endswith(".override") and key in answers.values for key in keys)
        told = any(key in answers.drafts or self._entry.workspace.giver(key) is not None for key in keys)
        return bool(self.findings) or remarks or replaced or told

    def show_beside(self) -> None:
        """What stands beside the value: mark, unit, percentage, coverage, the earlier report's value, the change."""
        workspace = self._entry.workspace
        show_sign(self._mark, *said.mark_of(self.figure, workspace, self.findings))
        coverage, full = said.coverage_text(self.figure, workspace)
        percent = said.percent_text(self.figure, workspace)
        unit = "" if self.figure.type.kind in (Kind.PERCENT, Kind.YES_NO) else self.figure.type.unit
        self._unit.show_lines(unit, (percent, "muted"), (coverage, "muted" if full else "warning"))
        if coverage:
            words = _("Tổng hợp từ {coverage} đơn vị").format(coverage=coverage)
            self._unit.setToolTip("\n".join((words, *said.notes_of_totals(self.figure, workspace))))
        change = said.change_text(self.figure, workspace)
        self._last.show_lines(said.last_text(self.figure, workspace), (change, "muted"))
