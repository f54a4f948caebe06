"""A report laid out as the files of its package."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec

from dcs_desktop import __version__
from dcs_desktop.core.building import build
from dcs_desktop.core.digest import content_digest
from dcs_desktop.core.form import Column, Form, Role, Table
from dcs_desktop.core.narrative import has_numbers
from dcs_desktop.core.own import extended, is_own
from dcs_desktop.core.report import Answers, Report, Row
from dcs_desktop.core.stored import to_stored
from dcs_desktop.core.template import Template
from dcs_desktop.core.template_file import write_template
from dcs_desktop.core.text import fold
from dcs_desktop.core.values import BLANK, FieldType, Kind, State, Value
from dcs_desktop.core.wording import places_for
from dcs_desktop.package.manifest import (
    FORMAT,
    NAME,
    PLAIN,
    SAFETY,
    WITH_OWN,
    Header,
    Manifest,
    Resource,
    SafetyHeader,
    encoded,
)
from dcs_desktop.package.sheets import guarded, written

FIGURE_HEADS = (
    "key",
    "label",
    "role",
    "kind",
    "unit",
    "state",
    "value",
    "reason",
    "note",
    "covered",
    "expected",
)
CELL_HEADS = ("table", "row", "column", "state", "reason", "note")
ROW_HEAD = "row"
OWN = "own"
ROW_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
Schema = dict[str, object]


class Narrative(msgspec.Struct, frozen=True, omit_defaults=True):
    """The prose of one item, as its canonical string."""

    item: str
    prompt: str
    state: str
    text: str | None = None
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file of a package or letter before it is listed."""

    path: str
    data: bytes
    title: str = ""
    table: str = ""
    schema: Schema | None = None


def laid_out(report: Report, template: Template, exported: str | None = None) -> dict[str, bytes]:
    """The package's files by name, the manifest first; the same report gives the same bytes.

    With ``exported``, the digest that left the house or "", a safety copy of it and no package to be sent.
    Raises ValueError for answers that the template does not ask: such a
    report cannot be checked by whoever receives it.
    """
    identity = report.identity
    own_places = report.letterhead.places
    places = places_for(
        template.places, identity.level, identity.unit, identity.receiver, identity.period, own_places
    )
    form = extended(build(template, identity.level, identity.period.kind, places), report.answers.own)
    _refuse_strangers(form, report.answers)
    sheets = [
        _figures(form, report.answers),
        _narratives(form, report.answers),
        *_cells(form, report.answers),
        *_tables(form, report.answers),
        Sheet("template.json", write_template(template), template.template.name),
    ]
    manifest = Manifest(
        name=slug(f"dcs-{identity.unit.identity}-{identity.period}-{identity.revision}"),
        title=f"{form.title}: {form.subject}",
        resources=tuple(map(resource, sheets)),
        dcs=_header(report) if exported is None else _safety_header(report, exported),
    )
    return {NAME: encoded(manifest), **{sheet.path: sheet.data for sheet in sheets}}


def _header(report: Report) -> Header:
    identity = report.identity
    return Header(
        format=_format(report.answers),
        program=__version__,
        kind="training" if identity.training else "real",
        unit=identity.unit,
        receiver=identity.receiver,
        period=str(identity.period),
        level=identity.level,
        revision=identity.revision,
        parent=identity.parent,
        template=identity.template,
        content_digest=content_digest(report),
        accepted=dict(report.answers.accepted),
        carried=dict(sorted(report.answers.carried.items())),
        own=dict(sorted(report.answers.own.items())),
        letterhead=report.letterhead,
    )


def _safety_header(report: Report, exported: str) -> SafetyHeader:
    said = {**msgspec.structs.asdict(_header(report)), "format": SAFETY}
    return SafetyHeader(**said, drafts=dict(sorted(report.answers.drafts.items())), exported=exported)


def _format(answers: Answers) -> int:
    """The oldest format that says all of a report."""
    if any(
        has_numbers(str(value.content)) for value in answers.values.values() if isinstance(value.content, str)
    ):
        return FORMAT
    return WITH_OWN if answers.own else PLAIN


def _refuse_strangers(form: Form, answers: Answers) -> None:
    known = {f.key for f in form.fields.values() if f.role is not Role.DERIVED}
    known |= {item.id for item in form.items.values() if item.prose} | set(form.tables)
    strange = {key for key, value in answers.values.items() if value.answered} - known
    strange |= {table for table, rows in answers.rows.items() if rows} - set(form.tables)
    for table in form.tables.values():
        columns = {column.id for column in table.columns}
        for row in answers.rows.get(table.id, ()):
            strange |= {f"{table.id}/{row.id}"} if not ROW_ID.fullmatch(row.id) else set()
            strange |= {
                f"{table.id}/{row.id}/{c}" for c, v in row.cells.items() if v.answered and c not in columns
            }
    if strange:
        raise ValueError(f"not asked by {form.template}: {sorted(strange)[:10]}")


def _figures(form: Form, answers: Answers) -> Sheet:
    rows = [
        _figure_row(f.key, f.label, OWN if is_own(f.key) else f.role.value, f.type, answers.value(f.key))
        for f in form.fields.values()
        if f.role is not Role.DERIVED
    ]
    rows += [
        _figure_row(table.id, table.label, "table", FieldType(Kind.TEXT), answers.value(table.id))
        for table in form.tables.values()
        if answers.value(table.id).answered
    ]
    schema = _schema(FIGURE_HEADS, {"covered": "integer", "expected": "integer"}, ["key"])
    return Sheet("figures.csv", written(FIGURE_HEADS, rows), "Số liệu", schema=schema)


def _figure_row(key: str, label: str, role: str, kind: FieldType, value: Value) -> tuple[str, ...]:
    coverage = value.coverage
    return (
        key,
        guarded(label),
        role,
        kind.kind.value,
        guarded(kind.unit),
        value.state.value,
        stored_cell(kind, value),
        guarded(value.reason),
        guarded(value.note),
        "" if coverage is None else str(coverage.covered),
        "" if coverage is None else str(coverage.expected),
    )


def stored_cell(kind: FieldType, value: Value) -> str:
    """The content as a cell of CSV, "" where there is none; only free text needs a guard."""
    text = to_stored(value) or ""
    return guarded(text) if kind.kind in (Kind.TEXT, Kind.PROSE) else text


def _narratives(form: Form, answers: Answers) -> Sheet:
    told = [
        Narrative(item.id, item.prompt, value.state.value, to_stored(value), value.reason, value.note)
        for item in form.items.values()
        if item.prose and (value := answers.value(item.id)).answered
    ]
    return Sheet("narratives.json", msgspec.json.format(msgspec.json.encode(told), indent=1), "Nội dung")


def plain_cell(value: Value) -> bool:
    """Whether a cell is told whole by its text in the table: given, or blank, and nothing beside."""
    bare = not (value.reason or value.note)
    return bare and (value.state is State.BLANK or (value.state is State.GIVEN and value.content != ""))


def _cells(form: Form, answers: Answers) -> Iterator[Sheet]:
    """What the tables' plain cells cannot say: states, reasons, notes."""
    rows = [
        (table.id, row.id, column.id, value.state.value, guarded(value.reason), guarded(value.note))
        for table in form.tables.values()
        for row in answers.rows.get(table.id, ())
        for column in table.columns
        if not plain_cell(value := row.cells.get(column.id, BLANK))
    ]
    if rows:
        schema = _schema(CELL_HEADS, {}, ["table", "row", "column"])
        yield Sheet("cells.csv", written(CELL_HEADS, rows), "Trạng thái của ô trong bảng", schema=schema)


def _tables(form: Form, answers: Answers) -> Iterator[Sheet]:
    paths: set[str] = set()
    for table in form.tables.values():
        path = _table_path(table.id, paths)
        paths.add(path)
        if rows := answers.rows.get(table.id, ()):
            heads = (ROW_HEAD, *(column.id for column in table.columns))
            data = written(heads, (_table_row(table, row) for row in rows))
            yield Sheet(path, data, table.label, table.id, _table_schema(table))


def _table_row(table: Table, row: Row) -> tuple[str, ...]:
    cells = (
        stored_cell(column.type, row.cells.get(column.id, BLANK))
        if row.cells.get(column.id, BLANK).state is State.GIVEN
        else ""
        for column in table.columns
    )
    return (row.id, *cells)


def _table_path(table: str, taken: set[str]) -> str:
    """An ASCII file name for a table, another one for each."""
    base = re.sub(r"[^a-z0-9_.-]+", "_", fold(table))[:60].strip("._-") or "table"
    names = (f"tables/{base}{number or ''}.csv" for number in range(len(taken) + 1))
    return next(name for name in names if name not in taken)


def _schema(heads: Iterable[str], types: dict[str, str], key: list[str]) -> Schema:
    return {
        "fields": [{"name": head, "type": types.get(head, "string")} for head in heads],
        "primaryKey": key,
    }


def _table_schema(table: Table) -> Schema:
    fields: list[dict[str, object]] = [{"name": ROW_HEAD, "type": "string"}]
    fields += map(_column_schema, table.columns)
    return {"fields": fields, "primaryKey": [ROW_HEAD]}


def _column_schema(column: Column) -> dict[str, object]:
    said: dict[str, object] = {"name": column.id, "title": column.label, "type": "string"}
    if column.type.numeric:
        return {**said, "type": "number"}
    match column.type.kind:
        case Kind.DATE:
            return {**said, "type": "date"}
        case Kind.YES_NO:
            return {**said, "type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]}
        case _:
            return said


def resource(sheet: Sheet) -> Resource:
    """How a file is listed in the manifest."""
    tabular = sheet.path.endswith(".csv")
    return Resource(
        name=slug(sheet.path.rpartition(".")[0]),
        path=sheet.path,
        type="table" if tabular else "json",
        format="csv" if tabular else "json",
        mediatype="text/csv" if tabular else "application/json",
        encoding="utf-8",
        hash="sha256:" + hashlib.sha256(sheet.data).hexdigest(),
        bytes=len(sheet.data),
        title=sheet.title,
        table=sheet.table,
        schema=sheet.schema,
    )


def slug(text: str) -> str:
    """A text as a name of the manifest: small ASCII letters, digits, dashes."""
    return re.sub(r"[^a-z0-9_.-]+", "-", fold(text)).strip("-")
