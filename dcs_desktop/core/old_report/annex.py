"""Figures of the annex: its lines laid beside the lines that the form prints there, then what is filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dcs_desktop.core.form import Form
from dcs_desktop.core.old_report.chain import best_chain
from dcs_desktop.core.old_report.document import OldLine, OldWords
from dcs_desktop.core.old_report.figures import Proposal, proposal
from dcs_desktop.core.old_report.slots import Slot, joined, slots_of, without_figures
from dcs_desktop.core.old_report.wording import Short, Weights, words_of
from dcs_desktop.core.values import Kind

HOLE = re.compile(r"\{([^}|]+)(?:\|([^}]*))?\}")
TICKED = re.compile(r"[☒☑✓✔]|\[\s*[xX]\s*\]")
BOX = re.compile(r"[☒☑☐✓✔]|\[\s*[xX]?\s*\]")
ALIKE, SURE = 0.55, 0.75
# A single word before a number need not be the same for the number to be the one meant.
BEFORE_ALIKE = 0.3


@dataclass(frozen=True, slots=True)
class Hole:
    """A place in a printed line where a figure stands, and the words before it."""

    key: str
    before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """A line that the form prints in its annex."""

    words: tuple[str, ...]
    holes: tuple[Hole, ...]


def printed_lines(form: Form, short: Short) -> tuple[Printed, ...]:
    """The lines of the form's annexes, in order."""
    annexes = [section for section in form.sections if section.annex]
    return tuple(
        _printed(line, short) for section in annexes for item in section.items for line in item.lines
    )


def _printed(line: str, short: Short) -> Printed:
    holes, left = [], 0
    for found in HOLE.finditer(line):
        before = tuple(word.text for word in words_of(line[left : found.start()], short))
        holes.append(Hole(found[1], before))
        left = found.end()
    return Printed(without_figures(HOLE.sub(" ", line), short), tuple(holes))


def in_annex(lines: Sequence[OldLine], form: Form, words: OldWords) -> Iterator[Proposal]:
    """The figures of an annex that is written as the form prints it, as lines or as rows of a table."""
    printed = printed_lines(form, words.short)
    weights = Weights.among([one.words for one in printed])
    texts = [joined(line.cells) if line.cells else line.text for line in lines]
    scored = []
    for text in texts:
        said = without_figures(text, words.short)
        alike = {at: weights.alike(said, one.words) for at, one in enumerate(printed)}
        scored.append({at: value for at, value in alike.items() if value >= ALIKE})
    for line, at in best_chain(scored, len(printed)):
        text, sure = texts[line], scored[line][at] >= SURE and not lines[line].tracked
        if printed[at].holes:
            after = texts[line + 1] if line + 1 < len(texts) else ""
            yield from _filled(text, after, printed[at], form, words.short, sure=sure)


def _filled(
    text: str, after: str, printed: Printed, form: Form, short: Short, *, sure: bool
) -> Iterator[Proposal]:
    """What stands in the holes of a line."""
    first = form.fields.get(printed.holes[0].key)
    if len(printed.holes) == 1 and first is not None and not first.type.numeric:
        said = _told(text, after, first.type.kind)
        found = proposal(form, first.key, said, text, "annex", sure=sure) if said else None
        if found is not None:
            yield found
        return
    slots = slots_of(text, short)
    weights = Weights.among([hole.before for hole in printed.holes])
    same = len(slots) == len(printed.holes)
    for hole, slot in _laid_out(slots, printed.holes, weights):
        near = weights.alike(slot.before, hole.before) >= BEFORE_ALIKE or (same and len(slots) == 1)
        yield from _of_hole(hole, slot, text, form, sure=sure and near)


def _laid_out(slots: Sequence[Slot], holes: Sequence[Hole], weights: Weights) -> list[tuple[Hole, Slot]]:
    """Which slot is which hole: one after another where they are as many, else those whose words before are alike."""
    if len(slots) == len(holes):
        return list(zip(holes, slots, strict=True))
    scored = []
    for slot in slots:
        alike = {at: weights.alike(slot.before, hole.before) for at, hole in enumerate(holes)}
        scored.append({at: value for at, value in alike.items() if value >= BEFORE_ALIKE})
    return [(holes[at], slots[line]) for line, at in best_chain(scored, len(holes))]


def _of_hole(hole: Hole, slot: Slot, text: str, form: Form, *, sure: bool) -> Iterator[Proposal]:
    pair, figure = slot.pair, form.figures.get(hole.key)
    if figure is not None and figure.pair:
        parts = zip(figure.base_keys, pair or (slot.typed,), strict=False)
    else:
        parts = zip((hole.key,), (slot.typed if pair is None else slot.typed.replace(" ", ""),), strict=True)
    for key, typed in parts:
        found = proposal(form, key, typed, text, "annex", sure=sure)
        if found is not None:
            yield found


def _told(text: str, after: str, kind: Kind) -> str:
    """What is said behind the colon of a line, or which box is ticked, there or in the line after it."""
    told = text.partition(":")[2].strip()
    if kind is not Kind.YES_NO:
        return told
    for line in (told or text, after):
        if BOX.search(line):
            return _ticked(line)
    return told.rstrip(".;")


def _ticked(line: str) -> str:
    """The word of the ticked box: before its box or behind it as the line begins; "" where not one is ticked."""
    ticks = list(TICKED.finditer(line))
    if len(ticks) != 1:
        return ""
    boxes = list(BOX.finditer(line))
    at = [box.start() for box in boxes].index(ticks[0].start())
    if not line[: boxes[0].start()].strip(" :.-"):
        until = boxes[at + 1].start() if at + 1 < len(boxes) else len(line)
        return line[boxes[at].end() : until].strip(" .;-")
    begin = boxes[at - 1].end() if at else line.rfind(":", 0, boxes[0].start()) + 1
    return line[begin : boxes[at].start()].strip(" .;-")
