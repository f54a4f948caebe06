"""The data file that the window works on, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dcs_desktop.core.setup import Setup
    from dcs_desktop.store import DataFile


@dataclass(frozen=True, slots=True)
class Opened:
    """A data file, where it lies, and what first start said about it."""

    file: DataFile
    setup: Setup
    path: Path


def setup_of(file: DataFile) -> Setup | None:
    """Whose data file it is; a file without that, or one that cannot be read, is let go of again."""
    setup = None
    try:
        setup = file.setup()
    finally:
        if setup is None:
            file.close()
    return setup
