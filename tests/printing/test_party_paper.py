"""The Party letterhead on paper, id by id of Hướng dẫn 36-HD/VPTW: every value stands here, none is read from the layout."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

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


def test_P01_P02_a4_and_its_margins(pages: list[Sheet]) -> None:
    assert (round(pages[0].width, 2), round(pages[0].height, 2)) == (595.28, 841.89)
    for page in pages:
        assert all(line.left >= LEFT - 0.5 for line in page.lines)
        assert all(line.right <= page.width - 15 * MM + 0.5 for line in page.lines)
        assert all(line.base <= page.height - 20 * MM + 1 for line in page.lines)


def test_P03_a_face_with_the_metrics_of_times(pages: list[Sheet]) -> None:
    assert {face.partition("-")[0] for page in pages for line in page.lines for face in line.faces} == {
        "LiberationSerif"
    }


def test_P04_the_party_above_a_rule_as_long(first: Sheet) -> None:
    line = first.line("ĐẢNG CỘNG SẢN VIỆT NAM")
    assert (line.text, line.size) == ("ĐẢNG CỘNG SẢN VIỆT NAM", 15)
    assert is_face(line, "LiberationSerif-Bold")
    assert line.left > 105 * MM
    rule = first.rule_under(line)
    assert abs(rule.width - line.width) < 1
    assert abs(rule.middle - line.middle) < 0.5


def test_P05_P06_the_bodies(first: Sheet) -> None:
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


def test_P05_P06_bodies_of_many_words_keep_to_their_block() -> None:
    superior = "Đảng bộ phường Phan Rang và các xã phụ cận trực thuộc Tỉnh ủy Khánh Hòa mới hợp nhất"
    issuing = "Ban Chỉ đạo thực hiện Quy chế dân chủ ở cơ sở phường Phan Rang và khu kinh tế ven biển"
    page = sheets(printed(replace(PARTY, superior_body=superior, issuing_body=issuing)).data)[0]
    star, party = page.line("*"), page.line("ĐẢNG CỘNG SẢN")
    lines = [line for line in page.lines if line.base < star.base and line.right < party.left]
    plain, bold = (
        [line for line in lines if is_face(line, face)]
        for face in ("LiberationSerif", "LiberationSerif-Bold")
    )
    assert " ".join(line.text for line in plain) == superior.upper()
    assert " ".join(line.text for line in bold) == issuing.upper()
    assert 3 <= len(plain) <= 5
    assert 3 <= len(bold) <= 4
    assert all(line.size == 14 and abs(line.middle - star.middle) < 0.5 for line in lines)


def test_P07_a_star_instead_of_a_rule(first: Sheet) -> None:
    star = first.line("*")
    assert (star.text, star.size) == ("*", 14)
    assert abs(star.middle - first.line("Số ").middle) < 0.5
    assert not [rule for rule in first.rules if rule.right < 105 * MM]


def test_P08_the_number(first: Sheet) -> None:
    line = first.line("Số ")
    assert (line.text, line.size) == ("Số 45-BC/BCĐ", 14)
    assert is_face(line, "LiberationSerif")


def test_P08_a_number_still_to_be_given() -> None:
    line = sheets(printed(replace(PARTY, number="")).data)[0].line("Số ")
    assert re.fullmatch(r"Số {5,}-BC/BCĐ", line.text)


def test_P09_the_date_under_the_rule(first: Sheet) -> None:
    line, party = first.line("Phương Bình, ngày"), first.line("ĐẢNG CỘNG SẢN")
    assert (line.text, line.size) == ("Phương Bình, ngày 09 tháng 06 năm 2024", 14)
    assert is_face(line, "LiberationSerif-Italic")
    assert line.base > party.base
    assert abs(line.middle - party.middle) < 1


def test_P09_a_date_still_to_come() -> None:
    line = sheets(printed(replace(PARTY, day=None)).data)[0].line("Phương Bình, ngày")
    assert re.fullmatch(r"Phương Bình, ngày {3,}tháng {3,}năm *", line.text)


@pytest.mark.parametrize(("month", "words"), [(1, "01"), (9, "09"), (10, "10"), (12, "12")])
def test_P09_leading_zeros(month: int, words: str) -> None:
    line = sheets(printed(replace(PARTY, day=date(2024, month, 3))).data)[0].line("Phương Bình,")
    assert line.text == f"Phương Bình, ngày 03 tháng {words} năm 2024"


def test_P10_the_kind_of_document(first: Sheet) -> None:
    line = first.line("BÁO CÁO")
    assert 15 <= line.size <= 16
    assert is_face(line, "LiberationSerif-Bold")
    assert abs(line.middle - MIDDLE) < 0.5


def test_P11_what_it_is_about(first: Sheet) -> None:
    line = first.after(first.line("BÁO CÁO"))
    assert line.text == "Kết quả năm 2024, nhiệm vụ năm 2025"
    assert 14 <= line.size <= 15
    assert is_face(line, "LiberationSerif-Bold")
    assert abs(line.middle - MIDDLE) < 0.5


def test_P12_hyphens_below_it(first: Sheet) -> None:
    line = first.after(first.line("Kết quả năm 2024"))
    assert line.text == "-----"
    assert abs(line.middle - MIDDLE) < 0.5


def test_a_party_report_names_no_addressee() -> None:
    head = replace(PARTY, addressees=("Huyện ủy Phụng Hiệp",))
    assert "Kính gửi" not in sheets(printed(head).data)[0].text


def test_P13_the_body(first: Sheet) -> None:
    begins = first.line("Ủy ban nhân dân xã niêm yết đủ mười một")
    goes_on = first.after(begins)
    assert 14 <= begins.size <= 15
    assert is_face(begins, "LiberationSerif")
    assert 10 * MM - 0.5 <= begins.left - LEFT <= 12.7 * MM + 0.5
    assert abs(goes_on.right - RIGHT) < 0.7


def test_P17_headings(first: Sheet) -> None:
    section, part, prompt = first.line("III- KẾT QUẢ"), first.line("1. Ở xã"), first.line("- Kết quả")
    assert (section.text, part.text) == ("III- KẾT QUẢ", "1. Ở xã")
    assert is_face(section, "LiberationSerif-Bold")
    assert is_face(part, "LiberationSerif-Bold")
    assert all(14 <= line.size <= 15 for line in (section, part, prompt))
    assert is_face(prompt, "LiberationSerif-BoldItalic")


def test_P18_P19_P20_who_signs(signed: Sheet) -> None:
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


@pytest.mark.parametrize("count", range(1, 6))
def test_P18_P19_one_to_five_lines_of_signature(count: int) -> None:
    signing = ("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "kiêm", "CHỦ TỊCH ỦY BAN", "MẶT TRẬN TỔ QUỐC")[:count]
    page = next(
        page for page in sheets(printed(replace(PARTY, signing=signing)).data) if "Nơi nhận" in page.text
    )
    lines = [page.line(words) for words in signing]
    assert is_face(lines[0], "LiberationSerif-Bold")
    assert all(is_face(line, "LiberationSerif") for line in lines[1:])
    assert all(abs(line.middle - lines[0].middle) < 0.5 for line in lines)
    assert abs(lines[0].base - page.line("Nơi nhận:").base) < 0.5


def test_P21_the_word_above_the_recipients(signed: Sheet) -> None:
    word = signed.line("Nơi nhận:")
    assert (word.text, word.size) == ("Nơi nhận:", 14)
    assert is_face(word, "LiberationSerif")
    assert abs(word.base - signed.line("K/T TRƯỞNG BAN").base) < 0.5
    rule = signed.rule_under(word)
    assert abs(rule.width - word.width) < 1


def test_P22_the_recipients(signed: Sheet) -> None:
    lines = [line for line in signed.lines if line.size == 12]
    assert [line.text for line in lines] == ["- Thường trực Huyện ủy,", "- Lưu Văn phòng."]
    assert all(abs(line.left - LEFT) < 0.5 and is_face(line, "LiberationSerif") for line in lines)


def test_P23_page_numbers(pages: list[Sheet]) -> None:
    number = pages[1].lines[0]
    assert (number.text, number.size) == ("2", 14)
    assert abs(number.middle - MIDDLE) < 0.5
    assert abs(number.base - 0.66 * 14 - 10 * MM) < 1
    assert not any(re.fullmatch(r"\d+", line.text) for line in pages[0].lines)


def test_P24_annexes_in_arabic(pages: list[Sheet]) -> None:
    words = [page.lines[0].text for page in pages if page.lines[0].text.startswith("Phụ lục")]
    assert words == ["Phụ lục 1", "Phụ lục 2", "Phụ lục 3"]


def test_P24_what_an_annex_goes_with(pages: list[Sheet]) -> None:
    page = next(page for page in pages if page.lines[0].text == "Phụ lục 1")
    said = " ".join(line.text for line in page.lines if is_face(line, "LiberationSerif-Italic"))
    assert said == (
        "(Kèm theo Báo cáo số 45-BC/BCĐ ngày 09 tháng 06 năm 2024 của Ban Chỉ đạo thực hiện Quy chế dân chủ ở cơ sở)"
    )
