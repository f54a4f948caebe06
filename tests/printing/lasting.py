"""Checks a file against the clauses of PDF/A-2b (ISO 19005-2) that a printed report can break, one by one.

It is no veraPDF, which cannot be had here: embedded files, images, optional content and page groups are only
checked not to be there at all, for a report has none.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator
from io import BytesIO
from xml.etree import ElementTree as ET

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

FILTERS = {"/FlateDecode", "/DCTDecode", "/ASCIIHexDecode", "/ASCII85Decode", "/RunLengthDecode"}
OPERATORS = (
    " b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID J j l M m MP n q Q re "
    "RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \" "
)
PRINT, NEVER = 4, 1 | 2 | 32 | 256
ACTIONS = {"/GoTo", "/GoToR", "/URI", "/Named"}
NOT_HERE = ("/AA", "/OCProperties", "/Requirements", "/Perms", "/NeedsRendering")
XMP = {
    "/Title": "{http://purl.org/dc/elements/1.1/}title",
    "/Author": "{http://purl.org/dc/elements/1.1/}creator",
    "/Subject": "{http://purl.org/dc/elements/1.1/}description",
    "/Keywords": "{http://ns.adobe.com/pdf/1.3/}Keywords",
    "/Producer": "{http://ns.adobe.com/pdf/1.3/}Producer",
    "/Creator": "{http://ns.adobe.com/xap/1.0/}CreatorTool",
}
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
PDFA = "{http://www.aiim.org/pdfa/ns/id/}"


def broken(data: bytes) -> set[str]:
    """The numbers of the clauses that a file breaks."""
    found = set(_of_bytes(data))
    with pikepdf.open(BytesIO(data)) as pdf:
        for clause in CLAUSES:
            found |= set(clause(pdf))
    return found


def _of_bytes(data: bytes) -> Iterator[str]:
    if not re.match(rb"%PDF-1\.[0-7]\r?\n%[\x80-\xff]{4}", data):
        yield "6.1.2"
    if re.search(rb"(?<![\r\n])endstream", data):
        yield "6.1.7.1"
    if not re.search(rb"%%EOF\r?\n?\Z", data):
        yield "6.1.3"


def _trailer(pdf: Pdf) -> Iterator[str]:
    if "/ID" not in pdf.trailer or len(pdf.trailer.ID) != 2 or pdf.is_encrypted:
        yield "6.1.3"


def _streams(pdf: Pdf) -> Iterator[str]:
    for stream in (found for found in pdf.objects if isinstance(found, Stream)):
        if "/F" in stream or "/FFilter" in stream:
            yield "6.1.7.1"
        filters = stream.get("/Filter", Array())
        if {str(each) for each in (filters if isinstance(filters, Array) else [filters])} - FILTERS:
            yield "6.1.7.2"


def _limits(pdf: Pdf) -> Iterator[str]:
    for page in pdf.pages:
        if not all(3 <= float(side) <= 14400 for side in page.mediabox[2:]):
            yield "6.1.13"
        deepest = depth = 0
        for step in pikepdf.parse_content_stream(page):
            depth += {"q": 1, "Q": -1}.get(str(step.operator), 0)
            deepest = max(deepest, depth)
            if any(isinstance(part, pikepdf.String) and len(bytes(part)) > 32767 for part in step.operands):
                yield "6.1.13"
        if deepest > 28:
            yield "6.1.13"


def _contents(pdf: Pdf) -> Iterator[str]:
    for page in pdf.pages:
        resources = page.obj.get("/Resources", Dictionary())
        if "/Resources" not in page.obj:
            yield "6.2.2"
        for step in pikepdf.parse_content_stream(page):
            operator = str(step.operator)
            if f" {operator} " not in OPERATORS:
                yield "6.2.2"
            if operator == "Tf" and step.operands[0] not in resources.get("/Font", {}):
                yield "6.2.2"
            if operator in {"k", "K", "cs", "CS", "scn", "SCN", "sh"}:
                yield "6.2.4.3"
            if operator in {"gs", "Do"}:
                yield "6.2.10"  # neither transparency nor images are in a report


def _output_intent(pdf: Pdf) -> Iterator[str]:
    intents = [one for one in pdf.Root.get("/OutputIntents", []) if one.get("/S") == Name.GTS_PDFA1]
    if len(intents) != 1:
        yield "6.2.3"
        return
    profile = intents[0].DestOutputProfile
    data = profile.read_bytes()
    head = struct.unpack(">I4sI4s4s", data[:20])
    if head[0] != len(data) or head[2] >> 24 > 4 or data[36:40] != b"acsp" or int(profile.N) != 3:
        yield "6.2.3"
    if head[3] not in (b"mntr", b"prtr") or head[4] != b"RGB ":
        yield "6.2.3"


def _fonts(pdf: Pdf) -> Iterator[str]:
    for page in pdf.pages:
        fonts = dict(page.obj.Resources.get("/Font", {}).items())
        for font in fonts.values():
            yield from _font(font)
        codes: bytes | None = None
        for step in pikepdf.parse_content_stream(page):
            operator = str(step.operator)
            if operator == "Tf":
                codes = _letters(fonts[str(step.operands[0])])
            if operator in {"Tj", "TJ", "'"} and any(
                code not in (codes or b"") for code in _shown(step.operands)
            ):
                yield "6.2.11.8"


def _shown(operands: object) -> bytes:
    """The codes of a text that is shown, moves left out."""
    parts = operands if isinstance(operands, list | Array | pikepdf._core._ObjectList) else [operands]
    return b"".join(
        bytes(part) if isinstance(part, pikepdf.String) else _shown(part)
        for part in parts
        if isinstance(part, pikepdf.String | Array)
    )


def _letters(font: Object) -> bytes:
    """The codes of a font that lead to a letter."""
    descriptor = font.get("/FontDescriptor")
    if descriptor is None or "/FontFile2" not in descriptor:
        return bytes(range(256))
    glyphs = _glyphs(_tables(descriptor.FontFile2.read_bytes()))
    return bytes(code for code, glyph in glyphs.items() if glyph)


def _font(font: Object) -> Iterator[str]:
    descriptor = font.get("/FontDescriptor")
    if font.Subtype != Name.TrueType or descriptor is None or "/FontFile2" not in descriptor:
        yield "6.2.11.4"
        return
    if not re.match(r"/[A-Z]{6}\+", str(font.BaseFont)) or font.BaseFont != descriptor.FontName:
        yield "6.2.11.4"
    if "/ToUnicode" not in font:
        yield "6.2.11.7"
    tables = _tables(descriptor.FontFile2.read_bytes())
    if int(descriptor.Flags) & 4 and (
        "/Encoding" in font or struct.unpack(">HH", tables[b"cmap"][:4])[1] != 1
    ):
        yield "6.2.11.6"
    given = [float(wide) for wide in font.Widths]
    first, real = int(font.FirstChar), _advances(tables)
    for code, glyph in _glyphs(tables).items():
        if abs(given[code - first] - real[min(glyph, len(real) - 1)]) > 1:
            yield "6.2.11.5"


def _tables(data: bytes) -> dict[bytes, bytes]:
    count = struct.unpack(">H", data[4:6])[0]
    listed = (struct.unpack(">4sIII", data[12 + 16 * n : 28 + 16 * n]) for n in range(count))
    return {tag: data[start : start + size] for tag, _sum, start, size in listed}


def _advances(tables: dict[bytes, bytes]) -> list[float]:
    """How wide the glyphs are in thousandths of their size."""
    em = struct.unpack(">H", tables[b"head"][18:20])[0]
    count = struct.unpack(">H", tables[b"hhea"][34:36])[0]
    return [struct.unpack(">H", tables[b"hmtx"][4 * n : 4 * n + 2])[0] * 1000 / em for n in range(count)]


def _glyphs(tables: dict[bytes, bytes]) -> dict[int, int]:
    """The glyph of each code; the one table is of format 6."""
    start = struct.unpack(">I", tables[b"cmap"][8:12])[0]
    form, _size, _language, first, count = struct.unpack(">5H", tables[b"cmap"][start : start + 10])
    assert form == 6
    glyphs = struct.unpack(f">{count}H", tables[b"cmap"][start + 10 : start + 10 + 2 * count])
    return {first + n: glyph for n, glyph in enumerate(glyphs)}


def _annotations(pdf: Pdf) -> Iterator[str]:
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", []):
            if annotation.Subtype not in (Name.Link, Name.Widget):
                yield "6.3.1"
            flags = int(annotation.get("/F", 0))
            if not flags & PRINT or flags & NEVER:
                yield "6.3.2"
            if annotation.Subtype != Name.Link and set(annotation.get("/AP", {}).keys()) != {"/N"}:
                yield "6.3.3"


def _forms(pdf: Pdf) -> Iterator[str]:
    form = pdf.Root.get("/AcroForm", Dictionary())
    if form.get("/NeedAppearances", False) or "/XFA" in form:
        yield "6.4"
    if any("/A" in field or "/AA" in field for field in form.get("/Fields", [])):
        yield "6.4"


def _actions(pdf: Pdf) -> Iterator[str]:
    for found in pdf.objects:
        if not isinstance(found, Dictionary):
            continue
        acts = "/S" in found and found.get("/Type") != Name.OutputIntent
        if (acts and str(found.S) not in ACTIONS) or "/AA" in found:
            yield "6.5"
    for root in (pdf.Root, pdf.Root.get("/Names", Dictionary())):
        yield from ("6.5" for key in NOT_HERE if key in root)
        yield from (
            "6.5" for key in ("/JavaScript", "/EmbeddedFiles", "/AlternatePresentations") if key in root
        )
    action = pdf.Root.get("/OpenAction")
    if isinstance(action, Dictionary) and str(action.S) not in ACTIONS:
        yield "6.5"


def _metadata(pdf: Pdf) -> Iterator[str]:
    stream = pdf.Root.get("/Metadata")
    if stream is None or "/Filter" in stream:
        yield "6.6.2"
        return
    packet = stream.read_bytes().decode("utf-8")
    if re.search(r"<\?xpacket begin=[^?]*(bytes|encoding)=", packet):
        yield "6.6.2"
    said = {part.tag: " ".join("".join(part.itertext()).split()) for part in _described(packet)}
    if (said.get(f"{PDFA}part"), said.get(f"{PDFA}conformance")) != ("2", "B"):
        yield "6.6.4"
    for key, value in pdf.docinfo.items():
        if said.get(XMP.get(key, "")) != " ".join(str(value).split()):
            yield "6.6.2"


def _described(packet: str) -> Iterator[ET.Element]:
    for described in ET.fromstring(packet.strip("\ufeff")).iter(f"{RDF}Description"):
        yield from described


CLAUSES: tuple[Callable[[Pdf], Iterator[str]], ...] = (
    _trailer,
    _streams,
    _limits,
    _contents,
    _output_intent,
    _fonts,
    _annotations,
    _forms,
    _actions,
    _metadata,
)
