"""Prose between its canonical string and the text field; footnotes, the clipboard, linked figures."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dcs_desktop.core.narrative import FORMS, Link, NoteMark, Paragraph, Prose, Text, read, write
from dcs_desktop.ui.footnotes import fresh_id, renamed
from dcs_desktop.ui.narrative_document import fill, paragraphs_of
from dcs_desktop.ui.narrative_paste import PROSE_TYPE, from_clipboard, to_clipboard
from dcs_desktop.ui.prose_area import ProseArea
from dcs_desktop.ui.surroundings import Surroundings

LETTERS = st.text(st.characters(exclude_categories=("Cs", "Cn")), min_size=1, max_size=12)
TEXTS = st.builds(Text, LETTERS, st.booleans(), st.booleans())
KEYS = st.from_regex(r"[a-z]{1,5}(\.[a-z]{1,5})?", fullmatch=True)
LINKS = st.builds(
    Link,
    KEYS,
    st.sampled_from(FORMS),
    st.none() | st.integers(0, 6),
    st.none() | st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
MARKS = st.builds(NoteMark, st.sampled_from(["1", "2", "a-b"]))
INLINES = st.lists(TEXTS | LINKS | MARKS, min_size=1, max_size=6).map(tuple)
NUMBERS = st.sampled_from([0, 0, 1, 2, 3, 7])
PARAGRAPHS = st.lists(st.builds(Paragraph, INLINES, st.booleans(), NUMBERS), max_size=6).map(tuple)


@settings(max_examples=120, deadline=None)
@given(PARAGRAPHS)
def test_what_a_document_shows_is_what_the_string_says(
    qapp: object, paragraphs: tuple[Paragraph, ...]
) -> None:
    said = write(Prose(paragraphs))
    document = QTextDocument()
    fill(document, read(said).paragraphs)
    assert write(Prose(paragraphs_of(document))) == write(Prose(read(said).paragraphs))


def test_a_document_is_filled_anew_without_a_trace_of_what_it_held(qapp: object) -> None:
    document = QTextDocument()
    fill(document, read("- việc *thứ nhất*\n- việc thứ hai").paragraphs)
    fill(document, read("Một đoạn.").paragraphs)
    assert write(Prose(paragraphs_of(document))) == "Một đoạn."
    assert not document.isUndoAvailable()


WORD = """
<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p {font-family:".VnTime"}</style></head><body>
<p class=MsoNormal><b><span style='font-size:14.0pt;font-family:"Times New Roman"'>Kết quả:</span></b>
<span style='color:red'> tổ chức <i>02</i> lớp</span><o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='font-family:Symbol'>·<span>&nbsp;&nbsp;&nbsp;
</span></span>Lớp thứ nhất</p>
<ul><li>Lớp thứ hai<img src="file:///c:/picture.png"></li></ul></body></html>
"""


def test_paste_from_word_keeps_paragraphs_lists_bold_and_italic(qapp: object) -> None:
    data = QMimeData()
    data.setHtml(WORD)
    prose = from_clipboard(data)
    assert prose is not None
    assert write(prose) == "**Kết quả:** tổ chức *02* lớp\n\n- Lớp thứ nhất\n- Lớp thứ hai"


def test_plain_text_is_pasted_as_letters_never_as_markup(qapp: object) -> None:
    data = QMimeData()
    data.setText("Giá 2 * 3 * 4 {hoa_giai}\nHòa gia\u0309i")
    prose = from_clipboard(data)
    assert prose is not None
    assert write(prose) == "Giá 2 \\* 3 \\* 4 \\{hoa_giai}\n\nHòa giải"


def test_own_prose_crosses_the_clipboard_whole(qapp: object) -> None:
    prose = read("Đạt {giam_sat.percent|value;d=1} **kế hoạch**[^1]\n\n[^1]: Số {giam_sat}.")
    data = to_clipboard(prose, "Đạt 150% kế hoạch")
    assert data.hasFormat(PROSE_TYPE)
    assert data.text() == "Đạt 150% kế hoạch"
    assert from_clipboard(data) == prose


def test_a_pasted_footnote_gets_an_id_of_its_own() -> None:
    pasted = read("Một[^1] hai[^2]\n\n[^1]: a\n[^2]: b")
    assert write(renamed(pasted, standing=("1",), taken=("1", "2"))) == (
        "Một[^3] hai[^2]\n\n[^3]: a\n\n[^2]: b"
    )
    assert fresh_id({"1", "3"}) == "2"


@pytest.fixture
def area(qtbot: QtBot) -> ProseArea:
    around = Surroundings(
        shown=lambda link: "412",
        told=lambda link: link.key,
        number=lambda id: 1,
        taken=lambda paragraphs: Prose(tuple(paragraphs)),
        adopt=lambda prose: prose.paragraphs,
    )
    made = ProseArea(around)
    qtbot.addWidget(made)
    return made


def test_a_chip_survives_cut_paste_and_undo(area: ProseArea) -> None:
    area.show_paragraphs(read("Có {hoa_giai.thanh} vụ.").paragraphs)
    area.selectAll()
    held = area.createMimeDataFromSelection()
    assert held.text() == "Có 412 vụ."
    area.textCursor().removeSelectedText()
    assert area.paragraphs() == ()
    area.insertFromMimeData(held)
    assert write(Prose(area.paragraphs())) == "Có {hoa_giai.thanh} vụ."
    area.undo()
    area.undo()
    assert write(Prose(area.paragraphs())) == "Có {hoa_giai.thanh} vụ."


def test_letters_typed_behind_a_chip_are_letters(area: ProseArea) -> None:
    area.show_paragraphs(read("{hoa_giai.thanh}").paragraphs)
    cursor = area.textCursor()
    cursor.movePosition(cursor.MoveOperation.End)
    area.setTextCursor(cursor)
    QTest.keyClicks(area, " vu viec")
    assert write(Prose(area.paragraphs())) == "{hoa_giai.thanh} vu viec"


def test_enter_in_an_empty_list_entry_ends_the_list(area: ProseArea) -> None:
    area.toggle_list()
    for text in ("mot", "hai", ""):
        QTest.keyClicks(area, text)
        QTest.keyClick(area, Qt.Key.Key_Return)
    QTest.keyClicks(area, "ba")
    assert write(Prose(area.paragraphs())) == "- mot\n- hai\n\nba"


def test_bold_and_italic_by_key(area: ProseArea) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClicks(area, "a ")
    QTest.keyClick(area, Qt.Key.Key_B, control)
    QTest.keyClicks(area, "b")
    QTest.keyClick(area, Qt.Key.Key_B, control)
    QTest.keyClick(area, Qt.Key.Key_I, control)
    QTest.keyClicks(area, " c")
    assert write(Prose(area.paragraphs())) == "a **b*** c*"


def test_what_is_typed_is_never_rewritten(area: ProseArea) -> None:
    QTest.keyClicks(area, "- khong phai danh sach  1.5 ... ")
    assert area.toPlainText() == "- khong phai danh sach  1.5 ... "
    assert write(Prose(area.paragraphs())) == "\\- khong phai danh sach  1.5 ..."


def press(area: ProseArea, text: str) -> None:
    """A key event as an input method sends it: letters that no key of the keyboard has."""
    QApplication.sendEvent(area, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, text))


def test_letters_that_an_input_method_replaces_by_backspace_are_neither_lost_nor_doubled(
    area: ProseArea, qtbot: QtBot
) -> None:
    area._waiting.setInterval(0)
    saved: list[str] = []
    area.edited.connect(lambda: saved.append(write(Prose(area.paragraphs()))))
    for typed, replaced in (("d", 0), ("đ", 1), ("u", 0), ("o", 0), ("ươ", 2), ("c", 0), ("ợc", 2)):
        for _back in range(replaced):
            QTest.keyClick(area, Qt.Key.Key_Backspace)
        press(area, typed)
        qtbot.wait(1)
    assert area.toPlainText() == "được"
    assert saved[-1] == "được"


def test_composed_letters_are_kept_composed(area: ProseArea) -> None:
    event = QInputMethodEvent("", [])
    event.setCommitString("Hòa giải")
    QApplication.sendEvent(area, event)
    decomposed = QInputMethodEvent("", [])
    decomposed.setCommitString(unicodedata.normalize("NFD", " thành"))
    QApplication.sendEvent(area, decomposed)
    assert write(Prose(area.paragraphs())) == "Hòa giải thành"
