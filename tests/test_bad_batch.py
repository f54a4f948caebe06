"""Broken files among good ones: each is named, the rest is not affected, the totals are those without them (R13 to R17)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from dcs_desktop import package, receiving, sample, template_library
from dcs_desktop.core.report import Report, UnitName
from dcs_desktop.core.setup import ExpectedUnit
from dcs_desktop.core.values import given
from dcs_desktop.store import open_file

TODAY = date(2024, 12, 9)
KEY = "dan_cu.ho"
RIVAL = UnitName("99999", "GSO-2024", "Xã hai gói", "xã")
STRANGER = UnitName("99998", "GSO-2024", "Xã nơi khác", "xã")


@cache
def _commune() -> Report:
    return sample.commune_reports()[0]


def _of(number: int) -> Report:
    """The report of a unit of this number; some have numbers and texts as large as there can be."""
    identity = replace(_commune().identity, unit=UnitName(f"{number:05}", "GSO-2024", f"Xã {number}", "xã"))
    answers = _commune().answers.with_value(KEY, given(10**18 if number == 3 else number + 1))
    if number == 5:
        answers = answers.with_value("I.a", given("Nội dung rất dài. " * 55_000))
    return Report(identity, answers, _commune().letterhead)


def _written(folder: Path, report: Report) -> bytes:
    template = template_library.template(report.identity.template)
    return package.write(folder, report, template).path.read_bytes()


def _with_unit(unit: UnitName, said: int = 7) -> Report:
    identity = replace(_commune().identity, unit=unit)
    return Report(identity, _commune().answers.with_value(KEY, given(said)), _commune().letterhead)


def _zipped(entries: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return made.getvalue()


def _altered(data: bytes) -> bytes:
    """A figure changed by somebody who knows zips but not the digests."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    return _zipped({**entries, "figures.csv": entries["figures.csv"].replace(b",number,", b",number,1", 1)})


def _flipped(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 0x10]) + data[middle + 1 :]


def _broken(folder: Path, good: bytes) -> list[tuple[Callable[[int], bytes], set[str]]]:
    """Ways to be broken: the bytes of the n-th file of the kind, and what may be said of it."""
    receiver = replace(_commune().identity, receiver=STRANGER)
    wrong = _written(folder / "a", replace(_commune(), identity=receiver))
    strange = _written(folder / "b", _with_unit(STRANGER))
    rivals = [_written(folder / f"c{said}", _with_unit(RIVAL, said)) for said in (1, 2)]
    bomb = _zipped({"datapackage.json": b"{}", "figures.csv": b"0" * 20_000_000})
    return [
        (lambda n: good[: -1 - 90 * n % (len(good) - 200)], {"damaged"}),
        (lambda _n: _flipped(good), {"damaged"}),
        (lambda _n: _altered(good), {"altered"}),
        (lambda _n: bomb, {"hostile"}),
        (lambda n: b"%PDF-1.7" + bytes(n), {"not_a_package"}),
        (lambda n: f"thư số {n}".encode(), {"not_a_package"}),
        (lambda _n: b"", {"damaged"}),
        (lambda _n: _zipped({"word/document.xml": b"<w/>"}), {"not_a_package"}),
        (lambda _n: wrong, {"wrong_receiver", "already_here"}),
        (lambda _n: strange, {"unexpected_unit", "already_here"}),
        (lambda n: rivals[n % 2], {"conflict", "already_here"}),
    ]


@pytest.mark.parametrize(("good", "broken"), [(9, 22), pytest.param(3_321, 1_000, marks=pytest.mark.soak)])
def test_broken_files_change_nothing_for_the_others(tmp_path: Path, good: int, broken: int) -> None:
    paths = [tmp_path / "mail" / f"{number:05}.zip" for number in range(good + broken)]
    paths[0].parent.mkdir()
    reports = [_of(number) for number in range(good)]
    for path, report in zip(paths, reports, strict=False):
        path.write_bytes(_written(tmp_path / path.stem, report))
    ways = _broken(tmp_path, paths[0].read_bytes())
    said = {}
    for number, path in enumerate(paths[good:]):
        make, verdicts = ways[number % len(ways)]
        path.write_bytes(make(number // len(ways)))
        said[str(path)] = verdicts
    units = tuple(ExpectedUnit(unit) for unit in (*(r.identity.unit for r in reports), RIVAL))
    totals: list[object] = []
    # Good and broken ones mixed, then the good ones alone.
    for files in (sorted(paths, key=lambda path: (int(path.stem) * 7919 % 101, path)), paths[:good]):
        file = open_file(tmp_path / f"{len(totals)}.sqlite", create=True)
        file.save_setup(replace(sample.setup_of(sample.district_report()), expected=units))
        for verdict in receiving.import_paths(file, files, TODAY):
            if verdict.file in said:
                assert verdict.verdict in said[verdict.file], verdict
                assert len(verdict.reason) > 20
            else:
                assert verdict.verdict == "accepted_with_warnings", verdict
        found = receiving.totals(file, _commune().identity.period)
        totals.append([(key, total, total.parts) for key, total in found.totals.items()])
        assert found.totals[KEY].value.number == sum(range(1, good + 1)) - 4 + 10**18
        file.close()
    assert totals[0] == totals[1]
