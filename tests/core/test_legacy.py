"""Text of the fonts of before Unicode: recognised by its words, converted line by line, Unicode left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dcs_desktop import resources
from dcs_desktop.core.legacy import RARE, from_legacy, looks_legacy
from dcs_desktop.core.legacy_tables import TABLES, Legacy, western
from dcs_desktop.core.syllable import is_syllable
from dcs_desktop.core.text import fold, nfc

SENTENCE = "Uỷ ban nhân dân xã đã tổ chức đối thoại với người dân ở cơ sở, hương ước được niêm yết đầy đủ"


PROSE = Path(__file__).parents[1] / "data" / "prose"
WESTERN = [
    "garçon",
    "naïf",
    "où",
    "août",
    "déjà",
    "Noël",
    "français",
    "élève",
    "très",
    "forêt",
    "île",
    "cœur",
    "señor",
    "mañana",
    "año",
    "niño",
    "acción",
    "über",
    "Straße",
    "Ärger",
    "Größe",
    "Zürich",
    "Müller",
    "façade",
    "café",
    "résumé",
    "São",
    "coração",
    "Ação",
    "Škoda",
    "Øresund",
    "Ångström",
    "façon",
    "crème",
    "brûlée",
    "25",
    "m²",
    "3",
    "km²",
    "1,5",
    "m³",
    "30",
    "°C",
    "±5",
    "µm",
    "§",
    "3",
    "©2024",
    "«oui»",
    "„ja“",
    "“yes”",
    "½",
    "¼",
    "n°3",
    "the",
    "report",
    "of",
    "commune",
    "45%",
    "£5",
    "€10",
    "₫",
    "…",
    "–",
    "—",
]


def in_old_codes(text: str, encoding: Legacy) -> str:
    """The text as a document of before Unicode holds it."""
    if encoding is Legacy.UTF8:
        return "".join(western(code)[0] if code > 0x7F else chr(code) for code in text.encode("utf-8"))
    codes = {letter: code for code, letter in TABLES[encoding].items()}
    return "".join(codes.get(letter, codes.get(letter.lower(), letter)) for letter in text)


@pytest.mark.parametrize(
    ("pasted", "encoding", "unicode"),
    [
        (
            "Uû ban nh©n d©n huyÖn Phông HiÖp thùc hiÖn d©n chñ ë c¬ së",
            Legacy.TCVN3,
            "Uỷ ban nhân dân huyện Phụng Hiệp thực hiện dân chủ ở cơ sở",
        ),
        (
            "Ñaûng Coäng saûn Vieät Nam, Uyû ban nhaân daân",
            Legacy.VNI,
            "Đảng Cộng sản Việt Nam, Uỷ ban nhân dân",
        ),
        ("Xin chaøo caùc baïn", Legacy.VNI, "Xin chào các bạn"),
        ("ng\u00adêi d©n, h\u00ad¬ng \u00adíc", Legacy.TCVN3, "người dân, hương ước"),
        ("§¶ng bé tØnh", Legacy.TCVN3, "Đảng bộ tỉnh"),
        ("UBND tØnh HËu Giang", Legacy.TCVN3, "UBND tỉnh Hậu Giang"),
        ("CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM", Legacy.TCVN3, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("UÛY BAN NHAÂN DAÂN XAÕ", Legacy.VNI, "ỦY BAN NHÂN DÂN XÃ"),
        ("Aáp Ñoâng, AÁp Taây", Legacy.VNI, "Ấp Đông, Ấp Tây"),
        (
            "Ngß¶i dân thñc hi®n quy chª dân chü · c½ s·",
            Legacy.VISCII,
            "Người dân thực hiện quy chế dân chủ ở cơ sở",
        ),
        ("“Bµ Chính tr¸” ðã h÷p", Legacy.VISCII, "“Bộ Chính trị” đã họp"),
        (
            "NgÜ©i dân th¿c hiŒn quy ch‰ dân chû ª cÖ sª",
            Legacy.VPS,
            "Người dân thực hiện quy chế dân chủ ở cơ sở",
        ),
        ("ñI“U H€NH, S– LIŒU, TH” CH\x90 “DÂN CHÑ”", Legacy.VPS, "ĐIỀU HÀNH, SỐ LIỆU, THỂ CHẾ “DÂN CHỦ”"),
        ("Ä\x90áº¡i há»™i Ä‘áº£ng viÃªn, thÃ nh phá»‘", Legacy.UTF8, "Đại hội đảng viên, thành phố"),
        ("Ä\x90áº£ng bá»\x99 xÃ£", Legacy.UTF8, "Đảng bộ xã"),
    ],
)
def test_old_codes_are_recognised_and_converted(pasted: str, encoding: Legacy, unicode: str) -> None:
    assert looks_legacy(pasted) is encoding
    assert from_legacy(pasted, encoding) == unicode


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nhân dân",
        "nhân dân hoan hô",
        "Hà Nam, khoá, toà án, xoá",
        "garçon français où",
        "Noël, naïf, août",
        "año señor mañana",
        "über Straße Ärger",
        "© 2024, 25 m², 30 °C, ± 5 µm",
        "«Nhà văn hóa»",
        "Quyết định số 12/QĐ-UBND",
        "Krông Búk, Ea H’leo, Cư M’gar",
        "25 m², 3 km², 1,5 m³, DIỆN TÍCH M², HA",
        "The commune’s “report” – 45% of £1,000; naïve café",
        "Größe 5 m², Straße n° 3, Zürich",
        "Müller & Söhne, São Paulo, Łódź, Škoda",
        "Thành phố Hồ Chí Minh – “văn minh”…",
        "ĐÃ HỌP, XÃ ĐÃ BÁO CÁO",
        "Xã, ấp; nhà văn hóa: có",
        "xã nhà có 3 ao cá, 5 bãi cát – tất cả là do dân quê ta",
        "là mà nhà có bà cho ba quà",
    ],
)
def test_unicode_and_foreign_words_are_left_alone(text: str) -> None:
    assert looks_legacy(text) is None


def test_no_text_of_the_labelled_prose_looks_old() -> None:
    texts = [line for path in PROSE.rglob("*.*") for line in path.read_text("utf-8").splitlines()]
    assert len(texts) > 500
    for text in texts:
        assert looks_legacy(text) is None, text
        assert looks_legacy(fold(text)) is None, text
        assert looks_legacy(text.upper()) is None, text


@given(st.lists(st.sampled_from(WESTERN), min_size=1, max_size=6), st.sampled_from([" ", ", ", " – ", "\n"]))
def test_words_that_are_no_vietnamese_are_left_alone(words: list[str], between: str) -> None:
    assert looks_legacy(between.join(words)) is None


def test_no_name_of_the_official_lists_looks_old() -> None:
    for info in resources.unit_lists():
        for unit in resources.unit_list(info.id).units.values():
            assert looks_legacy(unit.name) is None, unit
            assert looks_legacy(unit.name.upper()) is None, unit


def _by_letter(text: str, encoding: Legacy) -> str:
    """The codes that look like quotation marks are letters within words only: here each is looked up by itself."""
    if encoding in RARE:
        return "".join(TABLES[encoding].get(code, code) for code in text)
    return from_legacy(text, encoding)


@pytest.mark.parametrize("encoding", Legacy)
def test_nearly_every_sentence_is_recognised_in_each_encoding(encoding: Legacy) -> None:
    texts = [line for path in PROSE.rglob("*.*") for line in path.read_text("utf-8").splitlines()]
    said = [nfc(text) for text in texts if len(text) > 30 and fold(text) != text.lower()]
    old = [in_old_codes(text, encoding) for text in said]
    assert len(said) > 600
    assert sum(looks_legacy(text) is encoding for text in old) >= 0.98 * len(said)
    assert [from_legacy(text, encoding) for text in old] == said


@pytest.mark.parametrize("encoding", Legacy)
def test_both_tables_hold_every_letter(encoding: Legacy) -> None:
    letters = "đ " + " ".join(
        nfc(letter + tone)
        for letter in "aăâeêioôơuưy"
        for tone in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
    )
    assert _by_letter(in_old_codes(letters, encoding), encoding) == letters
    capitals = _by_letter(in_old_codes(letters.upper(), encoding), encoding)
    # Fourteen capitals of VPS stand on the codes of their small letters.
    assert (capitals.upper() if encoding is Legacy.VPS else capitals) == letters.upper()
    assert sum(one != other for one, other in zip(capitals, letters.upper(), strict=True)) in (0, 14)


@pytest.mark.parametrize("encoding", Legacy)
def test_what_was_written_in_old_codes_comes_back(encoding: Legacy) -> None:
    old = in_old_codes(SENTENCE, encoding)
    assert looks_legacy(old) is encoding
    assert from_legacy(old, encoding) == SENTENCE


@settings(max_examples=60)
@given(st.data())
def test_names_come_back_from_either_encoding(data: st.DataObject) -> None:
    units = resources.unit_list("GSO-2025-07").units
    name = data.draw(st.sampled_from(list(units.values()))).name.replace("’", "'")
    encoding = data.draw(st.sampled_from(Legacy))
    assert from_legacy(in_old_codes(name, encoding), encoding) == name


@pytest.mark.parametrize("encoding", Legacy)
def test_of_a_mixed_text_only_the_old_lines_are_converted(encoding: Legacy) -> None:
    text = f"{SENTENCE}\nnhân dân\n{in_old_codes(SENTENCE, encoding)}\r\n"
    assert looks_legacy(text) is encoding
    assert from_legacy(text, encoding) == f"{SENTENCE}\nnhân dân\n{SENTENCE}\r\n"


@pytest.mark.parametrize("encoding", Legacy)
def test_converting_again_changes_nothing(encoding: Legacy) -> None:
    once = from_legacy(in_old_codes(SENTENCE, encoding), encoding)
    assert looks_legacy(once) is None
    assert from_legacy(once, encoding) == once


@given(st.text(max_size=60))
def test_any_text_is_looked_at_without_harm(text: str) -> None:
    found = looks_legacy(text)
    if found:
        assert from_legacy(text, found) != text


@pytest.mark.parametrize(
    "word",
    [
        "nghiêng",
        "Uỷ",
        "uỷ",
        "quyển",
        "giặt",
        "giếng",
        "gì",
        "quốc",
        "khuỷu",
        "Thoả",
        "xoong",
        "yếu",
        "ý",
        "huyện",
    ],
)
def test_syllables(word: str) -> None:
    assert is_syllable(word)
    assert is_syllable(word.upper())


@pytest.mark.parametrize(
    "word", ["Phuơng", "thùc", "garçon", "nhaân", "huyÖn", "ngt", "xyz", "á́", "QĐ", "ừừ"]
)
def test_what_is_no_syllable(word: str) -> None:
    assert not is_syllable(word)
