"""What the printed report says, block by block: no ReportLab, no millimetre.

The paper is Vietnamese in whatever language the window speaks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dcs_desktop.core.answers import compute
from dcs_desktop.core.form import Figure, Form, Item, Table
from dcs_desktop.core.linked import DOTS, Figures, shown_link
from dcs_desktop.core.narrative import Inline, Link, NoteMark, Paragraph, Prose, Text, read
from dcs_desktop.core.report import Letterhead, Report
from dcs_desktop.core.values import BLANK, Kind, State, Value, shown


@dataclass(frozen=True, slots=True)
class Run:
    """A run of letters in one style; ``note`` is the number of the footnote whose mark stands here."""

    text: str = ""
    bold: bool = False
    italic: bool = False
    note: int = 0
    box: str = ""  # "yes", "no" or "open": a pair of tick boxes


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading; depth 0 for I, 1 for 1."""

    place: str
    depth: int
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """The dash line that an answer stands under."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Body:
    """A paragraph of the report, or an entry of a list."""

    place: str
    runs: tuple[Run, ...]
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a head that is repeated; ``widths`` are shares of the line."""

    place: str
    title: str
    head: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    centred: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Blank:
    """An answer that is not there: a dotted line."""

    place: str


Block = Heading | Prompt | Body | Blank | Grid


@dataclass(frozen=True, slots=True)
class AnnexPart:
    """An annex: its title and its blocks, on pages of its own."""

    id: str
    title: str
    landscape: bool
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report as it will be printed."""

    title: str
    subject: str
    letterhead: Letterhead
    blocks: tuple[Block, ...]
    annexes: tuple[AnnexPart, ...]
    notes: Mapping[int, tuple[tuple[Run, ...], ...]]
    unit: str
    digest: str = ""


def document(report: Report, form: Form, before: Figures | None = None, digest: str = "") -> Document:
    """The blocks of a report."""
    writer = _Writer(report, form, compute(form, report.answers, before), before)
    blocks = tuple(writer.body())
    annexes = tuple(writer.annexes())
    return Document(
        form.title,
        form.subject,
        report.letterhead,
        blocks,
        annexes,
        dict(writer.notes),
        report.identity.unit.name,
        digest,
    )


class _Writer:
    """What writing one report's blocks needs at every step; footnotes are numbered as they are met."""

    def __init__(self, report: Report, form: Form, figures: Figures, before: Figures | None) -> None:
        self.report = report
        self.form = form
        self.figures = figures
        self.before = before
        self.notes: dict[int, tuple[tuple[Run, ...], ...]] = {}

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
        for table in item.tables:
            if table.printed == "item":
                yield from self.table(item, table)

    def prose(self, item: Item) -> Iterator[Block]:
        prose = read(self.report.answers.prose(item.id))
        numbers: dict[str, int] = {}
        for paragraph in prose.paragraphs:
            yield Body(item.id, self.runs(paragraph, prose, numbers), paragraph.bullet)
        if not prose.paragraphs and item.required:
            yield Blank(item.id)

    def runs(self, paragraph: Paragraph, prose: Prose, numbers: dict[str, int]) -> tuple[Run, ...]:
        return tuple(self.run(inline, prose, numbers) for inline in paragraph.inlines)

    def run(self, inline: Inline, prose: Prose, numbers: dict[str, int]) -> Run:
        match inline:
            case Text(text, bold, italic):
                return Run(text, bold, italic)
            case Link():
                return self.figure(inline)
            case NoteMark(id):
                return Run(note=self.note(id, prose, numbers))

    def figure(self, link: Link) -> Run:
        value = self.figures.get(link.key, BLANK)
        if link.form == "boxes":
            box = "" if value.content is None else ("yes" if value.content else "no")
            return Run(box=box or "open")
        zero = self.report.letterhead.leading_zero
        text = shown_link(link, self.form, self.figures, self.report.answers, self.before, zero)
        return Run(text, link.bold, link.italic)

    def note(self, id: str, prose: Prose, numbers: dict[str, int]) -> int:
        if id not in numbers:
            number = len(self.notes) + 1
            numbers[id] = number
            self.notes[number] = ()
            texts = prose.notes.get(id, ())
            self.notes[number] = tuple(self.runs(text, prose, numbers) for text in texts)
        return numbers[id]

    def annexes(self) -> Iterator[AnnexPart]:
        for annex in self.form.annexes:
            match annex.form:
                case "lines":
                    blocks = tuple(self.lines(annex.id))
                case "figures":
                    blocks = tuple(self.figure_grids())
                case _:
                    blocks = tuple(self.table_grids())
            if blocks:
                yield AnnexPart(annex.id, annex.title, annex.landscape, blocks)

    def lines(self, annex: str) -> Iterator[Block]:
        for section in self.form.sections:
            for item in section.items if section.annex == annex else ():
                if item.printed != "no":
                    yield Prompt(item.id, item.prompt)
                for line in item.lines:
                    prose = read(line.lstrip("- ") if line.startswith("- ") else line)
                    for paragraph in prose.paragraphs:
                        yield Body(item.id, self.runs(paragraph, prose, {}), line.startswith("- "))

    def figure_grids(self) -> Iterator[Block]:
        for section in self.form.sections:
            rows = tuple(
                row
                for item in section.items
                for figure in item.figures
                if self.stands(figure)
                for row in self.figure_rows(figure)
            )
            if rows:
                head = ("TT", "Nội dung", "Đơn vị tính", "Số liệu", "Ghi chú")
                numbered = tuple((str(n), *row) for n, row in enumerate(rows, 1))
                yield Grid(
                    section.id,
                    f"{section.id}. {section.title}",
                    head,
                    (5, 45, 13, 20, 17),
                    numbered,
                    (0, 2, 3),
                )

    def stands(self, figure: Figure) -> bool:
        """Whether a figure has a line of its own: what is optional and not answered has none."""
        answered = any(self.figures[key].answered for key in figure.base_keys)
        return answered or any(field.required for field in figure.fields)

    def figure_rows(self, figure: Figure) -> Iterator[tuple[str, str, str, str]]:
        kind = figure.type
        if not figure.pair:
            value = self.figures[figure.id]
            yield figure.label, kind.unit, self.cell(value, figure), self.remark(value)
            return
        done, target = (self.figures[key] for key in figure.base_keys)
        percent = self.figures[f"{figure.id}.percent"]
        text = f"{self.cell(done, figure)}/{self.cell(target, figure)}"
        share = (
            ""
            if percent.number is None
            else f"{shown(self.form.fields[f'{figure.id}.percent'].type, percent)}%"
        )
        yield figure.label, kind.unit, text, " ".join(filter(None, (share, self.remark(done))))

    def cell(self, value: Value, figure: Figure) -> str:
        text = shown(figure.type, value)
        percent = figure.type.kind is Kind.PERCENT and value.state is State.GIVEN
        return f"{text}%" if percent else text or DOTS

    def remark(self, value: Value) -> str:
        coverage = "" if value.coverage is None or value.coverage.full else f"{value.coverage} đơn vị"
        return "; ".join(filter(None, (coverage, value.reason, value.note)))

    def table_grids(self) -> Iterator[Block]:
        for item in self.form.items.values():
            for table in item.tables:
                if table.printed == "annex":
                    yield from self.table(item, table)

    def table(self, item: Item, table: Table) -> Iterator[Block]:
        rows = self.report.answers.rows.get(table.id, ())
        if not rows:
            return
        cells = tuple(
            (str(n), *(shown(c.type, row.cells.get(c.id, BLANK)) or DOTS for c in table.columns))
            for n, row in enumerate(rows, 1)
        )
        head = ("TT", *(column.label for column in table.columns))
        yield Grid(item.id, table.label, head, _widths(table), cells, (0,))


def _widths(table: Table) -> tuple[int, ...]:
    """The shares of the line: a narrow first column for the number, room for a whole date."""
    total = sum(column.width for column in table.columns)
    shares = (max(c.width, total // 6) if c.type.kind is Kind.DATE else c.width for c in table.columns)
    return (max(total // 12, 1), *shares)
