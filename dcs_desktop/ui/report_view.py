"""The report window: assembles outline, forms and side pane over one open report."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from dcs_desktop.core.form import Section
from dcs_desktop.core.progress import whole
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.ui import passages, report_keys
from dcs_desktop.ui.closed_report import ClosedNotice
from dcs_desktop.ui.columns import Columns
from dcs_desktop.ui.editors import ChoiceEditor, LineEditor
from dcs_desktop.ui.entry import Entry
from dcs_desktop.ui.form_page import FormPage
from dcs_desktop.ui.hand import first_shown
from dcs_desktop.ui.making import column
from dcs_desktop.ui.outline import Outline
from dcs_desktop.ui.prose_area import ProseArea
from dcs_desktop.ui.report_bar import ReportBar
from dcs_desktop.ui.side_pane import SidePane
from dcs_desktop.ui.status_line import SavedRelay, StatusLine
from dcs_desktop.ui.tasks import Worker

if TYPE_CHECKING:
    from dcs_desktop.printing import Stretch
    from dcs_desktop.ui.hand import Hand
    from dcs_desktop.ui.live_page import LivePage
    from dcs_desktop.workspace import Outcome, Workspace

USUAL_POINTS: Final = 10.0
SETTLE_MS: Final = 120


class ReportView(QWidget):
    """One open report: fill, check, and ask for what the window around it does.

    ``preview_asked`` carries the item to open the preview at, ``saved`` the moment since when everything typed is on
    the disk; ``amendment_asked`` goes on from a report that can only be looked at, ``renamed`` to another revision.
    """

    preview_asked = Signal(str)
    print_asked = Signal()
    save_asked = Signal()
    export_asked = Signal()
    letterhead_asked = Signal()
    back_asked = Signal()
    amendment_asked = Signal()
    renamed = Signal()
    saved = Signal(object)

    def __init__(self, workspace: Workspace, worker: Worker | None = None) -> None:
        super().__init__()
        self.workspace = workspace
        self._worker = worker or Worker(self)
        self.entry = Entry(workspace, self)
        self.bar = ReportBar(workspace.identity)
        self.notice = ClosedNotice()
        self.outline = Outline(workspace)
        self.pages = QStackedWidget()
        self.side = SidePane(workspace, self._worker)
        self.status = StatusLine()
        self._form, self._identity = workspace.form, workspace.identity
        self._built: dict[str, FormPage] = {}
        self._stale: dict[str, set[str]] = {}
        self.columns = Columns(self.bar, self.outline, self.pages, self.side, self._live_page)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._show_around)
        self._lay_out()
        self._connect()
        report_keys.tie(self)
        self._listen()
        self._show_closed()
        self._show_around()
        self.fill_place(next(iter(workspace.form.items), ""))
        self._reading = passages.TextReading(workspace, self, self._settle.start)

    def _lay_out(self) -> None:
        box = column(self.bar, self.notice, self.columns.split, self.status, gap=0)
        box.setStretch(2, 1)
        self.setLayout(box)

    def _connect(self) -> None:
        self.entry.refused.connect(self.status.show_failed)
        self.entry.changed.connect(self._show_changed)
        self.entry.jump_asked.connect(self.go_to)
        self.entry.form_changed.connect(self._follow_form)
        self.entry.undo_asked.connect(self.undo)
        self.entry.redo_asked.connect(self.redo)
        self.outline.looked_at.connect(self.show_place)
        self.outline.chosen.connect(self.fill_place)
        self.side.findings.jump_asked.connect(self.go_to)
        self.side.findings.passage_asked.connect(partial(passages.show, self))
        self.side.findings.correction_asked.connect(partial(passages.correct, self))
        self.side.findings.accepted.connect(self.entry.accept)
        self.side.last.chosen.connect(self._show_beside)
        self.side.quoted.connect(partial(passages.quote, self))
        self.notice.asked.connect(self.amendment_asked)
        program = QApplication.instance()
        if isinstance(program, QApplication):
            program.focusChanged.connect(self._follow_focus)
        bar = self.bar
        bar.back_asked.connect(partial(self.committed, self.back_asked.emit))
        bar.print_asked.connect(partial(self.committed, self.print_asked.emit))
        bar.export_asked.connect(partial(self.committed, self.export_asked.emit))
        bar.letterhead_asked.connect(partial(self.committed, self.letterhead_asked.emit))
        bar.preview_asked.connect(self._ask_preview)
        bar.check_asked.connect(self.check)
        bar.undo_asked.connect(self.undo)
        bar.redo_asked.connect(self.redo)

    def _listen(self) -> None:
        relay = SavedRelay()
        relay.saved.connect(self._show_saved)
        relay.failed.connect(self.status.show_failed)
        self.workspace.on_saved = relay.saved.emit
        self.workspace.on_failed = relay.failed.emit
        self._relay = relay

    def _show_saved(self, moment: datetime) -> None:
        self.status.show_saved(moment)
        self.saved.emit(moment)

    # The way through the report

    @property
    def page(self) -> FormPage | None:
        """The form that is being filled."""
        current = self.pages.currentWidget()
        return current if isinstance(current, FormPage) else None

    def go_to(self, key: str) -> None:
        """Go to a section, item, field, cell or table; a key the form does not know leads nowhere."""
        section = self._section_of(key)
        if section is None:
            return
        page = self.show_section(section)
        if not page.go_to(key):
            page.go_to_end(1)
        named = self.workspace.form.item_of.get(key.partition("/")[0], "")
        self.outline.go_to(section.id, named or page.item_at(QApplication.focusWidget()))

    def go_to_printed(self, stretch: Stretch) -> None:
        """Go to what is printed there: a figure, the row of a table, the paragraph of a narrative."""
        key = stretch.key or stretch.place
        self.go_to(key)
        if self.page is not None and key in self.workspace.form.items:
            self.page.put_hand(stretch)

    def show_place(self, id: str) -> None:
        """Show a section or item of the outline from its beginning."""
        section = self._section_of(id)
        if section is not None:
            item = id if id in self.workspace.form.items else section.items[0].id
            self.show_section(section).show_item(item)
            self.outline.go_to(section.id, id)
            self.side.show_item(item)

    def fill_place(self, id: str) -> None:
        """Show a section or item from its beginning, the hand in its first field."""
        self.show_place(id)
        if self.page is not None:
            self.page.enter_item(id)

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Outline and side pane show the item that the hand is in."""
        page = self.page
        item = "" if page is None else page.item_at(now)
        if page is not None and item and item != self.side.item:
            self.outline.go_to(page.section.id, item)
            self.side.show_item(item)

    def _section_of(self, key: str) -> Section | None:
        form = self.workspace.form
        named = next((section for section in form.sections if section.id == key), None)
        if named is not None:
            return named if named.items else self._first_under(named)
        try:
            return form.section_of(key)
        except KeyError:
            return None

    def _first_under(self, section: Section) -> Section | None:
        sections = self.workspace.form.sections
        after = sections[sections.index(section) + 1 :]
        return next((below for below in after if below.items), None)

    def show_section(self, section: Section) -> FormPage:
        """Show the form of a section, built at the first time."""
        current = self.page
        if current is not None and current.section.id == section.id:
            return current
        self.commit()
        if section.id not in self._built:
            self._build(section)
        page = self._built[section.id]
        page.show_values(frozenset(self._stale.pop(section.id, ())))
        if current is not None:
            current.let_hand_go()
        self.pages.setCurrentWidget(page)
        self.outline.go_to(section.id, "")
        self.side.show_section(section)
        return page

    def _build(self, section: Section) -> None:
        page = FormPage(section, self.entry)
        page.past_end.connect(self.turn)
        page.link_asked.connect(self._offer_links)
        self._built[section.id] = page
        self.pages.addWidget(page)

    def _offer_links(self, area: ProseArea) -> None:
        from dcs_desktop.ui.link_search import offer_links

        offer_links(self.workspace, area)

    def turn(self, by: int) -> None:
        """Go to the section after or before, at the field where the hand comes in."""
        filled = [section for section in self.workspace.form.sections if section.items]
        current = self.page
        place = by - 1 if current is None else filled.index(current.section) + by
        if 0 <= place < len(filled):
            self.show_section(filled[place]).go_to_end(by)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the right pane where there is no room for it, and open it again where there is."""
        super().resizeEvent(event)
        self.columns.fit(event.size().width() * USUAL_POINTS / self.font().pointSizeF())

    def _live_page(self) -> LivePage:
        """The printed page beside the form, which follows the hand."""
        from dcs_desktop.ui.live_page import LivePage

        live = LivePage(self.workspace, self._worker, self.hand)
        live.place_asked.connect(self.go_to_printed)
        live.whole_asked.connect(self._ask_preview)
        live.closed.connect(self.bar.live.toggle)
        return live

    def let_go(self) -> None:
        """Call off what is under way: the report is closed."""
        if self.columns.live is not None:
            self.columns.live.let_go()

    def hand(self) -> Hand | None:
        """Where the hand is, and what it is typing; None when it is in no item."""
        return None if self.page is None else self.page.hand_at(QApplication.focusWidget())

    # What changed

    def _show_changed(self, keys: Iterable[str]) -> None:
        changed = frozenset(keys)
        for id, page in self._built.items():
            if page is self.page:
                page.show_values(changed)
            else:
                self._stale.setdefault(id, set()).update(changed)
        self._settle.start()
        if self.columns.live is not None:
            self.columns.live.wait()
        if self._identity != self.workspace.identity:
            self._identity = self.workspace.identity
            self.bar.show_identity(self._identity)
            self.renamed.emit()

    def _show_beside(self) -> None:
        for page in self._built.values():
            page.show_beside()

    def _show_around(self) -> None:
        """Outline, findings and progress, once the hand rests."""
        self.outline.show_progress()
        self.side.findings.show_findings()
        self.status.show_progress(whole(self.workspace.progress))

    def refresh(self) -> None:
        """Show everything as it stands in the workspace: it was changed from outside this view."""
        form, turned = self.workspace.form, self.entry.ask_anew()
        if form is not self._form or turned:
            self._show_closed()
            self._word_anew()
        self._show_changed({*form.fields, *form.items, *form.tables})

    def _follow_form(self, key: str) -> None:
        """The unit added something of its own, or took it away: built anew, the hand in it."""
        self.refresh()
        if key in self.workspace.form.item_of:
            self.go_to(key)

    def _show_closed(self) -> None:
        """Say whether the report can be changed."""
        self.notice.show_closed(self.entry.closed)
        self.bar.show_closed(self.entry.closed is not None, self.workspace.file.read_only)
        self.side.findings.acceptance.closed = self.entry.closed is not None

    def _word_anew(self) -> None:
        """Build the forms again: the unit's own words for places are other ones now, or who may type is."""
        here = self.place_here()
        self._form = self.workspace.form
        for page in self._built.values():
            self.pages.removeWidget(page)
            page.deleteLater()
        self._built.clear()
        self._stale.clear()
        self.outline.show_form()
        self.fill_place(here)

    def field_here(self) -> str:
        """The field that the hand is in, else the item or section that is seen."""
        return (self.page and self.page.key_at(self.focusWidget())) or self.place_here()

    def place_here(self) -> str:
        """The item that the hand is in, or the section that is seen."""
        page = self.page
        if page is None:
            return ""
        return page.item_at(self.focusWidget()) or page.section.id

    # What is asked for

    def commit(self) -> None:
        """Take what is being typed, composed letters too, before anything is done with the report."""
        QGuiApplication.inputMethod().commit()
        focused = QApplication.focusWidget()
        if isinstance(focused, LineEditor | ProseArea) and self.isAncestorOf(focused):
            focused.commit()
        if self.page is not None:
            self.page.commit()

    def committed(self, ask: Callable[[], None]) -> None:
        """Ask for something once what is being typed is taken."""
        self.commit()
        ask()

    def _ask_preview(self) -> None:
        self.commit()
        hand = self.hand()
        self.preview_asked.emit("" if hand is None else hand.key or hand.item)

    def check(self) -> None:
        """Show what is wrong, doubtful and missing."""
        self.commit()
        self._show_around()
        self.bar.side.setChecked(True)
        self.side.show_findings()

    def next_finding(self, by: int = 1) -> None:
        """Go to the next (-1: the last) thing that is wrong, doubtful or missing."""
        self.check()
        self.side.findings.next_finding(by)

    def save(self) -> None:
        """Everything is saved all the time; say so, once it is on the disk."""
        self.commit()
        try:
            self.workspace.flush()
        except Refusal as refusal:
            self.status.show_failed(refusal.sentence)
        else:
            self.status.show_all_saved()

    def undo(self, steps: int = 1) -> None:
        """Undo the last change of the report, or so many."""
        self.commit()
        for _step in range(steps):
            self._show_undone(self.entry.undo())

    def redo(self) -> None:
        """Do the change again that was undone last."""
        self.commit()
        self._show_undone(self.entry.redo())

    def _show_undone(self, outcome: Outcome | None) -> None:
        if outcome is None:
            return
        if outcome.fault is not None:
            self.status.show_failed(outcome.fault.message)
        if self.workspace.form is not self._form:
            self.refresh()
        self._show_changed(outcome.changed)
        where = first_shown(self.workspace.form, outcome.changed)
        if where:
            self.go_to(where)
        focused = QApplication.focusWidget()
        if isinstance(focused, LineEditor | ChoiceEditor) and focused.key in outcome.changed:
            focused.replace_text(self.entry.text(focused.key))

    def find_field(self) -> None:
        """Find any figure, item, table or finding by its name without marks."""
        from dcs_desktop.ui.anything import search

        self.commit()
        search(self.workspace, self.pages, self).chosen.connect(self.go_to)
