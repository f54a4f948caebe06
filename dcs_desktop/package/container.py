"""The zip around a package: always the same bytes going out, nothing trusted coming in (unzipping.py)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping

from dcs_desktop.i18n import _
from dcs_desktop.package.faults import Code, PackageFault, Unreadable
from dcs_desktop.package.manifest import NAME
from dcs_desktop.unzipping import Caps, Flaw, Flawed, Packed, names, one_by_one
from dcs_desktop.unzipping import unpacked as unzipped

LARGEST_FILE = 20_000_000
CAPS = Caps(entries=200, unpacked=24_000_000, entry=8_000_000)
# A zip of packages and saved mails, as a whole province may send it.
LARGEST_COLLECTION = 600_000_000
COLLECTED = Caps(entries=20_000, unpacked=LARGEST_COLLECTION, entry=LARGEST_FILE)
PACKAGE, MAIL = ".zip", ".eml"
# Where a zip has the name of its first entry; that of a package is its manifest.
FIRST_NAME = slice(30, 30 + len(NAME))
WRITTEN_AT = (1980, 1, 1, 0, 0, 0)


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
    try:
        return unzipped(data, CAPS)
    except Flawed as found:
        raise Unreadable(*(_fault(flaw, data, found.names) for flaw in found.flaws)) from None


def is_collection(data: Packed) -> bool:
    """Whether this is a zip that holds packages or saved mails, and is none itself."""
    if data[FIRST_NAME] == NAME.encode():
        return False
    try:
        inside = names(data, COLLECTED)
    except Flawed:
        return False
    return NAME not in inside and any(map(_may_be_package, inside))


def collected(data: Packed) -> Iterator[tuple[str, bytes | PackageFault]]:
    """What a zip of packages holds, one after the other: the name there, and the bytes or why they are not read.

    Raises Unreadable where the zip as a whole is not to be trusted.
    """
    try:
        for name, content in one_by_one(data, COLLECTED, _may_be_package):
            yield name, _fault(content, b"", frozenset()) if isinstance(content, Flaw) else content
    except Flawed as found:
        raise Unreadable(*(_fault(flaw, b"", found.names, COLLECTED) for flaw in found.flaws)) from None


def _may_be_package(name: str) -> bool:
    """Other things in the zip are left packed, and so is what macOS hides beside each file."""
    return name.casefold().endswith((PACKAGE, MAIL)) and not name.startswith("__MACOSX/")


def _fault(flaw: Flaw, data: bytes, inside: frozenset[str], caps: Caps = CAPS) -> PackageFault:
    match flaw.kind:
        case "no_zip":
            return _not_a_zip(data)
        case "encrypted":
            code: Code = "not_a_package"
        case "no_end" | "directory" | "strange" | "broken":
            code = "damaged"
        case "nested":
            # A zip of packages is a thing people mail; a zip inside a package is a trick.
            code = "hostile" if NAME in inside else "not_a_package"
        case _:
            code = "hostile"
    most = caps.entries if flaw.kind == "many" else caps.unpacked // 1_000_000
    return PackageFault(code, _sentences()[flaw.kind].format(name=flaw.entry, most=most), flaw.entry)


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


def _sentences() -> dict[str, str]:
    """What is said of a flaw, by its kind."""
    return {
        "no_end": _("Tệp bị cắt ngắn hoặc hỏng ở phần cuối. Đề nghị tải lại hoặc yêu cầu gửi lại."),
        "many": _("Tệp nén chứa quá {most} tệp con nên không được mở. Không dùng tệp này."),
        "directory": _("Mục lục của tệp nén bị hỏng. Đề nghị tải lại hoặc yêu cầu gửi lại."),
        "trick": _("Tệp nén có tên tệp con hoặc liên kết trỏ ra ngoài: “{name}”. Không dùng tệp này."),
        "encrypted": _(
            "“{name}” được đặt mật khẩu. Gói báo cáo không có mật khẩu; đề nghị gửi tệp như đã xuất."
        ),
        "strange": _("“{name}” được nén theo cách lạ hoặc bị hỏng. Đề nghị gửi lại tệp như đã xuất."),
        "bomb": _("“{name}” khi giải nén sẽ lớn bất thường nên không được mở. Không dùng tệp này."),
        "large": _("Tệp khi giải nén lớn quá {most} MB nên không được mở. Không dùng tệp này."),
        "twice": _("Tệp nén có hai tệp con cùng tên “{name}”. Không dùng tệp này."),
        "broken": _("“{name}” trong gói bị hỏng trên đường truyền. Đề nghị tải lại hoặc yêu cầu gửi lại."),
        "overlap": _("Các tệp con trong tệp nén chồng lên nhau. Không dùng tệp này."),
        "nested": _("Trong tệp này có tệp nén khác: “{name}”. Giải nén rồi nhập từng gói báo cáo."),
    }
