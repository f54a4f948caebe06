"""Totals on a small template: sums, ratios of sums, same for all, counts, lists, coverage, and their laws."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from dcs_desktop.core.building import build
from dcs_desktop.core.combine import Total, combine, comparable
from dcs_desktop.core.form import Form
from dcs_desktop.core.period import PeriodKind
from dcs_desktop.core.report import Answers, Row
from dcs_desktop.core.template import Template
from dcs_desktop.core.template_file import read_template
from dcs_desktop.core.values import BLANK, NONE, NOT_APPLICABLE, Coverage, State, Value, given, pending

SOURCE = """
default_entered = "commune"
[template]
id = "thu"
version = "2024"
name = "Mẫu thử"
title = "Báo cáo"
subject = "Kết quả"
valid_from = 2020-01-01
[[level]]
id = "commune"
name = "Cấp xã"
units = ["commune"]
[[level]]
id = "receiving"
name = "Cấp trên"
units = ["district"]
below = "commune"
[entered]
commune = { commune = "own", receiving = "both" }
[[section]]
id = "I"
title = "Số liệu"
[[section.item]]
id = "I.1"
prompt = "Số liệu"
answer = "none"
figures = [
 { id = "dua_ra", label = "Đưa ra", unit = "vụ" },
 { id = "thanh", label = "Thành", unit = "vụ" },
 { id = "ty_le", label = "Tỷ lệ", kind = "percent", formula = "100 * thanh / dua_ra" },
 { id = "con_lai", label = "Còn lại", unit = "vụ", formula = "dua_ra - thanh" },
 { id = "lon_hon", label = "Lớn hơn", unit = "vụ", formula = "max(dua_ra, thanh)", rollup = "sum" },
 { id = "tien", label = "Tiền", kind = "money", unit = "triệu đồng" },
 { id = "giam_sat", label = "Giám sát", unit = "cuộc", pair = true },
 { id = "tthc", label = "Thủ tục", unit = "thủ tục", rollup = "same" },
 { id = "ntm", label = "Nông thôn mới", kind = "yes_no" },
 { id = "doi_tuong", label = "Đối tượng", kind = "text", rollup = "list" },
 { id = "rieng", label = "Riêng", kind = "text" },
 { id = "tren_bang", label = "Vụ mỗi mô hình", kind = "decimal", formula = "dua_ra / count(mo_hinh)" },
]
tables = [
 { id = "mo_hinh", label = "Mô hình", columns = [{ id = "ten", label = "Tên" }] },
 { id = "khong_gop", label = "Không gộp", rollup = "none", columns = [{ id = "ten", label = "Tên" }] },
]
"""
TEMPLATE: Template = read_template(SOURCE.encode(), "thu", lambda _reference: None)
FORM = build(TEMPLATE, "commune", PeriodKind.YEAR, {})
ABOVE = build(TEMPLATE, "receiving", PeriodKind.YEAR, {})
SUMMED = ("dua_ra", "thanh", "tien", "giam_sat.done", "giam_sat.target")


def _total(key: str, said: Mapping[str, Value], expected: tuple[str, ...] = (), form: Form = FORM) -> Total:
    reports = {unit: Answers({key: value}) for unit, value in said.items()}
    return combine(form, reports, expected or tuple(said)).totals[key]


def test_a_sum_counts_none_and_misses_what_is_not_answered() -> None:
    total = _total("thanh", {"a": given(5), "b": NONE, "c": BLANK, "d": pending("chờ")}, tuple("abcde"))
    assert total.value == replace(given(5), coverage=Coverage(2, 5))
    assert (total.covered, total.missing) == (("a", "b"), ("c", "d", "e"))
    assert [(part.unit, part.value) for part in total.parts] == [("a", given(5)), ("b", NONE)]


def test_what_does_not_apply_is_asked_of_the_others_only() -> None:
    total = _total("thanh", {"a": given(5), "b": NOT_APPLICABLE, "c": BLANK})
    assert total.value.coverage == Coverage(1, 2)
    assert total.not_applicable == ("b",)
    assert _total("thanh", {"a": NOT_APPLICABLE}).value.state is State.NOT_APPLICABLE


def test_no_answer_at_all_is_blank_with_its_coverage() -> None:
    total = _total("thanh", {}, ("a", "b"))
    assert total.value == replace(BLANK, coverage=Coverage(0, 2))
    assert _total("thanh", {}, ()).value.coverage == Coverage(0, 0)


def test_only_none_is_none() -> None:
    assert _total("thanh", {"a": NONE, "b": NONE}).value == replace(NONE, coverage=Coverage(2, 2))


def test_a_stranger_counts_nowhere() -> None:
    assert _total("thanh", {"a": given(5), "x": given(9)}, ("a",)).value.number == 5


def test_a_ratio_is_of_sums_over_units_that_have_every_part() -> None:
    reports = {
        "a": Answers({"dua_ra": given(100), "thanh": given(50)}),
        "b": Answers({"dua_ra": given(10), "thanh": given(10)}),
        "c": Answers({"thanh": given(7)}),
        "d": Answers({"dua_ra": NOT_APPLICABLE, "thanh": given(1)}),
    }
    total = combine(FORM, reports, tuple("abcd")).totals["ty_le"]
    number = total.value.number
    assert number is not None
    assert round(number, 2) == Decimal("54.55"), "neither the mean, 75, nor with c, 60.91"
    assert total.value.coverage == Coverage(2, 3)
    assert (total.missing, total.not_applicable) == (("c",), ("d",))
    assert [part.value.number for part in total.parts] == [50, 100]


def test_a_pair_has_the_percentage_of_its_sums() -> None:
    reports = {
        "a": Answers({"giam_sat.done": given(40), "giam_sat.target": given(20)}),
        "b": Answers({"giam_sat.done": given(4), "giam_sat.target": given(10)}),
        "c": Answers({"giam_sat.done": given(6)}),
    }
    totals = combine(FORM, reports, tuple("abc")).totals
    assert totals["giam_sat.done"].value.number == 50
    assert totals["giam_sat.percent"].value.number is not None
    assert round(totals["giam_sat.percent"].value.number, 2) == Decimal("146.67")
    assert totals["giam_sat.percent"].value.coverage == Coverage(2, 3)


def test_a_difference_and_a_sum_of_derived_figures() -> None:
    reports = {
        "a": Answers({"dua_ra": given(9), "thanh": given(5)}),
        "b": Answers({"dua_ra": given(2), "thanh": given(4)}),
    }
    totals = combine(FORM, reports, ("a", "b")).totals
    assert totals["con_lai"].value.number == 2
    assert totals["lon_hon"].value.number == 13, "each unit's own, then added"


def test_same_for_all_is_not_added_up() -> None:
    assert _total("tthc", {"a": given(162), "b": given(162), "c": BLANK}).value == replace(
        given(162), coverage=Coverage(2, 3)
    )


def test_same_for_all_with_disagreement_tells_who_says_what() -> None:
    total = _total("tthc", {"a": given(162), "b": given(160), "c": BLANK})
    assert total.value == replace(BLANK, coverage=Coverage(2, 3))
    assert [(part.unit, part.value) for part in total.disagreement] == [("a", given(162)), ("b", given(160))]


def test_units_with_a_property_are_counted() -> None:
    total = _total("ntm", {"a": given(True), "b": given(False), "c": given(True), "d": BLANK})
    assert total.value == replace(given(2), coverage=Coverage(3, 4))
    assert _total("ntm", {"a": given(False)}).value.state is State.NONE


def test_texts_are_listed_and_those_of_one_unit_are_not() -> None:
    total = _total("doi_tuong", {"a": given("cán bộ"), "b": NONE, "c": given("người dân")})
    assert total.value == replace(given("cán bộ; người dân"), coverage=Coverage(3, 3))
    assert "rieng" not in combine(FORM, {}, ()).totals


def test_tables_are_joined_each_row_with_its_unit() -> None:
    reports = {
        "a": Answers(rows={"mo_hinh": (Row("1", {"ten": given("x")}), Row("2"))}),
        "b": Answers({"mo_hinh": NONE}),
        "c": Answers(rows={"mo_hinh": (Row("1", {"ten": given("y")}),)}),
    }
    tables = combine(FORM, reports, tuple("abcd")).tables
    assert [(unit, row.id) for unit, row in tables["mo_hinh"].rows] == [("a", "1"), ("a", "2"), ("c", "1")]
    assert (tables["mo_hinh"].covered, tables["mo_hinh"].missing) == (("a", "b", "c"), ("d",))
    assert "khong_gop" not in tables


def test_a_formula_may_count_the_rows_of_all() -> None:
    reports = {
        "a": Answers({"dua_ra": given(9)}, {"mo_hinh": (Row("1"), Row("2"))}),
        "b": Answers({"dua_ra": given(3)}, {"mo_hinh": (Row("1"),)}),
        "c": Answers({"dua_ra": given(3)}),
    }
    total = combine(FORM, reports, tuple("abc")).totals["tren_bang"]
    assert total.value == replace(given(4), coverage=Coverage(2, 3))


def test_sums_are_exact_where_floats_and_28_digits_are_not() -> None:
    said = {"a": given(Decimal("0.1")), "b": given(Decimal("0.2")), "c": given(Decimal(10) ** 40)}
    assert _total("tien", said).value.content == Decimal("1" + "0" * 40 + ".3")


def test_a_unit_named_twice_is_expected_once() -> None:
    assert _total("thanh", {"a": given(5)}, ("a", "a")).value.coverage == Coverage(1, 1)


def test_districts_add_up_to_a_province() -> None:
    """What a receiving unit rolled up stands under the figure's own key."""
    district = Answers({"thanh.below": given(12), "thanh.own": given(3), "dua_ra.override": given(20)})
    said = comparable(district, ABOVE, FORM)
    assert (said.value("thanh"), said.value("dua_ra")) == (given(15), given(20))
    assert combine(FORM, {"h": said}, ("h",)).totals["ty_le"].value.number == 75


def test_versions_combine_where_id_and_unit_of_measure_are_the_same() -> None:
    changed = SOURCE.replace('kind = "money", unit = "triệu đồng"', 'kind = "money", unit = "tỷ đồng"')
    older = build(
        read_template(changed.encode(), "cu", lambda _reference: None), "commune", PeriodKind.YEAR, {}
    )
    said = comparable(Answers({"tien": given(1), "thanh": given(2), "bo": given(3)}), older, FORM)
    assert dict(said.values) == {"thanh": given(2)}


VALUES = st.one_of(
    st.integers(1, 10**9).map(given),
    st.sampled_from([NONE, BLANK, NOT_APPLICABLE, pending("chờ")]),
)
ANSWERS = st.dictionaries(st.sampled_from([*SUMMED, "tthc"]), VALUES).map(Answers)
REPORTS = st.dictionaries(st.sampled_from("abcdef"), ANSWERS)
EXPECTED = st.lists(st.sampled_from("abcdefg"), unique=True)


@settings(max_examples=60, deadline=None)
@for_all(REPORTS, EXPECTED)
def test_r26_law_the_parts_add_up_to_the_total(reports: dict[str, Answers], expected: list[str]) -> None:
    for key, total in combine(FORM, reports, expected).totals.items():
        assert {*total.covered, *total.missing, *total.not_applicable} == set(expected)
        assert len(total.covered) + len(total.missing) + len(total.not_applicable) == len(expected)
        if key in SUMMED and total.covered:
            assert total.value.number == sum(part.value.number or 0 for part in total.parts)


@settings(max_examples=60, deadline=None)
@for_all(REPORTS, EXPECTED, st.randoms())
def test_law_the_order_of_units_does_not_matter(
    reports: dict[str, Answers], expected: list[str], chance: random.Random
) -> None:
    turned = dict(sorted(reports.items(), reverse=True))
    other = list(expected)
    chance.shuffle(other)
    one, two = combine(FORM, reports, expected), combine(FORM, turned, other)
    assert one.values() == two.values()
    assert {k: set(t.missing) for k, t in one.totals.items()} == {
        k: set(t.missing) for k, t in two.totals.items()
    }


@settings(max_examples=60, deadline=None)
@for_all(ANSWERS)
def test_law_combining_one_unit_changes_nothing(said: Answers) -> None:
    for key in (*SUMMED, "tthc"):
        value, total = said.value(key), combine(FORM, {"a": said}, ("a",)).totals[key].value
        assert replace(total, coverage=None) == (value if value.state is not State.PENDING else BLANK)


def _plainly(reports: Mapping[str, Answers], expected: list[str], key: str) -> tuple[int, int, int]:
    """The sum, how many say something, how many are asked: by whole numbers and nothing of combine."""
    total = covered = asked = 0
    for unit in expected:
        value = reports[unit].values.get(key) if unit in reports else None
        state = "blank" if value is None else value.state.value
        asked += state != "not_applicable"
        covered += state in ("number", "none")
        total += int(str(value.content)) if value is not None and state == "number" else 0
    return total, covered, asked


@pytest.mark.parametrize("seed", range(20))
def test_r26_a_plain_recomputation_agrees(seed: int) -> None:
    _plain_recomputation(seed)


@pytest.mark.soak
def test_r26_a_plain_recomputation_agrees_on_ten_thousand_data_sets(
    sweep: Callable[[str], None],
) -> None:
    for seed in range(100, 10_100):
        _plain_recomputation(seed)
    sweep("R26: 10,000 random data sets added up again, seeds 100 to 10099")


def _plain_recomputation(seed: int) -> None:
    chance = random.Random(seed)
    kinds = [NONE, BLANK, NOT_APPLICABLE, pending("chờ")]
    reports = {
        str(unit): Answers(
            {
                key: given(chance.randrange(1, 10**12)) if chance.random() < 0.7 else chance.choice(kinds)
                for key in SUMMED
            }
        )
        for unit in range(chance.randrange(1, 60))
    }
    expected = [str(unit) for unit in range(60)]
    found = combine(FORM, reports, expected).totals
    for key in SUMMED:
        total = found[key].value
        coverage = total.coverage
        assert coverage is not None
        assert (int(total.number or 0), coverage.covered, coverage.expected) == _plainly(
            reports, expected, key
        )
