"""The rows of a table on a sheet of a filled form: those that were there when it was made, and new ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dcs_desktop.core.form import Form, Table
from dcs_desktop.core.labels import bare
from dcs_desktop.core.offered import NEW, Cell, Offer, alike
from dcs_desktop.core.offline_form import KEY_HEAD, Sheet, cell_name
from dcs_desktop.core.report import Answers
from dcs_desktop.core.values import BLANK, Value, parse
from dcs_desktop.i18n import _


def table_of(form: Form, sheet: Sheet, most: int) -> tuple[Table, int, dict[str, int]] | None:
    """The table whose columns a sheet's first rows name best, the row of the heads, the columns by id."""
    best: tuple[Table, int, dict[str, int]] | None = None
    for at, row in enumerate(sheet.rows[:most]):
        for table in form.tables.values():
            known = {bare(column.label): column.id for column in table.columns}
            found = {
                known[name]: place for place, cell in enumerate(row) if (name := bare(cell.text)) in known
            }
            enough = len(found) >= min(2, len(known))
            if enough and (best is None or _fit(found, table) > _fit(best[2], best[0])):
                best = (table, at, found)
    return best


def _fit(found: Mapping[str, int], table: Table) -> tuple[float, int]:
    return len(found) / len(table.columns), len(found)


@dataclass(slots=True)
class TableReading:
    """One sheet read as one table; ``known``: the file says which answers it was made with."""

    answers: Answers
    base: Mapping[str, Value]
    known: bool
    table: Table
    head: int
    columns: dict[str, int]
    _claimed: set[str] = field(default_factory=set)
    _new: int = 0

    def offers(self, sheet: Sheet) -> Iterator[Offer]:
        """What its rows offer."""
        keys = {bare(cell.text): at for at, cell in enumerate(sheet.rows[self.head])}
        key_column = keys.get(bare(KEY_HEAD), -1)
        prefix = f"{self.table.id}/"
        for at, row in enumerate(sheet.rows[self.head + 1 :], self.head + 1):
            key = row[key_column].text if 0 <= key_column < len(row) else ""
            id = key.removeprefix(prefix) if key.startswith(prefix) else ""
            yield from self._row(sheet, at, row, id, keyed=key.startswith(prefix))

    def _row(self, sheet: Sheet, at: int, row: Sequence[Cell], id: str, *, keyed: bool) -> Iterator[Offer]:
        cells = {column: row[place] for column, place in self.columns.items() if place < len(row)}
        if not id and not any(cell.text for cell in cells.values()):
            return
        there = [each.id for each in self.answers.rows.get(self.table.id, ())]
        gone = bool(id) and id not in there
        row_id = id or self._place_of(cells)
        label = _("dòng {number}").format(
            number=there.index(row_id) + 1 if row_id in there else at - self.head
        )
        doubt = "" if keyed and self.known else _("Dòng này mất mã: chọn nếu muốn thêm vào bảng.")
        for column, cell in cells.items():
            key = f"{self.table.id}/{row_id}/{column}"
            base = self.base.get(key)
            if not cell.text and (base is None or base == BLANK):
                continue
            source = cell_name(sheet.name, at, self.columns[column])
            if not gone:
                yield Offer(source, label, key, cell, base=base, doubt=doubt)
            elif not self._unchanged(column, cell, base):
                yield Offer(
                    source, label, "", cell, out=_("Dòng này đã bị xóa trong báo cáo sau khi lập biểu.")
                )

    def _unchanged(self, column: str, cell: Cell, base: Value | None) -> bool:
        found = parse(self.table.column(column).type, cell.text)
        return isinstance(found, Value) and base is not None and alike(found, base)

    def _place_of(self, cells: Mapping[str, Cell]) -> str:
        """The row of the report that says the same already and that no other line claimed, else a new one."""
        for row in self.answers.rows.get(self.table.id, ()):
            known = f"{self.table.id}/{row.id}/{next(iter(self.columns))}" in self.base
            same = all(
                self._unchanged(column, cell, row.cells.get(column, BLANK)) for column, cell in cells.items()
            )
            if same and not known and row.id not in self._claimed:
                self._claimed.add(row.id)
                return row.id
        self._new += 1
        return f"{NEW}{self._new}"
