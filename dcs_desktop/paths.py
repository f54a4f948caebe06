"""Where the program's own files lie and where the user's data goes."""

from __future__ import annotations

import os
import sys
from pathlib import Path

HOME_VARIABLE = "DCS_DESKTOP_HOME"
DATA_FILE_NAME = "dcs.sqlite"

_PACKAGE = Path(__file__).resolve().parent


def resources_dir() -> Path:
    """Templates, layouts, unit lists, fonts, icons and sample texts."""
    return _shipped("resources")


def translations_dir() -> Path:
    """The gettext catalogues, as <language>/LC_MESSAGES/dcs.mo, and Qt's own words beside them."""
    return _shipped("translations")


def guide_dir() -> Path:
    """The user's guide with its pictures."""
    return _shipped("docs/huong-dan")


def data_dir(*, create: bool = False) -> Path:
    """The folder of the user's data: DCS_DESKTOP_HOME if set, else the system's place for application data.

    Raises OSError if it is to be created and cannot be.
    """
    told = os.environ.get(HOME_VARIABLE)
    folder = Path(told) if told else _system_data_dir()
    if create:
        from dcs_desktop.files import make_folder

        make_folder(folder)
    return folder


def given_templates_dir() -> Path:
    """The templates that the user was given; it need not exist yet."""
    return data_dir() / "templates"


def default_data_file() -> Path:
    """The data file that is opened when none is named; it need not exist yet."""
    return data_dir() / DATA_FILE_NAME


def _system_data_dir() -> Path:
    from platformdirs import user_data_path

    return user_data_path("dcs-desktop", appauthor=False)


def _shipped(name: str) -> Path:
    """A folder shipped with the program, in each of the three forms it runs in.

    PyInstaller's bundle unpacks it into its own folder, a wheel holds it inside the package under another
    name, and a working copy has it beside the package.
    """
    bundle: str | None = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        return Path(bundle) / name
    in_wheel = _PACKAGE / f"_{Path(name).name}"
    return in_wheel if in_wheel.is_dir() else _PACKAGE.parent / name
