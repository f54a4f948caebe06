"""Begins a report: the template's first answers under the letterhead that was used last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from dcs_desktop import template_library
from dcs_desktop.core.answers import check, compute
from dcs_desktop.core.carrying import Taken, carried_over
from dcs_desktop.core.form import Form
from dcs_desktop.core.period import Period
from dcs_desktop.core.progress import progress, whole
from dcs_desktop.core.report import Answers, Identity, Letterhead, Report, UnitName
from dcs_desktop.core.setup import Setup
from dcs_desktop.core.values import given
from dcs_desktop.forms import Templates, form_of
from dcs_desktop.store import DataFile, Summary


@dataclass(frozen=True, slots=True)
class Carry:
    """What a new report takes over: from which report of the data file, and which kinds of answers."""

    ref: int
    what: frozenset[Taken] = frozenset(Taken)


def new_report(
    file: DataFile,
    setup: Setup,
    period: Period,
    reference: str,
    unit: UnitName | None = None,
    *,
    carry: Carry | None = None,
    templates: Templates = template_library.template,
) -> int:
    """Keep a new report in the data file; its number.

    ``unit`` is whose it is when it is not the setup's own, ``carry`` what it
    takes over from an earlier report. Raises Refusal when the report is there
    already, or the template is not.
    """
    identity = Identity(
        unit=unit or setup.unit,
        receiver=setup.receiver,
        period=period,
        level=setup.level,
        template=reference,
        training=setup.training,
    )
    letterhead = _letterhead(file, identity) or _undated(setup.letterhead)
    form = form_of(identity, letterhead, templates)
    answers = _first_answers(form)
    if carry is not None:
        earlier = file.report(carry.ref)
        then = form_of(earlier.identity, earlier.letterhead, templates)
        answers = carried_over(answers, form, earlier, then, carry.what)
    return keep_report(file, Report(identity, answers, letterhead), templates)


def earlier_reports(file: DataFile, unit: str, period: Period) -> tuple[Summary, ...]:
    """The reports of a unit that a new one of this period can take over from, each in its latest revision.

    The same period of last year comes first, then the others from the latest
    on; the unit is the same only by code and list.
    """
    latest = {
        summary.identity.period: summary
        for summary in sorted(file.reports(), key=lambda summary: summary.identity.revision)
        if summary.identity.unit.identity == unit and summary.identity.period.last_day < period.last_day
    }
    newest_first = sorted(latest.values(), key=lambda summary: summary.identity.period, reverse=True)
    return tuple(sorted(newest_first, key=lambda found: found.identity.period != period.previous()))


def keep_report(
    file: DataFile,
    report: Report,
    templates: Templates = template_library.template,
    now: datetime | None = None,
) -> int:
    """Keep a report as it is, with how far it has come; its number. Raises Refusal when it is there already."""
    form = form_of(report.identity, report.letterhead, templates, report.answers.own)
    figures = compute(form, report.answers)
    findings = check(form, report.answers, figures)
    return file.add_report(report, whole(progress(form, report.answers, figures, findings)), now)


def _letterhead(file: DataFile, identity: Identity) -> Letterhead | None:
    """The letterhead of the unit's report of the latest period, but for its number and date."""
    own = [s for s in file.reports() if s.identity.unit.identity == identity.unit.identity]
    last = max(own, key=lambda s: (s.identity.period.last_day, s.identity.revision), default=None)
    return None if last is None else _undated(file.report(last.ref).letterhead)


def _undated(letterhead: Letterhead) -> Letterhead:
    return replace(letterhead, number="", day=None)


def _first_answers(form: Form) -> Answers:
    texts = {item.id: item.default for item in form.items.values() if item.prose and item.default}
    return Answers({id: given(text) for id, text in texts.items()})
