"""Times of the printed report: the district's own, cold and warm, beside plain Platypus with its notes at the end."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO

from reportlab.lib.colors import black
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Table

from dcs_desktop.core.form import Form
from dcs_desktop.core.report import Report
from dcs_desktop.printing import Printed, render_report
from dcs_desktop.printing.contents import document
from dcs_desktop.printing.document import Block, Body, Document, Grid, Heading, Prompt, Runs
from dcs_desktop.printing.fonts import REGULAR, register
from dcs_desktop.printing.layouts import layout
from dcs_desktop.printing.marking import marked
from dcs_desktop.printing.pdf import render
from dcs_desktop.printing.styles import Styles, styles

ROUNDS = 9
COLD = "from benchmarks.bench_print import {name}; {name}()"


def main() -> None:
    """Print medians in milliseconds beside their limits, and the ratio to plain Platypus."""
    printed = render_report(*district())
    said = document(*district())
    print(f"{printed.pages} pages, {len(said.notes)} footnotes, {len(printed.data)} bytes")
    warm, plain = median(ours), median(platypus)
    print(
        f"warm   {warm:7.0f} ms (limit 400)    plain Platypus {plain:7.0f} ms   {warm / plain:.2f} x (limit 1.3)"
    )
    cold, plain = median(lambda: process("ours")), median(lambda: process("platypus"))
    print(
        f"cold   {cold:7.0f} ms (limit 1500)   plain Platypus {plain:7.0f} ms   {cold / plain:.2f} x (limit 1.3)"
    )


def median(work: Callable[[], object]) -> float:
    """The median time of some rounds, in milliseconds."""
    work()
    times = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - begun))
    return statistics.median(times)


def process(name: str) -> None:
    """Do one of the two in a process of its own."""
    subprocess.run([sys.executable, "-c", COLD.format(name=name)], check=True)


@cache
def district() -> tuple[Report, Form]:
    """The district's report and its form, made once: reading them is no printing, nor is what makes them needed."""
    from dcs_desktop import sample, template_library

    report = sample.district_report()
    template = template_library.template(report.identity.template)
    return report, template_library.form_for(template, report.identity, {})


def ours() -> None:
    """The report as the program prints it."""
    render_report(*district())


def platypus() -> None:
    """The same words through a stock document template: no letterhead, no page-bottom notes, no checks."""
    stock(document(*district()))


def through(said: Document) -> Printed:
    """A document as the program prints it."""
    return render(said, layout("party"))


def stock(said: Document) -> None:
    """A document through a stock document template."""
    register()
    rules = layout("party")
    story = [part for block in said.blocks for part in _flowables(block, styles(rules), said)]
    story += [
        Paragraph(_markup(text, said), styles(rules).note) for texts in said.notes.values() for text in texts
    ]
    for annex in said.annexes:
        story += [PageBreak(), Paragraph(annex.title, styles(rules).title)]
        story += [part for block in annex.blocks for part in _flowables(block, styles(rules), said)]
    SimpleDocTemplate(BytesIO(), invariant=1, initialFontName=REGULAR, lang="vi-VN").build(story)


def _flowables(block: Block, faces: Styles, said: Document) -> Iterator[Flowable]:
    match block:
        case Heading():
            yield Paragraph(f"{block.number}. {block.title}", faces.heading)
        case Prompt(_place, text):
            yield Paragraph(f"- {text}", faces.prompt)
        case Body(_place, runs):
            yield Paragraph(_markup(runs, said), faces.body)
        case Grid():
            yield _table(block, faces, said)


def _markup(runs: Runs, said: Document) -> str:
    text = marked([run for run in runs if not run.box], 14, said.units)
    return text.replace('href="#', 'href="http://')


def _table(grid: Grid, faces: Styles, said: Document) -> Table:
    head = [Paragraph(text, faces.tables.head) for text in grid.head]
    rows = [[Paragraph(_markup(cell, said), faces.tables.plain) for cell in row.cells] for row in grid.rows]
    padded = [row + [""] * (len(head) - len(row)) for row in rows]
    widths = [450 * share / sum(grid.widths) for share in grid.widths]
    style = [("GRID", (0, 0), (-1, -1), 0.5, black), ("FONT", (0, 0), (-1, -1), REGULAR)]
    return Table([head, *padded], colWidths=widths, repeatRows=1, style=style)


if __name__ == "__main__":
    main()
