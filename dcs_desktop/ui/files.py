"""Lets the user choose files and folders."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from dcs_desktop.i18n import _


def documents() -> str:
    """The user's folder for documents."""
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def shown(path: Path) -> str:
    """A path as its reader writes it: whole on Windows, elsewhere with the user's own folder as ``~``."""
    home = Path.home()
    if sys.platform == "win32" or not path.is_relative_to(home):
        return str(path)
    return f"~/{path.relative_to(home)}".removesuffix("/.")


def shown_in(sentence: str) -> str:
    """A sentence with the user's own folder in it as ``~``, as :func:`shown` writes it."""
    return sentence if sys.platform == "win32" else sentence.replace(f"{Path.home()}/", "~/")


def ask_packages(asker: QWidget) -> list[Path]:
    """Packages to take in; none when the user thinks better of it."""
    kinds = _("Gói báo cáo, thư đã lưu (*.zip *.eml);;Mọi tệp (*)")
    chosen, _kind = QFileDialog.getOpenFileNames(asker, _("Chọn gói báo cáo"), documents(), kinds)
    return [Path(name) for name in chosen]


def ask_printed(asker: QWidget) -> Path | None:
    """A printed report."""
    chosen, _kind = QFileDialog.getOpenFileName(
        asker, _("Chọn bản in PDF"), documents(), _("Tệp PDF (*.pdf)")
    )
    return Path(chosen) if chosen else None


def ask_folder(asker: QWidget, title: str, begin: str = "") -> Path | None:
    """A folder."""
    chosen = QFileDialog.getExistingDirectory(asker, title, begin or documents())
    return Path(chosen) if chosen else None


def ask_data_file(asker: QWidget) -> Path | None:
    """A data file of this program."""
    kinds = _("Tệp dữ liệu (*.sqlite);;Mọi tệp (*)")
    chosen, _kind = QFileDialog.getOpenFileName(asker, _("Mở tệp dữ liệu"), documents(), kinds)
    return Path(chosen) if chosen else None


def ask_word_file(asker: QWidget) -> Path | None:
    """A Word file that comes back."""
    kinds = _("Tệp Word (*.docx);;Mọi tệp (*)")
    chosen, _kind = QFileDialog.getOpenFileName(asker, _("Nhận lại bản Word đã sửa"), documents(), kinds)
    return Path(chosen) if chosen else None


def ask_excel_form(asker: QWidget) -> Path | None:
    """An Excel form that was filled in."""
    kinds = _("Tệp Excel (*.xlsx);;Mọi tệp (*)")
    chosen, _kind = QFileDialog.getOpenFileName(asker, _("Nhận biểu Excel đã điền"), documents(), kinds)
    return Path(chosen) if chosen else None


def ask_to_save(asker: QWidget, title: str, proposed: Path, kinds: str) -> Path | None:
    """Where to write a file."""
    chosen, _kind = QFileDialog.getSaveFileName(asker, title, str(proposed), kinds)
    return Path(chosen) if chosen else None


def ask_to_save_as(
    asker: QWidget, title: str, proposed: Path, kinds: Sequence[str]
) -> tuple[Path, int] | None:
    """Where to write a file, and as which of some kinds."""
    chosen, kind = QFileDialog.getSaveFileName(asker, title, str(proposed), ";;".join(kinds))
    return (Path(chosen), kinds.index(kind) if kind in kinds else 0) if chosen else None


def show_in_folder(path: Path) -> None:
    """Open the folder that a file lies in."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


def open_outside(path: Path) -> bool:
    """Open a file with the program that the system uses for it; whether there is one."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
