"""Puts the parts together: the window, or a verb of the command line."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> int:
    """Run what the arguments ask for; the exit status (0 done, 1 done with errors found, 2 refused)."""
    from dcs_desktop import cli

    return cli.run(sys.argv[1:], open_window)


def open_window(data: Path, file: Path | None, selftest: bool) -> int:
    """Open the window on a data file and, when one is named, a package or letter; its exit status."""
    from dcs_desktop.ui import app

    return app.selftest(data) if selftest else app.start(data, file)


if __name__ == "__main__":
    sys.exit(main())
