"""Units: which unit of which list, who stands above whom.

A code alone names no unit, for codes are given anew with every reform; a unit
is known by its code and the list it stands in (``31393@GSO-2025-07``). An
agency or enterprise has no official code: the receiving unit gives it one
(``CQ-001``) in a list of its own, ``own:`` and the receiving unit's code.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from dcs_desktop.core.text import APOSTROPHE, MARKS, fold, rank, sort_key, tone_style, words
from dcs_desktop.i18n import _

COLUMNS = ["code", "name", "type", "parent_code"]
OWN = "own:"
OWN_CODE = re.compile(r"[A-Z]{2}-[0-9]{3,5}")
FAULTS_SHOWN = 20


class UnitListFault(ValueError):
    """A list of units that cannot be used; ``faults`` are sentences naming line and remedy, all of them."""

    def __init__(self, list_id: str, faults: Iterable[str]) -> None:
        self.list_id = list_id
        self.faults = tuple(faults)
        shown = "\n".join(self.faults[:FAULTS_SHOWN])
        super().__init__(_("Danh mục đơn vị {id} có lỗi:").format(id=list_id) + "\n" + shown)


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
    """One unit as a list names it; ``type`` in lower case ("xã"), ``parent`` a code or "".

    The parent is of the same list, but for a unit of an own list: there it is
    the receiving unit, in whichever official list that one stands.
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
        """Province, district, commune or own, told by the code."""
        return LEVEL_OF_DIGITS.get(len(self.code), Level.OWN) if self.code.isdigit() else Level.OWN


@dataclass(frozen=True)
class UnitList:
    """A list of units with the days on which it holds; ``valid_until`` None while it is in force."""

    id: str
    title: str
    valid_from: date
    valid_until: date | None
    units: Mapping[str, Unit]

    @cached_property
    def below(self) -> Mapping[str, tuple[Unit, ...]]:
        """The units right below each code, "" for the provinces, in Vietnamese order."""
        found: dict[str, list[Unit]] = {}
        for unit in self.units.values():
            found.setdefault(unit.parent, []).append(unit)
        return {code: tuple(units) for code, units in found.items()}
