"""Laws of the whole paper: nothing lost or out of order, nothing alone, whatever is or is not answered."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from dcs_desktop.core.report import Answers, Letterhead
from dcs_desktop.core.values import Coverage, given
from dcs_desktop.printing import render_report
from tests.printing.measuring import Sheet, sheets
from tests.printing.samples import ANSWERS, PARTY, SENTENCE, STATE, form, printed, report, told

BOTH = pytest.mark.parametrize("head", [STATE, PARTY], ids=["state", "party"])


def extracted(answers: Answers, head: Letterhead = STATE) -> str:
    """The text as another program takes it out of the file, letters untouched."""
    reader = PdfReader(BytesIO(printed(head, answers).data))
    return "\n".join(page.extract_text() for page in reader.pages)


@BOTH
def test_the_words_of_a_narrative_come_out_whole_and_in_order(head: Letterhead) -> None:
    words = [word for n in range(40) for word in f"{SENTENCE}Lượt thứ {n}.".split()]
    found = iter(extracted(told({"III.1.e": " ".join(words)}), head).split())
    assert [word for word in words if word not in found] == []


def test_the_letters_taken_out_of_the_file_are_composed() -> None:
    decomposed = unicodedata.normalize("NFD", "Ủy ban Mặt trận đã họp với hộ Nguyễn Thị Ngữ")
    text = extracted(told({"III.1.g": decomposed}))
    assert unicodedata.normalize("NFC", decomposed) in " ".join(text.split())
    assert unicodedata.is_normalized("NFC", text)


@BOTH
def test_footnotes_are_numbered_through_the_report(head: Letterhead) -> None:
    said = told(
        {
            "III.1.e": "Việc một[^a], việc hai[^b].\n\n[^a]: Chú một.\n[^b]: Chú hai.",
            "IV.1": "Việc ba[^a].\n\n[^a]: Chú ba.",
        }
    )
    text = "\n".join(sheet.text for sheet in sheets(printed(head, said).data))
    notes = re.findall(r"(\d)\s*Chú (một|hai|ba)\.", text)
    assert notes == [("1", "một"), ("2", "hai"), ("3", "ba")]


@BOTH
@pytest.mark.parametrize("sentences", range(3, 15))
def test_the_signature_is_never_cut_and_never_alone(head: Letterhead, sentences: int) -> None:
    pages = sheets(printed(head, told({"IV.1": SENTENCE * sentences})).data)
    page = next(sheet for sheet in pages if "Nơi nhận:" in sheet.text)
    assert "Nguyễn Văn A" in page.text
    assert "- Lưu" in page.text
    above = [line for line in page.lines if line.base < page.line("Nơi nhận:").base and len(line.text) > 12]
    assert len(above) >= 2


@BOTH
def test_the_signature_goes_with_the_last_rows_of_a_report_that_is_not_answered(head: Letterhead) -> None:
    empty = printed(head, Answers())
    assert empty.pages == 3
    page = next(sheet for sheet in sheets(empty.data) if "Nơi nhận:" in sheet.text)
    assert "Phương hướng chung" in page.text


def test_a_form_without_a_section_prints_its_letter() -> None:
    made = render_report(report(STATE), replace(form(), sections=()))
    assert made.pages == 1
    assert "BÁO CÁO" in sheets(made.data)[0].text


def test_a_letterhead_of_which_nothing_is_known_prints() -> None:
    assert printed(Letterhead(), Answers()).pages == 3


def test_a_box_is_crossed_for_the_answer_and_no_box_for_none() -> None:
    page = next(sheet for sheet in sheets(printed().data) if "Nhà văn hóa: Có" in sheet.text)
    assert _crossed(page) == [True, False, False, True, False, False]


def _crossed(page: Sheet) -> list[bool]:
    """Whether each box of the page holds a stroke, in reading order."""
    boxes = sorted(page.boxes, key=lambda box: (round(box[1]), box[0]))
    return [any(abs(x - left) < 1 and abs(y - top) < 1 for left, top in page.crosses) for x, y in boxes]


def test_a_rolled_up_total_says_which_units_it_lacks() -> None:
    """At the receiving unit, where the total comes from below."""
    below = replace(given(30), coverage=Coverage(14, 15))
    made = render_report(
        report(STATE, ANSWERS.with_value("hoa_giai.tiep_nhan.below", below)), form(level="receiving")
    )
    assert "14/15 đơn vị" in " ".join("\n".join(sheet.text for sheet in sheets(made.data)).split())


@BOTH
def test_the_number_of_a_document_is_not_broken_in_its_cell(head: Letterhead) -> None:
    number = "1125/QĐ-BCĐ-UBND-VPĐKĐĐ"
    said = ANSWERS.with_value("mo_hinh/r1/van_ban", given(number))
    crowded = said.with_value("mo_hinh/r1/ten", given("Mô hình camera an ninh và ánh sáng đường quê " * 9))
    assert number in sheets(printed(head, said).data)[-1].text
    assert number in sheets(printed(head, crowded).data)[-1].text
