"""Reads a package: every fault it has, and the report when it has none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from mmap import ACCESS_READ, mmap
from pathlib import Path

import msgspec

from dcs_desktop.core.form import Form
from dcs_desktop.core.report import Identity, Report
from dcs_desktop.core.template import Template
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.files import reason, step
from dcs_desktop.i18n import _
from dcs_desktop.package.container import LARGEST_COLLECTION, LARGEST_FILE, unpacked
from dcs_desktop.package.faults import PackageFault, Unreadable
from dcs_desktop.package.manifest import NAME, Manifest, decoded
from dcs_desktop.package.signature import SIGNATURE, signer
from dcs_desktop.package.understanding import template_faults, transport_faults, understood
from dcs_desktop.unzipping import Packed

PRINTED = re.compile(rb"/Keywords \(([0-9a-f]{64})\)")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in a package.

    ``report``, ``template`` and the ``form`` it was read by (no words filled in) are there when nothing stands against reading
    them: without faults, or when the template is merely not one that this
    program knows. ``data`` is the file as it came.
    """

    file_name: str
    data: bytes
    manifest: Manifest | None = None
    report: Report | None = None
    template: Template | None = None
    faults: tuple[PackageFault, ...] = ()
    form: Form | None = field(default=None, repr=False, compare=False)
    key: str = ""

    @property
    def identity(self) -> Identity | None:
        """Which report it says it is, None when it does not even say that."""
        return None if self.manifest is None else self.manifest.dcs.identity


def read(path: Path, known: Mapping[str, bytes] | None = None, *, safety: bool = False) -> Reading:
    """The package in a file.

    ``known`` are the templates of this program by reference, as
    :func:`dcs_desktop.core.template_file.write_template` writes them; without
    it the package's own template is taken at its word. ``safety`` reads a
    safety copy too, which is refused elsewhere. Raises Refusal when there is
    no such file or it cannot be read.
    """
    data = file_bytes(path)
    return (
        Reading(path.name, b"", faults=(data,))
        if isinstance(data, PackageFault)
        else read_bytes(data, path.name, known, safety=safety)
    )


def file_bytes(path: Path, most: int = LARGEST_FILE) -> bytes | PackageFault:
    """What a file holds, or that it is too large. Raises Refusal when there is no such file or it cannot be read."""
    with _refusing(path):
        return _too_large(most) if path.stat().st_size > most else step(path.read_bytes)


@contextmanager
def opened(path: Path) -> Iterator[Packed]:
    """A file to look into without reading all of it. Raises Refusal when there is no such file or it cannot be read."""
    with _refusing(path), step(path.open, "rb") as file:
        size = path.stat().st_size
        if not 0 < size <= LARGEST_COLLECTION:
            yield b""
            return
        with mmap(file.fileno(), size, access=ACCESS_READ) as mapped:
            yield mapped


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    try:
        if not path.is_file():
            raise Refusal(_("Không có tệp {file}. Đề nghị kiểm tra lại tên tệp.").format(file=path))
        yield
    except OSError as error:
        message = _("Không đọc được tệp {file}: {error}. Đề nghị chép tệp về máy rồi thử lại.")
        raise Refusal(message.format(file=path, error=reason(error))) from error


def _too_large(most: int) -> PackageFault:
    text = _("Tệp lớn quá {most} MB, không phải là gói báo cáo của chương trình.")
    return PackageFault("hostile", text.format(most=most // 1_000_000))


def read_bytes(
    data: bytes, file_name: str, known: Mapping[str, bytes] | None = None, *, safety: bool = False
) -> Reading:
    """The package in these bytes; see :func:`read`."""
    manifest = None
    try:
        entries = unpacked(data)
        if NAME not in entries:
            raise Unreadable(_without_manifest(entries))
        manifest = decoded(entries[NAME], safety=safety)
        listed = {name: said for name, said in entries.items() if name != SIGNATURE}
        faults = transport_faults(listed, manifest.resources)
        if faults:
            raise Unreadable(*faults)
        faults = tuple(template_faults(entries["template.json"], manifest.dcs, known))
        if any(fault.code == "altered" for fault in faults):
            raise Unreadable(*faults)
        report, template, form = understood(entries, manifest)
        key = signer(entries, training=report.identity.training)
    except Unreadable as found:
        return Reading(file_name, data, manifest, faults=found.faults)
    return Reading(file_name, data, manifest, report, template, faults, form, key)


def _without_manifest(entries: Mapping[str, bytes]) -> PackageFault:
    if any(name in entries for name in ("word/document.xml", "xl/workbook.xml")):
        text = _(
            "Đây là tệp Word hoặc Excel, không phải gói báo cáo. Đề nghị đơn vị xuất và gửi gói báo cáo."
        )
    else:
        text = _(
            "Tệp nén này không phải là gói báo cáo. Nếu trong đó có các gói báo cáo, hãy giải nén rồi nhập."
        )
    return PackageFault("not_a_package", text)


def manifest_json(reading: Reading) -> dict[str, object] | None:
    """What the package says of itself, as plain values for JSON; None when it says nothing readable."""
    if reading.manifest is None:
        return None
    said: dict[str, object] = msgspec.to_builtins(reading.manifest.dcs)
    return said


def printed_digest(pdf: bytes) -> str | None:
    """The content digest that a printed report carries in its keywords; None for any other PDF."""
    found = PRINTED.search(pdf)
    return None if found is None else found[1].decode("ascii")
