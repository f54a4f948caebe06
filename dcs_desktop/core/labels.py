"""Finds the figure that a label from outside means: without marks, and nearly alike only where one is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Final

from dcs_desktop.core.form import Figure, Form, Role, Section
from dcs_desktop.core.text import fold, marked, words

COUNTED: Final = re.compile(r"^\s*(?:[-+•*–]+|(?:\d+|[IVX]+|[a-zđ])(?:\.\d+)*[.)])\s+")
IN_BRACKETS: Final = re.compile(r"\s*\([^()]*\)\s*$")
SHARED: Final = 0.7
NEAR: Final = 0.85
SHORTEST: Final = 3

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The keys that a label means: of a figure in the order of the form, () where nothing of it is typed in.

    None: several are called so; ``near``: the label that is only nearly alike.
    """

    keys: Keys | None
    near: str = ""


def figures_of(section: Section) -> list[Figure]:
    """The figures asked in a section, in the order in which they stand in the form."""
    return [
        figure
        for item in section.items
        for figure in sorted(item.figures, key=lambda figure: _place(item.order, figure.id))
    ]


def _place(order: tuple[str, ...], id: str) -> int:
    return order.index(id) if id in order else len(order)


def typed(figure: Figure) -> Keys:
    """The keys of a figure that are typed in."""
    return tuple(field.key for field in figure.fields if field.role is Role.ENTERED)


def bare(label: str) -> str:
    """A label without marks, numbering and punctuation."""
    return " ".join(words(fold(COUNTED.sub("", label))))


class Labels:
    """Every label of a form; those of one section come first."""

    def __init__(self, form: Form, section: Section) -> None:
        self._form, self._section = form, section

    @cached_property
    def _here(self) -> Mapping[str, dict[Keys, str]]:
        return _by_label(figures_of(self._section))

    @cached_property
    def _anywhere(self) -> Mapping[str, dict[Keys, str]]:
        return _by_label(self._form.figures.values())

    def find(self, label: str) -> Found | None:
        """What a label means, None when nothing is called so."""
        for text in dict.fromkeys((label, IN_BRACKETS.sub("", label))):
            wanted = bare(text)
            for known in (self._here, self._anywhere):
                if wanted in known:
                    return _one_of(known[wanted], text)
        return self._near(bare(label))

    def _near(self, wanted: str) -> Found | None:
        asked = frozenset(wanted.split())
        if len(asked) < SHORTEST:
            return None
        near = [
            (keys, label)
            for text, found in self._here.items()
            if _close(asked, wanted, text)
            for keys, label in found.items()
        ]
        return Found(near[0][0], near[0][1]) if len(near) == 1 else None


def _close(asked: frozenset[str], wanted: str, text: str) -> bool:
    known = frozenset(text.split())
    shared = len(asked & known) / len(asked | known)
    return shared >= SHARED and SequenceMatcher(None, wanted, text).ratio() >= NEAR


def _one_of(found: Mapping[Keys, str], label: str) -> Found:
    """Of several that are alike without marks, the one that is alike with them."""
    exact = [keys for keys, own in found.items() if marked(own) == marked(label)]
    candidates = exact if len(exact) == 1 else list(found)
    return Found(candidates[0] if len(candidates) == 1 else None)


def _by_label(figures: Iterable[Figure]) -> dict[str, dict[Keys, str]]:
    known: dict[str, dict[Keys, str]] = {}
    for figure in sorted(figures, key=lambda figure: not typed(figure)):
        keys = typed(figure)
        if keys or bare(figure.label) not in known:
            known.setdefault(bare(figure.label), {})[keys] = figure.label
        for field in figure.fields:
            if field.role is Role.ENTERED and len(keys) > 1:
                known.setdefault(bare(field.label), {})[(field.key,)] = field.label
    return known
