"""Which table of a report a copied table is meant for: by the heads of its columns, compared without marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dcs_desktop.core.form import Column, Table
from dcs_desktop.core.labels import bare
from dcs_desktop.core.offered import NEW, Block, Cell, Offer
from dcs_desktop.core.placing import place
from dcs_desktop.i18n import _

# Heads are looked for in so many lines: a title may stand above them.
HEADS_WITHIN: Final = 4
COUNTING: Final = frozenset({"", "tt", "stt", "so tt", "so thu tu"})
COLUMN_NUMBER: Final = re.compile(r"\(?(\d{1,2})\)?$")


@dataclass(frozen=True, slots=True)
class Fit:
    """A table of the report whose columns a copied table names: in the line ``head``, its cells by their places."""

    table: Table
    head: int
    columns: Mapping[int, str]


def fitting(tables: Iterable[Table], block: Block) -> Fit | None:
    """The table that a block names most columns of, the first of several; None where it names too few of any.

    It has to name two columns, or the only one, and half of its own heads have to be columns of that table.
    """
    best: Fit | None = None
    for table in tables:
        for at, line in enumerate(block[:HEADS_WITHIN]):
            columns = _named(table.columns, line)
            heads = [cell for cell in line if bare(cell.text) not in COUNTING]
            enough = len(columns) >= min(2, len(table.columns)) and 2 * len(columns) >= len(heads)
            if enough and (best is None or len(columns) > len(best.columns)):
                best = Fit(table, at, columns)
    return best


def _named(columns: Sequence[Column], line: Sequence[Cell]) -> dict[int, str]:
    """The columns that a line names: said alike, or with some words more or fewer where that can be one only."""
    heads = {at: bare(cell.text) for at, cell in enumerate(line) if bare(cell.text) not in COUNTING}
    known = {column.id: bare(column.label) for column in columns}
    found = _pairs(heads, known, lambda head, label: head == label)
    left = {at: head for at, head in heads.items() if at not in found}
    open_ = {id: label for id, label in known.items() if id not in found.values()}
    return found | _pairs(left, open_, _alike)


def _pairs(
    heads: Mapping[int, str], known: Mapping[str, str], same: Callable[[str, str], bool]
) -> dict[int, str]:
    """Each head with the column it names, where neither could be another one."""
    named = {at: [id for id, label in known.items() if same(head, label)] for at, head in heads.items()}
    single = {at: ids[0] for at, ids in named.items() if len(ids) == 1}
    times = list(single.values())
    return {at: id for at, id in single.items() if times.count(id) == 1}


def _alike(head: str, label: str) -> bool:
    one, other = frozenset(head.split()), frozenset(label.split())
    return one <= other or other <= one


def appended(fit: Fit, block: Block, there: int, before: int = 0) -> tuple[Offer, ...]:
    """The cells of a block for new rows of the table that it fits, behind ``there`` rows and ``before`` new ones.

    What has no place in the table stays out and is told: the lines above the heads, the columns it does not have.
    """
    label, columns = fit.table.label, fit.columns
    out = [
        Offer(
            place(at, 0),
            "",
            "",
            cell,
            out=_("Dòng trên tên cột không thuộc bảng “{table}”.").format(table=label),
        )
        for at, line in enumerate(block[: fit.head])
        for cell in line
        if cell.text.strip()
    ]
    rows = [
        (at, line) for at, line in enumerate(block[fit.head + 1 :], fit.head + 1) if not _counts_columns(line)
    ]
    out += _without_place(fit, block[fit.head], [line for _at, line in rows])
    filled = [(at, line) for at, line in rows if any(line[c].text.strip() for c in columns if c < len(line))]
    return (
        *(
            Offer(
                place(at, column),
                _("dòng {number}").format(number=there + number),
                f"{fit.table.id}/{NEW}{number}/{columns[column]}",
                cell,
            )
            for number, (at, line) in enumerate(filled, before + 1)
            for column, cell in enumerate(line)
            if column in columns and cell.text.strip()
        ),
        *out,
    )


def _without_place(fit: Fit, heads: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> list[Offer]:
    """A word on every column that the table does not have and that says something."""
    found = []
    for at in range(max(map(len, rows), default=0)):
        head = heads[at].text if at < len(heads) else ""
        said = [row[at].text for row in rows if at < len(row) and row[at].text.strip()]
        counting = bare(head) in COUNTING and all(_is_number(text) for text in said)
        if at not in fit.columns and said and not counting:
            reason = _("Bảng “{table}” không có cột này: {count} ô để ngoài.")
            cell = Cell(said[0] if len(said) == 1 else f"{said[0]} …")
            source = _("cột {column}").format(column=at + 1)
            out = reason.format(table=fit.table.label, count=len(said))
            found.append(Offer(source, head.strip(), "", cell, out=out))
    return found


def _is_number(text: str) -> bool:
    return text.strip().rstrip(".)").isdigit()


def _counts_columns(line: Sequence[Cell]) -> bool:
    """Whether a line only counts the columns, as forms do under their heads: (1), (2), (3)."""
    found = [COLUMN_NUMBER.fullmatch(cell.text.strip()) for cell in line if cell.text.strip()]
    numbers = [int(one[1]) for one in found if one is not None]
    return len(numbers) == len(found) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
