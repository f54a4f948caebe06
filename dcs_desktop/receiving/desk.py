"""What was received for one period, which of it counts, and who has filed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache, cached_property

from dcs_desktop import package, reform_library, resources, starting, template_library
from dcs_desktop.core.building import build
from dcs_desktop.core.form import Form
from dcs_desktop.core.letter import STATES, LetterKind
from dcs_desktop.core.on_behalf import OnBehalf, read_mark
from dcs_desktop.core.period import Period
from dcs_desktop.core.reform import list_of
from dcs_desktop.core.report import Identity, Report, UnitName
from dcs_desktop.core.setup import ExpectedUnit, Setup
from dcs_desktop.core.standing import Filed, Place, Standing, standing
from dcs_desktop.core.template import Template
from dcs_desktop.core.template_file import write_template
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.trust import OURS, Trust
from dcs_desktop.core.units import OWN, ancestors, find, list_for
from dcs_desktop.i18n import _
from dcs_desktop.receiving.trusting import keys_of
from dcs_desktop.store import DataFile, Received

QUARANTINE = ("template_newer", "template_unknown")


@dataclass(frozen=True, slots=True)
class UnitStatus:
    """Where the report of one expected unit stands; ``revision`` and content ``digest`` are of the one that counts.

    ``entered`` says how it was entered at the desk, None where the unit sent it itself.
    """

    unit: UnitName
    state: str
    revision: int | None = None
    errors: int = 0
    missing: int = 0
    late: bool = False
    file_name: str = ""
    received_at: datetime | None = None
    digest: str = ""
    entered: OnBehalf | None = None


def status(file: DataFile, period: Period, today: date) -> list[UnitStatus]:
    """Every expected unit in the order of the list, with the state of its report."""
    desk = desk_of(file, period)
    return [desk.status(one.unit, today) for one in desk.expected]


def setup_of(file: DataFile) -> Setup:
    """Whose desk it is. Raises Refusal when the data file does not say."""
    setup = file.setup()
    if setup is None:
        raise Refusal(_("Tệp dữ liệu chưa khai báo đơn vị. Hãy khai báo đơn vị rồi nhận báo cáo."))
    return setup


def unit_name(setup: Setup, identity: str) -> str:
    """The name of a unit (``code@list``), of one not expected too; its code when no list knows it."""
    names = {one.unit.identity: one.unit.name for one in setup.expected}
    if identity in names or not identity:
        return names.get(identity, "")
    known = find([resources.unit_list(info.id) for info in resources.unit_lists()], identity)
    return identity.partition("@")[0] if known is None else known.name


def official_name(identity: str) -> str:
    """The name of a unit of an official list with its code, for one of several of a name; the identity of any other."""
    known = find([resources.unit_list(info.id) for info in resources.unit_lists()], identity)
    return identity if known is None else f"{known.name} ({known.code})"


def expected(setup: Setup, period: Period) -> tuple[ExpectedUnit, ...]:
    """The units whose package is expected: the desk's own list, else the official one's.

    For a period of before a reform of units these are the ones that today's were made of, as far as that is known.
    """
    if setup.expected or setup.unit.list_id.startswith(OWN) or not setup.unit.code:
        today = tuple(one for one in setup.expected if one.awaited)
    else:
        today = _official(setup, period)
    return _before_reform(setup, period, today) or today


def _before_reform(setup: Setup, period: Period, today: tuple[ExpectedUnit, ...]) -> tuple[ExpectedUnit, ...]:
    """The units of the list of that period that today's were made of, and those of the desk's own."""
    list_id = list_for(resources.unit_lists(), period.last_day)
    if list_id not in _earlier_lists(setup):
        return ()
    known = reform_library.reform().before((one.unit.identity for one in today), list_id)
    units = resources.unit_list(list_id).units.values()
    made_of = tuple(ExpectedUnit(starting.named(unit)) for unit in units if unit.identity in known)
    return (*made_of, *(one for one in today if one.unit.list_id.startswith(OWN))) if made_of else ()


def listed(setup: Setup, period: Period) -> tuple[ExpectedUnit, ...]:
    """Every unit that the desk may await: those of the official list, with what is kept of each, then its own."""
    official = _official(setup, period)
    kept = {one.unit.identity: one for one in setup.expected}
    if not kept:
        return official
    known = [kept.pop(one.unit.identity, replace(one, awaited=False)) for one in official]
    return (*known, *kept.values())


def _official(setup: Setup, period: Period) -> tuple[ExpectedUnit, ...]:
    """The units right below the desk's own in its list; none for an agency."""
    if setup.unit.list_id.startswith(OWN) or not setup.unit.code:
        return ()
    unit = find([resources.unit_list(setup.unit.list_id)], setup.unit.identity)
    if unit is None:
        return ()
    return starting.expected_units(unit, template_for(period), setup.level)


def template_for(period: Period) -> Template:
    """The template that totals of a period are made under, the newest for a period that none serves."""
    known = template_library.known()
    serving = (info for info in known if info.serves(period))
    return template_library.template(next(serving, known[0]).reference)


def known_templates() -> Mapping[str, bytes]:
    """The templates at hand by reference, as packages carry them; one that is added counts at once."""
    return {info.reference: encoded(info.reference) for info in template_library.known()}


@cache
def encoded(reference: str) -> bytes:
    """A template at hand as packages carry it. Raises Refusal."""
    return write_template(template_library.template(reference))


def form_of(identity: Identity) -> Form:
    """The form of a report under a template of this program, for counting: its words are not filled in."""
    return bare_form(identity.template, identity.level, identity.period)


@cache
def bare_form(reference: str, level: str, period: Period) -> Form:
    """The form of a known template, its words not filled in."""
    return build(template_library.template(reference), level, period.kind, {})


def desk_of(file: DataFile, period: Period) -> Desk:
    """The desk of a period as the data file has it now. Raises Refusal."""
    at_hand = " ".join(info.reference for info in template_library.known())
    return file.worked_out(f"desk {period} {at_hand}", lambda: Desk(file, setup_of(file), period))


class Desk:
    """What was received for one period, and which of it counts."""

    def __init__(self, file: DataFile, setup: Setup, period: Period) -> None:
        self.file = file
        self.setup = setup
        self.period = period
        self.due = setup.due_on(period)
        self.expected = expected(setup, period)
        self.order = tuple(dict.fromkeys(one.unit.identity for one in self.expected))
        self.identities = frozenset(self.order)
        self.receivers = _receivers(setup, self.order)
        self.templates = frozenset(info.reference for info in template_library.known())
        self.keys = keys_of(file, training=setup.training)
        self.kept: dict[str, list[Received]] = {}
        for one in file.received(period):
            self.kept.setdefault(one.identity.unit.identity, []).append(one)
        self.standings = {unit: _standing(self, rows) for unit, rows in self.kept.items()}
        self._counting = {unit: self._counts(unit, rows) for unit, rows in self.kept.items()}

    @cached_property
    def verdicts(self) -> Mapping[str, str]:
        """What letters of this desk made of reports, by content digest: states of the closed list."""
        return {about: STATES[LetterKind(kind)] for about, kind in self.file.verdicts(self.period).items()}

    def gate(self, one: Received) -> str:
        """Why a readable package is not counted, whatever else is here; "" when it may be."""
        identity, setup = one.identity, self.setup
        if identity.training != setup.training:
            return "training_mismatch"
        if identity.receiver.identity not in self.receivers:
            return "wrong_receiver"
        if identity.unit.identity not in self.identities:
            return "unexpected_unit"
        if self.keys.trust(one) is not Trust.KNOWN:
            return "unknown_key"
        if identity.template not in self.templates:
            return one.verdict if one.verdict in QUARANTINE else "template_unknown"
        return ""

    def row(self, identity: Identity, digest: str) -> Received:
        """The package of a report with this content, which is here."""
        return next(one for one in self.kept[identity.unit.identity] if one.digest == digest)

    def would(self, one: Received, key: str) -> Trust:
        """What would be done with such a package if it came now and bore this public key."""
        unit = one.identity.unit.identity
        return self.keys.would(OURS if one.entered else unit, key, self.kept[unit])

    def place(self, one: Received) -> str:
        """Where a package that may be counted stands among those of its unit."""
        return self.standings[one.identity.unit.identity].places[one.digest].value

    def entered(self) -> dict[str, OnBehalf]:
        """The expected units whose package that counts was entered at the desk."""
        counting = {unit: self.counting(unit) for unit in self.identities}
        return {
            unit: mark for unit, one in counting.items() if one is not None and (mark := entered_for(one))
        }

    def counting(self, unit: str) -> Received | None:
        """The package of a unit that counts."""
        return self._counting.get(unit)

    def _counts(self, unit: str, rows: Iterable[Received]) -> Received | None:
        counts = self.standings[unit].counts
        return None if counts is None else next(one for one in rows if one.digest == counts)

    def reports(self, units: Collection[str] | None = None) -> dict[str, Report]:
        """The reports that count, read again from the packages as they came, or those of some units.

        Raises Refusal naming a damaged one.
        """
        wanted = (unit for unit in self.order if units is None or unit in units)
        counting = ((unit, self.counting(unit)) for unit in wanted)
        return {unit: self.report(kept) for unit, kept in counting if kept is not None}

    def report(self, kept: Received) -> Report:
        data = self.file.received_bytes(kept.digest) or b""
        reading = package.read_bytes(data, kept.file_name, known_templates())
        if reading.report is None or reading.faults:
            text = _(
                "Gói {file} trong tệp dữ liệu bị hỏng. Hãy mở bản sao lưu gần nhất hoặc nhận lại gói này."
            )
            raise Refusal(text.format(file=kept.file_name))
        return reading.report

    def status(self, unit: UnitName, today: date) -> UnitStatus:
        """Where the report of one unit stands."""
        due = self.due
        rows = [one for one in self.kept.get(unit.identity, []) if self._to_look_at(one)]
        if not rows:
            return UnitStatus(unit, "not_received", late=due is not None and today > due)
        kept = self.counting(unit.identity)
        first = min(one.received_at for one in rows)
        late = due is not None and first.date() > due
        places = self.standings[unit.identity].places.values()
        if kept is None:
            return UnitStatus(unit, "with_errors", late=late, received_at=first)
        stranger = any(self.gate(one) == "unknown_key" for one in rows)
        wrong = bool(kept.errors) or Place.CONFLICT in places or Place.REVISION_GAP in places or stranger
        state = self.verdicts.get(kept.digest) or kept.state or ("with_errors" if wrong else "received")
        revision = kept.identity.revision
        counts = (kept.errors, kept.missing, late, kept.file_name, kept.received_at, kept.digest)
        return UnitStatus(unit, state, revision, *counts, entered_for(kept))

    def _to_look_at(self, one: Received) -> bool:
        """Whether a package is one to be counted, or held until somebody decides."""
        gate = self.gate(one)
        if gate == "unknown_key":
            return self.keys.trust(one) is Trust.UNKNOWN
        return gate in ("", *QUARANTINE)


def _earlier_lists(setup: Setup) -> frozenset[str]:
    """The official lists that were in force before that of the desk's own unit; none for an agency."""
    lists = [info.id for info in resources.unit_lists()]
    own = setup.unit.list_id
    return frozenset(lists[: lists.index(own)] if own in lists and setup.unit.code else ())


def _receivers(setup: Setup, units: Iterable[str]) -> frozenset[str]:
    """To whom a package for this desk may be addressed: to the desk, or to who stood above its units before a reform."""
    earlier = _earlier_lists(setup)
    above = {
        up.identity
        for unit in units
        if (list_id := list_of(unit)) in earlier
        for up in ancestors(resources.unit_list(list_id), unit.partition("@")[0])
    }
    return frozenset({setup.unit.identity, *above})


def _standing(desk: Desk, rows: Iterable[Received]) -> Standing:
    """The unit's own packages go before what was entered for it, as soon as one of them counts."""
    counted = [one for one in rows if not desk.gate(one)]
    entered = [one for one in counted if entered_for(one) is not None]
    own = standing(_filed(one) for one in counted if one not in entered) if entered else None
    if own is None:
        return standing(map(_filed, counted))
    if own.counts is None:
        at_desk = standing(map(_filed, entered))
        return Standing(at_desk.counts, {**at_desk.places, **own.places})
    return Standing(own.counts, {**{one.digest: Place.SUPERSEDED for one in entered}, **own.places})


def _filed(one: Received) -> Filed:
    return Filed(one.digest, one.identity.revision, one.identity.parent)


def entered_for(one: Received) -> OnBehalf | None:
    """How a package was entered at the desk, None for one that the unit sent itself."""
    return read_mark(one.remark) if one.remark else None
