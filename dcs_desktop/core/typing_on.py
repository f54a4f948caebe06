"""Typing that goes on in one field is one step to undo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

# Typing that goes on within this time in the same field is one step.
PAUSE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Typing:
    """The last text typed into a field: which action it was, and when."""

    key: str
    text: str
    action: int
    at: datetime

    def goes_on(self, key: str, text: str, at: datetime) -> bool:
        """Whether a text is typed on from this one: longer at its end, or shorter."""
        near = timedelta(0) <= at - self.at <= PAUSE
        return near and key == self.key and (text.startswith(self.text) or self.text.startswith(text))
