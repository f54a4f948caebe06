"""What the program is made of: locked by digest, under licences that allow shipping, every part named in the bill."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tools import audit, bill

ROOT = Path(__file__).resolve().parent.parent


def test_every_package_is_locked_by_digest() -> None:
    locked = bill.digests()
    assert len(locked) > 90
    assert all(re.fullmatch("[0-9a-f]{64}", one) for digests in locked.values() for one in digests)
    assert all(locked.values())
    assert {"colorama", "pefile", "pywin32-ctypes"} <= audit.locked().keys(), (
        "what Windows wants is locked too"
    )
    assert {one.name for one in bill.parts() if not one.digests} == set()


def test_what_is_installed_is_what_is_locked() -> None:
    assert audit.differing(audit.locked()) == []


def test_every_licence_allows_shipping_and_stands_in_the_table() -> None:
    assert [f"{one.name}: {one.licence}" for one in bill.parts() if not one.accepted] == []
    said = (ROOT / "docs" / "licences.md").read_text("utf-8")
    assert bill.table() in said, "python -m tools.bill prints the table"


def test_a_licence_that_does_not_allow_shipping_is_seen() -> None:
    assert not bill.Part("x", "1", "GPL-3.0-only", ()).accepted
    assert not bill.Part("x", "1", "", ()).accepted
    assert bill.Part("x", "1", "GPL-3.0-only OR LGPL-3.0-only", ()).accepted


def test_the_bill_names_packages_and_library_files(tmp_path: Path) -> None:
    (tmp_path / "_internal").mkdir()
    (tmp_path / "_internal" / "libthu.so.1").write_bytes(b"x")
    bill.write(tmp_path)
    said = json.loads((tmp_path / bill.BILL).read_text("utf-8"))
    parts = {one["name"]: one for one in said["components"]}
    assert {one.name for one in bill.parts()} | {"cpython", "_internal/libthu.so.1"} == parts.keys()
    assert parts["reportlab"]["purl"].startswith("pkg:pypi/reportlab@")
    assert parts["_internal/libthu.so.1"]["hashes"][0]["content"].startswith("2d711642")
    for one in bill.parts():
        assert any((tmp_path / bill.TEXTS / one.name).iterdir())
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (
        tmp_path / bill.TEXTS / "pyside6-essentials" / "LGPL-3.0.txt"
    ).read_text("utf-8")


def test_a_package_that_nobody_named_is_seen(tmp_path: Path) -> None:
    contents = tmp_path / "PYZ-00.toc"
    contents.write_text(
        repr(("PYZ", [("reportlab.lib", "", "PYMODULE"), ("pytest", "", "PYMODULE")])), "utf-8"
    )
    assert bill.unlisted(contents) == {"pytest"}


def advisory(**affected: Any) -> dict[str, Any]:  # Any: JSON
    return {"id": "A-1", "affected": [{"package": {"ecosystem": "PyPI", "name": "Thu_Goi"}, **affected}]}


@pytest.mark.parametrize(
    ("affected", "found"),
    [
        ({"versions": ["1.5"]}, True),
        ({"versions": ["1.4"]}, False),
        ({"ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}]}, True),
        ({"ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.5"}]}]}, False),
        ({"ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "1.4"}, {"fixed": "1.10"}]}]}, True),
        (
            {"ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"last_affected": "1.5"}]}]},
            True,
        ),
        (
            {"ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"last_affected": "1.4"}]}]},
            False,
        ),
        ({"ranges": [{"type": "GIT", "events": [{"introduced": "0"}]}]}, False),
    ],
)
def test_an_advisory_is_held_against_the_locked_version(affected: dict[str, Any], found: bool) -> None:
    assert bool([*audit.hit(advisory(**affected), {"thu-goi": "1.5"})]) is found
    assert [*audit.hit({**advisory(**affected), "withdrawn": "2026"}, {"thu-goi": "1.5"})] == []


def test_an_export_of_advisories_is_read_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = sorted(audit.locked())[0]
    wrong = {"id": "A-2", "affected": [{"package": {"ecosystem": "PyPI", "name": name}, "ranges": [
        {"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}]}]}  # fmt: skip
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("A-1.json", json.dumps(advisory(versions=["1"])))
        archive.writestr("A-2.json", json.dumps(wrong))
    assert audit.main([str(tmp_path / "all.zip")]) == 1
    said = capsys.readouterr().out
    assert f"{name} " in said
    assert "2 advisories, 1 found" in said
