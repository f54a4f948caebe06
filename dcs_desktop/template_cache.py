"""Templates as they were read before: a start need not take their text apart again.

A copy belongs to the very bytes it was read from and to this version of the program; whatever is wrong with it, the
template is read from its own file. It lies with the user's data and may be deleted at any time.
"""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import msgspec

from dcs_desktop import __version__
from dcs_desktop.core.template import Template
from dcs_desktop.files import remove, write_beside_then_replace
from dcs_desktop.paths import data_dir

FOLDER = "cache"


def kept(reference: str, sources: bytes) -> Template | None:
    """The template as it was read from these bytes, None when there is no copy that can be trusted."""
    try:
        data = _path(reference, sources).read_bytes()
        digest, said = data[:64], data[65:]
        if digest.decode("ascii") != sha256(said).hexdigest():
            return None
        return msgspec.json.decode(said, type=Template)
    except (OSError, UnicodeError, msgspec.DecodeError):
        return None


def keep(reference: str, sources: bytes, read: Template) -> None:
    """Keep a copy for the next start, in place of older ones; where it cannot be written there is none."""
    from dcs_desktop.core.template_file import write_template

    path = _path(reference, sources)
    said = write_template(read, whole=True)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        for older in path.parent.glob(f"{reference}-*.json"):
            remove(older)
        write_beside_then_replace(path, sha256(said).hexdigest().encode("ascii") + b"\n" + said)


def _path(reference: str, sources: bytes) -> Path:
    name = sha256(__version__.encode() + b"\n" + sources).hexdigest()[:16]
    return data_dir() / FOLDER / f"{reference}-{name}.json"
