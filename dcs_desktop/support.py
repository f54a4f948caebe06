"""What a helper may see of this machine: versions, sizes, counts, what went wrong; no figure, text, name or path (R28)."""

from __future__ import annotations

import io
import json
import locale
import platform
import re
import shutil
import sqlite3
import sys
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from dcs_desktop import __version__, backups, template_library
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.paths import data_dir
from dcs_desktop.store.connecting import connect, limited

ERRORS, CRASH = "errors.log", "crash.log"
MOST_LOG: Final = 200_000
PACKAGES: Final = (
    "pyside6-essentials",
    "reportlab",
    "sqlalchemy",
    "alembic",
    "pikepdf",
    "python-calamine",
    "pynacl",
)
TABLES: Final = (
    "report",
    "answer",
    "table_row",
    "change",
    "received",
    "package",
    "letter",
    "note",
    "own",
    "decision",
)
# A path of this machine: what is left of it are the last two names, of the program's own files.
PATH: Final = re.compile(r"""(["'])((?:[A-Za-z]:)?[/\\](?:[^"'/\\\n]+[/\\])*)([^"'\n]*)\1""")
OURS: Final = re.compile(r"(dcs_desktop|PySide6|reportlab|sqlalchemy|python3?\.\d+|Lib)[/\\]")
# What a report of a crash is made of; anything else on a line may be somebody's words.
KNOWN: Final = re.compile(
    r"\s*(File (\"[^\"]*\"|<[^>]*>), line \d+,? in [A-Za-z_<][\w<>.]*|Traceback \(most recent call last\):|"
    r"Fatal Python error: [A-Za-z ]+|(Current thread|Thread) 0x[0-9a-f]+[^\"]*|"
    r"[A-Za-z_.]*(Error|Exception|Warning|Iteration|Exit|Fault|Refusal|Broken|Damaged))?",
    re.ASCII,
)

Said = dict[str, Any]  # Any: JSON


def told(data: Path, screens: Sequence[Mapping[str, object]] = ()) -> Said:
    """Everything that a bundle says, as JSON; ``screens`` are sizes and scales where a window is open."""
    return {
        "program": {
            "version": __version__,
            "frozen": bool(getattr(sys, "frozen", False)),
            "packages": _packages(),
        },
        "system": {
            "system": platform.system(),
            "release": platform.release(),
            "machine": platform.machine(),
            "python": platform.python_version(),
            "sqlite": sqlite3.sqlite_version,
            "locale": locale.getlocale()[0] or "",
        },
        "screens": [dict(one) for one in screens],
        "settings": _settings(),
        "data": _data(data),
        "templates": _templates(),
    }


def bundle(data: Path, screens: Sequence[Mapping[str, object]] = ()) -> bytes:
    """The bundle as a zip: what is told, and what went wrong, without paths and words of this machine."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("about.json", json.dumps(told(data, screens), ensure_ascii=False, indent=1))
        for name in (ERRORS, CRASH):
            archive.writestr(name, log_of(data_dir() / name))
    return made.getvalue()


def log_of(path: Path) -> str:
    """The end of a log, only lines that tell where the program was; their paths cut to its own files."""
    try:
        text = path.read_bytes()[-MOST_LOG:].decode("utf-8", "replace")
    except OSError:
        return ""
    lines = (PATH.sub(_shortened, line) for line in text.splitlines() if KNOWN.fullmatch(line))
    return "\n".join(lines) + "\n"


def _shortened(found: re.Match[str]) -> str:
    quote, folders, name = found[1], found[2], found[3]
    ours = OURS.search(folders)
    return f"{quote}{folders[ours.start() :] if ours else '…/'}{name if ours else '…'}{quote}"


def _packages() -> Said:
    found = {}
    for name in PACKAGES:
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


def _settings() -> Said:
    """How the window looks; folders and places stay out."""
    try:
        said = json.loads((data_dir() / "settings.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    kept = (
        {name: said.get(name) for name in ("language", "theme", "text_size")}
        if isinstance(said, dict)
        else {}
    )
    return {
        name: value
        for name, value in kept.items()
        if value in (*range(50, 401), "vi", "en", "light", "dark", "system")
    }


def _data(path: Path) -> Said:
    said: Said = {"there": path.exists(), "backups": len(backups.backups_of(path))}
    if not path.exists():
        return said
    with suppress(OSError):
        said |= {
            "size": path.stat().st_size,
            "journal": path.with_name(path.name + "-journal").exists(),
            "free": shutil.disk_usage(path.parent).free,
        }
    try:
        with closing(connect(path.absolute(), read_only=True)) as connection, limited(connection):
            said["tables_version"] = connection.execute("PRAGMA user_version").fetchone()[0]
            said["whole"] = connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            said["counts"] = {table: _count(connection, table) for table in TABLES}
    except (sqlite3.Error, OSError) as error:
        said["trouble"] = getattr(error, "sqlite_errorname", "") or type(error).__name__
    return said


def _count(connection: sqlite3.Connection, table: str) -> int | None:
    try:
        count: int = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    except sqlite3.Error:
        return None
    return count


def _templates() -> list[str]:
    """The shipped ones by name, and how many were given: their names may be somebody's words."""
    try:
        known = template_library.known()
    except Refusal:
        return []
    return [*(info.reference for info in known if not info.given), f"+{sum(info.given for info in known)}"]
