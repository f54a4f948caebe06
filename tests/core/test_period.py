"""Periods: how they are written, what stands before and after, which report is due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dcs_desktop.core.period import COUNT, Period, PeriodFault, PeriodKind, due_period

PERIODS = st.sampled_from(PeriodKind).flatmap(
    lambda kind: st.builds(Period, st.integers(1946, 2998), st.just(kind), st.integers(1, COUNT[kind]))
)


@pytest.mark.parametrize(
    ("written", "first", "last", "phrase", "file_part"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31), "năm 2024", "2024-nam"),
        ("2025-H1", date(2025, 1, 1), date(2025, 6, 30), "6 tháng đầu năm 2025", "2025-6-thang"),
        ("2025-H2", date(2025, 7, 1), date(2025, 12, 31), "6 tháng cuối năm 2025", "2025-6-thang-cuoi"),
        ("2025-9M", date(2025, 1, 1), date(2025, 9, 30), "9 tháng đầu năm 2025", "2025-9-thang"),
        ("2025-Q1", date(2025, 1, 1), date(2025, 3, 31), "quý I năm 2025", "2025-quy-1"),
        ("2025-Q4", date(2025, 10, 1), date(2025, 12, 31), "quý IV năm 2025", "2025-quy-4"),
    ],
)
def test_a_period_knows_its_days_and_its_words(
    written: str, first: date, last: date, phrase: str, file_part: str
) -> None:
    period = Period.parse(written)
    assert (period.first_day, period.last_day) == (first, last)
    assert (period.phrase, period.file_part) == (phrase, file_part)


@given(PERIODS)
def test_what_is_written_is_read_back(period: Period) -> None:
    assert Period.parse(str(period)) == period
    assert Period.parse(f" {str(period).lower()} ") == period
    assert period.file_part.isascii()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24",
        "2024-H3",
        "2024-H0",
        "2024-Q5",
        "2024-3M",
        "2024-",
        "năm 2024",
        "2024-H1x",
        "0000",
        "２０２４",
        "9999",
    ],
)
def test_what_is_no_period_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(PeriodFault, match="không phải là kỳ báo cáo"):
        Period.parse(text)


def test_a_kind_has_only_its_numbers() -> None:
    with pytest.raises(PeriodFault):
        Period(2024, PeriodKind.HALF, 3)
    with pytest.raises(PeriodFault):
        Period(2024, PeriodKind.YEAR, 2)


@pytest.mark.parametrize(
    ("period", "previous", "before", "following"),
    [
        ("2024", "2023", "2023", "2025"),
        ("2025-H1", "2024-H1", "2024-H2", "2025-H2"),
        ("2025-H2", "2024-H2", "2025-H1", "2026-H1"),
        ("2025-9M", "2024-9M", "2024-9M", "2025-Q4"),
        ("2025-Q1", "2024-Q1", "2024-Q4", "2025-Q2"),
        ("2025-Q4", "2024-Q4", "2025-Q3", "2026-Q1"),
    ],
)
def test_neighbours(period: str, previous: str, before: str, following: str) -> None:
    given_period = Period.parse(period)
    assert str(given_period.previous()) == previous
    assert str(given_period.before()) == before
    assert str(given_period.next()) == following


@given(PERIODS)
def test_neighbours_agree_with_the_calendar(period: Period) -> None:
    assert period.previous() < period < period.next()
    assert period.before() < period
    assert period.next().first_day == period.last_day + timedelta(days=1)
    if period.kind is not PeriodKind.NINE_MONTHS:
        assert period.before().next() == period
        assert period.before().last_day + timedelta(days=1) == period.first_day


@given(st.lists(PERIODS, max_size=8))
def test_order_is_by_the_last_day_then_the_first(periods: list[Period]) -> None:
    ordered = sorted(periods)
    assert [(p.last_day, p.first_day) for p in ordered] == sorted((p.last_day, p.first_day) for p in periods)


def test_different_periods_have_different_places() -> None:
    assert Period.parse("2024") < Period.parse("2024-H2") < Period.parse("2024-Q4")
    assert Period.parse("2024-H1") < Period.parse("2024-Q2") < Period.parse("2024-9M") <= Period.parse("2024")


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2025, 5, 1), "2025-H1"),
        (date(2025, 7, 31), "2025-H1"),
        (date(2025, 9, 30), "2025-H1"),
        (date(2025, 10, 1), "2025"),
        (date(2025, 12, 31), "2025"),
        (date(2026, 1, 5), "2025"),
        (date(2026, 4, 30), "2025"),
        (date(2026, 5, 2), "2026-H1"),
    ],
)
def test_the_report_due(today: date, due: str) -> None:
    assert str(due_period(today)) == due
