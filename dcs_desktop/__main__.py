"""Puts the parts together: the window, or a verb of the command line."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

# What tells Qt on Linux where to show windows; without any of them it ends the process.
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def main() -> int:
    """Run what the arguments ask for; the exit status (0 done, 1 done with errors found, 2 refused)."""
    from dcs_desktop import cli

    return cli.run(sys.argv[1:], open_window)


def open_window(data: Path, file: Path | None, selftest: bool) -> int:
    """Open the window on a data file and, when one is named, a package or letter; its exit status.

    Raises Refusal where Qt would abort: without a screen.
    """
    from dcs_desktop.core.trouble import Refusal
    from dcs_desktop.i18n import _

    if sys.platform == "linux" and not any(map(os.environ.get, SCREENS)):
        raise Refusal(_("Máy này không có màn hình. Các lệnh không cần cửa sổ: dcs-desktop --help"))
    if file is not None and not file.is_file():
        raise Refusal(_("Không có tệp {file}. Đề nghị kiểm tra lại tên tệp.").format(file=file))
    # What a start makes is no garbage: looking for some would take a sixth of its time (see ui.app for the end of it).
    gc.disable()
    from dcs_desktop.ui import app

    return app.selftest(data) if selftest else app.start(data, file)


if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        # The processes that print all reports start this very file again.
        from multiprocessing import freeze_support

        freeze_support()
    sys.exit(main())
