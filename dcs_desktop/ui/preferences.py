"""What the program remembers about itself on this machine: language, theme, text size, where its window stood."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Final

from dcs_desktop.i18n import LANGUAGES, Language
from dcs_desktop.paths import data_dir
from dcs_desktop.ui.look import TEXT_SIZES, Theme

FILE_NAME: Final = "settings.json"


@dataclass(frozen=True, slots=True)
class Preferences:
    """Nothing in here is part of any report.

    ``geometry`` is Qt's description of the window in base64, ``folder`` the
    one that was last chosen for an exported file, ``second`` the second
    folder of backups, "" for none.
    """

    language: Language = "vi"
    theme: Theme = "light"
    text_size: int = 100
    geometry: str = ""
    folder: str = ""
    second: str = ""


def _file() -> Path:
    return data_dir() / FILE_NAME


def load() -> Preferences:
    """What was remembered; whatever cannot be read is as it was at first."""
    try:
        said = json.loads(_file().read_text("utf-8"))
    except (OSError, ValueError):
        return Preferences()
    if not isinstance(said, dict):
        return Preferences()
    known = {field.name: type(getattr(Preferences(), field.name)) for field in fields(Preferences)}
    kept = {name: value for name, value in said.items() if isinstance(value, known.get(name, tuple))}
    return _allowed(Preferences(**kept))


def _allowed(read: Preferences) -> Preferences:
    usual = Preferences()
    return replace(
        read,
        language=read.language if read.language in LANGUAGES else usual.language,
        theme=read.theme if read.theme in ("light", "dark", "system") else usual.theme,
        text_size=read.text_size if read.text_size in TEXT_SIZES else usual.text_size,
    )


def save(preferences: Preferences) -> None:
    """Remember; a folder that cannot be written to is no reason to disturb anybody."""
    beside = _file().with_suffix(".new")
    try:
        data_dir(create=True)
        beside.write_text(json.dumps(asdict(preferences), ensure_ascii=False, indent=1), "utf-8")
        beside.replace(_file())
    except OSError:
        beside.unlink(missing_ok=True)
