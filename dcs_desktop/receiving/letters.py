"""The desk's letters to a unit: made of what was received, written as files, kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from dcs_desktop import package, template_library
from dcs_desktop.core.combine import Total
from dcs_desktop.core.form import Field, Form
from dcs_desktop.core.letter import (
    LONGEST_WORDS,
    MOST_QUESTIONS,
    AreaTotal,
    Head,
    Letter,
    LetterKind,
    Question,
    WasRead,
)
from dcs_desktop.core.narrative import plain, read
from dcs_desktop.core.own import extended
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Report, UnitName
from dcs_desktop.core.stored import to_stored
from dcs_desktop.core.template_file import write_template
from dcs_desktop.core.text import nfc
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.values import State
from dcs_desktop.files import write_beside_then_replace
from dcs_desktop.i18n import _
from dcs_desktop.keys import key_for
from dcs_desktop.receiving.desk import Desk, expected, form_of, setup_of
from dcs_desktop.receiving.looking import counts
from dcs_desktop.receiving.totals import totals
from dcs_desktop.store import DataFile, NewLetter, Received
from dcs_desktop.template_library import TemplateInfo


def letters_to(
    file: DataFile, units: Iterable[str], period: Period, kind: LetterKind, today: date, reference: str = ""
) -> Iterator[Letter | Refusal]:
    """A letter of one kind to each of many units; what cannot be written to one is refused by itself.

    ``reference`` names the template to be sent. What is received is looked through once for all of them.
    """
    desk = Desk(file, setup_of(file), period)
    frozen: tuple[AreaTotal, ...] = ()
    for unit in units:
        try:
            match kind:
                case LetterKind.RECEIPT:
                    yield receipt(file, unit, period, today, desk=desk)
                case LetterKind.ACCEPTANCE:
                    yield acceptance(file, unit, period, today, desk=desk)
                case LetterKind.TOTALS:
                    frozen = frozen or frozen_totals(file, period)
                    yield area_totals(file, unit, period, today, frozen=frozen)
                case LetterKind.TEMPLATE:
                    yield new_template(file, unit, period, reference, today)
                case LetterKind.CORRECTION:
                    raise ValueError("questions are asked of one unit")
        except Refusal as refusal:
            yield refusal


def receipt(
    file: DataFile, unit: str, period: Period, today: date, text: str = "", *, desk: Desk | None = None
) -> Letter:
    """A receipt for the package of a unit (``code@list``) that counts. Raises Refusal when there is none."""
    kept, report = counting(file, unit, period, desk)
    return _about(file, kept, LetterKind.RECEIPT, today, text, read=_was_read(kept, report))


def acceptance(
    file: DataFile, unit: str, period: Period, today: date, text: str = "", *, desk: Desk | None = None
) -> Letter:
    """The report that counts is accepted as it is. Raises Refusal when there is none."""
    kept, report = counting(file, unit, period, desk)
    return _about(file, kept, LetterKind.ACCEPTANCE, today, text, read=_was_read(kept, report))


def correction_request(
    file: DataFile, unit: str, period: Period, questions: Iterable[Question], today: date, text: str = ""
) -> Letter:
    """Questions at fields and at passages of texts.

    Raises Refusal: no package, no question, a field that the report does not have, or words that do not stand in its text.
    """
    kept, report = counting(file, unit, period)
    form = worded(report)
    asked = tuple(
        replace(_tidy(question), id=str(number)) for number, question in enumerate(questions, start=1)
    )
    if not asked or len(asked) > MOST_QUESTIONS:
        message = _("Phiếu đề nghị chỉnh sửa phải có ít nhất một câu hỏi và nhiều nhất {most} câu.")
        raise Refusal(message.format(most=MOST_QUESTIONS))
    for question in asked:
        _refuse_wrong(question, form, report)
    return _about(file, kept, LetterKind.CORRECTION, today, text, asked)


def area_totals(
    file: DataFile, unit: str, period: Period, today: date, text: str = "", frozen: tuple[AreaTotal, ...] = ()
) -> Letter:
    """The totals over the units that report here, as they are now. Raises Refusal when nothing was received."""
    head = _head(file, _unit(file, unit, period), period, LetterKind.TOTALS, today)
    return Letter(head, _words(text), totals=frozen or frozen_totals(file, period))


def frozen_totals(file: DataFile, period: Period) -> tuple[AreaTotal, ...]:
    """The totals of a period as a letter holds them. Raises Refusal when nothing was received."""
    found = totals(file, period)
    if not any(total.covered for total in found.totals.values()):
        raise Refusal(_("Chưa nhận báo cáo nào của kỳ này nên chưa có số liệu tổng hợp để gửi."))
    return tuple(_frozen(total, found.form.fields[key]) for key, total in found.totals.items())


def _frozen(total: Total, field: Field) -> AreaTotal:
    covered = len(total.covered)
    stored = to_stored(total.value) or "" if field.type.numeric else ""
    label, unit = nfc(field.label), nfc(field.type.unit)
    among = covered + len(total.missing)
    return AreaTotal(total.key, label, unit, total.value.state.value, stored, covered, among)


def new_template(file: DataFile, unit: str, period: Period, reference: str, today: date) -> Letter:
    """A template of this program for a unit that may not have it. Raises Refusal for an unknown one."""
    template = template_library.template(reference)
    head = _head(file, _unit(file, unit, period), None, LetterKind.TEMPLATE, today)
    return Letter(head, _words(template.template.name), template=write_template(template, whole=True))


def template_of(letter: Letter) -> TemplateInfo:
    """Keep the template that a letter brings, after the checks that any given template goes through. Raises Refusal."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"mau-phieu-{letter.head.number}.json"
        write_beside_then_replace(path, letter.template)
        return template_library.add(path)


def send(file: DataFile, letter: Letter, folder: Path, now: datetime) -> Path:
    """Write a letter into a folder, signed, and keep it; the file that is to be mailed. Raises Refusal."""
    key = key_for(file, now, training=letter.head.training)
    path, data = package.write_letter(folder, letter, key)
    digest = package.read_letter_bytes(data, path.name).digest
    file.keep_letters(NewLetter(letter.head, digest, True, data, path.name, now, key.public))
    return path


def counting(file: DataFile, unit: str, period: Period, desk: Desk | None = None) -> tuple[Received, Report]:
    """The package of a unit that counts, and the report in it. Raises Refusal when there is none."""
    desk = desk or Desk(file, setup_of(file), period)
    kept = desk.counting(unit)
    if kept is None:
        message = _(
            "Chưa nhận được gói báo cáo {period} nào được tính của đơn vị này nên chưa có gì để trả lời."
        )
        raise Refusal(message.format(period=period.words))
    return kept, desk.report(kept)


def worded(report: Report) -> Form:
    """The form of a received report, in its unit's own words."""
    template = template_library.template(report.identity.template)
    return extended(
        template_library.form_for(template, report.identity, report.letterhead.places), report.answers.own
    )


def _about(
    file: DataFile,
    kept: Received,
    kind: LetterKind,
    today: date,
    text: str,
    questions: tuple[Question, ...] = (),
    read: WasRead | None = None,
) -> Letter:
    identity = kept.identity
    head = _head(file, identity.unit, identity.period, kind, today)
    head = replace(head, revision=identity.revision, about=kept.digest)
    return Letter(head, _words(text), questions, read)


def _head(file: DataFile, unit: UnitName, period: Period | None, kind: LetterKind, today: date) -> Head:
    setup = setup_of(file)
    said = "" if period is None else str(period)
    sent = [one.head for one in file.letters(said, unit.identity, sent=True)]
    number = max((head.number for head in sent), default=0) + 1
    return Head(kind, unit, setup.unit, said, setup.training, number, today)


def _unit(file: DataFile, unit: str, period: Period) -> UnitName:
    awaited = expected(setup_of(file), period)
    found = next((one.unit for one in awaited if one.unit.identity == unit), None)
    if found is None:
        raise Refusal(_("Đơn vị này không có trong danh sách đơn vị báo cáo về đây."))
    return found


def _was_read(kept: Received, report: Report) -> WasRead:
    form = form_of(report.identity)
    values = report.answers.values
    answered = [key for key, value in values.items() if value.answered]
    texts = sum(key in form.items and values[key].state is State.GIVEN for key in answered)
    rows = sum(map(len, report.answers.rows.values()))
    came = kept.received_at.astimezone().date()
    found = counts(report, extended(form, report.answers.own))
    return WasRead(came, len(answered) - texts, texts, rows, *found, file_digest=kept.file_digest)


def _words(text: str) -> str:
    said = nfc(text).strip()
    if len(said) > LONGEST_WORDS:
        message = _("Lời nhắn và mỗi câu hỏi dài tối đa {most} chữ cái. Đề nghị rút gọn.")
        raise Refusal(message.format(most=LONGEST_WORDS))
    return said


def _tidy(question: Question) -> Question:
    return replace(question, text=_words(question.text), quote=_words(question.quote), key=nfc(question.key))


def _refuse_wrong(question: Question, form: Form, report: Report) -> None:
    key = question.key
    if not question.text:
        raise Refusal(_("Câu hỏi số {number} chưa có lời.").format(number=question.id))
    table, _slash, cell = key.partition("/")
    row_gone = "/" in cell and cell.partition("/")[0] not in {
        r.id for r in report.answers.rows.get(table, ())
    }
    if key and (table not in form.item_of or row_gone):
        raise Refusal(_("Báo cáo của đơn vị không có chỗ “{key}” để hỏi.").format(key=key))
    if question.quote and question.quote not in plain_text(report, key):
        message = _("Câu hỏi số {number} trích “{quote}”, nhưng chữ này không có trong nội dung của mục.")
        raise Refusal(message.format(number=question.id, quote=question.quote))


def plain_text(report: Report, item: str) -> str:
    """The text of an item without marks, linked figures as dots: what a passage is quoted from."""
    return plain(read(report.answers.prose(item)), lambda _link: "…")
