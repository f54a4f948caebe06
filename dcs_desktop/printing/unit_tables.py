"""The annex of all units: what each of them says to every figure of a section, the totals, whom they cover."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dcs_desktop.core.by_unit import ByUnit, SectionTable, UnitLine
from dcs_desktop.core.combine import Total
from dcs_desktop.core.comparing import Pictured
from dcs_desktop.core.form import Field
from dcs_desktop.core.values import FieldType, Kind, State, Value, shown
from dcs_desktop.printing.document import USUAL, AnnexPart, Block, Body, Grid, GridRow, Heading, Run, Runs
from dcs_desktop.printing.unit_pictures import illustration_of_filing, illustrations

# Words of the paper: Vietnamese in every language of the interface.
ANNEX = "don_vi"
TITLE = "Số liệu theo đơn vị"
TRAINING = " (tập huấn)"
COVERED = "Tổng hợp từ báo cáo của {there}/{all} đơn vị{missing}."
MISSING = "; chưa có: {names}"
UNCOUNTED = " Đã nhận nhưng chưa tính được: {names}."
HOW = (
    "“Không” tính là 0; “chưa có” là đơn vị để trống, “chờ” là đơn vị ghi chưa có số liệu và nêu lý do: không được cộng; "
    "“không áp dụng” không tính vào số đơn vị. Tỷ lệ chung tính từ các tổng, không phải trung bình các tỷ lệ."
)
WHOLE = "Đủ số liệu: {there}/{all} đơn vị{missing}."
LACKING = "; còn thiếu (số ô trống): {names}"
LACKS = "{unit} ({count})"
OTHERS = "{names} và {count} đơn vị khác"
NO_REPORT = {"not_received": "chưa có báo cáo"}
NOT_COUNTED = "báo cáo chưa tính được"
ORDER, UNIT, FIGURE, MEASURE = "TT", "Đơn vị", "Số liệu", "Đơn vị tính"
TOTAL, COVERAGE = "Tổng hợp", "Số đơn vị có số liệu"
DIFFERENT = "khác nhau"
NAMED_MOST = 8
WORDS = {State.BLANK: "chưa có", State.PENDING: "chờ"}
UNDEFINED = "-"
SHARE_ORDER, SHARE_UNIT, SHARE_FIGURE, SHARE_MEASURE = 5, 24, 50, 12
LEAD = 2
TABLES_ALONE = Pictured()
NUMBERLESS = frozenset({Kind.TEXT, Kind.YES_NO, Kind.CHOICE, Kind.CHOICES, Kind.DATE})


def unit_annex(
    below: ByUnit, line: int, *, training: bool = False, pictured: Pictured = TABLES_ALONE
) -> AnnexPart:
    """The annex; ``line`` is how many shares a line holds, a usual column being one of USUAL."""
    coverage, how = (
        Body(ANNEX, (Run(text, italic=text is HOW),), form=True) for text in (_coverage(below), HOW)
    )
    tables = (
        block
        for table in below.tables()
        for block in (*_section(below, table, line), *illustrations(below, table, pictured))
    )
    filed = (illustration_of_filing(below),) if pictured.keys else ()
    blocks = (coverage, *filed, *tables, how)
    return AnnexPart(ANNEX, TITLE + TRAINING * training, True, blocks)


def _coverage(below: ByUnit) -> str:
    """Whose reports the totals are made of, and who is missing."""
    there = [unit for unit in below.units if below.values.get(unit.identity)]
    away = [unit.name for unit in below.units if unit.state == "not_received"]
    uncounted = [unit.name for unit in below.units if unit not in there and unit.state != "not_received"]
    missing = MISSING.format(names=named(away)) if away else ""
    said = COVERED.format(there=len(there), all=len(below.units), missing=missing)
    if uncounted:
        said += UNCOUNTED.format(names=named(uncounted))
    return said


def named(names: Sequence[str]) -> str:
    """The names, of a long list the first ones with the count of the others."""
    if len(names) <= NAMED_MOST + 1:
        return ", ".join(names)
    return OTHERS.format(names=", ".join(names[:NAMED_MOST]), count=len(names) - NAMED_MOST)


def _section(below: ByUnit, table: SectionTable, line: int) -> Iterator[Block]:
    section = table.section
    yield Heading(section.id, 1, section.id, section.title)
    if units_go_across(len(below.units), len(table.fields), line):
        yield _units_across(below, table)
    else:
        yield _units_down(below, table)
    yield Body(section.id, (Run(_wholeness(below, table)),), form=True)


def units_go_across(units: int, figures: int, line: int) -> bool:
    """Whether units are columns rather than rows.

    Units are rows wherever all figures stand side by side: names are short and
    the eye runs down one figure. A few units with many figures become columns,
    since then all of them stand side by side, nothing is parted, and the long
    words of a figure have a wide cell. Where neither fits, units are rows
    again: each part is about some of the figures, and what it repeats is the
    short name of the unit instead of the long one of the figure.
    """
    if SHARE_ORDER + SHARE_UNIT + USUAL * figures <= line:
        return False
    return SHARE_FIGURE + SHARE_MEASURE + USUAL * (units + 2) <= line


def _wholeness(below: ByUnit, table: SectionTable) -> str:
    """How many units gave every figure of a section, and who lacks how many of those asked of it."""
    lacking = dict.fromkeys((unit.identity for unit in below.units), 0)
    for field in table.fields:
        for identity in below.totals.totals[field.key].missing:
            lacking[identity] += 1
    names = [
        LACKS.format(unit=unit.name, count=lacking[unit.identity])
        for unit in below.units
        if lacking[unit.identity] and below.values.get(unit.identity)
    ]
    there = sum(not count for count in lacking.values())
    missing = LACKING.format(names=named(names)) if names else ""
    return WHOLE.format(there=there, all=len(below.units), missing=missing)


def _units_down(below: ByUnit, table: SectionTable) -> Grid:
    rows = [_unit_row(below, table, unit, number) for number, unit in enumerate(below.units, 1)]
    totals = [below.totals.totals[field.key] for field in table.fields]
    whole = (_total_text(field.type, total) for field, total in zip(table.fields, totals, strict=True))
    rows.append(_row(table, "", TOTAL, whole, bold=True))
    rows.append(_row(table, "", COVERAGE, (str(total.value.coverage or "") for total in totals), bold=True))
    numbers = [at for at, field in enumerate(table.fields, LEAD) if field.type.kind not in NUMBERLESS]
    words = [at for at, field in enumerate(table.fields, LEAD) if field.type.kind in NUMBERLESS]
    return Grid(
        table.section.id,
        "",
        (ORDER, UNIT, *(_head(field) for field in table.fields)),
        (SHARE_ORDER, SHARE_UNIT, *(USUAL for _field in table.fields)),
        tuple(rows),
        (0, *words),
        tuple(numbers),
        LEAD,
    )


def _unit_row(below: ByUnit, table: SectionTable, unit: UnitLine, number: int) -> GridRow:
    """What a unit says; of one without a report, the words for that across the row."""
    if not below.values.get(unit.identity):
        said: tuple[Runs, ...] = ((Run(str(number)),), (Run(unit.name),), (Run(_absence(unit), italic=True),))
        return GridRow(table.section.id, said, (1, 1, len(table.fields)))
    return _row(table, str(number), unit.name, (_text(below, unit, field) for field in table.fields))


def _row(table: SectionTable, number: str, name: str, cells: Iterator[str], *, bold: bool = False) -> GridRow:
    texts = (number, name, *cells)
    return GridRow(table.section.id, tuple((Run(text, bold=bold),) for text in texts))


def _units_across(below: ByUnit, table: SectionTable) -> Grid:
    heads = [
        unit.name + ("" if below.values.get(unit.identity) else f" ({_absence(unit)})")
        for unit in below.units
    ]
    rows = []
    for field in table.fields:
        total = below.totals.totals[field.key]
        said = (_text(below, unit, field) for unit in below.units)
        last = (Run(_total_text(field.type, total), bold=True),), (Run(str(total.value.coverage or "")),)
        first = (Run(field.label),), (Run(_measure(field.type)),)
        rows.append(GridRow(table.section.id, (*first, *((Run(text),) for text in said), *last)))
    across = len(heads) + 2
    return Grid(
        table.section.id,
        "",
        (FIGURE, MEASURE, *heads, TOTAL, COVERAGE),
        (SHARE_FIGURE, SHARE_MEASURE, *(USUAL for _column in range(across))),
        tuple(rows),
        (1,),
        tuple(range(LEAD, LEAD + across)),
        LEAD,
    )


def _absence(unit: UnitLine) -> str:
    return NO_REPORT.get(unit.state, NOT_COUNTED)


def _head(field: Field) -> str:
    measure = _measure(field.type)
    return f"{field.label} ({measure})" if measure else field.label


def _measure(kind: FieldType) -> str:
    return "%" if kind.kind is Kind.PERCENT else kind.unit


def _text(below: ByUnit, unit: UnitLine, field: Field) -> str:
    """What a unit says to a figure; a share of nothing is no number, though nothing is missing."""
    value = below.value(unit.identity, field.key)
    if value.state is State.BLANK and field.formula is not None:
        total = below.totals.totals[field.key]
        if unit.identity in total.not_applicable:
            return shown(field.type, Value(State.NOT_APPLICABLE))
        return UNDEFINED if unit.identity in total.covered else WORDS[State.BLANK]
    return WORDS.get(value.state) or shown(field.type, value)


def _total_text(kind: FieldType, total: Total) -> str:
    """The total itself, as it was combined: nothing is added up here."""
    if total.disagreement:
        return DIFFERENT
    value = total.value
    if value.state is State.BLANK:
        return UNDEFINED if total.covered else WORDS[State.BLANK]
    return shown(kind, value)
