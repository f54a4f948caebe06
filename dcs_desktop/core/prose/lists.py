"""Parts and their total: "27 đơn, gồm 6 đơn ... và 21 đơn ...", "..., tổng cộng 47 lớp"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from dcs_desktop.core.prose.figures import Quantity, tolerance
from dcs_desktop.core.prose.finding import Correction, ProseFinding
from dcs_desktop.core.prose.lexicon import GENERAL, PAIRED, UNITS
from dcs_desktop.core.prose.numbers import written_like
from dcs_desktop.core.prose.ratios import WORD
from dcs_desktop.core.prose.sentences import ABOUT_SIGN, CODE, COUNT, RATIO, SHARE, Sentence
from dcs_desktop.i18n import _

INTRODUCED = re.compile(
    rf"(?P<open>[,;.:(\-] ?)*\b(?P<how>trong đó|bao gồm|gồm có|gồm|chia ra|cụ thể|chia thành)\b(?: (?:có|là|:|số))*"
    rf"|{COUNT}(?: {WORD}){{0,6}} (?P<sign>[(:])(?= )"
)
MOST_LISTS = 12
UNSURE = re.compile(
    rf"\b(?:mỗi|bình quân|trung bình|khác|nhiều|một số|lên|xuống|tăng|giảm|từ)\b|{ABOUT_SIGN}|{RATIO}"
)
EACH = re.compile(
    rf"\b(?:mỗi|bình quân|trung bình (?:cứ|một|hằng|hàng)|lên|nâng|tăng|giảm)\b|{ABOUT_SIGN}|{RATIO}"
)
LAST = re.compile(r"tổng cộng|tổng số|cộng chung|tổng trị giá| đạt | chiếm | bắt ")
SPLIT = re.compile(r"[,;:]| và ")
TOTAL = re.compile(
    rf"(?:[,;.(-] (?:như vậy |cả năm )?|, )(?P<word>tổng cộng|cộng chung|tổng số|tổng|cộng)(?: (?:có|là|được|chung|:|số))* (?P<total>{COUNT})"
)
COMPLEMENTS = (
    (r"\bnam\b", r"\bnữ\b"),
    (r"\b(?:trước|sớm) hạn\b", r"\b(?:đúng|trễ|quá) hạn\b"),
    (r"\bđúng hạn\b", r"\b(?:trễ|quá) hạn\b"),
    (r"(?<!không )(?<!chưa )\bthành\b", r"\b(?:không|chưa) thành\b"),
    (r"(?<!không )(?<!chưa )\bđạt\b", r"\b(?:không|chưa) đạt\b"),
    (r"(?<!phi )\bnông nghiệp\b", r"\bphi nông nghiệp\b"),
    (r"\btheo kế hoạch\b", r"\b(?:đột xuất|ngoài kế hoạch)\b"),
    (r"\bđịnh kỳ\b|\bthường xuyên\b", r"\bđột xuất\b"),
    (r"\bđồng ý\b", r"\bkhông đồng ý\b"),
    (r"\bcấp huyện\b", r"\bcấp xã\b"),
    (r"\btrong\b", r"\bngoài\b"),
    (r"\bchính thức\b", r"\b(?:dự bị|liên kết)\b"),
    (rf"\bloại (?:1|i|{CODE})\b.*\bloại (?:2|ii|{CODE})\b", r"\bloại\b"),
)


@dataclass(frozen=True, slots=True)
class _List:
    """What follows a total: its parts, how it is introduced, and its words."""

    how: str
    parts: tuple[Quantity, ...]
    words: str
    same: bool  # every part carries the total's unit


def parts(sentence: Sentence) -> Iterator[ProseFinding]:
    """Every list of parts whose sum is not the total before it."""
    if len(sentence.counts) < 2:
        return
    told: set[int] = set()
    introduced = list(INTRODUCED.finditer(sentence.skeleton))
    if len(introduced) > MOST_LISTS:
        return
    for found in introduced:
        listed = _listed(sentence, found)
        if listed is None:
            continue
        place, which = listed
        total = sentence.counts[place]
        if place not in told and _contradicts(sentence, total, place, which):
            told.add(place)
            yield _finding("parts", total, which.parts)


def _listed(sentence: Sentence, found: re.Match[str]) -> tuple[int, _List] | None:
    """The place of the total and the list after it, if both can be told apart."""
    begin = found.end()
    end = _closing(sentence.skeleton, begin, "(" in found[0])
    text = sentence.skeleton[begin:end]
    if stop := LAST.search(text):
        text = text[: stop.start()]
    outer = _outermost(text)
    if UNSURE.search(outer):
        return None
    items = _items(sentence, outer, begin)
    first = next((item for item in items if item), None)
    if first is None:
        return None
    place = _total_place(sentence, found, first[0])
    if place is None:
        return None
    total = sentence.counts[place]
    between = _outermost(sentence.skeleton[place + 1 : found.start()])
    if UNSURE.search(between.replace(" từ ", " ")) or re.search(r"\bgồm\b", outer):
        return None
    how = found["how"] or found["sign"]
    picked = _picked(total, items)
    same = all(part.same_unit(total) for part in picked)
    return (place, _List(how, picked, outer, same)) if picked else None


def _closing(skeleton: str, begin: int, opened: bool) -> int:
    """Where a list ends: at the bracket that closes it, at a full stop, else with the sentence."""
    depth = 0
    for at in range(begin, len(skeleton)):
        if skeleton[at] == "(":
            depth += 1
        elif skeleton[at] == ")":
            if depth == 0:
                return at
            depth -= 1
        elif skeleton[at] == "." and depth == 0 and skeleton[at - 1 : at + 2] == " . ":
            return at
    return len(skeleton)


def _outermost(text: str) -> str:
    """The text with what stands in closed brackets, or after the colon of one part, blanked out."""
    letters, depth = list(text), 0
    nested = counted = False
    for at, letter in enumerate(text):
        depth += letter == "("
        if letter == ":" and depth == 0 and counted:
            nested = True
        elif letter == ";" and depth == 0:
            nested = False
        counted = depth == 0 and (letter == COUNT or (counted and letter not in ",;"))
        if depth or nested:
            letters[at] = " "
        depth -= letter == ")" and depth > 0
    return "".join(letters)


def _items(sentence: Sentence, text: str, begin: int) -> list[list[Quantity]]:
    """The counts of each item of a list."""
    items, start = [], 0
    for cut in [*SPLIT.finditer(text), None]:
        end = cut.start() if cut else len(text)
        items.append([sentence.counts[begin + at] for at in range(start, end) if text[at] == COUNT])
        start = cut.end() if cut else end
    return items


def _total_place(sentence: Sentence, found: re.Match[str], part: Quantity) -> int | None:
    """The total a list belongs to: the nearest count before of the parts' unit, else the nearest."""
    if found["sign"]:
        return found.start()
    open_counts = _outermost(sentence.skeleton[: found.start()])
    before = [place for place in sentence.counts if place < found.start() and open_counts[place] == COUNT]
    if not before:
        return None
    alike = [place for place in before if sentence.counts[place].unit == part.unit]
    near = alike[-1] if alike else before[-1]
    return near if found.start() - near < 90 else None


def _picked(total: Quantity, items: list[list[Quantity]]) -> tuple[Quantity, ...]:
    """The parts of the list: one of each item, of the total's unit where any has it."""
    filled = [item for item in items if item]
    if any(part.unit == total.unit for item in filled for part in item):
        taken = []
        for item in filled:
            fitting = [part for part in item if part.same_unit(total)]
            if not fitting:
                break
            taken.append(fitting[0])
        return tuple(taken)
    return tuple(item[0] for item in filled) if all(len(item) == 1 for item in filled) else ()


def _contradicts(sentence: Sentence, total: Quantity, place: int, which: _List) -> bool:
    """Whether parts cannot make up their total, in any reading that this check knows."""
    values = [part.value for part in which.parts]
    added = sum(values, start=Decimal(0))
    step = tolerance([total, *which.parts])
    if any(abs(partial - total.value) <= step for partial in accumulate(values)):
        return False
    if any(other.value == added for at, other in sentence.counts.items() if at < place):
        return False
    if len(values) == 1:
        return which.how == "trong đó" and values[0] > total.value and _counts_the_same(total, which)
    return _must_add_up(total, which, added)


def _counts_the_same(total: Quantity, which: _List) -> bool:
    return which.same or (total.person and which.parts[0].unit in {"nữ", "nam"})


def _must_add_up(total: Quantity, which: _List, added: Decimal) -> bool:
    """Whether a list is meant to be complete."""
    off = abs(added - total.value)
    near = off <= total.value / 4 or off <= 2
    complementary = any(re.search(a, which.words) and re.search(b, which.words) for a, b in COMPLEMENTS)
    if which.how == "trong đó":
        if complementary and near:
            return which.same or {part.unit for part in which.parts} <= {"nam", "nữ"} or _labels(which)
        if not which.same:
            return False
        over = added > total.value and off <= total.value / 5 and not total.person
        return over or off * 33 <= total.value
    if which.same:
        return near or which.how in {"gồm", "bao gồm", "chia ra"}
    return near and (_labels(which) or total.unit in GENERAL) and total.unit != "đồng"


def _labels(which: _List) -> bool:
    """Whether the parts are named by what they are ("1 trưởng ban") and not counted in units of another kind."""
    return all((part.unit not in UNITS and part.unit not in PAIRED) or part.person for part in which.parts)


def totals(sentence: Sentence) -> Iterator[ProseFinding]:
    """Every "tổng cộng" that is not the sum of the figures before it."""
    found_totals = list(TOTAL.finditer(sentence.skeleton))
    for found in found_totals[:MOST_LISTS]:
        total = sentence.counts[found.start("total")]
        before = _outermost(sentence.skeleton[: found.start()].replace(":", " "))
        if EACH.search(before) or SHARE in before:
            continue
        listed = [sentence.counts[at] for at, sign in enumerate(before) if sign == COUNT]
        same = [figure for figure in listed if figure.same_unit(total)]
        if len(same) < 2 or (len(same) < len(listed) and found["word"] in {"tổng số", "tổng"}):
            continue
        step = tolerance([total, *same])
        possible = accumulate(figure.value for figure in reversed(same))
        added = sum(figure.value for figure in same)
        if any(abs(value - total.value) <= step for value in possible) or same[0].value == total.value:
            continue
        if abs(added - total.value) * 2 <= total.value:
            yield _finding("total", total, tuple(same))


def _finding(kind: str, total: Quantity, listed: tuple[Quantity, ...]) -> ProseFinding:
    added = sum((part.value for part in listed), start=Decimal(0)) / total.scale
    computed = written_like(added, total.text)
    message = _("Các phần {figures} cộng lại là {computed}, trong câu ghi {stated}. Đề nghị kiểm tra lại.")
    figures = " + ".join(part.text for part in listed)
    places = [total, *listed]
    return ProseFinding(
        min(place.start for place in places),
        max(place.end for place in places),
        kind,
        total.text,
        computed,
        message.format(figures=figures, computed=computed, stated=total.text),
        Correction(total.start, total.end, computed),
    )
