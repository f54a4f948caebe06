"""Exports a report: its package, and the record that this revision has left the house."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dcs_desktop import package, template_library
from dcs_desktop.core.fingerprint import fingerprint, words
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.keys import earlier_key, key_for, own_key
from dcs_desktop.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Exported:
    """The package that was written: where, which revision, its content digest.

    ``key`` is the fingerprint of the key that signed it, ``changed`` whether this data was signed by another one before.
    """

    path: Path
    revision: int
    digest: str
    key: str
    changed: bool


def export_report(workspace: Workspace, folder: Path, now: datetime) -> Exported:
    """Write the package of the open revision into a folder, signed with this machine's key.

    The first export of a revision freezes it: later changes of its content
    belong to the next amendment. Exporting the same content again writes the
    same bytes. Raises Refusal when the folder cannot be
    written, or the report was only taken in from a file.
    """
    if workspace.ref in workspace.file.sources():
        raise Refusal(
            _(
                "Báo cáo này nhập từ Word để làm số liệu kỳ trước, không phải báo cáo lập trong chương trình, nên không "
                "xuất gói. Bản chính thức là văn bản đã gửi."
            )
        )
    workspace.flush()
    report = workspace.report()
    template = template_library.template(report.identity.template)
    training = report.identity.training
    changed = not training and earlier_key(workspace.file, own_key()) is not None
    key = key_for(workspace.file, now, training=training)
    written = package.write(folder, report, template, key)
    workspace.file.mark_exported(workspace.ref, written.digest, now, written.path.name)
    return Exported(written.path, report.identity.revision, written.digest, fingerprint(key.public), changed)


def changed_key(key: str) -> str:
    """What to know when a package is signed by another key than the ones before; ``key`` is its fingerprint."""
    said = _(
        "Gói này ký bằng khóa khác với các lần trước (máy mới hoặc khóa mới). Nơi nhận giữ gói lại cho đến khi gọi điện hỏi "
        "8 từ: {words}. Nên gọi báo trước."
    )
    return said.format(words=words(key))
