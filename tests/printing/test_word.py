"""The rules of printed-layout.md in the Word file, id by id: every value stands here, in Word's own measures.

Sizes are half-points, lengths twentieths of a point (567 are a centimetre).
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from dcs_desktop.core.report import Letterhead
from tests.printing.samples import ANSWERS, PARTY, STATE, told
from tests.printing.word_file import Element, Opened, R, W, found, opened, text, values

LONG = replace(
    STATE,
    superior_body="Ủy ban nhân dân thành phố trực thuộc tỉnh Phan Rang - Tháp Chàm và các vùng phụ cận",
    issuing_body="Ban Chỉ đạo thực hiện dân chủ ở cơ sở phường Đô Vinh và khu kinh tế mới ven biển phía nam",
)
BOTH = pytest.mark.parametrize("head", [STATE, PARTY], ids=["state", "party"])


@pytest.fixture(scope="module")
def state() -> Opened:
    return opened(STATE)


@pytest.fixture(scope="module")
def party() -> Opened:
    return opened(PARTY)


def letters(element: Element) -> str:
    """The letters of an element, a hard space a plain one."""
    return text(element).replace("\u00a0", " ")


def size(run: Element) -> str:
    (given,) = values(run, "w:rPr/w:sz")
    return given


def look(run: Element) -> tuple[str, bool, bool]:
    """Letters of a run, whether they are bold, whether slanted."""
    return text(run), bool(found(run, "w:rPr/w:b")), bool(found(run, "w:rPr/w:i"))


def head_cell(made: Opened, row: int, column: int) -> Element:
    return found(made.body, "w:tbl")[0].findall(f"{W}tr")[row].findall(f"{W}tc")[column]


def rule_length(paragraph: Element, wide: int) -> int:
    """The length of a rule drawn as the border of an empty paragraph."""
    (rule,) = found(paragraph, "w:pPr/w:pBdr/w:top")
    assert (rule.get(f"{W}val"), rule.get(f"{W}sz")) == ("single", "6")
    (indent,) = found(paragraph, "w:pPr/w:ind")
    left, right = (int(indent.get(f"{W}{side}")) for side in ("left", "right"))
    assert left == right
    return wide - left - right


def style_size(made: Opened, id: str) -> str:
    return values(made.style(id), "w:rPr/w:sz")[0]


@BOTH
def test_s01_s03_p01_p02_page_and_margins(head: Letterhead) -> None:
    sections = found(opened(head).body, ".//w:sectPr")
    assert len(sections) == 4
    for section in sections:
        page, margins = found(section, "w:pgSz")[0], found(section, "w:pgMar")[0]
        said = {side: margins.get(f"{W}{side}") for side in ("top", "bottom", "left", "right", "gutter")}
        assert said == {"top": "1134", "bottom": "1134", "left": "1701", "right": "850", "gutter": "0"}
        assert {page.get(f"{W}w"), page.get(f"{W}h")} == {"11906", "16838"}


def test_s02_only_the_annex_of_tables_lies_on_its_side(state: Opened) -> None:
    pages = found(state.body, ".//w:sectPr/w:pgSz")
    assert [page.get(f"{W}orient") for page in pages] == [None, None, None, "landscape"]
    assert (pages[-1].get(f"{W}w"), pages[-1].get(f"{W}h")) == ("16838", "11906")


@BOTH
def test_s04_p03_times_in_black(head: Letterhead) -> None:
    made = opened(head)
    styles = made.root("word/styles.xml")
    (face,) = found(styles, "w:docDefaults//w:rFonts")
    assert {face.get(f"{W}{name}") for name in ("ascii", "hAnsi", "cs", "eastAsia")} == {"Times New Roman"}
    for name in ("word/document.xml", "word/styles.xml", "word/footnotes.xml"):
        root = made.root(name)
        assert found(root, ".//w:color") == []
        assert len(found(root, ".//w:rFonts")) == (1 if name == "word/styles.xml" else 0)


@pytest.mark.parametrize(("head", "size"), [(STATE, "26"), (PARTY, "28")], ids=["s05", "p23"])
def test_s05_s41_s46_p23_the_number_stands_above_the_second_page_of_each_part(
    head: Letterhead, size: str
) -> None:
    made = opened(head)
    relations = made.root("word/_rels/document.xml.rels")
    targets = {relation.get("Id"): relation.get("Target") for relation in relations}
    for section in found(made.body, ".//w:sectPr"):
        assert len(found(section, "w:titlePg")) == 1
        assert found(section, "w:pgNumType")[0].get(f"{W}start") == "1"
        assert found(section, "w:pgMar")[0].get(f"{W}header") == "567"
        headers = {n.get(f"{W}type"): n.get(f"{R}id") for n in found(section, "w:headerReference")}
        first, others = (made.root(f"word/{targets[headers[type]]}") for type in ("first", "default"))
        assert found(first, ".//w:fldSimple") == []
        assert [field.get(f"{W}instr") for field in found(others, ".//w:fldSimple")] == [" PAGE "]
    assert style_size(made, "Header") == size
    assert values(made.style("Header"), "w:pPr/w:jc") == ["center"]


def test_s10_s11_the_nation_and_its_motto(state: Opened) -> None:
    nation, motto, _rule = found(head_cell(state, 0, 1), "w:p")
    assert look(found(nation, "w:r")[0]) == ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True, False)
    assert size(found(nation, "w:r")[0]) == "24"
    assert look(found(motto, "w:r")[0]) == ("Độc lập - Tự do - Hạnh phúc", True, False)
    assert size(found(motto, "w:r")[0]) == "26"
    assert values(state.style("DcsLetterhead"), "w:pPr/w:jc") == ["center"]


@pytest.mark.parametrize("head", [STATE, LONG], ids=["short", "long"])
def test_s10_the_nations_line_has_room(head: Letterhead) -> None:
    """It is 88.3 mm wide, 5006 twentieths of a point, and never broken."""
    cell = head_cell(opened(head), 0, 1)
    assert int(found(cell, "w:tcPr/w:tcW")[0].get(f"{W}w")) >= 5006 + 100
    assert found(cell, ".//w:br") == []


def test_s12_the_rule_is_as_long_as_the_motto(state: Opened) -> None:
    """56.1 mm are 3180 twentieths of a point."""
    cell = head_cell(state, 0, 1)
    wide = int(found(cell, "w:tcPr/w:tcW")[0].get(f"{W}w"))
    assert abs(rule_length(found(cell, "w:p")[-1], wide) - 3180) <= 6


def test_s13_s14_the_bodies(state: Opened) -> None:
    runs = found(head_cell(state, 0, 0), "w:p/w:r")
    assert [look(run) for run in runs] == [
        ("ỦY BAN NHÂN DÂN", False, False),
        ("HUYỆN PHỤNG HIỆP", False, False),
        ("ỦY BAN NHÂN DÂN", True, False),
        ("XÃ PHƯƠNG BÌNH", True, False),
    ]
    assert {size(run) for run in runs} == {"24"}


@pytest.mark.parametrize(("head", "last"), [(STATE, 2151), (LONG, 3013)], ids=["short", "long"])
def test_s13_s14_s15_names_take_lines_and_the_rule_a_third_to_a_half(head: Letterhead, last: int) -> None:
    """``last`` is the width of "XÃ PHƯƠNG BÌNH", of "MỚI VEN BIỂN PHÍA NAM"."""
    cell = head_cell(opened(head), 0, 0)
    *lines, rule = found(cell, "w:p")
    superior = " ".join(text(line) for line in lines if not found(line, "w:r/w:rPr/w:b"))
    body = " ".join(text(line) for line in lines if found(line, "w:r/w:rPr/w:b"))
    assert (superior, body) == (head.superior_body.upper(), head.issuing_body.upper())
    assert len(lines) == (8 if head.issuing_body.startswith("Ban Chỉ đạo") else 4)
    wide = int(found(cell, "w:tcPr/w:tcW")[0].get(f"{W}w"))
    assert last / 3 <= rule_length(rule, wide) <= last / 2


def test_s16_s17_number_and_day_on_one_line(state: Opened) -> None:
    number, day = (found(head_cell(state, 1, column), "w:p/w:r")[0] for column in (0, 1))
    assert look(number) == ("Số: 05/BC-UBND", False, False)
    assert look(day) == ("Phương Bình, ngày 05 tháng 02 năm 2024", False, True)
    assert (size(number), size(day)) == ("26", "26")


def test_s16_s17_number_and_day_not_yet_given_leave_room_to_write() -> None:
    made = opened(replace(STATE, number="", day=None))
    assert letters(head_cell(made, 1, 0)) == "Số:         /BC-UBND"
    assert letters(head_cell(made, 1, 1)).startswith("Phương Bình, ngày      tháng      năm")


def test_s17_a_very_long_place_has_a_line_of_its_own() -> None:
    made = opened(replace(STATE, place="Phường Phan Rang - Tháp Chàm và vùng phụ cận"))
    rows = found(found(made.body, "w:tbl")[0], "w:tr")
    assert len(rows) == 3
    assert values(rows[2], "w:tc/w:p/w:pPr/w:jc") == ["right"]
    assert "ngày 05 tháng 02 năm 2024" in text(rows[2])


def test_s16_a_very_long_number_has_a_line_of_its_own() -> None:
    made = opened(replace(STATE, series="BC-BCĐTHQCDCCSPHƯỜNGĐÔVINHVÀKHUKINHTẾ"))
    rows = found(found(made.body, "w:tbl")[0], "w:tr")
    assert [len(found(row, "w:tc")) for row in rows] == [2, 1, 1]
    assert values(rows[1], "w:tc/w:p/w:pPr/w:jc") == ["left"]


@pytest.mark.parametrize(
    ("head", "kind", "about"), [(STATE, "28", "28"), (PARTY, "32", "28")], ids=["s18-s19", "p10-p11"]
)
def test_s18_s19_p10_p11_kind_and_subject(head: Letterhead, kind: str, about: str) -> None:
    made = opened(head)
    assert text(made.paragraphs("Title")[0]) == "BÁO CÁO"
    assert letters(made.paragraphs("Subtitle")[0]) == "Kết quả năm 2024, nhiệm vụ năm 2025"
    for id, given in (("Title", kind), ("Subtitle", about)):
        assert style_size(made, id) == given
        assert values(made.style(id), "w:pPr/w:jc") == ["center"]
        assert len(found(made.style(id), "w:rPr/w:b")) == 1


def test_s20_the_rule_under_the_subject_is_a_third_to_a_half(state: Opened) -> None:
    """ "Kết quả năm 2024, nhiệm vụ năm 2025" in bold 14 is 240.7 pt wide."""
    rule = state.paragraphs("Subtitle")[0].getnext()
    assert 4667 / 3 <= rule_length(rule, 9354) <= 4667 / 2


def test_p12_hyphens_under_the_subject(party: Opened) -> None:
    assert text(party.paragraphs("Subtitle")[1]) == "-----"


def test_s22_one_addressee_stands_on_the_line_of_the_word(state: Opened) -> None:
    (line,) = state.paragraphs("DcsAddressee")
    assert text(line) == "Kính gửi: Ủy ban nhân dân huyện Phụng Hiệp"
    assert style_size(state, "DcsAddressee") == "28"


def test_s22_several_addressees_stand_below_their_dashes_under_the_colon() -> None:
    made = opened(replace(STATE, addressees=("Huyện ủy;", "Ủy ban nhân dân huyện", "Ban Dân vận")))
    word, *others = made.paragraphs("DcsAddressee")
    assert [text(line) for line in (word, *others)] == [
        "Kính gửi:",
        "- Huyện ủy;",
        "- Ủy ban nhân dân huyện;",
        "- Ban Dân vận.",
    ]
    starts = set()
    for line in others:
        (indent,) = found(line, "w:pPr/w:ind")
        starts.add(int(indent.get(f"{W}left")) - int(indent.get(f"{W}hanging")))
    # 25 mm, and "Kính gửi", which is 50 pt wide in 14 pt
    (start,) = starts
    assert abs(start - (1417 + 1000)) <= 3


def test_a_party_report_names_no_addressee() -> None:
    assert opened(replace(PARTY, addressees=("Huyện ủy",))).paragraphs("DcsAddressee") == []


@BOTH
def test_s24_p13_the_body(head: Letterhead) -> None:
    style = opened(head).style("BodyText")
    assert values(style, "w:rPr/w:sz") == ["28"]
    assert values(style, "w:pPr/w:jc") == ["both"]
    spacing, indent = found(style, "w:pPr/w:spacing")[0], found(style, "w:pPr/w:ind")[0]
    assert 567 <= int(indent.get(f"{W}firstLine")) <= 720
    assert int(spacing.get(f"{W}before")) >= 120
    assert spacing.get(f"{W}lineRule") == "auto"
    assert 240 <= int(spacing.get(f"{W}line")) <= 360
    assert len(found(opened(head).style("Normal"), "w:pPr/w:widowControl")) == 1


@pytest.mark.parametrize(
    ("head", "section"), [(STATE, "III. KẾT QUẢ"), (PARTY, "III- KẾT QUẢ")], ids=["s28-s29", "p17"]
)
def test_s28_s29_p17_headings_are_those_of_the_navigation_pane(head: Letterhead, section: str) -> None:
    made = opened(head)
    assert text(made.paragraphs("Heading1")[0]) == section
    assert text(made.paragraphs("Heading2")[0]) == "1. Ở xã"
    assert text(made.paragraphs("Heading3")[0]) == "1. Phương hướng chung"
    assert text(made.paragraphs("DcsPrompt")[0]) == "- Kết quả hoạt động của tổ hòa giải"
    for level in range(3):
        style = made.style(f"Heading{level + 1}")
        assert values(style, "w:name") == [f"heading {level + 1}"]
        assert values(style, "w:pPr/w:outlineLvl") == [str(level)]
        assert values(style, "w:rPr/w:sz") == ["28"]
        assert len(found(style, "w:rPr/w:b")) == len(found(style, "w:pPr/w:keepNext")) == 1
    assert len(found(made.style("DcsPrompt"), "w:rPr/w:i")) == 1


def signature(made: Opened) -> tuple[Element, Element]:
    """The cells of the block below the body: recipients, and who signs."""
    table = next(table for table in found(made.body, "w:tbl") if "Nguyễn Văn A" in text(table))
    (row,) = found(table, "w:tr")
    assert len(found(row, "w:trPr/w:cantSplit")) == 1
    left, right = found(row, "w:tc")
    return left, right


@pytest.mark.parametrize("count", range(1, 6))
def test_s32_s33_s34_p18_p19_p20_one_to_five_lines_sign(count: int) -> None:
    lines = ("KT. Trưởng ban", "Phó trưởng ban", "kiêm", "Phó Chủ tịch", "Ủy ban nhân dân")[:count]
    shown = ["KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "kiêm", "PHÓ CHỦ TỊCH", "ỦY BAN NHÂN DÂN"][:count]
    for head, bold in ((STATE, [True] * 5), (PARTY, [True, False, False, False, False])):
        made = opened(replace(head, signing=lines))
        *titles, name = found(signature(made)[1], "w:p")
        assert [look(found(title, "w:r")[0]) for title in titles] == [
            (said, thick, False) for said, thick in zip(shown, bold, strict=False)
        ]
        assert text(name) == "Nguyễn Văn A"
        assert found(name, "w:pPr/w:spacing")[0].get(f"{W}before") == "1361"
        assert (style_size(made, "DcsSigning"), style_size(made, "DcsSignatory")) == ("28", "28")
        assert len(found(made.style("DcsSignatory"), "w:rPr/w:b")) == 1


def test_s36_s37_recipients_of_a_state_report(state: Opened) -> None:
    left, right = signature(state)
    assert [text(line) for line in found(left, "w:p")] == [
        "Nơi nhận:",
        "- Như trên;",
        "- Thường trực Đảng ủy xã;",
        "- Lưu: VT.",
    ]
    word = state.style("DcsRecipientsWord")
    assert values(word, "w:rPr/w:sz") == ["24"]
    assert len(found(word, "w:rPr/w:b")) == len(found(word, "w:rPr/w:i")) == 1
    assert style_size(state, "DcsRecipient") == "22"
    # on the line of the first title: both begin in one row, the smaller letters a little lower
    above = [int(found(cell, "w:p[1]/w:pPr/w:spacing")[0].get(f"{W}before")) for cell in (left, right)]
    assert above[1] == 227
    assert 34 <= above[0] - above[1] <= 37


def test_p21_p22_recipients_of_a_party_report(party: Opened) -> None:
    left, _right = signature(party)
    assert [text(line) for line in found(left, "w:p")] == [
        "Nơi nhận:",
        "- Thường trực Huyện ủy,",
        "- Lưu Văn phòng.",
    ]
    assert values(party.style("DcsRecipientsWord"), "w:rPr/w:u") == ["single"]
    assert style_size(party, "DcsRecipientsWord") == "28"
    assert style_size(party, "DcsRecipient") == "24"


def test_the_last_lines_stay_with_the_signature(state: Opened) -> None:
    (last,) = found(state.control("item:IV.1"), "w:sdtContent/w:p")
    assert len(found(last, "w:pPr/w:keepNext")) == 1


@pytest.mark.parametrize(("head", "numbers"), [(STATE, "I II III"), (PARTY, "1 2 3")], ids=["s38", "p24"])
def test_s38_s39_s40_p24_annexes(head: Letterhead, numbers: str) -> None:
    made = opened(head)
    assert [text(p) for p in made.paragraphs("DcsAnnex")] == [f"Phụ lục {n}" for n in numbers.split()]
    assert text(made.paragraphs("DcsAnnexTitle")[1]) == "BIỂU SỐ LIỆU"
    reference = letters(made.paragraphs("DcsAnnexReference")[1]).replace("\n", " ")
    assert reference.startswith("(Kèm theo Báo cáo số ")
    assert reference.endswith(f" năm 2024 của {head.issuing_body})")
    assert [style_size(made, id) for id in ("DcsAnnex", "DcsAnnexTitle", "DcsAnnexReference")] == [
        "28",
        "28",
        "26",
    ]
    assert len(found(made.style("DcsAnnexReference"), "w:rPr/w:i")) == 1


def test_p04_the_party_above_a_rule_as_long(party: Opened) -> None:
    """72.9 mm are 4133 twentieths of a point."""
    cell = head_cell(party, 0, 1)
    line, rule = found(cell, "w:p")
    assert look(found(line, "w:r")[0]) == ("ĐẢNG CỘNG SẢN VIỆT NAM", True, False)
    assert size(found(line, "w:r")[0]) == "30"
    wide = int(found(cell, "w:tcPr/w:tcW")[0].get(f"{W}w"))
    assert abs(rule_length(rule, wide) - 4133) <= 6


def test_p05_p06_p07_p08_p09_bodies_star_number_and_day(party: Opened) -> None:
    runs = found(head_cell(party, 0, 0), "w:p/w:r")
    assert [look(run) for run in runs] == [
        ("ĐẢNG BỘ HUYỆN PHỤNG HIỆP", False, False),
        ("BAN CHỈ ĐẠO THỰC HIỆN", True, False),
        ("QUY CHẾ DÂN CHỦ Ở CƠ SỞ", True, False),
        ("*", False, False),
    ]
    number, day = (found(head_cell(party, 1, column), "w:p/w:r")[0] for column in (0, 1))
    assert look(number) == ("Số 45-BC/BCĐ", False, False)
    assert look(day) == ("Phương Bình, ngày 09 tháng 06 năm 2024", False, True)
    assert {size(run) for run in (*runs, number, day)} == {"28"}


def test_tables_repeat_their_head_and_break_between_rows(state: Opened) -> None:
    table = next(table for table in found(state.body, "w:tbl") if "Đơn vị tính" in text(table))
    rows = found(table, "w:tr")
    assert [len(found(row, "w:trPr/w:tblHeader")) for row in rows] == [1] + [0] * (len(rows) - 1)
    assert all(found(row, "w:trPr/w:cantSplit") for row in rows)
    section = found(rows[1], "w:tc")
    assert values(section[0], "w:tcPr/w:gridSpan") == ["7"]
    assert found(section[0], "w:p/w:pPr/w:keepNext")
    widths = [int(column.get(f"{W}w")) for column in found(table, "w:tblGrid/w:gridCol")]
    assert len(widths) == 7
    assert abs(sum(widths) - 9354) <= 7


def test_a_row_of_many_lines_may_break() -> None:
    said = ANSWERS.with_value(
        "mo_hinh/r1/ten", told({"IV.1": "Mô hình ánh sáng đường quê " * 60}).value("IV.1")
    )
    table = next(table for table in found(opened(answers=said).body, "w:tbl") if "Mô hình ánh" in text(table))
    assert [len(found(row, "w:trPr/w:cantSplit")) for row in found(table, "w:tr")] == [1, 0]


def test_tick_boxes_are_crossed_for_the_answer(state: Opened) -> None:
    def signs(key: str) -> list[str]:
        return [sign.get(f"{W}char") for sign in found(state.control(f"figure:{key}|boxes"), ".//w:sym")]

    assert signs("nha_van_hoa") == ["F0FD", "F0A8"]
    assert signs("cong_trai") == ["F0A8", "F0FD"]
    assert signs("hop_dan") == ["F0A8", "F0A8"]


def test_the_mark_stands_at_the_end_of_the_annex_of_figures(state: Opened) -> None:
    words = [text(line) for line in state.paragraphs("DcsTrace") if text(line)]
    assert words[:2] == ["Xã Phương Bình (mã 31426@GSO-2024)", "Kỳ báo cáo: năm 2024. Chính thức."]
    digest = next(n[0].text for n in state.root("docProps/custom.xml") if n.get("name") == "dcs.digest")
    assert words[2].removeprefix("Mã nội dung: ").replace(" ", "") == digest[:16]
    assert style_size(state, "DcsTrace") == "16"
    assert state.parts["word/media/code.png"].startswith(b"\x89PNG")


@BOTH
def test_a_letterhead_of_which_nothing_is_known(head: Letterhead) -> None:
    made = opened(Letterhead(layout=head.layout))
    assert text(made.paragraphs("Title")[0]) == "BÁO CÁO"
