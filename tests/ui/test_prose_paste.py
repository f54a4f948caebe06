"""Text of the fonts of before Unicode pasted into prose: recognised, shown, converted only when wanted, undone."""

from __future__ import annotations

from time import perf_counter

import pytest
from PySide6.QtCore import QMimeData
from pytestqt.qtbot import QtBot

from dcs_desktop.core.legacy_tables import Legacy
from dcs_desktop.core.narrative import Prose, write
from dcs_desktop.core.text import nfc
from dcs_desktop.ui import messages
from dcs_desktop.ui.narrative_document import paragraphs_of
from dcs_desktop.ui.prose_area import ProseArea
from dcs_desktop.ui.surroundings import Surroundings
from tests.core.test_legacy import in_old_codes

SENTENCE = "Uỷ ban nhân dân xã đã tổ chức đối thoại với người dân, hương ước được niêm yết."
OLD = {encoding: in_old_codes(SENTENCE, encoding) for encoding in Legacy}
TCVN3, VNI = OLD[Legacy.TCVN3], OLD[Legacy.VNI]
ASKED = {**{encoding: encoding.value for encoding in Legacy}, Legacy.UTF8: "đọc nhầm"}


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


@pytest.mark.parametrize(("old", "name"), [(OLD[encoding], ASKED[encoding]) for encoding in Legacy])
def test_old_codes_are_shown_and_converted_and_undo_gives_them_back(
    area: ProseArea, asked: list[tuple[str, str]], old: str, name: str
) -> None:
    area.insertPlainText("Trước. ")
    assert pasted(area, old) == f"Trước. {SENTENCE}"
    ((question, detail),) = asked
    assert name in question
    assert SENTENCE[:60] in detail
    area.undo()
    assert nfc(area.toPlainText()) == nfc(f"Trước. {old}")
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


GOOGLE = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span style="font-weight:700">Kết quả</span>
<span style="font-style:italic">bước đầu</span></p><ul><li dir="ltr"><p>việc một</p></li><li><p>việc hai</p></li></ul></b>"""
OFFICE = """<html><head><style>p { color: red }</style></head><body><p><font face="Liberation Serif"><b>Họp</b> <i>dân</i></font></p>
<ol><li><p>lần một</p></li></ol><table><tr><td><p>Ấp 1</p></td><td>12 hộ</td></tr><tr><td>Ấp 2</td><td>9 hộ</td></tr></table></body></html>"""
WEB = "<div>Một<br>hai<script>alert('x')</script><img src='file:///etc/passwd'><!-- ba --> &amp; &lt;b&gt;</div>"


@pytest.mark.parametrize(
    ("html", "markup"),
    [
        (GOOGLE, "**Kết quả** *bước đầu*\n\n- việc một\n- việc hai"),
        (OFFICE, "**Họp** *dân*\n\n{#1} lần một\n\nẤp 1; 12 hộ\n\nẤp 2; 9 hộ"),
        (WEB, "Một\n\nhai & <b>"),
        ("<b>" * 5_000 + "đậm" + "</b>" * 5_000, "**đậm**"),
        ("<table><tr><td>" * 3_000 + "sâu", "sâu"),
        ("<p>chưa <b>đóng", "chưa **đóng**"),
    ],
)
def test_r21_of_a_page_only_paragraphs_lists_bold_and_italic_stay(
    area: ProseArea, html: str, markup: str
) -> None:
    assert pasted(area, html=html) == markup


def test_a_megabyte_at_once_is_refused_and_nothing_waits(area: ProseArea) -> None:
    said: list[str] = []
    area.refused.connect(said.append)
    area.insertPlainText("Trước.")
    long = "Ủy ban nhân dân xã. " * 52_000
    begun = perf_counter()
    assert pasted(area, long, f"<p>{long}</p>") == "Trước."
    assert perf_counter() - begun < 1
    assert len(said) == 1
    assert "1.040.000 ký tự" in said[0]


def test_what_stays_behind_is_said(area: ProseArea) -> None:
    said: list[str] = []
    area.refused.connect(said.append)
    assert pasted(area, "chữ", "<p>chữ<img src='a.png'></p>") == "chữ"
    assert "Hình ảnh" in said[0]
    area.clear()
    page = "<p><b>đậm</b></p>" + "<!-- -->" * 60_000
    assert pasted(area, "đậm", page) == "đậm"
    assert "chữ đậm" in said[1]
    area.clear()
    assert pasted(area, html="<p>" + "chữ " * 30_000 + "</p>") == ""
    assert "ký tự" in said[2]
