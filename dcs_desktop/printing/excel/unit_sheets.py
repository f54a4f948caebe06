"""A sheet per section over all units: units down, figures across, totals as formulas, and whom they cover."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from xlsxwriter.utility import quote_sheetname, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from dcs_desktop.core.by_unit import ByUnit, SectionTable
from dcs_desktop.core.combine import Total, needed_for
from dcs_desktop.core.form import Field, Form
from dcs_desktop.core.values import Kind, State
from dcs_desktop.printing.excel.book import INAPPLICABLE, Book, exact, measured, number_format, tall_enough
from dcs_desktop.printing.excel.formulas import DIFFERENT, coverage_formula, total_formula

FIRST_ROW: Final = 5
FIRST_COLUMN: Final = 3
HEADS: Final = ("TT", "Đơn vị", "Báo cáo")
WIDTHS: Final = (5, 26, 18)
WIDTH: Final = 17
KEY_HEIGHT: Final = 26
ACROSS: Final = 7  # so many figures stand on the width of one page
STATES: Final = {
    "not_received": "chưa nhận",
    "received": "đã nhận",
    "with_errors": "có lỗi",
    "correction_requested": "đã đề nghị chỉnh sửa",
    "accepted": "đã chấp nhận",
}


def add_units(book: Book, below: ByUnit) -> tuple[Field, ...]:
    """The sheets; the figures whose totals stand there as numbers only, because no formula can say them."""
    sheets = [(table, book.sheet(f"Đơn vị {table.section.id}")) for table in below.tables()]
    ranges = {
        field.key: _range(sheet, column, len(below.units))
        for table, sheet in sheets
        for column, field in enumerate(table.fields, FIRST_COLUMN)
    }
    return tuple(
        field for table, sheet in sheets for field in _Sheet(book, sheet, below, table, ranges).write()
    )


def _range(sheet: Worksheet, column: int, units: int) -> str:
    cells = xl_range_abs(FIRST_ROW, column, FIRST_ROW + max(units, 1) - 1, column)
    return f"{quote_sheetname(sheet.get_name())}!{cells}"


class _Sheet:
    """One section over all units."""

    def __init__(
        self, book: Book, sheet: Worksheet, below: ByUnit, table: SectionTable, ranges: Mapping[str, str]
    ) -> None:
        self.book, self.sheet, self.below, self.table, self.ranges = book, sheet, below, table, ranges
        self.form: Form = below.totals.form
        self.last = FIRST_ROW + len(below.units)

    def write(self) -> list[Field]:
        """Fill the sheet; the figures without a formula."""
        self.heads()
        for place, unit in enumerate(self.below.units):
            row = FIRST_ROW + place
            state = STATES[unit.state] + (", quá hạn" if unit.late else "")
            self.sheet.write_number(row, 0, place + 1, self.book.framed(align="center"))
            self.book.text(self.sheet, (row, 1), unit.name, self.book.framed(text_wrap=True))
            self.book.text(self.sheet, (row, 2), state, self.book.framed(text_wrap=True))
            for column, field in enumerate(self.table.fields, FIRST_COLUMN):
                self.cell(row, column, unit.identity, field)
        self.foot()
        return [
            field
            for column, field in enumerate(self.table.fields, FIRST_COLUMN)
            if not self.total(column, field)
        ]

    def heads(self) -> None:
        """Title, heads with their units of measure and keys, and how the sheet is printed."""
        section, sheet, book = self.table.section, self.sheet, self.book
        book.heading(sheet, f"{section.id}. {section.title}")
        covered = sum(unit.state != "not_received" for unit in self.below.units)
        book.text(sheet, (1, 0), f"Đã nhận báo cáo của {covered}/{len(self.below.units)} đơn vị.")
        for column, (head, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.merge_range(2, column, FIRST_ROW - 1, column, head, book.head)
        small = book.framed(italic=True, align="center", font_size=8, font_color="#555555", text_wrap=True)
        for column, field in enumerate(self.table.fields, FIRST_COLUMN):
            sheet.set_column(column, column, WIDTH)
            book.text(sheet, (2, column), field.label, book.head)
            book.text(sheet, (3, column), measured(field.type), small)
            book.text(sheet, (4, column), field.key, small)
        sheet.set_row(2, tall_enough((field.label for field in self.table.fields), WIDTH))
        sheet.set_row(4, KEY_HEIGHT)
        sheet.freeze_panes(FIRST_ROW, FIRST_COLUMN)
        sheet.print_area(1, 0, self.last + 1, FIRST_COLUMN + len(self.table.fields) - 1)
        sheet.set_landscape()
        sheet.repeat_rows(2, FIRST_ROW - 1)
        sheet.repeat_columns(0, 1)
        sheet.fit_to_pages(-(-len(self.table.fields) // ACROSS), 0)

    def cell(self, row: int, column: int, unit: str, field: Field) -> None:
        """What one unit says."""
        value = self.below.value(unit, field.key)
        if field.type.kind is Kind.YES_NO and value.state is State.NONE:
            self.book.text(self.sheet, (row, column), "Không", self.book.framed())
        else:
            self.book.value(self.sheet, (row, column), field.type, value)

    def foot(self) -> None:
        """The heads of the two last rows."""
        bold = self.book.framed(bold=True, bg_color="#E7ECF2")
        for row, word in ((self.last, "Tổng hợp"), (self.last + 1, "Số đơn vị có số liệu")):
            self.sheet.merge_range(row, 0, row, FIRST_COLUMN - 1, word, bold)

    def total(self, column: int, field: Field) -> bool:
        """The total and its coverage; whether a formula says the total."""
        total = self.below.totals.totals[field.key]
        cells = self.ranges[field.key]
        countable = field.formula is None and field.type.numeric and self.exact(field)
        coverage = str(total.value.coverage or "")
        plain = self.book.framed(align="right", italic=True)
        if countable:
            self.sheet.write_formula(
                self.last + 1, column, coverage_formula(cells, INAPPLICABLE), plain, coverage
            )
        else:
            self.book.text(self.sheet, (self.last + 1, column), coverage, plain)
        said = total_formula(field, self.form, self.ranges) if self.exact(field) else ""
        if not said or not self.below.units:
            self.book.value(
                self.sheet, (self.last, column), field.type, total.value, bold=True, bg_color="#E7ECF2"
            )
            return False
        bold = self.book.framed(bold=True, bg_color="#E7ECF2", num_format=self.pattern(total))
        self.sheet.write_formula(self.last, column, said, bold, self.shown(total))
        return True

    def exact(self, field: Field) -> bool:
        """Whether every number that a total is made of can stand in a spreadsheet, and a sum itself."""
        keys = (field.key,) if field.formula is None else needed_for(field.formula, self.form)[0]
        numbers = [self.below.value(unit.identity, key).content for unit in self.below.units for key in keys]
        if field.formula is None:
            numbers.append(self.below.totals.totals[field.key].value.content)
        return all(exact(n) for n in numbers if isinstance(n, Decimal))

    def pattern(self, total: Total) -> str:
        """How a total is shown; one of nothing at all reads "không"."""
        content = total.value.content
        kind = self.form.fields[total.key].type
        places = kind.decimals if kind.kind is Kind.PERCENT else 6
        pattern = number_format(content, places) if isinstance(content, Decimal) else "#,##0"
        return f'{pattern};-{pattern};"không"' if total.value.state is State.NONE else pattern

    def shown(self, total: Total) -> float | str:
        """What the cell says before the spreadsheet computes it itself."""
        if total.disagreement:
            return DIFFERENT
        number = total.value.number
        return float(number) if number is not None else ""
