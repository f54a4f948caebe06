"""Finds the packages in what arrives: a file, a saved mail with its attachments, a zip of either; nothing is trusted.

Sizes, number and depth are bounded before anything is unpacked, and a name that stands in there is only shown (R14,
R15).
"""

from __future__ import annotations

import email
import email.header
import email.message
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from dcs_desktop import package
from dcs_desktop.i18n import _
from dcs_desktop.package import PackageFault
from dcs_desktop.receiving.attachments import Mail, lightened

# What mail services carry, 25 MB and a third more as text.
LARGEST_MAIL = 36_000_000
# Beside its attachments: letters, pictures written in another way than base64.
LARGEST_TEXT = 5_000_000
MOST_PARTS = 500
# A mail in a zip, a zip in that mail: nobody sends more than that on purpose.
DEEPEST = 3
# Python's reader of mails takes a time that grows with these multiplied; no mail program writes near as many.
MOST_LINES, MOST_HEADS, MOST_BOUNDS = 1_200_000, 20_000, 2_000
MOST_DEPTH, MOST_LINES_BY_DEPTH = 200, 4_000_000
HEAD = re.compile(rb"[\r\n][!-9;-~]{1,80}:")
BOUND = re.compile(rb"[\r\n]--")
DEEPER = re.compile(rb"boundary|message/rfc822", re.IGNORECASE)
LONG_HEAD = re.compile(
    rb"(?:^|[\r\n])content-[a-z-]{1,30}:(?:[^\r\n]|\r?\n[ \t]|\r[ \t]){4000}", re.IGNORECASE
)
ZIP = b"PK\x03\x04"
MAIL = ".eml"


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that may be a package: ``within`` is where it lay in the one that was given, "" for that one itself."""

    within: str
    data: bytes | PackageFault


def arrived(path: Path) -> Iterator[Arrived]:
    """Everything in a file that may be a package. Raises Refusal when the file is not there or cannot be read."""
    if path.suffix.casefold() == MAIL:
        yield from _in_mail(package.file_bytes(path, LARGEST_MAIL), "", 1)
        return
    data = package.file_bytes(path)
    if isinstance(data, PackageFault):  # too large for a package, and maybe a zip of many
        with package.opened(path) as mapped:
            if package.is_collection(mapped):
                yield from _in_zip(mapped, "", 1)
                return
    elif package.is_collection(data):
        yield from _in_zip(data, "", 1)
        return
    yield Arrived("", data)


def _in_zip(data: package.Packed, within: str, depth: int) -> Iterator[Arrived]:
    try:
        for name, content in package.collected(data):
            yield from _inside(content, _place(within, name), depth)
    except package.Unreadable as found:
        yield from (Arrived(within, fault) for fault in found.faults)


def _inside(content: bytes | PackageFault, within: str, depth: int) -> Iterator[Arrived]:
    """What an entry of a zip or an attachment is: a package, or a mail or zip with some."""
    mail = within.casefold().endswith(MAIL)
    if isinstance(content, PackageFault) or not (mail or package.is_collection(content)):
        yield Arrived(within, content)
    elif depth == DEEPEST:
        text = _(
            "Tệp nén hoặc thư lồng nhau quá {most} lớp nên không được mở. Hãy lưu riêng gói báo cáo rồi nhập."
        )
        yield Arrived(within, PackageFault("hostile", text.format(most=DEEPEST)))
    elif mail:
        yield from _in_mail(content, within, depth + 1)
    else:
        yield from _in_zip(content, within, depth + 1)


def _in_mail(content: bytes | PackageFault, within: str, depth: int) -> Iterator[Arrived]:
    """The packages attached to a saved mail, or to a mail forwarded in it; one fault for a mail without any."""
    if isinstance(content, PackageFault):
        yield Arrived(within, content)
        return
    try:
        mail = lightened(content)
        attached = None if _tricky(mail.text) else _attached(mail)
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError):
        attached = None
    if not attached:
        yield Arrived(within, _without_package() if attached is not None else _broken())
        return
    for name, data in attached:
        yield from _inside(data, _place(within, name), depth)


def _tricky(content: bytes) -> bool:
    """Whether a mail is made to be read for ever: of more lines, headers, parts or depth than mails have."""
    lines = content.count(b"\n") + content.count(b"\r")
    if b"\r\n" in content:
        lines -= content.count(b"\r\n")
    depth = sum(1 for _found in DEEPER.finditer(content))
    return (
        len(content) > LARGEST_TEXT
        or lines > MOST_LINES
        or depth > MOST_DEPTH
        or lines * depth > MOST_LINES_BY_DEPTH
        or _more(HEAD, content, MOST_HEADS)
        or _more(BOUND, content, MOST_BOUNDS)
        or LONG_HEAD.search(content) is not None
    )


def _more(sign: re.Pattern[bytes], content: bytes, most: int) -> bool:
    return next(islice(sign.finditer(content), most, None), None) is not None


def _attached(mail: Mail) -> list[tuple[str, bytes]]:
    """The attachments that are zips, by name; pictures of a signature and the like are no business of ours."""
    found: list[tuple[str, bytes]] = []
    for number, part in enumerate(email.message_from_bytes(mail.text).walk()):
        if number == MOST_PARTS:
            break
        name = _name(part)
        data = mail.content(part)
        if data is not None and (data.startswith(ZIP) or name.casefold().endswith((".zip", MAIL))):
            found.append((name or _("tệp đính kèm"), data))
    return found


def _name(part: email.message.Message) -> str:
    """The name of an attachment as its sender wrote it."""
    said = str(part.get_filename() or "")
    try:
        pieces = email.header.decode_header(said)
        name = "".join(str(email.header.make_header([piece])) for piece in pieces)
    except (ValueError, LookupError, email.errors.MessageError):
        name = said
    return name.replace("\\", "/").rpartition("/")[2][:120]


def _place(within: str, name: str) -> str:
    return f"{within} › {name}" if within else name


def _without_package() -> PackageFault:
    text = _(
        "Thư này không kèm gói báo cáo. Đề nghị đơn vị gửi lại thư, đính kèm gói báo cáo (.zip) đã xuất."
    )
    return PackageFault("not_a_package", text)


def _broken() -> PackageFault:
    return PackageFault(
        "damaged", _("Không đọc được thư này. Hãy lưu lại thư từ hộp thư, hoặc lưu riêng tệp đính kèm.")
    )
