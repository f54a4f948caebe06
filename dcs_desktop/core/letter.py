"""Letters back: what a receiving unit says to a unit about its report, and which of several letters is in force.

Order is by revision and by the letter's number, never by a clock (R12): any
order of arrival ends in the same state.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

import msgspec

from dcs_desktop.core.form import Form
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import UnitName
from dcs_desktop.core.trouble import Finding, Quote, Severity
from dcs_desktop.i18n import _

MOST_QUESTIONS = 200
LONGEST_WORDS = 4_000
QUOTED = 60
RULE = "question"


class LetterKind(StrEnum):
    """What a letter is for."""

    RECEIPT = "receipt"
    CORRECTION = "correction_request"
    ACCEPTANCE = "acceptance"
    TOTALS = "totals"
    TEMPLATE = "template"


# Letters of one subject take each other's place: the newest is in force.
SUBJECTS = {
    LetterKind.RECEIPT: "receipt",
    LetterKind.CORRECTION: "verdict",
    LetterKind.ACCEPTANCE: "verdict",
    LetterKind.TOTALS: "totals",
    LetterKind.TEMPLATE: "template",
}
STATES = {LetterKind.CORRECTION: "correction_requested", LetterKind.ACCEPTANCE: "accepted"}
OF_A_REVISION = (LetterKind.RECEIPT, LetterKind.CORRECTION, LetterKind.ACCEPTANCE)


@dataclass(frozen=True, slots=True)
class Head:
    """Which letter it is: from the ``receiver`` of a report to the ``unit`` that wrote it.

    ``number`` counts the letters of this receiver to this unit about this
    period. ``revision`` and ``about``, its content digest, say which report is
    meant; ``about`` is "" where none is (totals, a template). ``period`` is of
    the closed list, "" for a template.
    """

    kind: LetterKind
    unit: UnitName
    receiver: UnitName
    period: str
    training: bool
    number: int
    written: date
    revision: int = 0
    about: str = ""

    @property
    def period_words(self) -> str:
        """The period in words, "" where the letter is about none."""
        return Period.parse(self.period).words if self.period else ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question at a figure, a cell, a table or an item (``key``; "" for the whole), or at a passage of its text."""

    id: str
    text: str
    key: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class WasRead:
    """What the receiver read of a package: the answers in it, and what its check found; ``came`` is the day it came."""

    came: date
    figures: int
    texts: int
    rows: int
    errors: int
    warnings: int
    missing: int
    file_digest: str = ""


@dataclass(frozen=True, slots=True)
class AreaTotal:
    """One frozen total: ``value`` is exact decimal text, "" for none; over how many of how many units."""

    key: str
    label: str
    unit: str
    state: str
    value: str
    covered: int
    expected: int


@dataclass(frozen=True, slots=True)
class Letter:
    """A whole letter; what is not of its kind is empty. ``template`` holds a template as JSON."""

    head: Head
    text: str = ""
    questions: tuple[Question, ...] = ()
    read: WasRead | None = None
    totals: tuple[AreaTotal, ...] = ()
    template: bytes = b""


def letter_digest(letter: Letter) -> str:
    """64 hex digits over everything a letter says."""
    return hashlib.sha256(msgspec.json.encode(letter, order="deterministic")).hexdigest()


def rule_of(digest: str, question: Question) -> str:
    """The name under which a question is found, and its answer kept among the answers of the report."""
    return f"{RULE}:{digest[:16]}:{question.id}"


def question_findings(form: Form, digest: str, questions: Iterable[Question]) -> Iterator[Finding]:
    """The questions of a letter as things to look at; what the form no longer has is asked of the whole report."""
    for question in questions:
        known = question.key.partition("/")[0] in form.item_of
        quote = Quote(question.quote) if question.quote and question.key in form.items else None
        keys = (question.key,) if known else ()
        message = (
            _asked_at(form, question) if known else _("Về cả báo cáo: {text}").format(text=question.text)
        )
        yield Finding(rule_of(digest, question), Severity.QUESTION, keys, message, quote=quote)


def _asked_at(form: Form, question: Question) -> str:
    """A question with its place: an item by its number, for its prompt stands above it."""
    place, key = form.place_of(question.key), question.key
    if key in form.items and question.quote:
        said = _("Mục {place}, đoạn “{quote}”: {text}")
        return said.format(place=place, quote=_short(question.quote), text=question.text)
    if key in form.items:
        return _("Mục {place}: {text}").format(place=place, text=question.text)
    return _("Mục {place}, {label}: {text}").format(
        place=place, label=label_at(form, key), text=question.text
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= QUOTED else line[: QUOTED - 1] + "…"


def label_at(form: Form, key: str) -> str:
    """What a question is asked at, by its label; the key itself where the form does not know it."""
    try:
        return form.label_of(key)
    except (KeyError, StopIteration, ValueError):
        return key


class Placed(Protocol):
    """Whatever says which letter it is, and its digest."""

    @property
    def head(self) -> Head:
        """Which letter it is."""

    @property
    def digest(self) -> str:
        """The letter's digest."""


AnyLetter = TypeVar("AnyLetter", bound=Placed)


def rank(letter: Placed) -> tuple[int, int, str]:
    """The order of letters of one subject."""
    return letter.head.revision, letter.head.number, letter.digest


def in_force(letters: Iterable[AnyLetter]) -> dict[str, AnyLetter]:
    """The newest letter of each subject, among those to one unit about one period."""
    return {SUBJECTS[letter.head.kind]: letter for letter in sorted(letters, key=rank)}


def state_said(letters: Iterable[Placed], about: str) -> str:
    """What letters made of the report with this content digest: its state in the closed list, "" for none."""
    verdict = in_force(letter for letter in letters if letter.head.about == about).get("verdict")
    return "" if verdict is None else STATES[verdict.head.kind]
