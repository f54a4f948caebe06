"""The band that says, over every page, that what is seen is training data."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from dcs_desktop.i18n import _


def words() -> str:
    """What stands on it."""
    return _("DỮ LIỆU TẬP HUẤN – không có giá trị báo cáo")


def make() -> QLabel:
    """The band, not shown yet."""
    band = QLabel(words())
    band.setProperty("role", "band")
    band.hide()
    return band


def over(band: QLabel, pages: QWidget) -> QWidget:
    """The band with the pages under it, from edge to edge."""
    whole = QWidget()
    box = QVBoxLayout(whole)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(0)
    box.addWidget(band)
    box.addWidget(pages)
    return whole
