"""Figures of units that look mistyped: hints to be looked at, never faults.

A figure is seen against the same unit's last period and against what the
other units did meanwhile: a slip is a change that they did not make. All
comparisons are of logarithms by medians, so that a few wrong figures among
the others move nothing, and a year in which everything grows tenfold is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from math import log10
from statistics import median
from typing import Final

from dcs_desktop.core.by_unit import ByUnit
from dcs_desktop.core.form import Field
from dcs_desktop.core.values import ADDITIVE, Kind, Value, shown_number
from dcs_desktop.i18n import _, later

PEERS: Final = 5  # fewer others say nothing about what is usual
NEAR_POWER: Final = 0.25  # how far from a whole power of ten a change may be, in powers of ten
LEAST_TENFOLD: Final = Decimal(3)  # smaller counts grow tenfold by themselves
SPREADS: Final = 5.0
LEAST_SPREAD: Final = 0.04
SWAPPED_SPREADS: Final = 4.0
MUCH: Final = log10(1.6)
TOWERING: Final = Decimal(8)  # times the largest of the others
ALONE_COPIED: Final = Decimal(1000)  # one such number stays the same by chance in few reports only
MANY_COPIED: Final = 4
COPIED_SHARE: Final = 0.4
COUNTED_COPIED: Final = Decimal(10)
LEAST_USUAL: Final = Decimal(10)  # what a "không" must stand against


class Suspicion(StrEnum):
    """What a figure may be; the closed list of ``totals --hints``."""

    DIGIT = "digit"
    MEASURE = "measure"
    SWAPPED = "swapped"
    COPIED = "copied"
    ZERO = "zero"


@dataclass(frozen=True, slots=True)
class Hint:
    """One figure of one unit that should be looked at; ``words`` with what ``said`` fills in tell why."""

    kind: Suspicion
    unit: str
    key: str
    words: str
    said: Mapping[str, str]

    @property
    def sentence(self) -> str:
        """Why it should be looked at."""
        return _(self.words).format(**self.said)

    @property
    def question(self) -> str:
        """The same as it can be put to the unit: in Vietnamese whatever the language of the window."""
        return self.words.format(**self.said)


Numbers = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class _Figure:
    """One figure over all units, this period and last, and what is usual among them (in powers of ten)."""

    field: Field
    now: Numbers
    before: Numbers
    change: float
    spread: float

    def off(self, number: Decimal, last: Decimal) -> float:
        """How far a change is from that of the others."""
        return log10(number / last) - self.change


def hints(
    now: ByUnit, before: Mapping[str, Mapping[str, Value]], comparable: frozenset[str]
) -> tuple[Hint, ...]:
    """Every hint, in the order of the form, then of the units.

    ``before`` are last period's values by unit and key; only the keys of
    ``comparable`` mean the same now as then. Only entered amounts and counts
    are looked at: what is computed is wrong where its parts are.
    """
    found: list[Hint] = []
    copied = _copied_by_unit(now, before, comparable)
    for key in now.totals.totals:
        field = now.totals.form.fields[key]
        if field.formula is None and field.type.kind in ADDITIVE:
            last = _numbers(before, key) if key in comparable else {}
            figure = _figure(field, _numbers(now.values, key), last)
            found += _of_figure(figure, copied)
    return tuple(found)


def _numbers(values: Mapping[str, Mapping[str, Value]], key: str) -> dict[str, Decimal]:
    numbers = ((unit, said[key].number) for unit, said in values.items() if key in said)
    return {unit: number for unit, number in numbers if number is not None and number >= 0}


def _figure(field: Field, now: Numbers, before: Numbers) -> _Figure:
    changes = [log10(number / before[unit]) for unit, number in now.items() if number and before.get(unit)]
    if len(changes) <= PEERS:
        return _Figure(field, now, before, 0.0, LEAST_SPREAD)
    middle = median(changes)
    spread = max(1.48 * median(abs(change - middle) for change in changes), LEAST_SPREAD)
    return _Figure(field, now, before, middle, spread)


def _of_figure(figure: _Figure, copied: Mapping[str, tuple[frozenset[str], int]]) -> Iterator[Hint]:
    ordered = sorted(figure.now.values())
    for unit, number in figure.now.items():
        last = figure.before.get(unit)
        if not number:
            found = _zero(figure, last, ordered)
        elif last:
            found = _slip(figure, number, last) or _swapped(figure, number, last)
            found = found or _copied(figure, unit, number, last, copied)
        else:
            found = _towering(figure, number, ordered)
        if found is not None:
            yield Hint(found[0], unit, figure.field.key, *found[1:])


Found = tuple[Suspicion, str, Mapping[str, str]] | None


def _slip(figure: _Figure, number: Decimal, last: Decimal) -> Found:
    """A change near a whole power of ten, which the others did not make."""
    off = figure.off(number, last)
    power = round(off)
    if power == 0 or abs(power) > 3 or abs(off - power) > NEAR_POWER or abs(off) < SPREADS * figure.spread:
        return None
    if abs(power) == 1 and min(number, last) < LEAST_TENFOLD:
        return None
    times = shown_number(Decimal(10) ** abs(power))
    numbers = _said(figure, number, last)
    if abs(power) == 3:
        return Suspicion.MEASURE, _measure_words(power), {"times": times, **numbers}
    return Suspicion.DIGIT, _digit_words(power), {"times": times, **numbers}


def _measure_words(power: int) -> str:
    if power > 0:
        return later(
            "“{label}” là {number}, gấp khoảng {times} lần kỳ trước ({last}). Có thể đã nhầm đơn vị tính. "
            "Đề nghị kiểm tra lại."
        )
    return later(
        "“{label}” là {number}, chỉ bằng khoảng 1/{times} kỳ trước ({last}). Có thể đã ghi theo nghìn. "
        "Đề nghị kiểm tra lại."
    )


def _digit_words(power: int) -> str:
    if power > 0:
        return later(
            "“{label}” là {number}, gấp khoảng {times} lần kỳ trước ({last}). Có thể thừa chữ số. "
            "Đề nghị kiểm tra lại."
        )
    return later(
        "“{label}” là {number}, chỉ bằng khoảng 1/{times} kỳ trước ({last}). Có thể thiếu chữ số. "
        "Đề nghị kiểm tra lại."
    )


def _swapped(figure: _Figure, number: Decimal, last: Decimal) -> Found:
    """Two neighbouring digits that, changed back, would give a usual change."""
    off = abs(figure.off(number, last))
    if number < 100 or off < max(MUCH, SWAPPED_SPREADS * figure.spread):
        return None
    for other in _with_neighbours_changed(number):
        if other and abs(figure.off(other, last)) < figure.spread:
            text = later(
                "“{label}” là {number}, kỳ trước {last}. Có thể đảo chữ số của {other}. Đề nghị kiểm tra lại."
            )
            said = _said(figure, number, last)
            return Suspicion.SWAPPED, text, {"other": shown_number(other), **said}
    return None


def _with_neighbours_changed(number: Decimal) -> Iterator[Decimal]:
    digits = f"{number:f}"
    for at in range(len(digits) - 1):
        one, other = digits[at], digits[at + 1]
        if one != other and "." not in (one, other) and (at or other != "0"):
            yield Decimal(digits[:at] + other + one + digits[at + 2 :])


def _copied(
    figure: _Figure,
    unit: str,
    number: Decimal,
    last: Decimal,
    copied: Mapping[str, tuple[frozenset[str], int]],
) -> Found:
    """Exactly last period's number: a large one by itself, or one of many in the report."""
    keys, asked = copied.get(unit, (frozenset(), 0))
    if number != last or figure.field.key not in keys:
        return None
    said = _said(figure, number, last)
    if _many(len(keys), asked):
        text = later(
            "“{label}” là {number}, đúng bằng kỳ trước, như {count} trên {asked} số liệu so được của báo cáo. "
            "Đề nghị cho biết có phải số của kỳ này không."
        )
        return Suspicion.COPIED, text, {"count": str(len(keys)), "asked": str(asked), **said}
    if number < ALONE_COPIED:
        return None
    text = later("“{label}” là {number}, đúng bằng kỳ trước. Đề nghị cho biết có phải số của kỳ này không.")
    return Suspicion.COPIED, text, said


def _many(copied: int, asked: int) -> bool:
    return copied >= MANY_COPIED and copied >= COPIED_SHARE * asked


def _copied_by_unit(
    now: ByUnit, before: Mapping[str, Mapping[str, Value]], comparable: frozenset[str]
) -> dict[str, tuple[frozenset[str], int]]:
    """By unit the figures that equal last period's, and of how many that could.

    What stands still in most units, such as the number of hamlets, is left out.
    """
    same: dict[str, set[str]] = {}
    asked: dict[str, int] = {}
    for key in now.totals.totals:
        field = now.totals.form.fields[key]
        if key not in comparable or field.formula is not None or field.type.kind not in ADDITIVE:
            continue
        last = _numbers(before, key)
        there = {
            unit: number == last[unit]
            for unit, number in _numbers(now.values, key).items()
            if unit in last and max(number, last[unit]) >= COUNTED_COPIED
        }
        if len(there) > PEERS and 2 * sum(there.values()) > len(there):
            continue
        for unit, equal in there.items():
            asked[unit] = asked.get(unit, 0) + 1
            if equal:
                same.setdefault(unit, set()).add(key)
    return {unit: (frozenset(keys), asked[unit]) for unit, keys in same.items()}


def _zero(figure: _Figure, last: Decimal | None, ordered: list[Decimal]) -> Found:
    """ "Không" where nearly all others have a number and this unit had one, or they have large ones."""
    others = len(ordered) - 1
    nonzero = [number for number in ordered if number]
    if others < PEERS or len(nonzero) < 0.9 * others:
        return None
    usual = nonzero[len(nonzero) // 2]
    counts = {"count": shown_number(Decimal(len(nonzero))), "others": shown_number(Decimal(others))}
    said = {"label": figure.field.label, **counts}
    if last is not None and last >= LEAST_USUAL:
        text = later(
            "“{label}” là không, kỳ trước {last}; {count} trên {others} đơn vị khác có số. Đề nghị kiểm tra lại."
        )
        return Suspicion.ZERO, text, {"last": _shown(figure, last), **said}
    lone = len(ordered) - len(nonzero) <= max(1, len(ordered) // 100)
    if last is None and lone and nonzero[0] >= LEAST_USUAL:
        text = later(
            "“{label}” là không, trong khi {count} trên {others} đơn vị khác có số, phần lớn quanh {usual}. "
            "Đề nghị kiểm tra lại."
        )
        return Suspicion.ZERO, text, {"usual": _shown(figure, usual), **said}
    return None


def _towering(figure: _Figure, number: Decimal, ordered: list[Decimal]) -> Found:
    """Without last period: many times the largest of all others, none of which is so far from the next."""
    if number != ordered[-1] or len(ordered) <= PEERS or not ordered[-1 - PEERS]:
        return None
    next_one, usual = ordered[-2], ordered[len(ordered) // 2]
    if number < TOWERING * next_one or number < 10 * LEAST_USUAL:
        return None
    if next_one > TOWERING * ordered[-1 - PEERS]:
        return None
    measure = number >= 1000 * usual and figure.field.type.kind is not Kind.COUNT
    text = later(
        "“{label}” là {number}, các đơn vị khác nhiều nhất là {next}, phần lớn quanh {usual}. Có thể thừa chữ số "
        "hoặc nhầm đơn vị tính. Đề nghị kiểm tra lại."
    )
    numbers = {"next": _shown(figure, next_one), "usual": _shown(figure, usual)}
    said = {"label": figure.field.label, "number": _shown(figure, number), **numbers}
    return (Suspicion.MEASURE if measure else Suspicion.DIGIT), text, said


def _said(figure: _Figure, number: Decimal, last: Decimal) -> dict[str, str]:
    return {
        "label": figure.field.label,
        "number": _shown(figure, number),
        "last": _shown(figure, last),
    }


def _shown(figure: _Figure, number: Decimal) -> str:
    return f"{shown_number(number)} {figure.field.type.unit}".strip()
