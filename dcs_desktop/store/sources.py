"""Which reports were taken in from a file of somebody's own, and from which."""

from __future__ import annotations

from sqlalchemy import Connection, RowMapping, insert, select

from dcs_desktop.core.from_file import FromFile
from dcs_desktop.i18n import _
from dcs_desktop.store import tables
from dcs_desktop.store.records import Broken, Damaged, moment_of, sealed, to_moment, unbroken

COLUMNS = ("file_name", "digest", "at")


def keep(connection: Connection, ref: int, source: FromFile) -> None:
    """Keep where a report came from."""
    record = {"file_name": source.file_name, "digest": source.digest, "at": to_moment(source.at)}
    connection.execute(insert(tables.source), {"report": ref, **sealed(record, "source", ref)})


def sources(connection: Connection) -> dict[int, FromFile]:
    """Every report that came from a file, by its number. Raises Damaged."""
    return {row["report"]: _source(row) for row in connection.execute(select(tables.source)).mappings()}


def _source(row: RowMapping) -> FromFile:
    try:
        if not unbroken(row, COLUMNS, "source", row["report"]):
            raise Broken("source")
        return FromFile(row["file_name"], row["digest"], moment_of(row["at"]))
    except Broken as error:
        message = _(
            "Ghi chép về nguồn của báo cáo nhập từ Word trong tệp dữ liệu bị hỏng. Tệp được giữ nguyên. Hãy mở bản "
            "sao lưu gần nhất."
        )
        raise Damaged(message) from error
