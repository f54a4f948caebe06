"""The blocks of one report, from its form and its answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

from dcs_desktop.core.answers import check, compute, is_draft
from dcs_desktop.core.citing import is_citation
from dcs_desktop.core.form import Form, Item, Table
from dcs_desktop.core.linked import DOTS, Figures, shown_link
from dcs_desktop.core.narrative import Inline, Link, NoteMark, Paragraph, Prose, Text, link_markup, read
from dcs_desktop.core.own import is_own
from dcs_desktop.core.report import Letterhead, Report
from dcs_desktop.core.text import one_line
from dcs_desktop.core.values import BLANK, Kind, State, shown
from dcs_desktop.printing.document import (
    AnnexPart,
    Blank,
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
from dcs_desktop.printing.figure_table import figure_table

# Words of the paper: Vietnamese in every language of the interface.
NOTHING = {State.NONE: "Không có.", State.NOT_APPLICABLE: "Không áp dụng."}
ORDER = "TT"


def document(report: Report, form: Form, before: Figures | None = None, digest: str = "") -> Document:
    """What a report prints."""
    figures = compute(form, report.answers, before)
    writer = _Writer(report, form, figures, before)
    blocks = tuple(writer.body())
    annexes = tuple(writer.annexes())
    return Document(
        identity=report.identity,
        title=form.title,
        subject=form.subject,
        letterhead=one_line_each(report.letterhead),
        blocks=blocks,
        annexes=annexes,
        notes=dict(writer.notes),
        units=frozenset(field.type.unit for field in form.fields.values() if field.type.unit),
        digest=digest,
        draft=is_draft(form, check(form, report.answers, figures, before)),
        names=_names(form),
    )


def one_line_each(head: Letterhead) -> Letterhead:
    """The letterhead as it is set: every text composed and on one line, lists without their empty lines."""
    said: dict[str, Any] = {}  # Any: texts, and tuples of them
    for part in fields(head):
        match getattr(head, part.name):
            case str() as text:
                said[part.name] = one_line(text)
            case tuple() as lines:
                said[part.name] = tuple(filter(None, map(one_line, lines)))
    return replace(head, **said)


class _Writer:
    """What writing one report's blocks needs at every step; footnotes are numbered as they are met."""

    def __init__(self, report: Report, form: Form, figures: Figures, before: Figures | None) -> None:
        self.report = report
        self.form = form
        self.figures = figures
        self.before = before
        self.cited: set[str] = set()
        self.notes: dict[int, tuple[Runs, ...]] = {}

    def body(self) -> Iterator[Block]:
        for section in self.form.sections:
            if section.annex:
                continue
            yield Heading(section.id, section.depth, section.number, section.title)
            for item in section.items:
                yield from self.item(item)

    def item(self, item: Item) -> Iterator[Block]:
        if item.printed == "heading":
            yield Heading(item.id, 2, item.number, item.prompt)
        elif item.printed == "dash":
            yield Prompt(item.id, item.prompt)
        if item.prose:
            yield from self.prose(item)
        if is_own(item.id):
            yield from self.item_lines(item)
        for table in item.tables:
            if table.printed == "item":
                yield from self.table(item, table)

    def prose(self, item: Item) -> Iterator[Block]:
        prose = read(self.report.answers.prose(item.id))
        numbers: dict[str, int] = {}
        for paragraph in prose.paragraphs:
            runs = self.runs(paragraph, prose, numbers)
            yield Body(item.id, runs, paragraph.bullet, number=paragraph.number)
        if not prose.paragraphs:
            yield from self.without_prose(item)

    def without_prose(self, item: Item) -> Iterator[Block]:
        """What stands where an answer has no words: never nothing under a prompt."""
        said = NOTHING.get(self.report.answers.value(item.id).state)
        if said:
            yield Body(item.id, (Run(said),))
        elif item.required or item.printed != "no":
            yield Blank(item.id)

    def runs(self, paragraph: Paragraph, prose: Prose, numbers: dict[str, int]) -> Runs:
        return tuple(self.run(inline, prose, numbers) for inline in paragraph.inlines)

    def run(self, inline: Inline, prose: Prose, numbers: dict[str, int]) -> Run:
        match inline:
            case Text(text, bold, italic):
                return Run(text, bold, italic)
            case Link():
                return self.figure(inline)
            case NoteMark(id):
                repeats = id in numbers
                return Run(note=self.note(id, prose, numbers), repeats=repeats)

    def figure(self, link: Link) -> Run:
        value, figure = self.figures.get(link.key, BLANK), link_markup(link)[1:-1]
        if link.form == "boxes" and self.form.type_of(link.key).kind is Kind.YES_NO:
            if value.content is None:
                return Run(box="open", figure=figure)
            return Run(box="yes" if value.content else "no", figure=figure)
        if is_citation(link.key) and link.key not in self.cited:
            self.cited.add(link.key)
            link = replace(link, form="full")
        zero = self.report.letterhead.leading_zero
        text = shown_link(link, self.form, self.figures, self.report.answers, self.before, zero)
        return Run(text, link.bold, link.italic, figure=figure)

    def note(self, id: str, prose: Prose, numbers: dict[str, int]) -> int:
        """The number of a footnote; its text is written when its mark is met first."""
        if id not in numbers:
            number = numbers[id] = len(self.notes) + 1
            self.notes[number] = ((Run(DOTS),),)
            texts = tuple(
                (*_lead(text), *self.runs(text, prose, numbers)) for text in prose.notes.get(id, ())
            )
            self.notes[number] = texts or self.notes[number]
        return numbers[id]

    def annexes(self) -> Iterator[AnnexPart]:
        """The annexes that have something to say; the mark stands on that of the figures, else on the last."""
        made = [(annex, tuple(self.annex(annex.id, annex.form))) for annex in self.form.annexes]
        made = [(annex, blocks) for annex, blocks in made if blocks]
        traced = next(
            (annex for annex, _blocks in made if annex.form == "figures"), made[-1][0] if made else None
        )
        for annex, blocks in made:
            yield AnnexPart(annex.id, annex.title, annex.landscape, blocks, annex is traced)

    def annex(self, id: str, kind: str) -> Iterator[Block]:
        match kind:
            case "lines":
                yield from self.lines(id)
            case "figures":
                yield from figure_table(id, self.form, self.figures, self.before)
            case _:
                yield from self.tables()

    def lines(self, annex: str) -> Iterator[Block]:
        for section in self.form.sections:
            for item in section.items if section.annex == annex else ():
                if item.printed != "no":
                    yield Prompt(item.id, item.prompt)
                yield from self.item_lines(item)

    def item_lines(self, item: Item) -> Iterator[Block]:
        for line in item.lines:
            prose = read(line)
            for paragraph in prose.paragraphs:
                yield Body(item.id, self.runs(paragraph, prose, {}), paragraph.bullet, form=True)

    def tables(self) -> Iterator[Block]:
        for item in self.form.items.values():
            for table in item.tables:
                if table.printed == "annex":
                    yield from self.table(item, table)

    def table(self, item: Item, table: Table) -> Iterator[Block]:
        """A table that has rows; one that was left empty though asked for has one of dots."""
        rows = self.report.answers.rows.get(table.id, ())
        lines = [[shown(c.type, row.cells.get(c.id, BLANK)) or DOTS for c in table.columns] for row in rows]
        state = self.report.answers.value(table.id).state
        if not lines and table.required and state is State.BLANK:
            lines = [[DOTS for _column in table.columns]]
        if lines:
            keys = [f"{table.id}/{row.id}" for row in rows] or [table.id]
            numbered = tuple(
                GridRow(item.id, tuple((Run(cell),) for cell in (str(n), *cells)), key=key)
                for n, (cells, key) in enumerate(zip(lines, keys, strict=True), 1)
            )
            head = (ORDER, *(column.label for column in table.columns))
            yield Grid(item.id, table.label, head, table_widths(table), numbered, (0,))


def _names(form: Form) -> dict[str, str]:
    """What the items and figures of a form are called."""
    items = {item.id: f"{item.id}. {item.prompt}".rstrip(". ") for item in form.items.values()}
    figures = {figure.id: figure.label for figure in form.figures.values()}
    fields = {field.key: field.label for field in form.fields.values()}
    return {**figures, **fields, **{table.id: table.label for table in form.tables.values()}, **items}


def table_widths(table: Table) -> tuple[int, ...]:
    """The shares of the line: a narrow first column for the number, room for a whole date."""
    total = sum(column.width for column in table.columns)
    shares = (max(c.width, total // 6) if c.type.kind is Kind.DATE else c.width for c in table.columns)
    return (max(total // 12, 1), *shares)


def _lead(paragraph: Paragraph) -> Runs:
    """What stands before the entry of a list in a footnote; more room behind a number tells it from a typed one."""
    said = f"{paragraph.lead} " if paragraph.number else paragraph.lead
    return (Run(said),) if said else ()
