"""What a whole printed report says and is: answers, blanks, notes, marks, the file's own properties."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from dcs_desktop import package
from dcs_desktop.core.digest import content_digest, short_digest
from dcs_desktop.core.report import Answers, Letterhead
from dcs_desktop.core.template_file import read_template
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.values import NOT_APPLICABLE, given
from dcs_desktop.printing import print_report
from tests.printing.measuring import sheets
from tests.printing.samples import (
    ANSWERS,
    PARTY,
    SENTENCE,
    STATE,
    TEMPLATES,
    form,
    nothing,
    partly,
    printed,
    report,
    told,
)

BOTH = pytest.mark.parametrize("head", [STATE, PARTY], ids=["state", "party"])
NOTED = "Hòa giải thành {hoa_giai.thanh} vụ[^1], còn lại[^2] đang xem xét.\n\n[^1]: Gồm việc đất đai.\n[^2]: Theo sổ."
WORD = "Thuậnhòa" * 40


def text(head: Letterhead = STATE, answers: Answers = ANSWERS) -> str:
    return "\n".join(sheet.text for sheet in sheets(printed(head, answers).data))


def flowing(words: str) -> str:
    """The words with line ends as spaces, to find sentences that were broken."""
    return " ".join(words.split())


def test_a_linked_figure_prints_with_its_leading_zero_in_text_only() -> None:
    said = told({"III.1.g": "Đã hòa giải thành {hoa_giai.thanh} vụ trong kỳ."})
    assert "hòa giải thành 08 vụ trong kỳ" in flowing(text(answers=said))
    assert "hòa giải thành 8 vụ trong kỳ" in flowing(text(replace(STATE, leading_zero=False), said))


def test_a_number_stays_with_its_unit_when_the_line_ends() -> None:
    for words in range(8, 24, 3):
        said = told(
            {
                "III.1.g": "và " * words
                + "{hoa_giai.tiep_nhan} vụ theo Quyết định số 12 ngày 05 tháng 12 năm 2024."
            }
        )
        lines = [
            line.text
            for sheet in sheets(printed(answers=said).data)
            for line in sheet.lines
            if line.size > 11
        ]
        assert not [
            line for line in lines if re.search(r"(1\.640|\bsố|ngày|ngày 05|tháng|tháng 12|năm)$", line)
        ]


def test_an_answer_that_is_not_there_is_a_dotted_line() -> None:
    blank = Answers({key: value for key, value in ANSWERS.values.items() if key != "III.1.g"}, ANSWERS.rows)
    page = sheets(printed(answers=blank).data)[0]
    prompt = page.line("- Việc công khai")
    assert re.fullmatch(r"\.{100,}", page.after(prompt).text)


def test_an_answer_that_does_not_apply_says_so() -> None:
    page = sheets(printed(answers=ANSWERS.with_value("III.1.g", NOT_APPLICABLE)).data)[0]
    assert page.after(page.line("- Việc công khai")).text == "Không áp dụng."


def test_none_is_said_and_blank_is_dotted() -> None:
    assert "Tiếp nhận: không vụ" in text(answers=nothing("hoa_giai.tiep_nhan"))
    blank = Answers(
        {key: v for key, v in ANSWERS.values.items() if key != "hoa_giai.tiep_nhan"}, ANSWERS.rows
    )
    assert "Tiếp nhận: …… vụ" in text(answers=blank)


def test_tick_boxes_are_drawn() -> None:
    page = next(sheet for sheet in sheets(printed().data) if "Nhà văn hóa" in sheet.text)
    assert "Nhà văn hóa: Có" in page.text
    assert len(page.boxes) == 6


def test_a_total_says_how_many_units_it_covers() -> None:
    assert "30 (14/15 đơn vị)" in flowing(text(answers=partly("hoa_giai.tiep_nhan", 30, 14, 15)))
    assert "15/15" not in text(answers=partly("hoa_giai.tiep_nhan", 30, 15, 15))


@BOTH
def test_footnotes_stand_under_a_rule_at_the_foot_of_their_page(head: Letterhead) -> None:
    said = told({"III.1.g": SENTENCE * 12 + NOTED.partition("\n")[0] + "\n" + NOTED.partition("\n")[2]})
    pages = sheets(printed(head, said).data)
    page = next(sheet for sheet in pages if "Gồm việc đất đai." in sheet.text)
    assert "Hòa giải thành 08" in flowing(page.text)
    assert (
        page.text.index("Hòa giải thành") < page.text.index("Gồm việc đất đai.") < page.text.index("Theo sổ.")
    )
    notes = [line for line in page.lines if "Gồm việc" in line.text or "Theo sổ" in line.text]
    assert all(line.size < 12 and line.base > 700 for line in notes)
    assert any(abs(rule.width - 141.7) < 1 and rule.top < notes[0].base for rule in page.rules)


def test_notes_and_their_marks_lead_to_one_another() -> None:
    reader = PdfReader(BytesIO(printed(answers=told({"III.1.g": NOTED})).data))
    links = [(page, link.get_object()) for page in reader.pages for link in page.get("/Annots", ())]
    assert len(links) == 4
    for page, link in links:
        assert link["/Subtype"] == "/Link"
        assert link["/Dest"][0] == page.indirect_reference


def test_the_annex_of_figures_bears_the_mark_that_ties_it_to_the_file() -> None:
    digest = short_digest(content_digest(report(STATE)))
    marked = [sheet for sheet in sheets(printed().data) if digest in sheet.text]
    assert len(marked) == 1
    assert "Biểu số liệu".upper() in marked[0].text
    assert "Xã Phương Bình (mã 31426@GSO-2024)" in marked[0].text
    assert "Kỳ báo cáo: năm 2024. Chính thức." in marked[0].text
    assert all(line.size <= 8 for line in marked[0].lines if digest in line.text)
    assert re.fullmatch(r"([0-9a-f]{4} ){3}[0-9a-f]{4}", digest)


@BOTH
def test_r27_the_same_content_gives_the_same_bytes(head: Letterhead) -> None:
    assert printed(head).data == printed(head).data


@BOTH
def test_the_file_says_what_it_is(head: Letterhead) -> None:
    reader = PdfReader(BytesIO(printed(head).data))
    assert reader.metadata is not None
    assert reader.metadata.title == "Báo cáo kết quả năm 2024, nhiệm vụ năm 2025"
    assert reader.metadata.author == head.issuing_body
    assert str(reader.root_object["/Lang"]) == "vi-VN"
    titles = [str(entry["/Title"]) for entry in reader.outline if not isinstance(entry, list)]
    assert titles[0].startswith("III. ")
    assert "Biểu số liệu" in titles


def test_only_embedded_subsets_of_the_one_typeface() -> None:
    reader = PdfReader(BytesIO(printed(answers=told({"III.1.g": NOTED})).data))
    fonts = [font for page in reader.pages for font in _fonts(page)]
    assert {re.sub(r"^/[A-Z]{6}\+", "", str(font["/BaseFont"])).partition("-")[0] for font in fonts} == {
        "LiberationSerif"
    }
    assert all("/FontFile2" in font["/FontDescriptor"] and "/ToUnicode" in font for font in fonts)


def _fonts(page: Any) -> Iterator[Any]:  # Any: pypdf's objects hold whatever the file holds
    for font in page["/Resources"]["/Font"].values():
        yield font.get_object()


def test_letters_come_out_as_they_went_in() -> None:
    letters = "Ừ Ỡ Ẫ ễ ỵ Ậ ặ Đ đ ữ ợ ỗ “trích dẫn” – … ² m² ₫"
    assert letters in flowing(text(answers=told({"III.1.g": letters})))


def test_decomposed_letters_are_composed() -> None:
    decomposed = unicodedata.normalize("NFD", "Nguyễn Thị Tuyết")
    assert "Nguyễn Thị Tuyết" in flowing(text(replace(STATE, signatory=decomposed)))


def test_typed_markup_prints_as_typed() -> None:
    typed = "Ghi <b>đậm</b> & <i/> &amp; <a name=x> đúng như vậy"
    assert typed in flowing(text(answers=told({"III.1.g": typed})))
    assert typed in flowing(text(answers=ANSWERS.with_value("mo_hinh/r1/ten", given(typed))))
    assert "A & <B>" in text(replace(STATE, signatory="A & <B>"))


def test_every_item_has_its_place() -> None:
    made = printed(answers=told({"III.1.e": SENTENCE * 60}))
    texts = [sheet.text for sheet in sheets(made.data)]
    assert "Việc công khai" in texts[made.item_pages["III.1.g"]]
    assert "Phương hướng chung" in texts[made.item_pages["IV.1"]]
    assert made.item_pages["III.1.e"] == 0 < made.item_pages["III.1.g"]
    top = made.spots["III.1.g"].top
    prompt = sheets(made.data)[made.item_pages["III.1.g"]].line("- Việc công khai")
    assert top < prompt.base < top + 20


def test_the_place_to_sign_lies_between_office_and_name() -> None:
    made = printed()
    area = made.signature
    assert area is not None
    page = sheets(made.data)[area.page]
    top = page.height - area.bottom - area.height
    assert page.line("CHỦ TỊCH").base < top + 1
    assert page.line("Nguyễn Văn A").base > page.height - area.bottom
    assert area.left < page.line("Nguyễn Văn A").left < area.left + area.width


@BOTH
@pytest.mark.parametrize("where", ["text", "cell", "body", "superior", "signatory", "signing", "recipient"])
def test_a_word_that_cannot_be_broken_is(head: Letterhead, where: str) -> None:
    answers = ANSWERS
    match where:
        case "text":
            answers = told({"III.1.g": WORD})
        case "cell":
            answers = ANSWERS.with_value("mo_hinh/r1/ten", given(WORD))
        case "body":
            head = replace(head, issuing_body=WORD)
        case "superior":
            head = replace(head, superior_body=WORD)
        case "signatory":
            head = replace(head, signatory=WORD)
        case "signing":
            head = replace(head, signing=(WORD,))
        case _:
            head = replace(head, recipients=(WORD,))
    pages = sheets(printed(head, answers).data)
    said = re.sub(r"\s", "", "".join(page.text for page in pages)).casefold()
    assert WORD.casefold() in said
    assert all(line.right < page.width - 40 for page in pages for line in page.lines)


def test_a_sign_without_a_letterform_is_refused_by_item_and_sign() -> None:
    said = told({"III.1.g": "Đạt ☑ và 字[^1]\n\n[^1]: Xem 😀", "IV.1": "bình thường"})
    with pytest.raises(Refusal) as refusal:
        printed(replace(STATE, signatory="Nguyễn ☎"), said)
    sentence = refusal.value.sentence
    assert all(
        words in sentence for words in ("III.1.g", "“☑” (U+2611)", "“字” (U+5B57)", "“😀” (U+1F600)", "“☎”")
    )
    assert "IV.1" not in sentence


def test_forty_pages_of_prose() -> None:
    made = printed(answers=told({"III.1.e": "\n".join([SENTENCE * 4] * 170)}))
    assert made.pages > 40


def test_a_table_of_two_thousand_rows() -> None:
    row = ANSWERS.rows["mo_hinh"][0]
    rows = tuple(replace(row, id=f"r{n}") for n in range(2000))
    reader = PdfReader(BytesIO(printed(answers=ANSWERS.with_rows("mo_hinh", rows)).data))
    first, last = reader.pages[-80].extract_text(), reader.pages[-1].extract_text()
    assert "Số, ký hiệu" in first
    assert "Số, ký hiệu" in last
    assert "2000" in last


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "báo cáo.pdf"
    path.write_bytes(b"before")
    with pytest.raises(Refusal):
        print_report(report(STATE, told({"III.1.g": "☑"})), form(), path)
    assert path.read_bytes() == b"before"
    made = print_report(report(STATE), form(), path)
    assert path.read_bytes() == made.data
    stream = BytesIO()
    print_report(report(STATE), form(), stream, layout="party")
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in sheets(stream.getvalue())[0].text


def test_last_period_stands_beside_a_figure() -> None:
    before = {"hoa_giai.tiep_nhan": given(1500), "hoa_giai.thanh": given(7)}
    made = BytesIO()
    print_report(report(STATE), form(), made, before=before)
    annex = next(sheet for sheet in sheets(made.getvalue()) if "BIỂU SỐ LIỆU" in sheet.text)
    assert "Kỳ trước" in annex.text
    cells = [line.text for line in annex.lines]
    assert cells[cells.index("1.640") :][:3].count("1.500") == 1
    assert "Kỳ trước" not in text()


def test_tabs_and_line_ends_in_a_cell_are_spaces_and_lines() -> None:
    said = text(answers=ANSWERS.with_value("mo_hinh/r1/ten", given("Tổ tự\tquản\nấp Thạnh Lợi")))
    assert "Tổ tự quản\n" in said
    assert "ấp Thạnh Lợi" in said


@BOTH
def test_r27_the_digest_of_the_page_and_of_the_file_is_that_of_the_package(
    head: Letterhead, tmp_path: Path
) -> None:
    said = report(head)
    source = (TEMPLATES / "paper.toml").read_bytes()
    template = read_template(source, "paper", lambda _reference: (TEMPLATES / "small.toml").read_bytes())
    made = package.write(tmp_path, said, template)
    printed_file = printed(head).data
    assert package.printed_digest(printed_file) == made.digest
    assert any(short_digest(made.digest) in sheet.text for sheet in sheets(printed_file))
    changed = replace(said, answers=said.answers.with_value("hoa_giai.thanh", given(9)))
    assert content_digest(changed) != made.digest
