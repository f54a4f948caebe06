"""Reads XML that is not trusted into a small tree: no document type, bounded in depth, number and time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from time import monotonic
from typing import NoReturn
from xml.parsers import expat

DEEPEST = 100
# Signs "<": more than a heavily edited report of 150 pages has.
MOST_TAGS = 300_000
# Signs "=", as many attributes as these tags have by far; and of one tag.
MOST_ATTRIBUTES, MOST_OF_ONE = 600_000, 200
LONGEST_SECONDS = 10.0
LOOK_EVERY = 4096
TRANSITIONAL = "http://schemas.openxmlformats.org/"
STRICT = "http://purl.oclc.org/ooxml/"
# The namespaces that are told apart, as Word writes them usually and in its strict form.
PREFIXES = {
    f"{TRANSITIONAL}wordprocessingml/2006/main": "w",
    f"{STRICT}wordprocessingml/main": "w",
    f"{TRANSITIONAL}markup-compatibility/2006": "mc",
    f"{TRANSITIONAL}officeDocument/2006/custom-properties": "cp",
    f"{STRICT}officeDocument/customProperties": "cp",
    f"{TRANSITIONAL}officeDocument/2006/docPropsVTypes": "vt",
    f"{STRICT}officeDocument/docPropsVTypes": "vt",
    f"{TRANSITIONAL}officeDocument/2006/math": "m",
    f"{STRICT}officeDocument/math": "m",
    f"{TRANSITIONAL}package/2006/content-types": "ct",
}


class BrokenXml(Exception):
    """It is no well-formed XML."""


class HostileXml(Exception):
    """It has a document type, or is deeper, longer or slower to read than any report."""


class Node:
    """An element: its name as ``w:p``, its attributes named likewise, its elements, its own letters."""

    __slots__ = ("attributes", "name", "parts", "text")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.parts: list[Node] = []
        self.text = ""

    def part(self, name: str) -> Node | None:
        """Its first element of a name."""
        return next((part for part in self.parts if part.name == name), None)

    def value(self, name: str, otherwise: str = "") -> str:
        """What its element of a name says in ``w:val``."""
        part = self.part(name)
        return otherwise if part is None else part.attributes.get("w:val", otherwise)

    def on(self, name: str) -> bool | None:
        """Whether a property is set, None where nothing is said of it."""
        part = self.part(name)
        if part is None:
            return None
        return part.attributes.get("w:val", "true") not in ("0", "false", "off")

    def all(self, name: str) -> Iterator[Node]:
        """Every element of a name below it, in order."""
        for part in self.parts:
            if part.name == name:
                yield part
            yield from part.all(name)


def tree(data: bytes) -> Node:
    """The root of a document. Raises BrokenXml, HostileXml."""
    if data.count(b"<") > MOST_TAGS or data.count(b"=") > MOST_ATTRIBUTES:
        raise HostileXml
    growing = _Growing()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = growing.start
    parser.EndElementHandler = growing.end
    parser.CharacterDataHandler = growing.letters
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise BrokenXml from error
    return growing.top.parts[0]


def _refuse(*_what: object) -> NoReturn:
    raise HostileXml


class _Growing:
    """A tree while it is read."""

    def __init__(self) -> None:
        self.top = Node("", {})
        self.path = [self.top]
        # The letters of each element that is open, by its depth: joined once, however many tags stand between.
        self.pieces: dict[int, list[str]] = {}
        self.count = 0
        self.ends = monotonic() + LONGEST_SECONDS

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        late = self.count % LOOK_EVERY == 0 and monotonic() > self.ends
        if late or len(self.path) > DEEPEST or len(attributes) > MOST_OF_ONE:
            raise HostileXml
        node = Node(
            _short(name), {_short(key): said for key, said in attributes.items()} if attributes else {}
        )
        self.path[-1].parts.append(node)
        self.path.append(node)

    def end(self, _name: str) -> None:
        node = self.path.pop()
        pieces = self.pieces.pop(len(self.path), None)
        if pieces is not None:
            node.text = "".join(pieces)

    def letters(self, letters: str) -> None:
        self.pieces.setdefault(len(self.path) - 1, []).append(letters)


@lru_cache(maxsize=1024)
def _short(name: str) -> str:
    space, _brace, local = name.rpartition("}")
    return f"{PREFIXES.get(space, '?')}:{local}" if space else local
