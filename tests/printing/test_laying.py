"""A report laid out again measures only what changed, and stands where a fresh one stands."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from dcs_desktop import sample, template_library
from dcs_desktop.core.form import Form
from dcs_desktop.core.report import Report
from dcs_desktop.core.values import given
from dcs_desktop.printing import Memory, Spot, draw_page, lay_report_out, render_report, stretch_at
from tests.printing.measuring import sheets

ITEM = "II.1.a"


class Stopped(Exception):
    """The work was broken off."""


@cache
def district() -> tuple[Report, Form]:
    report = sample.district_report()
    template = template_library.template(report.identity.template)
    return report, template_library.form_for(template, report.identity, {})


def written(report: Report, item: str, text: str) -> Report:
    return replace(report, answers=report.answers.with_value(item, given(text)))


def changed() -> Report:
    """The district's report with a longer narrative that brings a footnote of its own."""
    report = district()[0]
    more = "\n\nThêm một đoạn có chú thích[^moi].\n\n[^moi]: Chú thích mới."
    return written(report, ITEM, report.answers.prose(ITEM).partition("\n\n[^")[0] + more)


def test_what_did_not_change_is_not_measured_again() -> None:
    report, form = district()
    measured = 0

    def count() -> None:
        nonlocal measured
        measured += 1

    memory = Memory(count)
    lay_report_out(report, form, memory)
    whole, measured = measured, 0
    lay_report_out(report, form, memory)
    assert measured == 0
    lay_report_out(written(report, ITEM, "Đoạn mới."), form, memory)
    assert 0 < measured < whole / 20


def test_laid_from_memory_is_what_is_laid_fresh() -> None:
    report, form = district()
    memory = Memory()
    for each in (report, changed(), report):
        laid, fresh = lay_report_out(each, form, memory), lay_report_out(each, form, Memory())
        assert laid.stretches == fresh.stretches
        assert [draw_page(laid, n) for n in (0, 6, -1)] == [draw_page(fresh, n) for n in (0, 6, -1)]


def test_work_that_was_broken_off_goes_on_where_it_stopped() -> None:
    report, form = district()
    left = 40

    def stop() -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Stopped

    memory = Memory(stop)
    tries = 1
    while tries < 1000:
        try:
            laid = lay_report_out(report, form, memory)
            break
        except Stopped:
            tries, left = tries + 1, 40
    assert 2 < tries < 100
    assert laid.stretches == lay_report_out(report, form, Memory()).stretches


def test_a_page_of_its_own_is_the_page_of_the_report() -> None:
    report, form = district()
    laid = lay_report_out(report, form, Memory())
    whole = sheets(render_report(report, form).data)
    assert len(laid.sheets) == len(whole)
    for number in (0, 1, 8, len(whole) - 1):
        (alone,) = sheets(draw_page(laid, number))
        assert alone.text == whole[number].text
        assert (alone.width, alone.height) == (whole[number].width, whole[number].height)


@pytest.mark.parametrize("id", ["htx.tong", "ho_so.tiep_nhan"])
def test_the_row_of_a_figure_is_found_by_its_key_and_by_its_place(id: str) -> None:
    report, form = district()
    made = render_report(report, form)
    row = next(stretch for stretch in made.stretches if stretch.key == id)
    assert made.spots[id] == row.spot
    middle = Spot(row.page, (row.top + row.bottom) / 2)
    assert stretch_at(made.stretches, middle) == row
    label = " ".join(form.figures[id].label.split()[:3])
    assert any(
        label in line.text and row.top <= line.base <= row.bottom
        for line in sheets(made.data)[row.page].lines
    )


def test_every_paragraph_of_an_item_has_its_part_and_a_footnote_belongs_to_its_item() -> None:
    form = district()[1]
    made = render_report(written(district()[0], ITEM, "Một.\nHai[^a].\nBa.\n\n[^a]: Ghi chú."), form)
    found = [stretch for stretch in made.stretches if stretch.place == ITEM and not stretch.key]
    lead = int(form.items[ITEM].printed != "no")
    assert [stretch.part for stretch in found] == [*range(lead + 3), lead + 1]
    note = found[-1]
    assert stretch_at(made.stretches, Spot(note.page, note.top + 1)) == note
    text = next(stretch for stretch in found if stretch.part == lead + 1)
    assert note.top > text.bottom


def test_beside_the_text_the_nearest_above_is_meant() -> None:
    made = render_report(*district())
    assert stretch_at(made.stretches, Spot(0, 0.0)) == made.stretches[0]
    assert stretch_at(made.stretches, Spot(999, 10.0)) is None
