"""Mutated files of a kind through its door, in a process of bounded memory: ``python -m tests.hostile.fuzzing``.

Arguments: the kind or "all", how many, the seed. Prints, for each kind, how many were read, what came of them, the
slowest and its seed; ends with 1 where one crashed, took over a second of processor time or went over the memory.
"""

from __future__ import annotations

import random
import resource
import sys
import time
import traceback
from collections import Counter
from pathlib import Path
from typing import Final

from tests.hostile.seeds import EXPECTED, Kind, kinds

MOST_MEMORY: Final = 200_000_000
MOST_SECONDS: Final = 1.0


def attacked(name: str, kind: Kind, count: int, seed: int) -> bool:
    """Read so many mutations; whether each was read or refused in time."""
    outcomes: Counter[str] = Counter()
    slowest, slowest_turn = 0.0, 0
    for turn in range(count):
        data = kind.mutated(random.Random(seed * 1_000_003 + turn))
        began = time.thread_time()
        try:
            kind.door(data)
            outcomes["read"] += 1
        except EXPECTED:
            outcomes["refused"] += 1
        except BaseException as error:  # the harness tells of every kind of crash, MemoryError among them
            outcomes["CRASHED"] += 1
            where = traceback.extract_tb(error.__traceback__)[-1]
            print(f"{name} seed {seed} turn {turn}: {error!r:.200} at {where.filename}:{where.lineno}")
        took = time.thread_time() - began
        if took > slowest:
            slowest, slowest_turn = took, turn
    said = ", ".join(f"{count} {word}" for word, count in sorted(outcomes.items()))
    print(f"{name}: {count} mutations, seed {seed}: {said}; slowest {slowest:.3f} s (turn {slowest_turn})")
    return not outcomes["CRASHED"] and slowest < MOST_SECONDS


def main(which: str, count: int, seed: int) -> int:
    """Attack the kinds asked for; 1 where one gave."""
    found = kinds()
    for kind in found.values():  # what is loaded at first use is loaded before memory is bounded
        kind.door(kind.honest)
    now = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + MOST_MEMORY, resource.RLIM_INFINITY))
    asked = found if which == "all" else {which: found[which]}
    held = [attacked(name, kind, count, seed) for name, kind in asked.items()]
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000} MB in all")
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
