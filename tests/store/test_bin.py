"""The bin: 90 days, then gone for good; taken out of it until then (R24)."""

from __future__ import annotations

import sqlite3
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dcs_desktop import paths
from dcs_desktop.core.report import Report
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.store import bin, open_file, tables
from dcs_desktop.store.examining import look_whole

NOW = datetime(2025, 1, 2, 8, 0, tzinfo=UTC)


def test_r24_what_is_deleted_comes_back_whole_for_ninety_days(path: Path, report: Report) -> None:
    file = open_file(path, create=True)
    ref = file.add_report(report)
    file.delete_report(ref, NOW)
    assert file.reports() == ()
    assert file.empty_bin(NOW + timedelta(days=90)) == 0
    file.close()
    again = open_file(path)
    again.restore_report(ref)
    assert again.report(ref) == report
    assert again.empty_bin(NOW + timedelta(days=9000)) == 0
    again.close()


def test_r24_after_ninety_days_it_is_gone_with_all_that_belongs_to_it(path: Path, report: Report) -> None:
    file = open_file(path, create=True)
    gone = file.add_report(report)
    file.delete_report(gone, NOW)
    kept = file.add_report(report)
    assert file.empty_bin(NOW + timedelta(days=90, seconds=1)) == 1
    assert file.deleted_reports() == ()
    assert file.report(kept) == report
    file.close()
    assert look_whole(path).report_count == 1
    raw = sqlite3.connect(path)
    of_report = [table.name for table in tables.metadata.sorted_tables if "report" in table.c]
    assert sorted(of_report) == sorted(bin.OF_REPORT)
    for table in of_report:
        assert raw.execute(f"SELECT count(*) FROM {table} WHERE report = ?", (gone,)).fetchone() == (0,)
    raw.close()


def test_r24_a_clock_set_back_empties_nothing(path: Path, report: Report) -> None:
    file = open_file(path, create=True)
    file.delete_report(file.add_report(report), NOW)
    assert file.empty_bin(NOW - timedelta(days=4000)) == 0
    assert len(file.deleted_reports()) == 1
    file.close()


def test_r24_nothing_is_taken_out_over_a_report_that_was_begun_anew(path: Path, report: Report) -> None:
    file = open_file(path, create=True)
    first = file.add_report(report)
    file.delete_report(first, NOW)
    other = file.add_report(replace(report, letterhead=replace(report.letterhead, number="7")))
    with pytest.raises(Refusal, match="thùng rác"):
        file.restore_report(first)
    file.delete_report(other, NOW)
    file.restore_report(first)
    assert [one.ref for one in file.reports()] == [first]
    file.close()


def test_r24_the_data_lies_outside_the_program_that_may_be_uninstalled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "Program Files" / "dcs-desktop"
    monkeypatch.delenv(paths.HOME_VARIABLE)
    monkeypatch.setattr(sys, "_MEIPASS", str(program), raising=False)
    assert paths.resources_dir().is_relative_to(program)
    own = [paths.data_dir(), paths.default_data_file(), paths.given_templates_dir()]
    assert not any(path.is_relative_to(program) for path in own)
    assert all(path.is_relative_to(Path.home()) for path in own)
