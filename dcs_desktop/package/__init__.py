"""The unit package: one report as one file that travels by mail.

A plain zip that is a valid Frictionless Data Package, so that pandas, R or
``frictionless validate`` open it without this program::

    datapackage.json   what it is: unit, period, revision, template, digests, letterhead
    figures.csv        a figure a row: key, label, state, value, unit, reason, note, coverage
    narratives.json    the prose of each item, as its canonical string
    tables/*.csv       a table a file, the row's id first; cells.csv what a plain cell cannot say
    template.json      the whole template it was filled with
    signature.json     who signed it (signature.py)

A cell of free text that a spreadsheet could take for a formula has an
apostrophe before it, which reading takes away again. Equal content and key give
equal bytes. A safety copy (safety.py) is such a file too, marked so that nobody takes it for a filing. What comes from elsewhere is untrusted: see container.py. A letter
back to a unit is a file of the same container, of its own kind: letters.py.
"""

from __future__ import annotations

from dcs_desktop.package.container import collected, is_collection
from dcs_desktop.package.faults import PackageFault, Unreadable, gravest
from dcs_desktop.package.letters import (
    LetterReading,
    holds_letter,
    is_letter,
    letter_bytes,
    letter_name,
    read_letter,
    read_letter_bytes,
    write_letter,
)
from dcs_desktop.package.reading import (
    Reading,
    file_bytes,
    manifest_json,
    opened,
    printed_digest,
    read,
    read_bytes,
)
from dcs_desktop.package.safety import left_the_house, safety_bytes
from dcs_desktop.package.signature import SAMPLE, Key
from dcs_desktop.package.writing import Written, file_name, write
from dcs_desktop.unzipping import Packed

__all__ = [
    "SAMPLE",
    "Key",
    "LetterReading",
    "PackageFault",
    "Packed",
    "Reading",
    "Unreadable",
    "Written",
    "collected",
    "file_bytes",
    "file_name",
    "gravest",
    "holds_letter",
    "is_collection",
    "is_letter",
    "left_the_house",
    "letter_bytes",
    "letter_name",
    "manifest_json",
    "opened",
    "printed_digest",
    "read",
    "read_bytes",
    "read_letter",
    "read_letter_bytes",
    "safety_bytes",
    "write",
    "write_letter",
]
