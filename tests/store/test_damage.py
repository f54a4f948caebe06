"""Damage that SQLite does not see: a changed letter, a lost record. Each is named, none is silent."""

from __future__ import annotations

import contextlib
import random
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dcs_desktop.core.report import Answers, Report
from dcs_desktop.core.setup import Setup
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.store import Arrival, open_file
from dcs_desktop.store.counted import answers_of, text_of

ALTERED = [
    "UPDATE answer SET value = '41' WHERE key = 'hoa_giai.thanh'",
    "UPDATE answer SET state = 'blank' WHERE key = 'hoa_giai.tiep_nhan'",
    "UPDATE answer SET reason = 'chờ tư phap' WHERE key = 'ty_le'",
    "UPDATE answer SET value = replace(value, 'thành', 'thanh') WHERE key = 'III.1.e'",
    "UPDATE answer SET key = 'hoa_giai.dua_ra' WHERE key = 'hoa_giai.thanh'",
    "UPDATE answer SET seal = '0123456789abcdef' WHERE key = 'ty_le'",
    "UPDATE table_row SET position = 5 WHERE row_id = 'r2'",
    "UPDATE draft SET typed = '40'",
    "UPDATE accepted SET reason = 'chưa kiểm tra'",
]
LOST = [
    "DELETE FROM answer WHERE key = 'ty_le'",
    "DELETE FROM table_row WHERE row_id = 'r1'",
    "DELETE FROM draft",
]
HEAD = [
    "UPDATE report SET letterhead = replace(letterhead, 'nhân', 'nhan')",
    "UPDATE report SET period = '2023'",
    "UPDATE report SET exported_digest = 'f'",
]


def _kept(path: Path, report: Report) -> int:
    file = open_file(path, create=True)
    ref = file.add_report(report)
    file.close()
    return ref


def _harm(path: Path, statement: str) -> None:
    raw = sqlite3.connect(path, isolation_level=None)
    assert raw.execute(statement).rowcount > 0
    assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",), "SQLite sees nothing"
    raw.close()


@pytest.mark.parametrize("statement", ALTERED)
def test_a_changed_letter_is_found_and_its_field_named(path: Path, report: Report, statement: str) -> None:
    ref = _kept(path, report)
    _harm(path, statement)
    file = open_file(path)
    with pytest.raises(
        Refusal, match=r"Báo cáo 2024 của Xã Phương Bình.*(hoa_giai|ty_le|III\.1\.e|r2|giam_sat)"
    ):
        file.report(ref)
    file.close()


@pytest.mark.parametrize("statement", LOST)
def test_a_lost_record_is_found(path: Path, report: Report, statement: str) -> None:
    ref = _kept(path, report)
    _harm(path, statement)
    file = open_file(path)
    with pytest.raises(Refusal, match="đã bị mất"):
        file.report(ref)
    file.close()


@pytest.mark.parametrize("statement", HEAD)
def test_a_changed_report_record_is_found_when_the_file_is_opened(
    path: Path, report: Report, statement: str
) -> None:
    _kept(path, report)
    _harm(path, statement)
    with pytest.raises(Refusal, match="bị hỏng"):
        open_file(path)


def test_a_flipped_byte_in_a_narrative_is_found(path: Path, report: Report) -> None:
    ref = _kept(path, report)
    data = bytearray(path.read_bytes())
    place = data.index("Đã hòa giải".encode()) + 5
    data[place] ^= 1
    path.write_bytes(data)
    file = open_file(path)
    with pytest.raises(Refusal, match=r"III\.1\.e|không còn như đã ghi"):
        file.report(ref)
    file.close()


def test_a_changed_setup_is_found(path: Path, report: Report) -> None:
    file = open_file(path, create=True)
    file.save_setup(Setup(report.identity.unit, report.identity.receiver, "commune"))
    file.close()
    _harm(path, "UPDATE setup SET content = replace(content, 'commune', 'communE')")
    file = open_file(path)
    with pytest.raises(Refusal, match="thiết lập"):
        file.setup()
    file.close()


def test_a_changed_figure_of_a_received_package_is_found(path: Path, report: Report) -> None:
    file = open_file(path, create=True)
    said, period = text_of(report.answers), report.identity.period
    now = datetime.now(UTC)
    file.keep_received(Arrival(report.identity, "d", "f", b"PK", "goi.zip", "accepted", now, said))
    assert file.counted(period) == {1: said}
    assert answers_of(said) == Answers(report.answers.values, report.answers.rows)
    file.close()
    _harm(path, "UPDATE counted SET content = replace(content, '40', '400')")
    file = open_file(path)
    assert file.counted(period) == {1: None}
    file.close()


def test_no_damage_is_silent(path: Path, report: Report) -> None:
    """Bytes flipped, zeroed and cut off at places drawn by a fixed seed: the report is whole, or refused."""
    ref = _kept(path, report)
    whole = path.read_bytes()
    chance = random.Random(31426)
    refused = 0
    for _mutation in range(150):
        path.write_bytes(_mutated(whole, chance))
        found = _read_back(path, ref)
        refused += isinstance(found, str)
        assert found == report or "bị hỏng" in str(found) or path.name in str(found)
    assert refused > 30


def _read_back(path: Path, ref: int) -> Report | str:
    """The report, or the sentence of the refusal."""
    try:
        with contextlib.closing(open_file(path)) as file:
            return file.report(ref)
    except Refusal as refusal:
        return refusal.sentence


def _mutated(whole: bytes, chance: random.Random) -> bytes:
    data, place = bytearray(whole), chance.randrange(len(whole))
    match chance.randrange(3):
        case 0:
            data[place] ^= 1 << chance.randrange(8)
        case 1:
            data[place : place + 64] = bytes(len(data[place : place + 64]))
        case _:
            del data[place:]
    return bytes(data)
