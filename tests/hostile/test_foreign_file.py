"""A data file or backup that a stranger prepared: nothing of theirs runs, nothing is waited for, nothing changes."""

from __future__ import annotations

import shutil
import sqlite3
import struct
import time
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from dcs_desktop import cli, sample, support
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.restoring import restore
from dcs_desktop.store import connecting, open_file, records
from dcs_desktop.store.connecting import connect
from dcs_desktop.store.examining import look, look_whole
from dcs_desktop.store.foreign import Foreign
from dcs_desktop.store.records import EMPTY
from tests.faults.test_damaged_files import _made, _parts

NOW = datetime(2024, 12, 9, tzinfo=UTC)
SECONDS = 1.0
FOREIGN = "không bao giờ tạo ra"

# By direct change of the definitions: what a check, a default, an index or a column may say in SQLite.
REWRITTEN = {
    "generated column": (
        "author TEXT DEFAULT '' NOT NULL",
        "author TEXT AS (hex(zeroblob(900000000))) VIRTUAL",
    ),
    "check": ("seal TEXT NOT NULL", "seal TEXT NOT NULL CHECK (length(hex(zeroblob(900000000))) > 0)"),
    "default": ("reason TEXT DEFAULT ''", "reason TEXT DEFAULT (hex(zeroblob(900000000)))"),
    "collation": ("seal TEXT NOT NULL", "seal TEXT COLLATE theirs NOT NULL"),
    "long": ("seal TEXT NOT NULL", "seal TEXT" + " " * 900_000 + "NOT NULL"),
}
ADDED = {
    "trigger": "CREATE TRIGGER t AFTER INSERT ON report BEGIN DELETE FROM answer; END",
    "trigger before": "CREATE TRIGGER t BEFORE UPDATE ON answer BEGIN SELECT hex(zeroblob(900000000)); END",
    "view": "CREATE VIEW v AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c",
    "view in place": (
        "DROP TABLE note; CREATE VIEW note AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) "
        "SELECT x AS ref FROM c"
    ),
    "virtual table": "CREATE VIRTUAL TABLE f USING fts5(x)",
    "index of an expression": "CREATE INDEX i ON report (hex(zeroblob(100)))",
    "index of some": "CREATE INDEX i ON report (unit) WHERE length(unit) > 3",
    "tables": ";".join(f"CREATE TABLE t{'x' * number} (a TEXT)" for number in range(60)),
    "statistics": "ANALYZE",
}


@pytest.fixture
def honest(tmp_path: Path) -> Path:
    """A data file with a setup and a report."""
    path = tmp_path / "theirs" / "dcs.sqlite"
    with closing(open_file(path, create=True)) as file:
        report = sample.district_report()
        file.save_setup(sample.setup_of(report))
        file.add_report(report)
    return path


def rewritten(path: Path, old: str, new: str) -> None:
    """Let the table of answers be defined otherwise."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE name = 'answer'", (old, new)
        )
        connection.commit()


def refused_everywhere(path: Path, said: str) -> None:
    """Every door says why in time, runs nothing, and leaves the file and its folder as they are."""
    before, folder = path.read_bytes(), sorted(path.parent.iterdir())
    data = path.parent.parent / "ours.sqlite"
    doors = (
        lambda: open_file(path),
        lambda: open_file(path, read_only=True),
        lambda: look(path),
        lambda: look_whole(path),
        lambda: restore(data, path, NOW),
    )
    for door in doors:
        began = time.thread_time()
        with pytest.raises(Refusal, match=said):
            door()
        assert time.thread_time() - began < SECONDS
    support.bundle(path)
    assert path.read_bytes() == before
    assert not data.exists()
    assert sorted(each for each in path.parent.iterdir() if not each.name.endswith(".lock")) == [
        each for each in folder if not each.name.endswith(".lock")
    ]


@pytest.mark.parametrize("name", ADDED)
def test_hostile_parts_of_a_data_file_are_refused(honest: Path, name: str) -> None:
    with closing(sqlite3.connect(honest)) as connection:
        connection.executescript(ADDED[name])
    refused_everywhere(honest, FOREIGN)


@pytest.mark.parametrize("name", REWRITTEN)
def test_hostile_definitions_in_a_data_file_are_refused(honest: Path, name: str) -> None:
    rewritten(honest, *REWRITTEN[name])
    refused_everywhere(honest, f"{FOREIGN}|bị hỏng")


def test_hostile_backup_at_the_command_line(honest: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(honest)) as connection:
        connection.executescript(ADDED["trigger"])
    ours = honest.parent.parent / "ours.sqlite"
    assert cli.run(["restore", "--data", str(ours), str(honest)], lambda *_: 0) == cli.REFUSED
    assert FOREIGN in capsys.readouterr().err
    assert not ours.exists()


@pytest.mark.parametrize("version", [0, 9_999, -1, 2**31 - 1])
def test_hostile_versions_of_a_data_file(honest: Path, version: int) -> None:
    with closing(sqlite3.connect(honest)) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    before = honest.read_bytes()
    with pytest.raises(Refusal):
        open_file(honest)
    assert honest.read_bytes() == before


def test_hostile_column_that_is_not_there(honest: Path) -> None:
    rewritten(honest, "seal TEXT NOT NULL", "seel TEXT NOT NULL")
    with pytest.raises(Refusal, match="bị hỏng"):
        look_whole(honest)


def test_hostile_cell_larger_than_the_memory(honest: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(honest)) as connection, connection:
        connection.execute("UPDATE setup SET content = hex(zeroblob(3000000))")
    monkeypatch.setattr(connecting, "LONGEST_RECORD", 1_000_000)
    with pytest.raises(Refusal, match="bị hỏng"), closing(open_file(honest)) as file:
        file.setup()


def test_hostile_journal_that_names_another_file(honest: Path, tmp_path: Path) -> None:
    """SQLite plays a journal back and takes away the further file that it names."""
    theirs, victim = honest, tmp_path / "quan trọng.txt"
    for doors in (
        lambda path: sqlite3.connect(path).execute("SELECT * FROM sqlite_master").fetchall(),
        open_file,
    ):
        victim.write_text("của tôi")
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.sqlite"
        shutil.copy(theirs, path)
        path.with_name(path.name + "-journal").write_bytes(_journal_that_names(victim, path))
        if doors is open_file:
            with pytest.raises(Refusal, match=FOREIGN):
                doors(path)
            with pytest.raises(Refusal, match=FOREIGN):
                look(path)
            with pytest.raises(Refusal, match=FOREIGN):
                restore(tmp_path / "ours.sqlite", path, NOW)
            assert victim.read_text() == "của tôi"
        else:
            doors(path)
            assert not victim.exists(), "the attack is real"


def _journal_that_names(victim: Path, path: Path) -> bytes:
    sign, name = bytes.fromhex("d9d505f920a163d7"), bytes(victim)
    pages = path.stat().st_size // 4096
    head = (sign + struct.pack(">IIIII", 0, 1, pages, 512, 4096)).ljust(512, b"\0")
    signed = sum(byte - 256 if byte > 127 else byte for byte in name) & 0xFFFFFFFF
    return (
        head + struct.pack(">I", 0x40000000 // 4096 + 1) + name + struct.pack(">II", len(name), signed) + sign
    )


def test_hostile_pages_that_come_back_are_not_read_for_ever(honest: Path) -> None:
    """Every page of a tree points 200 times at the next: 200**12 rows in 15 pages."""
    _tangle(honest)
    refused_everywhere(honest, "bị hỏng")


def _tangle(path: Path) -> None:
    """Definitions as a tree whose pages are each met again and again."""
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("PRAGMA page_count").fetchone()
    raw = bytearray(path.read_bytes())
    assert len(raw) == page * 4096
    with closing(sqlite3.connect(":memory:")) as small:
        small.execute("CREATE TABLE a (x TEXT PRIMARY KEY)")
        few = small.serialize()
    first, second = struct.unpack_from(">HH", few, 108)
    cells = few[first : first + 2 + few[first]], few[second : second + 2 + few[second]]
    leaf_of_table, leaf_of_index, tree = page + 1, page + 2, page + 3
    pages = [_leaf(cells[0]), _leaf(cells[1])]
    pages += [
        _inner([leaf_of_index if last else tree + depth + 1] * 200)
        for depth in range(12)
        for last in (depth == 11,)
    ]
    raw[100:4096] = _inner([leaf_of_table] + [tree] * 10, 100)[100:]
    struct.pack_into(">I", raw, 28, page + len(pages))
    path.write_bytes(bytes(raw) + b"".join(pages))


def _leaf(cell: bytes) -> bytes:
    at = 4096 - len(cell)
    return (struct.pack(">BHHHB", 13, 0, 1, at, 0) + struct.pack(">H", at)).ljust(at, b"\0") + cell


def _inner(children: list[int], begin: int = 0) -> bytes:
    """A page of a tree over these pages; ``begin`` leaves room for the head of the file."""
    cells = [struct.pack(">IB", child, 1) for child in children[:-1]]
    at = 4096 - 5 * len(cells)
    head = struct.pack(">BHHHBI", 5, 0, len(cells), at, 0, children[-1])
    places = b"".join(struct.pack(">H", at + 5 * number) for number in range(len(cells)))
    return (b"\0" * begin + head + places).ljust(at, b"\0") + b"".join(cells)


Bad = str | bytes | float | None
BAD: tuple[Bad, ...] = (b"\xff\x00", None, "", 10**18, -1.5, "[[" * 5000, "2024-13-45", "{}")


def test_hostile_values_under_right_seals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _forged(tmp_path / "dcs.sqlite", monkeypatch, BAD[0], 5)


@pytest.mark.soak
@pytest.mark.parametrize("bad", BAD, ids=lambda bad: repr(bad)[:12])
def test_hostile_values_of_every_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bad: Bad, sweep: Callable[[str], None]
) -> None:
    count = _forged(tmp_path / "dcs.sqlite", monkeypatch, bad, 1)
    sweep(f"R5: {count} columns of a forged data file said {bad!r:.20}, every one read or refused")


def _forged(path: Path, monkeypatch: pytest.MonkeyPatch, bad: Bad, every: int) -> int:
    """A forger knows how seals are made: here every record has the right one, whatever it says."""
    same = SimpleNamespace(hexdigest=lambda: EMPTY)
    monkeypatch.setattr(records, "hashlib", SimpleNamespace(blake2b=lambda *_, **__: same))
    _made(path)
    with closing(sqlite3.connect(path)) as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        columns = [
            (table, row[1]) for table in tables for row in connection.execute(f"PRAGMA table_info({table})")
        ][::every]
    whole = path.read_bytes()
    refused = 0
    for table, column in columns:
        path.write_bytes(whole)
        with closing(sqlite3.connect(path)) as connection, suppress(sqlite3.IntegrityError), connection:
            connection.execute(f"UPDATE OR IGNORE {table} SET {column} = ?", (bad,))
        with suppress(Refusal):
            look_whole(path)
        refused += _refused(path)
    assert refused or bad is None  # SQLite itself takes no nothing
    return len(columns)


def _refused(path: Path) -> int:
    """How many parts of a file are refused; whatever else came up rises."""
    count = 0
    with suppress(Refusal), closing(open_file(path)) as file:
        for read in _parts(file).values():
            try:
                read()
            except Refusal:
                count += 1
        file.steps(1)
        return count
    return count + 1


def test_hostile_parts_are_named(honest: Path) -> None:
    with closing(sqlite3.connect(honest)) as connection:
        connection.executescript(ADDED["trigger"])
    with pytest.raises(Foreign, match="trigger t"):
        connect(honest)
