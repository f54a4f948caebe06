"""A family of forms that shares nothing with the yearly report, from its file to the totals, by the language alone."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from dcs_desktop import paths, template_library
from tests.shell import FAULTS, Shell

TEMPLATE = Path(__file__).parent / "data" / "templates" / "quy-xa-2025.toml"
Q1, Q2 = ("--unit", "31426", "--period", "2025-Q1"), ("--unit", "31426", "--period", "2025-Q2")
BILLIONS = Decimal("12345678901234")


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Shell]:
    """A user who was given the template."""
    template_library.template.cache_clear()
    own = Shell(tmp_path, capsys, [])
    assert own.json("template", "add", TEMPLATE)["template"] == "quy-xa@2025"
    yield own
    template_library.template.cache_clear()


def answers(
    so_viec: int, luot: int, thanh: int, tien: Decimal, earlier: dict[str, Any] | None = None
) -> dict[str, Any]:
    """A quarter's answers; what is counted since the start of the year follows from the quarter before."""
    before = earlier["figures"] if earlier else {}

    def since(key: str, number: Decimal | int) -> str:
        return str(number + Decimal(str(before.get(key, {"value": 0})["value"])))

    figures = {
        "cong_khai.so_viec": so_viec,
        "cong_khai.luy_ke": since("cong_khai.luy_ke", so_viec),
        "hinh_thuc.chinh": "niem_yet",
        "hinh_thuc.da_dung": "niem_yet;hop_dan",
        "hinh_thuc.niem_yet": True,
        "hinh_thuc.truyen_thanh": False,
        "dan_ban.ho": 1640,
        "dan_ban.dong_y": 1312,
        "tiep_dan.luot": luot,
        "tiep_dan.luy_ke": since("tiep_dan.luy_ke", luot),
        "hoa_giai.vu": thanh + 1,
        "hoa_giai.thanh": thanh,
        "hoa_giai.luy_ke": since("hoa_giai.luy_ke", thanh),
        "dong_gop.cong_trinh": 1,
        "dong_gop.tien": str(tien),
        "dong_gop.luy_ke": since("dong_gop.luy_ke", tien),
    }
    return {
        "figures": {key: {"state": "number", "value": value} for key, value in figures.items()},
        "narratives": {
            "I.1": "Xã đã công khai {cong_khai.so_viec} việc bằng: {hinh_thuc.da_dung}.",
            "I.2": "Hòa giải thành {hoa_giai.thanh} vụ.",
            "II.1": "Tiếp tục công khai.",
        },
        "tables": {
            "cong_trinh": [
                {"ten": "Đường ấp", "thon": "ấp 2", "tien": str(tien), "xong": "yes", "ngay": "2025-03-01"}
            ]
        },
    }


def test_it_is_under_two_hundred_lines() -> None:
    assert len(TEMPLATE.read_text("utf-8").splitlines()) < 200


def test_a_quarter_is_entered_checked_and_packed(shell: Shell) -> None:
    assert shell.json("new", *Q1)["template"] == "quy-xa@2025"
    assert shell.json("fill", *Q1, shell.file(answers(12, 40, 5, BILLIONS)))["faults"] == []
    shown = shell.json("show", *Q1)
    assert shown["figures"]["dan_ban.ty_le"]["value"] == 80
    assert shown["figures"]["dong_gop.luy_ke"]["value"] == BILLIONS
    assert [f["rule"] for f in shell.json("check", *Q1)] == []
    packed = shell.json("export", *Q1, "-o", shell.folder / "out")
    assert shell.json("verify", packed["path"])["faults"] == []


def test_what_is_counted_since_the_start_of_the_year_follows_the_quarter_before(shell: Shell) -> None:
    shell.run("new", *Q1)
    wrong = answers(12, 40, 5, BILLIONS)
    wrong["figures"]["tiep_dan.luy_ke"]["value"] = 41
    shell.run("fill", *Q1, shell.file(wrong))
    (first,) = shell.json("check", *Q1, status=FAULTS)
    assert first["rule"] == "lk.tiep_dan"
    shell.run("fill", *Q1, shell.file(answers(12, 40, 5, BILLIONS)))
    shell.run("new", *Q2)
    shell.run("fill", *Q2, shell.file(answers(3, 10, 2, Decimal(1000), shell.json("show", *Q1))))
    assert shell.json("show", *Q2)["figures"]["tiep_dan.luy_ke"]["value"] == 50
    assert shell.json("check", *Q2) == []
    second = answers(3, 10, 2, Decimal(1000))
    shell.run("fill", *Q2, shell.file(second))
    assert {f["rule"] for f in shell.json("check", *Q2, status=FAULTS)} == {
        "lk.cong_khai", "lk.tiep_dan", "lk.hoa_giai", "lk.dong_gop",
    }  # fmt: skip


def test_another_year_does_not_stand_in_for_the_quarter_before(shell: Shell) -> None:
    """Of the quarter before nothing is known: what is counted since the start of the year says nothing."""
    shell.run("new", *Q2)
    shell.run("fill", *Q2, shell.file(answers(3, 10, 2, Decimal(1000))))
    later = ("--unit", "31426", "--period", "2026-Q2")
    shell.run("new", *later)
    shell.run("fill", *later, shell.file(answers(4, 11, 3, Decimal(2000))))
    assert shell.json("check", *later) == []


def test_several_choices_are_typed_by_label_and_kept_in_their_order(shell: Shell) -> None:
    shell.run("new", *Q1)
    key = "hinh_thuc.da_dung"

    def filled(value: str) -> list[str]:
        said = shell.json(
            "fill", *Q1, shell.file({"figures": {key: {"value": value}}}), status=int("xyz" in value)
        )
        return [fault["message"] for fault in said["faults"]]

    assert filled("niem_yet;tin_nhan") == []
    assert shell.json("show", *Q1)["figures"][key]["value"] == "niem_yet;tin_nhan"
    assert "xyz" in filled("niem_yet;xyz")[0]


def test_a_package_of_a_form_that_is_not_there_waits_until_it_is_added(
    shell: Shell, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.run("new", *Q1)
    shell.run("fill", *Q1, shell.file(answers(12, 40, 5, BILLIONS)))
    packed = shell.json("export", *Q1, "-o", shell.folder / "out")["path"]
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "elsewhere"))
    template_library.template.cache_clear()
    desk = Shell(tmp_path / "desk", capsys, [])
    desk.folder.mkdir()
    desk.run("setup", "--unit", "934@GSO-2024", "--receiver", "93@GSO-2024", "--level", "receiving")
    (verdict,) = desk.json("import", packed, status=FAULTS)
    assert verdict["verdict"] == "template_unknown"
    assert desk.json("template", "add", TEMPLATE)["template"] == "quy-xa@2025"
    assert desk.json("totals", "--period", "2025-Q1")["tiep_dan.luot"]["value"] == 40


def test_it_is_printed_sheet_by_sheet(shell: Shell) -> None:
    shell.run("new", *Q1)
    shell.run("fill", *Q1, shell.file(answers(12, 40, 5, BILLIONS)))
    pdf, word, excel = (shell.folder / f"in.{kind}" for kind in ("pdf", "docx", "xlsx"))
    for target in (pdf, word, excel):
        assert shell.json("report", *Q1, "-o", target)["path"] == str(target)
    pages = [page.extract_text() for page in PdfReader(pdf).pages]
    sheets = {number: next(page for page in pages if f"BIỂU SỐ 0{number}" in page) for number in (1, 2, 3, 4)}
    assert "Trong kỳ" in sheets[1]
    assert "Lũy kế" in sheets[1]
    assert "Kế hoạch" not in sheets[1]
    assert "Số lượt tiếp công dân" not in sheets[1]
    assert "Số lượt tiếp công dân" in sheets[2]
    assert "lũy kế từ đầu năm" not in sheets[2].replace("\n", " ")
    assert sheets[3].count("12.345.678.901.234") == 2
    assert "12.345.678.901.234" in sheets[4]
    assert "12 việc bằng: Niêm yết tại trụ sở; Hội nghị thôn." in " ".join(pages[0].split())
    assert "Niêm yết tại trụ sở; Hội nghị thôn" in " ".join(sheets[1].split())
    workbook = CalamineWorkbook.from_path(excel)
    cells = {
        cell
        for name in workbook.sheet_names
        for row in workbook.get_sheet_by_name(name).to_python()
        for cell in row
    }
    assert "Niêm yết tại trụ sở; Hội nghị thôn" in cells
    heads = [tuple(cell.text for cell in table.rows[0].cells) for table in docx.Document(str(word)).tables]
    assert ("TT", "Nội dung", "Đơn vị tính", "Trong kỳ", "Lũy kế", "Ghi chú") in heads
    assert "Số liệu" in CalamineWorkbook.from_path(excel).sheet_names
    blank = shell.folder / "trong.pdf"
    assert shell.json("blank-form", *Q1, "-o", blank)["template"] == "quy-xa@2025"
    asked = " ".join(" ".join(page.extract_text() for page in PdfReader(blank).pages).split())
    for label in (
        "Số việc đã công khai",
        "Niêm yết tại trụ sở",
        "Số hộ đồng ý",
        "Tên công trình",
        "Nhóm tin nhắn của thôn",
    ):
        assert label in asked
    assert "Tỷ lệ hộ đồng ý" not in asked


def test_the_district_adds_it_up(shell: Shell, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tien = (BILLIONS, Decimal("99999999999999"))
    for code, money in zip(("31426", "31432"), tien, strict=True):
        one = ("--unit", code, "--period", "2025-Q1")
        shell.run("new", *one)
        shell.run("fill", *one, shell.file(answers(12, 40, 5, money)))
        shell.run("export", *one, "-o", tmp_path / "packages")
    desk = Shell(tmp_path / "desk", capsys, [])
    desk.folder.mkdir()
    desk.run("setup", "--unit", "934@GSO-2024", "--receiver", "93@GSO-2024", "--level", "receiving")
    verdicts = desk.json("import", tmp_path / "packages")
    assert {verdict["verdict"] for verdict in verdicts} == {"accepted"}
    totals = desk.json("totals", "--period", "2025-Q1")
    assert totals["dong_gop.tien"]["value"] == sum(tien)
    assert totals["hoa_giai.luy_ke"]["value"] == 10
    assert totals["dan_ban.ty_le"]["value"] == 80
    assert totals["hinh_thuc.niem_yet"]["value"] == 2
    assert (totals["dong_gop.tien"]["covered"], totals["dong_gop.tien"]["expected"]) == (2, 15)
