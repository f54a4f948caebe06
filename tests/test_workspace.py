"""The one door through which answers change: typed in, looked up in the store."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from dcs_desktop import files
from dcs_desktop.core.digest import content_digest
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Answers, Letterhead, UnitName
from dcs_desktop.core.setup import Setup
from dcs_desktop.core.template import Template
from dcs_desktop.core.template_file import read_template
from dcs_desktop.core.trouble import Refusal, Severity
from dcs_desktop.core.values import BLANK, NONE, Coverage, State, given, pending
from dcs_desktop.store import DataFile, connecting, open_file
from dcs_desktop.workspace import Outcome, Workspace, new_report

SMALL = Path(__file__).parent / "data" / "templates" / "small.toml"
COMMUNE = UnitName("31426", "GSO-2024", "Xã Phương Bình", "xã")
DISTRICT = UnitName("934", "GSO-2024", "Huyện Phụng Hiệp", "huyện")
YEAR = Period.parse("2024")
THANH, DUA_RA = "hoa_giai.thanh", "hoa_giai.dua_ra"
LETTERHEAD = Letterhead(issuing_body="Ủy ban nhân dân xã", number="12", day=date(2024, 12, 5))
SETUP = Setup(COMMUNE, DISTRICT, "commune", LETTERHEAD, training=True)


def small(_reference: str) -> Template:
    return read_template(SMALL.read_bytes(), SMALL.name, lambda reference: None)


class Clock:
    """A clock that the test sets; it goes on a minute with every look, unless it is held."""

    def __init__(self) -> None:
        self.moment = datetime(2024, 12, 5, 8, tzinfo=UTC)
        self.pace = timedelta(minutes=1)

    def __call__(self) -> datetime:
        self.moment += self.pace
        return self.moment


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "xã.sqlite"


@pytest.fixture
def file(path: Path) -> Iterator[DataFile]:
    opened = open_file(path, create=True)
    yield opened
    opened.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def workspace(file: DataFile, clock: Clock) -> Workspace:
    return Workspace.open(file, begun(file), clock, small)


def begun(file: DataFile, period: Period = YEAR, setup: Setup = SETUP) -> int:
    return new_report(file, setup, period, "thu@2024", templates=small)


def reopened(workspace: Workspace) -> Workspace:
    return Workspace.open(workspace.file, workspace.ref, Clock(), small)


# Entering


def test_a_value_is_taken_computed_checked_and_kept(workspace: Workspace, path: Path) -> None:
    workspace.enter(DUA_RA, "40")
    outcome = workspace.enter(THANH, "45")
    assert outcome == Outcome(None, frozenset({THANH, "hoa_giai.ty_le"}))
    assert workspace.figures["hoa_giai.ty_le"] == given(Decimal("112.5"))
    assert workspace.findings[0].rule == "hoa_giai.thanh_dua_ra"
    assert workspace.progress["III.1"].errors == 1
    workspace.flush()
    raw = sqlite3.connect(path)
    assert raw.execute("SELECT state, value FROM answer WHERE key = ?", (THANH,)).fetchall() == [
        ("number", "45")
    ]
    assert raw.execute("SELECT answered, asked, errors FROM report").fetchall() == [(2, 6, 1)]
    raw.close()


def test_what_cannot_be_read_is_a_draft_and_never_a_value(workspace: Workspace) -> None:
    workspace.enter(THANH, "40")
    outcome = workspace.enter(THANH, "85,65")
    assert outcome.fault is not None
    assert outcome.fault.suggestions
    again = reopened(workspace)
    assert again.answers.drafts == {THANH: "85,65"}
    assert again.figures[THANH] == BLANK
    assert again.findings[0].rule == "unreadable"
    assert again.enter(THANH, "86").fault is None
    assert reopened(again).answers == Answers({THANH: given(86)})


def test_typed_text_is_composed(workspace: Workspace) -> None:
    workspace.write("III.1.e", "Ho\u0300a gia\u0309i")
    assert reopened(workspace).answers.prose("III.1.e") == "Hòa giải"


def test_states_notes_and_reasons_stay_apart(workspace: Workspace) -> None:
    workspace.set_state(THANH, State.PENDING, " chờ tư pháp ")
    workspace.set_note(THANH, "Báo cáo số 5")
    assert reopened(workspace).answers.value(THANH) == replace(pending("chờ tư pháp"), note="Báo cáo số 5")
    workspace.enter(THANH, "7")
    assert reopened(workspace).answers.value(THANH) == replace(given(7), note="Báo cáo số 5")


def test_a_computed_figure_cannot_be_entered(workspace: Workspace) -> None:
    outcome = workspace.enter("hoa_giai.ty_le", "100")
    assert outcome.fault is not None
    assert workspace.answers == Answers()


def test_nothing_here_answers_what_is_open_with_none(workspace: Workspace) -> None:
    workspace.enter(THANH, "3")
    workspace.enter(DUA_RA, "ba")
    workspace.write("III.1.e", "Có hòa giải.")
    workspace.nothing_here("III.1.e")
    assert workspace.answers.value(THANH) == given(3)
    assert workspace.answers.value("giam_sat.done") == workspace.answers.value("mo_hinh") == NONE
    assert workspace.answers.value(DUA_RA) == BLANK, "what was typed there is still asked about"
    assert workspace.answers.prose("III.1.e") == "Có hòa giải."
    workspace.undo()
    assert workspace.answers.value("giam_sat.done") == BLANK


def test_rows_come_go_and_move(workspace: Workspace) -> None:
    first, second = workspace.add_row("mo_hinh").row, workspace.add_row("mo_hinh", 0).row
    workspace.enter(f"mo_hinh/{first}/ten", "Dân vận khéo")
    workspace.enter(f"mo_hinh/{second}/ten", "Tổ tự quản")
    assert _names(reopened(workspace)) == ["Tổ tự quản", "Dân vận khéo"]
    workspace.move_row("mo_hinh", first, 0)
    assert _names(reopened(workspace)) == ["Dân vận khéo", "Tổ tự quản"]
    workspace.remove_row("mo_hinh", first)
    assert _names(reopened(workspace)) == ["Tổ tự quản"]
    workspace.undo()
    assert _names(reopened(workspace)) == ["Dân vận khéo", "Tổ tự quản"]


def _names(workspace: Workspace) -> list[object]:
    return [row.cells["ten"].content for row in workspace.answers.rows["mo_hinh"]]


def test_many_rows_are_one_action_of_one_record_each(workspace: Workspace) -> None:
    workspace.set_state("mo_hinh", State.NONE)
    workspace.put_rows("mo_hinh", [{"ten": "Dân vận khéo"}, {"ten": given("Tổ tự quản")}])
    assert _names(reopened(workspace)) == ["Dân vận khéo", "Tổ tự quản"]
    assert workspace.answers.value("mo_hinh") == BLANK
    workspace.flush()
    records = workspace.file.changes(workspace.ref, 2)
    assert [record.change.key for record in records] == ["mo_hinh", "mo_hinh/r1", "mo_hinh/r2"]
    workspace.put_rows("mo_hinh", [{"ten": "Ấp văn hóa"}])
    assert _names(reopened(workspace)) == ["Dân vận khéo", "Tổ tự quản", "Ấp văn hóa"]
    workspace.put_rows("mo_hinh", [{"ten": "Chỉ một"}], instead=True)
    assert _names(reopened(workspace)) == ["Chỉ một"]
    workspace.undo()
    assert _names(reopened(workspace)) == ["Dân vận khéo", "Tổ tự quản", "Ấp văn hóa"]


def test_thousands_of_rows_are_put_together(workspace: Workspace) -> None:
    """Each row alone would compute, check and put the whole table in order once more."""
    workspace.put_rows("mo_hinh", [{"ten": f"Mô hình {number}"} for number in range(2_000)])
    assert len(_names(reopened(workspace))) == 2_000
    workspace.undo()
    assert "mo_hinh" not in reopened(workspace).answers.rows


def test_what_is_done_together_is_one_step(workspace: Workspace) -> None:
    workspace.enter(DUA_RA, "7")
    with workspace.together():
        workspace.enter(DUA_RA, "40")
        workspace.enter(THANH, "45")
        workspace.set_note(THANH, "sổ theo dõi")
        row = workspace.add_row("mo_hinh").row
        workspace.enter(f"mo_hinh/{row}/ten", "Tổ tự quản")
        assert "hoa_giai.ty_le" not in workspace.answers.values
    assert workspace.figures["hoa_giai.ty_le"] == given(Decimal("112.5"))
    assert workspace.findings[0].rule == "hoa_giai.thanh_dua_ra"
    workspace.flush()
    assert {record.action for record in workspace.file.changes(workspace.ref)} == {1, 2}
    assert reopened(workspace).answers == workspace.answers
    workspace.undo()
    assert workspace.answers.values == {DUA_RA: given(7)}
    assert workspace.answers.rows == {}
    workspace.redo()
    assert _names(reopened(workspace)) == ["Tổ tự quản"]


def test_a_row_takes_back_that_there_is_none(workspace: Workspace) -> None:
    workspace.set_state("mo_hinh", State.NONE)
    workspace.add_row("mo_hinh")
    assert workspace.answers.value("mo_hinh") == BLANK


def test_a_table_with_rows_is_not_none(workspace: Workspace) -> None:
    workspace.add_row("mo_hinh")
    assert workspace.set_state("mo_hinh", State.NONE).fault is not None


def test_an_editor_that_outlives_its_row_changes_nothing(workspace: Workspace) -> None:
    row = workspace.add_row("mo_hinh").row
    workspace.remove_row("mo_hinh", row)
    assert workspace.enter(f"mo_hinh/{row}/ten", "Tổ tự quản") == Outcome()
    assert workspace.add_row("mo_hinh").row == row
    assert reopened(workspace).answers.value(f"mo_hinh/{row}/ten") == BLANK


def test_a_warning_is_accepted_with_its_reason(workspace: Workspace) -> None:
    workspace.accept("hoa_giai.mo_hinh", "đã kiểm tra")
    assert reopened(workspace).answers.accepted == {"hoa_giai.mo_hinh": "đã kiểm tra"}
    workspace.accept("hoa_giai.mo_hinh", "")
    assert reopened(workspace).answers.accepted == {}


def test_a_warning_is_accepted_for_the_figures_it_was_about(file: DataFile) -> None:
    """Another figure, another look; the reason is offered again, and one undo brings back both."""
    workspace = Workspace.open(file, new_report(file, SETUP, YEAR, "dcs@2024"))
    workspace.enter("dan_cu.thon", "12")
    workspace.enter("to_hoa_giai", "9")
    warned = {finding.rule for finding in workspace.findings if finding.severity is Severity.WARNING}
    assert "kt.to_hoa_giai" in warned
    workspace.accept("kt.to_hoa_giai", "ấp mới tách, đang lập tổ")
    workspace.enter("dan_cu.ho", "3400")
    assert "kt.to_hoa_giai" in workspace.answers.accepted, "another figure does not matter"
    workspace.enter("to_hoa_giai", "10,5,5")
    assert "kt.to_hoa_giai" in workspace.answers.accepted, "nothing was said that can be read"
    workspace.enter("to_hoa_giai", "9")
    assert "kt.to_hoa_giai" in workspace.answers.accepted
    workspace.enter("to_hoa_giai", "8")
    assert "kt.to_hoa_giai" not in workspace.answers.accepted
    assert workspace.acceptances.reasons == {"kt.to_hoa_giai": "ấp mới tách, đang lập tổ"}
    again = Workspace.open(file, workspace.ref)
    assert "kt.to_hoa_giai" not in again.answers.accepted
    again.undo()
    assert again.answers.value("to_hoa_giai").number == 9
    assert again.answers.accepted["kt.to_hoa_giai"] == "ấp mới tách, đang lập tổ"
    again.redo()
    assert "kt.to_hoa_giai" not in again.answers.accepted
    again.accept("kt.to_hoa_giai", "đúng như vậy")
    again.enter("dan_cu.ho", "3500")
    assert again.answers.accepted["kt.to_hoa_giai"] == "đúng như vậy"
    with again.together():
        again.enter("dan_cu.thon", "13")
        again.enter("dan_cu.ho", "3600")
    assert "kt.to_hoa_giai" not in again.answers.accepted
    again.close()


def test_totals_are_taken_in_and_replaced_with_a_reason(file: DataFile, clock: Clock) -> None:
    ref = begun(
        file, setup=Setup(DISTRICT, UnitName("93", "GSO-2024", "Tỉnh Hậu Giang", "tỉnh"), "receiving")
    )
    workspace = Workspace.open(file, ref, clock, small)
    total = replace(given(500), coverage=Coverage(14, 15))
    workspace.take_totals({THANH: total, "không có": given(1)})
    assert workspace.figures[THANH] == total
    workspace.override(THANH, "510", "cộng thêm một xã báo qua điện thoại")
    again = reopened(workspace)
    assert again.figures[THANH].content == 510
    assert again.answers.value(f"{THANH}.override").reason == "cộng thêm một xã báo qua điện thoại"
    workspace.override(THANH, "", "")
    assert workspace.figures[THANH] == total


def test_the_letterhead_may_bring_words_of_its_own(workspace: Workspace) -> None:
    workspace.set_letterhead(
        replace(workspace.letterhead, signatory="Nguyễn Văn A", places={"thon": "khu vực"})
    )
    assert workspace.form.places["thon"] == "khu vực"
    assert reopened(workspace).letterhead.signatory == "Nguyễn Văn A"
    workspace.undo()
    assert workspace.letterhead.signatory == ""


# Undo


def test_typing_in_a_field_is_one_step(workspace: Workspace, clock: Clock) -> None:
    workspace.enter(THANH, "5")
    clock.pace = timedelta(seconds=2)
    for text in ("Đã", "Đã hòa", "Đã hòa giải"):
        workspace.write("III.1.e", text)
    workspace.undo()
    assert workspace.answers.prose("III.1.e") == ""
    workspace.redo()
    assert reopened(workspace).answers.prose("III.1.e") == "Đã hòa giải"
    assert len(workspace.file.changes(workspace.ref)) == 4


def test_another_number_in_the_same_field_is_another_step(workspace: Workspace, clock: Clock) -> None:
    clock.pace = timedelta(seconds=2)
    workspace.enter(THANH, "40")
    workspace.enter(THANH, "45")
    workspace.undo()
    assert workspace.answers.value(THANH) == given(40)


def test_r23_undo_and_redo_go_on_after_a_restart(workspace: Workspace) -> None:
    for number in (1, 2, 3):
        workspace.enter(THANH, str(number))
    workspace.undo()
    again = reopened(workspace)
    again.redo()
    assert again.answers.value(THANH) == given(3)
    assert again.redo() is None
    once_more = reopened(again)
    for number in (2, 1):
        once_more.undo()
        assert once_more.answers.value(THANH) == given(number)
    once_more.undo()
    assert once_more.answers == Answers()
    assert reopened(once_more).undo() is None


def test_a_change_after_undo_leaves_nothing_to_redo(workspace: Workspace) -> None:
    workspace.enter(THANH, "1")
    workspace.undo()
    workspace.enter(THANH, "2")
    assert workspace.redo() is None
    assert reopened(workspace).redo() is None


def test_r23_the_last_two_hundred_changes_can_be_undone_across_restarts(workspace: Workspace) -> None:
    said = [number % 7 + 1 for number in range(250)]
    for number in said:
        workspace.enter(THANH, str(number))
        if number == 3:
            workspace = reopened(workspace)
    count = 0
    again = reopened(workspace)
    while again.undo() is not None:
        count += 1
        assert again.answers.value(THANH) == given(said[-1 - count])
    assert count == 200


def test_r12_a_clock_set_back_changes_nothing_in_the_order_of_what_is_undone(
    workspace: Workspace, clock: Clock
) -> None:
    for number, year in enumerate((2030, 1990, 2015, 1970)):
        clock.moment = datetime(year, 1, 1, tzinfo=UTC)
        workspace.set_note(THANH, f"lần {number}")
    again = reopened(workspace)
    for number in (2, 1, 0):
        again.undo()
        assert again.answers.value(THANH).note == f"lần {number}"


def test_every_edit_has_its_change_record(workspace: Workspace, path: Path) -> None:
    workspace.enter(THANH, "1")
    workspace.enter(DUA_RA, "x")
    workspace.undo()
    workspace.flush()
    records = workspace.file.changes(workspace.ref)
    assert [(record.action, record.deed.value, record.change.key) for record in records] == [
        (1, "done", THANH),
        (2, "done", DUA_RA),
        (3, "undo", DUA_RA),
    ]


# Trouble with the disk


def test_what_could_not_be_saved_stays_and_is_saved_later(
    path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "BUSY_SECONDS", 0.05)
    file = open_file(path, create=True)
    workspace = Workspace.open(file, begun(file), clock, small)
    failed: list[str] = []
    told = threading.Event()

    def fail(sentence: str) -> None:
        failed.append(sentence)
        told.set()

    workspace.on_failed = fail
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    workspace.enter(THANH, "45")
    assert told.wait(5)
    assert path.name in failed[0]
    assert workspace.figures[THANH] == given(45)
    with pytest.raises(Refusal, match="đang bị chương trình khác giữ"):
        workspace.flush()
    other.execute("ROLLBACK")
    other.close()
    workspace.enter(DUA_RA, "50")
    workspace.close()
    assert reopened(workspace).answers == Answers({THANH: given(45), DUA_RA: given(50)})
    file.close()


def test_a_file_open_for_reading_takes_nothing(path: Path, clock: Clock) -> None:
    file = open_file(path, create=True)
    ref = begun(file)
    file.close()
    reading = open_file(path, read_only=True)
    workspace = Workspace.open(reading, ref, clock, small)
    outcome = workspace.enter(THANH, "4")
    assert outcome.fault is not None
    assert workspace.answers == Answers()
    workspace.close()
    reading.close()


@pytest.mark.soak
@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="a small disk of one's own needs root")
def test_a_full_disk(tmp_path: Path, clock: Clock) -> None:
    import subprocess

    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", disk], check=False).returncode:
        pytest.skip("no tmpfs can be mounted here")
    try:
        _fill_the_disk(disk, clock)
    finally:
        subprocess.run(["umount", disk], check=True)


def _fill_the_disk(disk: Path, clock: Clock) -> None:
    ballast = disk / "ballast"
    file = open_file(disk / "xã.sqlite", create=True)
    workspace = Workspace.open(file, begun(file), clock, small)
    ballast.write_bytes(bytes(300_000))
    said = 0
    while not _full(workspace):
        said += 1
        workspace.write("III.1.e", f"{said} " + "Nội dung báo cáo. " * 500)
    assert said < 200
    files.remove(ballast)
    workspace.flush()
    assert reopened(workspace).answers.prose("III.1.e").startswith(f"{said} ")
    file.close()


def _full(workspace: Workspace) -> bool:
    try:
        workspace.flush()
    except Refusal as refusal:
        return "đầy" in refusal.sentence
    return False


# Whole reports


def test_a_new_report_begins_with_the_letterhead_used_last(file: DataFile, clock: Clock) -> None:
    first = Workspace.open(file, begun(file, YEAR.previous()), clock, small)
    assert (first.letterhead.number, first.letterhead.day) == ("", None)
    first.set_letterhead(replace(first.letterhead, signatory="Nguyễn Văn A", number="7"))
    second = Workspace.open(file, begun(file), clock, small)
    assert second.letterhead == replace(LETTERHEAD, number="", day=None, signatory="Nguyễn Văn A")
    assert file.reports()[1].asked == 6


def test_a_report_that_is_there_is_not_begun_again(file: DataFile) -> None:
    begun(file)
    with pytest.raises(Refusal, match="Đã có báo cáo năm 2024 của Xã Phương Bình"):
        begun(file)


def test_last_years_report_of_the_same_unit_stands_beside(file: DataFile, clock: Clock) -> None:
    last = Workspace.open(file, begun(file, YEAR.previous()), clock, small)
    last.enter(THANH, "30")
    last.enter(DUA_RA, "40")
    last.flush()
    now = Workspace.open(file, begun(file), clock, small)
    assert now.before is not None
    assert now.before.identity.period == YEAR.previous()
    assert now.before.figures["hoa_giai.ty_le"] == given(75)


def test_the_same_code_of_another_list_is_another_unit(file: DataFile, clock: Clock) -> None:
    begun(file, YEAR.previous())
    reformed = replace(SETUP, unit=replace(COMMUNE, list_id="GSO-2025-07"))
    assert Workspace.open(file, begun(file, setup=reformed), clock, small).before is None


def exported(workspace: Workspace) -> str:
    workspace.flush()
    digest = content_digest(workspace.report())
    workspace.file.mark_exported(workspace.ref, digest, datetime(2024, 12, 6, tzinfo=UTC), "DCS_31426.zip")
    return digest


def test_an_exported_revision_is_frozen_and_a_change_opens_the_amendment(workspace: Workspace) -> None:
    workspace.enter(THANH, "45")
    original, digest = workspace.ref, exported(workspace)
    workspace.enter(THANH, "46")
    workspace.flush()
    assert workspace.ref != original
    assert (workspace.identity.revision, workspace.identity.parent) == (1, digest)
    assert workspace.file.report(original).answers.value(THANH) == given(45)
    assert content_digest(workspace.file.report(original)) == digest
    latest = workspace.file.latest("31426@GSO-2024", YEAR)
    assert latest is not None
    assert latest.ref == workspace.ref
    assert reopened(workspace).answers.value(THANH) == given(46)
    workspace.undo()
    assert workspace.answers.value(THANH) == given(45)
    assert workspace.undo() is None


def test_number_and_date_after_export_are_no_amendment(workspace: Workspace) -> None:
    workspace.enter(THANH, "45")
    ref = workspace.ref
    exported(workspace)
    workspace.set_letterhead(replace(workspace.letterhead, number="123", day=date(2024, 12, 10)))
    assert workspace.ref == ref
    assert reopened(workspace).letterhead.number == "123"


def test_undoing_what_was_exported_is_a_change_of_the_amendment(workspace: Workspace) -> None:
    workspace.enter(THANH, "45")
    exported(workspace)
    workspace.undo()
    assert workspace.identity.revision == 1
    assert workspace.answers == Answers()
    workspace.undo()
    assert workspace.answers.value(THANH) == given(45)


def test_what_was_not_exported_needs_no_amendment(workspace: Workspace) -> None:
    with pytest.raises(Refusal, match="chưa xuất"):
        workspace.amend()


def test_r24_a_deleted_report_lies_in_the_bin(workspace: Workspace) -> None:
    workspace.file.delete_report(workspace.ref, datetime(2024, 12, 6, tzinfo=UTC))
    assert workspace.file.reports() == ()
    assert [summary.ref for summary in workspace.file.deleted_reports()] == [workspace.ref]
    workspace.file.restore_report(workspace.ref)
    assert [summary.ref for summary in workspace.file.reports()] == [workspace.ref]


# Laws


def _together(workspace: Workspace) -> None:
    with workspace.together():
        workspace.enter(THANH, "7")
        row = workspace.add_row("mo_hinh", 0).row
        workspace.enter(f"mo_hinh/{row}/ten", "Cùng lúc")
        workspace.remove_row("mo_hinh", "r1")
        workspace.move_row("mo_hinh", "r2", 0)
        workspace.enter(THANH, "x")


Deed = Callable[[Workspace], object]
TYPED = ("1", "12", "0", "không", "1.640", "85.65", "x", "", "Ho\u0300a")
deeds = st.one_of(
    st.builds(
        lambda key, text: lambda w: w.enter(key, text),
        st.sampled_from([THANH, DUA_RA, "giam_sat.done"]),
        st.sampled_from(TYPED),
    ),
    st.builds(lambda text: lambda w: w.write("III.1.e", text), st.text(max_size=20)),
    st.just(lambda w: w.set_state("mo_hinh", State.NONE)),
    st.just(lambda w: w.enter("mo_hinh/r2/ten", "một dòng có thể đã mất")),
    st.builds(lambda state: lambda w: w.set_state(THANH, state, "lý do"), st.sampled_from(list(State)[1:])),
    st.builds(lambda note: lambda w: w.set_note(DUA_RA, note), st.sampled_from(["", "nguồn"])),
    st.builds(lambda at: lambda w: w.add_row("mo_hinh", at), st.integers(0, 3)),
    st.builds(
        lambda n, text: lambda w: _in_row(w, n, text),
        st.integers(0, 3),
        st.sampled_from(["", "a", "Tổ tự quản"]),
    ),
    st.builds(lambda n: lambda w: w.remove_row("mo_hinh", f"r{n}"), st.integers(1, 4)),
    st.builds(
        lambda n, to: lambda w: w.move_row("mo_hinh", f"r{n}", to), st.integers(1, 4), st.integers(0, 4)
    ),
    st.builds(lambda reason: lambda w: w.accept("hoa_giai.mo_hinh", reason), st.sampled_from(["", "đúng"])),
    st.just(lambda w: w.nothing_here("III.1.e")),
    st.builds(
        lambda names, instead: lambda w: w.put_rows("mo_hinh", [{"ten": n} for n in names], instead=instead),
        st.lists(st.sampled_from(["", "a", "Tổ tự quản"]), max_size=3),
        st.booleans(),
    ),
    st.just(_together),
    st.just(lambda w: w.set_letterhead(replace(w.letterhead, signatory=f"{len(w.answers.values)}"))),
    st.just(lambda w: w.undo()),
    st.just(lambda w: w.undo()),
    st.just(lambda w: w.redo()),
)


def _in_row(workspace: Workspace, number: int, text: str) -> None:
    rows = workspace.answers.rows.get("mo_hinh", ())
    if number < len(rows):
        workspace.enter(f"mo_hinh/{rows[number].id}/ten", text)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DataFile]:
    opened = open_file(tmp_path_factory.mktemp("laws") / "laws.sqlite", create=True)
    yield opened
    opened.close()


@settings(max_examples=60, deadline=None)
@drawn(done=st.lists(deeds, max_size=25), seconds=st.sampled_from([1, 60]))
def test_whatever_was_done_is_what_is_read_again_and_can_be_undone(
    shared: DataFile, done: list[Deed], seconds: int
) -> None:
    clock = Clock()
    clock.pace = timedelta(seconds=seconds)
    unit = replace(COMMUNE, code=f"{len(shared.reports()):05d}")
    workspace = Workspace.open(shared, begun(shared, setup=replace(SETUP, unit=unit)), clock, small)
    start = workspace.report()
    for deed in done:
        deed(workspace)
    workspace.flush()
    assert shared.report(workspace.ref) == workspace.report()
    again = Workspace.open(shared, workspace.ref, clock, small)
    end = again.report()
    steps = 0
    while again.undo() is not None:
        steps += 1
    assert again.report() == start
    for _step in range(steps):
        again.redo()
    assert again.report() == end
    again.flush()
    assert shared.report(workspace.ref) == end
