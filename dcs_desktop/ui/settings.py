"""Settings: the look of the program, and everything that first start asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QTabWidget, QWidget

from dcs_desktop import paths
from dcs_desktop.core.period import due_period
from dcs_desktop.core.setup import Setup
from dcs_desktop.i18n import _
from dcs_desktop.ui import files, look
from dcs_desktop.ui.clock import this_day
from dcs_desktop.ui.making import button, column, framed, label, row
from dcs_desktop.ui.preferences import Preferences
from dcs_desktop.ui.tasks import Worker

if TYPE_CHECKING:
    from dcs_desktop.ui.opened import Opened


class SettingsDialog(QDialog):
    """``preferences_chosen`` at once when the look changes; ``setup_chosen`` when the unit's data is kept.

    It closes when the language changes; :attr:`again` says that it is wanted in the new one.
    """

    preferences_chosen = Signal(object)
    setup_chosen = Signal(object)

    def __init__(
        self, remembered: Preferences, opened: Opened | None, worker: Worker, asker: QWidget | None = None
    ) -> None:
        super().__init__(asker)
        self._preferences = remembered
        self._setup = opened.setup if opened is not None else None
        self._worker = worker
        self.again = False
        self.setWindowTitle(_("Cài đặt"))
        self.tabs = QTabWidget()
        self.tabs.addTab(self._look_page(), _("Giao diện"))
        if opened is not None:
            self.tabs.addTab(self._unit_page(opened), _("Đơn vị"))
            self.tabs.addTab(self._letterhead_page(opened.setup), _("Thể thức mặc định"))
        self.setLayout(
            column(
                self.tabs,
                row(1, button(_("Đóng"), self._close, "check", "primary")),
                margin=look.WIDE,
                gap=look.WIDE,
            )
        )
        self.resize(1000, 640)

    # The look

    def _look_page(self) -> QWidget:
        self.language = _choice((("Tiếng Việt", "vi"), ("English", "en")), self._preferences.language)
        themes = ((_("Sáng"), "light"), (_("Tối"), "dark"), (_("Theo hệ thống"), "system"))
        self.theme = _choice(themes, self._preferences.theme)
        sizes = tuple((_("{percent} %").format(percent=size), size) for size in look.TEXT_SIZES)
        self.text_size = _choice(sizes, self._preferences.text_size)
        lines = QFormLayout()
        lines.setVerticalSpacing(look.WIDE)
        named = ((_("&Ngôn ngữ"), self.language), (_("&Màu nền"), self.theme), (_("&Cỡ chữ"), self.text_size))
        for words, editor in named:
            editor.setAccessibleName(words.replace("&", ""))
            editor.setMaximumWidth(280)
            editor.activated.connect(self._say_preferences)
            lines.addRow(words, editor)
        about = label(_("Ngôn ngữ chỉ đổi lời của chương trình; báo cáo luôn bằng tiếng Việt."), "muted")
        return framed(column(lines, about, 1, margin=look.WIDE, gap=look.WIDE))

    def _say_preferences(self) -> None:
        before = self._preferences
        self._preferences = replace(
            self._preferences,
            language=self.language.currentData(),
            theme=self.theme.currentData(),
            text_size=self.text_size.currentData(),
        )
        self.preferences_chosen.emit(self._preferences)
        if self._preferences.language != before.language:
            self.again = True
            self._close()

    # The unit

    def _unit_page(self, opened: Opened) -> QWidget:
        setup = opened.setup
        lines = QFormLayout()
        lines.setVerticalSpacing(look.WIDE)
        within = f"{setup.unit.name}, {setup.unit.within}".rstrip(", ")
        lines.addRow(_("Đơn vị:"), label(f"{within} ({setup.unit.identity})"))
        lines.addRow(_("Cấp trên:"), label(setup.receiver.name or "–"))
        for words, path in (
            (_("Tệp dữ liệu:"), opened.path),
            (_("Thư mục của chương trình:"), paths.data_dir()),
        ):
            place = label(files.shown(path))
            place.setToolTip(str(path))
            place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            lines.addRow(words, place)
        change = button(_("Khai báo lại đơn vị…"), self._ask_unit, "building-2")
        older = button(_("Đơn vị trước sắp xếp…"), self._ask_predecessors, "history")
        folder = button(_("Mở thư mục dữ liệu"), lambda: files.show_in_folder(opened.path), "folder-open")
        kept = label(_("Khai báo lại không thay đổi các báo cáo đã lập."), "muted")
        return framed(column(lines, row(change, older, folder, 1), kept, 1, margin=look.WIDE, gap=look.WIDE))

    def _ask_unit(self) -> None:
        from dcs_desktop.ui.first_start import FirstStart

        dialog = QDialog(self)
        dialog.setWindowTitle(_("Khai báo lại đơn vị"))
        page = FirstStart(paths.default_data_file(), self._worker, sample=False)
        page.finished.connect(lambda setup: self._take_setup(setup, dialog))
        dialog.setLayout(column(page))
        dialog.resize(1000, 660)
        dialog.exec()

    def _ask_predecessors(self) -> None:
        from dcs_desktop.ui.predecessors_dialog import PredecessorsDialog

        if self._setup is None:
            return
        dialog = PredecessorsDialog(self._setup, self._worker, self)
        if dialog.exec() and dialog.setup != self._setup:
            self._setup = dialog.setup
            self.setup_chosen.emit(dialog.setup)
        dialog.deleteLater()

    def _take_setup(self, setup: Setup, dialog: QDialog) -> None:
        before = self._setup
        if before is not None:
            setup = replace(setup, training=before.training)
            if before.unit.identity == setup.unit.identity:
                setup = replace(
                    setup,
                    expected=before.expected or setup.expected,
                    due=before.due,
                    predecessors=before.predecessors,
                )
        self._setup = setup
        self.setup_chosen.emit(setup)
        dialog.accept()
        self.accept()

    # The letterhead to begin with

    def _letterhead_page(self, setup: Setup) -> QWidget:
        from dcs_desktop.ui.first_start import proposals
        from dcs_desktop.ui.letterhead_form import LetterheadForm

        self.letterhead = LetterheadForm(proposals(setup, due_period(this_day())), dated=False)
        self.letterhead.show_letterhead(setup.letterhead)
        about = label(_("Báo cáo mới bắt đầu với thể thức này; báo cáo đã lập không đổi."), "muted")
        return framed(column(about, self.letterhead, margin=look.WIDE))

    def _close(self) -> None:
        if self._setup is not None:
            changed = replace(self._setup, letterhead=self.letterhead.letterhead())
            if changed != self._setup:
                self.setup_chosen.emit(changed)
        self.accept()


def _choice(entries: tuple[tuple[str, str | int], ...], now: str | int) -> QComboBox:
    made = QComboBox()
    for words, value in entries:
        made.addItem(words, value)
    made.setCurrentIndex(max(made.findData(now), 0))
    return made
