"""Linked figures in the window: found, offered, shown as asked, kept through the clipboard and undo; their findings."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QTimer
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from dcs_desktop.core.narrative import Prose, read, write
from dcs_desktop.core.values import given
from dcs_desktop.store import open_file
from dcs_desktop.ui.field_search import FieldSearch
from dcs_desktop.ui.link_display import LinkDisplay
from dcs_desktop.ui.narrative_editor import NarrativeEditor
from dcs_desktop.ui.narrative_paste import to_clipboard
from dcs_desktop.ui.prose_area import ProseArea
from dcs_desktop.ui.prose_menu import menu_at
from dcs_desktop.ui.report_view import ReportView
from dcs_desktop.workspace import Workspace, new_report
from tests.ui.shell_data import PERIOD, unit_file

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ITEM = "III.1.e"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A commune's report for 2024 with some figures and no words."""
    file = open_file(unit_file(tmp_path / "data.dcs"))
    setup = file.setup()
    assert setup is not None
    opened = Workspace.open(file, new_report(file, setup, PERIOD, "dcs@2024"))
    for key, typed in (("hoa_giai.thanh", "45"), ("hoa_giai.khong_thanh", "3"), ("ho_so.tiep_nhan", "1640")):
        opened.enter(key, typed)
    yield opened
    opened.close()
    file.close()


def _narrative(view: ReportView, item: str = ITEM) -> NarrativeEditor:
    view.go_to(item)
    assert view.page is not None
    found = view.page.narrative(item)
    assert found is not None
    found.area.setFocus()
    return found


def _written(view: ReportView, markup: str, item: str = ITEM) -> NarrativeEditor:
    """The narrative with a text in it, its figures looked over, the cursor at its end."""
    narrative = _narrative(view, item)
    view.entry.write(item, markup)
    QApplication.processEvents()
    narrative.area.moveCursor(QTextCursor.MoveOperation.End)
    narrative.area.check_figures()
    return narrative


def _said(area: ProseArea) -> str:
    return write(Prose(area.paragraphs()))


def _select(area: ProseArea, words: str) -> None:
    cursor = area.textCursor()
    start = area.toPlainText().index(words)
    cursor.setPosition(start)
    cursor.setPosition(start + len(words), QTextCursor.MoveMode.KeepAnchor)
    area.setTextCursor(cursor)


def _search(area: ProseArea) -> FieldSearch:
    QTest.keyClick(area, Qt.Key.Key_K, CONTROL)
    found = QApplication.activePopupWidget()
    assert isinstance(found, FieldSearch)
    return found


def _lines(search: FieldSearch) -> list[tuple[str, str, str]]:
    lines = (search.found.topLevelItem(row) for row in range(search.found.topLevelItemCount()))
    return [(line.text(0), line.text(1), line.text(2)) for line in lines if line is not None]


def _underlined(area: ProseArea, kind: QTextCharFormat.UnderlineStyle) -> list[str]:
    chosen = [one for one in area.extraSelections() if one.format.underlineStyle() == kind]
    return [one.cursor.selectedText() for one in chosen]


DOTS, WAVE = QTextCharFormat.UnderlineStyle.DotLine, QTextCharFormat.UnderlineStyle.WaveUnderline


# The search box


def test_the_search_box_shows_value_unit_and_place_the_nearest_figures_first(view: ReportView) -> None:
    search = _search(_narrative(view).area)
    places = [place for _name, _value, place in _lines(search)]
    own = places.count(ITEM)
    assert own > 10
    assert places[:own] == [ITEM] * own
    assert all(place.startswith("III.1.") for place in places)
    QTest.keyClicks(search.line, "hoa giai thanh")
    assert _lines(search)[0] == ("Số vụ hòa giải thành", "45 vụ", ITEM)
    QTest.keyClicks(search.line, " xyz")
    assert not _lines(search)
    assert search.nothing.isVisible()
    search.line.setText("ho_so.tiep_nhan")
    assert _lines(search)[0][1:] == ("1.640 hồ sơ", "III.1.b")
    search.close()


def test_escape_leaves_the_text_as_it_was(view: ReportView) -> None:
    area = _written(view, "Hòa giải thành 45 vụ.").area
    search = _search(area)
    QTest.keyClick(search.line, Qt.Key.Key_Escape)
    assert not search.isVisible()
    assert _said(area) == "Hòa giải thành 45 vụ."


def test_selected_words_are_looked_for_and_stay(view: ReportView) -> None:
    area = _written(view, "Số vụ không thành: ").area
    _select(area, "không thành")
    search = _search(area)
    assert search.line.text() == "không thành"
    assert "Số vụ hòa giải không thành" in _lines(search)[0][0]
    QTest.keyClick(search.line, Qt.Key.Key_Return)
    assert _said(area) == "Số vụ không thành{hoa_giai.khong_thanh}:"
    area.undo()
    assert _said(area) == "Số vụ không thành:"


def test_a_selected_number_brings_the_figures_that_equal_it_and_is_replaced(view: ReportView) -> None:
    area = _written(view, "Nhận **1.640** bộ, thành 45 vụ.").area
    _select(area, "1.640")
    search = _search(area)
    assert [line[1] for line in _lines(search)] == ["1.640 hồ sơ"]
    QTest.keyClick(search.line, Qt.Key.Key_Return)
    assert _said(area) == "Nhận **{ho_so.tiep_nhan}** bộ, thành 45 vụ."
    area.undo()
    assert _said(area) == "Nhận **1.640** bộ, thành 45 vụ."


def test_words_beside_a_selected_number_are_not_lost(view: ReportView) -> None:
    area = _written(view, "Hòa giải thành 45 vụ.").area
    _select(area, "45 vụ")
    search = _search(area)
    search.line.setText("hoa giai thanh")
    QTest.keyClick(search.line, Qt.Key.Key_Return)
    assert _said(area) == "Hòa giải thành 45 vụ{hoa_giai.thanh}."


# Offers


def test_a_number_that_equals_a_figure_is_offered_quietly_and_taken_by_one_key(view: ReportView) -> None:
    narrative = _written(view, "Nhận 1.640 bộ; ngày 3/4; hòa giải thành 45 vụ, không 3 điều.")
    area = narrative.area
    assert _underlined(area, DOTS) == ["45"]
    assert narrative.hint.said == ""
    _select(area, "45")
    assert narrative.hint.said == "45 bằng “Số vụ hòa giải thành” (mục III.1.e): Ctrl+Shift+K để liên kết"
    QTest.keyClick(area, Qt.Key.Key_K, CONTROL | SHIFT)
    assert "thành {hoa_giai.thanh} vụ" in _said(area)
    assert _underlined(area, DOTS) == []
    area.undo()
    assert "thành 45 vụ" in _said(area)


def test_the_menu_offers_the_link_too(view: ReportView) -> None:
    area = _written(view, "Hòa giải thành 45 vụ.").area
    _select(area, "45")
    offered = [a for a in menu_at(area, area.cursorRect().center()).actions() if "Liên kết với" in a.text()]
    assert [action.text() for action in offered] == ["Liên kết với “Số vụ hòa giải thành”"]
    offered[0].trigger()
    assert _said(area) == "Hòa giải thành {hoa_giai.thanh} vụ."


# The chip's own display


def test_how_a_chip_is_shown_is_asked_by_a_key_and_kept(view: ReportView, workspace: Workspace) -> None:
    area = _written(view, "Không thành {hoa_giai.khong_thanh}").area
    seen: list[str] = []

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, LinkDisplay)
        seen.append(dialog.sample.text())
        dialog.zero.setCurrentIndex(2)
        dialog.unit.setChecked(True)
        seen.append(dialog.sample.text())
        dialog.accept()

    QTimer.singleShot(50, choose)
    QTest.keyClick(area, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert seen == ["03", "3 vụ"]
    view.commit()
    assert workspace.answers.prose(ITEM) == "Không thành {hoa_giai.khong_thanh|value;nozero;unit}"
    area.undo()
    assert _said(area) == "Không thành {hoa_giai.khong_thanh}"


def test_a_key_opens_the_figure_of_the_chip(view: ReportView) -> None:
    area = _written(view, "Nhận {ho_so.tiep_nhan}").area
    QTest.keyClick(area, Qt.Key.Key_F4)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "ho_so.tiep_nhan"


def test_a_chip_follows_its_figure_in_other_items_and_footnotes(
    view: ReportView, workspace: Workspace
) -> None:
    other = _written(view, "Thành {hoa_giai.thanh} vụ[^1]\n\n[^1]: Số này.", "I.a")
    [note] = other.notes.areas.values()
    note.insert_link(read("{hoa_giai.thanh|value;unit}").paragraphs[0].inlines[0])  # type: ignore[arg-type]  # a link
    view.commit()
    view.entry.enter("hoa_giai.thanh", "46")
    for area, said in ((other.area, "Thành 46 vụ"), (note, "Số này.46 vụ")):
        area.selectAll()
        assert area.createMimeDataFromSelection().text() == said


# The clipboard


def test_chips_go_from_item_to_item_through_the_clipboard(view: ReportView, workspace: Workspace) -> None:
    area = _written(view, "Thành **{hoa_giai.thanh|value;unit}**, nhận {ho_so.tiep_nhan}").area
    area.selectAll()
    QTest.keyClick(area, Qt.Key.Key_X, CONTROL)
    other = _written(view, "Kết quả:", "I.a").area
    QTest.keyClick(other, Qt.Key.Key_V, CONTROL)
    view.commit()
    assert workspace.answers.prose("III.1.e") == ""
    assert workspace.answers.prose("I.a") == (
        "Kết quả:Thành **{hoa_giai.thanh|value;unit}**, nhận {ho_so.tiep_nhan}"
    )
    other.undo()
    assert _said(other) == "Kết quả:"


def test_a_chip_whose_figure_is_not_in_the_report_is_pasted_as_text_and_said(view: ReportView) -> None:
    narrative = _written(view, "Có")
    QTest.keyClicks(narrative.area, " ")
    said: list[str] = []
    view.entry.refused.connect(said.append)
    copied = read("**{so_lieu.la}** vụ, thành {hoa_giai.thanh}")
    narrative.area.insertFromMimeData(to_clipboard(copied, "12 vụ, thành 9", lambda link: "12"))
    assert _said(narrative.area) == "Có **12** vụ, thành {hoa_giai.thanh}"
    assert said == ["1 số liệu liên kết không có trong báo cáo này nên được dán thành chữ thường."]
    narrative.area.undo()
    assert _said(narrative.area) == "Có"


# Findings


def _finding_line(view: ReportView, words: str) -> int:
    panel = view.side.findings
    panel.show_findings()
    return next(row for row in range(panel.list.count()) if words in panel.list.item(row).text())


def test_a_contradicted_figure_is_listed_shown_where_it_stands_and_corrected_as_a_link(
    view: ReportView, workspace: Workspace
) -> None:
    area = _written(view, "Trong năm nhận 50 vụ. Hòa giải thành 40 vụ.").area
    assert _underlined(area, WAVE) == ["40"]
    view.go_to("I.a")
    panel = view.side.findings
    row = _finding_line(view, "Mục III.1.e: “Số vụ hòa giải thành” là 45, trong câu ghi 40.")
    panel.list.setCurrentRow(row)
    panel.list.itemActivated.emit(panel.list.item(row))
    assert QApplication.focusWidget() is area
    assert area.textCursor().selectedText() == "40"
    button = panel.findChild(QPushButton, "correction")
    assert isinstance(button, QPushButton)
    assert button.text() == "Sửa “40” thành “45”"
    button.click()
    assert workspace.answers.prose(ITEM) == "Trong năm nhận 50 vụ. Hòa giải thành {hoa_giai.thanh} vụ."
    assert not [finding for finding in workspace.findings if finding.quote is not None]


def test_an_accepted_doubt_is_underlined_no_more_until_its_words_change(
    view: ReportView, workspace: Workspace
) -> None:
    area = _written(view, "Hòa giải thành 40 vụ.").area
    [finding] = [finding for finding in workspace.findings if finding.quote is not None]
    view.entry.accept(finding.rule, "số của Mặt trận")
    area.check_figures()
    assert _underlined(area, WAVE) == []
    assert [f.accepted for f in workspace.findings if f.quote is not None] == ["số của Mặt trận"]
    view.go_to("I.a")
    panel, row = view.side.findings, _finding_line(view, "Đã chấp nhận: số của Mặt trận")
    panel.list.itemActivated.emit(panel.list.item(row))
    assert area.textCursor().selectedText() == "40"
    _written(view, "Hòa giải thành 41 vụ.")
    assert _underlined(area, WAVE) == ["41"]


def test_texts_of_a_report_just_opened_are_read_one_after_another(workspace: Workspace, qtbot: QtBot) -> None:
    workspace.write(ITEM, "Hòa giải thành 40 vụ.")
    workspace.write("I.a", "Mở 540/400 lớp, đạt 130%.")
    again = Workspace.open(workspace.file, workspace.ref)
    assert not [finding for finding in again.findings if finding.quote is not None]
    made = ReportView(again)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: sum(finding.quote is not None for finding in again.findings) == 2, timeout=5000)
    assert given(Decimal(45)) == again.figures["hoa_giai.thanh"]
    qtbot.waitUntil(
        lambda: made.side.findings.list.count() == len(made.side.findings._shown or ()) + 2, timeout=3000
    )


def test_a_long_text_pasted_at_once_is_looked_over_in_slices(view: ReportView, qtbot: QtBot) -> None:
    area = _narrative(view).area
    lines = [
        f"Đã nhận {n} vụ, đạt 45/48 vụ ({n},5%), còn {n} vụ; tổng cộng {n} vụ, gồm {n} và {n}."
        for n in range(100, 500)
    ]
    held = QMimeData()
    held.setText("\n".join(lines))
    QApplication.processEvents()
    area.insertFromMimeData(held)
    area.check_figures()
    assert area.remarks.doubts == ()
    qtbot.waitUntil(lambda: len(area.remarks.doubts) >= len(lines), timeout=15_000)


# Citations


def test_an_issued_document_is_cited_by_keys_and_leads_to_its_row(
    view: ReportView, workspace: Workspace
) -> None:
    row = workspace.add_row("van_ban").row
    for column, typed in (
        ("so", "12/QĐ-UBND"),
        ("ngay", "05/02/2024"),
        ("loai_van_ban", "quyet_dinh"),
        ("trich_yeu", "ban hành Quy chế"),
    ):
        workspace.enter(f"van_ban/{row}/{column}", typed)
    narrative = _written(view, "Theo")
    QTest.keyClicks(narrative.area, " ")
    search = _search(narrative.area)
    QTest.keyClicks(search.line, "quyet dinh so 12")
    assert _lines(search)[0][1] == "Quyết định số 12/QĐ-UBND"
    QTest.keyClick(search.line, Qt.Key.Key_Return)
    narrative.commit()
    assert workspace.answers.prose(ITEM) == f"Theo {{van_ban/{row}}}"
    QTest.keyClick(narrative.area, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    narrative.commit()
    assert workspace.answers.prose(ITEM) == f"Theo {{van_ban/{row}|full}}"
    QTest.keyClick(narrative.area, Qt.Key.Key_F4)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == f"van_ban/{row}/so"
