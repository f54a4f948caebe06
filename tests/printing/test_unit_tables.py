"""Tables of all units on paper: whole words, columns that stand, the program's own totals, who is covered."""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from typing import Any

import pdfplumber
import pytest

from dcs_desktop.core.by_unit import ByUnit, UnitLine, by_unit
from dcs_desktop.core.combine import combine
from dcs_desktop.core.comparing import Before, Pictured, compared
from dcs_desktop.core.report import Answers, Identity, Letterhead
from dcs_desktop.core.values import given
from dcs_desktop.printing import Printed, render_report, render_unit_tables
from dcs_desktop.printing.document import Grid, GridRow, Run
from dcs_desktop.printing.document import plain as letters
from dcs_desktop.printing.layouts import layout
from dcs_desktop.printing.unit_tables import named, unit_annex, units_go_across
from dcs_desktop.printing.wide_tables import parted
from tests.printing import many_units
from tests.printing.samples import DISTRICT, PARTY, STATE, YEAR, report
from tests.printing.samples import form as paper_form

MM = 72 / 25.4
LINE = 132
LEAST_LETTERS = 9.0


def printed(below: ByUnit, figures: int, *, training: bool = False) -> Printed:
    identity = Identity(DISTRICT, DISTRICT, YEAR, "receiving", "nhieu@2024", training=training)
    return render_unit_tables(identity, many_units.form(figures), STATE, below)


def grids(below: ByUnit) -> list[Grid]:
    return [block for block in unit_annex(below, LINE).blocks if isinstance(block, Grid)]


def texts(row: GridRow) -> list[str]:
    return [letters(cell) for cell in row.cells]


def said(below: ByUnit) -> str:
    annex = unit_annex(below, LINE)
    return "\n".join(letters(runs) for block in annex.blocks if (runs := getattr(block, "runs", ())))


@pytest.fixture(scope="module")
def many() -> tuple[ByUnit, Printed]:
    below = many_units.below(168, 40, away=20)
    return below, printed(below, 40)


def pages(data: bytes, numbers: list[int]) -> list[Any]:  # Any: pdfplumber publishes no types
    with pdfplumber.open(BytesIO(data), pages=numbers) as pdf:
        return [
            (page.chars, page.extract_words(keep_blank_chars=False), page.extract_tables(), page.width)
            for page in pdf.pages
        ]


def test_168_units_by_40_figures_stand_in_whole_words_of_readable_size(many: tuple[ByUnit, Printed]) -> None:
    below, paper = many
    known = {word for grid in grids(below) for text in grid.head for word in text.split()}
    known |= {
        word for grid in grids(below) for row in grid.rows for text in texts(row) for word in text.split()
    }
    for chars, _words, tables, wide in pages(paper.data, [3, paper.pages - 1]):
        assert wide > 297 * MM - 1
        assert min(char["size"] for char in chars) >= LEAST_LETTERS
        assert min(char["x0"] for char in chars) >= 30 * MM
        assert max(char["x1"] for char in chars) <= (297 - 15) * MM
        (table,) = [table for table in tables if len(table) > 5]
        assert {word for row in table for cell in row if cell for word in cell.split()} <= known


def test_every_part_has_the_heads_and_the_names_of_the_units_on_each_page(
    many: tuple[ByUnit, Printed],
) -> None:
    below, paper = many
    named_here: Counter[str] = Counter()
    with pdfplumber.open(BytesIO(paper.data)) as pdf:
        last = pdf.pages[-1]
        rows = last.extract_table() or [[]]
        for page in (pdf.pages[0], last):
            named_here.update(line for line in page.extract_text().splitlines() if line.startswith("Cột "))
    assert named_here == {"Cột 1–10 trong 40": 1}
    assert rows[0][:2] == ["TT", "Đơn vị"]
    assert [row[1] for row in rows[-3:]] == [below.units[-1].name, "Tổng hợp", "Số đơn vị có số liệu"]


def test_the_numbers_of_a_column_end_on_one_line(many: tuple[ByUnit, Printed]) -> None:
    _below, paper = many
    ((_chars, words, _tables, _wide),) = pages(paper.data, [3])
    ends = Counter(
        round(word["x1"], 1)
        for word in words
        if "." in word["text"] and word["text"].replace(".", "").isdigit()
    )
    assert len(ends) <= 10
    assert all(count > 5 for count in ends.values())


def test_totals_are_the_combined_values_in_words_of_the_paper() -> None:
    form = many_units.form(8)
    answers = [{"s6": given(1), "s5": given(4)}, {"s6": given(8), "s5": given(6)}, {"s6": given(9_000)}]
    units = tuple(UnitLine(f"{n:05}@GSO-2024", f"Xã {n}", "received") for n in range(3))
    reports = {unit.identity: Answers(values) for unit, values in zip(units, answers, strict=True)}
    below = by_unit(combine(form, reports, [unit.identity for unit in units]), units, reports)
    (grid,) = grids(below)
    place = next(at for at, head in enumerate(grid.head) if head == "Tỷ lệ 7 (%)")
    assert [texts(row)[place] for row in grid.rows] == ["25", "133,33", "chưa có", "90", "2/3"]
    assert [texts(row)[place - 1] for row in grid.rows] == ["1", "8", "9.000", "9.009", "3/3"]


def test_each_state_is_told_in_a_word() -> None:
    below = many_units.below(40, 8)
    found = {text for row in grids(below)[0].rows for text in texts(row)}
    assert {"không", "chưa có", "chờ", "không áp dụng"} <= found


def test_a_unit_without_a_report_says_so_across_its_row() -> None:
    (grid,) = grids(many_units.below(9, 8, away=1))
    assert texts(grid.rows[8]) == ["9", "Xã Bình Thành 9", "chưa có báo cáo"]
    assert grid.rows[8].spans == (1, 1, 8)


def test_whom_the_totals_cover_and_who_is_missing_is_said_before_the_tables() -> None:
    assert "Tổng hợp từ báo cáo của 8/9 đơn vị; chưa có: Xã Bình Thành 9." in said(
        many_units.below(9, 8, away=1)
    )
    long = said(many_units.below(168, 8, away=20))
    assert "Tổng hợp từ báo cáo của 148/168 đơn vị; chưa có: Xã Bình Thành 149, " in long
    assert " và 12 đơn vị khác." in long


def test_a_section_says_who_lacks_how_many_of_its_figures() -> None:
    form = many_units.form(3)
    units = tuple(UnitLine(f"{n:05}@GSO-2024", f"Xã {n}", "received") for n in range(2))
    values = [{"s0": given(1), "s1": given(2), "s2": given(3)}, {"s0": given(1)}]
    reports = {unit.identity: Answers(each) for unit, each in zip(units, values, strict=True)}
    below = by_unit(combine(form, reports, [unit.identity for unit in units]), units, reports)
    assert "Đủ số liệu: 1/2 đơn vị; còn thiếu (số ô trống): Xã 1 (2)." in said(below)


def test_long_lists_of_names_end_in_a_count() -> None:
    assert named(["A", "B"]) == "A, B"
    assert named([str(n) for n in range(9)]) == "0, 1, 2, 3, 4, 5, 6, 7, 8"
    assert named([str(n) for n in range(10)]) == "0, 1, 2, 3, 4, 5, 6, 7 và 2 đơn vị khác"


def test_few_units_with_many_figures_are_columns() -> None:
    assert not units_go_across(3, 10, LINE)  # all figures side by side
    assert units_go_across(5, 11, LINE)
    assert not units_go_across(6, 11, LINE)
    (grid,) = grids(many_units.below(3, 40))
    assert grid.head == (
        "Số liệu",
        "Đơn vị tính",
        "Xã Phương Bình 1",
        "Xã Tân Phước Hưng 2",
        "Xã Hiệp Hưng 3",
        "Tổng hợp",
        "Số đơn vị có số liệu",
    )
    below = many_units.below(3, 40)
    totals = [total.value.number for total in below.totals.totals.values()]
    assert texts(grid.rows[0])[-2] == f"{totals[0]:,}".replace(",", ".")


def test_a_table_too_wide_is_parted_evenly_with_its_leading_columns_in_each_part() -> None:
    (grid,) = grids(many_units.below(168, 40, away=1))
    rules = layout("state").unit_tables
    parts = list(parted(grid, 252 * MM, rules))
    assert [len(part.head) for part, _widths in parts] == [12, 12, 12, 12]
    assert {part.head[:2] for part, _widths in parts} == {("TT", "Đơn vị")}
    assert [head for part, _widths in parts for head in part.head[2:]] == list(grid.head[2:])
    for part, widths in parts:
        assert sum(widths) <= 252 * MM + 1
        assert [texts(row)[1] for row in part.rows] == [texts(row)[1] for row in grid.rows]
        assert part.rows[167].spans == (1, 1, 10)


def test_a_word_longer_than_a_column_widens_it() -> None:
    row = GridRow("I", tuple((Run(text),) for text in ("1", "Xã", "999.999.999.999.999,25", "2")))
    grid = Grid("I", "", ("TT", "Đơn vị", "Một", "Hai"), (5, 24, 10, 10), (row,), right=(2, 3), lead=2)
    ((_part, widths),) = parted(grid, 252 * MM, layout("state").unit_tables)
    assert widths[2] > 30 * MM >= widths[3]


def test_a_short_table_is_not_cut_by_the_end_of_a_page() -> None:
    paper = printed(many_units.below(15, 40), 40)
    with pdfplumber.open(BytesIO(paper.data)) as pdf:
        tables = [table for page in pdf.pages for table in page.extract_tables()]
    assert [len(table) for table in tables] == [18, 18, 18, 18]


@pytest.mark.parametrize("letterhead", [STATE, PARTY], ids=["state", "party"])
def test_the_annex_follows_the_others_of_the_report_and_says_that_it_is_training(
    letterhead: Letterhead,
) -> None:
    one = report(letterhead)
    alone = render_report(one, paper_form())
    both = render_report(one, paper_form(), below=many_units.below(15, 8))
    with pdfplumber.open(BytesIO(both.data)) as pdf:
        first = pdf.pages[alone.pages]
        words = first.extract_text()
    assert "SỐ LIỆU THEO ĐƠN VỊ" in words
    assert "(TẬP HUẤN)" not in words
    assert first.width > first.height
    with pdfplumber.open(BytesIO(printed(many_units.below(15, 8), 8, training=True).data)) as pdf:
        assert "SỐ LIỆU THEO ĐƠN VỊ (TẬP HUẤN)" in pdf.pages[0].extract_text()


def test_the_same_figures_give_the_same_bytes() -> None:
    assert printed(many_units.below(15, 20), 20).data == printed(many_units.below(15, 20), 20).data


def test_pictures_are_drawn_only_where_they_are_asked_for_and_say_what_lacks() -> None:
    below, last = many_units.below(15, 8, away=2), many_units.below(15, 8, away=5)
    pictured = Pictured(("s0", "s7"), Before(last.totals, "2023", "2024"))
    identity = Identity(DISTRICT, DISTRICT, YEAR, "receiving", "nhieu@2024")
    plain = printed(below, 8)
    paper = render_unit_tables(identity, many_units.form(8), STATE, below, pictured=pictured)
    with pdfplumber.open(BytesIO(paper.data)) as pdf:
        words = "\n".join(page.extract_text() for page in pdf.pages)
        bars = [
            shape
            for page in pdf.pages
            for shape in page.rects
            if shape["height"] == pytest.approx(7.28, 0.01)
        ]
        assert all(page.width > page.height for page in pdf.pages)
    assert "Tình hình nộp báo cáo, số đơn vị" in words
    assert "Đã nhận 13 (86,7%)" in words
    assert "Số vụ tiếp nhận 0: so với kỳ trước" in words
    whole = below.totals.totals["s0"]
    assert f"Gồm {len(whole.covered)}/{len(whole.covered) + len(whole.missing)} đơn vị" in words
    found = compared(below.totals, Before(last.totals, "2023", "2024"), "s0")
    assert found is not None
    assert f"Chỉ tính {found.units}/{found.expected} đơn vị có số liệu ở cả hai kỳ." in words
    assert len(bars) >= 15
    with pdfplumber.open(BytesIO(plain.data)) as pdf:
        assert "Tình hình nộp" not in "".join(page.extract_text() for page in pdf.pages)
