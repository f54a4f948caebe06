"""A letter of the receiving unit in words, with the one thing to do about it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QDialog, QTreeWidget, QWidget

from dcs_desktop.core.form import Form
from dcs_desktop.core.letter import AreaTotal, Letter, LetterKind, Question, label_at
from dcs_desktop.core.stored import from_stored
from dcs_desktop.core.values import BLANK, FieldType, Kind, State, Value, shown
from dcs_desktop.i18n import _
from dcs_desktop.receiving import letter_words
from dcs_desktop.ui import look, tables
from dcs_desktop.ui.making import button, card, column, framed, label, row, scrolled

LABEL_MOST = 90


class LetterDialog(QDialog):
    """Accepted when the user wants what the letter offers (``offer`` names it, "" for nothing)."""

    def __init__(
        self,
        letter: Letter,
        form: Form | None,
        own: Mapping[str, Value],
        offer: str,
        asker: QWidget | None = None,
    ) -> None:
        super().__init__(asker)
        self.setWindowTitle(letter_words.kind_word(letter.head.kind))
        parts: list[QWidget] = [
            label(letter_words.title(letter.head), "title"),
            label(letter_words.about(letter.head), "muted"),
            label(letter_words.meaning(letter)),
        ]
        if letter.read is not None:
            parts.append(label(letter_words.was_read(letter.read)))
        if letter.text and letter.head.kind is not LetterKind.TEMPLATE:
            parts.append(card(column(label(letter.text), margin=look.GAP)))
        whole = column(*parts, margin=look.WIDE, gap=look.GAP)
        if letter.questions:
            asked = [question_card(question, form) for question in letter.questions]
            whole.addWidget(scrolled(framed(column(*asked, 1))), 1)
        elif letter.totals:
            whole.addWidget(totals_table(letter.totals, form, own), 1)
        else:
            whole.addStretch(1)
        close = button(_("Để &sau") if offer else _("Đón&g"), self.reject)
        ways = row(1, close)
        if offer:
            take = button(offer, self.accept, "check", "primary")
            take.setObjectName("offer")
            take.setDefault(True)
            ways.addWidget(take)
        whole.addLayout(ways)
        self.setLayout(whole)
        tall = bool(letter.questions or letter.totals)
        self.resize(760, 560 if tall else 280)


def question_card(question: Question, form: Form | None) -> QWidget:
    """One question: where, the words it quotes, what is asked."""
    known = form is not None and question.key.partition("/")[0] in form.item_of
    where = _("Cả báo cáo")
    if form is not None and known:
        where = f"{form.place_of(question.key)}. {_short(label_at(form, question.key))}"
    parts: list[QWidget] = [label(where, "muted")]
    if question.quote:
        parts.append(label(f"“{question.quote}”"))
    parts.append(label(question.text, "heading"))
    return card(column(*parts, margin=look.GAP, gap=look.HALF))


def totals_table(totals: tuple[AreaTotal, ...], form: Form | None, own: Mapping[str, Value]) -> QTreeWidget:
    """The totals of the area beside the unit's own figures."""
    heads = [_("Số liệu"), _("Của đơn vị"), _("Tổng của cấp trên"), _("Đơn vị tính"), _("Gộp từ")]
    made = tables.table(_("Số liệu tổng hợp của cấp trên"), heads, 0)
    for total in totals:
        if not total.value:
            continue
        mine = own.get(total.key, BLANK)
        words = form.label_of(total.key) if form is not None and total.key in form.fields else total.label
        cells = [
            words,
            _number(form, total.key, mine),
            _number(form, total.key, _value(total)),
            total.unit,
            f"{total.covered}/{total.expected}",
        ]
        made.addTopLevelItem(tables.line(cells, total.key, right=(1, 2, 4)))
    return made


def _value(total: AreaTotal) -> Value:
    try:
        return from_stored(FieldType(Kind.DECIMAL), total.state, total.value)
    except ValueError:
        return BLANK


def _number(form: Form | None, key: str, value: Value) -> str:
    if value.state is State.BLANK:
        return "–"
    kind = form.fields[key].type if form is not None and key in form.fields else FieldType(Kind.DECIMAL)
    return shown(kind, value)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LABEL_MOST else line[: LABEL_MOST - 1] + "…"
