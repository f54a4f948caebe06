"""The verbs of the receiving desk."""

from __future__ import annotations

import argparse
from collections.abc import Collection
from datetime import date, datetime

from dcs_desktop import backups, package, receiving
from dcs_desktop.batch_record import batch_record
from dcs_desktop.cli import reform
from dcs_desktop.cli.own import data_file, make_folder, write_file
from dcs_desktop.cli.parser import Said
from dcs_desktop.cli.shown import Json, plain
from dcs_desktop.core.combine import Totals
from dcs_desktop.core.period import Period
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.values import FieldType, Value, shown
from dcs_desktop.i18n import _
from dcs_desktop.matching import match
from dcs_desktop.store import DataFile
from dcs_desktop.workspace import Workspace


def today() -> date:
    """The day by the clock of this machine."""
    return datetime.now().astimezone().date()


def verify(args: argparse.Namespace) -> Said:
    """Read a package without taking it in."""
    reading = receiving.read(args.package)
    faults = [
        {"code": fault.code, "entry": fault.entry, "message": fault.message} for fault in reading.faults
    ]
    lines = [fault.message for fault in reading.faults] or [_whole(reading)]
    data = {"manifest": package.manifest_json(reading), "signature": _signature(reading), "faults": faults}
    if args.pdf is None:
        return Said(data, lines, int(bool(faults)))
    found = match(args.pdf, None if reading.manifest is None else reading.manifest.dcs.content_digest)
    return Said(
        {**data, "pdf": found.belongs}, [*lines, found.sentence], int(bool(faults) or not found.belongs)
    )


def _whole(reading: package.Reading) -> str:
    if reading.identity is None:
        return _("Gói báo cáo nguyên vẹn.")
    line = _("Gói báo cáo {period} của {unit}, {revision}, nguyên vẹn, chưa ký số.")
    if reading.key:
        line = _("Gói báo cáo {period} của {unit}, {revision}, nguyên vẹn, ký bằng khóa “{words}”.")
    found = reading.identity
    return line.format(
        period=found.period.words,
        unit=found.unit.name,
        revision=receiving.revision_word(found.revision),
        words=receiving.key_words(reading.key),
    )


def _signature(reading: package.Reading) -> str:
    """The words of the key that signed a package, "unsigned", or "forged"."""
    if any(fault.code == "forged" for fault in reading.faults):
        return "forged"
    return receiving.key_words(reading.key) or "unsigned"


def take_in(args: argparse.Namespace) -> Said:
    """Take packages in, each with its verdict; status 1 when one was refused."""
    with data_file(args) as file:
        receiving.setup_of(file)
        backups.make(args.data, backups.Why.IMPORT, datetime.now().astimezone())
        verdicts = receiving.import_paths(file, args.paths, today())
        if args.record is not None:
            made = batch_record(verdicts, receiving.setup_of(file), datetime.now().astimezone())
            write_file(args.record, made)
        for period in {verdict.period for verdict in verdicts if verdict.period}:
            _follow(file, Period.parse(period))
    data = [
        {
            "file": verdict.shown,
            "verdict": verdict.verdict,
            "reason": verdict.reason,
            "unit": verdict.unit,
            "period": verdict.period,
            "revision": verdict.revision,
        }
        for verdict in verdicts
    ]
    refused = any(verdict.verdict not in receiving.FINE for verdict in verdicts)
    return Said(data, [f"{verdict.shown}: {verdict.reason}" for verdict in verdicts], int(refused))


def _follow(file: DataFile, period: Period) -> None:
    """Take the new totals into the desk's own report of the period, if it has begun one."""
    summary = file.latest(receiving.setup_of(file).unit.identity, period)
    if summary is not None:
        workspace = Workspace.open(file, summary.ref)
        receiving.take_into(file, workspace)
        workspace.close()


def status(args: argparse.Namespace) -> Said:
    """Who has filed, who is late, whose report has errors."""
    with data_file(args, read_only=True) as file:
        units = receiving.status(file, args.period, today())
    data = [
        {
            "unit": unit.unit.identity,
            "name": unit.unit.name,
            "state": unit.state,
            "revision": unit.revision,
            "errors": unit.errors,
            "missing": unit.missing,
            "late": unit.late,
            **({} if unit.entered is None else {"on_behalf": unit.entered.words}),
        }
        for unit in units
    ]
    nobody = _("Không có đơn vị nào báo cáo lên đơn vị này.")
    return Said(data, [_status_line(unit) for unit in units] or [nobody])


def _status_line(unit: receiving.UnitStatus) -> str:
    if unit.revision is None:
        return f"{unit.unit.name}: {receiving.state_word(unit)}"
    line = _("{unit}: {state}, {revision}, {errors} lỗi, {missing} mục thiếu")
    said = "" if unit.entered is None else f" ({unit.entered.words})"
    line = line.format(
        unit=unit.unit.name,
        state=receiving.state_word(unit),
        revision=receiving.revision_word(unit.revision),
        errors=unit.errors,
        missing=unit.missing,
    )
    return line + said


def totals(args: argparse.Namespace) -> Said:
    """Totals over the units that report to this one, or the parts of one of them."""
    with data_file(args, read_only=True) as file:
        found = receiving.totals(file, args.period)
        entered = receiving.entered_units(file, args.period)
        if args.indicator and args.indicator not in found.totals:
            raise Refusal(_("Không có số liệu tổng hợp “{key}”.").format(key=args.indicator))
        if args.hints:
            return _hints(file, args)
        if args.compare:
            return reform.comparison(file, args.period, found, args.indicator)
        if args.parts:
            return _parts(file, args, found, entered)
    keys = [args.indicator] if args.indicator else list(found.totals)
    data = {key: _total_json(found, key, entered) for key in keys}
    return Said(data, [_total_line(found, key, entered) for key in keys])


def _parts(file: DataFile, args: argparse.Namespace, found: Totals, entered: Collection[str]) -> Said:
    if not args.indicator:
        raise Refusal(_("Lệnh totals --parts cần --indicator KEY."))
    field = found.form.fields[args.indicator]
    names = {
        one.unit.identity: one.unit.name for one in receiving.expected(receiving.setup_of(file), args.period)
    }
    parts = receiving.parts(file, args.period, found.totals[args.indicator])
    data = [
        {
            "unit": part.unit,
            "name": names.get(part.unit, part.unit),
            "value": plain(part.value, field.type),
            "state": part.value.state.value,
            "package": part.package,
            "revision": part.revision,
            **({"on_behalf": True} if part.unit in entered else {}),
        }
        for part in parts
    ]
    line = _("{unit}: {value} ({package})")
    lines = [
        line.format(
            unit=names.get(part.unit, part.unit),
            value=_measured(part.value, field.type),
            package=part.package,
        )
        for part in parts
    ]
    return Said(data, [_total_line(found, args.indicator, entered), *lines])


def export_data(args: argparse.Namespace) -> Said:
    """All figures of all units as a Data Package."""
    with data_file(args, read_only=True) as file:
        made = receiving.exported_data(file, args.period, today())
        path = args.output / receiving.data_file_name(file, args.period)
    make_folder(args.output)
    write_file(path, made)
    return Said({"path": str(path)}, [_("Đã xuất gói dữ liệu: {path}").format(path=path)])


def _hints(file: DataFile, args: argparse.Namespace) -> Said:
    """Figures of units that look mistyped, all or those of one total."""
    every = receiving.hints_of(file, args.period, today())
    found = [hint for hint in every if args.indicator in ("", hint.key)]
    setup = receiving.setup_of(file)
    data = [
        {"unit": hint.unit, "key": hint.key, "kind": hint.kind.value, "message": hint.sentence}
        for hint in found
    ]
    line = _("{unit}: {sentence}")
    lines = [
        line.format(unit=receiving.unit_name(setup, hint.unit), sentence=hint.sentence) for hint in found
    ]
    return Said(data, lines or [_("Không thấy số liệu nào có vẻ gõ nhầm.")])


def _total_json(found: Totals, key: str, entered: Collection[str]) -> Json:
    total, field = found.totals[key], found.form.fields[key]
    said: Json = {
        "value": plain(total.value, field.type),
        "state": total.value.state.value,
        "unit": field.type.unit,
        "covered": len(total.covered),
        "expected": len(total.covered) + len(total.missing),
        "missing": list(total.missing),
    }
    if on_behalf := [unit for unit in total.covered if unit in entered]:
        said["on_behalf"] = on_behalf
    if total.disagreement:
        said["disagreement"] = [
            {"unit": part.unit, "value": plain(part.value, field.type)} for part in total.disagreement
        ]
    return said


def _total_line(found: Totals, key: str, entered: Collection[str]) -> str:
    total, field = found.totals[key], found.form.fields[key]
    covered = f"{len(total.covered)}/{len(total.covered) + len(total.missing)}"
    count = sum(unit in entered for unit in total.covered)
    line = _("{label}: {value} (gộp từ {covered} đơn vị)")
    if count:
        line = _("{label}: {value} (gộp từ {covered} đơn vị, trong đó {count} đơn vị nhập thay)")
    value = _measured(total.value, field.type)
    return line.format(label=field.label, value=value, covered=covered, count=count)


def _measured(value: Value, kind: FieldType) -> str:
    return f"{shown(kind, value) or '……'} {kind.unit}".rstrip()


VERBS = {"verify": verify, "import": take_in, "status": status, "totals": totals, "export-data": export_data}
