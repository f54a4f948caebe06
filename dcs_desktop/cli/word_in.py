"""The verb that takes last year's report in from Word: what is understood, and what of it is kept."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from dcs_desktop import receiving, taking_word
from dcs_desktop.cli.own import data_file, unit_named
from dcs_desktop.cli.parser import Said
from dcs_desktop.cli.shown import Json
from dcs_desktop.core.old_report.figures import Proposal
from dcs_desktop.core.old_report.passages import Passage
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.taking_word import Proposed

LEAD = 60


def take_word(args: argparse.Namespace) -> Said:
    """What a Word or text file seems to say; with ``--yes`` what is sure of it becomes the report of its period."""
    document = taking_word.read(args.file)
    with data_file(args, read_only=not args.yes) as file:
        setup = receiving.setup_of(file)
        one = taking_word.proposed(file, setup, document, unit_named(args.unit, args, file), args.period)
        items = _put(one, args.put)
        one = one.with_items(items)
        figures = _with_figures(one, args.figure)
        ref = taking_word.keep(file, one, items, figures, datetime.now(UTC)) if args.yes else None
    data = _json(one, items, figures) | {"report": ref}
    return Said(data, list(_lines(one, items, figures, kept=args.yes)))


def _put(one: Proposed, said: Sequence[str]) -> dict[int, str]:
    """The items of the passages: those that are sure, and those asked for. Raises Refusal naming what is wrong."""
    items = one.sure_items
    known = [item.id for item in one.read.form.items.values() if item.prose]
    for text in said:
        line, _equal, item = text.partition("=")
        if not line.isdigit() or int(line) - 1 not in items:
            lines = ", ".join(str(at + 1) for at in items)
            raise Refusal(
                _("--put {text}: không có đoạn ở dòng này; các dòng: {lines}.").format(text=text, lines=lines)
            )
        if item not in ("-", *known):
            items_known = ", ".join(known)
            raise Refusal(
                _("--put {text}: không có mục này; các mục: {items}.").format(text=text, items=items_known)
            )
        items[int(line) - 1] = "" if item == "-" else item
    return items


def _with_figures(one: Proposed, said: Sequence[str]) -> dict[str, str]:
    """The figures that are sure, and those asked for. Raises Refusal for a key that the form does not have."""
    figures = one.ticked
    for text in said:
        key, _equal, typed = text.partition("=")
        if key not in one.read.form.fields:
            raise Refusal(_("--figure {text}: mẫu không có số liệu này.").format(text=text))
        figures[key] = typed
    return {key: typed for key, typed in figures.items() if typed}


def _json(one: Proposed, items: Mapping[int, str], figures: Mapping[str, str]) -> Json:
    document, top, parted = one.read.document, one.read.top, one.read.parted
    return {
        "file": document.file_name,
        "digest": document.digest,
        "unit": one.identity.unit.identity,
        "period": str(one.identity.period),
        "template": one.identity.template,
        "letterhead": {
            "layout": top.layout,
            "superior_body": top.superior_body,
            "issuing_body": top.issuing_body,
            "number": top.number,
            "series": top.series,
            "place": top.place,
            "day": None if top.day is None else top.day.isoformat(),
            "period": None if top.period is None else str(top.period),
        },
        "remarks": list(taking_word.remarks(one)),
        "passages": [_passage(passage, items) for passage in one.read.passages],
        "absent": list(parted.absent),
        "merged": dict(parted.merged),
        "figures": [_figure(proposal, figures) for proposal in one.read.proposals],
    }


def _passage(passage: Passage, items: Mapping[int, str]) -> Json:
    return {
        "line": passage.line + 1,
        "heading": passage.heading,
        "item": passage.item,
        "why": passage.why,
        "score": passage.score,
        "sure": passage.sure,
        "tracked": passage.tracked,
        "letters": len(passage.text),
        "into": items.get(passage.line, ""),
    }


def _figure(proposal: Proposal, figures: Mapping[str, str]) -> Json:
    said: Json = {
        "key": proposal.key,
        "typed": proposal.typed,
        "where": proposal.where,
        "item": proposal.item,
        "sure": proposal.sure,
        "source": proposal.source,
        "other": proposal.other,
        "taken": figures.get(proposal.key, ""),
    }
    return said if proposal.fault is None else {**said, "message": proposal.fault.message}


def _lines(
    one: Proposed, items: Mapping[int, str], figures: Mapping[str, str], *, kept: bool
) -> Iterator[str]:
    yield from taking_word.remarks(one)
    for passage in one.read.passages:
        sign = "+" if items.get(passage.line) else "?"
        into = items.get(passage.line) or passage.item or "–"
        yield f"{sign} {passage.line + 1}: [{into}] {passage.heading} | {passage.text[:LEAD]}"
    form = one.read.form
    for found in one.read.proposals:
        sign = "+" if found.key in figures else "?"
        said = found.fault.message if found.fault is not None else found.source
        other = _(" (chỗ khác trong tệp ghi {other})").format(other=found.other) if found.other else ""
        yield f"{sign} {found.key} = {found.typed}{other} | {form.label_of(found.key)} | {said}"
    taken = sum(map(bool, items.values()))
    if kept:
        said = _(
            "Đã nhận {texts} đoạn, {figures} số liệu vào báo cáo {period} của {unit}, ghi là nhập từ Word."
        )
    else:
        said = _(
            "Có thể nhận ngay {texts} đoạn, {figures} số liệu vào báo cáo {period} của {unit}: thêm --yes."
        )
    identity = one.identity
    yield said.format(
        texts=taken, figures=len(figures), period=identity.period.words, unit=identity.unit.name
    )


VERBS = {"take-word": take_word}
