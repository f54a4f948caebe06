"""What a unit adds of its own: answered, undone, printed, packed and shown as own, and never added up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pypdf
import pytest
from python_calamine import CalamineWorkbook

from dcs_desktop import package, receiving, template_library
from dcs_desktop.cli.shown import answers_json
from dcs_desktop.core.digest import content_digest
from dcs_desktop.core.own import addition, fresh_key
from dcs_desktop.core.period import Period
from dcs_desktop.core.report import Addition
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.core.values import Kind
from dcs_desktop.package.container import packed
from dcs_desktop.package.contents import laid_out
from dcs_desktop.package.manifest import decoded
from dcs_desktop.printing import print_report, write_word
from dcs_desktop.printing.excel import write_excel
from dcs_desktop.store import DataFile, open_file
from dcs_desktop.workspace import Workspace, new_report
from tests.ui.shell_data import DISTRICT, PERIOD, unit_file

TREES = Addition("III.1", Kind.COUNT, "Số cây {trồng} mới", "cây")
TEXT = Addition("III.1", Kind.PROSE, "Kết nghĩa với xã bạn")


@pytest.fixture
def file(tmp_path: Path) -> Iterator[DataFile]:
    opened = open_file(unit_file(tmp_path / "xa.sqlite"))
    yield opened
    opened.close()


@pytest.fixture
def workspace(file: DataFile) -> Workspace:
    setup = file.setup()
    assert setup is not None
    made = Workspace.open(file, new_report(file, setup, PERIOD, "dcs@2024"))
    for one in (TREES, TEXT):
        made.set_own(fresh_key(made.answers.own), one)
    made.enter("own.1", "1640")
    made.write("own.2", "Kết nghĩa, trồng {own.1} cây.")
    return made


def test_it_is_part_of_the_form_and_of_the_file(workspace: Workspace) -> None:
    assert workspace.answers.own == {"own.1": TREES, "own.2": TEXT}
    assert workspace.form.section_of("own.1").id == "III.1"
    assert workspace.form.label_of("own.1") == "Số cây {trồng} mới (nội dung riêng của đơn vị)"
    assert {finding.keys[0] for finding in workspace.findings} & {"own.1", "own.2"} == set()
    workspace.enter("own.1", "mười")
    assert "own.1" in {finding.keys[0] for finding in workspace.findings}
    again = Workspace.open(workspace.file, workspace.ref)
    assert again.report() == workspace.report()
    assert again.form == workspace.form


def test_it_goes_with_its_answer_changes_and_comes_back_by_undo(workspace: Workspace) -> None:
    whole = workspace.report()
    workspace.set_own("own.1", None)
    assert "own.1" not in workspace.form.fields
    assert not workspace.answers.value("own.1").answered
    workspace.undo()
    assert workspace.report() == whole
    workspace.set_own("own.1", replace(TREES, label="Số cây trồng", unit="gốc"))
    assert workspace.answers.value("own.1").number == 1640
    workspace.set_own("own.1", replace(TREES, kind=Kind.TEXT))
    assert not workspace.answers.value("own.1").answered
    workspace.flush()
    again = Workspace.open(workspace.file, workspace.ref)
    again.undo()
    again.undo()
    assert again.report() == whole
    for _step in range(4):
        again.undo()
    assert again.answers.own == {}
    for _step in range(4):
        again.redo()
    assert again.report() == whole


def test_what_cannot_be_added_is_said(workspace: Workspace) -> None:
    assert addition(workspace.form, "III.1", Kind.COUNT, "  Số   cây ", " cây ") == replace(
        TREES, label="Số cây"
    )
    for section, kind, name in (
        ("III.1", Kind.COUNT, " "),
        ("III.1", Kind.COUNT, "a" * 201),
        ("XX", Kind.COUNT, "Số cây"),
        ("III.1", Kind.DATE, "Ngày"),
        ("A", Kind.PROSE, "Bài viết trong phụ lục"),
    ):
        with pytest.raises(Refusal):
            addition(workspace.form, section, kind, name)


def test_it_is_printed_as_own_in_pdf_word_and_excel(workspace: Workspace, tmp_path: Path) -> None:
    report, form = workspace.report(), workspace.form
    print_report(report, form, tmp_path / "a.pdf")
    paper = " ".join(
        " ".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "a.pdf").pages).split()
    )
    assert "- Số cây {trồng} mới (nội dung riêng của đơn vị): 1.640 cây." in paper
    assert "Kết nghĩa với xã bạn (nội dung riêng của đơn vị)" in paper
    assert "Kết nghĩa, trồng 1.640 cây." in paper
    write_word(report, form, tmp_path / "a.docx")
    import docx

    words = "\n".join(
        "".join(node.text or "" for node in paragraph.iter() if node.tag.endswith("}t"))
        for paragraph in docx.Document(str(tmp_path / "a.docx")).element.body.iter()
        if paragraph.tag.endswith("}p")
    )
    assert "Số cây {trồng} mới (nội dung riêng của đơn vị): 1.640 cây." in words.replace("\u00a0", " ")
    write_excel(report, form, tmp_path / "a.xlsx")
    book = CalamineWorkbook.from_path(tmp_path / "a.xlsx")
    cells = [
        cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row
    ]
    assert "Số cây {trồng} mới (nội dung riêng của đơn vị)" in cells
    assert 1640 in cells


def test_it_travels_marked_as_own_in_a_format_that_older_programs_refuse(
    workspace: Workspace, tmp_path: Path
) -> None:
    report, template = workspace.report(), template_library.template("dcs@2024")
    files = laid_out(report, template)
    manifest = decoded(files["datapackage.json"])
    assert (manifest.dcs.format, dict(manifest.dcs.own)) == (2, {"own.1": TREES, "own.2": TEXT})
    lines = files["figures.csv"].decode().splitlines()
    assert next(line for line in lines if "own.1" in line).split(",")[2].strip('"') == "own"
    came = package.read(package.write(tmp_path / "a.zip", report, template).path)
    assert came.faults == ()
    assert came.report is not None
    assert came.report.answers == report.answers
    bare = replace(report, answers=replace(report.answers, values={}, own={}))
    assert decoded(laid_out(bare, template)["datapackage.json"]).dcs.format == 1


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("own.x", TREES),
        ("dan_cu.thon", TREES),
        ("own.3", replace(TREES, section="XX")),
        ("own.3", replace(TREES, kind=Kind.DATE)),
        ("own.3", replace(TREES, label="")),
    ],
)
def test_an_addition_that_no_program_wrote_is_a_fault(workspace: Workspace, key: str, said: Addition) -> None:
    files = laid_out(workspace.report(), template_library.template("dcs@2024"))
    head = msgspec.json.decode(files["datapackage.json"])
    head["dcs"]["own"][key] = msgspec.to_builtins(said)
    files["datapackage.json"] = msgspec.json.encode(head)
    path = workspace.file.path.with_name("b.zip")
    path.write_bytes(packed(files))
    assert {fault.code for fault in package.read(path).faults} == {"altered"}


def test_a_changed_name_is_found_by_the_digest(workspace: Workspace) -> None:
    before = content_digest(workspace.report())
    workspace.set_own("own.1", replace(TREES, unit="gốc"))
    assert content_digest(workspace.report()) != before


def test_the_desk_shows_it_and_adds_nothing_up(workspace: Workspace, tmp_path: Path) -> None:
    workspace.enter("to_hoa_giai", "12")
    template = template_library.template("dcs@2024")
    sent = package.write(tmp_path / "a.zip", workspace.report(), template).path
    desk = open_file(unit_file(tmp_path / "huyen.sqlite", DISTRICT))
    (verdict,) = receiving.import_paths(desk, [sent], date(2024, 12, 5))
    assert verdict.verdict == "accepted_with_warnings"
    totals = receiving.totals(desk, Period(2024)).totals
    assert totals["to_hoa_giai"].value.number == 12
    assert not any("own" in key for key in totals)
    ((report, form),) = receiving.filed(desk, Period(2024)).values()
    assert report.answers.own == workspace.answers.own
    assert "own.1" in form.fields
    desk.close()


def test_next_year_knows_nothing_of_it(workspace: Workspace) -> None:
    workspace.flush()
    setup = workspace.file.setup()
    assert setup is not None
    later = Workspace.open(workspace.file, new_report(workspace.file, setup, Period(2025), "dcs@2025"))
    later.set_own("own.1", TEXT)
    assert later.before is not None
    assert "own.1" not in later.before.figures
    assert later.before.answers.prose("own.2") == ""


def test_it_stands_in_the_json_of_show(workspace: Workspace) -> None:
    said = answers_json(workspace.form, workspace.answers, workspace.figures)
    assert said["own"]["own.1"] == {"section": "III.1", "kind": "count", "label": TREES.label, "unit": "cây"}
    assert said["figures"]["own.1"]["value"] == 1640
