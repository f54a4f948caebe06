"""250 changes of every kind: closed, opened again, 200 taken back and 200 done again to the same digest; told in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dcs_desktop.core.digest import content_digest
from dcs_desktop.core.own import addition, sections_for
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Letterhead, UnitName
from dcs_desktop.core.setup import Setup
from dcs_desktop.core.values import Kind, State, given
from dcs_desktop.history import steps
from dcs_desktop.starting_report import Carry
from dcs_desktop.store import DataFile, open_file
from dcs_desktop.workspace import Workspace, new_report

COMMUNE = UnitName("31426", "GSO-2024", "Xã Phương Bình", "xã")
SETUP = Setup(COMMUNE, UnitName("934", "GSO-2024", "Huyện Phụng Hiệp", "huyện"), "commune", Letterhead())
FIGURE, OTHER, ITEM, TABLE = "hoa_giai.thanh", "hoa_giai.dua_ra", "III.1.e", "van_ban"
Act = Callable[[Workspace, int], object]


class Clock:
    """Goes on two minutes with every look, so that no typing is joined to other typing."""

    def __init__(self) -> None:
        self.moment = datetime(2025, 12, 1, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(minutes=2)
        return self.moment


def together(workspace: Workspace, number: int) -> None:
    with workspace.together("Công an xã"):
        workspace.enter(FIGURE, str(number + 302))
        workspace.enter(OTHER, str(number + 303))


def cell(workspace: Workspace, number: int) -> None:
    row = workspace.answers.rows[TABLE][-1]
    workspace.enter(f"{TABLE}/{row.id}/so", f"{number}-KH/ĐU")


def moved(workspace: Workspace, _number: int) -> None:
    workspace.move_row(TABLE, workspace.answers.rows[TABLE][-1].id, 0)


def signed(workspace: Workspace, number: int) -> None:
    workspace.set_letterhead(replace(workspace.letterhead, number=str(number)))


def confirmed(workspace: Workspace, number: int) -> None:
    if workspace.confirm("dan_cu.thon").changed == frozenset():
        workspace.enter("dan_cu.thon", str(number + 1))


def nothing(workspace: Workspace, number: int) -> None:
    if not workspace.nothing_here("II.1.a").changed:
        workspace.enter("tap_huan.so_cuoc", str(number + 1))


ACTS: tuple[Act, ...] = (
    lambda w, n: w.enter(FIGURE, str(n + 1)),
    lambda w, n: w.enter(OTHER, f"{n},x"),
    lambda w, n: w.write(ITEM, f"Lần {n}: {{{FIGURE}}} vụ."),
    lambda w, n: w.set_state("to_tu_quan", (State.PENDING, State.NOT_APPLICABLE)[n % 2], f"lý do {n}"),
    lambda w, n: w.set_note(FIGURE, f"nguồn {n}"),
    lambda w, n: w.add_row(TABLE),
    cell,
    lambda w, n: w.put_rows(TABLE, [{"so": given(f"{n}/QĐ")}]),
    moved,
    lambda w, n: w.remove_row(TABLE, w.answers.rows[TABLE][0].id),
    lambda w, n: w.accept("kt.thu", f"đã xem {n}"),
    signed,
    nothing,
    confirmed,
    together,
)


def begun(file: DataFile, clock: Clock) -> Workspace:
    last = Workspace.open(file, new_report(file, SETUP, Period(2023), "dcs@2024"))
    last.enter("dan_cu.thon", "12")
    last.close()
    carried = Carry(last.ref)
    return Workspace.open(file, new_report(file, SETUP, Period(2024), "dcs@2024", carry=carried), clock)


def test_two_hundred_of_250_changes_of_every_kind_are_taken_back_and_done_again(tmp_path: Path) -> None:
    path, clock = tmp_path / "xã.sqlite", Clock()
    file = open_file(path, create=True)
    workspace = begun(file, clock)
    reports = [workspace.report()]
    for number in range(250):
        before = tuple(workspace.undoable)
        ACTS[number % len(ACTS)](workspace, number)
        assert tuple(workspace.undoable)[-1:] != before[-1:], ACTS[number % len(ACTS)]
        reports.append(workspace.report())
    ref = workspace.ref
    workspace.close()
    file.close()

    file = open_file(path)
    again = Workspace.open(file, ref, clock)
    assert again.report() == reports[-1]
    assert len(again.undoable) == 200
    for taken in range(1, 201):
        assert again.undo() is not None
        assert again.report() == reports[-1 - taken]
    assert again.undo() is None
    again.close()
    file.close()

    file = open_file(path)
    once_more = Workspace.open(file, ref, clock)
    for done in range(1, 201):
        assert once_more.redo() is not None
        assert once_more.report() == reports[50 + done]
    assert once_more.redo() is None
    assert content_digest(once_more.report()) == content_digest(reports[-1])
    once_more.close()
    assert file.report(ref) == reports[-1]
    told = steps(once_more.form, file.changes(ref))
    assert len(told) == 250 + 200 + 200
    assert len(once_more.undoable) == 200
    file.close()


def test_what_a_unit_adds_of_its_own_is_told_in_words(tmp_path: Path) -> None:
    file = open_file(tmp_path / "xã.sqlite", create=True)
    workspace = begun(file, Clock())
    section = sections_for(workspace.form, Kind.COUNT)[0].id
    for said in ("Tổ liên gia", "Tổ liên gia tự quản"):
        workspace.set_own("own.1", addition(workspace.form, section, Kind.COUNT, said, "tổ"))
    workspace.set_own("own.1", None)
    workspace.flush()
    assert [step.words for step in steps(workspace.form, file.changes(workspace.ref))] == [
        "Mục riêng của đơn vị: bỏ “Tổ liên gia tự quản”",
        "Mục riêng của đơn vị: đổi thành “Tổ liên gia tự quản”",
        "Mục riêng của đơn vị: thêm “Tổ liên gia”",
    ]
    workspace.close()
    file.close()


def test_every_kind_of_change_is_told_in_words(tmp_path: Path) -> None:
    file = open_file(tmp_path / "xã.sqlite", create=True)
    workspace = begun(file, Clock())
    for number, act in enumerate(ACTS):
        act(workspace, number)
    workspace.undo()
    workspace.flush()
    told = steps(workspace.form, file.changes(workspace.ref))
    said = [step.words for step in reversed(told)]
    assert said == [
        "Số vụ hòa giải thành: trống → 1",
        "Số vụ đưa ra hòa giải: trống → “1,x”",
        f"{workspace.form.items[ITEM].prompt[:59]}…: trống → “Lần 2: … vụ.”",
        "Số tổ tự quản cộng đồng: trống → không áp dụng",
        "Số vụ hòa giải thành: ghi chú “nguồn 4”",
        "Văn bản lãnh đạo, chỉ đạo trực tiếp về thực hiện dân chủ ở …: thêm dòng",
        "Văn bản lãnh đạo, chỉ đạo trực tiếp về thực hiện dân chủ ở … – Số, ký hiệu: trống → 6-KH/ĐU",
        "Văn bản lãnh đạo, chỉ đạo trực tiếp về thực hiện dân chủ ở …: thêm dòng",
        "Văn bản lãnh đạo, chỉ đạo trực tiếp về thực hiện dân chủ ở …: chuyển dòng",
        "Văn bản lãnh đạo, chỉ đạo trực tiếp về thực hiện dân chủ ở …: xóa dòng",
        "Chấp nhận cảnh báo: đã xem 10",
        "Thể thức, số, ngày, người ký",
        "Số cuộc, lớp, hội nghị tuyên truyền, tập huấn: trống → không; cùng 3 chỗ khác",
        "Tổng số thôn: vẫn đúng, không đổi",
        "Số vụ hòa giải thành: 1 → 316; cùng 1 chỗ khác",
        "Hoàn tác – Số vụ đưa ra hòa giải: 317 → trống; cùng 1 chỗ khác",
    ]
    assert told[1].author == "Công an xã"
    assert {step.place for step in told} >= {"III.1.e", "II.1.a", "I.a", ""}
    workspace.close()
    file.close()
