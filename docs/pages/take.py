"""Takes the pictures beside this file from the printed reports of the sample data; `make screens` runs it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtPdf import QPdfDocument

from dcs_desktop import sample
from dcs_desktop.demo import make_demo
from dcs_desktop.forms import form_of
from dcs_desktop.printing import print_report, render_blank_form

FOLDER: Final = Path(__file__).parent
HEIGHT: Final = 1000
SHEETS: Final = {
    "934-2024": "district-party",
    "31426-2024": "commune-state",
    "31405-2024": "commune-party",
    "blank": "blank-state",
    "draft": "draft-state",
}
PAGES_OF_ONE: Final = {"934-2024": (0, 4, 7, 16, 17, 19, 27), "blank": (0, 7, 19), "draft": (0,)}


def main() -> None:
    """Make the sample data, then a picture of each chosen page."""
    app = QGuiApplication([])
    with tempfile.TemporaryDirectory() as folder:
        reports = Path(folder) / "demo" / "reports"
        make_demo(reports.parent)
        _, half_way = sample.training_reports()
        form = form_of(half_way.identity, half_way.letterhead)
        blank = render_blank_form(half_way.identity, form, half_way.letterhead)
        (reports / "blank.pdf").write_bytes(blank.data)
        print_report(half_way, form, reports / "draft.pdf")
        for report, name in SHEETS.items():
            document = QPdfDocument(app)
            document.load(str(reports / f"{report}.pdf"))
            for page in PAGES_OF_ONE.get(report, (0, document.pageCount() - 1)):
                _take(document, page, FOLDER / f"{name}-{page + 1:02d}.png")


def _take(document: QPdfDocument, page: int, path: Path) -> None:
    size = document.pagePointSize(page)
    drawn = document.render(page, QSize(round(HEIGHT * size.width() / size.height()), HEIGHT))
    paper = QImage(drawn.size(), QImage.Format.Format_RGB32)
    paper.fill(QColor(Qt.GlobalColor.white))
    painter = QPainter(paper)
    painter.drawImage(0, 0, drawn)
    painter.end()
    paper.convertToFormat(QImage.Format.Format_Grayscale8).save(str(path))


if __name__ == "__main__":
    main()
