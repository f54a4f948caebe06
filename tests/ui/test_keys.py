"""Every key of the report window does what the page of keys says, through real widgets."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from dcs_desktop.core.form import Item
from dcs_desktop.core.trouble import Severity
from dcs_desktop.core.values import State
from dcs_desktop.ui import editors, messages, prose_area, prose_keys, report_keys
from dcs_desktop.ui.anything import findable
from dcs_desktop.ui.field_search import FieldSearch
from dcs_desktop.ui.keys_page import KeysPage
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.ui.report_view import ReportView
from dcs_desktop.workspace import Workspace
from tests.ui.shell_data import unit_file, with_report

FIRST, SECOND, ITEM = "hoa_giai.tiep_nhan", "hoa_giai.dua_ra", "III.1.e"


def at(view: ReportView, key: str) -> QWidget:
    """The hand in the field of a key."""
    view.go_to(key)
    QApplication.processEvents()
    found = view.findChild(QWidget, key)
    assert found is not None
    found.setFocus()
    return found


def press(keys: str) -> None:
    """Press keys where the hand is."""
    hand = QApplication.focusWidget()
    assert hand is not None
    QTest.keySequence(hand, QKeySequence(keys))


def here() -> str:
    hand = QApplication.focusWidget()
    return "" if hand is None else hand.objectName()


def test_enter_and_shift_enter_lead_from_field_to_field(view: ReportView) -> None:
    at(view, FIRST)
    press("Return")
    assert here() == SECOND
    press("Shift+Return")
    assert here() == FIRST
    press("Enter")
    assert here() == SECOND


def test_ctrl_0_is_none_and_f4_opens_the_states_of_the_figure(view: ReportView, workspace: Workspace) -> None:
    at(view, FIRST)
    press("Ctrl+0")
    assert workspace.answers.value(FIRST).state is State.NONE
    press("F4")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.close()


def test_ctrl_page_leads_from_section_to_section_also_out_of_prose(view: ReportView) -> None:
    at(view, ITEM)
    assert view.page is not None
    before = view.page.section.id
    press("Ctrl+PgDown")
    after = view.page.section.id
    press("Ctrl+PgUp")
    assert before != after
    assert view.page.section.id == before


def test_f5_shows_the_findings_and_f8_the_printed_page(view: ReportView) -> None:
    at(view, FIRST)
    view.side.setCurrentWidget(view.side.guidance)
    press("F5")
    assert view.side.currentWidget() is view.side.findings
    press("F8")
    assert view.bar.live.isChecked()
    press("F8")
    assert not view.bar.live.isChecked()
    view.let_go()


def test_f6_goes_through_the_gaps_one_by_one_while_they_are_filled_and_shift_f6_back(
    view: ReportView, workspace: Workspace
) -> None:
    gaps = [finding.keys[0] for finding in workspace.findings if finding.severity is Severity.MISSING]
    assert len(gaps) > 20
    at(view, FIRST)
    visited = []
    for gap in gaps[:8]:
        press("F6")
        visited.append(gap)
        assert here() == gap or gap in workspace.form.items
        hand = QApplication.focusWidget()
        if gap in workspace.form.fields and isinstance(hand, editors.NumberEditor):
            QTest.keyClicks(hand, "7")
    left = {finding.keys[0] for finding in workspace.findings if finding.severity is Severity.MISSING}
    filled = [gap for gap in visited[:-1] if gap not in left]
    assert filled
    press("Shift+F6")
    still = [gap for gap in gaps[:8] if gap in left]
    assert here() in still[:-1] or here() in left


def test_f6_goes_round_the_whole_list(view: ReportView, workspace: Workspace) -> None:
    at(view, FIRST)
    seen = []
    view.check()
    view.side.findings.list.setCurrentRow(view.side.findings.list.count() - 3)
    for _each in range(4):
        press("F6")
        seen.append(view.side.findings._current())
    assert seen == [*workspace.findings[-2:], *workspace.findings[:2]]
    for expected in (workspace.findings[0], workspace.findings[-1]):
        press("Shift+F6")
        assert view.side.findings._current() == expected


def test_ctrl_p_prints_what_is_being_typed_too_and_ctrl_s_says_that_it_is_on_the_disk(
    view: ReportView, workspace: Workspace, qtbot: QtBot
) -> None:
    field = at(view, FIRST)
    QTest.keyClicks(field, "40")
    with qtbot.waitSignal(view.print_asked):
        press("Ctrl+P")
    assert workspace.answers.value(FIRST).number == 40
    field = at(view, FIRST)
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, "41")
    press("Ctrl+S")
    assert workspace.file.report(workspace.ref).answers.value(FIRST).number == 41
    assert "lưu" in view.status.saved.text()


def test_ctrl_z_and_ctrl_y_from_the_outline(view: ReportView, workspace: Workspace) -> None:
    workspace.enter(FIRST, "40")
    view.outline.tree.setFocus()
    press("Ctrl+Z")
    assert not workspace.answers.value(FIRST).answered
    view.outline.tree.setFocus()
    press("Ctrl+Y")
    assert workspace.answers.value(FIRST).number == 40
    view.outline.tree.setFocus()
    press("Ctrl+Z")
    view.outline.tree.setFocus()
    press("Ctrl+Shift+Z")
    assert workspace.answers.value(FIRST).number == 40


def open_figures(workspace: Workspace, item: Item) -> list[str]:
    return [
        f.key for figure in item.figures for f in figure.fields if f.formula is None and f.role == "entered"
    ]


def test_ctrl_9_says_that_nothing_happened_and_one_undo_takes_it_back(
    view: ReportView, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_asked: object) -> bool:
        raise AssertionError("nothing stands in the item, so nothing is to be asked")

    monkeypatch.setattr(messages, "ask", never)
    keys = open_figures(workspace, workspace.form.items[ITEM])
    at(view, FIRST)
    press("Ctrl+9")
    assert {workspace.answers.value(key).state for key in keys} == {State.NONE}
    view.undo()
    assert {workspace.answers.value(key).state for key in keys} == {State.BLANK}


@pytest.mark.parametrize("yes", [True, False])
def test_it_is_asked_first_where_words_or_figures_stand(
    view: ReportView, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, yes: bool
) -> None:
    asked: list[str] = []

    def answer(_asker: QWidget, text: str, *_more: str, **_how: bool) -> bool:
        asked.append(text)
        return yes

    monkeypatch.setattr(messages, "ask", answer)
    workspace.enter(FIRST, "5")
    workspace.write(ITEM, "Đã hòa giải.")
    at(view, SECOND)
    button = view.findChild(QPushButton, f"nothing:{ITEM}")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == [f"Mục {ITEM} đã có nội dung, số liệu. Vẫn ghi “không” vào mọi số liệu còn trống?"]
    assert workspace.answers.value(FIRST).number == 5
    assert workspace.answers.prose(ITEM) == "Đã hòa giải."
    assert workspace.answers.value(SECOND).state is (State.NONE if yes else State.BLANK)


# Ctrl+F


def search(view: ReportView, typed: str) -> FieldSearch:
    at(view, FIRST)
    press("Ctrl+F")
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, typed)
    found = view.findChild(FieldSearch)
    assert found is not None
    return found


def texts(found: FieldSearch, row: int = 0) -> list[str]:
    line = found.found.topLevelItem(row)
    assert line is not None
    return [line.text(column) for column in range(3)]


def test_a_figure_is_found_with_its_value_and_its_section(view: ReportView, workspace: Workspace) -> None:
    workspace.enter(SECOND, "1640")
    found = search(view, "dua ra hoa giai")
    name, value, place = texts(found)
    assert name.startswith("Số vụ đưa ra hòa giải")
    assert value == "1.640"
    assert place.startswith("III.1.e · ")
    QTest.keyClick(found.line, Qt.Key.Key_Return)
    assert here() == SECOND


def test_items_columns_findings_and_numbers_of_items_are_found(view: ReportView) -> None:
    found = search(view, "")
    for typed, beginning in (
        ("trich yeu", "Trích yếu nội dung – "),
        ("ket qua hoat dong cua ban", "Kết quả hoạt động"),
        ("chua co so lieu so vu hoa giai thanh", "Mục III.1.e: chưa có số liệu"),
    ):
        found.line.setText(typed)
        names = [texts(found, row)[0] for row in range(found.found.topLevelItemCount())]
        assert any(name.startswith(beginning) for name in names), typed
    found.line.setText("III.1.e")
    assert texts(found)[2].startswith("III.1.e · ")
    found.close()


def test_the_best_answers_stand_first_and_every_answer_leads_somewhere(
    view: ReportView, workspace: Workspace
) -> None:
    found = search(view, "so vu hoa giai thanh")
    assert texts(found)[0].startswith("Số vụ hòa giải thành")
    found.close()
    known = {*workspace.form.item_of, *workspace.form.items}
    for candidate in findable(workspace):
        assert candidate.key.partition("/")[0] in known
        assert candidate.place


# The page of keys


def test_the_page_of_keys_tells_every_key_of_the_report_the_fields_and_the_menus(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.open_data(with_report(unit_file(tmp_path / "dcs.sqlite")), None)
    qtbot.waitUntil(lambda: window.opened is not None)
    window.actions_by_name["keys"].trigger()
    page = window.findChild(KeysPage)
    assert page is not None
    said = page.text.toPlainText()
    for key, words in (*editors.keys_told(), *prose_keys.keys_told()):
        assert words in said, key
    for told in report_keys.all_keys():
        assert told.keys in said
        assert told.words in said
    for action in window.actions_by_name.values():
        assert action.shortcut().toString() in said
    assert "Ctrl+Shift+Enter" in said
    assert "Return" not in said
    page.close()


def test_every_key_of_prose_that_is_told_is_one(view: ReportView, workspace: Workspace) -> None:
    area = at(view, ITEM)
    assert isinstance(area, prose_area.ProseArea)
    QTest.keyClicks(area, "abc")
    heard: list[str] = []
    area.link_asked.connect(lambda: heard.append("link"))
    area.note_asked.connect(lambda: heard.append("note"))
    of_links = {
        "Ctrl+Shift+K",
        "Alt+Return",
        "F4",
    }  # they need a number or figure: tests/ui/test_linked_figures.py
    assert of_links < {keys for keys, _words in prose_keys.keys_told()}
    for keys in (keys for keys, _words in prose_keys.keys_told() if keys not in of_links):
        area.setFocus()
        area.selectAll()
        heard.clear()
        before = area.toHtml()
        press(keys)
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        assert heard or area.toHtml() != before or here() != ITEM, keys
