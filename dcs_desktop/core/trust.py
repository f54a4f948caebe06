"""Whose signature is believed: the key that a unit came with first, until somebody says another.

A key is told by its fingerprint (core/fingerprint.py), "" where something is not signed. What somebody said after
hearing the words over the phone goes before what was learnt; what was said last, before what was said earlier.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

# Among the decisions of a data file the name under which stand the keys that it signed with itself.
OURS: Final = ""


class Trust(StrEnum):
    """What is to be done with something that bears a key."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Decision:
    """Somebody said that a key is, or is not, a unit's; ``after`` is the number of the last thing here when it was said."""

    key: str
    trusted: bool
    after: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Signed:
    """Something that came, by its number, and the key that it bore; ``vouched`` are known keys that signed it since."""

    number: int
    key: str
    vouched: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Keyring:
    """What is known of the keys of one unit: its ``first`` one and since when, and what was said.

    ``since`` is the number of the first thing that was signed, None while nothing is. Without ``learns`` no key is
    believed that nobody spoke for, and nothing unsigned.
    """

    first: str = ""
    since: int | None = None
    said: Sequence[Decision] = ()
    learns: bool = True

    def trust(self, one: Signed) -> Trust:
        """What is to be done with something that came: it is believed when one of the keys it bears is."""
        found = {self._of(key, one.number) for key in {one.key, *one.vouched}}
        return next(word for word in (Trust.KNOWN, Trust.UNKNOWN, Trust.REFUSED) if word in found)

    @property
    def _standing(self) -> list[Decision]:
        """The confirmations that nobody took back, oldest first: a key refused since leaves the one before in force."""
        last = {decision.key: decision.trusted for decision in self.said}
        return [decision for decision in self.said if decision.trusted and last[decision.key]]

    def _of(self, key: str, number: int) -> Trust:
        about = [decision for decision in self.said if decision.key == key]
        if about and not about[-1].trusted:
            return Trust.REFUSED
        if any(decision.after >= number for decision in about if decision.trusted):
            return Trust.KNOWN
        before = [decision for decision in self._standing if decision.after < number]
        if before:
            return Trust.KNOWN if before[-1].key == key else Trust.UNKNOWN
        return Trust.KNOWN if self.learns and self._learnt(key, number) else Trust.UNKNOWN

    def _learnt(self, key: str, number: int) -> bool:
        """Whether it bears the first key, or the first ever; or came unsigned before the unit signed anything."""
        if key:
            return self.first in ("", key)
        return self.since is None or number < self.since

    @property
    def in_force(self) -> str | None:
        """The key that the next thing must bear to be believed; None while none is known."""
        if self._standing:
            return self._standing[-1].key
        return self.first if self.first and self._of(self.first, _NEXT) is Trust.KNOWN else None

    def would(self, key: str) -> Trust:
        """What would be done with something that came now and bore this key."""
        return self._of(key, _NEXT)


def keyring(signed: Iterable[Signed], said: Sequence[Decision] = (), *, learns: bool = True) -> Keyring:
    """What is known of a unit's keys from all that came of it, in whatever order, and what was said, oldest first."""
    first = min((one for one in signed if one.key), key=lambda one: one.number, default=None)
    if first is None:
        return Keyring(said=said, learns=learns)
    return Keyring(first.key, first.number, said, learns)


_NEXT = 2**62
