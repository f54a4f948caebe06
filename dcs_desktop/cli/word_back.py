"""The verb that takes a Word file back: its differences, and those that are to be accepted."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

from dcs_desktop import taking_back
from dcs_desktop.cli.own import opened
from dcs_desktop.cli.parser import Said
from dcs_desktop.cli.shown import Json
from dcs_desktop.core.changed_words import Pieces, changed_words
from dcs_desktop.core.differing import Difference
from dcs_desktop.core.form import Form
from dcs_desktop.core.narrative import link_markup, read
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _


def compare_word(args: argparse.Namespace) -> Said:
    """What a returned Word file changes; with ``--accept`` or ``--accept-all`` those texts become answers."""
    returned = taking_back.read(args.file)
    accepting = bool(args.accept) or args.accept_all
    with opened(args, read_only=not accepting) as workspace:
        comparison = taking_back.compared(workspace, returned)
        chosen = comparison.takeable if args.accept_all else _chosen(comparison, args.accept)
        accepted = taking_back.take(workspace, chosen) if accepting else ()
        workspace.flush()
        form, identity = workspace.form, workspace.identity
    remarks = taking_back.remarks(comparison, identity)
    lines = [*remarks, *_lines(comparison.differences, form)]
    if accepting:
        lines.append(
            _("Đã nhận {count} mục: {items}.").format(count=len(accepted), items=", ".join(accepted))
        )
    data = _json(comparison, form) | {"accepted": list(accepted)}
    return Said(data, lines or [_("Tệp Word không có gì khác với báo cáo.")])


def _chosen(comparison: taking_back.Comparison, items: Sequence[str]) -> list[Difference]:
    """The differences of the items asked for. Raises Refusal naming one that has none."""
    found = {one.item: one for one in comparison.takeable}
    for item in items:
        if item not in found:
            message = _("Mục {item} không có gì để nhận từ tệp Word; các mục nhận được: {known}.")
            raise Refusal(message.format(item=item, known=", ".join(found) or "–"))
    return [found[item] for item in dict.fromkeys(items)]


def _json(comparison: taking_back.Comparison, form: Form) -> Json:
    returned = comparison.returned
    counted, origin = returned.counted, returned.origin
    return {
        "file": returned.file_name,
        "unit": "" if origin is None else origin.unit,
        "period": "" if origin is None else origin.period,
        "revision": None if origin is None else origin.revision,
        "sent": comparison.sent,
        "tracked": counted.tracked,
        "comments": counted.comments,
        "left_out": counted.left_out,
        "struck": counted.struck,
        "unknown": list(returned.unknown),
        "differences": [_difference_json(one, form) for one in comparison.differences],
    }


def _difference_json(one: Difference, form: Form) -> Json:
    said: Json = {
        "item": one.item,
        "change": one.change.value,
        "old": one.old,
        "new": one.new,
        "takes": one.takes,
    }
    if one.now is not None:
        said["now"] = one.now
    if one.link is not None:
        said["figure"] = link_markup(one.link)
    return said if one.takes else {**said, "message": taking_back.told(one, form)}


def _lines(differences: Sequence[Difference], form: Form) -> Iterator[str]:
    for one in differences:
        place = f"[{one.item}]" if one.item else _("[ngoài các mục]")
        if not one.takes:
            yield f"{place} {taking_back.told(one, form)}"
            continue
        old, new = changed_words(read(one.old), read(one.new))
        yield _("{place} Bản của tôi: {text}").format(place=place, text=_marked(old, "[-", "-]"))
        yield _("{place} Bản trong Word: {text}").format(place=place, text=_marked(new, "{+", "+}"))
        if one.now is not None:
            yield _("{place} Hiện nay: {text}").format(place=place, text=" ".join(one.now.split()))


def _marked(pieces: Pieces, begin: str, end: str) -> str:
    """A text on one line, what differs between signs."""
    parts = (
        " / " if piece.ends else f"{begin}{piece.text}{end}" if piece.changed else piece.text
        for piece in pieces
    )
    return "".join(parts).removesuffix(" / ")


VERBS = {"compare-word": compare_word}
