"""The verb about reforms of units, and totals compared through them."""

from __future__ import annotations

import argparse

from dcs_desktop import receiving, reform_library
from dcs_desktop.cli.parser import Said
from dcs_desktop.cli.shown import Json
from dcs_desktop.core.combine import Totals
from dcs_desktop.core.comparing import Before, Compared, compared, lacking
from dcs_desktop.core.period import Period
from dcs_desktop.core.reform import Kind, Relation
from dcs_desktop.core.reform_file import ReformFault
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.values import shown_number
from dcs_desktop.i18n import _
from dcs_desktop.store import DataFile


def reform(args: argparse.Namespace) -> Said:
    """Check a table of reformed units, keep one that was given, or list what is known. Raises Refusal without the file."""
    if args.what == "list":
        found = reform_library.reform().relations
        lines = [*map(_line, found), *(f"{path.name}: {fault}" for path, fault in reform_library.faults())]
        return Said({"relations": [*map(_json, found)]}, lines)
    if args.file is None:
        raise Refusal(_("Lệnh reform {what} cần tên tệp.").format(what=args.what))
    try:
        found = reform_library.examine(args.file) if args.what == "check" else reform_library.add(args.file)
    except ReformFault as error:
        return Said({"faults": list(error.faults)}, list(error.faults), 1)
    said = _("Bảng sắp xếp dùng được: {count} dòng.")
    if args.what == "add":
        said = _("Đã thêm bảng sắp xếp: {count} dòng. Số liệu kỳ trước được so theo bảng này.")
    return Said({"faults": [], "relations": [*map(_json, found)]}, [said.format(count=len(found))])


def _json(one: Relation) -> Json:
    return {
        "kind": one.kind.value,
        "before": list(one.before),
        "after": list(one.after),
        "date": one.day.isoformat(),
        "basis": one.basis,
    }


def _line(one: Relation) -> str:
    words = {
        Kind.RENAMED: _("{before} thành {after} ({basis}, {day})"),
        Kind.MERGED: _("{before} nhập thành {after} ({basis}, {day})"),
        Kind.SPLIT: _("{before} chia thành {after} ({basis}, {day})"),
        Kind.REGROUPED: _("{before} sắp xếp thành {after} ({basis}, {day})"),
    }
    before, after = (", ".join(map(receiving.official_name, side)) for side in (one.before, one.after))
    return words[one.kind].format(before=before, after=after, basis=one.basis, day=f"{one.day:%d/%m/%Y}")


def comparison(file: DataFile, period: Period, found: Totals, key: str) -> Said:
    """Totals beside last period's, each over the units that can be compared, or one of them."""
    before = receiving.before(file, period)
    if before is None:
        raise Refusal(_("Chưa có báo cáo kỳ trước của {period} để so.").format(period=period.words))
    changes = {one: compared(found, before, one) for one in ([key] if key else found.totals)}
    there = {one: change for one, change in changes.items() if change is not None}
    data = {one: _change_json(change) for one, change in there.items()}
    lines = [_change_line(found, one, change) for one, change in there.items()]
    if key and not there:
        lines = [*_why_not(found, before, key)] or [_("Số liệu này không so được với kỳ trước.")]
    return Said(data, lines or [_("Không có số liệu nào so được với kỳ trước.")])


def _change_json(change: Compared) -> Json:
    return {
        "last": f"{change.last:f}",
        "now": f"{change.now:f}",
        "units": change.units,
        "expected": change.expected,
        "last_units": change.last_units,
    }


def _change_line(found: Totals, key: str, change: Compared) -> str:
    line = _(
        "{label}: {last} → {now} {unit} (so được {units}/{expected} đơn vị, kỳ trước là {last_units} đơn vị)"
    )
    field = found.form.fields[key]
    return line.format(
        label=field.label,
        last=shown_number(change.last),
        now=shown_number(change.now),
        unit=field.type.unit,
        units=change.units,
        expected=change.expected,
        last_units=change.last_units,
    )


def _why_not(found: Totals, before: Before, key: str) -> list[str]:
    line = _("Chưa so được: còn thiếu số liệu của {units}.")
    groups = lacking(found, before, key)
    return [line.format(units=", ".join(map(receiving.official_name, (*g.after, *g.before)))) for g in groups]


VERBS = {"reform": reform}
