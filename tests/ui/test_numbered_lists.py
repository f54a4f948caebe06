"""Numbered lists: by key and button, pasted from a page or Word, on paper, in Word, in a package, in an Excel cell."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest

from dcs_desktop import package, reading, taking_back
from dcs_desktop.core.narrative import Prose, has_numbers, read, write
from dcs_desktop.core.offered import as_lines, from_lines
from dcs_desktop.core.template_file import write_template
from dcs_desktop.core.values import given
from dcs_desktop.package.container import packed
from dcs_desktop.package.contents import laid_out
from dcs_desktop.printing import render_report
from dcs_desktop.ui.prose_area import ProseArea
from dcs_desktop.ui.report_view import ReportView
from dcs_desktop.workspace import Workspace
from tests.package.samples import REPORT, TEMPLATE

BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
ITEM = "I.a"


@pytest.fixture
def area(view: ReportView) -> ProseArea:
    view.go_to(ITEM)
    found = view.findChild(ProseArea, ITEM)
    assert found is not None
    found.setFocus()
    return found


def _said(area: ProseArea) -> str:
    return write(Prose(area.paragraphs()))


def _lines(area: ProseArea, *lines: str) -> None:
    for place, line in enumerate(lines):
        if place:
            QTest.keyClick(area, Qt.Key.Key_Return)
        QTest.keyClicks(area, line)


def test_a_list_is_numbered_by_key_gone_on_with_and_left(area: ProseArea, workspace: Workspace) -> None:
    QTest.keyClick(area, Qt.Key.Key_N, BOTH)
    _lines(area, "mot", "hai", "", "sau")
    assert _said(area) == "{#1} mot\n{#2} hai\n\nsau"
    QTest.keyClick(area, Qt.Key.Key_N, BOTH)
    assert _said(area) == "{#1} mot\n{#2} hai\n{#3} sau"
    QTest.keyClick(area, Qt.Key.Key_L, BOTH)
    assert _said(area) == "{#1} mot\n{#2} hai\n- sau"
    area.undo()
    QTest.keyClick(area, Qt.Key.Key_N, BOTH)
    assert _said(area) == "{#1} mot\n{#2} hai\n\nsau"
    area.commit()
    assert workspace.answers.prose(ITEM) == "{#1} mot\n{#2} hai\n\nsau"


def test_typed_numbers_become_a_list_only_when_it_is_asked_for(area: ProseArea) -> None:
    _lines(area, "1. mot", "giua", "2) hai", "3. ba")
    assert _said(area) == "1. mot\n\ngiua\n\n2) hai\n\n3. ba"
    cursor = area.textCursor()
    cursor.movePosition(cursor.MoveOperation.Start)
    area.setTextCursor(cursor)
    QTest.keyClick(area, Qt.Key.Key_N, BOTH)
    area.moveCursor(cursor.MoveOperation.End)
    cursor = area.textCursor()
    cursor.movePosition(cursor.MoveOperation.PreviousBlock, cursor.MoveMode.KeepAnchor)
    area.setTextCursor(cursor)
    QTest.keyClick(area, Qt.Key.Key_N, BOTH)
    assert _said(area) == "{#1} mot\n\ngiua\n\n{#2} hai\n{#3} ba"
    area.undo()
    assert _said(area) == "{#1} mot\n\ngiua\n\n2) hai\n\n3. ba"


def test_an_entry_that_comes_between_counts_the_others_anew(area: ProseArea) -> None:
    area.show_paragraphs(read("{#1} a\n- x\n{#2} b\n{#3} c").paragraphs)
    cursor = area.textCursor()
    cursor.movePosition(cursor.MoveOperation.Start)
    cursor.movePosition(cursor.MoveOperation.EndOfBlock)
    area.setTextCursor(cursor)
    _lines(area, "", "moi")
    assert _said(area) == "{#1} a\n{#2} moi\n- x\n{#3} b\n{#4} c"


WORD = """<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>{n}.<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span><![endif]>{text}<o:p></o:p></p>"""


@pytest.mark.parametrize(
    ("html", "markup"),
    [
        ("<ol><li>một<li>hai</ol><p>giữa</p><ol start=3><li>ba</ol>", "{#1} một\n{#2} hai\n\ngiữa\n\n{#3} ba"),
        ("<ol><li>a<ul><li>x</ul><li>b<ol><li>c</ol><li>d</ol>", "{#1} a\n- x\n{#2} b\n{#1} c\n{#3} d"),
        ("<ol type=a><li>một<li>hai</ol>", "a) một\n\nb) hai"),
        ('<ol style="list-style-type: upper-latin"><li value=3>x</ol>', "C) x"),
        ("<ol><li style='list-style-type:decimal'><p>x</p><p>y</p></li></ol>", "{#1} x\n\ny"),
        (WORD.format(n=1, text="một") + WORD.format(n=2, text="hai"), "{#1} một\n{#2} hai"),
        ("<p>1. gõ tay</p><p>{#1} dấu</p>", "1. gõ tay\n\n\\{#1} dấu"),
    ],
)  # fmt: skip
def test_a_pasted_list_keeps_its_numbers(area: ProseArea, html: str, markup: str) -> None:
    data = QMimeData()
    data.setHtml(html)
    area.insertFromMimeData(data)
    assert _said(area) == markup
    area.selectAll()
    copy = area.createMimeDataFromSelection()
    assert copy.text().count("\n") == len(area.paragraphs()) - 1
    assert all(copy.text().count(f"{p.number}. ") for p in area.paragraphs() if p.number)
    area.insertFromMimeData(copy)
    assert _said(area) == markup


def test_paper_and_word_count_the_entries(workspace: Workspace) -> None:
    markup = "Gồm:\n\n{#1} việc một\n{#2} việc hai\n\nXen giữa.\n\n{#3} việc ba[^a]\n\n[^a]: {#1} chú thích"
    workspace.write(ITEM, markup)
    pages = PdfReader(BytesIO(render_report(workspace.report(), workspace.form).data)).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "Gồm: 1. việc một 2. việc hai Xen giữa. 3. việc ba" in text
    found = reading.read_bytes(taking_back.written(workspace.report(), workspace.form, None), "a.docx")
    assert found.items[ITEM].markup == markup.replace("[^a]", "[^1]")


def test_an_excel_cell_gives_a_numbered_list_back() -> None:
    markup = "Gồm:\n\n{#1} một\n{#2} hai\n\n3. gõ tay"
    lines = as_lines(markup) or ""
    assert lines == "Gồm:\n1.  một\n2.  hai\n3. gõ tay"
    assert write(from_lines(lines)) == markup


def test_only_a_package_with_a_numbered_list_asks_for_a_newer_program() -> None:
    for markup, format in (
        ("1. gõ tay, \\{#1} dấu", 1),
        ("{#1} một\n{#2} hai", 3),
        ("a[^1]\n\n[^1]: {#1} b", 3),
    ):
        answers = replace(REPORT.answers, values={**REPORT.answers.values, "III.1.e": given(markup)})
        report = replace(REPORT, answers=answers)
        read_again = package.read_bytes(
            packed(laid_out(report, TEMPLATE)), "p.zip", {TEMPLATE.reference: write_template(TEMPLATE)}
        )
        assert read_again.faults == ()
        assert read_again.report is not None
        assert read_again.report.answers.prose("III.1.e") == markup
        assert read_again.manifest is not None
        assert read_again.manifest.dcs.format == format
        assert has_numbers(markup) == (format == 3)
