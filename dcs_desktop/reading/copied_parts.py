"""What was copied, in parts: the tables in it, and what stands before, between and after them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from dcs_desktop.core.form import Table
from dcs_desktop.core.offered import Block
from dcs_desktop.core.table_fit import Fit, fitting
from dcs_desktop.reading.clipboard import block

# As much of a table as its heads stand in, many words of dress around them allowed.
HEADS_WITHIN: Final = 16_000
TABLE: Final = re.compile(r"<!--|-->|<table\b|</table\b", re.I)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of what was copied, as a page (``html``) or as plain lines; ``table``: it is cells.

    ``fit`` is the table of the report that it is meant for, None where it is none.
    """

    html: str = ""
    text: str = ""
    table: bool = False
    fit: Fit | None = None

    @property
    def cells(self) -> Block:
        """Its cells. Raises Refusal: more than are taken at once."""
        return block(self.text, self.html)


def meant_for(tables: tuple[Table, ...], html: str, text: str) -> tuple[Part, ...]:
    """The parts of what was copied where at least one is meant for one of these tables, else ()."""
    if not tables or ("\t" not in text and "<table" not in html.lower()):
        return ()
    parts = tuple(replace(part, fit=_fit(tables, part)) for part in parts_of(html, text))
    return parts if any(part.fit is not None for part in parts) else ()


def _fit(tables: tuple[Table, ...], part: Part) -> Fit | None:
    if not part.table:
        return None
    return fitting(tables, block(part.text[:HEADS_WITHIN], part.html[:HEADS_WITHIN]))


def parts_of(html: str, text: str) -> tuple[Part, ...]:
    """The parts of a page where one was copied, else of plain lines: together they are all of it."""
    return tuple(_parts_of_page(html) if html else _parts_of_text(text))


def _parts_of_page(html: str) -> Iterator[Part]:
    """Tables within a table belong to it; what a comment says is none."""
    end = depth = begun = 0
    comment = False
    for found in TABLE.finditer(html):
        sign = found[0].lower()
        if sign in ("<!--", "-->"):
            comment = sign == "<!--"
        elif comment:
            continue
        elif sign == "<table":
            depth += 1
            if depth == 1:
                yield Part(html[end : found.start()])
                begun = found.start()
        elif depth:
            depth -= 1
            if not depth:
                end = html.find(">", found.end()) + 1 or len(html)
                yield Part(html[begun:end], table=True)
    yield Part(html[begun:], table=True) if depth else Part(html[end:])


def _parts_of_text(text: str) -> Iterator[Part]:
    """Two lines with tabs after one another are a table."""
    for tabs, lines in groupby(text.replace("\r\n", "\n").split("\n"), lambda line: "\t" in line):
        stretch = list(lines)
        yield Part(text="\n".join(stretch), table=tabs and len(stretch) > 1)
