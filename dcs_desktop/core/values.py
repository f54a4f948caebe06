"""Kinds and states of value: from typed text, to shown text (as exact text: stored.py)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import assert_never

from dcs_desktop.core import several
from dcs_desktop.core.text import fold, nfc
from dcs_desktop.core.trouble import Fault
from dcs_desktop.i18n import _

DIGITS_MOST = 24
NONE_WORDS = frozenset({"khong", "khong co", "ko", "khong phat sinh"})
GROUPED = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
PLAIN = re.compile(r"[+-]?\d+(?:,\d+)?")


class State(StrEnum):
    """Whether a question is answered, and how; the closed list of the command line.

    ``GIVEN`` is every answer with a content: a number, but also a text, a
    date, a choice, yes or no. ``NONE`` ("không") counts as 0, ``BLANK`` never.
    """

    GIVEN = "number"
    NONE = "none"
    BLANK = "blank"
    PENDING = "pending"
    NOT_APPLICABLE = "not_applicable"


class Kind(StrEnum):
    """What kind of thing a field holds."""

    COUNT = "count"
    DECIMAL = "decimal"
    MONEY = "money"
    AREA = "area"
    PERCENT = "percent"
    SCORE = "score"
    RANK = "rank"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    DATE = "date"
    TEXT = "text"
    PROSE = "prose"


NUMERIC = frozenset({Kind.COUNT, Kind.DECIMAL, Kind.MONEY, Kind.AREA, Kind.PERCENT, Kind.SCORE, Kind.RANK})
WIDE = frozenset({Kind.TEXT, Kind.CHOICES})
ADDITIVE = frozenset({Kind.COUNT, Kind.DECIMAL, Kind.MONEY, Kind.AREA})


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers of a choice: what is stored and what is shown."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class FieldType:
    """What may be typed into a field: its kind, unit of measure and limits.

    ``decimals`` is the greatest number of digits after the comma; ``smallest``
    and ``largest`` bound numbers, both inclusive.
    """

    kind: Kind
    unit: str = ""
    decimals: int = 0
    choices: tuple[Choice, ...] = ()
    smallest: Decimal | None = Decimal(0)
    largest: Decimal | None = None

    @property
    def numeric(self) -> bool:
        """Whether its content is a Decimal."""
        return self.kind in NUMERIC

    @property
    def wide(self) -> bool:
        """Whether its answers are words that take a line of their own."""
        return self.kind in WIDE

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its choices, in the order of the list."""
        return tuple(choice.id for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many units a total covers, of how many expected."""

    covered: int
    expected: int

    def __str__(self) -> str:
        return f"{self.covered}/{self.expected}"

    @property
    def full(self) -> bool:
        """Whether no expected unit is missing."""
        return self.covered >= self.expected


Content = Decimal | str | date | bool | None
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Value:
    """One answer: its state, its content, and what was said beside it.

    ``content`` is a Decimal for numbers, a date, a bool for yes and no, the
    id of a choice, the ids of several joined by ";", a text, or the canonical string of a narrative; it is None
    unless the state is GIVEN. ``reason`` goes with PENDING and with an
    override; ``note`` names a source; ``coverage`` stands on totals only.
    """

    state: State
    content: Content = None
    reason: str = ""
    note: str = ""
    coverage: Coverage | None = None

    @property
    def number(self) -> Decimal | None:
        """The number it counts as: "không" is 0, everything unanswered None."""
        if isinstance(self.content, Decimal):
            return self.content
        return ZERO if self.state is State.NONE else None

    @property
    def answered(self) -> bool:
        """Whether the question needs no further answer."""
        return self.state is not State.BLANK


BLANK = Value(State.BLANK)
NONE = Value(State.NONE)
NOT_APPLICABLE = Value(State.NOT_APPLICABLE)
BARE: dict[str, Value] = {state: Value(state) for state in State if state is not State.GIVEN}


def given(content: Decimal | int | str | date | bool) -> Value:
    """A value that is given; an int becomes a Decimal."""
    if isinstance(content, int) and not isinstance(content, bool):
        content = Decimal(content)
    return Value(State.GIVEN, content)


def pending(reason: str) -> Value:
    """A figure that is not yet known, and why."""
    return Value(State.PENDING, reason=reason)


def parse(kind: FieldType, typed: str) -> Value | Fault:
    """The value that a typed text means, or why it means none.

    One rule for numbers: "." and spaces group thousands, "," is the decimal
    mark; whatever else is asked about, never guessed (R22). A typed 0 or
    "không" is the state none. An empty text is blank.
    """
    text = nfc(typed).strip()
    if not text:
        return BLANK
    match kind.kind:
        case Kind.COUNT | Kind.DECIMAL | Kind.MONEY | Kind.AREA | Kind.PERCENT | Kind.SCORE | Kind.RANK:
            return _parse_number(kind, text)
        case Kind.YES_NO:
            return _parse_yes_no(text)
        case Kind.CHOICE:
            return _parse_choice(kind, text)
        case Kind.CHOICES:
            return _parse_choices(kind, text)
        case Kind.DATE:
            return _parse_date(text)
        case Kind.TEXT:
            return given(text)
        case Kind.PROSE:
            return given(nfc(typed))
        case other:
            assert_never(other)


def _parse_number(kind: FieldType, text: str) -> Value | Fault:
    if fold(text) in NONE_WORDS:
        return NONE
    compact = _ungroup_spaces(text)
    if not (GROUPED.fullmatch(compact) or PLAIN.fullmatch(compact)) or not compact.isascii():
        return _not_a_number(text, compact)
    number = Decimal(compact.replace(".", "").replace(",", "."))
    if sum(map(str.isdigit, compact)) > DIGITS_MOST:
        message = _("Số “{text}” dài quá {most} chữ số. Đề nghị xem lại.")
        return Fault(message.format(text=text, most=DIGITS_MOST))
    places = len(compact.partition(",")[2])
    if places > kind.decimals:
        return _too_many_decimals(kind, text, compact, places)
    return _within_limits(kind, text, number)


def _ungroup_spaces(text: str) -> str:
    return re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", text)


def _not_a_number(text: str, compact: str) -> Fault:
    readings = []
    if re.fullmatch(r"\d+\.\d{1,2}|\d+\.\d{4,}", compact) and compact.isascii():
        readings.append(compact.replace(".", ","))
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", compact) and compact.isascii():
        readings.append(compact.replace(",", "\0").replace(".", ",").replace("\0", "."))
    return Fault(
        _(
            "“{text}” không đọc được là một số. Dùng dấu chấm ngăn hàng nghìn, dấu phẩy trước phần thập phân, "
            "ví dụ 1.640 hoặc 96,5."
        ).format(text=text),
        tuple(readings),
    )


def _too_many_decimals(kind: FieldType, text: str, compact: str, places: int) -> Fault:
    readings = []
    if places == 3 and len(compact.partition(",")[0].lstrip("+-").replace(".", "")) <= 3:
        readings.append(compact.replace(",", "."))
    readings.append(shown_number(rounded(Decimal(compact.replace(".", "").replace(",", ".")), kind.decimals)))
    if kind.decimals == 0:
        message = _("Ô này nhận số nguyên, nhưng “{text}” có phần thập phân. Dấu phẩy ở đây nghĩa là gì?")
    else:
        message = _("“{text}” có nhiều hơn {decimals} chữ số thập phân. Dấu phẩy ở đây nghĩa là gì?")
    return Fault(message.format(text=text, decimals=kind.decimals), tuple(dict.fromkeys(readings)))


def _within_limits(kind: FieldType, text: str, number: Decimal) -> Value | Fault:
    if kind.smallest is not None and number < kind.smallest:
        return Fault(
            _("“{text}” nhỏ hơn giá trị nhỏ nhất được nhận là {limit}. Đề nghị xem lại.").format(
                text=text, limit=shown_number(kind.smallest)
            )
        )
    if kind.largest is not None and number > kind.largest:
        return Fault(
            _("“{text}” lớn hơn giá trị lớn nhất được nhận là {limit}. Đề nghị xem lại.").format(
                text=text, limit=shown_number(kind.largest)
            )
        )
    if number == 0 and kind.kind in ADDITIVE:
        return NONE
    return given(number)


def _parse_yes_no(text: str) -> Value | Fault:
    match fold(text):
        case "co" | "x" | "yes":
            return given(True)
        case "khong" | "no":
            return given(False)
        case _:
            return Fault(_("“{text}” không phải là Có hoặc Không.").format(text=text), ("Có", "Không"))


def _parse_choice(kind: FieldType, text: str) -> Value | Fault:
    wanted = fold(text)
    for choice in kind.choices:
        if text == choice.id or wanted == fold(choice.label):
            return given(choice.id)
    labels = tuple(choice.label for choice in kind.choices)
    message = _("“{text}” không có trong danh sách: {labels}.")
    return Fault(message.format(text=text, labels="; ".join(labels)), labels)


def _parse_choices(kind: FieldType, text: str) -> Value | Fault:
    """Any of a list, in the list's order however they were typed; "không" is none of them."""
    if fold(text) in NONE_WORDS:
        return NONE
    found = [_parse_choice(kind, part) for part in several.typed_parts(text)]
    wrong = next((fault for fault in found if isinstance(fault, Fault)), None)
    chosen = [value.content for value in found if isinstance(value, Value)]
    return wrong or given(several.joined(chosen, kind.ids)) if found else BLANK


def _parse_date(text: str) -> Value | Fault:
    found = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text, re.ASCII)
    try:
        if found:
            day, month, year = map(int, found.groups())
            return given(date(year, month, day))
    except ValueError:
        pass
    message = _("“{text}” không phải là ngày đúng dạng ngày/tháng/năm, ví dụ 05/12/2024.")
    return Fault(message.format(text=text))


def rounded(number: Decimal, decimals: int) -> Decimal:
    """Round half up, as the report's percentages are."""
    return number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def shown_number(number: Decimal, decimals: int | None = None) -> str:
    """A number as it stands in the report: "1.640", "96,997", "88,83".

    ``decimals`` rounds half up to at most that many and drops trailing zeros
    (125, 143,1); without it every digit of the number is shown.
    """
    if decimals is not None:
        number = rounded(number, decimals)
    text = f"{number:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(",", "\0").replace(".", ",").replace("\0", ".")


def counted(number: int) -> str:
    """A count of units, reports, files as it is shown: 3.321."""
    return shown_number(Decimal(number))


def shown(kind: FieldType, value: Value) -> str:
    """The text of a value in an editor, a table or a message; "" when blank."""
    match value.state:
        case State.BLANK | State.PENDING:
            return ""
        case State.NONE:
            return "không"
        case State.NOT_APPLICABLE:
            return "không áp dụng"
        case State.GIVEN:
            return _shown_content(kind, value.content)
        case other:
            assert_never(other)


def _shown_content(kind: FieldType, content: Content) -> str:
    if isinstance(content, bool):
        return "Có" if content else "Không"
    if isinstance(content, Decimal):
        return shown_number(content, kind.decimals if kind.kind is Kind.PERCENT else None)
    if isinstance(content, date):
        return f"{content:%d/%m/%Y}"
    if kind.choices:
        return several.shown(content, {choice.id: choice.label for choice in kind.choices})
    return str(content)


def with_note(value: Value, note: str) -> Value:
    """The same value with another note of its source."""
    return replace(value, note=nfc(note).strip())
