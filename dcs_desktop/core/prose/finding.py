"""What the free-text check says about a sentence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Correction:
    """The text to put in place of the characters from ``start`` to ``end``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ProseFinding:
    """Figures of a text that do not agree with one another.

    ``start`` and ``end`` hold the whole claim, from its first figure to its
    last; ``stated`` is what is written and ``computed`` what comes out, both
    as text; ``kind`` is one of ratio, change, parts, total, remainder, and the
    less certain separator; ``message`` is a whole sentence.
    """

    start: int
    end: int
    kind: str
    stated: str
    computed: str
    message: str
    correction: Correction
