"""Officers at the real form are killed while they type (R1)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.disk import ROOT
from tests.faults.runs import RUNS

SEED = 31426


@pytest.mark.skipif(sys.platform == "win32", reason="kills a forked process")
@pytest.mark.parametrize("kills", [2, pytest.param(1000, marks=pytest.mark.soak)])
def test_r1_killed_while_typing_into_the_form(
    tmp_path: Path, kills: int, sweep: Callable[[str], None]
) -> None:
    RUNS["typing"].prepare(tmp_path)
    command = [sys.executable, "-m", "tests.faults.officer", str(tmp_path), str(kills), str(SEED)]
    said = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stderr[-3000:]
    found = json.loads(said.stdout)
    assert found["kills"] == kills
    sweep(
        f"R1: {kills} kills while typing (seed {SEED}): {found['acknowledged']} acknowledged values, 0 lost, no file damaged; "
        f"of the field being typed at most {found['missing']:.2f} s missing"
    )
