"""Tables: a head that is repeated on every page, rows that break between lines when they are long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from reportlab.pdfgen.canvas import Canvas

from dcs_desktop.printing.footnotes import FEWEST, Inside, Lines

LONG_ROW = 8


@dataclass(frozen=True)
class Measures:
    """The width of the table and the air in a cell, in points."""

    width: float
    side: float
    above: float
    below: float
    line: float


class Row:
    """A row: the broken text and the width of each cell, the place it prints and its key there.

    A row of one cell heads those below it. ``broken`` rows are parts of a
    longer one: their text begins at the top. ``least`` is how tall the text
    is taken to be at least.
    """

    def __init__(
        self,
        cells: Sequence[Lines],
        widths: Sequence[float],
        place: str = "",
        key: str = "",
        *,
        broken: bool = False,
        least: float = 0.0,
    ) -> None:
        self.cells = tuple(cells)
        self.widths = tuple(widths)
        self.place = place
        self.key = key
        self.broken = broken
        self.lines = max(cell.count for cell in cells)
        self.text_height = max(least, *(cell.height(cell.count) for cell in cells))
        self.marks = tuple(mark for cell in cells for mark in cell.marks(cell.count))

    def breaks(self, *, last: bool) -> Iterator[int]:
        """After which lines it may be cut, its end among them unless it heads the next row."""
        if self.lines >= LONG_ROW:
            yield from range(FEWEST, self.lines - FEWEST + 1)
        if last or len(self.cells) > 1:
            yield self.lines

    def first(self, lines: int) -> Row:
        """Its first lines as a row."""
        if lines >= self.lines:
            return self
        cells = [cell if cell.count <= lines else cell.cut(lines)[0] for cell in self.cells]
        return Row(cells, self.widths, self.place, self.key, broken=True)

    def rest(self, lines: int) -> Row:
        """What its first lines leave, as a row."""
        cells = [cell.cut(min(lines, cell.count))[1] for cell in self.cells]
        return Row(cells, self.widths, self.place, self.key, broken=True)


class Rows:
    """A table whose rows were broken into lines; a step is a row, or a line of a long one.

    ``together`` is the fewest steps that may stand alone before and after a cut.
    """

    def __init__(
        self,
        head: Sequence[Row],
        rows: Sequence[Row],
        measures: Measures,
        before: float = 0.0,
        *,
        together: int = 1,
    ) -> None:
        self._head = tuple(head)
        self._rows = tuple(rows)
        self._measures = measures
        self._air = measures.above + measures.below
        self.before = before
        self.after = 0.0
        self._head_height = sum(map(self._tall, self._head))
        self._steps = tuple(
            (number, line)
            for number, row in enumerate(rows)
            for line in row.breaks(last=number == len(rows) - 1)
        )
        self.first = self.last = together
        self._head_marks = tuple(mark for row in self._head for mark in row.marks)
        self._noted = any(row.marks for row in self._rows)
        self._ends = (0.0, *accumulate(map(self._tall, self._rows)))

    def _tall(self, row: Row) -> float:
        return row.text_height + self._air

    @property
    def count(self) -> int:
        """How many steps it has."""
        return len(self._steps)

    def height(self, steps: int) -> float:
        """The height of its head and first steps."""
        if not steps:
            return self._head_height
        number, line = self._steps[steps - 1]
        row = self._rows[number]
        if line >= row.lines:
            return self._head_height + self._ends[number + 1]
        partial = min(row.text_height, line * row.cells[0].leading) + self._air
        return self._head_height + self._ends[number] + partial

    def marks(self, steps: int) -> tuple[int, ...]:
        """The footnotes whose marks stand in its head and first steps."""
        if not self._noted or not steps:
            return self._head_marks
        number, line = self._steps[steps - 1]
        whole = (mark for row in self._rows[:number] for mark in row.marks)
        partial = (mark for cell in self._rows[number].cells for mark in cell.marks(line))
        return (*self._head_marks, *whole, *partial)

    def insides(self) -> tuple[Inside, ...]:
        """Its rows."""
        tops = (self._head_height + end for end in self._ends)
        return tuple(
            Inside(row.place, row.key, top, top + self._tall(row))
            for row, top in zip(self._rows, tops, strict=False)
            if row.place
        )

    def cut(self, steps: int) -> tuple[Rows, Rows]:
        """Its first steps, and the others under the same head."""
        number, line = self._steps[steps - 1]
        row = self._rows[number]
        upper = (*self._rows[:number], row.first(line))
        lower = self._rows[number + 1 :]
        if line < row.lines:
            lower = (row.rest(line), *lower)
        return (
            Rows(self._head, upper, self._measures, self.before, together=self.first),
            Rows(self._head, lower, self._measures, self.before, together=self.first),
        )

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Draw lines and text."""
        canvas.setLineWidth(self._measures.line)
        start = top
        canvas.line(x, top, x + self._measures.width, top)
        for row in (*self._head, *self._rows):
            self._draw_row(canvas, row, x, top)
            top -= self._tall(row)
            canvas.line(x, top, x + self._measures.width, top)
        canvas.line(x, start, x, top)
        canvas.line(x + self._measures.width, start, x + self._measures.width, top)

    def _draw_row(self, canvas: Canvas, row: Row, x: float, top: float) -> None:
        tall = self._tall(row)
        for cell, width in zip(row.cells, row.widths, strict=True):
            air = 0.0 if row.broken else (row.text_height - cell.height(cell.count)) / 2
            cell.draw(canvas, x + self._measures.side, top - self._measures.above - air)
            x += width
            canvas.line(x, top, x, top - tall)
