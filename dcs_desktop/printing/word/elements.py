"""Elements of WordprocessingML, their properties always in the order that ECMA-376 asks for; lengths of Word."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

Element = Any  # lxml publishes no types
Said = str | int

MM = 72 / 25.4
"""Points in a millimetre."""

# The children of each in the order of the standard: Word calls a file damaged that has them in another.
ORDER = {
    "w:pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr pBdr shd tabs spacing ind "
        "contextualSpacing jc outlineLvl rPr sectPr"
    ),
    "w:rPr": "rStyle rFonts b i caps strike noProof color kern sz szCs u vertAlign lang",
    "w:sdtPr": "rPr alias tag id lock placeholder showingPlcHdr docPartObj",
    "w:sectPr": "headerReference footnotePr type pgSz pgMar pgNumType cols titlePg",
    "w:tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook",
    "w:trPr": "cantSplit tblHeader",
    "w:tcPr": "tcW gridSpan tcBorders tcMar vAlign",
}
PLACES = {
    name: {qn(f"w:{child}"): at for at, child in enumerate(children.split())}
    for name, children in ORDER.items()
}


def w(name: str, /, *parts: Element | None, **said: Said) -> Element:
    """An element ``w:name`` with these children (a None is none) and attributes ``w:…``."""
    return _filled(
        OxmlElement(f"w:{name}", {qn(f"w:{key}"): str(value) for key, value in said.items()}), parts
    )


def _filled(made: Element, parts: tuple[Element | None, ...]) -> Element:
    made.extend(part for part in parts if part is not None)
    return made


def properties(name: str, *parts: Element | None) -> Element | None:
    """The properties ``w:name`` in the order of the standard, None where there are none."""
    places = PLACES[f"w:{name}"]
    given = sorted((part for part in parts if part is not None), key=lambda part: places[part.tag])
    return w(name, *given) if given else None


def add_property(owner: Element, name: str, part: Element) -> None:
    """Put one more property into ``w:name`` at the head of an element, unless it is there."""
    found = owner.find(qn(f"w:{name}"))
    if found is None:
        owner.insert(0, properties(name, part))
        return
    if found.find(part.tag) is None:
        places = PLACES[f"w:{name}"]
        at = sum(places[child.tag] < places[part.tag] for child in found)
        found.insert(at, part)


def on(name: str, said: bool = True) -> Element | None:
    """A property that is on, None for one that is not."""
    return w(name) if said else None


def value(name: str, said: Said) -> Element:
    """A property that has a value."""
    return w(name, val=said)


def twips(points: float) -> int:
    """Twentieths of a point."""
    return round(points * 20)


def from_mm(length: float) -> int:
    """Twentieths of a point."""
    return twips(length * MM)


def halves(size: float) -> int:
    """Half-points, in which Word gives the size of letters."""
    return round(size * 2)
