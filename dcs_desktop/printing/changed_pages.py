"""On which pages of a printed report something stands that another version of it says otherwise."""

from __future__ import annotations

from dcs_desktop.printing.document import Block, Body, Document, Grid, Heading, Runs
from dcs_desktop.printing.laying import Laid

Where = tuple[str, int, str]


def pages_that_differ(laid: Laid, other: Document) -> tuple[int, ...]:
    """The pages, counted from 1 through report and annexes, of what ``other`` says in other words or figures.

    A page on which the same words only stand elsewhere does not count.
    """
    old, new = _said(laid.document), _said(other)
    changed = {where for where in old if old[where] != new.get(where)}
    return tuple(sorted({s.page + 1 for s in laid.stretches if (s.place, s.part, s.key) in changed}))


def _said(document: Document) -> dict[Where, object]:
    """What stands at each place, footnotes at the place of their mark."""
    found: dict[Where, object] = {}
    parts: dict[str, int] = {}
    for block in document.everything:
        part = parts[block.place] = parts.get(block.place, -1) + 1
        if isinstance(block, Grid):
            found |= {(row.place, part, row.key): row.cells for row in block.rows if row.key}
        else:
            notes = (run.note for run in _runs(block) if run.note)
            found[block.place, part, ""] = (block, [document.notes.get(note) for note in notes])
    return found


def _runs(block: Block) -> Runs:
    match block:
        case Body():
            return block.runs
        case Heading():
            return block.marks
        case _:
            return ()
