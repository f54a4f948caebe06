"""What went to and fro with one unit: packages, letters, notes; each question with its answer and what changed."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QLineEdit, QTreeWidgetItem, QWidget

from dcs_desktop import receiving
from dcs_desktop.core.period import Period
from dcs_desktop.core.text import nfc
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _, format_date
from dcs_desktop.store import DataFile
from dcs_desktop.ui import look, messages, tables
from dcs_desktop.ui.clock import now
from dcs_desktop.ui.making import button, column, label, row, title

ICONS = {"package": "package", "letter": "mail", "note": "pencil"}
# Letters that a column of the questions shows; the whole is said below.
LETTERS = (36, 200, 36, 16, 16)


class UnitHistoryDialog(QDialog):
    """Everything of one unit and period; a note can be added."""

    def __init__(
        self, file: DataFile, status: receiving.UnitStatus, period: Period, asker: QWidget | None = None
    ) -> None:
        super().__init__(asker)
        self._file, self._period, self._unit = file, period, status.unit.identity
        self.setWindowTitle(_("Hồ sơ của {unit}").format(unit=status.unit.name))
        state = receiving.state_word(status)
        said = _("{unit}, {period}: {state}").format(unit=status.unit.name, period=period.words, state=state)
        heads = [_("Ngày"), _("Việc"), _("Nội dung")]
        self.events = tables.table(_("Gói, phiếu và ghi chú"), heads, 2)
        self.events.currentItemChanged.connect(self._show_words)
        self.words = label("", "muted")
        asked = [_("Chỗ hỏi"), _("Câu hỏi"), _("Trả lời"), _("Trước"), _("Nay")]
        self.asked = tables.table(_("Câu hỏi, trả lời và thay đổi"), asked, 1)
        self.asked.currentItemChanged.connect(self._show_asked)
        self.note = QLineEdit(maxLength=1_000)
        self.note.setPlaceholderText(_("Ghi chú của bàn nhận báo cáo, không gửi đi"))
        self.note.setAccessibleName(_("Ghi chú"))
        self.note.returnPressed.connect(self.add_note)
        add = button(_("Ghi &chú"), self.add_note, "pencil")
        add.setEnabled(not file.read_only)
        keys = button(_("&Khóa ký…"), self.show_keys, "key-round")
        close = button(_("Đón&g"), self.accept)
        self._head = title(_("Câu hỏi, trả lời và thay đổi"))
        whole = column(
            label(said, "heading"), self.events, self.words, self._head, self.asked, row(self.note, add, keys, close),
            margin=look.WIDE,
        )  # fmt: skip
        whole.setStretchFactor(self.events, 1)
        whole.setStretchFactor(self.asked, 1)
        self.setLayout(whole)
        self.resize(1080, 600)
        self.fill()

    def fill(self) -> None:
        """Show what the data file holds now."""
        try:
            events = receiving.history(self._file, self._unit, self._period)
            asked = receiving.exchanges(self._file, self._unit, self._period)
        except Refusal as refusal:
            messages.refuse(self, refusal.sentence)
            return
        self.events.clear()
        for event in events:
            day = format_date(event.at.astimezone().date())
            whole = f"{event.words} ({event.file_name})" if event.file_name else event.words
            line = tables.line([day, event.said, event.words], whole)
            line.setIcon(1, look.icon(ICONS[event.kind]))
            self.events.addTopLevelItem(line)
        self.asked.clear()
        for one in asked:
            self.asked.addTopLevelItem(_exchange_line(one))
        for part in (self._head, self.asked):
            part.setVisible(bool(asked))
        self.events.setCurrentIndex(self.events.model().index(self.events.topLevelItemCount() - 1, 0))

    def _show_words(self, line: QTreeWidgetItem | None) -> None:
        self.words.setText("" if line is None else str(line.data(0, tables.KEY)))

    def _show_asked(self, line: QTreeWidgetItem | None) -> None:
        self.words.setText("" if line is None else str(line.data(0, tables.KEY)))

    def show_keys(self) -> None:
        """The keys that the unit signed with, to be confirmed after a call."""
        from dcs_desktop.ui import signing_keys

        signing_keys.show(self._file, self, self._unit)
        self.fill()

    def add_note(self) -> None:
        """Keep what was typed."""
        text = nfc(self.note.text()).strip()
        if not text or self._file.read_only:
            return
        try:
            self._file.add_note(self._unit, self._period, text, now())
        except Refusal as refusal:
            messages.refuse(self, refusal.sentence)
            return
        self.note.clear()
        self.fill()


def _exchange_line(one: receiving.Exchange) -> QTreeWidgetItem:
    question = one.question.text
    if one.question.quote:
        question = _("{question} (trích “{quote}”)").format(question=question, quote=one.question.quote)
    place, answer = one.place or _("Cả báo cáo"), one.answer or _("chưa trả lời")
    changed = one.new if one.settled is not None and one.new != one.old else _("không đổi")
    new = changed if one.settled is not None else "–"
    cells = [place, question, answer, one.old, new]
    whole = _("{place}. Hỏi: {question} Trả lời: {answer}. {old} → {new}")
    words = whole.format(place=place, question=question, answer=answer, old=one.old, new=new)
    line = tables.line([_short(cell, most) for cell, most in zip(cells, LETTERS, strict=True)], words)
    line.setIcon(2, look.state_icon("complete" if one.answer else "empty"))
    return line


def _short(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
