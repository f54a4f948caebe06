"""Where a report came from is kept with it, in one action, also in a file of the first version."""

from __future__ import annotations

import gzip
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dcs_desktop.core.from_file import FromFile
from dcs_desktop.core.progress import Progress
from dcs_desktop.core.report import Report
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.store import open_file

SOURCE = FromFile("báo cáo 2024.docx", "ab" * 32, datetime(2025, 11, 3, 2, tzinfo=UTC))


def test_a_file_of_version_two_is_brought_up_and_keeps_sources(path: Path) -> None:
    older = Path(__file__).parents[1] / "data" / "files" / "version-2.sqlite.gz"
    path.write_bytes(gzip.decompress(older.read_bytes()))
    file = open_file(path)
    report = file.report(1)
    assert file.sources() == {}
    again = file.take_in(report, Progress(), SOURCE, instead=1)
    assert file.sources() == {again: SOURCE}
    assert file.report(again) == report
    file.close()


def test_nothing_is_kept_and_nothing_put_away_where_it_cannot_be(path: Path, report: Report) -> None:
    file = open_file(path, create=True)
    first = file.add_report(report)
    with pytest.raises(Refusal, match="Đã có báo cáo"):
        file.take_in(report, Progress(), SOURCE)
    with pytest.raises(Refusal):
        file.take_in(report, Progress(), SOURCE, instead=first + 5)
    assert [one.ref for one in file.reports()] == [first]
    assert file.sources() == {}
    file.close()


def test_a_changed_source_is_found(path: Path, report: Report) -> None:
    file = open_file(path, create=True)
    file.take_in(report, Progress(), SOURCE)
    file.close()
    raw = sqlite3.connect(path)
    raw.execute("UPDATE source SET file_name = 'khác.docx'")
    raw.commit()
    raw.close()
    file = open_file(path)
    with pytest.raises(Refusal, match="nguồn"):
        file.sources()
    file.close()
