"""One editor per kind of value: it shows text and reports text, and does not parse, check or save."""

from __future__ import annotations

from typing import Final, assert_never

from PySide6.QtCore import QDate, QEvent, QLocale, QMimeData, QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QCalendarWidget,
    QComboBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QWidget,
    QWidgetAction,
)

from dcs_desktop.core.several import SEVERAL, parted
from dcs_desktop.core.values import FieldType, Kind, Value, parse
from dcs_desktop.i18n import _, current_language
from dcs_desktop.ui import look

PAUSE_MS: Final = 1800
CALENDAR_LETTERS: Final = 52
# What a line of text holds.
LONGEST: Final = 32_767
ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LineEditor(QLineEdit):
    """A line of text. What the form shows while the hand is in it waits until the field is left."""

    edited = Signal(str, str)
    left = Signal(str)
    entered = Signal(str)
    next_asked = Signal()
    previous_asked = Signal()
    none_asked = Signal(str)
    undo_asked = Signal()
    redo_asked = Signal()
    menu_asked = Signal()
    block_pasted = Signal(str)

    def __init__(self, key: str, name: str) -> None:
        super().__init__()
        self.key = key
        self._shown = ""
        self._reported = ""
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.report)
        self.setObjectName(key)
        self.setAccessibleName(name)
        self.textEdited.connect(self._wait)

    def _wait(self, _typed: str) -> None:
        """What is typed without a pause is reported all the same: a kill costs no more than the last seconds (R1)."""
        if not self._pause.isActive():
            self._pause.start()

    def show_text(self, text: str) -> None:
        """Show a value, silently; while the field has the focus it waits until that leaves."""
        self._shown = text
        if not self.hasFocus():
            self._take_shown()

    def replace_text(self, text: str) -> None:
        """Show a value at once: the user asked for it by menu, key or button."""
        self._shown = text
        self._take_shown()

    def _take_shown(self) -> None:
        self._pause.stop()
        self._reported = self._shown
        if self.text() != self._shown:
            with QSignalBlocker(self):
                self.setText(self._shown)
            self.setCursorPosition(0)

    def commit(self) -> None:
        """Report what was typed, and show what became of it."""
        self.report()
        self._take_shown()

    def report(self) -> None:
        """Report what was typed and not reported yet."""
        self._pause.stop()
        if self.text() != self._reported:
            self._reported = self.text()
            self._shown = self.text()
            self.edited.emit(self.key, self.text())

    def mark(self, fault: bool) -> None:
        """Mark the text as one that could not be read, or no longer."""
        if bool(self.property("fault")) != fault:
            self.setProperty("fault", fault)
            self.style().unpolish(self)
            self.style().polish(self)

    def focusInEvent(self, arg__1: QFocusEvent) -> None:
        """Coming by key selects the whole, so that typing replaces it."""
        super().focusInEvent(arg__1)
        if arg__1.reason() == Qt.FocusReason.OtherFocusReason:
            self.selectAll()
        self.entered.emit(self.key)

    def focusOutEvent(self, arg__1: QFocusEvent) -> None:
        """Leaving the field commits it."""
        super().focusOutEvent(arg__1)
        if arg__1.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()
            self.left.emit(self.key)

    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        """Enter leads on, Shift+Enter back, Ctrl+0 says none, F4 opens the states; Ctrl+Z undoes typing first."""
        if not self._form_key(arg__1):
            super().keyPressEvent(arg__1)

    def _form_key(self, event: QKeyEvent) -> bool:
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in ENTER:
            (self.previous_asked if shift else self.next_asked).emit()
        elif event.key() == Qt.Key.Key_0 and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            if not self.isReadOnly():
                self.none_asked.emit(self.key)
        elif event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable():
            self.undo_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable():
            self.redo_asked.emit()
        elif event.key() == Qt.Key.Key_F4:
            self.menu_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Paste) and not self.isReadOnly():
            self.paste_cells()
        else:
            return False
        return True

    def contextMenuEvent(self, arg__1: QContextMenuEvent) -> None:
        """The usual menu; pasting by it is the same as by key."""
        menu = self.createStandardContextMenu()
        for action in menu.actions():
            if action.objectName() == "edit-paste":
                action.triggered.disconnect()
                action.triggered.connect(self.paste_cells)
        menu.exec(arg__1.globalPos())
        menu.deleteLater()

    def paste_cells(self) -> None:
        """Paste: one cell is typed text, a block of cells is asked about first."""
        data = QGuiApplication.clipboard().mimeData()
        if holds_block(data, lines=not isinstance(self, TextEditor)):
            self.block_pasted.emit(self.key)
        else:
            self.insert(data.text().strip("\r\n"))


def keys_told() -> tuple[tuple[str, str], ...]:
    """The keys of every field and what they do."""
    return (
        ("Enter", _("Ô sau")),
        ("Shift+Enter", _("Ô trước")),
        ("Ctrl+0", _("Không có, không phát sinh")),
        ("F4", _("Trạng thái, ghi chú của số liệu")),
        ("Alt+Down", _("Mở lịch, mở danh sách lựa chọn")),
    )


class NumberEditor(LineEditor):
    """A number, right-aligned; any text may stand in it until it is read."""

    def __init__(self, key: str, name: str) -> None:
        super().__init__(key, name)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)


class TextEditor(LineEditor):
    """A line of words."""


class DateEditor(LineEditor):
    """A day, typed as day/month/year or taken from a calendar."""

    def __init__(self, key: str, name: str) -> None:
        super().__init__(key, name)
        self.setPlaceholderText(_("ngày/tháng/năm"))
        opener = self.addAction(look.icon("calendar", "muted"), QLineEdit.ActionPosition.TrailingPosition)
        opener.setToolTip(_("Chọn ngày trong lịch (Alt+mũi tên xuống)"))
        opener.setShortcut(QKeySequence("Alt+Down"))
        opener.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        opener.triggered.connect(self._open_calendar)

    def _open_calendar(self) -> None:
        menu = QMenu(self)
        calendar = QCalendarWidget()
        calendar.setLocale(QLocale(current_language()))
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setMinimumWidth(CALENDAR_LETTERS * calendar.fontMetrics().horizontalAdvance("0"))
        typed = QDate.fromString(self.text(), "dd/MM/yyyy")
        if typed.isValid():
            calendar.setSelectedDate(typed)
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(calendar)
        menu.addAction(holder)
        calendar.activated.connect(self._take_day)
        calendar.clicked.connect(self._take_day)
        calendar.clicked.connect(menu.close)
        menu.exec(self.mapToGlobal(self.rect().bottomLeft()))
        menu.deleteLater()

    def _take_day(self, day: QDate) -> None:
        with QSignalBlocker(self):
            self.setText(day.toString("dd/MM/yyyy"))
        self.report()


class ChoicesEditor(LineEditor):
    """Any of a list, typed one after another with ";" between them, or ticked in the list that opens."""

    def __init__(self, key: str, name: str, type: FieldType) -> None:
        super().__init__(key, name)
        self._type = type
        self.setPlaceholderText(_("chọn một hoặc nhiều"))
        opener = self.addAction(look.icon("list-checks", "muted"), QLineEdit.ActionPosition.TrailingPosition)
        opener.setToolTip(_("Đánh dấu trong danh sách (Alt+mũi tên xuống)"))
        opener.setShortcut(QKeySequence("Alt+Down"))
        opener.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        opener.triggered.connect(self._open_list)

    def _open_list(self) -> None:
        menu = QMenu(self)
        holder = QWidgetAction(menu)
        self.list = self._ticked()
        holder.setDefaultWidget(self.list)
        menu.addAction(holder)
        QTimer.singleShot(0, self.list.setFocus)
        menu.exec(self.mapToGlobal(self.rect().bottomLeft()))
        menu.deleteLater()

    def _ticked(self) -> QListWidget:
        """The list with a box before each choice; a change of one is said at once."""
        made = QListWidget()
        made.setAccessibleName(self.accessibleName())
        value = parse(self._type, self.text())
        chosen = parted(value.content) if isinstance(value, Value) else ()
        for choice in self._type.choices:
            line = QListWidgetItem(choice.label, made)
            line.setCheckState(Qt.CheckState.Checked if choice.id in chosen else Qt.CheckState.Unchecked)
        made.setCurrentRow(0)
        made.setMinimumWidth(max(self.width(), made.sizeHintForColumn(0) + 4 * look.GAP))
        made.setFixedHeight(made.sizeHintForRow(0) * made.count() + 2 * look.GAP)
        made.itemChanged.connect(lambda _line: self._take_ticked(made))
        return made

    def _take_ticked(self, ticked: QListWidget) -> None:
        lines = (ticked.item(place) for place in range(ticked.count()))
        labels = [line.text() for line in lines if line.checkState() is Qt.CheckState.Checked]
        with QSignalBlocker(self):
            self.setText(f"{SEVERAL} ".join(labels))
        self.report()


class ChoiceEditor(QComboBox):
    """One of a few answers; the first line is no answer yet."""

    edited = Signal(str, str)
    left = Signal(str)
    entered = Signal(str)
    next_asked = Signal()
    previous_asked = Signal()
    none_asked = Signal(str)
    undo_asked = Signal()
    redo_asked = Signal()
    menu_asked = Signal()
    block_pasted = Signal(str)

    def __init__(self, key: str, name: str, labels: tuple[str, ...]) -> None:
        super().__init__()
        self.key = key
        self.setObjectName(key)
        self.setAccessibleName(name)
        self.addItems(["", *labels])
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(min(max(map(len, labels), default=4), 24))
        self.textActivated.connect(self._report)
        self.installEventFilter(self)

    def _report(self, text: str) -> None:
        self.edited.emit(self.key, text)

    def show_text(self, text: str) -> None:
        """Show an answer, silently; one that is not in the list is added to it."""
        with QSignalBlocker(self):
            if self.findText(text) < 0:
                self.addItem(text)
            self.setCurrentIndex(self.findText(text))

    def replace_text(self, text: str) -> None:
        """Show an answer at once."""
        self.show_text(text)

    def commit(self) -> None:
        """Nothing waits: an answer is reported when it is chosen."""

    def report(self) -> None:
        """Nothing waits: an answer is reported when it is chosen."""

    def mark(self, fault: bool) -> None:
        """A chosen answer can always be read."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The wheel scrolls the page and does not change an answer by the way."""
        if event.type() == QEvent.Type.Wheel and not self.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def focusInEvent(self, e: QFocusEvent) -> None:
        """Tell that the field was entered."""
        super().focusInEvent(e)
        self.entered.emit(self.key)

    def focusOutEvent(self, e: QFocusEvent) -> None:
        """Tell that the field was left."""
        super().focusOutEvent(e)
        self.left.emit(self.key)

    def keyPressEvent(self, e: QKeyEvent) -> None:
        """Enter leads on, Shift+Enter back, Ctrl+Z undoes, Delete takes the answer away."""
        if e.key() in ENTER:
            back = e.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.previous_asked if back else self.next_asked).emit()
        elif e.matches(QKeySequence.StandardKey.Undo):
            self.undo_asked.emit()
        elif e.key() == Qt.Key.Key_F4:
            self.menu_asked.emit()
        elif e.matches(QKeySequence.StandardKey.Paste):
            self.block_pasted.emit(self.key)
        elif e.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.setCurrentIndex(0)
            self.edited.emit(self.key, "")
        else:
            super().keyPressEvent(e)


Editor = LineEditor | ChoiceEditor


def holds_block(data: QMimeData, *, lines: bool) -> bool:
    """Whether a clipboard holds more than one cell, or ``lines`` that are cells, or more than a field can show."""
    text = data.text().strip("\r\n")
    if "\t" in text or (lines and "\n" in text) or len(text) > LONGEST:
        return True
    return data.hasHtml() and data.html().lower().count("<td") > 1


def editor_for(key: str, type: FieldType, name: str) -> Editor:
    """The editor of a field: ``name`` is what a screen reader says."""
    match type.kind:
        case Kind.COUNT | Kind.DECIMAL | Kind.MONEY | Kind.AREA | Kind.PERCENT | Kind.SCORE | Kind.RANK:
            return NumberEditor(key, name)
        case Kind.YES_NO:
            return ChoiceEditor(key, name, ("Có", "Không"))
        case Kind.CHOICE:
            return ChoiceEditor(key, name, tuple(choice.label for choice in type.choices))
        case Kind.CHOICES:
            return ChoicesEditor(key, name, type)
        case Kind.DATE:
            return DateEditor(key, name)
        case Kind.TEXT | Kind.PROSE:
            return TextEditor(key, name)
        case other:
            assert_never(other)


def close(editor: Editor) -> None:
    """Let an editor show its value and take none; its text can still be selected and copied."""
    if isinstance(editor, LineEditor):
        editor.setReadOnly(True)
        for action in editor.actions():
            action.setVisible(False)
    else:
        editor.setEnabled(False)


def focus(editor: QWidget) -> None:
    """Go to an editor as a key does: all of its text selected."""
    editor.setFocus(Qt.FocusReason.OtherFocusReason)
