"""Opens a Word file as a zip of XML, and finds things in it by Word's own names."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

from lxml import etree

from dcs_desktop.core.report import Answers, Letterhead
from dcs_desktop.printing import render_word
from tests.printing.samples import ANSWERS, STATE, form, report

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
NAMES = {"w": W[1:-1], "r": R[1:-1]}
Element = Any  # lxml publishes no types


class Opened:
    """A Word file: its parts by name, each parsed."""

    def __init__(self, data: bytes) -> None:
        with ZipFile(BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}

    def root(self, name: str) -> Element:
        """The root of a part."""
        return etree.fromstring(self.parts[name])

    @property
    def body(self) -> Element:
        """The body of the document."""
        return self.root("word/document.xml")[0]

    def paragraphs(self, style: str) -> list[Element]:
        """The paragraphs of a style, in the document's order."""
        return found(self.body, f".//w:p[w:pPr/w:pStyle/@w:val='{style}']")

    def style(self, id: str) -> Element:
        """A style by its id."""
        (style,) = found(self.root("word/styles.xml"), f"w:style[@w:styleId='{id}']")
        return style

    def control(self, tag: str) -> Element:
        """The one control with this tag."""
        (control,) = found(self.body, f".//w:sdt[w:sdtPr/w:tag/@w:val='{tag}']")
        return control


def opened(letterhead: Letterhead = STATE, answers: Answers = ANSWERS) -> Opened:
    """The Word file of the small report."""
    return Opened(render_word(report(letterhead, answers), form()).data)


def found(element: Element, path: str) -> list[Element]:
    """What a path leads to."""
    return list(element.xpath(path, namespaces=NAMES))


def values(element: Element, path: str) -> list[str]:
    """The ``w:val`` of what a path leads to."""
    return [node.get(f"{W}val") for node in found(element, path)]


def text(element: Element) -> str:
    """The letters of an element, a space for a tab, a line for each break."""
    signs = {f"{W}tab": " ", f"{W}br": "\n"}
    nodes = (node for node in element.iter(f"{W}t", *signs) if node.getparent().tag == f"{W}r")
    return "".join(signs.get(node.tag) or node.text or "" for node in nodes)
