"""The first page: a word that the data is coming, then the reports of the data file and what can be begun.

It is there at the first paint, so it takes nothing but plain widgets; what
stands on its other faces is in shelf.py, loaded when it is first shown.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from dcs_desktop.i18n import _
from dcs_desktop.ui.look import PAGE

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from dcs_desktop.ui.opened import Opened
    from dcs_desktop.ui.shelf import Refused, ReportList, Shelf


def revision_words(revision: int) -> str:
    """ "Chính thức", "Bổ sung lần 2"."""
    return _("Bổ sung lần {number}").format(number=revision) if revision else _("Chính thức")


class StartPage(QWidget):
    """The reports, and beside them what to do next; before the data is there a word that it is coming.

    ``menu_asked`` names an action of the menus: "restore" or "rebuild" bring data back, "bin_in" throws a report away.

    Each of its faces is made when it is first shown: the first paint waits for none of them.
    """

    new_asked = Signal()
    report_asked = Signal(int)
    file_asked = Signal()
    desk_asked = Signal()
    retry_asked = Signal()
    look_asked = Signal()
    other_data_asked = Signal()
    menu_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._faces = QStackedWidget()
        self._waiting = _waiting()
        self._faces.addWidget(self._waiting)
        box = QVBoxLayout(self)
        box.setContentsMargins(PAGE, PAGE, PAGE, PAGE)
        box.addWidget(self._faces)

    @cached_property
    def _shelf(self) -> Shelf:
        from dcs_desktop.ui.shelf import Shelf

        made = Shelf(self)
        self._faces.addWidget(made)
        return made

    @cached_property
    def _refused(self) -> Refused:
        from dcs_desktop.ui.shelf import Refused

        made = Refused(self)
        self._faces.addWidget(made)
        return made

    @property
    def reports(self) -> ReportList:
        """The list of the reports."""
        return self._shelf.reports

    def show_waiting(self) -> None:
        """Say that the data is being opened."""
        self._faces.setCurrentWidget(self._waiting)

    def show_refusal(self, sentence: str, data: Path | None = None) -> None:
        """Say why the data could not be opened, and offer what can be done."""
        self._refused.show_why(sentence, data)
        self._faces.setCurrentWidget(self._refused)

    def show_reports(self, opened: Opened, today: date | None = None) -> None:
        """Show what the data file holds now."""
        self._faces.setCurrentWidget(self._shelf)
        self._shelf.show_reports(opened, today)


def _waiting() -> QWidget:
    """The face before the data is there: its words stand in the middle."""
    face, words = QWidget(), QLabel(_("Đang mở dữ liệu…"))
    words.setProperty("role", "muted")
    across, down = QHBoxLayout(), QVBoxLayout(face)
    across.addStretch(1)
    across.addWidget(words)
    across.addStretch(1)
    down.addStretch(1)
    down.addLayout(across)
    down.addStretch(1)
    return face
