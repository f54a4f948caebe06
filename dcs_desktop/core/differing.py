"""What a returned Word file changes, item by item, against the very file that the program would write.

Both files are read by the same eyes, so whatever a Word file cannot carry is
no difference, and a text that nobody touched keeps its source to the letter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest

from dcs_desktop.core.form import Form
from dcs_desktop.core.narrative import (
    Inline,
    Link,
    Paragraph,
    Prose,
    Text,
    link_markup,
    mapped,
    marks,
    numbered,
    read,
    renamed,
    write,
)
from dcs_desktop.core.report import Answers
from dcs_desktop.core.returned import Outside, Returned, ReturnedItem, StatedFigure

Paragraphs = Sequence[Paragraph]
Figures = Sequence[StatedFigure]


class Change(StrEnum):
    """What is different.

    TEXT and NOTE (only footnotes) can be taken. A FIGURE whose number was
    typed over or deleted, a MISSING control and a text OUTSIDE every item are
    only told.
    """

    TEXT = "text"
    NOTE = "note"
    FIGURE = "figure"
    MISSING = "missing"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is different: ``old`` as it was sent, ``new`` as it came back.

    For TEXT and NOTE both are canonical strings, and ``now`` is what the
    program holds today where that is neither; for FIGURE the printed texts of
    ``link``, ``new`` "" where it was deleted, ``item`` "" where
    it stands in no item's text; for OUTSIDE paragraphs, one of
    them "" where there is none, ``item`` the one before.
    """

    item: str
    change: Change
    old: str
    new: str
    now: str | None = None
    link: Link | None = None

    @property
    def takes(self) -> bool:
        """Whether it can be taken into the report."""
        return self.change in (Change.TEXT, Change.NOTE)


def differences(
    form: Form, edited: Returned, written: Returned, sent: Answers, now: Answers
) -> tuple[Difference, ...]:
    """Every difference between an edited file and the one ``written`` of the answers as they were ``sent``.

    In the order of the report; what follows no item comes first.
    """
    found = [*_outside(edited, written), *_items(form, edited, written, sent, now)]
    places = {id: place for place, id in enumerate(form.items)}
    kinds = list(Change)
    return tuple(sorted(found, key=lambda one: (places.get(one.item, -1), kinds.index(one.change))))


def _items(
    form: Form, edited: Returned, written: Returned, sent: Answers, now: Answers
) -> Iterator[Difference]:
    for id, was in written.items.items():
        came = edited.items.get(id)
        if came is None:
            yield Difference(id, Change.MISSING, sent.prose(id), "")
            continue
        yield from _figures(id, was.figures, came.figures)
        known = _known(form, came)
        if known.markup != was.markup:
            yield from _text(id, was, known, sent.prose(id), now.prose(id))


def _text(id: str, was: ReturnedItem, came: ReturnedItem, old: str, now: str) -> Iterator[Difference]:
    new = restored(old, was.markup, came.markup)
    if in_order(new) != in_order(now):
        only_notes = read(in_order(old)).paragraphs == read(in_order(new)).paragraphs
        other = now if in_order(now) != in_order(old) else None
        yield Difference(id, Change.NOTE if only_notes else Change.TEXT, old, new, other)


def _known(form: Form, came: ReturnedItem) -> ReturnedItem:
    """With links to figures that the form does not have as the text that stands in their place."""
    strange = {link_markup(one.link): one.text for one in came.figures if not form.can_link(one.link.key)}
    if not strange:
        return came

    def text_of(inline: Inline) -> Inline:
        if isinstance(inline, Link) and not form.can_link(inline.key):
            return Text(strange.get(link_markup(inline), ""), inline.bold, inline.italic)
        return inline

    return replace(came, markup=write(mapped(read(came.markup), text_of)))


def _figures(id: str, was: Figures, came: Figures) -> Iterator[Difference]:
    """Figures typed over, or gone from the text; one that was copied here is compared with its like."""
    printed = {link_markup(figure.link): figure.text for figure in was}
    for figure in came:
        text = printed.get(link_markup(figure.link))
        if text is not None and text != figure.text:
            yield Difference(id, Change.FIGURE, text, figure.text, link=figure.link)
    for figure in _gone(was, came):
        yield Difference(id, Change.FIGURE, figure.text, "", link=figure.link)


def _gone(was: Figures, came: Figures) -> Iterator[StatedFigure]:
    left = [link_markup(figure.link) for figure in came]
    for figure in was:
        key = link_markup(figure.link)
        if key in left:
            left.remove(key)
        else:
            yield figure


def _outside(edited: Returned, written: Returned) -> Iterator[Difference]:
    old, new = written.outside, edited.outside
    matching = SequenceMatcher(None, [one.source for one in old], [one.source for one in new], autojunk=False)
    for kind, first, last, begin, end in matching.get_opcodes():
        for was, came in zip_longest(old[first:last], new[begin:end]):
            if kind == "equal":
                yield from _figures("", was.figures, came.figures)
            else:
                yield _told(was, came)


def _told(was: Outside | None, came: Outside | None) -> Difference:
    place = came or was
    old, new = "" if was is None else was.text, "" if came is None else came.text
    return Difference("" if place is None else place.after, Change.OUTSIDE, old, new)


# Sources


def restored(source: str, written: str, edited: str) -> str:
    """The source of an edited text: what was not touched stands as in the source it was written of.

    ``written`` and ``edited`` are what reading the two files gave, their
    footnotes numbered as they are met.
    """
    old, was, came = read(source), read(written), read(edited)
    came = _with_notes_of(came, was)
    names = dict(zip(was.notes, marks(old), strict=False))
    fresh = _fresh(old)
    names |= {id: next(fresh) for id in came.notes if id not in names}
    named = renamed(came, names)
    was = renamed(was, names)
    paragraphs = _kept(old.paragraphs, was.paragraphs, named.paragraphs)
    notes = {}
    for id, texts in named.notes.items():
        before = old.notes.get(id)
        if texts != was.notes.get(id):
            notes[id] = _kept(before or (), was.notes.get(id, ()), texts)
        elif before is not None:
            notes[id] = before
    unmarked = {id: texts for id, texts in old.notes.items() if id not in marks(old) and id not in notes}
    return write(Prose(paragraphs, {**notes, **unmarked}))


def _kept(old: Paragraphs, was: Paragraphs, came: Paragraphs) -> tuple[Paragraph, ...]:
    """The paragraphs that came, those that were there before as they stood in the source."""
    found: list[Paragraph] = []
    matching = SequenceMatcher(None, was, came, autojunk=False)
    for kind, first, last, begin, end in matching.get_opcodes():
        if kind == "equal" and len(old) == len(was):
            found += old[first:last]
        else:
            found += came[begin:end]
    return tuple(found)


def _with_notes_of(came: Prose, was: Prose) -> Prose:
    """The text with its footnotes under the ids they had: those of the same words, then those in the same place."""
    names: dict[str, str] = {}
    left = dict(was.notes)
    for id, texts in came.notes.items():
        same = next((other for other, said in left.items() if said == texts), None)
        if same is not None:
            names[id] = same
            del left[same]
    others = [id for id in came.notes if id not in names]
    if len(others) <= len(left):
        names |= dict(zip(others, left, strict=False))
    fresh = _fresh(Prose((), {**was.notes, **came.notes}))
    names |= {id: next(fresh) for id in came.notes if id not in names}
    return renamed(came, names)


def _fresh(prose: Prose) -> Iterator[str]:
    """Ids that no footnote of a text bears."""
    taken = {*prose.notes, *marks(prose)}
    return (str(number) for number in range(1, 1_000_000) if str(number) not in taken)


def in_order(markup: str) -> str:
    """The same text with its footnotes named 1, 2 ... as they are met; two that print alike have the same one."""
    return write(numbered(read(markup)))
