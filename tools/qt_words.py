"""Qt's own words in Vietnamese: from the catalogue qt.po to the qtbase_vi.qm that QTranslator loads.

Qt brings no Vietnamese. lrelease reads Qt's .ts form only, so that is written first, beside the result.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree as ET

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

VIETNAMESE = Path(__file__).resolve().parent.parent / "translations" / "vi"
SOURCE = VIETNAMESE / "LC_MESSAGES" / "qt.po"
RESULT = VIETNAMESE / "qtbase_vi.qm"


def compile_qt_words() -> None:
    """Write qtbase_vi.qm. Raises CalledProcessError with what lrelease said if it refuses."""
    with SOURCE.open("rb") as file:
        source = _as_ts(read_po(file, locale="vi"))
    with tempfile.TemporaryDirectory() as folder:
        ts = Path(folder) / "qtbase_vi.ts"
        ET.ElementTree(source).write(ts, encoding="utf-8", xml_declaration=True)
        command = [
            str(Path(sys.executable).parent / "pyside6-lrelease"),
            "-silent",
            str(ts),
            "-qm",
            str(RESULT),
        ]
        subprocess.run(command, check=True, capture_output=True)


def _as_ts(catalogue: Catalog) -> ET.Element:
    top = ET.Element("TS", version="2.1", language="vi_VN")
    contexts: dict[str, ET.Element] = {}
    for message in catalogue:
        if message.id and message.context:
            if message.context not in contexts:
                contexts[message.context] = ET.SubElement(top, "context")
                ET.SubElement(contexts[message.context], "name").text = message.context
            entry = ET.SubElement(contexts[message.context], "message")
            ET.SubElement(entry, "source").text = str(message.id)
            ET.SubElement(entry, "translation").text = str(message.string)
    return top
