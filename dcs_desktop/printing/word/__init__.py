"""The printed report as a Word file: the blocks and numbers of the PDF, in styles, controls and notes of Word's own.

docs/word.md says what a reader of the file may rely on.
"""

from __future__ import annotations

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from dcs_desktop import __version__
from dcs_desktop.printing.document import Document
from dcs_desktop.printing.fonts import register
from dcs_desktop.printing.layouts import Layout
from dcs_desktop.printing.printable import refuse_unprintable
from dcs_desktop.printing.word.body import Attached, Writer
from dcs_desktop.printing.word.controls import Controls
from dcs_desktop.printing.word.mark import mark
from dcs_desktop.printing.word.notes import footnotes_part, marks_of
from dcs_desktop.printing.word.parts import (
    Package,
    core_properties,
    custom_properties,
    extended_properties,
    header_part,
    settings_part,
)
from dcs_desktop.printing.word.styles import styles_part
from dcs_desktop.printing.word.text import Text


def render(document: Document, layout: Layout) -> bytes:
    """The Word file of a document.

    Raises Refusal naming item and sign for a sign that cannot be printed, and
    naming the item for a footnote that stands in another.
    """
    register()
    refuse_unprintable(document)
    marks, controls, package = marks_of(document), Controls(), Package()
    text = Text(document, marks, controls)
    package.add("styles", CT.WML_STYLES, RT.STYLES, styles_part(layout))
    package.add("settings", CT.WML_SETTINGS, RT.SETTINGS, settings_part())
    first, others = (header_part(layout, numbered=said, draft=document.draft) for said in (False, True))
    attached = Attached(
        first=package.add("header1", CT.WML_HEADER, RT.HEADER, first),
        others=package.add("header2", CT.WML_HEADER, RT.HEADER, others),
    )
    foot = mark(document, layout, package) if document.digest else []
    writer = Writer(document, layout, text, controls)
    package.document.element.append(writer.body(attached, foot))
    package.add("numbering", CT.WML_NUMBERING, RT.NUMBERING, writer.numbers.part(layout))
    package.add("footnotes", CT.WML_FOOTNOTES, RT.FOOTNOTES, footnotes_part(document, marks, text.inside))
    _describe(package, document)
    return package.bytes()


def _describe(package: Package, document: Document) -> None:
    identity = document.identity
    title = f"{document.title} {document.subject[:1].lower()}{document.subject[1:]}"
    core = {
        "dc:title": title,
        "dc:subject": identity.unit.name,
        "dc:creator": document.letterhead.issuing_body or identity.unit.name,
        "cp:keywords": document.digest,
        "dc:language": "vi-VN",
    }
    own = {
        "dcs.unit": identity.unit.code,
        "dcs.list": identity.unit.list_id,
        "dcs.period": str(identity.period),
        "dcs.revision": str(identity.revision),
        "dcs.template": identity.template,
        "dcs.version": __version__,
        "dcs.digest": document.digest,
    }
    package.add_properties("core", CT.OPC_CORE_PROPERTIES, RT.CORE_PROPERTIES, core_properties(core))
    package.add_properties("app", CT.OFC_EXTENDED_PROPERTIES, RT.EXTENDED_PROPERTIES, extended_properties())
    package.add_properties("custom", CT.OFC_CUSTOM_PROPERTIES, RT.CUSTOM_PROPERTIES, custom_properties(own))
