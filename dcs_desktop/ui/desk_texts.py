"""The units' texts beside one another, an item at a time."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from dcs_desktop import receiving
from dcs_desktop.core.answers import compute
from dcs_desktop.core.form import Form, Item
from dcs_desktop.core.linked import shown_in_sentence
from dcs_desktop.core.narrative import plain, read
from dcs_desktop.core.own import is_own
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Report
from dcs_desktop.core.text import fold
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.values import Kind, shown
from dcs_desktop.i18n import _
from dcs_desktop.ui import look
from dcs_desktop.ui.making import button, card, column, empty_out, framed, label, row, scrolled, title
from dcs_desktop.ui.opened import Opened

PROMPT_MOST = 90
OWN = "own"


class TextsTab(QWidget):
    """What every unit wrote under one item, searched without marks."""

    def __init__(self, opened: Opened) -> None:
        super().__init__()
        self._opened = opened
        self._reports: Mapping[str, tuple[Report, Form]] = {}
        self.items = QComboBox()
        self.items.setAccessibleName(_("Mục"))
        self.items.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.items.currentIndexChanged.connect(self._show)
        self.sought = QLineEdit()
        self.sought.setPlaceholderText(_("Tìm trong nội dung, không cần dấu"))
        self.sought.setAccessibleName(_("Tìm trong nội dung"))
        self.sought.setClearButtonEnabled(True)
        self.sought.textChanged.connect(self._show)
        self._said = label("", "muted")
        self._texts = QVBoxLayout()
        self._texts.setContentsMargins(0, 0, look.GAP, 0)
        self._texts.setSpacing(look.GAP)
        above = row(self.items, self.sought)
        above.setStretch(0, 2)
        above.setStretch(1, 1)
        self._nothing = label("", "heading")
        hint = _("Nhận gói báo cáo ở thẻ “Nhận báo cáo”, hoặc chọn kỳ báo cáo khác.")
        self.pages = QStackedWidget()
        self.pages.addWidget(framed(column(above, self._said, scrolled(framed(self._texts)))))
        self.pages.addWidget(framed(column(self._nothing, label(hint, "muted"), 1)))
        self.setLayout(column(self.pages))

    def show_period(self, period: Period) -> None:
        """Show the texts of a period; the item stays."""
        chosen = self.items.currentData()
        self._nothing.setText(_("Chưa nhận được báo cáo nào của {period}.").format(period=period.words))
        try:
            self._reports = receiving.filed(self._opened.file, period)
        except Refusal as refusal:
            self._reports = {}
            self._nothing.setText(refusal.sentence)
        self.items.blockSignals(True)
        self.items.clear()
        for item in self._items():
            self.items.addItem(_item_words(item), item.id)
        if any(report.answers.own for report, _form in self._reports.values()):
            self.items.addItem(_("Nội dung riêng của các đơn vị (không cộng)"), OWN)
        self.items.setCurrentIndex(max(self.items.findData(chosen), 0))
        self.items.blockSignals(False)
        self.pages.setCurrentIndex(0 if self._reports else 1)
        self._show()

    def _items(self) -> list[Item]:
        found: dict[str, Item] = {}
        for _report, form in self._reports.values():
            found |= {
                item.id: item
                for item in form.items.values()
                if item.prose and not is_own(item.id) and item.id not in found
            }
        return list(found.values())

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
                self._texts.addWidget(_card(report.identity.unit.name, text))
        self._texts.addStretch(1)
        said = _("{written}/{count} đơn vị có nội dung ở mục này.")
        self._said.setText(said.format(written=written, count=len(self._reports)))


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


def _card(unit: str, text: str) -> QFrame:
    words = label(text)
    words.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    copy = button(_("Chép"), lambda: QApplication.clipboard().setText(text), "copy", "quiet")
    copy.setAccessibleName(_("Chép nội dung của {unit}").format(unit=unit))
    return card(column(row(title(unit), copy), words, margin=look.WIDE))


def _item_words(item: Item) -> str:
    prompt = item.prompt if len(item.prompt) <= PROMPT_MOST else item.prompt[: PROMPT_MOST - 1].rstrip() + "…"
    return f"{item.id}  {prompt}"
