"""Takes packages in, each whole or not at all, each with its verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from hashlib import sha256
from pathlib import Path

import msgspec

from dcs_desktop import package
from dcs_desktop.core.answers import check, compute
from dcs_desktop.core.on_behalf import KEY as ON_BEHALF
from dcs_desktop.core.own import extended
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Identity, Report
from dcs_desktop.core.standing import Place
from dcs_desktop.core.trouble import Refusal, Severity
from dcs_desktop.receiving.arriving import arrived
from dcs_desktop.receiving.desk import Desk, form_of, known_templates, setup_of
from dcs_desktop.receiving.words import sentence
from dcs_desktop.store import Arrival, DataFile

Told = Callable[[int, int, str], None]
# Packages of so many bytes wait for one transaction; a crash costs no more than taking these in again.
KEPT_AT_ONCE = 4_000_000
TAKEN = frozenset(
    {"accepted", "accepted_with_warnings", "already_here", "superseded", "waiting", "revision_gap"}
)


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
    file: DataFile, paths: Sequence[Path], today: date, progress: Told | None = None
) -> list[Verdict]:
    """Take packages in, each whole or not at all; folders give all their files, mails and zips what is in them.

    One verdict per package, in the order given; it tells where the package
    stands when all are in. ``progress`` is told the count before each file
    and may raise to call the rest off; what was taken in stays. Raises
    Refusal when the data file does not yet say whose it is, or cannot be written.
    """
    setup = setup_of(file)
    taking = _Taking(file, today)
    found = _files(paths)
    try:
        for number, path in enumerate(found):
            for one in _looked_into(path):
                if progress is not None:
                    progress(number, len(found), one.shown)
                taking.take(one)
    finally:
        taking.keep()
    taken = taking.taken
    periods = {one.identity.period for one in taken if one.identity is not None and one.refused is None}
    desks = {period: Desk(file, setup, period) for period in periods}
    return [_verdict(desks, one) for one in taken]


def read(path: Path) -> package.Reading:
    """A package, its template held against those of this program. Raises Refusal when there is no such file."""
    return package.read(path, known_templates())


def _files(paths: Iterable[Path]) -> list[Path]:
    """The files given, and those of the folders given; hidden ones are left out."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (each for each in sorted(path.rglob("*")) if each.is_file())
            found += [each for each in inside if not each.name.startswith((".", "~$"))]
        else:
            found.append(path)
    return found


@dataclass(frozen=True, slots=True)
class _Came:
    """One package, or something else, that came: the file given, where it lay within, its bytes or why there are none."""

    path: Path
    within: str
    data: bytes | package.PackageFault

    @property
    def name(self) -> str:
        """The name of the package itself."""
        return self.within.rpartition(" › ")[2].rpartition("/")[2] or self.path.name

    @property
    def shown(self) -> str:
        """Where it came from, as a row of a list says it."""
        return f"{self.path.name} › {self.within}" if self.within else self.path.name


def _looked_into(path: Path) -> Iterator[_Came]:
    """Everything in a file that may be a package, at least the file itself."""
    try:
        for one in arrived(path):
            yield _Came(path, one.within, one.data)
    except Refusal as refusal:
        yield _Came(path, "", package.PackageFault("damaged", refusal.sentence))


@dataclass(frozen=True, slots=True)
class _Taken:
    """What is known of what came once it was looked at: what it is, and why it was not kept."""

    came: _Came
    identity: Identity | None = None
    digest: str = ""
    refused: package.PackageFault | None = None
    repeated: bool = False


class _Taking:
    """Looks at what came and keeps what can be read, some packages in one transaction, each whole or not at all."""

    def __init__(self, file: DataFile, today: date) -> None:
        self.taken: list[_Taken] = []
        self._file = file
        self._today = today
        self._here = {one.digest for one in file.received()}
        self._waiting: list[Arrival] = []

    def take(self, came: _Came) -> None:
        """Look at one and have it kept when it can be read."""
        looked_at = self._look(came)
        self.taken.append(replace(looked_at, came=replace(came, data=b"")))
        self._here.add(looked_at.digest)
        if sum(len(one.package) for one in self._waiting) >= KEPT_AT_ONCE:
            self.keep()

    def keep(self) -> None:
        """Have those that wait on the disk, all of them or none. Raises Refusal."""
        waiting, self._waiting = self._waiting, []
        if waiting:
            self._file.keep_received(*waiting)

    def _look(self, came: _Came) -> _Taken:
        if isinstance(came.data, package.PackageFault):
            return _Taken(came, refused=came.data)
        reading = package.read_bytes(came.data, came.name, known_templates())
        fault = package.gravest(reading.faults)
        if reading.report is None or reading.manifest is None:
            return _Taken(came, reading.identity, refused=fault)
        digest, identity = reading.manifest.dcs.content_digest, reading.report.identity
        if digest in self._here:
            return _Taken(came, identity, digest, repeated=True)
        self._waiting.append(_arrival(reading, reading.report, digest, self._today))
        return _Taken(came, identity, digest)


def _arrival(reading: package.Reading, report: Report, digest: str, today: date) -> Arrival:
    quarantined = bool(reading.faults)
    errors, warnings, missing = (0, 0, 0) if quarantined else counts(report)
    verdict: str = reading.faults[0].code if quarantined else "accepted"
    if errors or warnings or missing:
        verdict = "accepted_with_warnings"
    fields = {} if quarantined else form_of(report.identity).fields
    figures = {key: value for key, value in report.answers.values.items() if key in fields}
    return Arrival(
        identity=report.identity,
        digest=digest,
        file_digest=sha256(reading.data).hexdigest(),
        manifest=msgspec.json.encode(reading.manifest).decode(),
        package=reading.data,
        file_name=reading.file_name,
        verdict=verdict,
        errors=errors,
        missing=missing,
        received_at=datetime.combine(today, time(), UTC),
        figures=figures,
        remark=report.answers.accepted.get(ON_BEHALF, ""),
    )


def counts(report: Report) -> tuple[int, int, int]:
    """The errors, warnings not accepted, and missing answers of a report."""
    form = extended(form_of(report.identity), report.answers.own)
    figures = compute(form, report.answers)
    found = [f.severity for f in check(form, report.answers, figures) if not f.accepted]
    return found.count(Severity.ERROR), found.count(Severity.WARNING), found.count(Severity.MISSING)


def _verdict(desks: Mapping[Period, Desk], taken: _Taken) -> Verdict:
    """What became of a file, now that all of its batch are in."""
    identity = taken.identity
    came = taken.came
    said = Verdict(str(came.path), "not_a_package", "", within=came.within)
    if identity is not None:
        unit, period = identity.unit.identity, str(identity.period)
        said = replace(said, unit=unit, period=period, revision=identity.revision)
    if taken.refused is not None:
        return replace(said, verdict=taken.refused.code, reason=taken.refused.message)
    assert identity is not None, "what was not refused has an identity"
    return _placed(said, identity, desks[identity.period], taken)


def _placed(said: Verdict, identity: Identity, desk: Desk, taken: _Taken) -> Verdict:
    """The verdict on a package that is in the data file."""
    unit = identity.unit.identity
    one = next(row for row in desk.kept[unit] if row.digest == taken.digest)
    word = desk.gate(one) or ("already_here" if taken.repeated else desk.place(one))
    if word == Place.ACCEPTED.value and one.verdict == "accepted_with_warnings":
        word = one.verdict
    return replace(said, verdict=word, reason=sentence(word, identity, desk.setup, one))
