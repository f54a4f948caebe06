"""Runs as the inside of a paragraph: letters, linked figures, footnote marks, tick boxes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dcs_desktop.core.text import nfc
from dcs_desktop.printing.document import Document, Run, Runs
from dcs_desktop.printing.marking import HARD, hardened
from dcs_desktop.printing.word.controls import Controls
from dcs_desktop.printing.word.elements import Element, on, properties, value, w
from dcs_desktop.printing.word.notes import BOOKMARK, Marks

# Times has no tick boxes; Wingdings is wherever Word is.
SIGNS = "Wingdings"
OPEN, TICKED = "F0A8", "F0FD"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Text:
    """Writes the runs of one document; a footnote's mark is its own the first time, then points to that one."""

    def __init__(self, document: Document, marks: Marks, controls: Controls) -> None:
        self._units = document.units
        self._names: Mapping[str, str] = document.names
        self._marks = marks
        self._controls = controls
        self._marked: set[int] = set()

    def inside(self, runs: Runs) -> list[Element]:
        """The inside of a paragraph; numbers stay with the units after them."""
        texts = [nfc(run.text).replace("\t", " ") for run in runs]
        whole = hardened("".join(texts), self._units)
        made: list[Element] = []
        at = 0
        for run, text in zip(runs, texts, strict=True):
            made += self._run(run, whole[at : at + len(text)])
            at += len(text)
        return made

    def _run(self, run: Run, text: str) -> Iterator[Element]:
        if run.note:
            yield from self._mark(run.note)
            return
        made = boxes(run.box) if run.box else letters(text, bold=run.bold, italic=run.italic)
        if run.figure:
            name = self._names.get(run.figure.partition("|")[0], "")
            yield self._controls.figure(run.figure, name, made)
        else:
            yield from made

    def _mark(self, note: int) -> Iterator[Element]:
        id = self._marks.ids[note]
        style = properties("rPr", value("rStyle", "FootnoteReference"))
        if note in self._marked:
            shown = w("r", style, _letters(str(id)))
            yield w("fldSimple", shown, instr=f" NOTEREF {BOOKMARK}{id} \\h ")
            return
        self._marked.add(note)
        mark = w("r", style, w("footnoteReference", id=id))
        if note not in self._marks.repeated:
            yield mark
            return
        yield w("bookmarkStart", id=id, name=f"{BOOKMARK}{id}")
        yield mark
        yield w("bookmarkEnd", id=id)


def letters(text: str, *, bold: bool = False, italic: bool = False, size: int = 0) -> list[Element]:
    """A run of letters, lines ending where the text's do; none for no letters. ``size`` in half-points, 0 the style's."""
    if not text:
        return []
    sizes = (value("sz", size), value("szCs", size)) if size else ()
    said = properties("rPr", on("b", bold), on("i", italic), *sizes)
    first, *others = text.split("\n")
    made = w("r", said, _letters(first))
    for line in others:
        made.append(w("br"))
        made.append(_letters(line))
    return [made]


def _letters(text: str) -> Element:
    made = w("t")
    made.text = text
    made.set(XML_SPACE, "preserve")
    return made


def boxes(state: str) -> list[Element]:
    """Có ☐ Không ☐, the one that is so crossed."""
    yes, no = (TICKED if state == word else OPEN for word in ("yes", "no"))
    made = [*letters(f"Có{HARD}"), _box(yes), *letters(f"{HARD * 4} Không{HARD}"), _box(no)]
    return [*made, *letters(HARD * 2)]


def _box(sign: str) -> Element:
    return w("r", w("sym", font=SIGNS, char=sign))


def paragraph(style: str, inside: Sequence[Element], *direct: Element | None) -> Element:
    """A paragraph of a style, with what is said of it directly."""
    return w("p", properties("pPr", value("pStyle", style), *direct), *inside)
