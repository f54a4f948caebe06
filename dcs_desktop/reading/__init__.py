"""Files that others made, read as what they are: untrusted.

    clipboard.py  a block of cells that was copied
    xlsx.py       a workbook, as core.offline_form says it; survey.py bounds its sheets first
    docx.py       a Word file of a report that comes back, as core.returned says it
    parts.py      its parts, bounded before they are unpacked
    tree.py       XML without document types, bounded in depth, number and time
    prose.py      paragraphs, lists, emphasis, footnotes, linked figures of a stretch of it
    numbering.py  the numbers that Word puts before the entries of a list
    old_docx.py   any Word file of an older report, old_text.py one kept as text; outline.py what looks like a heading
    styles.py     what is bold or italic by its style

Nothing of such a file is run, followed or used as a path.
"""

from __future__ import annotations

from dcs_desktop.reading.docx import read, read_bytes

__all__ = ["read", "read_bytes"]
