"""The form of a report, and the report of the period that it is compared with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dcs_desktop import template_library
from dcs_desktop.core.answers import compute
from dcs_desktop.core.form import Form
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Answers, Identity, Letterhead
from dcs_desktop.core.template import Template
from dcs_desktop.core.values import Value
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
    identity: Identity, letterhead: Letterhead, templates: Templates = template_library.template
) -> Form:
    """The form of a report, worded for its unit with the unit's own words. Raises Refusal."""
    return template_library.form_for(templates(identity.template), identity, letterhead.places)


def before_of(
    file: DataFile, identity: Identity, templates: Templates = template_library.template
) -> Before | None:
    """What a report is compared with, None when the file holds nothing of it.

    The unit is the same only by code and list: a later list gave its code to
    another unit.
    """
    last = _reported(file, identity, identity.period.previous(), templates)
    just_before = _reported(file, identity, identity.period.before(), templates)
    first = last or just_before
    if first is None:
        return None
    figures = dict(first[1].figures)
    if just_before is not None:
        form, report = just_before
        figures |= {
            f.key: report.figures[f.key]
            for figure in form.figures.values()
            if figure.compare == "period_before"
            for f in figure.fields
        }
    return Before(first[1].identity, first[1].answers, figures)


def _reported(
    file: DataFile, identity: Identity, period: Period, templates: Templates
) -> tuple[Form, Before] | None:
    found = file.latest(identity.unit.identity, period)
    if found is None:
        return None
    report = file.report(found.ref)
    form = form_of(report.identity, report.letterhead, templates)
    return form, Before(report.identity, report.answers, compute(form, report.answers))
