"""Figures are read a line at a time where every line is right, as many at once as thousands of packages bring.

Law: what is read that way is what the sheet says, row by row, with nothing wrong in it.
"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dcs_desktop.core.building import build
from dcs_desktop.core.period import PeriodKind
from dcs_desktop.package.understanding import PlainLines, _Reading
from tests.package.samples import TEMPLATE
from tests.package.test_hostile import FILES

FORM = build(TEMPLATE, "commune", PeriodKind.YEAR, {})
SHEET = FILES["figures.csv"].decode("utf-8")
PIECES = st.text(st.sampled_from("\",\n\r;'x0123.–\x00"), max_size=6) | st.sampled_from(
    ["\n\n", '""', '"\n', "given", "none", "4/5", SHEET[40:90], SHEET.split("\n")[3] + "\n"]
)


@given(st.lists(st.tuples(st.integers(0, len(SHEET)), st.integers(0, 30), PIECES), max_size=3))
def test_a_line_at_a_time_is_read_as_row_by_row(edits: list[tuple[int, int, str]]) -> None:
    text = SHEET
    for at, gone, put in edits:
        text = text[:at] + put + text[at + gone :]
    reading = _Reading({"figures.csv": text.encode("utf-8")}, FORM, PlainLines(FORM))
    quick, again = reading.plain_figures(), reading.plain_figures()
    slow = reading.figures_by_row()
    assert quick == again
    assert quick is None or (quick == slow and not reading.faults)


def test_a_sheet_as_it_is_written_is_read_a_line_at_a_time() -> None:
    reading = _Reading(FILES, FORM, PlainLines(FORM))
    assert reading.plain_figures() == reading.figures_by_row()
    assert reading.plain_figures()
