"""Units of before and after a reform: groups that can be compared, nothing apportioned, nothing joined by code alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dcs_desktop.core.combine import combine
from dcs_desktop.core.comparing import Before, compared, lacking
from dcs_desktop.core.reform import Group, Kind, Reform, Relation, refined
from dcs_desktop.core.reform_file import ReformFault, read_reform
from dcs_desktop.core.report import Answers
from dcs_desktop.core.values import given as number
from tests.printing import many_units

DAY = date(2025, 7, 1)
FORM = many_units.form(2)
LISTS = {"A": dict.fromkeys("123456"), "B": dict.fromkeys("123456")}
HEAD = "from_list,from_codes,to_list,to_codes,date,basis\n"


def old(*codes: int) -> tuple[str, ...]:
    return tuple(f"{code:05}@A" for code in codes)


def new(*codes: int) -> tuple[str, ...]:
    return tuple(f"{code:05}@B" for code in codes)


def late(*codes: int) -> tuple[str, ...]:
    return tuple(f"{code:05}@C" for code in codes)


def test_what_became_of_units_is_named() -> None:
    kinds = [
        Relation(before, after, DAY).kind
        for before, after in (
            (old(1), new(1)),
            (old(1, 2), new(1)),
            (old(1), new(1, 2)),
            (old(1, 2), new(1, 2)),
        )
    ]
    assert kinds == [Kind.RENAMED, Kind.MERGED, Kind.SPLIT, Kind.REGROUPED]


def test_a_code_alone_joins_nothing() -> None:
    assert Reform().groups(old(31408), new(31408)) == ()
    moved = Reform((Relation(old(31405), new(31408), DAY),))
    assert moved.groups(old(31405, 31408), new(31408, 31420)) == (Group(old(31405), new(31408)),)


def test_a_group_has_all_its_units_asked_for_or_not() -> None:
    split = Reform((Relation(old(1), new(1, 2), DAY),))
    assert split.groups(old(1), new(2)) == (Group(old(1), new(2, 1)),)
    assert split.groups(old(3), new(2)) == ()


@st.composite
def reforms(draw: st.DrawFn) -> tuple[Reform, list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Old and new units in parts that became one another."""
    sizes = draw(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=1, max_size=6))
    befores: list[tuple[str, ...]] = []
    afters: list[tuple[str, ...]] = []
    relations: list[Relation] = []
    for many, few in sizes:
        before = old(*range(sum(map(len, befores)), sum(map(len, befores)) + many))
        after = new(*range(sum(map(len, afters)), sum(map(len, afters)) + few))
        befores.append(before)
        afters.append(after)
        relations.append(Relation(before, after, DAY))
    return Reform(tuple(draw(st.permutations(relations)))), befores, afters


@given(reforms(), st.data())
def test_totals_through_a_reform_are_those_of_whole_groups(
    made: tuple[Reform, list[tuple[str, ...]], list[tuple[str, ...]]], data: st.DataObject
) -> None:
    """Law: what is compared adds up to a plain recomputation over the groups in which every unit has a number."""
    reform, befores, afters = made
    units = [unit for side in (befores, afters) for group in side for unit in group]
    said = {unit: data.draw(st.none() | st.integers(0, 10**18), label=unit) for unit in units}
    answers = {unit: Answers({} if n is None else {"s0": number(n)}) for unit, n in said.items()}
    then, now = [u for g in befores for u in g], [u for g in afters for u in g]
    before = Before(combine(FORM, answers, then), "2024", "2025", reform.groups(then, now))
    found = compared(combine(FORM, answers, now), before, "s0")
    whole = [
        (one, other)
        for one, other in zip(befores, afters, strict=True)
        if all(said[unit] is not None for unit in (*one, *other))
    ]
    if not whole:
        assert found is None
    else:
        assert found is not None
        assert found.last == sum(Decimal(said[u] or 0) for one, _other in whole for u in one)
        assert found.now == sum(Decimal(said[u] or 0) for _one, other in whole for u in other)
        assert (found.units, found.expected) == (sum(len(other) for _one, other in whole), len(now))
        assert found.last_units == sum(len(one) for one, _other in whole)
    without = {u for g in lacking(combine(FORM, answers, now), before, "s0") for u in (*g.before, *g.after)}
    several = [
        (*one, *other) for one, other in zip(befores, afters, strict=True) if len(one) + len(other) > 2
    ]
    assert without == {unit for group in several for unit in group if said[unit] is None}


@given(reforms(), st.lists(st.integers(0, 23), max_size=8))
def test_two_reforms_after_one_another_are_one(
    made: tuple[Reform, list[tuple[str, ...]], list[tuple[str, ...]]], merged: list[int]
) -> None:
    """Law: through a list between, every unit is in one group, and groups are those that something leads between."""
    reform, befores, afters = made
    between = [unit for group in afters for unit in group]
    joined = sorted({at % len(between) for at in merged})
    together = [between[at] for at in joined]
    second = [Relation((unit,), late(at), DAY) for at, unit in enumerate(between) if at not in joined]
    if together:
        second.append(Relation(tuple(together), late(99), DAY))
    both = Reform((*reform.relations, *second))
    last = [unit for group in befores for unit in group]
    now = [unit for one in second for unit in one.after]
    groups = both.groups(last, now)
    assert sorted(unit for group in groups for unit in group.before) == sorted(last)
    assert sorted(unit for group in groups for unit in group.after) == sorted(now)
    for group in groups:
        through = {
            unit for one in reform.relations if set(one.before) & set(group.before) for unit in one.after
        }
        assert set(group.after) == {u for one in second if set(one.before) & through for u in one.after}
    assert both.before(now, "A") == frozenset(last)


def test_a_closer_file_takes_the_place_of_an_area() -> None:
    area = Relation(old(1, 2, 3), new(1, 2), DAY)
    merged, renamed = Relation(old(1, 2), new(1), DAY), Relation(old(3), new(2), DAY)
    assert refined([merged, renamed], [area]).groups(old(1, 2, 3), new(1, 2)) == (
        Group(old(1, 2), new(1)),
        Group(old(3), new(2)),
    )
    assert refined([merged], [area]).groups(old(1, 2, 3), new(1, 2)) == (Group(old(1, 2, 3), new(1, 2)),)


def test_a_file_is_read() -> None:
    text = "\ufeff" + HEAD + "A,1 2,B,1,2025-07-01,Nghị quyết 1\nA,3,B,2 3,2025-07-01,\n"
    assert read_reform(text, LISTS) == (
        Relation(("1@A", "2@A"), ("1@B",), DAY, "Nghị quyết 1"),
        Relation(("3@A",), ("2@B", "3@B"), DAY),
    )


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ("", "không có dòng nào"),
        ("A,1,B,1\n", "Dòng 2: có 4 cột, phải có 6"),
        ("A,1,X,1,2025-07-01,\n", "Dòng 2: không có danh mục “X”"),
        ("A,1 9,B,1,2025-07-01,\n", "Dòng 2: danh mục A không có mã 9"),
        ("A,,B,1,2025-07-01,\n", "Dòng 2: thiếu mã đơn vị"),
        ("A,1 1,B,1,2025-07-01,\n", "có mã ghi hai lần"),
        ("A,1,A,2,2025-07-01,\n", "hai danh mục phải khác nhau"),
        ("A,1,B,1,01/07/2025,\n", "ngày “01/07/2025” phải ghi như 2025-07-01"),
        ("A,1,B,1,2025-07-01,\nA,1,B,2,2025-07-01,\n", "Dòng 3: đơn vị 1@A đã có ở dòng 2"),
        ("A,1,B,1,2025-07-01,\nA,2,B,1,2025-07-01,\n", "Dòng 3: đơn vị 1@B đã có ở dòng 2"),
        ('A,1,B,1,2025-07-01,"\n', "dấu ngoặc kép"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_by_line(lines: str, fault: str) -> None:
    with pytest.raises(ReformFault) as raised:
        read_reform(HEAD + lines, LISTS)
    assert fault in str(raised.value)


def test_every_fault_is_said_at_once() -> None:
    with pytest.raises(ReformFault) as raised:
        read_reform(HEAD + "A,9,B,1,2025-07-01,\nA,1,B,1,morgen,\n", LISTS)
    assert len(raised.value.faults) == 2
    with pytest.raises(ReformFault, match="Dòng 1"):
        read_reform("a,b\n", LISTS)
