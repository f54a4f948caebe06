"""Pages: every footnote at the foot of its mark's page, none lost, nothing overlapping, no lonely lines."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph

from dcs_desktop.printing.fonts import REGULAR, register
from dcs_desktop.printing.pagination import (
    ANCHOR,
    KEPT_LINES,
    RULE_ROOM,
    Page,
    Paginator,
    Piece,
    lines_of,
    notes_in,
)

WIDTH, HEIGHT = 400.0, 300.0
WORDS = "Ban Chỉ đạo đã họp bàn với Nhân dân về việc làm đường nên mọi người đồng thuận cao"


def body(words: int, marks: tuple[int, ...], heading: bool) -> Paragraph:
    register()
    text = [WORDS.split()[n % 18] for n in range(words)]
    for n, mark in enumerate(marks):
        text.insert((n * 7) % (len(text) + 1), f'<super>{mark}</super><a name="{ANCHOR}{mark}"/>')
    style = ParagraphStyle("x", fontName=REGULAR, fontSize=14, leading=18, spaceBefore=6)
    return Paragraph(" ".join(text), style)


def note(number: int, words: int) -> list[Flowable]:
    style = ParagraphStyle("n", fontName=REGULAR, fontSize=11, leading=13.5)
    return [Paragraph(f"[{number}] " + " ".join(WORDS.split()[n % 18] for n in range(words)), style)]


paragraphs = st.tuples(st.integers(1, 160), st.integers(0, 3), st.booleans())
documents = st.tuples(
    st.lists(paragraphs, min_size=1, max_size=12), st.lists(st.integers(1, 400), max_size=40)
)


@settings(max_examples=100, deadline=None)
@given(documents)
def test_every_note_begins_on_the_page_of_its_mark_unless_a_longer_one_is_still_running(
    document: tuple[list[tuple[int, int, bool]], list[int]],
) -> None:
    told, lengths = document
    pieces, number = [], 0
    for words, marks, heading in told:
        numbers = tuple(range(number + 1, number + 1 + marks))
        number += marks
        pieces.append(Piece(body(words, numbers, heading), with_next=heading, whole=heading and words < 20))
    paginator = Paginator(WIDTH, HEIGHT, lambda n: note(n, lengths[n % len(lengths)] if lengths else 5))
    pages = paginator.run(pieces)

    marked = {n: at for at, page in enumerate(pages) for n in _marks(page)}
    begun = {n: at for at, page in enumerate(pages) for n in _begun(page)}
    assert sorted(marked) == list(range(1, number + 1))
    assert sorted(begun) == sorted(marked)
    for n, at in marked.items():
        assert begun[n] >= at
        if begun[n] > at:
            earlier_waits = any(begun[m] > at for m in range(1, n))
            assert earlier_waits or _is_continued(pages[at + 1]) or _had_no_choice(pages[at])
    for page in pages:
        used = max((top + _height(flowable) for flowable, top in page.placed), default=0.0)
        notes = sum(map(_height, page.notes)) + (RULE_ROOM if page.notes else 0)
        assert abs(notes - page.notes_height) < 0.01
        assert used + notes <= HEIGHT + 0.01


def _height(flowable: Flowable) -> float:
    return float(flowable.wrap(WIDTH, HEIGHT)[1])


def _marks(page: Page) -> list[int]:
    return [n for flowable, _top in page.placed for n in notes_in(flowable, lines_of(flowable, WIDTH))]


def _begun(page: Page) -> list[int]:
    texts = [" ".join(_words(flowable)) for flowable in page.notes]
    return [int(text[1 : text.index("]")]) for text in texts if text.startswith("[")]


def _words(paragraph: Paragraph) -> list[str]:
    """The words that the lines of a paragraph show."""
    lines_of(paragraph, WIDTH)
    shown = []
    for line in paragraph.blPara.lines:
        words = line[1] if isinstance(line, tuple) else [part.text for part in line.words]
        shown.append("".join(words) if not isinstance(line, tuple) else " ".join(words))
    return " ".join(shown).split()


def _is_continued(page: Page) -> bool:
    """Whether the page begins below with the rest of an earlier page's note."""
    return not _words(page.notes[0])[0].startswith("[")


def _had_no_choice(page: Page) -> bool:
    """Whether the page holds but one beginning of a paragraph, whose notes alone are longer than a page."""
    (flowable, _top), *others = page.placed
    return not others and lines_of(flowable, WIDTH) <= KEPT_LINES + 1


def test_words_are_neither_lost_nor_doubled() -> None:
    pieces = [Piece(body(n * 40 % 170 + 5, (n,), False)) for n in range(1, 15)]
    paginator = Paginator(WIDTH, HEIGHT, lambda n: note(n, 30))
    pages = paginator.run(pieces)
    said = [word for page in pages for flowable, _top in page.placed for word in _words(flowable)]
    asked = [word for n in range(1, 15) for word in _words(body(n * 40 % 170 + 5, (n,), False))]
    assert said == asked


def test_a_heading_never_ends_a_page() -> None:
    for before in range(1, 16):
        pieces = [Piece(body(18, (), False)) for _n in range(before)]
        heading = Piece(body(6, (), True), "III", with_next=True, whole=True)
        pages = Paginator(WIDTH, HEIGHT, lambda n: []).run(
            [*pieces, heading, Piece(body(90, (), False), "III.1")]
        )
        for page in pages:
            assert not page.placed or page.placed[-1][0] is not heading.flowable


def test_no_single_line_is_left_alone() -> None:
    for words in range(20, 200, 9):
        pages = Paginator(WIDTH, HEIGHT, lambda n: []).run([Piece(body(words, (), False)) for _n in range(9)])
        for page in pages:
            for flowable, _top in page.placed:
                whole = lines_of(body(words, (), False), WIDTH)
                assert lines_of(flowable, WIDTH) >= min(2, whole)


def test_the_last_lines_go_over_with_the_signature() -> None:
    for words in range(30, 260, 17):
        last = Piece(body(words, (), False), "ket", with_next=True)
        signature = Piece(body(80, (), False), whole=True)
        pages = Paginator(WIDTH, HEIGHT, lambda n: []).run([Piece(body(100, (), False)), last, signature])
        assert len(pages[-1].placed) >= 2 or pages[-1].placed[0][0] is not signature.flowable
