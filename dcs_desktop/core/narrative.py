"""Prose as a tree: paragraphs, lists, bold and italic, footnotes, linked figures.

The one canonical form is a string; :func:`read` makes the tree of it and
:func:`write` the string again, so that ``read(write(tree)) == tidy(tree)``::

    Đã hòa giải **thành** {hoa_giai.thanh} vụ[^1], gồm:
    - việc *thứ nhất*
    - việc thứ hai

    {#1} bước thứ nhất của một danh sách đánh số
    {#2} bước thứ hai

    [^1]: Nội dung chú thích.
        Đoạn thứ hai của chú thích.

Every line is a paragraph, ``- `` begins a list entry, ``{#3} `` one that bears
the number 3 (never a text: a typed brace stands behind a backslash), a
backslash takes the meaning from the sign after it. ``{KEY|form;option}`` is a linked figure:
forms ``value`` (the default), ``change`` (against last period, in percent),
``count`` (rows of a table), ``boxes`` (tick boxes); options ``d=2`` (decimals), ``zero`` and
``nozero`` (a leading zero under ten), ``unit`` (with its unit of measure),
``nought`` ("0" where the answer is "không"), ``leader`` (a longer row of dots
where there is no answer, to be filled in by hand).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from dcs_desktop.core.text import nfc

NOTE_ID = r"[A-Za-z0-9_-]{1,40}"
KEY = r"[^\W]\w*(?:\.\w+)*(?:/[A-Za-z0-9_-]{1,64})?"
FORMS = ("value", "change", "count", "boxes", "full")
SWITCHES = ("unit", "nought", "leader")
TOKEN = re.compile(
    rf"\\(?P<escaped>[\\*{{\[:-])|(?P<bold>\*\*)|(?P<italic>\*)"
    rf"|\[\^(?P<note>{NOTE_ID})\]|\{{(?P<key>{KEY})(?:\|(?P<display>[a-z]*(?:;[a-z0-9=]+)*))?\}}"
)
# What a line of letters alone has nothing of: markup, and signs that :func:`_one_line` makes spaces.
SPECIAL = re.compile(r"[\\*{\[\t\v\f\r\x1c-\x1e\x85\u2028\u2029]")
BLANKS = re.compile(r"[\n\t\v\f\r\x1c-\x1e\x85\u2028\u2029]")
DEFINITION = re.compile(rf"\[\^({NOTE_ID})\]:(?: (.*)|)$")
NUMBERED = re.compile(r"\{#([1-9][0-9]{0,2})\} ")
LARGEST_NUMBER = 999
# A number before a line is one of a list where more room is behind it than a hand types, as Word writes lists at times.
DRAWN_NUMBER = re.compile(r"^([1-9][0-9]{0,2})\.[ \t]{2,}")
DRAWN_BULLET = re.compile(r"^(?:[·•▪◦\uf0b7\uf0a7]|o(?=[ \u00a0]{2,}))[ \u00a0\t]*")


@dataclass(frozen=True, slots=True)
class Text:
    """A run of letters in one style."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A linked figure: it prints whatever the figure is, in the display asked for."""

    key: str
    form: str = "value"
    decimals: int | None = None
    leading_zero: bool | None = None
    unit: bool = False
    bold: bool = False
    italic: bool = False
    nought: bool = False
    leader: bool = False


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The place in the text that a footnote belongs to."""

    id: str


Inline = Text | Link | NoteMark


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, an entry of a list when ``bullet``, or the entry of a numbered list that bears ``number``."""

    inlines: tuple[Inline, ...]
    bullet: bool = False
    number: int = 0

    @property
    def lead(self) -> str:
        """What stands before it on paper: a dash, or its number as ND 30 numbers (S30), a space behind; "" for nothing."""
        return "- " if self.bullet else f"{self.number}. " if self.number else ""


@dataclass(frozen=True, slots=True)
class Prose:
    """A whole answer: its paragraphs, and the paragraphs of each footnote by id."""

    paragraphs: tuple[Paragraph, ...] = ()
    notes: Mapping[str, tuple[Paragraph, ...]] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to read in it."""
        return not self.paragraphs and not self.notes


@lru_cache(maxsize=128)
def read(markup: str) -> Prose:
    """The tree of a canonical string. Never fails: what is no markup is text.

    Trees are remembered, for a report's texts are read again with every entry.
    """
    paragraphs: list[Paragraph] = []
    notes: dict[str, list[Paragraph]] = {}
    target = paragraphs
    for line in nfc(markup).split("\n"):
        if definition := DEFINITION.match(line):
            target = notes.setdefault(definition[1], [])
            _append(target, definition[2] or "")
        elif target is not paragraphs and line.startswith("    "):
            _append(target, line)
        elif line.strip():
            target = paragraphs
            _append(target, line)
    return Prose(tuple(paragraphs), {id: tuple(texts) for id, texts in notes.items()})


def _append(paragraphs: list[Paragraph], line: str) -> None:
    line = line.strip()
    bullet, numbered = line.startswith("- "), NUMBERED.match(line)
    rest = line[2:].strip() if bullet else line[numbered.end() :].strip() if numbered else line
    number = int(numbered[1]) if numbered else 0
    plain_run = (Text(rest),) if rest else ()
    paragraph = Paragraph(_trimmed(_inlines(rest)) if SPECIAL.search(rest) else plain_run, bullet, number)
    if paragraph.inlines:
        paragraphs.append(paragraph)


def _inlines(line: str) -> tuple[Inline, ...]:
    found: list[Inline] = []
    bold = italic = False
    end = 0
    for token in TOKEN.finditer(line):
        found.append(Text(line[end : token.start()], bold, italic))
        end = token.end()
        if token["escaped"]:
            found.append(Text(token["escaped"], bold, italic))
        elif token["bold"]:
            bold = not bold
        elif token["italic"]:
            italic = not italic
        elif token["note"]:
            found.append(NoteMark(token["note"]))
        else:
            found.append(_link(token["key"], token["display"] or "", bold, italic))
    found.append(Text(line[end:], bold, italic))
    return _joined(found)


def _link(key: str, display: str, bold: bool, italic: bool) -> Link:
    form, *options = display.split(";")
    link = Link(key, form if form in FORMS else "value", bold=bold, italic=italic)
    for option in options:
        if option in ("zero", "nozero"):
            link = replace(link, leading_zero=option == "zero")
        elif option == "unit":
            link = replace(link, unit=True)
        elif option == "nought":
            link = replace(link, nought=True)
        elif option == "leader":
            link = replace(link, leader=True)
        elif re.fullmatch(r"d=[0-6]", option):
            link = replace(link, decimals=int(option[2:]))
    return link


def _joined(inlines: list[Inline]) -> tuple[Inline, ...]:
    """Neighbouring runs of one style made one; runs of no letters left out."""
    result: list[Inline] = []
    for inline in inlines:
        last = result[-1] if result else None
        if isinstance(inline, Text) and not inline.text:
            continue
        if (
            isinstance(inline, Text)
            and isinstance(last, Text)
            and (last.bold, last.italic) == (inline.bold, inline.italic)
        ):
            result[-1] = Text(nfc(last.text + inline.text), last.bold, last.italic)
        else:
            result.append(inline)
    return tuple(result)


def write(prose: Prose) -> str:
    """The canonical string of a tree."""
    prose = tidy(prose)
    lines: list[str] = []
    for before, paragraph in zip((None, *prose.paragraphs), prose.paragraphs, strict=False):
        if before is not None and not (before.lead and paragraph.lead):
            lines.append("")
        lines.append(_line(paragraph))
    for id, texts in prose.notes.items():
        lines += ["", *_definition(id, texts)] if lines else _definition(id, texts)
    return "\n".join(lines)


def _definition(id: str, texts: tuple[Paragraph, ...]) -> list[str]:
    first, *rest = [_line(paragraph) for paragraph in texts] or [""]
    return [f"[^{id}]: {first}".rstrip(), *(f"    {line}" for line in rest)]


def _line(paragraph: Paragraph) -> str:
    parts: list[str] = []
    bold = italic = False
    for inline in paragraph.inlines:
        if isinstance(inline, NoteMark):
            parts.append(f"[^{inline.id}]")
            continue
        if inline.bold != bold:
            parts.append("**")
        if inline.italic != italic:
            parts.append("*")
        bold, italic = inline.bold, inline.italic
        parts.append(_escaped(inline.text) if isinstance(inline, Text) else link_markup(inline))
    parts.append("**" * bold + "*" * italic)
    line = "".join(parts)
    if paragraph.bullet:
        return "- " + line
    if paragraph.number:
        return f"{{#{paragraph.number}}} {line}"
    if line.startswith("- ") or line == "-":
        return "\\" + line
    return re.sub(rf"^(\[\^{NOTE_ID}\]):", r"\1\\:", line)


def _escaped(text: str) -> str:
    return re.sub(r"\\|\*|\{|\[(?=\^)", lambda sign: "\\" + sign[0], text)


def link_markup(link: Link) -> str:
    """The string of one linked figure, such as ``{hoa_giai.thanh|value;zero}``."""
    options = []
    if link.decimals is not None:
        options.append(f"d={link.decimals}")
    if link.leading_zero is not None:
        options.append("zero" if link.leading_zero else "nozero")
    options += [option for option in SWITCHES if getattr(link, option)]
    display = ";".join([link.form, *options])
    return f"{{{link.key}}}" if display == "value" else f"{{{link.key}|{display}}}"


def tidy(prose: Prose) -> Prose:
    """The tree that reading its own string gives: letters in one form, no empty paragraph."""
    return Prose(
        _tidy(prose.paragraphs),
        {id: _tidy(texts) for id, texts in prose.notes.items()},
    )


def _tidy(paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    tidied = (replace(paragraph, inlines=_trimmed(paragraph.inlines)) for paragraph in paragraphs)
    return tuple(_one_kind(paragraph) for paragraph in tidied if paragraph.inlines)


def _one_kind(paragraph: Paragraph) -> Paragraph:
    """An entry that bears a number has no dash; a number that no list reaches is a part of the text."""
    if not 0 <= paragraph.number <= LARGEST_NUMBER:
        return spelt(paragraph)
    return replace(paragraph, bullet=False) if paragraph.number and paragraph.bullet else paragraph


def spelt(paragraph: Paragraph) -> Paragraph:
    """The paragraph with its number as letters of its text."""
    if not paragraph.number:
        return paragraph
    return Paragraph(_joined([Text(f"{paragraph.number}. "), *paragraph.inlines]), paragraph.bullet)


def _trimmed(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    clean = list(_joined([_one_line(inline) for inline in inlines]))
    while clean and isinstance(clean[0], Text) and not clean[0].text.strip():
        del clean[0]
    while clean and isinstance(clean[-1], Text) and not clean[-1].text.strip():
        del clean[-1]
    if clean and isinstance(first := clean[0], Text):
        clean[0] = Text(first.text.lstrip(), first.bold, first.italic)
    if clean and isinstance(last := clean[-1], Text):
        clean[-1] = Text(last.text.rstrip(), last.bold, last.italic)
    return _joined(clean)


def _one_line(inline: Inline) -> Inline:
    if isinstance(inline, Text):
        return Text(BLANKS.sub(" ", nfc(inline.text)), inline.bold, inline.italic)
    return inline


def undrawn(paragraph: Paragraph) -> Paragraph:
    """An entry of a list where the paragraph begins with a drawn dot, as Word writes lists at times."""
    first = paragraph.inlines[0] if paragraph.inlines else None
    found = DRAWN_BULLET.match(first.text) if isinstance(first, Text) else None
    if found is None or not isinstance(first, Text):
        return paragraph
    rest = replace(first, text=first.text[found.end() :])
    return Paragraph((rest, *paragraph.inlines[1:]), bullet=True)


def listed(paragraph: Paragraph) -> Paragraph:
    """An entry of a list where the paragraph begins with a drawn dot, or a number with room behind it."""
    first = paragraph.inlines[0] if paragraph.inlines else None
    found = DRAWN_NUMBER.match(first.text) if isinstance(first, Text) and not paragraph.lead else None
    if found is None or not isinstance(first, Text):
        return paragraph if paragraph.number else undrawn(paragraph)
    rest = replace(first, text=first.text[found.end() :])
    return Paragraph((rest, *paragraph.inlines[1:]), number=int(found[1]))


def has_numbers(markup: str) -> bool:
    """Whether a canonical string holds a numbered list, which programs before package format 3 cannot read."""
    if "{#" not in markup:
        return False
    prose = read(markup)
    return any(p.number for texts in (prose.paragraphs, *prose.notes.values()) for p in texts)


def inlines(prose: Prose) -> Iterator[Inline]:
    """Every run, link and mark, the text's before the footnotes'."""
    for paragraphs in (prose.paragraphs, *prose.notes.values()):
        for paragraph in paragraphs:
            yield from paragraph.inlines


def links(prose: Prose) -> tuple[Link, ...]:
    """The linked figures of text and footnotes, in order, each as often as it stands there."""
    return tuple(inline for inline in inlines(prose) if isinstance(inline, Link))


def marks(prose: Prose) -> tuple[str, ...]:
    """The ids of the footnotes in the order of their marks in the text, each once."""
    found = (i.id for p in prose.paragraphs for i in p.inlines if isinstance(i, NoteMark))
    return tuple(dict.fromkeys(found))


def mapped(prose: Prose, one: Callable[[Inline], Inline]) -> Prose:
    """The same text with each run, link and mark as ``one`` gives it."""
    return Prose(
        tuple(_with(paragraph, one) for paragraph in prose.paragraphs),
        {id: tuple(_with(text, one) for text in texts) for id, texts in prose.notes.items()},
    )


def _with(paragraph: Paragraph, one: Callable[[Inline], Inline]) -> Paragraph:
    return replace(paragraph, inlines=tuple(map(one, paragraph.inlines)))


def renamed(prose: Prose, names: Mapping[str, str]) -> Prose:
    """The same text with its footnotes under other ids."""

    def named(inline: Inline) -> Inline:
        return NoteMark(names.get(inline.id, inline.id)) if isinstance(inline, NoteMark) else inline

    found = mapped(prose, named)
    return Prose(found.paragraphs, {names.get(id, id): texts for id, texts in found.notes.items()})


def numbered(prose: Prose) -> Prose:
    """The same text with its footnotes named 1, 2 ... as they are met, those without a mark left out."""
    names = {id: str(number) for number, id in enumerate(marks(prose), 1)}
    return renamed(Prose(prose.paragraphs, {id: prose.notes.get(id, ()) for id in names}), names)


def plain(prose: Prose, shown: Callable[[Link], str] = link_markup) -> str:
    """The letters alone and the numbers of lists, a line a paragraph, for search, comparison and other programs."""
    everything = (prose.paragraphs, *prose.notes.values())
    return "\n".join(
        "".join(_letters(inline, shown) for inline in spelt(paragraph).inlines)
        for paragraphs in everything
        for paragraph in paragraphs
    )


def _letters(inline: Inline, shown: Callable[[Link], str]) -> str:
    match inline:
        case Text():
            return inline.text
        case Link():
            return shown(inline)
        case NoteMark():
            return ""
