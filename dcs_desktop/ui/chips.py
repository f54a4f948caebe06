"""Where in a document the linked figures stand, and what is a number that one may replace."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from PySide6.QtGui import QTextCursor, QTextDocument

from dcs_desktop.core.narrative import Link
from dcs_desktop.ui import narrative_document as mapping

Chip = tuple[int, Link]
NUMBER: Final = re.compile(r"\s*[0-9][0-9.,/]*%?\s*")


def is_number(text: str) -> bool:
    """Whether a text is a written number, ratio or percentage and nothing else."""
    return NUMBER.fullmatch(text) is not None


def chip_among(document: QTextDocument, positions: Iterable[int]) -> Chip | None:
    """The linked figure at the first of these positions that has one, with its position."""
    for position in positions:
        if 0 <= position < document.characterCount() - 1:
            cursor = QTextCursor(document)
            cursor.setPosition(position + 1)
            link = mapping.link_of(cursor.charFormat())
            if link is not None:
                return position, link
    return None
