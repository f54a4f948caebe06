"""The printed report: what it says (contents.py), how it looks (layouts.py), where it stands (pagination.py)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from dcs_desktop.core.by_unit import ByUnit
from dcs_desktop.core.comparing import Pictured
from dcs_desktop.core.digest import content_digest
from dcs_desktop.core.form import Form
from dcs_desktop.core.linked import Figures
from dcs_desktop.core.report import Identity, Letterhead, Report
from dcs_desktop.files import write_beside_then_replace
from dcs_desktop.printing.blank_form import blank_document
from dcs_desktop.printing.changed_pages import pages_that_differ
from dcs_desktop.printing.contents import document
from dcs_desktop.printing.document import USUAL, AnnexPart, Document
from dcs_desktop.printing.laying import Laid, lay_out
from dcs_desktop.printing.layouts import Layout
from dcs_desktop.printing.layouts import layout as layout_of
from dcs_desktop.printing.memory import Memory
from dcs_desktop.printing.pdf import Printed, draw_page, render
from dcs_desktop.printing.places import Area, Spot, Stretch, first_spots, stretch_at
from dcs_desktop.printing.unit_tables import TABLES_ALONE, unit_annex
from dcs_desktop.printing.wishes import PLAIN, Wishes, granted

A4_LONG = 297.0


@dataclass(frozen=True, slots=True)
class WordFile:
    """A Word file: its bytes, and whether it is a draft. How many pages it has, Word alone knows."""

    data: bytes
    draft: bool


def render_report(
    report: Report,
    form: Form,
    *,
    before: Figures | None = None,
    layout: str | None = None,
    wishes: Wishes = PLAIN,
    marked: bool = False,
    below: ByUnit | None = None,
    pictured: Pictured = TABLES_ALONE,
) -> Printed:
    """The printed report as PDF bytes; ``layout`` is used in place of the letterhead's own. Raises Refusal.

    ``marked`` puts the mark that ties paper to file on every page, not on that of the figures alone.
    With ``below`` it ends with an annex of every unit's figures, some ``pictured``. Wishes may
    also be granted later, to pages already there (:func:`granted`).
    """
    rules = layout_of(layout or report.letterhead.layout)
    said = replace(document(report, form, before, content_digest(report)), marked=marked)
    if below is not None:
        said = replace(said, annexes=(*said.annexes, _of_units(below, rules, report.identity, pictured)))
    return granted(render(said, rules), wishes)


def render_unit_tables(
    identity: Identity,
    form: Form,
    letterhead: Letterhead,
    below: ByUnit,
    *,
    layout: str | None = None,
    pictured: Pictured = TABLES_ALONE,
) -> Printed:
    """The annex of every unit's figures alone, for a report that need not be begun. Raises Refusal."""
    rules = layout_of(layout or letterhead.layout)
    annexes = (_of_units(below, rules, identity, pictured),)
    return render(Document(identity, form.title, form.subject, letterhead, (), annexes), rules)


def _of_units(below: ByUnit, rules: Layout, identity: Identity, pictured: Pictured) -> AnnexPart:
    return unit_annex(below, line_shares(rules), training=identity.training, pictured=pictured)


def line_shares(rules: Layout) -> int:
    """How many shares of a table of all units the line of a landscape page holds."""
    room = A4_LONG - rules.page.left - rules.page.right
    return int(USUAL * room / rules.unit_tables.column)


def render_blank_form(
    identity: Identity, form: Form, letterhead: Letterhead, *, layout: str | None = None
) -> Printed:
    """The form to be filled in by hand as PDF bytes, in the layout of its letterhead or another. Raises Refusal."""
    rules = layout_of(layout or letterhead.layout)
    return render(blank_document(identity, form, letterhead, rules.by_hand), rules)


def lay_report_out(report: Report, form: Form, memory: Memory, *, before: Figures | None = None) -> Laid:
    """Where everything of a report stands, measuring only what the memory does not hold. Raises Refusal."""
    return lay_out(
        document(report, form, before, content_digest(report)), layout_of(report.letterhead.layout), memory
    )


def changed_pages(
    report: Report, other: Report, form: Form, *, before: Figures | None = None
) -> tuple[int, ...]:
    """The pages of a printed report, from 1, on which another version of it would say something else. Raises Refusal."""
    laid = lay_out(document(report, form, before), layout_of(report.letterhead.layout))
    return pages_that_differ(laid, document(other, form, before))


def print_report(
    report: Report,
    form: Form,
    out: Path | BinaryIO,
    *,
    before: Figures | None = None,
    layout: str | None = None,
    wishes: Wishes = PLAIN,
    marked: bool = False,
    below: ByUnit | None = None,
    pictured: Pictured = TABLES_ALONE,
) -> Printed:
    """Write the printed report, a file whole or not at all. Raises Refusal, and OSError where it cannot be written."""
    printed = render_report(
        report,
        form,
        before=before,
        layout=layout,
        wishes=wishes,
        marked=marked,
        below=below,
        pictured=pictured,
    )
    _write(printed.data, out)
    return printed


def render_word(
    report: Report, form: Form, *, before: Figures | None = None, layout: str | None = None
) -> WordFile:
    """The same report as a Word file. Raises Refusal as :func:`render_report` does."""
    from dcs_desktop.printing import word

    said = document(report, form, before, content_digest(report))
    return WordFile(word.render(said, layout_of(layout or report.letterhead.layout)), said.draft)


def write_word(
    report: Report,
    form: Form,
    out: Path | BinaryIO,
    *,
    before: Figures | None = None,
    layout: str | None = None,
) -> WordFile:
    """Write the report as a Word file, whole or not at all. Raises Refusal, and OSError where it cannot be written."""
    made = render_word(report, form, before=before, layout=layout)
    _write(made.data, out)
    return made


def _write(data: bytes, out: Path | BinaryIO) -> None:
    if isinstance(out, Path):
        write_beside_then_replace(out, data)
    else:
        out.write(data)


__all__ = [
    "Area",
    "Laid",
    "Memory",
    "Printed",
    "Spot",
    "Stretch",
    "Wishes",
    "WordFile",
    "changed_pages",
    "draw_page",
    "first_spots",
    "granted",
    "lay_report_out",
    "print_report",
    "render_blank_form",
    "render_report",
    "render_unit_tables",
    "render_word",
    "stretch_at",
    "write_word",
]
