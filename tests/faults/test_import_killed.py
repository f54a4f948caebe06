"""An import in several processes is killed at random moments: whole packages or nothing, a restart goes on (R19)."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Final

import pytest

from dcs_desktop import package, receiving, sample, template_library
from dcs_desktop.core.report import UnitName
from dcs_desktop.core.setup import ExpectedUnit
from dcs_desktop.core.values import given
from dcs_desktop.store import open_file
from dcs_desktop.store.examining import look_whole
from tests.faults.disk import ROOT

SEED: Final = 19
KEY: Final = "dan_cu.ho"
TAKING: Final = """
import sys
from datetime import date
from pathlib import Path
from dcs_desktop import receiving
from dcs_desktop.receiving import looking, taking_in
from dcs_desktop.store import open_file

if __name__ == "__main__":
    looking.FEW, looking.AT_ONCE, taking_in.KEPT_AT_ONCE = 3, 2, 60_000
    print("begun", flush=True)
    file = open_file(Path(sys.argv[1]))
    receiving.import_paths(file, [Path(sys.argv[2])], date(2024, 12, 9), processes=2)
    file.close()
    print("done", flush=True)
"""


def _prepared(folder: Path, count: int) -> tuple[Path, Path]:
    """A desk's data file, and the packages of so many communes."""
    first, data, mail = sample.commune_reports()[0], folder / "huyện.sqlite", folder / "thư"
    units = [UnitName(f"{number:05}", "GSO-2024", f"Xã {number}", "xã") for number in range(1, count + 1)]
    for number, unit in enumerate(units, 1):
        report = replace(
            first,
            identity=replace(first.identity, unit=unit),
            answers=first.answers.with_value(KEY, given(number)),
        )
        package.write(mail, report, template_library.template(report.identity.template))
    setup = replace(
        sample.setup_of(sample.district_report()), expected=tuple(ExpectedUnit(unit) for unit in units)
    )
    with closing(open_file(data, create=True)) as file:
        file.save_setup(setup)
    return data, mail


def _left_of(group: int) -> list[str]:
    """The processes of a group that are still at work."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, its_group = path.read_text().rpartition(")")[2].split()[:3]
        except (OSError, ValueError):
            continue
        if int(its_group) == group and state != "Z":
            found.append(f"{path.parent.name}: {(path.parent / 'cmdline').read_text()}")
    return found


def _killed(script: Path, data: Path, mail: Path, seconds: float) -> bool:
    """Kill an import so long after it began, and see its processes end; whether it was done before."""
    taking = subprocess.Popen(
        [sys.executable, str(script), str(data), str(mail)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
        text=True,
    )
    assert taking.stdout is not None
    assert taking.stdout.readline() == "begun\n"
    time.sleep(seconds)
    taking.kill()
    taking.wait()
    until = time.monotonic() + 10
    while (left := _left_of(taking.pid)) and time.monotonic() < until:
        time.sleep(0.02)
    assert left == [], "left at work by an import that was killed"
    return taking.stdout.read() == "done\n"


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes left over in /proc")
@pytest.mark.parametrize(("kills", "count"), [(1, 12), pytest.param(40, 40, marks=pytest.mark.soak)])
def test_r19_an_import_killed_anywhere_goes_on(
    tmp_path: Path, kills: int, count: int, sweep: Callable[[str], None]
) -> None:
    data, mail = _prepared(tmp_path, count)
    script = tmp_path / "taking.py"
    script.write_text(TAKING, "utf-8")
    empty, chance, stood = data.read_bytes(), Random(SEED), set[int]()
    paths = sorted(mail.iterdir())
    for _kill in range(kills):
        _killed(script, data, mail, chance.uniform(0.1, 1.6))
        look_whole(data)
        with closing(open_file(data)) as file:
            here = [one.file_name for one in file.received()]
        stood.add(len(here))
        assert here == [path.name for path in paths][: len(here)]
        if len(here) == count:
            data.write_bytes(empty)
    with closing(open_file(data)) as file:
        receiving.import_paths(file, [mail], date(2024, 12, 9), processes=1)
        assert [one.file_name for one in file.received()] == [path.name for path in paths]
        period = sample.commune_reports()[0].identity.period
        assert receiving.totals(file, period).totals[KEY].value.number == count * (count + 1) // 2
    sweep(
        f"R19: {kills} imports of {count} packages killed (seed {SEED}), found with {sorted(stood)} of them: "
        "each whole, none twice, no process left"
    )
