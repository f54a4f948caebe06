"""Opens a data file, or says why not; what is there is never overwritten."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlalchemy.schema import CreateIndex, CreateTable

from dcs_desktop import files
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.store import migrating, tables
from dcs_desktop.store.data_file import DataFile
from dcs_desktop.store.troubles import damaged, sentence_of

MAGIC: Final = b"SQLite format 3\x00"
HEADER: Final = 100
# A larger file would take longer to look through than the user waits; its records still have their seals.
LOOKED_THROUGH: Final = 16_000_000
BUSY_SECONDS: Final = 10.0
# What reliability.md R2 asks of every connection, and what SQLite answers when it is so.
PRAGMAS: Final = {"journal_mode": "truncate", "synchronous": 2, "foreign_keys": 1}


def open_file(path: Path, *, create: bool = False, read_only: bool = False) -> DataFile:
    """Open a data file; with ``create``, make one where there is none.

    One process at a time may write; others may still open it to read. Raises
    Refusal, one sentence with file and remedy: the file is missing, empty, no
    data file, damaged, of a newer program, held by another process, or its
    folder does not let it be written.
    """
    path = path.absolute()
    with _refusing(path):
        if create and not path.exists():
            _make(path)
        if read_only:
            return _open_to_read(path)
        return _open_to_write(path)


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    """Trouble with the disk or inside the file becomes a sentence."""
    try:
        yield
    except (DBAPIError, sqlite3.Error, OSError) as error:
        raise Refusal(sentence_of(error, path)) from error


def _make(path: Path) -> None:
    """A new, empty data file: made beside and named when it is whole."""
    beside = path.with_name(path.name + files.BESIDE)
    with _locked(path):
        if path.exists():
            return
        files.remove(beside)
        engine = _engine(beside)
        try:
            with engine.begin() as connection:
                _create_tables(connection)
                connection.exec_driver_sql(f"PRAGMA application_id = {tables.APPLICATION_ID}")
                connection.exec_driver_sql(f"PRAGMA user_version = {tables.VERSION}")
        finally:
            engine.dispose()
            files.remove(beside.with_name(beside.name + "-journal"))
        files.replace(beside, path)


def _create_tables(connection: Connection) -> None:
    """Tables and indexes in one order: SQLAlchemy keeps indexes in a set, whose order differs from run to run."""
    for table in tables.metadata.sorted_tables:
        connection.execute(CreateTable(table))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            connection.execute(CreateIndex(index))


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    lock = _lock(path)
    try:
        yield
    finally:
        lock.release()


def _lock(path: Path) -> files.Lock:
    lock = files.lock(path)
    if lock is None:
        message = _("Tệp dữ liệu {file} đang được mở ở một cửa sổ hoặc lệnh khác. Hãy đóng ở đó rồi mở lại.")
        raise Refusal(message.format(file=path))
    return lock


def _open_to_write(path: Path) -> DataFile:
    version = _version(path)
    lock = _lock(path)
    try:
        if version < tables.VERSION:
            migrating.migrate(path, version, _engine)
        return _opened(path, lock)
    except BaseException:
        lock.release()
        raise


def _open_to_read(path: Path) -> DataFile:
    if _version(path) < tables.VERSION:
        message = _(
            "Tệp dữ liệu {file} của bản chương trình cũ. Hãy mở tệp trong cửa sổ chương trình một lần trước."
        )
        raise Refusal(message.format(file=path))
    _finish_last_write(path)
    return _opened(path, None)


def _finish_last_write(path: Path) -> None:
    """Let SQLite roll back what a process that died was writing: who only reads cannot."""
    if not _unfinished(path):
        return
    lock = files.lock(path)
    if lock is None:
        return
    engine = _engine(path)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
    finally:
        engine.dispose()
        lock.release()


def _opened(path: Path, lock: files.Lock | None) -> DataFile:
    engine = _engine(path, read_only=lock is None)
    try:
        _look_through(engine, path)
        return DataFile(path, engine, lock)
    except BaseException:
        engine.dispose()
        raise


@dataclass(frozen=True, slots=True)
class _Head:
    """What the first bytes of a SQLite file say."""

    page_size: int
    pages: int
    version: int
    application: int


def _version(path: Path) -> int:
    """The version of the file's tables, after a look at its head. Raises Refusal, OSError."""
    if not path.exists():
        message = _("Không có tệp dữ liệu {file}. Kiểm tra đường dẫn, hoặc lập tệp mới bằng lệnh setup.")
        raise Refusal(message.format(file=path))
    size = path.stat().st_size
    with files.step(path.open, "rb") as file:
        head = _head(file.read(HEADER))
    if size == 0:
        message = _(
            "Tệp dữ liệu {file} rỗng (0 byte), có thể do ổ đĩa đầy hoặc mất điện khi chép. Tệp được giữ nguyên. Hãy mở "
            "bản sao lưu gần nhất."
        )
        raise Refusal(message.format(file=path))
    if head is None or head.application != tables.APPLICATION_ID:
        raise Refusal(_foreign(path))
    if head.version > tables.VERSION:
        message = _("Tệp dữ liệu {file} của bản chương trình mới hơn. Hãy cập nhật chương trình rồi mở lại.")
        raise Refusal(message.format(file=path))
    if size < head.page_size * head.pages and not _unfinished(path):
        raise Refusal(damaged().format(file=path))
    return head.version


def _unfinished(path: Path) -> bool:
    """Whether a process died while it wrote: SQLite takes back what it had begun, once the file is opened."""
    beside = path.with_name(path.name + "-journal")
    return beside.exists() and beside.stat().st_size > 0


def _foreign(path: Path) -> str:
    message = _("{file} không phải là tệp dữ liệu của chương trình. Tệp được giữ nguyên. Hãy chọn tệp khác.")
    return message.format(file=path)


def _head(data: bytes) -> _Head | None:
    if len(data) < HEADER or not data.startswith(MAGIC):
        return None
    page_size = struct.unpack_from(">H", data, 16)[0]
    pages, version, application = (struct.unpack_from(">I", data, place)[0] for place in (28, 60, 68))
    return _Head(65536 if page_size == 1 else page_size, pages, version, application)


def _look_through(engine: Engine, path: Path) -> None:
    """Settings as they must be, pages whole, tables there. Raises Refusal, DBAPIError."""
    with engine.connect() as connection:
        if path.stat().st_size <= LOOKED_THROUGH:
            found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
            if found != "ok":
                raise Refusal(damaged().format(file=path))
        there = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars()
        if not set(tables.metadata.tables).issubset(there):
            raise Refusal(damaged().format(file=path))


def _engine(path: Path, *, read_only: bool = False) -> Engine:
    """Connections to one file, each set up as R2 asks and asked whether it is."""
    mode = "ro" if read_only else "rwc" if path.name.endswith(files.BESIDE) else "rw"
    address = f"{path.as_uri()}?mode={mode}"

    def connected() -> sqlite3.Connection:
        connection = sqlite3.connect(
            address, uri=True, isolation_level=None, check_same_thread=False, timeout=BUSY_SECONDS
        )
        try:
            _set(connection, read_only=read_only)
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine("sqlite://", creator=connected, poolclass=QueuePool, pool_size=3, max_overflow=2)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Any) -> None:  # Any: SQLAlchemy types its events so
    """Python's sqlite3 begins no transaction of its own here: reading, too, sees one state of the file."""
    connection.exec_driver_sql("BEGIN")


def _set(connection: sqlite3.Connection, *, read_only: bool) -> None:
    for name, wanted in PRAGMAS.items():
        if read_only and name == "journal_mode":
            continue
        connection.execute(f"PRAGMA {name} = {wanted}")
        found = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if found != wanted:
            raise sqlite3.OperationalError(f"PRAGMA {name} is {found}, not {wanted}")
