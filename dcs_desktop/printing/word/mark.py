"""The mark that ties paper to file, at the end of the annex of figures: its code as a picture, small words beside it."""

from __future__ import annotations

from io import BytesIO

from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

from dcs_desktop.core.text import nfc
from dcs_desktop.printing.document import Document
from dcs_desktop.printing.layouts import Layout
from dcs_desktop.printing.trace import AIR, code_squares, trace
from dcs_desktop.printing.word.elements import MM, Element, from_mm, value, w
from dcs_desktop.printing.word.head import closing
from dcs_desktop.printing.word.parts import Package
from dcs_desktop.printing.word.tables import side_by_side
from dcs_desktop.printing.word.text import letters, paragraph

EMU = 36_000
"""English metric units in a millimetre."""
DOTS = 4
WORDS_WIDTH = 120.0


def mark(document: Document, layout: Layout, package: Package) -> list[Element]:
    """Code and words, for the end of the annex that is traced; none when no annex is."""
    if not any(annex.traced for annex in document.annexes):
        return []
    said, side = trace(document.identity, document.digest), layout.trace.code
    picture = package.add_picture("code", code_picture(said.code))
    above = w("spacing", before=from_mm(layout.text.gap / MM))
    code = paragraph("DcsTrace", [w("r", _drawing(picture, side, said.code))], above)
    words = [paragraph("DcsTrace", letters(nfc(line))) for line in said.lines]
    block = side_by_side((side * MM + AIR, WORDS_WIDTH * MM), [[[code], words]])
    for cell in block.iter(w("tc").tag):
        cell[0].append(value("vAlign", "center"))
    return [closing(), block]


def code_picture(text: str) -> bytes:
    """The code as a PNG file, each of its squares a few dots wide."""
    from PIL import Image

    squares = code_squares(text)
    count = len(squares)
    image = Image.new("1", (count, count), 1)
    for row, dark in enumerate(squares):
        for column in range(count):
            if dark[column]:
                image.putpixel((column, row), 0)
    target = BytesIO()
    image.resize((count * DOTS, count * DOTS), Image.Resampling.NEAREST).save(target, "PNG")
    return target.getvalue()


def _drawing(picture: str, side: float, told: str) -> Element:
    """A picture in the line of text, ``side`` millimetres wide and tall; ``told`` is for those who cannot see it."""
    wide = round(side * EMU)
    return parse_xml(
        f"<w:drawing {nsdecls('w', 'wp', 'a', 'pic', 'r')}>"
        '<wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{wide}" cy="{wide}"/><wp:docPr id="1" name="QR" descr="{told}"/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        '<pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="QR"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{picture}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{wide}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
