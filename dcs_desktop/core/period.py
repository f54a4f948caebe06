"""Which stretch of time a report covers."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import assert_never

from dcs_desktop.i18n import _

FIRST_YEAR, LAST_YEAR = 1945, 2999
ROMAN = ("I", "II", "III", "IV")
WRITTEN = re.compile(r"([0-9]{4})(?:-(?:H([12])|([9])M|Q([1-4])))?")


class PeriodFault(ValueError):
    """A text that names no period; its text is a sentence for the user."""


class PeriodKind(StrEnum):
    """How long a period is; the closed list of the templates."""

    YEAR = "year"
    HALF = "half"
    NINE_MONTHS = "nine_months"
    QUARTER = "quarter"


COUNT = {PeriodKind.YEAR: 1, PeriodKind.HALF: 2, PeriodKind.NINE_MONTHS: 1, PeriodKind.QUARTER: 4}
MONTHS = {PeriodKind.YEAR: 12, PeriodKind.HALF: 6, PeriodKind.NINE_MONTHS: 9, PeriodKind.QUARTER: 3}


@dataclass(frozen=True, slots=True)
class Period:
    """A year, a half (1, 2), the first nine months or a quarter (1 to 4) of a year.

    Ordered by last day, then by first day: the year 2024 stands before
    2024-H2, which ends on the same day and begins later. A number that the
    kind does not have, or a year that is none, raises PeriodFault.
    """

    year: int
    kind: PeriodKind = PeriodKind.YEAR
    number: int = 1

    def __post_init__(self) -> None:
        if not (FIRST_YEAR <= self.year <= LAST_YEAR and 1 <= self.number <= COUNT[self.kind]):
            raise PeriodFault(
                _("Không có kỳ báo cáo {number} ({kind}) của năm {year}.").format(
                    number=self.number, kind=self.kind, year=self.year
                )
            )

    @classmethod
    def parse(cls, text: str) -> Period:
        """The period written "2024", "2024-H1", "2024-9M" or "2024-Q1". Raises PeriodFault."""
        found = WRITTEN.fullmatch(text.strip().upper())
        if not found or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
            raise PeriodFault(
                _(
                    "“{text}” không phải là kỳ báo cáo. Hãy ghi 2024 (năm), 2024-H1 hoặc 2024-H2 "
                    "(6 tháng), 2024-9M (9 tháng), 2024-Q1 đến 2024-Q4 (quý)."
                ).format(text=text)
            )
        year, half, nine, quarter = found.groups()
        if half:
            return cls(int(year), PeriodKind.HALF, int(half))
        if quarter:
            return cls(int(year), PeriodKind.QUARTER, int(quarter))
        return cls(int(year), PeriodKind.NINE_MONTHS if nine else PeriodKind.YEAR)

    def __str__(self) -> str:
        match self.kind:
            case PeriodKind.YEAR:
                return str(self.year)
            case PeriodKind.HALF:
                return f"{self.year}-H{self.number}"
            case PeriodKind.NINE_MONTHS:
                return f"{self.year}-9M"
            case PeriodKind.QUARTER:
                return f"{self.year}-Q{self.number}"
            case other:
                assert_never(other)

    @property
    def first_day(self) -> date:
        """The day on which the period begins."""
        return date(self.year, MONTHS[self.kind] * (self.number - 1) + 1, 1)

    @property
    def last_day(self) -> date:
        """The day on which the period ends."""
        month = MONTHS[self.kind] * self.number
        return date(self.year, month, monthrange(self.year, month)[1])

    def previous(self) -> Period:
        """The same period of last year, which stands beside a figure."""
        return Period(self.year - 1, self.kind, self.number)

    def before(self) -> Period:
        """The period of the same kind just before this one; for nine months that of last year."""
        if self.number > 1:
            return Period(self.year, self.kind, self.number - 1)
        return Period(self.year - 1, self.kind, COUNT[self.kind])

    def next(self) -> Period:
        """The period whose tasks a report announces: what follows, the fourth quarter after nine months."""
        if self.kind is PeriodKind.NINE_MONTHS:
            return Period(self.year, PeriodKind.QUARTER, 4)
        if self.number < COUNT[self.kind]:
            return Period(self.year, self.kind, self.number + 1)
        return Period(self.year + 1, self.kind)

    @property
    def phrase(self) -> str:
        """As a report says it: "năm 2024", "6 tháng đầu năm 2025", "quý I năm 2025".

        Text of the report, hence Vietnamese in every language of the interface.
        """
        match self.kind:
            case PeriodKind.YEAR:
                return f"năm {self.year}"
            case PeriodKind.HALF:
                return f"6 tháng {'đầu' if self.number == 1 else 'cuối'} năm {self.year}"
            case PeriodKind.NINE_MONTHS:
                return f"9 tháng đầu năm {self.year}"
            case PeriodKind.QUARTER:
                return f"quý {ROMAN[self.number - 1]} năm {self.year}"
            case other:
                assert_never(other)

    @property
    def words(self) -> str:
        """As the program speaks of it, in the language of the interface; in Vietnamese it is the phrase."""
        match self.kind:
            case PeriodKind.YEAR:
                return _("năm {year}").format(year=self.year)
            case PeriodKind.HALF:
                half = _("6 tháng đầu năm {year}") if self.number == 1 else _("6 tháng cuối năm {year}")
                return half.format(year=self.year)
            case PeriodKind.NINE_MONTHS:
                return _("9 tháng đầu năm {year}").format(year=self.year)
            case PeriodKind.QUARTER:
                return _("quý {number} năm {year}").format(number=ROMAN[self.number - 1], year=self.year)
            case other:
                assert_never(other)

    @property
    def short_phrase(self) -> str:
        """As a column head says it: "2024", "6T đầu 2025", "9T 2025", "Q.I/2025"."""
        match self.kind:
            case PeriodKind.YEAR:
                return str(self.year)
            case PeriodKind.HALF:
                return f"6T {'đầu' if self.number == 1 else 'cuối'} {self.year}"
            case PeriodKind.NINE_MONTHS:
                return f"9T {self.year}"
            case PeriodKind.QUARTER:
                return f"Q.{ROMAN[self.number - 1]}/{self.year}"
            case other:
                assert_never(other)

    @property
    def file_part(self) -> str:
        """As a file name says it, in ASCII: "2024-nam", "2025-6-thang", "2025-quy-1"."""
        match self.kind:
            case PeriodKind.YEAR:
                return f"{self.year}-nam"
            case PeriodKind.HALF:
                return f"{self.year}-6-thang" + ("-cuoi" if self.number == 2 else "")
            case PeriodKind.NINE_MONTHS:
                return f"{self.year}-9-thang"
            case PeriodKind.QUARTER:
                return f"{self.year}-quy-{self.number}"
            case other:
                assert_never(other)

    def __lt__(self, other: Period) -> bool:
        return self._place() < other._place()

    def __le__(self, other: Period) -> bool:
        return self._place() <= other._place()

    def __gt__(self, other: Period) -> bool:
        return self._place() > other._place()

    def __ge__(self, other: Period) -> bool:
        return self._place() >= other._place()

    def _place(self) -> tuple[date, date]:
        return self.last_day, self.first_day


def due_period(today: date) -> Period:
    """The report to propose today, of the two that every unit files.

    The half-year's is asked for from May and closed by September at the
    latest; the year's figures are gathered from October, and January to April
    still belong to the year that ended, for the report, its corrections and
    its amendments: so there is always one to propose.
    """
    if 5 <= today.month <= 9:
        return Period(today.year, PeriodKind.HALF)
    return Period(today.year if today.month >= 10 else today.year - 1)
