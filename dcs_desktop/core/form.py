"""The form that one unit fills: a template seen from one level, for one kind of period, in the unit's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from dcs_desktop.core import formula
from dcs_desktop.core.period import PeriodKind
from dcs_desktop.core.report import Letterhead
from dcs_desktop.core.template import Covers, Level
from dcs_desktop.core.trouble import Severity
from dcs_desktop.core.values import FieldType, Kind

PROSE = FieldType(Kind.PROSE)


class Role(StrEnum):
    """What a field is for.

    ENTERED fields are typed; DERIVED ones computed; BELOW holds the total of
    the units below as it was taken in, OVERRIDE what the receiving unit puts
    in its place, with a reason.
    """

    ENTERED = "entered"
    DERIVED = "derived"
    BELOW = "below"
    OVERRIDE = "override"


class Source(StrEnum):
    """Where a figure of this form comes from: entered here, rolled up from below, or both added."""

    OWN = "own"
    BELOW = "below"
    BOTH = "both"


class RollUp(StrEnum):
    """How a figure is added up over units.

    RATIO is a derived figure, computed again from the totals it is made of;
    COUNT counts the units that say yes.
    """

    SUM = "sum"
    SAME = "same"
    COUNT = "count"
    RATIO = "ratio"
    LIST = "list"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Field:
    """One answer with a key of its own.

    ``figure`` is the id of the figure it belongs to; ``label`` is whole
    ("Giám sát của MTTQ – kế hoạch"); ``formula`` stands on derived fields but
    for those of rolled-up figures, which are override, else own plus below.
    """

    key: str
    figure: str
    label: str
    type: FieldType
    role: Role = Role.ENTERED
    formula: formula.Expression | None = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that is counted, with the fields it is answered in.

    A pair has the fields ``id.done``, ``id.target`` and the derived
    ``id.percent``. Where ``source`` is BELOW or BOTH, each base field K is
    derived from ``K.below``, ``K.override`` and, for BOTH, ``K.own``.
    ``of`` is the figure of the period that this one counts since the start of
    the year. ``aliases`` are what a text calls it besides its label.
    """

    id: str
    label: str
    type: FieldType
    pair: bool
    source: Source
    roll_up: RollUp
    required: bool
    derived: bool
    scope: str
    covers: Covers | None
    cumulative: bool
    of: str
    compare: str
    standing: bool
    guidance: str
    fields: tuple[Field, ...]
    aliases: tuple[str, ...] = ()

    @property
    def base_keys(self) -> tuple[str, ...]:
        """The keys that hold the figure itself: (id,), or done and target of a pair."""
        return (f"{self.id}.done", f"{self.id}.target") if self.pair else (self.id,)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    id: str
    label: str
    type: FieldType
    required: bool
    width: int


@dataclass(frozen=True, slots=True)
class Table:
    """A list with columns; the key of a cell is ``table/row/column``."""

    id: str
    label: str
    columns: tuple[Column, ...]
    role: str
    roll_up: RollUp
    printed: str
    required: bool
    guidance: str
    cite: str = ""
    cite_short: str = ""

    def column(self, id: str) -> Column:
        """The column of this id. Raises KeyError."""
        return next((c for c in self.columns if c.id == id), None) or _missing(id)


def _missing(id: str) -> Column:
    raise KeyError(id)


@dataclass(frozen=True, slots=True)
class Item:
    """One prompt with its answer: prose under the item's id, figures, tables.

    ``figures`` are those asked here, ``shows`` the ids of figures asked
    elsewhere that stand here too, ``order`` all of them as they stand.
    """

    id: str
    section: str
    prompt: str
    prose: bool
    printed: str
    number: str
    required: bool
    figures: tuple[Figure, ...]
    shows: tuple[str, ...]
    order: tuple[str, ...]
    tables: tuple[Table, ...]
    lines: tuple[str, ...]
    guidance: str
    legal: str
    default: str

    @property
    def asked(self) -> Iterator[Field]:
        """The fields that wait for an answer: entered ones, and totals from below."""
        for figure in self.figures:
            for f in figure.fields:
                if f.role is Role.ENTERED or (f.role is Role.DERIVED and f.formula is None):
                    yield f


@dataclass(frozen=True, slots=True)
class Section:
    """A heading; ``depth`` is 0 for I, 1 for II.1; ``annex`` the id of the annex it belongs to."""

    id: str
    title: str
    number: str
    depth: int
    under: str
    annex: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex of the printed report."""

    id: str
    title: str
    form: str
    landscape: bool


@dataclass(frozen=True, slots=True)
class Check:
    """A relation that must hold; a message that is "" is made of the labels."""

    id: str
    rule: formula.Comparison
    severity: Severity
    message: str
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Form:
    """Everything one unit is asked in one period, worded for it.

    ``title`` and ``subject`` head the paper. ``fields`` holds every field by
    key: figures' (derived ones in the order in which they can be computed)
    and, for text checks, nothing else; narratives and tables are found by
    :attr:`items` and :attr:`tables`. ``letterheads`` are proposals, the first of a
    layout the usual one.
    """

    template: str
    level: Level
    period: PeriodKind
    title: str
    subject: str
    sections: tuple[Section, ...]
    annexes: tuple[Annex, ...]
    checks: tuple[Check, ...]
    letterheads: tuple[Letterhead, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every item by id, in the report's order."""
        return {item.id: item for section in self.sections for item in section.items}

    @cached_property
    def figures(self) -> Mapping[str, Figure]:
        """Every figure by id, in the report's order."""
        return {figure.id: figure for item in self.items.values() for figure in item.figures}

    @cached_property
    def item_of(self) -> Mapping[str, str]:
        """The item at which a figure, field, table or narrative is answered."""
        found = {}
        for item in self.items.values():
            found[item.id] = item.id
            found |= {figure.id: item.id for figure in item.figures}
            found |= {f.key: item.id for figure in item.figures for f in figure.fields}
            found |= {table.id: item.id for table in item.tables}
        return found

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """Every field by key, in the report's order."""
        return {f.key: f for figure in self.figures.values() for f in figure.fields}

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        """Every table by id."""
        return {table.id: table for item in self.items.values() for table in item.tables}

    @cached_property
    def derived(self) -> tuple[Field, ...]:
        """The derived fields, each after those it is computed from."""
        waiting = {f.key: f for f in self.fields.values() if f.role is Role.DERIVED}
        ordered: dict[str, Field] = {}
        for key in tuple(waiting):
            _place(key, waiting, ordered)
        return tuple(ordered.values())

    @cached_property
    def required(self) -> Mapping[str, tuple[Field, ...]]:
        """The fields that must be answered, by item."""
        return {item.id: tuple(f for f in item.asked if f.required) for item in self.items.values()}

    @cached_property
    def used(self) -> Mapping[str, tuple[str, ...]]:
        """The fields that each computed one speaks of, by its key."""
        return {f.key: formula.names(f.formula) for f in self.derived if f.formula is not None}

    def section_of(self, key: str) -> Section:
        """The section in which a field, cell, item or table is answered. Raises KeyError."""
        item = self.items[self.item_of[key.partition("/")[0]]]
        return next(section for section in self.sections if section.id == item.section)

    def type_of(self, key: str) -> FieldType:
        """What may be typed under a key: a figure's field, a cell, a narrative. Raises KeyError."""
        if "/" in key:
            table, _row, column = key.split("/", 2)
            return self.tables[table].column(column).type
        if key in self.items or key in self.tables:
            return PROSE
        return self.fields[key].type

    def label_of(self, key: str) -> str:
        """What a field, cell, item or table is called. Raises KeyError."""
        if "/" in key:
            table, _row, column = (*key.split("/", 2), "")[:3]
            if not column:
                return self.tables[table].label
            return f"{self.tables[table].label} – {self.tables[table].column(column).label}"
        if key in self.items:
            return self.items[key].prompt
        return self.tables[key].label if key in self.tables else self.fields[key].label

    def can_link(self, key: str) -> bool:
        """Whether a text can have a link of this key: a figure, a field, a table, or a row of one."""
        return key in self.fields or key in self.figures or key.partition("/")[0] in self.tables

    def place_of(self, key: str) -> str:
        """Where a key stands, for messages: the number path of its item, such as "III.1.e" or "A6"."""
        return self.item_of[key.partition("/")[0]]


def _place(key: str, waiting: dict[str, Field], ordered: dict[str, Field]) -> None:
    """Put a derived field after those of its formula (cycles are faults of the template, found before)."""
    found = waiting.pop(key, None)
    if found is None:
        return
    names = formula.names_now(found.formula) if found.formula is not None else ()
    for name in names:
        _place(name, waiting, ordered)
    ordered[key] = found
