"""The bar over an open report: which one it is, and what can be done with it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolBar, QToolButton

from dcs_desktop.core.report import Identity
from dcs_desktop.i18n import _
from dcs_desktop.ui import look

Button = Qt.ToolButtonStyle
LEAST_TITLE: Final = 160


class ReportBar(QToolBar):
    """Back, title, undo and redo, and the verbs of a report."""

    back_asked = Signal()
    undo_asked = Signal()
    redo_asked = Signal()
    preview_asked = Signal()
    print_asked = Signal()
    check_asked = Signal()
    export_asked = Signal()
    letterhead_asked = Signal()
    live_toggled = Signal(bool)
    side_toggled = Signal(bool)

    def __init__(self, identity: Identity) -> None:
        super().__init__()
        self.setIconSize(QSize(look.ICON + 4, look.ICON + 4))
        self.setMovable(False)
        self._worded: list[QAction] = []
        self._add("arrow-left", _("Về danh sách báo cáo"), self.back_asked)
        self._title = Title()
        self.addWidget(self._title)
        self.show_identity(identity)
        self._turning = (
            self._add("undo-2", _("Hoàn tác (Ctrl+Z)"), self.undo_asked),
            self._add("redo-2", _("Làm lại (Ctrl+Y)"), self.redo_asked),
        )
        self.addSeparator()
        self._add("eye", _("Xem trước"), self.preview_asked, worded=True)
        self._add("printer", _("In"), self.print_asked, worded=True)
        self._add("list-checks", _("Rà soát lỗi"), self.check_asked, worded=True)
        self._writing = (
            self._add("file-text", _("Thể thức"), self.letterhead_asked, worded=True),
            self._add("package", _("Xuất báo cáo"), self.export_asked, worded=True),
        )
        self.addSeparator()
        self.live = self._toggle("columns-2", _("Trang in bên cạnh biểu mẫu (F8)"), self.live_toggled)
        self.side = self._toggle("panel-right", _("Ngăn rà soát, kỳ trước, hướng dẫn"), self.side_toggled)
        self.side.setChecked(True)

    def show_identity(self, identity: Identity) -> None:
        """Say which report this is."""
        self._title.setText(title_text(identity))
        self._title.setToolTip(self._title.text())

    @property
    def title(self) -> str:
        """What is said of the report."""
        return self._title.text()

    def show_closed(self, closed: bool, read_only: bool) -> None:
        """Offer undoing only where the report can be changed, letterhead and export only where the file can."""
        for action in self._turning:
            action.setEnabled(not closed)
        for action in self._writing:
            action.setEnabled(not read_only)

    def _toggle(self, icon: str, words: str, toggled: SignalInstance) -> QAction:
        """A part of the window, there or not."""
        action = self._add(icon, words, None)
        action.setCheckable(True)
        action.toggled.connect(toggled)
        return action

    def _add(self, icon: str, words: str, asked: object, worded: bool = False) -> QAction:
        action = self.addAction(look.icon(icon), words)
        if asked is not None:
            action.triggered.connect(asked)
        if worded:
            action.setIconText(f" {words}")
            self._worded.append(action)
        button = self.widgetForAction(action)
        if isinstance(button, QToolButton):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(words)
            button.setToolButtonStyle(
                Button.ToolButtonTextBesideIcon if worded else Button.ToolButtonIconOnly
            )
        return action

    def show_words(self, shown: bool) -> None:
        """Verbs with their words, or with icons alone where there is little room."""
        for action in self._worded:
            button = self.widgetForAction(action)
            if isinstance(button, QToolButton):
                style = Button.ToolButtonTextBesideIcon if shown else Button.ToolButtonIconOnly
                button.setToolButtonStyle(style)


class Title(QLabel):
    """Which report this is, cut with dots where there is little room."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)  # a unit's name is somebody's words
        self.setProperty("role", "heading")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(LEAST_TITLE)
        self.setContentsMargins(look.GAP, 0, look.GAP, 0)

    def minimumSizeHint(self) -> QSize:
        """It may be cut."""
        return QSize(LEAST_TITLE, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The text as far as there is room."""
        painter = QPainter(self)
        room = self.contentsRect().adjusted(look.GAP, 0, -look.GAP, 0)
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.end()


def title_text(identity: Identity) -> str:
    """Which report this is, such as "Báo cáo năm 2024 – Xã Phương Bình (bổ sung lần 1)"."""
    period, unit = identity.period.words, identity.unit.name
    if identity.revision:
        return _("Báo cáo {period} – {unit} (bổ sung lần {number})").format(
            period=period, unit=unit, number=identity.revision
        )
    return _("Báo cáo {period} – {unit}").format(period=period, unit=unit)
