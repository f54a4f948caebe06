"""Backups and restoring, on real files: killed at every step, failing at every step, damaged (R3, R6, R7)."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import sqlite3
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

import pytest

from dcs_desktop import backups, files, restoring
from dcs_desktop.backups import Backup, Why
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Answers, Identity, Report, UnitName
from dcs_desktop.core.setup import Setup
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.values import given
from dcs_desktop.store import letters, open_file
from dcs_desktop.store.examining import look_whole

NOW = datetime(2026, 11, 23, 8, 0, 0, tzinfo=UTC)
COMMUNE = UnitName("31426", "GSO-2024", "Xã Phương Bình", "xã", "Huyện Phụng Hiệp")
OTHER = UnitName("31429", "GSO-2024", "Xã Hiệp Hưng", "xã", "Huyện Phụng Hiệp")
DISTRICT = UnitName("934", "GSO-2024", "Huyện Phụng Hiệp", "huyện")

forking = pytest.mark.skipif(sys.platform == "win32", reason="kills a forked process")


def keep(data: Path, year: str, text: str = "", *, unit: UnitName = COMMUNE, training: bool = False) -> None:
    """A report in a data file, which is made if need be."""
    file = open_file(data, create=not data.exists())
    file.save_setup(Setup(unit, DISTRICT, "commune", training=training))
    identity = Identity(unit, DISTRICT, Period.parse(year), "commune", "thu@2024", training=training)
    file.add_report(Report(identity, Answers({"III.1.e": given(text or f"Năm {year}.")})))
    file.close()


def years(data: Path) -> list[str]:
    return [one.period for one in look_whole(data).reports]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "dữ liệu của xã.sqlite"
    keep(path, "2023")
    return path


def test_r6_a_backup_of_an_open_file_is_one_whole_moment_of_it(data: Path) -> None:
    file = open_file(data)
    made = backups.make(data, Why.ASKED, NOW)
    file.close()
    assert years(made.path) == ["2023"]
    assert made.contents.report_count == 1
    assert sorted(path.name for path in made.path.parent.iterdir()) == [made.path.name]


def test_r6_each_generation_can_be_restored(data: Path) -> None:
    made = [backups.make(data, Why.DAY, NOW).path]
    for number, year in enumerate(("2024", "2025", "2026"), start=1):
        keep(data, year)
        made.append(backups.make(data, Why.IMPORT, NOW + timedelta(days=number)).path)
    assert [one.path for one in backups.backups_of(data)] == made[::-1]
    for count, path in enumerate(made, start=1):
        restoring.restore(data, path, NOW + timedelta(hours=count))
        assert years(data) == ["2023", "2024", "2025", "2026"][:count]


def test_r6_thinned_to_the_last_10_and_14_days_and_12_months() -> None:
    def kept(step: timedelta, count: int) -> list[Backup]:
        made = [Backup(Path(str(n)), n, NOW + n * step, Why.DAY) for n in range(count, 0, -1)]
        gone = {one.number for one in backups.superfluous(made)}
        return [one for one in made if one.number not in gone]

    assert [one.number for one in kept(timedelta(minutes=1), 40)] == list(range(40, 30, -1))
    assert [one.number for one in kept(timedelta(days=1), 20)][:14] == list(range(20, 6, -1))
    years = kept(timedelta(hours=6), 4 * 600)
    newest = years[0].when.date()
    assert [one.number for one in years[:10]] == list(range(2400, 2390, -1))
    assert {newest - timedelta(days=day) for day in range(14)} <= {one.when.date() for one in years}
    assert len({(one.when.year, one.when.month) for one in years}) == 12
    assert len(years) <= 10 + 14 + 12


def test_r12_a_clock_set_back_does_not_cost_the_newest_backup(data: Path) -> None:
    for number in range(30):
        newest = backups.make(data, Why.ASKED, NOW - timedelta(days=400 * number)).path
    found = backups.backups_of(data)
    assert found[0].path == newest
    assert [one.number for one in found[:10]] == list(range(30, 20, -1))


def test_r6_a_damaged_source_makes_no_backup_and_costs_none(data: Path) -> None:
    good = backups.make(data, Why.DAY, NOW).path
    raw = sqlite3.connect(data)
    raw.execute("UPDATE answer SET value = replace(value, 'Năm', 'Nãm')")
    raw.commit()
    raw.close()
    for number in range(12):
        with pytest.raises(Refusal, match=r"Lý do: .*bị hỏng"):
            backups.make(data, Why.DAY, NOW + timedelta(days=number))
    assert list(good.parent.iterdir()) == [good]
    assert years(good) == ["2023"]


def test_r6_a_second_folder_gets_the_same_and_a_missing_stick_never_blocks(
    data: Path, tmp_path: Path
) -> None:
    stick = tmp_path / "USB"
    away = backups.make(data, Why.DAY, NOW, stick)
    assert "chưa có mặt" in away.remark
    assert str(stick) in away.remark
    assert away.path.exists()
    assert not stick.exists()
    stick.mkdir()
    there = backups.make(data, Why.DAY, NOW, stick)
    assert there.second is not None
    assert years(there.second) == ["2023"]


def test_r6_the_first_start_of_a_day_is_told_from_the_second(data: Path) -> None:
    today = NOW.astimezone()
    assert backups.due(data, today)
    backups.make(data, Why.DAY, today)
    assert not backups.due(data, today)
    assert backups.due(data, today + timedelta(days=1))


@pytest.mark.parametrize("year", ["2024", ""])
def test_r7_the_present_file_is_kept_under_a_name_that_says_when(data: Path, year: str) -> None:
    made = backups.make(data, Why.ASKED, NOW).path
    if year:
        keep(data, year)
    else:
        data.write_bytes(b"\0" * 3000)
    before = data.read_bytes()
    restored = restoring.restore(data, made, NOW)
    assert restored.kept is not None
    assert NOW.strftime(backups.STAMP) in restored.kept.name
    assert restored.kept.read_bytes() == before
    assert years(data) == ["2023"]


def test_r7_restore_needs_no_data_file(data: Path) -> None:
    made = backups.make(data, Why.ASKED, NOW).path
    data.unlink()
    assert restoring.restore(data, made, NOW).kept is None
    assert years(data) == ["2023"]


def test_r7_the_journal_of_a_damaged_file_goes_aside_and_not_into_the_restored_one(data: Path) -> None:
    made = backups.make(data, Why.ASKED, NOW).path
    data.write_bytes(b"\0" * 3000)
    journal = data.with_name(data.name + "-journal")
    journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"x" * 600)
    restored = restoring.restore(data, made, NOW)
    assert restored.kept is not None
    assert restored.kept.with_name(restored.kept.name + "-journal").stat().st_size == 608
    assert not journal.exists()
    assert years(data) == ["2023"]


def refused(data: Path, backup: Path) -> str:
    before = data.read_bytes()
    with pytest.raises(Refusal) as caught:
        restoring.restore(data, backup, NOW)
    assert data.read_bytes() == before
    assert not list(data.parent.glob("*before-restore*"))
    assert not list(data.parent.glob(f"*{files.BESIDE}*"))
    return caught.value.sentence


def test_r7_what_cannot_be_restored_is_named_and_changes_nothing(data: Path, tmp_path: Path) -> None:
    other, trained, strange, empty = (
        tmp_path / f"{name}.sqlite" for name in ("khác", "tập huấn", "lạ", "rỗng")
    )
    keep(other, "2024", unit=OTHER)
    keep(trained, "2024", training=True)
    strange.write_bytes(b"PK\x03\x04")
    empty.touch()
    newer = tmp_path / "mới.sqlite"
    keep(newer, "2024")
    with contextlib.closing(sqlite3.connect(newer)) as raw:
        raw.execute("PRAGMA user_version = 999")
    assert "Xã Hiệp Hưng" in refused(data, other)
    assert "tập huấn" in refused(data, trained)
    assert "không phải là tệp dữ liệu" in refused(data, strange)
    assert "rỗng" in refused(data, empty)
    assert "mới hơn" in refused(data, newer)
    assert "Không có tệp" in refused(data, tmp_path / "không có.sqlite")
    assert "chính là tệp dữ liệu" in refused(data, data)
    restoring.restore(data, other, NOW, other_unit=True)
    assert years(data) == ["2024"]


def test_r7_a_file_open_elsewhere_is_not_replaced(data: Path) -> None:
    made = backups.make(data, Why.ASKED, NOW).path
    file = open_file(data)
    with pytest.raises(Refusal, match="đang được mở"):
        restoring.restore(data, made, NOW)
    file.close()


def test_r7_no_damaged_backup_is_restored(data: Path) -> None:
    """Bytes changed anywhere: refused, or what comes is what was saved (a change in unused space)."""
    made = backups.make(data, Why.ASKED, NOW).path
    whole, random, taken = made.read_bytes(), Random(6), 0
    present = data.read_bytes()
    for number in range(150):
        broken = bytearray(whole)
        kind = number % 3
        if kind == 0:
            del broken[random.randrange(len(broken)) :]
        for _flip in range(0 if kind == 0 else 8 if kind == 1 else 400):
            broken[random.randrange(len(broken))] ^= 1 << random.randrange(8)
        made.write_bytes(broken)
        try:
            restoring.restore(data, made, NOW + timedelta(seconds=number))
        except Refusal:
            assert data.read_bytes() == present
        else:
            file = open_file(data)
            assert file.report(1).answers == Answers({"III.1.e": given("Năm 2023.")})
            file.close()
            present, taken = data.read_bytes(), taken + 1
    assert taken < 100


# At every step


def steps_of(
    work: Callable[[], object], monkeypatch: pytest.MonkeyPatch, at: int, then: Callable[[], None]
) -> int:
    """Do the work, with ``then`` before the n-th operation on a file; how many operations there were."""
    count = 0
    real = files.step

    def counted(operation: Callable[..., object], *args: object, **kwargs: object) -> object:
        nonlocal count
        count += 1
        if count == at:
            then()
        return real(operation, *args, **kwargs)

    with monkeypatch.context() as patched:
        patched.setattr(files, "step", counted)
        work()
    return count


def killed(work: Callable[[], object], monkeypatch: pytest.MonkeyPatch, at: int) -> bool:
    """Do the work in a process that is killed at its n-th operation on a file; whether it came so far."""
    child = os.fork()
    if not child:
        with contextlib.suppress(BaseException):
            steps_of(work, monkeypatch, at, lambda: os.kill(os.getpid(), signal.SIGKILL))
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


@forking
def test_r6_killed_at_every_step_of_a_backup_no_good_one_is_lost(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(11):
        oldest_kept = backups.make(data, Why.ASKED, NOW + timedelta(minutes=number)).path
    at, before = 1, {one.path for one in backups.backups_of(data)}
    while killed(partial(backups.make, data, Why.ASKED, NOW + timedelta(hours=at)), monkeypatch, at):
        found = [one.path for one in backups.backups_of(data)]
        assert oldest_kept in found
        assert [years(path) for path in found] == [["2023"]] * len(found)
        assert len(found) >= 10
        assert years(data) == ["2023"]
        at += 1
    assert at > 10
    backups.make(data, Why.ASKED, NOW + timedelta(days=1))
    left = {path.name for path in backups.folder_of(data).iterdir()}
    assert left == {one.path.name for one in backups.backups_of(data)}
    assert before - {one.path for one in backups.backups_of(data)}


@forking
def test_r7_killed_at_every_step_of_a_restore_there_is_always_a_whole_file(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = backups.make(data, Why.ASKED, NOW).path
    keep(data, "2024")
    at, seen = 1, set[int]()
    present = data.read_bytes()
    while killed(partial(restoring.restore, data, made, NOW + timedelta(hours=at)), monkeypatch, at):
        found = years(data)
        assert found in (["2023", "2024"], ["2023"])
        seen.add(len(found))
        if len(found) == 1:
            assert present in [path.read_bytes() for path in data.parent.glob("*before-restore*.sqlite")]
            data.write_bytes(present)
        at += 1
    assert at > 8
    assert seen == {1, 2}
    assert years(data) == ["2023"]


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, errno.EROFS])
def test_r3_the_nth_operation_failing_costs_neither_data_nor_backups(
    data: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    good = backups.make(data, Why.ASKED, NOW).path

    def fail() -> None:
        raise OSError(code, os.strerror(code))

    for work in (
        lambda: backups.make(data, Why.ASKED, NOW),
        lambda: restoring.restore(data, good, NOW),
    ):
        at, said = 1, list[str]()
        while True:
            try:
                if steps_of(work, monkeypatch, at, fail) < at:
                    break
            except Refusal as refusal:
                said.append(refusal.sentence)
            assert years(data) == ["2023"]
            assert years(good) == ["2023"]
            at += 1
        assert len(said) > 5
        assert {sentence[-1] for sentence in said} == {"."}


def test_r7_what_would_differ_is_said_before(data: Path) -> None:
    then = look_whole(backups.make(data, Why.ASKED, NOW).path)
    now = look_whole(data)
    assert restoring.sentences(restoring.differences(now, then)) == [
        "Các báo cáo và gói đã nhận giống hệt hiện nay."
    ]
    keep(data, "2024")
    now = look_whole(data)
    changed = replace(now, reports=(replace(now.reports[0], state="khác"), now.reports[1]))
    said = restoring.sentences(restoring.differences(changed, then))
    assert said == [
        "Báo cáo năm 2023 của Xã Phương Bình: nội dung trở lại như khi sao lưu.",
        "Báo cáo năm 2024 của Xã Phương Bình: lập sau khi sao lưu, sẽ không còn trong danh sách.",
    ]


def test_r6_a_backup_goes_on_beside_writes_and_is_one_moment_of_them(data: Path) -> None:
    """A file of many steps is copied while pairs of notes are kept and others are taken back."""
    file, at, period = open_file(data), datetime(2024, 12, 9, tzinfo=UTC), Period(2024)
    for _filler in range(12):
        file.add_note("đầy", period, "x" * 1_000_000, at)

    def pair(number: int, connection: sqlite3.Connection) -> None:
        for word in ("trước", "sau"):
            letters.add_note(connection, f"{word} {number}", str(period), "y" * 5000, at)
        if number % 3 == 0:
            raise Refusal("taken back")

    over, waits = threading.Event(), list[float]()

    def write() -> None:
        number = 0
        while not over.is_set():
            number += 1
            begun = time.perf_counter()
            with contextlib.suppress(Refusal):
                file.writer.do(partial(pair, number))
            waits.append(time.perf_counter() - begun)

    writing = threading.Thread(target=write)
    writing.start()
    made = [backups.make(data, Why.ASKED, NOW, opened=file).path for _round in range(3)]
    over.set()
    writing.join()
    file.close()
    assert len(waits) > 20
    for path in made:
        with contextlib.closing(open_file(path, read_only=True)) as copied:
            kept = [note.unit for note in copied.notes(period) if note.unit != "đầy"]
        numbers = [int(unit.rpartition(" ")[2]) for unit in kept]
        assert kept[::2] == [f"trước {number}" for number in numbers[1::2]]
        assert numbers[::2] == [number for number in range(1, max(numbers, default=0) + 1) if number % 3]
    assert numbers
