"""Reads an official list of units from the text of its CSV file."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from dcs_desktop.core.units import LEVEL_OF_DIGITS, Unit, UnitList, UnitListInfo
from dcs_desktop.i18n import _

COLUMNS = ["code", "name", "type", "parent_code"]
FAULTS_SHOWN = 20


class UnitListFault(ValueError):
    """A list of units that cannot be used; ``faults`` are sentences with line and remedy, all of them."""

    def __init__(self, list_id: str, faults: Iterable[str]) -> None:
        self.list_id = list_id
        self.faults = tuple(faults)
        shown = "\n".join(self.faults[:FAULTS_SHOWN])
        super().__init__(_("Danh mục đơn vị {id} có lỗi:").format(id=list_id) + "\n" + shown)


def read_unit_list(text: str, info: UnitListInfo) -> UnitList:
    """The official list in a CSV text of the columns code, name, type, parent_code.

    A name that lacks its type word is given it ("Cao Bằng" of type tỉnh is
    "Tỉnh Cao Bằng"). Raises UnitListFault with every fault there is.
    """
    rows, faults = _rows(text.removeprefix("\ufeff"))
    faults += _faults(rows)
    if not rows and not faults:
        faults = [_("Danh mục không có đơn vị nào. Hãy lấy lại tệp danh mục.")]
    if faults:
        raise UnitListFault(info.id, faults)
    types = tuple({f"{row[2]} " for _line, row in rows})
    units = {
        code: Unit(code, _full_name(name, type_word, types), type_word, parent, info.id)
        for _line, (code, name, type_word, parent) in rows
    }
    return UnitList(
        info.id, info.title, info.valid_from, info.valid_until, info.levels, MappingProxyType(units)
    )


def _rows(text: str) -> tuple[list[tuple[int, list[str]]], list[str]]:
    """The rows of four fields with their line numbers, and what is wrong with the others."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        head = next(reader, [])
        if head != COLUMNS:
            return [], [
                _("Dòng 1: các cột phải là {columns}. Hãy sửa dòng đầu của tệp.").format(
                    columns=", ".join(COLUMNS)
                )
            ]
        rows = [(reader.line_num, row) for row in reader if row]
    except csv.Error:
        return [], [
            _("Dòng {line}: không đọc được dòng này. Hãy kiểm tra dấu ngoặc kép.").format(
                line=reader.line_num
            )
        ]
    faults = [
        _("Dòng {line}: có {count} cột, phải có {wanted}. Hãy kiểm tra dấu phẩy.").format(
            line=line, count=len(row), wanted=len(COLUMNS)
        )
        for line, row in rows
        if len(row) != len(COLUMNS)
    ]
    return [(line, row) for line, row in rows if len(row) == len(COLUMNS)], faults


def _faults(rows: Sequence[tuple[int, list[str]]]) -> list[str]:
    """What is wrong with rows of four fields, in the order of the lines."""
    first_line: dict[str, int] = {}
    for line, row in rows:
        first_line.setdefault(row[0], line)
    found: list[str] = []
    for line, row in rows:
        if first_line[row[0]] != line:
            found.append(
                _("Dòng {line}: mã {code} đã có ở dòng {first}. Hãy xóa một trong hai dòng.").format(
                    line=line, code=row[0], first=first_line[row[0]]
                )
            )
        found.extend(_row_faults(line, *row, known=first_line))
    return found


def _row_faults(
    line: int, code: str, name: str, type_word: str, parent: str, *, known: Mapping[str, int]
) -> Iterator[str]:
    if not (code.isascii() and code.isdigit() and len(code) in LEVEL_OF_DIGITS):
        yield _(
            "Dòng {line}: mã “{code}” phải gồm 2, 3 hoặc 5 chữ số, kể cả số 0 ở đầu. Hãy sửa lại mã."
        ).format(line=line, code=code)
    if not name.strip() or not type_word or type_word != type_word.lower():
        yield _(
            "Dòng {line}: thiếu tên hoặc loại đơn vị (viết thường, như “xã”). Hãy ghi đủ hai cột này."
        ).format(line=line)
    if not unicodedata.is_normalized("NFC", name):
        yield _("Dòng {line}: tên “{name}” không theo Unicode dựng sẵn. Hãy chuyển mã tên này.").format(
            line=line, name=unicodedata.normalize("NFC", name)
        )
    if parent and (parent not in known or len(parent) >= len(code)):
        yield _(
            "Dòng {line}: không có đơn vị cấp trên mã “{parent}” của “{name}”. "
            "Hãy thêm đơn vị đó hoặc sửa mã cấp trên."
        ).format(line=line, parent=parent, name=name)


def _full_name(name: str, type_word: str, types: tuple[str, ...]) -> str:
    """The name with its type word, unless it begins with some type word of the list already."""
    plain = " ".join(name.split())
    if plain[: len(type_word)].lower() == type_word or plain.lower().startswith(types):
        return plain
    return f"{type_word.capitalize()} {plain}"
