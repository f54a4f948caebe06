"""What a unit begins with: its names, its receiving unit, its level, a letterhead to start from."""

from __future__ import annotations

from datetime import date

from dcs_desktop import resources, template_library
from dcs_desktop.core.building import build
from dcs_desktop.core.form import Form
from dcs_desktop.core.period import Period, due_period
from dcs_desktop.core.report import Letterhead, UnitName
from dcs_desktop.core.setup import ExpectedUnit, Setup
from dcs_desktop.core.template import Template
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.units import Unit, ancestors, children, find, list_for
from dcs_desktop.core.wording import places_for
from dcs_desktop.i18n import _

WITHOUT_RECEIVER = UnitName("", "", "", "")


def named(unit: Unit) -> UnitName:
    """A unit of a list as reports name it, with the names of those above it."""
    if unit.list_id.startswith("own:"):
        return UnitName(unit.code, unit.list_id, unit.name, unit.type)
    above = ancestors(resources.unit_list(unit.list_id), unit.code)
    return UnitName(unit.code, unit.list_id, unit.name, unit.type, ", ".join(up.name for up in above))


def unit_of(text: str, period: Period) -> Unit:
    """The official unit that ``CODE`` or ``CODE@LIST`` names.

    Without a list it is the one in force on the period's last day. Raises
    Refusal when no such unit stands in that list.
    """
    code, _at, list_id = text.strip().partition("@")
    list_id = list_id or list_for(resources.unit_lists(), period.last_day)
    units = resources.unit_list(list_id)
    if code not in units.units:
        message = _("Danh mục {list} không có đơn vị mã {code}. Tìm mã bằng lệnh: units --search TÊN.")
        raise Refusal(message.format(list=list_id, code=code))
    return units.units[code]


def usual_receiver(unit: Unit) -> UnitName:
    """The unit right above in the official list; an empty name above a province."""
    above = (
        find([resources.unit_list(unit.list_id)], f"{unit.parent}@{unit.list_id}") if unit.parent else None
    )
    return named(above) if above is not None else WITHOUT_RECEIVER


def level_for(template: Template, unit: Unit) -> str:
    """The level of the template at which a unit files. Raises Refusal when it files at none."""
    for level in template.level:
        if unit.level.value in level.units:
            return level.id
    message = _("Mẫu {template} không dùng cho {unit}: đơn vị này không thuộc cấp nào của mẫu.")
    raise Refusal(message.format(template=template.reference, unit=unit.name))


def usual_period(text: str, today: date) -> Period:
    """The report to propose today to the unit that ``CODE`` or ``CODE@LIST`` names: of the days of its list."""
    list_id = text.strip().partition("@")[2]
    ends = [info.valid_until for info in resources.unit_lists() if info.id == list_id and info.valid_until]
    return due_period(min([today, *ends]))


def _known_level(template: Template, level: str) -> str:
    known = [entry.id for entry in template.level]
    if level not in known:
        message = _("Mẫu {template} không có cấp “{level}”; các cấp: {known}.")
        raise Refusal(message.format(template=template.reference, level=level, known=", ".join(known)))
    return level


def proposed_setup(
    unit: Unit,
    period: Period,
    receiver: UnitName | None = None,
    *,
    level: str = "",
    training: bool = False,
) -> Setup:
    """What first start proposes for an official unit: everything in it can be changed later.

    Raises Refusal when the unit files at no level, or the template has no such ``level``.
    """
    template = template_library.template(template_library.reference_for(period))
    level = _known_level(template, level) if level else level_for(template, unit)
    receiver = receiver or usual_receiver(unit)
    letterheads = proposed_letterheads(template, level, named(unit), receiver, period)
    return Setup(
        unit=named(unit),
        receiver=receiver,
        level=level,
        letterhead=letterheads[0] if letterheads else Letterhead(),
        expected=expected_units(unit, template, level),
        training=training,
    )


def expected_units(unit: Unit, template: Template, level: str) -> tuple[ExpectedUnit, ...]:
    """The units of the official list that report to this one; none for a level that takes nothing in.

    Right under a province of three tiers stand districts, which take in and add up as it does itself.
    """
    own = next((entry for entry in template.level if entry.id == level), None)
    if own is None or not own.below:
        return ()
    kinds = {kind for entry in template.level if entry.id in (own.id, own.below) for kind in entry.units}
    under = children(resources.unit_list(unit.list_id), unit.code)
    return tuple(ExpectedUnit(named(child)) for child in under if child.level.value in kinds)


def proposed_letterheads(
    template: Template, level: str, unit: UnitName, receiver: UnitName, period: Period
) -> tuple[Letterhead, ...]:
    """The letterheads that the template proposes for a unit, one or more of each layout."""
    return proposing_form(template, level, unit, receiver, period).letterheads


def proposing_form(
    template: Template, level: str, unit: UnitName, receiver: UnitName, period: Period
) -> Form:
    """The form of a unit before it has words of its own."""
    return build(template, level, period.kind, places_for(template.places, level, unit, receiver, period, {}))
