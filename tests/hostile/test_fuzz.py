"""Mutated files of every kind: no crash, no second of processor time, no 200 MB; the counts and seeds are printed."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable

import pytest

from dcs_desktop import package
from tests.hostile.fuzzing import attacked
from tests.hostile.seeds import KNOWN, changed, kinds, opened
from tests.package.samples import REPORT

KINDS = kinds()
QUICK = {name: 4 if name == "template" else 40 for name in KINDS}
# What mutations brought to light, mended since: (kind, seed, turn).
FOUND = [("template", 7, 1049)]


def _run(kind: str, count: int, seed: int) -> None:
    """In a process of its own, whose memory is bounded."""
    command = [sys.executable, "-m", "tests.hostile.fuzzing", kind, str(count), str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=1800, check=False)
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", KINDS)
def test_hostile_mutations_are_read_or_refused_in_time(name: str) -> None:
    assert attacked(name, KINDS[name], QUICK[name], 1)


@pytest.mark.parametrize(("name", "seed", "turn"), FOUND)
def test_hostile_what_once_crashed_does_not(name: str, seed: int, turn: int) -> None:
    data = KINDS[name].mutated(random.Random(seed * 1_000_003 + turn))
    with pytest.raises(Exception, match="Mẫu báo cáo"):
        KINDS[name].door(data)


def test_hostile_memory_is_bounded_in_a_process() -> None:
    _run("cells", 40, 2)


def _is_refused_or_the_same(data: bytes) -> bool:
    reading = package.read_bytes(data, "p.zip", KNOWN)
    if reading.faults:
        return reading.report is None
    return reading.report == REPORT


def _mutated_packages(count: int, seed: int) -> str:
    refused = 0
    honest = KINDS["package"].honest
    for turn in range(count):
        data = changed(honest, random.Random(seed * 1_000_003 + turn))
        assert _is_refused_or_the_same(data), f"seed {seed} turn {turn}"
        refused += data != honest
    return f"R13: {count} mutated packages, seed {seed}: none accepted as something else; {refused} changed"


def test_r13_a_mutated_package_is_refused_or_says_the_same() -> None:
    _mutated_packages(300, 1)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2, 7))
def test_r13_ten_thousand_mutated_packages(seed: int, sweep: Callable[[str], None]) -> None:
    sweep(_mutated_packages(10_000, seed))


@pytest.mark.soak
def test_r13_every_byte_of_a_small_package_in_all_its_bits(sweep: Callable[[str], None]) -> None:
    honest = KINDS["package"].honest
    for at in range(len(honest)):
        for bit in range(8):
            data = bytearray(honest)
            data[at] ^= 1 << bit
            assert _is_refused_or_the_same(bytes(data)), (at, bit)
    sweep(f"R13: every bit of {len(honest)} bytes flipped, {8 * len(honest)} packages")


def test_r13_bytes_of_a_letter() -> None:
    """A letter's bytes stand for its content: whatever is read of a changed one is the same letter."""
    honest = KINDS["letter"].honest
    whole = package.read_letter_bytes(honest, "l.zip").letter
    assert whole is not None
    for at in range(0, len(honest), 5):
        data = bytearray(honest)
        data[at] ^= 0x11
        reading = package.read_letter_bytes(bytes(data), "l.zip")
        assert reading.letter == whole or (reading.letter is None and reading.faults), at


def test_r15_no_name_of_a_package_becomes_a_path() -> None:
    for name in ("../x.csv", "/x.csv", "C:x.csv", "a\\b.csv", "x\x00.csv", "./x.csv"):
        files = {**opened(KINDS["package"].honest), name: b"x"}
        reading = package.read_bytes(KINDS["package"].zip(files), "p.zip", KNOWN)
        assert reading.report is None, name
        assert reading.faults, name
        assert json.dumps([fault.message for fault in reading.faults])


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2, 4))
@pytest.mark.parametrize("name", KINDS)
def test_hostile_many_mutations_within_time_and_memory(
    name: str, seed: int, sweep: Callable[[str], None]
) -> None:
    count = 2_000 if name == "template" else 10_000
    _run(name, count, seed)
    sweep(f"R14: {count} mutations of {name}, seed {seed}: within time and memory")
