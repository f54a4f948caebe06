"""The parts of a Word file beside its text, and the file of them: the same parts give the same bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import nsmap
from docx.oxml.parser import OxmlElement, parse_xml
from docx.package import Package as Parts

from dcs_desktop.printing.flowables import THIN
from dcs_desktop.printing.fonts import BOLD, width
from dcs_desktop.printing.layouts import Layout
from dcs_desktop.printing.word.elements import MM, Element, from_mm, properties, twips, value, w
from dcs_desktop.printing.word.text import letters, paragraph

PROGRAM = "DCS Desktop"
EARLIEST = (1980, 1, 1, 0, 0, 0)
DECLARED = ("w", "r", "wp", "a", "pic")
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
CUSTOM_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"


class Package:
    """The package of one file; parts are added to it and to the document."""

    def __init__(self) -> None:
        self._package = Parts()
        root = OxmlElement("w:document", nsdecls={prefix: nsmap[prefix] for prefix in DECLARED})
        self.document = XmlPart(PackURI("/word/document.xml"), CT.WML_DOCUMENT_MAIN, root, self._package)
        self._package.relate_to(self.document, RT.OFFICE_DOCUMENT)

    def add(self, name: str, kind: str, relation: str, root: Element) -> str:
        """Add a part under word/; gives the document's relationship to it."""
        part = XmlPart(PackURI(f"/word/{name}.xml"), kind, root, self._package)
        return str(self.document.relate_to(part, relation))

    def add_picture(self, name: str, png: bytes) -> str:
        """Add a picture; gives the document's relationship to it."""
        part = Part(PackURI(f"/word/media/{name}.png"), CT.PNG, png, self._package)
        return str(self.document.relate_to(part, RT.IMAGE))

    def add_properties(self, name: str, kind: str, relation: str, root: Element) -> None:
        """Add properties of the whole file."""
        self._package.relate_to(
            XmlPart(PackURI(f"/docProps/{name}.xml"), kind, root, self._package), relation
        )

    def bytes(self) -> bytes:
        """The file."""
        made = BytesIO()
        self._package.save(made)
        return _timeless(made)


def _timeless(made: BytesIO) -> bytes:
    """The same archive, its entries bearing no time."""
    target = BytesIO()
    with zipfile.ZipFile(made) as given, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in given.namelist():
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, given.read(name))
    return target.getvalue()


def header_part(layout: Layout, *, numbered: bool, draft: bool) -> Element:
    """The root of a header: the number of the page, or nothing (S05, P23); a draft bears its mark on every page."""
    style = properties("pPr", value("pStyle", "Header"))
    field = w("fldSimple", w("r", w("t")), instr=" PAGE ")
    field[0][0].text = "2"
    return w("hdr", _draft_mark(layout) if draft else None, w("p", style, field if numbered else None))


def _draft_mark(layout: Layout) -> Element:
    """The framed word at the left end of the upper margin."""
    rules = layout.draft
    space = round(rules.air * MM)
    sides = ("top", "left", "bottom", "right")
    box = w("pBdr", *(w(side, val="single", sz=round(THIN * 8), space=space, color="auto") for side in sides))
    frame = w(
        "framePr",
        w=twips(width(rules.word, BOLD, rules.size) + 1),
        wrap="around",
        vAnchor="page",
        hAnchor="margin",
        x=twips(space),
        y=from_mm(rules.from_top),
    )
    return paragraph("DcsDraft", letters(rules.word), frame, box)


def settings_part() -> Element:
    """The root of word/settings.xml: separators of footnotes, Word 2013's way of laying out, Vietnamese numbers."""
    separators = w("footnotePr", w("footnote", id=-1), w("footnote", id=0))
    modes = {
        "compatibilityMode": 15,
        "overrideTableStyleFontSizeAndJustification": 1,
        "enableOpenTypeFeatures": 1,
        "doNotFlipMirrorIndents": 1,
    }
    uri = "http://schemas.microsoft.com/office/word"
    compat = w("compat", *(w("compatSetting", name=name, uri=uri, val=said) for name, said in modes.items()))
    return w(
        "settings",
        w("zoom", percent=100),
        value("defaultTabStop", 720),
        value("characterSpacingControl", "doNotCompress"),
        separators,
        compat,
        w("themeFontLang", val="vi-VN"),
        value("decimalSymbol", ","),
        value("listSeparator", ";"),
    )


def custom_properties(said: Mapping[str, str]) -> Element:
    """The root of docProps/custom.xml."""
    root = parse_xml(f'<Properties xmlns="{CUSTOM}" xmlns:vt="{TYPES}"/>')
    for number, (name, text) in enumerate(said.items(), 2):
        made = root.makeelement(
            f"{{{CUSTOM}}}property", {"fmtid": CUSTOM_ID, "pid": str(number), "name": name}
        )
        inner = root.makeelement(f"{{{TYPES}}}lpwstr")
        inner.text = text
        made.append(inner)
        root.append(made)
    return root


def core_properties(said: Mapping[str, str]) -> Element:
    """The root of docProps/core.xml, ``said`` by prefixed name ("dc:title"); no time, for equal input gives equal bytes."""
    root = OxmlElement("cp:coreProperties", nsdecls={prefix: nsmap[prefix] for prefix in ("cp", "dc")})
    for name, text in said.items():
        made = OxmlElement(name)
        made.text = text
        root.append(made)
    return root


def extended_properties() -> Element:
    """The root of docProps/app.xml: which program wrote the file."""
    return parse_xml(f'<Properties xmlns="{EXTENDED}"><Application>{PROGRAM}</Application></Properties>')
