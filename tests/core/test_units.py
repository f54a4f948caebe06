"""Units: the official lists as shipped, who stands above whom, finding one by what is typed."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dcs_desktop import resources
from dcs_desktop.core.period import Period
from dcs_desktop.core.text import nfc
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.unit_list_file import UnitListFault, read_unit_list
from dcs_desktop.core.unit_search import search
from dcs_desktop.core.units import (
    Level,
    Unit,
    UnitList,
    UnitListInfo,
    ancestors,
    children,
    find,
    level_of,
    list_for,
    own_unit,
    path_name,
    plain_name,
)

INFO = UnitListInfo("THU", "Danh mục thử", date(2030, 1, 1), None, ("province", "commune"))
HEAD = "code,name,type,parent_code\n"
SMALL = HEAD + "92,Cần Thơ,tỉnh,\n31426,Xã  Phương Bình,xã,92\n31393,Xã Hòa An,xã,92\n31400,Xã Ấp Bắc,xã,92\n"


@pytest.fixture(scope="module")
def three_tiers() -> UnitList:
    return resources.unit_list("GSO-2024")


@pytest.fixture(scope="module")
def two_tiers() -> UnitList:
    return resources.unit_list("GSO-2025-07")


def test_the_lists_shipped_are_whole(three_tiers: UnitList, two_tiers: UnitList) -> None:
    assert Counter(unit.level for unit in three_tiers.units.values()) == {
        Level.PROVINCE: 63,
        Level.DISTRICT: 696,
        Level.COMMUNE: 10_051,
    }
    assert Counter(unit.level for unit in two_tiers.units.values()) == {
        Level.PROVINCE: 34,
        Level.COMMUNE: 3_321,
    }
    for units in (three_tiers, two_tiers):
        for unit in units.units.values():
            assert unit.name == nfc(unit.name) == " ".join(unit.name.split())
            assert unit.name.lower() == f"{unit.type} {plain_name(unit)}".lower()
            assert unit.level in units.levels


def test_a_code_means_another_unit_in_another_list(three_tiers: UnitList, two_tiers: UnitList) -> None:
    old, new = three_tiers.units["31393"], two_tiers.units["31393"]
    assert (old.identity, old.name) == ("31393@GSO-2024", "Thị trấn Kinh Cùng")
    assert (new.identity, new.name) == ("31393@GSO-2025-07", "Xã Hòa An")


def test_who_stands_above_whom(three_tiers: UnitList, two_tiers: UnitList) -> None:
    assert path_name(three_tiers, "31426") == "Xã Phương Bình, Huyện Phụng Hiệp, Tỉnh Hậu Giang"
    assert path_name(two_tiers, "31426") == "Xã Phương Bình, Thành phố Cần Thơ"
    assert path_name(two_tiers, "04") == "Tỉnh Cao Bằng"
    assert [unit.code for unit in ancestors(three_tiers, "31426")] == ["934", "93"]
    assert [level_of(three_tiers, code) for code in ("93", "934", "31426")] == [
        "province",
        "district",
        "commune",
    ]
    assert len(children(three_tiers, "934")) == 15
    assert len(children(two_tiers, "92")) == 103
    assert len(children(two_tiers, "")) == 34
    assert children(two_tiers, "31426") == []


def test_units_below_come_in_vietnamese_order(three_tiers: UnitList) -> None:
    assert [plain_name(unit) for unit in children(three_tiers, "934")] == [
        "Bình Thành",
        "Búng Tàu",
        "Cây Dương",
        "Hiệp Hưng",
        "Hòa An",
        "Hòa Mỹ",
        "Kinh Cùng",
        "Long Thạnh",
        "Phụng Hiệp",
        "Phương Bình",
        "Phương Phú",
        "Tân Bình",
        "Tân Long",
        "Tân Phước Hưng",
        "Thạnh Hòa",
    ]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("phuong binh", "Xã Phương Bình, Huyện Phụng Hiệp, Tỉnh Hậu Giang"),
        ("xa phuong binh", "Xã Phương Bình, Huyện Phụng Hiệp, Tỉnh Hậu Giang"),
        ("Binh Phuong hau giang", "Xã Phương Bình, Huyện Phụng Hiệp, Tỉnh Hậu Giang"),
        ("phuong binh hau giang", "Xã Phương Bình, Huyện Phụng Hiệp, Tỉnh Hậu Giang"),
        ("Phường 3, Quận 3, Thành phố Hồ Chí Minh", "Phường 3, Quận 3, Thành phố Hồ Chí Minh"),
        ("yen binh thach that", "Xã Yên Bình, Huyện Thạch Thất, Thành phố Hà Nội"),
        ("11", "Tỉnh Điện Biên"),
        ("PHƯƠNG BÌNH", "Xã Phương Bình, Huyện Phụng Hiệp, Tỉnh Hậu Giang"),
        ("31426", "Xã Phương Bình, Huyện Phụng Hiệp, Tỉnh Hậu Giang"),
        ("kinh cung", "Thị trấn Kinh Cùng, Huyện Phụng Hiệp, Tỉnh Hậu Giang"),
        ("hoa my phung hiep", "Xã Hòa Mỹ, Huyện Phụng Hiệp, Tỉnh Hậu Giang"),
        ("hoà mỹ phụng hiệp", "Xã Hòa Mỹ, Huyện Phụng Hiệp, Tỉnh Hậu Giang"),
        ("hau giang", "Tỉnh Hậu Giang"),
        ("934", "Huyện Phụng Hiệp, Tỉnh Hậu Giang"),
        ("trhy", "Xã Tr'Hy, Huyện Tây Giang, Tỉnh Quảng Nam"),
        ("phan rang thap cham", "Thành phố Phan Rang-Tháp Chàm, Tỉnh Ninh Thuận"),
        ("bac kan thanh pho", "Thành phố Bắc Kạn, Tỉnh Bắc Kạn"),
    ],
)
def test_a_unit_is_found_by_what_is_typed(three_tiers: UnitList, typed: str, first: str) -> None:
    assert path_name(three_tiers, search(three_tiers, typed)[0].code) == first


def test_typed_marks_put_the_same_marks_first(three_tiers: UnitList) -> None:
    names = [plain_name(unit) for unit in search(three_tiers, "tấn", limit=400)]
    assert names[0].startswith("Tấn ")
    assert names.index("Tấn Mỹ") < names.index("Tân An")
    assert search(three_tiers, "Hoà An") == search(three_tiers, "Hòa An")


def test_search_goes_through_several_lists_and_stops_at_the_limit(
    three_tiers: UnitList, two_tiers: UnitList
) -> None:
    found = search((two_tiers, three_tiers), "phuong binh")
    assert [unit.identity for unit in found[:2]] == ["31426@GSO-2025-07", "31426@GSO-2024"]
    assert len(search(three_tiers, "xa", limit=7)) == 7


@pytest.mark.parametrize("typed", ["", "  ", "-", "khong co noi nay", "99999"])
def test_what_names_nothing_finds_nothing(three_tiers: UnitList, typed: str) -> None:
    assert search(three_tiers, typed) == []


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_unit_is_found_by_its_own_path(data: st.DataObject) -> None:
    units = resources.unit_list(data.draw(st.sampled_from(["GSO-2024", "GSO-2025-07"])))
    unit = data.draw(st.sampled_from(list(units.units.values())))
    assert unit in search(units, path_name(units, unit.code))
    assert search(units, unit.code)[0] == unit
    assert find((units,), unit.identity) == unit


def test_a_unit_is_told_by_its_identity(three_tiers: UnitList, two_tiers: UnitList) -> None:
    both = (two_tiers, three_tiers)
    assert find(both, "31393@GSO-2024") == three_tiers.units["31393"]
    assert find(both, " 31393 ") == two_tiers.units["31393"]
    assert find(both, "934") == three_tiers.units["934"]
    assert find(both, "934@GSO-2025-07") is None
    assert find(both, "") is None


@pytest.mark.parametrize(
    ("period", "list_id"),
    [
        ("2023", "GSO-2024"),
        ("2024", "GSO-2024"),
        ("2025-H1", "GSO-2024"),
        ("2025-Q3", "GSO-2025-07"),
        ("2025", "GSO-2025-07"),
        ("2031", "GSO-2025-07"),
    ],
)
def test_a_period_has_the_list_of_its_last_day(period: str, list_id: str) -> None:
    assert list_for(resources.unit_lists(), Period.parse(period).last_day) == list_id


def test_an_agency_stands_in_the_receiving_units_own_list(three_tiers: UnitList) -> None:
    agency = own_unit("CQ-001", "Phòng Tư pháp", "cơ quan", three_tiers.units["934"])
    assert agency == Unit("CQ-001", "Phòng Tư pháp", "cơ quan", "934", "own:934")
    assert (agency.identity, agency.level, plain_name(agency)) == ("CQ-001@own:934", "own", "Phòng Tư pháp")
    with pytest.raises(ValueError, match="như CQ-001"):
        own_unit("../1", "Phòng Tư pháp", "cơ quan", three_tiers.units["934"])


def test_a_list_is_read_as_it_comes() -> None:
    units = read_unit_list("\ufeff" + SMALL.replace("\n", "\r\n"), INFO)
    assert [unit.name for unit in units.units.values()] == [
        "Tỉnh Cần Thơ",
        "Xã Phương Bình",
        "Xã Hòa An",
        "Xã Ấp Bắc",
    ]
    assert [plain_name(unit) for unit in children(units, "92")] == ["Ấp Bắc", "Hòa An", "Phương Bình"]


def test_a_wrong_list_tells_every_fault_at_once() -> None:
    text = (
        SMALL
        + "31426,Xã Khác,xã,92\n3140A,Xã Lạ,xã,92\n31401,Xã Mồ Côi,xã,77\n31402,Xã Hoa\u0300,xã,92\n31403,,xã,92\n31404,Xã Thiếu\n"
    )
    with pytest.raises(UnitListFault) as caught:
        read_unit_list(text, INFO)
    faults = caught.value.faults
    assert len(faults) == 6
    for line, word in (
        (6, "đã có ở dòng 3"),
        (7, "3140A"),
        (8, "77"),
        (9, "dựng sẵn"),
        (10, "thiếu tên"),
        (11, "cột"),
    ):
        assert any(fault.startswith(f"Dòng {line}:") and word in fault for fault in faults), (line, word)
    assert all(fault in str(caught.value) for fault in faults)


@pytest.mark.parametrize(
    "text", ["", "mã;tên\n", HEAD, "code,name,type\n", HEAD + '01,"Hà Nội,tỉnh,\n', HEAD + "\x00\n", "\x00"]
)
def test_what_is_no_list_is_refused(text: str) -> None:
    with pytest.raises(UnitListFault):
        read_unit_list(text, INFO)


def test_a_unit_cannot_stand_above_itself() -> None:
    with pytest.raises(UnitListFault):
        read_unit_list(HEAD + "01,Hà Nội,tỉnh,02\n02,Huế,tỉnh,01\n", INFO)


@settings(max_examples=60)
@given(st.text(alphabet='0123,"\n\r xãtỉnh|', max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(UnitListFault):
        read_unit_list(HEAD + text, INFO)


@pytest.fixture
def own_resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A resources folder of the test's own, nothing of it read yet."""
    (tmp_path / "units").mkdir()
    monkeypatch.setattr(resources, "resources_dir", lambda: tmp_path)
    for once_read in (resources.unit_lists, resources.unit_list):
        once_read.cache_clear()
        monkeypatch.setattr(resources, once_read.__name__, once_read.__wrapped__)
    return tmp_path


ENTRY = '[[list]]\nid = "THU"\ntitle = "Danh mục thử"\nvalid_from = 2030-01-01\nlevels = ["province", "commune"]\n'


def test_a_later_list_comes_as_a_file(own_resources: Path) -> None:
    (own_resources / "units/lists.toml").write_text(ENTRY, encoding="utf-8")
    (own_resources / "units/THU.csv").write_text(SMALL, encoding="utf-8")
    assert list_for(resources.unit_lists(), date(2031, 1, 1)) == "THU"
    assert search(resources.unit_list("THU"), "hoa an")[0].identity == "31393@THU"


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b"list = 5", b"[[list]]\nid = 1\n", b"= ="])
def test_a_missing_or_damaged_register_is_named(own_resources: Path, content: bytes | None) -> None:
    if content is not None:
        (own_resources / "units/lists.toml").write_bytes(content)
    with pytest.raises(Refusal, match=r"units/lists\.toml"):
        resources.unit_lists()


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b"code\n", SMALL.encode()[:-9]])
def test_a_missing_or_damaged_list_is_named(own_resources: Path, content: bytes | None) -> None:
    (own_resources / "units/lists.toml").write_text(ENTRY, encoding="utf-8")
    if content is not None:
        (own_resources / "units/THU.csv").write_bytes(content)
    with pytest.raises(Refusal, match=r"units/THU\.csv.*[Cc]ài đặt lại"):
        resources.unit_list("THU")


def test_an_unknown_list_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refusal, match=r"GSO-2030.*GSO-2024, GSO-2025-07"):
        resources.unit_list("GSO-2030")
