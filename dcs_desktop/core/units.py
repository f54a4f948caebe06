"""Which unit of which list, who stands above whom.

A code alone names no unit, for codes are given anew with every reform; a unit
is known by its code and the list it stands in (``31393@GSO-2025-07``). An
agency or enterprise has no official code: the receiving unit gives it one
(``CQ-001``) in a list of its own, ``own:`` and the receiving unit's code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from dcs_desktop.core.text import sort_key
from dcs_desktop.i18n import _

OWN = "own:"
OWN_CODE = re.compile(r"[A-Z]{2}-[0-9]{3,5}")


class Level(StrEnum):
    """Where a unit stands; ``own`` is an agency or enterprise of a receiving unit's own list."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    OWN = "own"


# The Statistics Office gives a province two digits, a district three, a commune five.
LEVEL_OF_DIGITS = {2: Level.PROVINCE, 3: Level.DISTRICT, 5: Level.COMMUNE}


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit as a list names it: "Xã Phương Bình", its type in lower case, its parent's code or "".

    The parent stands in the same list, but for a unit of an own list: there
    it is the receiving unit, whichever official list that one stands in.
    """

    code: str
    name: str
    type: str
    parent: str
    list_id: str

    @property
    def identity(self) -> str:
        """Code and list, which together stay true for ever: "31393@GSO-2025-07"."""
        return f"{self.code}@{self.list_id}"

    @property
    def level(self) -> Level:
        """Province, district, commune or own, as the code tells."""
        return LEVEL_OF_DIGITS.get(len(self.code), Level.OWN) if self.code.isdigit() else Level.OWN


@dataclass(frozen=True)
class UnitListInfo:
    """What is known of a list before it is read; ``valid_until`` None while it is in force."""

    id: str
    title: str
    valid_from: date
    valid_until: date | None
    levels: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class UnitList(UnitListInfo):
    """A list of units by code, in the order of the list; equal only to itself."""

    units: Mapping[str, Unit]

    @cached_property
    def below(self) -> Mapping[str, tuple[Unit, ...]]:
        """The units right below each code, those without a parent under ""; in the order of the list."""
        found: dict[str, list[Unit]] = {}
        for unit in self.units.values():
            found.setdefault(unit.parent, []).append(unit)
        return {code: tuple(units) for code, units in found.items()}


def own_unit(code: str, name: str, type_word: str, receiver: Unit) -> Unit:
    """An agency or enterprise that the receiving unit expects reports from.

    Raises ValueError, with a sentence, for a code that is not like CQ-001.
    """
    if not OWN_CODE.fullmatch(code):
        raise ValueError(
            _("Mã “{code}” không đúng: hai chữ hoa, gạch nối, ba chữ số, như CQ-001.").format(code=code)
        )
    return Unit(code, name, type_word, receiver.code, OWN + receiver.code)


def plain_name(unit: Unit) -> str:
    """The name without the type word: "Phương Bình"; an agency's name is left whole.

    >>> plain_name(Unit("31426", "Xã Phương Bình", "xã", "934", "GSO-2024"))
    'Phương Bình'
    """
    word = unit.name[: len(unit.type)]
    if word.lower() == unit.type and unit.level is not Level.OWN:
        return unit.name[len(unit.type) + 1 :]
    return unit.name


def children(units: UnitList, code: str) -> list[Unit]:
    """The units right below one, in Vietnamese order; with "" the provinces."""
    return sorted(units.below.get(code, ()), key=lambda unit: sort_key(plain_name(unit)))


def ancestors(units: UnitList, code: str) -> list[Unit]:
    """Who stands above a unit, the nearest first; nobody above a code that is not there."""
    found: list[Unit] = []
    unit = units.units.get(code)
    while unit and (unit := units.units.get(unit.parent)):
        found.append(unit)
    return found


def level_of(units: UnitList, code: str) -> Level:
    """The level of a unit of this list. Raises KeyError for a code that is not there."""
    return units.units[code].level


def path_name(units: UnitList, code: str) -> str:
    """The name with everything above: "Xã Phương Bình, Huyện Phụng Hiệp, Tỉnh Hậu Giang"."""
    return ", ".join(unit.name for unit in (units.units[code], *ancestors(units, code)))


def list_for(lists: Iterable[UnitListInfo], day: date) -> str:
    """The id of the list in force on a day, for a period its last day.

    The earliest list also serves the days before it, the latest those after
    it: a report is never without a list. Raises ValueError when there is none.
    """
    in_order = sorted(lists, key=lambda info: info.valid_from)
    if not in_order:
        raise ValueError(_("Không có danh mục đơn vị nào."))
    return next((info.id for info in reversed(in_order) if info.valid_from <= day), in_order[0].id)


def find(lists: Iterable[UnitList], identity: str) -> Unit | None:
    """The unit of "31426@GSO-2024"; without the list's id, that of the first list that has the code."""
    code, at, list_id = identity.strip().partition("@")
    known = (units for units in lists if not at or units.id == list_id)
    return next((units.units[code] for units in known if code in units.units), None)
