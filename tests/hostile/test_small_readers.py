"""What reads a line or a file of text, given anything at all: a value or a refusal, within a second, and nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dcs_desktop.core import narrative
from dcs_desktop.core.fingerprint import heard
from dcs_desktop.core.formula import FormulaFault, parse_expression, parse_rule
from dcs_desktop.core.period import Period, PeriodFault
from dcs_desktop.core.prose import check_text
from dcs_desktop.core.reform_file import ReformFault, read_reform
from dcs_desktop.core.trouble import Fault, Refusal
from dcs_desktop.core.unit_list_file import UnitListFault, read_unit_list
from dcs_desktop.core.values import Choice, FieldType, Kind, parse, shown
from dcs_desktop.resources import unit_list, unit_lists

SECONDS: Final = 1.0
LISTS: Final = {info.id: dict(unit_list(info.id).units) for info in unit_lists()}
TYPES: Final = [FieldType(kind, choices=(Choice("a", "Có, rồi"), Choice("b", "Chưa"))) for kind in Kind]
REFUSALS: Final = (FormulaFault, PeriodFault, Refusal, ReformFault, UnitListFault)


def typed(text: str) -> None:
    """Everything that may be typed into a field; what is read is shown too."""
    for kind in TYPES:
        read = parse(kind, text)
        if isinstance(read, Fault):
            assert read.message
        else:
            shown(kind, read)


def prose(text: str) -> None:
    """Marks of prose; what is written of them says the same again."""
    read = narrative.read(text)
    assert narrative.read(narrative.write(read)) == narrative.read(
        narrative.write(narrative.read(narrative.write(read)))
    )
    narrative.plain(narrative.tidy(read))


def formula(text: str) -> None:
    """A sum and a rule of a template."""
    with suppress(FormulaFault):
        parse_expression(text)
    parse_rule(text)


# What is special to each reader, repeated and mixed with anything.
READERS: Final[dict[str, tuple[Callable[[str], object], str]]] = {
    "typed": (typed, "0 1 9 . , ; - + % / ( ) e E ∞ ½ ٣ có không 31/12/2024 tỷ triệu nghìn \u00a0 \u202e"),
    "prose": (prose, "** * - {a.b|%} { } | [^1] [^1]: \\ \n \n\n a  1. a) \u202e \u2028 \x85"),
    "formula": (formula, "( ) + - * / < <= == != abs( max( prev( count(t, a.b 1.5 , -- . _ \x00"),
    "period": (Period.parse, "2024 - H1 Q4 9M h ² ٢٠٢٤ 0 99999"),
    "letters": (heard, "ba be bi ca \n , . ́ - 1 đ"),
    "words": (check_text, "tăng giảm 98,5% (12/15) so với cùng kỳ đạt tổng số 1.640 vụ , . ; trong đó còn lại : \n"),
    "reform": (
        lambda text: read_reform("from_list,from_codes,to_list,to_codes,date,basis\n" + text, LISTS),
        'GSO-2024 31426 , , , , "" " \n \n \r \x00 ; \t 934 2025-07-01 GSO-2024,31426,GSO-2024,934,2025-07-01,x\n',
    ),
    "units": (lambda text: read_unit_list("code,name,type,parent_code\n" + text, unit_lists()[0]), '31 31,Xã,xã,\n , " \n \r xã \x00'),
}  # fmt: skip


def texts(special: str) -> st.SearchStrategy[str]:
    """Anything; pieces in any order; one piece over and over, which finds what grows by the square."""
    pieces = st.sampled_from([piece for piece in special.split(" ") if piece] + [" "])
    mixed = st.lists(st.one_of(pieces, pieces, st.text(max_size=3)), max_size=60).map("".join)
    again = st.tuples(
        st.lists(pieces, min_size=1, max_size=3).map("".join), st.sampled_from([50, 3_000])
    ).map(lambda said: said[0] * said[1])
    return st.one_of(st.text(max_size=200), mixed, again)


def attacked(name: str, count: int) -> float:
    """So many texts through a reader; the slowest in seconds of the processor."""
    reader, special = READERS[name]
    slowest = [0.0]

    @settings(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(texts(special))
    def attack(text: str) -> None:
        began = time.thread_time()
        with suppress(*REFUSALS):
            reader(text)
        took = time.thread_time() - began
        slowest[0] = max(slowest[0], took)
        assert took < SECONDS, f"{took:.1f} s for {len(text)} letters"

    attack()
    return slowest[0]


@pytest.mark.parametrize("name", READERS)
def test_hostile_texts_are_read_or_refused(name: str) -> None:
    attacked(name, 25)


@pytest.mark.parametrize("sign", ["²", "٣", "½", "Ⅷ", "①", "௧"])
def test_hostile_signs_that_look_like_digits_in_a_formula(sign: str) -> None:
    for text in (sign, f"1{sign}", f"a.{sign} + 1", f"count({sign})"):
        with suppress(FormulaFault):
            parse_expression(text)


@pytest.mark.soak
@pytest.mark.parametrize("name", READERS)
def test_hostile_texts_in_thousands(
    name: str, sweep: Callable[[str], None], pytestconfig: pytest.Config
) -> None:
    count = 3_000
    slowest = attacked(name, count)
    seed = pytestconfig.getoption("hypothesis_seed", None)
    sweep(
        f"R14: {count} texts to the reader of {name}, seed {seed}: each read or refused, slowest {slowest:.3f} s"
    )
