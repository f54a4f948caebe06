"""Figures that a text names, and the numbers it gives them: "hòa giải thành 45 vụ", "tỷ lệ hài lòng đạt 98%"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Final

from dcs_desktop.core.prose.figures import Quantity, Ratio
from dcs_desktop.core.prose.lexicon import PEOPLE, SCALES
from dcs_desktop.core.prose.sentences import COUNT, RATIO, SHARE, SIGNS, Sentence, sentences_with_numbers
from dcs_desktop.core.prose.tokens import tokens_of
from dcs_desktop.core.text import fold

Words = tuple[str, ...]

# A name shorter than this may mean anything, unless the template declares it as an alias.
LEAST_BEFORE: Final = 3
LEAST_BEHIND: Final = 4
LEAST_ALIAS: Final = 3
# A shorter name before a count is taken for the figure only in the figure's own section.
LEAST_ANYWHERE: Final = 4
# Between a name and its number.
JOINTS: Final = frozenset({"là", ":", "đạt", "được", "có", "="})
# What may stand before a name: nothing that would make it a part of something else.
OPENING: Final = frozenset({",", ";", ":", "(", "-", "•", "+", "đã", "có", "được", "năm", "kỳ", "qua"})
# What may follow a figure that is told whole.
CLOSING: Final = frozenset({".", ";", ")", "(", "!", "?", "…", "đạt", "chiếm", "trong", "với", "cho", "bằng"})
AFTER_NAMED: Final = frozenset({"tại", "ở", "thuộc", "của", "do", "về", "trên", "là", "và", "hoặc"})
AFTER_COMMA: Final = frozenset({"đạt", "chiếm", "trong", "bằng", "với", "cho", "tỷ"})
PARTIAL: Final = frozenset(
    {"cho", "thêm", "mỗi", "từng", "các", "mới", "riêng", "còn", "chưa", "không", "ít", "vài"}
)
# Words before a name that make the sentence speak of another time or place, of a part, or of what is only planned.
ELSEWHERE: Final = re.compile(
    r"(?<!\w)(?:cùng kỳ|trước đây|(?:năm|kỳ|tháng|quý|nhiệm kỳ|lần) trước|năm ngoái|so với|thêm|quý|tháng|tuần|đợt"
    r"|lần|riêng|mỗi|từng|bình quân|trung bình|lũy kế|nhiệm kỳ|phấn đấu|dự kiến|mục tiêu|kế hoạch|chỉ tiêu|sẽ|tới"
    r"|ví dụ|điển hình|nhất là|lĩnh vực|đối với|tại|ở (?!cơ sở)|ấp|thôn|khóm|khu|buôn|làng|bản|hai cấp|cả nước"
    r"|trong đó|bao gồm|gồm|cụ thể|còn lại|kể cả|ngoài ra)(?!\w)"
)
# Words that make it speak of somebody else where they stand in the same clause.
OTHERS: Final = re.compile(
    r"(?<!\w)(?:(?<!toàn )(?:xã|phường|thị trấn|huyện|tỉnh)(?! có| đã)|các|cấp|trường|chi bộ|chi hội|hội|ban"
    r"|đảng ủy|mặt trận|ủy ban|công đoàn|đoàn|một số|nhiều|hầu hết|phần lớn|liên quan|về|thuộc|do|bởi|tăng|giảm|không|chưa)(?!\w)"
)
CLAUSE: Final = re.compile(r"[,;:(]")


@dataclass(frozen=True, slots=True)
class Name:
    """A figure as texts may name it, its words without marks.

    ``before`` are words that stand right before the number and its unit, ``whole`` those that need no
    unit behind ("số vụ hòa giải thành: 45"), ``behind`` those that follow the number; ``near`` those of
    them that mean it only in its own section. ``sign`` is the kind of figure it names: a count, a ratio of
    a pair, a share. ``scale`` is what one of its unit is worth.
    """

    key: str
    sign: str
    unit: Words
    scale: Decimal
    before: frozenset[Words]
    whole: frozenset[Words]
    behind: frozenset[Words]
    near: frozenset[Words]


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that a text gives to a figure; ``others`` are the other numbers of its sentence.

    ``near``: only where the text stands in the figure's own section.
    """

    key: str
    figure: Quantity | Ratio
    start: int
    end: int
    others: frozenset[Decimal]
    near: bool


@dataclass(frozen=True, eq=False)
class Names:
    """The names of the figures of a form; words that two figures share name neither."""

    all: tuple[Name, ...]

    @cached_property
    def before(self) -> dict[Words, list[Name]]:
        """By the words that stand before a number."""
        return _by_words((row, name) for name in self.all for row in name.before | name.whole)

    @cached_property
    def behind(self) -> dict[Words, list[Name]]:
        """By the words that follow a number."""
        return _by_words((row, name) for name in self.all for row in name.behind)

    @cached_property
    def longest(self) -> int:
        """How many words the longest name has."""
        return max((len(row) for row in (*self.before, *self.behind)), default=0)


def _by_words(rows: Iterable[tuple[Words, Name]]) -> dict[Words, list[Name]]:
    found: dict[Words, list[Name]] = {}
    for row, name in rows:
        found.setdefault(row, []).append(name)
    return found


def named(key: str, label: str, unit: str, sign: str, aliases: Sequence[str] = ()) -> Name:
    """The name that a label and its aliases make. A label with a colon or bracket is a heading, and no name."""
    scale, counted = unit_words(unit)
    before: set[Words] = set()
    whole: set[Words] = set()
    behind: set[Words] = set()
    rest, counting = _told(label)
    core = rest[len(counted) :] if counted and rest[: len(counted)] == counted else rest
    if sign == COUNT and rest:
        whole |= {("so", *rest), ("tong", "so", *rest)} if counting and len(rest) > 1 else set()
        behind |= {(*counted, *core)} if core and len(core) + len(counted) >= LEAST_BEHIND else set()
    if len(core) >= LEAST_BEFORE:
        before.add(core)
    others = {_words(alias) for alias in aliases}
    others |= {(*counted, *words) for words in others if sign == COUNT and words[: len(counted)] != counted}
    near = others - before - whole - behind
    near |= {row for row in before if sign == COUNT and len(row) < LEAST_ANYWHERE}
    before |= others
    behind |= {words for words in others if sign == COUNT and len(words) >= LEAST_ALIAS}
    rows = (frozenset(rows) for rows in (before, whole, behind, near))
    return Name(key, sign, counted, scale, *rows)


def _told(label: str) -> tuple[Words, bool]:
    """The words of a label without "số" or "tổng số" before them, and whether one stood there."""
    words = _words(label)
    if any(word in {":", "(", "/"} or word[0].isdigit() for word in words):
        return (), False
    for lead in (("tong", "so"), ("so",)):
        if words[: len(lead)] == lead:
            return words[len(lead) :], True
    return words, False


def _words(text: str) -> Words:
    return tuple(bare(token.text) for token in tokens_of(text, 0, len(text)))


@lru_cache(maxsize=512)
def unit_words(unit: str) -> tuple[Decimal, Words]:
    """What one of a unit is worth, a million for "triệu đồng", and its other words without marks."""
    words = [token.text for token in tokens_of(unit, 0, len(unit))]
    power = SCALES.get(words[0], 0) if words else 0
    return Decimal(10) ** power, tuple(bare(word) for word in words[1 if power else 0 :])


@lru_cache(maxsize=8192)
def bare(word: str) -> str:
    """A word of a text without its marks."""
    return fold(word) or word


def claims(text: str, names: Names) -> tuple[Claim, ...]:
    """The figures that a text names beside a number; nothing where it may speak of another time, place or part."""
    if not names.longest:
        return ()
    return tuple(claim for sentence in sentences_with_numbers(text) for claim in _claims(sentence, names))


def _claims(sentence: Sentence, names: Names) -> Iterator[Claim]:
    words = sentence.skeleton.split(" ")
    bared = [bare(word) for word in words]
    signs = (place for place, word in enumerate(words) if word in (COUNT, RATIO, SHARE))
    starts = _starts(words)
    for place in signs:
        figure = _figure(sentence, starts[place])
        if figure is None:
            continue
        found = _before(words, bared, place, figure, names) or _behind(words, bared, place, figure, names)
        if found is not None and not _elsewhere(words, found.first):
            key, near = found.name.key, found.row in found.name.near
            yield Claim(key, figure, figure.start, figure.end, _others(sentence, figure), near)


def _starts(words: Sequence[str]) -> list[int]:
    starts, at = [], 0
    for word in words:
        starts.append(at)
        at += len(word) + 1
    return starts


def _figure(sentence: Sentence, at: int) -> Quantity | Ratio | None:
    return sentence.counts.get(at) or sentence.shares.get(at) or sentence.ratios.get(at)


def _others(sentence: Sentence, figure: Quantity | Ratio) -> frozenset[Decimal]:
    counts = (one.value for one in sentence.counts.values() if one is not figure)
    pairs = (
        part.value for one in sentence.ratios.values() if one is not figure for part in (one.left, one.right)
    )
    shares = (one.value for one in sentence.shares.values() if one is not figure)
    return frozenset((*counts, *pairs, *shares))


@dataclass(frozen=True, slots=True)
class _Found:
    name: Name
    row: Words
    first: int


def _before(
    words: list[str], bared: list[str], place: int, figure: Quantity | Ratio, names: Names
) -> _Found | None:
    """The longest name that ends right before a figure, where nothing but its unit follows the figure."""
    last = place - 1
    if last > 0 and words[last] in JOINTS:
        last -= 1
    for length in range(min(names.longest, last + 1), 0, -1):
        first = last + 1 - length
        row = tuple(bared[first : last + 1])
        if row in names.before:
            opened = first == 0 or words[first - 1] in OPENING
            name = _one_of(names.before[row], row, words[place], figure)
            closed = name is not None and _closed(words, bared, place, name)
            return _Found(name, row, first) if name is not None and opened and closed else None
    return None


def _one_of(named: list[Name], row: Words, sign: str, figure: Quantity | Ratio) -> Name | None:
    """The one figure that words may mean before or behind this number; None where they may mean two."""
    fitting = [
        name for name in named if name.sign == sign and (row in name.whole or fits_unit(figure, name.unit))
    ]
    return fitting[0] if len({name.key for name in fitting}) == 1 else None


def _behind(
    words: list[str], bared: list[str], place: int, figure: Quantity | Ratio, names: Names
) -> _Found | None:
    """The longest name that follows a figure."""
    if place and words[place - 1] in PARTIAL:
        return None
    for length in range(min(names.longest, len(words) - place - 1), 0, -1):
        last = place + length
        row = tuple(bared[place + 1 : last + 1])
        if row in names.behind:
            fitting = {name.key: name for name in names.behind[row] if name.sign == words[place]}
            one = next(iter(fitting.values())) if len(fitting) == 1 and _ends(words, last + 1) else None
            return None if one is None else _Found(one, row, place)
    return None


def _closed(words: list[str], bared: list[str], place: int, name: Name) -> bool:
    """Whether nothing but its unit follows a figure that was named before it."""
    after = place + 1
    after += next((1 for word in words[after : after + 1] if word in SCALES), 0) if name.scale > 1 else 0
    if tuple(bared[after : after + len(name.unit)]) == name.unit:
        after += len(name.unit)
    apart = words[after : after + 1] == [","] and words[after + 1 : after + 2][:1]
    return _ends(words, after) or bool(apart and apart[0] not in AFTER_NAMED)


def _ends(words: list[str], after: int) -> bool:
    """Whether a named figure is told whole; after a comma more words could go on with its name."""
    if after >= len(words) or words[after] in CLOSING:
        return True
    following = words[after + 1] if after + 1 < len(words) else "."
    return words[after] == "," and (following in AFTER_COMMA or following in SIGNS)


def _elsewhere(words: list[str], first: int) -> bool:
    """Whether what stands before the name may make the figure another one than the report's."""
    lead = " ".join(words[:first])
    return bool(ELSEWHERE.search(lead) or OTHERS.search(CLAUSE.split(lead)[-1]))


def fits_unit(figure: Quantity | Ratio, unit: Words) -> bool:
    """Whether a figure counts in a unit: the words agree as far as both go, or both are people."""
    if isinstance(figure, Quantity) and figure.unit == "%":
        return True
    said = tuple(bare(word) for word in figure.unit.split())
    if not unit or not said:
        return not unit and not said
    people = figure.unit in PEOPLE and (" ".join(unit) in BARE_PEOPLE)
    return people or said[: len(unit)] == unit[: len(said)]


BARE_PEOPLE: Final = frozenset(fold(word) for word in PEOPLE)
