"""Names of files: marks composed or not, spaces, emoji, device names, long paths work, or it is said why (R20)."""

from __future__ import annotations

import os
import unicodedata
from datetime import UTC, date, datetime
from pathlib import Path, PureWindowsPath

import pytest

from dcs_desktop import backups, files, receiving, restoring, safety_copies
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.exporting import export_report
from dcs_desktop.store import open_file
from dcs_desktop.workspace import Workspace
from tests.ui.shell_data import DISTRICT, unit_file, with_report

NOW = datetime(2024, 12, 9, 8, 0, tzinfo=UTC)
SAID = "Hồ sơ dân chủ cơ sở"
NAMES = {
    "composed": unicodedata.normalize("NFC", SAID),
    "decomposed": unicodedata.normalize("NFD", SAID),
    "spaces": "  hai   khoảng  trắng ",
    "emoji": "📁 năm 2024 👩‍🌾",
    "signs": "%41 #1 & 'báo cáo' (1) [a]",
    "device": "CON",
    "device with ending": "aux.txt",
    "dots": "tên.có.chấm.",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_r20_a_folder_and_a_data_file_of_any_name_go_the_whole_way(tmp_path: Path, name: str) -> None:
    if os.name == "nt" and PureWindowsPath(name).is_reserved():
        pytest.skip("Windows keeps this name for a device: see below")
    folder = tmp_path / name
    folder.mkdir()
    data = with_report(unit_file(folder / f"{name}.sqlite"))
    _whole_way(data, folder / f"gói {name}")


@pytest.mark.skipif(os.name == "nt", reason="Windows has shorter paths")
def test_r20_a_path_of_more_than_300_characters_goes_the_whole_way(tmp_path: Path) -> None:
    folder = tmp_path / ("Báo cáo dân chủ " * 8).strip() / ("năm 2024 " * 12).strip() / ("xã " * 20).strip()
    folder.mkdir(parents=True)
    data = with_report(unit_file(folder / "dữ liệu.sqlite"))
    assert len(str(data)) > 300
    _whole_way(data, folder / "gói")


def _whole_way(data: Path, packages: Path) -> None:
    """Exported, kept safe, backed up, restored, taken in at a desk beside it."""
    file = open_file(data)
    workspace = Workspace.open(file, 1)
    exported = export_report(workspace, packages, NOW)
    assert exported.path.name.isascii()
    report = workspace.report()
    safe = safety_copies.write(data, report, workspace._templates(report.identity.template), exported.digest)
    assert safe.name.isascii()
    file.close()
    made = backups.make(data, backups.Why.ASKED, NOW)
    assert [one.path for one in backups.backups_of(data)] == [made.path]
    restoring.restore(data, made.path, NOW)
    again = open_file(data)
    assert again.report(1) == report
    again.close()
    desk = open_file(unit_file(data.with_name("bàn nhận.sqlite"), DISTRICT))
    found = receiving.import_paths(desk, [packages], date(2024, 12, 9))
    assert [one.verdict for one in found] == ["accepted_with_warnings"]
    desk.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows names another reason")
def test_r20_a_name_that_the_disk_does_not_take_is_refused_with_the_reason(tmp_path: Path) -> None:
    data = with_report(unit_file(tmp_path / "xã.sqlite"))
    long = tmp_path / ("dài" * 100)
    file = open_file(data)
    with pytest.raises(Refusal, match="tên quá dài"):
        export_report(Workspace.open(file, 1), long, NOW)
    file.close()
    with pytest.raises(Refusal, match="tên quá dài"):
        backups.write(data, long.with_suffix(".sqlite"))
    with pytest.raises(Refusal) as refused:
        open_file(long.with_suffix(".sqlite"), create=True)
    assert "dài" in refused.value.sentence
    assert data.exists()


@pytest.mark.parametrize("name", ["CON", "nul.txt", "com1", "LPT9.zip", "aux.sqlite", "conin$"])
def test_r20_what_windows_takes_for_a_device_is_refused_there_and_nothing_is_written(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = with_report(unit_file(tmp_path / "xã.sqlite"))
    with monkeypatch.context() as patched:
        patched.setattr("dcs_desktop.files.sys.platform", "win32")
        with pytest.raises(files.DeviceName) as refused:
            files.write_beside_then_replace(tmp_path / name, b"")
        assert "Windows" in files.reason(refused.value)
        for verb in (
            lambda: open_file(tmp_path / name, create=True),
            lambda: backups.write(data, tmp_path / name),
        ):
            with pytest.raises(Refusal, match="Windows"):
                verb()
        files.refuse_device(Path("C:/báo cáo/CONG.txt"))
        files.refuse_device(Path("C:/báo cáo/xã Cồn.sqlite"))
    assert [path.name for path in tmp_path.iterdir()] == ["xã.sqlite"]
    files.refuse_device(tmp_path / name)
