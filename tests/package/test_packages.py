"""Packages written and read again: the same content, the same bytes, readable without this program."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import frictionless
import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from dcs_desktop import package
from dcs_desktop.core.digest import content_digest
from dcs_desktop.core.lengths import LONGEST_TEXT
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Answers, Report, Row
from dcs_desktop.core.template_file import write_template
from dcs_desktop.core.text import nfc
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.values import NONE, NOT_APPLICABLE, Value, given, pending, with_note
from dcs_desktop.package.container import packed
from dcs_desktop.package.contents import laid_out
from tests.package.samples import COMMUNE, REPORT, TEMPLATE

KNOWN = {TEMPLATE.reference: write_template(TEMPLATE)}


def _bytes(report: Report) -> bytes:
    return packed(laid_out(report, TEMPLATE))


def test_packed_is_what_is_taken_in(tmp_path: Path) -> None:
    written = package.write(tmp_path, REPORT, TEMPLATE)
    reading = package.read(written.path, KNOWN)
    assert reading.faults == ()
    assert reading.report == REPORT
    assert reading.template == TEMPLATE
    assert written.digest == content_digest(REPORT)
    assert package.manifest_json(reading) is not None


TEXTS = st.text(st.characters(codec="utf-8"), max_size=30).map(nfc).filter(bool)
COUNTS = st.integers(1, 10**18).map(given)
BESIDE = st.one_of(st.just(NONE), st.just(NOT_APPLICABLE), TEXTS.map(pending))
FIGURES = st.tuples(COUNTS | BESIDE, st.just("") | TEXTS).map(lambda said: with_note(*said))
CELLS = TEXTS.map(given) | BESIDE


@st.composite
def answers(draw: st.DrawFn) -> Answers:
    keys = ("hoa_giai.tiep_nhan", "hoa_giai.dua_ra", "hoa_giai.thanh", "giam_sat.done", "giam_sat.target")
    values: dict[str, Value] = draw(st.dictionaries(st.sampled_from(keys), FIGURES))
    prose = draw(st.none() | TEXTS)
    if prose:
        values["III.1.e"] = given(prose)
    if draw(st.booleans()):
        values["mo_hinh"] = NONE
    ids = draw(st.lists(st.from_regex(r"[A-Za-z0-9_-]{1,8}", fullmatch=True), unique=True, max_size=4))
    rows = tuple(Row(id, {"ten": cell} if (cell := draw(st.none() | CELLS)) else {}) for id in ids)
    return Answers(values, {"mo_hinh": rows} if rows else {}, draw(st.dictionaries(TEXTS, TEXTS, max_size=2)))


@settings(max_examples=60, deadline=None)
@for_all(answers())
def test_law_packed_is_what_is_taken_in(said: Answers) -> None:
    report = replace(REPORT, answers=said)
    data = _bytes(report)
    reading = package.read_bytes(data, "p.zip", KNOWN)
    assert reading.faults == ()
    assert reading.report == report
    assert _bytes(reading.report) == data


def test_the_same_content_gives_the_same_bytes_whatever_its_order(tmp_path: Path) -> None:
    first = package.write(tmp_path, REPORT, TEMPLATE).path.read_bytes()
    turned = replace(REPORT.answers, values=dict(sorted(REPORT.answers.values.items(), reverse=True)))
    assert _bytes(replace(REPORT, answers=turned)) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist() == [
            "datapackage.json", "figures.csv", "narratives.json", "cells.csv", "tables/mo_hinh.csv",
            "template.json",
        ]  # fmt: skip
        assert all(name.isascii() for name in archive.namelist())


def test_number_and_date_are_no_part_of_the_content(tmp_path: Path) -> None:
    first = package.write(tmp_path, REPORT, TEMPLATE)
    signed = replace(REPORT, letterhead=replace(REPORT.letterhead, number="77", day=date(2024, 12, 9)))
    again = package.write(tmp_path, signed, TEMPLATE)
    assert again.path == first.path
    assert again.digest == first.digest
    reading = package.read(again.path)
    assert reading.report is not None
    assert reading.report.letterhead.number == "77"


def test_frictionless_finds_it_valid(tmp_path: Path) -> None:
    path = package.write(tmp_path, REPORT, TEMPLATE).path
    found = frictionless.Package(str(path)).validate()
    assert found.valid, found.flatten(["type", "note"])
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "open")
    opened = frictionless.Package(str(tmp_path / "open" / "datapackage.json"))
    assert opened.validate().valid
    figures = opened.get_table_resource("figures").read_rows()
    (told,) = [row for row in figures if row["key"] == "giam_sat.done"]
    assert told["value"] == "1640"


def test_a_spreadsheet_finds_no_formula(tmp_path: Path) -> None:
    path = package.write(tmp_path, REPORT, TEMPLATE).path
    with zipfile.ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if name.endswith(".csv")]
        cells = [
            cell
            for name in sheets
            for row in csv.reader(io.StringIO(archive.read(name).decode("utf-8"), newline=""))
            for cell in row
        ]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert '\'=HYPERLINK("http://x")' in cells


@pytest.mark.parametrize(
    ("period", "revision", "name"),
    [
        ("2024", 0, "DCS_31426_2024-nam_CT.zip"),
        ("2024", 2, "DCS_31426_2024-nam_BS2.zip"),
        ("2025-H1", 0, "DCS_31426_2025-6-thang_CT.zip"),
    ],
)
def test_file_names(period: str, revision: int, name: str) -> None:
    identity = replace(REPORT.identity, period=Period.parse(period), revision=revision)
    assert package.file_name(replace(REPORT, identity=identity)) == name


def test_an_agency_has_an_ascii_name_too() -> None:
    agency = replace(COMMUNE, code="CQ-001", list_id="own:934")
    report = replace(REPORT, identity=replace(REPORT.identity, unit=agency))
    assert package.file_name(report) == "DCS_CQ-001_2024-nam_CT.zip"


def test_other_content_under_the_same_name_is_not_overwritten(tmp_path: Path) -> None:
    path = package.write(tmp_path, REPORT, TEMPLATE).path
    before = path.read_bytes()
    other = replace(REPORT, answers=REPORT.answers.with_value("giam_sat.done", given(2)))
    with pytest.raises(Refusal, match="không ghi đè"):
        package.write(tmp_path, other, TEMPLATE)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    written = package.write(tmp_path / "Gói báo cáo" / "năm 2024", REPORT, TEMPLATE)
    assert written.path == tmp_path / "Gói báo cáo" / "năm 2024" / "DCS_31426_2024-nam_CT.zip"
    assert written.path.is_file()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="vắng"):
        package.write(tmp_path / "vắng" / "p.zip", REPORT, TEMPLATE)


def _words(letters: int) -> str:
    """A text of so many letters that does not shrink to nothing when it is packed."""
    return " ".join(str(number * number) for number in range(letters // 5))[:letters]


def test_the_longest_text_that_is_told_as_one_that_fits_is_packed(tmp_path: Path) -> None:
    full = replace(REPORT, answers=REPORT.answers.with_value("III.1.e", given(_words(LONGEST_TEXT))))
    assert package.read(package.write(tmp_path, full, TEMPLATE).path, KNOWN).report == full


def test_too_large_for_mail_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = replace(REPORT, answers=REPORT.answers.with_value("III.1.e", given("Nội dung. " * 1_000_000)))
    with pytest.raises(Refusal, match="quá dài"):
        package.write(tmp_path, long, TEMPLATE)
    longer = replace(REPORT, answers=REPORT.answers.with_value("III.1.e", given(_words(2_100_000))))
    with pytest.raises(Refusal, match="quá dài"):
        package.write(tmp_path, longer, TEMPLATE)
    monkeypatch.setattr("dcs_desktop.package.writing.LARGEST", 3000)
    with pytest.raises(Refusal, match="quá dài"):
        package.write(tmp_path, REPORT, TEMPLATE)
    assert list(tmp_path.iterdir()) == []


def test_answers_that_the_template_does_not_ask_are_a_bug_named(tmp_path: Path) -> None:
    strange = replace(REPORT, answers=REPORT.answers.with_value("khong_co", given(Decimal(1))))
    with pytest.raises(ValueError, match="khong_co"):
        package.write(tmp_path, strange, TEMPLATE)


def test_the_manifest_says_whose_report_it_is(tmp_path: Path) -> None:
    path = package.write(tmp_path, REPORT, TEMPLATE).path
    with zipfile.ZipFile(path) as archive:
        said = json.loads(archive.read("datapackage.json"))
    assert said["dcs"]["unit"]["code"] == "31426"
    assert said["dcs"]["kind"] == "real"
    assert said["dcs"]["content_digest"] == content_digest(REPORT)
    assert {resource["hash"][:7] for resource in said["resources"]} == {"sha256:"}
