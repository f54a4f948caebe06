"""Which reports were taken in from a file of somebody's own, and from which."""

from __future__ import annotations

import sqlite3

from dcs_desktop.core.from_file import FromFile
from dcs_desktop.i18n import _
from dcs_desktop.store import statements
from dcs_desktop.store.records import Broken, Damaged, moment_of, sealed, to_moment, unbroken
from dcs_desktop.store.statements import SOURCE


def keep(connection: sqlite3.Connection, ref: int, source: FromFile) -> None:
    """Keep where a report came from."""
    record = {"file_name": source.file_name, "digest": source.digest, "at": to_moment(source.at)}
    full = {"report": ref, **sealed(record, "source", ref)}
    statements.put(connection, "source", tuple(full), tuple(full.values()))


def sources(connection: sqlite3.Connection) -> dict[int, FromFile]:
    """Every report that came from a file, by its number. Raises Damaged."""
    return {row["report"]: _source(row) for row in connection.execute(statements.SOURCES)}


def _source(row: sqlite3.Row) -> FromFile:
    try:
        if not unbroken(row, SOURCE, "source", row["report"]):
            raise Broken("source")
        return FromFile(row["file_name"], row["digest"], moment_of(row["at"]))
    except Broken as error:
        message = _(
            "Ghi chép về nguồn của báo cáo nhập từ Word trong tệp dữ liệu bị hỏng. Tệp được giữ nguyên. Hãy mở bản "
            "sao lưu gần nhất."
        )
        raise Damaged(message) from error
