"""What a Word file of a report says once it comes back: plain records, whatever the file was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dcs_desktop.core.narrative import Link

WordCode = Literal["hostile", "not_word", "damaged", "not_ours", "other_report", "other_template", "macros"]


@dataclass(frozen=True, slots=True)
class WordFault:
    """Why a file is not read: a code, and a sentence with place and remedy."""

    code: WordCode
    message: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Which report a file was written of: ``unit`` as ``code@list``, ``digest`` of its content then."""

    unit: str
    period: str
    revision: int
    template: str
    digest: str


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A linked figure of a text, and what stands in its place."""

    link: Link
    text: str


@dataclass(frozen=True, slots=True)
class ReturnedItem:
    """The text of one item: its canonical string, footnotes numbered as they are met; its figures in order.

    ``placeholder``: the file says that nothing was entered there.
    """

    markup: str
    figures: tuple[StatedFigure, ...] = ()
    placeholder: bool = False


@dataclass(frozen=True, slots=True)
class Outside:
    """A paragraph that belongs to no item; ``after`` is the item it follows, "" before the first.

    ``source`` is its text with the links of its figures in their place.
    """

    after: str
    text: str
    source: str
    figures: tuple[StatedFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """What was met on the way: tracked changes (taken as accepted), comments, pictures and the like, struck runs."""

    tracked: int = 0
    comments: int = 0
    left_out: int = 0
    struck: int = 0


@dataclass(frozen=True, slots=True)
class Returned:
    """A Word file as it was read; with ``faults`` there is nothing else to be had of it.

    ``unknown`` are the tags of content controls that are not the program's.
    """

    file_name: str
    origin: Origin | None = None
    items: Mapping[str, ReturnedItem] = field(default_factory=dict)
    outside: tuple[Outside, ...] = ()
    counted: Counted = Counted()
    unknown: tuple[str, ...] = ()
    faults: tuple[WordFault, ...] = ()
