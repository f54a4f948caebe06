"""Who reports here and until when: due days, addresses, codes of the desk's own."""

from __future__ import annotations

from datetime import date

import pytest

from dcs_desktop.core.period import Period
from dcs_desktop.core.report import UnitName
from dcs_desktop.core.setup import Setup, fresh_code, is_address

DISTRICT = UnitName("934", "GSO-2024", "Huyện Phụng Hiệp", "huyện")
SETUP = Setup(DISTRICT, UnitName("", "", "", ""), "receiving")
YEAR, NEXT, HALF = Period(2024), Period(2025), Period.parse("2025-H1")


def test_a_due_day_holds_for_later_years_until_another_is_said() -> None:
    setup = SETUP.with_due(YEAR, date(2024, 12, 5))
    assert setup.due_on(YEAR) == date(2024, 12, 5)
    assert setup.due_on(NEXT) == date(2025, 12, 5)
    assert setup.due_on(Period(2023)) is None
    assert setup.due_on(HALF) is None
    setup = setup.with_due(NEXT, date(2026, 1, 10))
    assert setup.due_on(YEAR) == date(2024, 12, 5)
    assert setup.due_on(Period(2026)) == date(2027, 1, 10)


def test_a_due_day_taken_away_leaves_earlier_years_as_they_were() -> None:
    setup = SETUP.with_due(YEAR, date(2024, 12, 5)).with_due(NEXT, None)
    assert (setup.due_on(YEAR), setup.due_on(NEXT), setup.due_on(Period(2026))) == (
        date(2024, 12, 5),
        None,
        None,
    )


def test_what_follows_from_an_earlier_year_is_not_written_down() -> None:
    setup = SETUP.with_due(YEAR, date(2024, 12, 5))
    assert setup.with_due(NEXT, date(2025, 12, 5)) == setup
    assert SETUP.with_due(YEAR, None) == SETUP


def test_the_last_of_february_is_due_in_every_year() -> None:
    assert SETUP.with_due(YEAR, date(2024, 2, 29)).due_on(NEXT) == date(2025, 2, 28)


@pytest.mark.parametrize("text", ["", "xa@phunghiep.gov.vn", "a@b.vn; c@d.vn", "a@b.vn, c@d.vn;"])
def test_addresses(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize("text", ["xa", "xa@phunghiep", "a b@c.vn", "a@b.vn c@d.vn", "a@b.vn; xa"])
def test_what_is_no_address(text: str) -> None:
    assert not is_address(text)


def test_the_first_free_code() -> None:
    assert fresh_code("CQ", {"CQ-001", "CQ-003", "31426"}) == "CQ-002"
