"""Prose tree and QTextDocument, mapped to each other and nothing more.

A paragraph is a block, a list entry a block of a QTextList. Linked figures and
the marks of footnotes are single characters (U+FFFC) whose format says what
they are; how they look is drawn by :mod:`dcs_desktop.ui.narrative_objects`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextList,
    QTextListFormat,
)

from dcs_desktop.core.counting import Counting
from dcs_desktop.core.narrative import Inline, Link, NoteMark, Paragraph, Prose, Text, link_markup, read, tidy

OBJECT: Final = "\ufffc"
LINK_OBJECT: Final = QTextFormat.ObjectTypes.UserObject.value + 1
MARK_OBJECT: Final = QTextFormat.ObjectTypes.UserObject.value + 2
PARAGRAPH_GAP: Final = 4
SAID: Final = QTextFormat.Property.UserProperty.value + 1


def fill(document: QTextDocument, paragraphs: Sequence[Paragraph]) -> None:
    """Show these paragraphs in place of what a document holds; its undo history begins anew."""
    document.setUndoRedoEnabled(False)
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.removeSelectedText()
    cursor.setBlockFormat(paragraph_format())
    insert(cursor, paragraphs)
    document.setUndoRedoEnabled(True)


def insert(cursor: QTextCursor, paragraphs: Sequence[Paragraph]) -> None:
    """Put paragraphs where the cursor is, the first one going on with the line it stands in."""
    cursor.beginEditBlock()
    entries: QTextList | None = None
    counted, counting = dict[int, QTextList](), Counting()
    for before, paragraph in zip((None, *paragraphs), paragraphs, strict=False):
        fresh = before is not None
        if fresh:
            cursor.insertBlock(paragraph_format(), QTextCharFormat())
        if paragraph.bullet and (fresh or cursor.block().length() == 1):
            goes_on = entries if before is not None and before.bullet else None
            entries = _listed(cursor, goes_on, bullets())
        if paragraph.number and (fresh or cursor.block().length() == 1):
            found = counting.list_of(paragraph.number)
            counted[found] = _listed(cursor, counted.get(found), numbers(paragraph.number))
        for inline in paragraph.inlines:
            insert_inline(cursor, inline)
    cursor.endEditBlock()


def _listed(cursor: QTextCursor, entries: QTextList | None, form: QTextListFormat) -> QTextList:
    if entries is None:
        return cursor.createList(form)
    entries.add(cursor.block())
    return entries


def paragraph_format() -> QTextBlockFormat:
    """How a paragraph stands: a little room under it."""
    form = QTextBlockFormat()
    form.setBottomMargin(PARAGRAPH_GAP)
    return form


def bullets() -> QTextListFormat:
    """How the entries of a list stand."""
    form = QTextListFormat()
    form.setStyle(QTextListFormat.Style.ListDisc)
    form.setIndent(1)
    return form


def numbers(start: int = 1) -> QTextListFormat:
    """How the entries of a numbered list stand: 1. 2. 3., from ``start`` on."""
    form = QTextListFormat()
    form.setStyle(QTextListFormat.Style.ListDecimal)
    form.setIndent(1)
    form.setStart(start)
    return form


def is_numbered(entries: QTextList | None) -> bool:
    """Whether a list is one that counts its entries."""
    return entries is not None and entries.format().style() is QTextListFormat.Style.ListDecimal


def insert_inline(cursor: QTextCursor, inline: Inline) -> None:
    """Put one run, linked figure or footnote mark where the cursor is."""
    match inline:
        case Text(text):
            cursor.insertText(text, style(inline.bold, inline.italic))
        case Link():
            cursor.insertText(OBJECT, link_format(inline))
        case NoteMark(id):
            cursor.insertText(OBJECT, mark_format(id))


def style(bold: bool, italic: bool) -> QTextCharFormat:
    """The format of letters in bold, italic, both or neither."""
    form = QTextCharFormat()
    if bold:
        form.setFontWeight(QFont.Weight.Bold)
    if italic:
        form.setFontItalic(True)
    return form


def link_format(link: Link) -> QTextCharFormat:
    """The format of the character that stands for a linked figure."""
    form = style(link.bold, link.italic)
    form.setObjectType(LINK_OBJECT)
    form.setProperty(SAID, link_markup(link))
    form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBaseline)
    return form


def mark_format(id: str) -> QTextCharFormat:
    """The format of the character that stands for the mark of a footnote."""
    form = QTextCharFormat()
    form.setObjectType(MARK_OBJECT)
    form.setProperty(SAID, id)
    form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBaseline)
    return form


def link_of(form: QTextFormat) -> Link | None:
    """The linked figure that a character of this format stands for."""
    if form.objectType() != LINK_OBJECT:
        return None
    inlines = read(str(form.property(SAID))).paragraphs[0].inlines
    return inlines[0] if isinstance(inlines[0], Link) else None


def mark_of(form: QTextFormat) -> str | None:
    """The id of the footnote whose mark a character of this format is."""
    return str(form.property(SAID)) if form.objectType() == MARK_OBJECT else None


def paragraphs_of(document: QTextDocument) -> tuple[Paragraph, ...]:
    """The paragraphs that a document shows, in their one form: nothing empty, letters composed."""
    reached: dict[int, int] = {}
    found = tuple(_paragraph(block, reached) for block in _blocks(document))
    return tidy(Prose(found)).paragraphs


def _paragraph(block: QTextBlock, reached: dict[int, int]) -> Paragraph:
    """A block as a paragraph; ``reached`` is how far each numbered list has counted, empty entries not counted."""
    entries, inlines = block.textList(), tuple(_inlines(block))
    if not is_numbered(entries):
        return Paragraph(inlines, entries is not None)
    if not block.text().strip():
        return Paragraph(())
    id = entries.objectIndex()
    reached[id] = reached.get(id, entries.format().start() - 1) + 1
    return Paragraph(inlines, number=reached[id])


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _inlines(block: QTextBlock) -> Iterator[Inline]:
    for text, form in runs(block):
        bold, italic = form.fontWeight() > QFont.Weight.Medium.value, form.fontItalic()
        link, mark = link_of(form), mark_of(form)
        for piece in [text] if link is None and mark is None else text:
            if piece != OBJECT or (link is None and mark is None):
                yield Text(piece, bold, italic)
            elif link is not None:
                yield replace(link, bold=bold, italic=italic)
            elif mark is not None:
                yield NoteMark(mark)


def runs(block: QTextBlock) -> Iterator[tuple[str, QTextCharFormat]]:
    """The runs of one format that a block is made of, in order."""
    walk = block.begin()
    while not walk.atEnd():
        fragment = walk.fragment()
        if fragment.isValid():
            yield fragment.text(), fragment.charFormat()
        walk += 1


def objects(document: QTextDocument) -> Iterator[tuple[int, QTextCharFormat]]:
    """Position and format of every linked figure and footnote mark, in order."""
    for block in _blocks(document):
        position = block.position()
        for text, form in runs(block):
            width = len(text.encode("utf-16-le")) // 2
            if form.objectType() in (LINK_OBJECT, MARK_OBJECT):
                yield from ((place, form) for place in range(position, position + width))
            position += width


def selected_paragraphs(cursor: QTextCursor) -> tuple[Paragraph, ...]:
    """What a selection holds."""
    scratch = QTextDocument()
    QTextCursor(scratch).insertFragment(cursor.selection())
    found = paragraphs_of(scratch)
    whole = cursor.document().findBlock(cursor.selectionStart()) == cursor.document().findBlock(
        cursor.selectionEnd()
    )
    return tuple(replace(p, bullet=False, number=0) for p in found) if whole else found
