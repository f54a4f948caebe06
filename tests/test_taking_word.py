"""Last year's report comes in from Word: read, understood, kept as that period's, or refused with its reason."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import docx
import pytest

from dcs_desktop import cli, starting, taking_word
from dcs_desktop.core.legacy_tables import BYTES, Legacy
from dcs_desktop.core.narrative import read
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Identity, Letterhead
from dcs_desktop.core.setup import Setup
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.exporting import export_report
from dcs_desktop.forms import form_of
from dcs_desktop.starting_report import new_report
from dcs_desktop.store import DataFile, open_file
from dcs_desktop.taking_word import Proposed
from dcs_desktop.workspace import Workspace
from tests import old_words
from tests.core.test_legacy import in_old_codes
from tests.old_words import SAID, SHAPES, bold, headings, old_report, saved
from tests.reading import word_files as raw

PERIOD = Period(2024)
COMMUNE = "31426@GSO-2024"
NOW = datetime(2025, 11, 3, 2, 0, tzinfo=UTC)
FORM = form_of(
    Identity(
        starting.named(starting.unit_of(COMMUNE, PERIOD)),
        starting.named(starting.unit_of("934@GSO-2024", PERIOD)),
        PERIOD,
        "commune",
        "dcs@2024",
    ),
    Letterhead(),
)
TEXTS = [heading.id for heading in headings(FORM) if heading.item is not None]


@pytest.fixture
def file(tmp_path: Path) -> Iterator[DataFile]:
    made = open_file(tmp_path / "dcs.sqlite", create=True)
    made.save_setup(starting.proposed_setup(starting.unit_of(COMMUNE, PERIOD), PERIOD))
    yield made
    made.close()


def _setup(file: DataFile) -> Setup:
    setup = file.setup()
    assert setup is not None
    return setup


def _proposed(file: DataFile, path: Path, period: Period = PERIOD) -> Proposed:
    setup = _setup(file)
    return taking_word.proposed(file, setup, taking_word.read(path), setup.unit, period)


def _kept(file: DataFile, one: Proposed) -> int:
    return taking_word.keep(file, one, one.items, one.ticked, NOW)


@pytest.mark.parametrize("shape", SHAPES)
def test_headings_are_found_however_they_are_numbered(file: DataFile, tmp_path: Path, shape: str) -> None:
    one = _proposed(file, saved(old_report(FORM, SHAPES[shape]), tmp_path / "cu.docx"))
    texts = {passage.item: passage.text for passage in one.read.passages}
    assert [id for id in TEXTS if SAID.format(id=id) not in texts.get(id, "")] == []
    assert one.read.parted.absent == ()
    figures = {found.key: found.typed for found in one.read.proposals if found.sure}
    assert figures["hoa_giai.tiep_nhan"] == "52"
    assert (figures["hoa_giai.thanh"], figures["hoa_giai.khong_thanh"]) == ("45", "05")


def test_the_letterhead_is_read_and_what_is_kept_serves_as_last_period(
    file: DataFile, tmp_path: Path
) -> None:
    one = _proposed(file, saved(old_report(FORM, bold, only="III.1"), tmp_path / "cu.docx"))
    ref = _kept(file, one)
    kept = file.report(ref)
    assert (kept.letterhead.number, kept.letterhead.series) == ("87", "BC-UBND")
    assert str(kept.letterhead.day) == "2024-12-02"
    assert kept.answers.value("hoa_giai.thanh").number == Decimal(45)
    assert "cu.docx" in kept.answers.value("hoa_giai.thanh").note
    source = file.sources()[ref]
    assert (source.file_name, source.digest, source.at) == ("cu.docx", one.read.document.digest, NOW)
    workspace = Workspace.open(file, new_report(file, _setup(file), Period(2025), "dcs@2024"))
    assert workspace.before is not None
    assert workspace.before.figures["hoa_giai.thanh"].number == Decimal(45)
    assert SAID.format(id="III.1.e") in workspace.before.answers.prose("III.1.e")
    workspace.close()


def test_it_is_never_exported_and_never_takes_the_place_of_a_typed_one(
    file: DataFile, tmp_path: Path
) -> None:
    path = saved(old_report(FORM, bold, only="III.1"), tmp_path / "cu.docx")
    ref = _kept(file, _proposed(file, path))
    workspace = Workspace.open(file, ref)
    with pytest.raises(Refusal, match="nhập từ Word"):
        export_report(workspace, tmp_path, NOW)
    workspace.close()
    assert file.summary(ref).exported_at is None
    again = _kept(file, _proposed(file, path))
    assert [one.ref for one in file.reports()] == [again]
    assert [one.ref for one in file.deleted_reports()] == [ref]
    new_report(file, _setup(file), Period(2023), "dcs@2024")
    with pytest.raises(Refusal, match="lập trong chương trình"):
        _proposed(file, path, Period(2023))


def test_nothing_is_kept_where_a_figure_cannot_be_read(file: DataFile, tmp_path: Path) -> None:
    one = _proposed(file, saved(old_report(FORM, bold, only="III.1"), tmp_path / "cu.docx"))
    with pytest.raises(Refusal, match=r"III\.1\.e.*85,650"):
        taking_word.keep(file, one, one.items, {"hoa_giai.thanh": "85,650"}, NOW)
    with pytest.raises(Refusal, match="Chưa chọn"):
        taking_word.keep(file, one, {}, {}, NOW)
    assert file.reports() == ()


def test_what_is_typed_in_two_ways_is_asked_and_never_guessed(file: DataFile, tmp_path: Path) -> None:
    document = old_report(FORM, bold, front=False, only="III.1")
    table = document.add_table(4, 2)
    rows = (
        ("Số hòa giải viên nữ", "85,650"),
        ("Số vụ hòa giải thành", "46"),
        ("Số tổ tự quản cộng đồng", "7 tổ"),
    )
    for row, (name, number) in zip(table.rows[1:], rows, strict=True):
        row.cells[0].text, row.cells[1].text = name, number
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Nội dung", "Số liệu"
    one = _proposed(file, saved(document, tmp_path / "cu.docx"))
    found = {proposal.key: proposal for proposal in one.read.proposals}
    doubtful = found["hoa_giai_vien.nu"]
    assert (doubtful.value, doubtful.sure) == (None, False)
    assert doubtful.fault is not None
    assert "85.650" in doubtful.fault.suggestions
    contradicted = found["hoa_giai.thanh"]
    assert (contradicted.typed, contradicted.other, contradicted.sure) == ("46", "45", False)
    assert (found["to_tu_quan"].typed, found["to_tu_quan"].sure) == ("7", True)
    assert "hoa_giai_vien.nu" not in one.ticked


def test_rows_of_split_and_merged_tables_are_read(file: DataFile, tmp_path: Path) -> None:
    document = old_report(FORM, bold, front=False, only="III.1")
    document.add_paragraph("PHỤ LỤC")
    first = document.add_table(3, 4)
    head = ("STT", "Chỉ tiêu", "Kế hoạch", "Thực hiện")
    rows = (
        ("1", "Giám sát do Mặt trận Tổ quốc cấp xã chủ trì", "3", "4"),
        ("2", "Tập thể được khen thưởng", "", "9"),
    )
    for cells, said in zip((row.cells for row in first.rows), (head, *rows), strict=True):
        for cell, text in zip(cells, said, strict=True):
            cell.text = text
    document.add_paragraph("")
    second = document.add_table(2, 3)
    merged = second.cell(0, 0).merge(second.cell(1, 0))
    merged.text = "Hòa giải viên"
    for row, (name, number) in enumerate((("nam", "38"), ("nữ", "23"))):
        second.cell(row, 1).text, second.cell(row, 2).text = name, number
    one = _proposed(file, saved(document, tmp_path / "cu.docx"))
    ticked = one.ticked
    assert (ticked["giam_sat.mttq.done"], ticked["giam_sat.mttq.target"]) == ("4", "3")
    assert (ticked["hoa_giai_vien.nam"], ticked["hoa_giai_vien.nu"]) == ("38", "23")


def test_the_annex_is_read_line_by_line(file: DataFile, tmp_path: Path) -> None:
    document = old_report(FORM, bold, front=False, only="III.1")
    for line in (
        "PHỤ LỤC", "Số liệu về thực hiện dân chủ ở cơ sở", "3. Công tác tuyên truyền, tập huấn:",
        "- Số cuộc/lớp/hội nghị: 6 cuộc", "- Số lượng người tham gia: 1.640", "5. Về xây dựng nông thôn mới:",
        "- Số kinh phí huy động sức dân (trong năm): 1.250,5 triệu đồng", "- Số diện tích đất do nhân dân hiến: ……",
    ):  # fmt: skip
        document.add_paragraph(line)
    one = _proposed(file, saved(document, tmp_path / "cu.docx"))
    found = {proposal.key: proposal for proposal in one.read.proposals if proposal.where == "annex"}
    assert {key: one.ticked.get(key) for key in found} == {
        "tap_huan.so_cuoc": "6", "tap_huan.so_nguoi": "1.640", "ntm.kinh_phi": "1.250,5",
    }  # fmt: skip
    assert found["tap_huan.so_nguoi"].source == "Số lượng người tham gia: 1.640"


def test_absent_and_merged_headings_are_said(file: DataFile, tmp_path: Path) -> None:
    document = docx.Document()
    for heading in headings(FORM):
        if heading.id == "III.1.d":
            continue
        both = FORM.items["IV.2"].prompt
        words = f"{heading.words}; {both.lower()}" if heading.id == "IV.1" else heading.words
        if heading.id != "IV.2":
            bold(document, replace(heading, words=words))
            if heading.item is not None:
                document.add_paragraph(SAID.format(id=heading.id))
    one = _proposed(file, saved(document, tmp_path / "cu.docx"))
    assert one.read.parted.absent == ("III.1.d", "IV.2")
    assert one.read.parted.merged == {"IV.2": "IV.1"}
    said = " ".join(taking_word.remarks(one))
    assert "Mục IV.2 trong tệp viết chung dưới đề mục của mục IV.1" in said
    assert "của 1 mục: III.1.d" in said


def test_footnotes_stay_footnotes_and_text_boxes_are_read(file: DataFile, tmp_path: Path) -> None:
    first = next(heading for heading in headings(FORM) if heading.id == "II.1.a")
    blocks = [raw.paragraph(raw.run(f"- {first.words}"))]
    blocks += [
        raw.paragraph(raw.run(f"Đã tổ chức {word} buổi", "<w:b/>"), raw.note(at))
        for at, word in ((2, "sáu"), (3, "ba"))
    ]
    path = tmp_path / "cu.docx"
    path.write_bytes(raw.word_file(*blocks, notes={2: "Tại sáu ấp.", 3: "Tại nhà văn hóa."}))
    one = _proposed(file, path)
    prose = read(file.report(_kept(file, one)).answers.prose("II.1.a"))
    assert len(prose.paragraphs) == 2
    assert [paragraph.inlines[0].text for texts in prose.notes.values() for paragraph in texts] == [  # type: ignore[union-attr]  # runs
        "Tại sáu ấp.", "Tại nhà văn hóa.",
    ]  # fmt: skip
    document = docx.Document()
    bold(document, first)
    old_words.text_box(document, "Chữ trong khung.")
    boxed = _proposed(file, saved(document, tmp_path / "khung.docx"))
    assert [passage.text for passage in boxed.read.passages] == ["Chữ trong khung."]


def test_tracked_changes_are_told_with_their_place_and_asked(file: DataFile, tmp_path: Path) -> None:
    first, second = [heading for heading in headings(FORM) if heading.item is not None][3:5]
    added = f'<w:ins w:id="1">{raw.run("Thêm sau.")}</w:ins>'
    path = tmp_path / "cu.docx"
    path.write_bytes(
        raw.word_file(
            raw.paragraph(raw.run(f"- {first.words}")), raw.paragraph(raw.run("Trước. "), added),
            raw.paragraph(raw.run(f"- {second.words}")), raw.paragraph(raw.run("Yên.")),
        )
    )  # fmt: skip
    one = _proposed(file, path)
    assert {passage.item: passage.sure for passage in one.read.passages} == {first.id: False, second.id: True}
    remark = taking_word.remarks(one)[0]
    assert "1 thay đổi theo dõi" in remark
    assert first.words[:20] in remark


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("cu.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "tệp Word kiểu cũ"),
        ("cu.docx", b"PK\x03\x04 cut", "hỏng"),
        ("cu.docx", b"%PDF-1.7", "không phải là tệp Word"),
        ("cu.txt", "Báo cáo".encode("utf-16-le") + b"\xff", "UTF-8"),
        ("cu.txt", "Rapport général de l’été".encode("cp1252"), "bảng mã cũ"),
        ("cu.txt", b"\n\n", "không có chữ"),
    ],
)
def test_what_is_no_report_is_refused_with_the_remedy(
    file: DataFile, tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Refusal, match=sentence):
        _proposed(file, tmp_path / name)


def test_macros_and_tricks_are_refused(file: DataFile, tmp_path: Path) -> None:
    parts = raw.files(raw.paragraph(raw.run("Chữ")))
    macros = str(parts["[Content_Types].xml"]).replace(
        f"{raw.WORD}document.main+xml", "application/vnd.ms-word.document.macroEnabled.main+xml"
    )
    (tmp_path / "m.docx").write_bytes(raw.zipped({**parts, "[Content_Types].xml": macros}))
    with pytest.raises(Refusal, match="macro"):
        _proposed(file, tmp_path / "m.docx")
    bomb = str(parts["word/document.xml"]).replace(
        "<w:document", '<!DOCTYPE a [<!ENTITY b "c">]><w:document', 1
    )
    (tmp_path / "b.docx").write_bytes(raw.zipped({**parts, "word/document.xml": bomb}))
    with pytest.raises(Refusal, match="cấu tạo bất thường"):
        _proposed(file, tmp_path / "b.docx")


def test_markdown_and_plain_text_come_in_too(file: DataFile, tmp_path: Path) -> None:
    first, second = [heading for heading in headings(FORM) if heading.item is not None][3:5]
    marked = f"# {first.words}\n\nĐã làm **xong** {{hoa_giai.thanh}}[^a].\n\n## {second.words}\n- một\n- hai\n\n[^a]: Ở ấp."
    (tmp_path / "cu.md").write_text(marked, "utf-8")
    answers = file.report(_kept(file, _proposed(file, tmp_path / "cu.md"))).answers
    assert answers.prose(first.id) == "Đã làm **xong** \\{hoa_giai.thanh}[^1].\n\n[^1]: Ở ấp."
    assert answers.prose(second.id) == "- một\n- hai"
    (tmp_path / "cu.txt").write_text(f"{first.words}\nĐã làm *xong*.\n", "utf-8-sig")
    answers = file.report(_kept(file, _proposed(file, tmp_path / "cu.txt"))).answers
    assert answers.prose(first.id) == "Đã làm \\*xong\\*."


@pytest.mark.parametrize("encoding", Legacy)
def test_a_text_file_of_before_unicode_is_read_and_said_to_be_so(
    file: DataFile, tmp_path: Path, encoding: Legacy
) -> None:
    first = [heading for heading in headings(FORM) if heading.item is not None][3]
    said = "Ủy ban nhân dân xã đã tổ chức đối thoại với người dân ở cơ sở, hương ước được niêm yết đầy đủ."
    old = in_old_codes(f"{first.words}\n{said}\n", encoding)
    data = (
        old.encode("utf-8")
        if encoding is Legacy.UTF8
        else bytes(BYTES.get(letter, ord(letter)) for letter in old)
    )
    (tmp_path / "cu.txt").write_bytes(data)
    one = _proposed(file, tmp_path / "cu.txt")
    assert [remark for remark in taking_word.remarks(one) if encoding.value in remark]
    assert file.report(_kept(file, one)).answers.prose(first.id) == said


def test_a_predecessor_of_an_older_list_is_taken_in_under_its_own_name(
    file: DataFile, tmp_path: Path
) -> None:
    path = saved(old_report(FORM, bold, only="III.1"), tmp_path / "cu.docx")
    unit = starting.named(starting.unit_of("31399@GSO-2024", PERIOD))
    one = taking_word.proposed(file, _setup(file), taking_word.read(path), unit, PERIOD)
    assert "không thấy tên" in taking_word.remarks(one)[0]
    ref = _kept(file, one)
    assert file.summary(ref).identity.unit.identity == "31399@GSO-2024"
    assert file.report(ref).letterhead.issuing_body == "ỦY BAN NHÂN DÂN XÃ PHƯƠNG BÌNH"


def test_the_verb_tells_first_and_keeps_with_yes(
    file: DataFile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = saved(old_report(FORM, bold, only="III.1"), tmp_path / "cu.docx")
    data = ("--data", str(file.path))
    file.close()
    asked = (*data, "take-word", str(path), "--unit", "31426", "--period", "2024", "--json")
    assert cli.run(asked, lambda *_told: 0) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["report"] is None
    assert {passage["into"] for passage in told["passages"]} == {id for id in TEXTS if id.startswith("III.1")}
    line = told["passages"][0]["line"]
    assert (
        cli.run((*asked, "--yes", "--put", f"{line}=-", "--figure", "hoa_giai.thanh="), lambda *_told: 0) == 0
    )
    kept = json.loads(capsys.readouterr().out)
    opened = open_file(file.path)
    answers = opened.report(kept["report"]).answers
    assert told["passages"][0]["item"] not in answers.values
    assert "hoa_giai.thanh" not in answers.values
    assert answers.value("hoa_giai.tiep_nhan").number == Decimal(52)
    opened.close()
    assert cli.run((*asked, "--put", "1=KHONG"), lambda *_told: 0) == 2
    assert "không có đoạn ở dòng này" in capsys.readouterr().err
