"""Prints pages on paper: each drawn at the printer's resolution, one at a time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QProgressDialog, QWidget

from dcs_desktop.i18n import _
from dcs_desktop.ui import messages

DOTS_PER_INCH = 300
BACK = -1
"""In place of a page: the empty back of the last sheet of a copy, before the next copy begins."""


def prepared(printer: QPrinter, name: str) -> QPrinter:
    """A printer set up for the report: A4, 300 dots per inch, the paper's own margins."""
    printer.setDocName(name)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setResolution(DOTS_PER_INCH)
    printer.setFullPage(True)
    return printer


def dialog_for(printer: QPrinter, pages: int, asker: QWidget) -> QPrintDialog:
    """The system's printer dialog: copies, a range or the page that is read, both sides of the sheet."""
    dialog = QPrintDialog(printer, asker)
    option = QPrintDialog.PrintDialogOption
    for each in (option.PrintPageRange, option.PrintCurrentPage, option.PrintCollateCopies):
        dialog.setOption(each)
    dialog.setMinMax(1, pages)
    return dialog


def ask_and_print(asker: QWidget, document: QPdfDocument, name: str, current: int = 0) -> None:
    """The printer dialog, then the chosen pages; ``current`` is the page that is read, from 0."""
    printer = prepared(QPrinter(QPrinter.PrinterMode.HighResolution), name)
    dialog = dialog_for(printer, document.pageCount(), asker)
    if dialog.exec() and not print_pages(asker, document, printer, current):
        messages.refuse(
            asker, _("Máy in không nhận bản in. Hãy kiểm tra máy in, hoặc lưu PDF rồi in từ tệp đó.")
        )


def print_pages(asker: QWidget, document: QPdfDocument, printer: QPrinter, current: int = 0) -> bool:
    """Send what the printer is set to, page by page; whether the printer took it."""
    pages = sequence(printer, document.pageCount(), current)
    progress = QProgressDialog(_("Đang gửi các trang ra máy in."), _("Dừng lại"), 0, len(pages), asker)
    progress.setWindowModality(Qt.WindowModality.WindowModal)
    painter = QPainter()
    printer.setPageOrientation(_orientation(document, pages[0]))
    if not painter.begin(printer):
        progress.reset()
        return False
    for sent, page in enumerate(pages):
        if sent:
            if page != BACK:
                printer.setPageOrientation(_orientation(document, page))
            printer.newPage()
        if page != BACK:
            _draw(painter, printer, document, page)
        progress.setValue(sent + 1)
        QApplication.processEvents()
        if progress.wasCanceled():
            printer.abort()
            break
    return painter.end()


def sequence(printer: QPrinter, count: int, current: int) -> list[int]:
    """The pages, from 0, in the order in which they are sent; copies too where the printer makes none itself."""
    pages = _chosen(printer, count, current)
    if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
        pages = pages[::-1]
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    both_sides = printer.duplex() is not QPrinter.DuplexMode.DuplexNone
    return copied(pages, copies, collated=printer.collateCopies(), both_sides=both_sides)


def copied(pages: Sequence[int], copies: int, *, collated: bool, both_sides: bool) -> list[int]:
    """The pages of some copies, copy after copy or page after page.

    On both sides of the sheet a copy, or where they are not collated a page, begins on a sheet of its own.
    """
    groups = [list(pages)] * copies if collated else [[page] * copies for page in pages]
    if not both_sides:
        return [page for group in groups for page in group]
    if not collated:
        groups = [[page] for group in groups for page in group] if copies > 1 else [list(pages)]
    filled = [group + [BACK] * (len(group) % 2) for group in groups[:-1]]
    return [page for group in (*filled, groups[-1]) for page in group]


def _chosen(printer: QPrinter, count: int, current: int) -> Sequence[int]:
    """What the dialog's range says; a range that names no page of the report means all of it."""
    if printer.printRange() is QPrinter.PrintRange.CurrentPage:
        return [current]
    ranges = printer.pageRanges()
    chosen = [page - 1 for page in range(1, count + 1) if ranges.isEmpty() or ranges.contains(page)]
    return chosen or list(range(count))


def _orientation(document: QPdfDocument, page: int) -> QPageLayout.Orientation:
    size = document.pagePointSize(page)
    wide = size.width() > size.height()
    return QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait


def _draw(painter: QPainter, printer: QPrinter, document: QPdfDocument, page: int) -> None:
    points = document.pagePointSize(page)
    dots = printer.resolution() / 72
    image = document.render(page, QSize(round(points.width() * dots), round(points.height() * dots)))
    painter.drawImage(QRectF(0, 0, points.width() * dots, points.height() * dots), image)
