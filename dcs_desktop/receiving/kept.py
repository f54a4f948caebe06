"""Totals of a period made once and kept with the data file, until a package or the list of units changes them.

What they rest on is one digest over everything they are made of: which package of which expected unit counts, the
template, and the program. As long as it is the same, so are they; otherwise, or when a record of them is damaged, all
are counted anew from what the packages say.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from itertools import compress

import msgspec

from dcs_desktop import __version__
from dcs_desktop.core.combine import Part, Total, Totals
from dcs_desktop.core.form import Form
from dcs_desktop.core.joining import Joined
from dcs_desktop.core.values import Value
from dcs_desktop.receiving.desk import Desk
from dcs_desktop.store import DataFile, KeptTotal
from dcs_desktop.store.counted import Said, all_said, meant, said_of, value_meant

FORMAT = "1"
Whole = Callable[[], Totals]


class _Kept(msgspec.Struct, frozen=True, omit_defaults=True):
    """One total; units are told by their places among the expected ones, sets of them as the bits of a number."""

    value: Said
    missing: str = "0"
    not_applicable: str = "0"
    extremes: tuple[tuple[int, Said], tuple[int, Said]] | None = None
    disagree: bool = False


def rests_on(desk: Desk, template: bytes, level: str) -> str:
    """The digest of everything that totals are made of; ``template`` as packages carry it."""
    counts = (f"{unit} {'' if (one := desk.counting(unit)) is None else one.digest}" for unit in desk.order)
    whole = "\n".join((FORMAT, __version__, level, *counts)).encode()
    return blake2b(whole + template, digest_size=16).hexdigest()


def keep(file: DataFile, desk: Desk, found: Totals, basis: str) -> None:
    """Keep totals that were just counted."""
    file.keep_totals(desk.period, basis, _records(found))


def _records(found: Totals) -> Iterator[KeptTotal]:
    places = {unit: place for place, unit in enumerate(found.expected)}
    for key, total in found.totals.items():
        ends = total.extremes
        kept = _Kept(
            said_of(total.value),
            _bits(total.missing, places),
            _bits(total.not_applicable, places),
            None if ends is None else tuple((places[end.unit], said_of(end.value)) for end in ends),  # type: ignore[arg-type]  # two of them
            bool(total.disagreement),
        )
        packed = zlib.compress(msgspec.json.encode(all_said(total.given)), 1)
        yield KeptTotal(key, msgspec.json.encode(kept).decode(), packed)


def _bits(units: Sequence[str], places: Mapping[str, int]) -> str:
    number = 0
    for unit in units:
        number |= 1 << places[unit]
    return f"{number:x}"


class Reader:
    """Totals as they were kept; ``whole`` counts them anew, for parts that are no longer as they were kept."""

    def __init__(self, file: DataFile, desk: Desk, form: Form, basis: str, whole: Whole) -> None:
        self._file = file
        self._desk = desk
        self._form = form
        self._basis = basis
        self._whole = cache(whole)
        self._units = tuple(dict.fromkeys(desk.order))

    def totals(self, said: Mapping[str, str]) -> Totals:
        """All of them, in the form's order. Raises ValueError for what was not written here."""
        found = {}
        for key in self._form.fields:
            if key in said:
                found[key] = self._total(key, msgspec.json.decode(said[key], type=_Kept))
        return Totals(self._form, self._units, found, self._joined)

    def _total(self, key: str, kept: _Kept) -> Total:
        missing, excluded = int(kept.missing, 16), int(kept.not_applicable, 16)
        covered = self._at(~(missing | excluded))
        ends = kept.extremes

        def given() -> tuple[Value, ...]:
            return self._given(key, len(covered))

        def outermost() -> tuple[Part, Part] | None:
            if ends is None:
                return None
            least, most = (Part(self._units[place], value_meant(said)) for place, said in ends)
            return least, most

        value = value_meant(kept.value)
        apart = (covered, self._at(missing), self._at(excluded))
        disagreement = tuple(map(Part, covered, given())) if kept.disagree else ()
        return Total(key, value, *apart, disagreement, given, outermost)

    def _at(self, bits: int) -> tuple[str, ...]:
        """The units of a set."""
        units = self._units
        bits &= (1 << len(units)) - 1
        if not bits:
            return ()
        if bits.bit_count() == len(units):
            return units
        return tuple(compress(units, map(int, reversed(f"{bits:0{len(units)}b}"))))

    def _given(self, key: str, count: int) -> tuple[Value, ...]:
        packed = self._file.kept_parts(self._desk.period, key, self._basis)
        if packed is None:
            return self._whole().totals[key].given
        said = msgspec.json.decode(zlib.decompress(packed), type=list[Said])
        if len(said) != count:
            raise ValueError(key)
        return meant(said)

    def _joined(self) -> Mapping[str, Joined]:
        return self._whole().tables
