"""What a field of prose asks of the report around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dcs_desktop.core.doubts import Doubt
    from dcs_desktop.core.form import Table
    from dcs_desktop.core.link_offers import Offer
    from dcs_desktop.core.narrative import Link, Paragraph, Prose
    from dcs_desktop.core.passages import Passage


def _within(passage: Passage) -> tuple[Doubt, ...]:
    from dcs_desktop.core import doubts

    return doubts.within(passage)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a prose field asks of the report around it.

    ``shown`` is what a linked figure prints, ``told`` what it is, in a sentence; ``number`` the number of
    a footnote; ``taken`` the footnotes' texts of a copied passage; ``adopt`` makes footnotes of a pasted one
    the field's own and answers its paragraphs. ``named`` is a linked figure's name, ``known`` whether the
    report has it; ``doubts`` and ``offers`` say what is doubtful in a passage and what could be linked.
    ``tables`` are those of the report that a pasted table may be meant for.
    """

    shown: Callable[[Link], str]
    told: Callable[[Link], str]
    number: Callable[[str], int]
    taken: Callable[[Sequence[Paragraph]], Prose]
    adopt: Callable[[Prose], tuple[Paragraph, ...]]
    named: Callable[[Link], str] = lambda link: link.key
    known: Callable[[Link], bool] = lambda _link: True
    doubts: Callable[[Passage], tuple[Doubt, ...]] = _within
    offers: Callable[[Passage], tuple[Offer, ...]] = lambda _passage: ()
    tables: Callable[[], tuple[Table, ...]] = lambda: ()
