"""The zip around a package: always the same bytes going out, nothing trusted coming in.

Reading keeps to a small part of the zip format and accounts for every header
itself, so that size, number and place of the entries are known to be small
and apart before anything is unpacked (R14, R15). Names of entries are only
ever compared, never used as a path.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dcs_desktop.i18n import _
from dcs_desktop.package.faults import Code, PackageFault, Unreadable
from dcs_desktop.package.manifest import NAME

LARGEST_FILE = 20_000_000
LARGEST_UNPACKED = 24_000_000
LARGEST_ENTRY = 8_000_000
MOST_ENTRIES = 200
LONGEST_NAME = 200
BOMB_RATIO, BOMB_FROM = 200, 1_000_000
CENTRAL_HEADER = struct.Struct("<4s6H3L5H2L")
LOCAL_HEADER = struct.Struct("<4s5H3L2H")
END = struct.Struct("<4s4H2LH")
ENCRYPTED, DESCRIPTOR, PLAIN_FLAGS = 0x1, 0x8, 0x80E
STORED, DEFLATED = 0, 8
SYMLINK = 0o120000
WRITTEN_AT = (1980, 1, 1, 0, 0, 0)
TRICKS = re.compile(r"^[/\\]|^[A-Za-z]:|\\|\x00|(?:^|/)\.\.?(?:/|$)|//")
NESTED = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as the directory of the zip claims it."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    at: int
    mode: int


def packed(entries: Mapping[str, bytes]) -> bytes:
    """A zip of these entries: the same entries in the same order give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in entries.items():
            info = zipfile.ZipInfo(name, WRITTEN_AT)
            info.create_system = 3
            info.external_attr = 0o100644 << 16
            archive.writestr(info, data, zipfile.ZIP_DEFLATED, 6)
    return made.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """The entries of a zip by name. Raises Unreadable with every fault of the container."""
    directory = _directory(data)
    faults = [fault for entry in directory for fault in _claims_too_much(entry)]
    faults += _faults_of_all(directory)
    if faults:
        raise Unreadable(*faults)
    places = [_place(data, entry) for entry in directory]
    _refuse_overlaps(directory, places, _end(data)[6])
    contents, broken = {}, []
    # A zip of packages is a thing people mail; a zip inside a package is a trick.
    nested: Code = "hostile" if any(entry.name == NAME for entry in directory) else "not_a_package"
    for entry, start in zip(directory, places, strict=True):
        content = _content(entry, data[start : start + entry.packed], nested)
        if isinstance(content, PackageFault):
            broken.append(content)
        else:
            contents[entry.name] = content
    if broken:
        raise Unreadable(*broken)
    return contents


def _end(data: bytes) -> tuple[bytes, int, int, int, int, int, int, int]:
    """The record at the end of a zip. Raises Unreadable when it is not there."""
    if not b"PK\x03\x04".startswith(data[:4]):
        raise Unreadable(_not_a_zip(data))
    found = END.unpack(data[-END.size :]) if len(data) >= END.size else None
    if found is None or found[0] != b"PK\x05\x06" or found[7] != 0:
        raise Unreadable(
            PackageFault(
                "damaged", _("Tệp bị cắt ngắn hoặc hỏng ở phần cuối. Đề nghị tải lại hoặc yêu cầu gửi lại.")
            )
        )
    return found


def _not_a_zip(data: bytes) -> PackageFault:
    if data.startswith(b"%PDF"):
        return PackageFault(
            "not_a_package",
            _("Đây là tệp PDF, không phải gói báo cáo. Đề nghị đơn vị xuất và gửi gói báo cáo (.zip)."),
        )
    return PackageFault(
        "not_a_package",
        _(
            "Đây không phải là gói báo cáo. Đề nghị đơn vị xuất gói báo cáo từ chương trình và gửi tệp .zip đó."
        ),
    )


def _directory(data: bytes) -> list[Entry]:
    """The entries as the zip's directory lists them, their number and room bounded first."""
    _sign, disk, start_disk, here, count, size, at, _comment = _end(data)
    if max(here, count) > MOST_ENTRIES or size > MOST_ENTRIES * (CENTRAL_HEADER.size + 2 * LONGEST_NAME):
        text = _("Tệp nén chứa quá {most} tệp con nên không được mở. Không dùng tệp này.")
        raise Unreadable(PackageFault("hostile", text.format(most=MOST_ENTRIES)))
    if disk or start_disk or here != count or at + size != len(data) - END.size:
        raise Unreadable(_broken_directory())
    entries = list(_listed(data[at : at + size]))
    if len(entries) != count:
        raise Unreadable(_broken_directory())
    return entries


def _broken_directory() -> PackageFault:
    return PackageFault("damaged", _("Mục lục của tệp nén bị hỏng. Đề nghị tải lại hoặc yêu cầu gửi lại."))


def _listed(directory: bytes) -> Iterator[Entry]:
    at = 0
    while at < len(directory):
        if len(directory) - at < CENTRAL_HEADER.size:
            raise Unreadable(_broken_directory())
        head = CENTRAL_HEADER.unpack_from(directory, at)
        name_end = at + CENTRAL_HEADER.size + head[10]
        name = directory[at + CENTRAL_HEADER.size : name_end]
        if head[0] != b"PK\x01\x02" or name_end > len(directory):
            raise Unreadable(_broken_directory())
        yield Entry(
            name=name.decode("utf-8", "backslashreplace"),
            flags=head[3],
            method=head[4],
            crc=head[7],
            packed=head[8],
            size=head[9],
            at=head[16],
            mode=head[15] >> 16,
        )
        at = name_end + head[11] + head[12]


def _claims_too_much(entry: Entry) -> Iterator[PackageFault]:
    """Whatever an entry's claims alone are refused for."""
    name = entry.name[:80]
    if TRICKS.search(entry.name) or entry.mode & 0o170000 == SYMLINK or len(entry.name) > LONGEST_NAME:
        text = _("Tệp nén có tên tệp con hoặc liên kết trỏ ra ngoài: “{name}”. Không dùng tệp này.")
        yield PackageFault("hostile", text.format(name=name), name)
    if entry.flags & ENCRYPTED:
        text = _("“{name}” được đặt mật khẩu. Gói báo cáo không có mật khẩu; đề nghị gửi tệp như đã xuất.")
        yield PackageFault("not_a_package", text.format(name=name), name)
    elif entry.flags & ~PLAIN_FLAGS or entry.method not in (STORED, DEFLATED):
        text = _("“{name}” được nén theo cách lạ hoặc bị hỏng. Đề nghị gửi lại tệp như đã xuất.")
        yield PackageFault("damaged", text.format(name=name), name)
    bomb = entry.size > BOMB_FROM and entry.size > BOMB_RATIO * max(entry.packed, 1)
    if bomb or entry.size > LARGEST_ENTRY:
        text = _("“{name}” khi giải nén sẽ lớn bất thường nên không được mở. Không dùng tệp này.")
        yield PackageFault("hostile", text.format(name=name), name)


def _faults_of_all(directory: list[Entry]) -> Iterator[PackageFault]:
    if sum(entry.size for entry in directory) > LARGEST_UNPACKED:
        text = _("Tệp khi giải nén lớn quá {most} MB nên không được mở. Không dùng tệp này.")
        yield PackageFault("hostile", text.format(most=LARGEST_UNPACKED // 1_000_000))
    seen: set[str] = set()
    for entry in directory:
        if entry.name.casefold() in seen:
            text = _("Tệp nén có hai tệp con cùng tên “{name}”. Không dùng tệp này.")
            yield PackageFault("hostile", text.format(name=entry.name[:80]), entry.name[:80])
        seen.add(entry.name.casefold())


def _place(data: bytes, entry: Entry) -> int:
    """Where the content of an entry begins, its own header agreeing with the directory."""
    if entry.at + LOCAL_HEADER.size <= len(data):
        head = LOCAL_HEADER.unpack_from(data, entry.at)
        start = entry.at + LOCAL_HEADER.size + int(head[9])
        name = data[entry.at + LOCAL_HEADER.size : start].decode("utf-8", "backslashreplace")
        same = (head[2], head[3], name) == (entry.flags, entry.method, entry.name)
        claims = (entry.crc, entry.packed, entry.size)
        same = same and (bool(entry.flags & DESCRIPTOR) or (head[6], head[7], head[8]) == claims)
        if head[0] == b"PK\x03\x04" and same and start + head[10] + entry.packed <= len(data):
            return start + int(head[10])
    raise Unreadable(_broken(entry))


def _refuse_overlaps(directory: list[Entry], places: list[int], end: int) -> None:
    """Entries that share bytes with one another or with the directory are a trick."""
    spans = sorted((entry.at, start + entry.packed) for entry, start in zip(directory, places, strict=True))
    limits = [start for start, _stop in spans[1:]] + [end]
    if any(stop > limit for (_start, stop), limit in zip(spans, limits, strict=True)):
        text = _("Các tệp con trong tệp nén chồng lên nhau. Không dùng tệp này.")
        raise Unreadable(PackageFault("hostile", text))


def _content(entry: Entry, raw: bytes, nested: Code) -> bytes | PackageFault:
    """The content, never more of it than was claimed, or why there is none."""
    try:
        content = raw if entry.method == STORED else _inflated(raw, entry.size)
    except zlib.error:
        return _broken(entry)
    if len(content) != entry.size or zlib.crc32(content) != entry.crc:
        return _broken(entry)
    if content.startswith(NESTED):
        text = _("Trong tệp này có tệp nén khác: “{name}”. Giải nén rồi nhập từng gói báo cáo.")
        return PackageFault(nested, text.format(name=entry.name[:80]), entry.name[:80])
    return content


def _inflated(raw: bytes, size: int) -> bytes:
    inflating = zlib.decompressobj(-zlib.MAX_WBITS)
    content = inflating.decompress(raw, size + 1)
    if not inflating.eof or inflating.unused_data:
        raise zlib.error
    return content


def _broken(entry: Entry) -> PackageFault:
    text = _("“{name}” trong gói bị hỏng trên đường truyền. Đề nghị tải lại hoặc yêu cầu gửi lại.")
    return PackageFault("damaged", text.format(name=entry.name[:80]), entry.name[:80])
