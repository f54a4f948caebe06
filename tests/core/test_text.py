"""Vietnamese text: the one form, searching without marks, the order of the dictionary."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dcs_desktop.core.text import (
    HARD_SPACE,
    INVISIBLE,
    LINE_END,
    ORDINARY,
    fold,
    marked,
    matches,
    nfc,
    rank,
    same_word,
    sort_key,
    tone_style,
)

VIETNAMESE = st.text(
    alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂĐÊÔƠƯ áàảãạấầẩẫậắếềệốộớợứựýỳỷỹỵ\u0300\u0301\u0303\u0309\u0323 0129-’.,\n",
    max_size=30,
)
ANY_TEXT = st.one_of(st.text(max_size=40), VIETNAMESE)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Nguyễn Thị Tuyết", "Nguyễn Thị Tuyết"),
        ("a\u00a0b\u202fc", "a b c"),
        ("\ufeffmột\u200b hai\u00ad ba", "một hai ba"),
        ("một\r\nhai\rba\u2029bốn\x0bnăm", "một\nhai\nba\nbốn\nnăm"),
        ("cột\tcột\x00\x07", "cột\tcột"),
        ("hoà thuỷ uỷ", "hoà thuỷ uỷ"),
        ("a\u200b\u0301", "á"),
        ("\ud800x", "x"),
        ("– — … “ ” ₫ m² ½", "– — … “ ” ₫ m² ½"),
    ],
)
def test_text_has_one_form(typed: str, kept: str) -> None:
    assert nfc(unicodedata.normalize("NFD", typed)) == nfc(typed) == kept


@given(ANY_TEXT)
def test_one_form_stays_as_it_is(text: str) -> None:
    once = nfc(text)
    assert nfc(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode("utf-8")


def test_what_is_taken_as_ordinary_is_in_the_one_form_already() -> None:
    letters = [letter for letter in map(chr, range(0x110000)) if ORDINARY.fullmatch(letter)]
    assert {"ữ", "Đ", "ư", "”", "\n"} <= set(letters)
    for letter in letters:
        assert unicodedata.is_normalized("NFC", letter)
        assert not unicodedata.combining(letter)
        assert letter.isprintable() or letter == "\n"
        assert not any(wrong.search(letter) for wrong in (INVISIBLE, HARD_SPACE, LINE_END))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ĐỐI THOẠI", "doi thoai"),
        ("Xã  Phương\nBình ", "xa phuong binh"),
        ("Ước, ở", "uoc, o"),
        ("Xã Ea M’Droh", "xa ea mdroh"),
        ("Huyện Ia H' Drai", "huyen ia h drai"),
    ],
)
def test_folding_leaves_bare_letters(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


@given(ANY_TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert marked(marked(text)) == marked(text)
    assert fold(marked(text)) == fold(nfc(text)) == fold(text)


@pytest.mark.parametrize(
    ("needle", "text", "found"),
    [
        ("phuong binh", "Xã Phương Bình", True),
        ("bình phương", "Xã Phương Bình", True),
        ("phu bi", "Xã Phương Bình", True),
        ("huong", "Xã Phương Bình", False),
        ("doi", "Đối thoại", True),
        ("thap cham", "Thành phố Phan Rang-Tháp Chàm", True),
        ("rang - thap", "Thành phố Phan Rang-Tháp Chàm", True),
        ("m'drak", "Xã M’Drắk", True),
        ("mdrak", "Xã M’Drắk", True),
        ("", "Xã Phương Bình", True),
        ("-", "Xã Phương Bình", True),
        ("(*[", "Xã Phương Bình", True),
    ],
)
def test_every_word_looked_for_begins_a_word(needle: str, text: str, found: bool) -> None:
    assert matches(needle, fold(text)) is found
    assert (rank(needle, text) is not None) is found


def test_the_closer_answer_ranks_first() -> None:
    answers = ["An Bình Tây", "Tân Bình An", "Bình An", "Bình Tân An", "Bình Anh", "Hòa An"]
    found = [text for text in answers if rank("binh an", text) is not None]
    assert sorted(found, key=lambda text: (rank("binh an", text), text)) == [
        "Bình An",
        "Bình Anh",
        "Tân Bình An",
        "An Bình Tây",
        "Bình Tân An",
    ]


def test_marks_that_were_typed_put_the_same_marks_first() -> None:
    assert rank("Hòa", "Hoà") == 0
    assert (rank("hóa", "Hóa Quỳ"), rank("hóa", "Hòa")) == (1, 4)
    assert rank("hoa", "Hóa") == rank("hoa", "Hoa") == 0


@given(st.lists(VIETNAMESE, min_size=1, max_size=3))
def test_a_text_is_found_by_any_of_its_words(parts: list[str]) -> None:
    text = " ".join(parts)
    assert all(matches(part, fold(text)) for part in parts)


ORDERED = [
    "",
    "2 ấp",
    "10 ấp",
    "a",
    "à",
    "ả",
    "ã",
    "á",
    "ạ",
    "An Giang",
    "Anh Sơn",
    "Ăn",
    "Ấp 2",
    "Ấp 2A",
    "Ấp 10",
    "Ấp Đông",
    "Ba Đình",
    "ca",
    "cà",
    "cả",
    "cá biển",
    "cá nước",
    "cạ",
    "can",
    "cần",
    "Dân chủ",
    "Đa",
    "Đồng",
    "em",
    "êm",
    "Hòa An",
    "Hoà Bình",
    "Hóa An",
    "Kiên Giang",
    "long",
    "lông",
    "lờ",
    "ma",
    "mà",
    "Tân",
    "Tân An",
    "Tân Long",
    "Tân Phước",
    "Tấn An",
    "tinh",
    "tu",
    "tư",
    "Xã Ấp",
    "Xã Đông",
    "Xã Tân Long",
    "ý",
    "yên",
    "zalo",
]


def test_order_is_that_of_the_vietnamese_dictionary() -> None:
    shuffled = random.Random(7).sample(ORDERED, len(ORDERED))
    assert sorted(shuffled, key=sort_key) == ORDERED


@given(ANY_TEXT, ANY_TEXT)
def test_order_is_total_for_every_text(one: str, other: str) -> None:
    assert (sort_key(one) == sort_key(other)) is (nfc(one) == nfc(other))
    assert sort_key(one) <= sort_key(other) or sort_key(other) <= sort_key(one)


def test_a_number_of_any_length_has_its_place() -> None:
    assert sort_key("Ấp " + "9" * 5000) < sort_key("Ấp 1" + "0" * 5000)
    assert sort_key("Ấp 02")[0] == sort_key("Ấp 2")[0]


@pytest.mark.parametrize(
    ("written", "style"),
    [
        ("Hoà An, Uỷ ban, khoẻ", "Hòa An, Ủy ban, khỏe"),
        ("HOÀ", "HÒA"),
        ("thuỷ toạ", "thủy tọa"),
        ("quý huỳnh hoàn tuyết hoặc", "quý huỳnh hoàn tuyết hoặc"),
        ("hòa thủy", "hòa thủy"),
        ("toàn, xoay, khoảng", "toàn, xoay, khoảng"),
    ],
)
def test_tones_are_compared_in_one_place(written: str, style: str) -> None:
    assert tone_style(written) == style
    assert same_word(written, style.upper())


@settings(max_examples=50)
@given(ANY_TEXT)
def test_placing_tones_is_done_once(text: str) -> None:
    assert tone_style(tone_style(text)) == tone_style(text)


def test_different_words_stay_different() -> None:
    assert not same_word("Hóa An", "Hòa An")
    assert not same_word("Tân", "Tần")
