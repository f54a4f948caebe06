"""Which of the packages that one unit sent for one period counts.

The answer depends on what is here and never on the order in which it came or
on any clock (R12, R17): an amendment counts once everything it amends is
here, and of two that claim the same place and differ neither counts, until a
later amendment of one of them settles it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    """Where a package stands among those of its unit; the words are verdicts of an import."""

    ACCEPTED = "accepted"
    SUPERSEDED = "superseded"
    WAITING = "waiting"
    REVISION_GAP = "revision_gap"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Filed:
    """One revision by its content digest; ``parent`` is the digest of what it amends, "" for an original."""

    digest: str
    revision: int
    parent: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The digest of the revision that counts, None while none does, and each one's place."""

    counts: str | None
    places: Mapping[str, Place]


def standing(filed: Iterable[Filed]) -> Standing:
    """Where everything stands that one unit sent for one period."""
    known = {one.digest: one for one in filed}
    if len(known) == 1 and not (only := next(iter(known.values()))).revision:
        return Standing(only.digest, {only.digest: Place.ACCEPTED})
    whole = {digest: chain for digest, one in known.items() if (chain := _chain(one, known))}
    deepest = max(map(len, whole.values()), default=0)
    agreed = _shared([chain for chain in whole.values() if len(chain) == deepest])
    counts = agreed[-1] if agreed else None
    places = {digest: _place(one, known, whole, agreed) for digest, one in known.items()}
    return Standing(counts, places)


def _chain(one: Filed, known: Mapping[str, Filed]) -> tuple[str, ...]:
    """The digests from the original to this one, empty while something between is not here."""
    chain = [one.digest]
    while one.revision > 0:
        below = known.get(one.parent)
        if below is None or below.revision != one.revision - 1:
            return ()
        chain.append(below.digest)
        one = below
    return tuple(reversed(chain))


def _shared(chains: list[tuple[str, ...]]) -> tuple[str, ...]:
    """What all chains begin with."""
    if not chains:
        return ()
    apart = (at for at, digests in enumerate(zip(*chains, strict=True)) if len(set(digests)) > 1)
    return chains[0][: next(apart, len(chains[0]))]


def _place(
    one: Filed, known: Mapping[str, Filed], whole: Mapping[str, tuple[str, ...]], agreed: tuple[str, ...]
) -> Place:
    if one.digest in agreed:
        return Place.ACCEPTED if one.digest == agreed[-1] else Place.SUPERSEDED
    if one.digest in whole:
        return Place.CONFLICT
    revisions_whole = {known[digest].revision for digest in whole}
    if one.parent not in known and one.revision - 1 in revisions_whole:
        return Place.CONFLICT
    return Place.REVISION_GAP if 0 in revisions_whole else Place.WAITING
