"""The units that a merged commune was made of: their reports, taken in from Word, packages or typed, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dcs_desktop import package, reform_library, resources, starting, template_library
from dcs_desktop.core.form import Form
from dcs_desktop.core.period import Period
from dcs_desktop.core.reform import list_of
from dcs_desktop.core.report import Identity, UnitName
from dcs_desktop.core.setup import Setup
from dcs_desktop.core.side_by_side import How, SideBySide, Told, side_by_side
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.units import Unit, find
from dcs_desktop.forms import form_of
from dcs_desktop.i18n import _
from dcs_desktop.receiving import known_templates
from dcs_desktop.store import DataFile

MOST = 8


def with_predecessor(setup: Setup, unit: Unit, named: UnitName) -> Setup:
    """The setup with one more unit that the own one was made of.

    Raises Refusal: it is there already, is the unit itself, stands in the
    same list, is of another level, or there are too many.
    """
    known = {one.identity for one in setup.predecessors}
    own = find((resources.unit_list(info.id) for info in resources.unit_lists()), setup.unit.identity)
    if unit.identity in known:
        raise Refusal(_("{unit} đã có trong danh sách.").format(unit=unit.name))
    if unit.list_id == setup.unit.list_id:
        message = _("{unit} ở cùng danh mục với đơn vị này. Hãy chọn đơn vị của danh mục trước sắp xếp.")
        raise Refusal(message.format(unit=unit.name))
    if own is not None and own.level is not unit.level:
        message = _("{unit} không cùng cấp với {own}. Hãy chọn đơn vị cùng cấp.")
        raise Refusal(message.format(unit=unit.name, own=own.name))
    if len(known) >= MOST:
        raise Refusal(_("Nhiều nhất {most} đơn vị trước sắp xếp.").format(most=MOST))
    return replace(setup, predecessors=(*setup.predecessors, named))


def proposed(setup: Setup) -> tuple[tuple[UnitName, ...], bool]:
    """The units that the own one is known to be made of, and whether of just these: not so where only an area is known."""
    lists = [info.id for info in resources.unit_lists()]
    if setup.unit.list_id not in lists[1:]:
        return (), False
    last = lists[lists.index(setup.unit.list_id) - 1]
    known = reform_library.reform().group_of(setup.unit.identity)
    units = [unit for unit in resources.unit_list(last).units.values() if unit.identity in known]
    alone = not any(one != setup.unit.identity and list_of(one) == setup.unit.list_id for one in known)
    return tuple(map(starting.named, units)), alone


def with_proposed(setup: Setup) -> Setup:
    """The setup with all units that the own one is known to be made of, where these are known."""
    units, alone = proposed(setup)
    there = {one.identity for one in setup.predecessors}
    fresh = tuple(unit for unit in units if unit.identity not in there)
    if not alone or len(there) + len(fresh) > MOST:
        return setup
    return replace(setup, predecessors=(*setup.predecessors, *fresh))


def without_predecessor(setup: Setup, identity: str) -> Setup:
    """The setup without one of the units that the own one was made of."""
    return replace(setup, predecessors=tuple(one for one in setup.predecessors if one.identity != identity))


def beside(file: DataFile, identity: Identity, form: Form) -> SideBySide | None:
    """The predecessors of a report's unit in the same period of last year; None where none were named.

    Raises Refusal when a report that is needed is damaged.
    """
    setup = file.setup()
    if setup is None or not setup.predecessors or setup.unit.identity != identity.unit.identity:
        return None
    period = identity.period.previous()
    return side_by_side(form, period, tuple(_told(file, setup, period)))


def _told(file: DataFile, setup: Setup, period: Period) -> Iterator[Told]:
    sources = file.sources()
    received = file.received(period)
    for unit in setup.predecessors:
        summary = file.latest(unit.identity, period)
        if summary is not None:
            report = file.report(summary.ref)
            how: How = "word" if summary.ref in sources else "typed"
            yield Told(unit, how, form_of(report.identity, report.letterhead), report.answers)
            continue
        kept = [one for one in received if one.identity.unit.identity == unit.identity]
        newest = max(kept, key=lambda one: one.identity.revision, default=None)
        data = None if newest is None else file.received_bytes(newest.digest)
        found = None if data is None else package.read_bytes(data, "", known_templates()).report
        if found is None:
            yield Told(unit)
        else:
            form = template_library.form_for(
                template_library.template(found.identity.template), found.identity, found.letterhead.places
            )
            yield Told(unit, "package", form, found.answers)
