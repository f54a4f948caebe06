"""Totals that are kept are those that a full recount gives, whatever came; damage of them is mended from the packages."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dcs_desktop import package, receiving, sample, template_library
from dcs_desktop.core.combine import Totals
from dcs_desktop.core.digest import content_digest
from dcs_desktop.core.report import Report
from dcs_desktop.core.setup import Setup
from dcs_desktop.core.values import BLANK, NONE, NOT_APPLICABLE, Value, pending
from dcs_desktop.core.values import given as number
from dcs_desktop.store import DataFile, open_file

TODAY = date(2024, 12, 9)
UNITS = 5
KEYS = ("dan_cu.thon", "hoa_giai.thanh", "hoa_giai.dua_ra")
VALUES: tuple[Value, ...] = (
    BLANK, NONE, NOT_APPLICABLE, pending("chờ"), number(7), number(10**18),
)  # fmt: skip


@cache
def _communes() -> tuple[Report, ...]:
    return sample.commune_reports()[:UNITS]


@cache
def _setup() -> Setup:
    setup = sample.setup_of(sample.district_report())
    units = {report.identity.unit.identity for report in _communes()}
    return replace(setup, expected=tuple(one for one in setup.expected if one.unit.identity in units))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DataFile]:
    """A district's data file that awaits some communes."""
    file = open_file(tmp_path / "huyện.sqlite", create=True)
    file.save_setup(_setup())
    yield file
    file.close()


def _packed(folder: Path, report: Report) -> Path:
    place = folder / content_digest(report)[:12]
    return package.write(place, report, template_library.template(report.identity.template)).path


def _told(found: Totals) -> list[object]:
    """Everything that totals say."""
    return [(t, t.parts, t.extremes, t.disagreement, list(found.totals)) for t in found.totals.values()] + [
        found.tables
    ]


def _same(file: DataFile) -> None:
    """What is kept is asked for twice: as it was just counted, and as it was kept."""
    period = _communes()[0].identity.period
    recounted = receiving.recounted(file, period)
    assert _told(receiving.totals(file, period)) == _told(recounted)
    assert file.kept_totals(period).rests_on
    assert _told(receiving.totals(file, period)) == _told(recounted)


STEPS = st.one_of(
    st.tuples(st.just("file"), st.integers(0, UNITS - 1), st.sampled_from(KEYS), st.sampled_from(VALUES)),
    st.tuples(st.just("await"), st.integers(0, UNITS - 1), st.just(""), st.just(BLANK)),
)


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, min_size=1, max_size=5))
def test_kept_totals_are_those_of_a_recount(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, str, Value]]
) -> None:
    folder = tmp_path_factory.mktemp("d")
    file = open_file(folder / "d.sqlite", create=True)
    file.save_setup(_setup())
    last: dict[int, Report] = {}
    for what, at, key, value in steps:
        if what == "file":
            report = _next(last.get(at), _communes()[at])
            last[at] = replace(report, answers=report.answers.with_value(key, value))
            receiving.import_paths(file, [_packed(folder, last[at])], TODAY)
        else:
            _turn(file, at)
        _same(file)
    file.close()


def _next(last: Report | None, first: Report) -> Report:
    """The original, or the amendment of what came last."""
    if last is None:
        return first
    identity = replace(last.identity, revision=last.identity.revision + 1, parent=content_digest(last))
    return replace(last, identity=identity)


def _turn(file: DataFile, at: int) -> None:
    """Await a unit no longer, or again."""
    setup = file.setup()
    assert setup is not None
    expected = list(setup.expected)
    expected[at] = replace(expected[at], awaited=not expected[at].awaited)
    file.save_setup(replace(setup, expected=tuple(expected)))


def _filled(desk: DataFile, folder: Path) -> None:
    paths = [_packed(folder, report) for report in _communes()[:3]]
    assert {one.verdict for one in receiving.import_paths(desk, paths, TODAY)} <= receiving.TAKEN


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        ("UPDATE kept_total SET said = replace(said, '1', '2')", "tính lại từ các gói"),
        ("DELETE FROM kept_total WHERE key = 'dan_cu.thon'", "tính lại từ các gói"),
        ("UPDATE kept_total SET parts = x'00'", ""),
        (
            "UPDATE counted SET content = replace(content, '1', '2'); DELETE FROM kept_total",
            "đọc lại từ chính",
        ),
        ("DELETE FROM counted; DELETE FROM kept_total", ""),
    ],
)
def test_damage_of_what_is_kept_is_mended_from_the_packages(
    desk: DataFile, tmp_path: Path, harm: str, sentence: str
) -> None:
    """The last case is a file of an older program, which kept nothing of this."""
    _filled(desk, tmp_path)
    period = _communes()[0].identity.period
    right = _told(receiving.recounted(desk, period))
    raw = sqlite3.connect(desk.path)
    raw.executescript(harm)
    raw.close()
    told: list[str] = []
    assert _told(receiving.totals(desk, period, told.append)) == right
    assert [bool(sentence)] * bool(sentence) == [sentence in one for one in told]
    again: list[str] = []
    assert _told(receiving.totals(desk, period, again.append)) == right
    assert again == []


def test_processes_and_order_change_nothing(tmp_path: Path) -> None:
    """The same rows in the data file, however many processes look at what came."""
    first = _communes()[0]
    reports = [replace(first, answers=first.answers.with_value(KEYS[0], number(n))) for n in range(1, 76)]
    paths = [_packed(tmp_path, report) for report in reports]
    broken = tmp_path / "cụt.zip"
    broken.write_bytes(paths[0].read_bytes()[:700])
    paths.insert(60, broken)
    rows = []
    for count in (1, 2):
        file = open_file(tmp_path / f"{count}.sqlite", create=True)
        file.save_setup(_setup())
        verdicts = receiving.import_paths(file, paths, TODAY, processes=count)
        raw = sqlite3.connect(file.path)
        said = [
            raw.execute(f"SELECT * FROM {table}").fetchall()
            for table in ("received", "counted", "kept_total")
        ]
        raw.close()
        file.close()
        rows.append((verdicts, said))
    assert rows[0] == rows[1]
    assert rows[0][0][60].verdict == "damaged"


def test_where_no_process_can_be_had_all_is_looked_at_here(
    desk: DataFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_said: object) -> None:
        raise OSError("no more processes")

    path = _packed(tmp_path, _communes()[0])
    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor.submit", refuse)
    verdicts = receiving.import_paths(desk, [path] * 70, TODAY, processes=2)
    assert [one.verdict for one in verdicts[1:]] == ["already_here"] * 69
    assert len(desk.received()) == 1
