"""The free-text check: figures of Vietnamese prose that do not agree with one another.

``numbers.py`` reads written numbers, ``lexicon.py`` holds the words,
``sentences.py`` takes a text apart; ``ratios.py``, ``changes.py``,
``lists.py`` and ``remainders.py`` are the rules. docs/prose-check.md tells
what they see and what they leave alone. A false alarm costs more than a miss:
where a sentence may be read in two ways and one of them is right, nothing is said.
"""

from __future__ import annotations

from dcs_desktop.core.prose.changes import changes
from dcs_desktop.core.prose.finding import Correction, ProseFinding
from dcs_desktop.core.prose.lists import parts, totals
from dcs_desktop.core.prose.ratios import ratios
from dcs_desktop.core.prose.remainders import remainders
from dcs_desktop.core.prose.sentences import sentences

__all__ = ["Correction", "ProseFinding", "check_text"]

RULES = (ratios, changes, parts, totals, remainders)


def check_text(text: str) -> tuple[ProseFinding, ...]:
    """What is doubtful in a composed (NFC) text, in its order; offsets count its characters.

    Takes time linear in the length; never fails, whatever the text.
    """
    found = [finding for sentence in sentences(text) for rule in RULES for finding in rule(sentence)]
    return tuple(sorted(found, key=lambda finding: (finding.start, finding.end, finding.kind)))
