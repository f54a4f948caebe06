"""What comes from outside for the fields of a report: each cell judged before it goes in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from dcs_desktop.core.form import Form, Role
from dcs_desktop.core.lengths import LONGEST_TEXT
from dcs_desktop.core.narrative import Paragraph, Prose, Text, listed, plain, read, tidy, write
from dcs_desktop.core.report import Answers
from dcs_desktop.core.text import nfc
from dcs_desktop.core.trouble import Fault
from dcs_desktop.core.values import (
    BLANK,
    FieldType,
    Kind,
    State,
    Value,
    given,
    parse,
    pending,
    shown,
    with_note,
)
from dcs_desktop.i18n import _

LONGEST_CELL: Final = 32_767
# The id of a row that is not there yet begins so: "+1" is the first new one.
NEW: Final = "+"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a block: the text that is seen in it.

    ``number`` is what the spreadsheet itself says stands there, written as the report writes numbers;
    ``formula``: it was computed by the spreadsheet.
    """

    text: str = ""
    number: str = ""
    formula: bool = False


Block = Sequence[Sequence[Cell]]


class Verdict(StrEnum):
    """What becomes of a cell: it goes in, is there already, waits for a choice, or stays out.

    CONFLICT: the field was changed here since the form was made; DOUBT: its place is not certain. Both go in only when
    somebody says so.
    """

    GOES = "goes_in"
    SAME = "same"
    CONFLICT = "conflict"
    DOUBT = "doubt"
    OUT = "stays_out"


TAKEABLE: Final = frozenset({Verdict.GOES, Verdict.CONFLICT, Verdict.DOUBT})


@dataclass(frozen=True, slots=True)
class Offer:
    """A cell and the field it is meant for.

    ``source`` is its place outside, ``label`` what its line was called there. ``key`` is "" where there is no field:
    ``out`` says why. A ``state`` other than GIVEN was chosen outside; a ``note`` that is None was not said. ``base`` is
    the answer the form was made with, None where that is not known; ``doubt`` why the place is uncertain.
    """

    source: str
    label: str
    key: str
    cell: Cell
    state: State = State.GIVEN
    note: str | None = None
    base: Value | None = None
    doubt: str = ""
    out: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An offer judged: the answer now, the answer it would be (None when there is none), the verdict and why."""

    offer: Offer
    old: Value
    value: Value | None
    verdict: Verdict
    reason: str

    @property
    def key(self) -> str:
        """The field it is for, "" for none."""
        return self.offer.key


def judged(form: Form, answers: Answers, offers: Iterable[Offer]) -> tuple[Proposal, ...]:
    """Every offer with its verdict; two that are meant for one field both stay out, unless they say the same."""
    proposals = [_judged(form, answers, offer) for offer in offers]
    meant = {(one.key, one.value) for one in proposals if one.key and one.value is not None}
    times = Counter(key for key, _value in meant)
    twice = _("Hai ô khác nhau cùng ghi vào đây. Hãy xóa bớt một ô hoặc nhập tay.")
    return tuple(
        replace(one, verdict=Verdict.OUT, reason=twice)
        if times[one.key] > 1 and one.value is not None
        else one
        for one in proposals
    )


def _judged(form: Form, answers: Answers, offer: Offer) -> Proposal:
    old = answers.value(offer.key) if offer.key else BLANK
    if not offer.key or offer.out:
        return Proposal(offer, old, None, Verdict.OUT, offer.out)
    field = form.fields.get(offer.key)
    if field is not None and field.role is not Role.ENTERED:
        return Proposal(offer, old, None, Verdict.OUT, _("Ô này do chương trình tính, không nhập được."))
    found = _value(form, offer, old)
    if isinstance(found, Fault):
        return Proposal(offer, old, None, Verdict.OUT, _with_readings(found))
    return _beside(offer, old, found)


def _with_readings(fault: Fault) -> str:
    """The sentence of a fault with what it may have meant, for whoever types it in."""
    if not any(map(str.isdigit, "".join(fault.suggestions))):
        return fault.message
    return _("{message} Có thể là: {readings}.").format(
        message=fault.message, readings="; ".join(fault.suggestions)
    )


def _value(form: Form, offer: Offer, old: Value) -> Value | Fault:
    """The answer that a cell means."""
    note = old.note if offer.note is None else nfc(offer.note).strip()
    if offer.state is State.PENDING:
        return with_note(pending(nfc(offer.note or "").strip() or old.reason), old.note)
    if offer.state is not State.GIVEN:
        return with_note(Value(offer.state), note)
    if offer.key in form.items:
        return narrative(offer.cell.text)
    found = _read(form.type_of(offer.key), offer.cell)
    return found if isinstance(found, Fault) else with_note(found, note)


def _read(type: FieldType, cell: Cell) -> Value | Fault:
    if len(cell.text) > LONGEST_CELL:
        message = _("Ô dài {length} chữ cái, quá {most}. Hãy rút gọn.")
        return Fault(message.format(length=len(cell.text), most=LONGEST_CELL))
    text = " ".join(cell.text.split()) if type.kind is Kind.TEXT else cell.text
    if not text.strip():
        return Fault(_("Ô để trống nên giữ nguyên giá trị đang có."))
    found = parse(type, text)
    said = parse(type, cell.number) if isinstance(found, Fault) and cell.number else found
    return found if isinstance(said, Fault) else said


def narrative(text: str) -> Value | Fault:
    """The narrative that plain lines mean: a paragraph a line, nothing in it is markup."""
    if len(text) > LONGEST_TEXT:
        return Fault(_("Nội dung dài quá {most} chữ cái. Hãy rút gọn.").format(most=LONGEST_TEXT))
    markup = write(from_lines(text))
    return given(markup) if markup.strip() else Fault(_("Ô để trống nên giữ nguyên giá trị đang có."))


def from_lines(text: str) -> Prose:
    """A paragraph a line; a line that begins with a drawn bullet, or a number and two spaces, is an entry of a list."""
    lines = (Paragraph((Text(line),)) for line in nfc(text).split("\n"))
    return tidy(Prose(tuple(map(listed, tidy(Prose(tuple(lines))).paragraphs))))


def as_lines(markup: str) -> str | None:
    """A narrative as plain lines, None when these could not give it back as it is: it has notes, figures, emphasis."""
    prose = read(markup)
    text = "\n".join(
        _drawn(paragraph) + plain(Prose((replace(paragraph, number=0),))) for paragraph in prose.paragraphs
    )
    return text if write(from_lines(text)) == write(prose) else None


def _drawn(paragraph: Paragraph) -> str:
    """What leads an entry of a list among plain lines, so that it can be read again."""
    return "• " if paragraph.bullet else f"{paragraph.lead} " if paragraph.number else ""


def _beside(offer: Offer, old: Value, value: Value) -> Proposal:
    """The verdict over a value that could be read, beside the one that stands there."""
    if alike(value, old):
        return Proposal(offer, old, value, Verdict.SAME, _("Đã có đúng như vậy."))
    if offer.base is not None and alike(value, offer.base):
        return Proposal(offer, old, value, Verdict.SAME, _("Người điền không sửa ô này."))
    if offer.base is not None and not alike(old, offer.base):
        reason = _("Báo cáo đã sửa ô này sau khi lập biểu: chọn nếu lấy giá trị trong biểu.")
        return Proposal(offer, old, value, Verdict.CONFLICT, reason)
    if offer.doubt:
        return Proposal(offer, old, value, Verdict.DOUBT, offer.doubt)
    reason = _("Từ công thức.") if offer.cell.formula else ""
    return Proposal(offer, old, value, Verdict.GOES, reason)


def alike(one: Value, other: Value) -> bool:
    """Whether two answers say the same, their notes among it."""
    return (one.state, one.content, one.reason, one.note) == (
        other.state,
        other.content,
        other.reason,
        other.note,
    )


def told(form: Form, key: str, value: Value | None) -> str:
    """An answer in words, as a preview shows it; "" where there is none."""
    if value is None:
        return ""
    if value.state is State.PENDING:
        return (
            _("chưa có số liệu: {reason}").format(reason=value.reason)
            if value.reason
            else _("chưa có số liệu")
        )
    if key in form.items:
        return plain(read(str(value.content))) if value.content else ""
    text = shown(form.type_of(key), value)
    return _("{value} (ghi chú: {note})").format(value=text, note=value.note) if value.note else text
