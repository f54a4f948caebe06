"""What can be wrong with a package: a code of the closed list, a sentence, the entry it is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Code = Literal[
    "hostile",
    "not_a_package",
    "letter",
    "safety_copy",
    "altered",
    "forged",
    "damaged",
    "template_newer",
    "template_unknown",
]
GRAVEST_FIRST: tuple[Code, ...] = (
    "hostile",
    "not_a_package",
    "letter",
    "safety_copy",
    "damaged",
    "altered",
    "forged",
    "template_unknown",
    "template_newer",
)


@dataclass(frozen=True, slots=True)
class PackageFault:
    """One fault of a package; ``entry`` is the file inside it, "" for the whole."""

    code: Code
    message: str
    entry: str = ""


class Unreadable(Exception):
    """Nothing further can be read; carries every fault found so far."""

    def __init__(self, *faults: PackageFault) -> None:
        super().__init__(faults)
        self.faults = faults


def gravest(faults: Iterable[PackageFault]) -> PackageFault | None:
    """The fault that a package is refused for, the first of the gravest code; None without faults."""
    return min(faults, key=lambda fault: GRAVEST_FIRST.index(fault.code), default=None)
