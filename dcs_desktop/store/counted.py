"""What totals are made of, of one package, as one text: its figures, what was said of its tables, their rows.

A plain number is its exact text alone; any other value lists state, kind, content, reason, note and coverage, what is
empty at the end left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import msgspec

from dcs_desktop.core.report import Answers, Row
from dcs_desktop.core.stored import STORED_NUMBER, exactly
from dcs_desktop.core.values import BLANK, State, Value
from dcs_desktop.store.records import Broken, value_of, value_record
from dcs_desktop.store.statements import VALUE

Said = str | tuple[str | None, ...]
NUMBER = (State.GIVEN.value, "number")
EMPTY = ("", "", None, "", "", "")
MOST_DIGITS = 500
MOST_KNOWN = 50_000


class _Counted(msgspec.Struct, frozen=True, omit_defaults=True):
    values: dict[str, Said]
    rows: dict[str, tuple[tuple[str, dict[str, Said]], ...]] = {}


def text_of(answers: Answers) -> str:
    """The figures and tables of these answers as one text, the same for the same answers."""
    rows = {
        table: tuple((row.id, _said(row.cells)) for row in found) for table, found in answers.rows.items()
    }
    return msgspec.json.encode(_Counted(_said(answers.values), rows), order="deterministic").decode()


def answers_of(text: str) -> Answers:
    """The answers of such a text. Raises Broken."""
    try:
        found = msgspec.json.decode(text, type=_Counted)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise Broken(str(error)) from error
    rows = {
        table: tuple([Row(id, _values(cells)) for id, cells in found]) for table, found in found.rows.items()
    }
    return Answers(_values(found.values), rows)


def _said(values: Mapping[str, Value]) -> dict[str, Said]:
    return {key: said_of(v) for key, v in values.items() if v.state is not State.BLANK or v != BLANK}


def said_of(value: Value) -> Said:
    """One value, as short as it can be said."""
    content = value.content
    if not (value.reason or value.note or value.coverage):
        if isinstance(content, Decimal):
            return exactly(content)
        if content is None:
            return (value.state.value,)
    said = list(value_record(value).values())
    while said and not said[-1]:
        said.pop()
    return tuple(said)


def _values(said: Mapping[str, Said]) -> dict[str, Value]:
    known = _KNOWN
    return {key: known[value] for key, value in said.items()}


def meant(said: Sequence[Said]) -> tuple[Value, ...]:
    """The values that were said. Raises Broken."""
    return tuple(map(_KNOWN.__getitem__, said))


def value_meant(said: Said) -> Value:
    """The value that was said. Raises Broken."""
    return _KNOWN[said]


def all_said(values: Sequence[Value]) -> list[Said]:
    """What each of many values says, most of which were understood here."""
    known = list(map(_KNOWN.said.get, map(id, values)))
    return [said_of(value) if said is None else said for said, value in zip(known, values, strict=True)]


class _Known(dict[Said, Value]):
    """Values by what says them: most units say what others say too, so that each is understood once.

    ``said`` holds the other way round, by the identity of the values that are here.
    """

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[int, Said] = {}

    def __missing__(self, said: Said) -> Value:
        if len(self) == MOST_KNOWN:
            self.said.clear()
            self.clear()
        value = self[said] = _meant(said)
        self.said[id(value)] = said
        return value


_KNOWN = _Known()


def _meant(said: Said) -> Value:
    if isinstance(said, str):
        return Value(State.GIVEN, _number(said))
    if not 1 <= len(said) <= len(VALUE):
        raise Broken("value")
    whole = said + EMPTY[len(said) :]
    if whole[:2] != NUMBER:
        return value_of(dict(zip(VALUE, whole, strict=True)))
    found = value_of(dict(zip(VALUE, (*NUMBER, "0", *whole[3:]), strict=True)))
    return replace(found, content=_number(str(whole[2])))


def _number(text: str) -> Decimal:
    """An exact number; a ratio has more digits than anybody types."""
    if len(text) > MOST_DIGITS or not STORED_NUMBER.fullmatch(text):
        raise Broken(text[:60])
    return Decimal(text)
