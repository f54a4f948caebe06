"""Asks where a file that the program makes is to lie, writes it whole or says why not, and offers to open it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from dcs_desktop.core.trouble import Refusal
from dcs_desktop.files import reason, write_beside_then_replace
from dcs_desktop.i18n import _
from dcs_desktop.ui import files, messages


def ask_where(asker: QWidget, title: str, name: str, kinds: str) -> Path | None:
    """Where to write, beginning at the user's documents; the ending is that of the proposed name."""
    proposed = Path(files.documents()) / name
    chosen = files.ask_to_save(asker, title, proposed, kinds)
    return None if chosen is None else chosen.with_suffix(proposed.suffix)


def write(path: Path, data: bytes) -> None:
    """Write a file, whole or not at all; on any thread. Raises Refusal."""
    try:
        write_beside_then_replace(path, data)
    except OSError as trouble:
        sentence = _("Không ghi được tệp {path}: {reason}. Hãy chọn thư mục khác.")
        raise Refusal(sentence.format(path=path, reason=reason(trouble))) from trouble


def offer(asker: QWidget, path: Path, said: str, yes: str, missing: str) -> None:
    """Say what was written, and open it with the system's program; ``missing`` is said where there is none."""
    if messages.ask(asker, said, yes, _("Đóng")) and not files.open_outside(path):
        messages.note(asker, missing)
