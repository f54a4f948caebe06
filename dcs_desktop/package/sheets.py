"""CSV as packages hold it: quoted, with line feeds, no cell that a spreadsheet would run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

GUARD = "'"
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", GUARD)
LONGEST_CELL = 4_000_000

csv.field_size_limit(LONGEST_CELL)


def written(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The rows under their heads, every cell as it is given."""
    text = io.StringIO(newline="")
    sheet = csv.writer(text, lineterminator="\n")
    sheet.writerow(heads)
    sheet.writerows(rows)
    return text.getvalue().encode("utf-8")


def read(data: bytes, heads: Sequence[str], most: int) -> Iterator[list[str]]:
    """The rows. Raises ValueError for anything but a sheet with these heads and at most ``most`` rows."""
    sheet = csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True)
    try:
        if next(sheet, None) != list(heads):
            raise ValueError("heads")
        for number, row in enumerate(sheet, 1):
            if len(row) != len(heads) or number > most:
                raise ValueError(f"row {number}")
            yield row
    except csv.Error as error:
        raise ValueError(str(error)) from error


def lines(data: bytes, heads: Sequence[str], most: int) -> list[str] | None:
    """The lines of a sheet below its heads, where none goes on over its end; None asks for :func:`read`.

    Whoever understands each by itself, strictly, has read the sheet.
    """
    text = data.decode("utf-8")
    found = text.split("\n")
    if "\r" in text or found.pop() or not found or found[0] != ",".join(heads) or len(found) > most:
        return None
    return found[1:]


def row_of(line: str) -> list[str]:
    """The one row of a line. Raises ValueError where it is none, or goes on."""
    try:
        (row,) = csv.reader([line], strict=True)
    except csv.Error as error:
        raise ValueError(str(error)) from error
    return row


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe before whatever could begin one."""
    return GUARD + text if text.startswith(RISKY) else text


def unguarded(text: str) -> str:
    """The text that was guarded."""
    return text.removeprefix(GUARD)
