"""A data file made again out of safety copies, exports and letters: the same reports, the same totals (R8)."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from dcs_desktop import (
    files,
    package,
    rebuilding,
    receiving,
    safety_copies,
    sample,
    template_library,
)
from dcs_desktop.core.digest import content_digest
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Report
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.values import given as number
from dcs_desktop.exporting import export_report
from dcs_desktop.store import DataFile, open_file
from dcs_desktop.workspace import Workspace, new_report
from tests.random_reports import fill
from tests.ui.shell_data import COMMUNE, DISTRICT, PERIOD, unit_file, with_report

NOW = datetime(2024, 12, 9, 8, 0, tzinfo=UTC)
TODAY = date(2024, 12, 9)
SEEDS = st.integers(0, 2**31)


def kept(file: DataFile, ref: int) -> Path:
    """The safety copy of a report, as closing it keeps one."""
    report = file.report(ref)
    template = template_library.template(report.identity.template)
    return safety_copies.write(file.path, report, template, file.exported_digest(ref))


def all_of(data: Path) -> dict[tuple[str, int], tuple[str, bool, object, object]]:
    """Every report of a data file: digest, whether it left the house, what is no value yet, letterhead."""
    file = open_file(data, read_only=True)
    found: dict[tuple[str, int], tuple[str, bool, object, object]] = {}
    for summary in file.reports():
        report = file.report(summary.ref)
        said = (
            content_digest(report),
            bool(summary.exported_digest),
            report.answers.drafts,
            report.letterhead,
        )
        found[str(summary.identity.period), summary.identity.revision] = said
    file.close()
    return found


def filled(data: Path, chance: Random, exports: Path) -> None:
    """Two reports, worked on, some exported and amended; safety copies as the window keeps them."""
    file = open_file(unit_file(data))
    setup = file.setup()
    assert setup is not None
    for period in (Period(2023), Period(2024)):
        workspace = Workspace.open(file, new_report(file, setup, period, "dcs@2024"), lambda: NOW)
        for _revision in range(chance.randint(1, 3)):
            for _sitting in range(chance.randint(1, 2)):
                fill(workspace, chance, chance.randint(1, 40))
                workspace.flush()
                kept(file, workspace.ref)
            if chance.random() < 0.6:
                export_report(workspace, exports, NOW)
                kept(file, workspace.ref)
    file.close()


def _law(seed: int) -> None:
    chance = Random(seed)
    with TemporaryDirectory() as place:
        folder = Path(place)
        data = folder / "dữ liệu của xã.sqlite"
        filled(data, chance, folder / "đã xuất")
        before = all_of(data)
        for lost in (folder / "đã xuất").glob("*.zip"):
            if chance.random() < 0.5:
                lost.unlink()
        data.write_bytes(data.read_bytes()[: chance.randint(0, 4096)])
        done = rebuilding.rebuild(data, [folder], NOW, instead=True)
        assert done.kept is not None
        assert all_of(data) == before
        assert done.setup.unit.identity == COMMUNE


@given(SEEDS)
@settings(max_examples=5, phases=(Phase.explicit, Phase.reuse, Phase.generate))  # a seed does not shrink
def test_r8_every_report_comes_back_from_its_safety_copies_as_it_was(seed: int) -> None:
    _law(seed)


@pytest.mark.soak
def test_r8_every_report_comes_back_over_many_random_files(
    sweep: Callable[[str], None],
) -> None:
    seeds = range(2024, 2124)
    for seed in seeds:
        _law(seed)
    said = f"R8: {len(seeds)} random data files rebuilt, seeds {seeds[0]} to {seeds[-1]}"
    sweep(said)


def test_r8_a_desk_made_again_has_the_same_totals_whatever_came(tmp_path: Path) -> None:
    for seed in range(3):
        _same_totals(tmp_path / str(seed), Random(seed))


def _same_totals(folder: Path, chance: Random) -> None:
    """A district takes in random reports of some communes, amendments among them; all of it made again."""
    file = open_file(unit_file_of_training(folder / "huyện.sqlite"))
    came = folder / "gói"
    for report in chance.sample(sample.commune_reports(), 6):
        changed = _changed(report, chance)
        one = package.write(came, changed, template_library.template(report.identity.template))
        if chance.random() < 0.5:
            identity = replace(report.identity, revision=1, parent=one.digest)
            amended = _changed(replace(changed, identity=identity), chance)
            package.write(came, amended, template_library.template(report.identity.template))
    receiving.import_paths(file, [came], TODAY, processes=1)
    totals = receiving.recounted(file, PERIOD)
    status = [(one.unit, one.state, one.revision) for one in receiving.status(file, PERIOD, TODAY)]
    file.close()
    again = folder / "lại.sqlite"
    rebuilding.rebuild(again, [came], NOW)
    made = open_file(again)
    assert receiving.recounted(made, PERIOD) == totals
    assert any(total.value.answered for total in totals.totals.values())
    assert [(one.unit, one.state, one.revision) for one in receiving.status(made, PERIOD, TODAY)] == status
    made.close()


def unit_file_of_training(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return unit_file(path, DISTRICT, training=True)


def _changed(report: Report, chance: Random) -> Report:
    """The report with a tenth of its counts changed."""
    answers = report.answers
    for key in sorted(answers.values):
        if chance.random() < 0.1 and isinstance(answers.values[key].content, type(number(1).content)):
            answers = answers.with_value(key, number(chance.randint(1, 9)))
    return replace(report, answers=answers)


def copied(folder: Path) -> tuple[Path, Path]:
    """A commune's data file with one report, and the safety copy of that."""
    folder.mkdir(exist_ok=True)
    data = with_report(unit_file(folder / "xa.sqlite"))
    file = open_file(data)
    made = kept(file, 1)
    file.close()
    return data, made


def test_r8_a_safety_copy_is_refused_by_name_at_a_desk(tmp_path: Path) -> None:
    _data, made = copied(tmp_path)
    renamed = shutil.copy(made, tmp_path / "DCS_31426_2024-nam_CT.zip")
    desk = open_file(unit_file(tmp_path / "huyen.sqlite", DISTRICT))
    [one] = receiving.import_paths(desk, [Path(renamed)], TODAY)
    assert one.verdict == "safety_copy"
    assert "xuất gói báo cáo" in one.reason
    assert receiving.verdict_word(one.verdict) == "Bản an toàn, không phải gói gửi"
    assert desk.received() == ()
    desk.close()


def test_r8_safety_copies_are_thinned_to_five_and_the_same_is_not_written_twice(tmp_path: Path) -> None:
    data, first = copied(tmp_path)
    file = open_file(data)
    assert kept(file, 1) == first
    workspace = Workspace.open(file, 1)
    item = next(item.id for item in workspace.form.items.values() if item.prose)
    for turn in range(9):
        workspace.write(item, f"Lần {turn}.")
        workspace.flush()
        newest = kept(file, 1)
    file.close()
    found = safety_copies.copies_in(safety_copies.folder_of(data))
    assert [one.number for one in found] == [10, 9, 8, 7, 6]
    assert found[0].path == newest
    assert newest.name.isascii()


def test_r8_a_damaged_safety_copy_gives_way_to_the_one_before_and_is_named(tmp_path: Path) -> None:
    data, _first = copied(tmp_path)
    before = all_of(data)
    file = open_file(data)
    workspace = Workspace.open(file, 1)
    workspace.write(next(item.id for item in workspace.form.items.values() if item.prose), "Sau.")
    workspace.flush()
    newest = kept(file, 1)
    file.close()
    newest.write_bytes(newest.read_bytes()[:-30])
    done = rebuilding.rebuild(tmp_path / "lại.sqlite", [safety_copies.folder_of(data)], NOW)
    assert [newest.name in remark for remark in done.remarks] == [True]
    assert all_of(tmp_path / "lại.sqlite") == before


def test_r8_a_full_disk_costs_neither_the_safety_copies_nor_the_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, first = copied(tmp_path)
    file = open_file(data)
    workspace = Workspace.open(file, 1)
    workspace.write(next(item.id for item in workspace.form.items.values() if item.prose), "Đầy.")
    workspace.flush()
    refused = [_refused_at(count, file, first, monkeypatch) for count in range(12)]
    assert refused.count(True) >= 6
    assert refused == sorted(refused, reverse=True)
    assert kept(file, 1).name == "xa.31426_2024-nam_CT.000002.zip"
    file.close()


def _refused_at(count: int, file: DataFile, first: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether a safety copy is refused where the n-th operation finds the disk full; each that is there is whole."""
    with monkeypatch.context() as patched:
        patched.setattr(files, "step", full_at(count))
        try:
            kept(file, 1)
        except Refusal as refusal:
            sentence = refusal.sentence
        else:
            return False
    there = sorted(first.parent.iterdir())
    whole = [package.read(one, safety=True).report is not None for one in there]
    return "ổ đĩa đã đầy" in sentence and there[0] == first and all(whole)


def full_at(count: int) -> Callable[..., object]:
    """Operations on files of which the n-th finds the disk full."""
    done = [0]

    def step(operation: Callable[..., object], *args: object, **kwargs: object) -> object:
        done[0] += 1
        if done[0] == count + 1:
            raise OSError(errno.ENOSPC, "đầy")
        return operation(*args, **kwargs)

    return step


def test_r8_nothing_is_made_over_a_file_that_is_open_or_not_meant(tmp_path: Path) -> None:
    data, made = copied(tmp_path)
    with pytest.raises(Refusal, match="không ghi đè"):
        rebuilding.rebuild(data, [made.parent], NOW)
    held = open_file(data)
    with pytest.raises(Refusal, match="đang được mở"):
        rebuilding.rebuild(data, [made.parent], NOW, instead=True)
    held.close()
    content = data.read_bytes()
    done = rebuilding.rebuild(data, [made.parent], NOW, instead=True)
    assert done.kept is not None
    assert done.kept.read_bytes() == content


def test_r8_of_real_and_training_reports_the_real_ones_come_back(tmp_path: Path) -> None:
    data, made = copied(tmp_path)
    trained = with_report(unit_file(tmp_path / "tập huấn.sqlite", training=True))
    file = open_file(trained)
    assert kept(file, 1).parent == made.parent
    file.close()
    done = rebuilding.rebuild(tmp_path / "lại.sqlite", [made.parent], NOW)
    assert not done.setup.training
    assert all_of(tmp_path / "lại.sqlite") == all_of(data)


def test_r8_a_folder_of_data_says_its_own_files_in_one_line(tmp_path: Path) -> None:
    data, _made = copied(tmp_path / "dữ liệu")
    packages = tmp_path / "dữ liệu" / "gửi"
    file = open_file(data)
    export_report(Workspace.open(file, 1), packages, NOW)
    file.close()
    desk = open_file(unit_file(tmp_path / "huyen.sqlite", DISTRICT))
    found = receiving.import_paths(desk, [tmp_path / "dữ liệu"], TODAY)
    assert [one.verdict for one in found] == ["accepted_with_warnings", "own_files"]
    assert "2 tệp của chương trình" in found[1].reason
    desk.close()
