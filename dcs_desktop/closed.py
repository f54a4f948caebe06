"""Why a report can only be looked at, and the way on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dcs_desktop.core.letter import LetterKind
from dcs_desktop.i18n import _, format_date
from dcs_desktop.questions import letters_in_force

if TYPE_CHECKING:
    from dcs_desktop.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Closed:
    """A sentence that says why nothing can be entered, and what the button beside it does ("" for none).

    ``newest`` is the number of the report's newest revision when this is an older one, ``digest`` the content
    digest of the package that left the house.
    """

    sentence: str
    offer: str = ""
    newest: int | None = None
    digest: str = ""


def why_closed(workspace: Workspace) -> Closed | None:
    """Why a report can only be looked at; None when it is open."""
    file, identity = workspace.file, workspace.identity
    if file.read_only:
        return Closed(_("Tệp dữ liệu này đang mở chỉ để xem, nên không sửa được."))
    exported = file.summary(workspace.ref).exported_at
    if exported is None:
        return None
    digest = file.exported_digest(workspace.ref)
    newest = file.latest(identity.unit.identity, identity.period)
    if newest is not None and newest.ref != workspace.ref:
        number = newest.identity.revision
        said = _("Báo cáo này đã có bổ sung lần {number}, nên chỉ mở để xem.").format(number=number)
        return Closed(said, _("Mở bổ sung lần {number}").format(number=number), newest.ref, digest)
    said = _("Báo cáo này đã xuất ngày {day}, nên chỉ mở để xem. Số, ngày và người ký vẫn ghi được.")
    said = _verdict(workspace, digest) or said.format(day=format_date(exported.astimezone().date()))
    offer = _("Lập bổ sung lần {number}").format(number=identity.revision + 1)
    return Closed(said, offer, digest=digest)


def _verdict(workspace: Workspace, digest: str) -> str:
    """What the receiving unit said of the package that left the house, "" for nothing."""
    letter = letters_in_force(workspace.file, workspace.identity).get("verdict")
    if letter is None or letter.head.about != digest:
        return ""
    if letter.head.kind is LetterKind.ACCEPTANCE:
        said = _(
            "Cấp trên đã chấp nhận báo cáo này (phiếu số {number} ngày {day}). Chỉ lập bổ sung khi được đề nghị."
        )
    else:
        said = _(
            "Cấp trên đề nghị chỉnh sửa báo cáo này (phiếu số {number} ngày {day}). Lập bổ sung để trả lời và sửa."
        )
    return said.format(number=letter.head.number, day=format_date(letter.head.written))
