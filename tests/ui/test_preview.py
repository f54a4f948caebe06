"""The preview's ways: from a place of a page to the form, to a file of another kind, to a page among four hundred."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from time import perf_counter
from zipfile import ZipFile

import pikepdf
import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from dcs_desktop.core.digest import short_digest
from dcs_desktop.exporting import export_report
from dcs_desktop.printing import Spot, Stretch, print_report
from dcs_desktop.sample import commune_reports
from dcs_desktop.store import open_file
from dcs_desktop.ui import files, messages
from dcs_desktop.ui.clock import now
from dcs_desktop.ui.main_window import MainWindow
from dcs_desktop.ui.page_view import PageView
from dcs_desktop.ui.preview import PreviewPage
from dcs_desktop.ui.thumbnails import KEPT, Thumbnails
from dcs_desktop.workspace import Workspace
from tests.ui.shell_data import DISTRICT, packed, unit_file, with_report

PROSE = "II.1.a"
FIGURE = "tap_huan.so_cuoc"


def preview(qtbot: QtBot, window: MainWindow, tmp_path: Path, item: str = "") -> PreviewPage:
    """A commune's whole report in the preview."""
    path = unit_file(tmp_path / "data.dcs")
    file = open_file(path)
    file.add_report(commune_reports()[0])
    file.close()
    window.open_data(path, None)
    qtbot.waitUntil(lambda: window.opened is not None, timeout=20_000)
    window.open_first_report()
    page = window.room.preview(item)
    assert page is not None
    qtbot.waitUntil(lambda: page.ready, timeout=30_000)
    return page


def place_of(page: PreviewPage, stretch: Stretch) -> QPoint:
    """Where something printed is seen, once it was scrolled to."""
    middle = Spot(stretch.page, (stretch.top + stretch.bottom) / 2)
    bar = page.view.verticalScrollBar()
    bar.setValue(page.view.top_of(middle) - page.view.viewport().height() // 2)
    return QPoint(page.view.viewport().width() // 2, page.view.top_of(middle) - bar.value())


@pytest.mark.parametrize("wanted", [PROSE, FIGURE])
def test_a_double_click_on_the_page_goes_there_in_the_form(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, wanted: str
) -> None:
    page = preview(qtbot, window, tmp_path)
    assert page.printed is not None
    stretch = next(s for s in page.printed.stretches if wanted in (s.key, s.place) and (s.key or s.part == 2))
    QTest.mouseDClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=place_of(page, stretch))
    view = window.room.view
    assert window.pages.currentWidget() is view
    assert view is not None
    assert view.page is not None
    hand = view.page.hand_at(window.focusWidget())
    assert hand is not None
    assert hand.marks(stretch)


def test_enter_on_the_page_goes_to_what_is_read(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    page = preview(qtbot, window, tmp_path, FIGURE)
    qtbot.waitUntil(lambda: page.view.verticalScrollBar().value() > 0)
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    view = window.room.view
    assert view is not None
    assert view.page is not None
    hand = view.page.hand_at(window.focusWidget())
    assert hand is not None
    assert hand.key == FIGURE


def test_the_mark_stands_on_every_page_where_it_is_asked_for(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    page = preview(qtbot, window, tmp_path)
    assert page.printed is not None
    code = short_digest(_digest(page.printed.data))
    bearing = [n for n in range(page.pages) if code in page.document.getAllText(n).text()]
    assert len(bearing) == 1
    first, pages = page.printed, page.pages
    page.marked.trigger()
    qtbot.waitUntil(lambda: page.printed is not first, timeout=30_000)
    assert page.pages == pages
    assert all(code in page.document.getAllText(n).text() for n in range(pages))


def _digest(pdf: bytes) -> str:
    from dcs_desktop.package import printed_digest

    found = printed_digest(pdf)
    assert found is not None
    return found


def test_it_is_saved_for_the_archive_with_a_field_to_sign(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = preview(qtbot, window, tmp_path)
    offered: list[str] = []

    def choose(_asker: object, _title: str, proposed: Path, kinds: list[str]) -> tuple[Path, int]:
        offered.extend(kinds)
        return tmp_path / proposed.name, 1

    monkeypatch.setattr(files, "ask_to_save_as", choose)
    page.field.trigger()
    page.save()
    saved = tmp_path / f"{page.name}.pdf"
    qtbot.waitUntil(saved.exists, timeout=30_000)
    assert "PDF/A" in offered[1]
    with pikepdf.open(saved) as pdf:
        assert pdf.open_metadata().pdfa_status == "2B"
        (field,) = pdf.Root.AcroForm.Fields
        assert pikepdf.Name.Sig == field.FT
    assert page.printed is not None
    assert _digest(saved.read_bytes()) == _digest(page.printed.data)


def test_it_is_saved_as_word(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = preview(qtbot, window, tmp_path)
    monkeypatch.setattr(files, "ask_to_save_as", lambda *_args: (tmp_path / "bao-cao.pdf", 2))
    page.save()
    qtbot.waitUntil((tmp_path / "bao-cao.docx").exists, timeout=30_000)
    with ZipFile(tmp_path / "bao-cao.docx") as word:
        assert "word/footnotes.xml" in word.namelist()


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What messages said."""
    kept: list[str] = []
    for name in ("note", "warn"):
        monkeypatch.setattr(
            messages, name, lambda _asker, sentence, name=name: kept.append(f"{name}: {sentence}")
        )
    return kept


def test_a_closed_report_is_compared_with_a_printed_file(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: list[str]
) -> None:
    page = preview(qtbot, window, tmp_path)
    workspace, view = window.room.workspace, window.room.view
    assert workspace is not None
    assert view is not None
    window.room.back_to_form()
    assert not view.notice.compare.isVisible()
    export_report(workspace, tmp_path, now())
    view.refresh()
    assert view.notice.compare.isVisible()
    ours, others = tmp_path / "ban-in.pdf", tmp_path / "khac.pdf"
    print_report(workspace.report(), workspace.form, ours)
    other = commune_reports()[1]
    print_report(other, workspace.form, others)
    for pdf in (ours, others):
        monkeypatch.setattr(files, "ask_printed", lambda _asker, pdf=pdf: pdf)
        view.notice.compare.click()
    assert [line.partition(":")[0] for line in said] == ["note", "warn"]
    assert "đúng là của gói này" in said[0]
    assert "không phải của gói này" in said[1]
    assert page.name


def test_the_desk_compares_a_received_package_with_a_printed_file(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: list[str]
) -> None:
    source = with_report(unit_file(tmp_path / "xa.dcs"))
    path, identity = packed(source, tmp_path / "goi")
    window.open_data(unit_file(tmp_path / "huyen.dcs", DISTRICT), path)
    qtbot.waitUntil(
        lambda: window.desk is not None and bool(window.desk.packages.verdicts.topLevelItemCount())
    )
    qtbot.waitUntil(lambda: not window.worker.busy)
    assert window.desk is not None
    filing = window.desk.filing
    assert not filing.compare.isEnabled()
    window.desk.tabs.setCurrentWidget(filing)
    qtbot.waitUntil(lambda: filing.units.topLevelItemCount() > 1)
    lines = [filing.units.topLevelItem(n) for n in range(filing.units.topLevelItemCount())]
    for there in (False, True):
        line = next(one for one in lines if one and (one.text(0) == identity.unit.name) is there)
        filing.units.setCurrentItem(line)
        assert filing.compare.isEnabled() is there
    file = open_file(source)
    workspace = Workspace.open(file, file.reports()[0].ref)
    print_report(workspace.report(), workspace.form, tmp_path / "ban-in.pdf")
    workspace.close()
    file.close()
    monkeypatch.setattr(files, "ask_printed", lambda _asker: tmp_path / "ban-in.pdf")
    filing.compare.click()
    assert len(said) == 1
    assert said[0].startswith("note: ")
    assert "đúng là của gói này" in said[0]


def four_hundred() -> bytes:
    """A report of 400 pages."""
    target = BytesIO()
    canvas = Canvas(target)
    for number in range(400):
        canvas.drawString(72, 700, f"Trang {number + 1}")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def test_of_four_hundred_pages_only_those_that_are_seen_are_drawn(qtbot: QtBot) -> None:
    document, buffer = QPdfDocument(), QBuffer()
    buffer.setData(QByteArray(four_hundred()))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    thumbs, view = Thumbnails(document), PageView()
    for each in (thumbs, view):
        qtbot.addWidget(each)
        each.resize(400, 600)
        each.show()
    view.setDocument(document)
    begun = perf_counter()
    thumbs.show_pages()
    qtbot.waitUntil(lambda: 0 in thumbs.drawn)
    qtbot.wait(50)
    assert len(thumbs.drawn) < 8
    thumbs.mark(399)
    qtbot.waitUntil(lambda: 399 in thumbs.drawn)
    assert len(thumbs.drawn) < 16
    assert 200 not in thumbs.drawn
    spots = {str(page): Spot(page, 100.0) for page in range(400)}
    view.go_to("300", spots["300"])
    assert view.reading(spots) == "300"
    view.verticalScrollBar().setValue(view.top_of(Spot(350, 200.0)))
    assert view.reading(spots) in ("350", "351")
    assert perf_counter() - begun < 10
    for page in range(0, 400, 4):
        thumbs.mark(page)
        QApplication.processEvents()
    assert len(thumbs.drawn) <= KEPT
    view.setDocument(QPdfDocument(view))
    document.close()
