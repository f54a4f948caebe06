"""Reads the relations of a reform of units from the text of a CSV file.

Each line says that some units of one list became some units of another: codes parted by spaces.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from dcs_desktop.core.reform import Relation
from dcs_desktop.core.text import one_line
from dcs_desktop.i18n import _

COLUMNS = ["from_list", "from_codes", "to_list", "to_codes", "date", "basis"]
FAULTS_SHOWN = 20
MOST_LINES = 20_000
Lists = Mapping[str, Mapping[str, object]]


class ReformFault(ValueError):
    """A file of relations that cannot be used; ``faults`` are sentences with line and remedy, all of them."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults[:FAULTS_SHOWN]))


def read_reform(text: str, lists: Lists) -> tuple[Relation, ...]:
    """The relations of a CSV text of the columns from_list, from_codes, to_list, to_codes, date, basis.

    ``lists`` are the units of each list that is known, by code. Raises
    ReformFault with every fault there is.
    """
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    relations: list[Relation] = []
    faults: list[str] = []
    told: dict[tuple[str, str], int] = {}
    try:
        if next(reader, []) != COLUMNS:
            message = _("Dòng 1: các cột phải là {columns}. Hãy sửa dòng đầu của tệp.")
            raise ReformFault([message.format(columns=", ".join(COLUMNS))])
        for row in reader:
            if not row:
                continue
            line = reader.line_num
            wrong = [*_faults(row, lists)] or [*_told_twice(row, line, told)]
            faults += [_("Dòng {line}: {fault}").format(line=line, fault=fault) for fault in wrong]
            if not wrong:
                relations.append(_relation(row))
            if line > MOST_LINES:
                raise ReformFault(
                    [_("Tệp có quá {most} dòng. Hãy chia thành nhiều tệp.").format(most=MOST_LINES)]
                )
    except csv.Error:
        message = _("Dòng {line}: không đọc được dòng này. Hãy kiểm tra dấu ngoặc kép.")
        faults.append(message.format(line=reader.line_num))
    if not relations and not faults:
        faults.append(_("Tệp không có dòng nào về đơn vị sắp xếp. Hãy lấy lại tệp."))
    if faults:
        raise ReformFault(faults)
    return tuple(relations)


def _faults(row: list[str], lists: Lists) -> Iterator[str]:
    if len(row) != len(COLUMNS):
        said = _("có {count} cột, phải có {wanted}. Hãy kiểm tra dấu phẩy.")
        yield said.format(count=len(row), wanted=len(COLUMNS))
        return
    from_list, from_codes, to_list, to_codes, day, _basis = row
    for list_id, codes in ((from_list, from_codes), (to_list, to_codes)):
        if list_id not in lists:
            said = _("không có danh mục “{list}”; các danh mục: {known}.")
            yield said.format(list=list_id[:40], known=", ".join(lists))
            continue
        strange = [code for code in codes.split() if code not in lists[list_id]]
        if strange:
            said = _("danh mục {list} không có mã {codes}. Hãy sửa lại mã.")
            yield said.format(list=list_id, codes=", ".join(strange)[:80])
        if not codes.split() or len(set(codes.split())) < len(codes.split()):
            yield _(
                "thiếu mã đơn vị, hoặc có mã ghi hai lần. Hãy ghi mỗi mã một lần, cách nhau bằng dấu cách."
            )
    if from_list == to_list:
        yield _("hai danh mục phải khác nhau. Hãy ghi danh mục trước và sau sắp xếp.")
    try:
        date.fromisoformat(day)
    except ValueError:
        yield _("ngày “{day}” phải ghi như 2025-07-01. Hãy sửa lại ngày.").format(day=day[:40])


def _told_twice(row: list[str], line: int, told: dict[tuple[str, str], int]) -> Iterator[str]:
    """A unit stands in one relation between the same two lists: what belongs together stands on one line."""
    from_list, from_codes, to_list, to_codes, _day, _basis = row
    names = [(f"{code}@{from_list}", to_list) for code in from_codes.split()]
    names += [(f"{code}@{to_list}", from_list) for code in to_codes.split()]
    for name in names:
        first = told.setdefault(name, line)
        if first != line:
            said = _("đơn vị {unit} đã có ở dòng {first}. Hãy gộp hai dòng làm một.")
            yield said.format(unit=name[0], first=first)


def _relation(row: list[str]) -> Relation:
    from_list, from_codes, to_list, to_codes, day, basis = row
    before = tuple(f"{code}@{from_list}" for code in from_codes.split())
    after = tuple(f"{code}@{to_list}" for code in to_codes.split())
    return Relation(before, after, date.fromisoformat(day), one_line(basis))
