"""Figures that do not agree, under the wave in the text: said, offered, never changed unasked."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from dcs_desktop.core.narrative import Prose, read, write
from dcs_desktop.ui import known_words
from dcs_desktop.ui.prose_area import ProseArea
from dcs_desktop.ui.prose_menu import menu_at, told_at
from dcs_desktop.ui.surroundings import Surroundings
from tests.ui.shell_data import type_into

PRINTED = {"dat": "540", "chi_tieu": "400", "ty_le": "130%"}


@pytest.fixture
def area(qtbot: QtBot) -> ProseArea:
    around = Surroundings(
        shown=lambda link: PRINTED[link.key],
        told=lambda link: link.key,
        number=lambda id: 1,
        taken=lambda paragraphs: Prose(tuple(paragraphs)),
        adopt=lambda prose: prose.paragraphs,
    )
    made = ProseArea(around)
    qtbot.addWidget(made)
    made.resize(900, 200)
    made.show()
    qtbot.waitExposed(made)
    return made


def _show(area: ProseArea, markup: str) -> None:
    area.show_paragraphs(read(markup).paragraphs)
    area.check_figures()


def _underlined(area: ProseArea) -> list[str]:
    wave = QTextCharFormat.UnderlineStyle.WaveUnderline
    selections = area.extraSelections()
    assert all(selection.format.underlineStyle() == wave for selection in selections)
    return [selection.cursor.selectedText() for selection in selections]


def _point(area: ProseArea, text: str) -> QPoint:
    """The middle of a letter of the text, in the field."""
    cursor = area.textCursor()
    cursor.setPosition(area.toPlainText().index(text))
    before = area.cursorRect(cursor)
    cursor.movePosition(cursor.MoveOperation.Right)
    return (before.center() + area.cursorRect(cursor).center()) / 2


def _offered(area: ProseArea, point: QPoint) -> list[str]:
    return [action.text() for action in menu_at(area, point).actions() if "Sửa thành" in action.text()]


def test_wrong_figures_are_underlined_and_right_ones_are_not(area: ProseArea) -> None:
    _show(area, "Đạt 😀 **kế hoạch**: 540/400 học viên, đạt *130%*.\n\nCó 8/12 xã, chiếm 66,67%.")
    assert _underlined(area) == ["540/400 học viên, đạt 130%"]
    assert write(Prose(area.paragraphs())).startswith("Đạt 😀 **kế hoạch**: 540/400 học viên, đạt *130%*.")


def test_typing_is_checked_after_a_pause(area: ProseArea, qtbot: QtBot) -> None:
    QTest.keyClicks(area, "Co 540/400 em (130%).")
    assert _underlined(area) == []
    qtbot.waitUntil(lambda: _underlined(area) == ["540/400 em (130%"], timeout=5000)


def test_the_menu_corrects_it_in_one_step_that_can_be_undone(area: ProseArea) -> None:
    markup = "Kết quả: 540/400 học viên, đạt *130%* chỉ tiêu."
    _show(area, markup)
    [offer] = [a for a in menu_at(area, _point(area, "130%")).actions() if a.text() == "Sửa thành 135%"]
    offer.trigger()
    assert write(Prose(area.paragraphs())) == "Kết quả: 540/400 học viên, đạt *135%* chỉ tiêu."
    area.undo()
    assert write(Prose(area.paragraphs())) == markup
    assert _offered(area, _point(area, "Kết")) == []


def test_pointing_at_it_tells_what_was_computed(area: ProseArea) -> None:
    _show(area, "Kết quả: 540/400 học viên, đạt 130% chỉ tiêu.")
    point = _point(area, "học")
    QApplication.sendEvent(area.viewport(), QHelpEvent(QEvent.Type.ToolTip, point, area.mapToGlobal(point)))
    assert "540/400 là 135%" in QToolTip.text()


def test_linked_figures_are_read_as_they_print_and_not_written_over(area: ProseArea) -> None:
    _show(area, "Có {dat}/{chi_tieu} học viên, đạt 130%, rồi nghỉ.")
    assert len(_underlined(area)) == 1
    assert _offered(area, _point(area, "130%")) == ["Sửa thành 135%"]
    _show(area, "Có {dat}/{chi_tieu} học viên, đạt {ty_le}, rồi nghỉ.")
    assert len(_underlined(area)) == 1
    assert _offered(area, _point(area, "học")) == []


def test_a_closed_text_is_underlined_and_not_corrected(area: ProseArea) -> None:
    _show(area, "Kết quả: 540/400 học viên, đạt 130% chỉ tiêu.")
    area.close_to_typing()
    assert len(_underlined(area)) == 1
    assert _offered(area, _point(area, "130%")) == []


def _doubted(area: ProseArea) -> list[str]:
    return [slip.word.selectedText() for slip in area.remarks.slips]


def test_a_slip_of_the_pen_is_said_corrected_and_undone(area: ProseArea) -> None:
    _show(area, "Xã Phuơng Bình thưc hiện tốt.")
    assert _doubted(area) == ["Phuơng", "thưc"]
    dashed = [
        s
        for s in area.extraSelections()
        if s.format.underlineStyle() == QTextCharFormat.UnderlineStyle.DashUnderline
    ]
    assert [s.cursor.selectedText() for s in dashed] == ["Phuơng", "thưc"]
    point = _point(area, "Phuơng")
    assert "“Phương”" in told_at(area, point)
    fix = next(action for action in menu_at(area, point).actions() if action.text() == "Sửa thành “Phương”")
    fix.trigger()
    assert area.toPlainText() == "Xã Phương Bình thưc hiện tốt."
    area.undo()
    assert area.toPlainText() == "Xã Phuơng Bình thưc hiện tốt."


def test_a_word_called_right_is_doubted_no_more(area: ProseArea, own_home: Path) -> None:
    _show(area, "Ông Phuơng và ông Nguời.")
    keep = next(
        action for action in menu_at(area, _point(area, "Phuơng")).actions() if "nhắc nữa" in action.text()
    )
    keep.trigger()
    area.check_figures()
    assert _doubted(area) == ["Nguời"]
    assert (own_home / known_words.FILE_NAME).read_text("utf-8") == "phuơng\n"


def test_the_word_being_typed_is_not_doubted(area: ProseArea) -> None:
    area.activateWindow()
    area.setFocus()
    type_into(area, "Ủy ban nhân dân thưc")
    area.check_figures()
    assert _doubted(area) == []
    type_into(area, " ")
    area.check_figures()
    assert _doubted(area) == ["thưc"]
