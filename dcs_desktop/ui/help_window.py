"""The user's guide inside the program, and what the program is made of."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QDialog, QTextBrowser, QWidget

from dcs_desktop import __version__, paths
from dcs_desktop.i18n import _
from dcs_desktop.ui import look
from dcs_desktop.ui.making import button, column, label, row

GUIDE_NAME = "huong-dan.md"
PICTURE_WIDTH = 760


def guide() -> Path:
    """Where the guide lies: docs/huong-dan, wherever that is."""
    return paths.guide_dir() / GUIDE_NAME


def show(asker: QWidget) -> GuideWindow:
    """The guide in a window of its own, beside which work goes on."""
    window = GuideWindow(asker)
    window.show()
    return window


class GuideText(QTextBrowser):
    """Markdown with its pictures made as wide as the page."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        found = super().loadResource(kind, name)
        if kind != QTextDocument.ResourceType.ImageResource.value or not isinstance(found, QByteArray):
            return found
        picture = QImage.fromData(found)
        if picture.width() <= PICTURE_WIDTH:
            return picture
        return picture.scaledToWidth(PICTURE_WIDTH, Qt.TransformationMode.SmoothTransformation)


class GuideWindow(QDialog):
    """Shows docs/huong-dan/huong-dan.md with its pictures."""

    def __init__(self, asker: QWidget | None = None) -> None:
        super().__init__(asker)
        self.setWindowTitle(_("Hướng dẫn sử dụng"))
        self.text = GuideText()
        self.text.setOpenExternalLinks(True)
        self.text.setAccessibleName(_("Hướng dẫn sử dụng"))
        path = guide()
        if path.is_file():
            self.text.setSearchPaths([str(path.parent)])
            self.text.document().setBaseUrl(QUrl.fromLocalFile(f"{path.parent}/"))
            self.text.document().setDocumentMargin(look.WIDE)
            self.text.setMarkdown(path.read_text("utf-8"))
        else:
            missing = _("Tệp {file} của chương trình bị thiếu hoặc hỏng. Hãy cài đặt lại chương trình.")
            self.text.setPlainText(missing.format(file=GUIDE_NAME))
        self.setLayout(column(self.text, row(1, button(_("Đóng"), self.accept)), margin=look.WIDE))
        self.resize(860, 640)


PARTS = """
- Python (PSF License) · Qt, PySide6 (LGPL-3.0)
- SQLAlchemy, Alembic (MIT) · SQLite (public domain)
- ReportLab (BSD) · Liberation Serif 2.1.5 (SIL OFL 1.1)
- python-docx, python-calamine (MIT) · XlsxWriter (BSD-2-Clause) · pikepdf (MPL-2.0)
- Babel, msgspec (BSD) · platformdirs (MIT)
- Lucide (ISC)
"""


def about(asker: QWidget) -> None:
    """Name, version and licences."""
    dialog = QDialog(asker)
    dialog.setWindowTitle(_("Giới thiệu và giấy phép"))
    says = _(
        "Soạn, kiểm tra, in, gửi và tổng hợp báo cáo thực hiện dân chủ ở cơ sở. Chương trình làm việc hoàn toàn "
        "không cần mạng và không gửi dữ liệu đi đâu."
    )
    parts = QTextBrowser()
    parts.setMarkdown(PARTS)
    parts.setAccessibleName(_("Các thành phần và giấy phép"))
    dialog.setLayout(
        column(
            label(f"DCS Desktop {__version__}", "title"),
            label(says),
            label(_("Thư mục dữ liệu: {folder}").format(folder=paths.data_dir())),
            label(_("Giấy phép MIT. Các thành phần và giấy phép của chúng:"), "muted"),
            parts,
            row(1, button(_("Đóng"), dialog.accept, "", "primary")),
            margin=look.PAGE,
            gap=look.WIDE,
        )
    )
    dialog.resize(560, 440)
    dialog.exec()
