"""What is bold or italic by its style."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dcs_desktop.reading.tree import Node

LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Bold and italic, each None where nothing is said of it; ``numbering`` the list a paragraph is in."""

    bold: bool | None = None
    italic: bool | None = None
    numbering: Node | None = None

    def over(self, under: Emphasis) -> Emphasis:
        """What is said here, and else what is said there."""
        return Emphasis(
            under.bold if self.bold is None else self.bold,
            under.italic if self.italic is None else self.italic,
            under.numbering if self.numbering is None else self.numbering,
        )


Styles = Mapping[str, Emphasis]
PLAIN = Emphasis()


def stated(properties: Node | None) -> Emphasis:
    """What the properties of a run (``w:rPr``) say themselves."""
    return PLAIN if properties is None else Emphasis(properties.on("w:b"), properties.on("w:i"))


def styles_of(part: Node | None) -> Styles:
    """Every style by its id, with what it takes from those it is based on."""
    named = (
        {}
        if part is None
        else {s.attributes.get("w:styleId", ""): s for s in part.parts if s.name == "w:style"}
    )
    return {id: _whole(style, named, LONGEST_CHAIN) for id, style in named.items()}


def _whole(style: Node, named: Mapping[str, Node], left: int) -> Emphasis:
    paragraph = style.part("w:pPr")
    numbering = None if paragraph is None else paragraph.part("w:numPr")
    own = stated(style.part("w:rPr")).over(Emphasis(numbering=numbering))
    under = named.get(style.value("w:basedOn"))
    return own if under is None or not left else own.over(_whole(under, named, left - 1))
