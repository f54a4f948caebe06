"""Tells the program's own files in a folder from what may be a package: nobody sends those, and no list names each."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from dcs_desktop import safety_copies

SUFFIXES: Final = frozenset({".sqlite", ".sqlite-journal", ".lock"})


def parted(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """What may be a package, and what the program itself put there: data files, backups, locks, safety copies."""
    found: tuple[list[Path], list[Path]] = [], []
    for path in paths:
        found[path.suffix.casefold() in SUFFIXES or safety_copies.is_one(path)].append(path)
    return found
