"""Journeys on the command line: every verb, what it prints for people and for scripts, its exit status."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import docx
import pypdf
import pytest

from dcs_desktop import receiving
from dcs_desktop.core.fingerprint import fingerprint, words
from dcs_desktop.core.period import Period
from dcs_desktop.demo import make_demo
from dcs_desktop.keys import own_key
from dcs_desktop.paths import resources_dir
from dcs_desktop.store import open_file
from tests.reading.word_files import edited
from tests.shell import DONE, FAULTS, REFUSED, Shell

REPORT = ("--unit", "31426", "--period", "2024")
OWN = ("--unit", "934", "--period", "2024")
PERIOD = ("--period", "2024")


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path, capsys, [])


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("demo")
    make_demo(directory)
    return directory


@pytest.fixture
def desk(shell: Shell, demo: Path) -> Shell:
    """The district's file of the sample data, a copy of its own."""
    shutil.copy(demo / "receiving.sqlite", shell.folder / "dcs.sqlite")
    return shell


@pytest.fixture
def report(shell: Shell) -> Shell:
    """A report that was begun."""
    assert shell.run("new", *REPORT).status == DONE
    return shell


def test_a_new_report_says_what_it_is(shell: Shell) -> None:
    assert shell.json("new", *REPORT) == {
        "unit": "31426@GSO-2024",
        "unit_name": "Xã Phương Bình",
        "period": "2024",
        "template": "dcs@2024",
        "level": "commune",
        "receiver": "934@GSO-2024",
        "revision": 0,
        "training": False,
    }
    assert "Đã có báo cáo" in shell.refused("new", *REPORT)
    again = shell.run("new", "--unit", "31426", "--period", "2025", "--receiver", "92@GSO-2025-07")
    assert again.out == "Đã lập báo cáo năm 2025 của Xã Phương Bình theo mẫu dcs@2025.\n"


ASKED = {
    "hoa_giai.tiep_nhan": {"state": "number", "value": 12, "note": "sổ hòa giải"},
    "hoa_giai.dua_ra": 10,
    "hoa_giai.khong_thanh": {"state": "none"},
    "hoa_giai.thanh": {"state": "pending", "reason": "chờ Tư pháp"},
    "to_hoa_giai": {"state": "not_applicable"},
    "dan_cu.thon": {"state": "blank"},
    "ntm.dat_chuan": True,
    "y_kien.tu_ngay": "2024-04-17",
    "cong_khai.hinh_thuc": "Niêm yết",
    "giam_sat.mttq.done": 3,
    "giam_sat.mttq.target": "2",
    "tap_huan.doi_tuong": "cán bộ 2024",
}
FILLED = {
    "hoa_giai.tiep_nhan": {"state": "number", "value": 12, "unit": "vụ", "note": "sổ hòa giải"},
    "hoa_giai.dua_ra": {"state": "number", "value": 10, "unit": "vụ"},
    "hoa_giai.khong_thanh": {"state": "none", "value": 0, "unit": "vụ"},
    "hoa_giai.thanh": {"state": "pending", "value": None, "unit": "vụ", "reason": "chờ Tư pháp"},
    "to_hoa_giai": {"state": "not_applicable", "value": None, "unit": "tổ"},
    "dan_cu.thon": {"state": "blank", "value": None, "unit": "thôn"},
    "ntm.dat_chuan": {"state": "number", "value": True, "unit": ""},
    "y_kien.tu_ngay": {"state": "number", "value": "2024-04-17", "unit": ""},
    "giam_sat.mttq.percent": {"state": "number", "value": 150, "unit": "%"},
}


def test_fill_takes_every_state_and_show_gives_it_back(report: Shell) -> None:
    said = report.json("fill", *REPORT, report.file({"figures": ASKED, "narratives": {"I.a": "Có **đậm**."}}))
    assert said == {"keys": [*ASKED, "I.a"], "faults": []}
    shown = report.json("show", *REPORT)
    assert {key: shown["figures"][key] for key in FILLED} == FILLED
    assert shown["narratives"]["I.a"] == "Có **đậm**."
    text = report.run("show", *REPORT).out
    assert "    | Có **đậm**.\n" in text
    assert "Số vụ tiếp nhận" in text or "12 vụ" in text


def test_what_show_gives_fill_takes_and_nothing_is_lost(report: Shell) -> None:
    columns = _columns(report)
    rows = [dict(zip(columns, ("một", {"state": "not_applicable"}), strict=False)), {columns[0]: "hai"}]
    figures = {**ASKED, "dan_cu.ho": "1.64", "cuoc_doi_thoai": {"state": "none"}}
    given = {"figures": figures, "narratives": {"I.b": "Tốt."}, "tables": {"van_ban": rows}}
    assert report.run("fill", *REPORT, report.file(given)).status == FAULTS, "1.64 is no number"
    before = report.json("show", *REPORT)
    assert before["figures"]["dan_cu.ho"] == {"state": "blank", "value": None, "unit": "hộ", "typed": "1.64"}
    assert before["figures"]["cuoc_doi_thoai"]["state"] == "none"
    assert "“1.64” (không đọc được)" in report.run("show", *REPORT).out
    file = report.folder / "shown.json"
    file.write_text(report.run("show", *REPORT, "--json").out, "utf-8-sig")
    report.run("fill", *REPORT, file)
    assert report.json("show", *REPORT) == before
    other = ("--unit", "31399", "--period", "2024")
    report.run("new", *other)
    report.run("fill", *other, file)
    after = report.json("show", *other)
    assert [after[part] for part in ("figures", "narratives", "tables")] == [
        before[part] for part in ("figures", "narratives", "tables")
    ]


def _columns(report: Shell) -> list[str]:
    """The columns of the table of documents."""
    report.json("fill", *REPORT, report.file({"tables": {"van_ban": [{}]}}))
    row = report.json("show", *REPORT)["tables"]["van_ban"][0]
    return [column for column in row if column != "id"]


def test_check_lists_findings_and_its_status_tells_of_errors(report: Shell) -> None:
    findings = report.json("check", *REPORT)
    assert {tuple(finding) for finding in findings} == {("rule", "severity", "keys", "message")}
    assert {finding["severity"] for finding in findings} == {"missing"}
    figures = {"hoa_giai.tiep_nhan": 9, "hoa_giai.dua_ra": 12, "hoa_giai.con_lai": 1}
    report.run("fill", *REPORT, report.file({"figures": figures}))
    errors = [f for f in report.json("check", *REPORT, status=FAULTS) if f["severity"] == "error"]
    assert {"hoa_giai.tiep_nhan", "hoa_giai.dua_ra"} <= set(errors[0]["keys"])
    assert "Lỗi: Mục" in report.run("check", *REPORT).out


def test_check_tells_what_texts_say_against_themselves_and_against_a_figure(report: Shell) -> None:
    texts = {"I.a": "Mở 540/400 lớp, đạt 130%.", "III.1.e": "Cả năm hòa giải thành 40 vụ."}
    report.run("fill", *REPORT, report.file({"figures": {"hoa_giai.thanh": 45}, "narratives": texts}))
    said = [finding for finding in report.json("check", *REPORT) if "quote" in finding]
    assert [(one["severity"], one["keys"], one["quote"], one["correction"]) for one in said] == [
        ("warning", ["I.a"], "540/400 lớp, đạt 130%", "135%"),
        ("warning", ["III.1.e"], "40", "45"),
    ]
    told = report.run("check", *REPORT).out
    assert "Cảnh báo: Mục III.1.e: “Số vụ hòa giải thành” là 45, trong câu ghi 40." in told
    assert report.run("export", *REPORT, "-o", report.folder).status == 0


def test_a_second_fill_makes_an_amendment_and_an_equal_one_does_not(report: Shell) -> None:
    first = report.json("export", *REPORT, "-o", report.folder / "out")
    assert list(first) == ["path", "revision", "digest", "signed_by", "key_changed"]
    assert Path(first["path"]).name == "DCS_31426_2024-nam_CT.zip"
    assert first["revision"] == 0
    same = report.file(report.json("show", *REPORT))
    report.run("fill", *REPORT, same)
    assert report.json("export", *REPORT, "-o", report.folder / "out") == first
    report.run("fill", *REPORT, report.file({"figures": {"dan_cu.ho": 1640}}))
    second = report.json("export", *REPORT, "-o", report.folder / "out")
    assert (Path(second["path"]).name, second["revision"]) == ("DCS_31426_2024-nam_BS1.zip", 1)
    manifest = report.json("verify", second["path"])["manifest"]
    assert (manifest["parent"], manifest["content_digest"]) == (first["digest"], second["digest"])


def test_verify_reads_without_taking_in(report: Shell) -> None:
    path = report.json("export", *REPORT, "-o", report.folder)["path"]
    said = report.json("verify", path)
    assert (said["faults"], said["manifest"]["unit"]["code"]) == ([], "31426")
    assert said["signature"] == words(fingerprint(own_key().key.public))
    assert "năm 2024 của Xã Phương Bình, bản chính thức" in report.run("verify", path).out
    said = report.json("verify", report.file({}), status=FAULTS)
    assert said["manifest"] is None
    assert [fault["code"] for fault in said["faults"]] == ["not_a_package"]
    assert "nix.zip" in report.refused("verify", "nix.zip")


def test_verify_tells_whether_a_print_is_of_the_package(report: Shell) -> None:
    path = report.json("export", *REPORT, "-o", report.folder)["path"]
    printed = report.folder / "in.pdf"
    report.run("report", *REPORT, "-o", printed)
    assert report.json("verify", path, "--pdf", printed)["pdf"] is True
    report.run("fill", *REPORT, report.file({"figures": {"dan_cu.ho": 3}}))
    report.run("report", *REPORT, "-o", printed)
    assert report.json("verify", path, "--pdf", printed, status=FAULTS)["pdf"] is False
    printed.write_bytes(b"%PDF-1.4 of another program")
    assert report.json("verify", path, "--pdf", printed, status=FAULTS)["pdf"] is None
    assert "không phải là tệp PDF" in report.refused("verify", path, "--pdf", path)


def test_the_desk_takes_packages_in_and_knows_who_filed(shell: Shell, demo: Path) -> None:
    setup = shell.json("setup", "--unit", "934@GSO-2024", "--training")
    assert setup == {"unit": "934@GSO-2024", "receiver": "93@GSO-2024", "level": "receiving"}
    shell.run("new", *OWN)
    verdicts = shell.json("import", demo / "packages", shell.file({}), status=FAULTS)
    assert {tuple(one) for one in verdicts} == {("file", "verdict", "reason", "unit", "period", "revision")}
    words = [one["verdict"] for one in verdicts]
    assert set(words[:-1]) <= {"accepted", "accepted_with_warnings"}
    assert (len(words), words[-1]) == (16, "not_a_package")
    again = shell.json("import", demo / "packages")
    assert {one["verdict"] for one in again} == {"already_here"}
    units = shell.json("status", "--period", "2024")
    assert {tuple(unit) for unit in units} == {
        ("unit", "name", "state", "revision", "errors", "missing", "late")
    }
    assert [unit["state"] for unit in units] == ["received"] * 15
    assert "Xã Tân Long: đã nhận, bản chính thức, 0 lỗi" in shell.run("status", "--period", "2024").out
    assert shell.json("show", *OWN)["figures"]["hoa_giai.thanh"]["value"] == 358, "in its own report at once"


def test_totals_come_with_coverage_and_parts(desk: Shell) -> None:
    totals = desk.json("totals", "--period", "2024")
    assert totals["hoa_giai.thanh"] == {
        "value": 358,
        "state": "number",
        "unit": "vụ",
        "covered": 15,
        "expected": 15,
        "missing": [],
    }
    one = ("totals", "--period", "2024", "--indicator", "hoa_giai.thanh")
    assert desk.json(*one) == {"hoa_giai.thanh": totals["hoa_giai.thanh"]}
    parts = desk.json(*one, "--parts")
    assert {"unit", "value", "package", "revision"} <= set(parts[0])
    assert sum(part["value"] for part in parts) == 358
    assert "Số vụ hòa giải thành: 358 vụ (gộp từ 15/15 đơn vị)" in desk.run(*one, "--parts").out
    assert "--indicator" in desk.refused("totals", "--period", "2024", "--parts")
    assert "nix" in desk.refused("totals", "--period", "2024", "--indicator", "nix")


def test_totals_speak_in_the_words_of_the_desk(desk: Shell) -> None:
    said = desk.run("totals", "--period", "2024").out
    assert "Tổng số ấp: 128 ấp" in said
    assert "thôn:" not in said


def test_the_districts_round_trip_keeps_how_many_units_each_total_covers(desk: Shell) -> None:
    before = desk.json("show", *OWN)
    desk.json("fill", *OWN, desk.file(json.loads(desk.run("show", *OWN, "--json").out)))
    assert desk.json("show", *OWN) == before
    assert before["figures"]["y_kien.cuoc"]["covered"] == 14


def test_every_received_report_is_printed_and_one_that_cannot_be_is_named(desk: Shell) -> None:
    folder = desk.folder / "in"
    (folder / "DCS_31426_2024-nam_CT.pdf").mkdir(parents=True)
    said = desk.run("reports", "--period", "2024", "-o", folder, "--json")
    assert said.status == FAULTS
    assert "15/15" in said.err
    assert [one["unit"] for one in said.json if one["path"] is None] == ["31426@GSO-2024"]
    assert "in" in next(one["message"] for one in said.json if one["path"] is None)
    printed = [one for one in said.json if one["path"]]
    assert len(printed) == 14
    for one in printed:
        reader = pypdf.PdfReader(one["path"])
        assert len(reader.pages) == one["pages"]
        assert reader.metadata is not None
    assert "2023" in desk.refused("reports", "--period", "2023", "-o", folder)


def test_a_rule_set_laid_beside_the_data_can_be_chosen(desk: Shell, own_home: Path) -> None:
    own = own_home / "layouts" / "quan-doi.toml"
    own.parent.mkdir()
    state = (resources_dir() / "layouts" / "state.toml").read_text("utf-8")
    own.write_text(state.replace("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "BỘ QUỐC PHÒNG"), "utf-8")
    path = desk.folder / "quan-doi.pdf"
    desk.json("report", *OWN, "-o", path, "--layout", "quan-doi")
    assert "BỘ QUỐC PHÒNG" in pypdf.PdfReader(path).pages[0].extract_text()
    desk.json("letterhead", *OWN, desk.file({"layout": "quan-doi"}))
    desk.json("report", *OWN, "-o", path)
    assert "BỘ QUỐC PHÒNG" in pypdf.PdfReader(path).pages[0].extract_text()


def test_the_report_is_printed_in_both_layouts(desk: Shell) -> None:
    for layout in ("state", "party"):
        path = desk.folder / f"{layout}.pdf"
        said = desk.json("report", *OWN, "-o", path, "--layout", layout)
        reader = pypdf.PdfReader(path)
        assert said == {"path": str(path), "pages": len(reader.pages), "draft": False}
        assert ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in reader.pages[0].extract_text()) == (layout == "state")
    assert "in báo cáo ra" in desk.run("report", *OWN, "-o", desk.folder / "x.pdf").out
    assert ".pdf, .docx" in desk.refused("report", *OWN, "-o", desk.folder / "x.odt")
    assert "x.pdf" in desk.refused("report", *OWN, "-o", desk.folder / "nowhere" / "x.pdf")


def test_the_report_is_printed_for_the_archive_to_be_signed_and_marked_on_every_page(desk: Shell) -> None:
    path = desk.folder / "luu.pdf"
    desk.json("report", *OWN, "-o", path, "--archive", "--signature-field", "--mark-all-pages")
    reader = pypdf.PdfReader(path)
    assert all("Mã nội dung: " in page.extract_text() for page in reader.pages)
    assert "<pdfaid:part" in path.read_bytes().decode("utf-8", "ignore")
    assert list(reader.get_fields() or {}) == ["ChuKy1"]
    assert "--archive" in desk.refused("report", *OWN, "-o", desk.folder / "luu.xlsx", "--archive")


def test_the_report_as_a_word_file(desk: Shell) -> None:
    path = desk.folder / "bao-cao.docx"
    assert desk.json("report", *OWN, "-o", path, "--layout", "state") == {"path": str(path), "draft": False}
    opened = docx.Document(str(path))
    assert opened.tables[0].cell(0, 1).text.startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert "tệp Word" in desk.run("report", *OWN, "-o", path).out
    assert docx.Document(str(path)).tables[0].cell(0, 1).text.startswith("ĐẢNG CỘNG SẢN VIỆT NAM")
    assert "--archive" in desk.refused("report", *OWN, "-o", path, "--archive")
    assert "x.docx" in desk.refused("report", *OWN, "-o", desk.folder / "nowhere" / "x.docx")


def test_the_report_ends_with_the_figures_of_every_unit_where_they_are_wished(desk: Shell) -> None:
    path = desk.folder / "theo-don-vi.pdf"
    alone = desk.json("report", *OWN, "-o", path)["pages"]
    desk.json("report", *OWN, "-o", path, "--per-unit")
    added = pypdf.PdfReader(path).pages[alone:]
    words = added[0].extract_text()
    assert "SỐ LIỆU THEO ĐƠN VỊ (TẬP HUẤN)" in words
    assert "Tổng hợp từ báo cáo của 15/15 đơn vị." in words
    assert all("Xã Bình Thành" in page.extract_text() for page in added)
    totals = [number for page in added for number in page.extract_text().split()]
    assert {"85.650", "86.925", "98,53"} <= set(totals)  # a share of the sums, not the mean of the shares


def test_a_unit_without_units_below_has_no_table_of_them(report: Shell) -> None:
    assert "--per-unit" in report.refused("report", *REPORT, "-o", report.folder / "x.pdf", "--per-unit")


def test_a_report_that_is_not_whole_is_printed_as_a_draft(report: Shell) -> None:
    path = report.folder / "nhap.pdf"
    assert report.json("report", *REPORT, "-o", path)["draft"]
    assert "DỰ THẢO" in report.run("report", *REPORT, "-o", path).out
    assert all(page.extract_text().startswith("DỰ THẢO") for page in pypdf.PdfReader(path).pages)
    word = report.folder / "nhap.docx"
    assert report.json("report", *REPORT, "-o", word)["draft"]
    assert "DỰ THẢO" in report.run("report", *REPORT, "-o", word).out
    (section, *_annexes) = docx.Document(str(word)).sections
    headers = (section.first_page_header, section.header)
    assert [[p.text for p in header.paragraphs] for header in headers] == [["DỰ THẢO", ""], ["DỰ THẢO", ""]]


def test_a_blank_form_is_printed_for_a_unit_that_is_known_or_not(report: Shell, tmp_path: Path) -> None:
    path = tmp_path / "trong.pdf"
    report.json("letterhead", *REPORT, report.file({"issuing_body": "Ủy ban thử", "layout": "party"}))
    known = report.json("blank-form", *REPORT, "-o", path)
    reader = pypdf.PdfReader(path)
    assert known == {"path": str(path), "pages": len(reader.pages), "template": "dcs@2024"}
    assert "ỦY BAN THỬ" in reader.pages[0].extract_text()
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in reader.pages[0].extract_text()
    other = ("--unit", "934", "--period", "2024", "--level", "receiving")
    assert report.json("blank-form", *other, "-o", path)["template"] == "dcs@2024"
    assert "HUYỆN ỦY PHỤNG HIỆP" in pypdf.PdfReader(path).pages[0].extract_text()
    assert "Đã in mẫu trống" in report.run("blank-form", *other, "-o", path).out
    assert "999999" in report.refused("blank-form", "--unit", "999999", "--period", "2024", "-o", path)
    assert "xa" in report.refused("blank-form", *other[:4], "--level", "xa", "-o", path)
    assert ".pdf" in report.refused("blank-form", *REPORT, "-o", tmp_path / "trong.docx")


def test_the_letterhead_changes_what_is_named_and_nothing_else(report: Shell) -> None:
    before = report.json("letterhead", *REPORT, report.file({}))
    new = {"number": "12", "day": "2024-12-05", "signatory": "Nguyễn Văn A", "places": {"thon": "ấp"}}
    assert report.json("letterhead", *REPORT, report.file(new)) == {**before, **new}
    assert report.json("show", *REPORT)["figures"]["dan_cu.thon"]["unit"] == "ấp"
    for key, wrong in (("nimber", "1"), ("day", "05/12/2024"), ("layout", "foo"), ("signing", 3)):
        said = report.refused("letterhead", *REPORT, report.file({key: wrong}))
        assert f"“{key}”" in said or f"“{wrong}”" in said


def test_setup_says_whose_file_it_is(shell: Shell) -> None:
    assert "là của Xã Phương Bình" in shell.run("setup", "--unit", "31426@GSO-2025-07").out
    file = open_file(shell.folder / "dcs.sqlite", read_only=True)
    assert receiving.setup_of(file).receiver.identity == "92@GSO-2025-07"
    assert receiving.expected(receiving.setup_of(file), Period(2025)) == ()
    file.close()
    assert "commune, receiving" in shell.refused("setup", "--unit", "31426", "--level", "xã")
    assert "tập huấn" in shell.refused("setup", "--unit", "31426", "--training")
    assert "99999" in shell.refused("setup", "--unit", "99999")


def test_a_data_file_with_reports_stays_its_units(shell: Shell) -> None:
    shell.run("setup", "--unit", "31426@GSO-2024")
    assert "là của Xã Tân Bình" in shell.run("setup", "--unit", "31399@GSO-2024").out, "nothing is in it yet"
    shell.run("new", "--unit", "31399", "--period", "2024")
    refused = shell.refused("setup", "--unit", "31426@GSO-2024")
    assert "Xã Tân Bình" in refused
    assert "Xã Phương Bình" in refused
    file = open_file(shell.folder / "dcs.sqlite", read_only=True)
    assert receiving.setup_of(file).unit.code == "31399"
    file.close()
    assert "là của Xã Tân Bình" in shell.run("setup", "--unit", "31399@GSO-2024").out


def test_a_template_is_checked(shell: Shell) -> None:
    good = resources_dir() / "templates" / "dcs-2025.toml"
    said = shell.json("template", "check", good)
    assert (said["faults"], said["template"]) == ([], "dcs@2025")
    assert {form["level"] for form in said["forms"]} == {"commune", "receiving"}
    assert "Mẫu dcs@2025 dùng được." in shell.run("template", "check", good).out
    wrong = shell.folder / "thu-2024.toml"
    wrong.write_text(good.read_text("utf-8").replace('extends = "dcs@2024"', 'extends = "nix@1"'), "utf-8")
    said = shell.json("template", "check", wrong, status=FAULTS)
    assert {tuple(fault) for fault in said["faults"]} == {("place", "message")}
    assert "nix.toml" in shell.refused("template", "check", "nix.toml")


def test_units_are_found_without_marks_and_by_code(shell: Shell) -> None:
    found = shell.json("units", "--search", "31393")
    assert found[0] == {
        "code": "31393",
        "list": "GSO-2025-07",
        "name": "Xã Hòa An",
        "type": "xã",
        "path": "Xã Hòa An, Thành phố Cần Thơ",
    }
    assert found[1]["name"] == "Thị trấn Kinh Cùng"
    assert "31426@GSO-2024  Xã Phương Bình" in shell.run("units", "--search", "phuong binh phung hiep").out
    assert shell.json("units", "--search", "không có ở đâu") == []


def test_without_a_verb_and_with_open_the_window_opens(shell: Shell) -> None:
    data = shell.folder / "dcs.sqlite"
    assert shell.run().status == DONE
    assert shell.run("open", "gói.zip").status == DONE
    assert shell.opened == [(data, None, False), (data, Path("gói.zip"), False)]


WRONG = [
    (["nix"], "Không có lệnh “nix”"),
    (["new"], "còn thiếu: --unit, --period"),
    (["new", "--unit"], "Sau --unit phải có một giá trị"),
    (["new", "--unit", "31426", "--period", "2024-X"], "--period: “2024-X” không phải là kỳ báo cáo"),
    (["show", *REPORT, "extra"], "không dùng: extra"),
    (["show", "--per", "2024"], "còn thiếu"),
    (["report", *REPORT, "-o", "x.pdf", "--layout", "foo"], "“foo” không dùng được cho --layout"),
    (["units", "--search", "a", "--limit", "x"], "“x” không phải là số nguyên"),
    (["template", "foo", "x"], "“foo” không dùng được"),
    (["show", *REPORT], "Không có tệp dữ liệu"),
    (["import", "x.zip"], "Không có tệp dữ liệu"),
]


@pytest.mark.parametrize(("arguments", "sentence"), WRONG)
def test_wrong_usage_is_one_vietnamese_sentence(shell: Shell, arguments: list[str], sentence: str) -> None:
    said = shell.refused(*arguments)
    assert sentence in said
    assert not {"argument", "invalid", "required", "expected", "choose"} & set(said.lower().split())


def test_help_is_vietnamese(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    with pytest.raises(SystemExit) as ended:
        shell.run("fill", "--help")
    assert ended.value.code == DONE
    said = shell.capsys.readouterr().out
    assert said.startswith("Cách dùng: dcs-desktop fill")
    assert "options" not in said
    assert "show this help" not in said


def _process(home: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dcs_desktop", *map(str, arguments)]
    environment = {**os.environ, "DCS_DESKTOP_HOME": str(home), "PYTHONUTF8": "0", "LC_ALL": "C"}
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=False)


def test_without_a_screen_the_window_is_refused_and_does_not_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = _process(tmp_path, "open", "nix.zip")
    assert (refused.returncode, refused.stderr) == (
        REFUSED,
        "Không có tệp nix.zip. Đề nghị kiểm tra lại tên tệp.\n",
    )
    if sys.platform == "linux":
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
            monkeypatch.delenv(name, raising=False)
        refused = _process(tmp_path)
        assert (refused.returncode, refused.stdout) == (REFUSED, "")
        assert "không có màn hình" in refused.stderr


def test_the_real_process_speaks_utf8_and_exits_as_told(tmp_path: Path) -> None:
    made = _process(tmp_path, "new", *REPORT)
    assert (made.returncode, made.stderr) == (DONE, "")
    assert made.stdout == "Đã lập báo cáo năm 2024 của Xã Phương Bình theo mẫu dcs@2024.\n"
    checked = _process(tmp_path, "check", *REPORT, "--json")
    assert checked.returncode == DONE
    assert all(finding["severity"] == "missing" for finding in json.loads(checked.stdout))
    refused = _process(tmp_path, "show", "--unit", "31399", "--period", "2024", "--json")
    assert (refused.returncode, refused.stdout) == (REFUSED, "")
    assert refused.stderr.startswith("Chưa có báo cáo năm 2024 của Xã Tân Bình")
    assert (tmp_path / "dcs.sqlite").exists()


# A Word file that comes back


@pytest.fixture
def word(report: Shell) -> Path:
    """The Word file of a report, edited by somebody else."""
    given = {"I.a": "Đã ban hành {hoa_giai.thanh} văn bản.", "I.b": "Không thay đổi."}
    report.json("fill", *REPORT, report.file({"narratives": given, "figures": {"hoa_giai.thanh": 45}}))
    path = report.folder / "bao-cao.docx"
    report.json("report", *REPORT, "-o", path)
    data = edited(path.read_bytes(), ("Đã ban hành", "Lãnh đạo ban hành"), (">45<", ">46<"))
    path.write_bytes(edited(data, ("Không thay đổi", "Có thay đổi")))
    return path


def test_a_returned_word_file_is_compared(report: Shell, word: Path) -> None:
    found = report.json("compare-word", *REPORT, word)
    assert (found["unit"], found["period"], found["revision"], found["sent"]) == (
        "31426@GSO-2024",
        "2024",
        0,
        "now",
    )
    text, figure, other = found["differences"]
    assert (text["item"], text["change"], text["takes"]) == ("I.a", "text", True)
    assert text["new"] == "Lãnh đạo ban hành {hoa_giai.thanh} văn bản."
    assert (figure["change"], figure["figure"], figure["old"], figure["new"]) == (
        "figure", "{hoa_giai.thanh}", "45", "46",
    )  # fmt: skip
    assert other["item"] == "I.b"
    assert found["accepted"] == []
    said = report.run("compare-word", *REPORT, word).out
    assert "[I.b] Bản trong Word: {+Có +}thay đổi." in said.replace("[-Không -]", "")


def test_items_of_a_returned_word_file_are_accepted(report: Shell, word: Path) -> None:
    assert report.json("compare-word", *REPORT, word, "--accept", "I.a")["accepted"] == ["I.a"]
    shown = report.json("show", *REPORT)
    assert shown["narratives"]["I.a"].startswith("Lãnh đạo")
    assert shown["narratives"]["I.b"] == "Không thay đổi."
    assert shown["figures"]["hoa_giai.thanh"]["value"] == 45
    again = report.json("compare-word", *REPORT, word, "--accept-all")
    assert again["sent"] == "earlier"
    assert again["accepted"] == ["I.b"]
    assert [one["change"] for one in report.json("compare-word", *REPORT, word)["differences"]] == ["figure"]


def test_what_cannot_be_accepted_is_refused(report: Shell, word: Path) -> None:
    assert "II.1.a" in report.refused("compare-word", *REPORT, word, "--accept", "II.1.a")
    assert "--accept-all" in report.refused("compare-word", *REPORT, word, "--accept", "I.a", "--accept-all")
    assert report.run("export", *REPORT, "-o", report.folder).status == DONE
    assert "đã xuất ngày" in report.refused("compare-word", *REPORT, word, "--accept-all")
    word.write_bytes(b"PK\x03\x04")
    assert "cắt ngắn" in report.refused("compare-word", *REPORT, word)


# The figures of free text


def test_check_text_reads_a_line_at_a_time_and_says_what_does_not_agree(shell: Shell) -> None:
    text = shell.folder / "text.txt"
    right, wrong = "Đã họp 45/50 hộ, đạt 90%.", "Tiếp 64/70 đơn, còn 05 đơn đang xem xét."
    text.write_bytes(unicodedata.normalize("NFD", f"{right}\n\n{wrong}\r\n").encode("utf-8-sig"))
    [found] = shell.json("check-text", text, status=FAULTS)
    assert found.keys() == {"line", "start", "end", "kind", "stated", "computed", "message"}
    assert (found["line"], found["kind"], found["stated"], found["computed"]) == (3, "remainder", "05", "06")
    assert wrong[found["start"] : found["end"]] == "64/70 đơn, còn 05"
    assert shell.run("check-text", text).out == f"Dòng 3: {found['message']}\n"


def test_check_text_reads_standard_input(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    for arguments in (["check-text", "-"], ["check-text"]):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Có 8/12 xã, chiếm 66,67%.".encode())))
        assert shell.json(*arguments) == []


def test_check_text_refuses_what_is_no_text(shell: Shell) -> None:
    assert "thiếu.txt" in shell.refused("check-text", shell.folder / "thiếu.txt")
    picture = shell.folder / "anh.png"
    picture.write_bytes(b"\x89PNG\xff\xfe")
    assert "UTF-8" in shell.refused("check-text", picture)


def test_r6_r7_a_backup_is_made_listed_and_restored(report: Shell) -> None:
    stick = report.folder / "USB"
    stick.mkdir()
    made = report.json("backup", "--second", str(stick))
    assert made["reports"] == 1
    assert Path(made["second"]).parent == stick
    assert report.run("new", "--unit", "31426", "--period", "2025").status == DONE
    [entry] = report.json("backup", "--list")
    assert entry["file"] == made["file"]
    assert [line for line in entry["differs"] if "2025" in line and "sẽ không còn" in line]
    done = report.json("restore", made["second"])
    assert done["reports"] == 1
    assert report.run("show", "--unit", "31426", "--period", "2025").status == REFUSED
    assert report.json("restore", done["kept"])["reports"] == 2


def test_r6_a_backup_to_a_named_file_replaces_nothing(report: Shell) -> None:
    file = report.folder / "bản sao.sqlite"
    assert report.run("backup", "-o", str(file)).status == DONE
    refused = report.run("backup", "-o", str(file))
    assert refused.status == REFUSED
    assert "không ghi đè" in refused.err


def test_r6_a_stick_that_is_away_is_said_and_does_not_stop_the_backup(report: Shell) -> None:
    said = report.run("backup", "--second", str(report.folder / "không cắm"))
    assert said.status == FAULTS
    assert "USB chưa cắm?" in said.out


def test_r8_a_desk_is_rebuilt_from_packages_alone_with_the_same_totals(desk: Shell, demo: Path) -> None:
    packages = desk.folder / "gói"
    shutil.copytree(demo / "packages", packages)
    assert desk.run("export", *OWN, "-o", packages).status == DONE
    again = Shell(desk.folder / "lại", desk.capsys, [])
    done = again.json("rebuild", packages)
    assert done["unit"].startswith("934@")
    assert done["own"] == [{"period": "2024", "revision": 0}]
    assert {one["verdict"] for one in done["others"]} <= {"accepted", "accepted_with_warnings"}
    for verb in (("totals", "--period", "2024"), ("show", *OWN)):
        assert again.json(*verb) == desk.json(*verb)
    filed = [
        {(one["unit"], one["state"], one["revision"], one["errors"]) for one in shell.json("status", *PERIOD)}
        for shell in (again, desk)
    ]
    assert filed[0] == filed[1]
    assert "không ghi đè" in again.refused("rebuild", packages)
    assert [path.name for path in again.folder.iterdir()] == ["dcs.sqlite"]


def test_r8_a_folder_that_does_not_tell_whose_it_is_makes_nothing(shell: Shell) -> None:
    (shell.folder / "gói").mkdir()
    assert "--unit" in shell.refused("rebuild", shell.folder / "gói")
    assert not (shell.folder / "dcs.sqlite").exists()
