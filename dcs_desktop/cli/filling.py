"""Sets many answers of a report from JSON, each as if it were typed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dcs_desktop.cli.shown import Json, mapping, row_json, typed_text
from dcs_desktop.core.form import Role, Table
from dcs_desktop.core.lengths import LONGEST_TEXT
from dcs_desktop.core.report import Row
from dcs_desktop.core.row_changes import Cells, fresh_ids
from dcs_desktop.core.text import nfc
from dcs_desktop.core.trouble import Fault
from dcs_desktop.core.values import Coverage, FieldType, Kind, State, Value, parse, pending, with_note
from dcs_desktop.i18n import _
from dcs_desktop.workspace import Outcome, Workspace

PARTS = ("figures", "narratives", "tables", "questions")
# What ``show --json`` says of the report itself.
ABOUT = (
    "unit",
    "unit_name",
    "period",
    "template",
    "level",
    "receiver",
    "revision",
    "training",
    "carried",
    "beside",
    "given_by",
    "own",
)
# More than any report holds, and well within what a package does.
MOST_ROWS = 5_000
NONE_OF_TABLE = FieldType(Kind.TEXT)


@dataclass(frozen=True, slots=True)
class Filled:
    """The keys that were set, and (key, sentence) of those that were not."""

    keys: tuple[str, ...]
    faults: tuple[tuple[str, str], ...]


def fill(workspace: Workspace, said: Json) -> Filled:
    """Set figures, narratives and tables; what the form does not ask is a fault, derived figures are passed over."""
    filling = _Filling(workspace, [], [], {})
    parts = {part: mapping(said, part) for part in PARTS}
    for key in sorted(said.keys() - {*PARTS, *ABOUT}):
        message = _("Khóa “{key}” không dùng được; các khóa dùng được: {known}.")
        filling.faults.append((key, message.format(key=key, known=", ".join(PARTS))))
    with workspace.together():
        for table, rows in parts["tables"].items():
            filling.table(table, rows)
        for key, figure in parts["figures"].items():
            filling.figure(key, figure)
        for item, markup in parts["narratives"].items():
            filling.narrative(item, markup)
        for rule, answer in parts["questions"].items():
            filling.question(rule, answer)
        workspace.take_totals(filling.below)
    return Filled(tuple(filling.keys), tuple(filling.faults))


@dataclass(frozen=True, slots=True)
class _Filling:
    """One run of :func:`fill`; ``below`` are totals to be taken in together."""

    workspace: Workspace
    keys: list[str]
    faults: list[tuple[str, str]]
    below: dict[str, Value]

    def did(self, key: str, outcome: Outcome) -> None:
        if outcome.fault is None:
            self.keys.append(key)
        else:
            self.faults.append((key, outcome.fault.message))

    def figure(self, key: str, said: object) -> None:
        field = self.workspace.form.fields.get(key)
        if field is not None and field.role is not Role.DERIVED:
            self.answer(key, field.type, said, field.role)
        elif key in self.workspace.form.tables:
            self.answer(key, NONE_OF_TABLE, said)
        elif field is None:
            message = _("Mẫu của báo cáo này không có số liệu “{key}”.")
            self.faults.append((key, message.format(key=key)))

    def answer(self, key: str, type: FieldType, said: object, role: Role = Role.ENTERED) -> None:
        """Set a field or a cell to a bare value or to ``{state, value, reason, note}``."""
        figure: Json = said if isinstance(said, dict) else {"value": said}
        state = self.state(key, figure)
        if state is None:
            return
        typed = typed_text(type.kind, figure.get("value"))
        reason = str(figure.get("reason") or "")
        if role is Role.BELOW:
            self.total(key, type, state, typed, figure)
        elif state is State.GIVEN and role is Role.OVERRIDE and typed:
            self.did(key, self.workspace.override(key.removesuffix(".override"), typed, reason))
        elif state is State.GIVEN:
            self.did(key, self.workspace.enter(key, typed))
        elif state is State.BLANK and figure.get("typed"):
            self.did(key, self.workspace.enter(key, str(figure["typed"])))
        else:
            self.did(key, self.workspace.set_state(key, state, reason))
        if "note" in figure:
            self.workspace.set_note(key, str(figure["note"] or ""))

    def state(self, key: str, figure: Json) -> State | None:
        """The state said, or that of a bare value; None for what cannot be one."""
        named = figure.get("state", State.GIVEN)
        if named not in [state.value for state in State]:
            states = ", ".join(state.value for state in State)
            message = _("Trạng thái “{state}” không có; dùng một trong: {states}.")
            self.faults.append((key, message.format(state=named, states=states)))
            return None
        if isinstance(figure.get("value"), dict | list):
            self.faults.append((key, _("Giá trị phải là một số, một chuỗi, true, false hoặc null.")))
            return None
        if isinstance(figure.get("value"), str) and len(figure["value"]) > LONGEST_TEXT:
            self.faults.append((key, _too_long()))
            return None
        return State(named)

    def total(self, key: str, type: FieldType, state: State, typed: str, figure: Json) -> None:
        """Remember a total of the units below, with how many of them it covers."""
        value = parse(type, typed) if state is State.GIVEN else Value(state)
        if isinstance(value, Fault):
            self.faults.append((key, value.message))
            return
        covered, expected = figure.get("covered"), figure.get("expected")
        if isinstance(covered, int) and isinstance(expected, int):
            value = replace(value, coverage=Coverage(covered, expected))
        self.below[key.removesuffix(".below")] = value
        self.keys.append(key)

    def narrative(self, item: str, markup: object) -> None:
        known = self.workspace.form.items.get(item)
        if known is None or not known.prose:
            self.faults.append((item, _("Mẫu của báo cáo này không có mục “{item}”.").format(item=item)))
        elif isinstance(markup, str) and len(markup) > LONGEST_TEXT:
            self.faults.append((item, _too_long()))
        elif not isinstance(markup, str | None):
            message = _("Nội dung mục “{item}” phải là một chuỗi.")
            self.faults.append((item, message.format(item=item)))
        else:
            self.did(item, self.workspace.write(item, markup or ""))

    def question(self, rule: str, answer: object) -> None:
        """Answer a question of the receiving unit, named as ``check`` names it."""
        asked = {finding.rule for finding in self.workspace.asked.findings(self.workspace.form)}
        if rule in asked and isinstance(answer, str):
            self.did(rule, self.workspace.accept(rule, answer))
        else:
            message = _("Báo cáo này không có câu hỏi “{key}” của cấp trên.")
            self.faults.append((rule, message.format(key=rule)))

    def table(self, table: str, rows: object) -> None:
        known = self.workspace.form.tables.get(table)
        if known is None:
            self.faults.append((table, _("Mẫu của báo cáo này không có bảng “{table}”.").format(table=table)))
            return
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            message = _("Bảng “{table}” phải là một danh sách, mỗi dòng là một đối tượng JSON.")
            self.faults.append((table, message.format(table=table)))
            return
        if len(rows) > MOST_ROWS:
            message = _("Bảng “{table}” có quá {most} dòng. Hãy gộp các dòng lại.")
            self.faults.append((table, message.format(table=table, most=MOST_ROWS)))
            return
        if rows == [row_json(known, row, self.workspace.answers) for row in self._rows(table)]:
            return
        read = [self.row(known, id, row) for id, row in zip(fresh_ids((), len(rows)), rows, strict=True)]
        outcome = self.workspace.put_rows(table, read, instead=True)
        if outcome.fault is not None:
            self.faults.append((table, outcome.fault.message))

    def _rows(self, table: str) -> tuple[Row, ...]:
        return self.workspace.answers.rows.get(table, ())

    def row(self, table: Table, id: str, said: Json) -> Cells:
        """A row's cells as values, or as texts that none can be read from; what is no cell is a fault."""
        types = {column.id: column.type for column in table.columns}
        cells: dict[str, Value | str] = {}
        for column, value in said.items():
            key = f"{table.id}/{id}/{column}"
            if column in types:
                cell = self.cell(key, types[column], value)
                cells |= {column: cell} if cell is not None else {}
            elif column != "id":
                message = _("Bảng “{table}” không có cột “{column}”.")
                self.faults.append((key, message.format(table=table.id, column=column)))
        return cells

    def cell(self, key: str, type: FieldType, said: object) -> Value | str | None:
        """What a bare value or ``{state, value, reason, note}`` says in a cell, None when it says nothing that can be."""
        figure: Json = said if isinstance(said, dict) else {"value": said}
        state = self.state(key, figure)
        if state is None:
            return None
        typed = typed_text(type.kind, figure.get("value"))
        if state is State.BLANK:
            typed = str(figure.get("typed") or "")
        value = parse(type, typed) if state in (State.GIVEN, State.BLANK) else Value(state)
        if isinstance(value, Fault):
            self.faults.append((key, value.message))
            return typed
        self.keys.append(key)
        if state is State.PENDING:
            value = pending(nfc(str(figure.get("reason") or "")).strip())
        return with_note(value, nfc(str(figure.get("note") or "")))


def _too_long() -> str:
    return _("Nội dung dài quá {most} chữ cái. Hãy rút gọn.").format(most=LONGEST_TEXT)
