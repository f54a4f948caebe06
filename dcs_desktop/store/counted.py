"""What totals are made of, of one package, as one text: its figures, what was said of its tables, their rows.

A plain number is its exact text alone; any other value lists state, kind, content, reason, note and coverage, what is
empty at the end left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

import msgspec

from dcs_desktop.core.report import Answers, Row
from dcs_desktop.core.values import BLANK, STORED_NUMBER, State, Value
from dcs_desktop.store.records import Broken, value_of, value_record
from dcs_desktop.store.statements import VALUE

Said = str | tuple[str | None, ...]
NUMBER = (State.GIVEN.value, "number")
EMPTY = ("", "", None, "", "", "")
MOST_DIGITS = 500


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
            return f"{content:f}"
        if content is None:
            return (value.state.value,)
    said = list(value_record(value).values())
    while said and not said[-1]:
        said.pop()
    return tuple(said)


def _values(said: Mapping[str, Said]) -> dict[str, Value]:
    return {key: meant(value) for key, value in said.items()}


def meant(said: Said) -> Value:
    """The value that was said. Raises Broken."""
    return _short(said) if isinstance(said, str) or len(said) == 1 else _meant(said)


@lru_cache(maxsize=50_000)
def _short(said: Said) -> Value:
    """Most units say what others say too."""
    return _meant(said)


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
