"""Dates as the window writes them: as Babel has it for Vietnam, whatever the day and clock."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

from babel import dates
from hypothesis import example, given
from hypothesis import strategies as st

from dcs_desktop.i18n import format_date, format_datetime, format_time


def _babels(moment: datetime, pattern: str) -> str:
    return dates.format_datetime(moment.replace(tzinfo=None), pattern, locale="vi")


@given(st.datetimes())
@example(datetime(2024, 12, 5, 8, 4, 9))  # noqa: DTZ001 -- a moment on some wall clock
@example(datetime(999, 1, 1))  # noqa: DTZ001
@example(datetime(2024, 2, 29, 23, 59, 59, 999_999, tzinfo=UTC))
def test_dates_are_written_as_babel_writes_them(moment: datetime) -> None:
    assert format_date(moment.date()) == _babels(moment, "dd/MM/yyyy")
    assert format_time(moment) == format_time(moment.time()) == _babels(moment, "HH:mm:ss")
    assert format_datetime(moment) == _babels(moment, "dd/MM/yyyy HH:mm")


def test_a_date_is_written_without_babel() -> None:
    code = "import sys, datetime; from dcs_desktop.i18n import format_date; format_date(datetime.date.max); "
    ran = subprocess.run(
        [sys.executable, "-c", code + "print([name for name in sys.modules if name.startswith('babel')])"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout == "[]\n"
