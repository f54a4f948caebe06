"""One open report: the only door through which answers change."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from dcs_desktop import questions, template_library
from dcs_desktop.core.acceptances import Acceptances
from dcs_desktop.core.answers import check, compute
from dcs_desktop.core.asked import unanswered
from dcs_desktop.core.carrying import carried_at, confirmed, marks_off
from dcs_desktop.core.changes import Change, Outcome, Part, applied, joined_changes, shown_by
from dcs_desktop.core.form import Form, Role
from dcs_desktop.core.own import own_changes
from dcs_desktop.core.progress import Progress, progress, whole
from dcs_desktop.core.report import Addition, Answers, Identity, Letterhead, Report, composed
from dcs_desktop.core.row_changes import Cells, row_comes, row_goes, row_moves, rows_come
from dcs_desktop.core.text import nfc
from dcs_desktop.core.text_check import Facts, TextCheck
from dcs_desktop.core.trouble import Fault, Finding, Refusal
from dcs_desktop.core.typing_on import Typing
from dcs_desktop.core.values import BLANK, NONE, State, Value, given, parse, pending, with_note
from dcs_desktop.forms import Before, Earlier, Templates, begun, earlier_of, form_of
from dcs_desktop.i18n import _
from dcs_desktop.starting_report import new_report
from dcs_desktop.store import MOST_UNDONE, Action, DataFile, Deed, Given, Listener, Saved, Steps, given_by

__all__ = ["Before", "Outcome", "Workspace", "new_report"]
Clock = Callable[[], datetime]
NOW: Clock = partial(datetime.now, UTC)
KNOWN: Templates = template_library.template


class Workspace:
    """A report being worked on: its answers, and what follows from them.

    Every change is taken into memory at once and put to the file's writer.
    ``on_saved`` and ``on_failed`` are called on the writer's thread. Content
    of a revision that was exported is frozen: the first change of it opens
    the next amendment, which the workspace then is (:attr:`ref`, :attr:`identity`).
    ``before`` is the earlier report that formulas compare with, ``compared``
    the figures they find there; ``beside`` is which of the earlier reports is
    shown beside this one: no part of the report, free to be set; ``undoable``
    holds the numbers of the actions that can be taken back, the last one last.
    """

    def __init__(self, file: DataFile, ref: int, now: Clock = NOW, templates: Templates = KNOWN) -> None:
        report = file.report(ref)
        self.file, self.ref = file, ref
        self.identity: Identity = report.identity
        self.letterhead: Letterhead = report.letterhead
        self.answers: Answers = report.answers
        self.on_saved: Callable[[datetime], None] | None = None
        self.on_failed: Callable[[str], None] | None = None
        self._now, self._templates = now, templates
        self._listener = Listener(self._tell_saved, self._tell_failed)
        self._gathered: list[Change] | None = None
        self.earlier: Earlier = earlier_of(file, report.identity, templates)
        self.before: Before | None = self.earlier.compared
        self.beside: Before | None = next(iter(self.earlier.choices), None)
        self.form: Form = self._worded()
        self.compared = begun(self.form, report.identity.period, self.before)
        self.figures: Mapping[str, Value] = {}
        self.findings: tuple[Finding, ...] = ()
        self.progress: Mapping[str, Progress] = {}
        self.texts = TextCheck(self.answers, self.form)
        self.asked = questions.asked(file, report.identity)
        self.acceptances = Acceptances()
        self._follow()
        self._take_steps(file.steps(ref))
        self._given: dict[str, Given] = file.given(ref)

    @classmethod
    def open(cls, file: DataFile, ref: int, now: Clock = NOW, templates: Templates = KNOWN) -> Workspace:
        """Open a report of a data file. Raises Refusal: it is damaged, or its template is not there."""
        return cls(file, ref, now, templates)

    def report(self) -> Report:
        """The report as it stands."""
        return Report(self.identity, self.answers, self.letterhead)

    def flush(self, timeout: float = 30.0) -> None:
        """Wait until every change is on the disk. Raises Refusal."""
        self.file.flush(timeout)

    def close(self) -> None:
        """Wait until every change is on the disk. Raises Refusal."""
        self.flush()

    # Answers

    def enter(self, key: str, typed: str) -> Outcome:
        """Take what was typed into a field or cell; a text that is no value is kept as a draft."""
        if (closed := self._closed(key)) is not None:
            return closed
        typed = nfc(typed)
        found = parse(self.form.type_of(key), typed)
        before = self.answers.value(key)
        if isinstance(found, Fault):
            draft, value = typed, BLANK
        else:
            draft, value = "", found
        if self._role(key) is Role.OVERRIDE and value.answered:
            value = replace(value, reason=before.reason)
        outcome = self._type(
            key, typed, (self._value(key, with_note(value, before.note)), self._draft(key, draft))
        )
        return replace(outcome, fault=found) if isinstance(found, Fault) else outcome

    def write(self, item: str, markup: str, *, apart: bool = False) -> Outcome:
        """Take the narrative of an item, as its canonical string; ``apart`` never joins it to typing before."""
        if item not in self.form.items:
            return Outcome()
        text = nfc(markup)
        self.texts.read(item)
        change = self._value(item, given(text) if text.strip() else BLANK)
        return self._do(change) if apart else self._type(item, text, (change,))

    def set_state(self, key: str, state: State, reason: str = "") -> Outcome:
        """Answer with a state instead of a content; BLANK takes the answer back."""
        if state is State.GIVEN:
            raise ValueError("a content is entered, not set as a state")
        if (closed := self._closed(key)) is not None:
            return closed
        if state is State.NONE and self.answers.rows.get(key):
            return Outcome(Fault(_("Bảng này đã có dòng. Hãy xóa các dòng trước khi ghi là không có.")))
        value = pending(nfc(reason).strip()) if state is State.PENDING else Value(state)
        value = with_note(value, self.answers.value(key).note)
        return self._do(self._value(key, value), self._draft(key, ""))

    def set_note(self, key: str, note: str) -> Outcome:
        """Note where an answer comes from."""
        return self._closed(key) or self._do(self._value(key, with_note(self.answers.value(key), note)))

    def override(self, key: str, typed: str, reason: str) -> Outcome:
        """Put a figure in the place of a total, with the reason; an empty text takes it away."""
        key = f"{key}.override"
        found = parse(self.form.type_of(key), typed)
        if isinstance(found, Fault):
            changes = (self._value(key, BLANK), self._draft(key, nfc(typed)))
            return replace(self._do(*changes), fault=found)
        value = replace(found, reason=nfc(reason).strip()) if found.answered else BLANK
        return self._do(self._value(key, value), self._draft(key, ""))

    def nothing_here(self, item: str) -> Outcome:
        """Answer with none every figure of an item that is not answered, and every table without rows."""
        return self._do(*(self._value(key, NONE) for key in unanswered(self.form.items[item], self.answers)))

    def confirm(self, key: str) -> Outcome:
        """Everything that was taken over into an item, or one figure or table, is right as it is."""
        return self._do(*confirmed(self.answers, carried_at(self.form, self.answers, key)))

    def set_own(self, key: str, addition: Addition | None) -> Outcome:
        """Something of the unit's own comes under a key, changes, or (None) goes with its answer."""
        return self._do(*own_changes(self.answers, key, addition))

    def take_totals(self, totals: Mapping[str, Value]) -> Outcome:
        """Take in the totals of the units below, by the keys of their figures."""
        known = {f"{key}.below": value for key, value in totals.items() if f"{key}.below" in self.form.fields}
        return self._do(*(self._value(key, value) for key, value in known.items()))

    def accept(self, rule: str, reason: str) -> Outcome:
        """Accept a warning for a reason; without one it is no longer accepted."""
        said = nfc(reason).strip()
        return self._do(Change(Part.ACCEPTED, rule, self.answers.accepted.get(rule, ""), said))

    def set_letterhead(self, letterhead: Letterhead) -> Outcome:
        """Change bodies, number, date, recipients, signatory: no amendment, even after export."""
        return self._do(Change(Part.LETTERHEAD, "", self.letterhead, composed(letterhead)))

    def put(self, values: Mapping[str, Value]) -> Outcome:
        """Take answers that were read already, of fields, cells and items; a typed text that stands there goes."""
        keys = [key for key in values if self._closed(key) is None]
        drafts = [self._draft(key, "") for key in keys]
        return self._do(*(self._value(key, values[key]) for key in keys), *drafts)

    def giver(self, key: str) -> Given | None:
        """Who gave the answer that stands in a field or cell, where that was not the officer's own hand."""
        given = self._given.get(key)
        return given if given is not None and given.stands(self.answers.value(key)) else None

    # Rows

    def add_row(self, table: str, at: int | None = None) -> Outcome:
        """A new row of a table, at its end or at a place; a table answered with none is so no longer."""
        change = row_comes(self.answers, table, at)
        outcome = self._do(self._value(table, BLANK), change)
        return replace(outcome, row=change.key.partition("/")[2] if outcome.fault is None else "")

    def put_rows(self, table: str, said: Sequence[Cells], *, instead: bool = False) -> Outcome:
        """New rows at the end of a table, or ``instead`` of all its rows, as one action.

        A cell is a value, or a text as it would be typed; a text that is no value is kept as a draft.
        """
        changes = rows_come(self.answers, self.form.tables[table], said, instead=instead)
        return self._do(self._value(table, BLANK), *changes)

    def remove_row(self, table: str, row: str) -> Outcome:
        """Take a row away with all its cells; nothing happens when it is not there."""
        return self._do(*row_goes(self.answers, table, row))

    def move_row(self, table: str, row: str, to: int) -> Outcome:
        """Give a row another place, counted from 0; nothing happens when it is not there."""
        return self._do(*row_moves(self.answers, table, row, to))

    # Many at once

    @contextmanager
    def together(self, author: str = "") -> Iterator[None]:
        """Make what is done within one action: computed and written once, taken back by one undo.

        ``author`` says whose answers they are, where they are not the officer's own.
        Until it ends figures and findings stand as they were before. Undo and redo have no place in it.
        """
        if self._gathered is not None:
            yield
            return
        self._gathered = []
        try:
            yield
        finally:
            changes, self._gathered = tuple(self._gathered), None
            if changes:
                changes += self._follow()
                self._put(self._action(changes, Deed.DONE, None, goes_on=False, author=author))

    # Undo

    def undo(self) -> Outcome | None:
        """Take back the last action that stands; None when there is none."""
        return self._turn(self.undoable, self._redone, Deed.UNDO)

    def redo(self) -> Outcome | None:
        """Do again what was taken back last; None when there is nothing."""
        return self._turn(self._redone, self.undoable, Deed.REDO)

    def _turn(self, source: deque[int], target: deque[int], deed: Deed) -> Outcome | None:
        if not source:
            return None
        number = source[-1]
        try:
            changes = self._changes_of(number)
        except Refusal as refusal:
            return Outcome(Fault(refusal.sentence))
        if deed is Deed.UNDO:
            changes = tuple(change.inverse for change in reversed(changes))
        if self._frozen_against(changes):
            return self._do(*changes)
        source.pop()
        outcome = self._do(*changes, deed=deed, of=number)
        (target if outcome.fault is None else source).append(number)
        return outcome

    def _changes_of(self, number: int) -> tuple[Change, ...]:
        if number not in self._recent:
            self._recent[number] = tuple(record.change for record in self.file.changes(self.ref, number))
        return self._recent[number]

    def _take_steps(self, steps: Steps) -> None:
        self.undoable = deque(steps.undo, MOST_UNDONE)
        self._redone = deque(steps.redo, MOST_UNDONE)
        self._last = steps.last
        self._recent: dict[int, tuple[Change, ...]] = {}
        self._typing: Typing | None = None

    # Amendment

    def amend(self) -> int:
        """Go on with the next revision of an exported report; its number. Raises Refusal."""
        self.ref = self.file.start_amendment(self.ref, self._now())
        self.identity = self.file.summary(self.ref).identity
        self._take_steps(Steps())
        return self.ref

    def _frozen_against(self, changes: Iterable[Change]) -> bool:
        """Whether changes touch the content of a revision that left the house."""
        content = any(change.part is not Part.LETTERHEAD for change in changes)
        return content and bool(self.file.exported_digest(self.ref))

    # How a change is made

    def _closed(self, key: str) -> Outcome | None:
        """What to say where nothing can be entered: in a computed field, in a field or row that is gone."""
        if self._role(key) is Role.DERIVED:
            return Outcome(Fault(_("Ô này do chương trình tính, không nhập được.")))
        table, _slash, cell = key.partition("/")
        rows = {row.id for row in self.answers.rows.get(table, ())}
        there = table in self.form.item_of and (not cell or cell.partition("/")[0] in rows)
        return None if there else Outcome()

    def _role(self, key: str) -> Role | None:
        return self.form.fields[key].role if key in self.form.fields else None

    def _value(self, key: str, value: Value) -> Change:
        return Change(Part.VALUE, key, self.answers.value(key), value)

    def _draft(self, key: str, typed: str) -> Change:
        return Change(Part.DRAFT, key, self.answers.drafts.get(key, ""), typed)

    def _type(self, key: str, text: str, changes: tuple[Change, ...]) -> Outcome:
        """Make the changes of a typed text, as one step with the typing before in the same field."""
        at, typing = self._now(), self._typing
        goes_on = typing is not None and typing.action == self._last and typing.goes_on(key, text, at)
        joined = joined_changes(self._recent.get(self._last, ()), changes) if goes_on else ()
        outcome = self._do(*changes, joined=joined)
        if outcome.fault is None and outcome.changed:
            self._typing = Typing(key, text, self._last, at)
        return outcome

    def _do(
        self,
        *changes: Change,
        deed: Deed = Deed.DONE,
        of: int | None = None,
        joined: tuple[Change, ...] = (),
    ) -> Outcome:
        """Make changes as one action: in memory at once, on the disk soon."""
        real = tuple(change for change in changes if change.old != change.new)
        if not real:
            return Outcome()
        real = marks_off(self.answers, real) if deed is Deed.DONE else real
        try:
            if self.file.read_only:
                self.file.writer  # noqa: B018 -- says that the file is open for reading only
            if self._frozen_against(real):
                self.amend()
                joined = ()
        except Refusal as refusal:
            return Outcome(Fault(refusal.sentence))
        touched, figures = self._apply(real), self.figures
        if self._gathered is not None:
            self._gathered += real
            return Outcome(None, touched)
        outdated = self._follow()
        self._put(self._action((*(joined or real), *outdated), deed, of, goes_on=bool(joined)))
        moved = {key for key, value in self.figures.items() if figures.get(key) != value}
        return Outcome(None, touched | moved)

    def _apply(self, changes: tuple[Change, ...]) -> frozenset[str]:
        """Take changes into memory; the keys that show them."""
        worded = self.letterhead.places, self.answers.own
        for change in changes:
            self.answers = applied(self.answers, change)
            if isinstance(change.new, Letterhead):
                self.letterhead = change.new
        if worded != (self.letterhead.places, self.answers.own):
            self.form = self._worded()
        return frozenset(key for change in changes for key in shown_by(change))

    def _worded(self) -> Form:
        return form_of(self.identity, self.letterhead, self._templates, self.answers.own)

    def _follow(self) -> tuple[Change, ...]:
        """Compute and check anew; the changes by which warnings that say something else are accepted no more."""
        self.figures = compute(self.form, self.answers, self.compared)
        self.facts = Facts(self.form, self.report(), self.figures, self.compared)
        self.judge()
        outdated = self.acceptances.outdated(self.findings, self.form, self.figures)
        if outdated:
            self._apply(outdated)
            self.judge()
        return outdated

    def judge(self) -> None:
        """Find anew what is wrong, doubtful and missing, in the texts that were read."""
        texts = (*self.texts.findings(self.facts), *self.asked.findings(self.form))
        self.findings = check(self.form, self.answers, self.figures, self.compared, texts)
        self.progress = progress(self.form, self.answers, self.figures, self.findings)

    def _action(
        self, changes: tuple[Change, ...], deed: Deed, of: int | None, *, goes_on: bool, author: str = ""
    ) -> Action:
        if not goes_on:
            self._last += 1
        if deed is Deed.DONE and not goes_on:
            self.undoable.append(self._last)
            self._redone.clear()
        self._recent[self._last] = changes
        return Action(self._last, changes, self._now(), deed, of, goes_on, author=author)

    def _put(self, action: Action) -> None:
        self._given |= given_by(action)
        tables = {change.key.partition("/")[0] for change in action.changes if change.part is Part.ROW}
        rows = {table: tuple(row.id for row in self.answers.rows.get(table, ())) for table in tables}
        self.file.put(Saved(self.ref, action, rows, whole(self.progress)), self._listener)

    def _tell_saved(self, moment: datetime) -> None:
        if self.on_saved is not None:
            self.on_saved(moment)

    def _tell_failed(self, sentence: str) -> None:
        if self.on_failed is not None:
            self.on_failed(sentence)
