"""The forms in which answers go out as JSON and come in again."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from dcs_desktop.core.form import Field, Form, Table
from dcs_desktop.core.linked import Figures, change_percent
from dcs_desktop.core.report import Answers, Identity, Letterhead, Row
from dcs_desktop.core.stored import to_stored
from dcs_desktop.core.trouble import Finding, Refusal
from dcs_desktop.core.values import (
    ADDITIVE,
    BLANK,
    NUMERIC,
    FieldType,
    Kind,
    State,
    Value,
    rounded,
    shown,
    shown_number,
)
from dcs_desktop.files import reason
from dcs_desktop.forms import Earlier
from dcs_desktop.i18n import _
from dcs_desktop.store import Given

Json = dict[str, Any]  # Any: what a JSON object holds
LARGEST = 20_000_000
# A number written out with more digits is left as it stands, for the field to refuse.
DIGITS_READ = 40


def figure_json(value: Value, kind: FieldType) -> Json:
    """``{state, value, unit}``, and reason, note, coverage where there are any."""
    said: Json = {"state": value.state.value, "value": plain(value, kind), "unit": kind.unit}
    if value.reason:
        said["reason"] = value.reason
    if value.note:
        said["note"] = value.note
    if value.coverage is not None:
        said |= {"covered": value.coverage.covered, "expected": value.coverage.expected}
    return said


def plain(value: Value, kind: FieldType) -> object:
    """A number as a number (a percentage as it prints), yes and no as true and false, all else as its stored text."""
    if isinstance(value.content, Decimal) and kind.kind is Kind.PERCENT:
        return rounded(value.content, kind.decimals)
    if isinstance(value.content, Decimal | bool):
        return value.content
    if value.state is State.NONE:
        return Decimal(0)
    return to_stored(value)


def answers_json(form: Form, answers: Answers, figures: Figures) -> Json:
    """What ``show --json`` prints: figures, narratives, tables."""
    return {
        "figures": {
            **{
                key: _typed(figure_json(figures[key], f.type), answers, key) for key, f in form.fields.items()
            },
            **{
                id: {"state": State.NONE.value, "value": Decimal(0), "unit": ""}
                for id in form.tables
                if answers.value(id).state is State.NONE
            },
        },
        "narratives": {item.id: answers.prose(item.id) for item in form.items.values() if item.prose},
        "tables": {
            table.id: [row_json(table, row, answers) for row in answers.rows.get(table.id, ())]
            for table in form.tables.values()
        },
        **({"carried": dict(answers.carried)} if answers.carried else {}),
        **({"own": msgspec.to_builtins(dict(answers.own))} if answers.own else {}),
    }


def beside_json(form: Form, figures: Figures, earlier: Earlier) -> list[Json]:
    """The figures of the same period of last year and of the period just before, with the change since.

    ``change`` is the difference, ``percent`` the same in percent of the
    earlier number; both are left out where there is no such number.
    """
    return [
        {
            "period": str(before.identity.period),
            "same_period_last_year": before is earlier.last_year,
            "figures": {
                key: _change_json(f.type, before.figures[key], figures[key])
                for key, f in form.fields.items()
                if key in before.figures and before.figures[key].answered
            },
        }
        for before in earlier.choices
    ]


def _change_json(kind: FieldType, then: Value, now: Value) -> Json:
    said: Json = {"state": then.state.value, "value": plain(then, kind)}
    if now.number is not None and then.number is not None:
        said["change"] = now.number - then.number
        percent = change_percent(now.number, then.number, 2)
        said |= {} if percent is None else {"percent": percent}
    return said


def row_json(table: Table, row: Row, answers: Answers) -> Json:
    """A row with its id: a cell as it is, or ``{state, value}`` where more than its value is to be said."""
    cells = {c.id: _cell(row.cells.get(c.id, BLANK), c.type) for c in table.columns}
    for column in cells:
        if typed := answers.drafts.get(f"{table.id}/{row.id}/{column}"):
            cells[column] = {"state": State.BLANK.value, "value": None, "typed": typed}
    return {"id": row.id, **cells}


def _cell(value: Value, kind: FieldType) -> object:
    told = value.state in (State.GIVEN, State.BLANK) or (value.state is State.NONE and kind.kind in ADDITIVE)
    return plain(value, kind) if told and not value.note else figure_json(value, kind)


def _typed(said: Json, answers: Answers, key: str) -> Json:
    """With the text that was typed and could not be read, where there is one."""
    typed = answers.drafts.get(key)
    return {**said, "typed": typed} if typed else said


def identity_json(identity: Identity) -> Json:
    """Which report it is."""
    return {
        "unit": identity.unit.identity,
        "unit_name": identity.unit.name,
        "period": str(identity.period),
        "template": identity.template,
        "level": identity.level,
        "receiver": identity.receiver.identity,
        "revision": identity.revision,
        "training": identity.training,
    }


def finding_json(finding: Finding) -> Json:
    """``{rule, severity, keys, message}``, accepted where a warning was, a text's words as quote and correction."""
    said: Json = {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "keys": list(finding.keys),
        "message": finding.message,
    }
    if finding.accepted:
        said["accepted"] = finding.accepted
    if finding.quote is not None:
        said["quote"] = finding.quote.text
        said |= {"correction": finding.quote.correction} if finding.quote.correction else {}
    return said


def answer_lines(
    form: Form, answers: Answers, figures: Figures, givers: Mapping[str, Given]
) -> Iterator[str]:
    """The answers for people, a line a figure, by section; then who gave which of them."""
    for section in form.sections:
        yield f"{section.number}. {section.title}" if not section.annex else section.title
        for item in section.items:
            yield f"  [{item.id}] {item.prompt}"
            for figure in item.figures:
                for field in figure.fields:
                    yield f"    {field.label}: {_value_line(field, answers, figures)}".rstrip()
            if text := answers.prose(item.id):
                yield from (f"    | {line}" for line in text.splitlines())
    yield from giver_lines(form, givers)


def givers(given: Mapping[str, Given], answers: Answers) -> dict[str, Given]:
    """Who gave which answers that still stand."""
    return {key: said for key, said in given.items() if said.stands(answers.value(key))}


def givers_json(givers: Mapping[str, Given]) -> Json:
    """Who gave which answers, and when they were taken in; nothing at all where nobody did."""
    said = {key: {"author": given.author, "at": given.at.isoformat()} for key, given in givers.items()}
    return {"given_by": said} if said else {}


def giver_lines(form: Form, givers: Mapping[str, Given]) -> Iterator[str]:
    """The same for people, a line an answer."""
    for key, given in givers.items():
        day = given.at.astimezone()
        line = _("[{place}] {label}: do {author} điền, nhận lúc {time}")
        yield line.format(
            place=form.place_of(key),
            label=form.label_of(key),
            author=given.author,
            time=f"{day:%H:%M %d/%m/%Y}",
        )


def _value_line(field: Field, answers: Answers, figures: Figures) -> str:
    if typed := answers.drafts.get(field.key):
        return _("“{typed}” (không đọc được)").format(typed=typed)
    return f"{shown(field.type, figures[field.key]) or '……'} {field.type.unit}"


def read_json(path: Path) -> Json:
    """A JSON object from a file, numbers exact. Raises Refusal naming the file."""
    try:
        if path.stat().st_size > LARGEST:
            raise Refusal(_("Tệp {file} lớn quá {most} byte.").format(file=path, most=LARGEST))
        said = msgspec.json.Decoder(float_hook=Decimal).decode(unicode_text(path.read_bytes()))
    except OSError as error:
        message = _("Không đọc được tệp {file}: {reason}. Hãy kiểm tra lại đường dẫn.")
        raise Refusal(message.format(file=path, reason=reason(error))) from error
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise Refusal(_no_json(path, error)) from error
    if not isinstance(said, dict):
        raise Refusal(_("Tệp {file} phải chứa một đối tượng JSON.").format(file=path))
    return said


def _no_json(path: Path, error: Exception) -> str:
    place = re.search(r"byte (\d+)", str(error))
    if place is None:
        return _("Tệp {file} không phải là JSON đúng. Hãy sửa rồi chạy lại lệnh.").format(file=path)
    message = _("Tệp {file} không phải là JSON đúng, sai từ byte {place}. Hãy sửa rồi chạy lại lệnh.")
    return message.format(file=path, place=place[1])


def unicode_text(data: bytes) -> str:
    """The text of a file that may begin with a mark of order: some consoles of Windows write UTF-16."""
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return data.decode("utf-16" if marked else "utf-8-sig")


def typed_text(kind: Kind, said: object) -> str:
    """What an officer would have typed for a JSON value, so that it is read by the same rule."""
    if said is None:
        return ""
    if isinstance(said, bool):
        return "có" if said else "không"
    if isinstance(said, int | Decimal) and kind in NUMERIC and abs(Decimal(said).adjusted()) < DIGITS_READ:
        return shown_number(Decimal(said))
    text = str(said)
    if kind is Kind.DATE and len(text) == 10 and text[4] == text[7] == "-":
        year, month, day = text.split("-")
        return f"{day}/{month}/{year}"
    return text


def mapping(said: Json, key: str) -> Mapping[str, Any]:  # Any: checked by whoever reads the entries
    """An object under a key, empty when it is not there. Raises Refusal when it is something else."""
    part = said.get(key, {})
    if not isinstance(part, dict):
        raise Refusal(_("Khóa “{key}” phải là một đối tượng JSON.").format(key=key))
    return part


def letterhead_json(letterhead: Letterhead) -> Json:
    """A letterhead, key by key as in the record."""
    return msgspec.to_builtins(letterhead)  # type: ignore[no-any-return]  # a record always becomes an object
