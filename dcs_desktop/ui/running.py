"""The mark of a running program: who finds one at its start follows a run that ended without warning (crash.py)."""

from __future__ import annotations

import faulthandler
import json
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final, TextIO

from dcs_desktop.paths import data_dir

# One for each data file: two windows may work on two.
MARK: Final = "running-{data}.json"
CRASH: Final = "crash.log"
MOST_LOG: Final = 200_000


class Mark:
    """The mark of a running program, which one that ends well takes away."""

    def __init__(self, data: Path) -> None:
        self._path = data_dir() / MARK.format(data=sha256(str(data.absolute()).encode()).hexdigest()[:12])
        self._log: TextIO | None = None
        self.went_on = False

    def set(self) -> bool:
        """Leave the mark, and have the system's own ends written down; whether the last run ended without warning."""
        died = self._path.exists()
        with suppress(OSError, ValueError):
            self.went_on = bool(json.loads(self._path.read_text("utf-8")).get("went_on"))
        self._write(went_on=False)
        with suppress(OSError):
            log = data_dir() / CRASH
            if log.exists() and log.stat().st_size > MOST_LOG:
                log.unlink()
            self._log = log.open("a", encoding="utf-8")
            faulthandler.enable(self._log)
        return died

    def _write(self, *, went_on: bool) -> None:
        with suppress(OSError):
            data_dir(create=True)
            self._path.write_text(json.dumps({"went_on": went_on}), "utf-8")

    def goes_on(self) -> None:
        """Remember that work went on at the place where the last run ended."""
        self._write(went_on=True)

    def take_away(self) -> None:
        """The program ends as it should."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
        if self._log is not None:
            faulthandler.disable()
            self._log.close()
            self._log = None
