"""Computes, checks and measures the completeness of a report's answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from dcs_desktop.core import formula
from dcs_desktop.core.carrying import carried_findings
from dcs_desktop.core.citing import cited_row, is_citation
from dcs_desktop.core.form import Check, Field, Figure, Form, Item, Source, Table
from dcs_desktop.core.lengths import length_findings
from dcs_desktop.core.linked import Figures, shown_in_sentence
from dcs_desktop.core.narrative import links, marks, plain, read
from dcs_desktop.core.report import Answers
from dcs_desktop.core.trouble import Finding, Severity
from dcs_desktop.core.values import (
    ADDITIVE,
    BLANK,
    NONE,
    NOT_APPLICABLE,
    Coverage,
    State,
    Value,
    given,
    shown_number,
)
from dcs_desktop.i18n import _


@dataclass(frozen=True, slots=True)
class Reading:
    """What formulas ask about one report (see :class:`formula.Answered`)."""

    figures: Mapping[str, Value]
    answers: Answers
    before: Figures

    def number(self, key: str) -> Decimal | None:
        """The number of a field, None when there is none."""
        return self.figures.get(key, BLANK).number

    def previous(self, key: str) -> Decimal | None:
        """The same field's number in the period compared with."""
        return self.before.get(key, BLANK).number

    def count(self, table: str, column: str, choice: str) -> int | None:
        """The rows of a table, or of those with this choice; None while the table is blank."""
        rows = self.answers.rows.get(table, ())
        if not rows:
            return 0 if self.answers.value(table).state is State.NONE else None
        return sum(1 for row in rows if not column or row.cells.get(column, BLANK).content == choice)


def compute(form: Form, answers: Answers, before: Figures | None = None) -> dict[str, Value]:
    """The value of every field of a form by key: the entered ones as they are, the derived computed."""
    figures = {key: answers.values.get(key, BLANK) for key in form.fields}
    reading = Reading(figures, answers, before or {})
    for field in form.derived:
        if field.formula is None:
            figures[field.key] = _rolled_up(field.key, form, figures)
        else:
            figures[field.key] = _derived(field, field.formula, form.used[field.key], reading)
    return figures


def _derived(field: Field, by: formula.Expression, names: tuple[str, ...], reading: Reading) -> Value:
    used = [reading.figures.get(name, BLANK) for name in names]
    number = formula.value_of(by, reading)
    if number is None:
        applicable = not used or any(value.state is not State.NOT_APPLICABLE for value in used)
        return BLANK if applicable else NOT_APPLICABLE
    return replace(_of_number(field, number), coverage=_least([value.coverage for value in used]))


def _of_number(field: Field, number: Decimal) -> Value:
    return NONE if number == 0 and field.type.kind in ADDITIVE else given(number)


def _least(coverages: list[Coverage | None]) -> Coverage | None:
    known = filter(None, coverages)
    return min(known, key=lambda c: Decimal(c.covered) / max(c.expected, 1), default=None)


def _rolled_up(key: str, form: Form, figures: Mapping[str, Value]) -> Value:
    """Override, else own plus below."""
    override = figures.get(f"{key}.override", BLANK)
    if override.answered:
        return override
    below = figures.get(f"{key}.below", BLANK)
    own = figures.get(f"{key}.own")
    if own is None or not own.answered:
        return below
    if below.number is None or own.number is None:
        return own if below.number is None else below
    return replace(
        _of_number(form.fields[key], own.number + below.number), coverage=below.coverage, note=below.note
    )


def check(
    form: Form,
    answers: Answers,
    figures: Figures,
    before: Figures | None = None,
    texts: Iterable[Finding] = (),
    worded: bool = True,
) -> tuple[Finding, ...]:
    """Everything to look at in a report: questions first, then errors, warnings, what is missing.

    ``texts`` are the findings of :class:`TextCheck`, which reads texts one after another, and the questions asked.
    Who only counts has them not ``worded``: broken relations say nothing then.
    """
    found = [
        *_draft_findings(form, answers),
        *_rule_findings(form, Reading(figures, answers, before or {}), worded),
        *_figure_findings(form, figures),
        *_prose_findings(form, answers),
        *texts,
        *length_findings(form, answers),
        *_missing(form, answers, figures),
        *carried_findings(form, answers),
    ]
    order = list(Severity)
    accepted = (_accepted(finding, answers) for finding in found)
    return tuple(sorted(accepted, key=lambda finding: order.index(finding.severity)))


def _accepted(finding: Finding, answers: Answers) -> Finding:
    reason = answers.accepted.get(finding.rule, "")
    may_be = finding.severity in (Severity.WARNING, Severity.QUESTION)
    return replace(finding, accepted=reason) if reason and may_be else finding


def _draft_findings(form: Form, answers: Answers) -> Iterator[Finding]:
    for key, typed in answers.drafts.items():
        message = _(
            "Mục {place}: “{typed}” ở ô “{label}” chưa đọc được nên chưa được ghi nhận. Đề nghị sửa lại."
        )
        place = form.place_of(key)
        yield Finding(
            "unreadable",
            Severity.ERROR,
            (key,),
            message.format(place=place, typed=typed, label=form.label_of(key)),
        )


def _rule_findings(form: Form, reading: Reading, worded: bool) -> Iterator[Finding]:
    for rule in form.checks:
        if formula.holds(rule.rule, reading) is False:
            said = _broken(rule, form, reading) if worded else ""
            yield Finding(rule.id, rule.severity, rule.marks, said)


def _broken(rule: Check, form: Form, reading: Reading) -> str:
    place = form.place_of(rule.marks[0]) if rule.marks else ""
    if rule.message:
        said = plain(read(rule.message), lambda link: shown_in_sentence(link, form, reading.figures))
    else:
        said = _made_message(rule, form, reading)
    return _("Mục {place}: {said}").format(place=place, said=said)


def _made_message(rule: Check, form: Form, reading: Reading) -> str:
    left, right = (_spelt(side, form, reading) for side in (rule.rule.left, rule.rule.right))
    words = {
        "==": _("{left} phải bằng {right}. Đề nghị kiểm tra lại."),
        "!=": _("{left} không được bằng {right}. Đề nghị kiểm tra lại."),
        "<=": _("{left} không được lớn hơn {right}. Đề nghị kiểm tra lại."),
        "<": _("{left} phải nhỏ hơn {right}. Đề nghị kiểm tra lại."),
        ">=": _("{left} không được nhỏ hơn {right}. Đề nghị kiểm tra lại."),
        ">": _("{left} phải lớn hơn {right}. Đề nghị kiểm tra lại."),
    }
    return words[rule.rule.sign].format(left=left, right=right)


def _spelt(side: formula.Expression, form: Form, reading: Reading) -> str:
    """A side of a rule in words: “label” (number), with the sum when there are several."""
    text, total = _worded(side, form), formula.value_of(side, reading)
    if total is not None:
        return _("{text} ({number})").format(text=text, number=shown_number(total, 4))
    least = formula.least(side, reading)
    return (
        text
        if least is None
        else _("{text} (ít nhất {number})").format(text=text, number=shown_number(least, 4))
    )


def _worded(side: formula.Expression, form: Form) -> str:
    match side:
        case formula.Number(value):
            return shown_number(value)
        case formula.Name(key):
            return f"“{form.label_of(key)}”"
        case formula.Previous(key):
            return _("“{label}” kỳ trước").format(label=form.label_of(key))
        case formula.Count(table, "", _choice):
            return _("số dòng của bảng “{label}”").format(label=form.tables[table].label)
        case formula.Count(table, column, choice):
            choices = form.tables[table].column(column).type.choices
            chosen = next((option.label for option in choices if option.id == choice), choice)
            label = form.tables[table].label
            return _("số dòng “{choice}” của bảng “{label}”").format(choice=chosen, label=label)
        case formula.Call(function, arguments):
            return f"{function}({'; '.join(_worded(part, form) for part in arguments)})"
        case formula.Operation(sign, left, right):
            return f"{_worded(left, form)} {sign.replace('*', '×').replace('-', '−')} {_worded(right, form)}"


def _figure_findings(form: Form, figures: Figures) -> Iterator[Finding]:
    for figure in form.figures.values():
        if figure.source is not Source.OWN:
            for key in figure.base_keys:
                yield from _roll_up_findings(form, figure, key, figures)


def _roll_up_findings(form: Form, figure: Figure, key: str, figures: Figures) -> Iterator[Finding]:
    place, override = form.place_of(key), figures.get(f"{key}.override", BLANK)
    if override.answered and not override.reason:
        message = _("Mục {place}: “{label}” được thay số tổng hợp mà chưa ghi lý do. Đề nghị ghi lý do.")
        yield Finding(
            "override_reason", Severity.ERROR, (key,), message.format(place=place, label=figure.label)
        )
    coverage = figures[key].coverage
    if coverage is not None and not coverage.full:
        message = _("Mục {place}: “{label}” mới tổng hợp từ {coverage} đơn vị.")
        text = message.format(place=place, label=form.label_of(key), coverage=coverage)
        yield Finding(f"coverage.{key}", Severity.WARNING, (key,), text)


def _prose_findings(form: Form, answers: Answers) -> Iterator[Finding]:
    for item in form.items.values():
        text = answers.prose(item.id)
        if text:
            yield from _narrative_findings(form, item, text, answers)


def _narrative_findings(form: Form, item: Item, text: str, answers: Answers) -> Iterator[Finding]:
    if "{" not in text and "[" not in text:  # neither a link nor a footnote
        return
    prose = read(text)
    for link in links(prose):
        if is_citation(link.key) and form.can_link(link.key):
            if cited_row(form, answers, link.key) is None:
                message = _(
                    "Mục {place}: đoạn văn dẫn một văn bản không còn trong danh mục. Đề nghị dẫn lại hoặc bỏ."
                )
                yield Finding("citation_gone", Severity.ERROR, (item.id,), message.format(place=item.id))
        elif not form.can_link(link.key):
            message = _(
                "Mục {place}: đoạn văn dẫn số liệu “{key}” không có trong mẫu. Đề nghị chọn lại số liệu."
            )
            yield Finding(
                "link_unknown", Severity.ERROR, (item.id,), message.format(place=item.id, key=link.key)
            )
    marked = marks(prose)
    for id in marked:
        if not prose.notes.get(id):
            message = _(
                "Mục {place}: có chú thích chưa có nội dung. Đề nghị ghi nội dung hoặc xóa dấu chú thích."
            )
            yield Finding("note_empty", Severity.ERROR, (item.id,), message.format(place=item.id))
    for id, paragraphs in prose.notes.items():
        if id not in marked and paragraphs:
            message = _(
                "Mục {place}: một chú thích không còn dấu trong bài nên sẽ không được in. Đề nghị đặt lại dấu."
            )
            yield Finding("note_unmarked", Severity.WARNING, (item.id,), message.format(place=item.id))


def is_draft(form: Form, findings: tuple[Finding, ...]) -> bool:
    """Whether the report is no more than a draft yet: an error stands, or an item has no words that must have
    some, or has those of an earlier report that nobody looked at.

    A figure without an answer makes no draft: paper prints dots for it.
    """
    return any(
        finding.severity is Severity.ERROR
        or (finding.severity is Severity.MISSING and finding.keys[0] in form.items)
        for finding in findings
    )


def _missing(form: Form, answers: Answers, figures: Figures) -> Iterator[Finding]:
    for item in form.items.values():
        if item.prose and item.required and not answers.value(item.id).answered:
            message = _("Mục {place}: chưa có nội dung báo cáo.")
            yield Finding("missing", Severity.MISSING, (item.id,), message.format(place=item.id))
        for field in form.required[item.id]:
            if not figures[field.key].answered and field.key not in answers.drafts:
                message = _("Mục {place}: chưa có số liệu “{label}”.")
                yield Finding(
                    "missing",
                    Severity.MISSING,
                    (field.key,),
                    message.format(place=item.id, label=field.label),
                )
        for table in item.tables:
            yield from _missing_rows(item, table, answers)


def _missing_rows(item: Item, table: Table, answers: Answers) -> Iterator[Finding]:
    rows = answers.rows.get(table.id, ())
    if table.required and not rows and not answers.value(table.id).answered:
        message = _("Mục {place}: bảng “{label}” chưa có dòng nào.")
        yield Finding(
            "missing", Severity.MISSING, (table.id,), message.format(place=item.id, label=table.label)
        )
    for number, row in enumerate(rows, 1):
        for column in table.columns:
            if column.required and not row.cells.get(column.id, BLANK).answered:
                message = _("Mục {place}: dòng {number} của bảng “{table}” thiếu “{column}”.")
                text = message.format(place=item.id, number=number, table=table.label, column=column.label)
                yield Finding("missing", Severity.MISSING, (f"{table.id}/{row.id}/{column.id}",), text)
