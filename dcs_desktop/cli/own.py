"""The verbs of a unit's own reports."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from dcs_desktop import files, receiving, resources, starting, template_library
from dcs_desktop.cli import carrying, filling, older, shown
from dcs_desktop.cli.parser import Said
from dcs_desktop.core.by_unit import ByUnit
from dcs_desktop.core.fingerprint import words
from dcs_desktop.core.linked import Figures
from dcs_desktop.core.report import Letterhead, UnitName
from dcs_desktop.core.setup import Setup
from dcs_desktop.core.trouble import Finding, Refusal, Severity
from dcs_desktop.core.unit_search import search
from dcs_desktop.core.units import Unit, path_name
from dcs_desktop.files import reason, write_beside_then_replace
from dcs_desktop.i18n import _
from dcs_desktop.keys import own_key
from dcs_desktop.starting_report import new_report
from dcs_desktop.store import DataFile, open_file
from dcs_desktop.text_reading import read_texts
from dcs_desktop.workspace import Workspace


@contextmanager
def data_file(
    args: argparse.Namespace, *, create: bool = False, read_only: bool = False
) -> Iterator[DataFile]:
    """The data file of ``--data``, closed again whatever happens. Raises Refusal."""
    if create:
        make_folder(args.data.parent)
    file = open_file(args.data, create=create and not args.data.exists(), read_only=read_only)
    try:
        yield file
    finally:
        file.close()


def make_folder(folder: Path) -> None:
    """Make a folder unless it is there. Raises Refusal."""
    try:
        files.make_folder(folder)
    except OSError as error:
        raise unwritable(folder, error) from error


def write_file(path: Path, data: bytes) -> None:
    """Write a file, whole or not at all. Raises Refusal."""
    try:
        write_beside_then_replace(path, data)
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> Refusal:
    """What to say of a file or folder that cannot be written."""
    message = _("Không ghi được {file}: {reason}. Hãy chọn thư mục khác.")
    return Refusal(message.format(file=path, reason=reason(error)))


@contextmanager
def opened(args: argparse.Namespace, *, read_only: bool = False) -> Iterator[Workspace]:
    """The latest revision of the report that ``--unit`` and ``--period`` name. Raises Refusal."""
    with data_file(args, read_only=read_only) as file:
        unit = unit_named(args.unit, args, file)
        summary = file.latest(unit.identity, args.period)
        if summary is None:
            message = _("Chưa có báo cáo {period} của {unit} trong tệp dữ liệu. Lập báo cáo bằng lệnh new.")
            raise Refusal(message.format(period=args.period.words, unit=unit.name))
        workspace = Workspace.open(file, summary.ref)
        if not read_only:
            receiving.take_into(file, workspace)
        try:
            yield workspace
        finally:
            workspace.close()


def unit_named(text: str, args: argparse.Namespace, file: DataFile) -> UnitName:
    """The unit of the official list, or of the desk's own codes kept in the data file."""
    setup = file.setup()
    code = text.partition("@")[0]
    known = [] if setup is None else [setup.unit, *(expected.unit for expected in setup.expected)]
    own = next((unit for unit in known if text in (unit.code, unit.identity) and not code.isdigit()), None)
    return own or starting.named(starting.unit_of(text, args.period))


def demo(args: argparse.Namespace) -> Said:
    """Sample data of a whole district, from the communes' figures to the district's printed report."""
    from dcs_desktop.demo import make_demo

    try:
        written = [str(path) for path in make_demo(args.dir)]
    except OSError as error:
        raise unwritable(args.dir, error) from error
    return Said(
        {"written": written}, [_("Dữ liệu mẫu đã được ghi vào {dir}:").format(dir=args.dir), *written]
    )


def setup(args: argparse.Namespace) -> Said:
    """Say whose data file it is; a file that is not there is made."""
    period = args.period or starting.usual_period(args.unit, datetime.now().astimezone().date())
    unit = starting.unit_of(args.unit, period)
    receiver = starting.named(starting.unit_of(args.receiver, period)) if args.receiver else None
    proposed = starting.proposed_setup(unit, period, receiver, level=args.level, training=args.training)
    with data_file(args, create=True) as file:
        file.save_setup(older.with_predecessors(_kept(proposed, file), args.predecessors, period))
    if not args.training:
        with suppress(Refusal):  # said when something is to be signed
            own_key()
    said = {"unit": proposed.unit.identity, "receiver": proposed.receiver.identity, "level": proposed.level}
    line = _("Tệp dữ liệu {file} là của {unit}, báo cáo lên {receiver}.")
    return Said(
        said, [line.format(file=args.data, unit=proposed.unit.name, receiver=proposed.receiver.name or "–")]
    )


def _kept(proposed: Setup, file: DataFile) -> Setup:
    """The proposal with what the desk already set for the same unit.

    Raises Refusal to turn training real, or to give a file with reports to another unit.
    """
    before = file.setup()
    if before is None:
        return proposed
    if before.training != proposed.training:
        raise Refusal(
            _("Tệp dữ liệu này đã là tệp tập huấn hoặc tệp thật, không đổi được. Hãy dùng một tệp khác.")
        )
    if before.unit.identity != proposed.unit.identity:
        if file.reports() or file.received():
            message = _(
                "Tệp dữ liệu này là của {unit} và đã có báo cáo, không đổi sang {other} được. Hãy dùng một tệp khác."
            )
            raise Refusal(message.format(unit=before.unit.name, other=proposed.unit.name))
        return proposed
    return replace(
        proposed,
        letterhead=before.letterhead,
        expected=before.expected,
        due=before.due,
        predecessors=before.predecessors,
    )


def new(args: argparse.Namespace) -> Said:
    """A new report, with last period's letterhead and the template's first answers."""
    with data_file(args, create=True) as file:
        unit = unit_named(args.unit, args, file)
        own = file.setup()
        if own is None:
            own = _proposed(args)
            file.save_setup(own)
        reference = reference_asked(args)
        if unit.identity != own.unit.identity or args.receiver:
            own = replace(_proposed(args), training=own.training)
        carry = carrying.carry_asked(args, file, unit)
        ref = new_report(file, own, args.period, reference, unit=unit, carry=carry)
        workspace = Workspace.open(file, ref)
        receiving.take_into(file, workspace)
        workspace.close()
        identity, answers = workspace.identity, workspace.answers
    line = _("Đã lập báo cáo {period} của {unit} theo mẫu {template}.")
    text = line.format(period=args.period.words, unit=unit.name, template=identity.template)
    data = shown.identity_json(identity) | ({"carried": dict(answers.carried)} if carry else {})
    return Said(data, [text, *carrying.carried_lines(answers)])


def _proposed(args: argparse.Namespace) -> Setup:
    unit = starting.unit_of(args.unit, args.period)
    receiver = starting.named(starting.unit_of(args.receiver, args.period)) if args.receiver else None
    return starting.proposed_setup(unit, args.period, receiver)


def reference_asked(args: argparse.Namespace) -> str:
    """The template asked for ("dcs@2024", "dcs"), else the one to file with for the period."""
    if not args.template:
        return template_library.reference_for(args.period)
    serving = (info.reference for info in template_library.known() if info.serves(args.period))
    found = next((known for known in serving if known.partition("@")[0] == args.template), args.template)
    return template_library.template(found).reference


def fill(args: argparse.Namespace) -> Said:
    """Set many answers from a file of the form of ``show --json``; after an export, in the next amendment."""
    said = shown.read_json(args.file)
    with opened(args) as workspace:
        filled = filling.fill(workspace, said)
        workspace.flush()
    faults = [{"key": key, "message": message} for key, message in filled.faults]
    lines = [_("Đã ghi {count} câu trả lời.").format(count=len(filled.keys))]
    lines += [f"{key}: {message}" for key, message in filled.faults]
    return Said({"keys": list(filled.keys), "faults": faults}, lines, int(bool(faults)))


def show(args: argparse.Namespace) -> Said:
    """The answers of a report."""
    with opened(args, read_only=True) as workspace:
        form, answers, figures = workspace.form, workspace.answers, workspace.figures
        data = shown.identity_json(workspace.identity) | shown.answers_json(form, answers, figures)
        beside = shown.beside_json(form, figures, workspace.earlier)
        data |= {"beside": beside} if beside else {}
        givers = shown.givers(workspace.file.given(workspace.ref), answers)
        return Said(data | shown.givers_json(givers), [*shown.answer_lines(form, answers, figures, givers)])


def check(args: argparse.Namespace) -> Said:
    """Every finding; status 1 when there are errors."""
    with opened(args, read_only=True) as workspace:
        read_texts(workspace)
        findings = workspace.findings
    errors = any(finding.severity is Severity.ERROR for finding in findings)
    return Said(
        [shown.finding_json(finding) for finding in findings], list(_finding_lines(findings)), int(errors)
    )


def _finding_lines(findings: tuple[Finding, ...]) -> Iterator[str]:
    words = {
        Severity.QUESTION: _("Câu hỏi của cấp trên"),
        Severity.ERROR: _("Lỗi"),
        Severity.WARNING: _("Cảnh báo"),
        Severity.MISSING: _("Còn thiếu"),
    }
    for finding in findings:
        yield f"{words[finding.severity]}: {finding.message}"
    if not findings:
        yield _("Không có lỗi, không còn thiếu mục nào.")


def letterhead(args: argparse.Namespace) -> Said:
    """Change the letterhead: what the JSON file names, the rest stays."""
    said = shown.read_json(args.file)
    with opened(args) as workspace:
        changed = _letterhead(workspace.letterhead, said)
        workspace.set_letterhead(changed)
        workspace.flush()
    data = shown.letterhead_json(changed)
    return Said(data, [_("Đã ghi thể thức của báo cáo.")])


def _letterhead(before: Letterhead, said: dict[str, Any]) -> Letterhead:  # Any: checked by convert
    import msgspec

    kept = shown.letterhead_json(before)
    for key in sorted(said.keys() - kept.keys()):
        message = _("Thể thức không có “{key}”; các mục của thể thức: {known}.")
        raise Refusal(message.format(key=key, known=", ".join(kept)))
    known = sorted(resources.layout_files())
    if said.get("layout", before.layout) not in known:
        message = _("Không có thể thức “{layout}”; hãy chọn một trong: {known}.")
        raise Refusal(message.format(layout=said.get("layout", before.layout), known=", ".join(known)))
    try:
        return msgspec.convert({**kept, **said}, Letterhead, strict=False)
    except msgspec.ValidationError as error:
        place = re.search(r"\$\.(\w+)", str(error))
        message = _("Giá trị của “{key}” trong thể thức không đúng kiểu; ngày ghi như 2024-12-05.")
        raise Refusal(message.format(key=place[1] if place else "?")) from error


def export(args: argparse.Namespace) -> Said:
    """Write the unit package; an amendment once an original was exported."""
    from dcs_desktop.exporting import changed_key, export_report

    with opened(args) as workspace:
        written = export_report(workspace, args.output, datetime.now().astimezone())
        answers = workspace.answers
    data = {"path": str(written.path), "revision": written.revision, "digest": written.digest}
    data |= {"signed_by": words(written.key), "key_changed": written.changed}
    data |= {"carried": len(answers.carried)} if answers.carried else {}
    lines = [_("Đã xuất gói báo cáo: {path}").format(path=written.path)]
    if written.changed:
        lines.append(changed_key(written.key))
    return Said(data, [*carrying.carried_lines(answers), *lines])


def report(args: argparse.Namespace) -> Said:
    """The report as a PDF or Word file, or its figures as an Excel workbook: the file's ending says which."""
    ending = args.output.suffix.lower()
    write = WRITERS.get(ending)
    if write is None:
        message = _("Lệnh report ghi tệp {endings}; tên tệp “{name}” không phải.")
        raise Refusal(message.format(endings=", ".join(WRITERS), name=args.output.name))
    if ending != ".pdf" and (args.archive or args.signature_field or args.mark_all_pages):
        raise Refusal(_("--archive, --signature-field và --mark-all-pages chỉ dùng khi ghi tệp .pdf."))
    if args.pictures and not args.per_unit:
        raise Refusal(_("--pictures chỉ dùng cùng --per-unit."))
    if ending == ".docx" and args.per_unit:
        raise Refusal(_("--per-unit chỉ dùng khi ghi tệp .pdf; tệp .xlsx luôn có số liệu của từng đơn vị."))
    with opened(args, read_only=True) as workspace:
        before = workspace.compared
        try:
            return write(args, workspace, before)
        except OSError as error:
            raise unwritable(args.output, error) from error


def _pdf(args: argparse.Namespace, workspace: Workspace, before: Figures | None) -> Said:
    from dcs_desktop.printing import Wishes, print_report

    wishes = Wishes(args.archive, args.signature_field)
    said, form = workspace.report(), workspace.form
    below = _below(workspace) if args.per_unit else None
    layout, marked = args.layout, args.mark_all_pages
    pictured = receiving.pictured(workspace.file, workspace.identity.period, args.pictures)
    printed = print_report(
        said,
        form,
        args.output,
        before=before,
        layout=layout,
        wishes=wishes,
        marked=marked,
        below=below,
        pictured=pictured,
    )
    data = {"path": str(args.output), "pages": printed.pages, "draft": printed.draft}
    line = _("Đã in báo cáo ra {path}, {pages} trang.").format(path=args.output, pages=printed.pages)
    return Said(data, [line, *_draft_line(printed.draft)])


def _word(args: argparse.Namespace, workspace: Workspace, before: Figures | None) -> Said:
    """How many pages it has is not known before Word lays it out."""
    from dcs_desktop.printing import write_word

    said, form = workspace.report(), workspace.form
    made = write_word(said, form, args.output, before=before, layout=args.layout)
    line = _("Đã ghi báo cáo ra tệp Word {path}.").format(path=args.output)
    return Said({"path": str(args.output), "draft": made.draft}, [line, *_draft_line(made.draft)])


def _draft_line(draft: bool) -> list[str]:
    return [_("Báo cáo còn lỗi hoặc còn mục trống nên mỗi trang in đều ghi DỰ THẢO.")] if draft else []


def _excel(args: argparse.Namespace, workspace: Workspace, before: Figures | None) -> Said:
    """The figures, at a receiving unit with those of every unit below."""
    from dcs_desktop.printing.excel import write_excel

    file, period = workspace.file, workspace.identity.period
    follows = receiving.follows(file, workspace) or file.received(period)
    today = datetime.now().astimezone().date()
    below = receiving.totals_by_unit(file, period, today) if follows else None
    write_excel(workspace.report(), workspace.form, args.output, before=before, below=below)
    return Said({"path": str(args.output)}, [_("Đã ghi số liệu ra {path}.").format(path=args.output)])


WRITERS = {".pdf": _pdf, ".docx": _word, ".xlsx": _excel}


def _below(workspace: Workspace) -> ByUnit:
    """Every unit that reports to the one whose report this is. Raises Refusal where none does."""
    file, identity = workspace.file, workspace.identity
    own = receiving.setup_of(file).unit.identity == identity.unit.identity
    below = receiving.totals_by_unit(file, identity.period, datetime.now().astimezone().date())
    if not own or not below.units:
        message = _("Không có đơn vị nào báo cáo lên {unit}: bỏ --per-unit để in báo cáo của đơn vị này.")
        raise Refusal(message.format(unit=identity.unit.name))
    return below


def units(args: argparse.Namespace) -> Said:
    """Units of every official list by unmarked name or by code."""
    lists = [resources.unit_list(info.id) for info in reversed(resources.unit_lists())]
    found = search(lists, args.search, args.limit)
    data = [_unit_json(unit) for unit in found]
    lines = [f"{unit.identity}  {path_name(resources.unit_list(unit.list_id), unit.code)}" for unit in found]
    return Said(data, lines or [_("Không tìm thấy đơn vị nào.")])


def _unit_json(unit: Unit) -> dict[str, str]:
    path = path_name(resources.unit_list(unit.list_id), unit.code)
    return {"code": unit.code, "list": unit.list_id, "name": unit.name, "type": unit.type, "path": path}


VERBS = {
    "demo": demo,
    "setup": setup,
    "new": new,
    "fill": fill,
    "show": show,
    "check": check,
    "letterhead": letterhead,
    "export": export,
    "report": report,
    "units": units,
}
