"""Templates newer and older than those at hand, and unknown ones: in a package, a letter, the data file (R16)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dcs_desktop import package, receiving, template_library
from dcs_desktop.core.digest import content_digest
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Answers, Identity, Report, UnitName
from dcs_desktop.core.setup import ExpectedUnit, Setup
from dcs_desktop.core.template import Template
from dcs_desktop.core.template_file import read_template, write_template
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.values import given as number
from dcs_desktop.store import DataFile, open_file
from dcs_desktop.workspace import Workspace
from tests.shipped import forget, shipping

SOURCE = (Path(__file__).parent / "data" / "templates" / "small.toml").read_text("utf-8")
TODAY = date(2024, 12, 9)
NOW = datetime(2024, 12, 9, 8, tzinfo=UTC)
YEAR = Period.parse("2024")
DISTRICT = UnitName("934", "GSO-2024", "Huyện Phụng Hiệp", "huyện")
COMMUNE = UnitName("31426", "GSO-2024", "Xã Phương Bình", "xã")
OTHERS = {"newer": ("thu", "2026"), "older": ("thu", "2022"), "unknown": ("khac", "2024")}
WORDS = {"newer": "template_newer", "unknown": "template_unknown"}
KINDS = pytest.mark.parametrize("kind", OTHERS)


def _source(family: str, version: str) -> str:
    text = SOURCE.replace('version = "2024"', f'version = "{version}"')
    return text.replace('id = "thu"', f'id = "{family}"').replace("Số vụ tiếp nhận", f"Tiếp nhận {version}")


def _template(kind: str) -> Template:
    return read_template(_source(*OTHERS[kind]).encode(), kind, lambda _reference: None)


@pytest.fixture(autouse=True)
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The program knows a template of 2022 and one of 2024."""
    sources = {f"thu-{version}.toml": _source("thu", version) for version in ("2022", "2024")}
    with shipping(sources, tmp_path, monkeypatch):
        yield


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DataFile]:
    file = open_file(tmp_path / "huyện.sqlite", create=True)
    file.save_setup(Setup(DISTRICT, DISTRICT, "receiving", expected=(ExpectedUnit(COMMUNE),)))
    yield file
    file.close()


@pytest.fixture
def unit(tmp_path: Path) -> Iterator[DataFile]:
    file = open_file(tmp_path / "xã.sqlite", create=True)
    file.save_setup(Setup(COMMUNE, DISTRICT, "commune"))
    yield file
    file.close()


def _report(reference: str) -> Report:
    answers = Answers({"hoa_giai.tiep_nhan": number(9), "hoa_giai.thanh": number(5)})
    return Report(Identity(COMMUNE, DISTRICT, YEAR, "commune", reference), answers)


def _total(desk: DataFile) -> object:
    return receiving.totals(desk, YEAR).totals["hoa_giai.thanh"].value.number


@KINDS
def test_r16_in_a_package(tmp_path: Path, desk: DataFile, kind: str) -> None:
    template = _template(kind)
    report = _report(template.reference)
    path = package.write(tmp_path / "gói", report, template).path
    [found] = receiving.import_paths(desk, [path], TODAY)
    kept = desk.received_bytes(content_digest(report))
    assert kept == path.read_bytes()
    assert package.read_bytes(kept, path.name).report == report
    if kind == "older":
        assert found.verdict == "accepted_with_warnings"
        assert _total(desk) == 5
        return
    assert found.verdict == WORDS[kind]
    assert _total(desk) is None
    (tmp_path / "mẫu.json").write_bytes(write_template(template))
    template_library.add(tmp_path / "mẫu.json")
    forget()
    assert receiving.import_paths(desk, [path], TODAY)[0].verdict == "already_here"
    assert _total(desk) == 5


@KINDS
def test_r16_in_a_letter(tmp_path: Path, desk: DataFile, unit: DataFile, kind: str) -> None:
    letter = receiving.new_template(desk, COMMUNE.identity, YEAR, "thu@2024", TODAY)
    path = tmp_path / "phiếu.zip"
    path.write_bytes(package.letter_bytes(replace(letter, template=write_template(_template(kind)))))
    taken = receiving.take_letter(unit, path, NOW)
    assert taken.verdict == "taken"
    assert taken.letter is not None
    assert template_library.is_here(_template(kind)) == (kind == "older")
    assert {one.reference for one in template_library.known()} == {"thu@2022", "thu@2024"}
    brought = receiving.template_of(taken.letter)
    assert brought.given == (kind != "older")
    forget()
    assert template_library.template(_template(kind).reference) == _template(kind)


@KINDS
def test_r16_in_the_data_file(tmp_path: Path, unit: DataFile, kind: str) -> None:
    template = _template(kind)
    report = _report(template.reference)
    ref = unit.add_report(report)
    if kind == "older":
        workspace = Workspace.open(unit, ref)
        assert workspace.form.fields["hoa_giai.tiep_nhan"].label == "Tiếp nhận 2022"
        return
    with pytest.raises(Refusal, match=template.reference):
        Workspace.open(unit, ref)
    assert unit.report(ref) == report
    (tmp_path / "mẫu.json").write_bytes(write_template(template))
    template_library.add(tmp_path / "mẫu.json")
    forget()
    assert Workspace.open(unit, ref).report() == report
