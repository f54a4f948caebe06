"""How alike two wordings are: words without marks and case, abbreviations written out, rare words weigh more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dcs_desktop.core.text import WORD, fold

Short = Mapping[str, tuple[str, ...]]
# Of a line no more words are looked at than any heading has.
MOST_WORDS = 140
UNKNOWN = 0.6


class Word(NamedTuple):
    """A folded word and where what it was made of ends in the text."""

    text: str
    end: int


def words_of(text: str, short: Short, most: int = MOST_WORDS) -> tuple[Word, ...]:
    """The words of the beginning of a text."""
    found: list[Word] = []
    for one in WORD.finditer(text):
        folded = fold(one[0])
        written = short.get(folded)
        found += [Word(word, one.end()) for word in (written or (folded,))]
        if len(found) >= most:
            break
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike a line begins to a wording, 0 to 1, and how many of its words that takes."""

    value: float
    words: int


@dataclass(frozen=True)
class Weights:
    """What each word is worth: the less wordings have it, the more."""

    of: Mapping[str, float]
    worked_out: dict[tuple[str, ...], tuple[frozenset[str], float]] = field(default_factory=dict, repr=False)

    @classmethod
    def among(cls, wordings: Iterable[Sequence[str]]) -> Weights:
        """The weights of the words of some wordings."""
        met = Counter(word for wording in wordings for word in set(wording))
        return cls({word: 0.15 + 0.85 / count for word, count in met.items()})

    def _known(self, wording: tuple[str, ...]) -> tuple[frozenset[str], float]:
        """The different words of a wording and what all of it is worth, worked out once."""
        if wording not in self.worked_out:
            self.worked_out[wording] = (frozenset(wording), self.sum(wording))
        return self.worked_out[wording]

    def one(self, word: str) -> float:
        """What a word is worth."""
        return self.of.get(word, UNKNOWN)

    def sum(self, words: Iterable[str]) -> float:
        """What some words are worth together."""
        return sum(map(self.one, words))

    def shared(self, one: Sequence[str], other: Sequence[str]) -> float:
        """What the words are worth that both have, each as often as both have it."""
        common = Counter(one) & Counter(other)
        return sum(self.one(word) * count for word, count in common.items())

    def alike(self, one: Sequence[str], other: Sequence[str]) -> float:
        """How alike two wordings are, in whatever order, 0 to 1."""
        total = self.sum(one) + self.sum(other)
        return 2 * self.shared(one, other) / total if total else 0.0

    def begins(self, line: Sequence[str], wording: Sequence[str]) -> Likeness:
        """How alike the beginning of a line is to a wording, its words in order: the best beginning, the shortest such."""
        most = len(wording) + max(len(wording) // 3, 2)
        line = line[:most]
        kinds, total = self._known(tuple(wording))
        if not total or self.sum(kinds.intersection(line)) < 0.3 * self.sum(kinds):
            return Likeness(0.0, 0)
        best, above = Likeness(0.0, 0), [0.0] * (len(wording) + 1)
        said = 0.0
        for count, word in enumerate(line, 1):
            weight = self.one(word)
            said += weight
            if word in kinds:
                row = [0.0]
                for place, target in enumerate(wording):
                    here = above[place] + weight if word == target else max(above[place + 1], row[place])
                    row.append(here)
                above = row
            value = 2 * above[-1] / (said + total)
            if value > best.value + 1e-9:
                best = Likeness(value, count)
        return best
