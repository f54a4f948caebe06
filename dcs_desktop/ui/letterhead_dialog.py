"""The letterhead of one report, edited and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from dcs_desktop.i18n import _
from dcs_desktop.ui import look
from dcs_desktop.ui.letterhead_form import LetterheadForm
from dcs_desktop.ui.making import button, column, label, row

if TYPE_CHECKING:
    from dcs_desktop.workspace import Workspace


class LetterheadDialog(QDialog):
    """Bodies, number, date, recipients, signatory: they may change after the export and are no amendment."""

    def __init__(self, workspace: Workspace, asker: QWidget | None = None) -> None:
        super().__init__(asker)
        self._workspace = workspace
        self.setWindowTitle(_("Thể thức, số, ngày, người ký"))
        self.form = LetterheadForm(workspace.form.letterheads, dated=True)
        self.form.show_letterhead(workspace.letterhead)
        about = label(
            _("Số và ngày do văn thư cấp sau khi ký có thể ghi vào sau; đó không phải là bổ sung báo cáo."),
            "muted",
        )
        keep = button(_("Ghi lại"), self.keep, "check", "primary")
        keep.setObjectName("keep")
        keep.setDefault(True)
        cancel = button(_("Bỏ qua"), self.reject)
        self.setLayout(column(about, self.form, row(1, cancel, keep), margin=look.WIDE, gap=look.WIDE))
        self.resize(1000, 620)

    def keep(self) -> None:
        """Take it into the report; not while the date cannot be read."""
        if self.form.fault:
            self.form.day.setFocus()
            return
        changed = self.form.letterhead()
        if changed != self._workspace.letterhead:
            self._workspace.set_letterhead(changed)
        self.accept()
