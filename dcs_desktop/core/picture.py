"""A picture of figures as data: bars with their words, ticks of the axis, the same told in a sentence.

The window and the paper draw it alike (:mod:`core.picture_layout`). The table
beside it is the source: a picture shows nothing that no table has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from typing import Final

from dcs_desktop.core.values import shown_number

READABLE: Final = 20
BINS: Final = 8
TICKS: Final = 5
STEPS: Final = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))


class Look(StrEnum):
    """How a bar looks: told apart by shape, not by colour alone."""

    NOW = "now"
    LAST = "last"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; ``length`` is its part of the axis, 0 for what is missing, negative numbers are drawn by size."""

    label: str
    said: str
    length: float
    look: Look = Look.NOW


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of the axis, at this part of it."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Bars under a title; ``note`` says what is not in them, ``told`` is the whole for who cannot see it."""

    title: str
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    note: str
    told: str


@dataclass(frozen=True, slots=True)
class Words:
    """The words of pictures, in the language of the window or in that of the paper; {places} are filled in."""

    missing: str  # beside the name of a unit without a number
    lacking: str  # {there} {all}: the note of a total that lacks units
    whole: str  # {all}: the note of one that does not
    filed: str  # {there} {all}: the note of who has filed
    no_number: str  # the bar of all units without a number
    above: str  # {most}: more than nothing
    between: str  # {least} {most}
    upward: str  # {least} {most}
    grouped: str  # {title}: units counted by the size of their number
    units: str  # {count}
    told: str  # {title} {bars} {note}


Part = tuple[str, Decimal | None]


def of_units(title: str, parts: Sequence[Part], words: Words, measure: str = "") -> Picture:
    """A bar per unit, the largest first, who has no number last; more than can be read are counted by size."""
    there = sum(number is not None for _name, number in parts)
    note = (words.whole if there == len(parts) else words.lacking).format(
        there=shown_number(Decimal(there)), all=shown_number(Decimal(len(parts)))
    )
    if len(parts) > READABLE:
        return _counted(words.grouped.format(title=title), [number for _name, number in parts], words, note)
    ordered = sorted(parts, key=lambda part: (part[1] is None, -(part[1] or 0)))
    most = max((abs(number) for _name, number in parts if number is not None), default=Decimal(0))
    end, ticks = _axis(most)
    bars = tuple(
        Bar(name, words.missing, 0.0, Look.MISSING)
        if number is None
        else Bar(name, shown_number(number), _part(number, end))
        for name, number in ordered
    )
    return _picture(f"{title} ({measure})" if measure else title, bars, ticks, note, words)


def of_counts(title: str, counts: Sequence[tuple[str, int]], absent: frozenset[str], words: Words) -> Picture:
    """How many units stand where, with their share; ``absent`` are the labels of those without a report."""
    whole = sum(count for _label, count in counts)
    end, ticks = _axis(Decimal(max((count for _label, count in counts), default=0)))
    bars = tuple(
        Bar(
            label,
            _shared(count, whole),
            _part(Decimal(count), end),
            Look.MISSING if label in absent else Look.NOW,
        )
        for label, count in counts
    )
    there = sum(count for label, count in counts if label not in absent)
    note = words.filed.format(there=shown_number(Decimal(there)), all=shown_number(Decimal(whole)))
    return _picture(title, bars, ticks, note, words)


def _shared(count: int, whole: int) -> str:
    share = Decimal(100 * count) / whole if whole else Decimal(0)
    return f"{shown_number(Decimal(count))} ({shown_number(share, 1)}%)"


def of_change(title: str, last: Part, now: Part, note: str, words: Words) -> Picture:
    """Last period's total and this one's over the same units."""
    end, ticks = _axis(max(abs(last[1] or Decimal(0)), abs(now[1] or Decimal(0))))
    bars = tuple(
        Bar(name, words.missing, 0.0, Look.MISSING)
        if number is None
        else Bar(name, shown_number(number), _part(number, end), look)
        for (name, number), look in ((last, Look.LAST), (now, Look.NOW))
    )
    return _picture(title, bars, ticks, note, words)


def _counted(title: str, numbers: Sequence[Decimal | None], words: Words, note: str) -> Picture:
    """How many units have a number of about which size."""
    known = sorted(number for number in numbers if number is not None)
    groups = _groups(known, words)
    most = max([len(numbers) - len(known), *(count for _label, count in groups)])
    end, ticks = _axis(Decimal(most))
    bars = [Bar(label, _of_units(count, words), count / float(end)) for label, count in groups]
    if len(known) < len(numbers):
        count = len(numbers) - len(known)
        bars.append(Bar(words.no_number, _of_units(count, words), count / float(end), Look.MISSING))
    return _picture(title, tuple(bars), ticks, note, words)


def _of_units(count: int, words: Words) -> str:
    return words.units.format(count=shown_number(Decimal(count)))


def _groups(known: Sequence[Decimal], words: Words) -> list[tuple[str, int]]:
    """Round steps up to what nearly all have, the few above in one group; numbers at nothing apart."""
    rest = [number for number in known if number]
    groups = [("0", len(known) - len(rest))] if len(rest) < len(known) else []
    if not rest:
        return groups
    usual = rest[int(0.95 * (len(rest) - 1))]
    step = max(_step(max(abs(usual - rest[0]), Decimal(1)), BINS), Decimal(1))
    least = (rest[0] // step) * step
    while least + step <= usual:
        count = sum(least <= number < least + step for number in rest)
        said = words.between if least else words.above
        said = said.format(least=shown_number(least), most=shown_number(least + step))
        groups.append((said, count))
        least += step
    count = sum(number >= least for number in rest)
    last = {"least": shown_number(least), "most": shown_number(rest[-1])}
    groups.append((words.upward.format(**last) if least < rest[-1] else last["most"], count))
    return groups


def _axis(most: Decimal) -> tuple[Decimal, tuple[Tick, ...]]:
    """The end of an axis that holds ``most``, and its marks at round numbers."""
    if not most:
        return Decimal(1), (Tick(0.0, "0"),)
    step = _step(most, TICKS)
    count = int((most / step).to_integral_value(ROUND_CEILING))
    end = step * count
    return end, tuple(Tick(at / count, shown_number(step * at)) for at in range(count + 1))


def _step(length: Decimal, count: int) -> Decimal:
    """A round step of which at most so many make the length."""
    least = length / count
    power = Decimal(10) ** least.adjusted()
    return next(step * power for step in STEPS if step * power >= least)


def _part(number: Decimal, end: Decimal) -> float:
    return float(abs(number) / end)


def _picture(title: str, bars: tuple[Bar, ...], ticks: tuple[Tick, ...], note: str, words: Words) -> Picture:
    listed = "; ".join(f"{bar.label}: {bar.said}" for bar in bars)
    return Picture(title, bars, ticks, note, words.told.format(title=title, bars=listed, note=note))
