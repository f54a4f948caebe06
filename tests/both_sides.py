"""A commune and the district that it reports to, each with a data file of its own: packages go up, letters come back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from dcs_desktop import receiving
from dcs_desktop.core.letter import Letter, Question
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import UnitName
from dcs_desktop.core.setup import ExpectedUnit, Setup
from dcs_desktop.exporting import export_report
from dcs_desktop.store import DataFile, open_file
from dcs_desktop.workspace import Workspace, new_report
from tests.shipped import shipping

SMALL = Path(__file__).parent / "data" / "templates" / "small.toml"
TODAY = date(2024, 12, 9)
NOW = datetime(2024, 12, 9, 8, tzinfo=UTC)
YEAR = Period.parse("2024")
DISTRICT = UnitName("934", "GSO-2024", "Huyện Phụng Hiệp", "huyện")
PROVINCE = UnitName("93", "GSO-2024", "Tỉnh Hậu Giang", "tỉnh")
COMMUNE = UnitName("31426", "GSO-2024", "Xã Phương Bình", "xã")
OTHER = UnitName("31393", "GSO-2024", "Xã số 31393", "xã")
QUESTIONS = (
    Question("", "Sao tiếp nhận 10 mà thành 9?", "hoa_giai.thanh"),
    Question("", "Tổ nào?", "III.1.e", "nhiều tổ"),
)


@pytest.fixture(autouse=True)
def small_template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The program ships one small template here."""
    with shipping({"thu-2024.toml": SMALL.read_text("utf-8")}, tmp_path, monkeypatch):
        yield


@dataclass
class Both:
    """A commune that has filed its report, and the district that took it in."""

    unit: DataFile
    desk: DataFile
    folder: Path

    def opened(self) -> Workspace:
        """The commune's latest revision."""
        summary = self.unit.latest(COMMUNE.identity, YEAR)
        assert summary is not None
        return Workspace.open(self.unit, summary.ref)

    def filed(self) -> str:
        """The commune exports, the desk takes it in; the verdict."""
        workspace = self.opened()
        path = export_report(workspace, self.folder, NOW).path
        workspace.close()
        (verdict,) = receiving.import_paths(self.desk, [path], TODAY)
        return verdict.verdict

    def sent(self, letter: Letter) -> Path:
        """The file of a letter of the desk."""
        return receiving.send(self.desk, letter, self.folder, NOW)

    def taken(self, path: Path) -> str:
        """What the commune's program says of a file."""
        return receiving.take_letter(self.unit, path, NOW).verdict

    def status(self) -> str:
        """Where the commune stands at the desk."""
        return receiving.status(self.desk, YEAR, TODAY)[0].state

    def asks(self) -> Letter:
        return receiving.correction_request(self.desk, COMMUNE.identity, YEAR, QUESTIONS, TODAY)


@pytest.fixture
def both(tmp_path: Path) -> Iterator[Both]:
    unit = open_file(tmp_path / "xã.sqlite", create=True)
    unit.save_setup(Setup(COMMUNE, DISTRICT, "commune"))
    desk = open_file(tmp_path / "huyện.sqlite", create=True)
    expected = (ExpectedUnit(COMMUNE), ExpectedUnit(OTHER))
    desk.save_setup(Setup(DISTRICT, PROVINCE, "receiving", expected=expected))
    made = Both(unit, desk, tmp_path / "thư")
    setup = unit.setup()
    assert setup is not None
    new_report(unit, setup, YEAR, "thu@2024")
    workspace = made.opened()
    for key, typed in (("hoa_giai.tiep_nhan", "10"), ("hoa_giai.dua_ra", "10"), ("hoa_giai.thanh", "9")):
        workspace.enter(key, typed)
    workspace.write("III.1.e", "Có **nhiều tổ** hòa giải.")
    workspace.close()
    assert made.filed() in ("accepted", "accepted_with_warnings")
    yield made
    unit.close()
    desk.close()


def verb(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, list[dict[str, Any]]]:  # Any: JSON
    """The exit status of a verb, and the JSON documents it prints, as a list."""
    import json

    from dcs_desktop import cli

    status = cli.run([*map(str, words), "--json"], lambda *_said: 9)
    said = json.loads(capsys.readouterr().out)
    return status, said if isinstance(said, list) else [said]
