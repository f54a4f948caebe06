"""Numbers as Vietnamese prose writes them: grouping dot, decimal comma, a zero before what is under ten."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from dcs_desktop.core.values import rounded, shown_number

GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,5}(?:,([0-9]{1,6}))?")
PLAIN = re.compile(r"(?:0[0-9]?|[1-9][0-9]{0,14})(?:,([0-9]{1,6}))?")
POINT = re.compile(r"(?:0|[1-9][0-9]{0,2})\.([0-9]{1,2})")
# "85,650" beside "86.925": a comma where a dot was meant.
DOUBTFUL = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
WHOLE_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")


@dataclass(frozen=True, slots=True)
class Number:
    """A written number: its value, and how many decimals it is written with."""

    value: Decimal
    decimals: int


def read_number(text: str) -> Number | None:
    """What a written number means, None when it cannot be read in one way.

    >>> read_number("1.640,5"), read_number("1.250,5.3")
    (Number(value=Decimal('1640.5'), decimals=1), None)
    """
    if found := GROUPED.fullmatch(text) or PLAIN.fullmatch(text):
        return Number(Decimal(text.replace(".", "").replace(",", ".")), len(found[1] or ""))
    if found := POINT.fullmatch(text):
        return Number(Decimal(text), len(found[1]))
    return None


def written_like(number: Decimal, model: str) -> str:
    """A number in the manner of another: its zero before what is under ten, its grouping or none.

    >>> written_like(Decimal(6), "05"), written_like(Decimal(1840), "1842"), written_like(Decimal(1840), "900")
    ('06', '1840', '1.840')
    """
    text = shown_number(number.normalize() if number else Decimal(0))
    if re.fullmatch(r"0[0-9]", model) and len(text) == 1:
        return "0" + text
    return text.replace(".", "") if re.fullmatch(r"[0-9]{4,}", model) else text


def percent_of(part: Decimal, whole: Decimal, decimals: int) -> Decimal:
    """Part of whole in percent, rounded half up."""
    return rounded(100 * part / whole, decimals)


def states(stated: Decimal, decimals: int, exact: Decimal) -> bool:
    """Whether a percentage written with so many decimals says an exact one.

    Rounded half up, or cut off where decimals are written: many officers cut,
    and a false alarm costs more than a miss.
    """
    if stated == rounded(exact, decimals):
        return True
    return decimals > 0 and stated == exact.quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN)
