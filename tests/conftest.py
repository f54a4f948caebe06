"""Every test runs without a screen, in Vietnamese, on data of its own."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

# Before Qt is imported anywhere. DCS_TEST_PLATFORM=xcb shows the windows on a real or virtual screen.
os.environ["QT_QPA_PLATFORM"] = os.environ.get("DCS_TEST_PLATFORM", "offscreen")
os.environ["LANGUAGE"] = "vi"
# A first place for code that runs at import time; the fixture below gives each test its own.
os.environ["DCS_DESKTOP_HOME"] = str(Path(tempfile.gettempdir()) / f"dcs-desktop-tests-{os.getpid()}")

import pytest
from hypothesis import settings

from dcs_desktop.store import DataFile, open_file

# The laws try the same examples on every run and on a slow machine, so that a red test is a change's doing.
# HYPOTHESIS_PROFILE=search tries new ones (make soak does).
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh data folder for each test, so that none sees what another saved."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("DCS_DESKTOP_HOME", str(home))
    return home


@pytest.fixture
def file(tmp_path: Path) -> Iterator[DataFile]:
    """A new data file with nothing in it."""
    opened = open_file(tmp_path / "dcs.sqlite", create=True)
    yield opened
    opened.close()


@pytest.fixture
def sweep(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Says what a sweep counted, with its seed; `make soak` prints it."""
    return partial(record_property, "sweep")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """What the sweeps counted, with their seeds, where the long ones are among them."""
    if config.getoption("markexpr") == "not soak":
        return
    for report in terminalreporter.stats.get("passed", []):
        for name, said in getattr(report, "user_properties", []):
            if name == "sweep":
                terminalreporter.write_line(str(said))
