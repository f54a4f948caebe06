"""The receiving desk: taking in, who has filed, totals, texts side by side."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QTabWidget, QToolBar, QWidget

from dcs_desktop import receiving
from dcs_desktop.core.period import Period, due_period
from dcs_desktop.i18n import _
from dcs_desktop.ui import look
from dcs_desktop.ui.clock import this_day
from dcs_desktop.ui.desk_filing import FilingTab
from dcs_desktop.ui.desk_packages import PackagesTab
from dcs_desktop.ui.desk_texts import TextsTab
from dcs_desktop.ui.desk_totals import AT_ONCE, TotalsTab
from dcs_desktop.ui.making import bar, column, framed, label, title, tool
from dcs_desktop.ui.opened import Opened
from dcs_desktop.ui.tasks import Worker


class ReceivingDesk(QWidget):
    """Four tabs on one period; ``back_asked`` leads to the start page, ``setup_chosen`` says who reports here.

    ``report_asked`` carries a report that is entered for a unit.
    """

    back_asked = Signal()
    setup_chosen = Signal(object)
    report_asked = Signal(int)

    def __init__(self, opened: Opened, worker: Worker) -> None:
        super().__init__()
        self._opened = opened
        self._worker = worker
        self.period_choice = QComboBox()
        self.period_choice.setAccessibleName(_("Kỳ báo cáo"))
        self.packages = PackagesTab(opened, worker)
        self.filing = FilingTab(opened, worker)
        self.totals = TotalsTab(opened, worker)
        self.texts = TextsTab(opened, worker)
        self.tabs = QTabWidget()
        for page, picture, words in (
            (self.packages, "inbox", _("Nhận báo cáo")),
            (self.filing, "clipboard-check", _("Theo dõi")),
            (self.totals, "sigma", _("Số liệu")),
            (self.texts, "quote", _("Nội dung")),
        ):
            self.tabs.addTab(page, look.icon(picture), words)
        self.setLayout(column(self._bar(), framed(column(self.tabs, margin=look.WIDE)), gap=0))
        self.tabs.currentChanged.connect(self._show_tab)
        self.period_choice.activated.connect(self._show_tab)
        self.packages.taken_in.connect(self._took_in)
        self.filing.setup_chosen.connect(self.setup_chosen)
        self.filing.report_asked.connect(self.report_asked)

    def _bar(self) -> QToolBar:
        back = tool(_("Danh sách báo cáo"), self.back_asked.emit, "arrow-left")
        period = label(_("Kỳ báo cáo"))
        period.setContentsMargins(0, 0, look.GAP, 0)
        period.setBuddy(self.period_choice)
        return bar(back, 0, title(_("Bàn nhận báo cáo")), period, self.period_choice)

    @property
    def period(self) -> Period:
        """The period that is looked at."""
        return Period.parse(self.period_choice.currentData())

    def refresh(self) -> None:
        """Show what the data file holds now; the period stays unless there is none yet."""
        chosen = self.period_choice.currentData()
        periods = sorted(self._periods(), reverse=True)
        self.period_choice.clear()
        for period in periods:
            self.period_choice.addItem(period.words, str(period))
        place = self.period_choice.findData(chosen or self._usual())
        self.period_choice.setCurrentIndex(max(place, 0))
        self._read_ahead()
        self._show_tab()
        self.tabs.setFocus()

    def _read_ahead(self) -> None:
        """Let what the tabs ask of thousands of packages be read while the first of them is looked at."""
        file, period = self._opened.file, self.period
        if len(self._opened.setup.expected) > AT_ONCE:
            self._worker.start(
                self,
                lambda _told: (receiving.status(file, period, this_day()), receiving.totals(file, period)),
                lambda _read: None,
                failed=lambda _failure: None,  # said by the tab that asks for it
            )

    def _periods(self) -> set[Period]:
        filed = {period for period, _receiver, _training in self._opened.file.received_periods()}
        own = {summary.identity.period for summary in self._opened.file.reports()}
        return filed | own | {due_period(this_day())}

    def _usual(self) -> str:
        """The latest period with a package meant for this desk, else the one that is due."""
        setup = self._opened.setup
        meant = (setup.unit.identity, setup.training)
        filed = [period for period, *came in self._opened.file.received_periods() if tuple(came) == meant]
        return str(max(filed, default=due_period(this_day())))

    def _show_tab(self) -> None:
        page = self.tabs.currentWidget()
        if isinstance(page, FilingTab | TotalsTab | TextsTab):
            page.show_period(self.period)

    def _took_in(self, period: str) -> None:
        if period and period != self.period_choice.currentData():
            self.refresh()
            self.period_choice.setCurrentIndex(max(self.period_choice.findData(period), 0))
        self._show_tab()

    @property
    def place(self) -> tuple[int, str]:
        """Which tab and which period is looked at."""
        return self.tabs.currentIndex(), self.period_choice.currentData()

    def go_to(self, place: tuple[int, str]) -> None:
        """Look at a tab and a period."""
        tab, period = place
        self.period_choice.setCurrentIndex(max(self.period_choice.findData(period), 0))
        self.tabs.setCurrentIndex(tab)
        self._show_tab()

    def take_in(self, paths: list[Path]) -> None:
        """Take packages in, and show their verdicts."""
        self.tabs.setCurrentWidget(self.packages)
        self.packages.take_in(paths)
