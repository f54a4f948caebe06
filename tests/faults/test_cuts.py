"""Power cuts, deaths and failing operations at every place of every run (R2, R3, R19, R25), on a disk that is watched.

A cut is played on the log of one run: what was not synced is lost, or kept in part, sector by sector. A death and a
failing operation are real ones, in a process forked for each.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Final

import pytest

from tests.faults import disk
from tests.faults.runs import RUNS

SEED: Final = 2026
# How much of what was not synced is there after a cut: nothing, some of it, nearly all of it.
LIKELY: Final = (0.0, 0.3, 0.5, 0.9)
SECTORS: Final = (512, 4096)
# The short tests take every k-th operation, the long ones each.
CUT: Final = {"typing": 800, "backup": 150, "from version 3": 40}
TROUBLED: Final = {"import": 300, "from version 3": 34}
TROUBLES: Final = {"kill": "deaths", "once": "operations failing once", "ever": "disks failing from there on"}


def _watched(folder: Path, kinds: str, *runs: str, log: Path | None = None) -> str:
    """Do runs that begin in ``before`` on a watched disk; what was said."""
    for run in runs:
        begun = folder / "before" / run.partition(":")[0]
        begun.mkdir(parents=True)
        RUNS[begun.name].prepare(begun)
    shutil.copytree(folder / "before", folder / "run")
    command = [
        sys.executable,
        "-m",
        "tests.faults.runs",
        str(folder / "before"),
        str(folder / "run"),
        kinds,
        *runs,
    ]
    environment = disk.watched(folder / "run", log)
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr[-3000:]
    return said.stdout


def _cut(folder: Path, name: str, done: list[disk.Operation], step: int) -> int:
    """Cut after every ``step``-th operation of a run; how many cuts there were."""
    chance, count = Random(SEED), 0
    for number, (left, told) in enumerate(disk.cuts(folder / "before" / name, done)):
        if number % step and number != len(done) - 1:
            continue
        for likely in LIKELY if step == 1 else (0.0, chance.choice(LIKELY)):
            left.leave(folder / "cut", chance, likely, sector := chance.choice(SECTORS))
            try:
                RUNS[name].check(folder / "cut", [json.loads(line) for line in told])
            except BaseException as error:
                at = (
                    f"after {number} {done[number].name} {done[number].path}, {likely} kept of {sector} bytes"
                )
                raise AssertionError(f"{name}, cut {at}: {error!r}") from error
            count += 1
    return count


def test_r2_a_power_cut_costs_nothing_acknowledged(tmp_path: Path) -> None:
    _watched(tmp_path, "", *CUT, log=tmp_path / "log")
    for name, step in CUT.items():
        done = disk.operations(tmp_path / "log", tmp_path / "run" / name)
        assert _cut(tmp_path, name, done, step) >= 4


@pytest.mark.soak
@pytest.mark.parametrize("name", RUNS)
def test_r2_power_cuts_at_every_operation(tmp_path: Path, name: str, sweep: Callable[[str], None]) -> None:
    _watched(tmp_path, "", name, log=tmp_path / "log")
    done = disk.operations(tmp_path / "log", tmp_path / "run" / name)
    count = _cut(tmp_path, name, done, 1)
    sweep(f"R2: {name}: {count} power cuts after {len(done)} operations (seed {SEED}), nothing lost")


def test_r3_r19_r25_death_and_failure_at_some_operations(tmp_path: Path) -> None:
    said = _watched(tmp_path, ",".join(TROUBLES), *(f"{name}:{step}" for name, step in TROUBLED.items()))
    found = json.loads(said)
    assert len(found) == len(TROUBLED) * len(TROUBLES)
    assert min(one["troubles"] for one in found.values()) >= 1


@pytest.mark.soak
@pytest.mark.parametrize("name", RUNS)
def test_r3_r19_r25_death_and_failure_at_every_operation(
    tmp_path: Path, name: str, sweep: Callable[[str], None]
) -> None:
    for run, found in json.loads(_watched(tmp_path, ",".join(TROUBLES), name)).items():
        words = TROUBLES[run.rpartition(": ")[2]]
        sweep(f"R3: {name}: {found['troubles']} {words}, {found['sentences']} different refusals")
