"""What a new report takes over from an earlier one, marked until somebody changes or confirms it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from enum import StrEnum

from dcs_desktop.core.changes import Change, Part
from dcs_desktop.core.form import Form, Item, Role, Table
from dcs_desktop.core.narrative import plain, read
from dcs_desktop.core.period import Period, PeriodFault
from dcs_desktop.core.report import Answers, Report, Row
from dcs_desktop.core.stored import from_stored, to_stored
from dcs_desktop.core.trouble import Finding, Severity
from dcs_desktop.core.values import BLANK, FieldType, State, Value, given
from dcs_desktop.i18n import _

TOUCHING = frozenset({Part.VALUE, Part.DRAFT, Part.ROW})
YEAR = re.compile(r"(?<![\w/.-])(?:[Nn]ăm\s+|\d{1,2}[/.-]\d{1,2}[/.-]|\d{1,2}[/.-])(\d{4})(?![\w/-])")


class Taken(StrEnum):
    """What can be taken over: texts, tables, and figures that the template marks as standing facts."""

    NARRATIVES = "narratives"
    TABLES = "tables"
    FIGURES = "figures"


def carried_over(first: Answers, form: Form, earlier: Report, then: Form, what: Collection[Taken]) -> Answers:
    """The first answers of a new report with what it takes over from an earlier one, everything marked.

    ``then`` is the earlier report's form: a text that its template began with
    and nobody changed stays behind. What no longer fits the form (another kind, another list of choices, a
    column that is gone) is left out. A linked figure in a text stays linked
    and so shows the new report's figure.
    """
    values = dict(first.values)
    rows = dict(first.rows)
    keys: list[str] = []
    if Taken.NARRATIVES in what:
        texts = dict(_texts(form, earlier.answers, then))
        values |= {id: given(text) for id, text in texts.items()}
        keys += texts
    if Taken.FIGURES in what:
        standing = dict(_standing(form, earlier.answers))
        values |= standing
        keys += standing
    if Taken.TABLES in what:
        found = {table.id: _rows(table, earlier.answers) for table in form.tables.values()}
        rows |= {id: there for id, there in found.items() if there}
        keys += [id for id, there in found.items() if there]
    return replace(first, values=values, rows=rows, carried=dict.fromkeys(keys, str(earlier.identity.period)))


def _texts(form: Form, answers: Answers, then: Form) -> Iterator[tuple[str, str]]:
    for item in form.items.values():
        text, asked = answers.prose(item.id), then.items.get(item.id)
        if item.prose and text and text != (asked.default if asked is not None else ""):
            yield item.id, text


def _standing(form: Form, answers: Answers) -> Iterator[tuple[str, Value]]:
    for figure in form.figures.values():
        for field in figure.fields if figure.standing else ():
            value = _fitting(field.type, answers.value(field.key))
            if field.role is Role.ENTERED and value.state in (State.GIVEN, State.NONE):
                yield field.key, value


def _rows(table: Table, answers: Answers) -> tuple[Row, ...]:
    return tuple(Row(row.id, dict(_cells(table, row))) for row in answers.rows.get(table.id, ()))


def _cells(table: Table, row: Row) -> Iterator[tuple[str, Value]]:
    for column in table.columns:
        value = _fitting(column.type, row.cells.get(column.id, BLANK))
        if value != BLANK:
            yield column.id, value


def _fitting(type: FieldType, value: Value) -> Value:
    """The content alone, without reason and note; BLANK where this field could not hold it."""
    try:
        return from_stored(type, value.state, to_stored(value))
    except ValueError:
        return BLANK


def marks_off(answers: Answers, changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """Changes made by hand, with the marks taken off whatever they touch."""
    said = {change.key for change in changes if change.part is Part.CARRIED}
    owners = dict.fromkeys(change.key.partition("/")[0] for change in changes if change.part in TOUCHING)
    return (*changes, *confirmed(answers, [key for key in owners if key not in said]))


def confirmed(answers: Answers, keys: Collection[str]) -> tuple[Change, ...]:
    """The changes that take the marks off: what stands there is right in the new period too."""
    return tuple(
        Change(Part.CARRIED, key, answers.carried[key], "") for key in keys if key in answers.carried
    )


def carried_keys(item: Item, answers: Answers) -> tuple[str, ...]:
    """What of an item was taken over and is not looked at: its narrative, its figures' fields, its tables."""
    if not answers.carried:
        return ()
    keys = [item.id, *(f.key for figure in item.figures for f in figure.fields), *(t.id for t in item.tables)]
    return tuple(key for key in keys if key in answers.carried)


def carried_at(form: Form, answers: Answers, key: str) -> tuple[str, ...]:
    """What is marked at a place: an item with everything of it, or one figure or table."""
    item = form.items.get(key)
    return (key,) if item is None else carried_keys(item, answers)


def carried_findings(form: Form, answers: Answers) -> Iterator[Finding]:
    """One for each thing that was taken over and is not looked at, in the form's order."""
    for item in form.items.values() if answers.carried else ():
        for key in carried_keys(item, answers):
            message = _sentence(form, key).format(
                place=item.id, label=form.label_of(key), period=from_words(answers.carried[key])
            )
            yield Finding("carried", Severity.MISSING, (key,), message + _named_years(form, answers, key))


def from_words(period: str) -> str:
    """The period of a mark in words: "năm 2024"."""
    try:
        return Period.parse(period).words
    except PeriodFault:
        return period


def _sentence(form: Form, key: str) -> str:
    if key in form.items:
        return _("Mục {place}: nội dung lấy từ báo cáo {period}, chưa cập nhật.")
    if key in form.tables:
        return _("Mục {place}: bảng “{label}” lấy từ báo cáo {period}, chưa cập nhật.")
    return _("Mục {place}: số liệu “{label}” lấy từ báo cáo {period}, chưa cập nhật.")


def _named_years(form: Form, answers: Answers, key: str) -> str:
    """Says which dates of the earlier year a text still names, "" for none."""
    dates = earlier_dates(form, answers, key)
    if not dates:
        return ""
    return " " + _("Còn nhắc {dates}.").format(dates=", ".join(f"“{found}”" for found in dates))


def earlier_dates(form: Form, answers: Answers, key: str) -> tuple[str, ...]:
    """Dates and years of the earlier period in a text that was taken over and is not looked at, each once."""
    try:
        year = str(Period.parse(answers.carried.get(key, "")).year)
    except PeriodFault:
        return ()
    if key not in form.items or form.places.get("nam", year) == year:
        return ()
    text = plain(read(answers.prose(key)), lambda _link: "0")
    found = (match for match in YEAR.finditer(text) if match[1] == year)
    return tuple(dict.fromkeys(" ".join(match[0].split()) for match in found))
