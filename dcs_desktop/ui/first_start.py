"""First start: three short pages that say who sits here."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from dcs_desktop import resources, starting, template_library
from dcs_desktop.core.period import Period, due_period
from dcs_desktop.core.report import Letterhead
from dcs_desktop.core.setup import Setup
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.units import Unit, find, own_unit
from dcs_desktop.i18n import _
from dcs_desktop.ui import look, messages
from dcs_desktop.ui.clock import this_day
from dcs_desktop.ui.letterhead_form import LetterheadForm
from dcs_desktop.ui.making import button, card, column, framed, label, row
from dcs_desktop.ui.tasks import Told, Worker
from dcs_desktop.ui.unit_picker import UnitPicker

WIDEST = 1040


class FirstStart(QWidget):
    """``finished`` with what was said; ``sample_asked`` when the user would rather try.

    It goes on from where one ``before`` was, whose words were of another language.
    """

    finished = Signal(object)
    sample_asked = Signal()

    def __init__(
        self,
        path: Path,
        worker: Worker,
        today: date | None = None,
        *,
        sample: bool = True,
        before: QWidget | None = None,
    ) -> None:
        super().__init__()
        self._period = due_period(today or this_day())
        self._setup: Setup | None = None
        self.unit = UnitPicker(worker, own=True)
        self.receiver = UnitPicker(worker, own=False)
        self.letterhead = LetterheadForm((), dated=False)
        self._steps: tuple[QLabel, ...] = tuple(label(words, "muted") for words in _step_words())
        for step in self._steps:
            step.setWordWrap(False)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._unit_page(path))
        self.pages.addWidget(self._receiver_page())
        self.pages.addWidget(self._letterhead_page())
        self.back = button(_("Quay lại"), self._go_back, "chevron-left")
        self.next = button(_("Tiếp tục"), self._go_on, "", "primary")
        self.next.setObjectName("next")
        trial = button(_("Thử với dữ liệu mẫu"), self.sample_asked.emit, "graduation-cap", "quiet")
        if not sample:
            trial.hide()
        steps = row(*self._steps, 1, gap=look.PAGE)
        inside = column(
            label(_("Khai báo lần đầu"), "title"), steps, self.pages, row(trial, 1, self.back, self.next),
            margin=look.PAGE, gap=look.WIDE,
        )  # fmt: skip
        page = card(inside)
        page.setMaximumWidth(WIDEST)
        self.setLayout(row(1, page, 1, margin=look.WIDE))
        self.layout().setStretch(1, 100)  # type: ignore[union-attr]  # the layout was set on the line above
        self.unit.chosen.connect(self._enable)
        self.receiver.chosen.connect(self._enable)
        for picker in (self.unit, self.receiver):
            picker.settled.connect(self.next.click)
        self._show(self._taken_over(before) if isinstance(before, FirstStart) else 0)

    def _taken_over(self, before: FirstStart) -> int:
        """Say again what was typed and chosen; the page that was seen."""
        self.unit.take_over(before.unit)
        self.receiver.take_over(before.receiver)
        self._say_role()
        self._setup = before._setup
        if self._setup is not None:
            self.letterhead.propose(proposals(self._setup, self._period))
            self.letterhead.show_letterhead(before.letterhead.letterhead())
        return before.pages.currentIndex()

    def _unit_page(self, path: Path) -> QWidget:
        place = label(_("Dữ liệu sẽ được lưu trong tệp {file} trên máy này.").format(file=path.name), "muted")
        place.setToolTip(str(path))
        return framed(
            column(
                label(_("Đơn vị nào lập báo cáo trên máy này?"), "heading"),
                label(_("Chọn danh mục của năm báo cáo rồi tìm theo tên. Mọi điều ở đây đều sửa được về sau trong Cài đặt."), "muted"),
                self.unit,
                place,
            )
        )  # fmt: skip

    def _receiver_page(self) -> QWidget:
        self._role = label("")
        return framed(
            column(
                label(_("Báo cáo gửi lên đâu?"), "heading"),
                label(
                    _("Chương trình đề xuất cấp trên trực tiếp theo danh mục; chọn đơn vị khác nếu cần."),
                    "muted",
                ),
                self.receiver,
                self._role,
            )
        )

    def _letterhead_page(self) -> QWidget:
        return framed(
            column(
                label(_("Báo cáo mang thể thức nào?"), "heading"),
                label(_("Đây là đề xuất cho mọi báo cáo về sau; từng báo cáo vẫn sửa riêng được."), "muted"),
                self.letterhead,
            )
        )

    # Going on and back

    def _show(self, number: int) -> None:
        self.pages.setCurrentIndex(number)
        for place, step in enumerate(self._steps):
            look.as_role(step, "heading" if place == number else "muted")
        self.back.setVisible(number > 0)
        self.next.setText(_("Hoàn thành") if number == 2 else _("Tiếp tục"))
        self._first().setFocus()
        self._enable()

    def _first(self) -> QWidget:
        """Where the hand begins on the page that is shown."""
        return (self.unit.sought, self.receiver.sought, self.letterhead.layout_choice)[
            self.pages.currentIndex()
        ]

    def showEvent(self, event: QShowEvent) -> None:
        """A page that was not seen yet could not take the focus."""
        super().showEvent(event)
        self._first().setFocus()

    def _enable(self) -> None:
        page = self.pages.currentIndex()
        if page == 0:
            self.next.setEnabled(self.unit.complete)
        elif page == 1:
            self.next.setEnabled(self.receiver.complete or self._on_top)
        else:
            self.next.setEnabled(True)

    @property
    def _on_top(self) -> bool:
        """Whether nobody stands above the unit (a province)."""
        unit = self.unit.unit
        return not self.unit.by_hand and unit is not None and not unit.parent

    def _go_back(self) -> None:
        self._show(self.pages.currentIndex() - 1)

    def _go_on(self) -> None:
        page = self.pages.currentIndex()
        if page == 0:
            self._propose_receiver()
            self._show(1)
        elif page == 1 and self._propose_setup():
            self._show(2)
        elif page == 2 and self._setup is not None:
            self.finished.emit(replace(self._setup, letterhead=self.letterhead.letterhead()))

    def _propose_receiver(self) -> None:
        unit = self.unit.unit
        if not self.unit.by_hand and unit is not None and unit.parent:
            above = find([resources.unit_list(unit.list_id)], f"{unit.parent}@{unit.list_id}")
            if above is not None:
                self.receiver.look_for(above)
        self._say_role()

    def _say_role(self) -> None:
        on_top = _("Đơn vị này không có cấp trên trong danh mục; có thể bỏ trống.")
        self._role.setText(on_top if self._on_top else "")

    def _propose_setup(self) -> bool:
        try:
            setup = self._proposed()
        except (Refusal, ValueError) as trouble:
            messages.refuse(self, str(trouble))
            return False
        if setup is None:
            return False
        if self._setup is None or self._setup.unit != setup.unit or self._setup.receiver != setup.receiver:
            self._setup = setup
            self.letterhead.propose(proposals(setup, self._period))
        return True

    def _proposed(self) -> Setup | None:
        receiver = self.receiver.unit
        unit = self._chosen_unit(receiver)
        if unit is None:
            return None
        named = starting.named(receiver) if receiver is not None else starting.WITHOUT_RECEIVER
        return starting.proposed_setup(unit, self._period, named)

    def _chosen_unit(self, receiver: Unit | None) -> Unit | None:
        if self.unit.by_hand and receiver is not None:
            code, name, kind = self.unit.typed
            return own_unit(code, name, kind, receiver)
        return self.unit.unit


def proposals(setup: Setup, period: Period) -> tuple[Letterhead, ...]:
    """The letterheads that the template of a period proposes for a unit."""
    template = template_library.template(template_library.reference_for(period))
    return starting.proposed_letterheads(template, setup.level, setup.unit, setup.receiver, period)


def _step_words() -> tuple[str, str, str]:
    return _("1. Đơn vị"), _("2. Cấp trên"), _("3. Thể thức")


def prepare(_told: Told) -> None:
    """While first start is being filled in: import what makes a new data file, make this machine's signing key."""
    import dcs_desktop.store.making  # noqa: F401
    from dcs_desktop.keys import own_key

    with suppress(Refusal):  # said when something is to be signed
        own_key()
