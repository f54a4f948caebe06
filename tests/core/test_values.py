"""From typed text to value, to shown text, to stored text and back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given as forall
from hypothesis import settings
from hypothesis import strategies as st

from dcs_desktop.core import stored, values
from dcs_desktop.core.trouble import Fault
from dcs_desktop.core.values import NONE, Choice, FieldType, Kind, State, Value

COUNT = FieldType(Kind.COUNT)
TWO = FieldType(Kind.DECIMAL, decimals=2)
MONEY = FieldType(Kind.MONEY, "tỷ đồng", decimals=3)


@pytest.mark.parametrize(
    ("kind", "typed", "number"),
    [
        (COUNT, "1640", "1640"),
        (COUNT, "1.640", "1640"),
        (COUNT, "1 640", "1640"),
        (COUNT, "1\u00a0640", "1640"),
        (COUNT, "08", "8"),
        (COUNT, "12.345.678", "12345678"),
        (TWO, "1.250,5", "1250.5"),
        (TWO, "1250,5", "1250.5"),
        (MONEY, "96,997", "96.997"),
        (MONEY, "130.391", "130391"),
    ],
)
def test_r22_numbers_are_read_by_one_rule(kind: FieldType, typed: str, number: str) -> None:
    assert values.parse(kind, typed) == values.given(Decimal(number))


@pytest.mark.parametrize(
    ("kind", "typed", "suggestions"),
    [
        (COUNT, "85,650", ("85.650", "86")),
        (TWO, "85,650", ("85.650", "85,65")),
        (TWO, "12.5", ("12,5",)),
        (TWO, "1,250.5", ("1.250,5",)),
        (TWO, "1.250,5.3", ()),
        (COUNT, "05/04", ()),
        (COUNT, "١٢٣", ()),
        (COUNT, "12😀", ()),
        (COUNT, "1.64", ("1,64",)),
        (COUNT, "-3", ()),
        (COUNT, "9" * 30, ()),
    ],
)
def test_r22_what_is_ambiguous_is_asked_never_guessed(
    kind: FieldType, typed: str, suggestions: tuple[str, ...]
) -> None:
    fault = values.parse(kind, typed)
    assert isinstance(fault, Fault)
    assert fault.suggestions == suggestions


@pytest.mark.parametrize("typed", ["0", "không", "Không", "khong", "KHÔNG PHÁT SINH", "0,0"])
def test_none_is_one_key_or_a_word(typed: str) -> None:
    assert values.parse(TWO, typed) == NONE


def test_a_score_of_nought_is_a_score() -> None:
    assert values.parse(FieldType(Kind.SCORE, decimals=2, largest=Decimal(100)), "0") == values.given(0)


def test_limits_are_named() -> None:
    fault = values.parse(FieldType(Kind.SCORE, decimals=2, largest=Decimal(100)), "190,96")
    assert isinstance(fault, Fault)
    assert "100" in fault.message


@pytest.mark.parametrize(
    ("typed", "content"), [("5/12/2024", date(2024, 12, 5)), ("05.12.2024", date(2024, 12, 5))]
)
def test_dates(typed: str, content: date) -> None:
    assert values.parse(FieldType(Kind.DATE), typed) == values.given(content)


@pytest.mark.parametrize("typed", ["31/02/2024", "12/2024", "2024-12-05x", "hôm qua"])
def test_wrong_dates_are_faults(typed: str) -> None:
    assert isinstance(values.parse(FieldType(Kind.DATE), typed), Fault)


def test_choices_and_yes_no_are_read_without_marks() -> None:
    bodies = FieldType(Kind.CHOICE, choices=(Choice("cap_uy", "Đảng ủy xã"), Choice("ubnd", "UBND xã")))
    assert values.parse(bodies, "dang uy xa") == values.given("cap_uy")
    assert values.parse(FieldType(Kind.YES_NO), "có") == values.given(True)
    assert values.parse(FieldType(Kind.YES_NO), "Không") == values.given(False)


@pytest.mark.parametrize(
    ("number", "decimals", "text"),
    [("1640", None, "1.640"), ("96.997", None, "96,997"), ("150", 2, "150"), ("143.10204", 2, "143,1"),
     ("88.8337", 2, "88,83"), ("0.125", 2, "0,13"), ("-1234.5", None, "-1.234,5"), ("1E+3", None, "1.000")],
)  # fmt: skip
def test_numbers_are_shown_as_the_report_prints_them(number: str, decimals: int | None, text: str) -> None:
    assert values.shown_number(Decimal(number), decimals) == text


numbers = st.decimals(min_value=0, max_value=10**15, places=3, allow_nan=False, allow_infinity=False)


@forall(numbers)
def test_shown_text_parses_back(number: Decimal) -> None:
    value = values.parse(MONEY, values.shown_number(number))
    assert isinstance(value, Value)
    assert value.number == number


@forall(st.one_of(numbers, st.integers(0, 10**12)), st.sampled_from(list(State)))
def test_stored_text_reads_back(number: Decimal | int, state: State) -> None:
    value = values.given(number) if state is State.GIVEN else Value(state)
    assert stored.from_stored(MONEY, value.state, stored.to_stored(value)) == value


@settings(max_examples=200)
@forall(st.text(max_size=30))
def test_whatever_is_typed_is_a_value_or_a_fault(typed: str) -> None:
    for kind in Kind:
        choices = (Choice("a", "A"),) if kind is Kind.CHOICE else ()
        read = values.parse(FieldType(kind, decimals=2, choices=choices), typed)
        assert isinstance(read, Value | Fault)


@pytest.mark.parametrize(
    ("kind", "state", "text"),
    [(Kind.COUNT, "number", "1e9999"), (Kind.COUNT, "number", None), (Kind.COUNT, "none", "3"),
     (Kind.YES_NO, "number", "maybe"), (Kind.DATE, "number", "05/12/2024"), (Kind.COUNT, "perhaps", None)],
)  # fmt: skip
def test_a_stored_text_that_was_never_written_is_refused(kind: Kind, state: str, text: str | None) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        stored.from_stored(FieldType(kind), state, text)


def test_the_four_silences_are_four_things() -> None:
    assert NONE.number == 0
    assert values.BLANK.number is None
    assert values.pending("chờ Công an xã").number is None
    assert values.NOT_APPLICABLE.number is None
    assert [v.answered for v in (NONE, values.BLANK, values.pending("x"), values.NOT_APPLICABLE)] == [
        True, False, True, True,
    ]  # fmt: skip


SOME = FieldType(
    Kind.CHOICES, choices=(Choice("a", "Niêm yết"), Choice("b", "Họp thôn"), Choice("c", "Truyền thanh"))
)


@pytest.mark.parametrize(
    ("typed", "content", "shown"),
    [
        ("hop thon; niem yet", "a;b", "Niêm yết; Họp thôn"),
        ("c;c;", "c", "Truyền thanh"),
        ("Niêm yết; Họp thôn; Truyền thanh", "a;b;c", "Niêm yết; Họp thôn; Truyền thanh"),
    ],
)
def test_any_of_several_choices_stand_in_the_order_of_the_list(typed: str, content: str, shown: str) -> None:
    value = values.parse(SOME, typed)
    assert value == values.given(content)
    assert values.shown(SOME, value) == shown
    assert values.parse(SOME, shown) == value
    assert stored.from_stored(SOME, "number", stored.to_stored(value)) == value


def test_of_several_choices_none_is_an_answer_and_an_unknown_one_is_asked_about() -> None:
    assert values.parse(SOME, "không") == NONE
    assert isinstance(values.parse(SOME, "niem yet; loa"), Fault)
    for damaged in ("b;a", "a;a", "a;d", ""):
        with pytest.raises(ValueError, match="not some"):
            stored.from_stored(SOME, "number", damaged)
