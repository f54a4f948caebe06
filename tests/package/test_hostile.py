"""Files that are no whole, honest package: refused by name, quickly, without much memory (R13 to R15)."""

from __future__ import annotations

import hashlib
import io
import json
import random
import re
import struct
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dcs_desktop import package
from dcs_desktop.core.template_file import write_template
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.package import understanding
from dcs_desktop.package.container import packed
from dcs_desktop.package.contents import laid_out
from dcs_desktop.package.manifest import FORMAT
from tests.package.samples import REPORT, TEMPLATE

KNOWN = {TEMPLATE.reference: write_template(TEMPLATE)}
FILES = laid_out(REPORT, TEMPLATE)
DATA = packed(FILES)


def _codes(data: bytes) -> set[str]:
    return {fault.code for fault in package.read_bytes(data, "p.zip", KNOWN).faults}


def _zip(files: dict[str, bytes], change: Callable[[zipfile.ZipInfo], None] = lambda _info: None) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name)
            change(info)
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _with(name: str, data: bytes) -> bytes:
    return _zip({**FILES, name: data})


def _rehashed(name: str, data: bytes) -> bytes:
    """One file changed, and its hash in the manifest with it, as somebody who knows the format would."""
    manifest = json.loads(FILES["datapackage.json"])
    for resource in manifest["resources"]:
        if resource["path"] == name:
            resource["hash"] = "sha256:" + hashlib.sha256(data).hexdigest()
            resource["bytes"] = len(data)
    return _zip({**FILES, name: data, "datapackage.json": json.dumps(manifest).encode()})


def _head(**changed: Any) -> bytes:  # Any: whatever JSON a forger may write
    manifest = json.loads(FILES["datapackage.json"])
    manifest["dcs"] |= changed
    return _with("datapackage.json", json.dumps(manifest).encode())


def test_every_byte_flipped_never_changes_what_is_accepted() -> None:
    for at in range(len(DATA)):
        for bit in (0x01, 0x80):
            data = bytearray(DATA)
            data[at] ^= bit
            reading = package.read_bytes(bytes(data), "p.zip", KNOWN)
            assert reading.faults or reading.report == REPORT, at
            assert not (reading.faults and reading.report), at


def test_every_cut_is_refused() -> None:
    for length in range(0, len(DATA), 7):
        assert _codes(DATA[:length]) & {"damaged", "not_a_package"}, length
    assert _codes(DATA[:-1]) == {"damaged"}


def test_a_changed_figure_is_named() -> None:
    changed = FILES["figures.csv"].replace(b"1640", b"1641")
    reading = package.read_bytes(_with("figures.csv", changed), "p.zip", KNOWN)
    (fault,) = reading.faults
    assert (fault.code, fault.entry) == ("altered", "figures.csv")
    assert reading.report is None


def test_every_fault_is_told_at_once() -> None:
    files = {**FILES, "figures.csv": FILES["figures.csv"] + b"\n", "narratives.json": b"[]", "la.txt": b"x"}
    reading = package.read_bytes(_zip(files), "p.zip", KNOWN)
    assert {fault.entry for fault in reading.faults} == {"figures.csv", "narratives.json", "la.txt"}


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("figures.csv", b"1640", b"1641"),
        ("figures.csv", b"1640", b"-1"),
        ("figures.csv", b"1640", b"16.5"),
        ("figures.csv", b"1640", b"9" * 5000),
        ("figures.csv", b"giam_sat.done", b"giam_sat.percent"),
        ("figures.csv", b"giam_sat.done", b"khong_co"),
        ("figures.csv", b"giam_sat.target", b"giam_sat.done"),
        ("figures.csv", b"key,label", b"label,key"),
        ("figures.csv", b"key,label", b'"key,label'),
        ("figures.csv", b"entered", b"\xff\xfe"),
        ("narratives.json", b"III.1.e", b"III.9"),
        ("narratives.json", b"[", b"[" * 100_000),
        ("cells.csv", b"r3", b"r9"),
        ("tables/mo_hinh.csv", b"r1", b"r2"),
        ("tables/mo_hinh.csv", b"r1", b"../r1"),
        ("tables/mo_hinh.csv", b"ten", b"khac"),
    ],
)
def test_altered_by_somebody_who_knows_the_format(name: str, before: bytes, after: bytes) -> None:
    assert before in FILES[name]
    assert _codes(_rehashed(name, FILES[name].replace(before, after, 1))) == {"altered"}


@pytest.mark.parametrize(
    "changed",
    [
        {"period": "2023"},
        {"revision": 1},
        {"revision": 10**30},
        {"unit": {"code": "../..", "list_id": "x", "name": "", "type": ""}},
        {"level": "receiving"},
        {"level": "tổ"},
        {"template": "thu@2025"},
        {"kind": "training"},
        {"content_digest": "0" * 64},
        {"letterhead": {"day": "hôm qua"}},
        {"accepted": [1]},
    ],
)
def test_an_altered_header_is_found(changed: dict[str, Any]) -> None:  # Any: see _head
    assert _codes(_head(**changed)) == {"altered"}


def test_a_later_format_asks_for_an_update() -> None:
    (fault,) = package.read_bytes(_head(format=FORMAT + 1, unit="nothing we know"), "p.zip", KNOWN).faults
    assert fault.code == "template_newer"
    assert "cập nhật" in fault.message


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 ...",
        b"Kinh gui",
        b"\x00" * 100,
        _zip({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<t/>"}),
        _zip({"DCS_31426_2024-nam_CT.txt": b""}),
        _with("datapackage.json", b"{}"),
        _with("datapackage.json", b'{"dcs":' * 50_000),
        _with("datapackage.json", b"\xff"),
        _zip({name: data for name, data in FILES.items() if name != "datapackage.json"}),
    ],
)
def test_another_kind_of_file(data: bytes) -> None:
    assert _codes(data) == {"not_a_package"}


def test_a_missing_file_is_named() -> None:
    files = {name: data for name, data in FILES.items() if name != "narratives.json"}
    (fault,) = package.read_bytes(_zip(files), "p.zip", KNOWN).faults
    assert (fault.code, fault.entry) == ("altered", "narratives.json")


def test_an_encrypted_entry_says_so() -> None:
    data = bytearray(DATA)
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    (fault,) = package.read_bytes(bytes(data), "p.zip", KNOWN).faults
    assert fault.code == "not_a_package"
    assert "mật khẩu" in fault.message


@pytest.mark.parametrize(
    "name",
    ["../figures.csv", "/etc/passwd", "C:\\x.csv", "tables\\x.csv", "tables/../x", "a//b", "./figures.csv"],
)
def test_path_tricks_are_hostile(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert _codes(_with(name, b"x")) == {"hostile"}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["bảng.csv", "ba\u0309ng.csv", "😀.csv", "CON", "FIGURES2.CSV", "tables/"])
def test_names_that_are_not_ours_are_refused(name: str) -> None:
    assert _codes(_with(name, b"x")) == {"altered"}


def test_a_symlink_is_hostile() -> None:
    def link(info: zipfile.ZipInfo) -> None:
        if info.filename == "figures.csv":
            info.create_system = 3
            info.external_attr = 0o120777 << 16

    assert _codes(_zip(FILES, link)) == {"hostile"}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["figures.csv", "Figures.CSV"])
def test_two_entries_of_one_name_are_hostile(second: str) -> None:
    made = io.BytesIO(DATA)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr(second, b"key")
    assert _codes(made.getvalue()) == {"hostile"}


def test_a_nested_zip_is_hostile() -> None:
    assert _codes(_with("inner.zip", DATA)) == {"hostile"}


def test_a_zip_of_packages_says_to_open_it_first() -> None:
    (fault,) = package.read_bytes(_zip({"DCS_31426_2024-nam_CT.zip": DATA}), "p.zip", KNOWN).faults
    assert fault.code == "not_a_package"
    assert "Giải nén" in fault.message


def test_overlapping_entries_are_hostile() -> None:
    """Ten directory entries that all point into one another's data, as better zip bombs do."""
    content = b"a" * 1000
    deflated = zlib.compress(content, 9)[2:-4]
    crc = zlib.crc32(content)
    names = [f"{number}.csv".encode() for number in range(10)]
    local, places = b"", []
    for name in reversed(names):
        head = struct.pack(
            "<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 33, crc, len(deflated), 1000, len(name), 0
        )
        local = head + name + (local or deflated)
        places.append(len(local))
    central = b"".join(
        struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 33, crc, place, 1000, len(name), 0, 0, 0, 0, 0,
            len(local) - place,
        ) + name
        for name, place in zip(reversed(names), places, strict=True)
    )  # fmt: skip
    for name, place in zip(reversed(names), places, strict=True):
        start = len(local) - place
        inner = place - 30 - len(name)
        local = local[: start + 18] + struct.pack("<L", inner) + local[start + 22 :]
        at = central.index(name) - 46
        central = central[: at + 20] + struct.pack("<L", inner) + central[at + 24 :]
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 10, 10, len(central), len(local), 0)
    assert _codes(local + central + end) == {"hostile"}


def _measured(data: bytes) -> tuple[set[str], float, int]:
    began = time.perf_counter()
    codes = _codes(data)
    took = time.perf_counter() - began
    understanding._template.cache_clear()
    tracemalloc.start()
    assert _codes(data) == codes
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return codes, took, peak


def _million_entries_claimed() -> bytes:
    return DATA[:-14] + struct.pack("<2H2LH", 0xFFFF, 0xFFFF, 60_000_000, 0, 0)


def _many_entries() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number in range(20_000):
            archive.writestr(zipfile.ZipInfo(str(number)), b"")
    return made.getvalue()


def _lying_size() -> bytes:
    """An entry that claims to be small and unpacks to 50 MB."""
    made = bytearray(_zip({**FILES, "figures.csv": b"\x00" * 50_000_000}))
    for sign, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = made.index(b"figures.csv", made.index(sign)) if sign == b"PK\x03\x04" else 0
        at = at - 30 if at else _central(made, b"figures.csv")
        made[at + place : at + place + 4] = struct.pack("<L", 1000)
    return bytes(made)


def _central(data: bytearray, name: bytes) -> int:
    at = data.index(b"PK\x01\x02")
    while data[at + 46 : at + 46 + len(name)] != name:
        at = data.index(b"PK\x01\x02", at + 1)
    return at


def _endless_template() -> bytes:
    """As many sections as fit, of a template that nobody knows."""
    said = json.loads(FILES["template.json"])
    said["section"] += [{"id": f"X{number}", "title": "x"} for number in range(25_000)]
    return json.dumps(said).encode()


def _many_rows() -> bytes:
    row = "giam_sat.done,😀,entered,count,,number,{},,,,\n"
    return "".join(row.format(number) for number in range(150_000)).encode()


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (_million_entries_claimed, "hostile"),
        (_many_entries, "hostile"),
        (lambda: _zip({**FILES, "figures.csv": b"\x00" * 30_000_000}), "hostile"),
        (lambda: _zip({**FILES, "figures.csv": bytes(range(256)) * 400_000}), "hostile"),
        (_lying_size, "damaged"),
        (lambda: _rehashed("template.json", _endless_template()), "altered"),
        (lambda: _rehashed("template.json", b"a = [[" * 100_000), "altered"),
        (lambda: _rehashed("figures.csv", FILES["figures.csv"] + _many_rows()), "altered"),
        (lambda: b"PK\x03\x04" + b"\x00" * 15_000_000, "damaged"),
        (lambda: _rehashed("narratives.json", b"[" + b'{"item":"x",' * 70_000), "altered"),
    ],
)
def test_refused_in_a_second_and_a_hundred_megabytes(make: Callable[[], bytes], code: str) -> None:
    codes, took, peak = _measured(make())
    assert codes == {code}
    assert took < 1
    assert peak < 100_000_000


def test_a_file_too_large_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "large.zip"
    with path.open("wb") as file:
        file.truncate(3_000_000_000)
    reading = package.read(path)
    assert [fault.code for fault in reading.faults] == ["hostile"]
    assert reading.data == b""


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "vắng mặt 😀.zip"):
        with pytest.raises(Refusal, match=path.name):
            package.read(path)


ODD = [
    b"null",
    b"[]",
    b"{}",
    b"1e999",
    b'"',
    b"\\u0000",
    b"\xed\xa0\x80",
    b"NaN",
    b"9" * 30,
    b'"a"',
    b",",
    b"\n",
]


def _mutated(data: bytes, chance: random.Random) -> bytes:
    """The same file with a byte, a stretch or a whole value of it replaced."""
    start = chance.randrange(len(data))
    match chance.randrange(3):
        case 0:
            return data[:start] + bytes([chance.randrange(256)]) + data[start + 1 :]
        case 1:
            return data[:start] + chance.choice(ODD) + data[start + chance.randrange(60) :]
        case _:
            values = [found.span() for found in re.finditer(rb'"[^"]*"|\d+|true|false|\[\]', data)]
            first, last = chance.choice(values or [(0, 1)])
            return data[:first] + chance.choice(ODD) + data[last:]


@pytest.mark.parametrize("seed", range(4))
def test_random_changes_are_faults_and_never_crashes(seed: int) -> None:
    chance = random.Random(seed)
    for _turn in range(250):
        name = chance.choice(list(FILES))
        data = _mutated(FILES[name], chance)
        changed = _with(name, data) if name == "datapackage.json" else _rehashed(name, data)
        reading = package.read_bytes(changed, "p.zip", chance.choice([KNOWN, {}, None]))
        assert reading.report is None or reading.report.answers == REPORT.answers
        assert reading.faults or reading.report is not None
