"""Safety copies: each report as a package file beside the data, so that a data file can be made again (R8).

They lie in ``packages`` beside the data file: ``dcs.31426_2024-nam_CT.000003.zip`` is the third of the original of 2024.
The number alone orders them (R12). Nobody's answers wait for them, and nothing is lost where one cannot be written.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dcs_desktop import files, package
from dcs_desktop.core.report import Report
from dcs_desktop.core.template import Template
from dcs_desktop.core.text import fold
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _

FOLDER: Final = "packages"
KEPT: Final = 5
NAME: Final = re.compile(r"([A-Za-z0-9._-]+)\.(\d{6})\.zip", re.ASCII)


@dataclass(frozen=True, slots=True)
class SafetyCopy:
    """A safety copy in its folder: of which report revision, the how manieth."""

    path: Path
    of: str
    number: int


def folder_of(data: Path) -> Path:
    """Where the safety copies of a data file lie; it need not exist yet."""
    return data.absolute().parent / FOLDER


def is_one(path: Path) -> bool:
    """Whether a file is named as a safety copy is, in a folder named as theirs."""
    return path.parent.name == FOLDER and NAME.fullmatch(path.name) is not None


def copies_in(folder: Path, of: str = "") -> tuple[SafetyCopy, ...]:
    """The safety copies in a folder, of one report revision where it is said, newest first. Raises OSError."""
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    named = [(name, NAME.fullmatch(name)) for name in names]
    found = [SafetyCopy(folder / name, match[1], int(match[2])) for name, match in named if match]
    return tuple(
        sorted((one for one in found if of in ("", one.of)), key=lambda one: one.number, reverse=True)
    )


def write(data: Path, report: Report, template: Template, exported: str = "") -> Path:
    """Keep a safety copy of a report of a data file, whole or not at all; the newest where it says the same already.

    ``exported`` is the content digest that left the house, "" for none. Older ones are thinned to the last five.
    Raises Refusal: the disk is full or closed, the report too large.
    """
    content = package.safety_bytes(report, template, exported)
    folder, of = folder_of(data), _name_of(data, report)
    try:
        there = copies_in(folder, of)
        if there and there[0].path.read_bytes() == content:
            return there[0].path
        files.make_folder(folder)
        path = folder / f"{of}.{there[0].number + 1 if there else 1:06}.zip"
        files.write_beside_then_replace(path, content)
    except OSError as error:
        text = _(
            "Chưa ghi được bản an toàn của báo cáo vào {folder}: {reason}. Dữ liệu không bị ảnh hưởng; hãy dọn ổ đĩa "
            "hoặc cấp quyền ghi thư mục này."
        )
        raise Refusal(text.format(folder=folder, reason=files.reason(error))) from error
    _thin([path, *(one.path for one in there)])
    return path


def _name_of(data: Path, report: Report) -> str:
    """``dcs.31426_2024-nam_CT``: data file and report revision in ASCII, training told apart."""
    stem = re.sub(r"[^A-Za-z0-9-]+", "-", fold(data.stem)).strip("-") or "data"
    training = "_TH" if report.identity.training else ""
    return f"{stem[:60]}.{package.file_name(report)[4:-4]}{training}"


def _thin(newest_first: list[Path]) -> None:
    """Take away what need not be kept; one that cannot be is tried again with the next."""
    for path in newest_first[KEPT:]:
        with suppress(OSError):
            files.remove(path)
