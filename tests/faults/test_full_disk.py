"""A disk that is really full: a small tmpfs with less and less room left (R4)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.runs import ACKNOWLEDGED, RUNS, Watch, told_in

SIZE = 4_000_000
BALLAST = "ballast"
PAGE = 4096


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four million bytes."""
    folder = tmp_path / "đĩa"
    folder.mkdir()
    mount = shutil.which("mount")
    if sys.platform != "linux" or mount is None:
        pytest.skip("mounting a small disk needs Linux")
    made = subprocess.run(
        [mount, "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        pytest.skip(f"mounting a small disk is not allowed here: {made.stderr.strip()}")
    yield folder
    subprocess.run(["umount", folder], check=True)


def _filled(folder: Path, room: int) -> None:
    """Leave so many bytes."""
    free = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
    with (folder / BALLAST).open("wb") as ballast:
        ballast.write(bytes(max(0, free - room)))


def _full_with(name: str, disk: Path, notes: Path, room: int) -> bool:
    """One run on a disk with so much room, then with more; whether the disk became full."""
    for path in disk.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.rmtree(notes, ignore_errors=True)
    RUNS[name].prepare(disk)
    _filled(disk, room)
    notes.mkdir()
    watch = Watch(notes, (disk / BALLAST).unlink)
    RUNS[name].act(disk, watch)
    (disk / BALLAST).unlink(missing_ok=True)
    shutil.copy(notes / ACKNOWLEDGED, disk)
    RUNS[name].check(disk, told_in(disk))
    return bool(watch.refused)


@pytest.mark.parametrize(
    "name", ["typing", "export", "backup", "restore", "import", "first start", "from version 3"]
)
def test_r4_a_full_disk_costs_nothing_and_is_said(disk: Path, tmp_path: Path, name: str) -> None:
    refused = [_full_with(name, disk, tmp_path / "notes", room) for room in (0, 5 * PAGE, 24 * PAGE)]
    assert any(refused)


@pytest.mark.soak
@pytest.mark.parametrize("name", RUNS)
def test_r4_every_page_of_room(disk: Path, tmp_path: Path, name: str, sweep: Callable[[str], None]) -> None:
    refused = [_full_with(name, disk, tmp_path / "notes", room * PAGE) for room in range(100)]
    sweep(f"R4: {name}: {len(refused)} disks of 0 to 99 pages of room, {sum(refused)} of them full")
