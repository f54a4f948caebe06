"""Why a report can only be looked at, and the one way on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from dcs_desktop.i18n import _, format_date
from dcs_desktop.ui import look
from dcs_desktop.ui.comparing import ask_and_compare
from dcs_desktop.ui.making import PushButton
from dcs_desktop.ui.small_parts import sign, words

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


class ClosedNotice(QFrame):
    """The calm line over a report that can only be looked at; ``asked`` for the way on."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("closed")
        self.setProperty("role", "pane")
        box = QHBoxLayout(self)
        box.setContentsMargins(look.WIDE, look.HALF, look.WIDE, look.HALF)
        box.setSpacing(look.GAP)
        self.words = words("", "")
        self.button = PushButton()
        self.button.setObjectName("amend")
        self.button.clicked.connect(self.asked)
        self._digest = ""
        self.compare = PushButton(_("So với bản in PDF…"))
        self.compare.setToolTip(_("Bản in PDF có đúng là của gói báo cáo đã xuất không"))
        self.compare.setProperty("role", "quiet")
        self.compare.clicked.connect(lambda: ask_and_compare(self, self._digest))
        box.addWidget(sign("eye", "accent", _("Chỉ để xem")))
        box.addWidget(self.words, 1)
        box.addWidget(self.compare)
        box.addWidget(self.button)

    def show_closed(self, closed: Closed | None) -> None:
        """Say why, or be away."""
        self.setVisible(closed is not None)
        self.words.setText("" if closed is None else closed.sentence)
        self.button.setText("" if closed is None else closed.offer)
        self.button.setVisible(closed is not None and bool(closed.offer))
        self._digest = "" if closed is None else closed.digest
        self.compare.setVisible(bool(self._digest))
