"""The units that a merged commune was made of: named in its setup, their figures side by side."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dcs_desktop import predecessors, starting
from dcs_desktop.cli.parser import Said
from dcs_desktop.cli.shown import Json
from dcs_desktop.core.form import Form
from dcs_desktop.core.period import Period
from dcs_desktop.core.setup import Setup
from dcs_desktop.core.side_by_side import SideBySide
from dcs_desktop.core.stored import to_stored
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.values import BLANK, shown
from dcs_desktop.i18n import _


def with_predecessors(setup: Setup, said: Sequence[str] | None, period: Period) -> Setup:
    """The setup with these units and no others; as it was where nothing is said of them. Raises Refusal."""
    if said is None:
        return setup
    setup = replace(setup, predecessors=())
    for text in said:
        unit = starting.unit_of(text, period)
        setup = predecessors.with_predecessor(setup, unit, starting.named(unit))
    return setup


def side_by_side(args: argparse.Namespace) -> Said:
    """What the predecessors of the unit of a report reported the year before, and their sums."""
    from dcs_desktop.cli.own import opened

    with opened(args, read_only=True) as workspace:
        found = predecessors.beside(workspace.file, workspace.identity, workspace.form)
        form = workspace.form
    if found is None:
        raise Refusal(_("Chưa khai báo đơn vị trước sắp xếp: dùng lệnh setup --predecessors."))
    return Said(_json(found), list(_lines(found, form)))


def _json(found: SideBySide) -> Json:
    keys = dict.fromkeys(key for one in found.columns for key in one.figures)
    return {
        "period": str(found.period),
        "units": [
            {"unit": one.said.unit.identity, "name": one.said.unit.name, "how": one.said.how}
            for one in found.columns
        ],
        "figures": {
            key: {
                "values": [to_stored(one.value(key)) for one in found.columns],
                "states": [one.value(key).state.value for one in found.columns],
                "sum": to_stored(found.sums.get(key, BLANK)),
                "coverage": str(found.sums[key].coverage) if key in found.sums else None,
            }
            for key in keys
        },
    }


def _lines(found: SideBySide, form: Form) -> Iterator[str]:
    names = [one.said.unit.name if one.said.how else f"{one.said.unit.name} (–)" for one in found.columns]
    yield " | ".join([found.period.words, *names, _("Cộng")])
    for key, field in form.fields.items():
        values = [one.value(key) for one in found.columns]
        if any(value.answered for value in values):
            cells = [shown(field.type, value) or "–" for value in (*values, found.sums.get(key, BLANK))]
            yield " | ".join([field.label, *cells])


VERBS = {"predecessors": side_by_side}
