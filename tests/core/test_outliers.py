"""Hints at mistyped figures: what each says, and how many are right on invented periods with known slips."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from dcs_desktop.core.by_unit import ByUnit, UnitLine, by_unit
from dcs_desktop.core.combine import combine
from dcs_desktop.core.outliers import Hint, hints
from dcs_desktop.core.report import Answers
from dcs_desktop.core.values import NONE, Value, given
from tests.core.slips import KEYS, invented
from tests.printing import many_units

# The rule was tuned on seeds 1 to 4; these are kept apart.
KEPT_APART = (101, 102, 103, 104)
UNITS = tuple(UnitLine(f"{n}@GSO-2024", f"Xã {n}", "received") for n in range(7))


def _table(numbers: Mapping[str, tuple[int, ...]]) -> dict[str, dict[str, Value]]:
    """Values by unit and key from each key's numbers, one a unit."""
    made: dict[str, dict[str, Value]] = {unit.identity: {} for unit in UNITS}
    for key, row in numbers.items():
        for unit, number in zip(UNITS, row, strict=True):
            made[unit.identity][key] = given(Decimal(number)) if number else NONE
    return made


def _now(numbers: Mapping[str, tuple[int, ...]]) -> ByUnit:
    answers = {unit: Answers(values) for unit, values in _table(numbers).items()}
    whole = combine(many_units.form(len(numbers)), answers, [unit.identity for unit in UNITS])
    return by_unit(whole, UNITS, answers)


def _hints(now: dict[str, tuple[int, ...]], last: dict[str, tuple[int, ...]]) -> tuple[Hint, ...]:
    return hints(_now(now), _table(last), frozenset(last))


LAST = (120, 340, 55, 89, 410, 230, 77)
USUAL = (126, 351, 58, 85, 431, 225, 80)


def _said(last: int, now: int) -> str:
    """The sentence about the first unit, "" for none; nobody else may get one."""
    found = _hints({"s0": (now, *USUAL[1:])}, {"s0": (last, *LAST[1:])})
    assert {hint.unit for hint in found} <= {UNITS[0].identity}
    return found[0].sentence if found else ""


def test_each_hint_says_what_it_saw_with_the_numbers() -> None:
    assert _said(120, 1260) == (
        "“Số vụ tiếp nhận 0” là 1.260 vụ, gấp khoảng 10 lần kỳ trước (120 vụ). Có thể thừa chữ số. "
        "Đề nghị kiểm tra lại."
    )
    assert "chỉ bằng khoảng 1/10 kỳ trước (120 vụ). Có thể thiếu chữ số." in _said(120, 13)
    assert "gấp khoảng 1.000 lần kỳ trước (120 vụ). Có thể đã nhầm đơn vị tính." in _said(120, 126_000)
    assert "Có thể đã ghi theo nghìn." in _said(120_000, 126)
    assert "kỳ trước 180 vụ. Có thể đảo chữ số của 189." in _said(180, 819)
    assert "là 4.210 vụ, đúng bằng kỳ trước." in _said(4210, 4210)
    assert "là không, kỳ trước 120 vụ; 6 trên 6 đơn vị khác có số." in _said(120, 0)
    assert _said(120, 126) == ""
    assert _said(120, 200) == ""


def test_a_change_that_all_units_made_is_none() -> None:
    assert _hints({"s0": tuple(10 * number for number in USUAL)}, {"s0": LAST}) == ()


def test_what_stands_still_everywhere_is_not_copied() -> None:
    still = tuple(1000 + number for number in LAST)
    assert _hints({"s0": still}, {"s0": still}) == ()


def test_many_equal_figures_in_one_report_are_told_together() -> None:
    last = {f"s{n}": tuple(number + 7 * n for number in LAST) for n in range(5)}
    now = {key: (last[key][0], *(number + 9 for number in last[key][1:])) for key in last}
    found = _hints(now, last)
    assert [hint.key for hint in found] == list(last)
    assert "như 5 trên 5 số liệu so được của báo cáo" in found[0].sentence


def test_without_last_period_the_others_are_the_measure() -> None:
    (found,) = _hints({"s0": (43_100, *USUAL[1:])}, {})
    assert "là 43.100 vụ, các đơn vị khác nhiều nhất là 431 vụ" in found.sentence
    (zero,) = _hints({"s0": (0, *USUAL[1:])}, {})
    assert zero.unit == UNITS[0].identity
    assert _hints({"s0": (900, *USUAL[1:])}, {}) == ()


def test_few_units_give_no_hint_by_comparison_with_one_another() -> None:
    now = by_unit(
        combine(many_units.form(1), {}, [UNITS[0].identity]), UNITS[:1], {UNITS[0].identity: Answers()}
    )
    assert hints(now, {}, frozenset()) == ()


def test_slips_are_found_and_clean_figures_left_alone_on_periods_kept_apart() -> None:
    """Every gross slip in ten, at most 1 false alarm in 1,000 clean figures; swapped digits are rarely seen."""
    asked = {"gross": 0, "swapped": 0}
    hit = {"gross": 0, "swapped": 0}
    said = right = false = clean = 0
    for seed in KEPT_APART:
        one = invented(seed, 168, slips=42, copiers=5)
        found = hints(one.now, one.before, KEYS)
        places = {(hint.unit, hint.key) for hint in found if hint.unit not in one.copiers}
        for place, kind in one.slips.items():
            asked["swapped" if kind == "swapped" else "gross"] += 1
            hit["swapped" if kind == "swapped" else "gross"] += place in places
        said, right = said + len(places), right + len(places & one.slips.keys())
        false, clean = false + len(places - one.slips.keys()), clean + one.clean
        assert one.copiers <= {hint.unit for hint in found if hint.kind == "copied"}
    figures = f"precision {right}/{said}, recall {hit} of {asked}, false {false} in {clean}"
    assert hit["gross"] >= 0.85 * asked["gross"], figures
    assert right >= 0.9 * said, figures
    assert 1000 * false <= clean, figures


def test_a_none_that_several_units_share_is_no_hint_without_last_period() -> None:
    assert _hints({"s0": (0, 0, *USUAL[2:])}, {}) == ()
