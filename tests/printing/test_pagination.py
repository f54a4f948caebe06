"""Pages: every footnote on the page of its mark, none lost, nothing overlapping, no lonely lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, Spacer

from dcs_desktop.printing.fonts import REGULAR, register
from dcs_desktop.printing.footnotes import ANCHOR, Breakable, Lines, Note, Whole
from dcs_desktop.printing.grids import Measures, Row, Rows
from dcs_desktop.printing.pagination import RULE_ROOM, Page, Paginator, Piece

WIDTH, HEIGHT = 400.0, 300.0
LINE, NOTE_LINE = 18.0, 13.5
WORDS = [
    "Ban",
    "Chỉ",
    "đạo",
    "đã",
    "họp",
    "bàn",
    "với",
    "Nhân",
    "dân",
    "về",
    "việc",
    "làm",
    "đường",
    "nên",
    "mọi",
    "người",
    "đồng",
    "thuận",
    "cao",
]


class Said(Note):
    """A footnote that knows which one it is, and whether it is only the rest of one."""

    def __init__(self, parts: tuple[Lines, ...], number: int = 0, whole: int = 0) -> None:
        super().__init__(parts)
        self.number = number
        self.whole = whole or self.count

    def cut(self, steps: int) -> tuple[Note, Note]:
        first, rest = super().cut(steps)
        return Said(first._parts, self.number, self.whole), Said(rest._parts, -abs(self.number), self.whole)


def text(words: int, marks: tuple[int, ...] = ()) -> str:
    said = [WORDS[n % len(WORDS)] for n in range(words)]
    for n, mark in enumerate(marks):
        said.insert((n * 7) % (len(said) + 1), f'<super>{mark}</super><a name="{ANCHOR}{mark}"/>')
    return " ".join(said)


def body(words: int, marks: tuple[int, ...] = (), *, kept: bool = False) -> Lines:
    style = ParagraphStyle("x", fontName=REGULAR, fontSize=14, leading=LINE, spaceBefore=6)
    return Lines(Paragraph(text(words, marks), style), WIDTH, kept=kept)


def note(number: int, words: int) -> Said:
    style = ParagraphStyle("n", fontName=REGULAR, fontSize=11, leading=NOTE_LINE)
    return Said((Lines(Paragraph(text(words), style), WIDTH),), number)


def table(rows: int, words: int, marks: tuple[int, ...] = ()) -> Rows:
    style = ParagraphStyle("c", fontName=REGULAR, fontSize=11, leading=NOTE_LINE)
    measures = Measures(400.0, 3.0, 2.0, 3.0, 0.5)

    def cells(n: int, at: tuple[int, ...]) -> Row:
        said = (Lines(Paragraph(text(w, m), style), 94.0) for w, m in ((1, ()), (words if n >= 0 else 2, at)))
        return Row(tuple(said), (100.0, 300.0), f"row-{n}")

    return Rows([cells(-1, ())], [cells(n, marks[n : n + 1]) for n in range(rows)], measures)


def paged(pieces: list[Piece], notes: Callable[[int], Note] = lambda n: note(n, 5)) -> list[Page]:
    made: dict[int, Note] = {}
    return Paginator(HEIGHT, lambda n: made.setdefault(n, notes(n))).run(pieces)


@pytest.fixture(autouse=True, scope="module")
def _faces() -> None:
    register()


def marks_of(content: Breakable) -> tuple[int, ...]:
    return content.marks(content.count)


def begun(page: Page) -> list[int]:
    return [n.number for n in page.notes if isinstance(n, Said) and n.number > 0]


def check_room(pages: list[Page]) -> None:
    """Nothing stands on anything else, nothing leaves the page."""
    for page in pages:
        below = 0.0
        for placed in page.placed:
            assert placed.top >= below - 0.02
            below = placed.top + placed.content.height(placed.content.count)
        notes = sum(n.height(n.count) for n in page.notes) + (RULE_ROOM if page.notes else 0)
        assert abs(notes - page.notes_height) < 0.01
        assert below + notes <= HEIGHT + 0.05


kinds = st.tuples(
    st.sampled_from(["text", "text", "text", "heading", "table"]), st.integers(1, 160), st.integers(0, 3)
)
documents = st.tuples(
    st.lists(kinds, min_size=1, max_size=12), st.lists(st.integers(1, 400), min_size=1, max_size=40)
)

Told = tuple[list[tuple[str, int, int]], list[int]]


def pieces_of(told: list[tuple[str, int, int]]) -> Iterator[Piece]:
    number = 0
    for kind, words, count in told:
        marks = tuple(range(number + 1, number + 1 + count))
        number += count
        match kind:
            case "heading":
                yield Piece(body(words % 20 + 1, marks, kept=True), with_next=True)
            case "table":
                yield Piece(table(words // 10 + 3, words % 90 + 1, marks))
            case _:
                yield Piece(body(words, marks))


def least_of(content: Breakable) -> int:
    steps = content.count if content.count < content.first + content.last else content.first
    return len(content.marks(steps))


@settings(max_examples=60, deadline=None)
@given(documents)
def test_every_note_begins_on_the_page_of_its_mark(told: Told) -> None:
    check_notes(told)


@pytest.mark.soak
@settings(max_examples=1000, deadline=None)
@given(documents)
def test_every_note_of_many_more_documents_begins_on_the_page_of_its_mark(told: Told) -> None:
    check_notes(told)


def check_notes(document: Told) -> None:
    told, lengths = document
    pieces = list(pieces_of(told))
    total = sum(len(marks_of(piece.content)) for piece in pieces)
    pages = paged(pieces, lambda n: note(n, lengths[n % len(lengths)]))

    marked = {n: at for at, page in enumerate(pages) for p in page.placed for n in marks_of(p.content)}
    started = {n: at for at, page in enumerate(pages) for n in begun(page)}
    assert sorted(marked) == sorted(started) == list(range(1, total + 1))
    for n, at in marked.items():
        assert started[n] == at or (started[n] > at and _had_no_choice(pages[at]))
    check_room(pages)


def _had_no_choice(page: Page) -> bool:
    """Whether a page holds nothing but what cannot be parted, with several notes longer than the page leaves."""
    marks = sum(len(marks_of(placed.content)) for placed in page.placed)
    return marks >= 2 and len(page.placed) <= 2


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 900), min_size=1, max_size=6))
def test_of_a_note_nothing_is_lost_or_doubled(lengths: list[int]) -> None:
    asked = {n: note(n, words) for n, words in enumerate(lengths, 1)}
    pages = paged([Piece(body(40, (n,))) for n in asked], asked.__getitem__)
    lines = dict.fromkeys(asked, 0)
    for page in pages:
        for part in page.notes:
            assert isinstance(part, Said)
            lines[abs(part.number)] += part.count
    assert lines == {n: whole.count for n, whole in asked.items()}


def test_a_note_never_leaves_a_single_line() -> None:
    for words in range(5, 260, 7):
        notes = {1: note(1, words)}
        for page in paged([Piece(body(140)), Piece(body(30, (1,))), Piece(body(200))], notes.__getitem__):
            for part in page.notes:
                assert isinstance(part, Said)
                assert part.count >= min(2, part.whole)


def test_words_are_neither_lost_nor_doubled() -> None:
    asked = [body(n * 40 % 170 + 5, (n,)) for n in range(1, 15)]
    pages = paged([Piece(lines) for lines in asked], lambda n: note(n, 30))
    assert sum(p.content.count for page in pages for p in page.placed) == sum(lines.count for lines in asked)


def test_a_heading_never_ends_a_page() -> None:
    for before in range(1, 16):
        heading = Piece(body(6, kept=True), "III", with_next=True)
        pages = paged([*(Piece(body(18)) for _n in range(before)), heading, Piece(body(90), "III.1")])
        ends = [page.placed[-1].content for page in pages if page.placed]
        assert heading.content not in ends


def test_no_single_line_is_left_alone() -> None:
    for words in range(20, 200, 9):
        whole = body(words).count
        for page in paged([Piece(body(words)) for _n in range(9)]):
            assert all(placed.content.count >= min(2, whole) for placed in page.placed)


def test_the_last_lines_go_over_with_the_signature() -> None:
    signature = Whole(Spacer(1, 120), WIDTH)
    for words in range(30, 260, 17):
        pages = paged([Piece(body(100)), Piece(body(words), "ket", with_next=True), Piece(signature)])
        *_others, last, signed = pages[-1].placed
        assert signed.content is signature
        assert last.content.count >= 2


def test_a_foot_stands_at_the_bottom_of_the_last_page() -> None:
    foot = Whole(Spacer(1, 40), WIDTH, before=6)
    for rows in range(1, 30):
        pages = Paginator(HEIGHT, lambda n: note(n, 4)).run([Piece(table(rows, 20))], foot)
        assert pages[-1].placed[-1].content is foot
        assert pages[-1].placed[-1].top == HEIGHT - 40
        check_room(pages)


def test_a_row_longer_than_a_page_goes_on_over_pages() -> None:
    pages = paged([Piece(table(3, 600))])
    assert len(pages) > 6
    check_room(pages)


def test_two_thousand_rows_are_laid_out() -> None:
    pages = paged([Piece(table(2000, 4))])
    assert sum(placed.content.count for page in pages for placed in page.placed) == 2000
    check_room(pages)


def test_a_row_that_heads_others_never_ends_a_page() -> None:
    style = ParagraphStyle("c", fontName=REGULAR, fontSize=11, leading=NOTE_LINE)
    measures = Measures(400.0, 3.0, 2.0, 3.0, 0.5)

    def row(count: int) -> Row:
        cells = tuple(Lines(Paragraph("Số", style), 90.0) for _cell in range(count))
        return Row(cells, (400.0 / count,) * count, "head" if count == 1 else "row")

    for every in range(2, 9):
        rows = [row(1 if n % every == 0 else 4) for n in range(60)]
        pages = paged([Piece(Rows([row(4)], rows, measures))])
        for page in pages[:-1]:
            assert page.placed[-1].content.insides()[-1].place == "row"
        check_room(pages)
