"""What a workbook's sheets hold, found out before another library reads them: how far they reach, which cells compute."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from time import monotonic
from typing import Final, NoReturn
from xml.parsers import expat

MOST_CELLS: Final = 200_000
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 300
MOST_SHEETS: Final = 100
LONGEST_SECONDS: Final = 10.0
LOOK_EVERY: Final = 4096
PLACE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
Cells = set[tuple[int, int]]


class BrokenSheet(Exception):
    """It is no well-formed sheet."""


class HostileSheet(Exception):
    """It has a document type, or holds more, or reaches further, than any form."""


@dataclass(slots=True)
class Survey:
    """The cells of a sheet that are formulas, and those of these that hold no result; places count from 0."""

    formulas: Cells = field(default_factory=set)
    without_result: Cells = field(default_factory=set)
    cells: int = 0


@dataclass(frozen=True, slots=True)
class Named:
    """A sheet as the workbook lists it: its name, and the id under which its part is found."""

    name: str
    part: str


def surveyed(data: bytes) -> Survey:
    """Look through one sheet. Raises BrokenSheet, HostileSheet."""
    survey, looking = Survey(), _Looking()

    def start(name: str, said: dict[str, str]) -> None:
        looking.tick()
        match name.rpartition(":")[2]:
            case "c":
                survey.cells += 1
                if survey.cells > MOST_CELLS:
                    raise HostileSheet
                looking.here = _place(said.get("r", ""))
            case "f" if looking.here is not None:
                survey.formulas.add(looking.here)
                survey.without_result.add(looking.here)
            case "v" | "is" if looking.here is not None:
                survey.without_result.discard(looking.here)

    _parse(data, start)
    return survey


def sheets(workbook: bytes, relations: bytes) -> dict[str, str]:
    """The part of each sheet by its name, as the workbook and its relations say. Raises BrokenSheet, HostileSheet."""
    named: list[Named] = []
    targets: dict[str, str] = {}

    def of_workbook(name: str, said: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "sheet":
            id = next((text for key, text in said.items() if key.rpartition(":")[2] == "id"), "")
            named.append(Named(said.get("name", ""), id))
            if len(named) > MOST_SHEETS:
                raise HostileSheet

    def of_relations(name: str, said: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "Relationship" and said.get("TargetMode", "") != "External":
            targets[said.get("Id", "")] = said.get("Target", "")

    _parse(workbook, of_workbook)
    _parse(relations, of_relations)
    found = {one.name: _part(targets.get(one.part, "")) for one in named}
    if len(found) != len(named) or not all(found.values()):
        raise BrokenSheet
    return found


def _part(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}" if target else ""


@dataclass(slots=True)
class _Looking:
    """Where reading stands, and when it has to be over."""

    here: tuple[int, int] | None = None
    count: int = 0
    ends: float = field(default_factory=lambda: monotonic() + LONGEST_SECONDS)

    def tick(self) -> None:
        """One more element."""
        self.count += 1
        if self.count % LOOK_EVERY == 0 and monotonic() > self.ends:
            raise HostileSheet


def _place(text: str) -> tuple[int, int]:
    """A place such as "F7". Raises HostileSheet beyond what a form reaches, BrokenSheet for what is none."""
    found = PLACE.fullmatch(text)
    if found is None:
        raise BrokenSheet
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    if int(found[2]) > MOST_ROWS or column > MOST_COLUMNS:
        raise HostileSheet
    return int(found[2]) - 1, column - 1


def _parse(data: bytes, start: object) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = start  # type: ignore[assignment]  # one of the handlers above
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise BrokenSheet from error


def _refuse(*_what: object) -> NoReturn:
    raise HostileSheet
