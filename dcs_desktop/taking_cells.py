"""Takes cells from outside into a report: a pasted block, judged, then what was chosen as one action."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dcs_desktop.closed import why_closed
from dcs_desktop.core import placing
from dcs_desktop.core.form import Form
from dcs_desktop.core.offered import NEW, TAKEABLE, Block, Offer, Proposal, Verdict, judged
from dcs_desktop.core.report import Answers
from dcs_desktop.core.table_fit import Fit
from dcs_desktop.core.table_fit import appended as appended_rows
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.values import Value
from dcs_desktop.i18n import _
from dcs_desktop.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Pasted:
    """A block on its way into a report: the field it was pasted at, and how it is matched.

    ``labelled``: by the labels it carries, else in the order of the form, begun ``shift`` lines further down.
    """

    key: str
    block: Block
    labelled: bool
    shift: int = 0


def pasted(form: Form, key: str, block: Block) -> Pasted:
    """How a block is matched unless the user says otherwise."""
    return Pasted(key, block, placing.has_labels(form, key, block))


def proposals(form: Form, answers: Answers, given: Pasted) -> tuple[Proposal, ...]:
    """Where every cell of a block goes, and whether it does."""
    if "/" in given.key:
        offers = placing.into_table(form, answers, given.key, given.block, given.shift)
    elif given.labelled:
        offers = placing.by_labels(form, given.key, given.block)
    else:
        offers = placing.from_field(form, given.key, given.block, given.shift)
    return judged(form, answers, offers)


def appended(form: Form, answers: Answers, copied: Iterable[tuple[Fit, Block]]) -> tuple[Proposal, ...]:
    """The rows of copied tables, each for the end of the table that it is meant for; a row that is there stays out."""
    offers: list[Offer] = []
    new: dict[str, int] = {}
    for fit, block in copied:
        before, there = new.get(fit.table.id, 0), len(answers.rows.get(fit.table.id, ()))
        offers += appended_rows(fit, block, there, before)
        new[fit.table.id] = before + len(block)
    return _without_repeats(answers, judged(form, answers, offers))


def _without_repeats(answers: Answers, proposals: tuple[Proposal, ...]) -> tuple[Proposal, ...]:
    """A new row that says the same as one that is there, cell for cell, changes nothing: a table pasted again."""
    rows: dict[str, dict[str, object]] = {}
    for one in proposals:
        if one.value is not None:
            row, _slash, column = one.key.rpartition("/")
            rows.setdefault(row, {})[column] = one.value.content
    known = {
        table: [
            {column: cell.content for column, cell in row.cells.items() if cell.answered} for row in there
        ]
        for table, there in answers.rows.items()
    }
    repeated = {row for row, cells in rows.items() if cells in known.get(row.partition("/")[0], [])}
    said = _("Bảng đã có một dòng giống hệt.")
    return tuple(
        replace(one, verdict=Verdict.SAME, reason=said)
        if one.value is not None and one.key.rpartition("/")[0] in repeated
        else one
        for one in proposals
    )


def take(workspace: Workspace, chosen: Iterable[Proposal], author: str = "") -> frozenset[str]:
    """Make chosen proposals answers, all in one action that can be undone; the keys that were changed.

    ``author`` says who gave them, for the journal. Raises Refusal when the report can only be looked at.
    """
    closed = why_closed(workspace)
    if closed is not None:
        raise Refusal(closed.sentence)
    values: dict[str, Value] = {}
    rows: dict[str, dict[int, dict[str, Value | str]]] = {}
    for one in chosen:
        if one.value is None or one.verdict not in TAKEABLE:
            raise ValueError(f"stays out: {one.key}")
        table, _slash, cell = one.key.partition("/")
        if cell.startswith(NEW):
            row, _slash, column = cell.removeprefix(NEW).partition("/")
            rows.setdefault(table, {}).setdefault(int(row), {})[column] = one.value
        else:
            values[one.key] = one.value
    with workspace.together(author):
        outcomes = [workspace.put(values)]
        outcomes += [
            workspace.put_rows(table, [cells for _at, cells in sorted(new.items())])
            for table, new in rows.items()
        ]
    for outcome in outcomes:
        if outcome.fault is not None:
            raise Refusal(outcome.fault.message)
    return frozenset().union(*(outcome.changed for outcome in outcomes))


def counted(proposals: Iterable[Proposal]) -> str:
    """How many cells go in, are there already, wait for a choice, stay out, in one line."""
    verdicts = [one.verdict.value for one in proposals]
    said = {
        _("{count} ô ghi được"): verdicts.count("goes_in"),
        _("{count} ô chờ chọn"): verdicts.count("conflict") + verdicts.count("doubt"),
        _("{count} ô đã có"): verdicts.count("same"),
        _("{count} ô để ngoài"): verdicts.count("stays_out"),
    }
    return ", ".join(words.format(count=count) for words, count in said.items() if count) or _(
        "không có ô nào"
    )
