"""A document beside a form: everything that is proposed of it, for somebody to confirm."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from dcs_desktop.core.form import Form
from dcs_desktop.core.narrative import Prose, numbered, write
from dcs_desktop.core.old_report.alignment import Telling
from dcs_desktop.core.old_report.annex import in_annex
from dcs_desktop.core.old_report.document import OldDocument, OldWords
from dcs_desktop.core.old_report.figures import Proposal, weighed
from dcs_desktop.core.old_report.in_prose import in_prose
from dcs_desktop.core.old_report.in_tables import in_tables
from dcs_desktop.core.old_report.labels import labels_of
from dcs_desktop.core.old_report.passages import Parted, Passage, parted
from dcs_desktop.core.old_report.top import OldTop, top_of
from dcs_desktop.core.report import Answers
from dcs_desktop.core.text import nfc
from dcs_desktop.core.trouble import Fault
from dcs_desktop.core.values import Value, given, parse, with_note


@dataclass(frozen=True)
class Understood:
    """What an older report seems to say: its head, its passages with items, its figures; nothing of it taken yet."""

    document: OldDocument
    form: Form
    words: OldWords
    top: OldTop
    parted: Parted
    proposals: tuple[Proposal, ...]

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The passages in the order of the file."""
        return self.parted.passages


def understood(document: OldDocument, form: Form, words: OldWords, told: Telling | None = None) -> Understood:
    """A document understood by a form; takes some tenths of a second for a report of a hundred paragraphs."""
    found = parted(document, form, words, told)
    items = {passage.line: passage.item for passage in found.passages}
    doubtful = frozenset(passage.line for passage in found.passages if not passage.sure)
    proposals = figures_of(document, form, words, found, items, doubtful)
    return Understood(document, form, words, top_of(found.front, words), found, proposals)


def figures_of(
    document: OldDocument,
    form: Form,
    words: OldWords,
    found: Parted,
    items: Mapping[int, str],
    doubtful: Collection[int] = (),
) -> tuple[Proposal, ...]:
    """The figures, where the passages are of these items: by the line of each its item, "" for none.

    What stands in a ``doubtful`` passage is not sure either.
    """
    labels = labels_of(form, words.short)

    def everywhere() -> Iterator[Proposal]:
        yield from in_annex(found.annex, form, words)
        yield from in_tables(document.lines, form, labels, words)
        for passage in found.passages:
            item = form.items.get(items.get(passage.line, ""))
            if item is not None:
                for one in in_prose(passage.prose, item, form, labels, words.short):
                    yield replace(one, sure=False) if passage.line in doubtful else one

    return weighed(form, everywhere())


def answers_of(
    read: Understood, items: Mapping[int, str], figures: Mapping[str, str], source: str
) -> tuple[Answers, Mapping[str, Fault]]:
    """The answers that were confirmed, and the faults of figures that cannot be read, by key.

    ``items`` says by the line of each passage its item, "" where it is left
    out; ``figures`` what goes into which field; ``source`` stands as the note
    of each figure, and as the reason where it takes the place of a total.
    """
    values: dict[str, Value] = {}
    faults: dict[str, Fault] = {}
    for item, prose in _texts(read, items).items():
        values[item] = given(nfc(write(numbered(prose))))
    said = {one.key: one for one in read.proposals}
    for key, typed in figures.items():
        value = parse(read.form.fields[key].type, typed)
        if isinstance(value, Fault):
            faults[key] = value
            continue
        sentence = said[key].source if key in said else ""
        values[key] = with_note(value, f"{source}: {sentence}" if sentence else source)
        if key.endswith(".override"):
            noted = values[key]
            values[key] = Value(noted.state, noted.content, source, noted.note)
    return Answers(values), faults


def _texts(read: Understood, items: Mapping[int, str]) -> dict[str, Prose]:
    """The text of each item, of its passages in their order."""
    found: dict[str, Prose] = {}
    for passage in read.passages:
        item = items.get(passage.line, "")
        if item and passage.prose.paragraphs:
            before = found.get(item, Prose())
            found[item] = Prose(
                (*before.paragraphs, *passage.prose.paragraphs), {**before.notes, **passage.prose.notes}
            )
    return found
