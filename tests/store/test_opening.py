"""Opening a data file: what is asked of it, and what is said when it cannot be."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dcs_desktop import files
from dcs_desktop.core.report import Report
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.store import DataFile, open_file
from dcs_desktop.store.statements import APPLICATION_ID, VERSION

HOLD = """
import sys
from pathlib import Path
from dcs_desktop.store import open_file
file = open_file(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def refusal(path: Path, **how: bool) -> str:
    with pytest.raises(Refusal) as caught:
        open_file(path, **how).close()
    assert path.name in caught.value.sentence
    return caught.value.sentence


def test_what_is_kept_is_there_when_the_file_is_opened_again(path: Path, report: Report) -> None:
    file = open_file(path, create=True)
    ref = file.add_report(report)
    file.close()
    again = open_file(path)
    assert again.report(ref) == report
    again.close()


def test_every_connection_is_set_as_r2_asks(path: Path, file: DataFile) -> None:
    def asked(connection: sqlite3.Connection) -> list[object]:
        names = ("journal_mode", "synchronous", "foreign_keys")
        return [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names]

    assert file.writer.do(asked) == ["truncate", 2, 1]
    raw = sqlite3.connect(path)
    assert raw.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert raw.execute("PRAGMA user_version").fetchone() == (VERSION,)
    raw.close()


def test_nothing_is_left_beside_a_closed_file(path: Path, report: Report) -> None:
    file = open_file(path, create=True)
    file.add_report(report)
    file.close()
    assert list(path.parent.iterdir()) == [path]


def test_a_missing_file_is_named_and_not_made(path: Path) -> None:
    assert "Không có tệp dữ liệu" in refusal(path)
    assert list(path.parent.iterdir()) == []


@pytest.mark.parametrize("create", [False, True])
def test_an_empty_file_is_no_new_beginning(path: Path, create: bool) -> None:
    path.touch()
    assert "rỗng" in refusal(path, create=create)
    assert path.stat().st_size == 0


@pytest.mark.parametrize("content", [b"PK\x03\x04 not ours", b"x" * 5000])
def test_another_kind_of_file_is_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert "không phải là tệp dữ liệu" in refusal(path, create=True)
    assert path.read_bytes() == content


def test_another_programs_sqlite_file_is_left_alone(path: Path) -> None:
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE report (ref)")
    raw.close()
    before = path.read_bytes()
    assert "không phải là tệp dữ liệu" in refusal(path)
    assert path.read_bytes() == before


def test_a_file_of_a_newer_program_is_refused_politely(path: Path) -> None:
    open_file(path, create=True).close()
    raw = sqlite3.connect(path)
    raw.execute(f"PRAGMA user_version = {VERSION + 1}")
    raw.close()
    before = path.read_bytes()
    assert "mới hơn" in refusal(path)
    assert path.read_bytes() == before


def _cut(data: bytes) -> bytes:
    return data[:-5000]


def _zeroed(data: bytes) -> bytes:
    return data[:8192] + bytes(4096) + data[12288:]


def _torn_head(data: bytes) -> bytes:
    return data[:100] + b"\xff" * 200 + data[300:]


@pytest.mark.parametrize("harm", [_cut, _zeroed, _torn_head])
def test_a_damaged_page_is_found_at_once_and_the_file_kept_as_it_is(
    path: Path, report: Report, harm: Any
) -> None:
    file = open_file(path, create=True)
    file.add_report(report)
    file.close()
    damaged = harm(path.read_bytes())
    path.write_bytes(damaged)
    assert "bị hỏng" in refusal(path, create=True)
    assert path.read_bytes() == damaged


def test_r9_two_processes_cannot_both_write(path: Path, report: Report) -> None:
    file = open_file(path, create=True)
    ref = file.add_report(report)
    file.close()
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        assert "đang được mở" in refusal(path)
        beside = open_file(path, read_only=True)
        assert beside.report(ref) == report
        with pytest.raises(Refusal, match="để xem"):
            beside.mark_exported(ref, "", report_moment(), "")
        beside.close()
    finally:
        other.kill()
        other.communicate()
    open_file(path).close()


def report_moment() -> Any:
    from datetime import UTC, datetime

    return datetime(2024, 12, 5, tzinfo=UTC)


def test_r10_a_folder_that_cannot_be_written_is_said_at_start(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_file(path, create=True).close()

    def denied(operation: Any, *args: Any, **kwargs: Any) -> Any:  # Any: whatever files.step is given
        if "ab" in args:
            raise PermissionError(13, "Permission denied")
        return operation(*args, **kwargs)

    monkeypatch.setattr(files, "step", denied)
    assert "không cho ghi" in refusal(path)
    reading = open_file(path, read_only=True)
    assert reading.reports() == ()
    reading.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows has shorter paths")
def test_r20_long_paths_with_marks_and_emoji_work(tmp_path: Path, report: Report) -> None:
    folder = tmp_path
    for part in ("Dân chủ cơ sở " * 8, "Hồ sơ 📁 năm 2024 " * 6, "e\u0302\u0301"):
        folder /= part.strip()
    folder.mkdir(parents=True)
    file = open_file(folder / "dữ liệu?#%.sqlite", create=True)
    ref = file.add_report(report)
    file.close()
    again = open_file(folder / "dữ liệu?#%.sqlite")
    assert again.report(ref) == report
    again.close()


def _schema(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every table and index with its columns, as SQLite says them."""
    raw = sqlite3.connect(path)
    tables = [name for (name,) in raw.execute("SELECT name FROM sqlite_master ORDER BY name")]
    said = {
        name: raw.execute(f"PRAGMA table_xinfo('{name}')").fetchall()
        + raw.execute(f"PRAGMA index_xinfo('{name}')").fetchall()
        for name in tables
    }
    raw.close()
    return said


def test_the_steps_make_the_tables_of_today(path: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.sqlite"
    raw = sqlite3.connect(old)
    raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    raw.execute("VACUUM")
    raw.close()
    before = old.read_bytes()
    open_file(old).close()
    open_file(path, create=True).close()
    assert _schema(old) == _schema(path)
    assert (tmp_path / "old.v0.sqlite").read_bytes() == before


def test_alembic_is_not_imported_for_a_file_of_today(path: Path) -> None:
    open_file(path, create=True).close()
    script = "import sys; from pathlib import Path; from dcs_desktop.store import open_file; "
    script += "open_file(Path(sys.argv[1])).close(); assert 'alembic' not in sys.modules"
    subprocess.run([sys.executable, "-c", script, str(path)], check=True)


@pytest.mark.parametrize("number", range(12))
def test_a_file_that_could_not_be_made_leaves_nothing_under_its_name(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    left = number

    def failing(operation: Any, *args: Any, **kwargs: Any) -> Any:  # Any: whatever files.step is given
        nonlocal left
        if left == 0:
            left -= 1
            raise OSError(5, "Input/output error")
        left -= 1
        return operation(*args, **kwargs)

    monkeypatch.setattr(files, "step", failing)
    with contextlib.suppress(Refusal):
        open_file(path, create=True).close()
    monkeypatch.undo()
    open_file(path, create=True).close()


def test_r10_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "tệp").write_text("a file is here", "utf-8")
    with pytest.raises(Refusal, match="tệp"):
        open_file(tmp_path / "tệp" / "sâu" / "dcs.sqlite", create=True)
