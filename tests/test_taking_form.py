"""The Excel form goes out, is filled, damaged or tampered with, and comes back: nothing guessed, nothing lost."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from dcs_desktop import cli, starting, taking_cells, taking_form
from dcs_desktop.core.offered import Proposal, Verdict
from dcs_desktop.core.offline_form import Wanted
from dcs_desktop.core.period import Period
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.values import State
from dcs_desktop.printing.excel.book import Book
from dcs_desktop.reading import xlsx
from dcs_desktop.store import DataFile
from dcs_desktop.workspace import Workspace, new_report

YEAR = Period(2024)
UNIT = "31426@GSO-2024"
FIRST, SECOND, THIRD, FOURTH = "dn.cong_doan_co_so", "dn.tong", "dn.co_cong_doan", "dn.quy_che"
SHEET = "III.3"
Cells = Mapping[tuple[int, int], object]


@pytest.fixture
def workspace(file: DataFile) -> Workspace:
    setup = starting.proposed_setup(starting.unit_of(UNIT, YEAR), YEAR)
    file.save_setup(setup)
    made = Workspace.open(file, new_report(file, setup, YEAR, "dcs@2024"))
    made.enter(FIRST, "12")
    made.enter(SECOND, "0")
    made.set_state(FOURTH, State.PENDING, "chờ Liên đoàn Lao động")
    made.write("II.1.a", "Đoạn một.\n\n- việc một")
    made.write("II.1.b", "Có {hoa_giai.thanh} vụ.")
    row = made.add_row("mo_hinh").row
    made.enter(f"mo_hinh/{row}/ten", "=Camera")
    return made


def form_of(workspace: Workspace, *sections: str) -> bytes:
    return taking_form.written(workspace, Wanted(sections, "Nguyễn Văn A", date(2024, 12, 5)))


Rows = dict[str, list[list[object]]]
Change = Callable[[Rows], None]


def rewritten(data: bytes, change: Change, **how: object) -> bytes:
    """The form as another program would save it: every cell again, with what somebody changed."""
    book = xlsx.read_bytes(data, "bieu.xlsx")
    rows: Rows = {sheet.name: [[cell.text for cell in row] for row in sheet.rows] for sheet in book.sheets}
    change(rows)
    target = io.BytesIO()
    out = xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_numbers": False})
    for name, lines in rows.items():
        sheet = out.add_worksheet(name)
        for at, line in enumerate(lines):
            for column, said in enumerate(line):
                if isinstance(said, tuple):
                    sheet.write_formula(at, column, said[0], None, said[1])
                elif said != "":
                    sheet.write(at, column, said)
        for merge in how.get("merge", ()) if name.startswith(SHEET) else ():  # type: ignore[attr-defined]  # ranges
            sheet.merge_range(*merge, "7")
    out.close()
    return target.getvalue()


def sheet_of(rows: Rows, start: str = SHEET) -> list[list[object]]:
    return next(lines for name, lines in rows.items() if name.startswith(start))


def put(rows: Rows, key: str, column: int, said: object, start: str = SHEET) -> None:
    line = next(line for line in sheet_of(rows, start) if line[0] == key)
    line.extend([""] * (column + 1 - len(line)))
    line[column] = said


VALUE, STATE, NOTE = 4, 5, 6


def returned(workspace: Workspace, data: bytes) -> taking_form.Returned:
    return taking_form.returned(workspace, xlsx.read_bytes(data, "bieu.xlsx"))


def told(found: taking_form.Returned) -> dict[str, Verdict]:
    return {one.key: one.verdict for one in found.proposals if one.verdict is not Verdict.SAME}


def one(found: taking_form.Returned, key: str) -> Proposal:
    return next(each for each in found.proposals if each.key == key)


def take(workspace: Workspace, found: taking_form.Returned) -> None:
    chosen = [each for each in found.proposals if each.verdict is Verdict.GOES]
    taking_cells.take(workspace, chosen, found.author())


def test_an_untouched_form_changes_nothing(workspace: Workspace) -> None:
    found = returned(workspace, form_of(workspace))
    assert told(found) == {}
    assert found.remarks == ()
    assert found.author() == "Nguyễn Văn A (bieu.xlsx)"


def test_values_states_notes_prose_and_rows_come_back_as_one_action(workspace: Workspace) -> None:
    def fill(rows: Rows) -> None:
        put(rows, FIRST, VALUE, 1640)
        put(rows, FIRST, NOTE, "sổ theo dõi")
        put(rows, SECOND, VALUE, 25)
        put(rows, THIRD, STATE, "không áp dụng")
        put(rows, FOURTH, VALUE, 8)
        put(rows, "II.1.a", 3, "Đoạn mới.\n• việc hai", "Bài viết")
        lines = sheet_of(rows, "Mô hình")
        new = next(line for line in lines if line[0] == "mo_hinh/")
        new[1:3] = ["=1+1", "Ấp 2"]

    before = workspace.answers
    found = returned(workspace, rewritten(form_of(workspace), fill))
    assert set(told(found).values()) == {Verdict.GOES}
    take(workspace, found)
    answers = workspace.answers
    assert [answers.value(key).number for key in (FIRST, SECOND, FOURTH)] == [1640, 25, 8]
    assert answers.value(FIRST).note == "sổ theo dõi"
    assert answers.value(FOURTH).note == ""
    assert answers.value(THIRD).state is State.NOT_APPLICABLE
    assert answers.prose("II.1.a") == "Đoạn mới.\n\n- việc hai"
    assert [row.cells["ten"].content for row in answers.rows["mo_hinh"]] == ["=Camera", "=1+1"]
    given = workspace.giver(FIRST)
    assert given is not None
    assert given.author == "Nguyễn Văn A (bieu.xlsx)"
    assert told(returned(workspace, rewritten(form_of(workspace), lambda rows: None))) == {}
    workspace.undo()
    assert workspace.answers == before


def test_the_same_form_twice_adds_no_row_twice(workspace: Workspace) -> None:
    def fill(rows: Rows) -> None:
        next(line for line in sheet_of(rows, "Mô hình") if line[0] == "mo_hinh/")[1] = "Vườn mẫu"

    data = rewritten(form_of(workspace), fill)
    take(workspace, returned(workspace, data))
    assert told(returned(workspace, data)) == {}
    assert len(workspace.answers.rows["mo_hinh"]) == 2


def test_what_both_sides_changed_waits_with_three_values(workspace: Workspace) -> None:
    data = rewritten(form_of(workspace), lambda rows: put(rows, FIRST, VALUE, 20))
    workspace.enter(FIRST, "15")
    found = one(returned(workspace, data), FIRST)
    assert found.verdict is Verdict.CONFLICT
    assert found.offer.base is not None
    assert found.value is not None
    assert [found.offer.base.number, found.old.number, found.value.number] == [12, 15, 20]
    untouched = rewritten(form_of(workspace), lambda rows: None)
    workspace.enter(FIRST, "16")
    assert told(returned(workspace, untouched)) == {}


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("85,650", "85,650"),
        ("1.250,5.3", "1.250,5.3"),
        ("05/04", "05/04"),
        ("١٢", "١٢"),
        ("12 😀", "12 😀"),
        (12.5, "12,5"),
        (-3, "-3"),
    ],
)
def test_what_is_no_number_stays_out(workspace: Workspace, typed: object, named: str) -> None:
    data = rewritten(form_of(workspace), lambda rows: put(rows, THIRD, VALUE, typed))
    found = one(returned(workspace, data), THIRD)
    assert found.verdict is Verdict.OUT
    assert named in found.reason


def test_a_formula_is_taken_with_its_result_and_says_so(workspace: Workspace) -> None:
    data = rewritten(form_of(workspace), lambda rows: put(rows, THIRD, VALUE, ("=3+4", 7)))
    found = one(returned(workspace, data), THIRD)
    assert (found.verdict, found.reason) == (Verdict.GOES, "Từ công thức.")
    assert found.value is not None
    assert found.value.number == 7


def test_a_formula_without_result_or_with_an_error_stays_out(workspace: Workspace) -> None:
    def fill(rows: Rows) -> None:
        put(rows, THIRD, VALUE, ("=3+4", 7))
        put(rows, FIRST, VALUE, ("=1/0", "#DIV/0!"))

    data = replaced(rewritten(form_of(workspace), fill), rb"<f>3\+4</f><v>7</v>", b"<f>3+4</f>")
    found = returned(workspace, data)
    assert "không ghi kết quả" in one(found, THIRD).reason
    assert one(found, FIRST).verdict is Verdict.OUT


def test_a_state_that_contradicts_the_value_stays_out(workspace: Workspace) -> None:
    def fill(rows: Rows) -> None:
        put(rows, THIRD, VALUE, 5)
        put(rows, THIRD, STATE, "không")
        put(rows, FIRST, STATE, "chắc là có")

    found = returned(workspace, rewritten(form_of(workspace), fill))
    assert told(found) == {THIRD: Verdict.OUT, FIRST: Verdict.OUT}


def test_an_emptied_cell_takes_nothing_away(workspace: Workspace) -> None:
    found = returned(workspace, rewritten(form_of(workspace), lambda rows: put(rows, FIRST, VALUE, "")))
    assert told(found) == {FIRST: Verdict.OUT}


def _moved(rows: Rows) -> None:
    lines = sheet_of(rows)
    put(rows, THIRD, VALUE, 7)
    for line in lines:
        line.extend([""] * (7 - len(line)))
        line[1], line[4] = line[4], line[1]
    lines.insert(4, ["", "", "dòng ghi thêm"])


def test_moved_columns_and_inserted_rows_are_found_by_their_heads_and_keys(workspace: Workspace) -> None:
    found = returned(workspace, rewritten(form_of(workspace), _moved))
    assert told(found) == {THIRD: Verdict.GOES}
    assert "chuyển chỗ" in found.remarks[0]


def test_without_keys_labels_decide_and_every_cell_waits(workspace: Workspace) -> None:
    def without(rows: Rows) -> None:
        put(rows, THIRD, VALUE, 7)
        for line in sheet_of(rows)[2:]:
            line[0] = ""

    found = returned(workspace, rewritten(form_of(workspace), without))
    assert told(found) == {THIRD: Verdict.DOUBT}
    assert "nhãn" in one(found, THIRD).reason


def test_a_key_beside_the_label_of_another_figure_waits(workspace: Workspace) -> None:
    def swap(rows: Rows) -> None:
        put(rows, THIRD, VALUE, 7)
        put(rows, THIRD, 2, workspace.form.label_of(SECOND))

    assert told(returned(workspace, rewritten(form_of(workspace), swap))) == {THIRD: Verdict.DOUBT}


def test_without_the_hidden_sheet_every_cell_waits(workspace: Workspace) -> None:
    def without(rows: Rows) -> None:
        put(rows, THIRD, VALUE, 7)
        del rows["dcs"]

    found = returned(workspace, rewritten(form_of(workspace), without))
    assert Verdict.GOES not in told(found).values()
    assert told(found)[THIRD] is Verdict.DOUBT
    assert "không còn cho biết" in found.remarks[0]


def test_two_lines_with_one_key_both_stay_out(workspace: Workspace) -> None:
    def copy(rows: Rows) -> None:
        put(rows, THIRD, VALUE, 7)
        line = next(line for line in sheet_of(rows) if line[0] == THIRD)
        sheet_of(rows).append([*line[:VALUE], 9])

    found = returned(workspace, rewritten(form_of(workspace), copy))
    assert [each.verdict for each in found.proposals if each.key == THIRD] == [Verdict.OUT, Verdict.OUT]


def test_merged_cells_stay_out_or_wait(workspace: Workspace) -> None:
    data = rewritten(form_of(workspace), lambda rows: None, merge=[(5, VALUE, 6, VALUE)])
    found = told(returned(workspace, data))
    assert set(found.values()) == {Verdict.DOUBT, Verdict.OUT}


def test_a_row_deleted_since_is_told(workspace: Workspace) -> None:
    def fill(rows: Rows) -> None:
        next(line for line in sheet_of(rows, "Mô hình") if line[0] == "mo_hinh/r1")[1] = "Khác"

    data = rewritten(form_of(workspace), fill)
    workspace.remove_row("mo_hinh", "r1")
    found = [each for each in returned(workspace, data).proposals if each.verdict is Verdict.OUT]
    assert ["bị xóa" in each.reason for each in found] == [True]


@pytest.mark.parametrize(
    ("name", "said"), [("unit", "31420@GSO-2024"), ("period", "2023"), ("template", "khac@1")]
)
def test_another_reports_form_is_refused_by_name(workspace: Workspace, name: str, said: str) -> None:
    def other(rows: Rows) -> None:
        next(line for line in rows["dcs"] if line[0] == name)[1] = said

    with pytest.raises(Refusal, match=re.escape(said.partition("@")[0])):
        returned(workspace, rewritten(form_of(workspace), other))


def test_sections_alone_and_no_formula_of_any_text(workspace: Workspace) -> None:
    data = form_of(workspace, "III.3")
    book = xlsx.read_bytes(data, "bieu.xlsx")
    assert [sheet.name[:5] for sheet in book.sheets][:2] == ["Bìa", "III.3"]
    with zipfile.ZipFile(io.BytesIO(form_of(workspace))) as whole:
        assert not any(b"<f>" in whole.read(name) for name in whole.namelist() if "worksheets" in name)
        assert b"=Camera" in whole.read("xl/sharedStrings.xml")
    with pytest.raises(Refusal, match="XX"):
        form_of(workspace, "XX")


def test_only_input_cells_are_open_and_keys_are_hidden(workspace: Workspace) -> None:
    with zipfile.ZipFile(io.BytesIO(form_of(workspace, "III.3"))) as whole:
        sheet = whole.read("xl/worksheets/sheet2.xml").decode()
        assert "<sheetProtection" in sheet
        assert re.search(r'<col min="1" max="1"[^>]*hidden="1"', sheet)
        assert sheet.count("<dataValidation ") >= 8
        assert b'state="veryHidden"' in whole.read("xl/workbook.xml")


# Files that are no form


def replaced(data: bytes, pattern: bytes, by: bytes, name: str = "xl/worksheets/sheet") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            said = old.read(entry)
            new.writestr(entry, re.sub(pattern, by, said) if entry.startswith(name) else said)
    return target.getvalue()


def test_files_that_are_no_form_are_refused_with_a_sentence(workspace: Workspace) -> None:
    data = form_of(workspace, "III.3")
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    far = replaced(data, rb'r="E5"', b'r="XFD1048576"')
    entity = replaced(data, rb"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet')
    for damaged, word in (
        (b"Khong phai tep Excel", "không phải là tệp Excel"),
        (ole, "kiểu cũ"),
        (ole + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (data[: len(data) // 2], "hỏng"),
        (far, "bất thường"),
        (entity, "bất thường"),
        (replaced(data, rb"<row", b"<rou"), "hỏng"),
        (replaced(data, rb".*", b"", "xl/workbook.xml"), "hỏng"),
    ):
        with pytest.raises(Refusal, match=word):
            xlsx.read_bytes(damaged, "bieu.xlsx")


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", "<workbook/>")
        bomb.writestr("xl/worksheets/sheet1.xml", b" " * 60_000_000)
    with pytest.raises(Refusal, match="bất thường"):
        xlsx.read_bytes(target.getvalue(), "bieu.xlsx")


def test_a_workbook_of_other_things_is_no_form(workspace: Workspace) -> None:
    target = io.BytesIO()
    book = Book(target)
    book.text(book.sheet("Chi tiêu"), (0, 0), "Tiền điện")
    book.close()
    with pytest.raises(Refusal, match="không có ô nào"):
        returned(workspace, target.getvalue())


# The command line


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    status = cli.run([*arguments], lambda *_said: 9)
    return status, capsys.readouterr().out


def test_the_verbs(workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workspace.close()
    workspace.file.close()
    data, out = ["--data", str(tmp_path / "dcs.sqlite")], tmp_path / "tu-phap.xlsx"
    status, _said = run(
        capsys,
        "excel-form",
        *data,
        "--unit",
        UNIT,
        "--period",
        "2024",
        "-o",
        str(out),
        "--section",
        "III.3",
        "--due",
        "05/12/2024",
    )
    assert status == 0

    def fill(rows: Rows) -> None:
        put(rows, THIRD, VALUE, 7)
        put(rows, FIRST, VALUE, "85,650")

    out.write_bytes(rewritten(out.read_bytes(), fill))
    status, said = run(capsys, "take-excel", str(out), *data, "--look", "--json")
    assert (status, json.loads(said)["taken"]) == (1, [])
    status, said = run(capsys, "take-excel", str(out), *data, "--by", "Trần Thị B", "--json")
    found = json.loads(said)
    assert (status, found["taken"], found["author"]) == (1, [THIRD], "Trần Thị B (tu-phap.xlsx)")
    status, said = run(capsys, "show", *data, "--unit", UNIT, "--period", "2024", "--json")
    shown = json.loads(said)
    assert shown["figures"][THIRD]["value"] == 7
    assert shown["given_by"][THIRD]["author"] == "Trần Thị B (tu-phap.xlsx)"
    assert FIRST not in shown["given_by"]
