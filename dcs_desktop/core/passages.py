"""The passages of a narrative as they print: the text of each paragraph, linked figures read as their numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dcs_desktop.core.narrative import Link, Paragraph, Prose, Text

Printed = Callable[[Link], str]


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph's printed text; ``linked`` are the stretches of it that linked figures print."""

    text: str
    linked: tuple[tuple[int, int], ...] = ()

    def touches(self, start: int, end: int) -> bool:
        """Whether something between two places is printed by a linked figure."""
        return any(begin < end and start < stop for begin, stop in self.linked)


def passages(prose: Prose, printed: Printed) -> Iterator[Passage]:
    """The passages of a text, then those of its footnotes."""
    for paragraphs in (prose.paragraphs, *prose.notes.values()):
        for paragraph in paragraphs:
            yield passage(paragraph, printed)


def passage(paragraph: Paragraph, printed: Printed) -> Passage:
    """One paragraph as it prints."""
    parts: list[str] = []
    linked: list[tuple[int, int]] = []
    at = 0
    for inline in paragraph.inlines:
        match inline:
            case Text(text):
                said = text
            case Link():
                said = printed(inline)
                linked.append((at, at + len(said)))
            case _:
                said = ""
        parts.append(said)
        at += len(said)
    return Passage("".join(parts), tuple(linked))
