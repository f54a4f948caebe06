"""Backup, restore and quick look of data files of 5 and 200 MB, and how long a commit waits beside a backup.

The files hold packages of 40 KB of bytes that do not compress, as a receiving unit's do.
"""

from __future__ import annotations

import hashlib
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from dcs_desktop import backups, restoring
from dcs_desktop.backups import Why
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Identity, UnitName
from dcs_desktop.core.setup import Setup
from dcs_desktop.store import Arrival, DataFile, open_file
from dcs_desktop.store.examining import look

DESK = UnitName("934", "GSO-2024", "Huyện Phụng Hiệp", "huyện")
ABOVE = UnitName("93", "GSO-2024", "Tỉnh Hậu Giang", "tỉnh")
PACKAGE, ROUNDS = 40_000, 5


def main() -> None:
    """Print medians of five in milliseconds."""
    folder = Path(tempfile.mkdtemp(prefix="dcs-bench-"))
    try:
        for size in (5_000_000, 200_000_000):
            _report(folder / f"{size}.sqlite", size)
    finally:
        shutil.rmtree(folder)


def _report(path: Path, size: int) -> None:
    file = open_file(path, create=True)
    _fill(file, size)
    now = datetime.now().astimezone()
    print(f"{path.stat().st_size / 1_000_000:.1f} MB")
    waits: list[float] = []
    with _Writing(file, waits):
        taken = [_ms(lambda: backups.make(path, Why.ASKED, now, opened=file)) for _round in range(ROUNDS)]
    print(f"  backup, read back {_said(taken)}; a commit beside it: longest {max(waits):.0f} ms")
    file.close()
    [newest, *_others] = backups.backups_of(path)
    print(f"  quick look {_said([_ms(lambda: look(newest.path)) for _round in range(ROUNDS)])}")
    restored = [_ms(lambda: restoring.restore(path, newest.path, now)) for _round in range(ROUNDS)]
    print(f"  restore {_said(restored)}")


class _Writing:
    """A note is kept every 20 ms meanwhile, and how long each took."""

    def __init__(self, file: DataFile, waits: list[float]) -> None:
        self._file, self._waits = file, waits
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._write)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_said: object) -> None:
        self._over.set()
        self._thread.join()

    def _write(self) -> None:
        at = datetime.now(UTC)
        while not self._over.wait(0.02):
            self._waits.append(_ms(lambda: self._file.add_note(DESK.identity, Period(2024), "Đã gọi.", at)))


def _fill(file: DataFile, size: int) -> None:
    file.save_setup(Setup(DESK, ABOVE, "receiving"))
    random, at = Random(1), datetime(2024, 12, 9, tzinfo=UTC)
    for begin in range(0, size // PACKAGE, 100):
        file.keep_received(
            *(_arrival(random, number, at) for number in range(begin, min(begin + 100, size // PACKAGE)))
        )


def _arrival(random: Random, number: int, at: datetime) -> Arrival:
    data = random.randbytes(PACKAGE)
    digest = hashlib.sha256(data).hexdigest()
    unit = UnitName(f"{number:05}", "GSO-2024", f"Xã số {number}", "xã")
    identity = Identity(unit, DESK, Period(2024), "commune", "dcs@2024")
    return Arrival(identity, digest, digest, data, f"DCS_{number}.zip", "accepted", at)


def _ms(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def _said(taken: list[float]) -> str:
    return f"{statistics.median(taken):.0f} ms (slowest {max(taken):.0f})"


if __name__ == "__main__":
    main()
