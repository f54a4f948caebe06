"""The command line as a test types into it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dcs_desktop import cli

DONE, FAULTS, REFUSED = 0, 1, 2


@dataclass(frozen=True)
class Said:
    """What one run gave: its status and what it printed."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # Any: what the verb prints, checked by each test
        return json.loads(self.out, parse_float=Decimal)


@dataclass(frozen=True)
class Shell:
    """Runs verbs on the data file of one folder; ``opened`` holds what the window was told."""

    folder: Path
    capsys: pytest.CaptureFixture[str]
    opened: list[tuple[Path, Path | None, bool]]

    def run(self, *arguments: str | Path) -> Said:
        def open_window(data: Path, file: Path | None, selftest: bool) -> int:
            self.opened.append((data, file, selftest))
            return 0

        self.capsys.readouterr()
        status = cli.run(["--data", str(self.folder / "dcs.sqlite"), *map(str, arguments)], open_window)
        return Said(status, *self.capsys.readouterr())

    def json(self, *arguments: str | Path, status: int = DONE) -> Any:  # Any: see Said.json
        said = self.run(*arguments, "--json")
        assert (said.status, said.err) == (status, "")
        return said.json

    def refused(self, *arguments: str | Path) -> str:
        """The one sentence of a refusal: on stderr, with nothing on stdout."""
        for more in ((), ("--json",)):
            said = self.run(*arguments, *more)
            assert (said.status, said.out) == (REFUSED, "")
            assert said.err.count("\n") == 1
        return said.err

    def file(self, content: object) -> Path:
        path = self.folder / "in.json"
        path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
        return path
