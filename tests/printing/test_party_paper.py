"""The Party letterhead on paper, id by id of Hướng dẫn 36-HD/VPTW: every value stands here, none is read from the layout."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.printing.measuring import MM, Line, Sheet, sheets
from tests.printing.samples import PARTY, SENTENCE, printed, told

LEFT, RIGHT = 30 * MM, (210 - 15) * MM
MIDDLE = (LEFT + RIGHT) / 2


@pytest.fixture(scope="module")
def pages() -> list[Sheet]:
    return sheets(printed(PARTY, told({"III.1.e": SENTENCE * 40})).data)


@pytest.fixture(scope="module")
def first(pages: list[Sheet]) -> Sheet:
    return pages[0]


@pytest.fixture(scope="module")
def signed(pages: list[Sheet]) -> Sheet:
    return next(page for page in pages if "Nơi nhận:" in page.text)


def is_face(line: Line, face: str) -> bool:
    return line.faces == {face}


def test_p01_p02_a4_and_its_margins(pages: list[Sheet]) -> None:
    assert (round(pages[0].width, 2), round(pages[0].height, 2)) == (595.28, 841.89)
    for page in pages:
        assert all(line.left >= LEFT - 0.5 for line in page.lines)
        assert all(line.right <= page.width - 15 * MM + 0.5 for line in page.lines)
        assert all(line.base <= page.height - 20 * MM + 1 for line in page.lines)


def test_p03_a_face_with_the_metrics_of_times(pages: list[Sheet]) -> None:
    assert {face.partition("-")[0] for page in pages for line in page.lines for face in line.faces} == {
        "LiberationSerif"
    }


def test_p04_the_party_above_a_rule_as_long(first: Sheet) -> None:
    line = first.line("ĐẢNG CỘNG SẢN VIỆT NAM")
    assert line.size == 15
    assert is_face(line, "LiberationSerif-Bold")
    assert line.left > 105 * MM
    rule = first.rule_under(line)
    assert abs(rule.width - line.width) < 1
    assert abs(rule.middle - line.middle) < 0.5


def test_p05_p06_the_bodies(first: Sheet) -> None:
    above = [
        line
        for line in first.lines
        if line.text in ("ĐẢNG BỘ", "HUYỆN PHỤNG HIỆP", "ĐẢNG BỘ HUYỆN PHỤNG HIỆP")
    ]
    assert above
    assert all(line.size == 14 and is_face(line, "LiberationSerif") for line in above)
    body = [line for line in first.lines if line.size == 14 and line.right < 110 * MM and line.base < 60 * MM]
    bold = [line for line in body if is_face(line, "LiberationSerif-Bold")]
    assert " ".join(line.text for line in bold) == "BAN CHỈ ĐẠO THỰC HIỆN QUY CHẾ DÂN CHỦ Ở CƠ SỞ"
    assert max(line.middle for line in body) - min(line.middle for line in body) < 1


def test_p07_a_star_instead_of_a_rule(first: Sheet) -> None:
    star = first.line("*")
    assert (star.text, star.size) == ("*", 14)
    assert abs(star.middle - first.line("Số ").middle) < 0.5
    assert not [rule for rule in first.rules if rule.right < 105 * MM]


def test_p08_the_number(first: Sheet) -> None:
    line = first.line("Số ")
    assert (line.text, line.size) == ("Số 45-BC/BCĐ", 14)
    assert is_face(line, "LiberationSerif")


def test_p08_a_number_still_to_be_given() -> None:
    line = sheets(printed(replace(PARTY, number="")).data)[0].line("Số ")
    assert re.fullmatch(r"Số {5,}-BC/BCĐ", line.text)


def test_p09_the_date_under_the_rule(first: Sheet) -> None:
    line, party = first.line("Phương Bình, ngày"), first.line("ĐẢNG CỘNG SẢN")
    assert (line.text, line.size) == ("Phương Bình, ngày 09 tháng 06 năm 2024", 14)
    assert is_face(line, "LiberationSerif-Italic")
    assert line.base > party.base
    assert abs(line.middle - party.middle) < 1


def test_p10_the_kind_of_document(first: Sheet) -> None:
    line = first.line("BÁO CÁO")
    assert 15 <= line.size <= 16
    assert is_face(line, "LiberationSerif-Bold")
    assert abs(line.middle - MIDDLE) < 0.5


def test_p11_what_it_is_about(first: Sheet) -> None:
    line = first.after(first.line("BÁO CÁO"))
    assert line.text == "Kết quả năm 2024, nhiệm vụ năm 2025"
    assert 14 <= line.size <= 15
    assert is_face(line, "LiberationSerif-Bold")
    assert abs(line.middle - MIDDLE) < 0.5


def test_p12_hyphens_below_it(first: Sheet) -> None:
    line = first.after(first.line("Kết quả năm 2024"))
    assert line.text == "-----"
    assert abs(line.middle - MIDDLE) < 0.5


def test_a_party_report_names_no_addressee() -> None:
    head = replace(PARTY, addressees=("Huyện ủy Phụng Hiệp",))
    assert "Kính gửi" not in sheets(printed(head).data)[0].text


def test_p13_the_body(first: Sheet) -> None:
    begins = first.line("Ủy ban nhân dân xã niêm yết đủ mười một")
    goes_on = first.after(begins)
    assert 14 <= begins.size <= 15
    assert is_face(begins, "LiberationSerif")
    assert 10 * MM - 0.5 <= begins.left - LEFT <= 12.7 * MM + 0.5
    assert abs(goes_on.right - RIGHT) < 0.7


def test_p17_headings(first: Sheet) -> None:
    section, part, prompt = first.line("III- KẾT QUẢ"), first.line("1. Ở xã"), first.line("- Kết quả")
    assert section.text == section.text.upper()
    assert is_face(section, "LiberationSerif-Bold")
    assert is_face(part, "LiberationSerif-Bold")
    assert all(14 <= line.size <= 15 for line in (section, part, prompt))
    assert is_face(prompt, "LiberationSerif-BoldItalic")


def test_p18_p19_p20_who_signs(signed: Sheet) -> None:
    authority, office, name = (
        signed.line(words) for words in ("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Nguyễn Văn A")
    )
    assert [line.size for line in (authority, office, name)] == [14, 14, 14]
    assert is_face(authority, "LiberationSerif-Bold")
    assert is_face(office, "LiberationSerif")
    assert is_face(name, "LiberationSerif-Bold")
    assert authority.left > 105 * MM
    assert abs(authority.middle - office.middle) < 0.5
    assert abs(authority.middle - name.middle) < 0.5


def test_p21_the_word_above_the_recipients(signed: Sheet) -> None:
    word = signed.line("Nơi nhận:")
    assert word.size == 14
    assert is_face(word, "LiberationSerif")
    assert abs(word.base - signed.line("K/T TRƯỞNG BAN").base) < 0.5
    rule = signed.rule_under(word)
    assert abs(rule.width - word.width) < 1


def test_p22_the_recipients(signed: Sheet) -> None:
    lines = [line for line in signed.lines if line.size == 12]
    assert [line.text for line in lines] == ["- Thường trực Huyện ủy,", "- Lưu Văn phòng."]
    assert all(abs(line.left - LEFT) < 0.5 and is_face(line, "LiberationSerif") for line in lines)


def test_p23_page_numbers(pages: list[Sheet]) -> None:
    number = pages[1].lines[0]
    assert (number.text, number.size) == ("2", 14)
    assert abs(number.middle - MIDDLE) < 0.5
    assert abs(number.base - 0.66 * 14 - 10 * MM) < 1
    assert not any(re.fullmatch(r"\d+", line.text) for line in pages[0].lines)


def test_p24_annexes_in_arabic(pages: list[Sheet]) -> None:
    words = [page.lines[0].text for page in pages if page.lines[0].text.startswith("Phụ lục")]
    assert words == ["Phụ lục 1", "Phụ lục 2", "Phụ lục 3"]
