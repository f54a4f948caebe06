"""The units' texts beside one another, an item at a time."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from dcs_desktop import receiving
from dcs_desktop.core.answers import compute
from dcs_desktop.core.form import Form, Item
from dcs_desktop.core.letter import Question
from dcs_desktop.core.linked import shown_in_sentence
from dcs_desktop.core.narrative import plain, read
from dcs_desktop.core.own import is_own
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Report, UnitName
from dcs_desktop.core.text import fold
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.values import Kind, counted, shown
from dcs_desktop.i18n import _
from dcs_desktop.ui import look
from dcs_desktop.ui.letters_out import LettersOut
from dcs_desktop.ui.making import button, card, column, empty_out, framed, label, row, scrolled, title
from dcs_desktop.ui.opened import Opened
from dcs_desktop.ui.tasks import Task, Worker

PROMPT_MOST = 90
OWN = "own"
SEARCHED_MS = 300
# The texts of so few units stand there all together, of more so many at a time.
ALL, AT_A_TIME = 20, 10
# So many are read at once, more while the window goes on.
AT_ONCE = 15


class TextsTab(QWidget):
    """What every unit wrote under one item, searched without marks."""

    def __init__(self, opened: Opened, worker: Worker) -> None:
        super().__init__()
        self._opened = opened
        self._worker = worker
        self._period: Period | None = None
        self._as_of: tuple[Period, int] | None = None
        self._units: tuple[str, ...] = ()
        self.some = QComboBox()
        self.some.setAccessibleName(_("Các đơn vị đang xem"))
        self.some.activated.connect(self._fetch)
        self._reports: Mapping[str, tuple[Report, Form]] = {}
        self.items = QComboBox()
        self.items.setAccessibleName(_("Mục"))
        self.items.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.items.currentIndexChanged.connect(self._seek)
        self.sought = QLineEdit()
        self.sought.setPlaceholderText(_("Tìm trong nội dung, không cần dấu"))
        self.sought.setAccessibleName(_("Tìm trong nội dung"))
        self.sought.setClearButtonEnabled(True)
        self._pause = QTimer(self, singleShot=True, interval=SEARCHED_MS)
        self._pause.timeout.connect(self._seek)
        self._seeking: Task[receiving.Written] | None = None
        self.sought.textChanged.connect(lambda _text: self._pause.start())
        self._said = label("", "muted")
        self.letters = LettersOut(opened.file, worker, self)
        self._texts = QVBoxLayout()
        self._texts.setContentsMargins(0, 0, look.GAP, 0)
        self._texts.setSpacing(look.GAP)
        above = row(self.items, self.sought, self.some)
        above.setStretch(0, 2)
        above.setStretch(1, 1)
        self._nothing = label("", "heading")
        hint = _("Nhận gói báo cáo ở thẻ “Nhận báo cáo”, hoặc chọn kỳ báo cáo khác.")
        self.pages = QStackedWidget()
        self.pages.addWidget(framed(column(above, self._said, scrolled(framed(self._texts)))))
        self.pages.addWidget(framed(column(self._nothing, label(hint, "muted"), 1)))
        self.setLayout(column(self.pages))

    def show_period(self, period: Period) -> None:
        """Show the texts of a period, of some units at a time; the item stays."""
        as_of = (period, self._opened.file.turn)
        if as_of == self._as_of:
            return
        self._as_of = as_of
        self._period = period
        try:
            self._units = receiving.filed_units(self._opened.file, period)
        except Refusal as refusal:
            self._refuse(refusal)
            return
        place, count = self.some.currentIndex(), len(self._units)
        self.some.clear()
        for first in range(0, count, self._at_a_time):
            said = _("Đơn vị {first}–{last} trên {count}")
            last = min(first + self._at_a_time, count)
            numbers = {"first": counted(first + 1), "last": counted(last), "count": counted(count)}
            self.some.addItem(said.format(**numbers))
        self.some.setCurrentIndex(max(place if place < self.some.count() else 0, 0))
        self.some.setVisible(count > ALL)
        self._fetch()

    def _fetch(self) -> None:
        """Read the reports of the units that are looked at: at once where they are few."""
        file, period = self._opened.file, self._period
        if period is None:
            return
        units = self._seen()
        if len(units) <= AT_ONCE:
            try:
                self._took(receiving.filed(file, period, units))
            except Refusal as refusal:
                self._refuse(refusal)
            return
        self._worker.start(
            self,
            lambda _told: receiving.filed(file, period, units),
            lambda found: self._took(found) if (period, units) == (self._period, self._seen()) else None,
            failed=self._refuse,
        )

    @property
    def _at_a_time(self) -> int:
        return ALL if len(self._units) <= ALL else AT_A_TIME

    def _seen(self) -> tuple[str, ...]:
        """The units that are looked at now."""
        first = max(self.some.currentIndex(), 0) * self._at_a_time
        return self._units[first : first + self._at_a_time]

    def _refuse(self, failure: BaseException) -> None:
        if not isinstance(failure, Refusal):
            raise failure
        self._as_of = None
        self._took({})
        self._nothing.setText(failure.sentence)

    def _took(self, reports: Mapping[str, tuple[Report, Form]]) -> None:
        """Show these reports; the item stays."""
        self._reports = reports
        chosen, words = self.items.currentData(), "" if self._period is None else self._period.words
        self._nothing.setText(_("Chưa nhận được báo cáo nào của {period}.").format(period=words))
        self.items.blockSignals(True)
        self.items.clear()
        for item in self._items():
            self.items.addItem(_item_words(item), item.id)
        if any(report.answers.own for report, _form in self._reports.values()):
            self.items.addItem(_("Nội dung riêng của các đơn vị (không cộng)"), OWN)
        self.items.setCurrentIndex(max(self.items.findData(chosen), 0))
        self.items.blockSignals(False)
        self.pages.setCurrentIndex(0 if self._reports else 1)
        self._seek()

    def _items(self) -> list[Item]:
        found: dict[str, Item] = {}
        for _report, form in self._reports.values():
            found |= {
                item.id: item
                for item in form.items.values()
                if item.prose and not is_own(item.id) and item.id not in found
            }
        return list(found.values())

    def _seek(self) -> None:
        """Show what was looked for: among the units that are seen, or where those are some of many, among all."""
        if self._seeking is not None:
            self._seeking.told.call_off()
            self._seeking = None
        file, period, item, sought = (
            self._opened.file,
            self._period,
            self.items.currentData(),
            self.sought.text(),
        )
        self.some.setEnabled(not sought.strip())
        if period is None or item in (None, OWN) or not sought.strip() or len(self._units) <= ALL:
            self._show()
            return
        self._said.setText(_("Đang tìm ở mọi đơn vị…"))
        self._seeking = self._worker.start(
            self,
            lambda told: receiving.written(file, period, item, sought, told),
            self._show_found,
            failed=self._refuse,
        )

    def _show_found(self, found: receiving.Written) -> None:
        empty_out(self._texts)
        for unit, prose in found.quotations:
            said = plain(prose)
            self._texts.addWidget(self._card(unit, said, said))
        self._texts.addStretch(1)
        said = _("{found} đơn vị có đoạn cần tìm, trong {looked_at}/{count} đơn vị đã đọc.")
        self._said.setText(
            said.format(found=len(found.quotations), looked_at=found.looked_at, count=found.count)
        )

    def _show(self) -> None:
        empty_out(self._texts)
        item = self.items.currentData()
        sought = fold(self.sought.text()).split()
        written = 0
        for report, form in self._reports.values():
            text = _own_text(report, form) if item == OWN else ""
            text = _text(report, form, item) if item in form.items else text
            if text and all(word in fold(text) for word in sought):
                written += 1
                unit = report.identity.unit
                self._texts.addWidget(self._card(unit, text, f"“{text}” ({unit.name})"))
        self._texts.addStretch(1)
        said = _("{written}/{count} đơn vị có nội dung ở mục này.")
        self._said.setText(said.format(written=written, count=len(self._reports)))

    def _card(self, unit: UnitName, text: str, quoted: str) -> QFrame:
        words = label(text)
        words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        copy = button(_("Chép"), lambda: QApplication.clipboard().setText(quoted), "copy", "quiet")
        copy.setToolTip(_("Chép nội dung này cùng tên đơn vị"))
        copy.setAccessibleName(_("Chép nội dung của {unit}").format(unit=unit.name))
        ask = button(
            _("Hỏi đơn vị…"),
            lambda: self.ask_unit(unit, words.selectedText()),
            "message-square-warning",
            "quiet",
        )
        ask.setAccessibleName(_("Hỏi {unit} về nội dung này").format(unit=unit.name))
        return card(column(row(title(unit.name), ask, copy), words, margin=look.WIDE))

    def ask_unit(self, unit: UnitName, passage: str = "") -> None:
        """A correction request to a unit, its question at the item that is looked at, or at a passage of its text."""
        item = self.items.currentData()
        question = (
            Question("1", "") if item == OWN else Question("1", "", item, passage.replace("\u2029", "\n"))
        )
        self.letters.period, self.letters.units = self._period, [unit.identity]
        self.letters.ask_questions([question])


def _text(report: Report, form: Form, item: str) -> str:
    """The text of an item as it will be printed, with its figures."""
    figures = compute(form, report.answers)
    return plain(read(report.answers.prose(item)), lambda link: shown_in_sentence(link, form, figures))


def _own_text(report: Report, form: Form) -> str:
    """What a unit added of its own, with its answers."""
    figures = compute(form, report.answers)
    lines = []
    for key, own in report.answers.own.items():
        value = _text(report, form, key) if own.kind is Kind.PROSE else shown(form.type_of(key), figures[key])
        lines.append(f"{own.label}: {value or '……'} {own.unit}".rstrip())
    return "\n".join(lines)


def _item_words(item: Item) -> str:
    prompt = item.prompt if len(item.prompt) <= PROMPT_MOST else item.prompt[: PROMPT_MOST - 1].rstrip() + "…"
    return f"{item.id}  {prompt}"
