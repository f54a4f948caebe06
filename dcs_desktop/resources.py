"""The files the program ships, read on demand."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.unit_list_file import UnitListFault, read_unit_list
from dcs_desktop.core.units import UnitList, UnitListInfo
from dcs_desktop.i18n import _
from dcs_desktop.paths import data_dir, resources_dir

LISTS = Path("units", "lists.toml")
LAYOUTS = "layouts"


def read_text(part: Path) -> str:
    """The text of a file of the program, ``part`` being its place under resources/.

    Raises Refusal, with the name of the file, when it is missing or damaged.
    """
    try:
        return read_bytes(part).decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(_damaged(part)) from error


def read_bytes(part: Path) -> bytes:
    """A file of the program as it is, ``part`` being its place under resources/. Raises Refusal as :func:`read_text`."""
    try:
        return (resources_dir() / part).read_bytes()
    except OSError as error:
        raise Refusal(_damaged(part)) from error


def layout_files() -> dict[str, Path]:
    """The rule sets of paper by id: the program's own, and files laid into the folder "layouts" of the user's data.

    The program's own hold against a file of the same name.
    """
    folders = (data_dir() / LAYOUTS, resources_dir() / LAYOUTS)
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.toml"))}


def layout_text(id: str) -> str:
    """The text of a rule set. Raises Refusal, with the name of its file, when there is none or it is damaged."""
    part = Path(LAYOUTS, f"{id}.toml")
    try:
        return layout_files()[id].read_text(encoding="utf-8")
    except (KeyError, OSError, UnicodeDecodeError) as error:
        raise Refusal(_damaged(part)) from error


def layout_name(id: str) -> str:
    """What a rule set calls itself; its id where its file cannot be read, which printing with it will refuse."""
    try:
        return str(tomllib.loads(layout_text(id)).get("name", id))
    except (Refusal, tomllib.TOMLDecodeError):
        return id


def _damaged(part: Path) -> str:
    return _("Tệp {file} của chương trình bị thiếu hoặc hỏng. Hãy cài đặt lại chương trình.").format(
        file=part.as_posix()
    )


@cache
def unit_lists() -> tuple[UnitListInfo, ...]:
    """The official lists of units that are there, the earliest first. Raises Refusal."""
    try:
        entries = tomllib.loads(read_text(LISTS))["list"]
        lists = [_info(**entry) for entry in entries]
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise Refusal(_damaged(LISTS)) from error
    return tuple(sorted(lists, key=lambda info: info.valid_from))


def _info(
    *, id: str, title: str, valid_from: date, levels: list[str], valid_until: date | None = None
) -> UnitListInfo:
    return UnitListInfo(id, title, valid_from, valid_until, tuple(levels))


@cache
def unit_list(id: str) -> UnitList:
    """The official list with this id, read once. Raises Refusal, for an unknown id too."""
    info = next((info for info in unit_lists() if info.id == id), None)
    if info is None:
        known = ", ".join(info.id for info in unit_lists())
        raise Refusal(
            _("Không có danh mục đơn vị {id}. Các danh mục hiện có: {known}.").format(id=id, known=known)
        )
    part = Path("units", f"{id}.csv")
    try:
        return read_unit_list(read_text(part), info)
    except UnitListFault as error:
        raise Refusal(
            _("Tệp {file} của chương trình có lỗi: {fault} Hãy cài đặt lại chương trình.").format(
                file=part.as_posix(), fault=error.faults[0]
            )
        ) from error
