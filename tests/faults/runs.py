"""What is done to a watched disk: each run with its beginning, its deeds and what must hold after any trouble.

``python -m tests.faults.runs BEFORE FOLDER "" RUN...`` does runs, watched, each in a folder of its name. With ``kill``,
``once`` or ``ever`` in place of "" it does each again and again, dying after the n-th operation or having it fail: every
operation, or every k-th of ``RUN:k``.
"""

from __future__ import annotations

import ctypes
import gzip
import json
import os
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Final

from dcs_desktop import backups, exporting, package, receiving, restoring, sample, template_library
from dcs_desktop.core.period import Period
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.receiving import taking_in
from dcs_desktop.starting import proposed_setup, unit_of
from dcs_desktop.store import DataFile, open_file
from dcs_desktop.store.examining import look_whole
from dcs_desktop.store.statements import VERSION
from dcs_desktop.workspace import Workspace, new_report

NOW: Final = datetime(2026, 11, 23, 8, 0, 0, tzinfo=UTC)
DAY: Final = date(2024, 12, 9)
PERIOD: Final = Period(2024)
NAME: Final = "dữ liệu.sqlite"
ACKNOWLEDGED: Final = "x.told"
OLD: Final = Path(__file__).parents[1] / "data" / "files"
DONE, OVER, WRONG = 0, 10, 11


class Watch:
    """What a run tells into a folder, and what makes the disk well again when something was refused."""

    def __init__(self, folder: Path, mend: Callable[[], object]) -> None:
        self._to = os.open(folder / ACKNOWLEDGED, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._mend = mend
        self.refused: list[str] = []

    def tell(self, *said: object) -> None:
        """Acknowledge: this is on the disk now, whatever comes."""
        os.write(self._to, (json.dumps(said, ensure_ascii=False) + "\n").encode())

    def through(self, work: Callable[[], object]) -> None:
        """Have something done; where it is refused, in a sentence, once more on a disk that is well again."""
        try:
            work()
        except Refusal as refusal:
            self.refused.append(refusal.sentence)
            self._mend()
            work()
            if not refusal.sentence.endswith("."):
                raise AssertionError(refusal.sentence) from refusal


@dataclass(frozen=True)
class Run:
    """The beginning, the deeds, and what must hold in a folder where so much was acknowledged."""

    prepare: Callable[[Path], None]
    act: Callable[[Path, Watch], None]
    check: Callable[[Path, list[list[str]]], None]


def _file_with_report(folder: Path, name: str = NAME) -> None:
    with closing(open_file(folder / name, create=True)) as file:
        setup = proposed_setup(unit_of("31426@GSO-2024", PERIOD), PERIOD, training=False)
        file.save_setup(setup)
        new_report(file, setup, PERIOD, "dcs@2024")


# Typing


def _type(folder: Path, watch: Watch) -> None:
    opened: list[Workspace] = []

    def begin() -> None:
        opened.append(Workspace.open(open_file(folder / NAME), 1))

    watch.through(begin)
    workspace = opened[0]
    fields = [f.key for f in workspace.form.fields.values() if f.formula is None and f.type.numeric]
    entered = [key for key in fields if workspace.form.fields[key].role == "entered"][:7]
    item = next(one.id for one in workspace.form.items.values() if one.prose)
    for number in range(1, 13):
        typed = {key: str(100 + number) for key in entered[number % 3 :]}
        for key, text in typed.items():
            workspace.enter(key, text)
        workspace.write(
            item, f"Lần thứ {100 + number}. " + "Nhân dân bàn và quyết định. " * 40 * (number % 4)
        )
        watch.through(workspace.flush)
        assert workspace.answers.value(entered[-1]).number == 100 + number, "the value stays on the screen"
        watch.tell(100 + number, item, *typed)
    watch.through(workspace.file.close)


def _typed_is_there(folder: Path, told: list[list[str]]) -> None:
    look_whole(folder / NAME)
    with closing(open_file(folder / NAME)) as file:
        answers = file.report(1).answers
        file.changes(1)
    for number, item, *keys in told:
        assert int(answers.prose(item).split()[2].strip(".")) >= int(number)
        for key in keys:
            assert (answers.value(key).number or 0) >= int(number), (key, number)


# Export


def _export(folder: Path, watch: Watch) -> None:
    opened: list[Workspace] = []
    watch.through(lambda: opened.append(Workspace.open(open_file(folder / NAME), 1)))
    workspace = opened[0]
    key = next(f.key for f in workspace.form.fields.values() if f.formula is None and f.type.numeric)
    for number in (41, 42):
        workspace.enter(key, str(number))
        done: list[exporting.Exported] = []

        def leave(into: list[exporting.Exported] = done) -> None:
            into.append(exporting.export_report(workspace, folder / "gói", NOW))

        watch.through(leave)
        watch.tell(done[-1].path.name, done[-1].digest, workspace.ref)
    watch.through(workspace.file.close)


def _exported_is_there(folder: Path, told: list[list[str]]) -> None:
    look_whole(folder / NAME)
    digests = {path.name: _digest(path) for path in (folder / "gói").glob("*.zip")}
    with closing(open_file(folder / NAME)) as file:
        for name, digest, ref in told:
            assert digests.get(name) == digest, (name, digests)
            assert file.exported_digest(int(ref)) == digest
        for summary in file.reports():
            if summary.exported_digest:
                assert summary.exported_digest in digests.values(), "recorded as gone out, but not there"


def _digest(path: Path) -> str:
    reading = package.read(path)
    assert reading.manifest is not None, path
    assert not [fault for fault in reading.faults if fault.code == "damaged"]
    return reading.manifest.dcs.content_digest


# Backup and restore


def _back_up(folder: Path, watch: Watch) -> None:
    stick = folder / "usb"
    for _round in range(2):
        made: list[backups.Made] = []

        def make(into: list[backups.Made] = made) -> None:
            into.append(backups.make(folder / NAME, backups.Why.ASKED, NOW, stick))

        watch.through(make)
        if made[-1].remark:
            assert made[-1].remark.endswith(".")
            watch.tell(str(made[-1].path.relative_to(folder)))
        else:
            assert made[-1].second is not None
            watch.tell(*(str(path.relative_to(folder)) for path in (made[-1].path, made[-1].second)))


def _prepared_for_backup(folder: Path) -> None:
    _file_with_report(folder)
    (folder / "usb").mkdir()


def _backups_are_there(folder: Path, told: list[list[str]]) -> None:
    assert look_whole(folder / NAME).report_count == 1
    found = {str(path.relative_to(folder)) for path in folder.glob("*/*.sqlite")}
    for name in found:
        assert look_whole(folder / name).report_count == 1
    for names in told:
        assert found.issuperset(names), (names, found)


def _prepared_for_restore(folder: Path) -> None:
    _file_with_report(folder)
    backups.make(folder / NAME, backups.Why.ASKED, NOW)
    with closing(open_file(folder / NAME)) as file:
        setup = file.setup()
        assert setup is not None
        new_report(file, setup, Period(2025), "dcs@2024")


def _restore(folder: Path, watch: Watch) -> None:
    (backup,) = backups.backups_of(folder / NAME)
    watch.through(lambda: restoring.restore(folder / NAME, backup.path, NOW))
    watch.tell("restored")


def _restored_or_as_before(folder: Path, told: list[list[str]]) -> None:
    periods = [one.period for one in look_whole(folder / NAME).reports]
    kept = [look_whole(path).report_count for path in folder.glob("*before-restore*.sqlite")]
    assert periods in (["2024"], ["2024", "2025"])
    if told or len(periods) == 1:
        assert periods == ["2024"]
        assert 2 in kept, "the present file is kept"


# Import


def _prepared_for_import(folder: Path) -> None:
    with closing(open_file(folder / NAME, create=True)) as file:
        file.save_setup(sample.setup_of(sample.district_report()))
    for report in sample.commune_reports()[:5]:
        package.write(folder / "thư", report, template_library.template(report.identity.template))


def _take_in(folder: Path, watch: Watch) -> None:
    taking_in.KEPT_AT_ONCE = 1  # a transaction for each
    opened = []
    watch.through(lambda: opened.append(open_file(folder / NAME)))
    found = sorted((folder / "thư").iterdir())
    for batch in (found[:2], found):
        said: list[list[receiving.Verdict]] = []

        def take(into: list[list[receiving.Verdict]] = said, batch: list[Path] = batch) -> None:
            into.append(receiving.import_paths(opened[0], batch, DAY, processes=1))

        watch.through(take)
        watch.tell(*(Path(one.file).name for one in said[-1]))
    watch.through(opened[0].close)


def _taken_in_whole(folder: Path, told: list[list[str]]) -> None:
    look_whole(folder / NAME)
    everything = sorted((folder / "thư").iterdir())
    with closing(open_file(folder / NAME)) as file:
        here = [one.file_name for one in file.received()]
        for one in file.received():
            assert file.counted(PERIOD)[one.ref]
        assert here == [path.name for path in everything][: len(here)]
        for names in told:
            assert set(here).issuperset(names)
        verdicts = receiving.import_paths(file, everything, DAY, processes=1)  # a restart goes on
        assert [one.file_name for one in file.received()] == [path.name for path in everything]
        already = [one.verdict == "already_here" for one in verdicts]
        assert already == [path.name in here for path in everything]
        assert _totals(file) == _undisturbed(tuple(path.read_bytes() for path in everything))


def _totals(file: DataFile) -> dict[str, object]:
    return {key: (total.value, total.parts) for key, total in receiving.totals(file, PERIOD).totals.items()}


@cache
def _undisturbed(packages: tuple[bytes, ...]) -> dict[str, object]:
    """The totals of an import that nothing happens to."""
    with tempfile.TemporaryDirectory() as folder:
        _prepared_for_import(Path(folder))
        with closing(open_file(Path(folder) / NAME)) as file:
            receiving.import_paths(file, [Path(folder) / "thư"], DAY, processes=1)
            assert len(file.received()) == len(packages)
            return _totals(file)


# A new file, and an older one


def _begin(folder: Path, watch: Watch) -> None:
    setup = sample.setup_of(sample.district_report())

    def begin() -> None:
        with closing(open_file(folder / NAME, create=True)) as file:
            file.save_setup(setup)

    watch.through(begin)
    watch.tell("begun")


def _begun_or_not(folder: Path, told: list[list[str]]) -> None:
    if told or (folder / NAME).exists():
        found = look_whole(folder / NAME)
        assert not told or found.unit is not None
    with closing(open_file(folder / NAME, create=True)) as file:
        assert file.reports() == ()


def _older(version: int) -> Run:
    before = gzip.decompress((OLD / f"version-{version}.sqlite.gz").read_bytes())

    def migrate(folder: Path, watch: Watch) -> None:
        watch.through(lambda: open_file(folder / NAME).close())
        watch.tell("migrated")

    def check(folder: Path, told: list[list[str]]) -> None:
        copy = (folder / NAME).with_name(f"dữ liệu.v{version}.sqlite")
        if told or copy.exists():
            assert copy.read_bytes() == before
        if told:
            assert not look_whole(folder / NAME).older
        with closing(open_file(folder / NAME)) as file:
            assert file.report(1).answers.value("dan_cu.thon").number == 12
            assert file.report(1).answers.prose("I.a") == "Xã có {dan_cu.thon} ấp **tự quản**."
        assert not look_whole(folder / NAME).older
        assert copy.read_bytes() == before

    return Run(lambda folder: _write(folder / NAME, before), migrate, check)


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)


RUNS: Final = {
    "typing": Run(_file_with_report, _type, _typed_is_there),
    "export": Run(_file_with_report, _export, _exported_is_there),
    "backup": Run(_prepared_for_backup, _back_up, _backups_are_there),
    "restore": Run(_prepared_for_restore, _restore, _restored_or_as_before),
    "import": Run(_prepared_for_import, _take_in, _taken_in_whole),
    "first start": Run(lambda _folder: None, _begin, _begun_or_not),
    **{f"from version {version}": _older(version) for version in range(1, VERSION)},
}


# Again and again


def told_in(folder: Path) -> list[list[str]]:
    """What was acknowledged."""
    path = folder / ACKNOWLEDGED
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def _one(run: Run, folder: Path, kind: str, at: int) -> int:
    """The deeds in a process of their own, with trouble at one operation; how it ended."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    status = WRONG
    try:
        disk = ctypes.CDLL(None)
        watch = Watch(folder, lambda: disk.dcs_disk(0, 0, 0))
        disk.dcs_disk(*((0, 0, at) if kind == "kill" else (at, kind == "ever", 0)))
        run.act(folder, watch)
        status = OVER if not watch.refused and disk.dcs_disk_count() < at else DONE
        if watch.refused:
            (folder / "refused").write_text("\n".join(watch.refused), "utf-8")
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def _again(run: Run, before: Path, folder: Path, kind: str, places: Iterable[int]) -> dict[str, int]:
    """Every place of trouble; how many there were, and how many of them were refused."""
    counts, sentences = 0, set[str]()
    for at in places:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(before, folder)
        status = _one(run, folder, kind, at)
        if status == OVER:
            break
        assert status in ((-9, DONE) if kind == "kill" else (DONE,)), f"{kind} at {at}: {status}"
        if (refused := folder / "refused").exists():
            sentences |= set(refused.read_text("utf-8").splitlines())
        try:
            run.check(folder, told_in(folder))
        except BaseException:
            print(f"{kind} at operation {at}", file=sys.stderr)  # noqa: T201 -- a test reads it
            raise
        counts += 1
    return {"troubles": counts, "sentences": len(sentences)}


def main(before: str, folder: str, kinds: str, *runs: str) -> None:
    """See above."""
    found = {}
    for run in runs:
        name, _colon, step = run.partition(":")
        there, here = Path(before) / name, Path(folder) / name
        if not kinds:
            RUNS[name].act(here, Watch(here, lambda: None))
        for kind in filter(None, kinds.split(",")):
            step_of = int(step or 1)
            places = range((step_of + 1) // 2, 100_000, step_of)
            found[f"{name}: {kind}"] = _again(RUNS[name], there, here, kind, places)
    print(json.dumps(found))  # noqa: T201 -- what was found, for the test that asked


if __name__ == "__main__":
    main(*sys.argv[1:])
