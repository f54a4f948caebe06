"""A file of an older program is brought up to the tables of today; one of each version lies in tests/data/files."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine

from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.trust import Trust
from dcs_desktop.core.values import State
from dcs_desktop.receiving.trusting import keys_of
from dcs_desktop.store import open_file
from dcs_desktop.store.migrations import STEPS
from dcs_desktop.store.statements import VERSION
from dcs_desktop.workspace import Workspace

FILES = Path(__file__).parents[1] / "data" / "files"


def schema(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every table with its columns, as SQLite says them."""
    raw = sqlite3.connect(path)
    names = [name for (name,) in raw.execute("SELECT name FROM sqlite_master ORDER BY name")]
    said = {name: raw.execute(f"PRAGMA table_xinfo('{name}')").fetchall() for name in names}
    raw.close()
    return said


def test_the_steps_make_the_tables_of_today(tmp_path: Path) -> None:
    today, stepped = tmp_path / "a.sqlite", tmp_path / "b.sqlite"
    open_file(today, create=True).close()
    with create_engine(f"sqlite:///{stepped}").begin() as connection:
        operations = Operations(MigrationContext.configure(connection))
        for step in STEPS:
            step(operations)
    assert len(STEPS) == VERSION
    assert schema(stepped) == schema(today)


@pytest.mark.parametrize("version", range(1, VERSION))
def test_a_file_of_every_older_version_opens_with_everything_in_it(tmp_path: Path, version: int) -> None:
    path = tmp_path / "dữ liệu.sqlite"
    before = gzip.decompress((FILES / f"version-{version}.sqlite.gz").read_bytes())
    path.write_bytes(before)
    with pytest.raises(Refusal, match="bản chương trình cũ"):
        open_file(path, read_only=True)
    file = open_file(path)
    assert (tmp_path / f"dữ liệu.v{version}.sqlite").read_bytes() == before
    workspace = Workspace.open(file, 1)
    answers = workspace.answers
    assert answers.value("dan_cu.thon").number == 12
    assert answers.value("tap_huan.so_cuoc").state is State.PENDING
    assert answers.drafts == {"dan_cu.ho": "3.2x"}
    assert answers.prose("I.a") == "Xã có {dan_cu.thon} ấp **tự quản**."
    assert [row.cells["so"].content for row in answers.rows["van_ban"]] == ["01/QĐ"]
    assert answers.carried == {}
    workspace.redo()
    assert workspace.answers.value("to_hoa_giai").number == 13
    workspace.close()
    file.close()
    assert open_file(path, read_only=True).report(1).answers.value("to_hoa_giai").number == 13


def test_what_was_entered_before_there_were_keys_goes_on_counting(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    path.write_bytes(gzip.decompress((FILES / "version-7.sqlite.gz").read_bytes()))
    with closing(open_file(path)) as file:
        assert [(one.keys, one.entered) for one in file.received()] == [
            (("",), False),
            (("",), False),
            (("",), True),
        ]
        (said,) = file.decisions()[""]
        assert (said.key, said.trusted, said.after) == ("", True, 3)
        keys = keys_of(file, training=True)
        assert {keys.trust(one) for one in file.received()} == {Trust.KNOWN}
        assert [letter.key for letter in file.letters(sent=False)] == [""]


def test_a_package_and_who_sent_it_move_into_tables_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    path.write_bytes(gzip.decompress((FILES / "version-6.sqlite.gz").read_bytes()))
    open_file(path).close()
    with closing(open_file(path)) as file:
        first, second = file.received()
        assert (first.file_name, second.file_name) == ("goi-1.zip", "goi-2.zip")
        assert (second.errors, second.missing, second.remark) == (1, 2, "ghi")
        assert second.identity.parent == first.digest
        assert file.received_bytes(first.digest) == b"PK" + bytes(range(256)) * 40
        assert file.received_bytes(second.digest) == b"PK2"


def test_a_record_that_was_damaged_before_is_damaged_after_a_step(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    path.write_bytes(gzip.decompress((FILES / "version-6.sqlite.gz").read_bytes()))
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE received SET file_name = 'goi-3.zip' WHERE ref = 2")
    with closing(open_file(path)) as file, pytest.raises(Refusal, match="goi-3"):
        file.received()


def test_r25_the_copy_of_an_old_file_is_whole_where_its_last_writer_died(tmp_path: Path) -> None:
    writing, path = tmp_path / "đang ghi.sqlite", tmp_path / "dữ liệu.sqlite"
    writing.write_bytes(gzip.decompress((FILES / "version-1.sqlite.gz").read_bytes()))
    raw = sqlite3.connect(writing, isolation_level=None)
    raw.execute("PRAGMA cache_size = 1")
    raw.execute("PRAGMA cache_spill = 1")
    raw.execute("BEGIN")
    for table in ("answer", "change", "report"):
        raw.execute(f"UPDATE {table} SET seal = 'x'")
    path.write_bytes(writing.read_bytes())
    journal = writing.with_name(writing.name + "-journal").read_bytes()
    path.with_name(path.name + "-journal").write_bytes(journal)
    raw.execute("ROLLBACK")
    before = list(raw.iterdump())
    raw.close()
    assert path.read_bytes() != writing.read_bytes()
    open_file(path).close()
    copy = sqlite3.connect(tmp_path / "dữ liệu.v1.sqlite")
    assert list(copy.iterdump()) == before
    copy.close()


def test_r25_a_file_whose_migration_died_is_migrated_when_it_is_opened_again(tmp_path: Path) -> None:
    """The first page says the new version already; the tables are the old ones once SQLite took the rest back."""
    migrating, path = tmp_path / "đang nâng.sqlite", tmp_path / "dữ liệu.sqlite"
    migrating.write_bytes(gzip.decompress((FILES / "version-3.sqlite.gz").read_bytes()))
    raw = sqlite3.connect(migrating, isolation_level=None)
    raw.execute("PRAGMA cache_size = 1")
    raw.execute("PRAGMA cache_spill = 1")
    raw.execute("BEGIN")
    raw.execute(f"PRAGMA user_version = {VERSION}")
    for table in ("answer", "change", "report"):
        raw.execute(f"UPDATE {table} SET seal = 'x'")
    written = bytearray(migrating.read_bytes())
    written[60:64] = VERSION.to_bytes(4)
    path.write_bytes(written)
    journal = migrating.with_name(migrating.name + "-journal").read_bytes()
    path.with_name(path.name + "-journal").write_bytes(journal)
    raw.close()
    open_file(path).close()
    assert open_file(path, read_only=True).report(1).answers.value("dan_cu.thon").number == 12
