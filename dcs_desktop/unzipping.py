"""Unpacks a zip with nothing in it trusted: what it holds is bounded before anything is unpacked.

Reading keeps to a small part of the zip format and accounts for every header
itself, so that size, number and place of the entries are known to be small
and apart first (R14, R15). Names of entries are only ever compared, never
used as a path.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from mmap import mmap
from typing import Literal

LONGEST_NAME = 200
# Contents of at most so many bytes are kept for the next that are the same.
REMEMBERED = 1_000_000
BOMB_RATIO, BOMB_FROM = 200, 1_000_000
CENTRAL_HEADER = struct.Struct("<4s6H3L5H2L")
LOCAL_HEADER = struct.Struct("<4s5H3L2H")
END = struct.Struct("<4s4H2LH")
ENCRYPTED, DESCRIPTOR, PLAIN_FLAGS = 0x1, 0x8, 0x80E
STORED, DEFLATED = 0, 8
SYMLINK = 0o120000
TRICKS = re.compile(r"^[/\\]|^[A-Za-z]:|\\|\x00|(?:^|/)\.\.?(?:/|$)|//")
NESTED = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")

Packed = bytes | mmap
Kind = Literal[
    "no_zip", "no_end", "many", "directory", "trick", "encrypted", "strange", "bomb", "large", "twice",
    "broken", "overlap", "nested",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Caps:
    """How much a zip may hold: entries in all, and bytes unpacked, in all and in each of those wanted."""

    entries: int
    unpacked: int
    entry: int


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a zip; ``entry`` is the name it gives, cut short, "" for the whole.

    ``no_zip``: something else; ``no_end``: cut short; ``many``: more entries
    than the caps allow; ``directory``: its list of entries is broken;
    ``trick``: a name that points elsewhere, or a link; ``strange``: packed in
    a way that is not read; ``bomb``: it would unpack to too much; ``large``:
    all together would; ``twice``: a name that stands there twice; ``overlap``:
    entries that share bytes; ``nested``: an archive inside.
    """

    kind: Kind
    entry: str = ""


class Flawed(Exception):
    """The zip is not unpacked; ``flaws`` are those found, ``names`` the entries as far as they are known."""

    def __init__(self, *flaws: Flaw, names: frozenset[str] = frozenset()) -> None:
        super().__init__(flaws)
        self.flaws = flaws
        self.names = names


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as the directory of the zip claims it."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    at: int
    mode: int

    @property
    def told(self) -> str:
        """Its name as far as a message says it."""
        return self.name[:80]


def unpacked(
    data: Packed, caps: Caps, wanted: Callable[[str], bool] = lambda _name: True
) -> dict[str, bytes]:
    """The wanted entries of a zip by name; the others are accounted for and left packed.

    Raises Flawed with every flaw of the step that finds any.
    """
    directory = _directory(data, caps)
    contents, broken = {}, []
    for entry, content in _unpacking(data, directory, caps, wanted):
        if isinstance(content, Flaw):
            broken.append(content)
        elif content.startswith(NESTED):
            broken.append(Flaw("nested", entry.told))
        else:
            contents[entry.name] = content
    if broken:
        raise Flawed(*broken, names=frozenset(entry.name for entry in directory))
    return contents


def names(data: Packed, caps: Caps) -> tuple[str, ...]:
    """The names that a zip gives its entries, in its order. Raises Flawed."""
    return tuple(entry.name for entry in _directory(data, caps))


def one_by_one(data: Packed, caps: Caps, wanted: Callable[[str], bool]) -> Iterator[tuple[str, bytes | Flaw]]:
    """The wanted entries of a zip of archives, each unpacked when its turn comes, or why it is not.

    Raises Flawed where the zip as a whole is not to be trusted.
    """
    for entry, content in _unpacking(data, _directory(data, caps), caps, wanted):
        yield entry.told, content


def _unpacking(
    data: Packed, directory: list[Entry], caps: Caps, wanted: Callable[[str], bool]
) -> Iterator[tuple[Entry, bytes | Flaw]]:
    """The wanted entries, none of them before all claims have been looked at. Raises Flawed."""
    asked = [entry for entry in directory if wanted(entry.name)]
    flaws = [flaw for entry in directory for flaw in _claims_too_much(entry, caps, wanted(entry.name))]
    flaws += _flaws_of_all(directory, asked, caps)
    if flaws:
        raise Flawed(*flaws, names=frozenset(entry.name for entry in directory))
    places = {entry.name: _place(data, entry) for entry in directory}
    _refuse_overlaps(directory, places, _end(data)[6])
    for entry in asked:
        start = places[entry.name]
        yield entry, _content(entry, data[start : start + entry.packed])


def _end(data: Packed) -> tuple[bytes, int, int, int, int, int, int, int]:
    """The record at the end of a zip. Raises Flawed when it is not there."""
    if not b"PK\x03\x04".startswith(data[:4]):
        raise Flawed(Flaw("no_zip"))
    found = END.unpack(data[-END.size :]) if len(data) >= END.size else None
    if found is None or found[0] != b"PK\x05\x06" or found[7] != 0:
        raise Flawed(Flaw("no_end"))
    return found


def _directory(data: Packed, caps: Caps) -> list[Entry]:
    """The entries as the zip's directory lists them, their number and room bounded first."""
    _sign, disk, start_disk, here, count, size, at, _comment = _end(data)
    if max(here, count) > caps.entries or size > caps.entries * (CENTRAL_HEADER.size + 2 * LONGEST_NAME):
        raise Flawed(Flaw("many"))
    if disk or start_disk or here != count or at + size != len(data) - END.size:
        raise Flawed(Flaw("directory"))
    entries = list(_listed(data[at : at + size]))
    if len(entries) != count:
        raise Flawed(Flaw("directory"))
    return entries


def _listed(directory: bytes) -> Iterator[Entry]:
    at = 0
    while at < len(directory):
        if len(directory) - at < CENTRAL_HEADER.size:
            raise Flawed(Flaw("directory"))
        head = CENTRAL_HEADER.unpack_from(directory, at)
        name_end = at + CENTRAL_HEADER.size + head[10]
        name = directory[at + CENTRAL_HEADER.size : name_end]
        if head[0] != b"PK\x01\x02" or name_end > len(directory):
            raise Flawed(Flaw("directory"))
        yield Entry(
            name=name.decode("utf-8", "backslashreplace"),
            flags=head[3],
            method=head[4],
            crc=head[7],
            packed=head[8],
            size=head[9],
            at=head[16],
            mode=head[15] >> 16,
        )
        at = name_end + head[11] + head[12]


def _claims_too_much(entry: Entry, caps: Caps, asked: bool) -> Iterator[Flaw]:
    """Whatever an entry's claims alone are refused for."""
    if TRICKS.search(entry.name) or entry.mode & 0o170000 == SYMLINK or len(entry.name) > LONGEST_NAME:
        yield Flaw("trick", entry.told)
    if entry.flags & ENCRYPTED:
        yield Flaw("encrypted", entry.told)
    elif entry.flags & ~PLAIN_FLAGS or entry.method not in (STORED, DEFLATED):
        yield Flaw("strange", entry.told)
    bomb = entry.size > BOMB_FROM and entry.size > BOMB_RATIO * max(entry.packed, 1)
    if asked and (bomb or entry.size > caps.entry):
        yield Flaw("bomb", entry.told)


def _flaws_of_all(directory: list[Entry], asked: list[Entry], caps: Caps) -> Iterator[Flaw]:
    if sum(entry.size for entry in asked) > caps.unpacked:
        yield Flaw("large")
    seen: set[str] = set()
    for entry in directory:
        if entry.name.casefold() in seen:
            yield Flaw("twice", entry.told)
        seen.add(entry.name.casefold())


def _place(data: Packed, entry: Entry) -> int:
    """Where the content of an entry begins, its own header agreeing with the directory."""
    if entry.at + LOCAL_HEADER.size <= len(data):
        head = LOCAL_HEADER.unpack_from(data, entry.at)
        start = entry.at + LOCAL_HEADER.size + int(head[9])
        name = data[entry.at + LOCAL_HEADER.size : start].decode("utf-8", "backslashreplace")
        same = (head[2], head[3], name) == (entry.flags, entry.method, entry.name)
        claims = (entry.crc, entry.packed, entry.size)
        same = same and (bool(entry.flags & DESCRIPTOR) or (head[6], head[7], head[8]) == claims)
        if head[0] == b"PK\x03\x04" and same and start + head[10] + entry.packed <= len(data):
            return start + int(head[10])
    raise Flawed(Flaw("broken", entry.told))


def _refuse_overlaps(directory: list[Entry], places: dict[str, int], end: int) -> None:
    """Entries that share bytes with one another or with the directory are a trick."""
    spans = sorted((entry.at, places[entry.name] + entry.packed) for entry in directory)
    limits = [start for start, _stop in spans[1:]] + [end]
    if any(stop > limit for (_start, stop), limit in zip(spans, limits, strict=True)):
        raise Flawed(Flaw("overlap"))


def _content(entry: Entry, raw: bytes) -> bytes | Flaw:
    """The content, never more of it than was claimed, or why there is none."""
    read = _claimed if entry.size <= REMEMBERED else _claimed.__wrapped__
    content = read(raw, entry.method, entry.size, entry.crc)
    return Flaw("broken", entry.told) if content is None else content


@lru_cache(maxsize=8)
def _claimed(raw: bytes, method: int, size: int, crc: int) -> bytes | None:
    """What is packed here, None when it is not what was claimed; packages bring the same template again and again."""
    try:
        content = raw if method == STORED else _inflated(raw, size)
    except zlib.error:
        return None
    return content if len(content) == size and zlib.crc32(content) == crc else None


def _inflated(raw: bytes, size: int) -> bytes:
    inflating = zlib.decompressobj(-zlib.MAX_WBITS)
    content = inflating.decompress(raw, size + 1)
    if not inflating.eof or inflating.unused_data:
        raise zlib.error
    return content
