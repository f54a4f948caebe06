"""The parts of a Word file that say something: found by their kind, bounded before they are unpacked."""

from __future__ import annotations

from dcs_desktop.core.returned import WordCode, WordFault
from dcs_desktop.i18n import _
from dcs_desktop.reading.tree import BrokenXml, HostileXml, Node, tree
from dcs_desktop.unzipping import Caps, Flawed, unpacked

LARGEST_FILE = 40_000_000
CAPS = Caps(entries=2_000, unpacked=24_000_000, entry=12_000_000)
TYPES = "[Content_Types].xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
KINDS = {
    f"{WORD}document.main+xml": "document",
    f"{WORD}template.main+xml": "document",
    "application/vnd.ms-word.document.macroEnabled.main+xml": "document",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml": "document",
    f"{WORD}footnotes+xml": "footnotes",
    f"{WORD}numbering+xml": "numbering",
    f"{WORD}styles+xml": "styles",
    "application/vnd.openxmlformats-officedocument.custom-properties+xml": "properties",
}


class Unread(Exception):
    """The file cannot be read; ``fault`` says why."""

    def __init__(self, fault: WordFault) -> None:
        super().__init__(fault)
        self.fault = fault


def unread(code: WordCode, message: str) -> Unread:
    """The exception for a fault."""
    return Unread(WordFault(code, message))


def parts(data: bytes) -> dict[str, Node]:
    """The parts by kind ("document", "footnotes" ...), each as a tree. Raises Unread."""
    if data.startswith(OLE):
        raise unread(
            "not_word",
            _(
                "Tệp này là tệp Word kiểu cũ (.doc) hoặc có đặt mật khẩu. Hãy mở bằng Word, bỏ mật khẩu rồi lưu "
                "thành tệp .docx."
            ),
        )
    places = _places(_entries(data, {TYPES}).get(TYPES))
    if "document" not in places.values():
        raise _no_word()
    entries = _entries(data, set(places))
    found = {kind: _tree(entries[name], name) for name, kind in places.items() if name in entries}
    if "document" not in found:
        raise _damaged(TYPES)
    return found


def refuse_macros(data: bytes) -> None:
    """Raise Unread for a Word file that carries macros (.docm, .dotm), whatever its name ends with."""
    if data.startswith(OLE):
        return
    types = _entries(data, {TYPES}).get(TYPES, b"")
    if b"macroEnabled" in types or b"vbaProject" in types:
        raise unread(
            "macros",
            _("Tệp Word này có macro (.docm) nên không được mở. Hãy mở bằng Word rồi lưu thành tệp .docx."),
        )


def _entries(data: bytes, names: set[str]) -> dict[str, bytes]:
    try:
        return unpacked(data, CAPS, lambda name: name in names)
    except Flawed as found:
        raise _of_zip(found) from None


def _of_zip(found: Flawed) -> Unread:
    flaw = found.flaws[0]
    match flaw.kind:
        case "no_zip" | "nested":
            return _no_word()
        case "no_end" | "directory" | "broken" | "strange":
            return _damaged(flaw.entry)
        case "encrypted":
            return unread(
                "not_word", _("Tệp này có đặt mật khẩu. Hãy mở bằng Word và bỏ mật khẩu rồi lưu lại.")
            )
        case _:
            return _hostile(flaw.entry)


def _no_word() -> Unread:
    return unread(
        "not_word",
        _("Đây không phải là tệp Word (.docx). Hãy mở bằng Word, lưu thành tệp .docx rồi chọn lại."),
    )


def _damaged(name: str) -> Unread:
    if not name:
        return unread("damaged", _("Tệp Word bị cắt ngắn hoặc hỏng. Hãy chép lại hoặc yêu cầu gửi lại."))
    said = _("Phần “{name}” trong tệp Word bị hỏng. Hãy mở bằng Word rồi lưu lại, hoặc yêu cầu gửi lại.")
    return unread("damaged", said.format(name=name))


def _hostile(name: str) -> Unread:
    if not name:
        return unread("hostile", _("Tệp này có cấu tạo bất thường nên không được mở. Không dùng tệp này."))
    said = _("Phần “{name}” trong tệp có cấu tạo bất thường nên không được mở. Không dùng tệp này.")
    return unread("hostile", said.format(name=name))


def _places(types: bytes | None) -> dict[str, str]:
    """The kind of each part that is read, by its name in the zip; of two of a kind the first."""
    if types is None:
        raise _no_word()
    places: dict[str, str] = {}
    for override in _tree(types, TYPES).parts:
        kind = KINDS.get(override.attributes.get("ContentType", ""), "")
        if kind and kind not in places.values():
            places[override.attributes.get("PartName", "").lstrip("/")] = kind
    return places


def _tree(data: bytes, name: str) -> Node:
    try:
        return tree(data)
    except BrokenXml:
        raise _damaged(name) from None
    except HostileXml:
        raise _hostile(name) from None
