"""Whose signature the desk believes, over everything that it ever received (core/trust.py has the rule).

What is entered here for a unit bears the desk's own key; of such no key is learnt, so that nobody enters from outside.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from dcs_desktop.core.fingerprint import fingerprint
from dcs_desktop.core.trust import OURS, Decision, Keyring, Signed, Trust, keyring
from dcs_desktop.store import DataFile, Received


class Keys:
    """The keys of the units that sent something; ``training`` says which of it is meant."""

    def __init__(self, file: DataFile, *, training: bool) -> None:
        self.said: Mapping[str, Sequence[Decision]] = file.decisions()
        came: dict[str, list[Received]] = defaultdict(list)
        for one in file.to_judge(training=training):
            came[OURS if one.entered else one.identity.unit.identity].append(one)
        self._rings = {unit: self._ring(unit, rows) for unit, rows in came.items()}

    def _ring(self, unit: str, rows: Iterable[Received]) -> Keyring:
        return keyring(map(_signed, rows), self.said.get(unit, ()), learns=unit != OURS)

    def trust(self, one: Received) -> Trust:
        """What is to be done with a package that is here; one whose unit always bore one key is believed."""
        ring = self._rings.get(OURS if one.entered else one.identity.unit.identity)
        return Trust.KNOWN if ring is None else ring.trust(_signed(one))

    def would(self, unit: str, key: str, here: Iterable[Received]) -> Trust:
        """What would be done with a package of a unit that bore this public key; ``here`` are some of its packages."""
        ring = self._rings.get(unit)
        if ring is None:
            ring = self._ring(unit, (one for one in here if not one.entered))
        return ring.would(_of(key))


def keys_of(file: DataFile, *, training: bool) -> Keys:
    """The keys as the data file has them now. Raises Refusal."""
    found: Keys = file.worked_out(f"keys {training}", lambda: Keys(file, training=training))
    return found


def _signed(one: Received) -> Signed:
    first, *vouched = one.keys
    return Signed(one.ref, _of(first), frozenset(map(_of, vouched)))


def _of(key: str) -> str:
    return fingerprint(key) if key else ""
