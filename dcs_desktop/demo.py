"""Makes sample data of a whole district by running the whole chain: from the communes' figures to the signed page."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path

from dcs_desktop import receiving, sample
from dcs_desktop.core.report import Report
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.exporting import export_report
from dcs_desktop.i18n import _
from dcs_desktop.printing import print_report
from dcs_desktop.starting_report import keep_report
from dcs_desktop.store import DataFile, open_file
from dcs_desktop.workspace import Workspace

HANOI = timezone(timedelta(hours=7))
PRINTED = ("31426", "31405")


def make_demo(directory: Path) -> list[Path]:
    """Write units/, packages/, receiving.sqlite and reports/ into a folder: the same bytes on every run.

    Everything is made in a folder of its own and moved when it is whole.
    Raises Refusal when a data file of such a name is there that is real.
    """
    directory.mkdir(parents=True, exist_ok=True)
    _refuse_real(directory / "receiving.sqlite", *directory.glob("units/*.sqlite"))
    with tempfile.TemporaryDirectory(dir=directory, prefix=".demo-") as place:
        folder = Path(place)
        return [_moved(path, folder, directory) for path in _make(folder)]


def make_training_file(path: Path) -> None:
    """Make a commune's training file: last year's report whole, this year's partly entered. Raises Refusal."""
    _refuse_real(path)
    before, now = sample.training_reports()
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".demo-") as place:
        made = Path(place) / path.name
        with _data_file(made, now) as file:
            for report in (before, now):
                keep_report(file, report, now=_morning(report))
        made.replace(path)


def _morning(report: Report) -> datetime:
    """The moment at which all is done with a report: of its own day, or of the day after its period."""
    day = report.letterhead.day or report.identity.period.last_day + timedelta(days=1)
    return datetime.combine(day, time(8), HANOI)


def _refuse_real(*paths: Path) -> None:
    """Sample data never takes the place of a data file that somebody works with."""
    for path in paths:
        if not path.exists():
            continue
        file = open_file(path, read_only=True)
        setup = file.setup()
        file.close()
        if setup is None or not setup.training:
            message = _("Thư mục {folder} có tệp dữ liệu thật {name}. Hãy chọn một thư mục khác.")
            raise Refusal(message.format(folder=path.parent, name=path.name))


def _make(folder: Path) -> list[Path]:
    for name in ("units", "packages", "reports"):
        (folder / name).mkdir()
    communes = sample.commune_reports()
    packages = [_unit(report, folder) for report in communes]
    arrivals = [(_morning(report).date(), path) for report, path in zip(communes, packages, strict=True)]
    desk = _desk(arrivals, folder)
    return [*sorted((folder / "units").iterdir()), *packages, desk, *sorted((folder / "reports").iterdir())]


def _unit(report: Report, folder: Path) -> Path:
    """One unit's own file, its package and, for some, its paper."""
    code, now = report.identity.unit.code, _morning(report)
    with _data_file(folder / "units" / f"{code}.sqlite", report) as file:
        workspace = Workspace.open(file, keep_report(file, report, now=now), lambda: now)
        exported = export_report(workspace, folder / "packages", now)
        if code in PRINTED:
            _print(workspace, folder / "reports" / f"{code}-2024.pdf")
        workspace.close()
    return exported.path


def _desk(arrivals: Sequence[tuple[date, Path]], folder: Path) -> Path:
    """The district's file: packages taken in as they arrived, its own report with their totals, printed."""
    path, report = folder / "receiving.sqlite", sample.district_report()
    now = _morning(report)
    with _data_file(path, report) as file:
        for day in sorted({day for day, _package in arrivals}):
            receiving.import_paths(file, [package for on, package in arrivals if on == day], day)
        workspace = Workspace.open(file, keep_report(file, report, now=now), lambda: now)
        workspace.take_totals(receiving.totals(file, report.identity.period).values())
        workspace.flush()
        _print(workspace, folder / "reports" / "934-2024.pdf")
        workspace.close()
    return path


def _print(workspace: Workspace, path: Path) -> None:
    before = workspace.compared
    print_report(workspace.report(), workspace.form, path, before=before)


@contextmanager
def _data_file(path: Path, report: Report) -> Iterator[DataFile]:
    file = open_file(path, create=True)
    try:
        file.save_setup(sample.setup_of(report))
        yield file
    finally:
        file.close()


def _moved(path: Path, folder: Path, directory: Path) -> Path:
    final = directory / path.relative_to(folder)
    final.parent.mkdir(parents=True, exist_ok=True)
    return path.replace(final)
