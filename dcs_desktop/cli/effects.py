"""The verb that says what later filings change in the unit's own report that has left the house."""

from __future__ import annotations

import argparse

from dcs_desktop import receiving
from dcs_desktop.cli.own import data_file
from dcs_desktop.cli.parser import Said
from dcs_desktop.i18n import _
from dcs_desktop.workspace import Workspace


def effects(args: argparse.Namespace) -> Said:
    """Totals, sentences and pages that change since the export; with ``--amend`` the amendment that says so."""
    with data_file(args, read_only=not args.amend) as file:
        found = receiving.since_export(file, args.period)
        if found is None:
            said = _("Báo cáo {period} của đơn vị chưa xuất, hoặc không có số liệu nào đổi từ khi xuất.")
            return Said(
                {"figures": [], "sentences": [], "pages": []}, [said.format(period=args.period.words)]
            )
        data, lines = _document(found), _lines(found)
        if args.amend:
            ref = file.start_amendment(found.ref)
            workspace = Workspace.open(file, ref)
            receiving.take_into(file, workspace)
            workspace.close()
            data["amendment"] = workspace.identity.revision
            lines.append(_("Đã lập bổ sung lần {number}.").format(number=workspace.identity.revision))
    return Said(data, lines)


def _document(found: receiving.Later) -> dict[str, object]:
    words = [(moved, found.figure_words(moved)) for moved in found.effects.figures]
    return {
        "revision": found.identity.revision,
        "exported": found.exported_at.isoformat(),
        "came": [
            {"unit": one.identity.unit.identity, "revision": one.identity.revision, "package": one.file_name}
            for one in found.came
        ],
        "figures": [
            {
                "key": moved.key,
                "label": said.label,
                "old": said.old,
                "new": said.new,
                "replaced": moved.replaced,
            }
            for moved, said in words
        ],
        "sentences": [{"item": one.item, "old": one.old, "new": one.new} for one in found.effects.sentences],
        "pages": list(found.pages),
    }


def _lines(found: receiving.Later) -> list[str]:
    figure, sentence = _("{item} {label}: {old} → {new}"), _("{item}: “{old}” → “{new}”")
    words = map(found.figure_words, found.effects.figures)
    return [
        found.sentence,
        *(figure.format(item=one.item, label=one.label, old=one.old, new=one.new) for one in words),
        *(sentence.format(item=one.item, old=one.old, new=one.new) for one in found.effects.sentences),
    ]


VERBS = {"effects": effects}
