"""From a finding about a text to the very words, and the texts checked one after another once the form is seen."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QTextCursor

if TYPE_CHECKING:
    from dcs_desktop.core.narrative import Prose
    from dcs_desktop.core.trouble import Finding
    from dcs_desktop.ui.prose_area import ProseArea
    from dcs_desktop.ui.prose_doubts import Doubt
    from dcs_desktop.ui.report_view import ReportView
    from dcs_desktop.workspace import Workspace

AFTER_MS: Final = 600
SLICE: Final = 0.02


class TextReading(QTimer):
    """Checks the texts of a report that was just opened, a little at a time, while nothing else is to be done."""

    def __init__(self, workspace: Workspace, parent: QObject, read: Callable[[], object]) -> None:
        super().__init__(parent)
        self._workspace, self._read = workspace, read
        self.timeout.connect(self._go_on)
        self.start(AFTER_MS)

    def _go_on(self) -> None:
        from dcs_desktop.text_reading import read_texts

        self.setInterval(0)
        until = monotonic() + SLICE
        if read_texts(self._workspace, lambda: monotonic() < until):
            self.stop()
            self._read()


def show(view: ReportView, finding: Finding) -> None:
    """Go to the words that a finding is about, and select them."""
    view.go_to(finding.keys[0])
    found = _doubt(view, finding)
    place = (found[0], found[1].passage) if found is not None else _words(view, finding)
    if place is not None and view.page is not None:
        area, passage = place
        area.setFocus()
        area.select(passage)
        view.page.bring_into_sight(area)


def correct(view: ReportView, finding: Finding) -> None:
    """Put what was computed in the place of what is stated, and show it."""
    show(view, finding)
    found = _doubt(view, finding)
    if found is not None and view.entry.closed is None:
        area, doubt = found
        area.correct(doubt)
        area.commit()


def quote(view: ReportView, prose: Prose) -> None:
    """Put what a unit wrote into the item that the hand is in: where its text's cursor stands, or else behind it."""
    from dcs_desktop.ui import narrative_document as mapping
    from dcs_desktop.ui.prose_paste import put

    narrative = None if view.page is None else view.page.narrative(view.side.item)
    if narrative is None or view.entry.closed is not None:
        return
    area = narrative.area
    cursor = area.textCursor()
    cursor.beginEditBlock()
    if cursor.atStart():
        cursor.movePosition(QTextCursor.MoveOperation.End)
    if cursor.atBlockEnd() and cursor.block().text().strip():
        cursor.insertBlock(mapping.paragraph_format())
    area.setTextCursor(cursor)
    put(area, prose)
    cursor.endEditBlock()
    area.commit()
    area.setFocus()


def _doubt(view: ReportView, finding: Finding) -> tuple[ProseArea, Doubt] | None:
    """The words in the text's own field, looked for anew: it may have been typed in since."""
    for area in _areas(view, finding):
        for doubt in area.look_over().doubts:
            if doubt.said.rule(finding.keys[0]) == finding.rule:
                return area, doubt
    return None


def _words(view: ReportView, finding: Finding) -> tuple[ProseArea, QTextCursor] | None:
    """The words themselves, where they are doubted no more because that was accepted."""
    for area in _areas(view, finding):
        found = area.document().find(finding.quote.text if finding.quote is not None else "")
        if not found.isNull():
            return area, found
    return None


def _areas(view: ReportView, finding: Finding) -> tuple[ProseArea, ...]:
    narrative = None if view.page is None else view.page.narrative(finding.keys[0])
    return () if narrative is None else narrative.areas()
