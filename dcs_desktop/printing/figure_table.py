"""The annex of figures: one table of every figure, section by section."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dcs_desktop.core.form import Figure, Form, Section
from dcs_desktop.core.linked import DOTS, Figures
from dcs_desktop.core.values import BLANK, FieldType, Kind, State, Value, shown
from dcs_desktop.printing.document import Grid, GridRow, Run

# Words of the paper: Vietnamese in every language of the interface.
ORDER, LABEL, UNIT, REMARK = "TT", "Nội dung", "Đơn vị tính", "Ghi chú"
DONE, TARGET, SHARE, BEFORE = "Thực hiện", "Kế hoạch", "Tỷ lệ", "Kỳ trước"
PERIOD, YEAR = "Trong kỳ", "Lũy kế"
SHARES = {ORDER: 10, UNIT: 20, DONE: 20, PERIOD: 20, YEAR: 20, TARGET: 18, SHARE: 18, BEFORE: 19, REMARK: 17}
WHOLE = 165


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which columns a table has: those of pairs, of what is counted since the start of the year, of last period."""

    pairs: bool
    year: bool
    before: bool

    @property
    def head(self) -> tuple[str, ...]:
        done = PERIOD if self.year else DONE
        between = (*([YEAR] if self.year else []), *([TARGET, SHARE] if self.pairs else []))
        return (ORDER, LABEL, UNIT, done, *between, *([BEFORE] if self.before else []), REMARK)

    @property
    def widths(self) -> tuple[int, ...]:
        """Shares of the width; the label has what the others leave."""
        rest = WHOLE - sum(SHARES[head] for head in self.head if head != LABEL)
        return tuple(SHARES.get(head, rest) for head in self.head)

    @property
    def centred(self) -> tuple[int, ...]:
        return tuple(place for place, head in enumerate(self.head) if head not in (LABEL, REMARK))


def figure_table(annex: str, form: Form, figures: Figures, before: Figures | None) -> Iterator[Grid]:
    """The table, with last period's figures where there are any; none when nothing is asked.

    An annex that sections name has their figures, any other those of the whole report.
    """
    own = [section for section in form.sections if section.annex == annex]
    sections = [(each, _lines(each, figures)) for each in own or form.sections]
    asked = [line for _section, lines in sections for line in lines]
    known = before is not None and any(value.state is State.GIVEN for value in before.values())
    columns = _Columns(not own or any(f.pair for f, _year in asked), any(year for _f, year in asked), known)
    rows: list[GridRow] = []
    number = 0
    for section, lines in sections:
        if lines:
            title = f"{section.number if own else section.id}. {section.title}"
            rows.append(GridRow(section.id, ((Run(title, bold=True),),), (len(columns.head),)))
        for figure, year in lines:
            number += 1
            cells = {ORDER: Run(str(number)), **_cells(form, figure, year, figures, before or {})}
            rows.append(_row(form.item_of[figure.id], columns, cells, figure))
    if rows:
        yield Grid(annex, "", columns.head, columns.widths, tuple(rows), columns.centred)


def _lines(section: Section, figures: Figures) -> list[tuple[Figure, Figure | None]]:
    """The figures that have a line, each with the one that counts it since the start of the year."""
    standing = [f for item in section.items for f in item.figures if _stands(f, figures)]
    ids = {figure.id for figure in standing}
    years = {figure.of: figure for figure in standing if figure.of in ids}
    return [(figure, years.get(figure.id)) for figure in standing if figure.of not in ids]


def _row(place: str, columns: _Columns, cells: Mapping[str, Run], figure: Figure) -> GridRow:
    """A row of the table; words take the columns that a pair's plan and share would."""
    said = tuple((cells.get(PERIOD if head == DONE else head, Run()),) for head in columns.head)
    if not figure.type.wide:
        return GridRow(place, said, key=figure.id)
    done, free = 3, int(columns.year) + 2 * int(columns.pairs)
    spans = tuple(1 + free if column == done else 1 for column in range(len(said) - free))
    return GridRow(place, (*said[: done + 1], *said[done + 1 + free :]), spans, figure.id)


def _stands(figure: Figure, figures: Figures) -> bool:
    """Whether a figure has a line of its own: what is optional and not answered has none."""
    answered = any(figures.get(key, BLANK).answered for key in figure.base_keys)
    return answered or any(field.required for field in figure.fields)


def _cells(
    form: Form, figure: Figure, year: Figure | None, figures: Figures, before: Figures
) -> dict[str, Run]:
    """The cells of a line by column."""
    done, *target = (figures.get(key, BLANK) for key in figure.base_keys)
    then = before.get(figure.base_keys[0], BLANK)
    cells = {
        LABEL: Run(figure.label),
        UNIT: Run("" if figure.type.kind is Kind.PERCENT else figure.type.unit),
        PERIOD: Run(cell(figure.type, done), figure=figure.base_keys[0]),
        BEFORE: Run("" if figure.type.wide else cell(figure.type, then, "-")),
    }
    beside = [done, *target]
    if target:
        share = form.fields[f"{figure.id}.percent"]
        cells[TARGET] = Run(cell(figure.type, target[0]), figure=figure.base_keys[1])
        cells[SHARE] = Run(cell(share.type, figures.get(share.key, BLANK), "-"), figure=share.key)
    if year is not None:
        since = figures.get(year.id, BLANK)
        cells[YEAR] = Run(cell(year.type, since), figure=year.id)
        beside.append(since)
    return {**cells, REMARK: Run(_remark(*beside))}


def cell(kind: FieldType, value: Value, nothing: str = DOTS) -> str:
    """A value in a table: dots where it is not answered, with how many units a total covers if not all."""
    text = shown(kind, value) or nothing
    if kind.kind is Kind.PERCENT and value.state is State.GIVEN:
        text += "%"
    if value.coverage is not None and not value.coverage.full:
        text += f" ({value.coverage} đơn vị)"
    return text


def _remark(*values: Value) -> str:
    said = (part for value in values for part in (value.reason, value.note) if part)
    return "; ".join(dict.fromkeys(said))
