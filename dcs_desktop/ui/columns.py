"""What stands left and right of the form: outline and side pane, or the printed page in their place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from dcs_desktop.ui.side_pane import WIDTH as SIDE_WIDTH

if TYPE_CHECKING:
    from dcs_desktop.ui.live_page import LivePage
    from dcs_desktop.ui.outline import Outline
    from dcs_desktop.ui.report_bar import ReportBar
    from dcs_desktop.ui.side_pane import SidePane

FOLDED_UNDER: Final = 1100
WORDLESS_UNDER: Final = 1040
OUTLINED_FROM: Final = 1560
OUTLINE_WIDTH: Final = 280
LIVE_SHARE: Final = 0.4


class Columns(QObject):
    """Folds and unfolds what stands beside the form; the right side holds the side pane or the printed page.

    The page takes the outline's room too, unless the window is wide. It is made when it is first wanted.
    """

    def __init__(
        self,
        bar: ReportBar,
        outline: Outline,
        pages: QStackedWidget,
        side: SidePane,
        make_live: Callable[[], LivePage],
    ) -> None:
        self.split = QSplitter(Qt.Orientation.Horizontal)
        super().__init__(self.split)
        self._bar, self._outline, self._side = bar, outline, side
        self._make_live = make_live
        self.live: LivePage | None = None
        self._width = 0.0
        self._folded_by_width = False
        self._side_before = True
        self._widths_before = [OUTLINE_WIDTH, 3 * OUTLINE_WIDTH, SIDE_WIDTH]
        parts: tuple[QWidget, ...] = (outline, pages, side)
        for part in parts:
            self.split.addWidget(part)
        self.split.setStretchFactor(1, 1)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.split.setSizes([OUTLINE_WIDTH, 3 * OUTLINE_WIDTH, SIDE_WIDTH])
        bar.side_toggled.connect(self._show_side)
        bar.live_toggled.connect(self._show_live)

    def fit(self, width: float) -> None:
        """Fold the right pane where a window of this width has no room for it, and open it again where it has."""
        self._width = width
        narrow = width < FOLDED_UNDER
        self._side.be_narrow(narrow)
        if narrow and self._bar.side.isChecked():
            self._bar.side.setChecked(False)
            self._folded_by_width = True
        elif not narrow and self._folded_by_width:
            if self._bar.live.isChecked():
                self._side_before = True
            else:
                self._bar.side.setChecked(True)
            self._folded_by_width = False
        self._bar.show_words(width >= WORDLESS_UNDER)
        self._show_outline()

    def _show_outline(self) -> None:
        self._outline.setVisible(not self._bar.live.isChecked() or self._width >= OUTLINED_FROM)

    def _show_side(self, shown: bool) -> None:
        self._side.setVisible(shown)
        if shown:
            self._bar.live.setChecked(False)

    def _show_live(self, shown: bool) -> None:
        """The printed page in the side pane's place, or that one again."""
        if shown:
            self._widths_before = self.split.sizes()[:3]
            self._side_before = self._bar.side.isChecked()
            self._bar.side.setChecked(False)
        if shown and self.live is None:
            self.live = self._make_live()
            self.split.addWidget(self.live)
        self._show_outline()
        if self.live is not None:
            self.live.setVisible(shown)
        if shown:
            outline = 0 if self._outline.isHidden() else self._outline.width()
            wide = round((self.split.width() - outline) * LIVE_SHARE)
            self.split.setSizes([outline, self.split.width() - outline - wide, 0, wide])
            return
        if self._side_before and not self._bar.side.isChecked():
            self._bar.side.setChecked(True)
        self.split.setSizes([*self._widths_before, 0])
