"""Where in a line something is filled in: numbers, "không", dots; and the words before each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dcs_desktop.core.old_report.marks import mark_of
from dcs_desktop.core.old_report.wording import Short, words_of
from dcs_desktop.core.text import fold

SLOT = re.compile(
    r"(?<![^\W_])(?P<ratio>[0-9][0-9.,]*[0-9]\s*/\s*[0-9][0-9.,]*|[0-9]+\s*/\s*[0-9][0-9.,]*)"
    r"|(?<![^\W_])(?P<number>[0-9]+(?:[.,][0-9]+)*)|(?P<none>\bkhông\b(?=\s*(?:[.;,)]|$)))"
    r"|(?P<dots>[….]{2,}|…|_{3,})",
    re.IGNORECASE,
)
# A number after these only names something: a year, a month, an article.
NAMES = frozenset({"nam", "thang", "quy", "dieu", "khoan", "ngay", "muc", "dinh", "luat"})
LAST_WORD = re.compile(r"([^\W\d_]+)\s*$")
PERCENT = re.compile(r"\s*(?:%|phần trăm)")


@dataclass(frozen=True, slots=True)
class Slot:
    """Something filled in: its text, the words before it since the last one, the words right after it."""

    typed: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    start: int
    end: int

    @property
    def pair(self) -> tuple[str, str] | None:
        """Both numbers of "44/30", None where there is one."""
        first, slash, second = self.typed.partition("/")
        return (first.strip(), second.strip()) if slash else None


def slots_of(text: str, short: Short) -> tuple[Slot, ...]:
    """What is filled in in a line, percentages and the line's own number left out."""
    begin = mark_of(text).end
    found = list(_filled(text, begin))
    slots, left = [], begin
    for place, one in enumerate(found):
        until = found[place + 1].start() if place + 1 < len(found) else len(text)
        before = tuple(word.text for word in words_of(text[left : one.start()], short))
        after = tuple(word.text for word in words_of(text[one.end() : until], short))[:4]
        slots.append(Slot(_bare(one), before, after, one.start(), one.end()))
        left = one.end()
    return tuple(slots)


def _filled(text: str, begin: int) -> Iterator[re.Match[str]]:
    for one in SLOT.finditer(text, begin):
        named = LAST_WORD.search(text, max(one.start() - 24, 0), one.start())
        if one["number"] and ((named and fold(named[1]) in NAMES) or PERCENT.match(text, one.end())):
            continue
        yield one


def _bare(found: re.Match[str]) -> str:
    return "" if found["dots"] else found[0].rstrip(".,")


def without_figures(text: str, short: Short) -> tuple[str, ...]:
    """The words of a line that are not filled in: what tells one line of an annex from another."""
    begin = mark_of(text).end
    bare = SLOT.sub(" ", text[begin:])
    return tuple(word.text for word in words_of(bare, short) if not word.text.isdigit())


def joined(parts: Sequence[str]) -> str:
    """The cells of a row as a line."""
    return " ".join(filter(None, (" ".join(part.split()) for part in parts)))
