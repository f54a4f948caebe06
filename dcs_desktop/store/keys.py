"""Which keys somebody spoke for, and this unit's own key under its password."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from datetime import datetime

from dcs_desktop.core.trust import Decision
from dcs_desktop.i18n import _
from dcs_desktop.store import statements
from dcs_desktop.store.records import (
    Broken,
    Damaged,
    Record,
    is_sealed,
    moment_of,
    seal_of,
    sealed,
    to_moment,
    unbroken,
)
from dcs_desktop.store.statements import DECISION


def decide(connection: sqlite3.Connection, unit: str, key: str, trusted: bool, at: datetime) -> None:
    """Keep what somebody said of a key (its fingerprint, "" for none) of a unit (``code@list``, "" for this one)."""
    ref = (connection.execute(statements.NEWEST_DECISION).fetchone()[0] or 0) + 1
    after = connection.execute(statements.NEWEST_RECEIVED).fetchone()[0] or 0
    said: Record = {"unit": unit, "key": key, "trusted": int(trusted), "after": after, "at": to_moment(at)}
    record: Record = {"ref": ref, **sealed(said, "decision", ref)}
    statements.put(connection, "decision", tuple(record), tuple(record.values()))


def decisions(connection: sqlite3.Connection) -> dict[str, tuple[Decision, ...]]:
    """Everything that was said of keys, oldest first, by unit. Raises Damaged."""
    found: dict[str, list[Decision]] = defaultdict(list)
    for row in connection.execute(statements.DECISIONS):
        found[row["unit"]].append(_decision(row))
    return {unit: tuple(said) for unit, said in found.items()}


def _decision(row: sqlite3.Row) -> Decision:
    try:
        if not unbroken(row, DECISION, "decision", row["ref"]):
            raise Broken("decision")
        return Decision(row["key"], bool(row["trusted"]), row["after"], moment_of(row["at"]))
    except Broken as error:
        message = _(
            "Ghi chép về khóa ký đã xác nhận trong tệp dữ liệu bị hỏng. Tệp được giữ nguyên. Hãy mở bản sao lưu gần nhất."
        )
        raise Damaged(message) from error


def keep_locked(connection: sqlite3.Connection, content: str) -> None:
    """Keep this unit's key under its password, in place of the one that was kept."""
    record: Record = {"id": 1, "content": content, "seal": seal_of("locked_key", content)}
    statements.put(connection, "locked_key", tuple(record), tuple(record.values()))


def locked(connection: sqlite3.Connection) -> str | None:
    """This unit's key under its password, None where none was kept. Raises Damaged."""
    row = connection.execute(statements.LOCKED_KEY).fetchone()
    if row is None:
        return None
    if not is_sealed(row["seal"], "locked_key", row["content"]):
        message = _(
            "Khóa ký có mật khẩu trong tệp dữ liệu bị hỏng. Tệp được giữ nguyên. Hãy mở bản sao lưu gần nhất, hoặc lập "
            "khóa mới và báo cho nơi nhận."
        )
        raise Damaged(message)
    content: str = row["content"]
    return content
