"""Finds the units that a typed name or code may mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from heapq import nsmallest
from operator import itemgetter
from typing import NamedTuple

from dcs_desktop.core.text import fold, marked, words
from dcs_desktop.core.units import Unit, UnitList, ancestors

MARKS_DIFFER = 8
LISTS_READY = 8


class Entry(NamedTuple):
    """A unit made ready for searching: folded names, and a line of all words that may find it."""

    unit: Unit
    plain: str
    full: str
    line: str


def search(lists: UnitList | Iterable[UnitList], text: str, limit: int = 20) -> list[Unit]:
    """The units that a typed name or code may mean, best first.

    Every word must begin a word of the unit's name, of a name above it, or
    its code; marks may be left out, but typed marks put the same marks first.
    Best is the whole name or code, then its beginning, then words within it;
    a name typed whole together with what stands above comes before a part.
    """
    searched = (lists,) if isinstance(lists, UnitList) else tuple(lists)
    sought = words(fold(text))
    if not sought:
        return []
    phrase = " ".join(sought)
    with_marks = [f" {word}" for word in words(marked(text))] if marked(text) != fold(text) else []
    hits = (
        (_distance(entry, phrase) + _penalty(units, entry, with_marks), entry.plain, turn, entry.unit)
        for turn, units in enumerate(searched)
        for entry in _found(_index(units), sought)
    )
    return [hit[-1] for hit in nsmallest(limit, hits, key=itemgetter(0, 1, 2))]


def _found(index: Sequence[Entry], sought: Sequence[str]) -> Sequence[Entry]:
    for word in sorted(sought, key=len, reverse=True):
        start = f" {word}"
        index = [entry for entry in index if start in entry.line]
    return index


def _distance(entry: Entry, phrase: str) -> int:
    code, plain, full = entry.unit.code, entry.plain, entry.full
    if phrase == code:
        return -1  # typed "11", the province of that code comes before every Phường 11
    if phrase in (plain, full):
        return 0
    if plain.startswith(phrase) or code.startswith(phrase):
        return 1
    if full.startswith(phrase):
        return 2
    if f" {phrase}" in full:
        return 3
    if phrase.startswith((f"{plain} ", f"{full} ")):
        return 3 if entry.line == f" {code} {phrase}" else 4
    typed = phrase.split()
    if set(plain.split()) <= set(typed):
        return 5
    return 6 if all(f" {word}" in f" {full}" for word in typed) else 7


def _penalty(units: UnitList, entry: Entry, with_marks: Sequence[str]) -> int:
    line = _marked_lines(units)[entry.unit.code] if with_marks else ""
    return 0 if all(word in line for word in with_marks) else MARKS_DIFFER


@lru_cache(maxsize=LISTS_READY)
def _index(units: UnitList) -> tuple[Entry, ...]:
    """Every unit of a list made ready for searching; costs some tenths of a second, once."""
    names = {unit.code: " ".join(words(fold(unit.name))) for unit in units.units.values()}
    types = {word: f"{fold(word)} " for word in {unit.type for unit in units.units.values()}}
    return tuple(
        Entry(
            unit, names[unit.code].removeprefix(types[unit.type]), names[unit.code], _line(units, unit, names)
        )
        for unit in units.units.values()
    )


@lru_cache(maxsize=LISTS_READY)
def _marked_lines(units: UnitList) -> dict[str, str]:
    """By code the words that may find each unit, with their marks."""
    names = {unit.code: " ".join(words(marked(unit.name))) for unit in units.units.values()}
    return {unit.code: _line(units, unit, names) for unit in units.units.values()}


def _line(units: UnitList, unit: Unit, names: dict[str, str]) -> str:
    above = [names[parent.code] for parent in ancestors(units, unit.code)]
    return " ".join(("", unit.code.lower(), names[unit.code], *above))
