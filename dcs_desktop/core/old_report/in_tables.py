"""Figures of tables: the label of a row, then the number of the column that counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from dcs_desktop.core.form import Form
from dcs_desktop.core.old_report.document import Meaning, OldLine, OldWords
from dcs_desktop.core.old_report.figures import Proposal, proposal
from dcs_desktop.core.old_report.labels import Labels, label_words, unit_words
from dcs_desktop.core.old_report.slots import joined
from dcs_desktop.core.old_report.wording import words_of
from dcs_desktop.core.text import fold

ALIKE, SURE, LEAD = 0.7, 0.85, 0.1
CELL = re.compile(
    r"(?P<number>[0-9]+(?:[.,][0-9]+)*(?:\s*/\s*[0-9]+(?:[.,][0-9]+)*)?|không|[….]+)?\s*(?P<unit>[^\W\d_][^()]*|%)?"
    r"\s*(?:\([^()]*\))?\s*\.?",
    re.IGNORECASE,
)
# A number of a row that is no word of its label: "I", "a)", "1.2".
SERIAL = re.compile(r"[IVX]{1,5}\.?|[a-zđ][.)]?")


@dataclass(frozen=True, slots=True)
class _Heads:
    """Which columns of a table hold what was done, what was planned, the unit of measure."""

    columns: dict[int, Meaning]


def in_tables(lines: Sequence[OldLine], form: Form, labels: Labels, words: OldWords) -> Iterator[Proposal]:
    """The figures of all tables; a table that goes on in a next one keeps its heads."""
    rows = [line for line in lines if line.cells]
    heads = _Heads({})
    for _number, group in groupby(rows, key=lambda line: line.table):
        table = list(group)
        found = _heads(table[0].cells, words)
        if found.columns or len(table[0].cells) != max(heads.columns, default=-1) + 1:
            heads = found
        for row in table[1:] if found.columns else table:
            yield from _of_row(row, heads, form, labels, words)


def _heads(cells: Sequence[str], words: OldWords) -> _Heads:
    found: dict[int, Meaning] = {}
    for place, cell in enumerate(cells):
        said = fold(cell)
        for meaning, heads in words.columns.items():
            if any(said.startswith(head) for head in heads):
                found.setdefault(place, meaning)
    return _Heads(found)


def _of_row(row: OldLine, heads: _Heads, form: Form, labels: Labels, words: OldWords) -> Iterator[Proposal]:
    label = _label(row.cells, heads)
    if label is None:
        return
    place, text = label
    named = labels.named(label_words(text, words.short))
    if named is None or named.alike < ALIKE:
        return
    figure = form.figures[named.figure]
    sure = named.alike >= SURE and named.lead >= LEAD and not row.tracked
    for key, cell in _numbers(row.cells, place, heads, figure.base_keys):
        found = CELL.fullmatch(cell.strip())
        if found is None or found["number"] is None:
            continue
        unit = tuple(word.text for word in words_of(found["unit"] or _unit(row.cells, heads), words.short))
        fits = not unit or unit[0] in (*unit_words(figure, words.short)[:1], *label_words(text, words.short))
        made = proposal(form, key, found["number"], joined(row.cells), "table", sure=sure and fits)
        if made is not None:
            yield made


def _label(cells: Sequence[str], heads: _Heads) -> tuple[int, str] | None:
    """The cells that say what the row is of, up to the first number behind them, and the last of their places."""
    worded: list[int] = []
    for place, cell in enumerate(cells):
        if place in heads.columns or not cell.strip():
            continue
        if any(map(str.isalpha, cell)) and not _states_number(cell):
            if not SERIAL.fullmatch(cell.strip()):
                worded.append(place)
        elif worded:
            break
    return (worded[-1], " ".join(cells[place] for place in worded)) if worded else None


def _states_number(cell: str) -> bool:
    found = CELL.fullmatch(cell.strip())
    return found is not None and found["number"] is not None


def _numbers(cells: Sequence[str], label: int, heads: _Heads, keys: tuple[str, ...]) -> list[tuple[str, str]]:
    """The cells that hold the figure, by key; none where it cannot be told which."""
    done = [cells[at] for at, meaning in heads.columns.items() if meaning == "done" and at < len(cells)]
    target = [cells[at] for at, meaning in heads.columns.items() if meaning == "target" and at < len(cells)]
    behind = [
        cell for at, cell in enumerate(cells) if at > label and heads.columns.get(at) != "unit" and cell
    ]
    if len(keys) == 1:
        numbers = [cell for cell in done if cell] or behind
        return [(keys[0], numbers[0])] if len(numbers) == 1 else []
    if len(done) == 1 and len(target) == 1:
        return [(keys[0], done[0]), (keys[1], target[0])]
    first, slash, second = (behind[0] if len(behind) == 1 else "").partition("/")
    return [(keys[0], first.strip()), (keys[1], second.strip())] if slash else []


def _unit(cells: Sequence[str], heads: _Heads) -> str:
    return next(
        (cells[at] for at, meaning in heads.columns.items() if meaning == "unit" and at < len(cells)), ""
    )
