"""Finds packages, safety copies and letters in folders, and which of them says what a report of one's own was (R8)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dcs_desktop import package, receiving, safety_copies
from dcs_desktop.core.report import Identity, Report
from dcs_desktop.i18n import _

Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Own:
    """A report as a file says it: ``exported`` is the digest that left the house, "" for none.

    ``number`` is how late a safety copy is; None for a package that was exported.
    """

    path: Path
    digest: str
    report: Report
    exported: str
    number: int | None = None

    @property
    def safety(self) -> bool:
        """Whether it is a safety copy."""
        return self.number is not None


@dataclass(frozen=True, slots=True)
class Found:
    """What lies in folders: reports that could be read, all the packages there are, letters, safety copies not read."""

    reports: tuple[Own, ...]
    packages: tuple[Path, ...]
    letters: tuple[Path, ...]
    damaged: tuple[str, ...] = ()

    @property
    def identities(self) -> list[Identity]:
        """Which reports there are: the real ones, where there are any."""
        all = [one.report.identity for one in self.reports]
        return [one for one in all if not one.training] or all

    def own(self, unit: str) -> list[Own]:
        """The reports of a unit, the real ones where there are any."""
        training = all(one.training for one in self.identities)
        theirs = (one for one in self.reports if one.report.identity.unit.identity == unit)
        return [one for one in theirs if one.report.identity.training == training]

    def others(self, unit: str) -> list[Path]:
        """The files that are to be taken in as another unit's would be."""
        mine = {one.path for one in self.reports if one.report.identity.unit.identity == unit}
        return [path for path in self.packages if path not in mine]


def found_in(folders: Sequence[Path], told: Callable[[int, int, str], None] | None = None) -> Found:
    """Everything in folders and below them. ``told`` is told the count before each file. Raises Refusal."""
    paths = [path for folder in folders for path in _zips(folder)]
    reports, packages, letters, damaged = [], [], [], []
    for number, path in enumerate(dict.fromkeys(paths)):
        if told is not None:
            told(number, len(paths), path.name)
        if package.is_letter(path):
            letters.append(path)
            continue
        one = _read(path)
        if one is None and safety_copies.is_one(path):
            damaged.append(
                _("Bản an toàn {file} bị hỏng, đã dùng bản trước đó nếu có.").format(file=path.name)
            )
            continue
        packages.append(path)
        if one is not None:
            reports.append(one)
    return Found(tuple(reports), tuple(packages), tuple(letters), tuple(damaged))


def _zips(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() == ".zip" and path.is_file())


def _read(path: Path) -> Own | None:
    reading = package.read(path, receiving.known_templates(), safety=True)
    if reading.manifest is None or reading.report is None:
        return None
    digest = reading.manifest.dcs.content_digest
    exported = package.left_the_house(reading)
    if exported is None:
        return Own(path, digest, reading.report, digest)
    named = safety_copies.NAME.fullmatch(path.name)
    return Own(path, digest, reading.report, exported, int(named[2]) if named else 0)


def chosen(reports: Iterable[Own]) -> tuple[dict[Place, Own], list[str]]:
    """Of each revision the file to go by, and what to know of it.

    What left the house says what a revision is; a safety copy of the same content knows its letterhead since. Where
    nothing of it left the house, or no such package is there, the newest safety copy is gone by.
    """
    places: dict[Place, list[Own]] = {}
    for one in reports:
        identity = one.report.identity
        places.setdefault((str(identity.period), identity.revision), []).append(one)
    amended = {(period, revision - 1): _parents(there) for (period, revision), there in places.items()}
    remarks: list[str] = []
    return {
        place: _one_of(there, amended.get(place, set()), remarks) for place, there in sorted(places.items())
    }, remarks


def _parents(there: Sequence[Own]) -> set[str]:
    return {one.report.identity.parent for one in there}


def _one_of(there: Sequence[Own], parents: set[str], remarks: list[str]) -> Own:
    """The file to go by for one revision; ``parents`` are the digests that amendments of it go on from."""
    copies = sorted((one for one in there if one.number is not None), key=lambda one: one.number or 0)
    packages = [one for one in there if not one.safety]
    left = parents | {one.exported for one in copies if one.exported}
    gone = [one for one in (*copies, *packages) if one.digest in left] or packages
    said = f"{there[0].report.identity.period.words}, {receiving.revision_word(there[0].report.identity.revision)}"
    if len({one.digest for one in packages}) > 1:
        text = _("{report}: có nhiều gói khác nội dung, đã dùng {file}.")
        remarks.append(text.format(report=said, file=gone[-1].path.name))
    if gone:
        same = [one for one in copies if one.digest == gone[-1].digest]
        return replace((same or gone)[-1], exported=gone[-1].digest)
    if left:
        text = _("{report}: không còn gói đã gửi, số liệu lấy từ bản an toàn mới nhất.")
        remarks.append(text.format(report=said))
    return replace(copies[-1], exported="")
