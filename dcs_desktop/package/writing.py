"""Writes a package into a folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dcs_desktop.core.report import Answers, Report
from dcs_desktop.core.template import Template
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.files import make_folder, reason, write_beside_then_replace
from dcs_desktop.i18n import _
from dcs_desktop.package.container import packed
from dcs_desktop.package.contents import laid_out
from dcs_desktop.package.manifest import LONGEST_CODE
from dcs_desktop.package.reading import read, read_bytes
from dcs_desktop.package.signature import Key, signed
from dcs_desktop.package.understanding import LONGEST_TEXT, MOST_ROWS

LARGEST = 10_000_000


@dataclass(frozen=True, slots=True)
class Written:
    """The package that was written, and its content digest."""

    path: Path
    digest: str
    file_name: str


def file_name(report: Report) -> str:
    """Such as ``DCS_31426_2024-nam_CT.zip``, amendments ``_BS1``; always ASCII."""
    identity = report.identity
    code = re.sub(r"[^A-Za-z0-9-]", "-", identity.unit.code)[:LONGEST_CODE]
    revision = f"BS{identity.revision}" if identity.revision else "CT"
    return f"DCS_{code}_{identity.period.file_part}_{revision}.zip"


def write(path: Path, report: Report, template: Template, key: Key | None = None) -> Written:
    """Write the package to a file named ``.zip``, else under its own name into a folder, made if need be; signed with a key.

    What stands there already is replaced only when it is a package of the
    same content (its number or date may have come since); anything else is
    left alone and refused. The package is read back before it is put in
    place. Raises Refusal when it would be too large for mail, or cannot be written.
    """
    with _saying(path):
        into_folder = path.is_dir() or path.suffix.lower() != ".zip"
    target = path / file_name(report) if into_folder else path
    data = packed(signed(laid_out(report, template), key))
    reading = read_bytes(data, target.name)
    too_large = len(data) > LARGEST or any(fault.code == "hostile" for fault in reading.faults)
    if too_large or _too_long(report.answers):
        text = _(
            "Nội dung báo cáo quá dài: gói báo cáo phải dưới {most} MB để gửi được bằng thư điện tử. "
            "Đề nghị rút gọn nội dung hoặc các bảng."
        )
        raise Refusal(text.format(most=LARGEST // 1_000_000))
    if reading.manifest is None or reading.faults:
        raise ValueError(f"a package that cannot be read back: {reading.faults}")
    digest = reading.manifest.dcs.content_digest
    with _saying(target):
        if target.exists():
            _refuse_other_content(target, data, digest)
        if into_folder:
            make_folder(path)
        write_beside_then_replace(target, data)
    return Written(target, digest, target.name)


@contextmanager
def _saying(path: Path) -> Iterator[None]:
    """Trouble with the disk, in a sentence."""
    try:
        yield
    except OSError as error:
        text = _("Không ghi được tệp {file}: {error}. Đề nghị chọn thư mục khác.")
        raise Refusal(text.format(file=path, error=reason(error))) from error


def _too_long(answers: Answers) -> bool:
    """Whether a text is longer, or a table has more rows, than whoever reads the package will take."""
    texts = (value.content for value in answers.values.values() if isinstance(value.content, str))
    long_text = any(len(text) > LONGEST_TEXT for text in texts)
    return long_text or any(len(rows) > MOST_ROWS for rows in answers.rows.values())


def _refuse_other_content(target: Path, data: bytes, digest: str) -> None:
    there = read(target)
    same = there.manifest is not None and not there.faults and there.manifest.dcs.content_digest == digest
    if there.data != data and not same:
        text = _(
            "Đã có tệp {file} với nội dung khác, chương trình không ghi đè. "
            "Đề nghị chọn thư mục khác hoặc chuyển tệp cũ đi nơi khác."
        )
        raise Refusal(text.format(file=target))
