"""A report that left as a Word file and comes back: compared, accepted item by item, undone."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from dcs_desktop import starting, taking_back
from dcs_desktop.core.differing import Change
from dcs_desktop.core.period import Period
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.store import DataFile
from dcs_desktop.workspace import Workspace, new_report
from tests.reading.word_files import edited

YEAR = Period(2024)
TEXT, OTHER, THIRD = "II.1.a", "II.1.b", "III.1.e"
FIGURE = "hoa_giai.thanh"


@pytest.fixture
def workspace(file: DataFile) -> Workspace:
    setup = starting.proposed_setup(starting.unit_of("31426@GSO-2024", YEAR), YEAR)
    file.save_setup(setup)
    made = Workspace.open(file, new_report(file, setup, YEAR, "dcs@2024"))
    made.enter(FIGURE, "45")
    made.write(
        TEXT,
        "Đã họp **ba** lần[^sổ], hòa giải {hoa_giai.thanh} vụ.\n\n- việc một\n- việc hai\n\n[^sổ]: Sổ họp.".replace(
            "sổ", "so"
        ),
    )
    made.write(OTHER, "Không có gì mới.")
    return made


def _sent(workspace: Workspace) -> bytes:
    before = None if workspace.before is None else workspace.before.figures
    return taking_back.written(workspace.report(), workspace.form, before)


def compared(workspace: Workspace, data: bytes, folder: Path) -> taking_back.Comparison:
    path = folder / "Báo cáo.docx"
    path.write_bytes(data)
    return taking_back.compared(workspace, taking_back.read(path))


def test_a_file_that_nobody_edited_says_nothing(workspace: Workspace, tmp_path: Path) -> None:
    found = compared(workspace, _sent(workspace), tmp_path)
    assert (found.sent, found.differences) == ("now", ())
    assert taking_back.remarks(found, workspace.identity) == ()


def test_a_changed_text_is_taken_and_undone(workspace: Workspace, tmp_path: Path) -> None:
    before = workspace.answers
    data = edited(_sent(workspace), ("việc hai", "việc hai, ba"), ("Không có gì mới.", "Có đổi mới."))
    found = compared(workspace, data, tmp_path)
    assert [(one.item, one.change, one.now) for one in found.differences] == [
        (TEXT, Change.TEXT, None),
        (OTHER, Change.TEXT, None),
    ]
    assert taking_back.take(workspace, found.differences[:1]) == (TEXT,)
    taken = workspace.answers.prose(TEXT)
    assert taken == before.prose(TEXT).replace("việc hai", "việc hai, ba")
    assert workspace.answers.prose(OTHER) == "Không có gì mới."
    workspace.flush()
    assert [record.change.key for record in workspace.file.changes(workspace.ref)][-1] == TEXT
    assert [one.item for one in compared(workspace, data, tmp_path).differences] == [OTHER]
    workspace.undo()
    assert workspace.answers == before


def test_a_figure_typed_over_is_told_and_never_taken(workspace: Workspace, tmp_path: Path) -> None:
    found = compared(workspace, edited(_sent(workspace), (">45<", ">46<"), ("họp ", "họp đủ ")), tmp_path)
    text, figure = found.differences
    assert (figure.change, figure.old, figure.new, figure.takes) == (Change.FIGURE, "45", "46", False)
    taking_back.take(workspace, found.takeable)
    assert "{hoa_giai.thanh}" in workspace.answers.prose(TEXT)
    assert workspace.answers.value(FIGURE).number == 45
    with pytest.raises(ValueError, match="never taken"):
        taking_back.take(workspace, [figure])
    assert text.takes


def test_a_figure_whose_control_is_gone_is_told(workspace: Workspace, tmp_path: Path) -> None:
    data = edited(_sent(workspace), ('<w:tag w:val="figure:hoa_giai.thanh"/>', ""))
    text, figure = compared(workspace, data, tmp_path).differences
    assert "hòa giải 45 vụ" in text.new
    assert (figure.change, figure.old, figure.new) == (Change.FIGURE, "45", "")


def test_a_changed_footnote_keeps_its_name(workspace: Workspace, tmp_path: Path) -> None:
    data = edited(_sent(workspace), ("Sổ họp.", "Sổ họp số 2."), part="word/footnotes.xml")
    (note,) = compared(workspace, data, tmp_path).differences
    assert note.change is Change.NOTE
    assert note.new == note.old.replace("Sổ họp.", "Sổ họp số 2.")


def test_an_item_whose_control_is_gone_and_text_outside(workspace: Workspace, tmp_path: Path) -> None:
    data = edited(_sent(workspace), (f'<w:tag w:val="item:{OTHER}"/>', '<w:tag w:val="la"/>'))
    found = compared(workspace, data, tmp_path)
    assert [(one.item, one.change, one.old, one.new) for one in found.differences] == [
        (TEXT, Change.OUTSIDE, "", "Không có gì mới."),
        (OTHER, Change.MISSING, "Không có gì mới.", ""),
    ]
    assert len(taking_back.remarks(found, workspace.identity)) == 1


def test_both_sides_changed_shows_three(workspace: Workspace, tmp_path: Path) -> None:
    data = edited(_sent(workspace), ("Không có gì mới.", "Lãnh đạo sửa."), ("Đã họp", "Đã tổ chức họp"))
    workspace.write(OTHER, "Tôi sửa.")
    workspace.write(THIRD, "Mới viết thêm.")
    found = compared(workspace, data, tmp_path)
    assert found.sent == "earlier"
    assert [(one.item, one.now) for one in found.differences] == [(TEXT, None), (OTHER, "Tôi sửa.")]
    assert found.differences[1].old == "Không có gì mới."
    assert len(taking_back.remarks(found, workspace.identity)) == 1


def test_a_state_the_journal_does_not_know_is_said(workspace: Workspace, tmp_path: Path) -> None:
    data = edited(_sent(workspace), ("Không có gì mới.", "Lãnh đạo sửa."))
    workspace.flush()
    unknown = edited(
        data, ('name="dcs.digest"><vt:lpwstr>', 'name="dcs.digest"><vt:lpwstr>0'), part="docProps/custom.xml"
    )
    found = compared(workspace, unknown, tmp_path)
    assert (found.sent, [one.item for one in found.differences]) == ("unknown", [OTHER])


@pytest.mark.parametrize(
    ("said", "other", "words"),
    [(">31426<", ">31405<", "31405"), (">2024<", ">2023<", "2023"), (">dcs@2024<", ">dcs@2025<", "dcs@2025")],
)
def test_a_file_of_another_report_is_refused(
    workspace: Workspace, tmp_path: Path, said: str, other: str, words: str
) -> None:
    data = edited(_sent(workspace), (said, other), part="docProps/custom.xml")
    with pytest.raises(Refusal, match=words):
        compared(workspace, data, tmp_path)


def test_a_report_that_left_the_house_takes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    found = compared(workspace, edited(_sent(workspace), ("gì mới", "gì")), tmp_path)
    workspace.flush()
    workspace.file.mark_exported(workspace.ref, "0" * 64, datetime(2024, 12, 5, tzinfo=UTC), "a.zip")
    with pytest.raises(Refusal, match="đã xuất ngày"):
        taking_back.take(workspace, found.takeable)
    assert workspace.identity.revision == 0


def test_a_file_of_the_original_is_taken_into_the_amendment(workspace: Workspace, tmp_path: Path) -> None:
    data = edited(_sent(workspace), ("gì mới", "gì"))
    workspace.flush()
    workspace.file.mark_exported(workspace.ref, "0" * 64, datetime(2024, 12, 5, tzinfo=UTC), "a.zip")
    workspace.amend()
    found = compared(workspace, data, tmp_path)
    assert (found.sent, [one.item for one in found.differences]) == ("now", [OTHER])
    assert "chính thức" in taking_back.remarks(found, workspace.identity)[0]
    assert taking_back.take(workspace, found.takeable) == (OTHER,)


def test_a_file_saved_by_another_program_is_the_same(workspace: Workspace, tmp_path: Path) -> None:
    """python-docx reads the whole package and writes it anew."""
    path = tmp_path / "sent.docx"
    path.write_bytes(_sent(workspace))
    opened = docx.Document(str(path))
    for text in opened.element.body.iter(qn("w:t")):
        text.text = text.text.replace("gì mới", "gì khác")
    opened.save(str(path))
    (found,) = compared(workspace, path.read_bytes(), tmp_path).differences
    assert (found.item, found.new) == (OTHER, "Không có gì khác.")


@pytest.mark.soak
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_file_saved_by_libreoffice_says_what_it_lost(workspace: Workspace, tmp_path: Path) -> None:
    path, made = tmp_path / "sent.docx", tmp_path / "made"
    path.write_bytes(_sent(workspace))
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(made),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with pytest.raises(Refusal, match="LibreOffice"):
        taking_back.read(made / path.name)
