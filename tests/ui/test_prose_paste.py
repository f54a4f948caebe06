"""Text of the fonts of before Unicode pasted into prose: recognised, shown, converted only when wanted, undone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData
from pytestqt.qtbot import QtBot

from dcs_desktop.core.legacy import Legacy
from dcs_desktop.core.narrative import Prose, write
from dcs_desktop.ui import messages
from dcs_desktop.ui.narrative_document import paragraphs_of
from dcs_desktop.ui.prose_area import ProseArea
from dcs_desktop.ui.surroundings import Surroundings
from tests.core.test_legacy import in_old_codes

SENTENCE = "Uỷ ban nhân dân xã đã tổ chức đối thoại với người dân, hương ước được niêm yết."
TCVN3, VNI = (in_old_codes(SENTENCE, encoding) for encoding in Legacy)


@pytest.fixture
def area(qtbot: QtBot) -> ProseArea:
    made = ProseArea(
        Surroundings(
            shown=lambda link: link.key,
            told=lambda link: link.key,
            number=lambda _id: 1,
            taken=lambda paragraphs: Prose(tuple(paragraphs)),
            adopt=lambda prose: prose.paragraphs,
        )
    )
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What was asked; the answer is yes until ``asked`` holds a first "no"."""
    questions: list[tuple[str, str]] = []

    def ask(_asker: object, question: str, _yes: str, _no: str = "", detail: str = "", **_more: bool) -> bool:
        refused = ("no", "no") in questions
        questions.append((question, detail))
        return not refused

    monkeypatch.setattr(messages, "ask", ask)
    return questions


def pasted(area: ProseArea, text: str = "", html: str = "") -> str:
    data = QMimeData()
    data.setText(text)
    if html:
        data.setHtml(html)
    area.insertFromMimeData(data)
    return write(Prose(paragraphs_of(area.document())))


@pytest.mark.parametrize(("old", "name"), [(TCVN3, "TCVN3"), (VNI, "VNI")])
def test_old_codes_are_shown_and_converted_and_undo_gives_them_back(
    area: ProseArea, asked: list[tuple[str, str]], old: str, name: str
) -> None:
    area.insertPlainText("Trước. ")
    assert pasted(area, old) == f"Trước. {SENTENCE}"
    ((question, detail),) = asked
    assert name in question
    assert SENTENCE[:60] in detail
    area.undo()
    assert area.toPlainText().replace("\u00ad", "") == f"Trước. {old}".replace("\u00ad", "")
    area.redo()
    assert area.toPlainText() == f"Trước. {SENTENCE}"


def test_old_codes_stay_when_they_are_wanted_so(area: ProseArea, asked: list[tuple[str, str]]) -> None:
    asked.append(("no", "no"))
    assert pasted(area, VNI) == VNI
    assert len(asked) == 2


def test_a_word_document_of_old_codes_keeps_its_bold_and_lists(
    area: ProseArea, asked: list[tuple[str, str]]
) -> None:
    page = f"<html><body><p><b>KÕt qu¶:</b> {TCVN3}</p><ul><li>d©n chñ ë c¬ së</li></ul></body></html>"
    assert (
        pasted(area, f"KÕt qu¶: {TCVN3}\nd©n chñ ë c¬ së", page)
        == f"**Kết quả:** {SENTENCE}\n\n- dân chủ ở cơ sở"
    )
    assert len(asked) == 1


@pytest.mark.parametrize(
    "text", [SENTENCE, "Plain English words", "Über Ärger, déjà vu", "12.345 – 6%", "😀 ٣٤"]
)
def test_nothing_is_asked_of_unicode(area: ProseArea, asked: list[tuple[str, str]], text: str) -> None:
    assert pasted(area, text) == text
    assert asked == []
