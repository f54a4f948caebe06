"""Values as exact text, the one form of store, package and command line."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from dcs_desktop.core import several
from dcs_desktop.core.text import nfc
from dcs_desktop.core.values import BARE, DIGITS_MOST, Content, FieldType, Kind, State, Value

STORED_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)


def to_stored(value: Value) -> str | None:
    """The content as exact text, the one form of store, package and command line."""
    match value.content:
        case Decimal():
            return exactly(value.content)
        case None:
            return None
        case bool():
            return "yes" if value.content else "no"
        case date():
            return value.content.isoformat()
        case str():
            return value.content


def exactly(number: Decimal) -> str:
    """An exact number in figures alone: no exponent, nothing grouped."""
    text = str(number)
    return format(number, "f") if "E" in text else text


def from_stored(kind: FieldType, state: str, text: str | None) -> Value:
    """The value of a stored state and text.

    Raises ValueError when the text is not one that :func:`to_stored` writes
    for a field of this kind: such a record was damaged or altered.
    """
    if text is None and state in BARE:
        return BARE[state]
    if text is None or state != State.GIVEN:
        raise ValueError(f"content {text!r} in state {state}")
    return _number(text) if kind.numeric else Value(State.GIVEN, _content(kind, text))


@lru_cache(maxsize=20_000)  # thousands of reports say the same few
def _number(text: str) -> Value:
    if len(text) > 2 * DIGITS_MOST or not STORED_NUMBER.fullmatch(text):
        raise ValueError(f"not a number: {text[:60]!r}")
    return Value(State.GIVEN, Decimal(text))


def _content(kind: FieldType, text: str) -> Content:
    match kind.kind:
        case Kind.YES_NO:
            return {"yes": True, "no": False}[several.one_of(text, ("yes", "no"))]
        case Kind.DATE:
            return date.fromisoformat(text)
        case Kind.CHOICE:
            return several.one_of(text, kind.ids)
        case Kind.CHOICES:
            return several.some_of(text, kind.ids)
        case _:
            return nfc(text)
