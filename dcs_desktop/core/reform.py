"""Units before and after a reform: which became which, on which day, and which of them can be compared.

A relation says that these units of one list became those of a later one: one to one when renamed or only numbered
anew, several to one when merged, one to several when split, several to several where no more is known of an area.
Figures are never apportioned: two periods are compared group by group, a group being the fewest units before and after
that came out of one another. A code alone joins nothing, for codes are given anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """What became of the units of a relation."""

    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"
    REGROUPED = "regrouped"


@dataclass(frozen=True, slots=True)
class Relation:
    """The units ``before`` became those ``after`` on a day (identities ``code@list``); ``basis`` is the document."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    day: date
    basis: str = ""

    @property
    def kind(self) -> Kind:
        """One or several on either side."""
        if len(self.after) == 1:
            return Kind.RENAMED if len(self.before) == 1 else Kind.MERGED
        return Kind.SPLIT if len(self.before) == 1 else Kind.REGROUPED


@dataclass(frozen=True, slots=True)
class Group:
    """The fewest units before and after that can be compared with one another, each side in the order asked."""

    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Reform:
    """All relations that are known."""

    relations: tuple[Relation, ...] = ()

    @cached_property
    def _joined(self) -> dict[str, set[str]]:
        """Every unit with all units that came out of one another with it, through several reforms too."""
        found: dict[str, set[str]] = {}
        for relation in self.relations:
            whole = {*relation.before, *relation.after}
            for unit in tuple(whole):
                whole |= found.get(unit, set())
            for unit in whole:
                found[unit] = whole
        return found

    def group_of(self, unit: str) -> frozenset[str]:
        """The unit with all units of any list that came out of one another with it."""
        return frozenset(self._joined.get(unit, {unit}))

    def before(self, units: Iterable[str], list_id: str) -> frozenset[str]:
        """The units of a list that these were, or became, none where that is not known."""
        return frozenset(one for unit in units for one in self.group_of(unit) if list_of(one) == list_id)

    def groups(self, before: Collection[str], after: Collection[str]) -> tuple[Group, ...]:
        """How the units of two periods are to be compared, in the order of those ``after``.

        A unit in both is a group of its own. A group has every unit that
        belongs to it, of the lists of both sides, asked for or not: it can
        be compared only as a whole. Units that nothing leads to are in none.
        """
        return tuple(self._groups(before, after))

    def _groups(self, before: Collection[str], after: Collection[str]) -> Iterator[Group]:
        last, now = dict.fromkeys(before), dict.fromkeys(after)
        last_lists, now_lists = set(map(list_of, last)), set(map(list_of, now))
        done: set[str] = set()
        for unit in now:
            if unit in last:
                yield Group((unit,), (unit,))
            elif unit in self._joined and unit not in done:
                whole = self._joined[unit]
                done |= whole
                earlier = {one for one in whole if list_of(one) in last_lists - now_lists}
                later = {one for one in whole if list_of(one) in now_lists}
                if not earlier.isdisjoint(last):
                    yield Group(_in_order(earlier, last), _in_order(later, now))


def _in_order(units: Collection[str], order: Collection[str]) -> tuple[str, ...]:
    """The units in this order, those it does not have behind."""
    there = [unit for unit in order if unit in units]
    return (*there, *sorted(set(units).difference(there)))


def list_of(identity: str) -> str:
    """The list that a unit stands in."""
    return identity.partition("@")[2]


def refined(given: Sequence[Relation], shipped: Sequence[Relation]) -> Reform:
    """Both together; a shipped relation gives way to those given that tell of all its units more closely."""
    before = {unit for one in given for unit in one.before}
    after = {unit for one in given for unit in one.after}
    kept = [one for one in shipped if not (before.issuperset(one.before) and after.issuperset(one.after))]
    return Reform((*given, *kept))
