"""The text that stands under each heading of a document, and the item it is proposed for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dcs_desktop.core.form import Form
from dcs_desktop.core.narrative import Inline, Paragraph, Prose, Text, plain, tidy
from dcs_desktop.core.old_report.alignment import SHORT_HEADING, Match, Target, Telling, align, targets_of
from dcs_desktop.core.old_report.document import OldDocument, OldLine, OldWords
from dcs_desktop.core.old_report.marks import mark_of
from dcs_desktop.core.old_report.wording import Weights, words_of
from dcs_desktop.core.text import fold

LEADING = re.compile(r"[\s.:;,–—-]+")
LONGEST_NAME = 160
# So much of a heading's words stands in another one where two were made one.
MERGED = 0.8


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading of the file with its text.

    ``item`` is the item proposed, "" for none; ``why`` how it was found:
    its own heading ("heading"), the text right under the heading of a section
    ("section"), a heading that is none of the form's and goes with the text
    above it ("other"). ``score`` is the confidence of the match; what is not
    ``sure`` is asked with more weight. ``line`` counts the file's lines from 0.
    """

    line: int
    heading: str
    item: str
    why: Literal["heading", "section", "other"]
    score: float
    sure: bool
    prose: Prose
    tracked: bool = False

    @property
    def text(self) -> str:
        """Its letters, without the footnotes'."""
        return plain(Prose(self.prose.paragraphs))


@dataclass(frozen=True, slots=True)
class Parted:
    """A document taken apart: headings found, passages in order, what is before and behind.

    ``absent`` are items with a text that no heading was found for; ``merged``
    says under which item's heading such a one stands too.
    """

    matches: tuple[Match, ...]
    passages: tuple[Passage, ...]
    absent: tuple[str, ...]
    merged: Mapping[str, str]
    front: tuple[OldLine, ...]
    annex: tuple[OldLine, ...]


def parted(document: OldDocument, form: Form, words: OldWords, told: Telling | None = None) -> Parted:
    """A document beside a form: what stands where; ``told`` how many lines are looked at."""
    targets = targets_of(form, words)
    annex = _annex(document.lines, words)
    matches = align(document.lines[:annex], targets, words, told)
    first = matches[0].line if matches else len(document.lines)
    last = matches[-1].line if matches else 0
    end = _end(document.lines, last, annex, words)
    passages = tuple(_Parting(document.lines[:end], form, targets, matches, words).passages())
    found = {match.target for match in matches} | {passage.item for passage in passages}
    absent = tuple(t.id for t in targets if not t.section and not t.body and t.id not in found)
    return Parted(
        matches,
        passages,
        absent,
        _merged(absent, matches, targets, document.lines, words),
        document.lines[:first],
        document.lines[annex:],
    )


def _annex(lines: Sequence[OldLine], words: OldWords) -> int:
    """Where the annex begins, behind those who receive the report where they are named; behind everything without one."""
    found = [at for at, line in enumerate(lines) if any(mark in line.text for mark in words.annex)]
    ends = [at for at, line in enumerate(lines) if _is_end(line, words)]
    behind = [at for at in found if ends and at > ends[0]]
    return next(iter([*behind, *found]), len(lines))


def _is_end(line: OldLine, words: OldWords) -> bool:
    return any(fold(text).startswith(words.end) for text in (line.text, *line.cells))


def _end(lines: Sequence[OldLine], after: int, annex: int, words: OldWords) -> int:
    """Where the text ends: before those who receive it, and before the annex."""
    return next((at for at in range(after + 1, annex) if _is_end(lines[at], words)), annex)


def _merged(
    absent: Sequence[str],
    matches: Sequence[Match],
    targets: Sequence[Target],
    lines: Sequence[OldLine],
    words: OldWords,
) -> dict[str, str]:
    """Of headings not found, the one whose words hold theirs."""
    weights = Weights.among([target.words for target in targets])
    by_id = {target.id: target for target in targets}
    found = {}
    for id in absent:
        wording = by_id[id].words
        for match in matches:
            said = [word.text for word in words_of(lines[match.line].text[: match.end], words.short)]
            beyond = list((Counter(said) - Counter(by_id[match.target].words)).elements())
            if weights.shared(beyond, wording) >= MERGED * weights.sum(wording) > 0:
                found[id] = match.target
    return found


class _Parting:
    """The body of a document being parted into passages."""

    def __init__(
        self,
        lines: Sequence[OldLine],
        form: Form,
        targets: Sequence[Target],
        matches: Sequence[Match],
        words: OldWords,
    ) -> None:
        self._lines = lines
        self._form = form
        self._targets = {target.id: target for target in targets}
        self._matches = {match.line: match for match in matches if match.line < len(lines)}
        self._taken = {match.target for match in matches}
        self._words = words
        self._weights = Weights.among([target.words for target in targets])

    def passages(self) -> Iterator[Passage]:
        """The passages from the first heading on; a heading of a section without text of its own is none."""
        begins = sorted(self._matches)
        at, item = (begins[0] if begins else len(self._lines)), ""
        while at < len(self._lines):
            after = self._next(at + 1)
            passage = self._passage(at, after, item)
            if passage.prose.paragraphs or passage.why != "section":
                item = passage.item
                yield passage
            else:
                item = ""
            at = after

    def _next(self, at: int) -> int:
        while at < len(self._lines) and at not in self._matches and not self._other(self._lines[at]):
            at += 1
        return at

    def _other(self, line: OldLine) -> bool:
        """Whether a line looks like a heading, though of nothing in the form."""
        text = line.text
        if not line.strong or line.cells or len(words_of(text, {}, SHORT_HEADING + 1)) > SHORT_HEADING:
            return False
        return bool(mark_of(text).path) or len(text) <= LONGEST_NAME

    def _passage(self, at: int, after: int, above: str) -> Passage:
        match = self._matches.get(at)
        line = self._lines[at]
        tracked = any(one.tracked for one in self._lines[at:after])
        if match is None:
            prose = _together([one.prose for one in self._lines[at:after]])
            return Passage(at, _name(line.text), above, "other", 0.0, False, prose, tracked)
        begin = self._begin(at, after, match)
        own = _cut(line.prose, match.end) if match.end else line.prose
        prose = _together([own, *(one.prose for one in self._lines[begin:after])])
        heading = _name(line.text[: match.end] or line.text)
        sure = match.sure and not tracked
        if self._targets[match.target].section:
            item = self._first_open(match.target)
            return Passage(at, heading, item, "section", match.score, False, prose, tracked)
        return Passage(at, heading, match.target, "heading", match.score, sure, prose, tracked)

    def _begin(self, at: int, after: int, match: Match) -> int:
        """The line with which the text begins: a long heading may go on in a second paragraph."""
        wording = self._targets[match.target].words
        own = [word.text for word in words_of(self._lines[at].text, self._words.short)]
        if at + 1 >= after or not 0 < len(self._lines[at].text) <= match.end + 2:
            return at + 1
        following = [word.text for word in words_of(self._lines[at + 1].text, self._words.short)]
        alone = self._weights.begins(own, wording).value
        both = self._weights.begins([*own, *following], wording)
        whole = both.words >= len(own) + len(following) - 2
        return at + 2 if following and whole and both.value > alone + 0.05 else at + 1

    def _first_open(self, section: str) -> str:
        """The item that text right under a section's heading most likely is: the first one not found elsewhere."""
        here = next(one for one in self._form.sections if one.id == section)
        items = [item.id for item in here.items if item.prose]
        return next((id for id in items if id not in self._taken), items[0] if items else "")


def _name(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1].rstrip() + "…"


def _together(parts: Sequence[Prose]) -> Prose:
    notes = {id: texts for part in parts for id, texts in part.notes.items()}
    return tidy(Prose(tuple(p for part in parts for p in part.paragraphs), notes))


def _cut(prose: Prose, end: int) -> Prose:
    """A paragraph without its first letters, and without the marks that then begin it."""
    left, kept, begun = end, list[Inline](), False
    for inline in prose.paragraphs[0].inlines if prose.paragraphs else ():
        if not isinstance(inline, Text):
            kept.append(inline)
            continue
        rest, left = inline.text[max(left, 0) :], left - len(inline.text)
        if not begun and (marks := LEADING.match(rest)):
            rest = rest[marks.end() :]
        if rest:
            kept.append(replace(inline, text=rest))
            begun = True
    return Prose((Paragraph(tuple(kept)),) if kept else (), prose.notes)
