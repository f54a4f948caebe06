"""The receiving desk on real packages and a real data file: verdicts, order of arrival, status, totals."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dcs_desktop import package, receiving, template_library
from dcs_desktop.core.digest import content_digest
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Answers, Identity, Letterhead, Report, Row, UnitName
from dcs_desktop.core.setup import ExpectedUnit, Setup
from dcs_desktop.core.template import Template
from dcs_desktop.core.template_file import read_template, write_template
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.values import NONE, Coverage, Value
from dcs_desktop.core.values import given as number
from dcs_desktop.store import DataFile, open_file
from tests.shipped import shipping

SMALL = Path(__file__).parent / "data" / "templates" / "small.toml"
# One unit of measure is a named place, which each unit words as it likes.
SOURCE = SMALL.read_text("utf-8").replace(
    '"Số vụ tiếp nhận", unit = "vụ"', '"Số vụ tiếp nhận", unit = "<thon>"'
)

TODAY = date(2024, 12, 9)
YEAR = Period.parse("2024")
DISTRICT = UnitName("934", "GSO-2024", "Huyện Phụng Hiệp", "huyện")
OTHER = UnitName("933", "GSO-2024", "Huyện Châu Thành A", "huyện")
UNITS = [UnitName(code, "GSO-2024", f"Xã số {code}", "xã") for code in ("31393", "31426", "31432")]


@pytest.fixture(autouse=True)
def small_template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Template]:
    """The program ships one small template here."""
    with shipping({"thu-2024.toml": SOURCE}, tmp_path, monkeypatch):
        yield read_template(SOURCE.encode(), "small", lambda _reference: None)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DataFile]:
    """The district's data file, expecting three communes."""
    yield from _desk(tmp_path / "receiving.sqlite")


def _desk(path: Path, **changed: object) -> Iterator[DataFile]:
    file = open_file(path, create=True)
    setup = Setup(DISTRICT, OTHER, "receiving", expected=tuple(map(ExpectedUnit, UNITS)))
    file.save_setup(replace(setup, **changed))  # type: ignore[arg-type]  # fields of Setup by name
    yield file
    file.close()


def _report(unit: UnitName = UNITS[0], thanh: int = 5, **changed: object) -> Report:
    identity = Identity(unit, DISTRICT, YEAR, "commune", "thu@2024")
    identity = replace(identity, **changed)  # type: ignore[arg-type]  # fields of Identity by name
    answers = Answers(
        {
            "hoa_giai.tiep_nhan": number(10),
            "hoa_giai.dua_ra": number(10),
            "hoa_giai.thanh": number(thanh),
            "giam_sat.done": number(3),
            "giam_sat.target": number(2),
            "III.1.e": number("Đã hòa giải {hoa_giai.thanh} vụ."),
        },
        {"mo_hinh": (Row("r1", {"ten": number("Tổ tự quản")}),)},
    )
    return Report(identity, answers, Letterhead(number="12"))


def _packed(folder: Path, template: Template, *reports: Report) -> list[Path]:
    """The packages of reports, each in a folder of its own, as mail programs keep them."""
    paths = []
    for number_, report in enumerate(reports):
        place = folder / f"mail-{number_}"
        place.mkdir(parents=True, exist_ok=True)
        paths.append(package.write(place, report, template).path)
    return paths


def _chain(unit: UnitName, *numbers: int) -> list[Report]:
    """An original and its amendments, each naming what it amends."""
    reports: list[Report] = []
    for revision, thanh in enumerate(numbers):
        parent = content_digest(reports[-1]) if reports else ""
        reports.append(_report(unit, thanh, revision=revision, parent=parent))
    return reports


def _verdicts(file: DataFile, paths: list[Path]) -> list[str]:
    return [verdict.verdict for verdict in receiving.import_paths(file, paths, TODAY)]


def _total(file: DataFile, key: str = "hoa_giai.thanh") -> Value:
    return receiving.totals(file, YEAR).totals[key].value


def test_packages_become_totals_with_coverage_and_parts(
    tmp_path: Path, desk: DataFile, small_template: Template
) -> None:
    paths = _packed(tmp_path, small_template, _report(UNITS[0], 5), _report(UNITS[1], 7))
    assert _verdicts(desk, paths) == ["accepted", "accepted"]
    found = receiving.totals(desk, YEAR)
    assert found.totals["hoa_giai.thanh"].value == Value(
        number(12).state, Decimal(12), coverage=Coverage(2, 3)
    )
    assert found.totals["hoa_giai.ty_le"].value.number == Decimal(60)
    assert found.totals["hoa_giai.tiep_nhan"].value.number == 20
    assert found.form.fields["hoa_giai.tiep_nhan"].type.unit == "ấp"
    assert found.totals["giam_sat.percent"].value.number == Decimal(150)
    assert found.totals["hoa_giai.thanh"].missing == (UNITS[2].identity,)
    assert [(unit, row.cells["ten"].content) for unit, row in found.tables["mo_hinh"].rows] == [
        (UNITS[0].identity, "Tổ tự quản"),
        (UNITS[1].identity, "Tổ tự quản"),
    ]
    told = receiving.parts(desk, YEAR, found.totals["hoa_giai.thanh"])
    assert [(part.unit, str(part.value.number), part.package, part.revision) for part in told] == [
        (UNITS[0].identity, "5", "DCS_31393_2024-nam_CT.zip", 0),
        (UNITS[1].identity, "7", "DCS_31426_2024-nam_CT.zip", 0),
    ]


def test_what_was_taken_in_is_kept_as_it_came(
    tmp_path: Path, desk: DataFile, small_template: Template
) -> None:
    (path,) = _packed(tmp_path, small_template, _report())
    receiving.import_paths(desk, [path], TODAY)
    (kept,) = desk.received(YEAR)
    assert desk.received_bytes(kept.digest) == path.read_bytes()
    assert kept.digest == content_digest(_report())


def test_r18_a_renamed_copy_changes_nothing(tmp_path: Path, desk: DataFile, small_template: Template) -> None:
    (path,) = _packed(tmp_path, small_template, _report())
    copy = path.with_name("DCS_31393_2024-nam_CT (1).zip")
    copy.write_bytes(path.read_bytes())
    assert _verdicts(desk, [path, copy]) == ["accepted", "already_here"]
    assert _total(desk).number == 5


def test_one_bad_file_never_stops_the_others(
    tmp_path: Path, desk: DataFile, small_template: Template
) -> None:
    good = _packed(tmp_path / "in", small_template, _report(UNITS[0]), _report(UNITS[1]))
    (tmp_path / "in" / "cut.zip").write_bytes(good[0].read_bytes()[:-40])
    (tmp_path / "in" / "thư.txt").write_text("Kính gửi", encoding="utf-8")
    told: list[tuple[int, int, str]] = []
    found = receiving.import_paths(
        desk, [tmp_path / "in", tmp_path / "absent.zip"], TODAY, lambda *said: told.append(said)
    )
    assert {Path(one.file).name: one.verdict for one in found} == {
        "cut.zip": "damaged",
        "thư.txt": "not_a_package",
        "absent.zip": "damaged",
        good[0].name: "accepted",
        good[1].name: "accepted",
    }
    assert all(one.reason.endswith(".") for one in found)
    assert [done for done, _of, _name in told] == [0, 1, 2, 3, 4]
    assert len(desk.received()) == 2, "what cannot be read leaves no trace"


def test_cancelled_half_way_keeps_whole_packages(
    tmp_path: Path, desk: DataFile, small_template: Template
) -> None:
    paths = _packed(tmp_path, small_template, *(_report(unit) for unit in UNITS))

    def stop_at_second(done: int, _of: int, _name: str) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        receiving.import_paths(desk, paths, TODAY, stop_at_second)
    assert [one.identity.unit for one in desk.received()] == [UNITS[0]]
    assert _verdicts(desk, paths) == ["already_here", "accepted", "accepted"]


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ({"receiver": OTHER}, "wrong_receiver"),
        ({"unit": UnitName("31340", "GSO-2024", "Thị trấn Bảy Ngàn", "thị trấn")}, "unexpected_unit"),
        ({"unit": replace(UNITS[0], list_id="GSO-2025-07")}, "unexpected_unit"),
        ({"training": True}, "training_mismatch"),
        ({"revision": 1, "parent": "a" * 64}, "waiting"),
    ],
)
def test_r17_what_may_not_be_counted_is_named_and_counted_nowhere(
    tmp_path: Path, desk: DataFile, small_template: Template, changed: dict[str, object], verdict: str
) -> None:
    paths = _packed(tmp_path, small_template, _report(**changed))  # type: ignore[arg-type]  # fields by name
    assert _verdicts(desk, paths) == [verdict]
    assert _total(desk).coverage == Coverage(0, 3)


def test_a_unit_expected_later_counts_at_once(
    tmp_path: Path, desk: DataFile, small_template: Template
) -> None:
    late = UnitName("DN-001", "own:934", "Công ty Mía đường", "doanh nghiệp")
    paths = _packed(tmp_path, small_template, _report(late, 4))
    assert _verdicts(desk, paths) == ["unexpected_unit"]
    setup = desk.setup()
    assert setup is not None
    desk.save_setup(replace(setup, expected=(*setup.expected, ExpectedUnit(late))))
    assert _total(desk) == Value(number(4).state, Decimal(4), coverage=Coverage(1, 4))


def test_amendments_count_in_the_place_of_what_they_amend(
    tmp_path: Path, desk: DataFile, small_template: Template
) -> None:
    original, first, second = _packed(tmp_path, small_template, *_chain(UNITS[0], 5, 6, 8))
    assert _verdicts(desk, [original]) == ["accepted"]
    assert _verdicts(desk, [second]) == ["revision_gap"]
    assert _total(desk).number == 5
    assert _verdicts(desk, [first]) == ["superseded"]
    assert _total(desk).number == 8
    (status, *_rest) = receiving.status(desk, YEAR, TODAY)
    assert (status.revision, status.state) == (2, "received")


def test_a_folder_with_the_amendment_first_is_one_batch(
    tmp_path: Path, desk: DataFile, small_template: Template
) -> None:
    original, amendment = _packed(tmp_path, small_template, *_chain(UNITS[0], 5, 6))
    assert _verdicts(desk, [amendment, original]) == ["accepted", "superseded"]


def test_two_originals_that_differ_count_neither_until_one_is_amended(
    tmp_path: Path, desk: DataFile, small_template: Template
) -> None:
    one, amendment = _chain(UNITS[0], 5, 6)
    first, other, settling = _packed(tmp_path, small_template, one, _report(UNITS[0], 9), amendment)
    assert _verdicts(desk, [first]) == ["accepted"]
    assert _verdicts(desk, [other]) == ["conflict"]
    assert receiving.status(desk, YEAR, TODAY)[0].state == "with_errors"
    assert _total(desk).coverage == Coverage(0, 3)
    assert _verdicts(desk, [settling]) == ["accepted"]
    assert _total(desk).number == 6


def _state(file: DataFile) -> object:
    """All that matters of a desk, whatever the order in which things came."""
    status = [replace(one, received_at=None) for one in receiving.status(file, YEAR, TODAY)]
    return status, receiving.totals(file, YEAR).values(), {one.digest for one in file.received()}


ARRIVALS = ("original", "first", "second", "rival", "original again")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(5)), st.sets(st.integers(0, 4), min_size=1))
def test_r17_any_order_of_arrival_ends_in_the_same_state(
    tmp_path_factory: pytest.TempPathFactory, small_template: Template, order: list[int], kept: set[int]
) -> None:
    folder = tmp_path_factory.mktemp("order")
    chain = _chain(UNITS[0], 5, 6, 8)
    rival = _report(UNITS[0], 7, revision=1, parent=content_digest(chain[0]))
    paths = _packed(folder, small_template, *chain, rival, chain[0])
    states = []
    for turn, places in enumerate((sorted(kept), [place for place in order if place in kept])):
        for file in _desk(folder / f"{turn}.sqlite"):
            for place in places:
                receiving.import_paths(file, [paths[place]], TODAY)
            states.append(_state(file))
    assert states[0] == states[1]


def test_r17_every_order_of_three_revisions(tmp_path: Path, small_template: Template) -> None:
    paths = _packed(tmp_path, small_template, *_chain(UNITS[0], 5, 6, 8))
    for turn, order in enumerate(permutations(paths)):
        for file in _desk(tmp_path / f"{turn}.sqlite"):
            for path in order:
                receiving.import_paths(file, [path], TODAY)
            assert _total(file).number == 8


@pytest.mark.soak
def test_r17_every_order_of_five_packages(
    tmp_path: Path, small_template: Template, sweep: Callable[[str], None]
) -> None:
    chain = _chain(UNITS[0], 5, 6, 8)
    rival = _report(UNITS[0], 7, revision=1, parent=content_digest(chain[0]))
    paths = _packed(tmp_path, small_template, *chain, rival, chain[0])
    orders = [order for count in range(1, 6) for order in permutations(range(5), count)]
    states: dict[frozenset[Path], object] = {}
    for turn, order in enumerate(orders):
        for file in _desk(tmp_path / f"{turn}.sqlite"):
            for place in order:
                receiving.import_paths(file, [paths[place]], TODAY)
            found = states.setdefault(frozenset(paths[place] for place in order), _state(file))
            assert _state(file) == found, order
    sweep(f"R17: all {len(orders)} orders in which up to 5 packages arrive")


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ({"receiver": OTHER}, "wrong_receiver"),
        ({"training": True}, "training_mismatch"),
        ({"unit": UNITS[2], "revision": 1, "parent": "a" * 64}, "waiting"),
        ({"revision": 2, "parent": "a" * 64}, "revision_gap"),
        ({"thanh": 9}, "conflict"),
    ],
)
def test_r17_five_named_verdicts_of_which_none_overwrites_anything(
    tmp_path: Path, desk: DataFile, small_template: Template, changed: dict[str, object], verdict: str
) -> None:
    good = _packed(tmp_path, small_template, _report(), _report(UNITS[1], 4))
    assert _verdicts(desk, good) == ["accepted", "accepted"]
    before = {one.digest: desk.received_bytes(one.digest) for one in desk.received()}
    (bad,) = _packed(tmp_path / "sai", small_template, _report(**changed))  # type: ignore[arg-type]  # by name
    assert _verdicts(desk, [bad]) == [verdict]
    assert {digest: desk.received_bytes(digest) for digest in before} == before
    assert _total(desk).number == (4 if verdict == "conflict" else 9)


def test_r12_revision_and_parent_say_what_counts_whatever_the_clocks_say(
    tmp_path: Path, small_template: Template
) -> None:
    original, amended = _chain(UNITS[0], 5, 6)
    dated = [
        replace(report, letterhead=replace(report.letterhead, day=date(year, 1, 1)))
        for report, year in ((original, 2031), (amended, 1999))
    ]
    paths = _packed(tmp_path, small_template, *dated)
    for path, year in zip(paths, (2040, 1980), strict=True):
        moment = datetime(year, 1, 1, tzinfo=UTC).timestamp()
        os.utime(path, (moment, moment))
    for turn, days in enumerate(permutations((date(2030, 1, 1), date(1990, 1, 1)))):
        for order in permutations(paths):
            for file in _desk(tmp_path / f"{turn}-{order[0].parent.name}.sqlite"):
                for path, today in zip(order, days, strict=True):
                    receiving.import_paths(file, [path], today)
                assert _total(file).number == 6
                assert receiving.status(file, YEAR, TODAY)[0].revision == 1


def test_a_report_with_findings_is_taken_with_warnings(
    tmp_path: Path, desk: DataFile, small_template: Template
) -> None:
    (path,) = _packed(tmp_path, small_template, _report(thanh=11))
    (found,) = receiving.import_paths(desk, [path], TODAY)
    assert found.verdict == "accepted_with_warnings"
    assert "1 lỗi" in found.reason
    status = receiving.status(desk, YEAR, TODAY)[0]
    assert (status.state, status.errors, status.missing) == ("with_errors", 1, 0)


def test_who_has_filed_and_who_is_late(tmp_path: Path, small_template: Template) -> None:
    for file in _desk(tmp_path / "d.sqlite", due={"2024": date(2024, 12, 5)}):
        in_time, late = _packed(tmp_path, small_template, _report(UNITS[0]), _report(UNITS[1]))
        receiving.import_paths(file, [in_time], date(2024, 12, 5))
        receiving.import_paths(file, [late], date(2024, 12, 6))
        told = [(one.state, one.late) for one in receiving.status(file, YEAR, TODAY)]
        assert told == [("received", False), ("received", True), ("not_received", True)]
        early = receiving.status(file, YEAR, date(2024, 12, 5))
        assert receiving.state_word(early[2]) == "chưa nhận"


def test_without_a_list_of_its_own_a_desk_expects_the_official_units(tmp_path: Path) -> None:
    for file in _desk(tmp_path / "d.sqlite", expected=()):
        setup = file.setup()
        assert setup is not None
        assert receiving.expected(replace(setup, level="commune"), YEAR) == ()


def _changed_template(version: str, label: str = "Số vụ tiếp nhận", family: str = "thu") -> Template:
    text = SOURCE.replace('version = "2024"', f'version = "{version}"')
    text = text.replace('id = "thu"', f'id = "{family}"').replace("Số vụ tiếp nhận", label)
    return read_template(text.encode(), "changed", lambda _reference: None)


@pytest.mark.parametrize(
    ("family", "version", "verdict", "kept"),
    [
        ("thu", "2025", "template_newer", 1),
        ("thu", "2023", "template_unknown", 1),
        ("khac", "2024", "template_unknown", 1),
        ("thu", "2024", "altered", 0),
    ],
)
def test_r16_other_templates_are_kept_apart_and_an_altered_one_is_refused(
    tmp_path: Path, desk: DataFile, family: str, version: str, verdict: str, kept: int
) -> None:
    template = _changed_template(version, "Số vụ khác", family)
    report = _report(template=template.reference)
    assert _verdicts(desk, _packed(tmp_path, template, report)) == [verdict]
    assert len(desk.received()) == kept
    assert receiving.status(desk, YEAR, TODAY)[0].state == ("with_errors" if kept else "not_received")
    assert _total(desk).coverage == Coverage(0, 3)
    for one in desk.received():
        reading = package.read_bytes(desk.received_bytes(one.digest) or b"", one.file_name)
        assert reading.report == report, "readable with its own template"
        assert reading.template == template


def test_values_for_the_own_report_are_those_rolled_up_there(
    tmp_path: Path, desk: DataFile, small_template: Template
) -> None:
    receiving.import_paths(desk, _packed(tmp_path, small_template, _report()), TODAY)
    own = Identity(DISTRICT, OTHER, YEAR, "receiving", "thu@2024")
    form = template_library.form_for(small_template, own, {})
    values = receiving.values_for_own_report(receiving.totals(desk, YEAR), form)
    assert set(values) == {
        "hoa_giai.tiep_nhan", "hoa_giai.dua_ra", "hoa_giai.thanh", "giam_sat.done", "giam_sat.target",
    }  # fmt: skip
    assert values["hoa_giai.thanh"].coverage == Coverage(1, 3)


def test_the_texts_that_count_with_their_forms(
    tmp_path: Path, desk: DataFile, small_template: Template
) -> None:
    receiving.import_paths(desk, _packed(tmp_path, small_template, *_chain(UNITS[1], 5, 6)), TODAY)
    ((unit, (report, form)),) = receiving.filed(desk, YEAR).items()
    assert (unit, report.identity.revision) == (UNITS[1].identity, 1)
    assert form.template == "thu@2024"


def test_a_file_without_a_unit_takes_nothing_in(tmp_path: Path) -> None:
    file = open_file(tmp_path / "empty.sqlite", create=True)
    with pytest.raises(Refusal, match="khai báo đơn vị"):
        receiving.import_paths(file, [], TODAY)
    file.close()


def test_nothing_here_counts_as_nought(tmp_path: Path, desk: DataFile, small_template: Template) -> None:
    answers = _report().answers.with_value("hoa_giai.thanh", NONE)
    report = replace(_report(), answers=answers)
    receiving.import_paths(desk, _packed(tmp_path, small_template, report), TODAY)
    assert _total(desk) == replace(NONE, coverage=Coverage(1, 3))


def test_the_known_templates_are_those_that_packages_carry(small_template: Template) -> None:
    assert receiving.known_templates() == {"thu@2024": write_template(small_template)}
