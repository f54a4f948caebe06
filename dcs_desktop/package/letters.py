"""A letter as one file that travels by mail: the container and the caps of a package, a kind of its own.

    datapackage.json   which letter it is: kind, from whom, to whom, about which report, its digest
    letter.json        its words, its questions, what was read of the report
    totals.csv         the frozen totals of the area
    template.json      a new template version
    signature.json     over datapackage.json (signature.py), not listed in it

Equal content and key give equal bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from dcs_desktop import __version__
from dcs_desktop.core.letter import (
    LONGEST_WORDS,
    MOST_QUESTIONS,
    OF_A_REVISION,
    AreaTotal,
    Head,
    Letter,
    LetterKind,
    Question,
    WasRead,
    letter_digest,
)
from dcs_desktop.core.period import Period, PeriodFault
from dcs_desktop.core.report import UnitName
from dcs_desktop.core.text import nfc
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.files import make_folder, reason, write_beside_then_replace
from dcs_desktop.i18n import _
from dcs_desktop.package.container import CAPS, MAIL, packed, unpacked
from dcs_desktop.package.contents import Sheet, resource, slug
from dcs_desktop.package.faults import PackageFault, Unreadable
from dcs_desktop.package.manifest import (
    CODE,
    DIGEST,
    LONGEST_CODE,
    LONGEST_NAME,
    NAME,
    Resource,
    hashed,
    outline_of,
)
from dcs_desktop.package.reading import file_bytes, opened
from dcs_desktop.package.sheets import guarded, read, unguarded, written
from dcs_desktop.package.signature import SIGNATURE, Key, signed, signer
from dcs_desktop.package.understanding import LARGEST_TEMPLATE, MOST_FIGURES, transport_faults
from dcs_desktop.unzipping import Flawed, names

FORMAT = 1
WORDS, TOTALS, TEMPLATE = "letter.json", "totals.csv", "template.json"
LARGEST_WORDS = 2_000_000
# Part of the name of every letter; a mail with one is small.
SIGN, LARGEST_MAIL = b"_phieu-", 4_000_000
TOTAL_HEADS = ("key", "label", "unit", "state", "value", "covered", "expected")
KIND_IN_NAMES = {
    LetterKind.RECEIPT: "xac-nhan",
    LetterKind.CORRECTION: "chinh-sua",
    LetterKind.ACCEPTANCE: "chap-nhan",
    LetterKind.TOTALS: "tong-hop",
    LetterKind.TEMPLATE: "mau",
}
# Ratios are exact to 200 digits.
NUMBER = re.compile(r"-?\d{1,250}(?:\.\d{1,250})?|", re.ASCII)
Count = Annotated[int, msgspec.Meta(ge=0, le=999_999)]


class _Header(msgspec.Struct, frozen=True):
    """Which letter a file holds; ``letter`` tells it from a package."""

    format: Annotated[int, msgspec.Meta(ge=1, le=9999)]
    program: str
    letter: LetterKind
    kind: Literal["real", "training"]
    unit: UnitName
    receiver: UnitName
    period: str
    number: Annotated[int, msgspec.Meta(ge=1, le=99_999)]
    written: date
    revision: Count
    about: str
    content_digest: str


class _Manifest(msgspec.Struct, frozen=True):
    name: str
    title: str
    resources: tuple[Resource, ...]
    dcs: _Header


class _Words(msgspec.Struct, frozen=True, omit_defaults=True):
    """What stands in letter.json."""

    text: str = ""
    questions: Annotated[tuple[Question, ...], msgspec.Meta(max_length=MOST_QUESTIONS)] = ()
    read: WasRead | None = None


@dataclass(frozen=True, slots=True)
class LetterReading:
    """What was found in a file: the letter and its digest, or every fault.

    ``data`` is the file as it came, ``key`` the public key that signed it, "" for none.
    """

    file_name: str
    data: bytes
    letter: Letter | None = None
    digest: str = ""
    faults: tuple[PackageFault, ...] = ()
    key: str = ""


# Out


def letter_name(head: Head) -> str:
    """Such as ``DCS_31426_2024-nam_phieu-2_chinh-sua.zip``; always ASCII."""
    code = re.sub(r"[^A-Za-z0-9-]", "-", head.unit.code)[:LONGEST_CODE]
    period = f"_{Period.parse(head.period).file_part}" if head.period else ""
    return f"DCS_{code}{period}_phieu-{head.number}_{KIND_IN_NAMES[head.kind]}.zip"


def letter_bytes(letter: Letter, key: Key | None = None) -> bytes:
    """The file of a letter, signed with a key; the same bytes for the same letter and key."""
    sheets = [Sheet(WORDS, _json(_Words(letter.text, letter.questions, letter.read)))]
    if letter.totals:
        sheets.append(Sheet(TOTALS, written(TOTAL_HEADS, map(_total_row, letter.totals)), schema=_schema()))
    if letter.template:
        sheets.append(Sheet(TEMPLATE, letter.template))
    head = letter.head
    manifest = _Manifest(
        name=slug(f"dcs-{head.unit.identity}-{head.period}-{head.number}-{head.kind}"),
        title=f"{head.kind}: {head.unit.name}",
        resources=tuple(map(resource, sheets)),
        dcs=_header(letter),
    )
    entries = {NAME: _json(manifest), **{sheet.path: sheet.data for sheet in sheets}}
    return packed(signed(entries, key))


def write_letter(folder: Path, letter: Letter, key: Key | None = None) -> tuple[Path, bytes]:
    """Write a letter, signed with a key, under its own name into a folder, made if need be; the file and its bytes.

    The letter is read back first. Raises Refusal when it cannot be written, when it would be
    too long, or when another file of this name stands there.
    """
    data = letter_bytes(letter, key)
    reading = read_letter_bytes(data, letter_name(letter.head))
    if reading.letter != letter:
        text = _("Phiếu quá dài: mỗi câu hỏi tối đa {most} chữ cái, tối đa {count} câu. Đề nghị rút gọn.")
        raise Refusal(text.format(most=LONGEST_WORDS, count=MOST_QUESTIONS))
    target = folder / reading.file_name
    if target.exists() and target.read_bytes() != data:
        text = _(
            "Đã có tệp {file} với nội dung khác, chương trình không ghi đè. "
            "Đề nghị chọn thư mục khác hoặc chuyển tệp cũ đi nơi khác."
        )
        raise Refusal(text.format(file=target))
    try:
        make_folder(folder)
        write_beside_then_replace(target, data)
    except OSError as error:
        text = _("Không ghi được tệp {file}: {error}. Đề nghị chọn thư mục khác.")
        raise Refusal(text.format(file=target, error=reason(error))) from error
    return target, data


def _header(letter: Letter) -> _Header:
    head = letter.head
    return _Header(
        format=FORMAT,
        program=__version__,
        letter=head.kind,
        kind="training" if head.training else "real",
        unit=head.unit,
        receiver=head.receiver,
        period=head.period,
        number=head.number,
        written=head.written,
        revision=head.revision,
        about=head.about,
        content_digest=letter_digest(letter),
    )


def _json(said: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(said, order="deterministic"), indent=1)


def _schema() -> dict[str, object]:
    counts = ("covered", "expected")
    fields = [{"name": head, "type": "integer" if head in counts else "string"} for head in TOTAL_HEADS]
    return {"fields": fields, "primaryKey": ["key"]}


def _total_row(total: AreaTotal) -> tuple[str, ...]:
    label, unit = guarded(total.label), guarded(total.unit)
    return total.key, label, unit, total.state, total.value, str(total.covered), str(total.expected)


# In


def is_letter(path: Path) -> bool:
    """Whether a file looks like a letter, by what it holds, or by its name where it is too damaged to say.

    A saved mail only may hold one: it names one somewhere.
    """
    try:
        with opened(path) as data:
            if path.suffix.casefold() == MAIL:
                return 0 < len(data) <= LARGEST_MAIL and data[:].find(SIGN) >= 0
            return WORDS in names(data, CAPS)
    except (Refusal, Flawed):
        return SIGN.decode() in path.name


def holds_letter(data: bytes) -> bool:
    """Whether these bytes are laid out as a letter."""
    try:
        return WORDS in names(data, CAPS)
    except Flawed:
        return False


def read_letter(path: Path) -> LetterReading:
    """The letter in a file. Raises Refusal when there is no such file or it cannot be read."""
    data = file_bytes(path)
    if isinstance(data, PackageFault):
        return LetterReading(path.name, b"", faults=(data,))
    return read_letter_bytes(data, path.name)


def read_letter_bytes(data: bytes, file_name: str) -> LetterReading:
    """The letter in these bytes."""
    try:
        entries = unpacked(data)
        if NAME not in entries:
            raise Unreadable(_no_letter())
        manifest = _decoded(entries[NAME])
        listed = {name: said for name, said in entries.items() if name != SIGNATURE}
        faults = transport_faults(listed, manifest.resources, (WORDS,))
        if faults:
            raise Unreadable(*faults)
        letter = _understood(entries, manifest)
        key = signer(entries, training=letter.head.training)
    except Unreadable as found:
        return LetterReading(file_name, data, faults=found.faults)
    return LetterReading(file_name, data, letter, manifest.dcs.content_digest, key=key)


def _decoded(data: bytes) -> _Manifest:
    outline = outline_of(data, LARGEST_WORDS)
    if outline is None or not outline.letter:
        raise Unreadable(_no_letter())
    if outline.format > FORMAT:
        text = _("Phiếu được lập bằng bản chương trình mới hơn. Đề nghị cập nhật chương trình rồi mở lại.")
        raise Unreadable(PackageFault("template_newer", text, NAME))
    try:
        manifest = msgspec.json.decode(data, type=_Manifest)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise Unreadable(_altered(NAME)) from error
    if not _right(manifest):
        raise Unreadable(_altered(NAME))
    return manifest


def _right(manifest: _Manifest) -> bool:
    """Whether this program could have written it."""
    head, files = manifest.dcs, {resource.path: resource for resource in manifest.resources}
    codes = (head.unit.code, head.unit.list_id, head.receiver.code, head.receiver.list_id)
    names = (head.unit.name, head.unit.type, head.receiver.name, head.receiver.type)
    checks = (
        files.keys() <= {WORDS, TOTALS, TEMPLATE} and all(map(hashed, files.values())),
        all(map(CODE.fullmatch, codes)) and bool(head.unit.code),
        all(len(name) <= LONGEST_NAME for name in names),
        DIGEST.fullmatch(head.content_digest) is not None,
        DIGEST.fullmatch(head.about) is not None if head.letter in OF_A_REVISION else not head.about,
        _is_period(head.period) if head.letter is not LetterKind.TEMPLATE else not head.period,
        (TEMPLATE in files) == (head.letter is LetterKind.TEMPLATE),
        (TOTALS in files) <= (head.letter is LetterKind.TOTALS),
    )
    return all(checks)


def _is_period(text: str) -> bool:
    try:
        return str(Period.parse(text)) == text
    except PeriodFault:
        return False


def _understood(entries: Mapping[str, bytes], manifest: _Manifest) -> Letter:
    try:
        said = (
            msgspec.json.decode(entries[WORDS], type=_Words) if len(entries[WORDS]) <= LARGEST_WORDS else None
        )
        totals = tuple(_totals(entries[TOTALS])) if TOTALS in entries else ()
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise Unreadable(_altered(WORDS)) from error
    template = entries.get(TEMPLATE, b"")
    if said is None or len(template) > LARGEST_TEMPLATE or not _readable(said):
        raise Unreadable(_altered(WORDS))
    letter = Letter(_head(manifest.dcs), said.text, said.questions, said.read, totals, template)
    if letter_digest(letter) != manifest.dcs.content_digest:
        raise Unreadable(_altered(NAME))
    return letter


def _readable(said: _Words) -> bool:
    """Whether the words are as short as they may be, in the one form of Unicode, each question under its own name."""
    texts = [said.text, *(text for q in said.questions for text in (q.id, q.text, q.key, q.quote))]
    short = all(len(text) <= LONGEST_WORDS and nfc(text) == text for text in texts)
    ids = [question.id for question in said.questions]
    return short and len(set(ids)) == len(ids) and all(id.isascii() and id.isalnum() for id in ids)


def _head(said: _Header) -> Head:
    training = said.kind == "training"
    return Head(
        said.letter, said.unit, said.receiver, said.period, training, said.number, said.written,
        said.revision, said.about,
    )  # fmt: skip


def _totals(data: bytes) -> Iterator[AreaTotal]:
    """The frozen totals. Raises ValueError."""
    for cells in read(data, TOTAL_HEADS, MOST_FIGURES):
        row = dict(zip(TOTAL_HEADS, cells, strict=True))
        if not NUMBER.fullmatch(row["value"]):
            raise ValueError(row["key"])
        label, unit = unguarded(row["label"]), unguarded(row["unit"])
        counts = (_count(row["covered"]), _count(row["expected"]))
        yield AreaTotal(row["key"], label, unit, row["state"], row["value"], *counts)


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise ValueError(text[:20])
    return int(text)


def _no_letter() -> PackageFault:
    text = _(
        "Đây không phải là phiếu của cấp trên. Nếu là gói báo cáo, hãy nhận bằng lệnh “Nhận gói báo cáo”."
    )
    return PackageFault("not_a_package", text)


def _altered(entry: str) -> PackageFault:
    text = _(
        "Phiếu đã bị sửa sau khi xuất (“{entry}”). Không có gì được nhận; đề nghị cấp trên gửi lại phiếu."
    )
    return PackageFault("altered", text.format(entry=entry), entry)
