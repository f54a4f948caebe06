"""The blocks of a form to be filled in by hand: everything that is asked, once, in the order of the window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dcs_desktop.core.form import Annex, Column, Figure, Form, Item, Section, Table
from dcs_desktop.core.report import Identity, Letterhead
from dcs_desktop.core.values import Kind
from dcs_desktop.printing.contents import ORDER, table_widths
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
from dcs_desktop.printing.layouts import ByHandRules

# Words of the paper: Vietnamese in every language of the interface.
HOW = (
    "Mẫu ghi tay. Số liệu ghi bằng chữ số; không phát sinh thì ghi “không”; chưa có số liệu thì ghi “chưa có” "
    "và lý do. Ô vuông: đánh dấu X vào ô đúng. Thiếu dòng thì ghi tiếp ở mặt sau hoặc tờ rời, có ghi số mục."
)
PLACED = "Mục {place}: {prompt}"
HEAD = ("Số liệu", "Đơn vị tính", "Kết quả")
HEAD_PAIR = ("Số liệu", "Đơn vị tính", "Thực hiện", "Kế hoạch")
WIDTHS = (94, 28, 43)
WIDTHS_PAIR = (79, 24, 31, 31)
DAY = "……/……/…………"


def blank_document(identity: Identity, form: Form, letterhead: Letterhead, rules: ByHandRules) -> Document:
    """The form as it is asked of one unit; number, date and signatory are left to be written.

    Each figure stands at its item and nowhere else, so that nobody writes it
    twice; what the program computes is not asked.
    """
    return Document(
        identity=identity,
        title=form.title,
        subject=form.subject,
        letterhead=replace(letterhead, number="", day=None, signatory=""),
        blocks=(Body("", (Run(HOW, italic=True),)), *_body(form, rules)),
        annexes=tuple(_annexes(form, rules)),
        by_hand=True,
    )


def _body(form: Form, rules: ByHandRules) -> Iterator[Block]:
    for section in form.sections:
        if not section.annex:
            yield Heading(section.id, section.depth, section.number, section.title)
            for item in section.items:
                yield from _item(section, item, rules)


def _item(section: Section, item: Item, rules: ByHandRules) -> Iterator[Block]:
    """What an item asks, under the place that the window calls it by: figures, words, tables (the annex has its own)."""
    if item.printed == "heading":
        yield Heading(item.id, 2, item.number, item.prompt)
    elif item.prompt != section.title:
        numbered = item.id[:1].isupper()
        said = PLACED.format(place=item.id, prompt=item.prompt) if numbered else item.prompt
        yield Prompt(item.id, said)
    figures = [figure for figure in item.figures if not figure.derived]
    if figures:
        yield _figures(item, figures)
    if item.prose:
        yield Blank(item.id, rules.lines)
    for table in item.tables:
        if table.printed != "annex":
            yield from _table(item, table, rules)


def _figures(item: Item, figures: list[Figure]) -> Grid:
    """The figures of an item with a cell for each; a plan has a cell of its own."""
    pairs = any(figure.pair for figure in figures)
    head, widths = (HEAD_PAIR, WIDTHS_PAIR) if pairs else (HEAD, WIDTHS)
    rows = tuple(_row(item, figure, len(head) - 2) for figure in figures)
    return Grid(item.id, "", head, widths, rows, (1,))


def _row(item: Item, figure: Figure, room: int) -> GridRow:
    kind, unit = figure.type.kind, (Run(figure.type.unit),)
    label: Runs = (Run(figure.label),)
    if figure.pair:
        return GridRow(item.id, (label, unit, (), ()))
    if kind is Kind.TEXT:
        return GridRow(item.id, (label, ()), (1, room + 1))
    if kind in (Kind.CHOICE, Kind.CHOICES):
        return GridRow(item.id, (label, _choices(figure)), (1, room + 1))
    cell: Runs = ()
    if kind is Kind.YES_NO:
        cell = (Run(box="open"),)
    elif kind is Kind.DATE:
        cell = (Run(DAY),)
    return GridRow(item.id, (label, unit, cell), (1, 1, room))


def _choices(figure: Figure) -> Runs:
    """Each choice on its line after a box of its own."""
    made: list[Run] = []
    for choice in figure.type.choices:
        made += [Run("\n" if made else ""), Run(box="lone"), Run(choice.label)]
    return tuple(made)


def _annexes(form: Form, rules: ByHandRules) -> Iterator[AnnexPart]:
    """What is asked in annexes, and the lists, on pages that can be copied; one that prints figures again asks nothing."""
    for annex in form.annexes:
        blocks = (*_sheet(annex, form, rules), *_lists(annex, form, rules))
        if blocks:
            yield AnnexPart(annex.id, annex.title, annex.landscape, blocks)


def _sheet(annex: Annex, form: Form, rules: ByHandRules) -> Iterator[Block]:
    for section in form.sections:
        asking = [item for item in section.items if any(not figure.derived for figure in item.figures)]
        if section.annex == annex.id and asking:
            yield Heading(section.id, section.depth, section.number, section.title)
            for item in asking:
                yield from _item(section, item, rules)


def _lists(annex: Annex, form: Form, rules: ByHandRules) -> Iterator[Block]:
    for item in form.items.values() if annex.form == "tables" else ():
        for table in item.tables:
            if table.printed == "annex":
                yield from _table(item, table, rules)


def _table(item: Item, table: Table, rules: ByHandRules) -> Iterator[Block]:
    """A table of numbered empty rows, and below it what may be written in a column of choices."""
    cells: tuple[Runs, ...] = ((),) * len(table.columns)
    rows = tuple(GridRow(item.id, ((Run(str(n)),), *cells)) for n in range(1, rules.rows + 1))
    head = (ORDER, *map(_named, table.columns))
    yield Grid(item.id, table.label, head, table_widths(table), rows, (0,))
    for column in table.columns:
        if column.type.choices:
            said = "; ".join(choice.label for choice in column.type.choices)
            yield Body(
                item.id, (Run(f"{column.label}: ", bold=True), Run(f"{said}.", italic=True)), form=True
            )


def _named(column: Column) -> str:
    return f"{column.label} ({column.type.unit})" if column.type.unit else column.label
