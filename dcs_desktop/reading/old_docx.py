"""Reads any Word file of a report, whoever wrote it: paragraphs, lists, footnotes, tables, text boxes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from dcs_desktop.core.narrative import (
    Inline,
    Link,
    NoteMark,
    Paragraph,
    Prose,
    Text,
    mapped,
    plain,
    renamed,
    spelt,
    tidy,
)
from dcs_desktop.core.old_report.document import OldDocument, OldLine
from dcs_desktop.core.returned import Counted
from dcs_desktop.reading.numbering import Numbering
from dcs_desktop.reading.outline import heading_styles, states_level
from dcs_desktop.reading.parts import parts, refuse_macros
from dcs_desktop.reading.prose import GOING, Met, Stretch, Word, bookmarks_of
from dcs_desktop.reading.styles import styles_of
from dcs_desktop.reading.tree import Node

HOLDS_BLOCKS = {"w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo"}
MOST_COLUMNS = 64


def read_old_docx(data: bytes, file_name: str) -> OldDocument:
    """A Word file in these bytes. Raises Unread: it is none, or has a password, macros, a trick in it."""
    refuse_macros(data)
    found = parts(data)
    notes = found.get("footnotes")
    met = Met()
    word = Word(
        styles_of(found.get("styles")),
        Numbering(found.get("numbering")),
        {} if notes is None else {n.attributes.get("w:id", ""): n for n in _real_notes(notes)},
        bookmarks_of(found["document"]),
        met,
    )
    body = found["document"].part("w:body")
    reading = _Lines(word, heading_styles(found.get("styles")))
    reading.blocks([] if body is None else body.parts)
    counted = Counted(met.tracked, met.comments, max(met.left_out - reading.boxes, 0), met.struck)
    return OldDocument(file_name, hashlib.sha256(data).hexdigest(), tuple(reading.lines), counted)


def _real_notes(part: Node) -> Iterator[Node]:
    return (
        n for n in part.parts if n.name == "w:footnote" and n.attributes.get("w:type", "normal") == "normal"
    )


@dataclass
class _Lines:
    """The lines read so far; ``boxes`` counts the text boxes whose text is among them."""

    word: Word
    headings: frozenset[str]
    lines: list[OldLine] = field(default_factory=list)
    tables: int = 0
    boxes: int = 0
    _going: list[Node] = field(default_factory=list)

    def blocks(self, nodes: Iterable[Node]) -> None:
        """Read paragraphs and tables one after another."""
        for node in nodes:
            if node.name == "w:p":
                self._paragraph(node)
            elif node.name == "w:tbl":
                self._table(node)
            elif node.name == "mc:AlternateContent":
                self.blocks(node.parts[0].parts if node.parts else [])
            elif node.name in HOLDS_BLOCKS:
                self.blocks(node.parts)

    def _paragraph(self, node: Node) -> None:
        """A paragraph; one whose mark was deleted goes on in the next."""
        self._going.append(node)
        properties = node.part("w:pPr")
        mark = None if properties is None else properties.part("w:rPr")
        if mark is not None and any(mark.part(name) is not None for name in GOING):
            return
        whole, self._going = self._going, []
        before = self.word.met.tracked
        prose = self._read(whole)
        tracked = self.word.met.tracked > before
        strong = self._is_heading(whole[0])
        for paragraph in prose.paragraphs:
            one = _alone(paragraph, prose, len(self.lines))
            self.lines.append(OldLine(one, strong or _bold(paragraph), tracked=tracked))
        for box in _boxes(whole):
            self.boxes += 1
            self.blocks(box.parts)

    def _read(self, nodes: list[Node]) -> Prose:
        stretch = Stretch(self.word)
        stretch.blocks(nodes)
        prose, figures = stretch.taken()
        left = iter(figures)

        def letters(inline: Inline) -> Inline:
            """A linked figure of this program's own file is what stands in its place."""
            return Text(next(left).text, inline.bold, inline.italic) if isinstance(inline, Link) else inline

        found = mapped(prose, letters)
        return tidy(replace(found, paragraphs=tuple(map(spelt, found.paragraphs))))

    def _is_heading(self, node: Node) -> bool:
        properties = node.part("w:pPr")
        if properties is None:
            return False
        return states_level(properties) or properties.value("w:pStyle") in self.headings

    # Tables

    def _table(self, node: Node) -> None:
        rows = [row for row in _rows(node) if not _deleted(row)]
        if all(len(_cells(row)) < 2 for row in rows):
            for row in rows:
                self.blocks(part for cell in _cells(row) for part in cell.parts)
            return
        self.tables += 1
        number, above = self.tables, dict[int, str]()
        for row in rows:
            self._row(row, number, above)

    def _row(self, row: Node, number: int, above: dict[int, str]) -> None:
        """A row; a cell merged with the one above it says its words again, for they head this row too."""
        before, cells, said = self.word.met.tracked, list[str](), list[Prose]()
        for cell in _cells(row):
            properties = cell.part("w:tcPr")
            merged = None if properties is None else properties.part("w:vMerge")
            goes_on = merged is not None and merged.attributes.get("w:val", "continue") == "continue"
            prose = Prose() if goes_on else self._read([part for part in cell.parts if part.name != "w:tcPr"])
            text = plain(Prose(prose.paragraphs))
            place = len(cells)
            if goes_on:
                text = above.get(place, "")
            above[place] = "" if _figure_like(text) else text
            cells += [text, *[""] * (_span(properties) - 1)]
            said.append(prose)
        prose = _joined(said)
        if any(cells):
            tracked = self.word.met.tracked > before
            self.lines.append(
                OldLine(_alone_all(prose, len(self.lines)), cells=tuple(cells), table=number, tracked=tracked)
            )


def _rows(table: Node) -> Iterator[Node]:
    for node in table.parts:
        if node.name == "w:tr":
            yield node
        elif node.name in HOLDS_BLOCKS:
            yield from _rows(node)


def _cells(row: Node) -> list[Node]:
    found: list[Node] = []
    for node in row.parts:
        if node.name == "w:tc":
            found.append(node)
        elif node.name in HOLDS_BLOCKS:
            found += _cells(node)
    return found


def _deleted(row: Node) -> bool:
    properties = row.part("w:trPr")
    return properties is not None and properties.part("w:del") is not None


def _span(properties: Node | None) -> int:
    said = "1" if properties is None else properties.value("w:gridSpan", "1")
    return min(max(int(said), 1), MOST_COLUMNS) if said.isdecimal() and len(said) < 4 else 1


def _figure_like(text: str) -> bool:
    return bool(text) and not any(sign.isalpha() for sign in text)


def _boxes(nodes: Iterable[Node]) -> Iterator[Node]:
    """The texts of the text boxes, each once: Word writes them in a newer and an older way side by side."""
    for node in nodes:
        if node.name == "w:txbxContent":
            yield node
        elif node.name == "mc:AlternateContent":
            yield from _boxes(node.parts[:1])
        else:
            yield from _boxes(node.parts)


def _bold(paragraph: Paragraph) -> bool:
    runs = [i for i in paragraph.inlines if isinstance(i, Text) and any(map(str.isalpha, i.text))]
    return bool(runs) and all(run.bold for run in runs)


def _alone(paragraph: Paragraph, of: Prose, line: int) -> Prose:
    """One paragraph with the footnotes that it marks."""
    own = {i.id for i in paragraph.inlines if isinstance(i, NoteMark)}
    return _alone_all(Prose((paragraph,), {id: texts for id, texts in of.notes.items() if id in own}), line)


def _alone_all(prose: Prose, line: int) -> Prose:
    """The same text with footnotes named after the line."""
    return renamed(prose, {id: f"d{line}-{id}" for id in prose.notes})


def _joined(cells: list[Prose]) -> Prose:
    """The cells of a row as one paragraph, parted by semicolons."""
    inlines: list[Inline] = []
    notes: dict[str, tuple[Paragraph, ...]] = {}
    for place, cell in enumerate(cells):
        named = renamed(cell, {id: f"{place}-{id}" for id in cell.notes})
        notes |= named.notes
        for paragraph in named.paragraphs:
            inlines += [*([Text("; ")] if inlines else []), *paragraph.inlines]
    return Prose((Paragraph(tuple(inlines)),) if inlines else (), notes)
