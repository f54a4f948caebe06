"""A disk that is watched, and files as a power cut leaves them (R2): what was not synced may be there, in part, or not.

``disk.c`` stands between a process and its files. Its log is replayed here on a model of a disk that keeps no more than
it was told to: bytes of a file once the file was synced, names of a folder once the folder was.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

import pytest

SOURCE: Final = Path(__file__).with_name("disk.c")
ROOT: Final = Path(__file__).parents[2]
TOLD: Final = ".told"
Keeps = Callable[[], bool]


@cache
def watching() -> Path:
    """The library that watches a disk, compiled once. Skips the test where that cannot be done."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or os.name != "posix" or os.uname().sysname != "Linux":
        pytest.skip("watching the disk needs Linux and a C compiler (cc)")
    built = Path(tempfile.mkdtemp(prefix="dcs-disk-")) / "disk.so"
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-o", built, SOURCE, "-ldl", "-lpthread"],
        check=True,
        timeout=60,
    )
    return built


def watched(folder: Path, log: Path | None = None, sync_ms: int = 0) -> dict[str, str]:
    """The environment of a process whose work in ``folder`` is watched."""
    said = {"LD_PRELOAD": str(watching()), "DCS_DISK_ROOT": str(folder), "DCS_DISK_SYNC_MS": str(sync_ms)}
    said |= {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", "LANGUAGE": "vi"}
    return {**os.environ, **said} | ({"DCS_DISK_LOG": str(log)} if log is not None else {})


@dataclass(frozen=True, slots=True)
class Operation:
    """One line of the log: paths are relative to the folder that was watched."""

    name: str
    path: str
    other: str
    offset: int
    data: bytes


def operations(log: Path, folder: Path) -> list[Operation]:
    """What was done in a folder, in order."""
    said, at, found = log.read_bytes(), 0, list[Operation]()

    def inside(path: bytes) -> str:
        return os.path.relpath(path.decode(), folder) if path else ""

    while at < len(said):
        end = said.index(b"\n", at)
        name, path, other, offset, length = said[at:end].split(b"\t")
        at = end + 1
        size = int(length) if name == b"write" else 0
        if path.startswith(os.fsencode(folder)):
            found.append(
                Operation(name.decode(), inside(path), inside(other), int(offset), said[at : at + size])
            )
        at += size
    return found


@dataclass(eq=False)
class _File:
    """A file: its bytes for certain, and what was done to it since it was synced last."""

    kept: bytearray = field(default_factory=bytearray)
    since: list[Operation] = field(default_factory=list)

    def bytes_when(self, keeps: Keeps, sector: int) -> bytes:
        """Its bytes when some of what was done since is kept, a sector whole or not at all."""
        found = bytearray(self.kept)
        for one in self.since:
            if one.name == "truncate":
                if keeps():
                    _cut(found, one.offset)
                continue
            end, at = one.offset + len(one.data), one.offset
            while at < end:
                upto = min(end, (at // sector + 1) * sector)
                if keeps():
                    _write(found, at, one.data[at - one.offset : upto - one.offset])
                at = upto
        return bytes(found)

    def sync(self) -> None:
        self.kept = bytearray(self.bytes_when(lambda: True, 1 << 30))
        self.since.clear()


def _cut(data: bytearray, size: int) -> None:
    del data[size:]
    data.extend(bytes(size - len(data)))


def _write(data: bytearray, at: int, written: bytes) -> None:
    data.extend(bytes(max(0, at - len(data))))
    data[at : at + len(written)] = written


Names = dict[str, "_File | None"]  # None: a folder


class Disk:
    """What a disk was given so far; :meth:`leave` writes what a cut at this moment leaves of it."""

    def __init__(self, folder: Path) -> None:
        self._kept: Names = {}
        for path in sorted(folder.rglob("*")):
            there = None if path.is_dir() else _File(bytearray(path.read_bytes()))
            self._kept[str(path.relative_to(folder))] = there
        self._now = dict(self._kept)
        self._since: list[tuple[Operation, _File | None]] = []

    def take(self, one: Operation) -> None:
        """One more operation."""
        there = self._now.get(one.path)
        match one.name:
            case "write" | "truncate":
                if there is not None:
                    there.since.append(one)
            case "sync":
                self._sync(one.path, there)
            case _:
                made = _File() if one.name == "create" else there
                _rename(self._now, one, made)
                self._since.append((one, made))

    def _sync(self, path: str, there: _File | None) -> None:
        if there is not None:
            there.sync()
            return
        for named in [named for named in self._since if str(Path(named[0].path).parent) == path]:
            _rename(self._kept, *named)
            self._since.remove(named)

    def leave(self, folder: Path, chance: Random | None, likely: float = 1.0, sector: int = 4096) -> None:
        """What is there after a cut: every unsynced part with this likelihood; all of it where only a process died."""

        def keeps() -> bool:
            return chance is None or chance.random() < likely

        names = dict(self._kept)
        for one, made in self._since:
            if keeps():
                _rename(names, one, made)
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir(parents=True)
        for name, there in sorted(names.items()):
            path = folder / name
            if not path.parent.is_dir():
                continue  # the name of its folder was lost
            if there is None:
                path.mkdir()
            else:
                path.write_bytes(there.bytes_when(keeps, sector))


def _rename(names: Names, one: Operation, there: _File | None) -> None:
    match one.name:
        case "create" | "mkdir":
            names[one.path] = there if one.name == "create" else None
        case "unlink" | "rmdir":
            names.pop(one.path, None)
        case "link":
            names[one.other] = there
        case "rename":
            names.pop(one.path, None)
            names[one.other] = there


def cuts(before: Path, done: list[Operation]) -> Iterator[tuple[Disk, list[str]]]:
    """The disk after each operation, and what was acknowledged until then."""
    disk, told = Disk(before), list[str]()
    for one in done:
        if one.path.endswith(TOLD):
            told += one.data.decode().splitlines()
        else:
            disk.take(one)
        yield disk, told
