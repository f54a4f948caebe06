"""The state letterhead on paper, id by id of Nghị định 30/2020: every value stands here, none is read from the layout."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from dcs_desktop.core.report import Letterhead
from tests.printing.measuring import MM, Line, Sheet, sheets
from tests.printing.samples import ANSWERS, SENTENCE, STATE, printed, told

LEFT, RIGHT = 30 * MM, (210 - 15) * MM
LONG = replace(
    STATE,
    superior_body="Ủy ban nhân dân thành phố trực thuộc tỉnh Phan Rang - Tháp Chàm và các vùng phụ cận",
    issuing_body="Ban Chỉ đạo thực hiện dân chủ ở cơ sở phường Đô Vinh và khu kinh tế mới ven biển phía nam",
)
HEADS = pytest.mark.parametrize("head", [STATE, LONG], ids=["short", "long"])


@pytest.fixture(scope="module")
def pages() -> list[Sheet]:
    return sheets(printed(answers=told({"III.1.e": SENTENCE * 40})).data)


@pytest.fixture(scope="module")
def first(pages: list[Sheet]) -> Sheet:
    return pages[0]


def annexes(pages: list[Sheet]) -> list[Sheet]:
    return [page for page in pages if page.lines[0].text.startswith("Phụ lục")]


def is_face(line: Line, face: str) -> bool:
    return line.faces == {face}


def test_S01_a4(pages: list[Sheet]) -> None:
    upright = [page for page in pages if page.width < page.height]
    assert all(abs(page.width - 595.28) < 0.01 and abs(page.height - 841.89) < 0.01 for page in upright)


def test_S02_only_an_annex_of_tables_lies_on_its_side(pages: list[Sheet]) -> None:
    lying = [n for n, page in enumerate(pages) if page.width > page.height]
    assert lying == [len(pages) - 1]


@HEADS
def test_S03_margins(head: Letterhead) -> None:
    for page in sheets(printed(head).data):
        for line in page.lines:
            assert line.left >= LEFT - 0.5
            assert line.right <= page.width - 15 * MM + 0.5
            assert line.base <= page.height - 20 * MM + 1


def test_S04_one_black_typeface(pages: list[Sheet]) -> None:
    faces = {face for page in pages for line in page.lines for face in line.faces}
    assert faces <= {
        "LiberationSerif",
        "LiberationSerif-Bold",
        "LiberationSerif-Italic",
        "LiberationSerif-BoldItalic",
    }
    assert {colour for page in pages for colour in page.colours} <= {"(0, 0, 0, 255)"}


def test_S05_S46_page_numbers(pages: list[Sheet]) -> None:
    number = pages[1].lines[0]
    assert (number.text, number.size) == ("2", 13)
    assert is_face(number, "LiberationSerif")
    assert abs(number.middle - (LEFT + RIGHT) / 2) < 0.5
    assert number.base < 20 * MM
    assert not any(re.fullmatch(r"\d+", line.text) for line in pages[0].lines)


@HEADS
def test_S10_the_nation_on_one_line(head: Letterhead) -> None:
    line = sheets(printed(head).data)[0].line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert line.text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert 12 <= line.size <= 13
    assert is_face(line, "LiberationSerif-Bold")
    assert line.left > 210 * MM / 2
    assert RIGHT - line.right < 5 * MM


def test_S11_the_motto_below_it(first: Sheet) -> None:
    nation, motto = first.line("CỘNG HÒA"), first.line("Độc lập")
    assert motto.text == "Độc lập - Tự do - Hạnh phúc"
    assert 13 <= motto.size <= 14
    assert is_face(motto, "LiberationSerif-Bold")
    assert abs(motto.middle - nation.middle) < 0.5
    assert motto.base - nation.base < 1.3 * motto.size


def test_S12_a_rule_as_long_as_the_motto(first: Sheet) -> None:
    motto = first.line("Độc lập")
    rule = first.rule_under(motto)
    assert abs(rule.width - motto.width) < 1
    assert abs(rule.middle - motto.middle) < 0.5


def test_S13_the_body_above(first: Sheet) -> None:
    line = first.line("HUYỆN PHỤNG HIỆP")
    assert 12 <= line.size <= 13
    assert is_face(line, "LiberationSerif")
    assert line.right < 210 * MM / 2


@HEADS
def test_S14_the_issuing_body(head: Letterhead) -> None:
    page = sheets(printed(head).data)[0]
    bold = [
        line
        for line in page.lines
        if line.right < 115 * MM and line.base < 60 * MM and is_face(line, "LiberationSerif-Bold")
    ]
    assert " ".join(line.text for line in bold) == head.issuing_body.upper()
    assert len(bold) <= 4
    assert all(12 <= line.size <= 13 for line in bold)
    assert max(line.middle for line in bold) - min(line.middle for line in bold) < 1
    assert all(1 <= (after.base - line.base) / line.size < 1.3 for line, after in pairwise(bold))


@HEADS
def test_S15_a_rule_a_third_to_half_as_long(head: Letterhead) -> None:
    page = sheets(printed(head).data)[0]
    last = _last_of(page, head.issuing_body)
    rule = page.rule_under(last)
    assert 1 / 3 <= rule.width / last.width <= 1 / 2
    assert abs(rule.middle - last.middle) < 0.5


def _last_of(page: Sheet, body: str) -> Line:
    words = body.upper().split()
    ending = [line for line in page.lines if line.text.split()[-1] == words[-1] and line.base < 80 * MM]
    return ending[0]


def test_S16_the_number(first: Sheet) -> None:
    line, body = first.line("Số:"), first.line("XÃ PHƯƠNG BÌNH")
    assert line.text == "Số: 05/BC-UBND"
    assert line.size == 13
    assert is_face(line, "LiberationSerif")
    assert abs(line.middle - body.middle) < 1


def test_S16_a_number_still_to_be_given() -> None:
    line = sheets(printed(replace(STATE, number="")).data)[0].line("Số:")
    assert re.fullmatch(r"Số: {5,}/BC-UBND", line.text)


def test_S17_the_date_on_the_line_of_the_number(first: Sheet) -> None:
    line = first.line("Phương Bình, ngày")
    assert line.text == "Phương Bình, ngày 05 tháng 02 năm 2024"
    assert 13 <= line.size <= 14
    assert is_face(line, "LiberationSerif-Italic")
    assert abs(line.base - first.line("Số:").base) < 0.5
    assert abs(line.middle - first.line("Độc lập").middle) < 1


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2024, 6, 29), "Phương Bình, ngày 29 tháng 6 năm 2024"),
        (date(2024, 3, 9), "Phương Bình, ngày 09 tháng 3 năm 2024"),
        (date(2025, 1, 1), "Phương Bình, ngày 01 tháng 01 năm 2025"),
        (date(2024, 12, 5), "Phương Bình, ngày 05 tháng 12 năm 2024"),
    ],
)
def test_S17_leading_zeros(day: date, words: str) -> None:
    assert sheets(printed(replace(STATE, day=day)).data)[0].line("Phương Bình,").text == words


def test_S17_a_date_still_to_come() -> None:
    line = sheets(printed(replace(STATE, day=None)).data)[0].line("Phương Bình, ngày")
    assert re.fullmatch(r"Phương Bình, ngày {3,}tháng {3,}năm *", line.text)


def test_S17_a_very_long_place_never_meets_the_number() -> None:
    place = "Phan Rang - Tháp Chàm và các xã lân cận mới nhập"
    page = sheets(printed(replace(STATE, place=place)).data)[0]
    day, number = page.line(place), page.line("Số:")
    assert day.left > number.right or day.base > number.base + 10
    assert day.right <= RIGHT + 0.5


def test_S18_the_kind_of_document(first: Sheet) -> None:
    line = first.line("BÁO CÁO")
    assert 13 <= line.size <= 14
    assert is_face(line, "LiberationSerif-Bold")
    assert abs(line.middle - (LEFT + RIGHT) / 2) < 0.5


def test_S19_what_it_is_about(first: Sheet) -> None:
    title, subject = first.line("BÁO CÁO"), first.line("Kết quả năm 2024")
    assert first.after(title) == subject
    assert 13 <= subject.size <= 14
    assert is_face(subject, "LiberationSerif-Bold")
    assert abs(subject.middle - title.middle) < 0.5


def test_S20_a_rule_a_third_to_half_as_long(first: Sheet) -> None:
    subject = first.line("Kết quả năm 2024")
    rule = first.rule_under(subject)
    assert 1 / 3 <= rule.width / subject.width <= 1 / 2
    assert abs(rule.middle - subject.middle) < 0.5


def test_S22_one_addressee_on_the_line(first: Sheet) -> None:
    line = first.line("Kính gửi:")
    assert line.text == "Kính gửi: Ủy ban nhân dân huyện Phụng Hiệp"
    assert 13 <= line.size <= 14


def test_S22_several_addressees_below() -> None:
    said = ("Huyện ủy Phụng Hiệp", "Ủy ban nhân dân huyện Phụng Hiệp", "Ban Dân vận Huyện ủy")
    page = sheets(printed(replace(STATE, addressees=said)).data)[0]
    word = page.line("Kính gửi:")
    lines = [line for line in page.lines if line.text.startswith("- ") and is_face(line, "LiberationSerif")][
        :3
    ]
    assert [line.text for line in lines] == [
        "- Huyện ủy Phụng Hiệp;",
        "- Ủy ban nhân dân huyện Phụng Hiệp;",
        "- Ban Dân vận Huyện ủy.",
    ]
    assert all(abs(line.left - (word.right - 4)) < 2 for line in lines)


def test_S24_the_body(pages: list[Sheet]) -> None:
    page = pages[0]
    begins = page.line("Ủy ban nhân dân xã niêm yết đủ mười một nội dung tại trụ sở, phát")
    goes_on = page.after(begins)
    assert 13 <= begins.size <= 14
    assert is_face(begins, "LiberationSerif")
    assert any(abs(begins.left - LEFT - indent * MM) < 0.5 for indent in (10, 12.7))
    assert abs(goes_on.left - LEFT) < 0.5
    assert abs(goes_on.right - RIGHT) < 0.7
    assert 1 <= (goes_on.base - begins.base) / (1.15 * begins.size) <= 1.5
    prompt = page.line("- Kết quả hoạt động")
    assert begins.base - prompt.base >= (goes_on.base - begins.base) + 5.9


def test_S28_a_section(first: Sheet) -> None:
    line = first.line("III. ")
    assert line.text == "III. KẾT QUẢ"
    assert 13 <= line.size <= 14
    assert is_face(line, "LiberationSerif-Bold")


def test_S29_a_part_with_a_title(first: Sheet) -> None:
    line = first.line("1. ")
    assert line.text == "1. Ở xã"
    assert line.size == 14
    assert is_face(line, "LiberationSerif-Bold")


def test_S32_who_signs(pages: list[Sheet]) -> None:
    page = _signed(pages)
    authority, office = page.line("TM. ỦY BAN NHÂN DÂN"), page.line("CHỦ TỊCH")
    for line in (authority, office):
        assert 13 <= line.size <= 14
        assert is_face(line, "LiberationSerif-Bold")
        assert line.left > 105 * MM
    assert abs(authority.middle - office.middle) < 0.5


def test_S33_S34_room_to_sign_and_the_name(pages: list[Sheet]) -> None:
    page = _signed(pages)
    office, name = page.line("CHỦ TỊCH"), page.line("Nguyễn Văn A")
    assert name.base - office.base > 20 * MM
    assert 13 <= name.size <= 14
    assert is_face(name, "LiberationSerif-Bold")
    assert abs(name.middle - office.middle) < 0.5


@pytest.mark.parametrize("count", range(1, 6))
def test_S32_one_to_five_lines_of_signature(count: int) -> None:
    signing = ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "kiêm", "TRƯỞNG BAN CHỈ ĐẠO", "DÂN CHỦ Ở CƠ SỞ")[:count]
    page = _signed(sheets(printed(replace(STATE, signing=signing)).data))
    lines = [page.line(words) for words in signing]
    assert all(abs(line.middle - lines[0].middle) < 0.5 for line in lines)
    assert [line.base for line in lines] == sorted(line.base for line in lines)
    assert all(is_face(line, "LiberationSerif-Bold") for line in lines)


def test_S36_the_word_above_the_recipients(pages: list[Sheet]) -> None:
    page = _signed(pages)
    word = page.line("Nơi nhận:")
    assert (word.text, word.size) == ("Nơi nhận:", 12)
    assert is_face(word, "LiberationSerif-BoldItalic")
    assert abs(word.left - LEFT) < 0.5
    assert abs(word.base - page.line("TM. ỦY BAN").base) < 0.5


def test_S37_the_recipients(pages: list[Sheet]) -> None:
    page = _signed(pages)
    lines = [line for line in page.lines if line.size == 11 and line.text.startswith("- ")]
    assert [line.text for line in lines] == ["- Như trên;", "- Thường trực Đảng ủy xã;", "- Lưu: VT."]
    assert all(abs(line.left - LEFT) < 0.5 and is_face(line, "LiberationSerif") for line in lines)


def test_S37_many_recipients_stay_in_their_column() -> None:
    many = tuple(f"Đảng ủy, Ủy ban nhân dân và Mặt trận các xã trong cụm thi đua số {n}" for n in range(12))
    page = _signed(sheets(printed(replace(STATE, recipients=many)).data))
    lines = [line for line in page.lines if line.size == 11 and line.left < 40 * MM]
    assert len(lines) >= 12
    assert max(line.right for line in lines) < page.line("TM. ỦY BAN").left


def test_S38_the_word_above_an_annex(pages: list[Sheet]) -> None:
    words = [page.lines[0] for page in annexes(pages)]
    assert [word.text for word in words] == ["Phụ lục I", "Phụ lục II", "Phụ lục III"]
    assert all(word.size == 14 and is_face(word, "LiberationSerif-Bold") for word in words)


def test_S39_the_title_of_an_annex(pages: list[Sheet]) -> None:
    for page in annexes(pages):
        word = page.lines[0]
        title = page.after(word)
        assert title.text == title.text.upper()
        assert 13 <= title.size <= 14
        assert is_face(title, "LiberationSerif-Bold")
        assert abs(title.middle - word.middle) < 0.5


def test_S40_what_an_annex_goes_with(pages: list[Sheet]) -> None:
    for page in annexes(pages):
        lines = [line for line in page.lines if is_face(line, "LiberationSerif-Italic")][:2]
        said = " ".join(line.text for line in lines)
        assert (
            said
            == "(Kèm theo Báo cáo số 05/BC-UBND ngày 05 tháng 02 năm 2024 của Ủy ban nhân dân xã Phương Bình)"
        )
        assert all(13 <= line.size <= 14 for line in lines)


def test_S40_leaves_room_for_what_is_not_known_yet() -> None:
    pages = annexes(sheets(printed(replace(STATE, number="", day=None)).data))
    said = " ".join(line.text for line in pages[0].lines if is_face(line, "LiberationSerif-Italic"))
    assert re.search(r"số {5,}/BC-UBND\s+ngày {3,}tháng {3,}năm\s+của", said)


def test_S41_each_annex_counts_its_own_pages() -> None:
    rows = ANSWERS.rows["mo_hinh"]
    many = ANSWERS.with_rows("mo_hinh", tuple(replace(rows[0], id=f"r{n}") for n in range(60)))
    pages = sheets(printed(answers=many).data)
    starts = [n for n, page in enumerate(pages) if page.lines[0].text.startswith("Phụ lục")]
    assert len(pages) > starts[-1] + 1
    for n, page in enumerate(pages[starts[-1] + 1 :], 2):
        assert page.lines[0].text == str(n)
        assert abs(page.lines[0].middle - (30 * MM + page.width - 15 * MM) / 2) < 0.5


def _signed(pages: list[Sheet]) -> Sheet:
    return next(page for page in pages if "Nơi nhận:" in page.text)
