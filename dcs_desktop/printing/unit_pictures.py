"""Pictures of the annex of all units: who has filed, and of the figures that were asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from dcs_desktop.core.by_unit import ByUnit, SectionTable
from dcs_desktop.core.comparing import Pictured, compared, numbers
from dcs_desktop.core.picture import Words, of_change, of_counts, of_units
from dcs_desktop.core.values import Kind
from dcs_desktop.printing.document import Illustration

# Words of the paper: Vietnamese in every language of the interface.
FILING: Final = "Tình hình nộp báo cáo, số đơn vị"
STATES: Final = {
    "accepted": "Đã chấp nhận",
    "received": "Đã nhận",
    "with_errors": "Có lỗi",
    "correction_requested": "Đã đề nghị chỉnh sửa",
    "not_received": "Chưa nhận",
}
CHANGED: Final = "{label}: so với kỳ trước"
BOTH: Final = "Chỉ tính {units}/{expected} đơn vị có số liệu ở cả hai kỳ."
REFORMED: Final = " Trước sắp xếp là {count} đơn vị."
PAPER: Final = Words(
    missing="chưa có",
    lacking="Gồm {there}/{all} đơn vị; các đơn vị khác chưa có số liệu.",
    whole="Gồm đủ {all} đơn vị.",
    filed="Đã nhận báo cáo của {there}/{all} đơn vị.",
    no_number="Chưa có số liệu",
    above="Trên 0 đến dưới {most}",
    between="Từ {least} đến dưới {most}",
    upward="Từ {least} đến {most}",
    grouped="{title}: số đơn vị theo mức",
    units="{count} đơn vị",
    told="{title}. {bars}. {note}",
)


def illustration_of_filing(below: ByUnit) -> Illustration:
    """How many units stand where with their report."""
    counts = Counter(unit.state for unit in below.units)
    said = [(word, counts[state]) for state, word in STATES.items() if counts[state]]
    picture = of_counts(FILING, said, frozenset({STATES["not_received"]}), PAPER)
    return Illustration("filed", picture)


def illustrations(below: ByUnit, table: SectionTable, pictured: Pictured) -> Iterator[Illustration]:
    """The pictures of those figures of a section that were asked for."""
    names = {unit.identity: unit.name for unit in below.units}
    for field in table.fields:
        if field.key not in pictured.keys or not field.type.numeric:
            continue
        total = below.totals.totals[field.key]
        there = numbers(total)
        parts = [(names[unit], there.get(unit)) for unit in (*total.covered, *total.missing)]
        measure = "%" if field.type.kind is Kind.PERCENT else field.type.unit
        yield Illustration(table.section.id, of_units(field.label, parts, PAPER, measure))
        before = pictured.before
        found = None if before is None else compared(below.totals, before, field.key)
        if before is not None and found is not None:
            note = BOTH.format(units=found.units, expected=found.expected)
            note += REFORMED.format(count=found.last_units) if found.last_units != found.units else ""
            last, now = (before.named, found.last), (before.now_named, found.now)
            title = CHANGED.format(label=field.label)
            yield Illustration(table.section.id, of_change(title, last, now, note, PAPER))
