"""Why a report can only be looked at, and the way on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dcs_desktop.i18n import _, format_date

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
    offer = _("Lập bổ sung lần {number}").format(number=identity.revision + 1)
    return Closed(said.format(day=format_date(exported.astimezone().date())), offer, digest=digest)
