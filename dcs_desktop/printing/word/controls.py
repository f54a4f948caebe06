"""Content controls that say which item or linked figure their text is: docs/word.md is the contract."""

from __future__ import annotations

from hashlib import sha256
from itertools import count

from dcs_desktop.printing.word.elements import Element, on, properties, value, w

ITEM, FIGURE = "item:", "figure:"
LONGEST = 64
KEPT = 40
CUT = "…"


class Controls:
    """Makes the controls of one file, each with a number of its own."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def item(self, id: str, name: str, paragraphs: list[Element], *, blank: bool) -> Element:
        """The prose of an item; what is ``blank`` shows a placeholder that typing replaces.

        It is of the kind that Word puts around page numbers and tables of
        contents, in which everything can be typed: LibreOffice 7.4 takes one
        of no kind for a form field, and loses words and emphasis in it.
        """
        kind = w("docPartObj", value("docPartGallery", "Quick Parts"))
        return self._control(ITEM + id, name or id, paragraphs, on("showingPlcHdr", blank), kind)

    def figure(self, link: str, name: str, runs: list[Element]) -> Element:
        """A linked figure within a line. A link too long for a tag stands in the control's title, in braces."""
        tag = FIGURE + link
        if len(tag) <= LONGEST:
            return self._control(tag, name or link, runs)
        short = f"{link[:KEPT]}#{sha256(link.encode()).hexdigest()[:8]}"
        return self._control(FIGURE + short, f"{{{link}}}", runs)

    def _control(self, tag: str, title: str, content: list[Element], *more: Element | None) -> Element:
        said = properties(
            "sdtPr",
            value("alias", title if title.startswith("{") else cut_short(title)),
            value("tag", tag),
            value("id", next(self._numbers)),
            *more,
        )
        return w("sdt", said, w("sdtContent", *content))


def cut_short(text: str) -> str:
    """A text of at most 64 letters, which is what Word shows on a control; cut between words."""
    if len(text) <= LONGEST:
        return text
    whole = text[: LONGEST - len(CUT)]
    return (whole.rpartition(" ")[0] or whole).rstrip(" ,;:(") + CUT
