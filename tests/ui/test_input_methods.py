"""Vietnamese as input methods type it: composed before it is given, or taken back by Backspace and typed anew."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import given as cases
from hypothesis import settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from dcs_desktop.core.narrative import Prose, read, write
from dcs_desktop.ui.editors import LineEditor
from dcs_desktop.ui.prose_area import ProseArea
from dcs_desktop.ui.report_view import ReportView
from dcs_desktop.ui.surroundings import Surroundings
from dcs_desktop.workspace import Workspace

# What stands on the screen after each key of Telex or VNI.
WORDS = {
    "được": ("d", "đ", "đu", "đuo", "đươ", "đươc", "được"),
    "người": ("n", "ng", "ngu", "nguo", "ngươ", "ngươi", "người"),
    "hội": ("h", "ho", "hô", "hôi", "hội"),
    "Ủy": ("U", "Uy", "Ủy"),
    "thuỷ": ("t", "th", "thu", "thuy", "thủy", "thuỷ"),
    "xã": ("x", "xa", "xã"),
    "ấp": ("a", "â", "âp", "ấp"),
}
ITEM, COUNT, WORDED = "I.a", "dan_cu.thon", "tap_huan.doi_tuong"
WAYS = ("backspace", "preedit", "replacement")


def _key(editor: QWidget, sign: str, key: int = 0) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(editor, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, sign))


def _event(preedit: str, commit: str = "", taken: int = 0) -> QInputMethodEvent:
    place = QInputMethodEvent.Attribute(QInputMethodEvent.AttributeType.Cursor, len(preedit), 1, None)
    event = QInputMethodEvent(preedit, [place])
    event.setCommitString(commit, -taken, taken)
    return event


def _steps(editor: QWidget, states: Sequence[str], way: str) -> None:
    """One word, letter by letter: UniKey takes back and types anew, ibus composes first, macOS replaces what stands."""
    before = ""
    for state in states:
        if way == "preedit":
            QApplication.sendEvent(editor, _event(state))
        else:
            alike = next((n for n, (a, b) in enumerate(zip(before, state, strict=False)) if a != b), None)
            kept = min(len(before), len(state)) if alike is None else alike
            if way == "replacement":
                QApplication.sendEvent(editor, _event("", state[kept:], len(before) - kept))
            else:
                for _letter in before[kept:]:
                    _key(editor, "\b", Qt.Key.Key_Backspace)
                for letter in state[kept:]:
                    _key(editor, letter)
        before = state
    if way == "preedit":
        QApplication.sendEvent(editor, _event("", before))


def _type(editor: QWidget, words: Sequence[str], way: str) -> None:
    for place, word in enumerate(words):
        if place:
            _key(editor, " ", Qt.Key.Key_Space)
        _steps(editor, WORDS[word], way)


def _area() -> ProseArea:
    return ProseArea(
        Surroundings(
            shown=lambda link: link.key,
            told=lambda link: link.key,
            number=lambda _id: 1,
            taken=lambda paragraphs: Prose(tuple(paragraphs)),
            adopt=lambda prose: prose.paragraphs,
        )
    )


@pytest.mark.parametrize("way", WAYS)
def test_r21_prose_keeps_what_was_typed_and_undo_goes_back_by_words(qtbot: QtBot, way: str) -> None:
    area = _area()
    qtbot.addWidget(area)
    area.show()
    words = ("Ủy", "hội", "được", "người", "xã")
    _type(area, words, way)
    assert area.toPlainText() == " ".join(words)
    seen = [area.toPlainText()]
    while area.document().isUndoAvailable() and len(seen) < 40:
        QTest.keyClick(area, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        seen.append(area.toPlainText())
    assert seen[-1] == ""
    if way == "backspace":
        assert list(dict.fromkeys(seen)) == [
            " ".join(words),
            *(" ".join((*words[:n], "")) for n in range(4, 0, -1)),
            "",
        ]
    while area.document().isRedoAvailable():
        QTest.keyClick(
            area, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        )
    assert area.toPlainText() == " ".join(words)


@pytest.mark.parametrize("way", WAYS)
def test_r21_looking_saving_and_drawing_never_touch_a_word_that_is_being_composed(
    view: ReportView, workspace: Workspace, way: str
) -> None:
    view.go_to(ITEM)
    area = view.findChild(ProseArea, ITEM)
    assert area is not None
    area.setFocus()
    _type(area, ("xã", "hội"), way)
    half = WORDS["người"][:4]
    if way == "preedit":
        for state in half:
            QApplication.sendEvent(area, _event(state))
    else:
        _key(area, " ", Qt.Key.Key_Space)
        _steps(area, half, way)
    for disturb in (area.commit, area.check_figures, area.follow, view.refresh, area.look_over):
        disturb()
    if way == "preedit":
        assert workspace.answers.prose(ITEM) == "xã hội"
        QApplication.sendEvent(area, _event("", " người"))
    else:
        for _letter in half[-1][2:]:
            _key(area, "\b", Qt.Key.Key_Backspace)
        for letter in "ười":
            _key(area, letter)
    area.commit()
    assert workspace.answers.prose(ITEM) == "xã hội người"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_r21_a_field_of_words_keeps_them_and_stores_one_form(
    view: ReportView, workspace: Workspace, way: str, form: str
) -> None:
    view.go_to(WORDED)
    editor = view.findChild(LineEditor, WORDED)
    assert editor is not None
    editor.setFocus()
    if form == "NFD":
        for word in ("được ", "người"):
            QApplication.sendEvent(editor, _event("", unicodedata.normalize("NFD", word)))
    else:
        _type(editor, ("được", "người"), way)
        assert editor.text() == "được người"
    before = len(workspace.undoable)
    editor.commit()
    assert workspace.answers.value(WORDED).content == "được người"
    assert len(workspace.undoable) == before + 1
    editor.setFocus()
    view.undo()
    assert not workspace.answers.value(WORDED).answered


@pytest.mark.parametrize("way", WAYS)
def test_r21_digits_of_a_number_come_through_whole(view: ReportView, workspace: Workspace, way: str) -> None:
    view.go_to(COUNT)
    editor = view.findChild(LineEditor, COUNT)
    assert editor is not None
    editor.setFocus()
    if way == "preedit":
        for state in ("1", "12", "125"):
            QApplication.sendEvent(editor, _event(state))
        assert editor.text() == ""
        QApplication.sendEvent(editor, _event("", "125"))
    else:
        # VNI takes 6 for the mark of "a6": typed behind a digit it is a digit.
        for digit in "126":
            _key(editor, digit)
        _key(editor, "\b", Qt.Key.Key_Backspace)
        _key(editor, "5")
    editor.commit()
    assert workspace.figures[COUNT].number == 125
    view.undo()
    assert not workspace.figures[COUNT].answered


def test_the_line_that_is_typed_in_stays_in_sight(qtbot: QtBot) -> None:
    area = _area()
    qtbot.addWidget(area)
    area.resize(300, 300)
    area.show()
    area.show_paragraphs(read("\n\n".join(["một dòng"] * 60)).paragraphs)
    area.moveCursor(area.textCursor().MoveOperation.End)
    for number in range(120):
        _key(area, "a" if number % 5 else " ")
        assert area.cursorRect().bottom() < area.viewport().height()


LETTERS = st.sampled_from(["a", "ấ", "đ", " ", ".", "1", "\b", "\b", "left"])


@settings(max_examples=80, deadline=None)
@cases(st.lists(LETTERS, max_size=25))
def test_whatever_keys_are_typed_undo_leads_back_and_redo_forth(qapp: object, keys: list[str]) -> None:
    area = _area()
    said = ["đầu câu "]
    area.insertPlainText(said[0])
    area.document().clearUndoRedoStacks()
    for key in keys:
        if key == "left":
            area.moveCursor(area.textCursor().MoveOperation.Left)
        else:
            _key(area, key, Qt.Key.Key_Backspace if key == "\b" else 0)
        said.append(area.toPlainText())
    steps = 0
    while area.document().isUndoAvailable():
        area.undo()
        steps += 1
        assert area.toPlainText() in said
    assert area.toPlainText() == said[0]
    assert steps <= len(keys)
    while area.document().isRedoAvailable():
        area.redo()
    assert area.toPlainText() == said[-1]
    assert write(Prose(area.paragraphs())).replace("\\", "") == said[-1].strip()
