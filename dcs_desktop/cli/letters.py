"""The verbs of letters: what a receiving unit writes back, what a unit takes, what went to and fro."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import Any

from dcs_desktop import receiving
from dcs_desktop.cli.desk import today
from dcs_desktop.cli.own import data_file, unit_named
from dcs_desktop.cli.parser import Said
from dcs_desktop.cli.shown import Json, read_json
from dcs_desktop.core.form import Form
from dcs_desktop.core.letter import Letter, Question
from dcs_desktop.core.on_behalf import KEY
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.forms import form_of
from dcs_desktop.i18n import _
from dcs_desktop.receiving import letter_words
from dcs_desktop.store import DataFile

KEYS = {"text", "questions"}
QUESTION_KEYS = {"key", "text", "quote"}


def reply(args: argparse.Namespace) -> Said:
    """Write a receipt, or what else is asked for, as a file for the unit."""
    with data_file(args) as file:
        unit = unit_named(args.unit, args, file).identity
        letter = _letter(args, file, unit)
        path = receiving.send(file, letter, args.output, datetime.now().astimezone())
    line = _("Đã ghi {letter} vào {path}. Gửi tệp này cho đơn vị qua thư điện tử.")
    said = line.format(letter=letter_words.title(letter.head), path=path)
    return Said({"path": str(path), "kind": letter.head.kind.value, "number": letter.head.number}, [said])


def _letter(args: argparse.Namespace, file: DataFile, unit: str) -> Letter:
    period, day = args.period, today()
    if args.template:
        return receiving.new_template(file, unit, period, args.template, day)
    if args.totals:
        return receiving.area_totals(file, unit, period, day, args.text)
    if args.accept:
        return receiving.acceptance(file, unit, period, day, args.text)
    if args.request is None:
        return receiving.receipt(file, unit, period, day, args.text)
    said = read_json(args.request)
    text = str(said.get("text", args.text))
    return receiving.correction_request(file, unit, period, _questions(said), day, text)


def _questions(said: Json) -> list[Question]:
    listed = said.get("questions", [])
    right = isinstance(listed, list) and all(isinstance(one, dict) for one in listed)
    if set(said) - KEYS or not right or any(set(one) - QUESTION_KEYS for one in listed):
        message = _(
            'Tệp câu hỏi có dạng {"text": "…", "questions": [{"key": "…", "text": "…", "quote": "…"}]}.'
        )
        raise Refusal(message)
    return [
        Question("", str(one.get("text", "")), str(one.get("key", "")), str(one.get("quote", "")))
        for one in listed
    ]


def take(args: argparse.Namespace) -> Said:
    """Take letters of the receiving unit; status 1 when one was refused."""
    now, data, lines, refused = datetime.now().astimezone(), [], [], False
    with data_file(args) as file:
        for path in args.paths:
            verdict = receiving.take_letter(file, path, now)
            refused |= verdict.verdict not in receiving.KEPT
            data.append(_verdict_json(verdict))
            lines.append(f"{verdict.file}: {verdict.reason}")
            if verdict.letter is not None and verdict.verdict in receiving.KEPT:
                lines += letter_words.lines(verdict.letter, _form(file, verdict.report))
    return Said(data, lines, int(refused))


def _form(file: DataFile, ref: int | None) -> Form | None:
    if ref is None:
        return None
    report = file.report(ref)
    return form_of(report.identity, report.letterhead, own=report.answers.own)


def _verdict_json(verdict: receiving.LetterVerdict) -> dict[str, Any]:  # Any: texts, numbers, questions
    said: dict[str, Any] = {"file": verdict.file, "verdict": verdict.verdict, "reason": verdict.reason}
    letter = verdict.letter
    if letter is None:
        return said
    head = letter.head
    said |= {
        "kind": head.kind.value,
        "unit": head.unit.identity,
        "period": head.period or None,
        "revision": head.revision if head.about else None,
        "number": head.number,
        "about": head.about or None,
        "text": letter.text,
    }
    if letter.questions:
        said["questions"] = [{"key": q.key, "text": q.text, "quote": q.quote} for q in letter.questions]
    return said


def history(args: argparse.Namespace) -> Said:
    """What went to and fro with a unit, and what became of every question."""
    with data_file(args, read_only=True) as file:
        unit = unit_named(args.unit, args, file).identity
        events = receiving.history(file, unit, args.period)
        asked = receiving.exchanges(file, unit, args.period)
    data = {
        "events": [
            {"at": e.at.isoformat(), "kind": e.kind, "title": e.said, "text": e.words, "file": e.file_name}
            for e in events
        ],
        "questions": [
            {
                "letter": one.letter.number,
                "key": one.question.key,
                "text": one.question.text,
                "quote": one.question.quote,
                "answer": one.answer,
                "old": one.old,
                "new": one.new,
                "settled_in": one.settled,
            }
            for one in asked
        ],
    }
    lines = [f"{e.at.astimezone():%d/%m/%Y} {e.said}: {e.words}" for e in events]
    line = _("Hỏi ({place}): {question} – Trả lời: {answer} – {old} → {new}")
    lines += [
        line.format(
            place=one.place or _("cả báo cáo"),
            question=one.question.text,
            answer=one.answer or _("chưa trả lời"),
            old=one.old,
            new=one.new,
        )
        for one in asked
    ]
    return Said(data, lines or [_("Chưa có gì với đơn vị này trong kỳ này.")])


def note(args: argparse.Namespace) -> Said:
    """Keep a note of the desk on a unit."""
    text = args.text.strip()
    if not text:
        raise Refusal(_("Ghi chú chưa có lời."))
    with data_file(args) as file:
        unit = unit_named(args.unit, args, file).identity
        file.add_note(unit, args.period, text, datetime.now().astimezone())
    return Said({"unit": unit, "text": text}, [_("Đã ghi chú.")])


def enter_for(args: argparse.Namespace) -> Said:
    """Begin to enter a unit's report at the desk, or take what was entered among the received ones."""
    now = datetime.now().astimezone()
    with data_file(args) as file:
        unit = unit_named(args.unit, args, file).identity
        if args.done:
            verdict = receiving.take_entered(file, unit, args.period, now)
            data = {"verdict": verdict.verdict, "reason": verdict.reason, "revision": verdict.revision}
            return Said(data, [verdict.reason], int(verdict.verdict not in receiving.TAKEN))
        ref = receiving.begin(file, unit, args.period, args.source, args.by, now.date())
        mark = file.report(ref).answers.accepted[KEY]
    line = _("Đã bắt đầu nhập thay. Nhập bằng lệnh fill hoặc take-excel, rồi ghi nhận bằng enter-for --done.")
    return Said({"unit": unit, "period": str(args.period), "mark": mark}, [line])


VERBS = {"enter-for": enter_for, "reply": reply, "take-letter": take, "history": history, "note": note}
