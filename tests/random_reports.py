"""Reports filled at random, as a hand would: typed texts right and wrong, states, notes, rows, prose, own additions."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Final

from dcs_desktop.core.form import Role
from dcs_desktop.core.own import KINDS, addition
from dcs_desktop.core.report import Letterhead
from dcs_desktop.core.values import FieldType, Kind, State
from dcs_desktop.workspace import Workspace

WORDS: Final = ("Phương Bình", "hòa giải", "=1+1", "ấp 3", "“dân biết”", "Đắk Lắk", "Việt Nam", "98,5%", "")
STATES: Final = (State.NONE, State.PENDING, State.NOT_APPLICABLE, State.BLANK)


def text(chance: Random) -> str:
    """Some words, now and then on two lines."""
    return " ".join(chance.choices(WORDS, k=chance.randint(1, 9))).strip() or "không rõ"


def typed(kind: FieldType, chance: Random) -> str:
    """What is typed into a field of a kind: mostly what fits."""
    if chance.random() < 0.1:
        return chance.choice(("1.2.3", "mười hai", "1;5", "-"))
    if kind.numeric:
        return str(chance.choice((0, 7, 12, chance.randint(0, 99), chance.randint(0, 10**9))))
    match kind.kind:
        case Kind.YES_NO:
            return chance.choice(("có", "không"))
        case Kind.CHOICE | Kind.CHOICES:
            return chance.choice(kind.choices).label
        case Kind.DATE:
            return f"{chance.randint(1, 28)}/{chance.randint(1, 12)}/2024"
        case _:
            return text(chance)


def fill(workspace: Workspace, chance: Random, steps: int) -> None:
    """So many things done to a report, in one action."""
    deeds = (_enter, _enter, _enter, _state, _note, _row, _prose, _own)
    with workspace.together():
        for _step in range(steps):
            chance.choice(deeds)(workspace, chance)
    if chance.random() < 0.5:
        workspace.set_letterhead(Letterhead(number=str(chance.randint(1, 99)), day=date(2024, 12, 9)))


def _field(workspace: Workspace, chance: Random) -> str:
    return chance.choice([f.key for f in workspace.form.fields.values() if f.role is not Role.DERIVED])


def _enter(workspace: Workspace, chance: Random) -> None:
    key = _field(workspace, chance)
    workspace.enter(key, typed(workspace.form.type_of(key), chance))


def _state(workspace: Workspace, chance: Random) -> None:
    workspace.set_state(_field(workspace, chance), chance.choice(STATES), text(chance))


def _note(workspace: Workspace, chance: Random) -> None:
    workspace.set_note(_field(workspace, chance), text(chance))


def _row(workspace: Workspace, chance: Random) -> None:
    table = chance.choice([*workspace.form.tables.values()])
    row = workspace.add_row(table.id).row
    for column in chance.sample(table.columns, chance.randint(1, len(table.columns))):
        workspace.enter(f"{table.id}/{row}/{column.id}", typed(column.type, chance))


def _prose(workspace: Workspace, chance: Random) -> None:
    item = chance.choice([item.id for item in workspace.form.items.values() if item.prose])
    workspace.write(
        item, f"{text(chance)}.\n- **{text(chance)}**\n- *đã* {text(chance)}[^1]\n\n[^1]: {text(chance)}"
    )


def _own(workspace: Workspace, chance: Random) -> None:
    key, kind = f"own.{chance.randint(1, 4)}", chance.choice(KINDS)
    section = chance.choice([s.id for s in workspace.form.sections if s.items and not s.annex])
    workspace.set_own(key, addition(workspace.form, section, kind, text(chance), "người"))
