"""The narrative of one item: its text, the buttons above it, its footnotes under it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dcs_desktop.core.citing import citation, is_citation
from dcs_desktop.core.narrative import Link, NoteMark, Paragraph, Prose, marks, read, write
from dcs_desktop.i18n import _
from dcs_desktop.ui import look
from dcs_desktop.ui.chips import Chip
from dcs_desktop.ui.entry import Entry
from dcs_desktop.ui.footnotes import NoteList, fresh_id, renamed
from dcs_desktop.ui.hint import Hint
from dcs_desktop.ui.prose_area import ProseArea
from dcs_desktop.ui.small_parts import small_button
from dcs_desktop.ui.surroundings import Surroundings

if TYPE_CHECKING:
    from dcs_desktop.core.doubts import Doubt
    from dcs_desktop.core.form import Table
    from dcs_desktop.core.link_offers import Known, Offer
    from dcs_desktop.core.passages import Passage
    from dcs_desktop.core.text_check import Facts


class NarrativeEditor(QWidget):
    """Prose typed under an item's prompt.

    ``link_asked`` carries the text that wants a linked figure, ``cursor_moved`` the one that is typed in.
    """

    link_asked = Signal(object)
    cursor_moved = Signal(object)
    next_asked = Signal()
    previous_asked = Signal()

    def __init__(self, item: str, entry: Entry, name: str, hint: str = "") -> None:
        super().__init__()
        self.item, self._entry = item, entry
        self._shown_markup = ""
        self._saving = False
        self._known_at: Facts | None = None
        self._equals: Known = {}
        self.hint = Hint()
        self.area = ProseArea(replace(self._around(self._taken, self._adopt), tables=self._tables))
        self.area.setObjectName(item)
        self.area.setAccessibleName(name)
        self.area.setPlaceholderText(hint)
        self.notes = NoteList(self._note_area)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look.HALF)
        if entry.closed is None:
            box.addLayout(self._buttons())
        box.addWidget(self.area)
        box.addWidget(self.notes)
        self._connect(self.area)
        self.area.note_asked.connect(self.add_note)
        self.area.textChanged.connect(self._follow_marks)
        self.notes.setVisible(False)
        self.show_values()

    def _around(
        self,
        taken: Callable[[Sequence[Paragraph]], Prose],
        adopt: Callable[[Prose], tuple[Paragraph, ...]],
    ) -> Surroundings:
        return Surroundings(
            self._printed,
            self._told,
            self._number,
            taken,
            adopt,
            named=self._named,
            known=self._known,
            doubts=self._doubts,
            offers=self._offers,
        )

    def _buttons(self) -> QHBoxLayout:
        box = QHBoxLayout()
        box.setSpacing(look.HAIR)
        box.addWidget(self.hint, 1)
        for icon, told, keys, act in (
            ("bold", _("Chữ đậm"), "Ctrl+B", self.area.toggle_bold),
            ("italic", _("Chữ nghiêng"), "Ctrl+I", self.area.toggle_italic),
            ("list", _("Danh sách"), "Ctrl+Shift+L", self.area.toggle_list),
            ("list-ordered", _("Danh sách đánh số"), "Ctrl+Shift+N", self.area.toggle_numbers),
            ("superscript", _("Thêm chú thích"), "Ctrl+Shift+F", self.add_note),
            ("link", _("Chèn số liệu liên kết"), "Ctrl+K", self._ask_link),
        ):
            button = small_button(icon, f"{told} ({keys})")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(act)
            box.addWidget(button)
        return box

    def _connect(self, area: ProseArea) -> None:
        if self._entry.closed is not None:
            area.close_to_typing()
        area.edited.connect(self._save)
        area.link_asked.connect(partial(self.link_asked.emit, area))
        area.cursorPositionChanged.connect(partial(self.cursor_moved.emit, area))
        area.cursorPositionChanged.connect(partial(self._show_offer, area))
        area.checked.connect(partial(self._show_offer, area))
        area.display_asked.connect(partial(self._ask_display, area))
        area.unlinked.connect(self._tell_unlinked)
        area.table_pasted.connect(self._entry.table_pasted)
        area.refused.connect(self._entry.refused)
        area.link_opened.connect(self._entry.jump_asked)
        area.undo_asked.connect(self._entry.undo_asked)
        area.redo_asked.connect(self._entry.redo_asked)
        area.next_asked.connect(self.next_asked)
        area.previous_asked.connect(self.previous_asked)

    def _ask_link(self) -> None:
        self.area.setFocus()
        self.link_asked.emit(self.area)

    def _ask_display(self, area: ProseArea, chip: Chip) -> None:
        """How a linked figure prints is asked; a citation is in full, or as its place in the report has it."""
        position, link = chip
        if is_citation(link.key):
            area.show_as(position, replace(link, form="value" if link.form == "full" else "full"))
            return
        from dcs_desktop.ui.link_display import ask_display

        ask_display(self._entry.workspace, area, chip)

    def _note_area(self, id: str) -> ProseArea:
        area = ProseArea(self._around(_without_notes, self._adopt_in_note), lines=1)
        area.setObjectName(f"{self.item}[^{id}]")
        area.setAccessibleName(_("Nội dung chú thích"))
        area.document().setDocumentMargin(look.HALF)
        self._connect(area)
        return area

    def show_values(self) -> None:
        """Show the narrative as it stands in the workspace, unless it is what was typed here."""
        markup = self._entry.workspace.answers.prose(self.item)
        if markup != self._shown_markup and not self._saving:
            self._shown_markup = markup
            prose = read(markup)
            self.area.show_paragraphs(prose.paragraphs)
            self.notes.show_notes(prose.notes, marks(prose))
        self.follow()

    def follow(self) -> None:
        """Draw the linked figures anew."""
        for area in self.areas():
            area.follow()

    def prose(self) -> Prose:
        """What stands in the editor; a footnote whose mark was deleted here is deleted with it."""
        paragraphs = self.area.paragraphs()
        return Prose(paragraphs, self.notes.kept(marks(Prose(paragraphs))))

    def commit(self) -> None:
        """Save typing that was not saved yet."""
        for area in self.areas():
            area.commit()

    def _save(self) -> None:
        self._shown_markup = write(self.prose())
        self._saving = True
        self._entry.write(self.item, self._shown_markup)
        self._saving = False

    def add_note(self) -> None:
        """Put a footnote's mark where the cursor is and go to its text."""
        id = fresh_id(self.notes.areas)
        area = self.notes.add(id, ())
        self.area.insert_mark(id)
        self._follow_marks()
        area.setFocus(Qt.FocusReason.OtherFocusReason)
        self.cursor_moved.emit(area)

    def _follow_marks(self) -> None:
        """The footnotes stand in the order of their marks; those without a mark are put away."""
        shown = self.area.marks()
        for id in shown:
            if id not in self.notes.areas:
                self.notes.add(id, ())
        if self.notes.arrange(shown):
            self.area.follow()

    def _printed(self, link: Link) -> str:
        return self._entry.workspace.facts.printed(link)

    def _known(self, link: Link) -> bool:
        return self._entry.workspace.form.can_link(link.key)

    def _tables(self) -> tuple[Table, ...]:
        """The tables that a pasted one may be meant for: the item's own, then the others of its section."""
        form = self._entry.workspace.form
        items = sorted(form.section_of(self.item).items, key=lambda item: item.id != self.item)
        return tuple(table for item in items for table in item.tables)

    def _named(self, link: Link) -> str:
        workspace = self._entry.workspace
        form = workspace.form
        if is_citation(link.key):
            return citation(form, workspace.answers, link.key, full=True)
        return form.figures[link.key].label if link.key in form.figures else form.label_of(link.key)

    def _told(self, link: Link) -> str:
        if not self._known(link):
            return _("Số liệu “{key}” không có trong mẫu báo cáo.").format(key=link.key)
        place = self._entry.workspace.form.place_of(link.key)
        return _("{label} (mục {place}). Nhấn đúp để xem.").format(label=self._named(link), place=place)

    def _doubts(self, passage: Passage) -> tuple[Doubt, ...]:
        """What is doubtful in a passage and was not accepted."""
        workspace = self._entry.workspace
        found = workspace.texts.doubts(self.item, passage, workspace.facts)
        return tuple(doubt for doubt in found if doubt.rule(self.item) not in workspace.answers.accepted)

    def _offers(self, passage: Passage) -> tuple[Offer, ...]:
        from dcs_desktop.core.link_offers import equals_of, offers

        if self._entry.closed is not None:
            return ()
        facts = self._entry.workspace.facts
        if self._known_at is not facts:
            self._known_at, self._equals = facts, equals_of(self.item, facts.form, facts.figures)
        return offers(passage, self.item, self._equals, self._printed)

    def _show_offer(self, area: ProseArea) -> None:
        """Say, quietly, that the number at the cursor could be a linked figure."""
        offer = area.offer_here() if area.window().focusWidget() is area else None
        if offer is None:
            self.hint.show_hint("")
            return
        link = offer.links[0]
        message = _("{number} bằng “{figure}” (mục {place}): Ctrl+Shift+K để liên kết")
        place = self._entry.workspace.form.place_of(link.key)
        number, figure = offer.number.selectedText(), self._named(link)
        self.hint.show_hint(message.format(number=number, figure=figure, place=place))

    def _tell_unlinked(self, count: int) -> None:
        message = _("{count} số liệu liên kết không có trong báo cáo này nên được dán thành chữ thường.")
        self._entry.refused.emit(message.format(count=count))

    def areas(self) -> tuple[ProseArea, ...]:
        """The text and its footnotes."""
        return (self.area, *self.notes.areas.values())

    def _number(self, id: str) -> int:
        return self.notes.number(id)

    def _taken(self, paragraphs: Sequence[Paragraph]) -> Prose:
        marked = marks(Prose(tuple(paragraphs)))
        return Prose(tuple(paragraphs), self.notes.kept(marked))

    def _adopt(self, prose: Prose) -> tuple[Paragraph, ...]:
        """The paragraphs of a pasted passage, its footnotes taken in under ids of their own."""
        prose = renamed(prose, self.area.marks(), self.notes.areas)
        for id, texts in prose.notes.items():
            self.notes.add(id, texts)
        return prose.paragraphs

    def _adopt_in_note(self, prose: Prose) -> tuple[Paragraph, ...]:
        """A footnote has no footnotes: marks in what is pasted into one are left out."""
        return tuple(
            replace(p, inlines=tuple(inline for inline in p.inlines if not isinstance(inline, NoteMark)))
            for p in prose.paragraphs
        )


def _without_notes(paragraphs: Sequence[Paragraph]) -> Prose:
    return Prose(tuple(paragraphs))
