"""Which units report to this desk, and until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QLineEdit, QTabWidget, QWidget

from dcs_desktop import receiving, template_library
from dcs_desktop.core.period import COUNT, Period
from dcs_desktop.core.report import UnitName
from dcs_desktop.core.setup import ExpectedUnit, Setup, fresh_code
from dcs_desktop.core.trouble import Fault
from dcs_desktop.core.units import OWN, OWN_CODE
from dcs_desktop.core.values import FieldType, Kind, parse
from dcs_desktop.i18n import _, format_date
from dcs_desktop.ui import look
from dcs_desktop.ui.expected_list import ADDRESS, NAME, TICKED, UNTICKED, ExpectedList
from dcs_desktop.ui.making import button, column, framed, label, row

DAY = FieldType(Kind.DATE)
# What an agency or enterprise is called in reports, with the letters of its code.
KINDS = (("cơ quan", "CQ"), ("doanh nghiệp", "DN"), ("đơn vị sự nghiệp", "SN"))
CODE_LETTERS, DAY_LETTERS = 12, 16


class ExpectedDialog(QDialog):
    """Ticks, addresses, units of the desk's own, due days; :attr:`setup` is what was kept."""

    def __init__(self, setup: Setup, period: Period, asker: QWidget | None = None) -> None:
        super().__init__(asker)
        self.setup = setup
        self.setWindowTitle(_("Đơn vị phải báo cáo"))
        self.units = ExpectedList(receiving.listed(setup, period))
        self.days = {each: _day_line(setup.due_on(each)) for each in _periods(period.year)}
        self.tabs = QTabWidget()
        self.tabs.addTab(self._units_page(), _("Các đơn vị"))
        self.tabs.addTab(self._days_page(), _("Hạn nộp"))
        self.trouble = label("", "error")
        self.trouble.hide()
        self.tabs.currentChanged.connect(lambda _place: self._say(""))
        keep = button(_("Ghi lại"), self.keep, "check", "primary")
        keep.setObjectName("keep")
        keep.setDefault(True)
        cancel = button(_("Bỏ qua"), self.reject)
        self.setLayout(column(self.tabs, self.trouble, row(1, cancel, keep), margin=look.WIDE))
        self.resize(900, 620)
        self.units.ticked.connect(self._count)
        self.units.currentItemChanged.connect(lambda _now, _before: self._count())
        self._propose_code()
        self._count()
        self.units.setFocus()

    # Units

    def _units_page(self) -> QWidget:
        about = _(
            "Đánh dấu các đơn vị phải gửi báo cáo về {unit}: phím cách đánh dấu, Enter ghi địa chỉ thư. "
            "Nhiều địa chỉ cách nhau bằng dấu chấm phẩy."
        )
        self.sought = QLineEdit()
        self.sought.setPlaceholderText(_("Tìm đơn vị, không cần dấu"))
        self.sought.setAccessibleName(_("Tìm đơn vị"))
        self.sought.setClearButtonEnabled(True)
        self.sought.textChanged.connect(self.units.search)
        every = button(_("Chọn tất cả"), lambda: self.units.tick_all(TICKED))
        none = button(_("Bỏ chọn tất cả"), lambda: self.units.tick_all(UNTICKED))
        self._counted = label("", "muted")
        self.remove = button(_("Xóa khỏi danh sách"), self.units.remove, "trash-2")
        below = row(self._counted, self.remove)
        below.setStretch(0, 1)
        return framed(
            column(
                label(about.format(unit=self.setup.unit.name), "muted"),
                row(self.sought, every, none),
                self.units,
                below,
                label(_("Thêm cơ quan, doanh nghiệp không có trong danh mục"), "heading"),
                self._adding(),
            )
        )

    def _adding(self) -> QWidget:
        self.name, self.code, self.kind = QLineEdit(), QLineEdit(), QComboBox()
        self.name.setPlaceholderText(_("Tên cơ quan, doanh nghiệp"))
        self.name.setAccessibleName(_("Tên cơ quan, doanh nghiệp"))
        self.name.returnPressed.connect(self.add_unit)
        self.code.setAccessibleName(_("Mã do cấp trên cấp"))
        self.code.setFixedWidth(CODE_LETTERS * self.code.fontMetrics().horizontalAdvance("0"))
        self.code.returnPressed.connect(self.add_unit)
        self.kind.setAccessibleName(_("Loại"))
        for word, letters in KINDS:
            self.kind.addItem(word, letters)
        self.kind.currentIndexChanged.connect(self._propose_code)
        self.add = button(_("Thêm"), self.add_unit, "plus")
        line = row(self.name, self.kind, self.code, self.add)
        line.setStretch(0, 1)
        return framed(line)

    def _propose_code(self) -> None:
        self.code.setText(fresh_code(self.kind.currentData(), self.units.codes()))

    def _count(self) -> None:
        units = self.units.units()
        awaited = sum(unit.awaited for unit in units)
        said = _("Đã chọn {awaited}/{count} đơn vị.")
        self._counted.setText(said.format(awaited=awaited, count=len(units)))
        self.remove.setEnabled(self.units.removable)

    def add_unit(self) -> None:
        """Take the agency or enterprise that was typed into the list, ticked."""
        code, name = self.code.text().strip().upper(), " ".join(self.name.text().split())
        if not name:
            self._say(_("Hãy ghi tên cơ quan, doanh nghiệp."), self.name)
        elif not OWN_CODE.fullmatch(code):
            said = _("Mã “{code}” không đúng: hai chữ hoa, gạch nối, ba chữ số, như CQ-001.")
            self._say(said.format(code=code), self.code)
        elif code in self.units.codes():
            self._say(_("Mã {code} đã dùng cho một đơn vị khác.").format(code=code), self.code)
        else:
            self._say("")
            unit = UnitName(code, OWN + self.setup.unit.code, name, self.kind.currentText())
            line = self.units.add(ExpectedUnit(unit))
            self.sought.clear()
            self.units.setCurrentItem(line)
            self.name.clear()
            self.name.setFocus()
            self._propose_code()
            self._count()

    # Due days

    def _days_page(self) -> QWidget:
        about = _(
            "Ghi ngày cuối cùng để nộp báo cáo, để trống nếu không đặt hạn. Hạn của một kỳ dùng tiếp cho các "
            "năm sau, đến khi ghi hạn khác."
        )
        lines = QFormLayout()
        lines.setVerticalSpacing(look.GAP)
        for period, line in self.days.items():
            words = _("Báo cáo {period}").format(period=period.words)
            line.setAccessibleName(words)
            lines.addRow(words, line)
        return framed(column(label(about, "muted"), lines, 1, gap=look.WIDE))

    # Keeping

    def keep(self) -> None:
        """Take everything into :attr:`setup`; not while an address or a day cannot be read."""
        wrong = self.units.first_wrong_address()
        if wrong is not None:
            said = _("Địa chỉ thư của {unit} không đúng: “{address}”.")
            self.tabs.setCurrentIndex(0)
            self.units.setCurrentItem(wrong)
            self._say(said.format(unit=wrong.text(NAME), address=wrong.text(ADDRESS)), self.units)
            return
        setup = replace(self.setup, expected=self.units.units())
        for period, line in self.days.items():
            read = parse(DAY, line.text())
            if isinstance(read, Fault):
                self.tabs.setCurrentIndex(1)
                self._say(read.message, line)
                return
            setup = setup.with_due(period, read.content if isinstance(read.content, date) else None)
        self.setup = setup
        self.accept()

    def _say(self, sentence: str, place: QWidget | None = None) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
        if place is not None:
            place.setFocus()


def _day_line(day: date | None) -> QLineEdit:
    line = QLineEdit("" if day is None else format_date(day))
    line.setPlaceholderText(_("ngày/tháng/năm"))
    line.setFixedWidth(DAY_LETTERS * line.fontMetrics().horizontalAdvance("0"))
    return line


def _periods(year: int) -> tuple[Period, ...]:
    """The periods of a year for which there is a template."""
    kinds = dict.fromkeys(kind for info in template_library.known() for kind in info.periods)
    return tuple(Period(year, kind, number) for kind in kinds for number in range(1, COUNT[kind] + 1))
