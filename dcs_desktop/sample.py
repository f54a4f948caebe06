"""The sample data as reports: a district and its communes, read from resources/sample.

Figures stand there as an officer would type them, so they go through the same
:func:`dcs_desktop.core.values.parse`; two words of the sample's own follow
it: ``chưa có: `` with a reason, and ``không áp dụng``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from dcs_desktop import resources, starting, template_library
from dcs_desktop.core.form import Form
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Answers, Identity, Letterhead, Report, Row
from dcs_desktop.core.setup import Setup
from dcs_desktop.core.trouble import Fault
from dcs_desktop.core.values import BLANK, NOT_APPLICABLE, FieldType, Value, given, parse, pending
from dcs_desktop.core.wording import worded

Typed = int | str
PENDING, LEFT_OUT = "chưa có:", "không áp dụng"
FOLDER = Path("sample")


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A record of the sample files; a key that is not one of its fields is a fault."""


class Heading(Entry, frozen=True):
    """What a sample changes in the letterhead that the template proposes for its layout."""

    layout: str
    number: str = ""
    day: date | None = None
    signatory: str = ""
    superior_body: str | None = None
    issuing_body: str | None = None
    series: str | None = None
    place: str | None = None
    addressees: tuple[str, ...] | None = None
    recipients: tuple[str, ...] | None = None
    signing: tuple[str, ...] | None = None
    places: dict[str, str] = {}


class CommuneEntry(Entry, frozen=True):
    """One commune: the words of its places, its letterhead, its tables' rows and reasons of accepted warnings."""

    code: str
    words: dict[str, str]
    letterhead: Heading
    tables: dict[str, list[dict[str, Typed]]] = {}
    accepted: dict[str, str] = {}


class Narrative(Entry, frozen=True):
    """An item's texts, one of which each commune says."""

    item: str
    variants: tuple[str, ...]


class Communes(Entry, frozen=True):
    """All communes; a figure holds one value for each, in their order."""

    period: str
    commune: tuple[CommuneEntry, ...]
    figures: dict[str, list[Typed]]


class Narratives(Entry, frozen=True):
    """What the communes say."""

    narrative: tuple[Narrative, ...]


class District(Entry, frozen=True):
    """The receiving unit: only what it enters itself; ``due`` is the day on which its communes must have filed."""

    unit: str
    period: str
    due: date
    letterhead: Heading
    figures: dict[str, Typed]
    prose: dict[str, str]
    tables: dict[str, list[dict[str, Typed]]] = {}
    accepted: dict[str, str] = {}


class Training(Entry, frozen=True):
    """A commune half way through its report.

    ``before`` are its figures of the year before, where they differ;
    ``waiting`` the items it has not come to; ``mistakes`` what it mistyped.
    """

    unit: str
    before: dict[str, Typed]
    prose_before: dict[str, str]
    waiting: tuple[str, ...]
    mistakes: dict[str, Typed]


Sample = TypeVar("Sample", bound=Entry)


def _read(name: str, kind: type[Sample]) -> Sample:
    return msgspec.convert(tomllib.loads(resources.read_text(FOLDER / name)), kind)


@cache
def communes() -> Communes:
    """The fifteen communes with their figures."""
    return _read("communes-2024.toml", Communes)


@cache
def narratives() -> tuple[Narrative, ...]:
    """What they say, in the order of the report."""
    return _read("communes-2024-prose.toml", Narratives).narrative


@cache
def district() -> District:
    """The receiving unit's own answers."""
    return _read("district-2024.toml", District)


@dataclass(frozen=True, slots=True)
class Blank:
    """A report to be filled: whose it is, and the form it is filled with."""

    identity: Identity
    form: Form


def _blank(code: str, period: Period, words: Mapping[str, str]) -> Blank:
    setup = starting.proposed_setup(starting.unit_of(code, period), period, training=True)
    reference = template_library.reference_for(period)
    identity = Identity(setup.unit, setup.receiver, period, setup.level, reference, training=True)
    return Blank(identity, template_library.form_for(template_library.template(reference), identity, words))


def setup_of(report: Report) -> Setup:
    """What a unit's data file says of it: the official proposal, with the report's own letterhead."""
    identity = report.identity
    proposed = starting.proposed_setup(
        starting.unit_of(identity.unit.identity, identity.period), identity.period, training=True
    )
    due = {str(identity.period): district().due} if proposed.expected else {}
    return replace(proposed, letterhead=replace(report.letterhead, number="", day=None), due=due)


def commune_reports() -> tuple[Report, ...]:
    """The report of every commune, in the order of their codes."""
    period = Period.parse(communes().period)
    return tuple(_commune(number, entry, period) for number, entry in enumerate(communes().commune))


def _commune(number: int, entry: CommuneEntry, period: Period) -> Report:
    blank = _blank(entry.code, period, entry.letterhead.places)
    figures = {key: values[number] for key, values in communes().figures.items()}
    answers = Answers(
        {**_values(blank.form, figures), **_prose(blank.form, _texts(number), entry.words)},
        _rows(blank.form, entry.tables),
        entry.accepted,
    )
    return Report(blank.identity, answers, _letterhead(blank.form, entry.letterhead))


def _texts(number: int) -> dict[str, str]:
    """The variant of each item that a commune says: neighbours differ, and no two say all the same."""
    chosen = {}
    for place, narrative in enumerate(narratives()):
        count = len(narrative.variants)
        chosen[narrative.item] = narrative.variants[(number + place * (number // count)) % count]
    return chosen


def district_report() -> Report:
    """The district's own report, without the totals that its communes' packages bring."""
    entry = district()
    blank = _blank(entry.unit, Period.parse(entry.period), entry.letterhead.places)
    answers = Answers(
        {**_values(blank.form, entry.figures), **_prose(blank.form, entry.prose, {})},
        _rows(blank.form, entry.tables),
        entry.accepted,
    )
    return Report(blank.identity, answers, _letterhead(blank.form, entry.letterhead))


def training_reports() -> tuple[Report, Report]:
    """A commune's report of the year before, whole, and this year's, some two thirds entered, not all of it right."""
    entry = _read("training.toml", Training)
    whole = next(report for report in commune_reports() if report.identity.unit.code == entry.unit)
    return _year_before(entry, whole), _half_way(entry, whole)


def _year_before(entry: Training, whole: Report) -> Report:
    blank = _blank(entry.unit, whole.identity.period.previous(), whole.letterhead.places)
    values = {
        **whole.answers.values,
        **_values(blank.form, entry.before),
        **_prose(blank.form, entry.prose_before, {}),
    }
    letterhead = replace(whole.letterhead, day=_a_year_earlier(whole.letterhead.day))
    return Report(blank.identity, Answers(values), letterhead)


def _a_year_earlier(day: date | None) -> date | None:
    return None if day is None else day.replace(year=day.year - 1)


def _half_way(entry: Training, whole: Report) -> Report:
    form = _blank(entry.unit, whole.identity.period, whole.letterhead.places).form
    waiting = {key: v for key, v in whole.answers.values.items() if form.item_of[key] not in entry.waiting}
    answers = replace(whole.answers, values=waiting)
    for key, typed in entry.mistakes.items():
        value = parse(form.type_of(key), str(typed))
        if isinstance(value, Fault):
            answers = answers.with_value(key, BLANK).with_draft(key, str(typed))
        else:
            answers = answers.with_value(key, value)
    return Report(whole.identity, answers, replace(whole.letterhead, number="", day=None))


def _letterhead(form: Form, heading: Heading) -> Letterhead:
    proposed = next(one for one in form.letterheads if one.layout == heading.layout)
    said = {name: word for name, word in msgspec.structs.asdict(heading).items() if word is not None}
    return replace(proposed, **said)


def _values(form: Form, figures: Mapping[str, Typed]) -> dict[str, Value]:
    return {key: _value(form.type_of(key), typed, key) for key, typed in figures.items() if typed != ""}


def _value(kind: FieldType, typed: Typed, key: str) -> Value:
    text = str(typed)
    if text.startswith(PENDING):
        return pending(text.removeprefix(PENDING).strip())
    if text == LEFT_OUT:
        return NOT_APPLICABLE
    value = parse(kind, text)
    if isinstance(value, Fault):
        raise ValueError(f"{key}: {value.message}")
    return value


def _prose(form: Form, texts: Mapping[str, str], words: Mapping[str, str]) -> dict[str, Value]:
    places = {**form.places, **words}
    return {item: given(worded(text.strip(), places)) for item, text in texts.items() if item in form.items}


def _rows(form: Form, tables: Mapping[str, Sequence[Mapping[str, Typed]]]) -> dict[str, tuple[Row, ...]]:
    return {
        table: tuple(Row(f"r{n}", _cells(form, table, cells)) for n, cells in enumerate(rows, 1))
        for table, rows in tables.items()
    }


def _cells(form: Form, table: str, cells: Mapping[str, Typed]) -> dict[str, Value]:
    return {
        column: _value(form.tables[table].column(column).type, typed, f"{table}/{column}")
        for column, typed in cells.items()
    }
