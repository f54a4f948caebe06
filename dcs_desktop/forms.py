"""The form of a report, and the report of the period that it is compared with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dcs_desktop import template_library
from dcs_desktop.core.answers import compute
from dcs_desktop.core.form import Form
from dcs_desktop.core.linked import Figures
from dcs_desktop.core.own import extended, without_own
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Addition, Answers, Identity, Letterhead
from dcs_desktop.core.template import Template
from dcs_desktop.core.values import BLANK, NONE, Value
from dcs_desktop.store import DataFile

Templates = Callable[[str], Template]


@dataclass(frozen=True, slots=True)
class Before:
    """What the same unit reported last: shown beside, compared with.

    ``figures`` holds each figure of the period it is compared with: the same
    one of last year, or the one just before where the template says so;
    ``identity`` and ``answers`` are of last year's report, else of the other.
    """

    identity: Identity
    answers: Answers
    figures: Mapping[str, Value]


def form_of(
    identity: Identity,
    letterhead: Letterhead,
    templates: Templates = template_library.template,
    own: Mapping[str, Addition] | None = None,
) -> Form:
    """The form of a report, worded for its unit with the unit's own words and additions. Raises Refusal."""
    asked = template_library.form_for(templates(identity.template), identity, letterhead.places)
    return extended(asked, own or {})


@dataclass(frozen=True, slots=True)
class Earlier:
    """The earlier reports of the same unit: that of the same period last year, and that of the period just before.

    For a year the two are one. ``compared`` is what formulas and linked figures go by.
    """

    last_year: Before | None = None
    just_before: Before | None = None
    compared: Before | None = None

    @property
    def choices(self) -> tuple[Before, ...]:
        """Those that can stand beside a report, the same period of last year first."""
        found = tuple(before for before in (self.last_year, self.just_before) if before is not None)
        return tuple({before.identity.period: before for before in found}.values())


def earlier_of(
    file: DataFile, identity: Identity, templates: Templates = template_library.template
) -> Earlier:
    """What a report is compared with, nothing where the file holds nothing of it.

    The unit is the same only by code and list: a later list gave its code to
    another unit.
    """
    period = identity.period
    last = _reported(file, identity, period.previous(), templates)
    one = period.before() == period.previous()
    just_before = last if one else _reported(file, identity, period.before(), templates)
    first = last or just_before
    if first is None:
        return Earlier()
    figures = dict(first[1].figures)
    form, just = first[0], just_before[1].figures if just_before is not None else {}
    figures |= {
        f.key: just.get(f.key, BLANK)  # of another period nothing is compared in its place
        for figure in form.figures.values()
        if figure.compare == "period_before"
        for f in figure.fields
    }
    compared = Before(first[1].identity, first[1].answers, figures)
    return Earlier(last and last[1], just_before and just_before[1], compared)


def begun(form: Form, period: Period, before: Before | None) -> Figures | None:
    """What ``prev`` finds, None where nothing is known of an earlier period.

    A year begins with nothing: what is counted since its start and compared
    with the period just before stood at 0 before the year's first period.
    """
    known = None if before is None else before.figures
    if period.number > 1:
        return known
    nothing = {
        field.key: NONE
        for figure in form.figures.values()
        if figure.cumulative and figure.compare == "period_before"
        for field in figure.fields
    }
    return {**(known or {}), **nothing} if nothing else known


def _reported(
    file: DataFile, identity: Identity, period: Period, templates: Templates
) -> tuple[Form, Before] | None:
    found = file.latest(identity.unit.identity, period)
    if found is None:
        return None
    report = file.report(found.ref)
    form = form_of(report.identity, report.letterhead, templates)
    answers = without_own(report.answers)
    return form, Before(report.identity, answers, compute(form, answers))
