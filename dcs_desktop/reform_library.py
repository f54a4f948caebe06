"""Which units became which, as far as it is known here: what the program ships, and files the user was given."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from dcs_desktop import resources
from dcs_desktop.core.reform import Reform, Relation, refined
from dcs_desktop.core.reform_file import ReformFault, read_reform
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.files import reason, step, write_beside_then_replace
from dcs_desktop.i18n import _
from dcs_desktop.paths import data_dir, resources_dir

SHIPPED = Path("units", "reforms")
GIVEN = "reforms"
LARGEST = 2_000_000


@cache
def reform() -> Reform:
    """All relations, a given one before what is shipped of the same units.

    Raises Refusal for a shipped file that is damaged; a given one that is, is left out, and said by :func:`faults`.
    """
    shipped = [one for path in sorted((resources_dir() / SHIPPED).glob("*.csv")) for one in _shipped(path)]
    given = [one for path in given_files() for one in _given(path)]
    return refined(given, shipped)


def given_files() -> tuple[Path, ...]:
    """The files that were added, in the order of their names."""
    return tuple(sorted((data_dir() / GIVEN).glob("*.csv")))


def examine(path: Path) -> tuple[Relation, ...]:
    """The relations of a file of any author.

    Raises ReformFault with every fault; Refusal when the file cannot be read, or is too large.
    """
    return read_reform(_text(path), _lists())


def add(path: Path) -> tuple[Relation, ...]:
    """Keep a file of relations for good, in place of one of the same name.

    Raises ReformFault with every fault of it; Refusal when it cannot be read or kept.
    """
    found = examine(path)
    target = data_dir() / GIVEN / f"{path.stem}.csv"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_beside_then_replace(target, path.read_bytes())
    except OSError as error:
        message = _("Không ghi được bảng sắp xếp vào {folder}: {reason}. Hãy kiểm tra ổ đĩa rồi thử lại.")
        raise Refusal(message.format(folder=target.parent, reason=reason(error))) from error
    reform.cache_clear()
    return found


def _lists() -> dict[str, dict[str, object]]:
    return {info.id: dict(resources.unit_list(info.id).units) for info in resources.unit_lists()}


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            message = _("Tệp {file} lớn quá {most} MB, không phải là bảng sắp xếp đơn vị. Hãy chọn tệp khác.")
            raise Refusal(message.format(file=path, most=LARGEST // 1_000_000))
        return step(path.read_bytes).decode("utf-8")
    except OSError as error:
        message = _("Không đọc được tệp {file}: {reason}. Hãy kiểm tra lại đường dẫn.")
        raise Refusal(message.format(file=path, reason=reason(error))) from error
    except UnicodeDecodeError as error:
        message = _("Tệp {file} không ghi bằng UTF-8. Hãy lưu lại tệp dạng CSV UTF-8.")
        raise Refusal(message.format(file=path)) from error


def _shipped(path: Path) -> tuple[Relation, ...]:
    try:
        return examine(path)
    except ReformFault as error:
        message = _("Tệp {file} của chương trình bị thiếu hoặc hỏng. Hãy cài đặt lại chương trình.")
        raise Refusal(message.format(file=(SHIPPED / path.name).as_posix())) from error


def _given(path: Path) -> Iterator[Relation]:
    try:
        yield from examine(path)
    except (ReformFault, Refusal):
        return


def faults() -> tuple[tuple[Path, str], ...]:
    """The given files that cannot be used any more, each with what is wrong."""
    found = []
    for path in given_files():
        try:
            examine(path)
        except (ReformFault, Refusal) as error:
            found.append((path, str(error)))
    return tuple(found)
