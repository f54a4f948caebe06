"""Word files put together by hand, for what no writer of ours would write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    + "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{WORD}{kind}+xml"/>'
        for name, kind in (
            ("document", "document.main"),
            ("footnotes", "footnotes"),
            ("numbering", "numbering"),
            ("styles", "styles"),
        )
    )
    + '<Override PartName="/docProps/custom.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/></Types>'
)
SAID = {
    "dcs.unit": "31426",
    "dcs.list": "GSO-2024",
    "dcs.period": "2024",
    "dcs.revision": "0",
    "dcs.template": "dcs@2024",
    "dcs.version": "0.1.0",
    "dcs.digest": "0" * 64,
}


def run(text: str, properties: str = "") -> str:
    """A run of letters."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*inside: str, properties: str = "") -> str:
    """A paragraph of runs and whatever else."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(inside)}</w:p>"


def item(id: str, *blocks: str, more: str = "") -> str:
    """The control of an item."""
    return (
        f'<w:sdt><w:sdtPr><w:tag w:val="item:{id}"/>{more}</w:sdtPr>'
        f"<w:sdtContent>{''.join(blocks)}</w:sdtContent></w:sdt>"
    )


def figure(key: str, *inside: str) -> str:
    """The control of a linked figure."""
    return (
        f'<w:sdt><w:sdtPr><w:tag w:val="figure:{key}"/></w:sdtPr>'
        f"<w:sdtContent>{''.join(inside)}</w:sdtContent></w:sdt>"
    )


def note(number: int) -> str:
    """The mark of a footnote."""
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    """A zip of these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def files(
    *blocks: str,
    notes: Mapping[int, str] = {},
    said: Mapping[str, str] = SAID,
    numbering: str = "",
    styles: str = "",
) -> dict[str, bytes | str]:
    """The parts of a Word file with these blocks in its body."""
    footnotes = "".join(
        f'<w:footnote w:id="{number}">{paragraph("<w:r><w:footnoteRef/></w:r>", run(" " + text))}</w:footnote>'
        for number, text in notes.items()
    )
    rules = f'<w:footnote w:id="-1" w:type="separator">{paragraph()}</w:footnote>'
    properties = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" name="{name}">'
        f"<vt:lpwstr>{value}</vt:lpwstr></property>"
        for pid, (name, value) in enumerate(said.items(), 2)
    )
    return {
        "[Content_Types].xml": TYPES,
        "word/document.xml": f"<w:document {W} {MC}><w:body>{''.join(blocks)}</w:body></w:document>",
        "word/footnotes.xml": f"<w:footnotes {W}>{rules}{footnotes}</w:footnotes>",
        "word/numbering.xml": f"<w:numbering {W}>{numbering}</w:numbering>",
        "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
        "docProps/custom.xml": (
            '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
            'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
            f"{properties}</Properties>"
        ),
    }


def word_file(*blocks: str, notes: Mapping[int, str] = {}, numbering: str = "", styles: str = "") -> bytes:
    """A Word file with these blocks in its body."""
    return zipped(files(*blocks, notes=notes, numbering=numbering, styles=styles))


def edited(data: bytes, *changes: tuple[str, str], part: str = "word/document.xml") -> bytes:
    """The same Word file with each text of a part replaced where it stands first; it must be there."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            for before, after in changes if name == part else ():
                assert before.encode() in content, before
                content = content.replace(before.encode(), after.encode(), 1)
            new.writestr(name, content)
    return made.getvalue()
