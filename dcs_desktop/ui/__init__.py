"""The window: the only part that knows Qt.

PySide reads the source text of every module that is imported after it, to see whether it writes for one of
PySide's optional spellings (``from __feature__ import snake_case``). This program does not, and the reading
takes an eighth of its start, so it is told that none does.
"""

from __future__ import annotations

import sys

import PySide6.QtCore  # noqa: F401 - what brings the reading with it


def _spare_the_reading() -> None:
    spellings = sys.modules.get("shibokensupport.feature")
    if hasattr(spellings, "_mod_uses_pyside"):
        setattr(spellings, "_mod_uses_pyside", lambda _module: False)  # noqa: B010 - not known to types


_spare_the_reading()
