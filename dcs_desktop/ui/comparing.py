"""Asks for a printed file and says whether it belongs to a package."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from dcs_desktop.core.trouble import Refusal
from dcs_desktop.ui import files, messages


def ask_and_compare(asker: QWidget, digest: str) -> None:
    """Hold a PDF that the user chooses against the content digest of a package."""
    from dcs_desktop.matching import match

    pdf = files.ask_printed(asker)
    if pdf is None:
        return
    try:
        found = match(pdf, digest)
    except Refusal as refusal:
        messages.refuse(asker, refusal.sentence)
        return
    if found.belongs:
        messages.note(asker, found.sentence)
    else:
        messages.warn(asker, found.sentence)
