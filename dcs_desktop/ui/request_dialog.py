"""Writes a correction request: questions at the fields of a received report, and at passages of its texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QTreeWidgetItem,
    QWidget,
)

from dcs_desktop.core.answers import check, compute
from dcs_desktop.core.form import Form
from dcs_desktop.core.letter import LONGEST_WORDS, MOST_QUESTIONS, Question, label_at
from dcs_desktop.core.report import Report
from dcs_desktop.core.text import fold, nfc
from dcs_desktop.core.trouble import Severity
from dcs_desktop.i18n import _
from dcs_desktop.receiving.unit_history import text_at
from dcs_desktop.ui import look, tables
from dcs_desktop.ui.making import button, column, framed, label, row

LINES: Final = 3
SHORT, SHORTEST = 60, 26
ASKED = Qt.ItemDataRole.UserRole


class RequestDialog(QDialog):
    """:attr:`questions` and :attr:`text` are what is to be sent, once it is accepted."""

    def __init__(
        self, report: Report, form: Form, asker: QWidget | None = None, questions: Iterable[Question] = ()
    ) -> None:
        super().__init__(asker)
        self._report, self._form = report, form
        unit = report.identity.unit.name
        self.setWindowTitle(_("Phiếu đề nghị chỉnh sửa gửi {unit}").format(unit=unit))
        self.sought = QLineEdit()
        self.sought.setPlaceholderText(_("Tìm mục, số liệu, không cần dấu"))
        self.sought.setAccessibleName(_("Tìm chỗ cần hỏi"))
        self.sought.setClearButtonEnabled(True)
        self.sought.textChanged.connect(self._filter)
        heads = [_("Mục"), _("Chỗ hỏi"), _("Đơn vị báo cáo")]
        self.places = tables.table(_("Chỗ cần hỏi"), heads, 1)
        self.places.currentItemChanged.connect(self._choose)
        self.value = QPlainTextEdit(readOnly=True)
        self.value.setAccessibleName(_("Đơn vị báo cáo"))
        self.question = _editor(
            _("Câu hỏi"), _("Hỏi gì ở chỗ này? Bôi đen một đoạn phía trên để trích đoạn ấy.")
        )
        self.question.textChanged.connect(self._allow)
        self.add = button(_("&Thêm câu hỏi"), self.add_question, "plus")
        self.from_check = button(_("&Lấy từ kết quả rà soát"), self.add_findings, "list-checks")
        self.list = QListWidget()
        self.list.setAccessibleName(_("Các câu hỏi của phiếu"))
        self.list.setWordWrap(True)
        self.list.currentRowChanged.connect(lambda _row: self._allow())
        self.remove = button(_("&Bỏ câu hỏi này"), self.remove_question, "minus")
        self.message = QLineEdit(maxLength=LONGEST_WORDS)
        self.message.setPlaceholderText(_("Lời nhắn chung, không bắt buộc"))
        self.message.setAccessibleName(_("Lời nhắn chung"))
        self.send = button(_("&Xuất phiếu…"), self.accept, "send", "primary")
        self._lay_out()
        self._fill()
        for question in questions:
            self._list(question)
        self._allow()

    def _lay_out(self) -> None:
        left = framed(column(self.sought, self.places))
        whole_of = label(_("Đơn vị báo cáo"), "muted")
        right = column(
            whole_of, self.value, self.question, row(self.add, self.from_check, 1),
            label(_("Các câu hỏi của phiếu"), "muted"), self.list, row(self.remove, 1),
        )  # fmt: skip
        right.setStretchFactor(self.value, 2)
        right.setStretchFactor(self.list, 3)
        both = row(left, framed(right), gap=look.WIDE)
        both.setStretchFactor(left, 1)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        buttons = row(self.message, button(_("Bỏ &qua"), self.reject), self.send)
        buttons.setStretch(0, 1)
        whole = column(both, buttons, margin=look.WIDE, gap=look.WIDE)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.resize(1120, 620)

    # Places

    def _fill(self) -> None:
        for place, key, words in _places(self._form):
            said = text_at(self._form, self._report, key)
            self.places.addTopLevelItem(tables.line([place, words, _short(said, SHORTEST)], key))
        self.places.setCurrentIndex(self.places.model().index(0, 0))

    def _filter(self, typed: str) -> None:
        wanted = fold(typed)
        for line in tables.rows(self.places):
            line.setHidden(wanted not in fold(f"{line.text(0)} {line.text(1)} {line.text(2)}"))

    @property
    def key(self) -> str:
        """The place that is chosen, "" for the whole report."""
        line: QTreeWidgetItem | None = self.places.currentItem()
        return "" if line is None else str(line.data(0, tables.KEY))

    def _choose(self) -> None:
        said = text_at(self._form, self._report, self.key)
        self.value.setPlainText(said)

    # Questions

    def add_question(self) -> None:
        """Put what was typed into the letter, with the passage that is selected."""
        text = nfc(self.question.toPlainText()).strip()
        if not text or not self.add.isEnabled():
            return
        selected = self.value.textCursor().selectedText().replace("\u2029", "\n").strip()
        quote = nfc(selected) if self.key in self._form.items else ""
        self._list(Question("", text, self.key, quote))
        self.question.clear()
        self.question.setFocus()

    def add_findings(self) -> None:
        """Every error and warning of the report becomes a question, unless it is one already."""
        here = {(question.key, question.text) for question in self.questions}
        figures = compute(self._form, self._report.answers)
        for finding in check(self._form, self._report.answers, figures):
            asked = (finding.keys[0] if finding.keys else "", finding.message)
            if finding.severity is not Severity.MISSING and not finding.accepted and asked not in here:
                self._list(Question("", finding.message, asked[0]))
        self._allow()

    def _list(self, question: Question) -> None:
        if self.list.count() >= MOST_QUESTIONS:
            return
        line = QListWidgetItem(_line(question, self._form))
        line.setData(ASKED, question)
        self.list.addItem(line)
        self.list.setCurrentItem(line)
        self._allow()

    def remove_question(self) -> None:
        """Take the marked question out of the letter."""
        self.list.takeItem(self.list.currentRow())
        self._allow()

    @property
    def questions(self) -> Sequence[Question]:
        """The questions of the letter."""
        found = (self.list.item(place).data(ASKED) for place in range(self.list.count()))
        return tuple(one for one in found if isinstance(one, Question))

    @property
    def text(self) -> str:
        """The message to go with them."""
        return self.message.text()

    def _allow(self) -> None:
        typed = self.question.toPlainText().strip()
        self.add.setEnabled(bool(typed) and len(typed) <= LONGEST_WORDS)
        self.remove.setEnabled(self.list.currentRow() >= 0)
        self.send.setEnabled(self.list.count() > 0)


def _places(form: Form) -> Iterator[tuple[str, str, str]]:
    """Where a question can be asked: the whole report, then items with their figures and tables."""
    yield "", "", _("Cả báo cáo")
    for item in form.items.values():
        if item.prose:
            yield item.id, item.id, item.prompt
        for figure in item.figures:
            for field in figure.fields:
                yield item.id, field.key, field.label
        for table in item.tables:
            yield item.id, table.id, table.label


def _line(question: Question, form: Form) -> str:
    known = question.key.partition("/")[0] in form.item_of
    where = _("Cả báo cáo")
    if known:
        where = f"{form.place_of(question.key)}, {_short(label_at(form, question.key))}"
    quoted = f" “{_short(question.quote)}”" if question.quote else ""
    return f"{where}{quoted}\n{question.text}"


def _editor(name: str, hint: str) -> QPlainTextEdit:
    made = QPlainTextEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    made.setTabChangesFocus(True)
    made.setFixedHeight(made.fontMetrics().lineSpacing() * LINES + look.WIDE)
    return made


def _short(text: str, most: int = SHORT) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
