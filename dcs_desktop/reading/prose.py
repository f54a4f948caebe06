"""Prose of a stretch of a Word document: paragraphs, lists, emphasis, footnotes, linked figures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from dcs_desktop.core.narrative import (
    Inline,
    Link,
    NoteMark,
    Paragraph,
    Prose,
    Text,
    listed,
    numbered,
    read,
    tidy,
    undrawn,
)
from dcs_desktop.core.returned import StatedFigure
from dcs_desktop.core.text import nfc
from dcs_desktop.reading.numbering import Numbering
from dcs_desktop.reading.styles import Emphasis, Styles, stated
from dcs_desktop.reading.tree import Node

FIGURE, ITEM = "figure:", "item:"
# What holds other things and says nothing itself.
AROUND = {"w:smartTag", "w:customXml", "w:hyperlink", "w:fldSimple", "w:dir", "w:bdo", "w:sdtContent"}
COMING, GOING = {"w:ins", "w:moveTo"}, {"w:del", "w:moveFrom"}
UNREAD = {
    "w:drawing",
    "w:pict",
    "w:object",
    "w:sym",
    "w:endnoteReference",
    "m:oMath",
    "m:oMathPara",
    "w:altChunk",
}
WITHIN = {"w:r", "w:hyperlink", "w:fldSimple", "w:smartTag", "w:dir", "w:bdo"}
COUNTED = re.compile(r"([1-9][0-9]{0,2})\.")
TYPED_DASH = re.compile(r"^- +")
# Where a footnote is marked again stands a reference to the bookmark around its first mark.
AGAIN = re.compile(r"^\s*NOTEREF\s+\"?(\w+)")
BOXES = {"F0A8": "☐", "F0FD": "☒", "F0FE": "☒", "F0FC": "☒", "F06F": "☐"}
DRAWN = {int(sign, 16): box for sign, box in BOXES.items()}


@dataclass
class Met:
    """What one reading of a file has met so far: counts, and tags of controls that are not ours."""

    tracked: int = 0
    comments: int = 0
    left_out: int = 0
    struck: int = 0
    unknown: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Word:
    """What reading needs beside the text itself: styles, lists, footnotes by their number in the file.

    ``bookmarks`` are the numbers of the footnotes marked within a bookmark, by its name.
    """

    styles: Styles
    numbering: Numbering
    footnotes: Mapping[str, Node]
    bookmarks: Mapping[str, str]
    met: Met


@dataclass
class Code:
    """A field of Word under way: what it does, and whether its result is not to be read."""

    said: str = ""
    silent: bool = False


def tag_of(control: Node) -> str:
    """The tag of a content control (``w:sdt``); what a figure's alias says where its tag was too short."""
    properties = control.part("w:sdtPr")
    if properties is None:
        return ""
    tag, alias = properties.value("w:tag"), properties.value("w:alias")
    return alias if tag.startswith(FIGURE) and alias.startswith("{") else tag


FoundItem = Callable[[str, Node], None]


class Stretch:
    """Reads elements one after another; :meth:`taken` gives what they say.

    ``found_item`` is told the id and the control of each item on the way, whose text is then not taken here.
    """

    def __init__(self, word: Word, found_item: FoundItem | None = None) -> None:
        self.paragraphs: list[Paragraph] = []
        self.notes: dict[str, tuple[Paragraph, ...]] = {}
        self.figures: list[StatedFigure] = []
        self._of_notes: list[StatedFigure] = []
        self._word = word
        self._found_item = found_item
        self._codes: list[Code] = []
        self._line: list[Inline] = []
        self._label: str | None = None
        self._style = Emphasis()
        self._in_note = False

    def taken(self) -> tuple[Prose, tuple[StatedFigure, ...]]:
        """What was read since the last time, in the form of the editor, and its figures, the text's first."""
        self._end_line()
        found = tidy(Prose(tuple(self.paragraphs), dict(self.notes)))
        found = found if self._in_note else numbered(found)
        figures = (*self.figures, *self._of_notes)
        self.paragraphs.clear()
        self.figures.clear()
        self._of_notes.clear()
        entry = _entry_of_note if self._in_note else _entry
        return Prose(tuple(map(entry, found.paragraphs)), found.notes), figures

    def blocks(self, nodes: Iterable[Node]) -> None:
        """Read paragraphs, tables and what holds them, or the parts of one paragraph."""
        for node in nodes:
            if node.name in WITHIN:
                self._inline(node)
            else:
                self._block(node)

    def _block(self, node: Node) -> None:
        match node.name:
            case "w:p":
                self._paragraph(node)
            case "w:tbl" | "w:tr" | "w:tc":
                row = node.part("w:trPr")
                if row is None or row.part("w:del") is None:
                    self.blocks(node.parts)
            case "w:sdt":
                self._control(node, self.blocks)
            case "mc:AlternateContent":
                self.blocks(_choice(node))
            case name if name in COMING | AROUND:
                self._word.met.tracked += name in COMING
                self.blocks(node.parts)
            case name if name in GOING:
                self._word.met.tracked += 1
            case name:
                self._word.met.left_out += name in UNREAD

    def _control(self, node: Node, read: Callable[[Iterable[Node]], None]) -> None:
        """A content control: a figure is its link, an item is told, of any other the content counts."""
        tag, content = tag_of(node), node.part("w:sdtContent")
        inside = [] if content is None else content.parts
        link = figure_link(tag)
        if link is not None:
            self._figure(link, inside)
        elif tag.startswith(ITEM) and self._found_item is not None:
            self._found_item(tag.removeprefix(ITEM), node)
        else:
            if tag and not tag.startswith(ITEM):
                self._word.met.unknown.append(tag)
            read(inside)

    def _paragraph(self, node: Node) -> None:
        properties = node.part("w:pPr") or Node("w:pPr", {})
        style = self._word.styles.get(properties.value("w:pStyle"), Emphasis())
        if not self._line:
            self._begin(properties, style)
        for part in node.parts:
            self._inline(part)
        mark = properties.part("w:rPr")
        if mark is not None and any(mark.part(name) is not None for name in GOING):
            self._word.met.tracked += 1
        else:
            self._end_line()

    def _begin(self, properties: Node, style: Emphasis) -> None:
        self._style = replace(style, numbering=None)
        numbered = properties.part("w:numPr") or style.numbering
        self._label = None
        if numbered is not None and not self._in_note:
            self._label = self._word.numbering.label(numbered)

    def _end_line(self) -> None:
        if self._line:
            bullet, counted = self._label == "-", COUNTED.fullmatch(self._label or "")
            before = [Text(f"{self._label} ")] if self._label and not bullet and not counted else []
            number = int(counted[1]) if counted else 0
            self.paragraphs.append(Paragraph((*before, *self._line), bullet, number))
        self._line, self._label = [], None

    # Within a paragraph

    def _inline(self, node: Node) -> None:
        match node.name:
            case "w:r":
                self._run(node)
            case "w:sdt":
                self._control(node, self._inlines)
            case "mc:AlternateContent":
                self._inlines(_choice(node))
            case "w:fldSimple" if self._mark_again(node.attributes.get("w:instr", "")):
                return
            case name if name in COMING | AROUND:
                self._word.met.tracked += name in COMING
                self._inlines(node.parts)
            case name if name in GOING:
                self._word.met.tracked += 1
            case name:
                self._word.met.left_out += name in UNREAD

    def _inlines(self, nodes: Iterable[Node]) -> None:
        for node in nodes:
            self._inline(node)

    def _figure(self, link: Link, inside: list[Node]) -> None:
        """The link itself; what was typed in its place is kept beside it and never taken for it."""
        aside = Stretch(self._word)
        aside.blocks(inside)
        letters = [inline for paragraph in aside.taken()[0].paragraphs for inline in paragraph.inlines]
        runs = [inline for inline in letters if isinstance(inline, Text)]
        self.figures.append(StatedFigure(link, nfc("".join(run.text for run in runs)).strip()))
        styled = runs[0] if runs else Text("")
        self._line.append(replace(link, bold=styled.bold, italic=styled.italic))

    def _run(self, run: Node) -> None:
        properties = run.part("w:rPr")
        named = (
            Emphasis()
            if properties is None
            else self._word.styles.get(properties.value("w:rStyle"), Emphasis())
        )
        style = stated(properties).over(named).over(self._style)
        if properties is not None and (properties.on("w:strike") or properties.on("w:dstrike")):
            self._word.met.struck += 1
        for part in run.parts:
            self._sign(part, bool(style.bold), bool(style.italic))

    def _sign(self, node: Node, bold: bool, italic: bool) -> None:
        match node.name:
            case "w:fldChar":
                self._code(node.attributes.get("w:fldCharType", ""))
            case "w:instrText":
                if self._codes:
                    self._codes[-1].said += node.text
            case _ if any(code.silent for code in self._codes):
                return
            case "w:br" | "w:cr":
                if node.attributes.get("w:type", "textWrapping") == "textWrapping":
                    self._end_line()
            case "w:footnoteReference":
                self._note(node.attributes.get("w:id", ""))
            case "w:commentReference":
                self._word.met.comments += 1
            case _ if (letters := _letters(node)) is not None:
                self._line.append(Text(letters, bold, italic))
            case name:
                self._word.met.left_out += name in UNREAD or name == "mc:AlternateContent"

    def _code(self, kind: str) -> None:
        """The beginning of a field, of its result, or its end."""
        if kind == "begin":
            self._codes.append(Code())
        elif kind == "separate" and self._codes:
            self._codes[-1].silent = self._mark_again(self._codes[-1].said)
        elif kind == "end" and self._codes:
            self._codes.pop()

    # Footnotes

    def _note(self, number: str) -> None:
        """The mark of a footnote; its text is read where its mark is met first."""
        footnote = self._word.footnotes.get(number)
        if footnote is None or self._in_note:
            return
        if number not in self.notes:
            self.notes[number] = ()
            aside = Stretch(self._word)
            aside._in_note = True
            aside.blocks(footnote.parts)
            found, figures = aside.taken()
            self.notes[number] = found.paragraphs
            self._of_notes += figures
        self._line.append(NoteMark(number))

    def _mark_again(self, code: str) -> bool:
        """The mark of a footnote that was marked before, where a field says so; whether it did."""
        found = AGAIN.match(code)
        number = self._word.bookmarks.get(found[1]) if found else None
        if number is None:
            return False
        if self._in_note:
            self._line.append(NoteMark(number))
        else:
            self._note(number)
        return True


def _letters(node: Node) -> str | None:
    """What an element of a run says in letters, None where it says nothing so."""
    match node.name:
        case "w:t":
            return node.text.translate(DRAWN)
        case "w:tab" | "w:ptab":
            return " "
        case "w:noBreakHyphen":
            return "-"
        case "w:sym":
            return BOXES.get(node.attributes.get("w:char", "").upper())
        case _:
            return None


def bookmarks_of(document: Node) -> dict[str, str]:
    """The number of the footnote that is marked within each bookmark, by the bookmark's name."""
    found: dict[str, str] = {}
    open_ones: dict[str, str] = {}
    for node in _every(document):
        match node.name:
            case "w:bookmarkStart":
                open_ones[node.attributes.get("w:id", "")] = node.attributes.get("w:name", "")
            case "w:bookmarkEnd":
                open_ones.pop(node.attributes.get("w:id", ""), None)
            case "w:footnoteReference":
                for name in open_ones.values():
                    found.setdefault(name, node.attributes.get("w:id", ""))
    return found


def _every(node: Node) -> Iterator[Node]:
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += reversed(one.parts)


def figure_link(tag: str) -> Link | None:
    """The link that the tag of a figure's control holds, None where it holds none."""
    source = tag.removeprefix(FIGURE)
    if not (tag.startswith((FIGURE, "{"))):
        return None
    source = source if source.startswith("{") else f"{{{source}}}"
    found = [inline for paragraph in read(source).paragraphs for inline in paragraph.inlines]
    return found[0] if len(found) == 1 and isinstance(found[0], Link) else None


def _choice(node: Node) -> list[Node]:
    """The first of the ways in which the same thing is written."""
    return node.parts[0].parts if node.parts else []


def _entry(paragraph: Paragraph) -> Paragraph:
    """An entry of a list where it begins with a typed dash or a drawn dot."""
    first = paragraph.inlines[0]
    if paragraph.lead or not isinstance(first, Text) or first.bold or first.italic:
        return paragraph
    if found := TYPED_DASH.match(first.text):
        rest = replace(first, text=first.text[found.end() :])
        return Paragraph((rest, *paragraph.inlines[1:]), bullet=True)
    return undrawn(paragraph)


def _entry_of_note(paragraph: Paragraph) -> Paragraph:
    """In a footnote the numbers of a list are letters, as its dashes are."""
    return listed(_entry(paragraph))
