"""What is sent to a printer, measured on a PDF that Qt's own printer writes."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QPageRanges, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from dcs_desktop import sample, template_library
from dcs_desktop.printing import render_report
from dcs_desktop.ui.paper import BACK, DOTS_PER_INCH, copied, dialog_for, prepared, print_pages, sequence

SMALL = QSize(420, 594)


@cache
def report() -> bytes:
    said = sample.district_report()
    template = template_library.template(said.identity.template)
    return render_report(said, template_library.form_for(template, said.identity, {})).data


def opened(data: bytes, parent: QWidget) -> QPdfDocument:
    document, buffer = QPdfDocument(parent), QBuffer(parent)
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    return document


@pytest.fixture
def asker(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def printer(tmp_path: Path) -> QPrinter:
    made = prepared(QPrinter(QPrinter.PrinterMode.HighResolution), "DCS_934_2024-nam")
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "paper.pdf"))
    return prepared(made, "DCS_934_2024-nam")


def printed(printer: QPrinter, asker: QWidget) -> QPdfDocument:
    """What came out."""
    assert print_pages(asker, opened(report(), asker), printer)
    return opened(Path(printer.outputFileName()).read_bytes(), asker)


def ink(document: QPdfDocument, page: int) -> QImage:
    """A page in shades of grey."""
    image = QImage(SMALL, QImage.Format.Format_ARGB32)
    image.fill(0xFFFFFFFF)
    drawn = document.render(page, SMALL)
    painter = QPainter(image)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return image.convertToFormat(QImage.Format.Format_Grayscale8)


def dark_rows(image: QImage) -> list[int]:
    """How dark each line of dots is."""
    raw, wide = bytes(image.constBits()), image.bytesPerLine()
    return [
        sum(255 - shade for shade in raw[y * wide : y * wide + image.width()]) for y in range(image.height())
    ]


def test_a_range_is_printed_on_a4_with_its_ink_where_the_report_has_it(
    printer: QPrinter, asker: QWidget
) -> None:
    printer.setPageRanges(QPageRanges.fromString("2-3,5"))
    paper, whole = printed(printer, asker), opened(report(), asker)
    assert paper.pageCount() == 3
    for place, page in enumerate((1, 2, 4)):
        size = paper.pagePointSize(place)
        assert abs(size.width() - 595.28) < 1
        assert abs(size.height() - 841.89) < 1
        ours, theirs = dark_rows(ink(whole, page)), dark_rows(ink(paper, place))
        lines = [y for y, dark in enumerate(ours) if dark > 2000]
        assert len(lines) > 100
        for y in lines:
            assert max(theirs[max(y - 1, 0) : y + 2]) > 1000, f"no ink on line {y} of page {page + 1}"
        assert sum(theirs) == pytest.approx(sum(ours), rel=0.1)


def test_a_wide_page_is_printed_wide(printer: QPrinter, asker: QWidget) -> None:
    pages = BytesIO()
    canvas = Canvas(pages)
    for size in (A4, landscape(A4), A4):
        canvas.setPageSize(size)
        canvas.rect(72, 72, 200, 50, fill=1)
        canvas.showPage()
    canvas.save()
    assert print_pages(asker, opened(pages.getvalue(), asker), printer)
    paper = opened(Path(printer.outputFileName()).read_bytes(), asker)
    assert [paper.pagePointSize(n).width() > 800 for n in range(3)] == [False, True, False]


def test_it_is_drawn_at_300_dots_an_inch(printer: QPrinter, asker: QWidget) -> None:
    import pypdf

    printer.setPageRanges(QPageRanges.fromString("1"))
    assert print_pages(asker, opened(report(), asker), printer)
    (page,) = pypdf.PdfReader(printer.outputFileName()).pages
    (image,) = page.images
    assert image.image is not None
    assert image.image.width == round(595.28 / 72 * DOTS_PER_INCH)


def test_copies_that_the_printer_does_not_make_are_sent(printer: QPrinter, asker: QWidget) -> None:
    assert not printer.supportsMultipleCopies()
    printer.setPageRanges(QPageRanges.fromString("1-2"))
    printer.setCopyCount(2)
    assert sequence(printer, 9, 0) == [0, 1, 0, 1]
    assert printed(printer, asker).pageCount() == 4
    printer.setCollateCopies(False)
    assert sequence(printer, 9, 0) == [0, 0, 1, 1]


def test_on_both_sides_every_copy_begins_on_a_sheet_of_its_own() -> None:
    assert copied([0, 1, 2], 2, collated=True, both_sides=True) == [0, 1, 2, BACK, 0, 1, 2]
    assert copied([0, 1], 2, collated=True, both_sides=True) == [0, 1, 0, 1]
    assert copied([0, 1, 2], 1, collated=True, both_sides=True) == [0, 1, 2]
    assert copied([0, 1, 2], 1, collated=False, both_sides=True) == [0, 1, 2]
    assert copied([4, 5], 2, collated=False, both_sides=True) == [4, BACK, 4, BACK, 5, BACK, 5]
    assert copied([4, 5], 2, collated=False, both_sides=False) == [4, 4, 5, 5]


def test_the_last_page_first_and_the_page_that_is_read(printer: QPrinter) -> None:
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert sequence(printer, 3, 0) == [2, 1, 0]
    printer.setPrintRange(QPrinter.PrintRange.CurrentPage)
    assert sequence(printer, 9, 4) == [4]


def test_the_dialog_offers_a_range_the_page_that_is_read_and_collating(
    printer: QPrinter, asker: QWidget
) -> None:
    dialog = dialog_for(printer, 26, asker)
    option = QPrintDialog.PrintDialogOption
    for each in (option.PrintPageRange, option.PrintCurrentPage, option.PrintCollateCopies):
        assert dialog.testOption(each)
    assert (dialog.minPage(), dialog.maxPage()) == (1, 26)
