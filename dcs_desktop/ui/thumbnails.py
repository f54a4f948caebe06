"""Small pictures of the pages; only those that are seen are drawn."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QIcon, QPainter, QPixmap, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from dcs_desktop.i18n import _

SIZE: Final = QSize(92, 130)
KEPT: Final = 60


class Thumbnails(QListWidget):
    """A list of page numbers under their pictures, drawn one by one while there is nothing else to do."""

    def __init__(self, document: QPdfDocument) -> None:
        super().__init__()
        self._document = document
        self._blank = QIcon()
        self._drawn: dict[int, None] = {}
        self.setIconSize(SIZE)
        self.setFixedWidth(SIZE.width() + 56)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Các trang"))
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._draw_next)
        self.verticalScrollBar().valueChanged.connect(self._later.start)

    def show_pages(self) -> None:
        """One line for each page of the document; the pictures follow."""
        blank = QPixmap(SIZE)
        blank.fill(Qt.GlobalColor.white)
        self._blank = QIcon(blank)
        self._drawn.clear()
        self.clear()
        for number in range(self._document.pageCount()):
            self.addItem(QListWidgetItem(self._blank, str(number + 1)))
        self._later.start()

    @property
    def drawn(self) -> tuple[int, ...]:
        """The pages whose pictures are kept, in the order in which they were drawn."""
        return tuple(self._drawn)

    def mark(self, page: int) -> None:
        """Mark the page that is read, silently."""
        if self.currentRow() != page:
            before = self.blockSignals(True)
            self.setCurrentRow(page)
            self.blockSignals(before)

    def resizeEvent(self, e: QResizeEvent) -> None:
        """More pages may be seen."""
        super().resizeEvent(e)
        self._later.start()

    def _seen(self) -> range:
        """The pages that are seen now."""
        first = self.indexAt(QPoint(2, 2)).row()
        last = self.indexAt(QPoint(2, self.viewport().height() - 2)).row()
        return range(max(first, 0), (last if last >= 0 else self.count() - 1) + 1)

    def _draw_next(self) -> None:
        """Draw one picture that is seen and not there, then, when there is time, the next."""
        waiting = next((number for number in self._seen() if number not in self._drawn), None)
        if waiting is None or waiting >= self._document.pageCount():
            return
        self.item(waiting).setIcon(QIcon(self._picture(waiting)))
        self._drawn[waiting] = None
        if len(self._drawn) > KEPT:
            self._put_away(next(iter(self._drawn)))
        self._later.start()

    def _put_away(self, number: int) -> None:
        del self._drawn[number]
        self.item(number).setIcon(self._blank)

    def _picture(self, number: int) -> QPixmap:
        points = self._document.pagePointSize(number).scaled(SIZE * 2, Qt.AspectRatioMode.KeepAspectRatio)
        image = self._document.render(number, points.toSize())
        picture = QPixmap(SIZE * 2)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        place = QPoint((picture.width() - image.width()) // 2, (picture.height() - image.height()) // 2)
        painter.fillRect(image.rect().translated(place), Qt.GlobalColor.white)
        painter.drawImage(place, image)
        painter.end()
        return picture
