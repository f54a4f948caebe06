"""A quiet line beside a text: as much of a sentence as there is room for, the whole of it when pointed at."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy


class Hint(QLabel):
    """One line that takes no room of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.said = ""
        self.setProperty("role", "muted")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_hint(self, said: str) -> None:
        """Say this, or nothing."""
        if said != self.said:
            self.said = said
            self.setToolTip(said)
            self.setAccessibleName(said)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setText(self.fontMetrics().elidedText(self.said, Qt.TextElideMode.ElideMiddle, self.width()))
