"""Two periods of many units, invented from a seed, with slips put in by hand."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal

from dcs_desktop.core.by_unit import ByUnit, UnitLine, by_unit
from dcs_desktop.core.combine import combine
from dcs_desktop.core.report import Answers
from dcs_desktop.core.values import NONE, Value, given
from tests.printing import many_units

FIGURES = 40
KEYS = frozenset(f"s{n}" for n in range(FIGURES) if n % 8 != 7)
KINDS = ("extra digit", "digit lost", "hundredfold", "thousandfold", "swapped", "zero")
Table = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Invented:
    """What the units say, last period's values, and the slips: kind by (unit, key)."""

    now: ByUnit
    before: dict[str, dict[str, Value]]
    slips: dict[tuple[str, str], str]
    copiers: frozenset[str]
    clean: int


def invented(seed: int, units: int, slips: int, copiers: int = 0) -> Invented:
    """Counts that grow by their own and the area's rate, some near 1, some in the thousands, every fifth steady."""
    chance = random.Random(seed)
    before = {f"{n:05}@GSO-2024": _last(chance) for n in range(units)}
    growth = {key: chance.gauss(0.05, 0.1) for key in sorted(KEYS)}
    now = {
        unit: {key: _next(chance, number, key, growth[key]) for key, number in said.items()}
        for unit, said in before.items()
    }
    copying = frozenset(chance.sample(sorted(now), copiers))
    for unit in copying:
        now[unit] = {
            key: before[unit][key] if chance.random() < 0.8 else number for key, number in now[unit].items()
        }
    made = _slipped(chance, now, slips, copying)
    lines = tuple(UnitLine(unit, f"Xã {unit[:5]}", "received") for unit in now)
    answers = {
        unit: Answers({key: _value(number) for key, number in said.items()}) for unit, said in now.items()
    }
    found = by_unit(combine(many_units.form(FIGURES), answers, list(now)), lines, answers)
    last = {unit: {key: _value(number) for key, number in said.items()} for unit, said in before.items()}
    return Invented(found, last, made, copying, (units - copiers) * len(KEYS) - len(made))


def _value(number: int) -> Value:
    return given(Decimal(number)) if number else NONE


def _last(chance: random.Random) -> dict[str, int]:
    size = chance.lognormvariate(0, 0.5)
    return {key: _about(chance, size * 10 ** (0.5 + int(key[1:]) % 4)) for key in sorted(KEYS)}


def _about(chance: random.Random, mean: float) -> int:
    return max(round(chance.gauss(mean, mean**0.5)), 0)


def _next(chance: random.Random, last: int, key: str, growth: float) -> int:
    if int(key[1:]) % 5 == 0:
        return last if chance.random() < 0.85 else max(last + chance.choice((-1, 1)), 0)
    return _about(chance, last * (1 + growth) * chance.lognormvariate(0, 0.18))


def _slipped(
    chance: random.Random, now: Table, slips: int, copying: frozenset[str]
) -> dict[tuple[str, str], str]:
    """Slips in figures of two digits and more, as hands make them."""
    places = [(u, k) for u, said in now.items() if u not in copying for k, n in said.items() if n >= 10]
    made = {}
    for at, (unit, key) in enumerate(chance.sample(places, slips)):
        kind = KINDS[at % len(KINDS)]
        wrong = _mistyped(chance, now[unit][key], kind)
        if wrong != now[unit][key]:
            now[unit][key] = wrong
            made[unit, key] = kind
    return made


def _mistyped(chance: random.Random, number: int, kind: str) -> int:
    digits = str(number)
    at = chance.randrange(len(digits))
    match kind:
        case "extra digit":
            return int(digits[: at + 1] + chance.choice("0123456789") + digits[at + 1 :])
        case "digit lost":
            return int(digits[:at] + digits[at + 1 :])
        case "hundredfold":
            return number * 100
        case "thousandfold":
            return number * 1000
        case "swapped":
            at = min(at, len(digits) - 2)
            return int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])
        case _:
            return 0
