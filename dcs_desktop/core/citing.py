"""Citations of issued documents: rows of a table that a text names, in full where it does so first, shorter from then on.

How a document is cited stands in the template (``cite`` and ``cite_short`` of a table of the role "documents"), with the
columns of the row in braces. A citation in a text is a link whose key is ``table/row``: it follows the row.
"""

from __future__ import annotations

import re
from datetime import date

from dcs_desktop.core.form import Form, Table
from dcs_desktop.core.report import Answers, Row
from dcs_desktop.core.values import BLANK, shown

COLUMN = re.compile(r"\{(\w+)\}")
DOTS = "……"


def is_citation(key: str) -> bool:
    """Whether the key of a link is that of a row."""
    return "/" in key


def cited_row(form: Form, answers: Answers, key: str) -> tuple[Table, Row] | None:
    """The document that a link cites, None when it is not there (any more) or is none."""
    id, _slash, row_id = key.partition("/")
    table = form.tables.get(id)
    if table is None or not table.cite:
        return None
    return next(((table, row) for row in answers.rows.get(id, ()) if row.id == row_id), None)


def citation(form: Form, answers: Answers, key: str, *, full: bool) -> str:
    """What a citation prints: dots for what is not there."""
    found = cited_row(form, answers, key)
    if found is None:
        return DOTS
    table, row = found
    pattern = table.cite if full or not table.cite_short else table.cite_short
    return COLUMN.sub(lambda column: _said(table, row, column[1]), pattern)


def _said(table: Table, row: Row, column: str) -> str:
    value = row.cells.get(column, BLANK)
    if isinstance(value.content, date):
        day = value.content
        # NĐ 30/2020: a day, and a month before March, under ten has a nought before it.
        month = f"{day.month:02d}" if day.month < 3 else str(day.month)
        return f"ngày {day:%d} tháng {month} năm {day.year}"
    return shown(table.column(column).type, value).strip() or DOTS
