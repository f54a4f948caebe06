"""What a report of somebody's own Word file says, once it is read: lines, tables, footnotes, nothing understood yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dcs_desktop.core.legacy_tables import Legacy
from dcs_desktop.core.narrative import Prose, plain
from dcs_desktop.core.returned import Counted

NOTHING = Counted()


@dataclass(frozen=True, slots=True)
class OldLine:
    """One paragraph, or one row of a table.

    ``prose`` is the paragraph with the footnotes it marks, under ids that no
    other line has. ``strong`` says that it looks like a heading: by its style,
    or bold throughout. ``cells`` are the texts of a row, one for each column
    of the table, those of a merged cell in the first; ``table`` counts tables
    from 1. ``tracked`` says that a change in it waits to be accepted.
    """

    prose: Prose
    strong: bool = False
    cells: tuple[str, ...] = ()
    table: int = 0
    tracked: bool = False

    @property
    def text(self) -> str:
        """Its letters, without the footnotes'."""
        return plain(Prose(self.prose.paragraphs))


@dataclass(frozen=True, slots=True)
class OldDocument:
    """A file as it was read: ``digest`` is the SHA-256 of its bytes; ``counted`` what was met on the way.

    ``legacy`` is the encoding of before Unicode that its letters were turned out of, None for Unicode.
    """

    file_name: str
    digest: str
    lines: tuple[OldLine, ...]
    counted: Counted = NOTHING
    legacy: Legacy | None = None


Meaning = Literal["done", "target", "unit"]


@dataclass(frozen=True, slots=True)
class OldWords:
    """The words by which an older report is understood (resources/words/old_report.toml), folded but for those of the annex.

    ``short`` writes out abbreviations; ``columns`` says what the head of a column means.
    """

    short: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    end: tuple[str, ...] = ()
    annex: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    party: tuple[str, ...] = ()
    columns: Mapping[Meaning, tuple[str, ...]] = field(default_factory=dict)
