"""Takes packages in, each whole or not at all, each with its verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path

from dcs_desktop import package
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Identity
from dcs_desktop.core.standing import Place
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.trust import Trust
from dcs_desktop.i18n import current_language, ngettext
from dcs_desktop.receiving.arriving import arrived
from dcs_desktop.receiving.desk import Desk, desk_of, known_templates, setup_of
from dcs_desktop.receiving.looking import Came, Look, Looked, looked_at
from dcs_desktop.receiving.own_files import parted
from dcs_desktop.receiving.totals import totals
from dcs_desktop.receiving.words import sentence
from dcs_desktop.store import Arrival, DataFile

Told = Callable[[int, int, str], None]
# Packages of so many bytes wait for one transaction; a crash costs no more than taking these in again.
KEPT_AT_ONCE = 4_000_000
TAKEN = frozenset(
    {"accepted", "accepted_with_warnings", "already_here", "superseded", "waiting", "revision_gap"}
)

# Nothing of these needs a remedy.
FINE = TAKEN | {"own_files"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one file: a word of the closed list, and a sentence saying what to do.

    ``within`` is where the package lay in the file: "thu.eml › goi.zip" gives
    "goi.zip", a file of its own "". ``unit`` is the identity and ``period`` the closed-list form of what the
    package says it is; None where it says nothing readable.
    """

    file: str
    verdict: str
    reason: str
    unit: str | None = None
    period: str | None = None
    revision: int | None = None
    within: str = ""

    @property
    def shown(self) -> str:
        """The file, and the package within it, as a row of a list says it."""
        return f"{self.file} › {self.within}" if self.within else self.file


def import_paths(
    file: DataFile,
    paths: Sequence[Path],
    today: date,
    progress: Told | None = None,
    processes: int | None = None,
) -> list[Verdict]:
    """Take packages in, each whole or not at all; folders give all their files, mails and zips what is in them.

    One verdict per package, in the order given; it tells where the package
    stands when all are in. ``progress`` is told the count before each file
    and may raise to call the rest off; what was taken in stays. Many are
    looked at in several ``processes``, as many as there are processors
    unless it is said (1: in this one alone); the outcome is the same. Raises
    Refusal when the data file does not yet say whose it is, or cannot be written.
    """
    setup_of(file)
    given, own = _files(paths)
    taking = _Taking(file)
    look = Look(known_templates(), datetime.combine(today, time(), UTC), current_language())
    try:
        for came, looked in looked_at(_coming(given, progress), look, processes):
            taking.take(came, looked)
    finally:
        taking.keep()
    taken = taking.taken
    periods = {one.identity.period for one in taken if one.identity is not None and one.refused is None}
    desks = {period: desk_of(file, period) for period in periods}
    if _vouched(file, desks, taken):
        desks = {period: desk_of(file, period) for period in periods}
    verdicts = [_verdict(desks, one) for one in taken]
    for period in periods:
        with suppress(Refusal):  # a package damaged since is named by whoever asks for totals
            totals(file, period)
    return verdicts + [_own_files(folder, count) for folder, count in own.items()]


def _coming(found: Sequence[Path], progress: Told | None) -> Iterator[Came]:
    """What is in each file, when its turn comes."""
    for number, path in enumerate(found):
        for one in _looked_into(path):
            if progress is not None:
                progress(number, len(found), one.shown)
            yield one


def read(path: Path) -> package.Reading:
    """A package, its template held against those of this program. Raises Refusal when there is no such file."""
    return package.read(path, known_templates())


def _files(paths: Iterable[Path]) -> tuple[list[Path], dict[Path, int]]:
    """The files given, and those of the folders given, hidden ones left out; how many of each are the program's own."""
    found: list[Path] = []
    own: dict[Path, int] = {}
    for path in paths:
        if path.is_dir():
            inside = (each for each in sorted(path.rglob("*")) if each.is_file())
            others, ours = parted(each for each in inside if not each.name.startswith((".", "~$")))
            found += others
            own |= {path: len(ours)} if ours else {}
        else:
            found.append(path)
    return found, own


def _own_files(folder: Path, count: int) -> Verdict:
    """One line for all the program's own files in a folder."""
    text = ngettext(
        "Bỏ qua {count} tệp của chương trình (tệp dữ liệu, bản sao lưu, bản an toàn); đó không phải gói báo cáo.",
        "Bỏ qua {count} tệp của chương trình (tệp dữ liệu, bản sao lưu, bản an toàn); đó không phải gói báo cáo.",
        count,
    )
    return Verdict(str(folder), "own_files", text.format(count=count))


def _looked_into(path: Path) -> Iterator[Came]:
    """Everything in a file that may be a package, at least the file itself."""
    try:
        for one in arrived(path):
            yield Came(path, one.within, one.data)
    except Refusal as refusal:
        yield Came(path, "", package.PackageFault("damaged", refusal.sentence))


@dataclass(frozen=True, slots=True)
class _Taken:
    """What is known of what came once it was looked at: where it lay, what it is, why it was not kept."""

    path: Path
    within: str
    identity: Identity | None = None
    digest: str = ""
    refused: package.PackageFault | None = None
    repeated: bool = False
    key: str = ""


class _Taking:
    """Keeps what can be read, some packages in one transaction, each whole or not at all."""

    def __init__(self, file: DataFile) -> None:
        self.taken: list[_Taken] = []
        self._file = file
        self._here = set(file.received_digests())
        self._waiting: list[Arrival] = []
        self._room = KEPT_AT_ONCE

    def take(self, came: Came, looked: Looked) -> None:
        """Have one kept when it could be read and is not here yet."""
        repeated = looked.refused is None and looked.digest in self._here
        self.taken.append(
            _Taken(
                came.path, came.within, looked.identity, looked.digest, looked.refused, repeated, looked.key
            )
        )
        if looked.arrival is not None and not repeated:
            self._here.add(looked.digest)
            self._waiting.append(looked.arrival)
            self._room -= len(looked.arrival.package)
        if self._room <= 0:
            self.keep()

    def keep(self) -> None:
        """Have those that wait on the disk, all of them or none. Raises Refusal."""
        waiting, self._waiting, self._room = self._waiting, [], KEPT_AT_ONCE
        if waiting:
            self._file.keep_received(*waiting)


def _vouched(file: DataFile, desks: Mapping[Period, Desk], taken: Iterable[_Taken]) -> bool:
    """Keep that a known key signed again what is held for the key it came with; whether there was such a thing."""
    vouched: list[tuple[int, dict[str, str | int]]] = []
    for again in taken:
        if again.repeated and again.key and again.identity is not None:
            desk = desks[again.identity.period]
            one = desk.row(again.identity, again.digest)
            if desk.gate(one) == "unknown_key" and desk.would(one, again.key) is Trust.KNOWN:
                vouched.append((one.ref, {"signed_by": " ".join((*one.keys, again.key))}))
    if vouched:
        file.change_received(vouched)
    return bool(vouched)


def _verdict(desks: Mapping[Period, Desk], taken: _Taken) -> Verdict:
    """What became of a file, now that all of its batch are in."""
    identity = taken.identity
    said = Verdict(str(taken.path), "not_a_package", "", within=taken.within)
    if identity is not None:
        unit, period = identity.unit.identity, str(identity.period)
        said = replace(said, unit=unit, period=period, revision=identity.revision)
    if taken.refused is not None:
        return replace(said, verdict=taken.refused.code, reason=taken.refused.message)
    assert identity is not None, "what was not refused has an identity"
    return _placed(said, identity, desks[identity.period], taken)


def _placed(said: Verdict, identity: Identity, desk: Desk, taken: _Taken) -> Verdict:
    """The verdict on a package that is in the data file."""
    one = desk.row(identity, taken.digest)
    word = desk.gate(one) or ("already_here" if taken.repeated else desk.place(one))
    if word == "already_here" and taken.key not in ("", *one.keys):
        word = "already_here" if desk.would(one, taken.key) is Trust.KNOWN else "unknown_key"
        one = replace(one, keys=(taken.key,))
    if word == Place.ACCEPTED.value and one.verdict == "accepted_with_warnings":
        word = one.verdict
    return replace(said, verdict=word, reason=sentence(word, identity, desk.setup, one))
