"""Whatever is typed prints right, or is refused by item and remedy: never a box, a crash or a silent cut."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Any

import pytest

from dcs_desktop.core.report import Answers, Letterhead
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.values import given
from tests.printing.measuring import Sheet, sheets
from tests.printing.samples import ANSWERS, PARTY, SENTENCE, STATE, printed, told

BOTH = pytest.mark.parametrize("head", [STATE, PARTY], ids=["state", "party"])
TYPED = "Ô <b>&amp; </i> %s {0} \\n <br/>"
ESCAPED = TYPED.replace("{", "\\{").replace("\\n", "\\\\n")
LETTERHEAD = ("superior_body", "issuing_body", "series", "place", "signatory")
LISTS = ("addressees", "recipients", "signing")
LONG_NAMES = tuple(
    f"Phó Trưởng Ban thường trực Ban Chỉ đạo thực hiện dân chủ ở cơ sở kiêm Trưởng Ban Dân vận lần thứ {word}"
    for word in ("nhất", "nhì", "ba", "tư", "năm")
)


def pages_of(head: Letterhead = STATE, answers: Answers = ANSWERS) -> list[Sheet]:
    """The pages, nothing of which leaves the paper's margins."""
    pages = sheets(printed(head, answers).data)
    for page in pages:
        assert all(line.left > 84 and line.right < page.width - 42 for line in page.lines)
        assert all(28 < line.base < page.height - 56 for line in page.lines)
    return pages


def changed(head: Letterhead, **parts: Any) -> Letterhead:  # Any: texts and lists of them
    return replace(head, **parts)


def said(pages: list[Sheet]) -> str:
    return " ".join("\n".join(page.text for page in pages).split())


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text).casefold()


@BOTH
@pytest.mark.parametrize("where", [*LETTERHEAD, *LISTS, "text", "entry", "note", "cell"])
def test_markup_that_is_typed_prints_as_typed(head: Letterhead, where: str) -> None:
    answers = ANSWERS
    match where:
        case "text":
            answers = told({"III.1.g": f"Ghi {ESCAPED} đúng"})
        case "entry":
            answers = told({"III.1.g": f"Gồm:\n- {ESCAPED}"})
        case "note":
            answers = told({"III.1.g": f"Ghi[^1].\n\n[^1]: {ESCAPED}"})
        case "cell":
            answers = ANSWERS.with_value("mo_hinh/r1/ten", given(TYPED))
        case name if name in LISTS:
            head = changed(head, **{name: (TYPED, "Hai")})
        case name:
            head = changed(head, **{name: TYPED})
    if where == "addressees" and head.layout == "party":
        assert squeezed(TYPED) not in squeezed(said(pages_of(head, answers)))
    else:
        assert squeezed(TYPED) in squeezed(said(pages_of(head, answers)))


@BOTH
def test_what_cannot_be_seen_is_not_printed(head: Letterhead) -> None:
    hidden = "Hòa\u200b giải\u200d th\u00adành\u202e 12\ufeff vụ\u2060\u200f"
    named = replace(head, signatory="Nguyễn\u200b Văn\u202e B", recipients=("Như\ufeff trên", "Lưu"))
    text = said(pages_of(named, told({"III.1.g": hidden}).with_value("mo_hinh/r1/ten", given(hidden))))
    assert text.count("Hòa giải thành 12 vụ") == 2
    assert "Nguyễn Văn B" in text
    assert "- Như trên" in text


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("Đạt 😀", "“😀” (U+1F600)"),
        ("chữ שלום", "“ש” (U+05E9)"),
        ("chữ سلام", "U+0633"),
        ("x\u0323\u0301 lạ", "U+0301"),
        ("hình \ufffc", "U+FFFC"),
        ("hỏng \ufffd", "U+FFFD"),
        ("riêng \ue001", "U+E001"),
        ("漢字", "“漢” (U+6F22)"),
    ],
)
@pytest.mark.parametrize("where", ["text", "note", "cell", "signatory", "recipients"])
def test_a_sign_that_cannot_be_printed_is_refused_by_its_place(typed: str, named: str, where: str) -> None:
    answers, head, place = ANSWERS, STATE, "III.1.g"
    match where:
        case "text":
            answers = told({"III.1.g": typed})
        case "note":
            answers = told({"III.1.g": f"Ghi[^1].\n\n[^1]: {typed}"})
        case "cell":
            answers, place = ANSWERS.with_value("mo_hinh/r1/ten", given(typed)), "III.1.e"
        case "signatory":
            head, place = replace(STATE, signatory=typed), "Thể thức"
        case _:
            head, place = replace(STATE, recipients=(typed,)), "Thể thức"
    with pytest.raises(Refusal) as refusal:
        printed(head, answers)
    assert named in refusal.value.sentence
    assert place in refusal.value.sentence


@BOTH
def test_tabs_line_ends_and_empty_lines_in_the_letterhead(head: Letterhead) -> None:
    untidy = replace(
        head,
        issuing_body="Ủy ban\tnhân dân\nxã  Phương Bình ",
        signatory=" Nguyễn\tVăn B",
        recipients=("", "Như\ttrên", "  ", "Lưu"),
        signing=("", "Trưởng\tBan"),
    )
    text = said(pages_of(untidy))
    assert "ỦY BAN NHÂN DÂN XÃ PHƯƠNG BÌNH" in text
    assert "TRƯỞNG BAN Nguyễn Văn B" in text
    assert re.search(r"- Như trên[;,] - Lưu\.", text)


def test_letters_typed_in_parts_are_set_as_one() -> None:
    """NFD: the marks would fall beside their letters."""
    text = said(pages_of(replace(STATE, signatory="Nguye\u0302\u0303n Thi\u0323 Bi\u0300nh")))
    assert "Nguyễn Thị Bình" in text


@BOTH
def test_thirty_recipients(head: Letterhead) -> None:
    many = (*(f"Đảng ủy, Ủy ban nhân dân xã thứ {n}" for n in range(29)), "Lưu")
    page = next(page for page in pages_of(replace(head, recipients=many)) if "Nơi nhận:" in page.text)
    assert all(f"xã thứ {n}" in said([page]) for n in range(29))


@BOTH
def test_five_lines_of_signature_of_long_names(head: Letterhead) -> None:
    pages = pages_of(replace(head, signing=LONG_NAMES, signatory="Nguyễn " * 12 + "Văn B"))
    page = next(page for page in pages if "Nơi nhận:" in page.text)
    assert all(squeezed(name) in squeezed(page.text) for name in LONG_NAMES)
    lines = [line for line in page.lines if line.left > 250 and line.size == 14]
    assert all(after.base - line.base > 14 for line, after in zip(lines[-20:], lines[-19:], strict=False))


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"recipients": tuple(f"Xã thứ {n}" for n in range(80))}, "nơi nhận"),
        ({"signing": ("Trưởng Ban Chỉ đạo " * 150,)}, "chức vụ"),
        ({"issuing_body": "Ban Chỉ đạo " * 200}, "tên cơ quan"),
        ({"place": "Phan Rang " * 12}, "địa danh"),
        ({"series": "BC-UBND" * 12}, "ký hiệu"),
    ],
    ids=["recipients", "signing", "issuing_body", "place", "series"],
)
@BOTH
def test_what_no_page_can_hold_is_refused_with_the_remedy(
    head: Letterhead, wrong: dict[str, str | tuple[str, ...]], named: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        printed(changed(head, **wrong))
    assert named in refusal.value.sentence
    assert "rút ngắn" in refusal.value.sentence
    assert {field.name for field in fields(head)} >= set(wrong)


@BOTH
def test_a_series_wider_than_its_block_begins_at_the_margin(head: Letterhead) -> None:
    page = pages_of(replace(head, series="BC-" + "UBND-" * 8))[0]
    number, day = page.line("Số"), page.line("Phương Bình, ngày")
    assert number.left >= 84.5
    assert day.base > number.base or day.left > number.right + 10


def test_a_figure_of_nineteen_digits() -> None:
    huge = ANSWERS.with_value("hoa_giai.tiep_nhan", given(10**18))
    text = said(pages_of(answers=huge.with_value("III.1.g", given("Đã nhận {hoa_giai.tiep_nhan} vụ."))))
    assert text.count("1.000.000.000.000.000.000") == 3


@BOTH
def test_a_note_with_a_list(head: Letterhead) -> None:
    note = "Ghi[^1].\n\n[^1]: Gồm:\n    - việc thứ nhất;\n    - việc thứ hai."
    page = next(page for page in pages_of(head, told({"III.1.g": note})) if "việc thứ hai" in page.text)
    lines = [line.text for line in page.lines if line.size == 11]
    assert [line.strip() for line in lines] == ["Gồm:", "- việc thứ nhất;", "- việc thứ hai."]


@pytest.mark.parametrize("head", [STATE, pytest.param(PARTY, marks=pytest.mark.soak)], ids=["state", "party"])
def test_two_hundred_footnotes(head: Letterhead) -> None:
    marks = "".join(f"Việc dấu{n}[^{n}]. {SENTENCE}" for n in range(1, 201))
    notes = "\n".join(f"[^{n}]: Chú{n} của xã." for n in range(1, 201))
    texts = [" ".join(page.text.split()) for page in pages_of(head, told({"III.1.e": f"{marks}\n\n{notes}"}))]
    for n in range(1, 201):
        marked, noted = (
            [at for at, text in enumerate(texts) if re.search(rf"{word}{n}\b", text)]
            for word in ("dấu", "Chú")
        )
        assert marked == noted
        assert len(marked) == 1
    numbers = re.findall(r"(\d+) Chú\d+ của", " ".join(texts))
    assert numbers == [str(n) for n in range(1, 201)]


@pytest.mark.parametrize("typed", ["", "   ", "\n\n", "- ", "**", "\u200b", "[^1]: Chú không có chỗ."])
def test_an_empty_item_has_a_dotted_line(typed: str) -> None:
    page = sheets(printed(answers=told({"III.1.g": typed})).data)[0]
    after = page.after(page.line("- Việc công khai"))
    assert re.fullmatch(r"\.{100,}", after.text) or after.text in typed


@BOTH
def test_a_word_without_end_in_a_note_and_a_list(head: Letterhead) -> None:
    word = "Thuậnhòa" * 40
    answers = told({"III.1.g": f"Gồm[^1]:\n- {word}\n\n[^1]: {word}"})
    assert squeezed("\n".join(page.text for page in pages_of(head, answers))).count(squeezed(word)) == 2
