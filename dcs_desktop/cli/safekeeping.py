"""The verbs that keep a data file safe: backup, restore, rebuild, and the bin."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from dcs_desktop import backups, rebuilding, receiving, restoring
from dcs_desktop.cli.own import data_file, unit_named
from dcs_desktop.cli.parser import Said
from dcs_desktop.cli.shown import Json
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.store import Contents
from dcs_desktop.store.examining import look


def backup(args: argparse.Namespace) -> Said:
    """Make a backup, in the folder of backups or where ``-o`` says; or list those that there are."""
    if args.list:
        return _listed(args.data)
    look(args.data)
    now = datetime.now().astimezone()
    if args.output is None:
        made = backups.make(args.data, backups.Why.ASKED, now, args.second)
    else:
        _refuse_existing(args.output)
        made = backups.Made(args.output, backups.write(args.data, args.output))
    line = _("Đã sao lưu vào {file}, đã đọc lại: {reports} báo cáo, {received} gói đã nhận.")
    found = made.contents
    lines = [line.format(file=made.path, reports=found.report_count, received=found.received_count)]
    if made.second is not None:
        lines.append(_("Bản thứ hai: {file}").format(file=made.second))
    data = {
        "file": str(made.path),
        "size": made.path.stat().st_size,
        "second": None if made.second is None else str(made.second),
        "remark": made.remark,
        **_counts(found),
    }
    return Said(data, [*lines, *([made.remark] if made.remark else [])], int(bool(made.remark)))


def _refuse_existing(path: Path) -> None:
    if path.exists():
        text = _("Đã có tệp {file}, chương trình không ghi đè. Hãy chọn tên khác.")
        raise Refusal(text.format(file=path))


def _counts(found: Contents) -> dict[str, int]:
    return {"reports": found.report_count, "received": found.received_count}


def _listed(path: Path) -> Said:
    found = restoring.choices(path, restoring.present_contents(path))
    nothing = _("Chưa có bản sao lưu nào trong {folder}.").format(folder=backups.folder_of(path))
    return Said([_json(one) for one in found], [_line(one) for one in found] or [nothing])


def _json(one: restoring.Choice) -> Json:
    made = one.backup
    data = {"file": str(made.path), "when": made.when.isoformat(), "why": made.why.value, "size": one.size}
    if one.contents is None:
        return {**data, "damaged": one.damage}
    return {**data, **_counts(one.contents), "differs": list(one.differs)}


def _line(one: restoring.Choice) -> str:
    if one.contents is None:
        return f"{one.backup.path}: {one.damage}"
    line = _("{file}: {reports} báo cáo, {received} gói đã nhận, {size} KB.")
    found = one.contents
    said = line.format(
        file=one.backup.path,
        reports=found.report_count,
        received=found.received_count,
        size=one.size // 1000,
    )
    return " ".join([said, *one.differs])


def restore(args: argparse.Namespace) -> Said:
    """Put a backup in the place of the data file, which is kept under another name."""
    now = datetime.now().astimezone()
    done = restoring.restore(args.data, args.file, now, other_unit=args.other_unit)
    found = done.contents
    line = _("Đã khôi phục {file}: {reports} báo cáo, {received} gói đã nhận.")
    lines = [line.format(file=args.data, reports=found.report_count, received=found.received_count)]
    if done.kept is not None:
        lines.append(_("Tệp dữ liệu trước đó được giữ ở {file}.").format(file=done.kept))
    kept = None if done.kept is None else str(done.kept)
    return Said({"restored": str(args.data), "kept": kept, **_counts(found)}, lines)


def rebuild(args: argparse.Namespace) -> Said:
    """Make a data file that is not there out of packages; status 1 when one was refused."""
    done = rebuilding.rebuild(args.data, [args.dir], datetime.now().astimezone(), args.unit)
    verdicts = [(one.shown, one.verdict, one.reason) for one in done.verdicts]
    verdicts += [(one.file, one.verdict, one.reason) for one in done.letters]
    taken = receiving.FINE | {"taken"}
    line = _("Đã dựng lại {file} của {unit}: {own} báo cáo của đơn vị, {others} gói và phiếu.")
    others = sum(verdict in taken for _file, verdict, _reason in verdicts)
    lines = [line.format(file=args.data, unit=done.setup.unit.name, own=len(done.own), others=others)]
    lines += [f"{file}: {reason}" for file, _verdict, reason in verdicts]
    lines += [*done.remarks, rebuilding.not_carried()]
    data = {
        "rebuilt": str(args.data),
        "unit": done.setup.unit.identity,
        "own": [{"period": str(one.period), "revision": one.revision} for one in done.own],
        "others": [
            {"file": file, "verdict": verdict, "reason": reason} for file, verdict, reason in verdicts
        ],
        "remarks": [*done.remarks],
    }
    return Said(data, lines, int(any(verdict not in taken for _file, verdict, _reason in verdicts)))


def delete(args: argparse.Namespace) -> Said:
    """Put the latest revision of a report into the bin; one that was exported is refused."""
    with data_file(args) as file:
        unit = unit_named(args.unit, args, file)
        summary = file.latest(unit.identity, args.period)
        if summary is None:
            raise Refusal(
                _("Chưa có báo cáo {period} của {unit}.").format(period=args.period.words, unit=unit.name)
            )
        file.delete_report(summary.ref, datetime.now().astimezone())
    line = _("Đã bỏ báo cáo vào thùng rác; lấy lại bằng lệnh bin restore {ref}.").format(ref=summary.ref)
    return Said({"ref": summary.ref, "unit": unit.identity, "period": str(args.period)}, [line])


def bin(args: argparse.Namespace) -> Said:
    """List what lies in the bin, or take a report out of it."""
    if args.what == "restore":
        if args.ref is None:
            raise Refusal(_("Lệnh bin restore cần số của báo cáo; xem số bằng lệnh bin list."))
        with data_file(args) as file:
            if args.ref not in {one.ref for one in file.deleted_reports()}:
                raise Refusal(_("Trong thùng rác không có báo cáo số {ref}.").format(ref=args.ref))
            file.restore_report(args.ref)
        return Said({"restored": args.ref}, [_("Đã lấy lại báo cáo khỏi thùng rác.")])
    with data_file(args, read_only=True) as file:
        found = file.deleted_reports()
    line = _("{ref}: {period} của {unit}, {revision}")
    lines = [
        line.format(
            ref=one.ref,
            period=one.identity.period.words,
            unit=one.identity.unit.name,
            revision=receiving.revision_word(one.identity.revision),
        )
        for one in found
    ]
    data = [
        {
            "ref": one.ref,
            "unit": one.identity.unit.identity,
            "period": str(one.identity.period),
            "revision": one.identity.revision,
            "deleted": None if one.deleted_at is None else one.deleted_at.isoformat(),
        }
        for one in found
    ]
    return Said(data, lines or [_("Thùng rác trống.")])


VERBS = {"backup": backup, "restore": restore, "rebuild": rebuild, "delete": delete, "bin": bin}
