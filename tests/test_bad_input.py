"""What is missing, damaged or hostile is named in one sentence with the remedy, and nothing is overwritten."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dcs_desktop import cli, package, paths, template_library
from dcs_desktop.core.template_file import read_template, write_template
from dcs_desktop.sample import commune_reports
from dcs_desktop.store import open_file
from dcs_desktop.store.statements import VERSION
from tests.package import test_hostile as hostile

REPORT = ("--unit", "31426", "--period", "2024")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run a verb on the test's own data file: status, stdout, stderr."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        capsys.readouterr()
        status = cli.run(
            ["--data", str(tmp_path / "dcs.sqlite"), *map(str, arguments)], lambda _data, _file, _test: 0
        )
        return status, *capsys.readouterr()

    return run


def _newer(path: Path) -> None:
    raw = sqlite3.connect(path)
    raw.execute(f"PRAGMA user_version = {VERSION + 1}")
    raw.close()


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5000])


HARM: list[tuple[Callable[[Path], Any], str]] = [
    (Path.unlink, "Không có tệp dữ liệu"),
    (lambda path: path.write_bytes(b""), "rỗng"),
    (lambda path: path.write_bytes(b"PK\x03\x04" * 500), "không phải là tệp dữ liệu"),
    (_newer, "mới hơn"),
    (_cut, "bị hỏng"),
]
VERBS = [
    ("show", *REPORT),
    ("check", *REPORT),
    ("export", *REPORT, "-o", "."),
    ("status", "--period", "2024"),
    ("import", "."),
]


@pytest.mark.parametrize(("harm", "sentence"), HARM)
def test_every_verb_refuses_a_data_file_that_is_not_whole(
    run: Run, tmp_path: Path, harm: Callable[[Path], Any], sentence: str
) -> None:
    run("new", *REPORT)
    data = tmp_path / "dcs.sqlite"
    harm(data)
    before = data.read_bytes() if data.exists() else None
    for verb in VERBS:
        status, out, err = run(*verb)
        assert (status, out, err.count("\n")) == (2, "", 1), verb
        assert sentence in err
        assert "dcs.sqlite" in err
    assert (data.read_bytes() if data.exists() else None) == before
    if before is not None:
        assert run("new", *REPORT)[0] == 2, "and nothing new is begun over it"
        assert data.read_bytes() == before


def test_a_file_that_a_window_holds_is_read_and_not_written(run: Run, tmp_path: Path) -> None:
    run("new", *REPORT)
    held = open_file(tmp_path / "dcs.sqlite")
    try:
        assert run("show", *REPORT)[0] == 0
        assert run("check", *REPORT)[0] == 0
        status, out, err = run("export", *REPORT, "-o", tmp_path)
        assert (status, out) == (2, "")
        assert "đang được mở" in err
    finally:
        held.close()
    assert not list(tmp_path.glob("*.zip"))


BROKEN_PARTS = [
    ("templates/dcs-2024.toml", ("show", *REPORT)),
    ("templates/dcs-2024.toml", ("new", "--unit", "31399", "--period", "2024")),
    ("units/GSO-2024.csv", ("show", *REPORT)),
    ("units/lists.toml", ("units", "--search", "an")),
    ("layouts/state.toml", ("report", *REPORT, "-o", "x.pdf")),
    ("fonts/LiberationSerif-Bold.ttf", ("report", *REPORT, "-o", "x.pdf")),
]
# As PyInstaller's bundle finds its own files.
BUNDLED = (
    "import sys; sys._MEIPASS = sys.argv.pop(1); from dcs_desktop.__main__ import main; sys.exit(main())"
)


@pytest.mark.parametrize(("part", "verb"), BROKEN_PARTS)
@pytest.mark.parametrize("damaged", [False, True], ids=["missing", "damaged"])
def test_a_broken_part_of_the_program_is_named(
    run: Run, tmp_path: Path, part: str, verb: tuple[str, ...], damaged: bool
) -> None:
    run("new", *REPORT)
    data = tmp_path / "dcs.sqlite"
    before = data.read_bytes()
    shipped = tmp_path / "shipped" / "resources"
    shutil.copytree(paths.resources_dir(), shipped)
    if damaged:
        (shipped / part).write_bytes((shipped / part).read_bytes()[: (shipped / part).stat().st_size // 3])
    else:
        (shipped / part).unlink()
    ran = _bundled(tmp_path, "--data", data, *verb)
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (2, "", 1), ran.stderr
    assert {Path(part).stem, "dcs@2024"} & set(re.findall(r"[\w@-]+", ran.stderr))
    assert "Hãy " in ran.stderr
    assert data.read_bytes() == before
    assert not (tmp_path / "x.pdf").exists()


def _bundled(folder: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", BUNDLED, str(folder / "shipped"), *map(str, arguments)]
    source = str(Path(cli.__file__).parents[2])
    return subprocess.run(
        command,
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        env={**os.environ, "PYTHONPATH": source},
        check=False,
    )


def _hostile_files() -> dict[str, bytes]:
    template = template_library.template("dcs@2024")
    whole = package.write(_folder(), commune_reports()[0], template).path.read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 1
    return {
        "cut.zip": whole[:-200],
        "altered.zip": bytes(flipped),
        "bomb.zip": hostile._lying_size(),
        "many.zip": hostile._many_entries(),
        "million.zip": hostile._million_entries_claimed(),
        "path.zip": hostile._with("../../evil.csv", b"x"),
        "text.zip": b"no package",
        "empty.zip": b"",
    }


def _folder() -> Path:
    folder = Path(os.environ["DCS_DESKTOP_HOME"]) / "made"
    folder.mkdir(exist_ok=True)
    return folder


REFUSED = {"damaged", "altered", "hostile", "not_a_package"}


def test_hostile_packages_leave_no_trace_in_the_data(run: Run, tmp_path: Path) -> None:
    run("setup", "--unit", "934@GSO-2024", "--period", "2024", "--training")
    data = tmp_path / "dcs.sqlite"
    before = data.read_bytes()
    for name, content in _hostile_files().items():
        path = tmp_path / name
        path.write_bytes(content)
        begun = time.monotonic()
        status, out, _err = run("import", path, "--json")
        assert time.monotonic() - begun < 1, name
        assert status == 1
        assert json.loads(out)[0]["verdict"] in REFUSED, name
    assert data.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([*_hostile_files(), "backups", "dcs.sqlite"])


def test_a_package_of_an_unknown_template_is_kept_apart_and_never_totalled(run: Run, tmp_path: Path) -> None:
    shipped = template_library.template("dcs@2024")
    said = json.loads(write_template(shipped))
    said["template"]["version"] = "2019"
    other = read_template(json.dumps(said).encode(), "x.json", lambda _reference: None)
    assert other.reference == "dcs@2019"
    report = commune_reports()[0]
    report = replace(report, identity=replace(report.identity, template=other.reference))
    written = package.write(tmp_path, report, other)
    run("setup", "--unit", "934@GSO-2024", "--period", "2024", "--training")
    status, out, _err = run("import", written.path, "--json")
    assert (status, json.loads(out)[0]["verdict"]) == (1, "template_unknown")
    _status, out, _err = run("totals", "--period", "2024", "--json")
    assert {total["covered"] for total in json.loads(out).values()} == {0}
    file = open_file(tmp_path / "dcs.sqlite", read_only=True)
    assert [one.verdict for one in file.received()] == ["template_unknown"]
    assert file.received_bytes(written.digest) == written.path.read_bytes()
    file.close()


NO_JSON = {
    "": "JSON",
    "[1]": "đối tượng",
    "{": "JSON",
    '{"figures": null}': "figures",
    '{"figures": {"dan_cu.ho": 1e99999999999999999999}}': "JSON",
    '{"figures": ' + "[" * 100_000 + "]" * 100_000 + "}": "JSON",
    '{"narratives": {"I.a": "\\ud800"}}': "JSON",
    " " * 20_000_001: "lớn quá",
}


@pytest.mark.parametrize("text", NO_JSON, ids=range(len(NO_JSON)))
def test_what_is_no_json_is_refused_and_nothing_is_set(run: Run, tmp_path: Path, text: str) -> None:
    run("new", *REPORT)
    before = run("show", *REPORT, "--json")
    path = tmp_path / "in.json"
    path.write_text(text, "utf-8")
    status, out, err = run("fill", *REPORT, path)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert NO_JSON[text] in err
    assert run("show", *REPORT, "--json") == before


FAULTY: list[tuple[str, dict[str, Any]]] = [  # Any: JSON of every shape
    ("dan_cu.ho", {"figures": {"dan_cu.ho": "1.64"}}),
    ("dan_cu.ho", {"figures": {"dan_cu.ho": -3}}),
    ("dan_cu.ho", {"figures": {"dan_cu.ho": 1.5}}),
    ("dan_cu.ho", {"figures": {"dan_cu.ho": 10**60}}),
    ("dan_cu.ho", {"figures": {"dan_cu.ho": [1]}}),
    ("dan_cu.ho", {"figures": {"dan_cu.ho": {"value": {"value": 1}}}}),
    ("dan_cu.ho", {"figures": {"dan_cu.ho": {"state": "many"}}}),
    ("dan_cu.ho", {"figures": {"dan_cu.ho": {"state": [1]}}}),
    ("dan_cu.ho", {"figures": {"dan_cu.ho": True}}),
    ("y_kien.tu_ngay", {"figures": {"y_kien.tu_ngay": "2024-02-31"}}),
    ("cong_khai.hinh_thuc", {"figures": {"cong_khai.hinh_thuc": "khác hẳn"}}),
    ("nix", {"figures": {"nix": 1}}),
    ("nix", {"narratives": {"nix": "x"}}),
    ("I.a", {"narratives": {"I.a": {"x": 1}}}),
    ("I.a", {"narratives": {"I.a": "x" * 10_000_000}}),
    ("nix", {"tables": {"nix": []}}),
    ("van_ban", {"tables": {"van_ban": [1]}}),
    ("van_ban", {"tables": {"van_ban": [{}] * 10_000}}),
    ("van_ban/r1/nix", {"tables": {"van_ban": [{"nix": 1}]}}),
    ("figure", {"figure": {"dan_cu.ho": 1}}),
]


@pytest.mark.parametrize(("key", "said"), FAULTY, ids=range(len(FAULTY)))
def test_what_cannot_be_set_is_told_by_its_key_and_never_stored_as_something_else(
    run: Run, tmp_path: Path, key: str, said: dict[str, Any]
) -> None:
    run("new", *REPORT)
    path = tmp_path / "in.json"
    path.write_text(json.dumps(said), "utf-8")
    status, out, err = run("fill", *REPORT, path, "--json")
    assert (status, err) == (1, "")
    faults = json.loads(out)["faults"]
    assert [fault["key"] for fault in faults] == [key]
    assert faults[0]["message"].endswith((".", "?"))
    shown = json.loads(run("show", *REPORT, "--json")[1])
    assert shown["figures"]["dan_cu.ho"]["value"] is None
    assert shown["narratives"]["I.a"] == ""
