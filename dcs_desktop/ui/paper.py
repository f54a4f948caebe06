"""Prints pages on paper: each drawn at the printer's resolution, one at a time."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QProgressDialog, QWidget

from dcs_desktop.i18n import _
from dcs_desktop.ui import messages

DOTS_PER_INCH = 300


def ask_and_print(asker: QWidget, document: QPdfDocument, name: str) -> None:
    """The system's printer dialog, then the chosen pages."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setResolution(DOTS_PER_INCH)
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, asker)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setMinMax(1, document.pageCount())
    if dialog.exec() and not print_pages(asker, document, printer):
        messages.refuse(
            asker, _("Máy in không nhận bản in. Hãy kiểm tra máy in, hoặc lưu PDF rồi in từ tệp đó.")
        )


def print_pages(asker: QWidget, document: QPdfDocument, printer: QPrinter) -> bool:
    """Send the pages of the printer's range; whether the printer took them."""
    pages = _chosen(printer, document.pageCount())
    progress = QProgressDialog(_("Đang gửi các trang ra máy in."), _("Dừng lại"), 0, len(pages), asker)
    progress.setWindowModality(Qt.WindowModality.WindowModal)
    painter = QPainter()
    printer.setPageOrientation(_orientation(document, pages[0]))
    if not painter.begin(printer):
        progress.reset()
        return False
    for sent, page in enumerate(pages):
        if sent:
            printer.setPageOrientation(_orientation(document, page))
            printer.newPage()
        _draw(painter, printer, document, page)
        progress.setValue(sent + 1)
        QApplication.processEvents()
        if progress.wasCanceled():
            printer.abort()
            break
    return painter.end()


def _chosen(printer: QPrinter, count: int) -> list[int]:
    first, last = printer.fromPage() or 1, printer.toPage() or count
    pages = list(range(max(first, 1) - 1, min(last, count)))
    return pages[::-1] if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst else pages


def _orientation(document: QPdfDocument, page: int) -> QPageLayout.Orientation:
    size = document.pagePointSize(page)
    wide = size.width() > size.height()
    return QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait


def _draw(painter: QPainter, printer: QPrinter, document: QPdfDocument, page: int) -> None:
    points = document.pagePointSize(page)
    dots = printer.resolution() / 72
    image = document.render(page, QSize(round(points.width() * dots), round(points.height() * dots)))
    painter.drawImage(QRectF(0, 0, points.width() * dots, points.height() * dots), image)
