"""Words that this user called right: one to a line in a file beside the user's data, in no report."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from dcs_desktop.core.text import nfc
from dcs_desktop.files import write_beside_then_replace
from dcs_desktop.paths import data_dir

FILE_NAME = "tu-dung.txt"
MOST, LONGEST = 5_000, 30


def known() -> frozenset[str]:
    """The words, in small letters; none where the file is not there or cannot be read."""
    return _read(data_dir() / FILE_NAME)


@cache
def _read(path: Path) -> frozenset[str]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeError):
        return frozenset()
    return frozenset(nfc(line).strip().lower() for line in lines[:MOST] if len(line) <= LONGEST)


def keep(word: str) -> None:
    """Doubt this word no more. Raises OSError where it cannot be kept; until the program ends it is known all the same."""
    path = data_dir(create=True) / FILE_NAME
    words = _read(path) | {word.lower()}
    write_beside_then_replace(path, "\n".join(sorted(words)).encode() + b"\n")
    _read.cache_clear()
