"""The field in which prose is typed: bold, italic, lists, linked figures, footnote marks, the clipboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QPoint, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
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
from PySide6.QtWidgets import QFrame, QMenu, QTextEdit, QToolTip

from dcs_desktop.core.narrative import Link, Paragraph, Prose, plain
from dcs_desktop.i18n import _
from dcs_desktop.ui import look
from dcs_desktop.ui import narrative_document as mapping
from dcs_desktop.ui.narrative_objects import Chips, Marks, draw_with
from dcs_desktop.ui.narrative_paste import from_clipboard, to_clipboard
from dcs_desktop.ui.prose_doubts import Doubt, correct, doubts, underlines

SAVE_AFTER_MS: Final = 1500
CHECK_AFTER_MS: Final = 700
LINES_LEAST: Final = 4
LINES_MOST: Final = 22


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a prose field asks of the report around it.

    ``shown`` is what a linked figure prints, ``told`` what it is, in a sentence; ``number`` the number of
    a footnote; ``taken`` the footnotes' texts of a copied passage; ``adopt`` makes footnotes of a pasted one
    the field's own and answers its paragraphs.
    """

    shown: Callable[[Link], str]
    told: Callable[[Link], str]
    number: Callable[[str], int]
    taken: Callable[[Sequence[Paragraph]], Prose]
    adopt: Callable[[Prose], tuple[Paragraph, ...]]


def keys_told() -> tuple[tuple[str, str], ...]:
    """The keys of prose and what they do."""
    return (
        ("Ctrl+B", _("Chữ đậm")),
        ("Ctrl+I", _("Chữ nghiêng")),
        ("Ctrl+Shift+L", _("Danh sách")),
        ("Ctrl+K", _("Chèn số liệu liên kết")),
        ("Ctrl+Shift+F", _("Thêm chú thích")),
        ("Ctrl+Return", _("Ô sau")),
        ("Ctrl+Shift+Return", _("Ô trước")),
    )


class ProseArea(QTextEdit):
    """One text with its marks; it reports that it was edited, and keeps nothing."""

    edited = Signal()
    left = Signal()
    link_asked = Signal()
    note_asked = Signal()
    link_opened = Signal(str)
    undo_asked = Signal()
    redo_asked = Signal()
    next_asked = Signal()
    previous_asked = Signal()

    def __init__(self, surroundings: Surroundings, lines: int = LINES_LEAST) -> None:
        super().__init__()
        self._around = surroundings
        self._lines = lines
        self._waiting = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._waiting.timeout.connect(self.edited)
        self._checking = QTimer(self, singleShot=True, interval=CHECK_AFTER_MS)
        self._checking.timeout.connect(self.check_figures)
        self._doubts: tuple[Doubt, ...] = ()
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
        self._doubts = ()
        self._checking.start()

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
        self._checking.start()

    def check_figures(self) -> None:
        """Underline the figures that do not agree; the text stays as it is."""
        if self.isVisible():
            self._doubts = doubts(self.document(), self._around.shown)
            self.setExtraSelections(underlines(self._doubts))

    def showEvent(self, event: QShowEvent) -> None:
        """A text is checked once it can be seen."""
        super().showEvent(event)
        self._checking.start()

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
        cursor = self.textCursor()
        if cursor.currentList() is None:
            cursor.createList(mapping.bullets())
        else:
            self._leave_list(cursor)

    def insert_link(self, link: Link) -> None:
        """Put a linked figure where the cursor is."""
        cursor = self.textCursor()
        mapping.insert_inline(cursor, link)
        self.setTextCursor(cursor)

    def insert_mark(self, id: str) -> None:
        """Put the mark of a footnote where the cursor is, behind a selection."""
        cursor = self.textCursor()
        cursor.setPosition(cursor.selectionEnd())
        cursor.insertText(mapping.OBJECT, mapping.mark_format(id))
        self.setTextCursor(cursor)

    def _leave_list(self, cursor: QTextCursor) -> None:
        first = self.document().findBlock(cursor.selectionStart())
        last = self.document().findBlock(cursor.selectionEnd())
        cursor.beginEditBlock()
        block = first
        while block.isValid():
            if (entries := block.textList()) is not None:
                entries.remove(block)
            QTextCursor(block).setBlockFormat(mapping.paragraph_format())
            if block == last:
                break
            block = block.next()
        cursor.endEditBlock()

    def _note_typing(self) -> None:
        self._checking.start()
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
        found = mapping.selected_paragraphs(self.textCursor())
        return to_clipboard(self._around.taken(found), _letters(found, self._around))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Whether there is prose in it."""
        return source.hasText() or source.hasHtml() or from_clipboard(source) is not None

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste paragraphs, lists, bold and italic; fonts, sizes and pictures stay behind."""
        prose = from_clipboard(source)
        if prose is not None:
            cursor = self.textCursor()
            cursor.removeSelectedText()
            mapping.insert(cursor, self._around.adopt(prose))
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def keyPressEvent(self, e: QKeyEvent) -> None:
        """The keys of prose; Enter is a paragraph here, Ctrl+Enter leads on."""
        if not self._prose_key(e):
            super().keyPressEvent(e)

    def _prose_key(self, e: QKeyEvent) -> bool:
        keys = {
            "Ctrl+B": self.toggle_bold,
            "Ctrl+I": self.toggle_italic,
            "Ctrl+Shift+L": self.toggle_list,
            "Ctrl+K": self.link_asked.emit,
            "Ctrl+Shift+F": self.note_asked.emit,
            "Ctrl+Return": self.next_asked.emit,
            "Ctrl+Enter": self.next_asked.emit,
            "Ctrl+Shift+Return": self.previous_asked.emit,
        }
        if self.isReadOnly():
            keys = {combination: act for combination, act in keys.items() if "Return" in combination}
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

    def _new_paragraph(self) -> bool:
        cursor = self.textCursor()
        if cursor.currentList() is not None and cursor.block().length() == 1:
            self._leave_list(cursor)
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
        link = self._link_at(e.position().toPoint())
        if link is None:
            super().mouseDoubleClickEvent(e)
        else:
            self.link_opened.emit(link.key)

    def viewportEvent(self, event: QEvent) -> bool:
        """Pointing at a linked figure tells which one it is; at figures that do not agree, what was computed."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            link, doubt = self._link_at(event.pos()), self._doubt_at(event.pos())
            told = [] if link is None else [self._around.told(link)]
            told += [] if doubt is None else [doubt.message]
            QToolTip.showText(event.globalPos(), "\n".join(told), self)
            return True
        return super().viewportEvent(event)

    def contextMenuEvent(self, e: QContextMenuEvent) -> None:
        """The usual menu, with the linked figure and the doubtful figures under the cursor first."""
        menu = self.menu_at(e.pos())
        menu.exec(e.globalPos())
        menu.deleteLater()

    def menu_at(self, point: QPoint) -> QMenu:
        """The menu of a place of the text."""
        menu = self.createStandardContextMenu()
        first = menu.actions()[0]
        self._offer_correction(menu, first, point)
        link = self._link_at(point) or self._link_beside()
        if link is not None:
            key = link.key
            open_it = menu.addAction(_("Xem số liệu liên kết"))
            open_it.triggered.connect(lambda: self.link_opened.emit(key))
            menu.insertAction(first, open_it)
            menu.insertSeparator(first)
        return menu

    def _offer_correction(self, menu: QMenu, first: QAction, point: QPoint) -> None:
        doubt = self._doubt_at(point)
        if doubt is not None and doubt.correction is not None and not self.isReadOnly():
            offer = menu.addAction(_("Sửa thành {number}").format(number=doubt.correction))
            offer.triggered.connect(partial(correct, doubt))
            menu.insertAction(first, offer)
            menu.insertSeparator(first)

    def _position_at(self, point: QPoint) -> int:
        """The place in the text under a point, -1 for none."""
        place = point + QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        return self.document().documentLayout().hitTest(place.toPointF(), Qt.HitTestAccuracy.ExactHit)

    def _doubt_at(self, point: QPoint) -> Doubt | None:
        position = self._position_at(point)
        return next((doubt for doubt in self._doubts if doubt.holds(position)), None)

    def _link_at(self, point: QPoint) -> Link | None:
        position = self._position_at(point)
        return None if position < 0 else self._link_on(position)

    def _link_on(self, position: int) -> Link | None:
        """The linked figure whose character stands at or before a position."""
        for place in (position + 1, position):
            cursor = QTextCursor(self.document())
            cursor.setPosition(min(place, self.document().characterCount() - 1))
            if link := mapping.link_of(cursor.charFormat()):
                return link
        return None

    def _link_beside(self) -> Link | None:
        return mapping.link_of(self.textCursor().charFormat())


def _letters(paragraphs: Sequence[Paragraph], around: Surroundings) -> str:
    return plain(Prose(tuple(paragraphs)), around.shown)
