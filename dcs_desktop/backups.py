"""Backups of a data file: made while it is open, read back before they count, thinned, kept in a second folder too (R6).

They lie in ``backups`` beside the data file, named by a number that only grows: a clock that is wrong or set back
changes nothing in their order (R12).
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Final

from dcs_desktop import files
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.store import Contents, DataFile
from dcs_desktop.store.copying import clear_beside, copy_beside
from dcs_desktop.store.examining import look_whole
from dcs_desktop.store.troubles import sentence_of

FOLDER: Final = "backups"
LAST, DAYS, MONTHS = 10, 14, 12
STAMP: Final = "%Y%m%d-%H%M%S"
NAME: Final = re.compile(r"(.+)\.(\d{6})\.(\d{8}-\d{6})\.([a-z]+)\.sqlite")
FULL: Final = frozenset({"SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_READONLY", "SQLITE_CANTOPEN"})


class Why(StrEnum):
    """What a backup was made for."""

    DAY = "day"
    IMPORT = "import"
    TEMPLATE = "template"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup in its folder; ``when`` is the clock's time of the machine that made it."""

    path: Path
    number: int
    when: datetime
    why: Why

    @property
    def size(self) -> int:
        """In bytes."""
        return self.path.stat().st_size


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was written and read back: what is in it, where else it lies, what could not be done there."""

    path: Path
    contents: Contents
    second: Path | None = None
    remark: str = ""


def folder_of(data: Path) -> Path:
    """Where the backups of a data file lie; it need not exist yet."""
    return data.absolute().parent / FOLDER


def backups_of(data: Path, folder: Path | None = None) -> tuple[Backup, ...]:
    """The backups of a data file, newest first. Raises Refusal when the folder cannot be read."""
    folder = folder or folder_of(data)
    try:
        names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    except OSError as error:
        text = _("Không đọc được thư mục sao lưu {folder}: {reason}. Hãy kiểm tra ổ đĩa hoặc USB.")
        raise Refusal(text.format(folder=folder, reason=files.reason(error))) from error
    found = (_backup(folder / name, data.stem) for name in names)
    return tuple(sorted((one for one in found if one is not None), key=lambda one: -one.number))


def _backup(path: Path, stem: str) -> Backup | None:
    read = NAME.fullmatch(path.name)
    if read is None or read[1] != stem:
        return None
    with suppress(ValueError):
        return Backup(path, int(read[2]), datetime.strptime(read[3], STAMP).astimezone(), Why(read[4]))
    return None


def due(data: Path, now: datetime) -> bool:
    """Whether this is the first start of a day: there is no backup of this day yet. Raises Refusal."""
    return all(one.when.date() != now.date() for one in backups_of(data))


def make(
    data: Path, why: Why, now: datetime, second: Path | None = None, opened: DataFile | None = None
) -> Made:
    """Write a backup and read it back, in the folder beside the data file, then in ``second``.

    ``opened`` is the data file where this process has it open: its writes go on then, else they wait for the copy.
    Only a backup that was found whole gets its name, and only then are older ones thinned: trouble never costs a
    good one. A second folder that is away or full is told in ``remark``. Raises Refusal.
    """
    folder = folder_of(data)
    with _alone(folder, data):
        number = max((one.number for one in backups_of(data, folder)), default=0) + 1
        target = folder / f"{data.stem}.{number:06}.{now.strftime(STAMP)}.{why.value}.sqlite"
        contents = write(data, target, opened)
        _thin(data, folder)
    if second is None:
        return Made(target, contents)
    try:
        return Made(target, contents, _send(target, data, second))
    except Refusal as refusal:
        return Made(target, contents, None, refusal.sentence)


@contextmanager
def _alone(folder: Path, data: Path) -> Iterator[None]:
    """One process makes backups of a data file; what one that died left unfinished is taken away."""
    held = None
    with _saying(folder):
        files.make_folder(folder)
        held = files.lock(folder / data.stem)
    if held is None:
        text = _("Tệp dữ liệu {file} đang được sao lưu ở một cửa sổ hoặc lệnh khác. Hãy thử lại sau ít phút.")
        raise Refusal(text.format(file=data))
    try:
        with _saying(folder):
            for left in folder.glob(f"*.sqlite{files.BESIDE}"):
                if left.name.startswith(f"{data.stem}."):
                    clear_beside(left)
        yield
    finally:
        held.release()


@contextmanager
def _saying(folder: Path) -> Iterator[None]:
    """Trouble with a folder of backups, in a sentence."""
    try:
        yield
    except OSError as error:
        text = _(
            "Không ghi được bản sao lưu vào {folder}: {reason}. Các bản sao lưu cũ vẫn còn; hãy dọn ổ đĩa hoặc chọn "
            "thư mục khác."
        )
        raise Refusal(text.format(folder=folder, reason=files.reason(error))) from error


def write(data: Path, target: Path, opened: DataFile | None = None) -> Contents:
    """Copy a data file, open or not, to a file: beside, read back, then under its name. Raises Refusal."""
    copy = partial(copy_beside, data.absolute()) if opened is None else opened.copy_beside
    with _saying(target.parent):
        try:
            beside = copy(target.absolute())
        except sqlite3.Error as error:
            raise _not_copied(error, data, target.parent) from error
        try:
            contents = files.step(_read_back, beside)
            files.replace(beside, target)
        except BaseException:
            clear_beside(beside)
            raise
    return contents


def _not_copied(error: sqlite3.Error, data: Path, folder: Path) -> Refusal:
    """Why the copy failed; SQLite does not say of which of the two files it complains."""
    if getattr(error, "sqlite_errorname", "") in FULL and data.is_file():
        text = _(
            "Không ghi được bản sao lưu vào {folder}: ổ đĩa đã đầy hoặc không cho ghi. Các bản sao lưu cũ vẫn còn; hãy "
            "dọn ổ đĩa hoặc chọn thư mục khác."
        )
        return Refusal(text.format(folder=folder))
    return Refusal(sentence_of(error, data))


def _read_back(beside: Path) -> Contents:
    try:
        return look_whole(beside)
    except Refusal as refusal:
        text = _(
            "Bản sao lưu vừa ghi không đọc lại được trọn vẹn nên bị bỏ; các bản sao lưu cũ được giữ nguyên. Lý do: "
            "{reason}"
        )
        raise Refusal(text.format(reason=refusal.sentence)) from refusal


def _send(made: Path, data: Path, second: Path) -> Path:
    """The same backup in the second folder, thinned there too; its folder is never made: a stick may be away."""
    if not second.is_dir():
        text = _(
            "Thư mục sao lưu thứ hai {folder} chưa có mặt (USB chưa cắm?). Bản sao lưu trên máy đã ghi xong."
        )
        raise Refusal(text.format(folder=second))
    target = second / made.name
    with _alone(second, data):
        write(made, target)
        _thin(data, second)
    return target


def _thin(data: Path, folder: Path) -> None:
    """Take away what need not be kept; one that cannot be is tried again with the next backup."""
    for one in superfluous(backups_of(data, folder)):
        with suppress(OSError):
            files.remove(one.path)


def superfluous(newest_first: Sequence[Backup]) -> list[Backup]:
    """What is neither of the last 10, nor the last of one of 14 days or 12 months."""
    kept = set(newest_first[:LAST])
    kept |= _last_of_each(newest_first, lambda one: (one.when.year, one.when.month, one.when.day), DAYS)
    kept |= _last_of_each(newest_first, lambda one: (one.when.year, one.when.month), MONTHS)
    return [one for one in newest_first if one not in kept]


def _last_of_each(
    newest_first: Sequence[Backup], part: Callable[[Backup], tuple[int, ...]], most: int
) -> set[Backup]:
    """The newest backup of each of the latest days or months on which there is one."""
    found: dict[tuple[int, ...], Backup] = {}
    for one in newest_first:
        if len(found) < most or part(one) in found:
            found.setdefault(part(one), one)
    return set(found.values())
