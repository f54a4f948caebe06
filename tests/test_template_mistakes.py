"""Fifty slips of a template's author, each alone in an otherwise good template: each is seen, with its place and a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from dcs_desktop import template_library

GOOD = Path(__file__).parent / "data" / "templates" / "quy-xa-2025.toml"
# What is written, what is slipped in instead, and a word of the fault's place or sentence that leads to it.
SLIPS = (
    ("a key misspelt", 'unit = "hộ" },\n  { id = "dan_ban.dong_y"', 'unti = "hộ" },\n  { id = "dan_ban.dong_y"', "unti"),
    ("a key of another kind", "landscape = true", 'landscape = "có"', "landscape"),
    ("an id twice", 'id = "dan_ban.dong_y"', 'id = "dan_ban.ho"', "dan_ban.ho"),
    ("a section twice", 'id = "B1.2"', 'id = "B1.1"', "B1.1"),
    ("an item twice", 'id = "B2.1.b"', 'id = "B2.1.a"', "B2.1.a"),
    ("a kind that is none", 'kind = "money", unit = "đồng" }', 'kind = "tien", unit = "đồng" }', "tien"),
    ("a formula with an unknown figure", "100 * dan_ban.dong_y / dan_ban.ho", "100 * dan_ban.dong / dan_ban.ho", "dan_ban.dong"),
    ("a formula that is cut", "100 * dan_ban.dong_y / dan_ban.ho", "100 * dan_ban.dong_y /", "dan_ban.ty_le"),
    ("a formula with a sign it does not know", "100 * dan_ban.dong_y / dan_ban.ho", "100 ^ dan_ban.dong_y", "dan_ban.ty_le"),
    ("a formula of itself", "100 * dan_ban.dong_y / dan_ban.ho", "100 * dan_ban.ty_le / dan_ban.ho", "dan_ban.ty_le"),
    ("a formula with a function it does not know", "100 * dan_ban.dong_y / dan_ban.ho", "average(dan_ban.dong_y)", "dan_ban.ty_le"),
    ("a check with an unknown figure", "hoa_giai.thanh <= hoa_giai.vu", "hoa_giai.thanh <= hoa_giai.vuu", "hoa_giai.vuu"),
    ("a check without a comparison", "hoa_giai.thanh <= hoa_giai.vu", "hoa_giai.thanh", "hoa_giai.thanh_khong_qua"),
    ("a check of words", "cong_khai.so_viec <= 1000", "hinh_thuc.chinh <= 1000", "hinh_thuc.chinh"),
    ("a check id twice", 'id = "dan_ban.qua_ho"', 'id = "lk.dong_gop"', "lk.dong_gop"),
    ("a count of an unknown table", "count(cong_trinh)", "count(cong_trinhh)", "cong_trinhh"),
    ("a severity that is none", 'severity = "warning" },', 'severity = "nhẹ" },', "nhẹ"),
    ("a message with an unknown figure", "({cong_khai.so_viec})", "({cong_khai.so})", "cong_khai.so"),
    ("no title", 'subject = "Thực hiện', 'subjekt = "Thực hiện', "subje"),
    ("no id of the template", 'id = "quy-xa"\n', "", "id"),
    ("a version with a space", 'version = "2025"', 'version = "20 25"', "version"),
    ("days the wrong way round", "valid_from = 2025-01-01", "valid_from = 2025-01-01\nvalid_until = 2024-01-01", "valid"),
    ("a day that is none", "valid_from = 2025-01-01", "valid_from = 2025-13-01", "26"),
    ("a kind of period that is none", 'periods = ["quarter"]', 'periods = ["quý"]', "quý"),
    ("no kind of period", 'periods = ["quarter"]', "periods = []", "periods"),
    ("a level below that is none", 'below = "commune"', 'below = "xa"', "xa"),
    ("a level that adds itself up", 'id = "commune"\nname = "Cấp xã"', 'id = "commune"\nbelow = "commune"\nname = "Cấp xã"', "commune"),
    ("no level", '[[level]]\nid = "commune"\nname = "Cấp xã"\nunits = ["commune"]\n', "", "commune"),
    ("a level of units that are none", 'units = ["commune"]', 'units = ["phuong"]', "phuong"),
    ("an unknown pattern of entry", 'default_entered = "xa"', 'default_entered = "xaa"', "xaa"),
    ("a source that is none", 'receiving = "below" }', 'receiving = "duoi" }', "duoi"),
    ("a place without words", "ở <thon>", "ở <thonn>", "thonn"),
    ("a place that leads to itself", 'thon = "thôn"', 'thon = "<thon>"', "thon"),
    ("a layout that is none", 'layout = "state"', 'layout = "stat"', "stat"),
    ("choices of one id", '{ id = "trang_tin", label = "Trang thông tin điện tử" },\n    { id = "hop_dan", label = "Hội nghị <thon>" },\n  ] },\n  { id = "hinh_thuc.da_dung"', '{ id = "niem_yet", label = "Trang thông tin điện tử" },\n    { id = "hop_dan", label = "Hội nghị <thon>" },\n  ] },\n  { id = "hinh_thuc.da_dung"', "niem_yet"),
    ("a choice without choices", 'kind = "yes_no", rollup = "count" },\n  { id = "hinh_thuc.truyen_thanh"', 'kind = "choice" },\n  { id = "hinh_thuc.truyen_thanh"', "hinh_thuc.niem_yet"),
    ("a sum of yes and no", 'label = "Có công khai trên truyền thanh", kind = "yes_no", rollup = "count"', 'label = "Có công khai trên truyền thanh", kind = "yes_no", rollup = "sum"', "hinh_thuc.truyen_thanh"),
    ("a roll-up that is none", 'kind = "choice", rollup = "none"', 'kind = "choice", rollup = "khong"', "khong"),
    ("a part of an unknown figure", 'of = "tiep_dan.luot"', 'of = "tiep_dan.luott"', "tiep_dan.luott"),
    ("a comparison that is none", 'of = "tiep_dan.luot", compare = "period_before"', 'of = "tiep_dan.luot", compare = "truoc"', "truoc"),
    ("an annex that is none", 'annex = "B2"', 'annex = "B9"', "B9"),
    ("an annex twice", '{ id = "B2", title', '{ id = "B1", title', "B1"),
    ("an annex of a form that is none", 'form = "tables"', 'form = "bang"', "bang"),
    ("a table without columns", "columns = [\n", "columns = []\nspalten = [\n", "cong_trinh"),
    ("a column twice", '{ id = "xong", label', '{ id = "ten", label', "ten"),
    ("a column of no width", "width = 40", "width = 0", "width"),
    ("a label that is empty", 'label = "Số công trình"', 'label = ""', "dong_gop.cong_trinh"),
    ("a prompt that is missing", 'prompt = "Tiếp công dân"\n', "", "B2.1.a"),
    ("an answer that is none", 'prompt = "Tiếp công dân"\nanswer = "none"', 'prompt = "Tiếp công dân"\nanswer = "khong"', "khong"),
    ("an id with a space", 'id = "dong_gop.cong_trinh"', 'id = "dong gop.cong_trinh"', "dong gop.cong_trinh"),
    ("a quotation mark that is not closed", 'title = "Công khai"', 'title = "Công khai', "dòng"),
    ("a key written twice", 'title = "Công khai"', 'title = "Công khai"\ntitle = "Công khai"', "dòng"),
    ("an upper limit below the lower one", 'id = "dan_ban.ho", label', 'id = "dan_ban.ho", min = 5, max = 2, label', "dan_ban.ho"),
    ("decimals below nothing", 'id = "dan_ban.ho", label', 'id = "dan_ban.ho", decimals = -1, label', "dan_ban.ho"),
)  # fmt: skip


def faults_of(path: Path) -> list[str]:
    found, read = template_library.examine(path)
    assert (read is None) == bool(found)
    return [f"{fault.place}: {fault.message}" for fault in found]


def test_there_are_fifty_and_the_template_itself_is_good() -> None:
    assert len(SLIPS) >= 50
    assert len({slip[0] for slip in SLIPS}) == len(SLIPS)
    assert faults_of(GOOD) == []


@pytest.mark.parametrize(
    ("written", "slip", "leads"), [slip[1:] for slip in SLIPS], ids=[s[0] for s in SLIPS]
)
def test_a_slip_is_seen_with_its_place_and_a_remedy(
    tmp_path: Path, written: str, slip: str, leads: str
) -> None:
    text = GOOD.read_text("utf-8")
    assert written in text
    path = tmp_path / GOOD.name
    path.write_text(text.replace(written, slip, 1), "utf-8")
    faults = faults_of(path)
    assert faults, "nothing was seen"
    assert any(leads in fault for fault in faults), faults
    assert len(faults) <= 4, "one slip must not bury its author"


@pytest.mark.parametrize(
    "data",
    [
        GOOD.read_text("utf-8").encode("utf-16"),
        GOOD.read_bytes()[:2000],
        GOOD.read_text("utf-8").encode("cp1258", "replace"),
        b"",
        b"\x00" * 500,
        b"PK\x03\x04 no template",
    ],
    ids=["utf-16", "cut", "cp1258", "empty", "noughts", "a zip"],
)
def test_what_is_no_template_is_said_in_a_sentence(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / GOOD.name
    path.write_bytes(data)
    faults = faults_of(path)
    assert 1 <= len(faults) <= 12
    assert all("Traceback" not in fault for fault in faults)


@pytest.mark.parametrize("how", ["bom", "crlf", "nfd"])
def test_what_editors_do_to_a_file_is_no_fault(tmp_path: Path, how: str) -> None:
    import unicodedata

    text = GOOD.read_text("utf-8")
    data = {
        "bom": b"\xef\xbb\xbf" + text.encode(),
        "crlf": text.replace("\n", "\r\n").encode(),
        "nfd": unicodedata.normalize("NFD", text).encode(),
    }[how]
    path = tmp_path / GOOD.name
    path.write_bytes(data)
    found, read = template_library.examine(path)
    assert [f"{fault.place}: {fault.message}" for fault in found] == []
    assert read == template_library.examine(GOOD)[1]
