"""Pictures of bad luck: data that cannot be opened or written, a bug, an end without warning, a key that nobody knows."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from typing import Final

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from dcs_desktop import backups, files, starting
from dcs_desktop.core.period import Period
from dcs_desktop.exporting import export_report
from dcs_desktop.store import DataFile, open_file
from dcs_desktop.ui import crash, shelf, support_dialog
from dcs_desktop.ui.clock import now
from dcs_desktop.ui.running import Mark
from dcs_desktop.ui.signing_keys import SigningKeysDialog
from dcs_desktop.workspace import Workspace, new_report
from docs.screens.camera import HOME, OFFICER, Camera, press_default

FULL_AT: Final = "htx.tong"
WRONG_FIGURE: Final = "hoa_giai.thanh"


def take_unlucky(camera: Camera, data: Path, own: Path) -> None:
    """What is said when the data cannot be opened or written, after a bug, after an end without warning."""
    for name, harm in (("damaged", _zeroed), ("empty", _emptied), ("newer", _of_tomorrow)):
        path = HOME / name / data.name
        path.parent.mkdir()
        shutil.copy(data, path)
        backups.make(path, backups.Why.DAY, now())
        harm(path)
        camera.open(path)
        camera.shoot(f"unlucky-{name}")
    vars(shelf)["now"] = lambda: now() - timedelta(days=1000)
    camera.open(own)
    camera.shoot("unlucky-clock")
    vars(shelf)["now"] = now
    type_one(camera, "9")
    comeback = crash.Comeback(camera.window)
    log = OFFICER / "errors.log"
    camera.shoot_dialog("unlucky-bug", lambda: comeback.say(log), then=press_default)
    camera.shoot_dialog("unlucky-back", lambda: camera.settle(3), wait=1500)
    camera.open(own)
    crash.look_back(camera.window, Mark(own))
    camera.shoot_dialog("unlucky-gone", lambda: camera.settle(3), wait=1500)
    camera.shoot_dialog("support", lambda: support_dialog.ask(camera.window))
    _take_small_disk(camera, own)
    _take_second(camera, data)
    _take_stick(camera, own)


def _take_second(camera: Camera, data: Path) -> None:
    """A data file that another program holds and whose window does not answer."""
    path = HOME / "held" / data.name
    path.parent.mkdir()
    shutil.copy(data, path)
    held = files.lock(path)
    assert held is not None
    camera.open(path)
    camera.shoot("unlucky-held")
    held.release()


def _take_stick(camera: Camera, data: Path) -> None:
    """A stick that is pulled out while somebody types."""
    stick = HOME / "stick"
    stick.mkdir()
    shutil.copy(data, stick / data.name)
    camera.open(stick / data.name)
    camera.window.open_first_report()
    camera.settle(2)
    pocket = stick.rename(HOME / "pocket")
    type_one(camera, "9")
    camera.shoot("unlucky-stick")
    pocket.rename(stick)
    camera.settle(4)
    camera.open(data)


def take_keys(camera: Camera) -> None:
    """A commune that exports on one machine, then on another; at the desk the second package waits for a call."""
    folder, own = HOME / "khoa", os.environ["DCS_DESKTOP_HOME"]
    folder.mkdir()
    period = Period(2024)
    for unit, levels in (("31426", ("cũ", "mới")), ("31405", ("cũ",)), ("31393", ("cũ",))):
        path = folder / f"{unit}.sqlite"
        with closing(_of_unit(path, unit, period)) as file:
            for machine in levels:
                os.environ["DCS_DESKTOP_HOME"] = str(folder / unit / machine)
                _export(file, folder / "goi" / machine)
    os.environ["DCS_DESKTOP_HOME"] = own
    _of_unit(folder / "934.sqlite", "934", period).close()
    camera.open(folder / "934.sqlite")
    window = camera.window
    for machine in ("cũ", "mới"):
        window.open_paths([folder / "goi" / machine])
        camera.settle(3)
    camera.shoot("signing-held")

    def call(dialog: QDialog) -> None:
        assert isinstance(dialog, SigningKeysDialog)
        camera.shoot_dialog("signing-call", dialog.decide)

    assert window.desk is not None
    camera.shoot_dialog("signing-keys", window.desk.packages.ask_keys, then=call)


def _of_unit(path: Path, code: str, period: Period) -> DataFile:
    """A real data file of a unit."""
    file = open_file(path, create=True)
    file.save_setup(starting.proposed_setup(starting.unit_of(code, period), period))
    return file


def _export(file: DataFile, folder: Path) -> None:
    """The next package of a unit."""
    setup = file.setup()
    assert setup is not None
    before = file.latest(setup.unit.identity, Period(2024))
    ref = (
        new_report(file, setup, Period(2024), "dcs@2024")
        if before is None
        else file.start_amendment(before.ref)
    )
    workspace = Workspace.open(file, ref)
    workspace.enter(WRONG_FIGURE, str(20 + ref))
    export_report(workspace, folder, now())
    workspace.close()


def type_one(camera: Camera, typed: str) -> None:
    """A figure typed into the open report."""
    camera.window.open_first_report()
    view = camera.window.room.view
    assert view is not None
    view.go_to(FULL_AT)
    camera.settle()
    field = view.focusWidget()
    assert field is not None
    QTest.keyClicks(field, typed)
    view.commit()
    camera.settle(2)


def _take_small_disk(camera: Camera, data: Path) -> None:
    """A disk that is full while somebody types, and one that takes nothing; only where disks may be made."""
    disk = HOME / "usb"
    disk.mkdir()
    made = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if subprocess.run(made, check=False, capture_output=True).returncode:
        return
    try:
        shutil.copy(data, disk / data.name)
        camera.open(disk / data.name)
        with suppress(OSError), (disk / "day").open("wb", buffering=0) as file:
            while True:
                file.write(bytes(4096))
        type_one(camera, "27")
        camera.shoot("unlucky-full")
        (disk / "day").unlink()
        camera.settle(2)
        camera.open(data)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        camera.open(disk / data.name)
        camera.shoot("unlucky-read-only")
        camera.open(data)
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)


def _zeroed(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    whole[8192:40960] = bytes(32768)
    path.write_bytes(whole)


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


def _of_tomorrow(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA user_version = 99")
