"""Every measure of the paper with a ruler, for both rule sets: the numbers stand here, none is read from the layouts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from dcs_desktop.core.report import Letterhead
from dcs_desktop.printing import render_report
from tests.printing.measuring import MM, Line, Sheet, sheets
from tests.printing.samples import PARTY, SENTENCE, STATE, form, printed, report, told

NOTED = f"{SENTENCE}Hòa giải thành[^1].\n\n[^1]: {SENTENCE * 2}"
HEADS = {
    "state": replace(STATE, recipients=("Như trên", "Thường trực Đảng ủy xã", "Lưu: VT")),
    "party": replace(PARTY, recipients=("Thường trực Huyện ủy", "Ban Dân vận", "Lưu Văn phòng")),
}


class Paper:
    """The pages of one report, and the lines that measures are taken at."""

    def __init__(self, head: Letterhead) -> None:
        said = told({"III.1.e": SENTENCE * 45, "III.1.g": NOTED})
        self.head = head
        self.pages = sheets(printed(head, said).data)
        self.first = self.pages[0]
        self.signed = next(page for page in self.pages if "Nơi nhận:" in page.text)
        self.noted = next(page for page in self.pages if any(line.size == 11 for line in page.lines))
        self.figures = next(page for page in self.pages if "BIỂU SỐ LIỆU" in page.text)
        self.form = next(page for page in self.pages if "Nhà văn hóa: Có" in page.text)
        self.tables = self.pages[-1]

    def line(self, begins: str) -> Line:
        return self.first.line(begins)

    @property
    def nation(self) -> Line:
        return next(line for line in self.first.lines if "VIỆT NAM" in line.text)

    @property
    def titles(self) -> list[Line]:
        return [self.signed.line(line.upper()) for line in self.head.signing]

    @property
    def full(self) -> list[Line]:
        """The lines of the second page, which prose fills."""
        return list(self.pages[1].lines)

    def text(self, page: Sheet, size: float) -> list[Line]:
        return [line for line in page.lines if line.size == size]


@cache
def paper(name: str) -> Paper:
    return Paper(HEADS[name])


def gap(above: Line, below: Line) -> float:
    """From one line of writing down to another."""
    return below.base - above.base


def rows(page: Sheet) -> float:
    """How far apart the last two rules of a table lie."""
    return page.rules[-1].top - page.rules[-2].top


def last_of(lines: list[Line]) -> Line:
    return lines[-1]


def body_lines(paper: Paper) -> list[Line]:
    """The names of the bodies, line by line."""
    words = f"{paper.head.superior_body} {paper.head.issuing_body}".upper().split()
    return [line for line in paper.first.lines[:6] if line.text.split()[0] in words and line.right < 300]


# What is measured, what it measures in the state's paper and in the Party's: points, or millimetres where it says so;
# None where a paper has no such thing.
MEASURES: dict[str, tuple[Callable[[Paper], float], float | None, float | None]] = {
    # the page
    "left margin, mm": (lambda p: p.full[-1].left / MM, 30, 30),
    "right margin, mm": (lambda p: 210 - p.figures.rules[0].right / MM, 15, 15),
    "first line of a full page": (lambda p: p.full[1].base, 70.69, 70.69),
    "last line of a full page": (lambda p: p.full[-1].base, 773.69, 773.69),
    "lowest line of the notes": (lambda p: p.noted.lines[-1].base, 782.7, 782.7),
    "page number": (lambda p: p.full[0].size, 13, 14),
    "head of the page number from the edge, mm": (lambda p: (p.full[0].base - 0.66 * p.full[0].size) / MM, 10, 10),
    # the letterhead
    "superior body": (lambda p: body_lines(p)[0].size, 12, 14),
    "issuing body": (lambda p: body_lines(p)[-1].size, 12, 14),
    "nation or Party": (lambda p: p.nation.size, 12, 15),
    "left end of the right block": (lambda p: min(p.nation.left, p.line("Phương Bình, ng").left), 299.58, 311.61),
    "lines of the left block": (lambda p: gap(body_lines(p)[0], body_lines(p)[1]), 14.4, 16.8),
    "right block's first line": (lambda p: p.nation.base, 68.69, 71.69),
    "rule below the right block": (lambda p: p.first.rules[-2 if p.head.layout == "state" else 0].top, 90.09, 78.09),
    "number": (lambda p: p.line("Số").size, 13, 14),
    "number's line": (lambda p: p.line("Số").base, 135.23, 142.43),
    "date": (lambda p: p.line("Phương Bình, ng").size, 13, 14),
    # the title
    "kind of document": (lambda p: p.line("BÁO CÁO").size, 14, 16),
    "kind's line": (lambda p: gap(p.line("Số"), p.line("BÁO CÁO")), 30.77, 32.97),
    "subject": (lambda p: p.line("Kết quả năm").size, 14, 14),
    "subject's line": (lambda p: gap(p.line("BÁO CÁO"), p.line("Kết quả năm")), 18.2, 18.8),
    "what follows the subject": (lambda p: gap(p.line("Kết quả năm"), p.line("Kính gửi" if p.head.addressees else "III")), 32.77, 44.91),
    "rule under the issuing body": (lambda p: p.first.rules[0].width / body_lines(p)[-1].width, 0.4, None),
    "rule under the subject": (lambda p: p.first.rules[-1].width / p.line("Kết quả năm").width, 0.4, None),
    "rule below the issuing body": (lambda p: p.first.rules[0].top - body_lines(p)[-1].base, 5.8, None),
    "star below the issuing body": (lambda p: gap(body_lines(p)[-1], p.line("*")), None, 16.8),
    "hyphens below the subject": (lambda p: gap(p.line("Kết quả năm"), p.line("-----")), None, 18.2),
    "indent of the addressee, mm": (lambda p: p.line("Kính gửi").left / MM - 30, 25, None),
    # the body
    "body": (lambda p: p.full[1].size, 14, 14),
    "lines of the body": (lambda p: gap(p.full[1], p.full[2]), 18.5, 18.5),
    "first line's indent, mm": (lambda p: p.line("III").left / MM - 30, 12.7, 12.7),
    "between paragraphs": (lambda p: gap(p.line("III"), p.line("1. Ở xã")) - 18.5, 6, 6),
    "notes": (lambda p: p.noted.lines[-1].size, 11, 11),
    "lines of a note": (lambda p: gap(p.noted.lines[-2], p.noted.lines[-1]), 13.5, 13.5),
    "rule above the notes, mm": (lambda p: p.noted.rules[0].width / MM, 50, 50),
    "mark of a note": (lambda p: next(line.size for line in p.noted.lines if line.size < 9), 8.4, 8.4),
    # tables
    "cells": (lambda p: p.tables.lines[-1].size, 11, 11),
    "lines of a cell": (lambda p: gap(p.figures.line("Đơn vị"), p.figures.line("tính")), 13.5, 13.5),
    "air beside a cell": (lambda p: p.tables.lines[-2].left - p.tables.uprights[0], 3.4, 3.4),
    "height of a row": (lambda p: rows(p.tables), 18.6, 18.6),
    "line in its row": (lambda p: p.tables.lines[-1].base - p.tables.rules[-2].top, 12.7, 12.7),
    # who signs
    "who signs": (lambda p: p.titles[0].size, 14, 14),
    "name": (lambda p: p.signed.line("Nguyễn").size, 14, 14),
    "lines of who signs": (lambda p: gap(p.titles[0], p.titles[1]), 17.5, 17.5),
    "middle of who signs, mm": (lambda p: p.titles[0].middle / MM - 30, 118.8, 118.8),
    "room to sign, mm": (lambda p: (gap(p.titles[-1], p.signed.line("Nguyễn")) - 17.5) / MM, 24, 24),
    "body to who signs": (lambda p: gap(p.signed.lines[2], p.titles[0]), 29.84, 29.84),
    "word above the recipients": (lambda p: p.signed.line("Nơi nhận").size, 12, 14),
    "recipients": (lambda p: p.signed.line("- ").size, 11, 12),
    "lines of the recipients": (lambda p: gap(p.signed.line("Nơi nhận"), p.signed.line("- ")), 13.75, 15),
    # annexes
    "word above an annex": (lambda p: p.form.lines[0].size, 14, 14),
    "title of an annex": (lambda p: p.form.lines[1].size, 14, 14),
    "what an annex goes with": (lambda p: p.form.lines[2].size, 13, 13),
    "lines of a form": (lambda p: gap(p.form.line("- Công trái"), p.form.line("- Họp dân")), 21.5, 21.5),
    "side of a tick box": (lambda p: p.form.boxes[0][1] - p.form.line("- Nhà văn hóa").base, -9, -9),
    # the mark that ties paper to file
    "letters of the mark": (lambda p: p.figures.lines[-1].size, 8, 8),
    "lines of the mark": (lambda p: gap(p.figures.lines[-2], p.figures.lines[-1]), 10, 10),
    "code of the mark, mm": (lambda p: (p.figures.lines[-1].left - 6) / MM - 30, 16, 16),
}  # fmt: skip


@pytest.mark.parametrize("measure", MEASURES)
def test_a_measure(measure: str) -> None:
    taken, state, party = MEASURES[measure]
    for name, expected in (("state", state), ("party", party)):
        fine = 0.01 if expected is not None and expected < 1 else 0.1
        assert expected is None or abs(taken(paper(name)) - expected) < fine


@pytest.mark.parametrize("name", HEADS)
def test_the_room_of_the_subject(name: str) -> None:
    """Up to 88 hundredths of the line, 411.6 points: "... xã Phư" takes 404.9 of them, "... xã Phươn" 420.4."""
    subject = "Kết quả thực hiện dân chủ ở cơ sở và nhiệm vụ năm sau của xã Phươn"
    for said, lines in ((subject[:-2], 1), (subject, 2)):
        made = render_report(report(HEADS[name]), replace(form(), subject=said))
        assert said.replace(" ", "") in sheets(made.data)[0].text.replace(" ", "").replace("\n", "")
        assert any(line.text == said for line in sheets(made.data)[0].lines) == (lines == 1)


def signed(head: Letterhead) -> Sheet:
    return next(page for page in sheets(printed(head).data) if "Nơi nhận:" in page.text)


@pytest.mark.parametrize("name", HEADS)
def test_the_room_of_who_signs(name: str) -> None:
    """252.6 points: 46 bold I of 14 points take 250.5 of them, 47 take 256."""
    for count, lines in ((46, 1), (47, 2)):
        page = signed(replace(HEADS[name], signing=("I" * count, "CHỦ TỊCH")))
        assert sum(1 for line in page.lines if set(line.text) == {"I"}) == lines


@pytest.mark.parametrize(("name", "fits"), [("state", 62), ("party", 57)])
def test_the_room_of_the_recipients(name: str, fits: int) -> None:
    """201.1 points: 62 i with their dash and sign take 199.1 at 11 points, 57 take 200.2 at 12."""
    for count, lines in ((fits, 1), (fits + 1, 2)):
        page = signed(replace(HEADS[name], recipients=("i" * count, "Lưu")))
        assert sum(1 for line in page.lines if set(line.text) <= set("- i;,")) == lines
