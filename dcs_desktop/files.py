"""Every operation on files that data depends on: written beside, synced, replaced, locked.

All of them go through :func:`step`, the one place where a test can make the
n-th operation fail. SQLite does its own reading and writing.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path, PureWindowsPath
from typing import BinaryIO, ParamSpec, TypeVar

from dcs_desktop.i18n import _

P = ParamSpec("P")
R = TypeVar("R")
BESIDE = ".new"
# Seconds between tries, ten in all.
WAITS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 2.0, 2.4, 2.45)
LOCK = ".lock"

# How time passes between two tries; the window has its own way, so that it goes on painting.
pause: Callable[[float], None] = time.sleep


def step(operation: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Do one operation on a file."""
    return operation(*args, **kwargs)


class DeviceName(OSError):
    """Windows takes a name such as CON or aux.txt for a device: what is written there goes nowhere."""


def refuse_device(path: Path) -> None:
    """Raise DeviceName for a path that Windows takes for a device, on Windows."""
    if sys.platform == "win32" and PureWindowsPath(path).is_reserved():
        raise DeviceName(errno.EINVAL, "a device of Windows", str(path))


class StillHeld(OSError):
    """Another program, such as a scanner for viruses, held a file for too long; ``beside`` is the new one, whole."""

    def __init__(self, error: OSError, beside: Path) -> None:
        super().__init__(errno.EBUSY, error.strerror)
        self.beside = beside


def write_beside_then_replace(
    path: Path, content: bytes | Callable[[BinaryIO], None], *, private: bool = False
) -> None:
    """Write a file whole or not at all: beside, to the disk, then under its name; a ``private`` one for this user alone.

    Whatever stood under the name stays until the new one is on the disk.
    Raises StillHeld, the new one being kept beside; else OSError, what was written beside is then taken away.
    """
    refuse_device(path)
    beside = path.with_name(path.name + BESIDE)
    try:
        with step(_private if private else _ordinary, beside) as file:
            if isinstance(content, bytes):
                step(file.write, content)
            else:
                step(content, file)
            sync(file)
        replace(beside, path)
    except StillHeld:
        raise
    except BaseException:
        step(beside.unlink, missing_ok=True)
        raise


def _ordinary(path: Path) -> BinaryIO:
    return path.open("wb")


def _private(path: Path) -> BinaryIO:
    """A new file that no other user may read (on Windows as far as its folder says so)."""
    path.unlink(missing_ok=True)
    return os.fdopen(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), "wb"
    )


def reason(error: OSError) -> str:
    """Why an operation on a file failed, as a part of a sentence; the system's own words where they are rare."""
    if isinstance(error, StillHeld):
        text = _("một chương trình khác (như phần mềm diệt virus) đang giữ tệp; bản mới còn nguyên ở {file}")
        return text.format(file=error.beside)
    if isinstance(error, DeviceName):
        return _("Windows dành tên này cho thiết bị; hãy đặt tên khác")
    match error.errno:
        case errno.ENOENT:
            return _("không có tệp hoặc thư mục này")
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return _("không được phép")
        case errno.ENOSPC:
            return _("ổ đĩa đã đầy")
        case errno.EEXIST | errno.ENOTDIR:
            return _("đã có một tệp mang tên thư mục này")
        case errno.EISDIR:
            return _("đây là một thư mục")
        case errno.ENAMETOOLONG:
            return _("tên quá dài")
        case _other:
            return error.strerror or str(error)


def sync(file: BinaryIO) -> None:
    """Wait until what was written to an open file is on the disk."""
    step(file.flush)
    step(os.fsync, file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk (Windows keeps them by itself)."""
    if sys.platform == "win32":
        return
    opened = step(os.open, folder, os.O_RDONLY)
    try:
        step(os.fsync, opened)
    finally:
        os.close(opened)


def make_folder(folder: Path) -> None:
    """Make a folder, and those it lies in, for good; one that is there is left alone. Raises OSError."""
    folder = folder.absolute()
    if folder.is_dir():
        return
    if folder.parent != folder:
        make_folder(folder.parent)
    step(folder.mkdir, exist_ok=True)
    sync_folder(folder.parent)


def replace(source: Path, target: Path) -> None:
    """Give a file another file's name, for good; for ten seconds again and again while another program holds it (R11).

    Raises StillHeld where it is held for longer, OSError.
    """
    waits = iter(WAITS)
    while True:
        try:
            step(source.replace, target)
            break
        except OSError as error:
            if not _is_held(error):
                raise
            if (wait := next(waits, None)) is None:
                raise StillHeld(error, source) from error
            pause(wait)
    sync_folder(target.parent)


def _is_held(error: OSError) -> bool:
    """Whether another program has the file open: Windows then denies access, or names a sharing or lock violation."""
    return getattr(error, "winerror", None) in {5, 32, 33} or error.errno in {errno.EBUSY, errno.ETXTBSY}


def remove(path: Path) -> None:
    """Take a file away, if it is there."""
    step(path.unlink, missing_ok=True)


class Lock:
    """A file held by this process alone; the operating system lets go of it when the process dies."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self._path = path
        self._file = file

    def holds(self) -> bool:
        """Whether what is locked still bears the name: its disk may have been away. Raises OSError."""
        return _is_still(self._file, self._path)

    def release(self) -> None:
        """Let go, leaving nothing behind; what cannot be taken away holds nobody up."""
        if sys.platform == "win32":
            self._file.close()
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
        self._file.close()


def lock(path: Path) -> Lock | None:
    """Hold ``path`` with a lock file beside it; None while another process holds it. Raises OSError."""
    beside = path.with_name(path.name + LOCK)
    while True:
        file = step(beside.open, "ab")
        if not step(_held, file):
            file.close()
            return None
        if _is_still(file, beside):
            return Lock(beside, file)
        file.close()


def is_held(path: Path) -> bool:
    """Whether a process is holding ``path``; one that died leaves its lock file behind, though not the lock."""
    if not path.with_name(path.name + LOCK).exists():
        return False
    try:
        held = lock(path)
    except OSError:
        return True
    if held is None:
        return True
    held.release()
    return False


def _is_still(file: BinaryIO, path: Path) -> bool:
    """Whether the locked file is the one that bears the name: its last holder may just have taken it away."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _held(file: BinaryIO) -> bool:
        try:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _held(file: BinaryIO) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
