"""Makes a data file again out of packages and letters alone (R8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from dcs_desktop import files, package, receiving, starting
from dcs_desktop.core.report import Identity, Report
from dcs_desktop.core.setup import Setup
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.store import DataFile, open_file


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """Whose file it became, the own reports in it, and what became of every other file."""

    setup: Setup
    own: tuple[Identity, ...]
    verdicts: tuple[receiving.Verdict, ...]
    letters: tuple[receiving.LetterVerdict, ...]


@dataclass(frozen=True, slots=True)
class _Own:
    """A package of the unit's own report."""

    path: Path
    digest: str
    report: Report


def rebuild(data: Path, folder: Path, now: datetime, unit: str = "") -> Rebuilt:
    """Make a data file that is not there out of the packages and letters of a folder, whole or not at all.

    ``unit`` (``code@list``) says whose it is; "" where the packages tell: all of one unit, or all others' for one
    receiver. Its own packages become its reports, as they were exported; the others are taken in, then the letters.
    Raises Refusal: the file is there, no package, it is not clear whose, or something cannot be read or written.
    """
    data = data.absolute()
    if data.exists():
        text = _("Đã có tệp dữ liệu {file}, chương trình không ghi đè. Hãy chọn tên khác cho tệp dựng lại.")
        raise Refusal(text.format(file=data))
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() == ".zip" and path.is_file())
    letters = [path for path in paths if package.is_letter(path)]
    readings = [(path, receiving.read(path)) for path in paths if path not in letters]
    unit = unit or _whose(folder, [found.identity for _path, found in readings if found.identity is not None])
    own = [
        _Own(path, found.manifest.dcs.content_digest, found.report)
        for path, found in readings
        if found.manifest is not None
        and found.report is not None
        and found.report.identity.unit.identity == unit
    ]
    others = [path for path, _found in readings if path not in {one.path for one in own}]
    identities = [found.identity for _path, found in readings if found.identity is not None]
    return _made(data, _setup(unit, own, identities), own, others, letters, now)


def _whose(folder: Path, found: Sequence[Identity]) -> str:
    """The unit whose packages these are, or the one that they were sent to. Raises Refusal."""
    units = {one.unit.identity for one in found}
    if len(units) == 1:
        return units.pop()
    receivers = Counter(one.receiver.identity for one in found)
    own = [receiver for receiver, count in receivers.items() if count > 1 and receiver.strip("@")]
    if len(own) == 1:
        return own[0]
    text = _(
        "Thư mục {folder} không cho biết tệp dữ liệu là của đơn vị nào. Hãy thêm --unit MÃ@DANH MỤC, và kiểm tra thư "
        "mục có gói báo cáo."
    )
    raise Refusal(text.format(folder=folder))


def _setup(unit: str, own: Sequence[_Own], found: Sequence[Identity]) -> Setup:
    """As first start proposes, with receiver, level and letterhead of the newest own report."""
    training = any(one.training for one in found)
    if not own:
        period = max((one.period for one in found), key=lambda period: period.last_day)
        return starting.proposed_setup(starting.unit_of(unit, period), period, training=training)
    newest = max(own, key=lambda one: one.report.identity.period.last_day).report
    identity = newest.identity
    proposed = starting.proposed_setup(
        starting.unit_of(unit, identity.period),
        identity.period,
        identity.receiver,
        level=identity.level,
        training=training,
    )
    return replace(proposed, letterhead=newest.letterhead)


def _made(
    data: Path,
    setup: Setup,
    own: Sequence[_Own],
    others: Sequence[Path],
    letters: Sequence[Path],
    now: datetime,
) -> Rebuilt:
    beside = data.with_name(f"{data.stem}.rebuilding{data.suffix}")
    try:
        files.make_folder(data.parent)
        files.remove(beside)
        file = open_file(beside, create=True)
        try:
            file.save_setup(setup)
            kept = _keep_own(file, own, now)
            verdicts = receiving.import_paths(file, others, now.date())
            taken = tuple(receiving.take_letter(file, path, now) for path in letters)
        finally:
            file.close()
        files.replace(beside, data)
    except OSError as error:
        text = _("Không dựng lại được {file}: {reason}. Hãy chọn thư mục khác.")
        raise Refusal(text.format(file=data, reason=files.reason(error))) from error
    finally:
        with suppress(OSError):
            files.remove(beside)
    return Rebuilt(setup, kept, tuple(verdicts), taken)


def _keep_own(file: DataFile, own: Sequence[_Own], now: datetime) -> tuple[Identity, ...]:
    """The own reports, originals before their amendments, each as exported; a second package of one says no more."""
    kept: dict[tuple[str, int], Identity] = {}
    for one in sorted(own, key=lambda one: one.report.identity.revision):
        identity = one.report.identity
        place = (str(identity.period), identity.revision)
        if place not in kept:
            ref = file.add_report(one.report, now=now)
            file.mark_exported(ref, one.digest, now, one.path.name)
            kept[place] = identity
    return tuple(kept.values())
