"""What later totals of the units below change in a report that has left the house.

The report stays as it was signed; this says what its amendment would say otherwise: totals, what is computed from
them, and the sentences that name them by linked figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest

from dcs_desktop.core.answers import compute
from dcs_desktop.core.form import Form, Role
from dcs_desktop.core.linked import Figures, shown_link
from dcs_desktop.core.narrative import Link, read
from dcs_desktop.core.passages import passages
from dcs_desktop.core.prose.sentences import stretches
from dcs_desktop.core.report import Report
from dcs_desktop.core.values import BLANK, Value

Printed = Callable[[Link], str]


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure of the report, as it stands there and as the units' reports make it now.

    ``replaced`` is a total that the unit put a figure of its own in the place of: what it prints stays.
    """

    key: str
    old: Value
    new: Value
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class Reworded:
    """A sentence of an item that would print otherwise."""

    item: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Effects:
    """What would change: totals and what follows from them, sentences; ``answers`` hold the totals as they are now."""

    figures: tuple[Moved, ...]
    sentences: tuple[Reworded, ...]
    report: Report

    def __bool__(self) -> bool:
        return bool(self.figures)


def effects(form: Form, report: Report, below: Mapping[str, Value], before: Figures | None = None) -> Effects:
    """What the totals ``below``, by the figure's key, change in a report; ``before`` is what it is compared with."""
    came = {f"{key}.below": value for key, value in below.items() if f"{key}.below" in form.fields}
    values = {**report.answers.values, **came}
    now = replace(report, answers=replace(report.answers, values=values))
    old, new = compute(form, report.answers, before), compute(form, now.answers, before)
    figures = tuple(_moved(form, old, new))
    zero = report.letterhead.leading_zero

    def said(figures: Figures) -> Printed:
        return lambda link: shown_link(link, form, figures, report.answers, before, zero)

    return Effects(figures, tuple(_reworded(form, report, said(old), said(new))), now)


def _moved(form: Form, old: Figures, new: Figures) -> Iterator[Moved]:
    """Each figure that is another, once: a total stands for its part from below, unless another was put in its place."""
    for key, field in form.fields.items():
        then, now = old.get(key, BLANK), new.get(key, BLANK)
        if replace(then, note="") == replace(now, note=""):
            continue
        if field.role is not Role.BELOW:
            yield Moved(key, then, now)
        elif old.get(key.removesuffix(".below")) == new.get(key.removesuffix(".below")):
            yield Moved(key.removesuffix(".below"), then, now, replaced=True)


def _reworded(form: Form, report: Report, old: Printed, new: Printed) -> Iterator[Reworded]:
    for item in form.items:
        prose = read(report.answers.prose(item))
        pairs = zip(passages(prose, old), passages(prose, new), strict=True)
        for then, now in ((then.text, now.text) for then, now in pairs if then != now):
            for before, after in zip_longest(_sentences(then), _sentences(now), fillvalue=""):
                if before != after:
                    yield Reworded(item, before, after)


def _sentences(text: str) -> list[str]:
    return [text[begin:end].strip() for begin, end in stretches(text)]
