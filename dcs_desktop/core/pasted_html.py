"""The prose of a pasted page: paragraphs, entries of lists, bold and italic; nothing is loaded, nothing else is kept.

Word, LibreOffice, browsers and mail programs each write their own HTML. Of any of it only the letters count, where they
begin a paragraph, and whether they are bold or italic. Time grows with the length, however deep tags lie in one another.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from html.parser import HTMLParser

from dcs_desktop.core.markup import whole_tags
from dcs_desktop.core.narrative import Inline, Paragraph, Text

HIDDEN = frozenset({"head", "style", "script", "title", "template", "svg", "math"})
BLOCKS = frozenset(
    [
        "address", "article", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "footer", "form",
        "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table",
        "tr", "ul",
    ]
)  # fmt: skip
PARTS_OF_CELL = frozenset({"p", "div", "br", "li", "ul", "ol", "center"})
CELLS = frozenset({"td", "th"})
BOLD, ITALIC = frozenset({"b", "strong"}), frozenset({"i", "em", "cite"})
STYLED = frozenset({"span", "font", "a", "u"}) | BOLD | ITALIC
WEIGHT = re.compile(r"font-weight\s*:\s*(\w+)", re.I)
SLANT = re.compile(r"font-style\s*:\s*(\w+)", re.I)
KIND = re.compile(
    r"list-style(?:-type)?\s*:[^;]{0,100}?(decimal|(?:lower|upper)-(?:alpha|latin|roman))", re.I
)
LETTERS = 26
SPACES = re.compile(r"[ \t\r\n\f]+")
BETWEEN_CELLS = "; "
DEEPEST = 60


def paragraphs_of(page: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a page, not yet in their one form; the cells of a table's row stand in one paragraph, one after the other."""
    reading = _Reading()
    reading.feed(whole_tags(page))
    reading.close()
    reading.end()
    return tuple(reading.paragraphs)


@dataclass(slots=True)
class _List:
    """A list that is open: whether it counts, how, and the number of its next entry."""

    counts: bool
    kind: str
    next: int


def _kind(said: dict[str, str | None]) -> str:
    """How a list or an entry says that it counts: "a", "lower-alpha" ...; "" where it does not say."""
    found = KIND.search(said.get("style") or "")
    return found[1].lower() if found else said.get("type") or ""


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and 0 < len(text) < 4 else otherwise


def _letter(number: int) -> str:
    return f"{chr(ord('a') + number - 1)}) " if 1 <= number <= LETTERS else ""


LABELS: dict[str, Callable[[int], str]] = {
    "a": _letter,
    "lower-alpha": _letter,
    "lower-latin": _letter,
    "A": lambda number: _letter(number).upper(),
    "upper-alpha": lambda number: _letter(number).upper(),
    "upper-latin": lambda number: _letter(number).upper(),
}


class _Reading(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[Paragraph] = []
        self.inlines: list[Inline] = []
        self.styles: list[tuple[str, bool, bool]] = []
        self.hidden = ""
        self.lists: list[_List] = []
        self.entry = Paragraph(())
        self.cell = False
        self.row = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.hidden:
            return
        if tag in HIDDEN:
            self.hidden = tag
        elif self.row and tag in PARTS_OF_CELL:
            self.inlines.append(Text(" ", *self.style))
        elif tag in BLOCKS:
            self.end()
            self.row = self.row or tag == "tr"
            self._listed(tag, dict(attrs))
        elif tag in CELLS:
            self.cell = bool(self.inlines)
        elif tag in STYLED and len(self.styles) < DEEPEST:
            self.styles.append((tag, *self._style(tag, dict(attrs).get("style") or "")))

    def _listed(self, tag: str, said: dict[str, str | None]) -> None:
        """A list or an entry of one begins; an entry that is counted in letters keeps its letter as text."""
        if tag in ("ol", "ul") and len(self.lists) < DEEPEST:
            self.lists.append(_List(tag == "ol", _kind(said), _whole(said.get("start"), 1)))
        elif tag == "li":
            here = self.lists[-1] if self.lists else _List(False, "", 1)
            if not here.counts:
                self.entry = Paragraph((), bullet=True)
                return
            here.next = _whole(said.get("value"), here.next)
            kind = _kind(said) or here.kind
            label = LABELS[kind](here.next) if kind in LABELS else ""
            self.entry = Paragraph((Text(label),)) if label else Paragraph((), number=here.next)
            here.next += 1

    def _style(self, tag: str, said: str) -> tuple[bool, bool]:
        bold, italic = self.style
        weight, slant = WEIGHT.search(said), SLANT.search(said)
        bold, italic = bold or tag in BOLD, italic or tag in ITALIC
        if weight is not None:
            word = weight[1].lower()
            bold = int(word) >= 600 if word.isdigit() else word.startswith("bold")
        if slant is not None:
            italic = slant[1].lower() in ("italic", "oblique")
        return bold, italic

    @property
    def style(self) -> tuple[bool, bool]:
        """Whether letters are bold, and italic, here."""
        return self.styles[-1][1:] if self.styles else (False, False)

    def handle_endtag(self, tag: str) -> None:
        if self.hidden:
            self.hidden = "" if tag == self.hidden else self.hidden
        elif tag in BLOCKS and not (self.row and tag in PARTS_OF_CELL):
            self.end()
            self.row = self.row and tag not in ("tr", "table")
            if tag in ("ol", "ul"):
                self.lists = self.lists[:-1]
            self.entry = Paragraph(()) if tag == "li" else self.entry
        elif tag in STYLED:
            open_ = next((n for n in range(len(self.styles) - 1, -1, -1) if self.styles[n][0] == tag), None)
            if open_ is not None:
                del self.styles[open_]

    def handle_data(self, data: str) -> None:
        if self.hidden:
            return
        text = SPACES.sub(" ", data)
        if not text.strip() and not self.inlines:
            return
        last = self.inlines[-1] if self.inlines else None
        if self.cell and text.strip():
            text, self.cell = BETWEEN_CELLS + text.lstrip(), False
            if isinstance(last, Text):
                self.inlines[-1] = replace(last, text=last.text.rstrip())
        if isinstance(last, Text) and last.text.endswith(" "):
            text = text.removeprefix(" ")
        self.inlines.append(Text(text, *self.style))

    def end(self) -> None:
        """A paragraph ends here, if one has begun."""
        if self.inlines:
            lead, self.entry = self.entry, Paragraph(())
            self.paragraphs.append(replace(lead, inlines=(*lead.inlines, *self.inlines)))
        self.inlines, self.cell = [], False
