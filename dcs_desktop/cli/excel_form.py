"""The verbs of the Excel form that is filled away from the program: written, taken back."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

from dcs_desktop import taking_cells, taking_form
from dcs_desktop.cli.own import data_file, opened, unwritable
from dcs_desktop.cli.parser import Said
from dcs_desktop.cli.shown import Json, figure_json
from dcs_desktop.core.form import Form
from dcs_desktop.core.offered import TAKEABLE, Proposal, Verdict, told
from dcs_desktop.core.offline_form import Book, Wanted
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.values import Value
from dcs_desktop.files import write_beside_then_replace
from dcs_desktop.i18n import _


def excel_form(args: argparse.Namespace) -> Said:
    """Write the form of a report, or of some sections, for somebody else to fill in."""
    with opened(args, read_only=True) as workspace:
        data = taking_form.written(workspace, Wanted(tuple(args.section), args.by, args.due))
        sections = args.section or [section.id for section in workspace.form.sections if section.items]
    try:
        write_beside_then_replace(args.output, data)
    except OSError as error:
        raise unwritable(args.output, error) from error
    line = _("Đã ghi biểu Excel để điền vào {path}.").format(path=args.output)
    return Said({"path": str(args.output), "sections": sections}, [line])


def take_excel(args: argparse.Namespace) -> Said:
    """Take a filled form back: what simply goes in, and of what waits for a choice the cells that were named."""
    book = taking_form.read(args.file)
    _name_report(args, book)
    with opened(args, read_only=args.look) as workspace:
        found = taking_form.returned(workspace, book)
        chosen = [] if args.look else _chosen(found.proposals, args.take)
        author = found.author(args.by)
        if chosen:
            taking_cells.take(workspace, chosen, author)
        workspace.flush()
        form = workspace.form
    taken = {id(one) for one in chosen}
    cells = [_cell_json(form, one, id(one) in taken) for one in found.proposals]
    left = any(
        one.verdict not in (Verdict.SAME, Verdict.GOES) and id(one) not in taken for one in found.proposals
    )
    data: Json = {
        "file": found.file_name,
        "unit": args.unit,
        "period": str(args.period),
        "author": author,
        "remarks": list(found.remarks),
        "taken": [one.key for one in chosen],
        "cells": cells,
    }
    return Said(
        data,
        [*found.remarks, *_lines(form, found.proposals, taken), _end(len(chosen), author, args)],
        int(left),
    )


def _end(count: int, author: str, args: argparse.Namespace) -> str:
    if args.look:
        return _("Chỉ xem, chưa ghi ô nào vào báo cáo.")
    return _("Đã ghi {count} ô do {author} điền.").format(count=count, author=author)


def _name_report(args: argparse.Namespace, book: Book) -> None:
    """Let the file say which report it is of, unless the arguments do. Raises Refusal where neither does."""
    made = taking_form.made_of(book)
    if args.unit and args.period:
        return
    if made is None:
        message = _("Tệp {file} không cho biết là của báo cáo nào. Hãy ghi thêm --unit và --period.")
        raise Refusal(message.format(file=book.file_name))
    with data_file(args, read_only=True) as file:
        summary = taking_form.report_of(file, made)
        if summary is None:
            raise taking_form.no_such_report(made)
        args.unit, args.period = summary.identity.unit.identity, summary.identity.period


def _chosen(proposals: Sequence[Proposal], named: Sequence[str]) -> list[Proposal]:
    """What goes in by itself and what was named. Raises Refusal naming a key that waits for no choice."""
    waiting = {one.key: one for one in proposals if one.verdict in (Verdict.CONFLICT, Verdict.DOUBT)}
    for key in named:
        if key not in waiting:
            message = _("Ô {key} không chờ chọn; các ô chờ chọn: {known}.")
            raise Refusal(message.format(key=key, known=", ".join(waiting) or "–"))
    return [
        one
        for one in proposals
        if one.verdict is Verdict.GOES or (one.key in named and one.verdict in TAKEABLE)
    ]


def _cell_json(form: Form, one: Proposal, taken: bool) -> Json:
    said: Json = {"key": one.key, "source": one.offer.source, "typed": one.offer.cell.text}
    if one.key:
        said |= {"label": form.label_of(one.key), "old": _value_json(form, one.key, one.old)}
        said["new"] = None if one.value is None else _value_json(form, one.key, one.value)
    if one.offer.base is not None:
        said["made_from"] = _value_json(form, one.key, one.offer.base)
    return {
        **said,
        "formula": one.offer.cell.formula,
        "verdict": one.verdict.value,
        "reason": one.reason,
        "taken": taken,
    }


def _value_json(form: Form, key: str, value: Value) -> Json:
    return figure_json(value, form.type_of(key))


def _lines(form: Form, proposals: Sequence[Proposal], taken: set[int]) -> Iterator[str]:
    for one in proposals:
        if one.verdict is Verdict.SAME:
            continue
        name = f"{form.place_of(one.key)} {form.label_of(one.key)}" if one.key else one.offer.label
        if id(one) in taken:
            line = _("Ghi {name}: {old} → {new}. {reason}")
        elif one.verdict is Verdict.GOES:
            line = _("Ghi được {name}: {old} → {new}. {reason}")
        elif one.value is not None:
            line = _("Chờ chọn {name}: {old} → {new}. {reason} ({source})")
        else:
            line = _("Để ngoài {name}: “{typed}”. {reason} ({source})")
        old, new = (" ".join(told(form, one.key, value).split()) or "……" for value in (one.old, one.value))
        typed = one.offer.cell.text
        yield line.format(
            name=name, old=old, new=new, reason=one.reason, source=one.offer.source, typed=typed
        ).strip()


VERBS = {"excel-form": excel_form, "take-excel": take_excel}
