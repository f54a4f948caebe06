"""Puts flowables on pages: footnotes with their marks, headings with their text, no lonely lines.

Platypus measures, breaks and draws each flowable; which page it stands on is
decided here, because a page's room shrinks with the footnotes of what it
already holds, which Platypus frames do not know. A mark in the text is
followed by a zero-width anchor ``<a name="note-7"/>``, which sticks to its
word through line breaking and splitting.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, Table

RULE_ROOM = 10.0
KEPT_LINES = 2
CUT_LEAST = 4
TABLE_LEAST = 90.0
CARRIED_MOST = 0.6
ANCHOR = "note-"
HAIR = 0.01


@dataclass(frozen=True)
class Piece:
    """A flowable, the place of the report that it prints, and whether it must not end a page.

    What is ``whole`` is never broken, as a heading; of a paragraph
    ``with_next`` the last lines go over with what follows.
    """

    flowable: Flowable
    place: str = ""
    with_next: bool = False
    whole: bool = False


@dataclass
class Page:
    """What stands on one page: flowables with the top of each, and the footnotes below."""

    placed: list[tuple[Flowable, float]] = field(default_factory=list)
    notes: list[Flowable] = field(default_factory=list)
    notes_height: float = 0.0


class Paginator:
    """Fills pages of one size. ``note`` makes the flowables of a footnote by its number."""

    def __init__(self, width: float, height: float, note: Callable[[int], list[Flowable]]) -> None:
        self.width = width
        self.height = height
        self.note = note
        self.pages: list[Page] = []
        self.page_of: dict[str, int] = {}
        self.carried: list[Flowable] = []
        self.noted: set[int] = set()
        self.heights: dict[int, float] = {}
        self.turn()

    def turn(self, most: float = CARRIED_MOST) -> None:
        """Begin a page; what is left of the last page's footnotes comes first below, on so much of it."""
        self.page = Page()
        self.pages.append(self.page)
        self.used = 0.0
        self.after = 0.0
        carried, self.carried = self.carried, []
        if carried:
            self.lay_notes(carried, most * self.height)

    @property
    def room(self) -> float:
        """The height that is left between the text and the footnotes."""
        return self.height - self.used - self.page.notes_height

    @property
    def empty(self) -> bool:
        """Whether no text stands on the page yet."""
        return not self.page.placed

    def run(self, pieces: Sequence[Piece]) -> list[Page]:
        """Place everything; pages are added until the last footnote is down."""
        waiting = list(reversed(pieces))
        while waiting:
            if not self.empty and self.least(waiting) > self.room:
                self.turn()
            piece = waiting.pop()
            tail = self.tail_height(waiting[-1]) if piece.with_next and waiting else 0.0
            rest = self.put(piece, tail)
            if rest is not None:
                waiting.append(rest)
        while self.carried:
            self.turn(most=1.0)
        return self.pages

    def least(self, waiting: Sequence[Piece]) -> float:
        """The height that the next pieces need together: headings and the first lines they head."""
        total = 0.0
        for piece in reversed(waiting):
            total += self.gap(piece.flowable) + self.first_height(piece)
            if not (piece.with_next and piece.whole):
                break
        return total

    def gap(self, flowable: Flowable) -> float:
        """The space above a flowable at this point."""
        return 0.0 if self.empty else max(float(flowable.getSpaceBefore()), self.after)

    def tail_height(self, piece: Piece) -> float:
        """What must follow on the same page as the last lines of the piece before."""
        return float(piece.flowable.getSpaceBefore()) + self.first_height(piece)

    def first_height(self, piece: Piece) -> float:
        """The least of a piece that may begin on a page, with the least of its footnotes."""
        flowable = piece.flowable
        height = float(flowable.wrap(self.width, self.height)[1])
        if isinstance(flowable, Table):
            return min(height, TABLE_LEAST)
        count = lines_of(flowable, self.width)
        if count <= KEPT_LINES + 1 or piece.whole:
            return height + self.notes_least(notes_in(flowable, count))
        return height * KEPT_LINES / count + self.notes_least(notes_in(flowable, KEPT_LINES))

    def put(self, piece: Piece, tail: float) -> Piece | None:
        """Place a piece, or its beginning; what is left of it goes on the next page."""
        flowable = piece.flowable
        height = float(flowable.wrap(self.width, self.height)[1])
        count = lines_of(flowable, self.width)
        gap = self.gap(flowable)
        if gap + height + self.notes_least(notes_in(flowable, count)) + tail <= self.room:
            self.lay(piece, height, count)
            return None
        if piece.whole and not self.empty:
            self.turn()
            return piece
        if isinstance(flowable, Table) or not count:
            return self.put_split(piece, flowable.split(self.width, self.room - gap))
        kept = self.fitting(flowable, height / count, count, gap, bool(tail))
        if kept == 0 and not self.empty:
            self.turn()
            return piece
        if kept == 0:
            kept = min(count, KEPT_LINES)
        if kept == count:
            self.lay(piece, height, count)
            return None
        return self.put_split(piece, flowable.split(self.width, kept * height / count + 0.1))

    def put_split(self, piece: Piece, parts: list[Flowable]) -> Piece | None:
        """Place the first part; the rest waits for the next page."""
        if len(parts) < 2:
            if not self.empty:
                self.turn()
                return piece
            self.lay(piece, float(piece.flowable.wrap(self.width, self.height)[1]), 0)
            return None
        first = Piece(parts[0], piece.place)
        height = float(parts[0].wrap(self.width, self.height)[1])
        self.lay(first, height, lines_of(parts[0], self.width))
        self.turn()
        return Piece(parts[1], piece.place, piece.with_next)

    def fitting(self, flowable: Paragraph, leading: float, count: int, gap: float, keep_end: bool) -> int:
        """How many first lines fit with their footnotes, leaving no single line on either side."""
        most = count - KEPT_LINES if keep_end or count > KEPT_LINES else count
        for kept in range(min(most, int((self.room - gap) / leading)), KEPT_LINES - 1, -1):
            if gap + kept * leading + self.notes_least(notes_in(flowable, kept)) <= self.room:
                return kept
        return 0

    def lay(self, piece: Piece, height: float, count: int) -> None:
        """Stand a flowable on the page, its footnotes below."""
        self.used += self.gap(piece.flowable)
        self.page.placed.append((piece.flowable, self.used))
        self.used += height
        self.after = float(piece.flowable.getSpaceAfter())
        if piece.place:
            self.page_of.setdefault(piece.place, len(self.pages) - 1)
        fresh = [number for number in notes_in(piece.flowable, count) if number not in self.noted]
        self.noted.update(fresh)
        if fresh:
            self.lay_notes([part for number in fresh for part in self.note(number)], self.room)

    def note_height(self, number: int) -> float:
        """The height of a footnote in full, measured once."""
        if number not in self.heights:
            parts = self.note(number)
            self.heights[number] = sum(float(part.wrap(self.width, self.height)[1]) for part in parts)
        return self.heights[number]

    def notes_least(self, numbers: Sequence[int]) -> float:
        """The least height of footnotes not yet laid: the last of them may run on, but for its first lines."""
        fresh = [number for number in numbers if number not in self.noted]
        if not fresh:
            return 0.0
        rule = 0.0 if self.page.notes else RULE_ROOM
        if self.carried:
            return rule
        *whole, last = fresh
        part = self.note(last)[0]
        height = float(part.wrap(self.width, self.height)[1])
        count = max(lines_of(part, self.width), 1)
        least = height * KEPT_LINES / count if count >= CUT_LEAST else height
        if count < CUT_LEAST and len(self.note(last)) == 1:
            least = self.note_height(last)
        return rule + sum(map(self.note_height, whole)) + least

    def lay_notes(self, parts: Sequence[Flowable], room: float) -> None:
        """Stand footnotes at the foot of the page as far as they go; the rest is carried over."""
        waiting = list(parts)
        if not self.page.notes:
            self.page.notes_height += RULE_ROOM
            room -= RULE_ROOM
        while waiting and not self.carried:
            part = waiting.pop(0)
            height = float(part.wrap(self.width, self.height)[1])
            if height > room:
                split = part.split(self.width, max(room, 0.0) + HAIR)
                if len(split) < 2:
                    waiting.insert(0, part)
                    break
                part, rest = split[0], split[1]
                waiting.insert(0, rest)
                height = float(part.wrap(self.width, self.height)[1])
                self.stand_note(part, height)
                break
            self.stand_note(part, height)
            room -= height
        self.carried.extend(waiting)

    def stand_note(self, part: Flowable, height: float) -> None:
        """Add one footnote, or a part of one, below the others."""
        self.page.notes.append(part)
        self.page.notes_height += height


def lines_of(flowable: Flowable, width: float) -> int:
    """How many lines a paragraph has, 0 for anything else."""
    if not isinstance(flowable, Paragraph):
        return 0
    if not hasattr(flowable, "blPara"):
        flowable.wrap(width, 10_000)
    return len(flowable.blPara.lines)


def notes_in(flowable: Flowable, count: int) -> tuple[int, ...]:
    """The footnotes whose marks stand in the first lines of a paragraph."""
    if not isinstance(flowable, Paragraph) or not count:
        return ()
    found = []
    for line in flowable.blPara.lines[:count]:
        for word in getattr(line, "words", ()):
            anchor = getattr(word, "cbDefn", None)
            if anchor is not None and anchor.kind == "anchor" and anchor.name.startswith(ANCHOR):
                found.append(int(anchor.name[len(ANCHOR) :]))
    return tuple(found)


def draw(page: Page, canvas: Canvas, left: float, bottom: float, width: float, height: float) -> None:
    """Draw a page's flowables and footnotes on a canvas."""
    for flowable, top in page.placed:
        _width, tall = flowable.wrap(width, height)
        flowable.drawOn(canvas, left, bottom + height - top - tall)
    if not page.notes:
        return
    y = bottom + page.notes_height - RULE_ROOM + 4
    canvas.setLineWidth(0.5)
    canvas.line(left, y, left + 144, y)
    y -= 4
    for part in page.notes:
        _width, tall = part.wrap(width, height)
        y -= tall
        part.drawOn(canvas, left, y)
