"""A new report takes over last year's answers: marked until touched or confirmed, in the file, the package, the verdict."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from dcs_desktop import cli, package, template_library
from dcs_desktop.core.answers import is_draft
from dcs_desktop.core.carrying import Taken
from dcs_desktop.core.digest import content_digest
from dcs_desktop.core.period import Period
from dcs_desktop.core.progress import item_progress
from dcs_desktop.core.report import Letterhead, UnitName
from dcs_desktop.core.setup import Setup
from dcs_desktop.core.values import State
from dcs_desktop.starting_report import Carry, earlier_reports
from dcs_desktop.store import DataFile, open_file
from dcs_desktop.workspace import Workspace, new_report

COMMUNE = UnitName("31426", "GSO-2024", "Xã Phương Bình", "xã")
DISTRICT = UnitName("934", "GSO-2024", "Huyện Phụng Hiệp", "huyện")
SETUP = Setup(COMMUNE, DISTRICT, "commune", Letterhead())
LAST, NOW = Period(2024), Period(2025)
SOLD = "Năm 2024 xã có {dan_cu.thon} ấp; họp ngày 05/12/2024 về Luật số 10/2022/QH15 và Kế hoạch 12/2024/KH."


@pytest.fixture
def file(tmp_path: Path) -> Iterator[DataFile]:
    opened = open_file(tmp_path / "xã.sqlite", create=True)
    opened.save_setup(SETUP)
    last = Workspace.open(opened, new_report(opened, SETUP, LAST, "dcs@2024"))
    last.enter("dan_cu.thon", "12")
    last.set_note("dan_cu.thon", "theo Nghị quyết")
    last.enter("to_hoa_giai", "13")
    last.set_state("to_tu_quan", State.PENDING, "chờ ấp")
    last.enter("giam_sat.mttq.done", "4")
    last.write("III.1.e", SOLD)
    row = last.add_row("van_ban").row
    last.enter(f"van_ban/{row}/so", "01-KH/ĐU")
    last.enter(f"van_ban/{row}/noi_ban_hanh", "cap_uy")
    last.close()
    yield opened
    opened.close()


def begun(file: DataFile, what: frozenset[Taken] = frozenset(Taken)) -> Workspace:
    ref = new_report(file, SETUP, NOW, "dcs@2025", carry=Carry(file.reports()[0].ref, what))
    return Workspace.open(file, ref)


def marks(workspace: Workspace) -> set[str]:
    """What is marked, the same in memory and on the disk."""
    workspace.flush()
    assert workspace.file.report(workspace.ref).answers.carried == workspace.answers.carried
    found = {finding.keys[0] for finding in workspace.findings if finding.rule == "carried"}
    assert found == set(workspace.answers.carried)
    return found


def test_standing_figures_texts_and_tables_come_over_and_nothing_else(file: DataFile) -> None:
    workspace = begun(file)
    assert marks(workspace) == {"dan_cu.thon", "to_hoa_giai", "III.1.e", "van_ban"}
    thon = workspace.answers.value("dan_cu.thon")
    assert thon.number == 12
    assert not thon.note
    assert not workspace.answers.value("to_tu_quan").answered
    assert not workspace.answers.value("giam_sat.mttq.done").answered
    (row,) = workspace.answers.rows["van_ban"]
    assert row.cells["so"].content == "01-KH/ĐU"
    assert workspace.answers.prose("III.1.e") == SOLD
    assert workspace.file.summary(workspace.ref).errors == 0


@pytest.mark.parametrize(
    ("what", "there"),
    [
        (Taken.NARRATIVES, {"III.1.e"}),
        (Taken.TABLES, {"van_ban"}),
        (Taken.FIGURES, {"dan_cu.thon", "to_hoa_giai"}),
    ],
)
def test_only_what_is_chosen_comes_over(file: DataFile, what: Taken, there: set[str]) -> None:
    assert marks(begun(file, frozenset({what}))) == there


def test_what_is_marked_is_missing_and_named_with_the_dates_of_the_earlier_year(file: DataFile) -> None:
    workspace = begun(file)
    told = next(f.message for f in workspace.findings if f.rule == "carried" and f.keys == ("III.1.e",))
    assert told == (
        "Mục III.1.e: nội dung lấy từ báo cáo năm 2024, chưa cập nhật. Còn nhắc “Năm 2024”, “05/12/2024”."
    )
    workspace.write("III.1.e", SOLD.replace("2024", "2025"))
    part = item_progress(workspace.form, workspace.answers, workspace.figures, workspace.findings)
    assert part["III.1.e"].carried == 1  # the number of mediation groups of the same item
    assert part["III.1.e"].state == "carried"


@pytest.mark.parametrize("key", ["dan_cu.thon", "III.1.e", "van_ban"])
def test_touching_takes_the_mark_off_and_undo_puts_it_back(file: DataFile, key: str) -> None:
    workspace = begun(file)
    all_of_them = marks(workspace)
    match key:
        case "dan_cu.thon":
            workspace.enter(key, "1")
            workspace.enter(key, "11")
        case "III.1.e":
            workspace.write(key, SOLD + " Nay")
        case _:
            workspace.enter("van_ban/r1/so", "02-KH/ĐU")
    assert marks(workspace) == all_of_them - {key}
    again = Workspace.open(file, workspace.ref)
    assert again.undo() is not None
    assert marks(again) == all_of_them
    assert again.redo() is not None
    assert marks(again) == all_of_them - {key}


def test_one_word_confirms_an_item_or_one_figure_and_can_be_undone(file: DataFile) -> None:
    workspace = begun(file)
    workspace.confirm("to_hoa_giai")
    assert marks(workspace) == {"dan_cu.thon", "III.1.e", "van_ban"}
    assert workspace.answers.value("to_hoa_giai").number == 13
    workspace.undo()
    outcome = workspace.confirm("III.1.e")
    assert "III.1.e" in outcome.changed
    assert "III.1.e" not in marks(workspace)
    workspace.undo()
    assert marks(workspace) == {"dan_cu.thon", "to_hoa_giai", "III.1.e", "van_ban"}


def test_a_text_that_nobody_looked_at_makes_a_draft(file: DataFile) -> None:
    workspace = begun(file, frozenset({Taken.NARRATIVES}))
    for item in workspace.form.items.values():
        if item.prose and item.id != "III.1.e":
            workspace.write(item.id, "Đã làm.")
    assert is_draft(workspace.form, workspace.findings)
    workspace.confirm("III.1.e")
    assert not is_draft(workspace.form, workspace.findings)


def test_the_marks_travel_in_the_package_outside_its_digest(file: DataFile, tmp_path: Path) -> None:
    workspace = begun(file)
    report = workspace.report()
    template = template_library.template("dcs@2025")
    package.write(tmp_path / "a.zip", report, template)
    came = package.read(tmp_path / "a.zip")
    assert came.report is not None
    assert came.report.answers.carried == report.answers.carried
    workspace.confirm("III.1.e")
    assert content_digest(workspace.report()) == content_digest(report)


def test_the_amendment_of_a_report_keeps_its_marks(file: DataFile) -> None:
    workspace = begun(file)
    before = marks(workspace)
    workspace.file.mark_exported(workspace.ref, "ab" * 32, workspace._now(), "x.zip")
    workspace.amend()
    assert marks(Workspace.open(file, workspace.ref)) == before


def test_the_same_period_of_last_year_is_offered_first(file: DataFile) -> None:
    for text in ("2024-H1", "2024-H2", "2025-H1"):
        new_report(file, SETUP, Period.parse(text), "dcs@2024")
    found = earlier_reports(file, COMMUNE.identity, Period.parse("2025-H1"))
    assert str(found[0].identity.period) == "2024-H1"
    assert "2025-H1" not in {str(summary.identity.period) for summary in found}


def test_on_the_command_line(file: DataFile, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.close()

    def run(*words: str) -> tuple[int, str]:
        status = cli.run(["--data", str(tmp_path / "xã.sqlite"), *words], lambda *_: 0)
        said = capsys.readouterr()
        return status, said.out + said.err

    about = ("--unit", "31426@GSO-2024", "--period", "2025", "--json")
    status, out = run("new", *about, "--template", "dcs@2025", "--carry-over", "narratives", "figures")
    assert (status, json.loads(out)["carried"]) == (
        0,
        dict.fromkeys(["III.1.e", "dan_cu.thon", "to_hoa_giai"], "2024"),
    )
    assert "van_ban" not in json.loads(run("show", *about)[1])["carried"]
    rules = [finding["rule"] for finding in json.loads(run("check", *about)[1])]
    assert rules.count("carried") == 3
    assert json.loads(run("export", *about, "-o", str(tmp_path))[1])["carried"] == 3
    assert "3 chỗ lấy từ báo cáo trước" in run("export", *about[:-1], "-o", str(tmp_path))[1]
    other = ("--unit", "31420@GSO-2024", "--period", "2025")
    status, out = run("new", *other, "--template", "dcs@2024", "--carry-over")
    assert status == 2
    assert "Bỏ --carry-over" in out
