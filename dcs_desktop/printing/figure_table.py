"""The annex of figures: one table of every figure, section by section."""

from __future__ import annotations

from collections.abc import Iterator

from dcs_desktop.core.form import Figure, Form, Section
from dcs_desktop.core.linked import DOTS, Figures
from dcs_desktop.core.values import BLANK, FieldType, Kind, State, Value, shown
from dcs_desktop.printing.document import Grid, GridRow, Run

# Words of the paper: Vietnamese in every language of the interface.
HEAD = ("TT", "Nội dung", "Đơn vị tính", "Thực hiện", "Kế hoạch", "Tỷ lệ")
BEFORE = "Kỳ trước"
REMARK = "Ghi chú"
WIDTHS = (10, 57, 21, 21, 19, 18, 19)
WIDTHS_BEFORE = (10, 44, 20, 20, 18, 18, 19, 16)
CENTRED = (0, 2, 3, 4, 5)


def figure_table(annex: str, form: Form, figures: Figures, before: Figures | None) -> Iterator[Grid]:
    """The table, with last period's figures where there are any; none when nothing is asked."""
    rows: list[GridRow] = []
    head = (*HEAD, BEFORE, REMARK) if before else (*HEAD, REMARK)
    number = 0
    for section in form.sections:
        standing = [f for item in section.items for f in item.figures if _stands(f, figures)]
        if standing:
            rows.append(GridRow(section.id, ((Run(_title(section), bold=True),),), (len(head),)))
        for figure in standing:
            number += 1
            cells = (Run(str(number)), *_cells(form, figure, figures, before))
            rows.append(_row(form.item_of[figure.id], cells, figure))
    if rows:
        centred = (*CENTRED, 6) if before else CENTRED
        yield Grid(annex, "", head, WIDTHS_BEFORE if before else WIDTHS, tuple(rows), centred)


def _row(place: str, cells: tuple[Run, ...], figure: Figure) -> GridRow:
    """A row of the table; words take the columns that a pair's plan and share would."""
    if figure.type.kind is not Kind.TEXT:
        return GridRow(place, tuple((cell,) for cell in cells), key=figure.id)
    number, label, unit, done, _target, _share, *others = cells
    said = tuple((cell,) for cell in (number, label, unit, done, *others))
    return GridRow(place, said, (1, 1, 1, 3, *(1 for _other in others)), figure.id)


def _title(section: Section) -> str:
    return f"{section.id}. {section.title}"


def _stands(figure: Figure, figures: Figures) -> bool:
    """Whether a figure has a line of its own: what is optional and not answered has none."""
    answered = any(figures.get(key, BLANK).answered for key in figure.base_keys)
    return answered or any(field.required for field in figure.fields)


def _cells(form: Form, figure: Figure, figures: Figures, before: Figures | None) -> tuple[Run, ...]:
    done, *target = (figures.get(key, BLANK) for key in figure.base_keys)
    share = form.fields[f"{figure.id}.percent"] if figure.pair else None
    cells = (
        Run(figure.label),
        Run("" if figure.type.kind is Kind.PERCENT else figure.type.unit),
        Run(cell(figure.type, done), figure=figure.base_keys[0]),
        Run(cell(figure.type, target[0]), figure=figure.base_keys[1]) if target else Run(),
        Run(cell(share.type, figures.get(share.key, BLANK), "-"), figure=share.key) if share else Run(),
    )
    remark = Run(_remark(done, *target))
    if not before:
        return (*cells, remark)
    then = before.get(figure.base_keys[0], BLANK)
    return (*cells, Run("" if figure.type.kind is Kind.TEXT else cell(figure.type, then, "-")), remark)


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
