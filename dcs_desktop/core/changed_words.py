"""Which words of a text are others than before, to be shown beside one another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from dcs_desktop.core.narrative import Link, NoteMark, Paragraph, Prose, Text, link_markup, marks

WORDS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
# Above so many pairs of words two paragraphs are shown as wholly other ones.
MOST_PAIRS = 1_000_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one look: its letters, whether they are other ones, whether they are a figure or a note's number.

    A piece of no letters with ``ends`` ends a paragraph.
    """

    text: str
    changed: bool = False
    bold: bool = False
    italic: bool = False
    figure: bool = False
    note: bool = False
    ends: bool = False


Pieces = tuple[Piece, ...]
END = Piece("", ends=True)


def changed_words(
    old: Prose, new: Prose, shown: Callable[[Link], str] = link_markup
) -> tuple[Pieces, Pieces]:
    """Two texts, the footnotes below them, with what differs marked in each."""
    before, after = list(_paragraphs(old, shown)), list(_paragraphs(new, shown))
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, first, last, begin, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        was, now = _flat(before[first:last]), _flat(after[begin:end])
        if kind == "equal":
            left += was
            right += now
        else:
            _compare(was, now, left, right)
    return _joined(left), _joined(right)


def unchanged_words(prose: Prose, shown: Callable[[Link], str] = link_markup) -> Pieces:
    """One text, the footnotes below it, with nothing marked."""
    return tuple(_flat(list(_paragraphs(prose, shown, whole=True))))


def changed_letters(old: str, new: str) -> tuple[Pieces, Pieces]:
    """The same for two plain texts."""
    return changed_words(_plain(old), _plain(new))


def _plain(text: str) -> Prose:
    return Prose(tuple(Paragraph((Text(line),)) for line in text.split("\n") if line))


def _compare(was: Sequence[Piece], now: Sequence[Piece], left: list[Piece], right: list[Piece]) -> None:
    if len(was) * len(now) > MOST_PAIRS:
        left += map(_changed, was)
        right += map(_changed, now)
        return
    matching = SequenceMatcher(None, [*map(_key, was)], [*map(_key, now)], autojunk=False)
    for kind, first, last, begin, end in matching.get_opcodes():
        same = kind == "equal"
        left += was[first:last] if same else map(_changed, was[first:last])
        right += now[begin:end] if same else map(_changed, now[begin:end])


def _key(piece: Piece) -> Piece:
    """What makes a word the same: the space after it does not."""
    return replace(piece, text=piece.text.rstrip())


def _changed(piece: Piece) -> Piece:
    return replace(piece, changed=True)


def _flat(paragraphs: Sequence[tuple[Piece, ...]]) -> list[Piece]:
    return [piece for paragraph in paragraphs for piece in (*paragraph, END)]


def _paragraphs(prose: Prose, shown: Callable[[Link], str], *, whole: bool = False) -> Iterator[Pieces]:
    numbers = {id: str(number) for number, id in enumerate(marks(prose), 1)}
    for paragraph in prose.paragraphs:
        yield tuple(_pieces(paragraph, numbers, shown, whole))
    for id, number in numbers.items():
        for text in prose.notes.get(id, ()):
            yield (Piece(number, note=True), *_pieces(text, numbers, shown, whole))


def _pieces(
    paragraph: Paragraph, numbers: dict[str, str], shown: Callable[[Link], str], whole: bool
) -> Iterator[Piece]:
    """The words of a paragraph, or (``whole``) its runs as they are."""
    if paragraph.lead:
        yield Piece(paragraph.lead)
    for inline in paragraph.inlines:
        match inline:
            case Text(text, bold, italic):
                words = [text] if whole else WORDS.findall(text)
                yield from (Piece(word, bold=bold, italic=italic) for word in words)
            case Link():
                yield Piece(shown(inline), bold=inline.bold, italic=inline.italic, figure=True)
            case NoteMark(id):
                yield Piece(numbers.get(id, "?"), note=True)


def _joined(pieces: Sequence[Piece]) -> Pieces:
    """Neighbouring words of one look made one."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        whole = piece.ends or piece.note or piece.figure
        if last is not None and not whole and replace(last, text="") == replace(piece, text=""):
            found[-1] = replace(last, text=last.text + piece.text)
        else:
            found.append(piece)
    return tuple(found)
