"""Builds the form of one level and kind of period from a template.

A form speaks the language of its template, whatever the window speaks: its
labels are printed and travel in packages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from dcs_desktop.core import formula
from dcs_desktop.core.form import (
    Annex,
    Check,
    Column,
    Field,
    Figure,
    Form,
    Item,
    Role,
    RollUp,
    Section,
    Source,
    Table,
)
from dcs_desktop.core.narrative import links, read
from dcs_desktop.core.period import PeriodKind
from dcs_desktop.core.report import Letterhead
from dcs_desktop.core.template import (
    CheckEntry,
    ColumnEntry,
    Covers,
    FigureEntry,
    ItemEntry,
    LetterheadEntry,
    Level,
    LineEntry,
    SectionEntry,
    TableEntry,
    Template,
)
from dcs_desktop.core.trouble import Severity
from dcs_desktop.core.values import Choice, FieldType, Kind
from dcs_desktop.core.wording import worded

DECIMALS = {Kind.DECIMAL: 2, Kind.MONEY: 3, Kind.AREA: 2, Kind.PERCENT: 2, Kind.SCORE: 2}
DEFAULT_ROLL_UP = {
    Kind.COUNT: RollUp.SUM,
    Kind.DECIMAL: RollUp.SUM,
    Kind.MONEY: RollUp.SUM,
    Kind.AREA: RollUp.SUM,
    Kind.YES_NO: RollUp.COUNT,
}


def build(template: Template, level: str, period: PeriodKind, places: Mapping[str, str]) -> Form:
    """The form of a level and kind of period, every text worded with ``places``.

    Raises KeyError when the template knows no such level. Sections without
    anything to answer at this level are left out, and so are checks and annex
    lines that speak of figures not asked here.
    """
    return _Builder(template, _level(template, level), period, places).form()


def _level(template: Template, id: str) -> Level:
    for level in template.level:
        if level.id == id:
            return level
    raise KeyError(id)


class _Builder:
    """What building one form needs at every step: template, level, period, words."""

    def __init__(
        self, template: Template, level: Level, period: PeriodKind, places: Mapping[str, str]
    ) -> None:
        self.template = template
        self.level = level
        self.period = period
        self.places = places

    def word(self, text: str) -> str:
        return worded(text, self.places)

    def form(self) -> Form:
        head = self.template.template
        sections = self.sections()
        asked = frozenset(f.key for s in sections for i in s.items for g in i.figures for f in g.fields)
        asked |= {g.id for s in sections for i in s.items for g in i.figures}
        tables = frozenset(t.id for s in sections for i in s.items for t in i.tables)
        return Form(
            self.template.reference,
            self.level,
            self.period,
            self.word(head.title),
            self.word(head.subject),
            tuple(_with_lines_asked(section, asked) for section in sections),
            tuple(Annex(a.id, self.word(a.title), a.form, a.landscape) for a in self.template.annex),
            tuple(self.checks(asked, tables)),
            tuple(self.letterhead(entry) for entry in self.template.letterhead if self.fits(entry)),
            dict(self.places),
        )

    def here(self, entry: SectionEntry | ItemEntry | TableEntry | CheckEntry) -> bool:
        level_fits = not entry.levels or self.level.id in entry.levels
        return level_fits and (not entry.periods or self.period.value in entry.periods)

    def fits(self, entry: LetterheadEntry) -> bool:
        return not entry.levels or self.level.id in entry.levels

    def needs(self, required: bool | tuple[str, ...]) -> bool:
        return required if isinstance(required, bool) else self.level.id in required

    def covers(self, days: Covers | None) -> Covers | None:
        said = days is not None and (not days.periods or self.period.value in days.periods)
        return days if said else None

    def letterhead(self, entry: LetterheadEntry) -> Letterhead:
        return Letterhead(
            layout=entry.layout,
            superior_body=self.word(entry.superior_body),
            issuing_body=self.word(entry.issuing_body),
            series=self.word(entry.series),
            place=self.word(entry.place),
            addressees=tuple(map(self.word, entry.addressees)),
            recipients=tuple(map(self.word, entry.recipients)),
            signing=tuple(map(self.word, entry.signing)),
        )

    def sections(self) -> tuple[Section, ...]:
        made = [self.section(entry) for entry in self.template.section if self.here(entry)]
        kept = {section.id for section in made if section.items}
        for section in reversed(made):
            if section.id in kept and section.under:
                kept.add(section.under)
        return tuple(section for section in made if section.id in kept)

    def section(self, entry: SectionEntry) -> Section:
        items = (self.item(item, entry.id) for item in entry.item if self.here(item))
        return Section(
            entry.id,
            self.word(entry.title),
            entry.number or entry.id.rpartition(".")[2],
            self.depth(entry),
            entry.under,
            entry.annex,
            tuple(item for item in items if item.prose or item.order or item.tables or item.lines),
        )

    def depth(self, entry: SectionEntry) -> int:
        parent = next((s for s in self.template.section if s.id == entry.under), None)
        return 0 if parent is None else 1 + self.depth(parent)

    def item(self, entry: ItemEntry, section: str) -> Item:
        own = {f.id: f for f in entry.figures if isinstance(f, FigureEntry) and self.source(f) is not None}
        order = tuple(f if isinstance(f, str) else f.id for f in entry.figures)
        elsewhere = self.asked_ids
        order = tuple(id for id in order if id in own or id in elsewhere)
        return Item(
            id=entry.id,
            section=section,
            prompt=self.word(entry.prompt),
            prose=entry.answer == "prose",
            printed=entry.printed,
            number=entry.number or entry.id.rpartition(".")[2],
            required=self.needs(entry.required),
            figures=tuple(self.figure(figure) for figure in own.values()),
            shows=tuple(id for id in order if id not in own),
            order=order,
            tables=tuple(self.table(table) for table in entry.tables if self.here(table)),
            lines=tuple(self.lines(entry.lines)),
            guidance=self.word(entry.guidance),
            legal=self.word(entry.legal),
            default=self.word(entry.default),
        )

    def lines(self, entries: tuple[LineEntry | str, ...]) -> Iterator[str]:
        for entry in entries:
            if isinstance(entry, str):
                yield self.word(entry)
            elif not entry.levels or self.level.id in entry.levels:
                yield self.word(entry.text)

    @cached_property
    def asked_ids(self) -> frozenset[str]:
        return frozenset(
            figure.id
            for section in self.template.section
            if self.here(section)
            for item in section.item
            if self.here(item)
            for figure in item.figures
            if isinstance(figure, FigureEntry) and self.source(figure) is not None
        )

    def source(self, entry: FigureEntry) -> Source | None:
        if entry.periods and self.period.value not in entry.periods:
            return None
        pattern = entry.entered or self.template.default_entered
        table = self.template.entered.get(pattern) if isinstance(pattern, str) else pattern
        if table is None:
            return Source.OWN
        source = table.get(self.level.id)
        return None if source is None else comes_from(Source(source), entry)

    def figure(self, entry: FigureEntry) -> Figure:
        kind = _field_type(entry, self.word)
        roll_up = _roll_up(entry, kind.kind)
        source = self.source(entry) or Source.OWN
        if roll_up is RollUp.COUNT and source is not Source.OWN:
            kind = FieldType(Kind.COUNT, unit="đơn vị")
        label, required = self.word(entry.label), self.needs(entry.required)
        return Figure(
            id=entry.id,
            label=label,
            type=kind,
            pair=entry.pair,
            source=source,
            roll_up=roll_up,
            required=required and not entry.formula,
            derived=bool(entry.formula),
            scope=entry.scope,
            covers=self.covers(entry.covers),
            cumulative=entry.cumulative,
            of=entry.of,
            compare=entry.compare,
            standing=entry.standing,
            guidance=self.word(entry.guidance),
            fields=tuple(_fields(entry, label, kind, source, required)),
            aliases=tuple(self.word(alias) for alias in entry.aliases),
        )

    def table(self, entry: TableEntry) -> Table:
        return Table(
            entry.id,
            self.word(entry.label),
            tuple(self.column(column) for column in entry.columns),
            entry.role,
            RollUp(entry.rollup),
            entry.printed,
            entry.required,
            self.word(entry.guidance),
            self.word(entry.cite),
            self.word(entry.cite_short),
        )

    def column(self, entry: ColumnEntry) -> Column:
        kind = _field_type(entry, self.word)
        return Column(entry.id, self.word(entry.label), kind, entry.required, entry.width)

    def checks(self, asked: frozenset[str], tables: frozenset[str]) -> Iterator[Check]:
        for entry in self.template.check:
            rule = formula.parse_rule(entry.rule)
            names = formula.names(rule)
            known = asked.issuperset(names) and tables.issuperset(c.table for c in formula.counts(rule))
            if self.here(entry) and known:
                message = self.word(entry.message)
                yield Check(entry.id, rule, Severity(entry.severity), message, entry.marks or names)


def _field_type(entry: FigureEntry | ColumnEntry, word: Callable[[str], str]) -> FieldType:
    kind = Kind(entry.kind)
    decimals = DECIMALS.get(kind, 0) if entry.decimals is None else entry.decimals
    choices = tuple(Choice(choice.id, word(choice.label)) for choice in entry.choices)
    smallest, largest = (entry.min, entry.max) if isinstance(entry, FigureEntry) else (None, None)
    return FieldType(
        kind,
        word(entry.unit),
        decimals,
        choices,
        Decimal(0 if smallest is None else smallest),
        None if largest is None else Decimal(largest),
    )


def _roll_up(entry: FigureEntry, kind: Kind) -> RollUp:
    if entry.rollup is not None:
        return RollUp(entry.rollup)
    if entry.formula:
        return RollUp.RATIO
    return DEFAULT_ROLL_UP.get(kind, RollUp.NONE)


def comes_from(source: Source, entry: FigureEntry) -> Source | None:
    """Where a figure can come from: nothing comes from below when it is not rolled up."""
    if entry.formula or _roll_up(entry, Kind(entry.kind)) is not RollUp.NONE:
        return source
    return None if source is Source.BELOW else Source.OWN


def _fields(
    entry: FigureEntry, label: str, kind: FieldType, source: Source, required: bool
) -> Iterator[Field]:
    if entry.formula:
        expression = formula.parse_expression(entry.formula)
        yield Field(entry.id, entry.id, label, kind, Role.DERIVED, expression)
        return
    if not entry.pair:
        yield from _base_fields(entry, entry.id, label, kind, source, required)
        return
    done, target = f"{entry.id}.done", f"{entry.id}.target"
    yield from _base_fields(entry, done, f"{label} – thực hiện", kind, source, required)
    yield from _base_fields(entry, target, f"{label} – kế hoạch", kind, source, required)
    yield Field(
        f"{entry.id}.percent",
        entry.id,
        f"{label} – tỷ lệ",
        FieldType(Kind.PERCENT, "%", 2),
        Role.DERIVED,
        formula.parse_expression(f"100 * {done} / {target}"),
    )


def _base_fields(
    entry: FigureEntry, key: str, label: str, kind: FieldType, source: Source, required: bool
) -> Iterator[Field]:
    if source is Source.OWN:
        yield Field(key, entry.id, label, kind, Role.ENTERED, None, required)
        return
    yield Field(f"{key}.below", entry.id, f"{label} – cấp dưới", kind, Role.BELOW)
    if source is Source.BOTH:
        own = f"{label} – của đơn vị mình"
        yield Field(f"{key}.own", entry.id, own, kind, Role.ENTERED, None, required)
    override = f"{label} – số thay thế"
    yield Field(f"{key}.override", entry.id, override, kind, Role.OVERRIDE)
    yield Field(key, entry.id, label, kind, Role.DERIVED)


def _with_lines_asked(section: Section, asked: frozenset[str]) -> Section:
    """The section without the annex lines that name a figure not asked in this form."""
    items = tuple(
        replace(item, lines=tuple(line for line in item.lines if _asks(line, asked)))
        for item in section.items
    )
    return replace(section, items=items)


def _asks(line: str, asked: frozenset[str]) -> bool:
    return all(link.key in asked for link in links(read(line)))
