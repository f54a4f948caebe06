"""Every screen of the window and every dialog, in both languages: what must hold on all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QGroupBox,
    QLabel,
    QMainWindow,
    QMenu,
    QMenuBar,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from dcs_desktop import taking_cells
from dcs_desktop.core.narrative import Link, read
from dcs_desktop.core.period import Period
from dcs_desktop.i18n import Language
from dcs_desktop.reading.clipboard import block
from dcs_desktop.ui import dressing, help_window, tables
from dcs_desktop.ui.backups_dialog import BackupsDialog
from dcs_desktop.ui.cells_dialog import CellsDialog
from dcs_desktop.ui.first_start import FirstStart
from dcs_desktop.ui.link_display import LinkDisplay
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.ui.preferences import Preferences
from dcs_desktop.ui.replace_dialog import ReplaceDialog
from dcs_desktop.workspace import Workspace
from tests.old_words import bold, old_report, saved
from tests.test_taking_word import FORM
from tests.ui.shell_data import COMMUNE, DISTRICT, PERIOD, packed, unit_file, with_report

Look = Callable[[str, QWidget], None]


class Shown(QObject):
    """Which widgets were shown as windows of their own, though they are parts of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and is_stray(watched):
            self.parts.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


def is_stray(widget: QWidget) -> bool:
    """Whether a widget stands as a window and is none; showing such a one also closes every open menu and search."""
    kinds = (QMainWindow, QDialog)
    return widget.isWindow() and not isinstance(widget, kinds) and widget.windowType() != Qt.WindowType.Popup


@pytest.fixture(params=["vi", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[Language]:
    yield request.param
    dressing.dress(Preferences())


def mnemonic(text: str) -> str:
    """The letter after the single ampersand of a text, "" without one."""
    plain = text.replace("&&", "")
    place = plain.find("&")
    return plain[place + 1].upper() if 0 <= place < len(plain) - 1 else ""


def mnemonics(window: QWidget) -> list[str]:
    """The texts of everything that a letter with Alt may choose in a window as it is seen."""
    found: list[str] = []
    for part in window.findChildren(QWidget):
        if not part.isVisibleTo(window) or part.window() is not window:
            continue
        if isinstance(part, QAbstractButton) or (isinstance(part, QLabel) and buddy_of(part) is not None):
            found.append(part.text())
        elif isinstance(part, QGroupBox):
            found.append(part.title())
        elif isinstance(part, QTabBar):
            found += [part.tabText(place) for place in range(part.count())]
        elif isinstance(part, QMenuBar):
            found += [action.text() for action in part.actions() if action.isVisible()]
    return found


def buddy_of(part: QLabel) -> QWidget | None:
    """What a label's letter leads to."""
    return part.buddy()


def twice(texts: list[str]) -> list[str]:
    """The texts whose letter stands in more than one of them."""
    letters = Counter(filter(None, map(mnemonic, texts)))
    return sorted(text for text in texts if letters[mnemonic(text)] > 1)


def over(look: Look, name: str, ask: Callable[[], object]) -> None:
    """Look at the dialog that something asks with, and close it."""

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog), f"{name}: no dialog came"
        try:
            look(name, dialog)
        finally:  # a dialog left open would wait for ever
            dialog.reject()

    QTimer.singleShot(0, act)
    ask()


def walk_first_start(qtbot: QtBot, window: MainWindow, folder: Path, look: Look) -> None:
    window.open_data(folder / "chua-co.sqlite", None)
    qtbot.waitUntil(lambda: isinstance(window.pages.currentWidget(), FirstStart))
    page = window.pages.currentWidget()
    assert isinstance(page, FirstStart)
    page.unit.sought.setText("phuong binh can tho")
    qtbot.waitUntil(lambda: page.unit.complete)
    for number in range(3):
        look(f"first start {number + 1}", window)
        if number < 2:
            page.next.click()


def walk_commune(qtbot: QtBot, window: MainWindow, data: Path, look: Look) -> None:
    window.open_data(data, None)
    qtbot.waitUntil(lambda: window.opened is not None)
    look("start", window)
    over(look, "new report", window.ask_new_report)
    window.open_first_report()
    room = window.room
    assert room.view is not None
    assert room.workspace is not None
    for section in room.workspace.form.sections:
        room.view.show_place(section.id)
        assert room.view.page is not None
        room.view.page.build_all()
        look(f"section {section.id}", window)
    over(look, "display of a figure", LinkDisplay(room.workspace, Link("hoa_giai.thanh"), window).exec)
    over(look, "history", room.show_history)
    over(look, "backups", BackupsDialog([], "", window).exec)
    over(look, "find and replace", ReplaceDialog(room.view).exec)
    for name, preview in _previews_of_cells(room.workspace, window):
        over(look, name, preview.exec)
    over(look, "letterhead", room.edit_letterhead)
    over(look, "export", room.export)
    over(look, "excel form", room.excel_form.save)
    assert room.preview() is not None
    look("preview", window)
    room.back_to_form()


def _previews_of_cells(here: Workspace, window: MainWindow) -> Iterator[tuple[str, CellsDialog]]:
    """A block pasted at a figure, and a table pasted into a text, each with a cell that changes nothing."""
    there = str(here.figures["dan_cu.thon"].number)
    given = taking_cells.pasted(here.form, "dan_cu.thon", block(f"Tổng số thôn\t{there}\nViệc khác\t9"))
    proposals = taking_cells.proposals(here.form, here.answers, given)
    pasted, table = (CellsDialog("", here.form, (), window) for _which in range(2))
    pasted.match(given, proposals, lambda _other: proposals)
    table.offer_text(read("Quanh bảng."))
    table.show_proposals(proposals)
    yield from (("a pasted block", pasted), ("a pasted table", table))


def walk_settings(window: MainWindow, look: Look) -> None:
    from dcs_desktop.ui.settings import SettingsDialog

    def tabs(name: str, dialog: QWidget) -> None:
        assert isinstance(dialog, SettingsDialog)
        for place in range(dialog.tabs.count()):
            dialog.tabs.setCurrentIndex(place)
            look(f"{name} {place}", dialog)

    over(tabs, "settings", window.show_settings)


def walk_word_in(window: MainWindow, folder: Path, look: Look) -> None:
    """The two dialogs by which last year's report comes in from Word."""
    from dcs_desktop import taking_word
    from dcs_desktop.ui.word_in_dialog import WordInDialog
    from dcs_desktop.ui.word_in_which import WhichReport

    assert window.opened is not None
    file, setup = window.opened.file, window.opened.setup
    document = taking_word.read(saved(old_report(FORM, bold, only="III.1"), folder / "cu.docx"))
    top = taking_word.top(document)
    over(look, "which report", WhichReport(window.opened, "cu.docx", top, Period(2025), window).exec)
    found = taking_word.proposed(file, setup, document, setup.unit, Period(2023))
    over(look, "out of Word", WordInDialog(found, file, window.worker, window).exec)


def walk_desk(qtbot: QtBot, window: MainWindow, district: Path, look: Look) -> None:
    window.open_data(district, None)
    qtbot.waitUntil(lambda: window.opened is not None and window.opened.path == district)
    look("start of a desk", window)
    desk = window.show_desk()
    assert desk is not None
    for place in range(desk.tabs.count()):
        desk.tabs.setCurrentIndex(place)
        look(f"desk {place}", window)
    over(look, "signing keys", window.actions_by_name["signing"].trigger)
    over(look, "bin", window.actions_by_name["bin"].trigger)
    over(look, "units that report here", desk.filing.ask_expected)


def walk_letters(window: MainWindow, folder: Path, look: Look) -> None:
    """A correction request, the file of a unit, and the letter as the unit sees it."""
    from dcs_desktop import receiving
    from dcs_desktop.core.letter import Question
    from dcs_desktop.receiving.letters import counting, worded
    from dcs_desktop.ui.clock import this_day
    from dcs_desktop.ui.letter_dialog import LetterDialog

    assert window.opened is not None
    assert window.desk is not None
    file = window.opened.file
    receiving.import_paths(file, [packed(folder / "xa.sqlite", folder / "goi")[0]], this_day())
    filing = window.desk.filing
    filing.show_period(PERIOD)
    line = next(one for one in tables.rows(filing.units) if one.data(0, tables.KEY) == COMMUNE)
    filing.units.setCurrentItem(line)
    over(look, "correction request", filing.letters.ask_questions)
    over(look, "file of a unit", filing.show_history)
    form = worded(counting(file, COMMUNE, PERIOD)[1])
    asked = (Question("1", "Sao?", "hoa_giai.thanh"),)
    letter = receiving.correction_request(file, COMMUNE, PERIOD, asked, this_day())
    over(look, "letter", LetterDialog(letter, form, {}, "&Trả lời", window).exec)
    other = next(one for one in tables.rows(filing.units) if one.data(0, tables.KEY) != COMMUNE)
    filing.units.setCurrentItem(other)
    over(look, "entry on behalf", filing.enter_for)
    receiving.begin(file, str(other.data(0, tables.KEY)), PERIOD, "paper", "A", this_day())
    over(look, "entry on behalf begun", filing.enter_for)
    button = filing.send.menu()
    assert twice([action.text() for action in button.actions()]) == []


def test_no_letter_chooses_two_things_and_no_part_is_a_window(
    language: Language, qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    commune = with_report(unit_file(tmp_path / "xa.sqlite", COMMUNE))
    district = unit_file(tmp_path / "huyen.sqlite", DISTRICT)
    dressing.dress(Preferences(language=language))
    window._rebuild(True)
    clashes: dict[str, list[str]] = {}
    screens: list[str] = []

    def look(name: str, screen: QWidget) -> None:
        QApplication.processEvents()
        screens.append(name)
        if doubled := twice(mnemonics(screen)):
            clashes[name] = doubled

    spy = Shown()
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(spy)
    try:
        walk_first_start(qtbot, window, tmp_path, look)
        walk_commune(qtbot, window, commune, look)
        walk_settings(window, look)
        walk_word_in(window, tmp_path, look)
        walk_desk(qtbot, window, district, look)
        walk_letters(window, tmp_path, look)
        over(look, "about", lambda: help_window.about(window))
    finally:
        app.removeEventFilter(spy)
    for name, menu in ((menu.title(), menu) for menu in window.menuBar().findChildren(QMenu)):
        if doubled := twice([action.text() for action in menu.actions()]):
            clashes[name] = doubled
    assert len(screens) > 20
    assert clashes == {}
    assert spy.parts == []
