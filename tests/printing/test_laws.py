"""Laws of random documents, from their blocks to the measured PDF: notes with their marks, nothing alone, nothing lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from dcs_desktop.core.report import Identity
from dcs_desktop.printing.document import (
    AnnexPart,
    Block,
    Body,
    Document,
    Grid,
    GridRow,
    Heading,
    Prompt,
    Run,
    Runs,
)
from dcs_desktop.printing.layouts import layout
from dcs_desktop.printing.pdf import render
from tests.printing.measuring import MM, Line, Sheet, sheets
from tests.printing.samples import COMMUNE, DISTRICT, PARTY, STATE, YEAR

LEFT, BEGINS = 30 * MM, 42.7 * MM
HEADS = {"state": replace(STATE, signing=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")), "party": PARTY}
WORDS = [
    "Ban",
    "Chỉ",
    "đạo",
    "đã",
    "họp",
    "12",
    "cuộc",
    "với",
    "1.640",
    "lượt",
    "người",
    "theo",
    "Quyết",
    "định",
    "số",
    "125",
    "ngày",
    "05",
    "tháng",
    "12",
    "năm",
    "2024",
    "bàn",
    "về",
    "việc",
    "làm",
    "đường",
    "đạt",
    "98,5",
    "%",
    "so",
    "với",
    "quý",
    "III",
    "và",
    "hòa",
    "giải",
    "thành",
    "71/72",
    "vụ",
    "tại",
    "ấp",
]
NUMBER = re.compile(r"(?:^|\s)\d[\d.,]*$")
UNIT = re.compile(r"(?:cuộc|lượt|%|vụ|tháng|năm)\b|%")
NAMED = re.compile(r"(?:^|\s)(?:số|ngày|tháng|năm|quý)$", re.IGNORECASE)
COUNTED = re.compile(r"\d|[IVX]+\b")


def prose(count: int, start: int = 0) -> str:
    return " ".join(WORDS[(start + n) % len(WORDS)] for n in range(count))


@dataclass(frozen=True)
class Drawn:
    """A block as hypothesis draws it: its kind, how many words, and how many words each of its notes has."""

    kind: str
    words: int
    notes: tuple[int, ...] = ()


short = st.lists(st.integers(1, 60), max_size=3).map(tuple)
long = st.integers(100, 800).map(lambda words: (words,))
kinds = st.sampled_from(["text", "text", "text", "text", "entry", "heading", "prompt", "table"])
drawn = st.builds(Drawn, kinds, st.integers(1, 220), st.one_of(short, short, long))
documents = st.lists(drawn, min_size=2, max_size=14)


def plausible(blocks: list[Drawn]) -> Iterator[Drawn]:
    """Headings as forms have them: no more than two in a row, each with one short note, text below; no page can hold any chain."""
    row = 0
    for one in [*blocks, Drawn("text", 40)]:
        row = row + 1 if one.kind in {"heading", "prompt"} else 0
        if row > 2:
            row = 0
            yield replace(one, kind="text")
        elif row:
            yield replace(one, notes=tuple(min(words, 60) for words in one.notes[:1]))
        else:
            yield one


class Made:
    """A document of drawn blocks; the n-th mark stands after the word "dấu-n", its note reads "đầu-n ... cuối-n"."""

    def __init__(self, blocks: list[Drawn], layout: str) -> None:
        self.layout = layout
        self.notes: dict[int, tuple[Runs, ...]] = {}
        self.words: list[str] = []
        made = tuple(block for n, one in enumerate(plausible(blocks)) for block in self.block(one, n))
        annex = AnnexPart("B", "Biểu", True, (self.table(Drawn("table", 60), "B"),))
        identity = Identity(COMMUNE, DISTRICT, YEAR, "commune", "giay@2024")
        self.document = Document(
            identity, "Báo cáo", "Kết quả năm 2024", HEADS[layout], made, (annex,), self.notes
        )

    def block(self, one: Drawn, n: int) -> Iterator[Block]:
        place = f"III.{n}"
        match one.kind:
            case "heading":
                title = prose(one.words % 12 + 1, n)
                yield Heading(place, 1 + n % 2, str(n), title, tuple(self.marks(one.notes)))
            case "prompt":
                yield Prompt(place, prose(one.words % 20 + 1, n))
            case "table":
                yield self.table(one, place)
            case _:
                yield Body(place, tuple(self.text(one, n)), one.kind == "entry")

    def text(self, one: Drawn, n: int) -> Iterator[Run]:
        each = max(1, one.words // (len(one.notes) + 1))
        yield Run(prose(each, n))
        for at, words in enumerate(one.notes):
            yield from self.marks((words,))
            yield Run(" " + prose(each, n + at))

    def marks(self, notes: tuple[int, ...]) -> Iterator[Run]:
        for words in notes:
            number = len(self.notes) + 1
            text = f"đầu-{number} {prose(words)} cuối-{number}"
            parts = (text,) if words % 3 else (text, f"Và {prose(words // 2)}")
            self.notes[number] = tuple((Run(part),) for part in parts)
            yield Run(f" dấu-{number}")
            yield Run(note=number)

    def table(self, one: Drawn, place: str) -> Grid:
        rows = [
            GridRow(place, ((Run(str(n)),), (Run(prose(one.words // 2 % 90 + 1, n)), *self.marks((words,)))))
            for n, words in enumerate(one.notes)
        ]
        rows += [GridRow(place, ((Run(str(n)),), (Run(prose(one.words % 50 + 1, n)),))) for n in range(4)]
        return Grid(place, "Bảng", ("TT", "Nội dung"), (1, 9), tuple(rows), (0,))


def check(blocks: list[Drawn], layout_id: str) -> None:
    made = Made(blocks, layout_id)
    pages = sheets(render(made.document, layout(layout_id)).data)
    check_notes(made, [" ".join(page.text.split()) for page in pages])
    for page in pages:
        check_nothing_overlaps(page)
        check_nothing_parted(page)
    letter = pages[: next(n for n, page in enumerate(pages) if page.lines[0].text.startswith("Phụ lục"))]
    for page, following in pairwise(letter):
        check_turn(body_of(page), body_of(following))
    check_signature(letter)


def check_notes(made: Made, texts: list[str]) -> None:
    """Every note begins on the page of its mark and ends on that page or a later one; none is lost or doubled."""
    for number in made.notes:
        mark, begin, end = (
            [n for n, text in enumerate(texts) for _time in re.findall(rf"{word}-{number}(?!\d)", text)]
            for word in ("dấu", "đầu", "cuối")
        )
        assert (len(mark), len(begin), len(end)) == (1, 1, 1), number
        assert mark == begin <= end, number


def check_nothing_overlaps(page: Sheet) -> None:
    """No line of writing runs into another, none leaves the page."""
    lines = sorted((line for line in page.lines if line.size > 10), key=lambda line: line.base)
    for line, below in pairwise(lines):
        beside = line.right <= below.left + 0.5 or below.right <= line.left + 0.5
        assert beside or below.base - line.base > 0.95 * min(line.size, below.size), (line, below)
    assert all(line.base < page.height - 20 * MM + 1 and line.right < page.width - 14 * MM for line in lines)


def check_nothing_parted(page: Sheet) -> None:
    """No line ends between a number and its unit, or a word and its number."""
    for line, after in pairwise(line for line in page.lines if line.size > 10):
        goes_on = after.left < LEFT + 1 or abs(after.left - line.left) < 0.1
        next_line = 0 < after.base - line.base < 2 * line.size and after.size == line.size
        if next_line and goes_on and not begins(after):
            parted = (NUMBER.search(line.text) and UNIT.match(after.text)) or (
                NAMED.search(line.text) and COUNTED.match(after.text)
            )
            assert not parted, (line.text, after.text)


def body_of(page: Sheet) -> list[Line]:
    """The lines of text and tables from the top, each by the run it begins with: no page number, no notes."""
    notes = [rule.top for rule in page.rules if abs(rule.width - 50 * MM) < 0.1]
    first: dict[float, Line] = {}
    for line in page.lines:
        if 20 * MM < line.base < min(notes, default=page.height) and line.size > 10:
            first.setdefault(round(line.base, 1), line)
    return [first[base] for base in sorted(first)]


def check_turn(page: list[Line], following: list[Line]) -> None:
    """No heading ends a page, no paragraph leaves a single line on either side of its end."""
    if not page or not following:
        return
    assert not any(face.startswith("LiberationSerif-Bold") for face in page[-1].faces) or page[-1].size < 14
    if continues(following[0]):
        assert not begins(page[-1]), ("first line alone", page[-1].text)
        assert len(following) > 1, ("last line alone", following[0].text)
        assert continues(following[1]), ("last line alone", following[0].text)


def continues(line: Line) -> bool:
    """Whether it is a line of a paragraph after its first."""
    return line.size == 14 and abs(line.left - LEFT) < 0.5 and not line.text.startswith("Nơi nhận")


def begins(line: Line) -> bool:
    return line.size == 14 and abs(line.left - BEGINS) < 0.5


def check_signature(pages: list[Sheet]) -> None:
    """The signature stands whole, under lines of the report, the recipients level with it."""
    page = next(page for page in pages if "Nơi nhận:" in page.text)
    assert page is pages[-1] or not body_of(pages[-1])
    signed = page.line("KT. CHỦ TỊCH" if "KT. CHỦ TỊCH" in page.text else "K/T TRƯỞNG BAN")
    assert abs(signed.base - page.line("Nơi nhận:").base) < 0.5
    assert page.line("Nguyễn Văn A").base > signed.base
    assert [line for line in body_of(page) if line.base < signed.base - 10]


# Without shrinking, which takes minutes here: the example that is named is as it was drawn.
AS_DRAWN = (Phase.explicit, Phase.reuse, Phase.generate)


@settings(max_examples=20, phases=AS_DRAWN)
@given(documents, st.sampled_from(["state", "party"]))
def test_random_documents_keep_the_laws(blocks: list[Drawn], layout_id: str) -> None:
    check(blocks, layout_id)


@pytest.mark.soak
@settings(max_examples=400, phases=AS_DRAWN)
@given(documents, st.sampled_from(["state", "party"]))
def test_many_more_random_documents_keep_the_laws(blocks: list[Drawn], layout_id: str) -> None:
    check(blocks, layout_id)
