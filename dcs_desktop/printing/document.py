"""What a printed report is made of, block by block: no ReportLab, no millimetre."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from dcs_desktop.core.picture import Picture
from dcs_desktop.core.report import Identity, Letterhead

USUAL = 10
"""The share of a usual column in a table that has leading ones."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of letters in one style, or the mark of a footnote, or a pair of tick boxes, or a lone one.

    ``note`` is the number of the footnote whose mark stands here; one that
    ``repeats`` was marked before. ``figure`` is the link of a linked figure as
    the narrative's source writes it, without its braces.
    """

    text: str = ""
    bold: bool = False
    italic: bool = False
    note: int = 0
    repeats: bool = False
    box: Literal["", "yes", "no", "open", "lone"] = ""
    figure: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading; depth 0 for I, 1 for 1, 2 for an item's own. ``place`` is the section's or item's id."""

    place: str
    depth: int
    number: str
    title: str
    marks: Runs = ()


@dataclass(frozen=True, slots=True)
class Prompt:
    """The dash line that an answer stands under."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Body:
    """A paragraph of the report, an entry of a list (``number``: the one it bears), or a line of a form in an annex."""

    place: str
    runs: Runs
    bullet: bool = False
    form: bool = False
    number: int = 0

    @property
    def lead(self) -> str:
        """What stands before it."""
        return "- " if self.bullet else f"{self.number}. " if self.number else ""

    @property
    def leads(self) -> bool:
        """Whether it announces what follows, and so does not end a page."""
        return plain(self.runs).rstrip().endswith(":")


@dataclass(frozen=True, slots=True)
class Blank:
    """An answer that is not there: a dotted line, or several to write on."""

    place: str
    lines: int = 1


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a table; ``spans`` says how many columns each cell takes, one each if it says nothing.

    A single cell over all columns heads the rows below it. ``place`` is the item, ``key`` the figure or
    the row of a table that is printed.
    """

    place: str
    cells: tuple[Runs, ...]
    spans: tuple[int, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose head is repeated; ``widths`` are shares of the line, ``centred`` and ``right`` the columns that are.

    One that has ``lead`` columns is as wide as its figures ask for, in letters of its own: where the line
    is too short it goes on below, those columns first in each part. A share of USUAL is then a usual column.
    """

    place: str
    title: str
    head: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[GridRow, ...]
    centred: tuple[int, ...] = ()
    right: tuple[int, ...] = ()
    lead: int = 0


@dataclass(frozen=True, slots=True)
class Illustration:
    """A picture of figures that stand in a table of the same annex; never cut."""

    place: str
    picture: Picture


Block = Heading | Prompt | Body | Blank | Grid | Illustration


@dataclass(frozen=True, slots=True)
class AnnexPart:
    """An annex, on pages of its own; one that is ``traced`` bears the mark that ties paper to file."""

    id: str
    title: str
    landscape: bool
    blocks: tuple[Block, ...]
    traced: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report as it will be printed; one without blocks is its annexes alone.

    ``notes`` are the footnotes by number, each its paragraphs; ``units`` the
    words that stay with the number before them; ``digest`` the content
    digest. A ``draft`` bears the mark of one on every page; one that is ``marked``
    bears on every page the mark that ties paper to file. What is filled in ``by_hand`` has its lines and rows far enough apart to write in. ``names``
    are what items, by id, and figures, by link, are called.
    """

    identity: Identity
    title: str
    subject: str
    letterhead: Letterhead
    blocks: tuple[Block, ...]
    annexes: tuple[AnnexPart, ...] = ()
    notes: Mapping[int, tuple[Runs, ...]] = field(default_factory=dict)
    units: frozenset[str] = frozenset()
    digest: str = ""
    draft: bool = False
    marked: bool = False
    by_hand: bool = False
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def everything(self) -> Iterator[Block]:
        """The blocks of the report and of its annexes."""
        yield from self.blocks
        for annex in self.annexes:
            yield from annex.blocks


def plain(runs: Runs) -> str:
    """The letters of some runs."""
    return "".join(run.text for run in runs)
