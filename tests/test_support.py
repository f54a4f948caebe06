"""R28: what a helper may see holds no figure, text, name or path, in whatever encoding, and says what is needed."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from dcs_desktop import cli, starting, support
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Letterhead
from dcs_desktop.paths import data_dir
from dcs_desktop.store import open_file
from dcs_desktop.workspace import Workspace, new_report

YEAR = Period.parse("2024")
FIGURE, WORDS, NAME, NOTE = "48213", "Bí mật trong bài viết", "Trần Thị Ký Tên", "ghi chú kín"
SECRETS = (FIGURE, WORDS, NAME, NOTE, "Phương Bình", "31426", "nguyenvana", "mat.vn")


@pytest.fixture
def data(tmp_path: Path, own_home: Path) -> Path:
    """A data file full of what nobody else may see, in a folder with the user's name."""
    folder = tmp_path / "nguyenvana" / "Tài liệu"
    folder.mkdir(parents=True)
    file = open_file(folder / "dữ liệu Phương Bình.sqlite", create=True)
    setup = starting.proposed_setup(starting.unit_of("31426", YEAR), YEAR)
    file.save_setup(setup)
    workspace = Workspace.open(file, new_report(file, setup, YEAR, "dcs@2024"))
    workspace.enter("dan_cu.ho", FIGURE)
    workspace.write("I.a", WORDS)
    workspace.set_note("dan_cu.ho", NOTE)
    workspace.set_letterhead(Letterhead(signatory=NAME))
    workspace.close()
    file.close()
    own_home.mkdir(exist_ok=True)
    (own_home / "settings.json").write_text(
        json.dumps(
            {"language": "vi", "theme": "dark", "text_size": 125, "folder": str(folder), "second": NAME}
        ),
        "utf-8",
    )
    log = (
        f'  File "{folder}/dcs_desktop/ui/entry.py", line 12, in enter\n    raise ValueError("{WORDS}")\n'
        f'  File "{folder.parent}/thu.py", line 3, in {FIGURE}\nValueError: {WORDS} {FIGURE}\n{NAME}\nValueError\n'
    )
    (own_home / support.ERRORS).write_text(log, "utf-8")
    (own_home / support.CRASH).write_text("Fatal Python error: Segmentation fault\n" + log, "utf-8")
    return folder / "dữ liệu Phương Bình.sqlite"


def test_r28_nothing_of_the_reports_nor_of_the_machines_paths_is_in_the_bundle(data: Path) -> None:
    made = support.bundle(data)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        whole = b"\n".join([made, *(archive.read(name) for name in archive.namelist())])
        names = archive.namelist()
    assert names == ["about.json", "errors.log", "crash.log"]
    for secret in SECRETS:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            assert secret.encode(encoding) not in whole, secret
        assert json.dumps(secret).strip('"').encode() not in whole, secret


def test_r28_it_says_what_a_helper_asks_first(data: Path) -> None:
    said = support.told(data, [{"width": 1366, "height": 768, "scale": 1.0}])
    assert said["data"]["whole"] is True
    assert said["data"]["counts"]["report"] == 1
    assert said["data"]["counts"]["answer"] >= 2
    assert said["settings"] == {"language": "vi", "theme": "dark", "text_size": 125}
    assert said["templates"][0].startswith("dcs@")
    log = support.log_of(data_dir() / support.ERRORS)
    assert 'File "dcs_desktop/ui/entry.py", line 12, in enter' in log
    assert log.splitlines()[-1] == "ValueError"


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00" + b"\xff" * 5000, b"\x00" * 100])
def test_r28_a_damaged_data_file_is_told_and_no_hindrance(
    tmp_path: Path, own_home: Path, content: bytes
) -> None:
    path = tmp_path / "hỏng.sqlite"
    path.write_bytes(content)
    said = support.told(path)["data"]
    assert said["size"] == len(content)
    assert said.get("trouble", "") or said["whole"] is True
    assert support.told(tmp_path / "không có.sqlite")["data"]["there"] is False


def test_r28_the_verb_writes_it_and_overwrites_nothing(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "ho-tro.zip"
    command = ["--data", str(data), "support", str(target)]
    assert cli.run(command, lambda *_said: 9) == 0
    assert zipfile.is_zipfile(target)
    before = target.read_bytes()
    assert cli.run(command, lambda *_said: 9) == 2
    assert target.read_bytes() == before
