"""Takes packages in, each whole or not at all, each with its verdict."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from hashlib import sha256
from pathlib import Path

import msgspec

from dcs_desktop import package
from dcs_desktop.core.answers import check, compute
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Identity, Report
from dcs_desktop.core.standing import Place
from dcs_desktop.core.trouble import Refusal, Severity
from dcs_desktop.receiving.desk import Desk, form_of, known_templates, setup_of
from dcs_desktop.receiving.words import sentence
from dcs_desktop.store import Arrival, DataFile

Told = Callable[[int, int, str], None]
TAKEN = frozenset(
    {"accepted", "accepted_with_warnings", "already_here", "superseded", "waiting", "revision_gap"}
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one file: a word of the closed list, and a sentence saying what to do.

    ``unit`` is the identity and ``period`` the closed-list form of what the
    package says it is; None where it says nothing readable.
    """

    file: str
    verdict: str
    reason: str
    unit: str | None = None
    period: str | None = None
    revision: int | None = None


def import_paths(
    file: DataFile, paths: Sequence[Path], today: date, progress: Told | None = None
) -> list[Verdict]:
    """Take packages in, each whole or not at all; folders give all their files.

    One verdict per file, in the order given; it tells where the package
    stands when all are in. ``progress`` is told the count before each file
    and may raise to call the rest off; what was taken in stays. Raises
    Refusal when the data file does not yet say whose it is, or cannot be written.
    """
    setup = setup_of(file)
    found = _files(paths)
    here = {one.digest for one in file.received()}
    taken: list[_Taken] = []
    for number, path in enumerate(found):
        if progress is not None:
            progress(number, len(found), path.name)
        taken.append(_take_in(file, path, today, here))
        here.add(taken[-1].digest)
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
class _Taken:
    """What is known of a file once it was looked at: what it is, and why it was not kept."""

    path: Path
    identity: Identity | None = None
    digest: str = ""
    refused: package.PackageFault | None = None
    repeated: bool = False


def _take_in(file: DataFile, path: Path, today: date, here: Collection[str]) -> _Taken:
    """Look at a file and keep it when it can be read; ``here`` are the digests of what was kept before."""
    try:
        reading = read(path)
    except Refusal as refusal:
        return _Taken(path, refused=package.PackageFault("damaged", refusal.sentence))
    fault = package.gravest(reading.faults)
    if reading.report is None or reading.manifest is None:
        return _Taken(path, reading.identity, refused=fault)
    digest, identity = reading.manifest.dcs.content_digest, reading.report.identity
    if digest in here:
        return _Taken(path, identity, digest, repeated=True)
    file.keep_received(_arrival(reading, reading.report, digest, today))
    return _Taken(path, identity, digest)


def _arrival(reading: package.Reading, report: Report, digest: str, today: date) -> Arrival:
    quarantined = bool(reading.faults)
    errors, warnings, missing = (0, 0, 0) if quarantined else _counts(report)
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
    )


def _counts(report: Report) -> tuple[int, int, int]:
    """The errors, warnings not accepted, and missing answers of a report."""
    form = form_of(report.identity)
    figures = compute(form, report.answers)
    found = [f.severity for f in check(form, report.answers, figures) if not f.accepted]
    return found.count(Severity.ERROR), found.count(Severity.WARNING), found.count(Severity.MISSING)


def _verdict(desks: Mapping[Period, Desk], taken: _Taken) -> Verdict:
    """What became of a file, now that all of its batch are in."""
    identity = taken.identity
    said = Verdict(str(taken.path), "not_a_package", "")
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
