"""Sets many answers of a report from JSON, each as if it were typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dcs_desktop.cli.shown import Json, mapping, typed_text
from dcs_desktop.core.form import Role
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.values import State
from dcs_desktop.i18n import _
from dcs_desktop.workspace import Outcome, Workspace


@dataclass(frozen=True, slots=True)
class Filled:
    """The keys that were set, and (key, sentence) of those that were not."""

    keys: tuple[str, ...]
    faults: tuple[tuple[str, str], ...]


def fill(workspace: Workspace, said: Json) -> Filled:
    """Set figures, narratives and tables; what the form does not ask is a fault, derived figures are passed over."""
    filling = _Filling(workspace, [], [])
    for key, figure in mapping(said, "figures").items():
        filling.figure(key, figure)
    for item, markup in mapping(said, "narratives").items():
        filling.narrative(item, markup)
    for table, rows in mapping(said, "tables").items():
        filling.table(table, rows)
    return Filled(tuple(filling.keys), tuple(filling.faults))


@dataclass(frozen=True, slots=True)
class _Filling:
    """One run of :func:`fill`."""

    workspace: Workspace
    keys: list[str]
    faults: list[tuple[str, str]]

    def did(self, key: str, outcome: Outcome) -> None:
        if outcome.fault is None:
            self.keys.append(key)
        else:
            self.faults.append((key, outcome.fault.message))

    def figure(self, key: str, said: object) -> None:
        field = self.workspace.form.fields.get(key)
        if field is None:
            self.faults.append((key, _("Mẫu của báo cáo này không có số liệu “{key}”.").format(key=key)))
            return
        if field.role is Role.DERIVED:
            return
        figure: Mapping[str, Any] = said if isinstance(said, dict) else {"value": said}  # Any: JSON
        state = self.state(key, figure)
        if state is None:
            return
        if state is State.GIVEN:
            typed = typed_text(field.type.kind, figure.get("value"))
            if field.role is Role.OVERRIDE and typed:
                self.did(
                    key,
                    self.workspace.override(
                        field.key.removesuffix(".override"), typed, str(figure.get("reason", ""))
                    ),
                )
            else:
                self.did(key, self.workspace.enter(key, typed))
        else:
            self.did(key, self.workspace.set_state(key, state, str(figure.get("reason", ""))))
        if note := figure.get("note"):
            self.workspace.set_note(key, str(note))

    def state(self, key: str, figure: Mapping[str, Any]) -> State | None:  # Any: JSON
        """The state said, or that of a bare value; None for one that is not of the closed list."""
        named = figure.get("state", State.GIVEN)
        if named not in [state.value for state in State]:
            states = ", ".join(state.value for state in State)
            message = _("Trạng thái “{state}” không có; dùng một trong: {states}.")
            self.faults.append((key, message.format(state=named, states=states)))
            return None
        return State(named)

    def narrative(self, item: str, markup: object) -> None:
        known = self.workspace.form.items.get(item)
        if known is None or not known.prose:
            self.faults.append((item, _("Mẫu của báo cáo này không có mục “{item}”.").format(item=item)))
        else:
            self.did(item, self.workspace.write(item, str(markup or "")))

    def table(self, table: str, rows: object) -> None:
        known = self.workspace.form.tables.get(table)
        if known is None or not isinstance(rows, list):
            self.faults.append((table, _("Mẫu của báo cáo này không có bảng “{table}”.").format(table=table)))
            return
        for row in self.workspace.answers.rows.get(table, ()):
            self.workspace.remove_row(table, row.id)
        columns = {column.id: column for column in known.columns}
        for said in rows:
            self.row(table, said, {id: column.type.kind for id, column in columns.items()})

    def row(self, table: str, said: object, kinds: Mapping[str, Any]) -> None:  # Any: kinds by column
        if not isinstance(said, dict):
            raise Refusal(_("Bảng “{table}”: mỗi dòng phải là một đối tượng JSON.").format(table=table))
        id = self.workspace.add_row(table).row
        for column, value in said.items():
            key = f"{table}/{id}/{column}"
            if column in kinds:
                self.did(key, self.workspace.enter(key, typed_text(kinds[column], value)))
            elif column != "id":
                self.faults.append(
                    (key, _("Bảng “{table}” không có cột “{column}”.").format(table=table, column=column))
                )
