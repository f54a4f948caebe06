"""The template as its author writes it: what a report asks, as data read from TOML.

One file holds one version of one family of forms, for every level of unit
that files it and every kind of period. What a single unit fills is made of it
by :func:`dcs_desktop.core.building.build`; reading is done by
:mod:`dcs_desktop.core.template_file`. The language is told in docs/template.md.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

KindName = Literal[
    "count",
    "decimal",
    "money",
    "area",
    "percent",
    "score",
    "rank",
    "yes_no",
    "choice",
    "choices",
    "date",
    "text",
]
RollUpName = Literal["sum", "same", "count", "list", "none"]
PeriodName = Literal["year", "half", "nine_months", "quarter"]
SourceName = Literal["own", "below", "both"]
SeverityName = Literal["error", "warning"]


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A record of the template file; a key that is not one of its fields is a fault."""


class Head(Entry, frozen=True):
    """The template itself: its identity, its title, and when a unit files with it.

    ``version`` is ordered by its numbers ("2025" < "2025.1"); ``extends``
    names the template (``id@version``) whose entries this one starts from;
    ``title`` is the kind of document ("Báo cáo"), ``subject`` what it is about.
    """

    id: str
    version: str
    name: str
    title: str
    subject: str
    valid_from: date
    valid_until: date | None = None
    periods: tuple[PeriodName, ...] = ("year",)
    extends: str = ""


class Level(Entry, frozen=True):
    """A level of unit that files: which units of the official lists, and whom it adds up.

    ``units`` are levels of the unit list (commune, district, province) or
    "own" for agencies and enterprises; ``below`` is the level whose packages
    this one takes in, "" for none.
    """

    id: str
    name: str
    units: tuple[str, ...]
    below: str = ""


class Places(Entry, frozen=True):
    """The words for named places ``<place>``: for all, by level, by type of unit, later over earlier."""

    all: dict[str, str] = {}
    level: dict[str, dict[str, str]] = {}
    type: dict[str, dict[str, str]] = {}


class ChoiceEntry(Entry, frozen=True):
    """One answer of a choice."""

    id: str
    label: str


class Covers(Entry, frozen=True):
    """The days a figure covers when they are not the whole period, as ``MM-DD``.

    ``periods`` are the kinds of period it is said of, () for all.
    """

    end: str
    start: str = "01-01"
    periods: tuple[PeriodName, ...] = ()


class FigureEntry(Entry, frozen=True):
    """One thing that is counted.

    ``entered`` says at which level it is entered, rolled up or both: the name
    of a pattern of ``[entered]`` or a table of level = source. ``pair`` asks
    for done and target (thực hiện / kế hoạch). ``formula`` makes it derived.
    ``scope`` tells whose fact it is: the unit's own or its whole area.
    ``required`` may also name the levels at which it is. ``standing`` marks a
    fact that seldom changes from one report to the next, such as the number of
    hamlets: a new report may take it over. It is a help for entry, no part of
    what is asked, and does not travel with packages.
    ``of`` names the figure of the period itself that this one counts since the
    start of the year: the two stand side by side on paper.
    ``aliases`` are what a text calls it besides its label; numbers beside them are
    compared with it. They do not travel either.
    """

    id: str
    label: str
    aliases: tuple[str, ...] = ()
    kind: KindName = "count"
    unit: str = ""
    pair: bool = False
    decimals: int | None = None
    required: bool | tuple[str, ...] = True
    rollup: RollUpName | None = None
    entered: str | dict[str, SourceName] = ""
    periods: tuple[PeriodName, ...] = ()
    formula: str = ""
    min: int | None = None
    max: int | None = None
    choices: tuple[ChoiceEntry, ...] = ()
    scope: Literal["own", "area"] = "own"
    covers: Covers | None = None
    cumulative: bool = False
    of: str = ""
    compare: Literal["year_before", "period_before"] = "year_before"
    standing: bool = False
    guidance: str = ""


class ColumnEntry(Entry, frozen=True):
    """A column of a table; ``width`` is its share of the printed width."""

    id: str
    label: str
    kind: KindName = "text"
    unit: str = ""
    decimals: int | None = None
    choices: tuple[ChoiceEntry, ...] = ()
    required: bool = False
    width: int = 10


class TableEntry(Entry, frozen=True):
    """A list with columns, a row a thing: issued documents, inspections, models.

    ``role = "documents"`` marks the table whose rows can be cited in prose:
    ``cite`` is how a document is named first, ``cite_short`` how afterwards,
    with columns in braces. They do not travel with packages.
    ``printed`` says where it stands on paper.
    """

    id: str
    label: str
    columns: tuple[ColumnEntry, ...]
    role: Literal["", "documents"] = ""
    rollup: Literal["list", "none"] = "list"
    printed: Literal["annex", "item", "no"] = "annex"
    required: bool = False
    levels: tuple[str, ...] = ()
    periods: tuple[PeriodName, ...] = ()
    guidance: str = ""
    cite: str = ""
    cite_short: str = ""


class LineEntry(Entry, frozen=True):
    """A printed line of an annex, its figures as ``{key}``; left out where a figure of it is not asked."""

    text: str
    levels: tuple[str, ...] = ()


class ItemEntry(Entry, frozen=True):
    """One prompt with its answer.

    ``answer`` is prose or nothing but figures and tables; ``printed`` says how
    the prompt stands on paper: as a dash line, as a numbered heading, or not
    at all. ``figures`` may also name, by id alone, figures asked elsewhere.
    ``lines`` are what an annex prints of it. ``default`` is a first answer.
    ``required`` may also name the levels at which it is.
    """

    id: str
    prompt: str
    answer: Literal["prose", "none"] = "prose"
    printed: Literal["dash", "heading", "no"] = "dash"
    number: str = ""
    required: bool | tuple[str, ...] = True
    levels: tuple[str, ...] = ()
    periods: tuple[PeriodName, ...] = ()
    figures: tuple[FigureEntry | str, ...] = ()
    tables: tuple[TableEntry, ...] = ()
    lines: tuple[LineEntry | str, ...] = ()
    guidance: str = ""
    legal: str = ""
    default: str = ""


class SectionEntry(Entry, frozen=True):
    """A heading with what stands under it; ``under`` is the section it belongs to, ``annex`` its annex."""

    id: str
    title: str
    number: str = ""
    under: str = ""
    annex: str = ""
    levels: tuple[str, ...] = ()
    periods: tuple[PeriodName, ...] = ()
    item: tuple[ItemEntry, ...] = ()


class AnnexEntry(Entry, frozen=True):
    """An annex of the printed report.

    ``form`` is "lines" (the lines of its sections' items), "figures" (the
    figures of its sections as a table, those of the whole report where no
    section names it) or "tables" (the tables printed "annex").
    """

    id: str
    title: str
    form: Literal["lines", "figures", "tables"] = "lines"
    landscape: bool = False


class CheckEntry(Entry, frozen=True):
    """A relation that must hold between answers; ``message`` may be left to be made of the labels."""

    id: str
    rule: str
    severity: SeverityName = "error"
    message: str = ""
    marks: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    periods: tuple[PeriodName, ...] = ()


class LetterheadEntry(Entry, frozen=True):
    """A letterhead to begin with, for one layout and some levels; every text may hold named places."""

    id: str
    layout: str
    levels: tuple[str, ...] = ()
    superior_body: str = ""
    issuing_body: str = ""
    series: str = ""
    place: str = ""
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signing: tuple[str, ...] = ()


class Template(Entry, frozen=True):
    """One version of a family of forms, whole: nothing is left to inherit."""

    template: Head
    level: tuple[Level, ...]
    places: Places = Places()
    entered: dict[str, dict[str, SourceName]] = {}
    default_entered: str = ""
    section: tuple[SectionEntry, ...] = ()
    annex: tuple[AnnexEntry, ...] = ()
    check: tuple[CheckEntry, ...] = ()
    letterhead: tuple[LetterheadEntry, ...] = ()
    retired: tuple[str, ...] = ()

    @property
    def reference(self) -> str:
        """``id@version``, as packages and the command line name it."""
        return f"{self.template.id}@{self.template.version}"


def version_key(version: str) -> tuple[int, ...]:
    """The order of versions: by their numbers."""
    return tuple(int(part) for part in version.split("."))
