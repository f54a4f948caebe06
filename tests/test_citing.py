"""Issued documents cited in prose: in full first, shorter from then on, wherever the report goes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from dcs_desktop import package, starting, template_library
from dcs_desktop.core.narrative import Link, read, write
from dcs_desktop.core.period import Period
from dcs_desktop.core.template_file import write_template
from dcs_desktop.printing import print_report, write_word
from dcs_desktop.reading.docx import read as read_word
from dcs_desktop.store import open_file
from dcs_desktop.workspace import Workspace, new_report

YEAR = Period(2024)
CELLS = {
    "so": "12/QĐ-UBND", "ngay": "05/02/2024", "noi_ban_hanh": "ubnd", "loai_van_ban": "quyet_dinh",
    "trich_yeu": "ban hành Quy chế thực hiện dân chủ ở xã",
}  # fmt: skip
SHORT = "Quyết định số 12/QĐ-UBND"
FULL = f"{SHORT} ngày 05 tháng 02 năm 2024 của UBND xã ban hành Quy chế thực hiện dân chủ ở xã"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A commune's report with one document in its list."""
    file = open_file(tmp_path / "xa.sqlite", create=True)
    setup = starting.proposed_setup(starting.unit_of("31426@GSO-2024", YEAR), YEAR)
    file.save_setup(setup)
    opened = Workspace.open(file, new_report(file, setup, YEAR, "dcs@2024"))
    row = opened.add_row("van_ban").row
    for column, typed in CELLS.items():
        assert opened.enter(f"van_ban/{row}/{column}", typed).fault is None
    yield opened
    opened.close()
    file.close()


def cited(workspace: Workspace) -> str:
    """The string of a citation of the document."""
    return f"{{van_ban/{workspace.answers.rows['van_ban'][0].id}}}"


def words(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_the_string_of_a_citation_reads_back() -> None:
    markup = "Theo {van_ban/r-1} và {van_ban/r-1|full}."
    assert write(read(markup)) == markup
    assert [i.key for i in read(markup).paragraphs[0].inlines if isinstance(i, Link)] == ["van_ban/r-1"] * 2


def test_the_first_citation_is_full_and_later_ones_short_in_the_order_of_the_report(
    workspace: Workspace, tmp_path: Path
) -> None:
    mark = cited(workspace)
    workspace.write("II.1.b", f"Triển khai {mark}[^1], sau đó {mark}.\n\n[^1]: Xem {mark}.")
    workspace.write("II.1.a", f"Quán triệt {mark}.")
    print_report(workspace.report(), workspace.form, tmp_path / "a.pdf")
    said = words(tmp_path / "a.pdf")
    assert f"Quán triệt {FULL}." in said
    assert said.count(f"{SHORT} ngày") == 1
    assert f"Triển khai {SHORT}1, sau đó {SHORT}." in said
    assert f"Xem {SHORT}." in said


def test_it_follows_the_row_and_a_row_that_goes_is_named(workspace: Workspace) -> None:
    mark = cited(workspace)
    workspace.write("II.1.a", f"Quán triệt {mark}.")
    row = workspace.answers.rows["van_ban"][0].id
    link = Link(f"van_ban/{row}")
    workspace.enter(f"van_ban/{row}/so", "15/QĐ-UBND")
    assert workspace.facts.printed(link) == "Quyết định số 15/QĐ-UBND"
    workspace.remove_row("van_ban", row)
    gone = [f for f in workspace.findings if f.rule == "citation_gone"]
    assert [f.keys for f in gone] == [("II.1.a",)]
    workspace.undo()
    assert not [f for f in workspace.findings if f.rule == "citation_gone"]


def test_a_citation_of_a_table_that_cannot_be_cited_is_a_fault(workspace: Workspace) -> None:
    workspace.write("II.1.a", "Theo {hoa_giai.thanh/r1}.")
    assert [f.rule for f in workspace.findings if f.keys == ("II.1.a",)] == ["link_unknown"]


def test_it_travels_in_the_package_and_in_word_and_back(workspace: Workspace, tmp_path: Path) -> None:
    mark = cited(workspace)
    workspace.write("II.1.a", f"Quán triệt {mark} và {mark}.")
    report = workspace.report()
    template = template_library.template("dcs@2024")
    written = package.write(tmp_path, report, template)
    reading = package.read(written.path, {"dcs@2024": write_template(template)})
    assert reading.faults == ()
    assert reading.report is not None
    assert reading.report.answers.prose("II.1.a") == f"Quán triệt {mark} và {mark}."
    write_word(report, workspace.form, tmp_path / "a.docx")
    item = read_word(tmp_path / "a.docx").items["II.1.a"]
    assert item.markup == f"Quán triệt {mark} và {mark}."
    assert [figure.text for figure in item.figures] == [FULL, SHORT]


def test_a_day_is_written_as_prescribed(workspace: Workspace) -> None:
    row = workspace.answers.rows["van_ban"][0].id
    for typed, said in (
        ("9/3/2024", "ngày 09 tháng 3 năm 2024"),
        ("15/01/2024", "ngày 15 tháng 01 năm 2024"),
    ):
        workspace.enter(f"van_ban/{row}/ngay", typed)
        assert said in workspace.facts.printed(Link(f"van_ban/{row}", form="full"))
    assert isinstance(workspace.answers.rows["van_ban"][0].cells["ngay"].content, date)
