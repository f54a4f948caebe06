"""Proposals of figures: what was found where, what is to be asked, which of two speaks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dcs_desktop.core.form import Form
from dcs_desktop.core.old_report.labels import entry_key
from dcs_desktop.core.trouble import Fault
from dcs_desktop.core.values import Value, parse

Where = Literal["annex", "table", "prose"]
# The annex is what was meant to be counted from.
RANKS: dict[Where, int] = {"annex": 0, "table": 1, "prose": 2}
LONGEST_SOURCE = 300
EMPTY = re.compile(r"[\s.…_-]*")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A figure found in the file.

    ``key`` is the field it goes into, ``typed`` the number as it stands in
    the file; ``value`` is None where it cannot be read in one way, then
    ``fault`` says why. ``source`` is the sentence or row it stands in, ``item``
    the item whose text that is, "" in annex and tables. What is not ``sure``
    is not ticked. ``other`` is what else the file says of the same figure.
    """

    key: str
    typed: str
    value: Value | None
    source: str
    where: Where
    sure: bool
    item: str = ""
    fault: Fault | None = None
    other: str = ""


def proposal(
    form: Form, key: str, typed: str, source: str, where: Where, *, sure: bool, item: str = ""
) -> Proposal | None:
    """A number of the file for a figure; None where nothing stands there or the figure is computed."""
    place = entry_key(form, key)
    if not place or EMPTY.fullmatch(typed):
        return None
    source = " ".join(source.split())
    source = source if len(source) <= LONGEST_SOURCE else source[: LONGEST_SOURCE - 1] + "…"
    found = parse(form.fields[place].type, typed)
    if isinstance(found, Fault):
        return Proposal(place, typed, None, source, where, sure=False, item=item, fault=found)
    return Proposal(place, typed, found, source, where, sure=sure and found.answered, item=item)


def weighed(form: Form, found: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """One proposal for each figure, in the form's order; where two differ, the annex speaks and is asked about."""
    by_key: dict[str, list[Proposal]] = {}
    for one in found:
        by_key.setdefault(one.key, []).append(one)
    chosen = {key: _one_of(proposals) for key, proposals in by_key.items()}
    return tuple(chosen[key] for key in form.fields if key in chosen)


def _one_of(proposals: Sequence[Proposal]) -> Proposal:
    ranked = sorted(proposals, key=lambda one: (RANKS[one.where], not one.sure))
    best = ranked[0]
    sure = [one for one in ranked if one.sure]
    if not best.sure and sure and best.value is not None and sure[0].value == best.value:
        return sure[0]
    others = [one for one in ranked[1:] if one.value != best.value and (one.sure or one.where == best.where)]
    if not others:
        return best
    said = dict.fromkeys(one.typed for one in others)
    return replace(best, sure=False, other="; ".join(said))
