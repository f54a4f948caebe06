"""Which page everything stands on: footnotes with their marks, headings with their text, no lonely lines.

Things come measured once (footnotes.py) and are cut between lines or rows; a page's room shrinks
with the footnotes of what it already holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from reportlab.pdfgen.canvas import Canvas

from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.printing.footnotes import Breakable, Note

RULE_ROOM = 12.0
CARRIED_MOST = 0.6
FUZZ = 0.01
SIGNATURE = "signature"


@dataclass(frozen=True)
class Piece:
    """Something to stand on a page, the place of the report that it prints, and what keeps it company.

    A piece ``with_next`` does not end a page: what follows begins below its last lines. ``part`` counts the
    blocks of a place from 0.
    """

    content: Breakable
    place: str = ""
    with_next: bool = False
    part: int = 0


@dataclass(frozen=True)
class Placed:
    """A piece on a page; ``top`` is its distance from the upper edge of the text."""

    content: Breakable
    top: float
    place: str
    part: int = 0


@dataclass
class Page:
    """What stands on one page: the text, and the footnotes below it."""

    placed: list[Placed] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    notes_height: float = 0.0


@dataclass(frozen=True)
class Need:
    """A height together with the footnotes that must begin below it."""

    height: float = 0.0
    marks: tuple[int, ...] = ()


class Paginator:
    """Fills pages of one height. ``note`` gives a footnote by its number."""

    def __init__(self, height: float, note: Callable[[int], Note]) -> None:
        self.height = height
        self.note = note
        self.pages: list[Page] = []
        self.carried: list[Note] = []
        self.noted: set[int] = set()
        self.turn()

    def run(self, pieces: Sequence[Piece], foot: Breakable | None = None) -> list[Page]:
        """Place everything, ``foot`` at the bottom of the last page; pages are added until the last footnote is down."""
        waiting = list(reversed(pieces))
        while waiting:
            piece = waiting.pop()
            rest = self.put(piece, self.least(waiting, piece.content.after) if piece.with_next else Need())
            if rest is not None:
                waiting.append(rest)
        while self.carried:
            self.turn()
        if foot is not None:
            self.stand_foot(foot)
        return self.pages

    def stand_foot(self, foot: Breakable) -> None:
        tall = foot.height(foot.count)
        if foot.before + tall > self.room and not self.empty:
            self.turn()
        top = self.height - self.page.notes_height - tall
        self.page.placed.append(Placed(foot, top, ""))

    def turn(self) -> None:
        """Begin a page; what is left of the last page's footnotes comes first below."""
        self.page = Page()
        self.pages.append(self.page)
        self.used = 0.0
        self.after = 0.0
        self.lay_carried(CARRIED_MOST * self.height)

    @property
    def room(self) -> float:
        """The height that is left between the text and the footnotes."""
        return self.height - self.used - self.page.notes_height + FUZZ

    @property
    def empty(self) -> bool:
        """Whether no text stands on the page yet."""
        return not self.page.placed

    def gap(self, content: Breakable) -> float:
        """The space above something at this point."""
        return 0.0 if self.empty else max(content.before, self.after)

    def least(self, waiting: Sequence[Piece], after: float) -> Need:
        """What the next piece takes at least, with whatever must follow it; ``waiting`` is in reverse."""
        height = 0.0
        marks: tuple[int, ...] = ()
        for piece in reversed(waiting):
            content = piece.content
            steps = fewest(content)
            height += max(content.before, after) + content.height(steps)
            marks = (*marks, *content.marks(steps))
            after = content.after
            if not (piece.with_next and steps == content.count):
                break
        return Need(height, marks)

    def put(self, piece: Piece, tail: Need) -> Piece | None:
        """Place a piece, or its beginning; what is left of it goes on the next page."""
        content = piece.content
        if self.fits(content, content.count, tail):
            self.lay(piece, tail.height)
            return None
        steps = self.longest(content)
        if not steps and not self.fresh_page:
            self.leave()
            return piece
        return self.part(piece, steps) if steps else self.force(piece)

    @property
    def fresh_page(self) -> bool:
        """Whether another page would give no more room than this one."""
        return self.empty and not self.page.notes

    def fits(self, content: Breakable, steps: int, tail: Need) -> bool:
        """Whether the first steps fit with the least of their footnotes and of what must follow."""
        tall = self.gap(content) + content.height(steps)
        if tail.height:
            tall += tail.height
        if tall > self.room:
            return False
        notes = self.notes_least((*content.marks(steps), *tail.marks))
        return notes is not None and tall + notes <= self.room

    def longest(self, content: Breakable) -> int:
        """The greatest number of first steps that may and can stand here, 0 for none."""
        low, high = content.first - 1, content.count - content.last
        if high < content.first or not self.fits(content, content.first, Need()):
            return 0
        while low < high:
            middle = (low + high + 1) // 2
            if self.fits(content, middle, Need()):
                low = middle
            else:
                high = middle - 1
        return low

    def part(self, piece: Piece, steps: int) -> Piece:
        """Place the first steps here; the rest waits for the next page."""
        first, rest = piece.content.cut(steps)
        self.lay(replace(piece, content=first), 0.0)
        self.leave()
        return replace(piece, content=rest)

    def force(self, piece: Piece) -> Piece | None:
        """Place on an empty page what no page can hold as it should: its footnotes, or what follows, run on.

        Raises Refusal for what is never cut and taller than a page.
        """
        content = piece.content
        if content.height(content.count) <= self.room:
            self.lay(piece, 0.0)
            return None
        steps = max(1, content.first)
        while steps + 1 < content.count and content.height(steps + 1) <= self.room:
            steps += 1
        if steps >= content.count:
            raise Refusal(_too_tall(piece.place))
        return self.part(piece, steps)

    def leave(self) -> None:
        """Turn the page; one without text first takes all of the footnotes it can."""
        if self.empty:
            self.lay_carried(self.room)
        self.turn()

    def lay(self, piece: Piece, reserved: float) -> None:
        """Stand a piece on the page, its footnotes below, leaving a height for what must follow."""
        content = piece.content
        self.used += self.gap(content)
        self.page.placed.append(Placed(content, self.used, piece.place, piece.part))
        self.used += content.height(content.count)
        self.after = content.after
        fresh = self.fresh(content.marks(content.count))
        self.noted.update(fresh)
        self.lay_notes([self.note(number) for number in fresh], self.room - reserved)

    def fresh(self, marks: Iterable[int]) -> list[int]:
        """The footnotes of marks that were not yet laid, each followed by footnotes to itself."""
        found: list[int] = []
        waiting = list(marks)
        while waiting:
            number = waiting.pop(0)
            if number not in self.noted and number not in found:
                found.append(number)
                waiting[:0] = self.note(number).marks()
        return found

    def notes_least(self, marks: Iterable[int]) -> float | None:
        """The least height of footnotes still to lay, the last of which may run on; None while others run on here."""
        fresh = self.fresh(marks)
        if not fresh:
            return 0.0
        if self.carried:
            return None
        *whole, last = (self.note(number) for number in fresh)
        rule = 0.0 if self.page.notes else RULE_ROOM
        return rule + sum(note.height(note.count) for note in whole) + last.height(last.least)

    def lay_carried(self, room: float) -> None:
        """Lay what is left of earlier footnotes, as far as it goes."""
        carried, self.carried = self.carried, []
        self.lay_notes(carried, room)

    def lay_notes(self, notes: Sequence[Note], room: float) -> None:
        """Stand footnotes at the foot of the page as far as they go; the rest is carried over."""
        for number, note in enumerate(notes):
            rule = 0.0 if self.page.notes else RULE_ROOM
            steps = note.fitting(room - rule)
            if steps < note.count:
                self.carried.extend(notes[number + 1 :])
                self.cut_note(note, steps, rule)
                return
            self.stand_note(note, rule)
            room -= rule + note.height(note.count)

    def cut_note(self, note: Note, steps: int, rule: float) -> None:
        if steps:
            first, note = note.cut(steps)
            self.stand_note(first, rule)
        self.carried.insert(0, note)

    def stand_note(self, note: Note, rule: float) -> None:
        self.page.notes.append(note)
        self.page.notes_height += rule + note.height(note.count)


def _too_tall(place: str) -> str:
    message = _(
        "Không in được: mục {place} có phần không được ngắt mà dài hơn một trang giấy. Đề nghị rút ngắn tên cơ quan, "
        "nơi nhận, chức vụ hoặc tiêu đề ở đó."
    )
    return message.format(place=_("Thể thức") if place in {"", SIGNATURE} else place)


def fewest(content: Breakable) -> int:
    """How many first steps must stand together."""
    return content.count if content.count < content.first + content.last else content.first


def draw(page: Page, canvas: Canvas, left: float, bottom: float, height: float, rule: float) -> None:
    """Draw a page's text, and its footnotes under a short rule."""
    for placed in page.placed:
        placed.content.draw(canvas, left, bottom + height - placed.top)
    if not page.notes:
        return
    line = bottom + page.notes_height - RULE_ROOM + 4
    canvas.setLineWidth(0.5)
    canvas.line(left, line, left + rule, line)
    for note, top in note_tops(page, height):
        note.draw(canvas, left, bottom + height - top)


def note_tops(page: Page, height: float) -> Iterator[tuple[Note, float]]:
    """The footnotes of a page whose text is this high, each with its distance from the upper edge of the text."""
    top = height - page.notes_height + RULE_ROOM
    for note in page.notes:
        yield note, top
        top += note.height(note.count)
