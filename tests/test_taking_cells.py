"""A block of cells from a spreadsheet: read, matched, judged, taken as one action; what is doubtful stays out."""

from __future__ import annotations

import pytest

from dcs_desktop import starting, taking_cells
from dcs_desktop.core.offered import Proposal, Verdict
from dcs_desktop.core.period import Period
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.values import State
from dcs_desktop.reading.clipboard import MOST_LETTERS, block
from dcs_desktop.store import DataFile
from dcs_desktop.workspace import Workspace, new_report

YEAR = Period(2024)
DOANH_NGHIEP = ("dn.cong_doan_co_so", "dn.tong", "dn.co_cong_doan", "dn.quy_che")


@pytest.fixture
def workspace(file: DataFile) -> Workspace:
    setup = starting.proposed_setup(starting.unit_of("31426@GSO-2024", YEAR), YEAR)
    file.save_setup(setup)
    return Workspace.open(file, new_report(file, setup, YEAR, "dcs@2024"))


def proposed(workspace: Workspace, key: str, text: str, html: str = "") -> tuple[Proposal, ...]:
    given = taking_cells.pasted(workspace.form, key, block(text, html))
    return taking_cells.proposals(workspace.form, workspace.answers, given)


def take_all(workspace: Workspace, proposals: tuple[Proposal, ...]) -> None:
    taking_cells.take(workspace, [one for one in proposals if one.verdict is Verdict.GOES])


def numbers(workspace: Workspace, *keys: str) -> list[int | None]:
    found = [workspace.answers.value(key).number for key in keys]
    return [None if number is None else int(number) for number in found]


def test_a_column_goes_downwards_from_the_field_and_is_one_action(workspace: Workspace) -> None:
    take_all(workspace, proposed(workspace, DOANH_NGHIEP[0], "12\r\n1.640\r\n\r\nkhông\r\n"))
    assert numbers(workspace, *DOANH_NGHIEP) == [12, 1640, None, 0]
    assert workspace.answers.value(DOANH_NGHIEP[3]).state is State.NONE
    workspace.undo()
    assert numbers(workspace, *DOANH_NGHIEP) == [None] * 4


def test_a_pair_takes_done_and_target_and_nothing_lies_beyond(workspace: Workspace) -> None:
    found = proposed(workspace, "giam_sat.mttq.done", "44\t40\t7\n")
    assert [(one.key, one.verdict) for one in found] == [
        ("giam_sat.mttq.done", Verdict.GOES),
        ("giam_sat.mttq.target", Verdict.GOES),
        ("", Verdict.OUT),
    ]
    assert "Bên phải" in found[2].reason


def test_lines_beyond_the_section_stay_out(workspace: Workspace) -> None:
    found = proposed(workspace, "khen_thuong.ca_nhan", "5\n6\n")
    assert [one.verdict for one in found] == [Verdict.GOES, Verdict.OUT]


def test_labels_decide_wherever_the_block_was_pasted(workspace: Workspace) -> None:
    text = (
        "TT\tNội dung\tĐVT\tThực hiện\tKế hoạch\tKỳ trước\n"
        "1\tsố doanh nghiệp có công đoàn\tdoanh nghiệp\t7\t\t5\n"
        "2\tTỔNG SỐ HỘ DÂN CƯ\thộ\t4.512\t\t4.400\n"
        "3\tGiám sát do Mặt trận Tổ quốc Việt Nam xã chủ trì\tcuộc\t44\t40\t39\n"
        "4\tSố con trâu trong xã\tcon\t9\t\t8\n"
    )
    found = proposed(workspace, DOANH_NGHIEP[0], text)
    assert {one.key: one.offer.cell.text for one in found if one.verdict is Verdict.GOES} == {
        "dn.co_cong_doan": "7",
        "dan_cu.ho": "4.512",
        "giam_sat.mttq.done": "44",
        "giam_sat.mttq.target": "40",
    }
    (out,) = (one for one in found if one.verdict is Verdict.OUT)
    assert "Số con trâu trong xã" in out.reason


def test_a_figure_that_is_computed_is_named_as_such(workspace: Workspace) -> None:
    derived = next(figure for figure in workspace.form.figures.values() if figure.derived)
    text = f"Số doanh nghiệp có công đoàn\t3\n{derived.label}\t8\n"
    found = proposed(workspace, DOANH_NGHIEP[0], text)
    assert [one.verdict for one in found] == [Verdict.GOES, Verdict.OUT]
    assert "chương trình tính" in found[1].reason


def test_a_label_that_is_only_nearly_alike_waits_for_a_choice(workspace: Workspace) -> None:
    text = "Số doanh nghiệp có công đòan cơ sở\t3\nSố doanh nghiệp có quy chế dân chủ\t8\n"
    found = proposed(workspace, DOANH_NGHIEP[0], text)
    assert [one.verdict for one in found] in ([Verdict.DOUBT, Verdict.GOES], [Verdict.OUT, Verdict.GOES])
    near = proposed(
        workspace,
        DOANH_NGHIEP[0],
        "Số doanh nghiệp có các quy chế dân chủ\t8\nSố doanh nghiệp có công đoàn\t3\n",
    )
    assert [(one.key, one.verdict) for one in near] == [
        ("dn.quy_che", Verdict.DOUBT),
        ("dn.co_cong_doan", Verdict.GOES),
    ]


@pytest.mark.parametrize(
    "text", ["85,650", "1.250,5.3", "05/04", "١٢٣", "12 😀", "1.64", "-5", "12a", "#REF!", "1e5"]
)
def test_faults_stay_out_and_are_named(workspace: Workspace, text: str) -> None:
    found = proposed(workspace, DOANH_NGHIEP[0], f"{text}\n12\n")
    assert [one.verdict for one in found] == [Verdict.OUT, Verdict.GOES]
    assert text in found[0].reason
    take_all(workspace, found)
    assert numbers(workspace, *DOANH_NGHIEP[:2]) == [None, 12]
    assert workspace.answers.drafts == {}


def test_readings_of_a_fault_are_named_and_not_chosen(workspace: Workspace) -> None:
    (found,) = proposed(workspace, DOANH_NGHIEP[0], "85,650\t")
    assert "85.650" in found.reason
    assert found.value is None


def test_the_number_that_the_page_itself_says_stands_for_a_text_in_another_notation(
    workspace: Workspace,
) -> None:
    html = '<table><tr><td sdval="85650">85,650</td></tr><tr><td sdval="3">3</td></tr></table>'
    found = proposed(workspace, DOANH_NGHIEP[0], "85,650\n3\n", html)
    take_all(workspace, found)
    assert numbers(workspace, *DOANH_NGHIEP[:2]) == [85650, 3]


def test_word_tables_with_merged_cells_and_lines_in_a_cell() -> None:
    html = (
        "<table><tr><th colspan=2>A</th><th>B</th></tr><tr><td rowspan=2>x<br>y</td><td>1</td><td>2</td></tr>"
        "<tr><td>3</td><td>4</td></tr></table>"
    )
    said = [[cell.text for cell in row] for row in block("A B\nx\ny\n1\n", html)]
    assert said == [["A", "", "B"], ["x\ny", "1", "2"], ["", "3", "4"]]


def test_quotes_of_excel_around_lines_and_single_quotes_within() -> None:
    said = [
        [cell.text for cell in row] for row in block('"dòng 1\ndòng ""hai"""\t5\r\n"mở không đóng\t6\r\n')
    ]
    assert said == [['dòng 1\ndòng "hai"', "5"], ['"mở không đóng', "6"]]


def test_rows_of_a_table_are_overwritten_and_added(workspace: Workspace) -> None:
    row = workspace.add_row("mo_hinh").row
    workspace.enter(f"mo_hinh/{row}/ten", "Cũ")
    text = "Tên mô hình\tNơi\n".replace("Tên mô hình", workspace.form.tables["mo_hinh"].column("ten").label)
    text = text.replace("Nơi", workspace.form.tables["mo_hinh"].column("noi").label)
    found = proposed(workspace, f"mo_hinh/{row}/ten", text + "Camera\tẤp 1\nVườn mẫu\tẤp 2\n")
    take_all(workspace, found)
    rows = workspace.answers.rows["mo_hinh"]
    assert [[one.cells[c].content for c in ("ten", "noi")] for one in rows] == [
        ["Camera", "Ấp 1"],
        ["Vườn mẫu", "Ấp 2"],
    ]
    workspace.undo()
    (only,) = workspace.answers.rows["mo_hinh"]
    assert only.cells["ten"].content == "Cũ"


def test_too_much_at_once_is_refused() -> None:
    with pytest.raises(Refusal, match="Khối dán"):
        block("1\t2\n" * (MOST_LETTERS // 4 + 1))
    with pytest.raises(Refusal, match="dòng"):
        block("1\t2\n" * 501)


def test_whose_answers_they_are_stands_until_they_change_and_survives_opening_anew(
    workspace: Workspace,
) -> None:
    found = proposed(workspace, DOANH_NGHIEP[0], "12\t")
    taking_cells.take(workspace, found, "Nguyễn Văn A (tu-phap.xlsx)")
    workspace.flush()
    again = Workspace.open(workspace.file, workspace.ref)
    author = "Nguyễn Văn A (tu-phap.xlsx)"

    def giver(one: Workspace) -> str:
        given = one.giver(DOANH_NGHIEP[0])
        return "" if given is None else given.author

    assert [giver(workspace), giver(again)] == [author, author]
    again.set_note(DOANH_NGHIEP[0], "sổ theo dõi")
    assert giver(again) == author
    again.enter(DOANH_NGHIEP[0], "13")
    assert giver(again) == ""
    again.undo()
    assert giver(again) == author
    again.flush()
    records = again.file.changes(again.ref)
    assert {record.author for record in records if record.change.key == DOANH_NGHIEP[0]} == {author, ""}
