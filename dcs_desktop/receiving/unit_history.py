"""What went to and fro with one unit in one period, in time order, and what became of each question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from dcs_desktop import package
from dcs_desktop.core.answers import compute
from dcs_desktop.core.form import Form
from dcs_desktop.core.letter import Head, LetterKind, Question, label_at, rank, rule_of
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Report
from dcs_desktop.core.values import BLANK, State, Value, shown
from dcs_desktop.i18n import _
from dcs_desktop.receiving.desk import Desk, known_templates, setup_of
from dcs_desktop.receiving.letter_words import about, title
from dcs_desktop.receiving.letters import plain_text, worded
from dcs_desktop.receiving.words import key_words, sentence, verdict_word
from dcs_desktop.store import DataFile, KeptLetter, Received


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: ``kind`` is "package", "letter" or "note"; ``said`` its title, ``words`` the rest."""

    at: datetime
    kind: str
    said: str
    words: str
    file_name: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question, what the unit answered ("" for nothing yet), and its field as it was and as it is now.

    ``settled`` is the revision that counts now, None while it is still the one the question is about.
    """

    letter: Head
    question: Question
    place: str
    old: str
    new: str
    answer: str
    settled: int | None


def history(file: DataFile, unit: str, period: Period) -> list[Event]:
    """Packages, letters and notes of a unit (``code@list``), oldest first. Raises Refusal."""
    desk = Desk(file, setup_of(file), period)
    sent = _sent(file, unit, period)
    found = [_package_event(desk, one, sent) for one in desk.kept.get(unit, [])]
    found += [
        Event(one.at, "letter", title(one.head), about(one.head), one.file_name, one.digest) for one in sent
    ]
    notes = (note for note in file.notes(period) if note.unit == unit)
    found += [Event(note.at, "note", _("Ghi chú"), note.text) for note in notes]
    return sorted(found, key=lambda event: event.at)


def _package_event(desk: Desk, one: Received, sent: list[KeptLetter]) -> Event:
    """A package, of which only the day is known: on that day it came after letters about what it amends."""
    word = desk.gate(one) or desk.place(one)
    if word == "accepted" and one.verdict == "accepted_with_warnings":
        word = one.verdict
    words = sentence(word, one.identity, desk.setup, one)
    if one.keys[0] and word != "unknown_key":
        words += " " + _("Khóa ký: {words}.").format(words=key_words(one.keys[0]))
    day, revision = one.received_at.date(), one.identity.revision
    before = (one for one in sent if one.head.about and one.head.revision < revision)
    earlier = (letter.at for letter in before if letter.at.date() <= day)
    at = max(one.received_at, *earlier, one.received_at)
    return Event(at, "package", verdict_word(word), words, one.file_name, one.digest)


def _sent(file: DataFile, unit: str, period: Period) -> list[KeptLetter]:
    return list(file.letters(period, unit, sent=True))


def exchanges(file: DataFile, unit: str, period: Period) -> list[Exchange]:
    """Every question that was put to a unit, with answer and change side by side. Raises Refusal."""
    asked = [one for one in _sent(file, unit, period) if one.head.kind is LetterKind.CORRECTION]
    if not asked:
        return []
    desk = Desk(file, setup_of(file), period)
    counts = desk.counting(unit)
    now = None if counts is None else desk.report(counts)
    found: list[Exchange] = []
    for letter in sorted(asked, key=rank):
        data = file.letter_bytes(letter.digest) or b""
        reading = package.read_letter_bytes(data, letter.file_name)
        then = _report(file, letter.head.about)
        if reading.letter is not None and then is not None:
            found += _exchanged(letter, reading.letter.questions, then, now or then)
    return found


def _report(file: DataFile, digest: str) -> Report | None:
    data = file.received_bytes(digest)
    return None if data is None else package.read_bytes(data, "", known_templates()).report


def _exchanged(
    letter: KeptLetter, questions: tuple[Question, ...], then: Report, now: Report
) -> Iterator[Exchange]:
    form, form_now = worded(then), worded(now)
    settled = now.identity.revision if now.identity.revision > letter.head.revision else None
    for question in questions:
        known = question.key.partition("/")[0] in form.item_of
        place = f"{form.place_of(question.key)}, {label_at(form, question.key)}" if known else ""
        old, new = (text_at(f, r, question.key) for f, r in ((form, then), (form_now, now)))
        answer = now.answers.accepted.get(rule_of(letter.digest, question), "")
        yield Exchange(letter.head, question, place, old, new, answer, settled)


def text_at(form: Form, report: Report, key: str) -> str:
    """What a report says at a key, as it is shown; "" for nothing or for a key it does not know."""
    if not key or key.partition("/")[0] not in form.item_of:
        return ""
    if key in form.items:
        return plain_text(report, key)
    if key in form.tables:
        count = len(report.answers.rows.get(key, ()))
        return _("{count} dòng").format(count=count)
    value = compute(form, report.answers).get(key, BLANK) if key in form.fields else report.answers.value(key)
    return state_text(form, key, value)


def state_text(form: Form, key: str, value: Value) -> str:
    """A value as it is shown, its state in words."""
    words = {
        State.BLANK: _("trống"),
        State.NONE: _("không"),
        State.PENDING: _("chưa có số liệu"),
        State.NOT_APPLICABLE: _("không áp dụng"),
    }
    return words.get(value.state) or shown(form.type_of(key), value)
