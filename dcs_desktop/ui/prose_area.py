"""The field in which prose is typed: bold, italic, lists, linked figures, footnote marks, the clipboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from time import monotonic
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QPoint, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QShowEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QToolTip

from dcs_desktop.core.narrative import Link, Paragraph, Prose, plain
from dcs_desktop.core.text_check import LONGEST_ITEM
from dcs_desktop.ui import look, prose_lists
from dcs_desktop.ui import narrative_document as mapping
from dcs_desktop.ui.chips import Chip, chip_among, is_number
from dcs_desktop.ui.narrative_objects import Chips, Marks, draw_with
from dcs_desktop.ui.prose_doubts import Doubt, Look, Offered, Remarks, Slipped
from dcs_desktop.ui.prose_menu import menu_at, told_at
from dcs_desktop.ui.surroundings import Surroundings
from dcs_desktop.ui.word_typing import WordTyping

SAVE_AFTER_MS: Final = 1500
CHECK_AFTER_MS: Final = 700
# A look over a long text is taken in slices (seconds), with pauses for typing between them.
SLICE: Final = 0.03
GO_ON_MS: Final = 15
LINES_LEAST: Final = 4
LINES_MOST: Final = 22
# The keys of a text that is closed to typing.
STILL: Final = frozenset({"F4", "Ctrl+Return", "Ctrl+Shift+Return"})


class ProseArea(QTextEdit):
    """One text with its marks; it reports that it was edited, and keeps nothing."""

    edited = Signal()
    left = Signal()
    link_asked = Signal()
    note_asked = Signal()
    link_opened = Signal(str)
    display_asked = Signal(object)
    unlinked = Signal(int)
    table_pasted = Signal(object)
    refused = Signal(str)
    checked = Signal()
    undo_asked = Signal()
    redo_asked = Signal()
    next_asked = Signal()
    previous_asked = Signal()

    def __init__(self, surroundings: Surroundings, lines: int = LINES_LEAST) -> None:
        super().__init__()
        self.around = surroundings
        self._lines = lines
        self._waiting = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._waiting.timeout.connect(self.edited)
        self._checking = QTimer(self, singleShot=True)
        self._checking.timeout.connect(self.check_figures)
        self._typing = WordTyping(self)
        self.remarks = Remarks()
        self._looking: Look | None = None
        self._chips = Chips(surroundings.shown, self.palette, self)
        self._marks = Marks(surroundings.number, self.palette, self)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.document().setDocumentMargin(look.GAP)
        self.document().setIndentWidth(look.PAGE)
        draw_with(self.document(), self._chips, self._marks)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.textChanged.connect(self._note_typing)
        self._fit()

    def show_paragraphs(self, paragraphs: Sequence[Paragraph]) -> None:
        """Show these paragraphs, silently."""
        with QSignalBlocker(self):
            mapping.fill(self.document(), paragraphs)
        self._waiting.stop()
        self.remarks = Remarks()
        self._look_anew()

    def close_to_typing(self) -> None:
        """Let the text be read, selected and copied, and not changed."""
        reading = (
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.setReadOnly(True)
        self.setProperty("role", "reading")
        self.setTextInteractionFlags(reading)

    def paragraphs(self) -> tuple[Paragraph, ...]:
        """What stands in the field."""
        return mapping.paragraphs_of(self.document())

    def marks(self) -> tuple[str, ...]:
        """The ids of the footnotes in the order of their marks, each once."""
        found = (mapping.mark_of(form) for _place, form in mapping.objects(self.document()))
        return tuple(dict.fromkeys(id for id in found if id is not None))

    def commit(self) -> None:
        """Report typing that was not reported yet."""
        if self._waiting.isActive():
            self._waiting.stop()
            self.edited.emit()

    def follow(self) -> None:
        """Draw the linked figures and marks anew; their widths may have changed."""
        for position, _form in mapping.objects(self.document()):
            self.document().markContentsDirty(position, 1)
        self.viewport().update()
        self._look_anew()

    def check_figures(self) -> None:
        """Underline the figures that do not agree, and those that could be linked, where the text is seen."""
        if self.isVisible() and self.document().characterCount() <= LONGEST_ITEM:
            until = monotonic() + SLICE
            self._looking = self._looking or self._look()
            self._tell(self._looking.go_on(lambda: monotonic() < until))

    def look_over(self) -> Remarks:
        """Underline them now, and tell them; the text stays as it is."""
        self._tell(self._look().go_on())
        return self.remarks

    def _look(self) -> Look:
        typed = self.textCursor().position() if self.hasFocus() else -1
        return Look(self.document(), self.around.shown, self.around.doubts, self.around.offers, typed)

    def _tell(self, found: Remarks | None) -> None:
        if found is None:
            self._checking.start(GO_ON_MS)
            return
        self._looking, self.remarks = None, found
        self.setExtraSelections(found.underlines())
        self.checked.emit()

    def _look_anew(self) -> None:
        """Look over the text again, once it stands still."""
        self._looking = None
        self._checking.start(CHECK_AFTER_MS)

    def showEvent(self, event: QShowEvent) -> None:
        """A text is checked once it can be seen."""
        super().showEvent(event)
        self._look_anew()

    def toggle_bold(self) -> None:
        """Make the selection, or what is typed next, bold, or no longer."""
        form = QTextCharFormat()
        heavy = self.fontWeight() > QFont.Weight.Medium.value
        form.setFontWeight(QFont.Weight.Normal if heavy else QFont.Weight.Bold)
        self.mergeCurrentCharFormat(form)

    def toggle_italic(self) -> None:
        """Make the selection, or what is typed next, italic, or no longer."""
        form = QTextCharFormat()
        form.setFontItalic(not self.fontItalic())
        self.mergeCurrentCharFormat(form)

    def toggle_list(self) -> None:
        """Make the paragraphs of the selection entries of a list, or paragraphs again."""
        prose_lists.toggle_bullets(self.textCursor())

    def toggle_numbers(self) -> None:
        """Make them entries of a numbered list, or paragraphs again."""
        prose_lists.toggle_numbers(self.textCursor())

    def insert_link(self, link: Link) -> None:
        """Put a linked figure where the cursor is, in place of a selected number, behind other selected words."""
        cursor = self.textCursor()
        if cursor.hasSelection() and not is_number(cursor.selectedText()):
            cursor.setPosition(cursor.selectionEnd())
        self._put_link(cursor, link)
        self.setTextCursor(cursor)

    def _put_link(self, cursor: QTextCursor, link: Link) -> None:
        form = cursor.charFormat()
        heavy = form.fontWeight() > QFont.Weight.Medium.value
        mapping.insert_inline(cursor, replace(link, bold=heavy, italic=form.fontItalic()))

    def show_as(self, position: int, link: Link) -> None:
        """Let the linked figure at a position print otherwise."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
        if mapping.link_of(cursor.charFormat()) is not None:
            self._put_link(cursor, link)

    def correct(self, doubt: Doubt) -> None:
        """Put what was computed in place of what is stated, as a linked figure where it is one: one step to undo."""
        from dcs_desktop.core.link_offers import as_written

        if doubt.stated is None:
            return
        cursor, correction = QTextCursor(doubt.stated), doubt.said.correction
        link = as_written(doubt.said.key, correction, self.around.shown) if doubt.said.key else None
        if link is None:
            cursor.insertText(correction, cursor.charFormat())
        else:
            self._put_link(cursor, link)

    def accept_offer(self, offer: Offered, link: Link | None = None) -> None:
        """Put a linked figure in place of the number that equals it: one step to undo."""
        self._put_link(QTextCursor(offer.number), link or offer.links[0])
        self.check_figures()

    def offer_here(self) -> Offered | None:
        """The number at the cursor that could be linked; None where none is, or where the text was changed."""
        found = self.remarks.offer_at(self.textCursor().position())
        return None if found is None or not found.number.hasSelection() else found

    def select(self, passage: QTextCursor) -> None:
        """Select a passage and bring it into sight."""
        self.setTextCursor(QTextCursor(passage))
        self.ensureCursorVisible()

    def insert_mark(self, id: str) -> None:
        """Put the mark of a footnote where the cursor is, behind a selection."""
        cursor = self.textCursor()
        cursor.setPosition(cursor.selectionEnd())
        cursor.insertText(mapping.OBJECT, mapping.mark_format(id))
        self.setTextCursor(cursor)

    def _note_typing(self) -> None:
        self._look_anew()
        if not self._waiting.isActive():
            self._waiting.start()

    def _fit(self) -> None:
        """As high as the text, between a few lines and most of a screen."""
        line = self.fontMetrics().lineSpacing()
        edge = 2 * self.frameWidth() + 2 * round(self.document().documentMargin())
        wanted = round(self.document().size().height()) + 2 * self.frameWidth()
        height = max(self._lines * line + edge, min(wanted, LINES_MOST * line + edge))
        if height != self.height():
            self.setFixedHeight(height)

    def createMimeDataFromSelection(self) -> QMimeData:
        """The selection as the program's own prose and as plain letters."""
        from dcs_desktop.ui.narrative_paste import to_clipboard

        found = mapping.selected_paragraphs(self.textCursor())
        letters = plain(Prose(tuple(found)), self.around.shown)
        return to_clipboard(self.around.taken(found), letters, self.around.shown)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Whether there is prose in it."""
        from dcs_desktop.ui.narrative_paste import from_clipboard

        return source.hasText() or source.hasHtml() or from_clipboard(source) is not None

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste paragraphs, lists, bold and italic; fonts, sizes and pictures stay behind."""
        from dcs_desktop.ui.prose_paste import paste

        paste(self, source)

    def keyPressEvent(self, e: QKeyEvent) -> None:
        """The keys of prose; Enter is a paragraph here, Ctrl+Enter leads on."""
        if not self._prose_key(e):
            self._typing.press(e, super().keyPressEvent)

    def _prose_key(self, e: QKeyEvent) -> bool:
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+B": self.toggle_bold,
            "Ctrl+I": self.toggle_italic,
            "Ctrl+Shift+L": self.toggle_list,
            "Ctrl+Shift+N": self.toggle_numbers,
            "Ctrl+K": self.link_asked.emit,
            "Ctrl+Shift+K": self._accept_here,
            "Alt+Return": lambda: self._at_chip(self.display_asked.emit),
            "Alt+Enter": lambda: self._at_chip(self.display_asked.emit),
            "F4": lambda: self._at_chip(self._open),
            "Ctrl+Shift+F": self.note_asked.emit,
            "Ctrl+Return": self.next_asked.emit,
            "Ctrl+Enter": self.next_asked.emit,
            "Ctrl+Shift+Return": self.previous_asked.emit,
        }
        if self.isReadOnly():
            keys = {key: act for key, act in keys.items() if key in STILL}
        pressed = QKeySequence(e.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
        if pressed in keys:
            keys[pressed]()
            return True
        if e.matches(QKeySequence.StandardKey.Undo) and not self.document().isUndoAvailable():
            self.undo_asked.emit()
            return True
        if e.matches(QKeySequence.StandardKey.Redo) and not self.document().isRedoAvailable():
            self.redo_asked.emit()
            return True
        wanted = e.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.isReadOnly()
        return wanted and self._new_paragraph()

    def _accept_here(self) -> None:
        offer = self.offer_here()
        if offer is not None:
            self.accept_offer(offer)

    def _at_chip(self, act: Callable[[Chip], object]) -> None:
        chip = self.chip()
        if chip is not None:
            act(chip)

    def _open(self, chip: Chip) -> None:
        self.link_opened.emit(chip[1].key)

    def _new_paragraph(self) -> bool:
        cursor = self.textCursor()
        if cursor.currentList() is not None and cursor.block().length() == 1:
            prose_lists.leave(cursor)
        else:
            cursor.insertBlock(cursor.blockFormat())
            self.setTextCursor(cursor)
        self.ensureCursorVisible()
        return True

    def focusOutEvent(self, e: QFocusEvent) -> None:
        """Leaving the field reports what was typed."""
        super().focusOutEvent(e)
        if e.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()
            self.left.emit()

    def mouseDoubleClickEvent(self, e: QMouseEvent) -> None:
        """A double click on a linked figure opens it."""
        chip = self.chip_at(e.position().toPoint())
        if chip is None:
            super().mouseDoubleClickEvent(e)
        else:
            self.link_opened.emit(chip[1].key)

    def viewportEvent(self, event: QEvent) -> bool:
        """Pointing at a place of the text tells what stands there."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), told_at(self, event.pos()), self)
            return True
        return super().viewportEvent(event)

    def contextMenuEvent(self, e: QContextMenuEvent) -> None:
        """The usual menu, with what stands under the cursor first."""
        menu = menu_at(self, e.pos())
        menu.exec(e.globalPos())
        menu.deleteLater()

    def _position_at(self, point: QPoint) -> int:
        """The place in the text under a point, -1 for none."""
        place = point + QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        return self.document().documentLayout().hitTest(place.toPointF(), Qt.HitTestAccuracy.ExactHit)

    def doubt_at(self, point: QPoint) -> Doubt | None:
        """The figures under a point that do not agree."""
        return self.remarks.doubt_at(self._position_at(point))

    def offer_at(self, point: QPoint) -> Offered | None:
        """The number under a point that could be linked."""
        return self.remarks.offer_at(self._position_at(point))

    def slip_at(self, point: QPoint) -> Slipped | None:
        """The word under a point that cannot be a Vietnamese syllable."""
        return self.remarks.slip_at(self._position_at(point))

    def chip_at(self, point: QPoint) -> Chip | None:
        """The linked figure under a point, with its position."""
        position = self._position_at(point)
        return None if position < 0 else chip_among(self.document(), (position, position - 1))

    def chip(self) -> Chip | None:
        """The linked figure that is selected, or stands before or behind the cursor, with its position."""
        cursor = self.textCursor()
        return chip_among(
            self.document(), (cursor.selectionStart(), cursor.position() - 1, cursor.position())
        )
