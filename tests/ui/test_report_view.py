"""The report window through its real widgets and a real data file: type into a field, look in the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from dcs_desktop.core.form import Figure, Item, Role, Table
from dcs_desktop.core.report import Answers
from dcs_desktop.core.trouble import Fault, Finding, Severity
from dcs_desktop.core.values import Kind, State, given
from dcs_desktop.ui import editors, messages
from dcs_desktop.ui.editors import LineEditor
from dcs_desktop.ui.field_search import FieldSearch
from dcs_desktop.ui.figure_menu import FigureMenu
from dcs_desktop.ui.item_block import SCREENFUL
from dcs_desktop.ui.narrative_editor import NarrativeEditor
from dcs_desktop.ui.prose_area import ProseArea
from dcs_desktop.ui.report_view import ReportView
from dcs_desktop.ui.small_parts import ShortLines
from dcs_desktop.workspace import Outcome, Workspace

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def stored(workspace: Workspace) -> Answers:
    """What is on the disk."""
    workspace.flush()
    return workspace.file.report(workspace.ref).answers


def counts(workspace: Workspace) -> list[Figure]:
    """Two or more counts that stand one under another in one item."""
    for item in workspace.form.items.values():
        found = [f for f in item.figures if f.type.kind is Kind.COUNT and not f.pair and not f.derived]
        if len(found) > 1 and item.prose:
            return found
    raise AssertionError("the template has no item with two counts and prose")


def a_pair(workspace: Workspace) -> Figure:
    return next(figure for figure in workspace.form.figures.values() if figure.pair)


def item_of(workspace: Workspace, figure: Figure) -> Item:
    return workspace.form.items[workspace.form.item_of[figure.id]]


def a_table(workspace: Workspace) -> Table:
    return next(table for table in workspace.form.tables.values() if len(table.columns) > 1)


def editor(view: ReportView, key: str) -> LineEditor:
    """The field with this key, its section shown, the hand in it."""
    view.go_to(key)
    found = view.findChild(QWidget, key)
    assert isinstance(found, LineEditor)
    found.setFocus(Qt.FocusReason.OtherFocusReason)
    return found


def enter(view: ReportView, key: str, typed: str) -> LineEditor:
    """Type into a field as an officer does, and go on by Enter."""
    field = editor(view, key)
    QTest.keyClicks(field, typed)
    QTest.keyClick(field, Qt.Key.Key_Return)
    return field


def narrative(view: ReportView, item: str) -> NarrativeEditor:
    view.go_to(item)
    assert view.page is not None
    found = next(block.narrative for block in view.page.blocks if block.item.id == item)
    assert found is not None
    return found


def focused() -> str:
    widget = QApplication.focusWidget()
    return "" if widget is None else widget.objectName()


def test_a_typed_number_is_in_the_store_and_enter_leads_to_the_next_field(
    view: ReportView, workspace: Workspace
) -> None:
    first, second, *_rest = counts(workspace)
    enter(view, first.id, "1640")
    assert focused() == second.id
    assert stored(workspace).value(first.id) == given(1640)
    QTest.keyClick(editor(view, second.id), Qt.Key.Key_Return, SHIFT)
    assert focused() == first.id


def test_a_number_is_grouped_only_when_its_field_is_left(
    view: ReportView, qtbot: QtBot, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editors, "PAUSE_MS", 30)
    key = counts(workspace)[0].id
    field = editor(view, key)
    field._pause.setInterval(30)
    QTest.keyClicks(field, "1640")
    qtbot.waitUntil(lambda: workspace.answers.value(key) == given(1640))
    assert field.text() == "1640"
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "1.640"


def test_what_cannot_be_read_stays_and_its_readings_are_offered(
    view: ReportView, workspace: Workspace, qtbot: QtBot
) -> None:
    key = counts(workspace)[0].id
    field = enter(view, key, "85,650")
    assert field.text() == "85,650"
    assert field.property("fault") is True
    assert stored(workspace).drafts == {key: "85,650"}
    assert stored(workspace).value(key).state is State.BLANK
    offered = view.findChild(QPushButton, "suggestion:85.650")
    assert isinstance(offered, QPushButton)
    qtbot.waitUntil(lambda: offered.height() >= offered.minimumSizeHint().height())
    QTest.mouseClick(offered, Qt.MouseButton.LeftButton)
    assert field.text() == "85.650"
    assert stored(workspace).value(key) == given(85650)
    assert stored(workspace).drafts == {}


def test_a_draft_is_there_again_when_the_report_is_opened_again(
    view: ReportView, qtbot: QtBot, workspace: Workspace
) -> None:
    key = counts(workspace)[0].id
    enter(view, key, "khoang 5")
    workspace.flush()
    again = ReportView(Workspace.open(workspace.file, workspace.ref))
    qtbot.addWidget(again)
    again.go_to(key)
    field = again.findChild(LineEditor, key)
    assert isinstance(field, LineEditor)
    assert field.text() == "khoang 5"
    assert field.property("fault") is True
    again.workspace.close()


def test_a_pair_shows_its_percentage_beside_it(view: ReportView, workspace: Workspace) -> None:
    pair = a_pair(workspace)
    enter(view, f"{pair.id}.done", "675")
    assert focused() == f"{pair.id}.target"
    enter(view, f"{pair.id}.target", "450")
    assert workspace.figures[f"{pair.id}.percent"].number == Decimal(150)
    assert "150%" in {label.accessibleName().split(" ")[-1] for label in view.findChildren(ShortLines)}


def test_a_typed_zero_and_ctrl_0_are_none(view: ReportView, workspace: Workspace) -> None:
    first, second, *_rest = counts(workspace)
    assert enter(view, first.id, "0").text() == "không"
    field = editor(view, second.id)
    QTest.keyClick(field, Qt.Key.Key_0, CONTROL)
    assert field.text() == "không"
    assert {stored(workspace).value(key).state for key in (first.id, second.id)} == {State.NONE}


def choose(view: ReportView, figure: Figure, words: str) -> None:
    """Choose from a figure's menu by the words it begins with."""
    assert view.page is not None
    row = next(row for block in view.page.blocks for row in block.rows if row.figure == figure)
    menu: FigureMenu = row.open_menu()
    next(action for action in menu.actions() if action.text().startswith(words)).trigger()
    menu.close()


def test_every_state_by_menu(view: ReportView, qtbot: QtBot, workspace: Workspace) -> None:
    figure = counts(workspace)[0]
    field = editor(view, figure.id)
    choose(view, figure, "Không áp dụng")
    assert field.text() == "không áp dụng"
    choose(view, figure, "Chưa có số liệu")
    qtbot.waitUntil(lambda: focused() == f"{figure.id}:reason")
    reason = view.findChild(LineEditor, f"{figure.id}:reason")
    assert isinstance(reason, LineEditor)
    QTest.keyClicks(reason, "cho tu phap")
    reason.commit()
    value = stored(workspace).value(figure.id)
    assert (value.state, value.reason) == (State.PENDING, "cho tu phap")
    choose(view, figure, "Xóa")
    assert stored(workspace).value(figure.id).state is State.BLANK
    assert view.findChild(LineEditor, f"{figure.id}:reason") is None or not reason.isVisible()


def test_a_note_of_the_source(view: ReportView, workspace: Workspace) -> None:
    figure = counts(workspace)[0]
    enter(view, figure.id, "5")
    choose(view, figure, "Ghi chú")
    note = view.findChild(LineEditor, f"{figure.id}:note")
    assert isinstance(note, LineEditor)
    QTest.keyClicks(note, "theo so theo doi")
    note.commit()
    assert stored(workspace).value(figure.id).note == "theo so theo doi"
    assert stored(workspace).value(figure.id).number == 5


def test_enter_leads_out_of_a_reason_to_the_next_field(
    view: ReportView, qtbot: QtBot, workspace: Workspace
) -> None:
    figure, after = counts(workspace)[:2]
    editor(view, figure.id)
    choose(view, figure, "Chưa có số liệu")
    qtbot.waitUntil(lambda: focused() == f"{figure.id}:reason")
    reason = view.findChild(LineEditor, f"{figure.id}:reason")
    assert isinstance(reason, LineEditor)
    QTest.keyClicks(reason, "cho tu phap")
    QTest.keyClick(reason, Qt.Key.Key_Return)
    assert focused() == after.id
    assert stored(workspace).value(figure.id).reason == "cho tu phap"
    QTest.keyClick(editor(view, after.id), Qt.Key.Key_Backtab)
    assert focused() == f"{figure.id}:reason"
    QTest.keyClick(reason, Qt.Key.Key_Return, SHIFT)
    assert focused() == figure.id


def test_nothing_in_this_item(
    view: ReportView, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "ask", lambda *_asked: True)
    first, *others = counts(workspace)
    enter(view, first.id, "7")
    item = item_of(workspace, first).id
    button = view.findChild(QPushButton, f"nothing:{item}")
    assert isinstance(button, QPushButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    answers = stored(workspace)
    assert answers.value(first.id) == given(7)
    assert {answers.value(other.id).state for other in others} == {State.NONE}


def test_undo_takes_back_typing_first_and_then_the_last_change(
    view: ReportView, workspace: Workspace
) -> None:
    first, second, *_rest = counts(workspace)
    enter(view, first.id, "5")
    field = editor(view, second.id)
    QTest.keyClicks(field, "9")
    QTest.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert field.text() == ""
    QTest.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert stored(workspace).value(first.id).state is State.BLANK
    assert focused() == first.id
    assert editor(view, first.id).text() == ""
    view.redo()
    assert stored(workspace).value(first.id) == given(5)
    assert editor(view, first.id).text() == "5"


def test_rows_of_a_table_are_added_ordered_and_removed(view: ReportView, workspace: Workspace) -> None:
    table = a_table(workspace)
    text = next(column for column in table.columns if column.type.kind is Kind.TEXT)
    view.go_to(table.id)
    for typed in ("mot", "hai"):
        add = view.findChild(QPushButton, f"add:{table.id}")
        assert isinstance(add, QPushButton)
        QTest.mouseClick(add, Qt.MouseButton.LeftButton)
        row = workspace.answers.rows[table.id][-1].id
        field = view.findChild(LineEditor, f"{table.id}/{row}/{text.id}")
        assert isinstance(field, LineEditor)
        QTest.keyClicks(field, typed)
        field.commit()
    first, second = (row.id for row in workspace.answers.rows[table.id])
    press(view, f"arrow-up:{table.id}/{second}")
    assert [row.cells[text.id].content for row in stored(workspace).rows[table.id]] == ["hai", "mot"]
    press(view, f"trash-2:{table.id}/{second}")
    assert [row.id for row in stored(workspace).rows[table.id]] == [first]


def press(view: ReportView, name: str) -> None:
    found = next(button for button in view.findChildren(QWidget, name) if button.isVisible())
    assert hasattr(found, "click")
    found.click()


def test_a_table_says_that_there_is_none(view: ReportView, workspace: Workspace) -> None:
    table = a_table(workspace)
    view.go_to(table.id)
    press(view, f"none:{table.id}")
    assert stored(workspace).value(table.id).state is State.NONE


def test_prose_is_saved_soon_after_typing(view: ReportView, qtbot: QtBot, workspace: Workspace) -> None:
    item = item_of(workspace, counts(workspace)[0]).id
    area = narrative(view, item).area
    area._waiting.setInterval(30)
    QTest.keyClicks(area, "Ket qua kha.")
    qtbot.waitUntil(lambda: workspace.answers.prose(item) == "Ket qua kha.")
    assert stored(workspace).prose(item) == "Ket qua kha."


def test_a_footnote_is_typed_under_the_text(view: ReportView, workspace: Workspace) -> None:
    item = item_of(workspace, counts(workspace)[0]).id
    editor = narrative(view, item)
    QTest.keyClicks(editor.area, "Da tiep nhan")
    QTest.keyClick(editor.area, Qt.Key.Key_F, CONTROL | SHIFT)
    assert focused() == f"{item}[^1]"
    QTest.keyClicks(editor.notes.areas["1"], "Theo so.")
    view.commit()
    assert stored(workspace).prose(item) == "Da tiep nhan[^1]\n\n[^1]: Theo so."


def test_tab_leads_out_of_a_footnote_to_what_stands_under_it(view: ReportView, workspace: Workspace) -> None:
    item = item_of(workspace, counts(workspace)[0]).id
    text = narrative(view, item)
    QTest.keyClicks(text.area, "Da tiep nhan")
    QTest.keyClick(text.area, Qt.Key.Key_F, CONTROL | SHIFT)
    note = text.notes.areas["1"]
    QTest.keyClick(note, Qt.Key.Key_Backtab)
    assert focused() == item
    QTest.keyClick(text.area, Qt.Key.Key_Tab)
    assert focused() == f"{item}[^1]"
    QTest.keyClick(note, Qt.Key.Key_Tab)
    assert view.page is not None
    assert view.page.item_at(QApplication.focusWidget()) in workspace.form.items
    assert focused() not in {item, f"{item}[^1]"}


def test_a_footnote_goes_with_its_mark_and_comes_back_by_undo(view: ReportView, workspace: Workspace) -> None:
    item = item_of(workspace, counts(workspace)[0]).id
    workspace.write(item, "Có[^1]\n\n[^1]: Theo sổ.")
    view.refresh()
    editor = narrative(view, item)
    cursor = editor.area.textCursor()
    cursor.movePosition(cursor.MoveOperation.End)
    editor.area.setTextCursor(cursor)
    QTest.keyClick(editor.area, Qt.Key.Key_Backspace)
    view.commit()
    assert stored(workspace).prose(item) == "Có"
    QTest.keyClick(editor.area, Qt.Key.Key_Z, CONTROL)
    view.commit()
    assert stored(workspace).prose(item) == "Có[^1]\n\n[^1]: Theo sổ."


def test_a_linked_figure_is_put_in_by_unmarked_text_and_follows_the_figure(
    view: ReportView, workspace: Workspace
) -> None:
    figure = counts(workspace)[0]
    item = item_of(workspace, figure).id
    enter(view, figure.id, "12")
    area = narrative(view, item).area
    QTest.keyClick(area, Qt.Key.Key_K, CONTROL)
    search = QApplication.activePopupWidget()
    assert search is not None
    line = QApplication.focusWidget()
    assert line is not None
    QTest.keyClicks(line, unmarked(figure.label))
    QTest.keyClick(line, Qt.Key.Key_Return)
    view.commit()
    assert stored(workspace).prose(item) == f"{{{figure.id}}}"
    assert printed(area) == "12"
    enter(view, figure.id, "13")
    assert printed(area) == "13"


def unmarked(label: str) -> str:
    from dcs_desktop.core.text import fold

    return fold(label)


def printed(area: ProseArea) -> str:
    """What another program gets when the text is copied."""
    area.selectAll()
    return area.createMimeDataFromSelection().text()


def test_a_finding_leads_to_its_field(view: ReportView, workspace: Workspace) -> None:
    figure = counts(workspace)[0]
    enter(view, figure.id, "khong ro")
    view.check()
    findings = view.side.findings.list
    messages = [findings.item(row).text() for row in range(findings.count())]
    row = next(place for place, text in enumerate(messages) if "khong ro" in text)
    editor(view, counts(workspace)[1].id)
    where = findings.visualItemRect(findings.item(row)).center()
    QTest.mouseClick(findings.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert focused() == figure.id


def test_f6_goes_from_one_missing_field_to_the_next(view: ReportView, workspace: Workspace) -> None:
    view.next_finding()
    first = focused()
    view.next_finding()
    assert first
    assert focused() not in ("", first)


def test_a_warning_is_accepted_with_a_reason(view: ReportView, workspace: Workspace) -> None:
    key = counts(workspace)[0].id
    warning = Finding("doubt", Severity.WARNING, (key,), "Mục này đáng ngờ.")
    acceptance = view.side.findings.acceptance
    acceptance.show_finding(warning)
    QTest.keyClicks(acceptance.reason, "da doi chieu")
    QTest.mouseClick(acceptance.button, Qt.MouseButton.LeftButton)
    assert stored(workspace).accepted == {"doubt": "da doi chieu"}


def test_any_field_is_found_by_unmarked_text(view: ReportView, workspace: Workspace) -> None:
    figure = list(workspace.form.figures.values())[-1]
    own = [field for field in figure.fields if field.role is Role.ENTERED]
    view.find_field()
    line = QApplication.focusWidget()
    assert line is not None
    QTest.keyClicks(line, unmarked(figure.label))
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert view.page is not None
    assert view.page.section == workspace.form.section_of(figure.id)
    assert not own or focused()


def test_the_status_line_says_when_all_was_saved(
    view: ReportView, qtbot: QtBot, workspace: Workspace
) -> None:
    with qtbot.waitSignal(view.saved, timeout=3000):
        enter(view, counts(workspace)[0].id, "3")
    said = view.findChild(QLabel, "saved")
    assert isinstance(said, QLabel)
    qtbot.waitUntil(lambda: said.text().startswith("Đã lưu "))


def test_what_is_being_typed_is_committed_before_printing(
    view: ReportView, qtbot: QtBot, workspace: Workspace
) -> None:
    key = counts(workspace)[0].id
    QTest.keyClicks(editor(view, key), "21")
    with qtbot.waitSignal(view.print_asked):
        view.bar.print_asked.emit()
    assert workspace.answers.value(key) == given(21)


def test_the_outline_counts_and_filters_what_is_missing(
    view: ReportView, qtbot: QtBot, workspace: Workspace
) -> None:
    item = item_of(workspace, counts(workspace)[0])
    line = view.outline._lines[item.id]
    before = line.data(0, Qt.ItemDataRole.AccessibleTextRole)
    enter(view, counts(workspace)[0].id, "3")
    qtbot.waitUntil(lambda: line.data(0, Qt.ItemDataRole.AccessibleTextRole) != before)
    view.outline.only_missing.setChecked(True)
    assert not line.isHidden()


def test_sections_by_key_and_the_right_pane_folds_where_it_is_narrow(view: ReportView) -> None:
    assert view.page is not None
    first = view.page.section.id
    QTest.keyClick(view, Qt.Key.Key_PageDown, CONTROL)
    assert view.page.section.id != first
    assert view.side.isVisible()
    view.resize(900, 700)
    assert not view.side.isVisible()
    view.resize(1366, 700)
    assert view.side.isVisible()


def test_every_field_has_a_name_for_screen_readers(view: ReportView, workspace: Workspace) -> None:
    for section in workspace.form.sections:
        if section.items:
            view.show_section(section)
    nameless = [field.key for field in view.findChildren(LineEditor) if not field.accessibleName()]
    assert nameless == []


def test_no_part_of_a_form_ever_stands_as_a_window_of_its_own(view: ReportView, workspace: Workspace) -> None:
    for section in workspace.form.sections:
        if section.items:
            view.show_section(section)
    view.resize(960, 600)
    view.resize(1366, 700)
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not view] == []


def test_own_words_for_places_word_the_forms_anew(view: ReportView, workspace: Workspace) -> None:
    places = {**workspace.letterhead.places, "thon": "bản"}
    item = next(item.id for item in workspace.form.items.values() if "ấp" in str(item))
    view.show_place(item)
    workspace.set_letterhead(replace(workspace.letterhead, places=places))
    view.refresh()
    assert view.page is not None
    assert view.page.section == workspace.form.section_of(item)
    assert "bản" in " ".join(label.text() for label in view.page.findChildren(QLabel))


def test_changing_an_exported_report_goes_on_as_its_amendment(view: ReportView, workspace: Workspace) -> None:
    key = counts(workspace)[0].id
    workspace.flush()
    workspace.file.mark_exported(workspace.ref, "0" * 64, datetime(2024, 12, 1, tzinfo=UTC), "goi.zip")
    enter(view, key, "4")
    assert workspace.identity.revision == 1
    assert "bổ sung lần 1" in view.bar._title.text()
    assert stored(workspace).value(key) == given(4)


def test_a_report_that_can_only_be_read_says_so(
    view: ReportView, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentence = "Dữ liệu chỉ đọc."
    monkeypatch.setattr(workspace, "enter", lambda key, typed: Outcome(Fault(sentence)))
    enter(view, counts(workspace)[0].id, "4")
    assert view.status.saved.text() == sentence


def test_a_double_click_on_a_linked_figure_opens_it(view: ReportView, workspace: Workspace) -> None:
    figure = counts(workspace)[0]
    item = item_of(workspace, figure).id
    workspace.enter(figure.id, "1234")
    workspace.write(item, f"{{{figure.id}}} vụ")
    view.refresh()
    area = narrative(view, item).area
    chip = QPoint(20, area.cursorRect().center().y())
    QTest.mouseDClick(area.viewport(), Qt.MouseButton.LeftButton, pos=chip)
    assert focused() == figure.id


def test_linked_figures_of_the_report_are_kept_when_a_text_is_moved_to_another_item(
    view: ReportView, workspace: Workspace
) -> None:
    figure = counts(workspace)[0]
    here, there = [item.id for item in workspace.form.items.values() if item.prose][:2]
    workspace.write(here, f"Có {{{figure.id}}} vụ[^1]\n\n[^1]: Theo sổ.")
    workspace.write(there, "Trước[^1]\n\n[^1]: Chú thích cũ.")
    view.refresh()
    first = narrative(view, here).area
    first.selectAll()
    first.cut()
    second = narrative(view, there).area
    cursor = second.textCursor()
    cursor.movePosition(cursor.MoveOperation.End)
    second.setTextCursor(cursor)
    second.paste()
    view.commit()
    assert stored(workspace).prose(here) == ""
    assert stored(workspace).prose(there) == (
        f"Trước[^1]Có {{{figure.id}}} vụ[^2]\n\n[^1]: Chú thích cũ.\n\n[^2]: Theo sổ."
    )


def test_the_line_that_is_typed_stays_in_sight_while_its_field_grows(
    view: ReportView, qtbot: QtBot, workspace: Workspace
) -> None:
    area = narrative(view, next(item.id for item in workspace.form.items.values() if item.prose)).area
    page = view.page
    assert page is not None
    for _line in range(18):
        QTest.keyClicks(area, "mot")
        QTest.keyClick(area, Qt.Key.Key_Return)

    def bottom() -> int:
        return area.viewport().mapTo(page.viewport(), area.cursorRect().bottomLeft()).y()

    qtbot.waitUntil(lambda: 0 < bottom() <= page.viewport().height())


def in_sight(view: ReportView, widget: QWidget) -> bool:
    """Whether some of a widget is seen in the form."""
    assert view.page is not None
    viewport = view.page.viewport()
    return viewport.rect().intersects(widget.rect().translated(widget.mapTo(viewport, QPoint())))


@pytest.mark.parametrize("item", ["III.1.e", "II.4.c", "A5"])
def test_an_item_is_in_sight_as_soon_as_it_is_gone_to(view: ReportView, qtbot: QtBot, item: str) -> None:
    view.go_to(item)
    assert view.page is not None
    block = next(block for block in view.page.blocks if block.item.id == item)
    target = block.narrative.area if block.narrative is not None else block
    view.page.build_all()
    qtbot.waitUntil(lambda: in_sight(view, target))
    qtbot.wait(50)
    assert in_sight(view, target)
    line = view.outline.tree.currentItem()
    assert line is not None
    assert line.data(0, Qt.ItemDataRole.UserRole) == item


def test_an_item_of_the_preview_begins_at_the_top_of_the_form(view: ReportView, qtbot: QtBot) -> None:
    view.fill_place("III.1.e")
    page = view.page
    assert page is not None
    block = next(block for block in page.blocks if block.item.id == "III.1.e")
    qtbot.waitUntil(lambda: 0 <= block.y() - page.verticalScrollBar().value() < 40)
    assert focused() == block.stops()[0].objectName()


def test_a_section_is_built_as_far_as_a_screen_shows_and_goes_on_while_it_is_seen(
    view: ReportView, workspace: Workspace, qtbot: QtBot
) -> None:
    longest = max(workspace.form.sections, key=lambda section: len(section.items))
    first = workspace.form.sections[0].id
    view.go_to(longest.items[0].id)
    page = view.page
    assert page is not None
    begun = len(page.blocks)
    assert sum(block.lines() for block in page.blocks[:-1]) < SCREENFUL
    assert begun < len(longest.items)
    view.go_to(first)
    qtbot.wait(100)
    assert len(page.blocks) == begun, "a form that was left waits"
    view.go_to(longest.items[0].id)
    qtbot.waitUntil(lambda: len(page.blocks) == len(longest.items))


def test_enter_and_tab_lead_through_rows_that_were_not_built_yet(
    view: ReportView, workspace: Workspace, qtbot: QtBot
) -> None:
    """On a form just turned to, faster than it is built: no field may be left out."""
    item = max(workspace.form.items.values(), key=lambda item: len(item.figures))
    view.fill_place(item.id)
    page = view.page
    assert page is not None
    block = next(block for block in page.blocks if block.item.id == item.id)
    built = len(block.rows)
    assert built < len(item.figures)
    last = [editor.key for row in block.rows for editor in row.editors][-1]
    field = block.rows[-1].editors[-1]
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert len(block.rows) > built
    keys = [editor.key for row in block.rows for editor in row.editors]
    assert focused() == keys[keys.index(last) + 1]
    asked = [figure for id in item.order if id not in item.shows for figure in [workspace.form.figures[id]]]
    assert [row.figure for row in block.rows] == asked


def test_a_search_stays_open_while_the_form_is_still_being_built(
    view: ReportView, workspace: Workspace, qtbot: QtBot
) -> None:
    """A part of the form shown before it had its place would be a window for a moment, and close the search."""
    longest = max(workspace.form.sections, key=lambda section: len(section.items))
    view.go_to(longest.items[0].id)
    assert view.page is not None
    assert len(view.page.blocks) < len(longest.items), "the rest is built while the search is open"
    QTest.keyClick(view, Qt.Key.Key_F, CONTROL)
    search = QApplication.activePopupWidget()
    assert isinstance(search, FieldSearch)
    qtbot.waitUntil(lambda: view.page is not None and not view.page._unbuilt)
    assert QApplication.activePopupWidget() is search
    QTest.keyClicks(search.line, "hoa giai")
    assert search.line.text() == "hoa giai"
    search.close()
