"""Totals over the units that report here, opened into their parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from dcs_desktop import template_library
from dcs_desktop.core.building import build
from dcs_desktop.core.by_unit import ByUnit, UnitLine, by_unit
from dcs_desktop.core.combine import Total, Totals, combine
from dcs_desktop.core.form import Form, Role
from dcs_desktop.core.own import extended
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Answers, Identity, Letterhead, Report, UnitName
from dcs_desktop.core.setup import ExpectedUnit, Setup
from dcs_desktop.core.template import Template
from dcs_desktop.core.values import Value, with_note
from dcs_desktop.core.wording import places_for
from dcs_desktop.i18n import _
from dcs_desktop.receiving.counted import Told, counted_answers
from dcs_desktop.receiving.desk import Desk, UnitStatus, bare_form, desk_of, encoded, setup_of, template_for
from dcs_desktop.receiving.kept import Reader, keep, rests_on
from dcs_desktop.store import DataFile
from dcs_desktop.workspace import Workspace

# Paper and packages speak Vietnamese in every language of the interface.
ENTERED = "Nhập thay: {count}"


@dataclass(frozen=True, slots=True)
class PartOfTotal:
    """What one unit gives to a total, and the package it stands in."""

    unit: str
    value: Value
    package: str
    revision: int


def totals(file: DataFile, period: Period, told: Told | None = None) -> Totals:
    """The totals over the latest valid revision of every expected unit.

    They are counted once for the packages that are here, and kept. Where what
    was kept is damaged it is made again from the packages, and ``told`` in a
    sentence. Raises Refusal naming a damaged package.
    """
    desk, told = desk_of(file, period), told or _unheard
    level = level_below(desk.setup, period)
    basis = rests_on(desk, encoded(template_for(period).reference), level)
    kept = file.kept_totals(period)
    if kept.damaged:
        text = _("Các tổng lưu sẵn của {period} bị hỏng và đã được tính lại từ các gói báo cáo.")
        told(text.format(period=period.words))
    if kept.rests_on == basis:
        form = _worded_for_all(level, desk.setup, desk.expected, period)
        return Reader(file, desk, form, basis, lambda: _combined(desk, _unheard)[0]).totals(kept.said)
    found = _combined(desk, told)[0]
    if not file.read_only:
        keep(file, desk, found, basis)
    return found


def _unheard(sentence: str) -> None:
    """Nobody asked to be told."""


def recounted(file: DataFile, period: Period) -> Totals:
    """The totals counted anew, whatever is kept. Raises Refusal naming a damaged package."""
    return _combined(Desk(file, setup_of(file), period), _unheard)[0]


def totals_by_unit(file: DataFile, period: Period, today: date) -> ByUnit:
    """The totals with what every expected unit gives to them. Raises Refusal naming a damaged package."""
    desk = desk_of(file, period)
    found, answers = _combined(desk, _unheard)
    standing = [desk.status(one.unit, today) for one in desk.expected]
    lines = [UnitLine(s.unit.identity, _named(s), s.state, s.late) for s in standing]
    return by_unit(found, lines, answers)


def _named(status: UnitStatus) -> str:
    """The name of a unit in a table of all; one that was entered at the desk says so."""
    name = status.unit.name
    return name if status.entered is None else _("{unit} (nhập thay)").format(unit=name)


def own_report(file: DataFile, period: Period) -> tuple[Identity, Letterhead]:
    """The desk's own report of a period and its letterhead: as it was begun, else as it would be. Raises Refusal."""
    setup = setup_of(file)
    begun = file.latest(setup.unit.identity, period)
    if begun is not None:
        report = file.report(begun.ref)
        return report.identity, report.letterhead
    reference = template_for(period).reference
    identity = Identity(setup.unit, setup.receiver, period, setup.level, reference, training=setup.training)
    return identity, setup.letterhead


def _combined(desk: Desk, told: Told) -> tuple[Totals, dict[str, Answers]]:
    """The totals, and the answers they were made of."""
    setup, period = desk.setup, desk.period
    level = level_below(setup, period)
    # Units of measure may hold named places ("ấp" here, "thôn" there): both sides before their words are filled in.
    unworded = bare_form(template_for(period).reference, level, period)
    answers = counted_answers(desk, unworded, told)
    return combine(_worded_for_all(level, setup, desk.expected, period), answers, desk.order), answers


def level_below(setup: Setup, period: Period) -> str:
    """The level of the units below; a desk that takes nothing in looks at its own."""
    levels = template_for(period).level
    return next((level.below for level in levels if level.id == setup.level), "") or setup.level


def _worded_for_all(level: str, setup: Setup, expected: tuple[ExpectedUnit, ...], period: Period) -> Form:
    """The form that the units below fill, worded for any of them: by their usual type, without a name, by
    the desk's own words where these do not hang on the unit."""
    template = template_for(period)
    types = Counter(one.unit.type for one in expected)
    type_word = max(types, key=lambda word: types[word], default="")
    anyone = UnitName("", "", type_word, type_word)
    words = places_for(template.places, level, anyone, setup.unit, period, _common_words(template, setup))
    return build(template, level, period.kind, words)


def parts(file: DataFile, period: Period, total: Total) -> list[PartOfTotal]:
    """The parts of a total, each with the package it comes from."""
    desk = desk_of(file, period)
    made = []
    for part in total.parts:
        kept = desk.counting(part.unit)
        if kept is not None:
            made.append(PartOfTotal(part.unit, part.value, kept.file_name, kept.identity.revision))
    return made


def values_for_own_report(found: Totals, own: Form) -> dict[str, Value]:
    """The totals that a receiving unit's own form takes from below, by the figure's key."""
    return {key: value for key, value in found.values().items() if f"{key}.below" in own.fields}


def _common_words(template: Template, setup: Setup) -> dict[str, str]:
    """The desk's own words for what does not hang on the unit itself, such as "ấp" where others say "thôn"."""
    places = template.places
    of_units = {
        **places.type.get(setup.unit.type, {}),
        **{k: w for t in places.level.values() for k, w in t.items()},
    }
    common = {name for name, word in places.all.items() if "<" not in word} - of_units.keys()
    return {name: word for name, word in setup.letterhead.places.items() if name in common}


def take_into(file: DataFile, workspace: Workspace) -> None:
    """Let a receiving unit's own report follow what the units below have filed by now.

    Nothing happens to one that was exported, or takes no totals, or is another unit's. Raises Refusal.
    """
    if follows(file, workspace):
        workspace.take_totals(filed_below(file, workspace.identity.period, workspace.form))


def follows(file: DataFile, workspace: Workspace) -> bool:
    """Whether a report takes the totals of the units below: it is the desk's own, and has not left the house."""
    setup, unit = file.setup(), workspace.identity.unit.identity
    own = setup is not None and setup.unit.identity == unit
    takes = any(field.role is Role.BELOW for field in workspace.form.fields.values())
    return own and takes and not file.exported_digest(workspace.ref)


def filed_below(file: DataFile, period: Period, own: Form) -> dict[str, Value]:
    """What the units below have filed by now, for the desk's own report; on any thread. Raises Refusal.

    A total says in its note for how many units it was entered at the desk.
    """
    found, entered = totals(file, period), frozenset(desk_of(file, period).entered())
    values = values_for_own_report(found, own)
    return {key: _with_entered(value, found.totals[key], entered) for key, value in values.items()}


def _with_entered(value: Value, total: Total, entered: frozenset[str]) -> Value:
    count = total.count_of(entered)
    return with_note(value, ENTERED.format(count=count)) if count else value


def filed(
    file: DataFile, period: Period, units: Collection[str] | None = None
) -> dict[str, tuple[Report, Form]]:
    """The reports that count, by unit, in the order of the expected units, or those of some units.

    Each has a form to read it by, in the words of units of its type.
    """
    desk = desk_of(file, period)
    return {unit: (report, _form_to_read(report)) for unit, report in desk.reports(units).items()}


def filed_units(file: DataFile, period: Period) -> tuple[str, ...]:
    """The units (``code@list``) of whom a report counts, in the order of the expected ones."""
    desk = desk_of(file, period)
    return tuple(unit for unit in desk.order if desk.counting(unit) is not None)


def _form_to_read(report: Report) -> Form:
    unit = report.identity.unit
    anyone = replace(report.identity, unit=UnitName("", "", unit.type, unit.type), revision=0, parent="")
    return extended(_form_of_type(anyone, tuple(report.letterhead.places.items())), report.answers.own)


@lru_cache(maxsize=64)
def _form_of_type(identity: Identity, places: tuple[tuple[str, str], ...]) -> Form:
    return template_library.form_for(template_library.template(identity.template), identity, dict(places))
