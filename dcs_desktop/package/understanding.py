"""The files of a package understood as a report, under the template that came with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

import msgspec

from dcs_desktop.core.building import build
from dcs_desktop.core.digest import content_digest
from dcs_desktop.core.form import Field, Form, Role, Table
from dcs_desktop.core.period import Period, PeriodKind
from dcs_desktop.core.report import Answers, Letterhead, Report, Row
from dcs_desktop.core.stored import from_stored
from dcs_desktop.core.template import Template, version_key
from dcs_desktop.core.template_file import TemplateRefused, read_template
from dcs_desktop.core.text import nfc
from dcs_desktop.core.values import BLANK, Coverage, FieldType, Kind, State, Value
from dcs_desktop.i18n import _
from dcs_desktop.package.contents import CELL_HEADS, FIGURE_HEADS, ROW_HEAD, ROW_ID, Narrative
from dcs_desktop.package.faults import PackageFault, Unreadable
from dcs_desktop.package.header_parts import carried, drafts, with_own
from dcs_desktop.package.manifest import NAME, Header, Manifest, Resource
from dcs_desktop.package.sheets import lines, read, row_of, unguarded

MOST_FIGURES, MOST_ROWS, MOST_FAULTS = 20_000, 20_000, 50
LONGEST_TEXT = 2_000_000
LARGEST_TEMPLATE = 1_000_000
LARGE = 60_000
PLAIN, PROSE = FieldType(Kind.TEXT), FieldType(Kind.PROSE)
# So many lines of so many letters are remembered.
MOST_KNOWN, SHORT = 50_000, 300
FREE_TEXT = (Kind.TEXT, Kind.PROSE)
NEEDED = ("figures.csv", "narratives.json", "template.json")


def transport_faults(
    entries: Mapping[str, bytes], resources: Sequence[Resource], needed: Sequence[str] = NEEDED
) -> tuple[PackageFault, ...]:
    """Every file that is not the one the manifest lists, is missing, or was added."""
    return tuple(_transport_faults(entries, resources, needed))


def _transport_faults(
    entries: Mapping[str, bytes], resources: Sequence[Resource], needed: Sequence[str]
) -> Iterator[PackageFault]:
    listed = {resource.path: resource for resource in resources}
    for path, resource in listed.items():
        if path not in entries:
            yield _altered(path, _("thiếu trong gói"))
        elif "sha256:" + _sha256(entries[path]) != resource.hash:
            yield _altered(path, _("nội dung đã bị sửa sau khi xuất"))
    for name in entries:
        if name != NAME and name not in listed:
            yield _altered(name[:80], _("không thuộc gói"))
    for path in needed:
        if path not in listed:
            yield _altered(path, _("thiếu trong gói"))
    if len(listed) < len(resources):
        yield _altered(NAME, _("có tệp được liệt kê hai lần"))


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest() if len(data) < LARGE else _sha256_again(data)


@lru_cache(maxsize=4)
def _sha256_again(data: bytes) -> str:
    """The digest of what comes again and again, as templates do."""
    return hashlib.sha256(data).hexdigest()


def template_faults(data: bytes, head: Header, known: Mapping[str, bytes] | None) -> Iterator[PackageFault]:
    """How the template in a package stands to those the program knows, by reference; None asks nothing."""
    template = _template(data)
    if template is not None and template.reference != head.template:
        yield _altered("template.json", _("mẫu không đúng với phần đầu của gói"))
    elif known is not None and head.template in known:
        if template is None or not _same(data, known[head.template]):
            yield _altered(
                "template.json", _("mẫu khác với mẫu {name} đã ban hành").format(name=head.template)
            )
    elif known is not None:
        yield _strange_template(head.template, known)
    elif template is None:
        yield _altered("template.json", _("mẫu không đọc được"))


def _strange_template(reference: str, known: Mapping[str, bytes]) -> PackageFault:
    family, _at, version = reference.partition("@")
    versions = [version_key(other.partition("@")[2]) for other in known if other.partition("@")[0] == family]
    if versions and version_key(version) > max(versions):
        text = _(
            "Gói dùng mẫu {name} mới hơn chương trình này. Gói được giữ lại để xem; "
            "cập nhật chương trình hoặc mẫu để tổng hợp."
        )
        return PackageFault("template_newer", text.format(name=reference), "template.json")
    text = _("Gói dùng mẫu {name} mà chương trình không biết. Gói được giữ riêng và không được tổng hợp.")
    return PackageFault("template_unknown", text.format(name=reference), "template.json")


@lru_cache(maxsize=8)
def _template(data: bytes) -> Template | None:
    """The template in these bytes; JSON alone, for TOML takes longer to refuse."""
    if len(data) > LARGEST_TEMPLATE or not data.startswith(b"{"):
        return None
    try:
        return read_template(data, "template.json", lambda _reference: None)
    except (TemplateRefused, RecursionError, ValueError, TypeError):
        return None


@lru_cache(maxsize=8)
def _same(one: bytes, other: bytes) -> bool:
    return one == other or _template(one) == _template(other)


@lru_cache(maxsize=16)
def _form(data: bytes, level: str, kind: PeriodKind) -> Form | None:
    """The form for checking: its words are not filled in."""
    template = _template(data)
    try:
        return None if template is None else build(template, level, kind, {})
    except (KeyError, RecursionError):
        return None


def understood(entries: Mapping[str, bytes], manifest: Manifest) -> tuple[Report, Template, Form]:
    """The report, its template, and the form it was read by: its words are not filled in. Raises Unreadable with every fault found in the answers."""
    head = manifest.dcs
    data = entries["template.json"]
    template, form = _template(data), _form(data, head.level, Period.parse(head.period).kind)
    if template is None or form is None:
        raise Unreadable(_altered("template.json", _("mẫu không đọc được")))
    form = with_own(head, form)
    plain = None if head.own else _plain_lines(data, head.level, Period.parse(head.period).kind)
    reading = _Reading(entries, form, plain)
    values = {**reading.figures(), **reading.narratives()}
    rows = reading.tables({r.path: r.table for r in manifest.resources if r.path.startswith("tables/")})
    if reading.faults:
        raise Unreadable(*reading.faults[:MOST_FAULTS])
    accepted = {nfc(rule): nfc(reason) for rule, reason in head.accepted.items()}
    answers = Answers(values, rows, accepted, drafts(head, form, rows), carried(head, form), head.own)
    report = Report(head.identity, answers, _tidy(head.letterhead))
    if content_digest(report) != head.content_digest:
        raise Unreadable(_altered(NAME, _("nội dung không khớp mã nội dung ghi trong gói")))
    return report, template, form


class _Reading:
    """The answers of one package, and what is wrong with them."""

    def __init__(self, entries: Mapping[str, bytes], form: Form, plain: PlainLines | None) -> None:
        self.entries = entries
        self.form = form
        self.plain = plain
        self.faults: list[PackageFault] = []

    def rows_of(self, path: str, heads: tuple[str, ...]) -> Iterator[list[str]]:
        """The rows of a sheet, up to the first that is none."""
        try:
            yield from read(self.entries[path], heads, MOST_ROWS)
        except ValueError as error:
            self.faults.append(_altered(path, _("bảng không đúng khuôn dạng ({error})").format(error=error)))

    def figures(self) -> dict[str, Value]:
        """The figures and the states of tables, by key."""
        values = self.plain_figures() or self.figures_by_row()
        return {k: value for k, value in values.items() if value.state is not State.BLANK or value != BLANK}

    def plain_figures(self) -> dict[str, Value] | None:
        """The figures, where every line is right and each key stands once; None asks to read by row, for what is wrong."""
        try:
            found = lines(self.entries["figures.csv"], FIGURE_HEADS, MOST_ROWS)
            if found is None or self.plain is None:
                return None
            known = self.plain
            pairs = [known[line] for line in found]
        except ValueError:
            return None
        values = dict(pairs)
        return values if len(values) == len(pairs) else None

    def figures_by_row(self) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for row in self.rows_of("figures.csv", FIGURE_HEADS):
            key = row[0]
            value = None if key in values else _figure_of_row(self.form, row)
            if value is None:
                self.faults.append(_altered("figures.csv", _("dòng “{key}” không đúng").format(key=key[:80])))
            else:
                values[key] = value
        return values

    def narratives(self) -> dict[str, Value]:
        """The prose by item."""
        values: dict[str, Value] = {}
        try:
            told = msgspec.json.decode(self.entries["narratives.json"], type=tuple[Narrative, ...])
        except (msgspec.DecodeError, ValueError, RecursionError) as error:
            self.faults.append(_altered("narratives.json", str(error)[:100]))
            return {}
        for said in told:
            item = self.form.items.get(said.item)
            try:
                if item is None or not item.prose or said.item in values:
                    raise ValueError(said.item)
                if len(said.text or "") > LONGEST_TEXT:
                    raise ValueError(said.item)
                value = from_stored(PROSE, said.state, said.text)
                values[said.item] = Value(value.state, value.content, nfc(said.reason), nfc(said.note))
            except ValueError:
                text = _("nội dung của mục “{item}” không đúng").format(item=said.item[:80])
                self.faults.append(_altered("narratives.json", text))
        return values

    def tables(self, paths: Mapping[str, str]) -> dict[str, tuple[Row, ...]]:
        """The rows by table; ``paths`` says which table each sheet holds."""
        beside = self.beside_cells() if "cells.csv" in self.entries else {}
        rows: dict[str, tuple[Row, ...]] = {}
        for path, id in paths.items():
            table = self.form.tables.get(id)
            if table is None or id in rows:
                self.faults.append(_altered(path, _("bảng không có trong mẫu")))
            else:
                rows[id] = tuple(self.table_rows(path, table, beside))
        for table_id, row, column in beside:
            self.faults.append(
                _altered("cells.csv", _("không có ô “{key}”").format(key=f"{table_id}/{row}/{column}"[:80]))
            )
        return rows

    def beside_cells(self) -> dict[tuple[str, str, str], dict[str, str]]:
        """What stands beside the cells of tables, by table, row and column."""
        rows = (dict(zip(CELL_HEADS, row, strict=True)) for row in self.rows_of("cells.csv", CELL_HEADS))
        return {(r["table"], r["row"], r["column"]): r for r in rows}

    def table_rows(
        self, path: str, table: Table, beside: dict[tuple[str, str, str], dict[str, str]]
    ) -> Iterator[Row]:
        """The rows of one table; what stood beside their cells is taken out of ``beside``."""
        seen: set[str] = set()
        heads = (ROW_HEAD, *(column.id for column in table.columns))
        for row, *texts in self.rows_of(path, heads):
            try:
                if row in seen or not ROW_ID.fullmatch(row):
                    raise ValueError(row)
                cells = {
                    c.id: _cell(c.type, text, beside.pop((table.id, row, c.id), None))
                    for c, text in zip(table.columns, texts, strict=True)
                }
            except ValueError:
                self.faults.append(_altered(path, _("dòng “{row}” không đúng").format(row=row[:80])))
                continue
            seen.add(row)
            yield Row(row, {column: value for column, value in cells.items() if value != BLANK})


def _figure_of_row(form: Form, row: list[str]) -> Value | None:
    """One row of figures.csv, None when the template could not have asked or got it."""
    key, _label, _role, _kind, _unit, state, text, reason, note, covered, expected = row
    try:
        coverage = Coverage(_count(covered), _count(expected)) if covered else None
    except ValueError:
        return None
    value = _figure(form, key, state, text, reason, note)
    return value if value is None or coverage is None else replace(value, coverage=coverage)


def _figure(form: Form, key: str, state: str, text: str, reason: str = "", note: str = "") -> Value | None:
    """One figure, None when the form could not have asked or got it."""
    f = form.fields.get(key)
    if f is None and key not in form.tables:
        return None
    try:
        value = _value(PLAIN if f is None else f.type, state, text, reason, note)
    except ValueError:
        return None
    if (f is None and value.state is State.GIVEN) or (f is not None and not _possible(f, value, text)):
        return None
    return value


class PlainLines(dict[str, tuple[str, Value]]):
    """Key and value by the line of figures.csv, each understood once: most units say what others say too.

    Raises ValueError for a line that is not right.
    """

    def __init__(self, form: Form) -> None:
        super().__init__()
        self._form = form

    def __missing__(self, line: str) -> tuple[str, Value]:
        row = row_of(line)
        value = _figure_of_row(self._form, row) if len(row) == len(FIGURE_HEADS) else None
        if value is None:
            raise ValueError(line[:80])
        if len(self) == MOST_KNOWN:
            self.clear()
        if len(line) <= SHORT:
            self[line] = row[0], value
        return row[0], value


@lru_cache(maxsize=16)
def _plain_lines(data: bytes, level: str, kind: PeriodKind) -> PlainLines:
    form = _form(data, level, kind)
    assert form is not None, "asked for a form that was read"
    return PlainLines(form)


def _cell(kind: FieldType, text: str, beside: dict[str, str] | None) -> Value:
    if beside is None:
        return _value(kind, State.GIVEN.value, text, "", "") if text else BLANK
    return _value(kind, beside["state"], text, beside["reason"], beside["note"])


def _value(kind: FieldType, state: str, text: str, reason: str, note: str) -> Value:
    """A value of stored parts. Raises ValueError when they are none of this kind."""
    if kind.kind in FREE_TEXT:
        text = unguarded(text)
    content = text if state == State.GIVEN.value or text else None
    value = from_stored(kind, state, content)
    if not reason and not note:
        return value
    return Value(value.state, value.content, nfc(unguarded(reason)), nfc(unguarded(note)))


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise ValueError(text[:20])
    return int(text)


def _possible(f: Field, value: Value, text: str) -> bool:
    """Whether this field can hold this value, of this text, at all: not computed, and within what may be typed."""
    if f.role is Role.DERIVED:
        return False
    number, kind = value.content, f.type
    if f.role is not Role.ENTERED or not isinstance(number, Decimal):
        return True
    low = kind.smallest is None or number >= kind.smallest
    high = kind.largest is None or number <= kind.largest
    return len(text.partition(".")[2]) <= kind.decimals and low and high


def _tidy(letterhead: Letterhead) -> Letterhead:
    """The letterhead with its texts in the one form of Unicode."""
    return msgspec.convert(_nfc(msgspec.to_builtins(letterhead)), Letterhead, strict=False)


def _nfc(said: object) -> object:
    match said:
        case str():
            return nfc(said)
        case dict():
            return {nfc(key): _nfc(part) for key, part in said.items()}
        case list() | tuple():
            return [_nfc(part) for part in said]
        case _:
            return said


def _altered(entry: str, what: str) -> PackageFault:
    text = _("“{entry}”: {what}. Không có gì được nhập; đề nghị đơn vị xuất và gửi lại gói.")
    return PackageFault("altered", text.format(entry=entry, what=what), entry)
