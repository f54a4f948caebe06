"""Finds the headings of a form in a document: a monotone alignment that maximises the sum of scores."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dcs_desktop.core.form import Form, Item, Section
from dcs_desktop.core.old_report.chain import best_chain
from dcs_desktop.core.old_report.document import OldLine, OldWords
from dcs_desktop.core.old_report.marks import Mark, arabic, mark_of, weight_of
from dcs_desktop.core.old_report.wording import Likeness, Weights, Word, words_of

# Below the first a line is no heading, from the second on a match needs no second look.
LEAST, SURE = 0.55, 0.8
# A heading in other, shorter words is no longer than this.
SHORT_HEADING = 30
CLEAR_LEAD = 0.1


# So many lines are one step of progress.
LINES_A_STEP = 20
Telling = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Target:
    """A heading of the form: of an item or (``section``) only of what stands under it.

    ``body`` says that the wording is no heading but how the text itself begins.
    """

    id: str
    path: tuple[str, ...]
    words: tuple[str, ...]
    dashed: bool
    section: bool = False
    body: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A line that is a heading of the form.

    ``score`` is its confidence, 1 and more where wording and number agree; ``sure``
    that nothing else comes near; ``end`` where the heading ends in the line.
    """

    line: int
    target: str
    score: float
    sure: bool
    end: int


def targets_of(form: Form, words: OldWords) -> tuple[Target, ...]:
    """The headings that the text of a form has, in its order, annexes left out."""
    by_id = {section.id: section for section in form.sections}
    found: list[Target] = []
    for section in form.sections:
        if section.annex:
            continue
        path = _path(section, by_id)
        wording = _folded(section.title, words)
        if all(_folded(item.prompt, words) != wording for item in section.items):
            found.append(Target(section.id, path, wording, dashed=False, section=True))
        found += [_of_item(item, path, words) for item in section.items if item.prose]
    return tuple(found)


def _of_item(item: Item, section: tuple[str, ...], words: OldWords) -> Target:
    own = arabic(item.number)
    path = (own,) if section == (own,) or item.number.isupper() else (*section, own)
    body = bool(item.default) and item.printed == "no"
    wording = _folded(item.default if body else item.prompt, words)
    return Target(item.id, path, wording, item.printed != "heading", body=body)


def _path(section: Section, by_id: Mapping[str, Section]) -> tuple[str, ...]:
    above = by_id.get(section.under)
    return (*(() if above is None else _path(above, by_id)), arabic(section.number))


def _folded(text: str, words: OldWords) -> tuple[str, ...]:
    return tuple(word.text for word in words_of(text, words.short))


@dataclass(frozen=True, slots=True)
class _Line:
    """A line ready to be compared: its words after the mark, told from the beginning of its text."""

    mark: Mark
    words: tuple[Word, ...]
    strong: bool
    length: int


def _ready(line: OldLine, words: OldWords) -> _Line:
    text = line.text
    mark = Mark(dash=True) if line.prose.paragraphs[:1] and line.prose.paragraphs[0].bullet else mark_of(text)
    found = words_of(text[mark.end :], words.short)
    moved = tuple(Word(word.text, word.end + mark.end) for word in found)
    return _Line(mark, moved, line.strong, len(text))


def align(
    lines: Sequence[OldLine], targets: Sequence[Target], words: OldWords, told: Telling | None = None
) -> tuple[Match, ...]:
    """The headings found, in order; each heading of the form once at most, in the form's order.

    ``told`` is called with how many lines are done, of how many.
    """
    weights = Weights.among([target.words for target in targets])
    scored: list[dict[int, tuple[float, int]]] = []
    for one in lines:
        scored.append({} if one.cells else dict(_scores(_ready(one, words), targets, weights)))
        if told is not None and len(scored) % LINES_A_STEP == 0:
            told(len(scored), len(lines))
    scores = [{place: score for place, (score, _end) in row.items()} for row in scored]
    found = []
    for line, place in best_chain(scores, len(targets)):
        score, end = scored[line][place]
        rivals = [other for at, other in scores[line].items() if at != place]
        rivals += [row[place] for at, row in enumerate(scores) if at != line and place in row]
        sure = score >= SURE and score - max(rivals, default=0.0) >= CLEAR_LEAD and not lines[line].tracked
        if targets[place].body or _runs_on(lines[line].text, end):
            sure, end = sure and targets[place].body, 0
        found.append(Match(line, targets[place].id, round(score, 3), sure, end))
    return tuple(found)


def _runs_on(text: str, end: int) -> bool:
    """Whether a sentence that begins like a heading goes on in small letters: then all of it is text."""
    rest = text[end:].lstrip()
    return bool(rest) and rest[0].islower()


def _scores(
    line: _Line, targets: Sequence[Target], weights: Weights
) -> Iterator[tuple[int, tuple[float, int]]]:
    """By the place of each heading that a line may be, its score and where the heading ends."""
    if not line.words:
        return
    said = [word.text for word in line.words]
    for place, target in enumerate(targets):
        likeness = weights.begins(said, target.words)
        whole = _shortened(line, said, target, weights)
        if whole > likeness.value:
            likeness = Likeness(whole, len(said))
        by_number = weight_of(line.mark, target.path, dashed=target.dashed)
        alone = line.strong and len(said) <= SHORT_HEADING and by_number >= 0.35
        if likeness.value < 0.3 and not (alone and likeness.value >= 0.1):
            continue
        score = likeness.value + by_number + (0.05 if line.strong else 0.0)
        exact = 0.05 if len(said) <= likeness.words + 2 else 0.0
        if score + exact >= LEAST:
            end = line.length if _is_whole(line, said, likeness) else line.words[likeness.words - 1].end
            yield place, (score + exact, end)


def _is_whole(line: _Line, said: Sequence[str], likeness: Likeness) -> bool:
    """Whether all of a line is the heading, whatever of it the form has other words for."""
    return len(said) <= likeness.words + 2 or (line.strong and len(said) <= SHORT_HEADING)


def _shortened(line: _Line, said: Sequence[str], target: Target, weights: Weights) -> float:
    """How well a short heading says a part of a long one, in whatever order."""
    marked = line.strong or bool(line.mark.path) or line.mark.dash
    if not marked or not 3 <= len(said) <= SHORT_HEADING or len(target.words) <= len(said):
        return 0.0
    shared, total = weights.shared(said, target.words), weights.sum(said)
    return 0.85 * shared / total if shared >= 1.2 and total else 0.0
