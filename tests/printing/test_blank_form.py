"""The form to be filled in by hand: everything asked, once, with room to write."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import groupby, pairwise

import pytest

from dcs_desktop import sample
from dcs_desktop.core.report import Letterhead, Report
from dcs_desktop.forms import form_of
from dcs_desktop.printing import Printed, render_blank_form
from dcs_desktop.printing.blank_form import blank_document
from dcs_desktop.printing.document import Blank, Block, Grid, Heading, Prompt, plain
from dcs_desktop.printing.layouts import layout
from tests.printing.measuring import MM, Sheet, sheets
from tests.printing.samples import PARTY, STATE, form, report

BOTH = pytest.mark.parametrize("head", [STATE, PARTY], ids=["state", "party"])


def blank(head: Letterhead = STATE) -> Printed:
    """The blank form of the sample template."""
    return render_blank_form(report(head).identity, form(), head)


def dotted(sheet: Sheet) -> list[float]:
    """How far from the top each line of dots stands."""
    return [line.base for line in sheet.lines if set(line.text) == {"."}]


@BOTH
def test_number_date_and_name_are_left_to_be_written(head: Letterhead) -> None:
    page, *_others = sheets(blank(head).data)
    text = "\n".join(sheet.text for sheet in sheets(blank(head).data))
    assert page.line("Số").text.split()[1].startswith(("/BC", "-BC"))
    assert "ngày      tháng      năm" in page.text
    assert head.signing[-1].upper() in text
    assert "Nguyễn Văn A" not in text
    assert "DỰ THẢO" not in text


@BOTH
def test_six_dotted_lines_far_enough_apart_to_write_on_stand_under_each_prompt(head: Letterhead) -> None:
    pages = sheets(blank(head).data)
    assert sum(len(dotted(sheet)) for sheet in pages) == 3 * 6
    steps = [b - a for sheet in pages for a, b in pairwise(dotted(sheet))]
    assert min(steps) == pytest.approx(8.5 * MM, abs=0.1)
    widths = {round(line.width / MM) for sheet in pages for line in sheet.lines if set(line.text) == {"."}}
    assert widths == {165}


@BOTH
def test_rows_are_tall_enough_to_write_in(head: Letterhead) -> None:
    pages = sheets(blank(head).data)
    sheet = next(sheet for sheet in pages if "Danh sách" in sheet.text or "Mô hình" in sheet.text)
    levels = sorted({round(rule.top, 1) for rule in sheet.rules})
    rows = [b - a for a, b in pairwise(levels) if b - a > 20]
    assert rows
    assert min(rows) >= 8.5 * MM


def test_a_table_has_six_numbered_empty_rows() -> None:
    text = "\n".join(sheet.text for sheet in sheets(blank().data)[-1:])
    assert [line for line in text.splitlines() if line.isdigit() and int(line) < 9] == list("123456")


def test_a_yes_or_no_has_two_open_boxes() -> None:
    pages = sheets(blank().data)
    text = "\n".join(sheet.text for sheet in pages)
    asked = [figure for figure in form().figures.values() if figure.type.kind == "yes_no"]
    assert text.count("Không") == len(asked) == 3
    assert sum(len(sheet.boxes) for sheet in pages) == 2 * 3
    assert [sheet.crosses for sheet in pages] == [()] * len(pages)


def _asked(blocks: tuple[Block, ...]) -> Counter[str]:
    """How often each label stands in a first column, or a prompt over its lines."""
    found: Counter[str] = Counter()
    for block in blocks:
        if isinstance(block, Grid):
            found.update(plain(row.cells[0]) for row in block.rows)
        elif isinstance(block, Prompt):
            found[block.text.removeprefix(f"Mục {block.place}: ")] += 1
        elif isinstance(block, Heading):
            found[block.title] += 1
    return found


@pytest.mark.parametrize(
    "said", [sample.commune_reports()[0], sample.district_report()], ids=["commune", "district"]
)
def test_everything_of_the_real_template_is_asked_once(said: Report) -> None:
    whole = form_of(said.identity, said.letterhead)
    made = blank_document(said.identity, whole, said.letterhead, layout("state").by_hand)
    asked = _asked(made.blocks)
    labels = Counter(figure.label for figure in whole.figures.values() if not figure.derived)
    assert {label: asked[label] for label in labels} == labels
    items = [item for item in whole.items.values() if item.prose]
    assert [block.place for block in made.blocks if isinstance(block, Blank)] == [item.id for item in items]
    assert all(asked[item.prompt] >= 1 for item in items)
    titles = [
        block.title
        for block in (*made.blocks, *made.annexes[0].blocks)
        if isinstance(block, Grid) and block.title
    ]
    assert sorted(titles) == sorted(table.label for table in whole.tables.values())


def test_the_form_of_the_real_template_prints_on_a_bearable_number_of_pages() -> None:
    said = sample.commune_reports()[2]
    made = render_blank_form(said.identity, form_of(said.identity, said.letterhead), said.letterhead)
    assert 15 <= made.pages <= 22
    assert (
        made.data
        == render_blank_form(said.identity, form_of(said.identity, said.letterhead), said.letterhead).data
    )


@BOTH
def test_no_dotted_line_and_no_signature_stands_alone(head: Letterhead) -> None:
    said = sample.commune_reports()[2]
    whole = form_of(said.identity, said.letterhead)
    for sheet in sheets(
        render_blank_form(said.identity, whole, replace(said.letterhead, layout=head.layout)).data
    ):
        lines = [set(line.text) == {"."} for line in sheet.lines if not line.text.isdigit()]
        runs = [len(list(run)) for is_dots, run in groupby(lines) if is_dots]
        assert all(run >= 2 for run in runs), sheet.text
        if "Nơi nhận:" in sheet.text:
            assert lines[0]
