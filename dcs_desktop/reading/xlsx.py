"""Reads a workbook that is not trusted into plain cells: bounded first, then read by calamine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Final

from dcs_desktop.core.offered import Cell
from dcs_desktop.core.offline_form import Book, Sheet
from dcs_desktop.core.text import nfc
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.values import shown_number
from dcs_desktop.files import reason, step
from dcs_desktop.i18n import _
from dcs_desktop.reading.survey import BrokenSheet, HostileSheet, Survey, sheets, surveyed
from dcs_desktop.unzipping import Caps, Flawed, unpacked

LARGEST_FILE: Final = 20_000_000
CAPS: Final = Caps(entries=600, unpacked=40_000_000, entry=16_000_000)
WORKBOOK: Final = "xl/workbook.xml"
RELATIONS: Final = "xl/_rels/workbook.xml.rels"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
# More digits than a spreadsheet keeps are the noise of its binary numbers.
DIGITS: Final = 15
Read = int | float | str | bool | time | date | datetime | timedelta


def read(path: Path) -> Book:
    """The workbook of a file. Raises Refusal for whatever is none, or cannot be read."""
    try:
        if not path.is_file():
            raise Refusal(_("Không có tệp {file}. Đề nghị kiểm tra lại tên tệp.").format(file=path))
        if path.stat().st_size > LARGEST_FILE:
            message = _(
                "Tệp lớn quá {most} MB nên không được mở. Hãy dùng biểu Excel lưu từ chương trình này."
            )
            raise Refusal(message.format(most=LARGEST_FILE // 1_000_000))
        data = step(path.read_bytes)
    except OSError as error:
        message = _("Không đọc được tệp {file}: {error}. Đề nghị chép tệp về máy rồi thử lại.")
        raise Refusal(message.format(file=path, error=reason(error))) from error
    return read_bytes(data, path.name)


def read_bytes(data: bytes, file_name: str) -> Book:
    """The workbook in these bytes. Raises Refusal."""
    if data.startswith(OLE):
        raise Refusal(_protected() if LOCKED in data else _old())
    entries = _entries(data)
    try:
        parts = sheets(entries[WORKBOOK], entries[RELATIONS])
        surveys = {name: surveyed(entries[part]) for name, part in parts.items() if "/worksheets/" in part}
    except (BrokenSheet, KeyError):
        raise Refusal(_damaged()) from None
    except HostileSheet:
        raise Refusal(_hostile()) from None
    return Book(file_name, tuple(_sheets(data, surveys)))


def _entries(data: bytes) -> dict[str, bytes]:
    """Everything of the zip, unpacked once to be sure of what it claims. Raises Refusal."""
    try:
        return unpacked(data, CAPS)
    except Flawed as found:
        match found.flaws[0].kind:
            case "no_zip":
                raise Refusal(_no_workbook()) from None
            case "encrypted":
                raise Refusal(_protected()) from None
            case "no_end" | "directory" | "broken" | "strange":
                raise Refusal(_damaged()) from None
            case _:
                raise Refusal(_hostile()) from None


def _sheets(data: bytes, surveys: dict[str, Survey]) -> Iterator[Sheet]:
    """The sheets with their cells. A library written in another language may fail in its own ways."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        for name in book.sheet_names:
            if name in surveys:
                sheet = book.get_sheet_by_name(name)
                rows = sheet.to_python(skip_empty_area=False)
                yield Sheet(name, _rows(rows, surveys[name]), _merged(sheet.merged_cell_ranges or ()))
    except python_calamine.PasswordError:
        raise Refusal(_protected()) from None
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # its panics are no Exception
        raise Refusal(_damaged()) from error


def _rows(rows: Sequence[Sequence[Read]], survey: Survey) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        tuple(_cell(value, (at, column), survey) for column, value in enumerate(row))
        for at, row in enumerate(rows)
    )


def _cell(value: Read, place: tuple[int, int], survey: Survey) -> Cell:
    text = "" if place in survey.without_result else _text(value)
    return Cell(text, formula=place in survey.formulas)


def _text(value: Read) -> str:
    """What stands in a cell as it would be typed: whatever the display, the value itself."""
    match value:
        case bool():
            return "Có" if value else "Không"
        case int():
            return shown_number(Decimal(value))
        case float():
            return shown_number(Decimal(f"{value:.{DIGITS}g}")) if abs(value) < 1e30 else str(value)
        case datetime() if value.time() != time():
            return f"{value:%d/%m/%Y %H:%M:%S}"
        case date():
            return f"{value:%d/%m/%Y}"
        case str():
            return nfc(value).strip()
        case _:
            return str(value)


def _merged(ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> frozenset[tuple[int, int]]:
    """The cells that lie under another one."""
    found: set[tuple[int, int]] = set()
    for (top, left), (bottom, right) in ranges[:2000]:
        if (bottom - top + 1) * (right - left + 1) <= 5000:
            cells = {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
            found |= cells - {(top, left)}
    return frozenset(found)


def _no_workbook() -> str:
    return _("Đây không phải là tệp Excel (.xlsx). Hãy chọn biểu Excel lưu từ chương trình này.")


def _old() -> str:
    return _("Tệp này là tệp Excel kiểu cũ (.xls). Hãy mở bằng Excel rồi lưu thành tệp .xlsx.")


def _protected() -> str:
    return _("Tệp Excel này có đặt mật khẩu mở. Hãy mở bằng Excel, bỏ mật khẩu rồi lưu lại.")


def _damaged() -> str:
    return _("Tệp Excel bị cắt ngắn hoặc hỏng. Hãy mở bằng Excel rồi lưu lại, hoặc yêu cầu gửi lại.")


def _hostile() -> str:
    return _("Tệp này có cấu tạo bất thường nên không được mở. Không dùng tệp này.")
