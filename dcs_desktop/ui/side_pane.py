"""The foldable pane at the right: findings, last period, guidance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QTabWidget, QWidget

from dcs_desktop.core.form import Role, Section
from dcs_desktop.i18n import _
from dcs_desktop.ui.findings_panel import FindingsPanel
from dcs_desktop.ui.guidance import Guidance
from dcs_desktop.ui.last_period import LastPeriod
from dcs_desktop.ui.making import column

if TYPE_CHECKING:
    from dcs_desktop.ui.tasks import Worker
    from dcs_desktop.ui.units_wrote import UnitsWrote
    from dcs_desktop.workspace import Workspace

WIDTH: Final = 304
UNITS: Final = 3
MOST: Final = 16_777_215  # as Qt has it: no limit


class SidePane(QTabWidget):
    """Its last tabs are filled when they are looked at; ``quoted`` carries prose of a unit below, to be put in."""

    quoted = Signal(object)

    def __init__(self, workspace: Workspace, worker: Worker) -> None:
        super().__init__()
        self._workspace, self._worker = workspace, worker
        self.setObjectName("side")
        self.setProperty("role", "side")
        self.setDocumentMode(True)
        self.setMinimumWidth(WIDTH * 3 // 4)
        self.findings = FindingsPanel(workspace)
        self.last = LastPeriod(workspace)
        self.guidance = Guidance()
        self._section: Section | None = None
        self.item = ""
        self._filled: set[int] = set()
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        takes_in = any(field.role is Role.BELOW for field in workspace.form.fields.values())
        self.addTab(self.findings, _("Rà soát") if takes_in else _("Rà soát lỗi"))
        self.addTab(self.last, _("Kỳ trước"))
        self.addTab(self.guidance, _("Hướng dẫn"))
        self.units: UnitsWrote | None = None
        if takes_in:
            self._holder = QWidget()
            self.addTab(self._holder, _("Đơn vị"))
        self.currentChanged.connect(self._fill)

    def be_narrow(self, narrow: bool) -> None:
        """Take no more than is needed where there is little room for the form beside it."""
        self.setMaximumWidth(self.minimumWidth() if narrow else MOST)

    def showEvent(self, arg__1: QShowEvent) -> None:
        """What it may not take any more is the form's."""
        super().showEvent(arg__1)
        split = self.parentWidget()
        if isinstance(split, QSplitter):
            *others, form, own = split.sizes()
            more = max(own - self.maximumWidth(), 0)
            split.setSizes([*others, form + more, own - more])

    def show_section(self, section: Section) -> None:
        """Let last period and guidance speak of this section."""
        self._section = section
        self._filled.clear()
        self._fill(self.currentIndex())

    def show_item(self, item: str) -> None:
        """Let last period and guidance begin at the item that is being filled."""
        self.item = item
        page = self.currentWidget()
        if isinstance(page, LastPeriod | Guidance):
            page.scroll_to(item)
        elif self.units is not None and self.currentIndex() == UNITS:
            self.units.show_item(item)

    def _fill(self, place: int) -> None:
        if self._section is None or place in self._filled:
            return
        self._filled.add(place)
        page = self.widget(place)
        if place == UNITS:
            self._units().show_item(self.item or self._section.items[0].id)
        elif isinstance(page, LastPeriod | Guidance):
            page.show_section(self._section)
            page.scroll_to(self.item)

    def _units(self) -> UnitsWrote:
        """What the units below wrote; made when it is asked for."""
        if self.units is None:
            from dcs_desktop.ui.units_wrote import UnitsWrote

            self.units = UnitsWrote(self._workspace, self._worker)
            self.units.quoted.connect(self.quoted)
            self._holder.setLayout(column(self.units, gap=0))
        return self.units

    def show_findings(self) -> None:
        """Come to the findings."""
        self.setCurrentWidget(self.findings)
