"""The bin: reports that were deleted wait there for 90 days, and can be taken out until then (R24)."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from typing import Final

from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.store import statements
from dcs_desktop.store.reports import set_deleted, summaries, summary

KEPT: Final = timedelta(days=90)
OF_REPORT: Final = ("answer", "table_row", "draft", "accepted", "carried", "own", "change", "source")


def put_in(connection: sqlite3.Connection, ref: int, when: datetime) -> None:
    """Put a report into the bin. Raises Refusal for one that has left the house."""
    one = summary(connection, ref)
    if one.exported_digest:
        text = _(
            "Báo cáo {period} của {unit} đã xuất gửi đi nên không bỏ vào thùng rác. Cần sửa thì lập bổ sung."
        )
        raise Refusal(text.format(period=one.identity.period.words, unit=one.identity.unit.name))
    set_deleted(connection, ref, when)


def take_out(connection: sqlite3.Connection, ref: int) -> None:
    """Take a report out of the bin. Raises Refusal where this revision was begun anew meanwhile."""
    identity = summary(connection, ref).identity
    place = (identity.unit.identity, identity.period, identity.revision)
    for one in summaries(connection):
        other = one.identity
        if one.ref != ref and (other.unit.identity, other.period, other.revision) == place:
            text = _(
                "Đã có báo cáo {period} khác của {unit}, nên không lấy báo cáo này ra khỏi thùng rác. Hãy xóa báo cáo "
                "kia trước."
            )
            raise Refusal(text.format(period=identity.period.words, unit=identity.unit.name))
    set_deleted(connection, ref, None)


def empty(connection: sqlite3.Connection, now: datetime) -> int:
    """Take away for good what was put into the bin more than 90 days before ``now``; how many reports."""
    old = [
        one.ref
        for one in summaries(connection, deleted=True)
        if one.deleted_at is not None and now - one.deleted_at > KEPT
    ]
    for ref in old:
        for table in OF_REPORT:
            statements.drop(connection, table, ("report",), (ref,))
        statements.drop(connection, "report", ("ref",), (ref,))
    return len(old)
