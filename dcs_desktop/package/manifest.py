"""datapackage.json: what a package says of itself, as a Frictionless Data Package descriptor."""

from __future__ import annotations

import re
from typing import Annotated, Literal

import msgspec

from dcs_desktop.core.period import Period, PeriodFault
from dcs_desktop.core.report import Addition, Identity, Letterhead, UnitName
from dcs_desktop.core.text import nfc
from dcs_desktop.i18n import _
from dcs_desktop.package.faults import PackageFault, Unreadable

# A report is written in the oldest format that says all of it, so that older programs can read it: without additions of
# the unit's own, with such, with numbered lists in its texts.
PLAIN, WITH_OWN, FORMAT = 1, 2, 3
# Safety copies are numbered apart: a program that knows none takes one for a later package, and refuses it.
SAFETY = 1001
NAME = "datapackage.json"
LARGEST = 2_000_000
ENTRY = re.compile(
    r"(?:figures|cells)\.csv|(?:narratives|template)\.json|tables/[a-z0-9][a-z0-9_.-]{0,79}\.csv"
)
# Of a unit; in the name of a file too.
LONGEST_CODE = 40
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9:._-]{0,39}|")
REFERENCE = re.compile(r"[a-z][a-z0-9-]{0,39}@\d{1,6}(?:\.\d{1,6}){0,2}", re.ASCII)
DIGEST = re.compile(r"[0-9a-f]{64}")
LONGEST_NAME = 300


class Header(msgspec.Struct, frozen=True):
    """Which report a package holds; ``letterhead`` is no part of the content digest, nor are ``program`` and ``carried``."""

    format: Annotated[int, msgspec.Meta(ge=1, le=9999)]
    program: str
    kind: Literal["real", "training"]
    unit: UnitName
    receiver: UnitName
    period: str
    level: str
    revision: Annotated[int, msgspec.Meta(ge=0, le=9999)]
    parent: str
    template: str
    content_digest: str
    accepted: dict[str, str] = {}
    carried: dict[str, str] = {}
    own: dict[str, Addition] = {}
    letterhead: Letterhead = Letterhead()

    @property
    def identity(self) -> Identity:
        """The report's identity. Raises PeriodFault for a period that is none."""
        return Identity(
            unit=_tidy(self.unit),
            receiver=_tidy(self.receiver),
            period=Period.parse(self.period),
            level=self.level,
            template=self.template,
            revision=self.revision,
            parent=self.parent,
            training=self.kind == "training",
        )


class SafetyHeader(Header, frozen=True):
    """The header of a safety copy: what was typed and is no value yet, the digest that left the house ("": none did)."""

    safety: bool = True
    drafts: dict[str, str] = {}
    exported: str = ""


class Resource(msgspec.Struct, frozen=True, omit_defaults=True):
    """One file of the package; ``table`` is the template's table whose rows it holds."""

    name: str
    path: str
    type: Literal["table", "json"]
    format: str
    mediatype: str
    encoding: str
    hash: str
    bytes: Annotated[int, msgspec.Meta(ge=0, le=100_000_000)]
    title: str = ""
    table: str = ""
    schema: dict[str, object] | None = None


class Manifest(msgspec.Struct, frozen=True):
    """The whole descriptor."""

    name: str
    title: str
    resources: tuple[Resource, ...]
    dcs: Header


class _SafetyManifest(Manifest, frozen=True):
    dcs: SafetyHeader


class Outline(msgspec.Struct, frozen=True):
    """As much as tells whether a later version of the program wrote it, and whether it is a letter or a safety copy."""

    format: int
    letter: str = ""
    safety: bool = False


class _Outlined(msgspec.Struct, frozen=True):
    dcs: Outline


def outline_of(data: bytes, largest: int) -> Outline | None:
    """The outline of a descriptor, whatever else stands in it; None where it is none, or larger than that."""
    try:
        return msgspec.json.decode(data, type=_Outlined).dcs if len(data) <= largest else None
    except (msgspec.DecodeError, ValueError, RecursionError):
        return None


def encoded(manifest: Manifest) -> bytes:
    """The bytes of datapackage.json, the same for the same manifest."""
    return msgspec.json.format(msgspec.json.encode(manifest, order="sorted"), indent=1)


def decoded(data: bytes, *, safety: bool = False) -> Manifest:
    """The manifest in these bytes, of a safety copy where ``safety`` lets it be one.

    Raises Unreadable when it is none, or of a later format.
    """
    outline = outline_of(data, LARGEST)
    if outline is None or outline.format < 1:
        text = _("Tệp nén này không phải là gói báo cáo của chương trình: {name} không đọc được.")
        raise Unreadable(PackageFault("not_a_package", text.format(name=NAME), NAME))
    if outline.letter:
        text = _(
            "Đây là phiếu của cấp trên gửi đơn vị, không phải gói báo cáo. Hãy kéo riêng phiếu này vào cửa sổ chương "
            "trình của đơn vị nhận phiếu."
        )
        raise Unreadable(PackageFault("letter", text, NAME))
    if outline.safety and not safety:
        text = _(
            "Đây là bản an toàn để dựng lại dữ liệu của chính đơn vị lập, không phải gói báo cáo để gửi. Đề nghị đơn vị "
            "xuất gói báo cáo rồi gửi lại."
        )
        raise Unreadable(PackageFault("safety_copy", text, NAME))
    if outline.format > (SAFETY if outline.safety else FORMAT):
        text = _(
            "Gói được lập bằng bản chương trình mới hơn (định dạng {format}). "
            "Đề nghị cập nhật chương trình rồi nhập lại."
        )
        raise Unreadable(PackageFault("template_newer", text.format(format=outline.format), NAME))
    try:
        manifest = msgspec.json.decode(data, type=_SafetyManifest if outline.safety else Manifest)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise Unreadable(_altered(str(error)[:200])) from error
    faults = tuple(_altered(what) for what in _wrong(manifest))
    if faults:
        raise Unreadable(*faults)
    return manifest


def _wrong(manifest: Manifest) -> list[str]:
    """What of a manifest this program could not have written."""
    head = manifest.dcs
    wrong = [
        path.path[:80] for path in manifest.resources if not ENTRY.fullmatch(path.path) or not hashed(path)
    ]
    codes = (head.unit.code, head.unit.list_id, head.receiver.code, head.receiver.list_id)
    names = (head.unit.name, head.unit.type, head.receiver.name, head.receiver.type)
    checks = {
        "unit": all(map(CODE.fullmatch, codes)) and head.unit.code and all(map(_short, names)),
        "template": REFERENCE.fullmatch(head.template),
        "parent": DIGEST.fullmatch(head.parent) if head.revision else not head.parent,
        "content_digest": DIGEST.fullmatch(head.content_digest),
        "period": _is_period(head.period),
    }
    return wrong + [name for name, right in checks.items() if not right]


def hashed(resource: Resource) -> bool:
    """Whether a resource names its sha256."""
    return resource.hash.startswith("sha256:") and bool(DIGEST.fullmatch(resource.hash[7:]))


def _short(name: str) -> bool:
    return len(name) <= LONGEST_NAME


def _is_period(text: str) -> bool:
    try:
        return str(Period.parse(text)) == text
    except PeriodFault:
        return False


def _altered(what: str) -> PackageFault:
    text = _("Phần đầu của gói ({name}) đã bị sửa: {what}. Đề nghị đơn vị xuất và gửi lại.")
    return PackageFault("altered", text.format(name=NAME, what=what), NAME)


def _tidy(unit: UnitName) -> UnitName:
    return UnitName(unit.code, unit.list_id, nfc(unit.name), nfc(unit.type), nfc(unit.within))
