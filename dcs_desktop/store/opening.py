"""Opens a data file, or says why not; what is there is never overwritten."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dcs_desktop import files
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.store.connecting import Connections, connect, limited
from dcs_desktop.store.data_file import DataFile
from dcs_desktop.store.statements import APPLICATION_ID, COUNT, COUNT_RECEIVED, TABLES, VERSION
from dcs_desktop.store.troubles import damaged, sentence_of

MAGIC: Final = b"SQLite format 3\x00"
HEADER: Final = 100
# A larger file would take longer to look through than the user waits; its records still have their seals.
LOOKED_THROUGH: Final = 16_000_000


def open_file(path: Path, *, create: bool = False, read_only: bool = False) -> DataFile:
    """Open a data file; with ``create``, make one where there is none.

    One process at a time may write; others may still open it to read. Raises
    Refusal, one sentence with file and remedy: the file is missing, empty, no
    data file, damaged, of a newer program, held by another process, or its
    folder does not let it be written.
    """
    path = path.absolute()
    with refusing(path):
        files.refuse_device(path)
        if create and not path.exists():
            _make(path)
        if read_only:
            return _open_to_read(path)
        return _open_to_write(path)


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Trouble with the disk or inside the file becomes a sentence."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise Refusal(sentence_of(error, path)) from error
    except UnicodeDecodeError as error:  # SQLite names a broken table in letters that are broken too
        raise Refusal(damaged().format(file=path)) from error


def _make(path: Path) -> None:
    """A new, empty data file: made beside and named when it is whole."""
    from dcs_desktop.store.making import make_tables

    beside = path.with_name(path.name + files.BESIDE)
    files.make_folder(path.parent)
    with _locked(path):
        if path.exists():
            return
        files.remove(beside)
        try:
            make_tables(beside)
        finally:
            files.remove(beside.with_name(beside.name + "-journal"))
        files.replace(beside, path)


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
    version = settled_version_of(path)
    lock = _lock(path)
    try:
        if version < VERSION:
            from dcs_desktop.store.migrating import migrate

            migrate(path, version)
        return _opened(path, lock)
    except BaseException:
        lock.release()
        raise


def _open_to_read(path: Path) -> DataFile:
    if settled_version_of(path) < VERSION:
        message = _(
            "Tệp dữ liệu {file} của bản chương trình cũ. Hãy mở tệp trong cửa sổ chương trình một lần trước."
        )
        raise Refusal(message.format(file=path))
    return _opened(path, None)


def settled_version_of(path: Path) -> int:
    """The version of the file's tables, once the last write has ended; one that died bringing it up to a newer version
    may have written that already, and is taken back. Raises Refusal, OSError, sqlite3.Error.
    """
    version = version_of(path)
    if not _unfinished(path):
        return version
    finish_last_write(path)
    return version_of(path)


def finish_last_write(path: Path) -> None:
    """Let SQLite roll back what a process that died was writing: who only reads cannot."""
    if not _unfinished(path):
        return
    lock = files.lock(path)
    if lock is None:
        return
    try:
        with closing(connect(path)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master")
    finally:
        lock.release()


def _opened(path: Path, lock: files.Lock | None) -> DataFile:
    connections = Connections(path, read_only=lock is None)
    try:
        _look_through(connections, path)
        return DataFile(path, connections, lock)
    except BaseException:
        connections.close()
        raise


@dataclass(frozen=True, slots=True)
class _Head:
    """What the first bytes of a SQLite file say."""

    page_size: int
    pages: int
    version: int
    application: int


def version_of(path: Path) -> int:
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
    if head is None or head.application != APPLICATION_ID:
        raise Refusal(_foreign(path))
    if head.version > VERSION:
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


def _look_through(connections: Connections, path: Path) -> None:
    """Settings as they must be, pages whole, tables there. Raises Refusal, sqlite3.Error."""
    with connections.transaction() as connection, limited(connection):
        if path.stat().st_size <= LOOKED_THROUGH:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise Refusal(damaged().format(file=path))
        there = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        if not there.issuperset(TABLES):
            raise Refusal(damaged().format(file=path))
        for counted in (COUNT, COUNT_RECEIVED):  # what opening reads, and a list of backups
            connection.execute(counted).fetchone()
