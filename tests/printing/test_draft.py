"""The mark of a draft: on every page while the report may not be signed, never after."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dcs_desktop.core.report import Answers, Letterhead
from dcs_desktop.core.values import given
from dcs_desktop.printing import render_report
from tests.printing.measuring import MM, sheets
from tests.printing.samples import ANSWERS, PARTY, STATE, form, nothing, printed, report

BOTH = pytest.mark.parametrize("head", [STATE, PARTY], ids=["state", "party"])
# 40 disputes were taken up: 41 settled ones cannot be.
WRONG = ANSWERS.with_value("hoa_giai.thanh", given(41))


@BOTH
def test_every_page_of_a_report_with_an_error_says_that_it_is_a_draft(head: Letterhead) -> None:
    made = printed(head, WRONG)
    assert made.draft
    assert made.pages == 5
    assert [sheet.lines[0].text for sheet in sheets(made.data)] == ["DỰ THẢO"] * 5


@BOTH
def test_the_mark_stands_framed_at_the_left_of_the_upper_margin(head: Letterhead) -> None:
    for sheet in sheets(printed(head, WRONG).data):
        mark, (left, top) = sheet.lines[0], sheet.boxes[0]
        assert (mark.size, *mark.faces) == (14, "LiberationSerif-Bold")
        assert left == pytest.approx(30 * MM, abs=0.1)
        assert mark.left == pytest.approx(31.5 * MM, abs=0.1)
        assert 5 * MM < top < mark.base < 17 * MM
        assert sheet.colours <= {"(0, 0, 0, 255)"}


def test_nothing_of_the_report_moves_for_the_mark() -> None:
    """What is proof-read on the draft stands where it will be signed."""
    draft, final = (sheets(printed(STATE, answers).data)[0] for answers in (WRONG, ANSWERS))
    assert draft.lines[1:] == final.lines
    assert draft.rules == final.rules


@BOTH
def test_a_report_without_an_error_bears_no_mark(head: Letterhead) -> None:
    made = printed(head)
    assert not made.draft
    assert "DỰ THẢO" not in "".join(sheet.text for sheet in sheets(made.data))


def test_an_item_without_its_words_makes_a_draft_and_a_figure_that_is_not_known_does_not() -> None:
    assert not printed().draft
    values = {key: value for key, value in ANSWERS.values.items() if key != "IV.1"}
    assert printed(answers=replace(ANSWERS, values=values)).draft
    assert printed(answers=Answers()).draft
    assert not printed(answers=nothing("IV.1")).draft


def test_a_text_that_could_not_be_read_makes_a_draft() -> None:
    assert render_report(report(STATE, ANSWERS.with_draft("hoa_giai.thanh", "ba mươi")), form()).draft
