"""Totals over units, each with its coverage and the parts it is made of.

Every rule is independent of the order in which units are given, linear in
their number, and exact: sums never round. What a unit left blank or does not
know yet is missing from the total; "không" counts as 0 and covers; a figure
that does not apply to a unit is asked of the others only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Context, Decimal, localcontext
from functools import cached_property
from itertools import compress

from dcs_desktop.core import formula
from dcs_desktop.core.answers import compute
from dcs_desktop.core.form import Field, Form, Role, RollUp
from dcs_desktop.core.joining import Joined, joined_tables
from dcs_desktop.core.report import Answers
from dcs_desktop.core.values import ADDITIVE, BLANK, NONE, NOT_APPLICABLE, Coverage, Kind, State, Value, given

EXACT = Context(prec=200)
ROLLED_UP = (RollUp.SUM, RollUp.SAME, RollUp.COUNT, RollUp.RATIO, RollUp.LIST)
JOINED = "; "

Column = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What one unit gives to a total."""

    unit: str
    value: Value


@dataclass(frozen=True)
class Total:
    """One figure over all units that are expected.

    ``value`` carries the coverage and is BLANK when no unit gave anything;
    ``covered``, ``missing`` and ``not_applicable`` share the expected units
    among themselves. ``disagreement`` holds, of a figure that should be the
    same everywhere, what each unit says when they differ; then there is no
    value. What the covered units give, the ``parts`` with their units, and
    the ``extremes`` among them are made when they are asked for.
    """

    key: str
    value: Value
    covered: tuple[str, ...]
    missing: tuple[str, ...]
    not_applicable: tuple[str, ...] = ()
    disagreement: tuple[Part, ...] = ()
    giving: Callable[[], Column] = field(default=tuple, repr=False, compare=False)
    outermost: Callable[[], tuple[Part, Part] | None] | None = field(default=None, repr=False, compare=False)

    def count_of(self, units: frozenset[str]) -> int:
        """How many of some expected units are covered."""
        return len(units.difference(self.missing, self.not_applicable)) if units else 0

    @cached_property
    def given(self) -> Column:
        """What each covered unit gives, in the order of the expected units."""
        return self.giving()

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The same, each with its unit."""
        return tuple(map(Part, self.covered, self.given))

    @cached_property
    def extremes(self) -> tuple[Part, Part] | None:
        """The parts with the smallest and with the largest number, the first of equals; None without numbers."""
        if self.outermost is not None:
            return self.outermost()
        numbers = numbers_of(self.given)
        if all(number is None for number in numbers):
            return None
        least, most = (Part(self.covered[at], self.given[at]) for at in ends_of(numbers))
        return least, most


def numbers_of(values: Iterable[Value]) -> list[Decimal | None]:
    """The number that each of many values counts as."""
    return [c if isinstance(c := value.content, Decimal) else value.number for value in values]


def ends_of(numbers: Sequence[Decimal | None]) -> tuple[int, int]:
    """Where the smallest and the largest of some numbers stand, the first of equals; there is one at least."""
    known = [number for number in numbers if number is not None]
    return numbers.index(min(known)), numbers.index(max(known))


@dataclass(frozen=True)
class Totals:
    """All totals of one period by field key, in the form's order; ``tables`` are joined when they are asked for."""

    form: Form
    expected: tuple[str, ...]
    totals: Mapping[str, Total]
    joined: Callable[[], Mapping[str, Joined]] = field(repr=False, compare=False)

    @cached_property
    def tables(self) -> Mapping[str, Joined]:
        """The joined tables by table id, in the form's order."""
        return self.joined()

    def values(self) -> dict[str, Value]:
        """The value of every total by key, each with its coverage."""
        return {key: total.value for key, total in self.totals.items()}


def combine(form: Form, reports: Mapping[str, Answers], expected: Sequence[str]) -> Totals:
    """The totals of ``reports``, answers of units by identity, under the units' own form.

    Only expected units count, whatever else is among the reports. Figures
    and tables that the form does not roll up have no total.
    """
    units = tuple(dict.fromkeys(expected))
    with localcontext(EXACT):
        whole = _Whole(form, units, tuple(reports.get(unit, Answers()) for unit in units))
        totals = {f.key: total for f in form.fields.values() if (total := whole.total(f)) is not None}
    return Totals(form, units, totals, lambda: joined_tables(form, reports, units))


def comparable(answers: Answers, theirs: Form, ours: Form) -> Answers:
    """The answers of one form as another one counts them: figures of the same id, kind and unit of measure.

    What a receiving unit rolled up itself stands under the figure's own key,
    so that the totals of districts add up to those of a province; what it
    counted is alike where our units are still to be counted.
    """
    return Comparison(theirs, ours).of(answers)


class Comparison:
    """What of the answers of one form counts under another; the same for every unit that fills that form."""

    def __init__(self, theirs: Form, ours: Form) -> None:
        self._theirs = theirs
        self._computed = any(f.role is Role.DERIVED and f.formula is None for f in theirs.fields.values())
        self._shared = [
            key
            for key, f in ours.fields.items()
            if (f.formula is None or key not in theirs.fields) and _alike(key, theirs, ours)
        ]
        self._beside = theirs.items.keys() | theirs.tables.keys()
        self._tables = ours.tables
        self._all = self._beside | set(self._shared)

    def of(self, answers: Answers) -> Answers:
        """The answers of one unit, as they are counted."""
        said = answers.values
        if not self._computed and said.keys() <= self._all and answers.rows.keys() <= self._tables.keys():
            return answers
        figures = compute(self._theirs, answers) if self._computed else said
        values = {key: figures[key] for key in self._shared if key in figures}
        values |= {key: said[key] for key in said.keys() & self._beside}
        rows = {table: found for table, found in answers.rows.items() if table in self._tables}
        return replace(answers, values=values, rows=rows)


def _alike(key: str, theirs: Form, ours: Form) -> bool:
    one, other = theirs.fields.get(key), ours.fields[key]
    if one is None:
        return False
    counted = one.type.kind is Kind.COUNT and all(
        form.figures[f.figure].roll_up is RollUp.COUNT for f, form in ((one, theirs), (other, ours))
    )
    return counted or (one.type.kind, one.type.unit) == (other.type.kind, other.type.unit)


class _Whole:
    """The answers of all expected units, one column per figure."""

    def __init__(self, form: Form, units: tuple[str, ...], answers: tuple[Answers, ...]) -> None:
        self.form = form
        self.units = units
        self.answers = answers
        self.values = [said.values for said in answers]
        self.columns: dict[str, Column] = {}
        self.numbers: dict[str, list[Decimal | None]] = {}
        self.counts: dict[formula.Count, list[int | None]] = {}

    def column(self, key: str) -> Column:
        """What each unit says to one figure, BLANK where it says nothing."""
        if key not in self.columns:
            self.columns[key] = tuple([values.get(key, BLANK) for values in self.values])
        return self.columns[key]

    def numbers_of(self, key: str) -> list[Decimal | None]:
        """The number each unit gives to one figure, None where it gives none."""
        if key not in self.numbers:
            self.numbers[key] = numbers_of(self.column(key))
        return self.numbers[key]

    def total(self, f: Field) -> Total | None:
        """The total of one field, None when it is not rolled up."""
        rule = self.form.figures[f.figure].roll_up
        if f.role in (Role.BELOW, Role.OVERRIDE) or f.key.endswith(".own") or rule not in ROLLED_UP:
            return None
        if f.formula is not None and any(isinstance(p, formula.Previous) for p in formula.parts(f.formula)):
            return None  # the units' earlier reports are not at hand
        if f.formula is not None:
            own_sum = rule is RollUp.SUM and f.key == f.figure
            return self.summed_formula(f) if own_sum else self.ratio(f)
        match rule:
            case RollUp.SUM:
                return self.summed(f)
            case RollUp.SAME:
                return self.same(f)
            case RollUp.COUNT:
                return self.counted(f)
            case RollUp.LIST:
                return self.listed(f)
            case _:
                return None

    def summed(self, f: Field) -> Total:
        return self.added(f, self.column(f.key), self.numbers_of(f.key))

    def added(self, f: Field, column: Column, numbers: Sequence[Decimal | None]) -> Total:
        known = [number for number in numbers if number is not None]
        here = [number is not None for number in numbers]
        total = self.made(f.key, column, here, of_number(sum(known, Decimal(0)), f))

        def outermost() -> tuple[Part, Part] | None:
            least, most = (Part(self.units[at], column[at]) for at in ends_of(numbers))
            return least, most

        return replace(total, outermost=outermost if known else None)

    def same(self, f: Field) -> Total:
        column = self.column(f.key)
        here = [value.state in (State.GIVEN, State.NONE) for value in column]
        said = Counter(
            (value.state, value.content) for value, known in zip(column, here, strict=True) if known
        )
        if len(said) > 1:
            total = self.made(f.key, column, here, BLANK)
            return replace(total, disagreement=total.parts)
        state, content = next(iter(said), (State.BLANK, None))
        return self.made(f.key, column, here, Value(state, content))

    def counted(self, f: Field) -> Total:
        column = self.column(f.key)
        counts = [_count_of(value) for value in column]
        yes = sum((count for count in counts if count is not None), Decimal(0))
        here = [count is not None for count in counts]
        return self.made(f.key, column, here, given(yes) if yes else NONE)

    def listed(self, f: Field) -> Total:
        column = self.column(f.key)
        here = [value.state in (State.GIVEN, State.NONE) for value in column]
        texts = [str(value.content) for value in column if value.state is State.GIVEN]
        return self.made(f.key, column, here, given(JOINED.join(texts)) if texts else NONE)

    def ratio(self, f: Field) -> Total:
        """A formula over the sums of those units that have every part of it (never a mean)."""
        assert f.formula is not None
        needed, tables = needed_for(f.formula, self.form)
        columns = [self.column(key) for key in needed]
        rests_on = [*map(self.numbers_of, needed), *map(self.row_counts, tables)]
        here = [None not in said for said in zip(*rests_on, strict=True)] or [True] * len(self.units)
        subset = _Subset(self, tuple(at for at, known in enumerate(here) if known))
        number = formula.value_of(f.formula, subset) if any(here) else None
        value = BLANK if number is None else of_number(number, f)
        states = tuple(NOT_APPLICABLE if _no_matter(columns, at) else BLANK for at in range(len(self.units)))
        total = self.made(f.key, states, here, value)
        return replace(total, giving=lambda: self.given_to_formula(f, total.covered))

    def summed_formula(self, f: Field) -> Total:
        numbers = [_Subset(self, (at,)).number(f.key) for at in range(len(self.units))]
        column = tuple(BLANK if number is None else of_number(number, f) for number in numbers)
        return self.added(f, column, numbers)

    def given_to_formula(self, f: Field, covered: tuple[str, ...]) -> Column:
        places = {unit: at for at, unit in enumerate(self.units)}
        with localcontext(EXACT):
            numbers = [_Subset(self, (places[unit],)).number(f.key) for unit in covered]
        return tuple([BLANK if number is None else of_number(number, f) for number in numbers])

    def row_counts(self, count: formula.Count) -> list[int | None]:
        if count not in self.counts:
            self.counts[count] = [_rows_counted(said, count) for said in self.answers]
        return self.counts[count]

    def made(self, key: str, column: Column, here: Sequence[bool], value: Value) -> Total:
        """The total with its units told apart; ``value`` holds once any unit is covered."""
        covered, missing, excluded = self._told_apart(column, here)
        if not covered:
            value = NOT_APPLICABLE if excluded and not missing else BLANK
        coverage = Coverage(len(covered), len(covered) + len(missing))
        return Total(
            key,
            replace(value, coverage=coverage),
            covered,
            missing,
            excluded,
            giving=lambda: tuple(compress(column, here)),
        )

    def _told_apart(
        self, column: Column, here: Sequence[bool]
    ) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        if all(here):
            return self.units, (), ()
        covered: list[str] = []
        missing: list[str] = []
        excluded: list[str] = []
        for unit, value, known in zip(self.units, column, here, strict=True):
            if known:
                covered.append(unit)
            elif value.state is State.NOT_APPLICABLE:
                excluded.append(unit)
            else:
                missing.append(unit)
        return tuple(covered), tuple(missing), tuple(excluded)


@dataclass(frozen=True, slots=True)
class _Subset:
    """Some units taken as one, as formulas ask it (see :class:`formula.Answered`)."""

    whole: _Whole
    places: tuple[int, ...]

    def number(self, key: str) -> Decimal | None:
        """The sum of a figure over these units; of one that is the same everywhere, what they all say."""
        f = self.whole.form.fields.get(key)
        if f is None:
            return None
        if f.formula is not None:
            return formula.value_of(f.formula, self)
        column = self.whole.numbers_of(key)
        if len(self.places) == 1:
            return column[self.places[0]]
        numbers = [column[at] for at in self.places]
        known = [number for number in numbers if number is not None]
        if not known or len(known) < len(numbers):
            return None
        if self.whole.form.figures[f.figure].roll_up is RollUp.SAME:
            return known[0] if len(set(known)) == 1 else None
        return sum(known, Decimal(0)) if f.type.kind in ADDITIVE else None

    def previous(self, key: str) -> Decimal | None:
        """Last period is not at hand: formulas about it have no total."""
        return None

    def count(self, table: str, column: str, choice: str) -> int | None:
        """The rows of all these units together."""
        counts = self.whole.row_counts(formula.Count(table, column, choice))
        known = [counts[at] for at in self.places]
        return None if None in known else sum(count for count in known if count is not None)


def of_number(number: Decimal, f: Field) -> Value:
    """A total as a value: nothing at all is "không", as it is when typed."""
    return NONE if number == 0 and f.type.kind in ADDITIVE else given(number)


def needed_for(tree: formula.Expression, form: Form) -> tuple[tuple[str, ...], tuple[formula.Count, ...]]:
    """The entered figures and counted tables that a formula rests on, through other formulas too."""
    keys: dict[str, None] = {}
    counts = dict.fromkeys(formula.counts(tree))
    waiting = list(formula.names(tree))
    while waiting:
        key = waiting.pop()
        f = form.fields.get(key)
        if f is not None and f.formula is not None:
            waiting += formula.names(f.formula)
            counts |= dict.fromkeys(formula.counts(f.formula))
        else:
            keys[key] = None
    return tuple(keys), tuple(counts)


def _count_of(value: Value) -> Decimal | None:
    """What a unit gives to a count: one or none for its yes or no, and as many as it counted itself."""
    if isinstance(value.content, bool):
        return Decimal(value.content)
    return value.number


def _no_matter(columns: Sequence[Column], at: int) -> bool:
    return any(column[at].state is State.NOT_APPLICABLE for column in columns)


def _rows_counted(said: Answers, count: formula.Count) -> int | None:
    rows = said.rows.get(count.table, ())
    if not rows:
        return 0 if said.value(count.table).state is State.NONE else None
    return sum(
        1 for r in rows if not count.column or r.cells.get(count.column, BLANK).content == count.choice
    )
