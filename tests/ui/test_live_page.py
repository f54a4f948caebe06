"""The printed page beside the form, through real keys: what is typed stands on it, and no key waits for it."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dcs_desktop.printing import Memory, Stretch, lay_report_out
from dcs_desktop.sample import district_report
from dcs_desktop.store import open_file
from dcs_desktop.ui.live_page import LivePage
from dcs_desktop.ui.prose_area import ProseArea
from dcs_desktop.ui.report_view import ReportView
from dcs_desktop.ui.tasks import Worker
from dcs_desktop.workspace import Workspace
from tests.printing.measuring import sheets
from tests.ui.shell_data import DISTRICT, unit_file

PROSE = "II.1.a"
FIGURE = "htx.tong"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """The district's report, as long as a real one."""
    file = open_file(unit_file(tmp_path / "data.dcs", DISTRICT))
    opened = Workspace.open(file, file.add_report(district_report()))
    yield opened
    opened.close()
    file.close()


@pytest.fixture
def view(workspace: Workspace, qtbot: QtBot) -> Iterator[ReportView]:
    worker = Worker()
    made = ReportView(workspace, worker)
    qtbot.addWidget(made)
    made.resize(1366, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.let_go()
    worker.close()


def live(view: ReportView, qtbot: QtBot) -> LivePage:
    """The page beside the form, once it is drawn."""
    QTest.keyClick(view, Qt.Key.Key_F8)
    page = view.columns.live
    assert page is not None
    qtbot.waitUntil(lambda: page.page >= 0, timeout=20_000)
    return page


def settled(page: LivePage, qtbot: QtBot) -> None:
    """Until everything typed is on the page."""
    qtbot.waitUntil(lambda: not page.busy, timeout=20_000)


def words_of(page: LivePage) -> str:
    """What is printed on the page that is shown."""
    from dcs_desktop.printing import draw_page

    assert page.laid is not None
    (sheet,) = sheets(draw_page(page.laid, page.page))
    return sheet.text


def marked(page: LivePage) -> tuple[Stretch, ...]:
    assert page.sheet.picture is not None
    return page.sheet.picture.marked


def test_what_is_typed_and_not_saved_stands_on_the_page(
    view: ReportView, workspace: Workspace, qtbot: QtBot
) -> None:
    view.go_to(PROSE)
    area = QApplication.focusWidget()
    assert isinstance(area, ProseArea)
    page = live(view, qtbot)
    saved = workspace.answers.prose(PROSE)
    QTest.keyClicks(area, "Zxq chu moi ")
    settled(page, qtbot)
    assert workspace.answers.prose(PROSE) == saved, "nothing was saved for the sake of the page"
    assert "Zxq chu moi" in words_of(page)
    assert QApplication.focusWidget() is area
    assert [stretch.place for stretch in marked(page)] == [PROSE]


def test_the_row_of_a_figure_is_shown_while_it_is_typed(
    view: ReportView, workspace: Workspace, qtbot: QtBot
) -> None:
    view.go_to(FIGURE)
    page = live(view, qtbot)
    field = QApplication.focusWidget()
    assert field is not None
    assert field.objectName().startswith(FIGURE)
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, "98765")
    settled(page, qtbot)
    assert [stretch.key for stretch in marked(page)] == [FIGURE]
    assert "98.765" in words_of(page)
    assert workspace.answers.value(field.objectName()).content != 98765


def test_the_page_follows_the_cursor_from_paragraph_to_paragraph(view: ReportView, qtbot: QtBot) -> None:
    view.go_to(PROSE)
    page = live(view, qtbot)
    area = QApplication.focusWidget()
    assert isinstance(area, ProseArea)
    QTest.keyClick(area, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    for text in ("Mot doan", "Hai doan"):
        QTest.keyClick(area, Qt.Key.Key_Return)
        QTest.keyClicks(area, text)
    settled(page, qtbot)
    below = marked(page)[0]
    QTest.keyClick(area, Qt.Key.Key_Up)
    settled(page, qtbot)
    above = marked(page)[0]
    assert (above.page, above.top) < (below.page, below.top)
    assert above.part == below.part - 1


def test_a_click_on_the_page_goes_to_its_paragraph_and_to_its_figure(view: ReportView, qtbot: QtBot) -> None:
    view.go_to(PROSE)
    page = live(view, qtbot)
    for wanted in (PROSE, FIGURE):
        view.go_to(wanted)
        settled(page, qtbot)
        stretch = marked(page)[0]
        view.go_to("IV.1")
        settled(page, qtbot)
        while page.page != stretch.page:
            page.turn(1 if page.page < stretch.page else -1)
            settled(page, qtbot)
        bar = page.sheet.verticalScrollBar()
        bar.setValue(bar.maximum())
        place = page.sheet.point_of(stretch)
        QTest.mouseClick(page.sheet.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert view.page is not None
        hand = view.hand()
        assert hand is not None
        assert (hand.key or hand.item) == wanted


def test_the_keyboard_turns_the_page_and_goes_back_to_the_form(view: ReportView, qtbot: QtBot) -> None:
    view.go_to("I.1.a")
    page = live(view, qtbot)
    first = page.page
    page.sheet.setFocus()
    for _press in range(6):
        QTest.keyClick(page.sheet, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: page.page == first + 1, timeout=20_000)
    assert QApplication.focusWidget() is page.sheet
    QTest.keyClick(page.sheet, Qt.Key.Key_Return)
    assert view.page is not None
    focused = QApplication.focusWidget()
    assert focused is not None
    assert view.page.isAncestorOf(focused)


def test_the_page_takes_the_room_of_outline_and_side_pane(view: ReportView, qtbot: QtBot) -> None:
    page = live(view, qtbot)
    assert not view.outline.isVisible()
    assert not view.side.isVisible()
    assert page.width() > 480
    assert view.page is not None
    assert view.page.horizontalScrollBar().maximum() == 0
    QTest.keyClick(view, Qt.Key.Key_F5)
    assert view.side.isVisible()
    assert view.outline.isVisible()
    assert not page.isVisible()
    QTest.keyClick(view, Qt.Key.Key_F8)
    QTest.keyClick(view, Qt.Key.Key_F8)
    assert view.side.isVisible()
    assert not page.isVisible()


def test_a_sign_that_cannot_be_printed_is_named_and_the_last_page_stays(
    view: ReportView, qtbot: QtBot
) -> None:
    view.go_to(PROSE)
    page = live(view, qtbot)
    area = QApplication.focusWidget()
    assert isinstance(area, ProseArea)
    area.insertPlainText("漢")
    settled(page, qtbot)
    assert "U+6F22" in page.refusal
    assert page.page >= 0
    area.undo()
    settled(page, qtbot)
    assert page.refusal == ""


def _key_times(area: ProseArea, keys: int) -> list[float]:
    """How long each of some keys takes, typed as fast as a quick hand."""
    times = []
    for _key in range(keys):
        begun = perf_counter()
        QTest.keyClick(area, Qt.Key.Key_X)
        QApplication.processEvents()
        times.append(perf_counter() - begun)
        end = monotonic() + 0.03
        while monotonic() < end:
            QApplication.processEvents()
    return times


def test_a_key_does_not_wait_while_the_page_is_laid_out(
    view: ReportView, workspace: Workspace, qtbot: QtBot
) -> None:
    """Keys struck while the worker lays out the whole report take a small part of what that takes."""
    view.go_to(PROSE)
    area = QApplication.focusWidget()
    assert isinstance(area, ProseArea)
    page = live(view, qtbot)
    settled(page, qtbot)
    begun = perf_counter()
    lay_report_out(workspace.report(), workspace.form, Memory())
    whole = perf_counter() - begun
    page.pause_for(0)
    laid_while: list[float] = []
    for _round in range(10):
        page.forget()
        page.wait()
        qtbot.waitUntil(lambda: page.at_work, timeout=5_000)
        laid_while += _key_times(area, 2)
    assert statistics.median(laid_while) < whole / 4


def test_outline_and_side_pane_are_as_wide_again_when_the_page_goes(view: ReportView, qtbot: QtBot) -> None:
    split = view.columns.split
    split.setSizes([310, 700, 356])
    before = split.sizes()
    for _time in range(2):
        live(view, qtbot)
        assert split.sizes()[0] == 0
        QTest.keyClick(view, Qt.Key.Key_F8)
        qtbot.waitUntil(lambda: view.outline.isVisible() and view.side.isVisible())
        assert split.sizes()[0] == before[0]
        assert split.sizes()[2] == pytest.approx(before[2], abs=2)
