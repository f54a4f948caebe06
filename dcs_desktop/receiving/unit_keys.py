"""The keys that units signed with, and what the user said of each after a call."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from dcs_desktop.core.fingerprint import fingerprint, words
from dcs_desktop.core.text import fold
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.trust import OURS, Decision, Keyring, Signed, Trust, keyring
from dcs_desktop.i18n import _, format_date, ngettext
from dcs_desktop.receiving.desk import setup_of
from dcs_desktop.store import DataFile


@dataclass(frozen=True, slots=True)
class UnitKey:
    """A key that a unit (``code@list``) signed with, by its fingerprint ("" for things not signed).

    ``since`` is when something with it first came, ``count`` how much did and ``held`` how much of that waits.
    ``in_force`` tells the one that the next thing must bear; ``said`` what was decided last.
    """

    unit: str
    name: str
    key: str
    since: datetime | None
    count: int
    held: int
    in_force: bool
    said: Decision | None

    @property
    def words(self) -> str:
        """The key as it is read over the phone."""
        return words(self.key) if self.key else _("không ký số")

    @property
    def standing(self) -> str:
        """What is done with it, in words."""
        said = self.said
        if said is not None and not said.trusted:
            return _("đã từ chối ngày {day}").format(day=format_date(said.at.astimezone().date()))
        if self.held:
            text = ngettext(
                "chưa xác nhận, đang giữ {count} gói", "chưa xác nhận, đang giữ {count} gói", self.held
            )
            return text.format(count=self.held)
        if said is not None:
            text = _("đã xác nhận ngày {day}") if self.in_force else _("khóa cũ, đã xác nhận ngày {day}")
            return text.format(day=format_date(said.at.astimezone().date()))
        return _("theo gói đầu tiên, chưa xác nhận") if self.in_force else _("trước đây")


@dataclass(frozen=True, slots=True)
class _Came:
    """Something of a unit that came: its name there, its number, the moment, the keys it bears."""

    name: str
    signed: Signed
    at: datetime


def unit_keys(file: DataFile, unit: str = "") -> list[UnitKey]:
    """Every key of the units that sent something here, packages or letters, or of one unit; by name. Raises Refusal."""
    came: dict[str, list[_Came]] = defaultdict(list)
    for sender, one in (*_packages(file), *_letters(file)):
        came[sender].append(one)
    said = file.decisions()
    units = {unit} if unit else (came.keys() | said.keys()) - {OURS}
    found = [one for each in units for one in _keys_of(each, came.get(each, []), said.get(each, ()))]
    return sorted(found, key=lambda one: (fold(one.name), one.unit, not one.in_force, one.key))


def _packages(file: DataFile) -> Iterator[tuple[str, _Came]]:
    training = setup_of(file).training
    for one in file.received():
        if one.identity.training == training and not one.entered:
            first, *vouched = (fingerprint(key) if key else "" for key in one.keys)
            unit = one.identity.unit
            yield unit.identity, _Came(unit.name, Signed(one.ref, first, frozenset(vouched)), one.received_at)


def _letters(file: DataFile) -> Iterator[tuple[str, _Came]]:
    for one in file.letters(sent=False):
        sender, key = one.head.receiver, fingerprint(one.key) if one.key else ""
        yield sender.identity, _Came(sender.name, Signed(one.ref, key), one.at)


def _keys_of(unit: str, came: Sequence[_Came], said: Sequence[Decision]) -> Iterator[UnitKey]:
    ring = keyring((one.signed for one in came), said)
    keys = {key for one in came for key in {one.signed.key, *one.signed.vouched}} | {one.key for one in said}
    name = came[-1].name if came else unit.partition("@")[0]
    for key in keys:
        yield _unit_key(unit, name, key, came, ring)


def _unit_key(unit: str, name: str, key: str, came: Sequence[_Came], ring: Keyring) -> UnitKey:
    bears = [one for one in came if key in {one.signed.key, *one.signed.vouched}]
    held = sum(ring.trust(one.signed) is Trust.UNKNOWN for one in bears)
    since = min((one.at for one in bears), default=None)
    last = next((one for one in reversed(ring.said) if one.key == key), None)
    in_force = ring.in_force == key if key else ring.in_force is None and ring.would("") is Trust.KNOWN
    return UnitKey(unit, name, key, since, len(bears), held, in_force, last)


def named_unit(file: DataFile, text: str) -> str:
    """The unit (``code@list``) that a code names among those that sent something. Raises Refusal."""
    known = {one.unit for one in unit_keys(file)}
    setup = setup_of(file)
    known |= {setup.receiver.identity, *(one.unit.identity for one in setup.expected)}
    found = [unit for unit in sorted(known) if text in (unit, unit.partition("@")[0])]
    if len(found) != 1:
        raise Refusal(_("Không có đúng một đơn vị mã “{code}” ở đây. Hãy ghi MÃ@DANH MỤC.").format(code=text))
    return found[0]
